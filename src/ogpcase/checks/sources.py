"""Checks of a case's sources: each id means one text, and each file of a text is named."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import FirstSlips, Place, Problem, Severity, did_you_mean, rule
from ogpcase.diagnostics.visible_text import command
from ogpcase.model.casefile import file_of_event, file_of_source
from ogpcase.model.events import Event
from ogpcase.model.sources import TEXT_FIELDS


@rule("OC510", "unknown-source")
def unknown_source(scope: Scope) -> Iterator[Problem]:
    """An event names a source that has no file in the case's `sources/`.

    Why it matters
        Nobody can look the facts up.
    Wrong
        sources: [case-pag]
    Right
        sources: [case-page]  and a file  sources/case-page.yaml
    Not reported when
        The source has a file, even an unreadable one, or is written out in the event.
    """
    case = scope.case
    slips = FirstSlips()
    for event in case.having("sources"):
        for position, source in enumerate(event.sources):
            if source.id in case.sources or source.is_written_out or source.id in case.sources_not_read:
                continue
            meant = did_you_mean(source.id, case.sources) if slips.has(event.id) else ()
            add = command("ogpcase add-source", case.id, source.id)
            place = scope.place(event, ("sources", position), "no file in `sources/`")
            helps = (*meant, f"add it: `{add}`, or write it out here: `{{id: {source.id}, title: …, url: …}}`")
            yield Problem(f"{case.id} has no source `{source.id}`", (place,), helps=helps)


@rule("OC511", "source-id-is-taken")
def source_id_is_taken(scope: Scope) -> Iterator[Problem]:
    """A source that an event writes out has the id of a file in the case's `sources/`.

    Why it matters
        One id would mean two texts.
    Wrong
        sources: [{id: case-page, title: …}]  and a file  sources/case-page.yaml
    Right
        sources: [case-page]
    Not reported when
        The event only names the file: `case-page`, or `{id: case-page, gives: […]}`.
    """
    for event, position, source in scope.case.written_out:
        if source.id in scope.case.sources:
            place = scope.place(event, ("sources", position), "written out here")
            file = Place(file_of_source(scope.case.id, source.id), (), "and in this file")
            helps = (f"if both are one text, write `{source.id}` here", "else give this one an id of its own")
            yield Problem(f"the source `{source.id}` is written out although it has a file", (place, file), helps=helps)


@rule("OC512", "source-id-of-two-texts", Severity.WARNING)
def source_id_of_two_texts(scope: Scope) -> Iterator[Problem]:
    """Two events write out different sources under the same id.

    Why it matters
        Readers, and everything that names a source of the case by its id, would take the two texts for one.
    Wrong
        sources: [{id: letter, title: The letter of May}]  and elsewhere  sources: [{id: letter, title: The reply}]
    Right
        sources: [{id: letter-of-may, title: The letter of May}]  and  sources: [{id: reply, title: The reply}]
    Not reported when
        Both write out the same text. `validate --fix` moves such a text into a file of its own.
    """
    first: dict[str, tuple[Event, int, tuple[object, ...]]] = {}
    for event, position, source in scope.case.written_out:
        text = _text_of(vars(source))
        before, at, other = first.setdefault(source.id, (event, position, text))
        if before is not event and other != text:
            place = scope.place(event, ("sources", position), "another text has this id")
            earlier = Place(file_of_event(scope.case.id, before.id), ("sources", at), "this one")
            helps = ("give one of them another id; `validate --fix` does so",)
            yield Problem(f"two texts have the id `{source.id}`", (place, earlier), helps=helps)


_text_of = itemgetter(*TEXT_FIELDS)
"""Returns, of the values of a source, those that say which text it is."""


@rule("OC513", "unused-source", Severity.WARNING)
def unused_source(scope: Scope) -> Iterator[Problem]:
    """No event names a file of the case's `sources/`.

    Why it matters
        Either a fact lost its source, or the file was forgotten.
    Wrong
        sources/case-page.yaml  and no event with  case-page  in its `sources`
    Right
        sources: [case-page]
    Not reported when
        An event names the source, or an event of the case, or its sources, cannot be read.
    """
    case = scope.case
    if case.unreadable or any("sources" in flawed for flawed in case.flawed.values()):
        return
    named = {source.id for event in case.records for source in event.sources}
    for name in case.sources:
        if name not in named:
            helps = ("name it in the event whose facts it states, or delete the file",)
            yield Problem("no event names this source", (Place(file_of_source(case.id, name)),), helps=helps)


CHECKS = (unknown_source, source_id_is_taken, source_id_of_two_texts, unused_source)
