"""Reads a whole record that is given as a file or on standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from ogpcase.cli.asking import is_draft
from ogpcase.editing.composing import LARGEST_INPUT, Given, record_in
from ogpcase.editing.template import is_template
from ogpcase.errors import CannotRead


def given_record(source: str) -> Given:
    """Returns the record in a file, or on stdin for `-`.

    Raises CannotRead if it cannot be read, and BadInput if it is not a record.
    """
    given = record_in(_read(source), "standard input" if source == "-" else source)
    return given._replace(text="") if is_draft(source) else given


def template_in(source: str | None) -> str | None:
    """Returns the text of a file that is a template somebody began to fill in, a record or not; None for others.

    Raises CannotRead.
    """
    if source is None or source == "-":
        return None
    text = _read(source).decode("utf-8", "surrogateescape")
    return text if is_template(text) else None


def _read(source: str) -> bytes:
    """Returns the bytes of a file or of stdin, at most one more than a record may have."""
    try:
        if source == "-":
            return sys.stdin.buffer.read(LARGEST_INPUT + 1)
        if not Path(source).is_file():
            raise CannotRead(f"{source} is not a file", "give a file, or - for standard input")
        with Path(source).open("rb") as file:
            return file.read(LARGEST_INPUT + 1)
    except OSError as error:
        raise CannotRead(f"{source} cannot be read: {error.strerror}") from error
