"""Two steps of the case that stand the wrong way round: by their dates, against what the policy's moves build on.

A step that no other date would make right is judged in checks.moves.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.moves import exchanged, judged_steps
from ogpcase.checks.scope import Contradiction, Scope
from ogpcase.diagnostics import Place, Problem, Route, rule
from ogpcase.model.dates import FuzzyDate, days_between
from ogpcase.model.events import Event


@rule("OC301", "report-after-resolution")
def report_after_resolution(scope: Scope) -> Iterator[Problem]:
    """A resolution is dated before the report it adopts.

    Why it matters
        A body can only adopt a report that exists. Most often a year was mistyped.
    Wrong
        2018-12-12-resolution  adopts  2019-05-02-report-review
    Right
        2019-12-12-resolution  adopts  2019-05-02-report-review
    Not reported when
        The dates may overlap, e.g. a resolution known only as 2019-05.
    """
    message = "this resolution is dated before the report it adopts"
    yield from _too_early(scope, ("adopts",), message, "the report is dated here")


@rule("OC302", "answer-before-ask")
def answer_before_ask(scope: Scope) -> Iterator[Problem]:
    """A record that tells of an answer is dated before the record that asked.

    Why it matters
        Who answered, and how late, is counted from the day of the asking.
    Wrong
        2017-01-16-letter-reply  answers  2017-02-16-letter-core-group#independent-investigation
    Right
        2017-03-16-letter-reply  answers  2017-02-16-letter-core-group#independent-investigation
    Not reported when
        The dates may overlap, or either is only approximate.
    """
    message = "this record is dated before the request it answers"
    yield from _too_early(scope, ("answers",), message, "the request is dated here")


@rule("OC303", "reply-before-letter")
def reply_before_letter(scope: Scope) -> Iterator[Problem]:
    """An event is dated before one that it replies to, completes or plainly follows.

    Why it matters
        Two records contradict each other: the order that one states and the dates that both give.
    Wrong
        2018-11-30-letter-response  in_reply_to  2019-08-24-letter-notice
    Right
        2018-11-30-letter-response  in_reply_to  2018-08-24-letter-notice
    Not reported when
        The dates may overlap, or either is only approximate.
    """
    message = "this reply is dated before what it replies to"
    yield from _too_early(scope, ("in_reply_to",), message, "that one is dated here")
    message = "this record is dated before the one it comes after"
    yield from _too_early(scope, ("addendum_to", "follows"), message, "that one is dated here")


@rule("OC304", "received-before-dated")
def received_before_dated(scope: Scope) -> Iterator[Problem]:
    """A paper is received or made public before the day it is dated.

    Why it matters
        Terms run from these days; one of them was mistyped, or they were exchanged.
    Wrong
        dated: 2018-08-24
        received: 2018-08-14
    Right
        dated: 2018-08-24
        received: 2018-09-04
    Not reported when
        The dates may overlap, or either is only approximate.
    """
    for event in scope.case.events:
        for name in ("received", "published"):
            day: FuzzyDate | None = getattr(event, name)
            if places := _before_its_paper(scope, event, (name,), day):
                helps = (f"check which of the two days is which: `dated` is on the paper's face, `{name}` comes after",)
                yield Problem(f"`{name}` is a day before the paper is dated", places, helps=helps)


@rule("OC305", "cites-what-came-later")
def cites_what_came_later(scope: Scope) -> Iterator[Problem]:
    """An event cites, as a paper, a step taken or evidence, an event that came later.

    Why it matters
        A paper can only rest on what was there. Most often the reference names the wrong event of two.
    Wrong
        2018-07-16-concern  cites  2019-05-02-report-review
    Right
        2018-07-16-concern  cites  2017-02-16-letter-core-group
    Not reported when
        The dates may overlap, or the later event is what the paper is `about`.
    """
    for cited in _contradictions(scope, "cites", "prior_steps", "evidence"):
        event, later = cited[0].event, cited[0].later
        papers = [scope.place(event, each.use.route, "this came later") for each in cited]
        dates = [scope.place(each.later, ("dated",), "it is dated here", each.case) for each in cited]
        own = scope.place(event, ("dated",), f"{_days_between(event.dated, later.dated)} too early")
        helps = ("check whether another event is meant, and the dates of both",)
        message = "this record cites an event that came later"
        yield Problem(message, (*papers, own, *dict.fromkeys(dates)), helps=helps)


@rule("OC306", "dated-in-the-future")
def dated_in_the_future(scope: Scope) -> Iterator[Problem]:
    """A record says that something happened, arrived, came out or was read on a day that has not come.

    Why it matters
        A case file holds what happened. What is to come is a request's `due`, or the `until` of what a paper sets.
    Wrong
        dated: 2071-05-23
    Right
        dated: 2017-05-23
    Not reported when
        The date may be of today or earlier, is only approximate, or is unknown.
    """
    for event in scope.case.events:
        for route, day in _days(event):
            if scope.to_come(day) and scope.sound(event, str(route[0])):
                helps = ("check the year; a day that is still to come is a request's `due`, or `until`",)
                place = scope.place(event, route, f"after {scope.today.isoformat()}")
                yield Problem(f"`{route[-1]}` is a day that has not come yet", (place,), helps=helps)
                if route == ("dated",):
                    break  # the record's other days are seen against the one that is wrong


def _days(event: Event) -> Iterator[tuple[Route, FuzzyDate]]:
    for name in ("dated", "received", "published"):
        if (day := getattr(event, name)) is not None:
            yield (name,), day
    for position, source in enumerate(event.sources):
        if source.retrieved is not None:
            yield ("sources", position, "retrieved"), source.retrieved


@rule("OC307", "ends-before-it-begins")
def ends_before_it_begins(scope: Scope) -> Iterator[Problem]:
    """What a paper sets ends before the day the paper is dated.

    Why it matters
        `until` is the last day of what the paper sets, such as a term; one that is over before it begins is a slip.
    Wrong
        dated: 2019-12-12
        until: 2019-06-12
    Right
        dated: 2019-12-12
        until: 2020-06-12
    Not reported when
        The dates may overlap, or either is only approximate.
    """
    for event in scope.case.events:
        term = getattr(event, "term", None)
        for route, day in ((("until",), event.until), (("term", "until"), term.until if term else None)):
            if places := _before_its_paper(scope, event, route, day):
                helps = ("check the year of both",)
                yield Problem("what this paper sets ends before the paper is dated", places, helps=helps)


def _contradictions(scope: Scope, *fields: str) -> Iterator[tuple[Contradiction, ...]]:
    """Yields what each event comes after by one of these fields, and is certainly dated before."""
    return (several for several in scope.contradictions.values() if several[0].use.field in fields)


def _too_early(scope: Scope, fields: tuple[str, ...], message: str, label: str) -> Iterator[Problem]:
    for ((event, _, case, later),) in _contradictions(scope, *fields):
        first = scope.place(event, ("dated",), f"{_days_between(event.dated, later.dated)} too early")
        places = (first, scope.place(later, ("dated",), label, case))
        yield Problem(message, places, helps=(_advice(event, later),))


def _before_its_paper(scope: Scope, event: Event, route: Route, day: FuzzyDate | None) -> tuple[Place, ...]:
    """Returns the places of a day that is certainly before the one its own paper is dated, else none."""
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
    """A step of the case is dated before the step that it builds on.

    Why it matters
        The policy leads from one step to the next; dated the other way round, both cannot be right. Most often a
        year was mistyped.
    Wrong
        2018-05-02-report-review  moves_to: [report_adopted]  before  2018-08-24-letter  moves_to: [under_review]
    Right
        2019-05-02-report-review  moves_to: [report_adopted]  after  2018-08-24-letter  moves_to: [under_review]
    Not reported when
        The dates may overlap, either record carries a departure with a source, or the two steps would not be those of
        the policy in the other order either.
    """
    found = exchanged(scope)
    if found is None:
        return
    early, late = (judged_steps(scope)[position] for position in found)
    first, second = early.step.event, late.step.event
    places = (
        scope.place(first, ("dated",), f"{_days_between(first.dated, second.dated)} before the step it builds on"),
        scope.place(second, ("dated",), "that one is dated here"),
        early.place(scope, "this step"),
        late.place(scope, "builds on this one"),
    )
    message = f"the step to `{early.step.end}` is dated before the one to `{late.step.end}`"
    helps = (
        "check the dates of both records",
        "if it did happen in this order, add `departure:` with a reason and a source to the earlier record",
    )
    yield Problem(message, places, helps=helps)


CHECKS = (
    report_after_resolution, answer_before_ask, reply_before_letter, received_before_dated, cites_what_came_later,
    dated_in_the_future, ends_before_it_begins, steps_out_of_order,
)  # fmt: skip
