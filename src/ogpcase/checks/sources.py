"""Where facts were read: is there a source at all, for the event and for what departs from the policy?

Whether a source named is listed is judged in checks.records; the copies kept on disk are not seen here.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.items import open_sources
from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Severity, rule
from ogpcase.model.casefile import file_of_event
from ogpcase.model.fields import fields_of


@rule("OC501", "no-source", Severity.WARNING)
def no_source(scope: Scope) -> Iterator[Problem]:
    """An event names no source at all.

    Why it matters
        Nobody can check a fact whose source is not known, and a case file is only worth what can be checked.
    Wrong
        sources: []
    Right
        sources: [{id: case-page, url: …, retrieved: 2026-11-21}]
    Not reported when
        There is one source, whatever it gives.
    """
    for event in scope.case.events:
        if not event.sources and scope.sound(event, "sources"):
            before = tuple(field.name for field in fields_of(event.kind) if field.name != "sources")
            file = file_of_event(scope.case.id, event.id)
            place = Place(file, ("sources",), "`sources` belongs here", "missing", after=before)
            helps = ("say where it was read: `sources: [{id: …, url: …}]`",)
            yield Problem("this event names no source", (place,), helps=helps)


@rule("OC502", "departure-without-source")
def departure_without_source(scope: Scope) -> Iterator[Problem]:
    """A step is said to depart from the policy, and no source shows that it did.

    Why it matters
        A departure keeps a true step in the file that the policy did not foresee; without a source it would let
        anything through. It lifts no other problem until it has one.
    Wrong
        departure: [{because: The committee decided by letter}]
    Right
        departure: [{because: The committee decided by letter, sources: [copy]}]
    Not reported when
        It names one source, even one that is not listed; that is another check.
    """
    for event in scope.case.events:
        for position, departure in enumerate(event.departure if scope.sound(event, "departure") else ()):
            if not departure.sources:
                place = scope.place(event, ("departure", position), "no `sources`")
                known = ", ".join(open_sources(event)) or "…"
                helps = (f"name the source that shows it: `sources: [{known}]`",)
                yield Problem("this departure names no source", (place,), helps=helps)


CHECKS = (no_source, departure_without_source)
