"""Doubts about dates: not known, known roughly, not sure, or given differently by two sources."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Commitment, Event, Resolution
from ogpcase.reports.doubts.doubt import About, Doubt, DoubtedEvent, SaidBy, copy_of
from ogpcase.reports.sources.rows import givers, source_named

_THE_DAY = "a source that gives the day"
_SURE = "a source that is sure of the day"
_SAME = "may be the same day"


def date_doubts(seen: DoubtedEvent, *, moving: bool) -> Iterator[Doubt]:
    """Yields the doubts about an event's dates; not that its own is rough where it perhaps moved the case by then."""
    if seen.sound("dated"):
        told = moving and not seen.event.dated.certain_by(seen.shown.reader.on)
        yield from _of_its_own(seen, told=told)
    for field in ("received", "published"):
        day: FuzzyDate | None = getattr(seen.event, field)
        if day is not None and seen.sound(field) and day.possible_by(seen.shown.reader.on):
            yield from _of_a_day(seen, field, day)
    for field, item, day in _set_days(seen.event):
        if day.qualified and seen.sound(field):
            yield seen.doubt(About.QUALIFIED_DATE, field, _in_words(day), _SURE, item=item)


def _set_days(event: Event) -> Iterator[tuple[str, str | None, FuzzyDate]]:
    """The days that a paper sets: as imprecise as the paper is, and in doubt only where they are not sure."""
    if event.until is not None:
        yield "until", None, event.until
    if isinstance(event, Resolution) and event.term is not None and event.term.until is not None:
        yield "term", None, event.term.until
    for field in ("requests", "milestones"):
        for request in getattr(event, field, ()):
            if request.due is not None:
                yield field, request.id, request.due
    for answer in event.answers:
        if answer.new_due is not None:
            yield "answers", None, answer.new_due
    for each in event.assessments if isinstance(event, Commitment) else ():
        yield "assessments", None, each.dated


def _of_its_own(seen: DoubtedEvent, *, told: bool) -> Iterator[Doubt]:
    values = _values(seen)
    if len(values) == 1:
        yield from () if told else _of_a_day(seen, "dated", seen.event.dated)
        return
    said = "; ".join(f"{each.value} in {', '.join(each.sources)}" for each in values)
    if seen.event.dated.form == "unknown":
        yield seen.doubt(About.UNDATED, "dated", said, _settled(seen.event), values=values)
    elif any(also.value.disjoint(seen.event.dated) for also in seen.event.also_dated):
        yield seen.doubt(About.DATES_DISAGREE, "dated", said, _settled(seen.event), values=values)
    else:
        yield seen.doubt(About.DATES_MAY_BE_THE_SAME, "dated", said, f"another {_THE_DAY[2:]}", values=values)


def _values(seen: DoubtedEvent) -> tuple[SaidBy, ...]:
    """The dates that are given, the recorded one first, each with its sources."""
    own = seen.event.dated
    others = {also.source for also in seen.event.also_dated}
    by_value = {own.text: givers(seen.shown, seen.event, "dated", others)}
    notes: dict[str, str] = {}
    for also in seen.event.also_dated if seen.sound("also_dated") else ():
        source = source_named(seen.shown, seen.event, also.source)
        by_value[also.value.text] = tuple(dict.fromkeys((*by_value.get(also.value.text, ()), source)))
        if own.form != "unknown" and also.value != own and not also.value.disjoint(own):
            notes[also.value.text] = _SAME
    return tuple(SaidBy(value, sources, notes.get(value)) for value, sources in by_value.items())


def _settled(event: Event) -> str:
    paper = event.kind not in {Kind.DEVELOPMENT, Kind.COMMITMENT}
    return f"{copy_of(event)}, which bears its date" if paper else f"{copy_of(event)} that gives the day"


def _of_a_day(seen: DoubtedEvent, field: str, day: FuzzyDate) -> Iterator[Doubt]:
    if day.form == "unknown":
        yield seen.doubt(About.UNDATED, field, "no date is known", "a source that gives the day, or bounds it")
    elif day.qualified:
        yield seen.doubt(About.QUALIFIED_DATE, field, _in_words(day), _SURE)
    elif day.form == "interval":
        if missing := " and ".join(_missing_ends(day)):
            settled = f"a source that gives the {missing} day"
            yield seen.doubt(About.IMPRECISE_DATE, field, f"{day.text}, the {missing} day is not known", settled)
    elif not day.exact:
        yield seen.doubt(About.IMPRECISE_DATE, field, _in_words(day), _THE_DAY)


def _missing_ends(day: FuzzyDate) -> Iterator[str]:
    """The ends of what lasted that are not known to the day; what still goes on (`..`) has no end to be known."""
    if day.earliest is None or day.earliest != day.latest:
        yield "first"
    if day.end_earliest != day.end_latest or day.text.endswith("/"):
        yield "last"


def _in_words(day: FuzzyDate) -> str:
    """Returns a date with what is not known of it; a set in words, any other as written."""
    unsure = " and ".join(word for word, so in (("uncertain", day.uncertain), ("approximate", day.approximate)) if so)
    known = "" if day.earliest == day.latest or day.form == "interval" else _known(day)
    written = "" if day.form == "set" else day.text
    return ", ".join(part for part in (written, known, unsure) if part)


def _known(day: FuzzyDate) -> str:
    first, last = day.earliest, day.latest
    if first is None or last is None:
        return f"some day up to {last}" if last else f"some day from {first} on"
    named = day.text.strip("[]").split(",")
    if day.form == "set" and len(named) > 1:
        return f"{', '.join(named[:-1])} or {named[-1]}"
    return next(
        (f"known to the {word}" for word, fits in _SPANS if fits(first, last)), f"some day from {first} to {last}"
    )


def _is_month(first: date, last: date) -> bool:
    return (
        first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.year, first.month) == (last.year, last.month)
    )


def _is_years(first: date, last: date, years: int) -> bool:
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    return whole and last.year - first.year == years - 1 and first.year % years == 0


_SPANS = (
    ("month", _is_month),
    ("year", lambda first, last: _is_years(first, last, 1)),
    ("decade", lambda first, last: _is_years(first, last, 10)),
    ("century", lambda first, last: _is_years(first, last, 100)),
)
