"""Checks of a filing: its track and version, its filers and its grounds; checks.moves judges its step."""

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
        The policy accepts Concerns from three classes of filers. A person alone is in none of them.
    Wrong
        filers: [a-researcher]
    Right
        filers: [the-research-centre]
        signatories: [a-researcher]
    Not reported when
        The record gives the person's office, `filer_class` gives another class, or that version's rule is not verified.
    """
    for concern in _filings(scope):
        filers = tuple(_filers(scope, concern))
        for route, party in filers:
            if party.classification is Classification.INDIVIDUAL and concern.filer_class in _A_PERSON_AMONG:
                classes = _classifications((party,), "is recorded as an individual")
                yield _may_not_file(scope.place(concern, route, "this filer"), *classes)
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
    """The class that a Concern gives its filers contradicts the files of all filers.

    Why it matters
        Whether OGP may accept a Concern depends on who files it.
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
            seconds = _classifications([party for _, party in filers], "is recorded as another class")
            helps = ("correct `filer_class`, or `classification` in the party's file",)
            yield Problem("`filer_class` does not fit any of the filers", (first, *seconds), helps=helps)


def _classifications(parties: Sequence[Party], label: str) -> tuple[Place, ...]:
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
    """A Concern that opens a case names no grounds, and none of its allegations does.

    Why it matters
        OGP assesses a Concern by its grounds. Without them cases cannot be compared.
    Wrong
        kind: concern  moves_to: [initial_review]
    Right
        kind: concern  moves_to: [initial_review]  grounds: [civic_space]
    Not reported when
        The Concern moves no case, completes another Concern, or has the ground `other`.
    """
    for concern in _filings(scope):
        named = concern.grounds or any(allegation.grounds for allegation in concern.allegations)
        opens = concern.moves_to and not concern.addendum_to
        if opens and not named and scope.sound(concern, "grounds", "allegations"):
            helps = ("name them as the paper does; if nobody has seen the paper, leave this warning",)
            yield Problem("no grounds are recorded for this Concern", (scope.gap(concern, "grounds"),), helps=helps)


def _filings(scope: Scope) -> Iterator[Concern]:
    """Yields the Concerns filed under a version whose rule on filers is verified."""
    for event in scope.case.events:
        version = version_of(scope.case, event) if isinstance(event, Concern) and not event.context else None
        if isinstance(event, Concern) and version and version.filers.evidence is not Evidence.UNVERIFIED:
            yield event


def _filers(scope: Scope, concern: Concern) -> Iterator[tuple[Route, Party]]:
    for position, filer in enumerate(concern.filers if scope.sound(concern, "filers", "filer_class") else ()):
        party = scope.registry.parties.get(filer.party)
        if party and filer.office is None and not party.withheld:
            yield route_of_party(filer, ("filers", position)), party


@rule("OC422", "policy-version-missing")
def policy_version_missing(scope: Scope) -> Iterator[Problem]:
    """A case under the Response Policy does not say which version of the policy was in force when it was filed.

    Why it matters
        The versions differ in bodies, words and moves. Without a version no move can be judged.
    Wrong
        track: response_policy
    Right
        track: response_policy
        policy_version: "2017"
    Not reported when
        The case has another track.
    """
    header = scope.case.header
    unread = scope.case.flawed.get(HEADER, frozenset()).intersection({"policy_version", "track"})
    if header and header.track is Track.RESPONSE_POLICY and header.policy_version is None and not unread:
        place = Place(
            file_of_header(scope.case.id), ("policy_version",), "`policy_version` belongs here", "missing",
            after=("title", "track"),
        )  # fmt: skip
        helps = ('write `policy_version: "2014"` or `policy_version: "2017"`: the version in force at filing',)
        yield Problem("this case does not say which version of the policy applies", (place,), helps=helps)


@rule("OC423", "case-of-another-track", Severity.WARNING)
def case_of_another_track(scope: Scope) -> Iterator[Problem]:
    """A case under the Response Policy uses a word of another procedure.

    Why it matters
        OGP has three procedures that people often confuse: Turkey and El Salvador were declared inactive after
        Procedural Reviews. Under the wrong track every step is judged by the wrong rules.
    Wrong
        track: response_policy  policy_version: "2017"  with  as_stated_status: inactive
    Right
        track: procedural_review
    Not reported when
        The 2014 version has the word too, as `inactive`; the record is context; or it has a departure with a source.
    """
    header = scope.case.header
    if header is None or header.track is not Track.RESPONSE_POLICY:
        return
    for track in (Track.PROCEDURAL_REVIEW, Track.RAPID_RESPONSE):
        uses = [(event, field) for event, field in _foreign_words(scope, track) if not scope.departs(event)]
        if uses:
            first, *rest = [scope.place(event, (field,), f"a word of {track.label}") for event, field in uses]
            at = Place(file_of_header(scope.case.id), ("track",), "the track of the case")
            helps = (
                f"if this is a {track.label}, give it a case of its own with `track: {track}`",
                "if the paper itself confuses the two, add `departure:` with a reason and a source",
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
    """Yields each event whose source uses a word or clause of another track, with the field."""
    for event in scope.case.events:
        for field in ("as_stated_status", "basis"):
            value = getattr(event, field)
            if value is None:
                continue
            version = version_of(scope.case, event)
            match = _WORDS[track].search(" ".join(value.casefold().split()))
            own = version is None or any(match and match[0] == word.word.casefold() for word in version.words)
            if match and not own and not event.context:
                yield event, field


CHECKS = (
    individual_filer, filer_class_and_party_disagree, filing_without_grounds, policy_version_missing,
    case_of_another_track,
)  # fmt: skip
