"""Finds claims of a copy that its folder does not make: a certain stage, silence or late answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.as_of import Moment
from ogpcase.model.casefile import CaseFile
from ogpcase.policy.lifecycle import standing

_NOTHING_CAME = frozenset({"unanswered", "silent", "not_met"})
_TOO_LATE = frozenset({"late", "due_passed"})


class Claim(NamedTuple):
    """A false claim of a copy: what it says, and what is true in the folder.

    For a request, `event` is the id in the folder and `request` the item; for a stage both are None. `asked` is the
    day: what had happened on it, or what was known by it.
    """

    event: str | None
    request: str | None
    asked: str
    claimed: str
    true: str


class Names(NamedTuple):
    """The ids in the folder of events and parties that have other ids in the copy."""

    events: Mapping[str, str]
    parties: Mapping[str, str]


def false_claims(whole: CaseFile, copy: CaseFile, names: Names, today: date) -> Iterator[Claim]:
    """Yields each false claim of a copy once.

    Compares both today, on the days of the steps and of all events that differ, and on the days before these; between
    them nothing changes. For each day it compares what had happened, and what was known.
    """
    days = [*_days(whole, copy), today]
    for moments in ([Moment(day) for day in days], [Moment(day, day) for day in days]):
        yield from _false_stages(whole, copy, moments)
        yield from _false_answers(whole, copy, moments, names)


def _asked(moment: Moment) -> str:
    return f"known by {moment.known_by}" if moment.known_by else f"on {moment.on}"


def _false_stages(whole: CaseFile, copy: CaseFile, moments: list[Moment]) -> Iterator[Claim]:
    for moment in moments:
        claimed, true = (standing(case.as_known_by(moment.known_by), moment) for case in (copy, whole))
        if claimed.stage != true.stage and claimed.perhaps is None:
            yield Claim(None, None, _asked(moment), str(claimed.stage), str(true.stage))
            return


def _false_answers(whole: CaseFile, copy: CaseFile, moments: list[Moment], names: Names) -> Iterator[Claim]:
    reported: set[tuple[str, str]] = set()
    for moment in moments:
        true = {(ask.event.id, ask.item): ask for ask in asks_of(whole.as_known_by(moment.known_by), moment)}
        for ask in asks_of(copy.as_known_by(moment.known_by), moment):
            name = names.events.get(ask.event.id, ask.event.id), ask.item
            claim = next(_claims(ask, true.get(name), names), None) if ask.certain and name not in reported else None
            if claim is not None:
                reported.add(name)
                yield Claim(*name, _asked(moment), *claim)


def _claims(shown: Ask, true: Ask | None, names: Names) -> Iterator[tuple[str, str]]:
    """Yields each false silence and false lateness of a request in the copy, with the folder's words."""
    for line in shown.lines:
        party = names.parties.get(line.party or "", line.party)
        true_lines = [own for own in true.lines if own.party == party] if true else []
        outcomes = sorted({own.outcome for own in true_lines})
        timings = sorted({own.timing.word for own in true_lines})
        if line.certain and line.outcome in _NOTHING_CAME and line.outcome not in outcomes:
            yield line.outcome, " or ".join(outcomes) or "nothing"
        if line.certain and line.timing.word in _TOO_LATE and _TOO_LATE.isdisjoint(timings):
            yield line.timing.word, " or ".join(timings) or "nothing"


def _days(whole: CaseFile, copy: CaseFile) -> list[date]:
    originals = ((event, whole.event_by_id.get(event.id)) for event in copy.events)
    same = {  # except for their sources
        event.id
        for event, own in originals
        if own and event.day == own.day and event == own.model_copy(update={"sources": event.sources})
    }
    events = (event for case in (whole, copy) for event in case.events if event.moves_to or event.id not in same)
    dates = (day for event in events for day in (event.day, event.received, event.published) if day is not None)
    days = {end for day in dates for end in (day.first, day.last) if end is not None}
    return sorted(days | {day - timedelta(days=1) for day in days if day > date.min})
