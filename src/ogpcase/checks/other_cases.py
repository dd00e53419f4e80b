"""Cases that records point to: does the folder have them?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import FirstSlips, Place, Problem, nearest, rule
from ogpcase.model.casefile import file_of_header


@rule("OC319", "unknown-case")
def unknown_case(scope: Scope) -> Iterator[Problem]:
    """A reference, or the header's `related`, names a case that the folder does not have.

    Why it matters
        What happened there cannot be followed from here.
    Wrong
        cites: [mexico-2032/2023-01-letter-request]
    Right
        cites: [mexico-2023/2023-01-letter-request]
    Not reported when
        A related case is elsewhere, and its `title` or `url` says what it is.
    """
    related = scope.case.header.related if scope.case.header else ()
    header = (
        (str(each.case), Place(file_of_header(scope.case.id), ("related", position, "case"), "no folder of this name"))
        for position, each in enumerate(related)
        if each.case and not each.title and not each.url
    )
    events = (
        (str(use.reference.case), scope.place(event, use.route, "no folder of this name"))
        for event, use in scope.references
        if use.reference.case
    )
    slips = FirstSlips()
    for name, place in chain(header, events):
        if name != scope.case.id and name not in scope.others:
            others = (each for each in scope.others if each != scope.case.id)
            near = nearest(name, others) if slips.has(place.file) else None
            helps = (
                (f"did you mean `{near}`?",) if near else ("a case elsewhere has a `title` or a `url` in `related`",)
            )
            yield Problem(f"no case is called `{name}`", (place,), helps=helps)


CHECKS = (unknown_case,)
