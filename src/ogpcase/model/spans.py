"""What the records of a case tell of the day of an event: its own date, narrowed by what is known beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Literal, NamedTuple

from ogpcase.model.dates import FuzzyDate, Stretch

BoundBy = Literal[
    "in_reply_to", "answers", "adopts", "addendum_to", "follows", "received", "published", "source_published",
    "retrieved",
]  # fmt: skip
"""What gives a bound: a link to or from another event, a day of the event itself, or a day of one of its sources."""


class Bound(NamedTuple):
    """A bound of an event's day that its own date does not give.

    `of` is the id of the event that the link leads to or comes from, or of the source; None for a day of the event.
    `written` is the date, as written, of the event or source that gives the bound.
    """

    day: date
    by: BoundBy
    written: str
    of: str | None = None


class Known(NamedTuple):
    """What a case tells of the day of one of its events.

    `day` is the bounded date. `no_earlier` and `no_later` give its bounds where another fact than the date does.
    `begins` is the first day that any date of the case gives: an event whose start is open is possible from then on.
    `told` is the last day on which a source that tells of it was published. `clash` are two bounds that leave no day,
    of one such event of those linked.
    """

    day: FuzzyDate
    no_earlier: Bound | None = None
    no_later: Bound | None = None
    begins: date | None = None
    told: date | None = None
    clash: tuple[Bound | None, Bound | None] | None = None

    def possible_by(self, day: date) -> bool:
        """True from the earliest day on; where the start is open, from the first day of the case on."""
        first = self.day.earliest or self.begins
        return first is None or first <= day


_EARLIER = {
    "in_reply_to": "it replies to {of}",
    "answers": "it answers {of}",
    "adopts": "it adopts {of}",
    "addendum_to": "it completes {of}",
    "follows": "it follows {of}",
}
_LATER = {
    "in_reply_to": "{of} replies to it",
    "answers": "{of} answers it",
    "adopts": "{of} adopts it",
    "addendum_to": "{of} completes it",
    "follows": "{of} follows it",
    "received": "it was received on {written}",
    "published": "it was published on {written}",
    "source_published": "its source `{of}` was published on {written}",
    "retrieved": "its source `{of}` was read on {written}",
}


_ON, _BETWEEN, _FROM, _UP_TO = "on {first}", "between {first} and {last}", "{first} or later", "{last} or earlier"
_NAMED, _TWO = "{name}: ", "{one}; {other}"
BOUND_WORDS = (*_EARLIER.values(), *_LATER.values(), _ON, _BETWEEN, _FROM, _UP_TO, _NAMED, _TWO)
"""Every sentence on what bounds a day, with places for what it speaks of."""


def bounds_in_words(known: Known, say: Callable[[str], str] = str) -> str | None:
    """Returns between which days an event lies, and what says so; None where its date alone says it.

    `say` puts each of `BOUND_WORDS` into another language.
    """
    bounds = (earlier_in_words(known.no_earlier, say), later_in_words(known.no_later, say))
    why = [said for said in bounds if said]
    if not why:
        return None
    reasons = say(_TWO).format(one=why[0], other=why[1]) if why[1:] else why[0]
    return say(_NAMED).format(name=_span_in_words(known.day, say)) + reasons


def earlier_in_words(bound: Bound | None, say: Callable[[str], str] = str) -> str | None:
    """Returns why an event is of no earlier day."""
    return say(_EARLIER[bound.by]).format_map(bound._asdict()) if bound else None


def later_in_words(bound: Bound | None, say: Callable[[str], str] = str) -> str | None:
    """Returns why an event is of no later day."""
    return say(_LATER[bound.by]).format_map(bound._asdict()) if bound else None


def _span_in_words(day: FuzzyDate, say: Callable[[str], str]) -> str:
    first, last = day.earliest, day.latest
    words = (_ON if first == last else _BETWEEN) if first and last else _FROM if first else _UP_TO
    return say(words).format(first=first, last=last)


def narrowed(dated: FuzzyDate, low: date | None, high: date | None) -> FuzzyDate | None:
    """Returns a date as far as it lies between two days, or None where it does not; of an interval, its start.

    An unknown date between two days is one day of that set. With one of them it stays unknown, but has that bound.
    """
    first, last = dated.earliest, dated.latest
    if first and last and (low is None or low <= first) and (high is None or last <= high):
        return dated
    if dated.form == "unknown" and not (low and high):
        return replace(dated, earliest=low, latest=high) if low or high else dated
    if dated.form == "interval":
        return _started_between(dated, low, high)
    clipped = (_clipped(stretch, low, high) for stretch in dated.stretches)
    stretches = tuple(stretch for stretch in clipped if stretch)
    if stretches == dated.stretches:
        return dated
    return _one_day_of(stretches) if stretches else None


def _clipped(stretch: Stretch, low: date | None, high: date | None) -> Stretch | None:
    first = max((day for day in (stretch.first, low) if day), default=None)
    last = min((day for day in (stretch.last, high) if day), default=None)
    return None if first and last and first > last else Stretch(first, last)


def _one_day_of(stretches: tuple[Stretch, ...]) -> FuzzyDate:
    members = [_in_edtf(stretch) for stretch in stretches]
    given = [day for stretch in stretches for day in stretch if day]
    exact = len(set(given)) == 1 and None not in stretches[0]
    text = members[0] if exact else f"[{','.join(members)}]"
    return FuzzyDate(
        text,
        form="point" if exact else "set",
        earliest=None if any(first is None for first, _ in stretches) else min(given),
        latest=None if any(last is None for _, last in stretches) else max(given),
        stretches=stretches,
        digits=given[0].isoformat(),
        sort_key=(False, min(given), max(given)),
    )


def _in_edtf(stretch: Stretch) -> str:
    first, last = (day.isoformat() if day else "" for day in stretch)
    return first if first == last else f"{first}..{last}"


def _started_between(dated: FuzzyDate, low: date | None, high: date | None) -> FuzzyDate | None:
    """Returns an interval whose start lies between two days; its text stays as written, since EDTF has none for it."""
    started = _clipped(Stretch(dated.earliest, dated.latest), low, high)
    if started is None or started == (dated.earliest, dated.latest):
        return dated if started else None
    first, last = started
    _, sorted_first, sorted_last = dated.sort_key
    end = max(dated.end_earliest, first) if dated.end_earliest and first else dated.end_earliest
    return replace(
        dated,
        earliest=first,
        latest=last,
        end_earliest=end,
        stretches=(Stretch(first, dated.end_latest),),
        sort_key=(False, first or min(sorted_first, last or sorted_first), last or sorted_last),
    )
