"""What Python programs may call: `ogpcase.open` and the values that it leads to. See docs/python.md.

`__all__` lists every public name; what is not in it may change at any time. Nothing here prints, writes or asks, and
nothing raises anything but the exceptions listed here.
"""

from ogpcase.api.folder import Case, Folder, open  # noqa: A004 - it is called `ogpcase.open`
from ogpcase.api.rows import *  # noqa: F403 - its classes are made from the columns; `__all__` names them
from ogpcase.api.table import Table
from ogpcase.errors import (
    BrokenInstallation,
    CannotRead,
    Misused,
    NoCasesHere,
    NotPublished,
    NotRead,
    OgpcaseError,
    UnknownCase,
)

__all__ = [  # noqa: F405 - the classes of rows
    "Answer", "BrokenInstallation", "CannotRead", "Case", "CaseRow", "Counted", "Days", "DurationRow", "EventRow",
    "Evidence", "Finding", "FindingRow", "Folder", "Line", "Misused", "MoveOfATerm", "MoveRow", "NextDue",
    "NoCasesHere", "NotPublished", "NotRead", "OgpcaseError", "OtherDate", "OtherFact", "Place", "Problem",
    "RelatedCase", "Reply", "Request", "RequestRow", "Source", "SourceRow", "Spread", "Table", "Term", "UnknownCase",
    "Voice", "WaitingRequest", "WhatFollows", "open",
]  # fmt: skip
