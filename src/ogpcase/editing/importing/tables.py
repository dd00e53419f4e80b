"""Tables as a spreadsheet shows them, read from CSV; what begins as a workbook goes to `workbooks`."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from itertools import chain
from typing import NamedTuple

from ogpcase.errors import BadInput

LARGEST_TABLE = 16 * 1024 * 1024
"""The most bytes of a file with a table."""
MOST_ROWS = 5_000
MOST_COLUMNS = 256
LONGEST_CELL = 32_767
"""Characters; no spreadsheet holds more in a cell."""
_SEPARATORS = (",", ";", "\t")
_FORMULA = ("=", "+", "-", "@")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_AS_UTF8 = "save it as `CSV UTF-8`, or as XLSX, and import that"


class Cell(NamedTuple):
    """The text of a cell, and the day if the spreadsheet itself holds a date there."""

    text: str = ""
    day: date | None = None


EMPTY = Cell()


class Table(NamedTuple):
    """The rows of a sheet, from the first; `sheet` is None for CSV.

    `hidden` says that the workbook hides the sheet. `faults` are the cells of the workbook in which a formula failed.
    """

    rows: tuple[tuple[Cell, ...], ...]
    sheet: str | None = None
    hidden: bool = False
    faults: tuple[str, ...] = ()

    def place(self, row: int) -> str:
        """Returns how a message names a row, which is counted from 1."""
        return f"row {row}" if self.sheet is None else f"sheet `{self.sheet}`, row {row}"


def tables_in(data: bytes, name: str) -> tuple[Table, ...]:
    """Returns the sheets of a workbook, or a CSV file read with each separator under which it is well formed.

    Raises:
        BadInput: it is no table that can be read, or larger than a table may be.
        BrokenInstallation: it is a workbook, and the reader of workbooks is not installed.
    """
    if len(data) > LARGEST_TABLE:
        raise BadInput(f"{name} is larger than a table may be: {LARGEST_TABLE // 1024 // 1024} MiB")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        from ogpcase.editing.importing.workbooks import sheets_in  # needs an extra

        return sheets_in(data, name)
    return _parted(_text(data, name), name)


def _text(data: bytes, name: str) -> str:
    """Returns the text of a CSV file in UTF-8 or, with a mark at its start, UTF-16."""
    encoding = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        was = "UTF-16" if encoding == "utf-16" else "UTF-8"
        raise BadInput(f"{name} is not {was}: line {line} holds other bytes, as of Windows-1252", _AS_UTF8) from fault
    if "\0" in text:
        raise BadInput(f"{name} holds a NUL character: it is not a table, or UTF-16 without its mark", _AS_UTF8)
    if not text.strip():
        raise BadInput(f"{name} is empty")
    return text


def _parted(text: str, name: str) -> tuple[Table, ...]:
    first, _, rest = text.partition("\n")
    named = first.strip().strip('"').lower().removeprefix("sep=")
    if len(named) == 1 and named != first.strip().strip('"').lower():  # a line that only tells the separator
        return (Table(_rows(f"\n{rest}", named, name)),)
    found: list[Table] = []
    faults: list[BadInput] = []
    for separator in _SEPARATORS:
        try:
            found.append(Table(_rows(text, separator, name)))
        except BadInput as fault:
            faults.append(fault)
    if not found:
        raise faults[0]
    return tuple(found)


def _rows(text: str, separator: str, name: str) -> tuple[tuple[Cell, ...], ...]:
    csv.field_size_limit(LARGEST_TABLE)  # `limited` says it better
    lines = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = ([Cell(_unescaped(text)) for text in line] for line in lines)
    try:
        return limited(rows, name)
    except csv.Error as fault:
        why = "a quote is opened and not closed" if "end of data" in str(fault) else "a quote stands inside a cell"
        raise BadInput(f"{name} is not well-formed CSV: {why}, by line {lines.line_num}") from fault


def _unescaped(text: str) -> str:
    """Returns a cell without the apostrophe that keeps a spreadsheet from reading a formula."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return plain[1:] if plain.startswith("'") and plain[1:].startswith(_FORMULA) else plain


def limited(rows: Iterator[Sequence[Cell]] | Sequence[Sequence[Cell]], name: str) -> tuple[tuple[Cell, ...], ...]:
    """Returns the rows up to the last that is not empty; raises BadInput if there is more than a table may hold."""
    kept: list[tuple[Cell, ...]] = []
    empty = 0
    for row in rows:
        end = next((at for at in range(len(row), 0, -1) if row[at - 1].text), 0)
        cells = tuple(row[:end])
        empty = 0 if cells else empty + 1
        kept.append(cells)
        if len(kept) - empty > MOST_ROWS:
            raise BadInput(f"{name} has more than {MOST_ROWS} rows", "import it in several tables")
        if len(cells) > MOST_COLUMNS or any(len(cell.text) > LONGEST_CELL for cell in cells):
            at = f"row {len(kept)} of {name}"
            raise BadInput(f"{at} has more than {MOST_COLUMNS} cells, or one of more than {LONGEST_CELL} characters")
    return tuple(kept[: len(kept) - empty])


def problems_csv(headings: Sequence[str], rows: Sequence[tuple[Sequence[Cell], str]]) -> str:
    """Returns a table of rows with their problems, which a spreadsheet opens and `import` reads.

    It begins with a byte-order mark, so that spreadsheets see that it is UTF-8. A cell that a spreadsheet would run as
    a formula gets an apostrophe.
    """
    if headings[-1:] and headings[-1].casefold() == PROBLEM:  # of an earlier run
        headings = headings[:-1]
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*map(_escaped, headings), PROBLEM])
    for cells, problem in rows:
        texts = [cell.text for cell in cells][: len(headings)]
        padding = [""] * (len(headings) - len(texts))
        writer.writerow(map(_escaped, chain(texts, padding, [problem])))
    return f"\ufeff{out.getvalue()}"


PROBLEM = "problem"
"""The heading of the column that says what is wrong with a row."""


def _escaped(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
