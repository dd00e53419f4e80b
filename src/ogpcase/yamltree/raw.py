"""What is wrong with the text of a file before it is read as YAML, and the text that YAML can be read from.

libyaml gives up at a control character and takes some separators for line ends; so that one fault does not hide the
others, it is given a text of the same length in which each of those is a replacement character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogpcase.diagnostics import Check, FileId, Span
from ogpcase.yamltree.characters import Unwanted, unwanted, unwanted_pattern
from ogpcase.yamltree.gathering import Gathering
from ogpcase.yamltree.problems_characters import (
    bidirectional_control,
    control_character,
    direction_mark,
    invisible_character,
    line_separator,
)
from ogpcase.yamltree.problems_file import LONE, MIXED, merge_conflict_marker, mixed_line_ends, no_final_newline, tab
from ogpcase.yamltree.problems_syntax import directive

CHECK_OF: dict[Unwanted, Check[FileId, Span, str]] = {
    Unwanted.CONTROL: control_character,
    Unwanted.SEPARATOR: line_separator,
    Unwanted.BIDIRECTIONAL: bidirectional_control,
    Unwanted.DIRECTION_MARK: direction_mark,
    Unwanted.INVISIBLE: invisible_character,
}
"""The check that speaks of each kind of unwanted character."""

_REPLACEMENT = "\ufffd"
_READABLE = (Unwanted.BIDIRECTIONAL, Unwanted.DIRECTION_MARK, Unwanted.INVISIBLE)
_BYTE_ORDER_MARK = "\ufeff"

_TAB = re.compile("\t+")
_CONFLICT = re.compile(r"^[ \t]*(<{7}(?=[ \r\n])|>{7}(?=[ \r\n])|\|{7}(?=[ \r\n])|={7}(?=[ \t]*[\r\n]))", re.MULTILINE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_PREAMBLE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)|%[^\r\n]*(?:\r\n|\r|\n|\Z))*")
_DIRECTIVE = re.compile(r"^%[^\r\n]*", re.MULTILINE)


def readable(text: str) -> str:
    """Returns a text that libyaml can read, of the same length, so that every offset stays true.

    What it cannot read, or reads as a line end of its own, becomes U+FFFD; directives become comments.
    """
    text = unwanted_pattern().sub(_replaced, text)
    end = _end_of_preamble(text)
    return _DIRECTIVE.sub(lambda found: "#" + found[0][1:], text[:end]) + text[end:]


def judge(text: str, found: Gathering) -> None:
    """Reports what is wrong with the characters and the lines of a text."""
    for start, end in _runs_of_unwanted(text):
        kind = unwanted(text[start])
        assert kind is not None  # the pattern and the table are the same ranges
        found.report(CHECK_OF[kind], start, end, text[start])
    for tabs in _TAB.finditer(text):
        found.report(tab, *tabs.span())
    _judge_line_ends(text, found)
    for marker in _CONFLICT.finditer(text):
        found.report(merge_conflict_marker, *marker.span(1))
    for line in _DIRECTIVE.finditer(text, 0, _end_of_preamble(text)):
        found.report(directive, *line.span())
    if text and not text.endswith(("\n", "\r")):
        found.report(no_final_newline, len(text), len(text))


def has_conflict_marker(text: str) -> bool:
    """True when git left a marker of a merge in the text."""
    return _CONFLICT.search(text) is not None


def _replaced(found: re.Match[str]) -> str:
    """Keeps an unwanted character that is no trouble for libyaml."""
    keeps = unwanted(found[0]) in _READABLE and found[0] != _BYTE_ORDER_MARK
    return found[0] if keeps else _REPLACEMENT


def _end_of_preamble(text: str) -> int:
    """Returns where the blank lines, comments and directives at the start of a file end."""
    found = _PREAMBLE.match(text)
    return found.end() if found else 0


def _runs_of_unwanted(text: str) -> Iterator[tuple[int, int]]:
    """Yields the stretches of unwanted characters; the same one many times in a row is one stretch."""
    start = end = 0
    for found in unwanted_pattern().finditer(text):
        if end and found.start() == end and found[0] == text[start]:
            end = found.end()
            continue
        if end:
            yield start, end
        start, end = found.span()
    if end:
        yield start, end


def _judge_line_ends(text: str, found: Gathering) -> None:
    """Reports the first lone CR, and the first line end of the rarer kind where LF and CRLF are mixed."""
    first: dict[str, int] = {}
    counts = {"\n": 0, "\r\n": 0, "\r": 0}
    for end in _LINE_END.finditer(text):
        first.setdefault(end[0], end.start())
        counts[end[0]] += 1
    if "\r" in first:
        found.report(mixed_line_ends, first["\r"], first["\r"], LONE)
    if counts["\n"] and counts["\r\n"]:
        at = first["\r\n" if counts["\n"] >= counts["\r\n"] else "\n"]
        found.report(mixed_line_ends, at, at, MIXED)
