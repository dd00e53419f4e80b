"""What a change would bring, shown before it is written; a new error refuses it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ogpcase.errors import Refused

if TYPE_CHECKING:
    from ogpcase.diagnostics import Diagnostic


def refuse_errors(brings: Iterable[Diagnostic], what: str) -> None:
    """Shows what a change would bring; refuses where an error is among it.

    Raises:
        Refused: it is; nothing was written.
    """
    from ogpcase.diagnostics import Severity
    from ogpcase.render.lines import line
    from ogpcase.render.terminal import page_for, write
    from ogpcase.render.verdict import frame

    found = tuple(brings)
    for each in found:
        write([*frame(each, page_for(sys.stderr)), line()], sys.stderr)
    count = sum(1 for each in found if each.severity is Severity.ERROR)
    if count:
        raise Refused(f"{what} would bring {count} {'error' if count == 1 else 'errors'}; nothing was written")
