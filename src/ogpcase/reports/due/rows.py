"""The dated terms: of requests that are open, and of decisions that hold for a time; soonest first.

Requests that were open when a case ended are left out.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ogpcase.ledger.terms import DaySpan, timing_while_open
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.model.events import Event, Resolution
from ogpcase.model.items import Term
from ogpcase.policy.lifecycle import standing
from ogpcase.reports.requests.rows import Asked, Requests, requests_of
from ogpcase.reports.shown import Languages, Shown


class DueRow(NamedTuple):
    """One term. `of` is who is asked; `of` and `request` are None for the term of a decision.

    `last_day` is None where it is not known. `certain` is true if the last day is exact and the event that sets it has
    certainly happened. `days` are those left, or those since the last day where it has passed.
    """

    case: str
    reference: str
    text: str
    of: str | None
    last_day: str | None
    earliest: date | None
    latest: date | None
    certain: bool
    timing: str
    days: Days | None
    request: Asked | None = None


class Due(NamedTuple):
    """The terms with a day, soonest first, and those whose day is not known.

    `ended` counts the open terms of cases that have ended, which are left out; `later` those beyond the days asked for,
    `passed` those before them, `duties` those of the policy's duties.
    """

    rows: tuple[DueRow, ...]
    not_known: tuple[DueRow, ...]
    ended: int = 0
    later: int = 0
    passed: int = 0
    duties: int = 0
    languages: Languages = Languages()


def due_of(
    cases: Iterable[CaseFile],
    reader: Reader,
    within: int | None = None,
    *,
    duties: bool = False,
    requests: Requests | None = None,
) -> Due:
    """Returns the terms of these cases on the reader's day.

    With `within`, a number of days, only those whose last day may be from that day on to so many days later. Without
    `duties`, those of the policy are only counted. `requests` are those of the cases; whoever has them hands them over.
    """
    several = list(cases)
    requests = requests or requests_of(several, reader)
    termed = [row for row in requests.rows if row.line.term and (row.open is not False or _runs(row))]
    rows = [_of_request(row) for row in termed if not row.ask.at_end and (duties or not row.ask.duty)]
    decisions = [Shown(case, reader) for case in several]
    rows += [row for shown in decisions for row in _of_decisions(shown)]
    elsewhere = {*requests.languages.shown, *Languages.of(reader, decisions).shown}
    dated = sorted((row for row in rows if row.last_day is not None), key=_order)
    chosen = [row for row in dated if within is None or _falls_within(row, reader.on, within)]
    passed = sum(row.latest is not None and row.latest < reader.on for row in dated if row not in chosen)
    return Due(
        rows=tuple(chosen),
        not_known=tuple(row for row in rows if row.last_day is None),
        ended=sum(row.ask.at_end for row in termed),
        duties=0 if duties else sum(row.ask.duty for row in termed if not row.ask.at_end),
        later=len(dated) - len(chosen) - passed,
        passed=passed,
        languages=Languages(reader.language, tuple(sorted(elsewhere))),
    )


def _runs(row: Asked) -> bool:
    """True for a call that may still be answered."""
    return row.line.outcome == "call" and row.line.timing == "running"


def _of_request(row: Asked) -> DueRow:
    term = row.line.term
    assert term is not None
    sure = term.certain and row.ask.certain
    return DueRow(
        case=row.case,
        reference=row.reference,
        text=row.ask.text,
        of=row.line.party,
        last_day=term.last_day,
        earliest=term.earliest,
        latest=term.latest,
        certain=sure,
        timing=row.line.timing,
        days=row.line.timing_days,
        request=row,
    )


def _of_decisions(shown: Shown) -> Iterator[DueRow]:
    """Yields the terms of decisions, soonest recorded first, while the case has not ended.

    Of those that move the case, the one behind the present stage: that of an extension where there is one. A resolution
    that makes no move is listed until its term has passed.
    """
    moment = shown.reader.moment
    stood = standing(shown.case, moment)
    if stood.stage.ends:
        return
    last = next((step.event for step in reversed(stood.steps) if step.certain), None)
    for event in shown.events():
        term = _term_of(event)
        rests = isinstance(event, Resolution) and not event.moves_to and not event.context
        if term is not None and (event is last or rests):
            row = _decision(shown, event, term)
            if event is last or row.timing != "due_passed":
                yield row


def _term_of(event: Event) -> Term | None:
    """Returns how long a decision holds: its term, else `until`; None where it sets none, or only in words."""
    term = event.term if isinstance(event, Resolution) else None
    if term is None or (term.until is None and term.months is None):
        return Term(until=event.until, text=term.text if term else None) if event.until else None
    return term


def _decision(shown: Shown, event: Event, term: Term) -> DueRow:
    day = _end_of(event, term)
    timing = timing_while_open(day, DaySpan.on(shown.reader.on)) if day else None
    return DueRow(
        case=shown.case.id,
        reference=event.id,
        text=shown.text(term.text or event.title),
        of=None,
        last_day=day.text if day else None,
        earliest=day.earliest if day else None,
        latest=day.latest if day else None,
        certain=bool(day and day.exact) and shown.reader.moment.certain(event),
        timing=timing.word if timing else "unknown",
        days=timing.days if timing else None,
    )


def _end_of(event: Event, term: Term) -> DaySpan | None:
    """Returns the last day of a decision's term: the day it names, or the day so many months after the decision."""
    if term.until is not None:
        return DaySpan.of_end(term.until)
    start = DaySpan.of(event.day)
    return start.after(term.months, "months") if term.months is not None and start else None


def _falls_within(row: DueRow, on: date, within: int) -> bool:
    try:
        last = on + timedelta(days=within)
    except OverflowError:
        last = date.max
    return (row.earliest is None or row.earliest <= last) and (row.latest is None or row.latest >= on)


def _order(row: DueRow) -> tuple[object, ...]:
    return (row.earliest or row.latest or date.max, row.latest or date.max, row.case, row.reference, row.of or "")
