"""Asks which case is meant, if a folder holds several and none is named."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from ogpcase.cli.asking import at_terminal
from ogpcase.errors import Misused
from ogpcase.workspace.typed_ids import case_and_word, case_meant

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace


def named_case(
    workspace: Workspace, case: str | None, word: str | None, words: Collection[str] | None
) -> tuple[str, str | None]:
    """Returns what `case_and_word` returns; asks at a terminal for a case that is missing. Raises what it raises."""
    try:
        return case_and_word(workspace, case, word, words)
    except Misused:  # several cases, and none was named
        if not at_terminal():
            raise
    return asked_case(workspace), word or case


def asked_case(workspace: Workspace) -> str:
    """Returns the only case of the folder, or the one that is picked. Raises UnknownCase if there is none."""
    from ogpcase.cli.asking.once import picked
    from ogpcase.cli.asking.picks import Picks
    from ogpcase.cli.asking.question import Shown
    from ogpcase.cli.options import today
    from ogpcase.model.table_codes import Choice

    known = workspace.case_ids()
    if len(known) <= 1:
        return case_meant(workspace, None)
    picks = (Picks(workspace.case(each).casefile, workspace.registry(), today()) for each in known)
    titles = {pick.case.id: pick.text(pick.case.header.title) for pick in picks if pick.case and pick.case.header}
    return picked(Shown("case", "which one?"), [Choice(each, "", titles.get(each, "")) for each in known])
