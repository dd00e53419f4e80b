"""Reads a mapping typed in braces, as `{id: a, text: …}`, and says how to quote a text that a comma cuts."""

from __future__ import annotations

import re
from typing import Any

from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import Misused
from ogpcase.yamltree.emitting import in_flow
from ogpcase.yamltree.parsing import parse

FORM = "'{name: value, …}'"
_BETWEEN_COMMAS = re.compile(r",\s*([^,:{}\[\]]*[^,:{}\[\]\s])\s*(?=[,}])")
"""Words between commas, or between a comma and the end, without a colon behind them."""


def mapping_from(typed: str, label: str) -> dict[str, Any]:
    """Returns a mapping typed in YAML's flow form; `label` is the option or field that it was typed for.

    Raises Misused if it is not one, or if a comma cuts a text in it.
    """
    parsed = parse(f"{typed}\n".encode("utf-8", "surrogateescape"), label)
    value = parsed.tree.value if parsed.tree else None
    if isinstance(value, dict):
        _refuse_cut(value, typed, label)
    if parsed.problems:
        first = parsed.problems[0]
        quotes = f"put quotes around a text that holds a comma, a colon or `#`: {label} '{{text: \"…\"}}'"
        raise Misused(f"{label}: {first.message}", *first.helps, *([] if value else [quotes]))
    if not isinstance(value, dict):
        raise Misused(f"{label} takes a YAML mapping: {FORM}")
    return value


def text_as_mapping(typed: str, language: str = "en") -> str:
    """Returns the mapping to type for a text that begins with a brace."""
    return in_flow({language: typed})


def _refuse_cut(value: dict[str, Any], typed: str, label: str) -> None:
    """Raises Misused, with the mapping as it was meant, if a comma cuts a text: `{text: a, b}`."""
    cut: list[str] = []
    meant = _rejoined(value, frozenset(_BETWEEN_COMMAS.findall(typed)), cut)
    if cut:
        hint = f"quote the text: {command(label, in_flow(meant))}"
        raise Misused(f"{label}: a comma ends a text, so `{cut[0]}` is taken for a field", hint)


def _rejoined(value: Any, loose: frozenset[str], cut: list[str]) -> Any:  # noqa: ANN401 - any parsed value
    """Returns a value with the words that a comma cut off put back behind their text; adds these words to `cut`.

    `loose` are all words that stand between commas.
    """
    if isinstance(value, list):
        return [_rejoined(item, loose, cut) for item in value]
    if not isinstance(value, dict):
        return value
    meant: dict[str, Any] = {}
    for name, inner in value.items():
        before = next(reversed(meant), "")
        text = meant.get(before)
        if inner is None and name in loose and not isinstance(text, dict | list | None):
            meant[before] = f"{getattr(text, 'written', text)}, {name}"
            cut.append(name)
        else:
            meant[name] = _rejoined(inner, loose, cut)
    return meant
