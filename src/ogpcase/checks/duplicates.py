"""The check for what a case records twice, as when two people record one paper."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from difflib import SequenceMatcher

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Problem, Severity, rule
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.parties import Parties, folded

_NEAR = 0.8
"""The least likeness of two titles, from 0 to 1. A changed word or two of a title leaves more; in the cases that we
know, titles of different events of one kind and day are at most 0.77 alike."""
_COMPARED = 200
"""The most characters of a title that are compared: to compare takes the square of the length."""
_MOST = 20
"""The most earlier records that one is compared with, so that a case of many like records is checked in linear time."""


@rule("OC230", "recorded-twice", Severity.WARNING)
def recorded_twice(scope: Scope) -> Iterator[Problem]:
    """Two records of a case look like one and the same, or name the same paper as theirs.

    Why it matters
        What one paper asks, answers and decides would count twice. Often two people recorded it, each on a branch.
    Wrong
        2018-07-16-letter:   {title: A plea to the Support Unit, senders: [r3d]}
        2018-07-16-letter-2: {title: Plea to the Support Unit, senders: [r3d]}
    Right
        2018-07-16-letter:   {title: A plea to the Support Unit, senders: [r3d]}
    Not reported when
        Their kind, their day or a number in their titles differs; only one of them says who acts; those who act, or
        those addressed, have nobody in common; the titles are not alike; one of them refers to the other; or one is
        withdrawn. If both name one `paper`, only the last two count.
    """
    by_paper: dict[Hashable, Event] = {}
    alike: defaultdict[Hashable, list[Event]] = defaultdict(list)
    for event in scope.case.events:
        papers, earlier = _papers(scope, event), alike[_traits(event)]
        other = next((before for key in papers if (before := by_paper.get(key))), None)
        if other is not None and not _refer(scope.case, event, other):
            yield _problem(scope, event, other, "paper", "has the same paper as")
        elif earlier and (twin := _twin(scope, event, earlier)):
            yield _problem(scope, event, twin, "title", "looks like")
        for key in papers:
            by_paper.setdefault(key, event)
        earlier.append(event)


def _problem(scope: Scope, event: Event, other: Event, field: str, how: str) -> Problem:
    message = f"this record {how} `{other.id}`, so it may be there twice"
    places = (scope.place(event, (field,), "this record"), scope.place(other, (field,), "and this one"))
    helps = (
        "if they are one, keep all that they say in one of them, and withdraw the other",
        f"if they are two, name `{other.id}` in `follows` or another reference, or say in the titles what differs",
    )
    return Problem(message, places, helps=helps)


def _papers(scope: Scope, event: Event) -> tuple[Hashable, ...]:
    """Returns what tells the paper of an event from others: its file in `sources/`, its address, its copy's digest."""
    if event.paper is None or not scope.sound(event, "paper", "sources"):
        return ()
    named = next((source for source in event.sources if source.id == event.paper), None)
    paper = scope.case.source(event, event.paper)
    if named is None or paper is None:
        return ()
    own = () if named.is_written_out else (("id", named.id),)
    return (*own, *((name, value) for name in ("url", "file", "sha256") if (value := getattr(paper, name))))


def _traits(event: Event) -> Hashable:
    """Returns what two records of one event have in common: kind and day; a commitment's number too."""
    return event.kind, event.dated.text, event.get("number")


def _twin(scope: Scope, event: Event, earlier: list[Event]) -> Event | None:
    """Returns the first of some earlier records with the same traits that looks like the same record."""
    if event.dated.form == "unknown" or not scope.sound(event, "title", "dated", "addressees", *event.acting):
        return None
    return next((other for other in earlier[:_MOST] if _looks_like(scope.case, event, other)), None)


def _looks_like(case: CaseFile, one: Event, other: Event) -> bool:
    acting = bool(one.actors) == bool(other.actors) and _share(one.actors, other.actors)
    addressed = _share(one.get("addressees", ()), other.get("addressees", ()))
    if not acting or not addressed:
        return False
    first, second = _titles(case, one), _titles(case, other)
    return any(_alike(first[tag], second[tag]) for tag in first.keys() & second.keys()) and not _refer(case, one, other)


def _share(some: Parties, others: Parties) -> bool:
    """True if two lists of parties have one in common, or one of them is empty."""
    return not some or not others or not {one.party for one in some}.isdisjoint(other.party for other in others)


def _titles(case: CaseFile, event: Event) -> Mapping[str, str]:
    own = case.header.language if case.header else ""
    return {tag or own: folded(text)[:_COMPARED] for tag, text in event.title.by_language.items()}


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if re.findall("[0-9]+", one) != re.findall("[0-9]+", other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def _refer(case: CaseFile, one: Event, other: Event) -> bool:
    """True if one of two events refers to the other: then somebody knows of both."""
    return any(
        use.reference.event == to.id and case.owns(use.reference)
        for event, to in ((one, other), (other, one))
        for use in case.names[event.id].references
    )


CHECKS = (recorded_twice,)
