"""Reads the rows of a table as events: what each row says, what is wrong with it, and what somebody must be asked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from ogpcase.diagnostics.visible_text import quoted
from ogpcase.editing.importing.cells import Reader, TwoReadings, UnknownCode, UnknownName
from ogpcase.editing.importing.headings import (
    Headed,
    columns_for,
    heading_words,
    kind_column,
)
from ogpcase.editing.importing.tables import EMPTY, Cell
from ogpcase.errors import BadInput, OgpcaseError
from ogpcase.model.codelists import Classification, Kind
from ogpcase.model.ids import slug_of
from ogpcase.model.questions import KIND
from ogpcase.model.table_mapping import FieldPath, TableMapping, path_named

_DIGEST = 16
"""Hexadecimal digits of the digest of a row."""
_JOINED = " · "


class RowFault(NamedTuple):
    """What is wrong with a row: the heading of the column, empty if no one column is at fault, and what to do."""

    heading: str
    error: OgpcaseError

    @property
    def words(self) -> str:
        """The fault in one line, with its column and what to do."""
        where = f"column `{self.heading}`: " if self.heading else ""
        helps = "".join(f"; {hint}" for hint in self.error.hints)
        return f"{where}{self.error.message}{helps}"


class Row(NamedTuple):
    """A row of the table: its number as the spreadsheet shows it, its cells, and what tells it from all others.

    `values` are those of an event, without `kind` if that is at fault. `headings` names the column of each field.
    """

    number: int
    cells: tuple[Cell, ...]
    key: str
    values: Mapping[str, Any]
    headings: Mapping[str, str]
    faults: tuple[RowFault, ...]


class Rows(NamedTuple):
    """The rows below the headings; the numbers of notes below the table; and of rows that are the same as another."""

    found: Headed
    rows: tuple[Row, ...]
    notes: tuple[int, ...]
    doubles: Mapping[int, int]

    @property
    def faults(self) -> Iterator[tuple[Row, RowFault]]:
        """Every fault with its row, in order."""
        return ((row, fault) for row in self.rows for fault in row.faults)

    @property
    def unknown_names(self) -> dict[str, UnknownName]:
        """The names in cells that no party has, each once, in order."""
        errors = (fault.error for _, fault in self.faults)
        return {error.name: error for error in reversed([*errors]) if isinstance(error, UnknownName)}

    @property
    def unknown_codes(self) -> dict[tuple[str, str], UnknownCode]:
        """The words in cells that no code has, each once, by field and word."""
        errors = (fault.error for _, fault in self.faults)
        return {(error.field.name, error.word): error for error in errors if isinstance(error, UnknownCode)}

    @property
    def ambiguous_date(self) -> tuple[Row, RowFault] | None:
        """The first date whose day and month can be taken for each other."""
        return next((each for each in self.faults if isinstance(each[1].error, TwoReadings)), None)


def party_lines(rows: Rows) -> list[str]:
    """Returns a ready command for each party that must be added, and what else can be done about its name."""
    if not rows.unknown_names:
        return []
    classes = ", ".join(Classification)
    ids = {name: slug_of(name) or "ID" for name in rows.unknown_names}
    return [
        f"add the parties that are new; CLASS is one of {classes}:",
        *(f"  ogpcase add-party {ids[name]} --name={quoted(name)} --classification CLASS" for name in ids),
        "or, if it is another name of a party: `ogpcase add PARTY other_names NAME`",
    ]


def rows_of(found: Headed, reader: Reader) -> Rows:
    """Returns the rows of a table.

    Raises BadInput if nothing says of what kind the rows are, or the mapping's key names no heading.
    """
    keys = _key_columns(found, reader.mapping)
    kinds = _kinds(found, reader)
    narrowed = columns_for(found, kinds.values())
    unknown = tuple(each for each in narrowed.unknown if heading_words(each) not in {*map(heading_words, keys)})
    narrowed = narrowed._replace(unknown=tuple(dict.fromkeys(unknown)))
    body = [(at, cells) for at, cells in enumerate(found.table.rows, 1) if at > found.row and cells]
    notes = _notes(body, narrowed)
    making = _Making(narrowed, reader, keys)
    rows: list[Row] = []
    doubles: dict[int, int] = {}
    seen: dict[str, Row] = {}
    for number, cells in body:
        if number in notes:
            continue
        row = making.row(number, cells)
        first = seen.setdefault(row.key, row) if row.key else row
        if first is row:
            rows.append(row)
        elif keys and first.cells != row.cells:
            twice = BadInput(f"row {first.number} has the same key `{row.key}`", "give each row a key of its own")
            rows.append(row._replace(faults=(*row.faults, RowFault(_JOINED.join(keys), twice))))
        else:
            doubles[number] = first.number
    return Rows(narrowed, tuple(rows), tuple(sorted(notes)), doubles)


def _key_columns(found: Headed, mapping: TableMapping) -> dict[str, int]:
    there = {heading_words(heading): at for at, heading in reversed([*enumerate(found.headings)])}
    missing = [heading for heading in mapping.key if heading_words(heading) not in there]
    if missing:
        names = ", ".join(f"`{heading}`" for heading in found.headings if heading)
        another = "or give this table a mapping of its own: --map FILE"
        raise BadInput(
            f"the table has no heading `{missing[0]}`, which the mapping's `key` names", f"headings: {names}", another
        )
    return {heading: there[heading_words(heading)] for heading in mapping.key}


def _kinds(found: Headed, reader: Reader) -> dict[str, Kind]:
    constant = reader.mapping.constant.get("kind")
    column = kind_column(found)
    if constant is None and column is None:
        raise BadInput(
            "nothing says of what kind the rows are",
            "add a column `Kind` with: " + ", ".join(Kind),
            "or say it for all rows in a mapping, with --map FILE: `constant: {kind: letter}`",
        )
    cells = {Cell(str(constant[0]))} if constant else set()
    if column is not None:
        cells |= {_at(row, column.at) for row in found.table.rows[found.row :]}
    kinds: dict[str, Kind] = {}
    for cell in cells - {EMPTY}:
        try:
            kinds[cell.text] = Kind(reader.values(FieldPath(KIND), cell)[0])
        except BadInput:  # its row says so
            continue
    return kinds or {kind: kind for kind in Kind}


def _notes(body: list[tuple[int, tuple[Cell, ...]]], found: Headed) -> set[int]:
    """Returns the rows below the last one with two cells of fields: notes, which have one cell each."""
    places = [column.at for column in found.columns]
    notes: set[int] = set()
    for number, cells in reversed(body):
        if sum(1 for at in places if _at(cells, at).text) > 1:
            break
        notes.add(number)
    return notes if len(notes) < len(body) else set()


def _at(cells: tuple[Cell, ...], at: int) -> Cell:
    return cells[at] if at < len(cells) else EMPTY


class _Making:
    def __init__(self, found: Headed, reader: Reader, keys: Mapping[str, int]) -> None:
        self._found = found
        self._reader = reader
        self._keys = keys
        self._kind = kind_column(found)
        self._constant = {
            path: Cell("\n".join(words))
            for name, words in reader.mapping.constant.items()
            if name != KIND.name and (path := path_named(name))
        }

    def row(self, number: int, cells: tuple[Cell, ...]) -> Row:
        """Returns the row, with every fault that its cells have."""
        faults: list[RowFault] = []
        key = self._key(cells, faults)
        kind = self._kind_of(cells, faults)
        values: dict[str, Any] = {KIND.name: str(kind)} if kind else {}
        headings = {KIND.name: self._kind.heading} if self._kind else {}
        for heading, path, cell in self._cells(cells, kind, faults):
            headings.setdefault(path.field.name, heading)
            try:
                _add(values, path, self._reader.values(path, cell))
            except OgpcaseError as fault:
                faults.append(RowFault(heading, fault))
        return Row(number, cells, key, values, headings, tuple(faults))

    def _kind_of(self, cells: tuple[Cell, ...], faults: list[RowFault]) -> Kind | None:
        constant = self._reader.mapping.constant.get(KIND.name, ("",))[0]
        cell = _at(cells, self._kind.at) if self._kind else EMPTY
        heading = self._kind.heading if self._kind else ""
        if not (cell.text or constant):
            faults.append(RowFault(heading, BadInput("it has no kind", f"kinds: {', '.join(Kind)}")))
            return None
        try:
            return Kind(self._reader.values(FieldPath(KIND), cell if cell.text else Cell(constant))[0])
        except BadInput as fault:
            faults.append(RowFault(heading, fault))
        return None

    def _cells(
        self, cells: tuple[Cell, ...], kind: Kind | None, faults: list[RowFault]
    ) -> Iterator[tuple[str, FieldPath, Cell]]:
        """Yields the heading, field and cell of each cell that is not empty, then those that all rows have."""
        given: set[str] = set()
        for column in self._found.columns:
            cell = _at(cells, column.at)
            if not cell.text or column == self._kind:
                continue
            path = column.path_for(kind) if kind else column.paths[0]
            if path is None:
                foreign = BadInput(f"a {kind} has no `{column.paths[0].field.name}`", "leave the cell empty")
                faults.append(RowFault(column.heading, foreign))
                continue
            given.add(path.name)
            yield column.heading, path, cell
        for path, cell in self._constant.items():
            if path.name not in given and (kind is None or path.fits(kind)):
                yield "", path, cell

    def _key(self, cells: tuple[Cell, ...], faults: list[RowFault]) -> str:
        """Returns the cells of the key, or without one a digest of the cells that are fields."""
        if self._keys:
            texts = {heading: " ".join(_at(cells, at).text.split()) for heading, at in self._keys.items()}
            empty = next((heading for heading, text in texts.items() if not text), None)
            if empty is None:
                return _JOINED.join(texts.values())
            faults.append(RowFault(empty, BadInput("the key of the row is empty", "give each row a key of its own")))
            return ""
        columns = self._found.columns
        read = sorted((" ".join(path.name for path in each.paths), _at(cells, each.at).text) for each in columns)
        return sha256(json.dumps(read, ensure_ascii=True).encode()).hexdigest()[:_DIGEST]


def _add(values: dict[str, Any], path: FieldPath, new: list[Any]) -> None:
    """Puts the values of a cell into those of its row. Raises BadInput if another column gives the field too."""
    if path.inner is None:
        values[path.field.name] = _joined(values.get(path.field.name), new, path.field.repeats, path)
        return
    held = values.setdefault(path.field.name, [{}] if path.field.repeats else {})
    item = held[0] if isinstance(held, list) else held
    if not isinstance(item, dict):
        raise BadInput(f"two columns give `{path.field.name}`", _WAYS_OUT)
    name = path.inner.name
    item[name] = _joined(item.get(name), new, path.inner.repeats, path)


_WAYS_OUT = "leave one of them empty, or leave the column out in the mapping"


def _joined(old: Any, new: list[Any], several: bool, path: FieldPath) -> Any:  # noqa: ANN401, FBT001 - values of any field
    if several:
        return [*(old or ()), *new]
    if old is None:
        return new[0]
    texts = path.last.shape == "text" and isinstance(old, dict) and isinstance(new[0], dict)
    if texts and not old.keys() & new[0].keys():
        return {**old, **new[0]}
    raise BadInput(f"two columns give `{path.name}`", _WAYS_OUT)
