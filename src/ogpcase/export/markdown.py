"""Markdown tables; record text in them is text, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ogpcase.diagnostics.harmless import visible
from ogpcase.export.csv import cell
from ogpcase.views.asks import AskLine
from ogpcase.views.rows import Row
from ogpcase.views.timeline import Timeline

_ACTING = re.compile(r"[\\`*_{}\[\]()<>#+!|~@:&-]")
_DOTTED = re.compile(r"^(\d+)\.|\b(www)\.", re.IGNORECASE)
"""What a list's number and an address without its scheme begin with."""
_PARTED = frozenset("@#")
"""What GitHub looks for in the finished text too: `@name`, `#12`; a blank of no width parts them from what follows."""


def escaped(text: object) -> str:
    """Returns text on one line in which no Markdown, HTML, mention, reference or link acts.

    What is invisible is shown as its code point.
    """
    one_line = visible(" ".join(str(text).split()))
    inert = _ACTING.sub(lambda found: f"&#{ord(found[0])};{'&#8203;' if found[0] in _PARTED else ''}", one_line)
    return _DOTTED.sub(lambda found: f"{found[1] or found[2]}&#46;", inert)


def timeline_markdown(timeline: Timeline) -> str:
    """Returns a timeline as a heading, a table and its notes."""
    heading = timeline.heading
    since = f" since {escaped(heading.since)}" if heading.since else ""
    lines = [
        f"# {escaped(heading.title)}",
        "",
        f"{escaped(heading.case)} · {escaped(heading.subject)} · {escaped(heading.track)}",
        "",
        f"**{escaped(heading.stage.label)}**{since}",
        "",
        *markdown_table(
            ["Date", "Kind", "What", "Who", "Stage", "Asked, and what came back"], map(_row, timeline.rows)
        ),
    ]
    notes = [f"{number}. {escaped(note)}" for number, note in enumerate(timeline.notes, 1)]
    return "\n".join([*lines, *(["", *notes] if notes else [])]) + "\n"


def markdown_table(columns: Sequence[str], rows: object) -> list[str]:
    """Returns a table's lines; the cells are already escaped."""
    assert hasattr(rows, "__iter__")
    head = f"| {' | '.join(columns)} |"
    return [head, f"|{'|'.join(' --- ' for _ in columns)}|", *(f"| {' | '.join(row)} |" for row in rows)]


def _came_back(line: AskLine) -> str:
    """What came back from one party; where its parts answered for themselves, from each of them."""
    parts = f" ({'; '.join(map(_came_back, line.parts))})" if line.parts else ""
    return f"{line.party} {line.outcome}{parts}"


def _row(row: Row) -> list[str]:
    asked = [f"{ask.item}: {', '.join(map(_came_back, ask.lines))}" for ask in row.asks]
    marks = "".join(f" ({number})" for number in row.notes)
    stage = ", ".join(each.label for each in row.moves_to)
    who = "; ".join(row.actors)  # names have commas in them
    return [escaped(each) for each in (row.dated, row.kind, row.title + marks, who, stage, cell(asked))]
