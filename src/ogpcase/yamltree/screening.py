"""Does this file call for a closer look? A few passes over its bytes that a good record survives.

A hit proves nothing: it only sends the file on to the careful reading (see inspecting), which knows for sure.
"""

from __future__ import annotations

from ogpcase.yamltree.characters import FAMILIAR, unwanted_pattern
from ogpcase.yamltree.limits import may_be_too_large

_MARKS = tuple((mark, ord(mark)) for mark in "#?%&*!\\")
_CONTROLS = bytes(range(0x0A)) + bytes(range(0x0B, 0x0D)) + bytes(range(0x0E, 0x20)) + b"\x7f"
"""Tab included; LF and CR are judged as line ends."""
_RARE = b"#?%&*!\\<=>|[{\r" + _CONTROLS + bytes(range(0x80, 0x100))
_COMMON = bytes(set(range(256)) - set(_RARE))
_TAME = bytes(set(range(256)) - set(_CONTROLS))
_TELLING_RUNS = (b"<<", b"=======", b">>>>>>>", b"|||||||")
"""What a merge key and the markers of a merge conflict are, and seven folded texts when the common bytes are gone."""

_OPENERS = frozenset("\n[{,:?-")
"""What may stand before the first character of a node, blanks apart."""
_BLANKS = frozenset(" \n\r")
_GLUE = frozenset("]}\"',>|[{:-+")
"""What a comment may be glued to; other characters make the `#` a part of their text."""


def calls_for_a_closer_look(data: bytes, text: str) -> bool:
    """True when the text may hold something outside the profile; False only when it is sure not to.

    What libyaml refuses, and what shows in its node graph, need not be seen here.
    """
    rare = data.translate(None, _COMMON)
    if not data.endswith(b"\n") or may_be_too_large(data, rare):
        return True
    if rare.translate(None, _TAME) or (b"\r" in rare and not _all_line_ends_alike(data)):
        return True
    for run in _TELLING_RUNS:
        if rare.find(run) >= 0 and data.find(run) >= 0:  # `in` is slower: it first tries the bytes as a number
            return True
    for mark, byte in _MARKS:
        if byte in rare and _any_telling(text, mark):
            return True
    if rare.isascii():
        return False
    uncommon = rare.decode()
    return not FAMILIAR.issuperset(uncommon) and unwanted_pattern().search(uncommon) is not None


def _all_line_ends_alike(data: bytes) -> bool:
    """True when each CR belongs to a CRLF and each LF too."""
    return data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")


def _any_telling(text: str, mark: str) -> bool:
    """True when this mark is somewhere more than a character of some text, as far as its neighbours tell."""
    at = text.find(mark)
    while at >= 0:
        if _is_telling(mark, text, at):
            return True
        at = text.find(mark, at + 1)
    return False


def _is_telling(mark: str, text: str, at: int) -> bool:
    """Judges the mark at this offset."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if mark == "#":
        return _is_telling_hash(text, at, before, after)
    if mark == "\\":
        return after not in '\\"n/'
    if mark == "%":
        return before in ("", "\n")
    if mark in "&*" and after in _BLANKS:
        return False
    while at and text[at - 1] == " ":
        at -= 1
    return at == 0 or text[at - 1] in _OPENERS


def _is_telling_hash(text: str, at: int, before: str, after: str) -> bool:
    """True when this `#` may be glued to what stands before it, or may cut off what was meant as text."""
    if before == " ":
        return after not in _BLANKS and bool(text[text.rfind("\n", 0, at) + 1 : at].strip())
    return before in _GLUE or (before.isdecimal() and text[at - 2 : at - 1] in set("|>+-"))
