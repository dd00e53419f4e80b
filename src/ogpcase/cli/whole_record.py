"""A whole record given at once: from a file or standard input, as YAML or JSON."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from ogpcase.errors import BadInput, CannotRead
from ogpcase.yamltree import parse

LARGEST_INPUT = 262_144
"""Bytes: a record has at most so many."""


def whole_record(source: str) -> tuple[str, dict[str, Any]]:
    """Returns the text and values of a whole record from a file or, as `-`, from stdin; JSON leaves no text to keep.

    Raises:
        CannotRead: if it cannot be read.
        BadInput: if it is no record.
    """
    name = "standard input" if source == "-" else source
    text = _read(source)
    if not text.strip():
        raise BadInput(f"{name} is empty; nothing was written", "a record is one `name: value` a line, or JSON")
    if text.lstrip().startswith("{"):
        return "", _from_json(text, name)
    return text, values_in(text, name)


def _from_json(text: str, name: str) -> dict[str, Any]:
    import json

    try:
        value = json.loads(text, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        return values_in(text, name)  # YAML in flow form begins so too, and says better what is wrong
    if not isinstance(value, dict):
        raise BadInput(f"{name} holds no record")
    return value


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Returns an object's fields. Raises ValueError where one is there twice: JSON would keep the last in silence."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _read(source: str) -> str:
    try:
        if source == "-":
            data = sys.stdin.buffer.read(LARGEST_INPUT + 1)
        else:
            path = Path(source)
            if not path.is_file():
                raise CannotRead(f"{source} is no file", "give a file, or - for standard input")
            with path.open("rb") as file:
                data = file.read(LARGEST_INPUT + 1)
    except OSError as error:
        raise CannotRead(f"{source} cannot be read: {error.strerror}") from error
    if len(data) > LARGEST_INPUT:
        name = "standard input" if source == "-" else source
        raise BadInput(f"{name} is larger than a record may be: {LARGEST_INPUT // 1024} KiB")
    return data.decode("utf-8", "surrogateescape")


def values_in(text: str, name: str) -> dict[str, Any]:
    """Returns the values of a record's text.

    Raises:
        BadInput: if it is no record, with what is wrong and where.
    """
    parsed = parse(text.encode("utf-8", "surrogateescape"), name)
    value = parsed.tree.value if parsed.tree is not None else None
    if parsed.problems:
        first = parsed.problems[0]
        span = first.places[0].span
        at = f"{name}:{span.line}:{span.column}: " if span else f"{name}: "
        raise BadInput(f"{at}{first.message}; nothing was written", *first.helps)
    if not isinstance(value, dict):
        raise BadInput(f"{name} holds no record: it should be one `name: value` a line")
    return value
