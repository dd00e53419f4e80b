"""What a case is filed under, by whom and on what: its track and version, its filers, its grounds.

The step that a filing makes is judged in checks.moves, and a stage's word of another version in model.problems.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ogpcase.checks.moves import DEPART
from ogpcase.checks.scope import HEADER, Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, rule
from ogpcase.model.casefile import file_of_header, file_of_party
from ogpcase.model.codelists import Classification, FilerClass, Track
from ogpcase.model.events import Concern, Event
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
        opens = concern.moves_to and not concern.addendum_to
        if opens and not named and scope.sound(concern, "grounds", "allegations"):
            helps = ("name them as the paper does; where the paper was not seen, this stays open",)
            yield Problem("no grounds are recorded for this Concern", (scope.gap(concern, "grounds"),), helps=helps)


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


@rule("OC422", "policy-version-missing")
def policy_version_missing(scope: Scope) -> Iterator[Problem]:
    """A case under the Response Policy does not say which version of the policy was in force when it was filed.

    Why it matters
        The versions differ in bodies, words and moves; without one, no move can be judged.
    Wrong
        track: response_policy
    Right
        track: response_policy
        policy_version: "2017"
    Not reported when
        The case is under another track.
    """
    header = scope.case.header
    unread = scope.case.flawed.get(HEADER, frozenset()).intersection({"policy_version", "track"})
    if header and header.track is Track.RESPONSE_POLICY and header.policy_version is None and not unread:
        place = Place(
            file_of_header(scope.case.id), ("policy_version",), "`policy_version` belongs here", "missing",
            after=("title", "track"),
        )  # fmt: skip
        helps = ('write `policy_version: "2014"` or `policy_version: "2017"`: the one in force at filing',)
        yield Problem("this case does not say which version of the policy it is under", (place,), helps=helps)


@rule("OC423", "case-of-another-track", Severity.WARNING)
def case_of_another_track(scope: Scope) -> Iterator[Problem]:
    """A case under the Response Policy speaks of its steps in the words of another procedure.

    Why it matters
        Three procedures run beside each other and are often taken for one another: Turkey and El Salvador were
        declared inactive after Procedural Reviews. Under the wrong one every step is held against the wrong rules.
    Wrong
        track: response_policy  policy_version: "2017"  with  as_stated_status: inactive
    Right
        track: procedural_review
    Not reported when
        The word is the 2014 version's own, as `inactive` was; the record is context; or it carries a departure with a
        source.
    """
    header = scope.case.header
    if header is None or header.track is not Track.RESPONSE_POLICY:
        return
    for track in (Track.PROCEDURAL_REVIEW, Track.RAPID_RESPONSE):
        said = [each for each in _foreign_words(scope, track) if not scope.departs(each[0])]
        if said:
            places = [scope.place(event, (field,), f"a word of {track.label}") for event, field in said]
            first, *rest = places
            at = Place(file_of_header(scope.case.id), ("track",), "the case is said to be under this one")
            helps = (
                f"if this is a {track.label}, give it a case of its own with `track: {track}`",
                "if the paper itself mixes the two up, add `departure:` with a reason and a source",
            )
            message = f"this case uses a word of {track.label}"
            yield Problem(message, (first, at, *rest), _WHOSE[track], helps)


_WORDS = {
    Track.PROCEDURAL_REVIEW: re.compile(r"inactive|contrary to (?:the )?(?:ogp )?process|procedural review"),
    Track.RAPID_RESPONSE: re.compile(r"rapid response(?: mechanism| protocol| policy)?"),
}
_WHOSE = {
    Track.PROCEDURAL_REVIEW: (
        "a Procedural Review finds that a country acted contrary to process, and may declare it `inactive`",
        "since 2017 the Response Policy's own word is `suspended`",
    ),
    Track.RAPID_RESPONSE: (
        "the Rapid Response Mechanism of 2018, and the Protocol that replaced it in 2020, end in a public position",
    ),
}


def _foreign_words(scope: Scope, track: Track) -> Iterator[tuple[Event, str]]:
    """Yields the events, with the field, whose source's own word or clause is one of another track."""
    for event in scope.case.events:
        for field in ("as_stated_status", "basis"):
            said = getattr(event, field)
            if said is None:
                continue
            version = version_of(scope.case, event)
            words = " ".join(said.casefold().split())
            found = _WORDS[track].search(words)
            own = version is None or any(found and found[0] == each.word.casefold() for each in version.words)
            if found and not own and not event.context:
                yield event, field


CHECKS = (
    individual_filer, filer_class_and_party_disagree, filing_without_grounds, policy_version_missing,
    case_of_another_track,
)  # fmt: skip
