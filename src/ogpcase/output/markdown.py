"""Markdown tables and labels of Mermaid; record text in them is text, whatever it holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from ogpcase.diagnostics.visible_text import visible
from ogpcase.output.columns import Column, Row, Table, in_words

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


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Returns a table's lines; the cells are already escaped."""
    return [_line(headings), f"|{'|'.join(' --- ' for _ in headings)}|", *map(_line, rows)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def view_table(table: Table[Any]) -> list[str]:
    """Returns the lines of a view's table: the columns that have a heading, as they look."""
    shown = [column for column in table.columns if column.heading]
    rows = ([_drawn(column, row) for column in shown] for row in table.rows)
    return markdown_table([column.heading for column in shown], rows)


def _drawn(column: Column[Row], row: Row) -> str:
    drawn = column.look(row) if column.look else in_words(column.held_by(row))
    return escaped(drawn) if isinstance(drawn, str) else "<br>".join(map(escaped, drawn))


_HARMLESS = frozenset(" ,.()'/-")


def mermaid_label(text: str) -> str:
    """Returns text of which only what Mermaid takes as a label is left: letters, digits and harmless signs."""
    kept = "".join(each if each in _HARMLESS or _is_word(each) else " " for each in text)
    return " ".join(kept.split()) or "-"


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" and visible(character) == character
