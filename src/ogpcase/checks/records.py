"""Checks of single records: the file's name, and the sources of each fact. model.bind judges a record's shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ogpcase.checks.scope import Folder, Scope
from ogpcase.diagnostics import FileId, FirstSlips, Place, Problem, Route, Severity, did_you_mean, rule
from ogpcase.model.casefile import file_of_party
from ogpcase.model.codelists import Kind
from ogpcase.model.events import Event
from ogpcase.model.parties import Party
from ogpcase.model.problems import listed
from ogpcase.model.questions import known_names, names_of, questions_of
from ogpcase.model.sources import Source

_DIGITS = re.compile(r"(?:undated|[0-9]{4}(?:-[0-9]{2}){0,2})(?:-|$)")
_WORDS = {kind: kind.replace("_", "-") for kind in Kind}
"""The kinds as file names write them."""


@rule("OC212", "file-name")
def file_name(scope: Scope) -> Iterator[Problem]:
    """The name of an event's file is not its date and kind.

    Why it matters
        The name is the event's id, and people read the list of files as the course of the case.
    Wrong
        2018-07-15-concern.yaml  with  dated: 2018-07-16
    Right
        2018-07-16-concern.yaml  with  dated: 2018-07-16
    Not reported when
        The name begins with the known part of the date, as 2018-07-letter-reply for 2018-07-XX.
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
                message = "the file name of an undated record gives only its kind"
            place = scope.place(event, (field,), f"the file is called `{event.id}`")
            correct = ("if the name is right, correct `dated`",) if field == "dated" and not undated else ()
            helps = (f"rename the file to `{right}.yaml`, also in references to it", *correct)
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
    """A fact names a source that is not in the record's `sources`.

    Why it matters
        Nobody can look the fact up.
    Wrong
        also_dated: [{value: 2018-07-15, source: tor}]
        sources: [{id: case-page, url: …}]
    Right
        also_dated: [{value: 2018-07-15, source: tor}]
        sources: [{id: case-page, url: …}, {id: tor, url: …}]
    Not reported when
        The source is listed, with or without a copy.
    """
    slips = FirstSlips()
    naming = (event for event in scope.case.events if not event.model_fields_set.isdisjoint(_WITH_SOURCE))
    for event in naming:
        for route, name in sources_named(event):
            is_listed = any(source.id == name for source in event.sources)
            if not is_listed and scope.sound(event, "sources", str(route[0])):
                known = [source.id for source in event.sources]
                meant = did_you_mean(name, known) if slips.has(event.id) else ()
                helps = meant or ((f"the sources here are {listed(known)}",) if known else ("list it under `sources`",))
                if name in scope.case.sources:
                    helps = (f"list it too: `sources: [{', '.join([*known, name])}]`",)
                place = scope.place(event, route, "not listed under `sources`")
                yield Problem(f"this record has no source `{name}`", (place,), helps=helps)


_ITEMS_WITH_SOURCE = ("also_dated", "also_stated", "assessments")
"""The fields of an event whose items may name one of its sources."""
_SOURCES = ("paper", "told_by")
"""The fields that may hold the id of one."""
_WITH_SOURCE = frozenset({*_ITEMS_WITH_SOURCE, "departure", *_SOURCES})


def sources_named(event: Event) -> Iterator[tuple[Route, str]]:
    """Yields the id of each source that a fact of an event names, with its route."""
    for field in _ITEMS_WITH_SOURCE:
        for position, fact in enumerate(event.get(field, ())):
            if fact.source is not None:
                yield (field, position, "source"), fact.source
    for position, departure in enumerate(event.departure):
        for at, name in enumerate(departure.sources):
            yield ("departure", position, "sources", at), name
    for field in _SOURCES:
        if (named := getattr(event, field)) is not None:
            yield (field,), named


@rule("OC214", "fact-not-here")
def fact_not_here(scope: Scope | Folder) -> Iterator[Problem]:
    """The `gives` of a source, `also_stated` or `inferred` names a field that this kind of record does not have.

    Why it matters
        No view can show it beside a fact.
    Wrong
        sources: [{id: page, url: …, gives: [date]}]
    Right
        sources: [{id: page, url: …, gives: [dated]}]
    Not reported when
        The kind has the field, or the name is an item, as `requests#shelter`.
    """
    slips = FirstSlips()
    if isinstance(scope, Folder):
        of_party = [field.name for field in questions_of(Party)]
        for _, route, name, file in _party_facts(scope):
            if name not in of_party:
                yield _no_field("a party", name, of_party, Place(file, route, "no field of this record"), slips)
        return
    stated: Iterator[tuple[Event, Route, str]] = (
        (event, ("also_stated", at, "field"), own.field)
        for event in scope.case.having("also_stated")
        for at, own in enumerate(event.also_stated)
    )
    for event, route, name in (*stated, *_facts_not_plain(scope)):
        if name.partition("#")[0] not in known_names(event.kind):
            place, known = scope.place(event, route, "no field of this record"), names_of(event.kind)
            yield _no_field(f"`{event.kind}`", name, known, place, slips)


def _no_field(what: str, name: str, known: Sequence[str], place: Place, slips: FirstSlips) -> Problem:
    helps = (did_you_mean(name, known) if slips.has(place.file) else ()) or (f"{what} has: {listed(known)}",)
    return Problem(f"{what} has no field `{name}`", (place,), helps=helps)


def _party_facts(folder: Folder) -> Iterator[tuple[Party, Route, str, FileId]]:
    """Yields the fields that a source of a party gives, each with the party, its route and the party's file."""
    for party in folder.registry.parties.values():
        for position, source in enumerate(party.sources):
            for at, name in enumerate(source.gives):
                yield party, ("sources", position, "gives", at), name, file_of_party(party.id)


@lru_cache(maxsize=1)
def _facts_not_plain(scope: Scope) -> tuple[tuple[Event, Route, str], ...]:
    """Returns what a source gives or what is inferred, unless it is a field of the event with a value."""
    found: list[tuple[Event, Route, str]] = []
    for event in scope.case.having("sources"):
        known, own = known_names(event.kind), vars(event)
        for position, source in enumerate(event.sources):
            for at, name in enumerate(source.gives):
                if name not in known or not own.get(name):
                    found.append((event, ("sources", position, "gives", at), name))
    for event in scope.case.having("inferred"):
        found += [(event, ("inferred", at), name) for at, name in enumerate(event.inferred)]
    return tuple(found)


@rule("OC501", "no-source", Severity.WARNING)
def no_source(scope: Scope) -> Iterator[Problem]:
    """An event names no source.

    Why it matters
        Nobody can check a fact without a source.
    Wrong
        sources: []
    Right
        sources: [{id: case-page, url: …, retrieved: 2026-11-21}]
    Not reported when
        The event has at least one source.
    """
    for event in scope.case.events:
        if not event.sources and scope.sound(event, "sources"):
            helps = ("name the source: `sources: [{id: …, url: …}]`",)
            yield Problem("this event names no source", (scope.gap(event, "sources"),), helps=helps)


@rule("OC502", "departure-without-source")
def departure_without_source(scope: Scope) -> Iterator[Problem]:
    """A departure names no source.

    Why it matters
        A departure lets a case file record a true step that the policy does not permit. Without a source it could
        excuse any step, so it lifts no problem.
    Wrong
        departure: [{because: The committee decided by letter}]
    Right
        departure: [{because: The committee decided by letter, sources: [copy]}]
    Not reported when
        It names a source. Another check reports a source that is not listed.
    """
    for event in scope.case.having("departure"):
        for position, departure in enumerate(event.departure):
            if not departure.sources:
                place = scope.place(event, ("departure", position), "no `sources`")
                known = ", ".join(source.id for source in event.sources) or "…"
                helps = (f"name the source that shows it: `sources: [{known}]`",)
                yield Problem("this departure names no source", (place,), helps=helps)


@rule("OC503", "unpinned-copy", Severity.WARNING)
def unpinned_copy(scope: Scope) -> Iterator[Problem]:
    """A source has a copy in the case's folder, but no `sha256`.

    Why it matters
        Nobody would notice a change of the copy.
    Wrong
        sources: [{id: copy, file: sources/letter.pdf}]
    Right
        sources: [{id: copy, file: sources/letter.pdf, sha256: 9f86d081…}]
    Not reported when
        The source has a `sha256`. Another check compares it with the copy.
    """
    for source, file, route in scope.case.kept_copies:
        if source.sha256 is None:
            copy = Place(file, (*route, "file"), "this copy")
            gap = Place(file, (*route, "sha256"), "`sha256` belongs here", "missing", after=_BEFORE_DIGEST)
            helps = ("add its SHA-256 as `sha256`; `--source-file` does so automatically",)
            yield Problem("the copy of this source has no `sha256`", (gap, copy), helps=helps)


_BEFORE_DIGEST = tuple(name for name in Source.model_fields if name != "sha256")


@rule("OC504", "gives-what-is-not-there", Severity.WARNING)
def gives_what_is_not_there(scope: Scope | Folder) -> Iterator[Problem]:
    """The `gives` of a source, or `inferred`, names a fact that the record does not have.

    Why it matters
        Either the fact was forgotten, or another one is meant.
    Wrong
        sources: [{id: page, url: …, gives: [dated, received]}]  without  received
    Right
        received: 2018-09-04
        sources: [{id: page, url: …, gives: [dated, received]}]
    Not reported when
        The record has the field. Another check reports a name that is not a field of the kind.
    """
    if isinstance(scope, Folder):
        known = {field.name for field in questions_of(Party)}
        for party, route, name, file in _party_facts(scope):
            if name in known and party.id not in scope.registry.flawed and not getattr(party, name):
                yield _not_there(name, Place(file, route, "not in this record"), "for this source to give")
        return
    for event, route, name in _facts_not_plain(scope):
        if not _has(scope, event, name):
            place = scope.place(event, route, "not in this record")
            yield _not_there(name, place, "for this source to give" if route[0] == "sources" else "to infer")


def _not_there(name: str, place: Place, wanted_for: str) -> Problem:
    helps = (f"add `{name.partition('#')[0]}`, or remove it from `{place.route[-2]}`",)
    return Problem(f"the record has no `{name}` {wanted_for}", (place,), helps=helps)


def _has(scope: Scope, event: Event, name: str) -> bool:
    """True if the record has the field or item, if this is not known, or if the kind does not have the field."""
    field, mark, item = name.partition("#")
    if field == "kind" or field not in known_names(event.kind) or not scope.sound(event, field):
        return True
    if not mark:
        return bool(getattr(event, field))
    items = getattr(event, field)
    if not isinstance(items, tuple) or field == "sources":
        return bool(items)
    return any(getattr(own, "id", item) == item for own in items)


CHECKS = (
    file_name, source_not_listed, fact_not_here, no_source, departure_without_source, unpinned_copy,
    gives_what_is_not_there,
)  # fmt: skip
FOLDER_CHECKS = (fact_not_here, gives_what_is_not_there)
