"""Reads the sheets of an XLSX workbook with calamine, after its size has been judged.

calamine keeps a sheet as one rectangle and copies every shared text: a small hostile file would end the process for
want of memory. So the parts of the workbook are unpacked under a limit, and what the sheet would take is counted first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ogpcase.editing.importing.tables import EMPTY, MOST_COLUMNS, MOST_ROWS, Cell, Table, limited
from ogpcase.errors import BadInput, BrokenInstallation

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_LARGEST = 64 * 1024 * 1024
"""The most bytes of an unpacked workbook, and of the texts of a sheet."""
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)([0-9]+)["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["']([0-9]+)["']""")
_ROW_STARTS = re.compile(rb"<(?:\w+:)?row\b")
_FAULT = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt\s*=\s*["']e["'])[^>]*?\br\s*=\s*["']([A-Za-z]+[0-9]+)["']""")
_NUMBER = re.compile(rb"<(?:\w+:)?v\b[^>]*>\s*([0-9]{1,9})\s*<")
_SHARED = re.compile(rb"<(?:\w+:)?si\b")
_LETTERS = 26


def sheets_in(data: bytes, name: str) -> tuple[Table, ...]:
    """Returns the sheets of a workbook in order; formulas are their last values, and merged cells fill their rows.

    Raises:
        BadInput: it is not an XLSX workbook, or larger than a table may be.
        BrokenInstallation: calamine is not installed.
    """
    parts = _unpacked(data, name)
    _refuse_large(parts, name)
    try:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook  # an extra
    except ImportError as fault:
        raise BrokenInstallation(
            f"to read {name}, which is a workbook, `import` needs python-calamine, which is not installed",
            "install it with the tool: pip install 'ogpcase[xlsx]'",
            "or save the table as `CSV UTF-8` and import that",
        ) from fault
    faults = tuple(place.decode() for data in parts.values() for place in _FAULT.findall(data))
    try:
        with load_workbook(BytesIO(_repacked(parts))) as book:
            sheets = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            hidden = {sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible}
            rows = {sheet.name: _rows(book.get_sheet_by_name(sheet.name), name) for sheet in sheets}
            return tuple(Table(cells, name, name in hidden, faults) for name, cells in rows.items())
    except (KeyboardInterrupt, SystemExit, BadInput):
        raise
    except BaseException as fault:
        # a panic of calamine is no Exception; what it says may hold text of the table
        raise BadInput(
            f"{name} cannot be read as an XLSX workbook", "open it, save it again, and import that"
        ) from fault


def _unpacked(data: bytes, name: str) -> dict[str, bytes]:
    """Returns the XML parts of a workbook. Raises BadInput if it is none, or larger than allowed."""
    if not data.startswith(b"PK"):
        raise BadInput(f"{name} is a workbook of an old form, or has a password", "save it as XLSX without one")
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            wanted = [part for part in packed.infolist() if part.filename.endswith((".xml", ".rels"))]
            if sum(part.file_size for part in wanted) > _LARGEST or len(wanted) > MOST_ROWS:
                raise BadInput(f"{name} is larger than a table may be: {_LARGEST // 1024 // 1024} MiB unpacked")
            parts = {part.filename: packed.read(part) for part in wanted}
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        ValueError,
        EOFError,
        OSError,
        zlib.error,
    ) as fault:
        raise BadInput(f"{name} is damaged, or has a password: it cannot be unpacked") from fault
    if "xl/workbook.xml" not in parts:
        raise BadInput(f"{name} is not an XLSX workbook", "save it as XLSX or as `CSV UTF-8`, and import that")
    return parts


def _repacked(parts: dict[str, bytes]) -> bytes:
    """Returns the workbook with its parts as they were read, without compression: nothing can unpack to more."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return out.getvalue()


def _refuse_large(parts: dict[str, bytes], name: str) -> None:
    """Raises BadInput if a sheet would need too much memory: cells far apart, or long texts that many cells share."""
    shared = [len(text) for text in _SHARED.split(parts.get("xl/sharedStrings.xml", b""))[1:]]
    for data in parts.values():  # any part may be a sheet: the workbook says which
        height, width = _extent(data)
        if height > MOST_ROWS * 2 or width > MOST_COLUMNS:
            most = f"{MOST_ROWS} rows of {MOST_COLUMNS} cells"
            raise BadInput(f"a sheet of {name} has cells beyond what a table may hold: {most}", _COPY)
        texts = sum(shared[at] for at in map(int, _NUMBER.findall(data)) if at < len(shared))
        if texts > _LARGEST or b"\0" in data:
            raise BadInput(f"a sheet of {name} holds more text than a table may hold", _COPY)


_COPY = "copy the table alone into a new workbook, and import that"


def _extent(data: bytes) -> tuple[int, int]:
    """Returns the rows and columns of the rectangle that holds a sheet's cells, or more."""
    height = width = alone = 0
    for attributes in _CELL.findall(data):
        place = _PLACE.search(attributes)
        if place is None:
            alone += 1
            continue
        height = max(height, int(place[2][:9]))
        width = max(width, _column(place[1][:9]))
    if alone:  # cells that do not say where they are stand beside each other in their rows
        rows = _ROW_STARTS.split(data)
        height = max(height, len(rows), *(int(number[:9]) for number in _ROW.findall(data)))
        width = max(width, *(len(_CELL.findall(row)) for row in rows))
    return height, width


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + letter - ord("A") + 1
    return number


def _rows(sheet: CalamineSheet, name: str) -> tuple[tuple[Cell, ...], ...]:
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] == EMPTY and left < len(rows[top]):
                row[left] = rows[top][left]
    return limited(rows, name)


def _cell(value: Any) -> Cell:  # noqa: ANN401 - what calamine makes of a cell
    """Returns a cell as the spreadsheet shows it: a whole number without a point, a date as its day."""
    if isinstance(value, datetime):
        second = (value + timedelta(milliseconds=500)).replace(microsecond=0)  # a spreadsheet counts in parts of a day
        at_midnight = not (second.hour or second.minute or second.second)
        return Cell(second.date().isoformat() if at_midnight else second.isoformat(" "), second.date())
    if isinstance(value, date):
        return Cell(value.isoformat(), value)
    if isinstance(value, bool):
        return Cell("true" if value else "false")
    if isinstance(value, float):
        return Cell(str(int(value)) if value.is_integer() else str(value))
    return Cell(str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").strip())
