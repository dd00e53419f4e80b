"""Which files the loops go over: the first so many of a folder, by name."""

from __future__ import annotations

import os
import sys


def from_command_line() -> list[str]:
    """Returns the files of the folder that the first word names; the second is how many at most."""
    found = [
        os.path.join(folder, name)  # noqa: PTH118 - a hundred thousand Paths would be part of what is measured
        for folder, _, names in os.walk(sys.argv[1])
        for name in names
        if name.endswith(".yaml")
    ]
    return sorted(found)[: int(sys.argv[2])] if len(sys.argv) > 2 else sorted(found)  # noqa: PLR2004 - folder and number


def read(file: str) -> bytes:
    """Returns the file's bytes."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        return os.read(descriptor, os.fstat(descriptor).st_size)
    finally:
        os.close(descriptor)
