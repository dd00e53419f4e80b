"""Parses bytes to a tree and problems: a fast path for good files, and a careful one for the others."""

from __future__ import annotations

import re

from ogpcase.diagnostics import FileId, Place, Span
from ogpcase.yamltree.libyaml import YAMLError, compose
from ogpcase.yamltree.limits import FAMILIAR, LARGEST, MOST_NODES, unwanted_pattern
from ogpcase.yamltree.problems import file_too_large, not_utf_8, syntax_error
from ogpcase.yamltree.tree import Lines, Parsed, YamlTree
from ogpcase.yamltree.values import Fault, build

_MARKS = tuple((mark, ord(mark), re.compile(re.escape(mark)).finditer) for mark in "#?%&*!\\")
_TAB, _RETURN = b"\t\r"
_ASCII = bytes(range(0x80))
_TELLING_RUNS = tuple((run[0], run) for run in (b"<<", b"=======", b">>>>>>>", b"|||||||"))
"""A merge key, and the markers of a merge conflict, each after its byte."""

_SHALLOW = 2048
"""Bytes; a shorter text cannot overflow C's stack, since each level needs at least one byte."""
_MANY_BRACKETS = 200
_LONG_INDENT = b" " * 48
_SMALL = MOST_NODES // 2
"""Bytes; a shorter text cannot have too many nodes."""
_INDENTS = bytes.maketrans(b"-?:\t", b"    ")
_NOT_INDICATORS = bytes(set(range(256)) - set(b":,-?[{"))
_NODES_AN_INDICATOR = 3
"""The most nodes that one indicator begins: `[a:` begins a mapping, a key and a value."""

_OPENERS = frozenset("\n[{,:?-")
"""Characters that may precede a node, apart from blanks."""
_BLANKS = frozenset(" \n\r")
_GLUE = frozenset("]}\"',>|[{:-+")
"""Characters after which a `#` may begin a comment without a space; after others it is part of the text."""


def calls_for_a_closer_look(data: bytes, text: str) -> bool:
    """True if the text may contain something that a record may not use and that libyaml does not report.

    It reports the control characters of ASCII, but for the tab.
    """
    if not data.endswith(b"\n") or _TAB in data or _may_be_too_large(data):
        return True
    if _RETURN in data and not data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r"):  # mixed line ends
        return True
    for byte, run in _TELLING_RUNS:
        if byte in data and data.find(run) >= 0:  # `in` is slow for bytes, not for a number
            return True
    for mark, byte, places in _MARKS:
        if byte in data and any(_is_telling(mark, text, place.start()) for place in places(text)):
            return True
    if text.isascii():
        return False
    uncommon = data.translate(None, _ASCII).decode()
    return not FAMILIAR.issuperset(uncommon) and unwanted_pattern().search(uncommon) is not None


def _may_be_too_large(data: bytes) -> bool:
    """False if the text cannot have too many nodes, or a depth that would crash libyaml.

    A nested block collection needs a longer indent or is a list in a mapping; a flow collection needs a bracket. Both
    limits are far below the thousands of levels that C's stack holds.
    """
    if len(data) <= _SHALLOW:
        return False
    if _LONG_INDENT in data.translate(_INDENTS):
        return True
    if data.count(b"[") + data.count(b"{") > _MANY_BRACKETS:
        return True
    return len(data) > _SMALL and len(data.translate(None, _NOT_INDICATORS)) * _NODES_AN_INDICATOR >= MOST_NODES


def _is_telling(mark: str, text: str, at: int) -> bool:
    """True if the mark at this offset may be YAML syntax and not just text, by its neighbours."""
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
    """True if this `#` may lack a space before it, or may turn text into a comment."""
    if before == " ":
        return after not in _BLANKS and bool(text[text.rfind("\n", 0, at) + 1 : at].strip())
    return before in _GLUE or (before.isdecimal() and text[at - 2 : at - 1] in set("|>+-"))


_TOP = Span(1, 1, 1, 1)
"""The place in a file that was not read."""
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes, file: FileId) -> Parsed:
    """Returns the tree of a file and at most 50 problems; never raises for any bytes.

    A file with problems has a tree too if its values can be read; of duplicate keys it has the first. Values follow the
    YAML 1.2 core schema, but dates stay text.
    """
    if len(data) > LARGEST:
        return Parsed(None, (file_too_large.one(Place(file, span=_TOP)),))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_text(data, error.start, file)
    try:
        return _quick(data, text, file) or _careful(data, text, file)
    except Exception:  # noqa: BLE001 - no bytes may stop a run; the parser's message could quote them
        return Parsed(None, (syntax_error.one((Place(file, span=_TOP),)),), text)


def _quick(data: bytes, text: str, file: FileId) -> Parsed | None:
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
    """Inspects a text, unless it is UTF-16 that is also valid UTF-8."""
    if _is_utf_16(data):
        return _not_text(data, data.index(0), file)
    from ogpcase.yamltree.inspection import inspect  # good files do not need to import it

    return inspect(text, file)


def _not_text(data: bytes, start: int, file: FileId) -> Parsed:
    before = data[:start].decode()
    span = Lines(before + "\ufffd").span(len(before), len(before) + 1)
    return Parsed(None, (not_utf_8.one(Place(file, span=span), "UTF-16" if _is_utf_16(data) else ""),))


def _is_utf_16(data: bytes) -> bool:
    """True with a byte-order mark of UTF-16, or if mostly every second byte is NUL."""
    if data.startswith(_UTF_16_MARKS):
        return True
    first, second = sorted((data[::2].count(0), data[1::2].count(0)))
    return second * 4 > len(data) and first * 4 < second
