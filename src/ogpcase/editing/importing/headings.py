"""Finds the row of headings, and the field that each heading names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ogpcase.diagnostics import nearest
from ogpcase.editing.importing.tables import PROBLEM, Cell, Table
from ogpcase.errors import BadInput
from ogpcase.model.codelists import Kind
from ogpcase.model.parties import folded
from ogpcase.model.questions import KIND
from ogpcase.model.table_mapping import LEAVE_OUT, FieldPath, TableMapping, path_named, paths_by_name
from ogpcase.model.texts import LANGUAGE
from ogpcase.yamltree.emitting import key_text

_DEEPEST = 50
"""The last row that is looked at for headings."""


class Column(NamedTuple):
    """A column of the table: its place from 0, its heading, and the fields that it may be; none if it is left out."""

    at: int
    heading: str
    paths: tuple[FieldPath, ...]

    def path_for(self, kind: Kind) -> FieldPath | None:
        """Returns the field that it is for a kind of event, or None."""
        return next((path for path in self.paths if path.fits(kind)), None)


class Headed(NamedTuple):
    """A table with its row of headings, counted from 1, the columns that are fields, and the headings of no field.

    `hidden` are the hidden sheets that were not read.
    """

    table: Table
    row: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]
    hidden: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings as they are written; of a column without one, its letters are not known, so it is empty."""
        return tuple(_one_line(cell.text) for cell in self.table.rows[self.row - 1])


def headed(tables: Sequence[Table], mapping: TableMapping) -> Headed:
    """Returns the table whose headings are known best, of several equals the first, and of it the best such row.

    Hidden sheets count only if the mapping names them.
    Raises BadInput if no heading is known, or the mapping names a sheet or a row that is not there.
    """
    wanted = _wanted(tables, mapping.sheet)
    known = Known(mapping)
    only = mapping.heading_row
    numbered = ((table, at, cells) for table in wanted for at, cells in enumerate(table.rows[: only or _DEEPEST], 1))
    rows = ((known.score(cells), table, at) for table, at, cells in numbered if cells and only in (None, at))
    (found, _), table, row = max(rows, key=lambda scored: scored[0], default=((0, 0), wanted[0], 0))
    if not found and (not mapping.heading_row or not row):
        raise BadInput("no row has a heading that is known", *_ways_out(wanted[0], mapping))
    cells = enumerate(table.rows[row - 1])
    columns = [Column(at, _one_line(cell.text), known.paths(cell.text)) for at, cell in cells]
    bare = (column.heading for column in columns if column.heading and not column.paths)
    unknown = (heading for heading in bare if not known.is_left_out(heading))
    hidden = tuple(str(other.sheet) for other in tables if other.hidden and other is not table)
    return Headed(table, row, tuple(each for each in columns if each.paths), tuple(dict.fromkeys(unknown)), hidden)


def _wanted(tables: Sequence[Table], sheet: str | None) -> Sequence[Table]:
    wanted = [table for table in tables if (table.sheet == sheet if sheet else not table.hidden)]
    if not wanted:
        names = ", ".join(f"`{table.sheet}`" for table in tables if table.sheet)
        what = f"no sheet is called `{sheet}`" if sheet else "all sheets are hidden"
        raise BadInput(what, f"sheets: {names or 'none: it is CSV'}", "name one in the mapping: `sheet: NAME`")
    return wanted


def _ways_out(table: Table, mapping: TableMapping) -> list[str]:
    if mapping.heading_row:
        return [f"row {mapping.heading_row} is empty: correct `heading_row` in the mapping"]
    first = next((cells for cells in table.rows if cells), ())
    shown = ", ".join(f"`{_one_line(cell.text)}`" for cell in first[:6] if cell.text)
    return [
        f"the first row that is not empty has: {shown}",
        "say in a mapping, with --map FILE, which row has the headings: `heading_row: 3`",
        "and which field each is: `columns: {HEADING: FIELD}`; `ogpcase add-event --help` lists the fields",
    ]


class Known:
    """What headings mean: those of the mapping, and the names and titles of fields."""

    def __init__(self, mapping: TableMapping) -> None:
        self._said = {heading_words(heading): names for heading, names in mapping.columns.items()}

    def paths(self, heading: str) -> tuple[FieldPath, ...]:
        """Returns the fields that a heading may be; none if it is unknown or left out."""
        if (said := self._said.get(heading_words(heading))) is not None:
            return tuple(path for name in said if name != LEAVE_OUT and (path := path_named(name)))
        return paths_titled(heading)

    def is_left_out(self, heading: str) -> bool:
        """True if a column is to be left out."""
        return LEAVE_OUT in self._said.get(heading_words(heading), ()) or heading_words(heading) == PROBLEM

    def score(self, cells: Iterable[Cell]) -> tuple[int, int]:
        """Returns how many cells are known headings, each field once, and how many are not empty."""
        texts = [cell.text for cell in cells if cell.text]
        said = {words for text in texts if (words := heading_words(text)) in self._said}
        fields = {paths[0].name for text in texts if (paths := self.paths(text))}
        return len(said | fields), len(texts)


def heading_words(text: str) -> str:
    """Returns a heading for comparison: its words without case, accents and punctuation."""
    return " ".join(re.findall(r"[^\W_]+", folded(text)))


@cache
def paths_titled(heading: str) -> tuple[FieldPath, ...]:
    """Returns the fields with this name or title; `title (es)` and `requests.text` are parts of fields."""
    known = _paths_by_words()
    words = heading_words(heading)
    if words in known:
        return known[words]
    start, _, tag = words.rpartition(" ")
    texts = tuple(path for path in known.get(start, ()) if path.last.shape == "text")
    named = LANGUAGE.fullmatch(tag) and len(tag) == len("es") and re.search(r"[.(\[]\s*\w\w\s*[)\]]?\s*$", heading)
    return tuple(path._replace(language=tag) for path in texts) if named else ()


@cache
def _paths_by_words() -> Mapping[str, tuple[FieldPath, ...]]:
    found: dict[str, dict[str, FieldPath]] = {}
    for name, path in paths_by_name().items():
        option = f"{path.field.option} {path.inner.option}" if path.inner else path.field.option
        for word in (name, option, *(() if path.inner else path.field.titles)):
            found.setdefault(heading_words(word), {})[name] = path
    return {words: tuple(paths.values()) for words, paths in found.items()}


def suggestion(heading: str) -> str | None:
    """Returns the name of the field whose name or title is nearest to a heading."""
    known = _paths_by_words()
    near = nearest(heading_words(heading), known)
    return known[near][0].name if near else None


def columns_for(found: Headed, kinds: Iterable[Kind]) -> Headed:
    """Returns the table without the columns that no event of these kinds has; their headings are unknown then."""
    several = tuple(kinds)
    foreign = [column for column in found.columns if not any(map(column.path_for, several))]
    kept = tuple(column for column in found.columns if column not in foreign)
    return found._replace(columns=kept, unknown=(*found.unknown, *(column.heading for column in foreign)))


def refuse_unknown(found: Headed) -> None:
    """Raises BadInput if a heading is of no field, with ready lines for the mapping."""
    if not found.unknown:
        return
    lines = [f"  {key_text(heading)}: {suggestion(heading) or LEAVE_OUT}" for heading in found.unknown]
    names = ", ".join(f"`{heading}`" for heading in found.unknown)
    several = len(found.unknown) > 1
    raise BadInput(
        f"{'these headings are' if several else 'this heading is'} of no field that its rows have: {names}",
        "write into a file which fields they are, and give it with --map FILE; check each of these lines:",
        "columns:",
        *lines,
        "`leave-out` leaves a column out; `ogpcase add-event --help` lists the fields",
    )


def kind_column(found: Headed) -> Column | None:
    """Returns the column that says of what kind each row is."""
    return next((column for column in found.columns if column.paths[0].field == KIND), None)


def _one_line(text: str) -> str:
    return " ".join(text.split())
