"""Dates that contradict each other, or contradict the order of the policy's steps; other steps are in checks.moves."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.moves import exchanged, judged_steps
from ogpcase.checks.scope import Contradiction, Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, rule
from ogpcase.model.casefile import file_of_event
from ogpcase.model.dates import FuzzyDate, days_between
from ogpcase.model.events import Event
from ogpcase.model.spans import bounds_in_words, earlier_in_words, later_in_words


@rule("OC301", "report-after-resolution")
def report_after_resolution(scope: Scope) -> Iterator[Problem]:
    """A resolution is dated before the report it adopts.

    Why it matters
        A body can only adopt a report that exists. Often the year is a typing error.
    Wrong
        2018-12-12-resolution  adopts  2019-05-02-report-review
    Right
        2019-12-12-resolution  adopts  2019-05-02-report-review
    Not reported when
        The dates may overlap, e.g. a resolution known only as 2019-05. One day between them is a warning.
    """
    message = "this resolution is dated before the report it adopts"
    yield from _too_early(scope, ("adopts",), message, "the report is dated here")


@rule("OC302", "answer-before-ask")
def answer_before_ask(scope: Scope) -> Iterator[Problem]:
    """A record with an answer is dated before the record with its request.

    Why it matters
        The days until an answer are counted from the date of the request.
    Wrong
        2017-01-16-letter-reply  answers  2017-02-16-letter-core-group#independent-investigation
    Right
        2017-03-16-letter-reply  answers  2017-02-16-letter-core-group#independent-investigation
    Not reported when
        The dates may overlap, or either is only approximate. One day between them is a warning.
    """
    message = "this record is dated before the request it answers"
    yield from _too_early(scope, ("answers",), message, "the request is dated here")


@rule("OC303", "reply-before-letter")
def reply_before_letter(scope: Scope) -> Iterator[Problem]:
    """An event is dated before the event that it replies to, completes or follows.

    Why it matters
        The order that one record states contradicts the dates of both.
    Wrong
        2018-11-30-letter-response  in_reply_to  2019-08-24-letter-notice
    Right
        2018-11-30-letter-response  in_reply_to  2018-08-24-letter-notice
    Not reported when
        The dates may overlap, or either is only approximate. One day between them is a warning.
    """
    message = "this reply is dated before the event that it replies to"
    yield from _too_early(scope, ("in_reply_to",), message, "that event is dated here")
    message = "this record is dated before the event that it follows"
    yield from _too_early(scope, ("addendum_to", "follows"), message, "that event is dated here")


@rule("OC304", "received-before-dated")
def received_before_dated(scope: Scope) -> Iterator[Problem]:
    """A paper is received, published or read, or told of as past, before its own date.

    Why it matters
        Terms run from these days. One of them is a typing error, or they were exchanged.
    Wrong
        dated: 2018-08-24
        received: 2018-08-14
    Right
        dated: 2018-08-24
        received: 2018-09-04
    Not reported when
        The dates may overlap, or either is only approximate. One day between them is a warning.
    """
    for name in ("received", "published"):
        for event in scope.case.having(name):
            day: FuzzyDate = getattr(event, name)
            if places := _before_its_paper(scope, event, (name,), day):
                helps = (f"check both days: `dated` is printed on the paper, `{name}` comes later",)
                mild = _only_a_day(day, event.dated)
                yield Problem(f"`{name}` is before the date of the paper", places, helps=helps, mild=mild)
    yield from _read_too_early(scope, "paper", "is the paper")
    yield from _read_too_early(scope, "told_by", "tells of the event as past")


def _read_too_early(scope: Scope, name: str, said: str) -> Iterator[Problem]:
    """Yields a problem for each event whose source, named in a field, was read or published before the event."""
    for event in scope.case.having(name):
        source = scope.case.source(event, getattr(event, name))
        told = source.published if source and name == "told_by" else None
        day = told or (source.retrieved if source else None)
        if day and (places := _before_its_paper(scope, event, (name,), day)):
            was = f"was {'published' if told else 'read'} on {day.text}"
            helps = ("check the day of the source, and the date of the record",)
            mild = _only_a_day(day, event.dated)
            yield Problem(f"the source that {said} {was}, before its date", places, helps=helps, mild=mild)


def _only_a_day(early: FuzzyDate, late: FuzzyDate) -> bool:
    """True if the first date may be the day before the second: another time zone may explain that."""
    return days_between(early, late)[0] == 1


@rule("OC309", "no-day-is-left", Severity.WARNING)
def no_day_is_left(scope: Scope) -> Iterator[Problem]:
    """What an event follows and what follows it leave no day on which it can have happened.

    Why it matters
        One of the dates or links is wrong. Until it is known which, none of these records bounds the day of another.
    Wrong
        undated-letter  follows  2019-05-02-report  and  2019-04-11-letter  follows  undated-letter
    Right
        undated-letter  follows  2019-05-02-report  and  2019-06-11-letter  follows  undated-letter
    Not reported when
        Two of the dates alone contradict a link, which is another check; or the links form a cycle.
    """
    for event in scope.case.events:
        if event.known.clash is None or not scope.sound(event, "dated"):
            continue
        low, high = event.known.clash
        notes = [f"{said}, so it is of {bound.day} or {side}" for bound, said, side in (
            (low, earlier_in_words(low), "later"), (high, later_in_words(high), "earlier"),
        ) if bound]  # fmt: skip
        helps = ("check the dates and links of these records, and of those between them",)
        place = scope.place(event, ("dated",), "no day is left")
        yield Problem("the records around this one leave no day for it", (place,), notes=tuple(notes), helps=helps)


@rule("OC305", "cites-what-came-later")
def cites_what_came_later(scope: Scope) -> Iterator[Problem]:
    """An event cites a later event as a paper, as an earlier step or as evidence.

    Why it matters
        A paper can only cite what existed. Often the reference names the wrong event.
    Wrong
        2018-07-16-concern  cites  2019-05-02-report-review
    Right
        2018-07-16-concern  cites  2017-02-16-letter-core-group
    Not reported when
        The dates may overlap, or the later event is what the paper is `about`.
    """
    for cited in _contradictions(scope, "cites", "prior_steps", "evidence"):
        event, later = cited[0].event, cited[0].later
        papers = [scope.place(event, pair.use.route, "this is later") for pair in cited]
        dates = [scope.place(pair.later, ("dated",), "it is dated here", pair.case) for pair in cited]
        own = scope.place(event, ("dated",), f"{_days_between(event.day, later.day)} too early")
        helps = ("check the reference, and the dates of both events",)
        message = "this record cites a later event"
        places = (*papers, own, *dict.fromkeys(dates))
        yield Problem(message, places, _bounds_of(event, *(pair.later for pair in cited)), helps)


@rule("OC306", "dated-in-the-future")
def dated_in_the_future(scope: Scope) -> Iterator[Problem]:
    """A record gives a day in the future for an event, its receipt, its publication or the reading of a source.

    Why it matters
        A case file records what happened. Future days belong in a request's `due`, or in `until`.
    Wrong
        dated: 2071-05-23
    Right
        dated: 2017-05-23
    Not reported when
        The date may be today or earlier, is only approximate, or is unknown.
    """
    helps = ("check the year; a future day belongs in a request's `due`, or in `until`",)
    label = f"after {scope.today.isoformat()}"
    wrong = set()
    for name in ("dated", "received", "published"):
        for event in scope.case.having(name):
            if scope.to_come(getattr(event, name)) and (file := file_of_event(scope.case.id, event.id)) not in wrong:
                yield Problem(f"`{name}` is in the future", (scope.place(event, (name,), label),), helps=helps)
                if name == "dated":
                    wrong.add(file)  # its other days probably have the same wrong year
    for source, file, route in scope.case.each_source():
        for name in ("published", "retrieved"):
            day = getattr(source, name)
            if file not in wrong and day is not None and scope.to_come(day):
                yield Problem(f"`{name}` is in the future", (Place(file, (*route, name), label),), helps=helps)


@rule("OC307", "ends-before-it-begins")
def ends_before_it_begins(scope: Scope) -> Iterator[Problem]:
    """The `until` of a paper is before the date of the paper.

    Why it matters
        `until` is the last day of what the paper decides, such as a suspension. It cannot end before it begins.
    Wrong
        dated: 2019-12-12
        until: 2019-06-12
    Right
        dated: 2019-12-12
        until: 2020-06-12
    Not reported when
        The dates may overlap, or either is only approximate.
    """
    days: list[tuple[Event, Route, FuzzyDate | None]] = [
        *((event, ("until",), event.until) for event in scope.case.having("until")),
        *((event, ("term", "until"), event.get("term").until) for event in scope.case.having("term")),
    ]
    for event, route, day in days:
        if places := _before_its_paper(scope, event, route, day):
            helps = ("check the year of both",)
            yield Problem("`until` is before the date of the paper", places, helps=helps)


def _contradictions(scope: Scope, *fields: str) -> Iterator[tuple[Contradiction, ...]]:
    """Yields, for each event, the later events that it refers to in one of these fields."""
    return (pairs for pairs in scope.contradictions.values() if pairs[0].use.field in fields)


def _too_early(scope: Scope, fields: tuple[str, ...], message: str, label: str) -> Iterator[Problem]:
    for ((event, _, case, later),) in _contradictions(scope, *fields):
        first = scope.place(event, ("dated",), f"{_days_between(event.day, later.day)} too early")
        places = (first, scope.place(later, ("dated",), label, case))
        mild = _only_a_day(event.dated, later.dated)
        yield Problem(message, places, _bounds_of(event, later), (_advice(event, later),), mild=mild)


def _bounds_of(*events: Event) -> tuple[str, ...]:
    """Returns what bounds the days of events, where more than their dates does: a note for each."""
    bounds = {event.id: bounds_in_words(event.known) for event in events}
    return tuple(f"{event_id} is {words}" for event_id, words in bounds.items() if words)


def _before_its_paper(scope: Scope, event: Event, route: Route, day: FuzzyDate | None) -> tuple[Place, ...]:
    """Returns the places of a day and of its paper's date, if the day is certainly earlier; else none."""
    if day is None or not day.certainly_before(event.dated):
        return ()
    if not scope.sound(event, str(route[0])) or not scope.dated(event):
        return ()
    first = scope.place(event, route, f"{_days_between(day, event.dated)} too early")
    return first, scope.place(event, ("dated",), "the paper is dated here")


def _days_between(early: FuzzyDate, late: FuzzyDate) -> str:
    fewest, most = days_between(early, late)
    days = "1 day" if fewest == 1 else f"{fewest} days"
    return days if fewest == most else f"at least {days}"


def _advice(early: Event, late: Event) -> str:
    year = early.dated.digits[:4]
    if year != late.dated.digits[:4] and early.id.startswith(f"{year}-"):
        return f"check the year: the file name and `dated` both say {year}"
    return "check the dates of both records"


@rule("OC308", "steps-out-of-order")
def steps_out_of_order(scope: Scope) -> Iterator[Problem]:
    """A step of the case is dated before the step that must come first.

    Why it matters
        The policy sets the order of the steps, so one of the dates is wrong. Often the year is a typing error.
    Wrong
        2018-05-02-report-review  moves_to: [report_adopted]  before  2018-08-24-letter  moves_to: [under_review]
    Right
        2019-05-02-report-review  moves_to: [report_adopted]  after  2018-08-24-letter  moves_to: [under_review]
    Not reported when
        The dates may overlap, either record has a departure with a source, or the other order would be wrong too.
    """
    positions = exchanged(scope)
    if positions is None:
        return
    early, late = (judged_steps(scope)[position] for position in positions)
    first, second = early.step.event, late.step.event
    places = (
        scope.place(first, ("dated",), f"{_days_between(first.day, second.day)} before the step it must follow"),
        scope.place(second, ("dated",), "that step is dated here"),
        early.place(scope, "this step"),
        late.place(scope, "must come after this one"),
    )
    message = f"the step to `{early.step.end}` is dated before the one to `{late.step.end}`"
    helps = (
        "check the dates of both records",
        "if it did happen in this order, add `departure:` with a reason and a source to the earlier record",
    )
    yield Problem(message, places, _bounds_of(first, second), helps)


CHECKS = (
    report_after_resolution, answer_before_ask, reply_before_letter, received_before_dated, cites_what_came_later,
    dated_in_the_future, ends_before_it_begins, steps_out_of_order, no_day_is_left,
)  # fmt: skip
