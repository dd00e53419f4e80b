"""What a change would bring, shown before it is written; a new error refuses it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ogpcase.errors import NotPublished, Refused

if TYPE_CHECKING:
    from datetime import date

    from ogpcase.diagnostics import Diagnostic
    from ogpcase.workspace.opening import Workspace
    from ogpcase.workspace.publishing.making import Publication


def made_public(workspace: Workspace, today: date, what: str = "this folder", *hints: str) -> Publication:
    """Returns the public copy of a folder; where it is refused, shows each reason first, and says of `what` it was.

    Raises:
        NotPublished: it is refused.
        CannotRead: the folder is a public copy itself.
    """
    from ogpcase.output.frames import frame
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import page_for, write
    from ogpcase.workspace.publishing.making import make_copy

    try:
        publication = make_copy(workspace, today)
    except NotPublished as refused:
        for reason in refused.reasons:
            write([*frame(reason, page_for(sys.stderr)), line()], sys.stderr)
        raise NotPublished(refused.reasons, what, *hints) from refused
    for warning in publication.warnings:
        write([*frame(warning, page_for(sys.stderr)), line()], sys.stderr)
    return publication


def refuse_errors(brings: Iterable[Diagnostic], what: str) -> None:
    """Shows what a change would bring; refuses where an error is among it.

    Raises:
        Refused: it is; nothing was written.
    """
    from ogpcase.diagnostics import Severity
    from ogpcase.output.frames import frame
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import page_for, write

    found = tuple(brings)
    for each in found:
        write([*frame(each, page_for(sys.stderr)), line()], sys.stderr)
    count = sum(1 for each in found if each.severity is Severity.ERROR)
    if count:
        raise Refused(f"{what} would bring {count} {'error' if count == 1 else 'errors'}; nothing was written")
