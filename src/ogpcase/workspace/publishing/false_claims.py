"""Whether a copy says anything for certain that its folder does not say: a stage, a silence, a lateness.

Less is left out of a copy than a reader needs to be misled by what is left: the two are compared day by day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.as_of import Moment
from ogpcase.model.casefile import CaseFile
from ogpcase.policy.lifecycle import standing

_SILENCE = frozenset({"unanswered", "silent"})
_TOO_LATE = frozenset({"late", "due_passed"})


class Claim(NamedTuple):
    """What a copy says for certain on a day, beside what the folder says.

    `event` is the id that the folder has, and `request` the item; both are None where a stage is said. `asked` says
    which clock tells it: what had happened on a day, or what was known by one.
    """

    event: str | None
    request: str | None
    asked: str
    said: str
    true: str


class Names(NamedTuple):
    """What the events and parties of a copy are called in the folder; what has no other name there is not in it."""

    events: Mapping[str, str]
    parties: Mapping[str, str]


def false_claims(whole: CaseFile, copy: CaseFile, names: Names, today: date) -> Iterator[Claim]:
    """Yields what a copy of a case says for certain and the case does not, each thing once.

    The two are compared today, and on the days of the steps and of all events that are not the same in both, where
    either may change, and on the days before: between those what is said of one and not of the other stays the same.
    Each day is asked by both clocks: what had happened by then, and what was known of it by then.
    """
    days = [*_days(whole, copy), today]
    for moments in ([Moment(day) for day in days], [Moment(day, day) for day in days]):
        yield from _false_stages(whole, copy, moments)
        yield from _false_answers(whole, copy, moments, names)


def _asked(moment: Moment) -> str:
    return f"known by {moment.known_by}" if moment.known_by else f"on {moment.on}"


def _false_stages(whole: CaseFile, copy: CaseFile, moments: list[Moment]) -> Iterator[Claim]:
    """Yields the first stage that is not so."""
    for moment in moments:
        said, true = standing(copy, moment), standing(whole, moment)
        if said.stage is not true.stage and said.perhaps is None:
            yield Claim(None, None, _asked(moment), str(said.stage), str(true.stage))
            return


def _false_answers(whole: CaseFile, copy: CaseFile, moments: list[Moment], names: Names) -> Iterator[Claim]:
    """Yields each request of which the copy shows a silence or a lateness that the folder does not have, once."""
    told: set[tuple[str, str]] = set()
    for moment in moments:
        true = {(ask.event.id, ask.item): ask for ask in asks_of(whole, moment)}
        for ask in asks_of(copy, moment):
            name = names.events.get(ask.event.id, ask.event.id), ask.item
            claim = next(_claims(ask, true.get(name), names), None) if ask.certain and name not in told else None
            if claim is not None:
                told.add(name)
                yield Claim(*name, _asked(moment), *claim)


def _claims(said: Ask, true: Ask | None, names: Names) -> Iterator[tuple[str, str]]:
    """Yields each silence and lateness of a request in the copy, with what the folder says instead."""
    for line in said.lines:
        party = names.parties.get(line.party or "", line.party)
        same = [each for each in true.lines if each.party == party] if true else []
        outcomes = sorted({each.outcome for each in same})
        timings = sorted({each.timing.word for each in same})
        if line.certain and line.outcome in _SILENCE and line.outcome not in outcomes:
            yield line.outcome, " or ".join(outcomes) or "nothing"
        if line.certain and line.timing.word in _TOO_LATE and _TOO_LATE.isdisjoint(timings):
            yield line.timing.word, " or ".join(timings) or "nothing"


def _days(whole: CaseFile, copy: CaseFile) -> list[date]:
    originals = ((event, whole.event_by_id.get(event.id)) for event in copy.events)
    same = {  # their sources apart
        event.id for event, own in originals if own and event == own.model_copy(update={"sources": event.sources})
    }
    told = (event for case in (whole, copy) for event in case.events if event.moves_to or event.id not in same)
    dates = (day for event in told for day in (event.dated, event.received, event.published) if day is not None)
    days = {end for day in dates for end in (day.first, day.last) if end is not None}
    return sorted(days | {day - timedelta(days=1) for day in days if day > date.min})
