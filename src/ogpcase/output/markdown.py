"""Markdown tables and labels of Mermaid; text of records in them is never markup."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from ogpcase.diagnostics.visible_text import visible
from ogpcase.output.columns import Column, Row, Table, in_words
from ogpcase.output.messages import _

_ACTING = re.compile(
    r"""
    (?P<sign>                           # a backslash goes before it
        ^ (?: [-+=](?=[-+= ]|$) | > | \[(?=[ x]\]) | :(?=:) )  # a list, a rule, a quotation, a box, a runner's command
      | (?<![^ ]) \# (?=\#*(?:[ ]|$))                      # a heading, or the end of one
      | (?<![ ])\* | \*(?![ ]) | (?<![^\W_])_ | _(?![^\W_])  # emphasis: a star anywhere, a low line not within a word
      | (?<![^\W_])~ | ~(?=\S) | `                         # struck out, code
      | &(?=\#?\w+;) | \\(?=[!-/:-@\[-`{-~]|$)             # an entity, an escape
    )
  | (?P<stem> ^\d{1,9}(?=[.)](?:[ ]|$)) | :(?=//) | \bwww(?=\.) )  # a numbered list, an address: a backslash after it
  | (?P<mention> @(?=\w) | \#(?=\d) | \bGH-(?=\d) )       # found by GitHub in the finished text too
  | (?P<code>                           # a link, a tag, the edge of a cell, a command of Jekyll or of a runner
        \](?=[(\[:]) | <(?=[a-z/!?]) | \| | \{(?=[{%]) | (?<=\#\#)\[
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Matches characters that are markup where they stand; a date, `C&S`, `snake_case` and `a-b` stay unchanged."""
_NO_WIDTH = "&#8203;"
"""A zero-width space, which breaks a mention or reference so that it is not a link."""


def escaped(text: object) -> str:
    """Returns text on one line in which no Markdown, HTML, mention, reference or link acts.

    What is invisible is shown as its code point.
    """
    return _ACTING.sub(_inert, visible(" ".join(str(text).split())))


def _inert(found: re.Match[str]) -> str:
    said = found[0]
    inert = {"sign": f"\\{said}", "stem": f"{said}\\", "mention": f"{said}{_NO_WIDTH}", "code": f"&#{ord(said[0])};"}
    return inert[str(found.lastgroup)]


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Returns a table's lines; the cells are already escaped."""
    return [_line(headings), f"|{'|'.join(' --- ' for _ in headings)}|", *map(_line, rows)]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def view_table(table: Table[Any]) -> list[str]:
    """Returns the lines of a view's table: the columns that have a heading, as they look."""
    shown = [column for column in table.columns if column.heading]
    rows = ([_drawn(column, row) for column in shown] for row in table.rows)
    return markdown_table([_(column.heading) for column in shown], rows)


def _drawn(column: Column[Row], row: Row) -> str:
    drawn = column.look(row) if column.look else in_words(column.held_by(row))
    return escaped(drawn) if isinstance(drawn, str) else "<br>".join(map(escaped, drawn))


_HARMLESS = frozenset(" ,.()'/-")


def mermaid_label(text: str) -> str:
    """Returns text that Mermaid takes as a label: its letters, digits and harmless signs."""
    words = (each for each in text if unicodedata.category(each)[0] in "LMN" and visible(each) == each)
    kept = _HARMLESS.union(words)
    return " ".join("".join(each if each in kept else " " for each in text).split()) or "-"
