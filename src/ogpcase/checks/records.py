"""One record at a time: is the file called what it holds, and do its own parts name each other rightly?

The shape of a record is judged in model.bind; what it says of other records in the other checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import FirstSlips, Problem, Route, nearest, rule
from ogpcase.model.codelists import Kind
from ogpcase.model.events import Event
from ogpcase.model.fields import known_names, names_of
from ogpcase.model.problems import listed

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
            place = scope.place(event, (field,), f"the file is called `{event.id}`")
            mend = ("if the name is right, mend `dated`",) if field == "dated" and not undated else ()
            helps = (f"call the file `{right}.yaml`, also where other records refer to it", *mend)
            yield Problem(_disagreement(event, wanted, field), (place,), helps=helps)


def _disagreement(event: Event, wanted: str, field: str) -> str:
    if event.id == wanted:
        return "the file name of an undated record says only its kind"
    return f"the file name and `{field}` disagree"


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
        for route, name in _sources_named(event):
            there = any(source.id == name for source in event.sources)
            if not there and scope.sound(event, "sources", str(route[0])):
                known = [source.id for source in event.sources]
                near = nearest(name, known) if slips.has(event.id) else None
                those = (f"the sources here are {listed(known)}",) if known else ("list it under `sources`",)
                helps = (f"did you mean `{near}`?",) if near else those
                place = scope.place(event, route, "not listed under `sources`")
                yield Problem(f"this record has no source `{name}`", (place,), helps=helps)


def _sources_named(event: Event) -> Iterator[tuple[Route, str]]:
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


CHECKS = (file_name, source_not_listed, fact_not_here)
