"""CSV as RFC 4180 has it, in UTF-8, with no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from ogpcase.diagnostics.harmless import harmless
from ogpcase.export.plain import timeline_row
from ogpcase.views.timeline import Timeline

TIMELINE_COLUMNS = (
    "event", "dated", "earliest", "latest", "kind", "title", "actors", "moves_to", "stage", "certain", "context",
    "fewest_days_since_previous", "most_days_since_previous", "requests", "answers", "sources",
)  # fmt: skip
"""The columns of a timeline; several values of a cell are separated by `; `."""
_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")


def timeline_csv(timeline: Timeline) -> str:
    """Returns a timeline's rows as CSV with a header line."""
    return table(TIMELINE_COLUMNS, (_cells(timeline_row(row)) for row in timeline.rows))


def table(columns: Sequence[str], rows: Iterable[dict[str, object]]) -> str:
    """Returns rows as CSV, all cells quoted, lines ended by CR LF."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(name)) for name in columns])
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


def _cells(row: dict[str, object]) -> dict[str, object]:
    days = row["days_since_previous"]
    fewest, most = (days["fewest"], days["most"]) if isinstance(days, dict) else (None, None)
    return {
        **row,
        "fewest_days_since_previous": fewest,
        "most_days_since_previous": most,
        "requests": _each(row["requests"], "item"),
        "answers": _each(row["answers"], "request"),
        "sources": [each["url"] or each["title"] or each["id"] for each in _mappings(row["sources"])],
    }


def _each(value: object, name: str) -> list[str]:
    key = {"item": "asked_of", "request": "answer"}[name]
    return [f"{each[name]}: {_outcome(each[key])}" for each in _mappings(value)]


def _outcome(said: object) -> str:
    if isinstance(said, list):
        return ", ".join(map(_came_back, _mappings(said)))
    return str(said)


def _came_back(line: dict[str, object]) -> str:
    """What came back from one party; where its parts answered for themselves, from each of them."""
    parts = ", ".join(map(_came_back, _mappings(line["parts"])))
    return f"{line['party']} {line['outcome']}{f' ({parts})' if parts else ''}"


def _mappings(value: object) -> list[dict[str, object]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
