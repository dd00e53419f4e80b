"""What can be asked for each field of a record, made from the models: options, prompts and schemas read it."""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from ogpcase.model.base import Frozen, NamesParty, about
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import CodeList, Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import KINDS, Event, MentionForm
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.publication import LeftOut
from ogpcase.model.texts import Text

Shape = Literal[
    "text", "line", "lines", "date", "code", "codes", "party", "parties", "reference", "references",
    "number", "flag", "mapping", "mappings", "mentions", "parts",
]  # fmt: skip
_FIRST_AFTER_OWN = "also_stated"
"""The field of every event before which the fields of its kind are written."""
_SHAPES: tuple[tuple[type, Shape, Shape], ...] = (
    (Text, "text", "text"),
    (FuzzyDate, "date", "date"),
    (CodeList, "code", "codes"),
    (Reference, "reference", "references"),
    (NamedParty, "party", "parties"),
    (MentionForm, "mentions", "mentions"),
    (LeftOut, "parts", "parts"),
    (Frozen, "mapping", "mappings"),
    (bool, "flag", "flag"),
    (int, "number", "number"),
    (str, "line", "lines"),
)
"""What a value is typed as, alone and in a list; the first class that fits decides."""


class Question(NamedTuple):
    """A field as it is asked for: its name, the shape of its value, a sentence, and for a code its list.

    `each` is the word for one of a list's items, where the command line takes them one by one. A field that is
    `in_copies` is written by `publish` alone, and nobody is asked for it.
    """

    name: str
    shape: Shape
    about: str
    codes: type[CodeList] | None = None
    each: str | None = None
    required: bool = False
    in_copies: bool = False

    @property
    def option(self) -> str:
        """The name of its option: `clause` for `clauses`."""
        return (self.each or self.name).replace("_", "-")

    @property
    def repeats(self) -> bool:
        """True when the value is a list."""
        return self.shape in {"lines", "codes", "parties", "references", "mappings", "mentions", "parts"}


def questions_of(model: type[Frozen]) -> tuple[Question, ...]:
    """Returns a question for each field that stands in a record's file, in the order they are written."""
    return tuple(_question(name, field) for name, field in model.model_fields.items() if not field.exclude)


def _question(name: str, field: FieldInfo) -> Question:
    notes = about(field)
    holds, several, names_party = _held(field.annotation, [*field.metadata])
    shape = next(many if several else one for sort, one, many in _SHAPES if issubclass(holds, sort))
    if names_party:
        shape = "parties" if several else "party"
    codes = holds if issubclass(holds, CodeList) else None
    sentence = field.description or ""
    return Question(name, shape, sentence, codes, notes.each, field.is_required(), notes.in_copies)


def _held(annotation: Any, notes: list[Any]) -> tuple[type, bool, bool]:  # noqa: ANN401 - whatever a field says it holds
    """Returns the class that a field holds, whether it holds several, and whether it is the id of a party."""
    several = False
    while True:
        origin, inner = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            annotation, notes = inner[0], [*notes, *inner[1:]]
        elif origin in {Union, UnionType}:
            annotation = next(each for each in inner if each is not type(None))
        elif origin is tuple:
            annotation, several = inner[0], True
        elif origin is Literal:
            annotation = str
        else:
            return annotation, several, any(isinstance(note, NamesParty) for note in notes)


KIND = Question(
    "kind", "code", "Which sort of event this is; it decides which other fields there are.", Kind, required=True
)
_COMMON = questions_of(Event)
_PLACE = [question.name for question in _COMMON].index(_FIRST_AFTER_OWN)
HEAD: tuple[Question, ...] = (KIND, *_COMMON[:_PLACE])
TAIL: tuple[Question, ...] = _COMMON[_PLACE:]
OWN: dict[Kind, tuple[Question, ...]] = {kind: questions_of(model)[len(_COMMON) :] for kind, model in KINDS.items()}
HEADER = questions_of(CaseHeader)
PARTY = questions_of(Party)
FEATURED: dict[Kind, tuple[str, ...]] = {kind: model.featured for kind, model in KINDS.items()}
"""The fields that say most about a kind, for prompts."""
ACTING: dict[Kind, tuple[str, ...]] = {kind: model.acting for kind, model in KINDS.items()}
"""Who acts in a kind: the first of these fields that is not empty."""


@cache
def fields_of(kind: Kind) -> tuple[Question, ...]:
    """Returns the kind's fields in the order they are written."""
    return (*HEAD, *OWN[kind], *TAIL)


@cache
def names_of(kind: Kind) -> tuple[str, ...]:
    """Returns the names of the kind's fields in the order they are written."""
    return tuple(field.name for field in fields_of(kind))


@cache
def known_names(kind: Kind) -> frozenset[str]:
    """Returns the names of the kind's fields, to look one up."""
    return frozenset(names_of(kind))
