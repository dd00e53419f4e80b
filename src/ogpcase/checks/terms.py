"""Terms that run from other requests: does each chain of them begin somewhere?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ogpcase.checks.items import route_of_item
from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Route, rule
from ogpcase.model.asks import Request
from ogpcase.model.casefile import CaseFile, file_of_event
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference


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
    for event in scope.case.events:
        for request in event.asks if scope.sound(event, "requests", "milestones") else ():
            circle = _circle(scope, _Link(scope.case, event, request))
            if circle and circle[0].name == min(link.name for link in circle):
                places = tuple(Place(link.file, link.route, "runs from the next") for link in circle)
                helps = ("let one of them run from a paper's day: name the event alone in `after`, or leave it out",)
                yield Problem("these terms run from one another in a circle", places, helps=helps)


@dataclass(frozen=True, slots=True)
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


def _circle(scope: Scope, start: _Link) -> tuple[_Link, ...]:
    """Returns the way from a request through what its term runs from back to it; empty where there is none."""
    path = [start]
    while (following := _next(scope, path[-1])) is not None:
        if following.name == start.name:
            return tuple(path) if len(path) > 1 else ()
        if any(following.name == each.name for each in path):
            return ()
        path.append(following)
    return ()


def _next(scope: Scope, link: _Link) -> _Link | None:
    if link.after is None:
        return None
    found = scope.found(Reference(link.case.full(link.after)))
    request = next((each for each in found[1].asks if each.id == link.after.item), None) if found else None
    return _Link(found[0], found[1], request) if found and request else None


CHECKS = (terms_run_in_a_circle,)
