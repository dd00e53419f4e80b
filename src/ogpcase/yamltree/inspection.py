"""The careful reading of a file that is not plain good: all that is wrong with it, and its tree if there is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ogpcase.diagnostics import Check, FileId, Place, Problem, Span
from ogpcase.yamltree.building import Fault, Wrong, build
from ogpcase.yamltree.characters import Unwanted, unwanted, unwanted_in_value, unwanted_pattern
from ogpcase.yamltree.libyaml import MarkedYAMLError, Node, ScalarNode, YAMLError, compose, events
from ogpcase.yamltree.limits import DEEPEST, MOST_NODES
from ogpcase.yamltree.problems_of_text import (
    LONE,
    MIXED,
    bidirectional_control,
    byte_order_mark,
    control_character,
    direction_mark,
    empty_record,
    invisible_character,
    line_separator,
    merge_conflict_marker,
    mixed_line_ends,
    no_final_newline,
    tab,
)
from ogpcase.yamltree.problems_of_yaml import (
    alias,
    anchor,
    comment_mark_glued,
    directive,
    nested_too_deeply,
    question_mark_key,
    several_documents,
    syntax_error,
    tag,
    text_cut_by_hash,
    too_many_nodes,
)
from ogpcase.yamltree.profile import CHECK_OF, Mark, MarkKind, marks_in, problem_of, strays
from ogpcase.yamltree.tree import Lines, Parsed, Value, YamlTree
from ogpcase.yamltree.wording import reworded

MOST_PROBLEMS = 50
"""Problems told of one file; a hostile or broken one must not drown the others."""


class Gathering:
    """What is wrong with one file; beyond 50 of a kind the rest are only counted, since they would not be told."""

    def __init__(self, lines: Lines, file: FileId) -> None:
        self.lines = lines
        self.file = file
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def report(self, check: Check[...], start: int, end: int, *details: object) -> None:
        """Words what is wrong between two offsets, by the check whose first arguments are file and span."""
        if self.wants(check):
            self._problems.append(check.one(self.file, self.lines.span(start, end), *details))

    def wants(self, check: Check[...]) -> bool:
        """Counts a problem of this check, and says whether to word it too."""
        self._counts[check.rule.code] += 1
        return self._counts[check.rule.code] <= MOST_PROBLEMS

    def has(self, check: Check[...]) -> bool:
        """True when a problem of this check was found."""
        return self._counts[check.rule.code] > 0

    def add(self, problem: Problem) -> None:
        """Takes a problem that was counted and worded."""
        self._problems.append(problem)

    def told(self) -> tuple[Problem, ...]:
        """Returns the problems in the order of their places, at most 50 of them.

        Where there are more, each code gets a fair share, and its last problem says how many more there are.
        """
        share = max(share for share in range(1, MOST_PROBLEMS + 1) if self._kept(share) <= MOST_PROBLEMS)
        return tuple(self._cut(share))

    def _kept(self, share: int) -> int:
        """Returns how many problems stay when each code has at most `share`; a share of 1 is never too much."""
        return sum(min(count, share) for count in self._counts.values()) if share > 1 else 0

    def _cut(self, share: int) -> Iterator[Problem]:
        """Yields the first `share` problems of each code."""
        told: Counter[str] = Counter()
        for problem in sorted(self._problems, key=_place):
            told[problem.code] += 1
            more = self._counts[problem.code] - share
            if told[problem.code] == share and more > 0:
                yield replace(problem, notes=(*problem.notes, f"{more} more like this in the file"))
            elif told[problem.code] <= share:
                yield problem


def _place(problem: Problem) -> tuple[int, str]:
    span = problem.places[0].span
    return (span.start if span else 0, problem.code)


_OPENS = frozenset(("MappingStartEvent", "SequenceStartEvent"))
_CLOSES = frozenset(("MappingEndEvent", "SequenceEndEvent"))
_LEAVES = frozenset(("ScalarEvent", "AliasEvent"))


def measure(text: str, found: Gathering) -> tuple[bool, bool]:
    """Reports a text that is too deep or holds too many nodes.

    Returns whether it is of fair size, and whether it is YAML up to its end. Where it stops being YAML the counting
    stops too: the composer will come no further either.
    """
    stop = _count(text, found)
    if stop is None:
        return True, True
    if stop >= 0:
        # libyaml 0.2.6 has a depth limit of its own. It looks ahead, so it can refuse a line before it reports the
        # start of any bracket on it. What stands before the refused place is counted by itself.
        _count(text[:stop], found)
    return not found.has(nested_too_deeply) and not found.has(too_many_nodes), False


def _count(text: str, found: Gathering) -> int | None:
    """Reports the first place that is too deep or one node too many.

    Returns None at the end of YAML; else the offset, in code points, at which the parser gave up, -1 where it names
    none or the text was reported.
    """
    depth = nodes = 0
    try:
        for event, start in events(text.encode()):
            if event in _OPENS:
                depth, nodes = depth + 1, nodes + 1
            elif event in _CLOSES:
                depth -= 1
            elif event in _LEAVES:
                nodes += 1
            if depth > DEEPEST or nodes > MOST_NODES:
                found.report(nested_too_deeply if depth > DEEPEST else too_many_nodes, start, start + 1)
                return -1
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        return mark.index if mark else -1
    return None


_CHARACTER_CHECK_OF: dict[Unwanted, Check[FileId, Span, str]] = {
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
        found.report(_CHARACTER_CHECK_OF[kind], start, end, text[start])
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


_CHECK_OF: dict[MarkKind, Check[FileId, Span]] = {
    MarkKind.ANCHOR: anchor,
    MarkKind.ALIAS: alias,
    MarkKind.TAG: tag,
    MarkKind.QUESTION_MARK: question_mark_key,
    MarkKind.SECOND_DOCUMENT: several_documents,
    MarkKind.GLUED_COMMENT: comment_mark_glued,
    MarkKind.CUT_TEXT: text_cut_by_hash,
}
_STAND_IN = {MarkKind.ANCHOR: "!", MarkKind.TAG: "!", MarkKind.ALIAS: '""'}
_PROPERTIES = (MarkKind.ANCHOR, MarkKind.TAG)
_ABOUT_TYPE = (Wrong.AMBIGUOUS, Wrong.KEY_NOT_TEXT)
_BAD_ESCAPE = "found invalid Unicode character escape code"
_LENGTH_OF_ESCAPE = {"x": 4, "u": 6, "U": 10}
_MOST_BAD_ESCAPES = 50


def inspect(text: str, file: FileId) -> Parsed:
    """Returns all that is wrong with a text, and its tree where one can be had."""
    return _Inspection(text, file).result()


class _Inspection:
    """One careful reading: the text as it is, and what of it libyaml is given, with the same offsets."""

    def __init__(self, text: str, file: FileId) -> None:
        self.file = file
        self.text = text.removeprefix("\ufeff")
        self.found = Gathering(Lines(self.text), file)
        if text != self.text:
            self.found.report(byte_order_mark, 0, 0)
        self.readable = readable(self.text)

    def result(self) -> Parsed:
        """Reads the text and returns what came of it."""
        judge(self.text, self.found)
        tree = self._tree() if self._is_of_fair_size() else None
        return Parsed(tree, self.found.told(), self.text)

    def _is_of_fair_size(self) -> bool:
        """Judges size and depth; where a tab stops libyaml, behind it too."""
        fair, whole = measure(self.readable, self.found)
        if fair and not whole and "\t" in self.readable:
            self.readable = self.readable.replace("\t", " ")
            fair, _ = measure(self.readable, self.found)
        return fair

    def _tree(self) -> YamlTree | None:
        """Returns the tree, unless the text is no YAML, is empty, or says things by alias."""
        marks = self._marks()
        for mark in marks:
            self._judge(mark)
        self._make_readable(marks)
        try:
            root, _ = compose(self.readable.encode())
        except YAMLError as error:
            if not has_conflict_marker(self.text) and self.found.wants(syntax_error):
                self.found.add(reworded(error, self.found.lines, self.file))
            return None
        if root is None or (root.__class__ is ScalarNode and not root.style and not root.value):
            self.found.report(empty_record, 0, 0)
            return None
        value = self._value(root, marks)
        if any(mark.seen is MarkKind.ALIAS for mark in marks):
            return None
        return YamlTree(self.file, self.text, value, self.readable)

    def _marks(self) -> list[Mark]:
        """Returns what the tokens tell; escapes that no YAML reader takes are replaced on the way."""
        marks: list[Mark] = []
        for _ in range(_MOST_BAD_ESCAPES):
            marks.clear()
            try:
                for mark in marks_in(self.readable):
                    marks.append(mark)  # noqa: PERF402 - what was seen before an error counts
            except MarkedYAMLError as error:
                if error.problem == _BAD_ESCAPE and error.problem_mark:
                    self._replace_escape(error.problem_mark.index - 2)
                    continue
            except YAMLError:
                pass  # said when the text is composed
            break
        return marks

    def _replace_escape(self, start: int) -> None:
        """Reports an escape for half a character or none, and puts one for U+FFFD in its place."""
        end = start + _LENGTH_OF_ESCAPE[self.readable[start + 1]]
        code = int(self.readable[start + 2 : end], 16)
        character = chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last code point
        self.found.report(control_character, start, end, character)
        stand_in = r"\uFFFD" if end - start == len(r"\uFFFD") else r"\U0000FFFD"
        self.readable = self.readable[:start] + stand_in + self.readable[end:]

    def _judge(self, mark: Mark) -> None:
        """Reports a mark; an escape only if nobody may write its character raw either."""
        if mark.seen is not MarkKind.ESCAPE:
            self.found.report(_CHECK_OF[mark.seen], mark.start, mark.end)
        elif kind := unwanted_in_value(mark.character):
            self.found.report(_CHARACTER_CHECK_OF[kind], mark.start, mark.end, mark.character)

    def _make_readable(self, marks: list[Mark]) -> None:
        """Puts something harmless in the place of anchors, tags and aliases, and leaves only the first document.

        A `!` alone says nothing about a node and keeps its column; of several properties in a row one stays.
        """
        pieces, end, property_end = [], 0, -1
        for mark in marks:
            stand_in = _STAND_IN.get(mark.seen)
            if mark.seen is MarkKind.SECOND_DOCUMENT:
                self.readable = self.readable[: mark.start]
            elif stand_in:
                between = self.readable[end : mark.start]
                if mark.seen in _PROPERTIES:
                    stand_in = " " if property_end == end and not between.strip() else stand_in
                    property_end = mark.end
                pieces += [between, stand_in.ljust(mark.end - mark.start)]
                end = mark.end
        self.readable = "".join((*pieces, self.readable[end:]))

    def _value(self, root: Node, marks: list[Mark]) -> Value:
        """Builds the values and reports their faults; a tagged scalar's type is the tag's fault."""
        faults: list[Fault] = []
        value = build(root, faults)
        if any(fault.wrong is Wrong.RUNS_ON for fault in faults):
            self._judge_indentation(root)
        tagged = {mark.start for mark in marks if mark.seen in _PROPERTIES}
        for fault in faults:
            if fault.wrong is Wrong.RUNS_ON or (fault.wrong in _ABOUT_TYPE and fault.node.start_mark.index in tagged):
                continue
            if self.found.wants(CHECK_OF[fault.wrong]):
                self.found.add(problem_of(fault, self.found.lines, self.file))
        return value

    def _judge_indentation(self, root: Node) -> None:
        """Reports lines that stand too far left; the text is the one that libyaml was given."""
        for stray in strays(root, Lines(self.readable)):
            if self.found.wants(syntax_error):
                place = Place(self.file, span=self.found.lines.span(stray.start, stray.end), label="this line")
                self.found.add(syntax_error.one((place,), stray.message, (stray.help,)))
