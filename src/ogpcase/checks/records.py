"""One record at a time: is the file called what it holds, and does each fact name a source that is there?

The shape of a record is judged in model.bind; what it says of other records in the other checks. The copies of sources
kept on disk are not seen here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import FirstSlips, Place, Problem, Route, Severity, nearest, rule
from ogpcase.model.codelists import Kind
from ogpcase.model.events import Event, Source
from ogpcase.model.problems import listed
from ogpcase.model.questions import known_names, names_of

_DIGITS = re.compile(r"(?:undated|[0-9]{4}(?:-[0-9]{2}){0,2})(?:-|$)")
_WORDS = {kind: kind.replace("_", "-") for kind in Kind}
"""What files call the kinds."""


@rule("OC212", "file-name")
def file_name(scope: Scope) -> Iterator[Problem]:
    """An event's file is not called by its date and its kind.

    Why it matters
        The name is the event's id, and the folder's listing is read as the course of the case.
    Wrong
        2018-07-15-concern.yaml  with  dated: 2018-07-16
    Right
        2018-07-16-concern.yaml  with  dated: 2018-07-16
    Not reported when
        The name begins with as much of the date as is given, as 2018-07-letter-reply for 2018-07-XX.
    """
    for event in scope.case.events:
        wanted = f"{event.dated.digits}-{_WORDS[event.kind]}"
        if event.id.startswith(f"{wanted}-"):
            continue
        undated = event.dated.form == "unknown"
        if scope.sound(event, "dated") and (undated or event.id != wanted):
            right = _right_name(event, wanted)
            digits = _DIGITS.match(event.id)
            field = "kind" if digits and digits[0].rstrip("-") == event.dated.digits else "dated"
            message = f"the file name and `{field}` disagree"
            if event.id == wanted:
                message = "the file name of an undated record says only its kind"
            place = scope.place(event, (field,), f"the file is called `{event.id}`")
            mend = ("if the name is right, mend `dated`",) if field == "dated" and not undated else ()
            helps = (f"call the file `{right}.yaml`, also where other records refer to it", *mend)
            yield Problem(message, (place,), helps=helps)


def _right_name(event: Event, wanted: str) -> str:
    rest = _DIGITS.sub("", event.id, count=1)
    kinds = "|".join(_WORDS.values())
    slug = re.sub(rf"^(?:{kinds})(?:-|$)", "", rest)
    if event.dated.form == "unknown" and not slug:
        return f"{wanted}-in-few-words"
    return f"{wanted}-{slug}" if slug else wanted


@rule("OC213", "source-not-listed")
def source_not_listed(scope: Scope) -> Iterator[Problem]:
    """A fact of a record rests on a source that is not among its `sources`.

    Why it matters
        Who doubts the fact cannot look it up.
    Wrong
        also_dated: [{value: 2018-07-15, source: tor}]
        sources: [{id: case-page, url: …}]
    Right
        also_dated: [{value: 2018-07-15, source: tor}]
        sources: [{id: case-page, url: …}, {id: tor, url: …}]
    Not reported when
        The source is listed, whether or not it is kept or archived.
    """
    slips = FirstSlips()
    for event in scope.case.events:
        for route, name in sources_named(event):
            there = any(source.id == name for source in event.sources)
            if not there and scope.sound(event, "sources", str(route[0])):
                known = [source.id for source in event.sources]
                near = nearest(name, known) if slips.has(event.id) else None
                those = (f"the sources here are {listed(known)}",) if known else ("list it under `sources`",)
                helps = (f"did you mean `{near}`?",) if near else those
                place = scope.place(event, route, "not listed under `sources`")
                yield Problem(f"this record has no source `{name}`", (place,), helps=helps)


def sources_named(event: Event) -> Iterator[tuple[Route, str]]:
    """Yields each source that a fact of an event rests on, with the route of its name."""
    for field in ("also_dated", "also_stated", "assessments"):
        for position, each in enumerate(getattr(event, field, ())):
            if each.source is not None:
                yield (field, position, "source"), each.source
    for position, departure in enumerate(event.departure):
        for at, name in enumerate(departure.sources):
            yield ("departure", position, "sources", at), name


@rule("OC214", "fact-not-here")
def fact_not_here(scope: Scope) -> Iterator[Problem]:
    """A source is said to give, or to state otherwise, a field that this kind of record does not have.

    Why it matters
        A doubt that is noted under no fact is shown beside none.
    Wrong
        sources: [{id: page, url: …, gives: [date]}]
    Right
        sources: [{id: page, url: …, gives: [dated]}]
    Not reported when
        The field is one of the kind's, or an item of one, as `requests#shelter`.
    """
    slips = FirstSlips()
    for event in scope.case.events:
        known = names_of(event.kind)
        if not event.also_stated and all(known_names(event.kind).issuperset(each.gives) for each in event.sources):
            continue
        for route, name in _fields_named(event):
            if name.partition("#")[0] not in known and scope.sound(event, str(route[0])):
                near = nearest(name, known) if slips.has(event.id) else None
                helps = (f"did you mean `{near}`?",) if near else (f"`{event.kind}` has: {listed(known)}",)
                place = scope.place(event, route, "no field of this record")
                yield Problem(f"`{event.kind}` has no field `{name}`", (place,), helps=helps)


def _fields_named(event: Event) -> Iterator[tuple[Route, str]]:
    for position, stated in enumerate(event.also_stated):
        yield ("also_stated", position, "field"), stated.field
    for position, source in enumerate(event.sources):
        for at, name in enumerate(source.gives):
            yield ("sources", position, "gives", at), name


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
            helps = ("say where it was read: `sources: [{id: …, url: …}]`",)
            yield Problem("this event names no source", (scope.gap(event, "sources"),), helps=helps)


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
                copy = scope.place(event, ("sources", position, "file"), "this copy")
                route = ("sources", position, "sha256")
                gap = Place(copy.file, route, "`sha256` belongs here", "missing", after=_BEFORE_DIGEST)
                helps = ("add its SHA-256 as `sha256`; `--source-file` does so by itself",)
                yield Problem("the copy of this source is not pinned", (gap, copy), helps=helps)


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


CHECKS = (
    file_name, source_not_listed, fact_not_here, no_source, departure_without_source, unpinned_copy,
    gives_what_is_not_there,
)  # fmt: skip
