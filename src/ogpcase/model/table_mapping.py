"""How the columns of a table are read: the content of `<case>/import.yaml`, which `ogpcase import` keeps.

It holds only what the headings and the cells of the table do not say themselves.
"""

from functools import cache
from typing import Annotated, Literal, NamedTuple

from pydantic_core import PydanticCustomError

from ogpcase.model.base import Frozen, Line, Number, Plain, Several, as_text, private, private_list
from ogpcase.model.codelists import Kind
from ogpcase.model.questions import Question, fields_of, known_names, questions_of
from ogpcase.model.texts import LANGUAGE


class FieldPath(NamedTuple):
    """A field of events, or a field of its items (`inner`); of a text perhaps one language."""

    field: Question
    inner: Question | None = None
    language: str | None = None

    @property
    def name(self) -> str:
        """The path as it is written, as `requests.text`."""
        return ".".join(filter(None, (self.field.name, self.inner.name if self.inner else None, self.language)))

    @property
    def last(self) -> Question:
        """The field that holds the value."""
        return self.inner or self.field

    def fits(self, kind: Kind) -> bool:
        """True if events of this kind have the field."""
        return self.field.name in known_names(kind)


def path_named(name: str) -> FieldPath | None:
    """Returns the path of this name; None if no kind of event has such a field."""
    known = paths_by_name()
    if name in known:
        return known[name]
    start, _, tag = name.rpartition(".")
    path = known.get(start)
    if path is None or path.last.shape != "text" or not LANGUAGE.fullmatch(tag):
        return None
    return path._replace(language=tag)


@cache
def paths_by_name() -> dict[str, FieldPath]:
    """Returns every path by its name, without those of single languages."""
    fields = [field for field in fields_of(*Kind) if not field.in_copies]
    inner = [FieldPath(field, part) for field in fields for part in questions_of(field.holds) if not part.in_copies]
    return {path.name: path for path in (*map(FieldPath, fields), *inner)}


DayOrder = Literal["day-first", "month-first"]
LEAVE_OUT = "leave-out"
"""What `columns` says of a column that no field takes."""


def _path(value: object) -> str:
    name = as_text(value)
    if path_named(name) is None:
        raise PydanticCustomError("bad_path", "{paths}", {"paths": " ".join(paths_by_name())})
    return name


def _column(value: object) -> str:
    return LEAVE_OUT if value == LEAVE_OUT else _path(value)


_PATH = {"type": "string", "pattern": r"^[a-z][a-z_]*(\.[A-Za-z_][A-Za-z0-9_-]*){0,2}$"}
Path = Annotated[str, Plain(_path, _PATH)]
ColumnPath = Annotated[str, Plain(_column, {**_PATH, "pattern": rf"^({LEAVE_OUT}|{_PATH['pattern'][1:-1]})$"})]


class TableMapping(Frozen):
    """The content of `import.yaml`."""

    sheet: Line | None = private("The name of the sheet to read; else the one whose headings are known best.")
    heading_row: Number | None = private("The row with the headings, counted from 1; else the one known best.")
    dates: DayOrder | None = private("What 3/2/2024 means: `day-first` (3 February) or `month-first` (March 2).")
    separator: Line | None = private("What separates several values in a cell, as `;`; a line break always does.")
    key: Several[Line] = private_list("The headings whose cells tell one row from all others, as `Ref`.")
    columns: dict[str, Several[ColumnPath]] = private(
        "The field for a heading, as `Fecha: dated`; of several the first that the kind has; or `leave-out`.",
        default={},
    )
    values: dict[Path, dict[str, Line]] = private(
        "What the words of a field's cells mean, as `kind: {Carta: letter}`.", default={}
    )
    constant: dict[Path, Several[Line]] = private("What a field is in every row, as `kind: letter`.", default={})
    imported: dict[str, Line] = private(
        "The rows that were imported, by their key or a digest of their cells, each with its event.", default={}
    )
