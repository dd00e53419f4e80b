"""Pointers of Git LFS: what a commit holds of a file that is kept elsewhere, and a plain checkout leaves."""

from __future__ import annotations

import re

LONGEST = 1024
"""Bytes of a pointer, at most (the specification of Git LFS, version 1)."""
_POINTER = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\r?\n(?:.*\r?\n)*?oid sha256:([0-9a-f]{64})\r?\n")


def pointed_at(data: bytes) -> str | None:
    """Returns the SHA-256 of the file that a pointer stands for; None if the bytes are no pointer."""
    found = _POINTER.match(data) if len(data) < LONGEST else None
    return found[1].decode("ascii") if found else None
