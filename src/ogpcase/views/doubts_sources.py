"""Doubts about sources: events, departures and facts that no source is named for."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.events import Concern, Event
from ogpcase.model.fields import fields_of
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.publication import ABOUT_PUBLICATION
from ogpcase.views.doubts_values import About, Doubt, Seen
from ogpcase.views.shown import Shown
from ogpcase.views.sources_named import recorded

OUR_OWN = frozenset({
    "kind", "title", "summary", "text", "also_dated", "also_stated", "context", "policy_version", "departure",
    "sources", *ABOUT_PUBLICATION,
})  # fmt: skip
"""Fields that are our own words, or that name their source themselves: no source gives them."""
_SETTLED = "the source it was read in, with the field under its `gives`"


def source_doubts(seen: Seen) -> Iterator[Doubt]:
    """Yields a doubt for an event without a source, a departure without one, and each fact that no source gives.

    Facts are only asked for where every source of the event says what it gives: any other may give them all.
    """
    event = seen.event
    if not seen.sound("sources"):
        return
    if not event.sources:
        yield seen.doubt(About.NO_SOURCE, "sources", "no source is named", "any source that tells of it")
    for each in event.departure if seen.sound("departure") else ():
        if not each.sources:
            settled = "a source that shows that the step was taken so"
            yield seen.doubt(About.DEPARTURE_WITHOUT_SOURCE, "departure", seen.shown.text(each.because), settled)
    if event.sources and all(source.gives for source in event.sources):
        yield from _not_given(seen, {name for source in event.sources for name in source.gives})


def _not_given(seen: Seen, given: set[str]) -> Iterator[Doubt]:
    for field in fields_of(seen.event.kind):
        if field.name in given or not seen.sound(field.name) or not _is_fact(seen, field.name):
            continue
        word = field.name.replace("_", " ")
        items = [item for item, name, _ in seen.event.items() if name == field.name]
        if not any(f"{field.name}#{item}" in given for item in items):
            said = f"{word} ({recorded(seen.shown, seen.event, field.name)})"
            yield seen.doubt(About.FACT_WITHOUT_SOURCE, field.name, said, _SETTLED)
            continue
        for item in items:
            if f"{field.name}#{item}" not in given:
                yield seen.doubt(About.FACT_WITHOUT_SOURCE, field.name, f"one of the {word}", _SETTLED, item=item)


def _is_fact(seen: Seen, field: str) -> bool:
    """True for a field that says something which only a source can know."""
    event = seen.event
    value = getattr(event, field)
    if field in OUR_OWN or value in (None, (), False) or _says_unknown(value):
        return False
    if field == "moves_to":  # that a Concern opens the case needs no source of its own
        return not isinstance(event, Concern)
    return field != "follows" or _decides_order(seen.shown, event)


def _says_unknown(value: object) -> bool:
    several = value if isinstance(value, tuple) else (value,)
    return all((each.party if isinstance(each, NamedParty) else str(each)) == UNKNOWN for each in several)


def _decides_order(shown: Shown, event: Event) -> bool:
    """True where the dates alone would leave open what the record says: that it comes after another."""
    others = (shown.case.event_by_id.get(each.event) for each in event.follows if shown.case.owns(each))
    return any(other is not None and not other.dated.certainly_before(event.dated) for other in others)
