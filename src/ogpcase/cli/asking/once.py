"""Asks a few questions at the terminal that make no record, as which case is meant.

Each raises KeyboardInterrupt where the input ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ogpcase.cli.asking import at_terminal
from ogpcase.cli.asking.question import REMOVE, Asker, GoBack, Shown
from ogpcase.cli.asking.terminal import Word, terminal
from ogpcase.errors import Misused
from ogpcase.model.table_codes import Choice
from ogpcase.output.messages import _
from ogpcase.workspace.typed_ids import case_and_word, case_meant

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace


def picked(shown: Shown, choices: Sequence[Choice]) -> str:
    """Returns the code of the choice that somebody makes."""
    return Asker(terminal()).first_choice(shown, choices)


def picked_or_none(shown: Shown, choices: Sequence[Choice]) -> str | None:
    """Returns the code of the choice that somebody makes; None for Enter, and to go back."""
    with suppress(GoBack):
        return Asker(terminal()).choose(shown, choices) or None
    return None


def picked_or_left_out(shown: Shown, choices: Sequence[Choice]) -> str | None:
    """Returns the code of the choice that somebody makes; None if it is left out with `-`."""
    code = _answered(lambda asker: asker.choose(shown, choices))
    return None if code == REMOVE else code


def typed(shown: Shown, words: Sequence[Word], fits: Callable[[str], bool], default: str = "") -> str:
    """Returns an answer that fits; `words` complete, and Enter gives the default."""
    while not fits(answer := _answered(lambda asker: asker.answer(shown, words) or default)):
        Asker(terminal()).say("this is not one of the answers")
    return answer


def agreed(shown: Shown, *, default: bool) -> bool:
    """Returns whether somebody answers yes; Enter gives the default."""
    asker = Asker(terminal())
    while True:
        with suppress(GoBack):
            return asker.agreed(shown, default=default)
        asker.say(_("there is nothing to go back to"))


def _answered(question: Callable[[Asker], str]) -> str:
    """Returns the answer to a question before which there is none, and that needs one."""
    asker = Asker(terminal())
    while True:
        try:
            if answer := question(asker):
                return answer
            asker.say("this is needed")
        except GoBack:
            asker.say("there is nothing to go back to")


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
    from ogpcase.cli.asking.picks import Picks
    from ogpcase.cli.options import today

    known = workspace.case_ids()
    if len(known) <= 1:
        return case_meant(workspace, None)
    picks = (Picks(workspace.case(each).casefile, workspace.registry(), today()) for each in known)
    titles = {pick.case.id: pick.text(pick.case.header.title) for pick in picks if pick.case and pick.case.header}
    return picked(Shown("case", "which one?"), [Choice(each, "", titles.get(each, "")) for each in known])
