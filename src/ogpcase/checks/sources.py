"""Where facts were read: is there a source at all, for the event and for what departs from the policy?

Whether a source named is listed is judged in checks.records; the copies kept on disk are not seen here.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Severity, rule
from ogpcase.model.casefile import file_of_event
from ogpcase.model.events import Event, Source
from ogpcase.model.fields import fields_of, known_names


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
                known = ", ".join(source.id for source in event.sources) or "…"
                helps = (f"name the source that shows it: `sources: [{known}]`",)
                yield Problem("this departure names no source", (place,), helps=helps)


@rule("OC503", "unpinned-copy", Severity.WARNING)
def unpinned_copy(scope: Scope) -> Iterator[Problem]:
    """A source has a copy in the case's folder, and no digest of it.

    Why it matters
        Nobody would notice if the copy became another text than the one that was read.
    Wrong
        sources: [{id: copy, file: sources/letter.pdf}]
    Right
        sources: [{id: copy, file: sources/letter.pdf, sha256: 9f86d081…}]
    Not reported when
        The source has a `sha256`; whether it is that of the copy is another check.
    """
    for event in scope.case.events:
        for position, source in enumerate(event.sources if scope.sound(event, "sources") else ()):
            if source.file is not None and source.sha256 is None:
                file = file_of_event(scope.case.id, event.id)
                route = ("sources", position)
                gap = Place(file, (*route, "sha256"), "`sha256` belongs here", "missing", after=_BEFORE_DIGEST)
                places = (gap, scope.place(event, (*route, "file"), "this copy"))
                helps = ("add its SHA-256 as `sha256`; `--source-file` does so by itself",)
                yield Problem("the copy of this source is not pinned", places, helps=helps)


_BEFORE_DIGEST = tuple(name for name in Source.model_fields if name != "sha256")


@rule("OC504", "gives-what-is-not-there", Severity.WARNING)
def gives_what_is_not_there(scope: Scope) -> Iterator[Problem]:
    """A source is said to give a fact that the record does not have.

    Why it matters
        Either the fact was forgotten as the record was made, or the source gives another one.
    Wrong
        sources: [{id: page, url: …, gives: [dated, received]}]  without  received
    Right
        received: 2018-09-04
        sources: [{id: page, url: …, gives: [dated, received]}]
    Not reported when
        The record has the field, whatever it says; a name that is no field of its kind is another check.
    """
    for event in scope.case.events:
        for position, source in enumerate(event.sources if scope.sound(event, "sources") else ()):
            for at, name in enumerate(source.gives):
                if not getattr(event, name, None) and not _has(scope, event, name):
                    place = scope.place(event, ("sources", position, "gives", at), "not in this record")
                    helps = (f"add `{name.partition('#')[0]}`, or take this out of `gives`",)
                    yield Problem(f"the record has no `{name}` for this source to give", (place,), helps=helps)


def _has(scope: Scope, event: Event, name: str) -> bool:
    """True when the record has the field or item, or nobody can tell; also for what is no field of its kind."""
    field, mark, item = name.partition("#")
    if field == "kind" or field not in known_names(event.kind) or not scope.sound(event, field):
        return True
    if not mark:
        return bool(getattr(event, field))
    items = getattr(event, field)
    if not isinstance(items, tuple) or field == "sources":
        return bool(items)
    return any(getattr(each, "id", item) == item for each in items)


CHECKS = (no_source, departure_without_source, unpinned_copy, gives_what_is_not_there)
