"""The few ways a run can stop, each with its message, its ways out and its exit code.

What is wrong with a record is never an exception: that is a Problem (see diagnostics).
"""

from __future__ import annotations

from typing import Any

EXIT_DONE = 0
EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_BUG = 3
EXIT_INTERRUPTED = 130


class OgpcaseError(Exception):
    """The run cannot go on.

    `message` says why, in one line without a full stop; `hints` say what to do, one line each.
    """

    exit_code = EXIT_FAILED
    word = "error"

    def __init__(self, message: str, *hints: str) -> None:
        super().__init__(message)
        self.message = message
        self.hints = hints


class NoCasesHere(OgpcaseError):
    """No case folder was found where the command looked."""


class UnknownCase(OgpcaseError):
    """The case named is not in the folder."""


class UnknownEvent(OgpcaseError):
    """The event, item or party named is not in the folder."""


class BadInput(OgpcaseError):
    """A record given to the command cannot be taken as it is."""


class FileChanged(OgpcaseError):
    """A file is no longer what it was when it was read."""


class CannotRead(OgpcaseError):
    """The disk refuses to show a file or a folder."""


class CannotWrite(OgpcaseError):
    """The disk refuses a write; nothing was changed."""


class Refused(OgpcaseError):
    """The policy has no such move, or the new record would bring a new error."""

    word = "refused"


class NotPublished(OgpcaseError):
    """The public copy would tell what is withheld, or what is not so; `reasons` are diagnostics with their places."""

    word = "refused"

    def __init__(self, reasons: tuple[Any, ...], what: str = "this folder", *hints: str) -> None:
        count = "1 reason" if len(reasons) == 1 else f"{len(reasons)} reasons"
        super().__init__(f"no public copy can be made of {what}, for {count}", *hints)
        self.reasons = reasons


class Misused(OgpcaseError):
    """The options do not fit together."""

    exit_code = EXIT_USAGE


class BrokenInstallation(OgpcaseError):
    """Something this tool stands on is missing from the machine."""
