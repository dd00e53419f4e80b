"""Mermaid: text that may stand in a diagram's label."""

from __future__ import annotations

import unicodedata

from ogpcase.diagnostics.visible_text import visible

_HARMLESS = frozenset(" ,.()'/-")


def mermaid_label(text: str) -> str:
    """Returns text of which only what Mermaid takes as a label is left: letters, digits and harmless signs."""
    kept = "".join(each if each in _HARMLESS or _is_word(each) else " " for each in text)
    return " ".join(kept.split()) or "-"


def _is_word(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" and visible(character) == character
