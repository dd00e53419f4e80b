"""Makes a `Question` of each field of a model; options, questions at a terminal, completion and edits use it.

A field is declared once, in its model. Nothing else lists fields by name.
"""

from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ogpcase.model.base import Asked, Frozen, Names, Picked, about
from ogpcase.model.codelists import CodeList, Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import KINDS, Event
from ogpcase.model.ids import Reference
from ogpcase.model.items import MentionForm
from ogpcase.model.parties import Membership, NamedParty
from ogpcase.model.publication import LeftOut
from ogpcase.model.sources import Source
from ogpcase.model.table_codes import Choice, TableCode, choices_of
from ogpcase.model.texts import Text

Shape = Literal[
    "text",
    "line",
    "date",
    "code",
    "party",
    "case",
    "source",
    "reference",
    "number",
    "flag",
    "mapping",
    "mention",
    "part",
]
"""The form of one value. A party, source, mention or part is a name, or a mapping with more in it."""
_SHAPES: Mapping[type, Shape] = {
    Text: "text",
    FuzzyDate: "date",
    CodeList: "code",
    TableCode: "code",
    Reference: "reference",
    NamedParty: "party",
    Membership: "party",
    MentionForm: "mention",
    LeftOut: "part",
    Source: "source",
    Frozen: "mapping",
    bool: "flag",
    int: "number",
}
"""The shape for each class of value, or for the nearest class that it is derived from; the default is `line`."""
_FIRST_AFTER_OWN = "also_stated"
"""The fields of an event's kind are written before this field of every event."""


class Question(NamedTuple):
    """A field as people are asked for it: its name in the file, the shape and class of its value, and a sentence.

    If it `repeats`, the value is a list. `each` and what follows `required` are explained in `model.base.About`.
    `attribute` is its name in Python.
    """

    name: str
    shape: Shape
    holds: type
    about: str
    repeats: bool = False
    each: str | None = None
    required: bool = False
    in_copies: bool = False
    titles: tuple[str, ...] = ()
    asked: Asked = "first"
    picked: Picked = "event"
    one_line: bool = False
    prompt: str = ""
    attribute: str = ""

    @property
    def sentence(self) -> str:
        """The sentence with which a terminal asks for it."""
        return self.prompt or self.about

    @property
    def words(self) -> str:
        """Its name as people read it: `in reply to`; of a list, the name of one value: `clause`."""
        return (self.each or self.name).replace("_", " ").replace("-", " ")

    @property
    def option(self) -> str:
        """The name of its option on the command line: `clause` for `clauses`."""
        return (self.each or self.name).replace("_", "-")

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes to choose from, empty if any value will do."""
        if issubclass(self.holds, TableCode):
            return self.holds.codes()
        return tuple(map(str, self.holds)) if issubclass(self.holds, CodeList) else ()

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The codes to choose from, each with its label and sentence."""
        if issubclass(self.holds, TableCode):
            codes = self.holds.codes()
            return tuple(choice for choice in self.holds.choices() if choice.code in codes)
        if not issubclass(self.holds, CodeList):
            return ()
        return choices_of(self.holds)

    @property
    def takes_several(self) -> bool:
        """True if several values may be typed: for a list, or for a text in several languages."""
        return self.repeats or self.shape == "text"


KIND = Question(
    "kind",
    "code",
    Kind,
    "What sort of event this is; it decides which other fields it has.",
    required=True,
    titles=("Kind", "Tipo", "Type"),
    attribute="kind",
)


@cache
def questions_of(model: type) -> tuple[Question, ...]:
    """Returns a question for each field of a record or item, in the order of the file; empty if it is not a model."""
    if issubclass(model, Event) and model is not Event:
        return fields_of(model.kind)
    if not issubclass(model, Frozen):
        return ()
    return tuple(_question(name, field) for name, field in model.model_fields.items() if not field.exclude)


@cache
def fields_of(*kinds: Kind) -> tuple[Question, ...]:
    """Returns the fields of these kinds of event, each once, in the file's order; without kinds, the common ones."""
    common = questions_of(Event)
    place = [field.name for field in common].index(_FIRST_AFTER_OWN)
    fields = {name: field for kind in kinds for name, field in KINDS[kind].model_fields.items()}
    own = (_question(name, field) for name, field in fields.items() if name not in Event.model_fields)
    return (KIND, *common[:place], *own, *common[place:])


@cache
def names_of(kind: Kind) -> tuple[str, ...]:
    """Returns the names of the kind's fields in the order of the file."""
    return tuple(field.name for field in fields_of(kind))


@cache
def known_names(kind: Kind) -> frozenset[str]:
    """Returns the names of the kind's fields as a set."""
    return frozenset(names_of(kind))


def _question(name: str, field: FieldInfo) -> Question:
    notes = about(field)
    holds, repeats, names = _held(field.annotation, [*field.metadata])
    by_type: Shape = next((_SHAPES[each] for each in holds.__mro__ if each in _SHAPES), "line")
    shape, sentence, required = names or by_type, field.description or "", field.is_required()
    rest = (notes.in_copies, notes.titles, notes.asked, notes.picked, notes.one_line, notes.prompt, name)
    return Question(field.alias or name, shape, holds, sentence, repeats, notes.each, required, *rest)


def _held(annotation: Any, notes: list[Any]) -> tuple[type, bool, Literal["party", "case", "source"] | None]:  # noqa: ANN401 - any annotation of a field
    """Returns the class of a field's values, whether there are several, and whose id a value is, if it is one."""
    repeats = False
    while True:
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, notes = inner[0], [*notes, *inner[1:]]
        elif origin in {Union, UnionType}:
            annotation = next(member for member in inner if member is not type(None))
        elif origin is tuple:
            annotation, repeats = inner[0], True
        elif origin is Literal:
            annotation = str
        else:
            return annotation, repeats, next((note.what for note in notes if isinstance(note, Names)), None)
