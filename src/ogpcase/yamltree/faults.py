"""Words for what is wrong with the nodes of a file: faults of the building to problems."""

from __future__ import annotations

import re

from ogpcase.diagnostics import Check, FileId, Problem, Span
from ogpcase.yamltree.building import Fault, Wrong
from ogpcase.yamltree.libyaml import MappingNode, Node, ScalarNode
from ogpcase.yamltree.lines import Lines
from ogpcase.yamltree.positions import end_of
from ogpcase.yamltree.problems_values import (
    ambiguous_scalar,
    duplicate_key,
    key_not_text,
    merge_key,
    nested_too_deeply,
)
from ogpcase.yamltree.scalars import AMBIGUOUS_WORDS, LONGEST_NUMBER, WrittenDate, resolve

_SHOWN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}").fullmatch
"""Only a key that looks like a field's name is repeated in a message."""


CHECK_OF: dict[Wrong, Check[...]] = {
    Wrong.AMBIGUOUS: ambiguous_scalar,
    Wrong.DUPLICATE_KEY: duplicate_key,
    Wrong.KEY_NOT_TEXT: key_not_text,
    Wrong.MERGE_KEY: merge_key,
    Wrong.TOO_DEEP: nested_too_deeply,
}
"""The check that speaks of each fault."""


def problem_of(fault: Fault, lines: Lines, file: FileId) -> Problem:
    """Returns the fault as a problem at its exact span."""
    node = fault.node
    span = lines.span(node.start_mark.index, end_of(node, lines.text))
    if fault.wrong is Wrong.AMBIGUOUS:
        return ambiguous_scalar.one(file, span, *_disagreement(node.value))
    if fault.wrong is Wrong.KEY_NOT_TEXT:
        return key_not_text.one(file, span, _kind(node))
    if fault.wrong is Wrong.MERGE_KEY:
        return merge_key.one(file, span)
    if fault.wrong is Wrong.DUPLICATE_KEY and fault.within is not None:
        return _duplicate(fault.node, fault.within, span, lines, file)
    return nested_too_deeply.one(file, lines.span(node.start_mark.index, node.start_mark.index + 1))


def _duplicate(node: Node, within: Node, span: Span, lines: Lines, file: FileId) -> Problem:
    """Returns the problem of a key that was there before; the first that reads the same is shown with it."""
    from unicodedata import normalize

    composed = normalize("NFC", node.value)
    first = next(
        key for key, _ in within.value if key.__class__ is ScalarNode and normalize("NFC", key.value) == composed
    )
    shown = node.value if _SHOWN_KEY(node.value) else ""
    first_span = lines.span(first.start_mark.index, end_of(first, lines.text))
    return duplicate_key.one(file, span, first_span, shown, alike=first.value != node.value)


def _kind(node: Node) -> str:
    """Says what a key is that is not text."""
    if not isinstance(node, ScalarNode):
        return "a mapping" if isinstance(node, MappingNode) else "a list"
    value, _ = resolve(node.value)
    if value is None:
        return "null" if node.value else "empty"
    if isinstance(value, bool):
        return "true or false"
    return "a date" if isinstance(value, WrittenDate) else "a number"


_NUMBER_FORMS = (
    (re.compile(rf".{{{LONGEST_NUMBER}}}", re.DOTALL), "a number of this length"),
    (re.compile(r".*:"), "numbers with colons, which some count in sixties"),
    (re.compile(r".*_"), "numbers with underscores"),
    (re.compile(r"[-+]?0b"), "binary numbers"),
    (re.compile(r"0o"), "octal numbers"),
    (re.compile(r"[-+]0x"), "hexadecimal numbers with a sign"),
    (re.compile(r"[-+]?0[0-9]"), "numbers with a leading zero"),
    (re.compile(r".*[eE]"), "numbers with an exponent like this"),
    (re.compile(r"[-+]\."), "numbers that start with a dot after a sign"),
)
"""How to speak of an ambiguous number without repeating it: it may be somebody's telephone number."""


def _disagreement(text: str) -> tuple[str, str]:
    """Returns what readers disagree about, and what to do."""
    if text in AMBIGUOUS_WORDS:
        thing = f"a plain `{text}`"
        if text in ("=", "<<", "-"):
            return thing, f'quote it: `"{text}"`'
        return thing, f'quote it: `"{text}"`; where yes or no is meant, write `true` or `false`'
    thing = next((form for pattern, form in _NUMBER_FORMS if pattern.match(text)), "this number")
    return thing, "quote it if it is text or an id; a number is best written in plain digits"
