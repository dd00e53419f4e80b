"""CSV as RFC 4180 has it, in UTF-8, with no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.output.columns import Table

_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def table_csv(table: Table[Any]) -> str:
    """Returns a table as CSV with a header line, all cells quoted, lines ended by CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(table.header)
    writer.writerows(map(cell, row) for row in table.cells())
    return out.getvalue()


def cell(value: object) -> str:
    """Returns a value as the text of a cell; one that would be a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return cell("; ".join(str(each) for each in value))
    text = harmless(" ".join(str(value).split("\n")).replace("\r", " "))
    return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
