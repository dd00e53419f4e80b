"""Terms that run from other requests: does each chain of them begin somewhere?"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.items import route_of_item
from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Route, rule
from ogpcase.model.asks import Request
from ogpcase.model.casefile import CaseFile, file_of_event
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.values import frozen

_MOST_SHOWN = 10
"""Requests of one circle that are shown."""


@rule("OC326", "terms-run-in-a-circle")
def terms_run_in_a_circle(scope: Scope) -> Iterator[Problem]:
    """The terms of some requests each run from the next one's being met, and so from themselves.

    Why it matters
        None of them would ever begin; no day could be said to be the last.
    Wrong
        work-plan: within {days: 60, after: …#forum}  and  forum: within {days: 90, after: …#work-plan}
    Right
        work-plan: within {days: 60}  and  forum: within {days: 90, after: …#work-plan}
    Not reported when
        The chain ends with a paper, a day, or a request without a term. A term that runs from its own request is a
        self-reference, which is another check.
    """
    if not any(use.field == "after" and use.reference.item for _, use in scope.references):
        return  # a circle is told of one of these
    for circle in _circles(scope):
        first = circle[0]
        if len(circle) > 1 and first.case is scope.case and scope.sound(first.event, "requests", "milestones"):
            places = tuple(Place(link.file, link.route, "runs from the next") for link in circle[:_MOST_SHOWN])
            more = len(circle) - len(places)
            notes = (f"{more} more requests are in this circle",) if more else ()
            helps = ("let one of them run from a paper's day: name the event alone in `after`, or leave it out",)
            yield Problem("these terms run from one another in a circle", places, notes, helps)


@frozen
class _Link:
    """A request, with the event and the case it stands in."""

    case: CaseFile
    event: Event
    request: Request

    @property
    def name(self) -> str:
        """The full reference to it."""
        return f"{self.case.id}/{self.event.id}#{self.request.id}"

    @property
    def after(self) -> Reference | None:
        """The request that its term runs from."""
        after = self.request.within.after if self.request.within else None
        return after if after and after.item else None

    @property
    def file(self) -> str:
        """The file it stands in."""
        return file_of_event(self.case.id, self.event.id)

    @property
    def route(self) -> Route:
        """The route of what its term runs from."""
        return (*(route_of_item(self.event, self.request.id) or ())[:2], "within", "after")


def _circles(scope: Scope) -> Iterator[tuple[_Link, ...]]:
    """Yields each circle of requests that one of the case leads into, once, from its first name on.

    No request is walked twice: a chain can be as long as a record.
    """
    walked: set[str] = set()
    for event in scope.case.events:
        for request in event.asks:
            if not request.within or not request.within.after:
                continue  # it may end a chain, but is in no circle
            path: dict[str, _Link] = {}
            link: _Link | None = _Link(scope.case, event, request)
            while link is not None and link.name not in walked:
                walked.add(link.name)
                path[link.name] = link
                link = _next(scope, link)
            if link is not None and link.name in path:
                yield _from_the_first(list(path.values())[list(path).index(link.name) :])


def _from_the_first(circle: list[_Link]) -> tuple[_Link, ...]:
    """Returns the circle from its first name on."""
    first = min(range(len(circle)), key=lambda at: circle[at].name)
    return (*circle[first:], *circle[:first])


def _next(scope: Scope, link: _Link) -> _Link | None:
    """Returns the request that this one's term runs from."""
    if link.after is None:
        return None
    found = scope.found(Reference(link.case.full(link.after)))
    request = scope.asks(*found).get(str(link.after.item)) if found else None
    return _Link(*found, request) if found and request else None


CHECKS = (terms_run_in_a_circle,)
