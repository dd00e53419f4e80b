"""Who files and on what: may these filers file, and does the Concern say on which grounds?

The step that a filing makes is judged in checks.moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.checks.moves import DEPART
from ogpcase.checks.scope import Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, rule
from ogpcase.model.casefile import file_of_event, file_of_party
from ogpcase.model.codelists import Classification, FilerClass, Kind
from ogpcase.model.events import Concern
from ogpcase.model.fields import fields_of
from ogpcase.model.parties import Party
from ogpcase.model.uses import route_of_party
from ogpcase.policy.lifecycle import version_of
from ogpcase.policy.version import Evidence


@rule("OC411", "individual-filer")
def individual_filer(scope: Scope) -> Iterator[Problem]:
    """A Concern is filed by a person on their own behalf.

    Why it matters
        The policy takes Concerns of three classes of filers; a person alone is of none of them.
    Wrong
        filers: [a-researcher]
    Right
        filers: [the-research-centre]
        signatories: [a-researcher]
    Not reported when
        The person files in an office that the record gives, the filers are of another class by `filer_class`, or the
        rule of that version could not be verified.
    """
    for concern in _filings(scope):
        filers = tuple(_filers(scope, concern))
        for route, party in filers:
            if party.classification is Classification.INDIVIDUAL and concern.filer_class in _A_PERSON_AMONG:
                said = _said_of((party,), "is recorded as an individual")
                yield _may_not_file(scope.place(concern, route, "this filer"), *said)
        if concern.filer_class is FilerClass.INDIVIDUAL and not filers:
            yield _may_not_file(scope.place(concern, ("filer_class",), "this class"))


_A_PERSON_AMONG = (None, FilerClass.INDIVIDUAL, FilerClass.INVOLVED_ENTITY)


def _may_not_file(*places: Place) -> Problem:
    note = (
        "filers may be a Steering Committee member, a multilateral partner, or an entity involved in OGP "
        "in the country concerned (Response Policy page, rule verified: P)"
    )
    helps = ("name the organisation this person wrote for, or move the person to `signatories`", DEPART)
    return Problem("an individual may not file a Concern on their own behalf", places, (note,), helps)


@rule("OC412", "filer-class-and-party-disagree")
def filer_class_and_party_disagree(scope: Scope) -> Iterator[Problem]:
    """A Concern gives its filers a class that their own files speak against.

    Why it matters
        Whether a Concern may be taken up depends on who files it; two records say two things.
    Wrong
        filer_class: individual  with filers that are all organisations
    Right
        filer_class: involved_entity  with filers that are organisations
    Not reported when
        A filer is unknown, has no readable file, or fits the class.
    """
    for concern in _filings(scope):
        filers = tuple(_filers(scope, concern))
        clash = filers and len(filers) == len(concern.filers) and all(_clashes(concern, party) for _, party in filers)
        if clash:
            first = scope.place(concern, ("filer_class",), "this class")
            seconds = _said_of([party for _, party in filers], "is recorded as of another sort")
            helps = ("correct `filer_class`, or `classification` in the party's file",)
            yield Problem("`filer_class` does not fit any of the filers", (first, *seconds), helps=helps)


def _said_of(parties: Sequence[Party], label: str) -> tuple[Place, ...]:
    """Returns where parties' files say what sort they are."""
    return tuple(Place(file_of_party(party.id), ("classification",), label) for party in parties)


def _clashes(concern: Concern, party: Party) -> bool:
    sort = party.classification
    if concern.filer_class is FilerClass.INDIVIDUAL:
        return sort is not Classification.INDIVIDUAL
    if concern.filer_class is FilerClass.MULTILATERAL_PARTNER:
        return sort in {Classification.INDIVIDUAL, Classification.GOVERNMENT, Classification.MEDIA}
    return False


@rule("OC413", "filing-without-grounds", Severity.WARNING)
def filing_without_grounds(scope: Scope) -> Iterator[Problem]:
    """A Concern that opens a case names no grounds, neither as a whole nor for an allegation.

    Why it matters
        The grounds are what the Concern is held against; without them cases cannot be compared.
    Wrong
        kind: concern  moves_to: [initial_review]
    Right
        kind: concern  moves_to: [initial_review]  grounds: [civic_space]
    Not reported when
        The paper does not move the case, completes another, or says `other`.
    """
    for concern in _filings(scope):
        named = concern.grounds or any(each.grounds for each in concern.allegations)
        if (
            concern.moves_to
            and not concern.addendum_to
            and not named
            and scope.sound(concern, "grounds", "allegations")
        ):
            file = file_of_event(scope.case.id, concern.id)
            place = Place(file, ("grounds",), "`grounds` belongs here", "missing", after=_BEFORE_GROUNDS)
            helps = ("name them as the paper does; where the paper was not seen, this stays open",)
            yield Problem("no grounds are recorded for this Concern", (place,), helps=helps)


_NAMES = tuple(field.name for field in fields_of(Kind.CONCERN))
_BEFORE_GROUNDS = _NAMES[: _NAMES.index("grounds")]


def _filings(scope: Scope) -> Iterator[Concern]:
    """Yields the Concerns filed under a version whose rule on filers is verified."""
    for event in scope.case.events:
        version = version_of(scope.case, event) if isinstance(event, Concern) and not event.context else None
        if isinstance(event, Concern) and version and version.filers.evidence is not Evidence.UNVERIFIED:
            yield event


def _filers(scope: Scope, concern: Concern) -> Iterator[tuple[Route, Party]]:
    """Yields the filers that have a readable file, no office they act in, and no pseudonym."""
    for position, filer in enumerate(concern.filers if scope.sound(concern, "filers", "filer_class") else ()):
        party = scope.registry.parties.get(filer.party)
        if party and filer.office is None and not party.withheld:
            yield route_of_party(filer, ("filers", position)), party


CHECKS = (individual_filer, filer_class_and_party_disagree, filing_without_grounds)
