"""Markdown tables and labels of Mermaid; record text in them is text, whatever it holds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ogpcase.diagnostics.visible_text import visible

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


def markdown_table(columns: Sequence[str], rows: object) -> list[str]:
    """Returns a table's lines; the cells are already escaped."""
    assert hasattr(rows, "__iter__")
    head = f"| {' | '.join(columns)} |"
    return [head, f"|{'|'.join(' --- ' for _ in columns)}|", *(f"| {' | '.join(row)} |" for row in rows)]


_HARMLESS = frozenset(" ,.()'/-")


def mermaid_label(text: str) -> str:
    """Returns text of which only what Mermaid takes as a label is left: letters, digits and harmless signs."""
    kept = "".join(each if each in _HARMLESS or _is_word(each) else " " for each in text)
    return " ".join(kept.split()) or "-"


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" and visible(character) == character
