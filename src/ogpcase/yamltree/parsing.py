"""Bytes to a tree, or to what is wrong with them: the quick way for a good file, the careful one for the rest."""

from __future__ import annotations

from ogpcase.diagnostics import FileId
from ogpcase.yamltree.building import Fault, build
from ogpcase.yamltree.libyaml import YAMLError, compose
from ogpcase.yamltree.limits import LARGEST
from ogpcase.yamltree.screening import calls_for_a_closer_look
from ogpcase.yamltree.tree import Parsed, YamlTree

_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse(data: bytes, file: FileId) -> Parsed:
    """Returns the tree of a file's bytes and all that is wrong with them, at most 50 problems; never raises.

    The tree is None only where nothing sound can be had. Raises BrokenInstallation without libyaml.
    """
    if len(data) > LARGEST:
        return _too_large(file)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return _not_text(data, error.start, file)
    try:
        return _quick(data, text, file) or _careful(data, text, file)
    except Exception:  # noqa: BLE001 - no bytes may stop a run, and what the parser says could quote them
        return _unreadable(text, file)


def _too_large(file: FileId) -> Parsed:
    from ogpcase.yamltree.lines import Lines
    from ogpcase.yamltree.problems_file import file_too_large

    return Parsed(None, (file_too_large.one(file, Lines("").span(0, 0)),))


def _unreadable(text: str, file: FileId) -> Parsed:
    from ogpcase.yamltree.lines import Lines
    from ogpcase.yamltree.wording import unreadable

    return Parsed(None, (unreadable(Lines(text), file),), text)


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
    from ogpcase.yamltree.inspecting import inspect  # good files do without all that it brings

    return inspect(text, file)


def _not_text(data: bytes, start: int, file: FileId) -> Parsed:
    """Returns the problem of bytes that are no UTF-8 from `start` on."""
    from ogpcase.yamltree.lines import Lines
    from ogpcase.yamltree.problems_file import not_utf_8

    before = data[:start].decode()
    span = Lines(before + "\ufffd").span(len(before), len(before) + 1)
    return Parsed(None, (not_utf_8.one(file, span, "UTF-16" if _is_utf_16(data) else ""),))


def _is_utf_16(data: bytes) -> bool:
    """True for a byte-order mark of UTF-16, or where of each two bytes mostly one, always the same, is NUL."""
    if data.startswith(_UTF_16_MARKS):
        return True
    first, second = sorted((data[::2].count(0), data[1::2].count(0)))
    return second * 4 > len(data) and first * 4 < second
