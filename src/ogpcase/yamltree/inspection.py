"""The careful path of parsing: finds all problems of a file, and its tree if there is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from unicodedata import normalize

from ogpcase.diagnostics import Check, FileId, Place, Problem
from ogpcase.yamltree import problems
from ogpcase.yamltree.libyaml import MappingNode, MarkedYAMLError, Node, ScalarNode, YAMLError, compose, events, tokens
from ogpcase.yamltree.limits import DEEPEST, MOST_NODES, Unwanted, unwanted, unwanted_in_value, unwanted_pattern
from ogpcase.yamltree.syntax_errors import lines_too_far_left, reworded
from ogpcase.yamltree.tree import Lines, Parsed, YamlTree, end_of
from ogpcase.yamltree.values import AMBIGUOUS_WORDS, LONGEST_NUMBER, Fault, Value, WrittenDate, build, resolve

MOST_PROBLEMS = 50
"""The most problems of one file, so that a broken file does not hide the others."""


class ProblemList:
    """The problems of one file; more than 50 of one code are only counted."""

    def __init__(self, lines: Lines, file: FileId) -> None:
        self.lines = lines
        self.file = file
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, check: Check[...], start: int, end: int, *details: object) -> None:
        """Adds a problem between two offsets; the check's first argument is the place."""
        if self.wants(check):
            self.add_worded(check.one(self.place(start, end), *details))

    def place(self, start: int, end: int) -> Place:
        """Returns the place between two offsets of the file."""
        return Place(self.file, span=self.lines.span(start, end))

    def wants(self, check: Check[...]) -> bool:
        """Counts a problem of this check, and returns whether to add it."""
        self._counts[check.rule.code] += 1
        return self._counts[check.rule.code] <= MOST_PROBLEMS

    def has(self, check: Check[...]) -> bool:
        """True if a problem of this check was counted."""
        return self._counts[check.rule.code] > 0

    def add_worded(self, problem: Problem) -> None:
        """Adds a problem that was counted."""
        self._problems.append(problem)

    def shown(self) -> tuple[Problem, ...]:
        """Returns at most 50 problems by place. Each code gets a fair share; its last problem counts the rest."""
        share = MOST_PROBLEMS
        while share > 1 and sum(min(count, share) for count in self._counts.values()) > MOST_PROBLEMS:
            share -= 1
        return tuple(self._cut(share))

    def _cut(self, share: int) -> Iterator[Problem]:
        shown: Counter[str] = Counter()
        for problem in sorted(self._problems, key=_place):
            shown[problem.code] += 1
            more = self._counts[problem.code] - share
            if shown[problem.code] == share and more > 0:
                yield problem._replace(notes=(*problem.notes, f"{more} more like this in the file"))
            elif shown[problem.code] <= share:
                yield problem


def _place(problem: Problem) -> tuple[int, str]:
    span = problem.places[0].span
    return (span.start if span else 0, problem.code)


_OPENS = frozenset(("MappingStartEvent", "SequenceStartEvent"))
_CLOSES = frozenset(("MappingEndEvent", "SequenceEndEvent"))
_LEAVES = frozenset(("ScalarEvent", "AliasEvent"))


def measure(text: str, listed: ProblemList) -> tuple[bool, bool]:
    """Reports a text that is too deep or large. Returns whether the size is permitted, and the syntax right."""
    stop = _count(text, listed)
    if stop is None:
        return True, True
    if stop >= 0:
        # libyaml 0.2.6 has its own depth limit. It can refuse a line before it reports any bracket in it, so the text
        # before the error is counted again.
        _count(text[:stop], listed)
    return not listed.has(problems.nested_too_deeply) and not listed.has(problems.too_many_nodes), False


def _count(text: str, listed: ProblemList) -> int | None:
    """Reports the first place over a limit. Returns the offset of a syntax error, -1 if unknown, None without error."""
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
                check = problems.nested_too_deeply if depth > DEEPEST else problems.too_many_nodes
                listed.add(check, start, start + 1)
                return -1
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        return mark.index if mark else -1
    return None


class Mark(NamedTuple):
    """Something that a record may not contain: its check, its two offsets, and more arguments of the check."""

    check: Check[...]
    start: int
    end: int
    details: tuple[str, ...] = ()


_CHARACTER_CHECKS: dict[Unwanted, Check[Place, str]] = {
    Unwanted.CONTROL: problems.control_character,
    Unwanted.SEPARATOR: problems.line_separator,
    Unwanted.BIDIRECTIONAL: problems.bidirectional_control,
    Unwanted.DIRECTION_MARK: problems.direction_mark,
    Unwanted.INVISIBLE: problems.invisible_character,
}

_REPLACEMENT = "\ufffd"
_READABLE = (Unwanted.BIDIRECTIONAL, Unwanted.DIRECTION_MARK, Unwanted.INVISIBLE)
_BYTE_ORDER_MARK = "\ufeff"

_TAB = re.compile("\t+")
_CONFLICT = re.compile(r"^[ \t]*(<{7}(?=[ \r\n])|>{7}(?=[ \r\n])|\|{7}(?=[ \r\n])|={7}(?=[ \t]*[\r\n]))", re.MULTILINE)
_PREAMBLE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)|%[^\r\n]*(?:\r\n|\r|\n|\Z))*")
_DIRECTIVE = re.compile(r"^%[^\r\n]*", re.MULTILINE)


def readable(text: str) -> str:
    """Returns a text of the same length that libyaml can read: bad characters become U+FFFD, directives comments."""
    text = unwanted_pattern().sub(_replaced, text)
    end = _end_of_preamble(text)
    return _DIRECTIVE.sub(lambda line: "#" + line[0][1:], text[:end]) + text[end:]


def marks_of_text(text: str) -> Iterator[Mark]:
    """Yields the problems of a text's characters and lines."""
    for run in unwanted_pattern().finditer(text):
        kind = unwanted(run[1])
        assert kind is not None  # the pattern and the table have the same ranges
        yield Mark(_CHARACTER_CHECKS[kind], *run.span(), (run[1],))
    for tabs in _TAB.finditer(text):
        yield Mark(problems.tab, *tabs.span())
    yield from _marks_of_line_ends(text)
    for marker in _CONFLICT.finditer(text):
        yield Mark(problems.merge_conflict_marker, *marker.span(1))
    for line in _DIRECTIVE.finditer(text, 0, _end_of_preamble(text)):
        yield Mark(problems.directive, *line.span())
    if text and not text.endswith(("\n", "\r")):
        yield Mark(problems.no_final_newline, len(text), len(text))


def has_conflict_marker(text: str) -> bool:
    """True if the text has a marker of a git merge."""
    return _CONFLICT.search(text) is not None


def _replaced(run: re.Match[str]) -> str:
    keeps = unwanted(run[1]) in _READABLE and run[1] != _BYTE_ORDER_MARK
    return run[0] if keeps else _REPLACEMENT * len(run[0])


def _end_of_preamble(text: str) -> int:
    preamble = _PREAMBLE.match(text)
    return preamble.end() if preamble else 0


def _marks_of_line_ends(text: str) -> Iterator[Mark]:
    """Yields the first lone CR, and the first of the rarer line ends if LF and CRLF are mixed."""
    windows_ends = text.count("\r\n")
    plain_ends = text.count("\n") - windows_ends
    if lone := re.search(r"\r(?!\n)", text):
        details = ("a line ends in a lone carriage return (CR)", "this line")
        yield Mark(problems.mixed_line_ends, lone.start(), lone.start(), details)
    rarer = r"\r\n" if plain_ends >= windows_ends else r"(?<!\r)\n"
    if windows_ends and plain_ends and (first := re.search(rarer, text)):
        details = ("some lines end in CRLF and others in LF", "the first that differs from most")
        yield Mark(problems.mixed_line_ends, first.start(), first.start(), details)


_CHECK_BY_TOKEN = {"<anchor>": problems.anchor, "<alias>": problems.alias, "<tag>": problems.tag}
_BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}
_BEFORE_CONTENT = frozenset(("<stream start>", "<directive>", "<document start>"))
_CAN_BE_CUT = frozenset((":", "-", "<scalar>"))
_GLUED_TO_HEADER = re.compile(r"[|>][-+0-9]{0,2}(#)").match

_ESCAPES = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL).finditer
_SHORT_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"}
_SHORT_ESCAPES.update({"N": "\x85", "L": "\u2028", "P": "\u2029"})


def marks_of_tokens(text: str) -> Iterator[Mark]:
    """Yields the marks of the first document in order, and one for a second document. Raises YAMLError."""
    end, can_be_cut, judged, open_brackets = 0, False, False, 0
    document = ended = False
    for kind, start, stop, style in tokens(text.encode()):
        open_brackets += _BRACKETS.get(kind, 0)
        if open_brackets > DEEPEST:
            return  # only after a syntax error, and libyaml would be slow
        if (kind == "<document start>" and document) or (ended and stop > start and kind != "<document end>"):
            yield Mark(problems.several_documents, start, stop)
            return
        document = document or kind == "<document start>" or kind not in _BEFORE_CONTENT
        ended = ended or kind == "<document end>"
        if not judged:
            yield from _comment_marks(text, end, start, can_be_cut=can_be_cut)
        yield from _token_marks(text, kind, start, stop, style)
        judged = stop == start  # empty tokens, which only show structure, are in one place
        if not judged:
            end, can_be_cut = stop, kind in _CAN_BE_CUT and not style


def _token_marks(text: str, kind: str, start: int, stop: int, style: str | None) -> Iterator[Mark]:
    if kind in _CHECK_BY_TOKEN:
        yield Mark(_CHECK_BY_TOKEN[kind], start, stop)
    elif kind == "?" and stop > start:
        yield Mark(problems.question_mark_key, start, stop)
    elif style == '"':
        yield from _escapes(text, start, stop)
    elif style and style in "|>" and (glued := _GLUED_TO_HEADER(text, start)):
        yield Mark(problems.comment_mark_glued, *glued.span(1))


def _comment_marks(text: str, end: int, start: int, *, can_be_cut: bool) -> Iterator[Mark]:
    """Yields a comment after a token in the same line, if it lacks a space before it or looks like text."""
    line_end = min((at for at in (text.find("\n", end, start), text.find("\r", end, start)) if at >= 0), default=start)
    at = text.find("#", end, line_end)
    if at <= 0:
        return
    if at == end and text[at - 1] not in "\r\n":
        yield Mark(problems.comment_mark_glued, at, at + 1)
    elif can_be_cut and at > end and text[at + 1 : at + 2].strip("#!:\r\n \t"):
        yield Mark(problems.text_cut_by_hash, at, line_end)


def _escapes(text: str, start: int, stop: int) -> Iterator[Mark]:
    for escape in _ESCAPES(text, start, stop):
        code = escape[1] or escape[2] or escape[3]
        character = chr(int(code, 16)) if code else _SHORT_ESCAPES.get(escape[4], "")
        if character and (kind := unwanted_in_value(character)):
            yield Mark(_CHARACTER_CHECKS[kind], *escape.span(), (character,))


_SHOWN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}").fullmatch
"""A message quotes only keys that look like a field's name."""


def _problem_of(fault: Fault, listed: ProblemList) -> Problem:
    node = fault.node
    start = node.start_mark.index
    place = listed.place(start, end_of(node, listed.lines.text))
    if fault.check is problems.ambiguous_scalar:
        return problems.ambiguous_scalar.one(place, *_disagreement(node.value))
    if fault.check is problems.key_not_text:
        return problems.key_not_text.one(place, _kind(node))
    if fault.check is problems.duplicate_key and fault.within is not None:
        return _duplicate(node, fault.within, place, listed)
    return fault.check.one(listed.place(start, start + 1) if fault.check is problems.nested_too_deeply else place)


def _duplicate(node: Node, within: Node, place: Place, listed: ProblemList) -> Problem:
    composed = normalize("NFC", node.value)
    first = next(
        key for key, _ in within.value if key.__class__ is ScalarNode and normalize("NFC", key.value) == composed
    )
    shown = node.value if _SHOWN_KEY(node.value) else ""
    first_span = listed.lines.span(first.start_mark.index, end_of(first, listed.lines.text))
    return problems.duplicate_key.one(place, first_span, shown, alike=first.value != node.value)


def _kind(node: Node) -> str:
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
"""Describes an ambiguous number without quoting it: it may be somebody's telephone number."""


def _disagreement(text: str) -> tuple[str, str]:
    if text in AMBIGUOUS_WORDS:
        thing = f"a plain `{text}`"
        if text in ("=", "<<", "-"):
            return thing, f'quote it: `"{text}"`'
        return thing, f'quote it: `"{text}"`; where yes or no is meant, write `true` or `false`'
    thing = next((form for pattern, form in _NUMBER_FORMS if pattern.match(text)), "this number")
    return thing, "quote it if it is text or an id; a number is best written in plain digits"


_PROPERTIES = (problems.anchor, problems.tag)
_ABOUT_TYPE = (problems.ambiguous_scalar, problems.key_not_text)
_BAD_ESCAPE = "found invalid Unicode character escape code"
_LENGTH_OF_ESCAPE = {"x": 4, "u": 6, "U": 10}
_MOST_BAD_ESCAPES = 50


def inspect(text: str, file: FileId) -> Parsed:
    """Returns all problems of a text, and its tree if there is one."""
    return _Inspection(text, file).result()


class _Inspection:
    """The inspection of one text; `readable` is what libyaml gets, with the same offsets."""

    def __init__(self, text: str, file: FileId) -> None:
        self.file = file
        self.text = text.removeprefix("\ufeff")
        self.listed = ProblemList(Lines(self.text), file)
        if text != self.text:
            self.listed.add(problems.byte_order_mark, 0, 0)
        self.readable = readable(self.text)

    def result(self) -> Parsed:
        self._add(marks_of_text(self.text))
        tree = self._tree() if self._is_of_fair_size() else None
        return Parsed(tree, self.listed.shown(), self.text)

    def _add(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            self.listed.add(mark.check, mark.start, mark.end, *mark.details)

    def _is_of_fair_size(self) -> bool:
        """Judges size and depth; if a tab stops libyaml, judges again without tabs."""
        fair, whole = measure(self.readable, self.listed)
        if fair and not whole and "\t" in self.readable:
            self.readable = self.readable.replace("\t", " ")
            fair, _ = measure(self.readable, self.listed)
        return fair

    def _tree(self) -> YamlTree | None:
        """Returns the tree, or None if the text is not YAML, is empty, or has an alias."""
        marks = self._marks()
        self._add(marks)
        self._make_readable(marks)
        try:
            root, _ = compose(self.readable.encode())
        except YAMLError as error:
            if not has_conflict_marker(self.text) and self.listed.wants(problems.syntax_error):
                self.listed.add_worded(reworded(error, self.listed.lines, self.file))
            return None
        if root is None or (root.__class__ is ScalarNode and not root.style and not root.value):
            self.listed.add(problems.empty_record, 0, 0)
            return None
        value = self._value(root, marks)
        if any(mark.check is problems.alias for mark in marks):
            return None
        return YamlTree(self.file, self.text, value, self.readable)

    def _marks(self) -> list[Mark]:
        """Returns the marks of all tokens; replaces escapes that no YAML reader accepts."""
        marks: list[Mark] = []
        for _ in range(_MOST_BAD_ESCAPES):
            marks.clear()
            try:
                for mark in marks_of_tokens(self.readable):
                    marks.append(mark)  # noqa: PERF402 - keeps the marks before an error
            except MarkedYAMLError as error:
                if error.problem == _BAD_ESCAPE and error.problem_mark:
                    self._replace_escape(error.problem_mark.index - 2)
                    continue
            except YAMLError:
                pass  # composing the text reports it
            break
        return marks

    def _replace_escape(self, start: int) -> None:
        """Reports an escape for half a character or none, and replaces it with one for U+FFFD."""
        end = start + _LENGTH_OF_ESCAPE[self.readable[start + 1]]
        code = int(self.readable[start + 2 : end], 16)
        character = chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last code point
        self.listed.add(problems.control_character, start, end, character)
        stand_in = r"\uFFFD" if end - start == len(r"\uFFFD") else r"\U0000FFFD"
        self.readable = self.readable[:start] + stand_in + self.readable[end:]

    def _make_readable(self, marks: list[Mark]) -> None:
        """Replaces anchors and tags with `!`, which keeps the column, and aliases with `""`; drops later documents."""
        pieces, end, property_end = [], 0, -1
        for mark in marks:
            if mark.check is problems.several_documents:
                self.readable = self.readable[: mark.start]
                continue
            if mark.check is not problems.alias and mark.check not in _PROPERTIES:
                continue
            between, stand_in = self.readable[end : mark.start], '""'
            if mark.check in _PROPERTIES:
                stand_in = " " if property_end == end and not between.strip() else "!"
                property_end = mark.end
            pieces += [between, stand_in.ljust(mark.end - mark.start)]
            end = mark.end
        self.readable = "".join((*pieces, self.readable[end:]))

    def _value(self, root: Node, marks: list[Mark]) -> Value:
        """Builds the values and reports their faults, but not the type of a tagged scalar."""
        faults: list[Fault] = []
        value = build(root, faults)
        if any(fault.check is problems.syntax_error for fault in faults):
            self._judge_indentation(root)
        tagged = {mark.start for mark in marks if mark.check in _PROPERTIES}
        for fault in faults:
            about_tag = fault.check in _ABOUT_TYPE and fault.node.start_mark.index in tagged
            if fault.check is not problems.syntax_error and not about_tag and self.listed.wants(fault.check):
                self.listed.add_worded(_problem_of(fault, self.listed))
        return value

    def _judge_indentation(self, root: Node) -> None:
        for mistake in lines_too_far_left(root, Lines(self.readable)):
            if self.listed.wants(problems.syntax_error):
                self.listed.add_worded(mistake.problem(self.listed.lines, self.file))
