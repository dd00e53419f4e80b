"""What YAML allows and no record may use, found in nodes, tokens and lines: anchors, tags, `?`, loose indentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import NamedTuple
from unicodedata import normalize

from ogpcase.diagnostics import Check, FileId, Problem, Span
from ogpcase.yamltree.building import Fault, Wrong
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, Node, ScalarNode, tokens
from ogpcase.yamltree.limits import DEEPEST
from ogpcase.yamltree.problems_of_yaml import (
    ambiguous_scalar,
    duplicate_key,
    key_not_text,
    merge_key,
    nested_too_deeply,
)
from ogpcase.yamltree.scalars import AMBIGUOUS_WORDS, LONGEST_NUMBER, WrittenDate, resolve
from ogpcase.yamltree.tree import Lines, end_of

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


_TOP = -1
"""What the lines of a node that stands in nothing are indented beyond: they may begin anywhere."""


class Stray(NamedTuple):
    """A line that stands too far left: its offsets, its message and what to do."""

    start: int
    end: int
    message: str
    help: str


def strays(root: Node, lines: Lines) -> Iterator[Stray]:
    """Yields the first such line of each text in quotes, in brackets, or of blank lines alone."""
    todo = [(root, _TOP)]
    while todo:
        node, column = todo.pop()
        if isinstance(node, CollectionNode):
            if node.flow_style:
                yield from _running_on(node, column, lines)
            else:
                todo += [(inner, node.start_mark.column) for inner in _inside(node)]
        elif isinstance(node, ScalarNode) and node.style in ("'", '"'):
            yield from _running_on(node, column, lines)
        elif isinstance(node, ScalarNode) and node.style and not node.value.strip():
            yield from _behind_blank_lines(node, column, lines)


def _inside(node: CollectionNode) -> list[Node]:
    if isinstance(node, MappingNode):
        return [value for _, value in node.value]
    return list(node.value)


def _running_on(node: Node, column: int, lines: Lines) -> Iterator[Stray]:
    """Yields the first line that goes on no deeper than what the node stands in; a closing bracket may be as deep."""
    in_brackets = not isinstance(node, ScalarNode)
    last = node.end_mark.line + 1
    for number in range(node.start_mark.line + 2, last + 1):
        text = lines.line(number)
        begin = text.lstrip(" \t")
        if not begin or len(text) - len(begin) > column or (in_brackets and begin.startswith("#")):
            continue
        if in_brackets and number == last and begin[0] in "]}" and len(text) - len(begin) == column:
            continue
        start = lines.start(number) + len(text) - len(begin)
        what, close = ("brackets", "bracket") if in_brackets else ("quotes", "quote")
        message = f"a text in {what} goes on in a line that is not indented"
        yield Stray(start, start + len(begin), message, f"close the {close} above, or indent this line deeper")
        return


def _behind_blank_lines(node: Node, column: int, lines: Lines) -> Iterator[Stray]:
    """Yields the comment that follows blank lines of a block: less indented than they, it could be the block's text."""
    number, deepest = node.start_mark.line + 2, 0
    while number <= node.end_mark.line + 1 and not lines.line(number).strip(" "):
        deepest = max(deepest, len(lines.line(number)))
        number += 1
    text = lines.line(number)
    begin = text.lstrip(" \t")
    depth = len(text) - len(begin)
    if begin.startswith("#") and column < depth < deepest:
        start = lines.start(number) + depth
        message = "a comment follows blank lines that are indented deeper than it"
        yield Stray(start, start + len(begin), message, "take the blanks out of those lines, or write the text")


class MarkKind(Enum):
    """What was seen at a place."""

    ANCHOR = auto()
    ALIAS = auto()
    TAG = auto()
    QUESTION_MARK = auto()
    SECOND_DOCUMENT = auto()
    GLUED_COMMENT = auto()
    CUT_TEXT = auto()
    ESCAPE = auto()


class Mark(NamedTuple):
    """Something seen between two offsets; for an escape, the character it stands for."""

    seen: MarkKind
    start: int
    end: int
    character: str = ""


_PROPERTIES = {"<anchor>": MarkKind.ANCHOR, "<alias>": MarkKind.ALIAS, "<tag>": MarkKind.TAG}
_BRACKETS = {"[": 1, "{": 1, "]": -1, "}": -1}
_BEFORE_CONTENT = frozenset(("<stream start>", "<directive>", "<document start>"))
_CAN_BE_CUT = frozenset((":", "-", "<scalar>"))
_GLUED_TO_HEADER = re.compile(r"[|>][-+0-9]{0,2}(#)").match

_ESCAPES = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL).finditer
_SHORT_ESCAPES = {"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"}
_SHORT_ESCAPES.update({"N": "\x85", "L": "\u2028", "P": "\u2029"})


def marks_in(text: str) -> Iterator[Mark]:
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
            yield Mark(MarkKind.SECOND_DOCUMENT, start, stop)
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
    if kind in _PROPERTIES:
        yield Mark(_PROPERTIES[kind], start, stop)
    elif kind == "?" and stop > start:
        yield Mark(MarkKind.QUESTION_MARK, start, stop)
    elif style == '"':
        yield from _escapes(text, start, stop)
    elif style and style in "|>" and (glued := _GLUED_TO_HEADER(text, start)):
        yield Mark(MarkKind.GLUED_COMMENT, glued.start(1), glued.end(1))


def _comment_marks(text: str, end: int, start: int, *, can_be_cut: bool) -> Iterator[Mark]:
    """Yields a comment in the line of the token before it, if it stands too near or reads like text."""
    line_end = min((at for at in (text.find("\n", end, start), text.find("\r", end, start)) if at >= 0), default=start)
    at = text.find("#", end, line_end)
    if at <= 0:
        return
    if at == end and text[at - 1] not in "\r\n":
        yield Mark(MarkKind.GLUED_COMMENT, at, at + 1)
    elif can_be_cut and at > end and text[at + 1 : at + 2].strip("#!:\r\n \t"):
        yield Mark(MarkKind.CUT_TEXT, at, line_end)


def _escapes(text: str, start: int, stop: int) -> Iterator[Mark]:
    """Yields each escape that stands for a character one cannot simply write."""
    for escape in _ESCAPES(text, start, stop):
        code = escape[1] or escape[2] or escape[3]
        character = chr(int(code, 16)) if code else _SHORT_ESCAPES.get(escape[4], "")
        if character:
            yield Mark(MarkKind.ESCAPE, escape.start(), escape.end(), character)
