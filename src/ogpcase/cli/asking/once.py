"""Asks a few questions at the terminal that make no record."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from ogpcase.cli.asking.question import Asker, GoBack, Shown
from ogpcase.cli.asking.terminal import terminal
from ogpcase.model.table_codes import Choice


def picked(shown: Shown, choices: Sequence[Choice]) -> str:
    """Returns the code of the choice that somebody makes. Raises KeyboardInterrupt where the input ends."""
    return Asker(terminal()).first_choice(shown, choices)


def picked_or_none(shown: Shown, choices: Sequence[Choice]) -> str | None:
    """Returns the code of the choice that somebody makes; None for Enter, and to go back."""
    with suppress(GoBack):
        return Asker(terminal()).choose(shown, choices) or None
    return None
