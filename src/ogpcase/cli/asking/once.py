"""Asks a few questions at the terminal that make no record. Each raises KeyboardInterrupt where the input ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from ogpcase.cli.asking.question import REMOVE, Asker, GoBack, Shown
from ogpcase.cli.asking.terminal import Word, terminal
from ogpcase.model.table_codes import Choice
from ogpcase.output.messages import _


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
