"""How the sources of an event are called, which of them give a fact, and what the record says of it, in words."""

from __future__ import annotations

from collections.abc import Collection

from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.parties import NamedParty
from ogpcase.model.record import Frozen
from ogpcase.model.texts import Text
from ogpcase.views.shown import Shown

NO_SOURCE_NAMED = "the record"
"""Stands for the source of a fact that no source is said to give."""
_LONGEST = 100
"""Characters; a longer value is counted instead."""


def source_named(shown: Shown, event: Event, source_id: str) -> str:
    """Returns a source's title, else its publisher, address or id."""
    found = next((each for each in event.sources if each.id == source_id), None)
    if found is not None and found.title:
        return shown.text(found.title)
    return (found and (found.publisher or found.url)) or source_id


def givers(shown: Shown, event: Event, field: str, apart: Collection[str] = ()) -> tuple[str, ...]:
    """Returns the sources said to give a field, else the only one that says nothing of what it gives.

    `the record` where none is known. Those `apart` give something else for it.
    """
    giving = [each.id for each in event.sources if field in each.gives]
    silent = [each.id for each in event.sources if not each.gives and each.id not in apart]
    named = giving or (silent if len(silent) == 1 else [])
    return tuple(dict.fromkeys(source_named(shown, event, each) for each in named)) or (NO_SOURCE_NAMED,)


def stated(shown: Shown, words: tuple[str, ...]) -> str:
    """Returns what a source states otherwise: the names of parties for their ids, other words as they are."""
    known = shown.case.registry.knows
    return ", ".join(shown.name(word) if known(word) else word for word in words)


def recorded(shown: Shown, event: Event, field: str) -> str:
    """Returns what the record says in a field, in few words; how many items it has where that would be long."""
    value = getattr(event, field)
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    if not several:
        return "nothing"
    words = "" if any(_is_item(each) for each in several) else ", ".join(_word(shown, each) for each in several)
    if words and (len(words) <= _LONGEST or len(several) == 1):
        return words
    return "1 item" if len(several) == 1 else f"{len(several)} items"


def _is_item(value: object) -> bool:
    return isinstance(value, Frozen) and not isinstance(value, NamedParty)


def _word(shown: Shown, value: object) -> str:
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return shown.name(value)
    return value.text if isinstance(value, FuzzyDate) else str(value)
