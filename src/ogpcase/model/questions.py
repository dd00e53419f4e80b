"""The question for each field of a record, made from its model: options, prompts, completion and edits read it.

A field is declared once, in its model. Nothing else lists fields by name.
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ogpcase.model.base import Frozen, Names, about
from ogpcase.model.codelists import CodeList, Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import KINDS, Event, MentionForm
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty
from ogpcase.model.publication import LeftOut
from ogpcase.model.texts import Text

Shape = Literal[
    "text", "line", "date", "code", "party", "case", "reference", "number", "flag", "mapping", "mention", "part"
]
"""How one value is written. A party, mention or part is a name, or a mapping that says more."""
_SHAPES: tuple[tuple[type, Shape], ...] = (
    (Text, "text"),
    (FuzzyDate, "date"),
    (CodeList, "code"),
    (Reference, "reference"),
    (NamedParty, "party"),
    (MentionForm, "mention"),
    (LeftOut, "part"),
    (Frozen, "mapping"),
    (bool, "flag"),
    (int, "number"),
)
"""What a value is typed as; the first class that fits decides, and a line is what is left."""
_FIRST_AFTER_OWN = "also_stated"
"""The field of every event before which the fields of its kind are written."""


class Question(NamedTuple):
    """A field as it is asked for: its name in the file, the shape and class of its value, and a sentence.

    Where it `repeats`, the value is a list of such. `each` is the word for one of a list's items, where the command
    line takes them one by one. A field that is `in_copies` is written by `publish` alone, and nobody is asked for it.
    """

    name: str
    shape: Shape
    holds: type
    about: str
    repeats: bool = False
    each: str | None = None
    required: bool = False
    in_copies: bool = False

    @property
    def option(self) -> str:
        """The name of its option: `clause` for `clauses`."""
        return (self.each or self.name).replace("_", "-")

    @property
    def codes(self) -> type[CodeList] | None:
        """The codes to choose from, each with its sentence."""
        return self.holds if issubclass(self.holds, CodeList) else None

    @property
    def takes_several(self) -> bool:
        """True where several words may be typed: for a list, or for a text in several languages."""
        return self.repeats or self.shape == "text"


KIND = Question(
    "kind", "code", Kind, "Which sort of event this is; it decides which other fields there are.", required=True
)


@cache
def questions_of(model: type) -> tuple[Question, ...]:
    """Returns a question for each field that stands in a file, in the order they are written.

    `model` is that of a record or of an item of one; what is no model has no fields.
    """
    if issubclass(model, Event) and model is not Event:
        return fields_of(model.kind)
    if not issubclass(model, Frozen):
        return ()
    return tuple(_question(name, field) for name, field in model.model_fields.items() if not field.exclude)


@cache
def fields_of(*kinds: Kind) -> tuple[Question, ...]:
    """Returns the fields of these kinds of event, each once, in the order they are written.

    Without a kind they are the fields of every event.
    """
    common = questions_of(Event)
    place = [field.name for field in common].index(_FIRST_AFTER_OWN)
    fields = {name: field for kind in kinds for name, field in KINDS[kind].model_fields.items()}
    own = (_question(name, field) for name, field in fields.items() if name not in Event.model_fields)
    return (KIND, *common[:place], *own, *common[place:])


@cache
def names_of(kind: Kind) -> tuple[str, ...]:
    """Returns the names of the kind's fields in the order they are written."""
    return tuple(field.name for field in fields_of(kind))


@cache
def known_names(kind: Kind) -> frozenset[str]:
    """Returns the names of the kind's fields, to look one up."""
    return frozenset(names_of(kind))


def _question(name: str, field: FieldInfo) -> Question:
    notes = about(field)
    holds, repeats, names = _held(field.annotation, [*field.metadata])
    by_type: Shape = next((shape for sort, shape in _SHAPES if issubclass(holds, sort)), "line")
    sentence = field.description or ""
    return Question(
        field.alias or name,
        names or by_type,
        holds,
        sentence,
        repeats,
        notes.each,
        field.is_required(),
        notes.in_copies,
    )


def _held(annotation: Any, notes: list[Any]) -> tuple[type, bool, Literal["party", "case"] | None]:  # noqa: ANN401 - whatever a field says it holds
    """Returns the class that a field holds, whether it holds several, and whose id it is where it is one."""
    repeats = False
    while True:
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, notes = inner[0], [*notes, *inner[1:]]
        elif origin in {Union, UnionType}:
            annotation = next(each for each in inner if each is not type(None))
        elif origin is tuple:
            annotation, repeats = inner[0], True
        elif origin is Literal:
            annotation = str
        else:
            return annotation, repeats, next((note.what for note in notes if isinstance(note, Names)), None)
