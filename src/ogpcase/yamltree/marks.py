"""What libyaml's tokens tell that its node graph does not: anchors, tags, comments, `?`, the escapes of quoted text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from ogpcase.values import frozen
from ogpcase.yamltree.libyaml import tokens
from ogpcase.yamltree.limits import DEEPEST


class Seen(Enum):
    """What was seen at a place."""

    ANCHOR = auto()
    ALIAS = auto()
    TAG = auto()
    QUESTION_MARK = auto()
    SECOND_DOCUMENT = auto()
    GLUED_COMMENT = auto()
    CUT_TEXT = auto()
    ESCAPE = auto()


@frozen
class Mark:
    """Something seen between two offsets; for an escape, the character it stands for."""

    seen: Seen
    start: int
    end: int
    character: str = ""


_PROPERTIES = {"<anchor>": Seen.ANCHOR, "<alias>": Seen.ALIAS, "<tag>": Seen.TAG}
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
            yield Mark(Seen.SECOND_DOCUMENT, start, stop)
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
        yield Mark(Seen.QUESTION_MARK, start, stop)
    elif style == '"':
        yield from _escapes(text, start, stop)
    elif style and style in "|>" and (glued := _GLUED_TO_HEADER(text, start)):
        yield Mark(Seen.GLUED_COMMENT, glued.start(1), glued.end(1))


def _comment_marks(text: str, end: int, start: int, *, can_be_cut: bool) -> Iterator[Mark]:
    """Yields a comment in the line of the token before it, if it stands too near or reads like text."""
    line_end = min((at for at in (text.find("\n", end, start), text.find("\r", end, start)) if at >= 0), default=start)
    at = text.find("#", end, line_end)
    if at <= 0:
        return
    if at == end and text[at - 1] not in "\r\n":
        yield Mark(Seen.GLUED_COMMENT, at, at + 1)
    elif can_be_cut and at > end and text[at + 1 : at + 2].strip("#!:\r\n \t"):
        yield Mark(Seen.CUT_TEXT, at, line_end)


def _escapes(text: str, start: int, stop: int) -> Iterator[Mark]:
    """Yields each escape that stands for a character one cannot simply write."""
    for escape in _ESCAPES(text, start, stop):
        code = escape[1] or escape[2] or escape[3]
        character = chr(int(code, 16)) if code else _SHORT_ESCAPES.get(escape[4], "")
        if character:
            yield Mark(Seen.ESCAPE, escape.start(), escape.end(), character)
