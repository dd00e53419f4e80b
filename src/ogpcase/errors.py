"""The exceptions that stop a run, each with a message, hints and an exit code.

A fault in a record is never an exception: it is a Problem (see diagnostics).
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Mapping
from typing import Any

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_BUG = 3
EXIT_INTERRUPTED = 130


def is_closed_pipe(error: OSError) -> bool:
    """True if an error of printing says that the reader has gone, as with `| head`; Windows has another word for it."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == errno.EINVAL)


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


class OgpcaseError(Exception):
    """The run cannot go on: `message` says why, without a full stop, and `hints` say what to do, one line each.

    Both can be printed: what is no Unicode, as in the name of a file, is written as an escape.
    """

    exit_code = EXIT_FAILED
    word = "error"

    def __init__(self, message: str, *hints: str) -> None:
        self.message, *rest = map(_printable, (message, *hints))
        self.hints = tuple(rest)
        super().__init__(self.message)
        for hint in self.hints:
            self.add_note(hint)  # Python shows it below the message where a program does not catch the error

    def __str__(self) -> str:
        return self.message  # also of one that came from another process, which is made anew of its message


class NoCasesHere(OgpcaseError):
    """No case folder was found where the command looked."""


class UnknownCase(OgpcaseError):
    """The folder has no such case."""


class UnknownEvent(OgpcaseError):
    """The folder has no such event, item or party."""


class BadInput(OgpcaseError):
    """The command cannot use a record or value that it was given."""


class FileChanged(OgpcaseError):
    """A file changed after it was read."""


class CannotRead(OgpcaseError):
    """A file or folder cannot be read from the disk."""


class NotRead(OgpcaseError):
    """Records that an answer depends on cannot be read.

    `files` are their paths from the current folder, false for those that are read in part.
    """

    def __init__(self, files: Mapping[str, bool], *hints: str) -> None:
        more = f", nor can {len(files) - 1} more" if len(files) > 1 else ""
        super().__init__(f"`{next(iter(files))}` cannot be read{more}", *hints)
        self.files = files


class CannotWrite(OgpcaseError):
    """The disk refused a write; nothing was changed."""


class Refused(OgpcaseError):
    """The policy does not permit the move, or the change would bring a new error."""

    word = "refused"


class NotPublished(OgpcaseError):
    """The public copy would reveal what is withheld, or say something false; `reasons` are the problems."""

    word = "refused"

    def __init__(self, reasons: tuple[Any, ...], what: str = "this folder", *hints: str) -> None:
        count = "1 reason" if len(reasons) == 1 else f"{len(reasons)} reasons"
        super().__init__(f"no public copy can be made of {what}, for {count}", *hints)
        self.reasons = reasons


class Misused(OgpcaseError):
    """Options or arguments do not fit together, or one of them has a value that it does not take."""

    exit_code = EXIT_USAGE


class BrokenInstallation(OgpcaseError):
    """A library or packaged file that ogpcase needs is missing."""
