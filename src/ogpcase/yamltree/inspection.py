"""The careful reading of a file that is not plain good: all that is wrong with it, and its tree if there is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
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
"""Problems told of one file; a hostile or broken one must not drown the others."""


class ProblemList:
    """What is wrong with one file; beyond 50 of a kind the rest are only counted, since they would not be told."""

    def __init__(self, lines: Lines, file: FileId) -> None:
        self.lines = lines
        self.file = file
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def add(self, check: Check[...], start: int, end: int, *details: object) -> None:
        """Words what is wrong between two offsets, by the check whose first argument is its place."""
        if self.wants(check):
            self.add_worded(check.one(self.place(start, end), *details))

    def place(self, start: int, end: int) -> Place:
        """Returns the place between two offsets of the file."""
        return Place(self.file, span=self.lines.span(start, end))

    def wants(self, check: Check[...]) -> bool:
        """Counts a problem of this check, and says whether to word it too."""
        self._counts[check.rule.code] += 1
        return self._counts[check.rule.code] <= MOST_PROBLEMS

    def has(self, check: Check[...]) -> bool:
        """True when a problem of this check was found."""
        return self._counts[check.rule.code] > 0

    def add_worded(self, problem: Problem) -> None:
        """Takes a problem that was counted and worded."""
        self._problems.append(problem)

    def shown(self) -> tuple[Problem, ...]:
        """Returns the problems in the order of their places, at most 50 of them.

        Where there are more, each code gets a fair share, and its last problem says how many more there are.
        """
        share = MOST_PROBLEMS
        while share > 1 and sum(min(count, share) for count in self._counts.values()) > MOST_PROBLEMS:
            share -= 1
        return tuple(self._cut(share))

    def _cut(self, share: int) -> Iterator[Problem]:
        """Yields the first `share` problems of each code."""
        shown: Counter[str] = Counter()
        for problem in sorted(self._problems, key=_place):
            shown[problem.code] += 1
            more = self._counts[problem.code] - share
            if shown[problem.code] == share and more > 0:
                yield replace(problem, notes=(*problem.notes, f"{more} more like this in the file"))
            elif shown[problem.code] <= share:
                yield problem


def _place(problem: Problem) -> tuple[int, str]:
    span = problem.places[0].span
    return (span.start if span else 0, problem.code)


_OPENS = frozenset(("MappingStartEvent", "SequenceStartEvent"))
_CLOSES = frozenset(("MappingEndEvent", "SequenceEndEvent"))
_LEAVES = frozenset(("ScalarEvent", "AliasEvent"))


def measure(text: str, listed: ProblemList) -> tuple[bool, bool]:
    """Reports a text that is too deep or holds too many nodes.

    Returns whether it is of fair size, and whether it is YAML up to its end. Where it stops being YAML the counting
    stops too: the composer will come no further either.
    """
    stop = _count(text, listed)
    if stop is None:
        return True, True
    if stop >= 0:
        # libyaml 0.2.6 has a depth limit of its own. It looks ahead, so it can refuse a line before it reports the
        # start of any bracket on it. What stands before the refused place is counted by itself.
        _count(text[:stop], listed)
    return not listed.has(problems.nested_too_deeply) and not listed.has(problems.too_many_nodes), False


def _count(text: str, listed: ProblemList) -> int | None:
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
                check = problems.nested_too_deeply if depth > DEEPEST else problems.too_many_nodes
                listed.add(check, start, start + 1)
                return -1
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        return mark.index if mark else -1
    return None


class Mark(NamedTuple):
    """What no record may hold, between two offsets, and what else its check is to be told."""

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
    """Returns a text that libyaml can read, of the same length, so that every offset stays true.

    What it cannot read, or reads as a line end of its own, becomes U+FFFD; directives become comments.
    """
    text = unwanted_pattern().sub(_replaced, text)
    end = _end_of_preamble(text)
    return _DIRECTIVE.sub(lambda line: "#" + line[0][1:], text[:end]) + text[end:]


def marks_of_text(text: str) -> Iterator[Mark]:
    """Yields what is wrong with the characters and the lines of a text."""
    for run in unwanted_pattern().finditer(text):
        kind = unwanted(run[1])
        assert kind is not None  # the pattern and the table are the same ranges
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
    """True when git left a marker of a merge in the text."""
    return _CONFLICT.search(text) is not None


def _replaced(run: re.Match[str]) -> str:
    """Keeps an unwanted character that is no trouble for libyaml."""
    keeps = unwanted(run[1]) in _READABLE and run[1] != _BYTE_ORDER_MARK
    return run[0] if keeps else _REPLACEMENT * len(run[0])


def _end_of_preamble(text: str) -> int:
    """Returns where the blank lines, comments and directives at the start of a file end."""
    preamble = _PREAMBLE.match(text)
    return preamble.end() if preamble else 0


def _marks_of_line_ends(text: str) -> Iterator[Mark]:
    """Yields the first lone CR, and the first line end of the rarer kind where LF and CRLF are mixed."""
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
    """Yields the marks of the first document in order, and one for the start of a second.

    Raises YAMLError where the text stops being YAML; what was seen before has been yielded then.
    """
    end, can_be_cut, judged, open_brackets = 0, False, False, 0
    document = ended = False
    for kind, start, stop, style in tokens(text.encode()):
        open_brackets += _BRACKETS.get(kind, 0)
        if open_brackets > DEEPEST:
            return  # only possible behind a syntax error, and more than libyaml reads in a fair time
        if (kind == "<document start>" and document) or (ended and stop > start and kind != "<document end>"):
            yield Mark(problems.several_documents, start, stop)
            return
        document = document or kind == "<document start>" or kind not in _BEFORE_CONTENT
        ended = ended or kind == "<document end>"
        if not judged:
            yield from _comment_marks(text, end, start, can_be_cut=can_be_cut)
        yield from _token_marks(text, kind, start, stop, style)
        judged = stop == start  # the tokens that only tell of structure follow each other in one place
        if not judged:
            end, can_be_cut = stop, kind in _CAN_BE_CUT and not style


def _token_marks(text: str, kind: str, start: int, stop: int, style: str | None) -> Iterator[Mark]:
    """Yields what one token is, if a record may not hold it."""
    if kind in _CHECK_BY_TOKEN:
        yield Mark(_CHECK_BY_TOKEN[kind], start, stop)
    elif kind == "?" and stop > start:
        yield Mark(problems.question_mark_key, start, stop)
    elif style == '"':
        yield from _escapes(text, start, stop)
    elif style and style in "|>" and (glued := _GLUED_TO_HEADER(text, start)):
        yield Mark(problems.comment_mark_glued, *glued.span(1))


def _comment_marks(text: str, end: int, start: int, *, can_be_cut: bool) -> Iterator[Mark]:
    """Yields a comment in the line of the token before it, if it stands too near or reads like text."""
    line_end = min((at for at in (text.find("\n", end, start), text.find("\r", end, start)) if at >= 0), default=start)
    at = text.find("#", end, line_end)
    if at <= 0:
        return
    if at == end and text[at - 1] not in "\r\n":
        yield Mark(problems.comment_mark_glued, at, at + 1)
    elif can_be_cut and at > end and text[at + 1 : at + 2].strip("#!:\r\n \t"):
        yield Mark(problems.text_cut_by_hash, at, line_end)


def _escapes(text: str, start: int, stop: int) -> Iterator[Mark]:
    """Yields each escape for a character that nobody may write raw either."""
    for escape in _ESCAPES(text, start, stop):
        code = escape[1] or escape[2] or escape[3]
        character = chr(int(code, 16)) if code else _SHORT_ESCAPES.get(escape[4], "")
        if character and (kind := unwanted_in_value(character)):
            yield Mark(_CHARACTER_CHECKS[kind], *escape.span(), (character,))


_SHOWN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}").fullmatch
"""Only a key that looks like a field's name is repeated in a message."""


def problem_of(fault: Fault, listed: ProblemList) -> Problem:
    """Returns the fault as a problem at its exact span."""
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
    """Returns the problem of a key that was there before; the first that reads the same is shown with it."""
    composed = normalize("NFC", node.value)
    first = next(
        key for key, _ in within.value if key.__class__ is ScalarNode and normalize("NFC", key.value) == composed
    )
    shown = node.value if _SHOWN_KEY(node.value) else ""
    first_span = listed.lines.span(first.start_mark.index, end_of(first, listed.lines.text))
    return problems.duplicate_key.one(place, first_span, shown, alike=first.value != node.value)


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


_PROPERTIES = (problems.anchor, problems.tag)
_ABOUT_TYPE = (problems.ambiguous_scalar, problems.key_not_text)
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
        self.listed = ProblemList(Lines(self.text), file)
        if text != self.text:
            self.listed.add(problems.byte_order_mark, 0, 0)
        self.readable = readable(self.text)

    def result(self) -> Parsed:
        """Reads the text and returns what came of it."""
        self._add(marks_of_text(self.text))
        tree = self._tree() if self._is_of_fair_size() else None
        return Parsed(tree, self.listed.shown(), self.text)

    def _add(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            self.listed.add(mark.check, mark.start, mark.end, *mark.details)

    def _is_of_fair_size(self) -> bool:
        """Judges size and depth; where a tab stops libyaml, behind it too."""
        fair, whole = measure(self.readable, self.listed)
        if fair and not whole and "\t" in self.readable:
            self.readable = self.readable.replace("\t", " ")
            fair, _ = measure(self.readable, self.listed)
        return fair

    def _tree(self) -> YamlTree | None:
        """Returns the tree, unless the text is no YAML, is empty, or says things by alias."""
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
        """Returns what the tokens tell; escapes that no YAML reader takes are replaced on the way."""
        marks: list[Mark] = []
        for _ in range(_MOST_BAD_ESCAPES):
            marks.clear()
            try:
                for mark in marks_of_tokens(self.readable):
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
        self.listed.add(problems.control_character, start, end, character)
        stand_in = r"\uFFFD" if end - start == len(r"\uFFFD") else r"\U0000FFFD"
        self.readable = self.readable[:start] + stand_in + self.readable[end:]

    def _make_readable(self, marks: list[Mark]) -> None:
        """Puts something harmless in the place of anchors, tags and aliases, and leaves only the first document.

        A `!` alone says nothing about a node and keeps its column; of several properties in a row one stays.
        """
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
        """Builds the values and reports their faults; a tagged scalar's type is the tag's fault."""
        faults: list[Fault] = []
        value = build(root, faults)
        if any(fault.check is problems.syntax_error for fault in faults):
            self._judge_indentation(root)
        tagged = {mark.start for mark in marks if mark.check in _PROPERTIES}
        for fault in faults:
            about_tag = fault.check in _ABOUT_TYPE and fault.node.start_mark.index in tagged
            if fault.check is not problems.syntax_error and not about_tag and self.listed.wants(fault.check):
                self.listed.add_worded(problem_of(fault, self.listed))
        return value

    def _judge_indentation(self, root: Node) -> None:
        """Reports lines that stand too far left; the text is the one that libyaml was given."""
        for mistake in lines_too_far_left(root, Lines(self.readable)):
            if self.listed.wants(problems.syntax_error):
                self.listed.add_worded(mistake.problem(self.listed.lines, self.file))
