"""Bytes to a tree, or to what is wrong with them: the quick way for a good file, the careful one for the rest."""

from __future__ import annotations

import re

from ogpcase.diagnostics import FileId, Place, Span
from ogpcase.yamltree.libyaml import YAMLError, compose
from ogpcase.yamltree.limits import FAMILIAR, LARGEST, MOST_NODES, unwanted_pattern
from ogpcase.yamltree.problems import file_too_large, not_utf_8, syntax_error
from ogpcase.yamltree.tree import Lines, Parsed, YamlTree
from ogpcase.yamltree.values import Fault, build

_MARKS = tuple((mark, ord(mark), re.compile(re.escape(mark)).finditer) for mark in "#?%&*!\\")
_CONTROLS = bytes(range(0x0A)) + bytes(range(0x0B, 0x0D)) + bytes(range(0x0E, 0x20)) + b"\x7f"
"""Tab included; LF and CR are judged as line ends."""
_RARE = b"#?%&*!\\<=>|[{\r" + _CONTROLS + bytes(range(0x80, 0x100))
_COMMON = bytes(set(range(256)) - set(_RARE))
_TAME = bytes(set(range(256)) - set(_CONTROLS))
_TELLING_RUNS = (b"<<", b"=======", b">>>>>>>", b"|||||||")
"""What a merge key and the markers of a merge conflict are, and seven folded texts when the common bytes are gone."""

_SHALLOW = 2048
"""Bytes in which no depth can be written that would be too much for C's stack: a level takes one at least."""
_MANY_BRACKETS = 200
_LONG_INDENT = b" " * 48
_SMALL = MOST_NODES // 2
"""Bytes in which so many nodes cannot stand."""
_INDENTS = bytes.maketrans(b"-?:\t", b"    ")
_NOT_INDICATORS = bytes(set(range(256)) - set(b":,-?[{"))
_NODES_AN_INDICATOR = 3
"""At most: `[a:` begins a mapping, a key and a value."""

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
    if not data.endswith(b"\n") or _may_be_too_large(data, rare):
        return True
    if rare.translate(None, _TAME) or (b"\r" in rare and not _all_line_ends_alike(data)):
        return True
    for run in _TELLING_RUNS:
        if rare.find(run) >= 0 and data.find(run) >= 0:  # `in` is slower: it first tries the bytes as a number
            return True
    for mark, byte, places in _MARKS:
        if byte in rare and any(_is_telling(mark, text, place.start()) for place in places(text)):
            return True
    if rare.isascii():
        return False
    uncommon = rare.decode()
    return not FAMILIAR.issuperset(uncommon) and unwanted_pattern().search(uncommon) is not None


def _may_be_too_large(data: bytes, brackets: bytes) -> bool:
    """False when there can be neither too many nodes nor a depth that libyaml would not survive.

    A block collection inside another stands further right, behind blanks and indicators only, or (a list in a
    mapping) in the same column; a flow collection needs a bracket, all of which are in `brackets`. Both bounds
    together stay far below the thousands of levels that C's stack holds; the exact depth is counted later.
    """
    if len(data) <= _SHALLOW:
        return False
    if _LONG_INDENT in data.translate(_INDENTS):
        return True
    if brackets.count(b"[") + brackets.count(b"{") > _MANY_BRACKETS:
        return True
    return len(data) > _SMALL and len(data.translate(None, _NOT_INDICATORS)) * _NODES_AN_INDICATOR >= MOST_NODES


def _all_line_ends_alike(data: bytes) -> bool:
    """True when each CR belongs to a CRLF and each LF too."""
    return data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r")


def _is_telling(mark: str, text: str, at: int) -> bool:
    """True when the mark at this offset is more than a character of some text, as far as its neighbours tell."""
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


_TOP = Span(1, 1, 1, 1)
"""Where to point in a file that was not read."""
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes, file: FileId) -> Parsed:
    """Returns the tree of a file's bytes and what is wrong with them; never raises for any bytes.

    Where something is wrong that still lets the values be read, the tree is there too: of duplicate keys it has the
    first. Values are those of the YAML 1.2 core schema; dates stay text. At most 50 problems.
    Raises BrokenInstallation where PyYAML lacks libyaml.
    """
    if len(data) > LARGEST:
        return Parsed(None, (file_too_large.one(Place(file, span=_TOP)),))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_text(data, error.start, file)
    try:
        return _quick(data, text, file) or _careful(data, text, file)
    except Exception:  # noqa: BLE001 - no bytes may stop a run, and what the parser says could quote them
        return Parsed(None, (syntax_error.one((Place(file, span=_TOP),)),), text)


def _quick(data: bytes, text: str, file: FileId) -> Parsed | None:
    """Returns the tree of a file with which nothing is wrong, or None where a closer look is needed."""
    if calls_for_a_closer_look(data, text):
        return None
    try:
        root, more = compose(data)
    except YAMLError:
        return None
    if root is None or more:
        return None
    faults: list[Fault] = []
    value = build(root, faults)
    return None if faults or value is None else Parsed(YamlTree(file, text, value), (), text)


def _careful(data: bytes, text: str, file: FileId) -> Parsed:
    """Looks closely, unless the text is UTF-16 that happens to be UTF-8 as well."""
    if _is_utf_16(data):
        return _not_text(data, data.index(0), file)
    from ogpcase.yamltree.inspection import inspect  # good files do without all that it brings

    return inspect(text, file)


def _not_text(data: bytes, start: int, file: FileId) -> Parsed:
    """Returns the problem of bytes that are no UTF-8 from `start` on."""
    before = data[:start].decode()
    span = Lines(before + "\ufffd").span(len(before), len(before) + 1)
    return Parsed(None, (not_utf_8.one(Place(file, span=span), "UTF-16" if _is_utf_16(data) else ""),))


def _is_utf_16(data: bytes) -> bool:
    """True for a byte-order mark of UTF-16, or where of each two bytes mostly one, always the same, is NUL."""
    if data.startswith(_UTF_16_MARKS):
        return True
    first, second = sorted((data[::2].count(0), data[1::2].count(0)))
    return second * 4 > len(data) and first * 4 < second
