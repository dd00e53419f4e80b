"""A list of all cases: the stage of each, its date, the next due request, the longest silence, the longest open."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.ledger.terms import DaySpan, between
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.policy.lifecycle import standing
from ogpcase.reports.heading.rows import Heading, StageSpan, heading_of, spans_of
from ogpcase.reports.requests.rows import ShownTerm, term_of
from ogpcase.reports.shown import Languages, Shown


class NextDue(NamedTuple):
    """The open request with the earliest known last day, and the days left until then.

    `certain` is false where the day is not known to the day, may be over, or belongs to a merely possible request.
    """

    reference: str
    text: str
    term: ShownTerm
    left: Days | None
    certain: bool


class Waiting(NamedTuple):
    """The open request with the longest attested silence, or the one that has been open longest.

    A silence lasts up to the last paper that attests it. `at_end` is true if the case ended before an answer came; the
    days open are then counted to its end.
    """

    reference: str
    text: str
    days: Days
    at_end: bool
    certain: bool


Sorting: TypeAlias = Literal["case", "stage", "since", "open", "due"]
"""What a list is sorted by."""


class ListedCase(NamedTuple):
    """One case in a list: its heading and stays, the time in its stage, counts of open requests, and three requests.

    `open_asks` counts requests without an answer, duties of the policy apart; `open_at_end` those among them that the
    end of the case left open, and `perhaps_open` those that may never have been made, or may be answered. They and the
    three requests are None where a record that cannot be read may tell of an answer; `events` is None where one cannot
    be read. `entered` is the first day on which the case may have entered its stage.
    """

    heading: Heading
    spans: tuple[StageSpan, ...]
    in_stage: Days | None
    events: int | None
    open_asks: int | None
    open_at_end: int | None
    perhaps_open: int | None
    next_due: NextDue | None
    silence: Waiting | None
    open_longest: Waiting | None
    languages: Languages = Languages()
    entered: date | None = None


def listed_case(case: CaseFile, reader: Reader) -> ListedCase:
    """Returns the case as a line of a list, on the reader's day."""
    shown = Shown(case, reader)
    stood = standing(shown.case, reader.moment)
    spans = spans_of(shown, stood)
    asks = asks_of(case, reader.moment, only_open=True)
    known = case.answers_are_known
    return ListedCase(
        heading=heading_of(shown, stood),
        spans=spans,
        in_stage=spans[-1].days if spans else None,
        events=None if case.not_read else len(shown.events()),
        open_asks=sum(ask.open is True for ask in asks) if known else None,
        open_at_end=sum(ask.open is True and ask.at_end for ask in asks) if known else None,
        perhaps_open=sum(ask.open is None for ask in asks) if known else None,
        next_due=_next_due(shown, asks) if known else None,
        silence=_longest(shown, asks, lambda line: line.silent_for, ended=stood.stage.ends) if known else None,
        open_longest=_longest(shown, asks, lambda line: line.open_for, ended=stood.stage.ends) if known else None,
        languages=shown.languages,
        entered=(stood.since.day.earliest or stood.since.day.latest)
        if stood.since and shown.case.stage_is_known
        else None,
    )


def sorted_cases(cases: Iterable[ListedCase], by: Sorting) -> list[ListedCase]:
    """Returns the cases sorted; those of which nothing is known to sort them by come last.

    By `stage`: open cases before ended ones, each procedure in the order of its stages. By `since`: those that have
    been in their stage longest first. By `open`: most open requests first. By `due`: the soonest day first.
    """

    def key(case: ListedCase) -> tuple[object, ...]:
        heading, due = case.heading, case.next_due
        if by == "stage":
            stage = heading.stage
            return (not heading.known, stage.ends, heading.track, stage.place, stage, heading.case)
        if by == "since":
            entered = case.entered
            return (entered is None, entered or date.max, heading.case)
        if by == "open":
            return (case.open_asks is None, -(case.open_asks or 0), heading.case)
        day = (due.term.earliest or due.term.latest) if due else None
        return (day is None, day or date.max, heading.case) if by == "due" else (heading.case,)

    return sorted(cases, key=key)


def _awaited(asks: Sequence[Ask]) -> Iterator[tuple[Ask, AskedLine]]:
    """Yields the lines of the parties that have not answered, each with its request."""
    for ask in asks:
        yield from ((ask, line) for line in ask.lines if line.asked and not line.answered)


def _next_due(shown: Shown, asks: Sequence[Ask]) -> NextDue | None:
    today = shown.reader.on
    waiting: list[tuple[date, date, Ask, AskedLine]] = []
    for ask, line in _awaited(asks):
        day = line.limit.day if line.limit else None
        if day is not None and not ask.at_end and (day.latest is None or day.latest >= today):
            waiting.append((max(day.earliest or today, today), day.latest or date.max, ask, line))
    if not waiting:
        return None
    _, _, ask, line = min(waiting, key=lambda each: each[:2])
    term = term_of(ask, line.limit)
    assert term is not None
    to_come = term.earliest is not None and term.earliest >= today
    left = between(DaySpan.on(today), DaySpan(term.earliest, term.latest, term.certain)) if to_come else None
    sure, text = term.certain and to_come and ask.certain, shown.text(ask.text)
    return NextDue(f"{ask.event.id}#{ask.item}", text, term, left, certain=sure)


def _longest(
    shown: Shown, asks: Sequence[Ask], length: Callable[[AskedLine], Days | None], *, ended: bool
) -> Waiting | None:
    """For a case that has ended, prefers requests that were open at its end to later requests."""
    waiting = [
        (days, ask, line)
        for ask, line in _awaited(asks)
        if not ask.event.context and (days := length(line)) and days.fewest is not None
    ]
    if ended and any(ask.at_end for _, ask, _ in waiting):
        waiting = [each for each in waiting if each[1].at_end]
    if not waiting:
        return None
    days, ask, line = max(waiting, key=lambda each: (each[0].fewest or 0, each[0].most or 0))
    sure, text = ask.certain and line.certain, shown.text(ask.text)
    return Waiting(f"{ask.event.id}#{ask.item}", text, days, at_end=ask.at_end, certain=sure)
