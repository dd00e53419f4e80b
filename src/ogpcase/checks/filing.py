"""Checks of a filing: its track and version, its filers, its grounds and its words; checks.moves judges its step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ogpcase.checks.moves import DEPART
from ogpcase.checks.scope import HEADER, Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, rule
from ogpcase.model.casefile import file_of_header, file_of_party
from ogpcase.model.codelists import Classification
from ogpcase.model.events import Concern, Event
from ogpcase.model.parties import Party
from ogpcase.model.problems import listed
from ogpcase.model.table_codes import newest_tables
from ogpcase.model.uses import route_of_party
from ogpcase.policy.procedures import (
    ClassOfFilers,
    Evidence,
    Filers,
    Procedure,
    every_procedure,
    judged_by,
    procedure_named,
    procedure_of,
    versions_of,
)


class Filing(NamedTuple):
    """A record that opens a case, and what its procedure says of who may file."""

    event: Event
    rules: Filers
    table: Procedure

    @property
    def class_given(self) -> ClassOfFilers | None:
        """The class that the record gives its filers."""
        return self.rules.named(self.event.get("filer_class"))


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
    for filing in _filings(scope):
        filers, given = tuple(_filers(scope, filing)), filing.class_given
        for route, party in filers:
            if party.classification in (given.refused if given else filing.rules.refused):
                sort = _with_article(party.classification.label)
                classes = _classifications((party,), f"is recorded as {sort}")
                yield _may_not_file(filing, sort, scope.place(filing.event, route, "this filer"), *classes)
        if given and not given.may_file and not filers:
            place = scope.place(filing.event, ("filer_class",), "this class")
            yield _may_not_file(filing, _with_article(given.label), place)


def _with_article(label: str) -> str:
    return f"{'an' if label[0] in 'AEIOU' else 'a'} {label.lower()}"


def _may_not_file(filing: Filing, sort: str, *places: Place) -> Problem:
    classes = [f"`{each.code}`" for each in filing.rules.classes if each.may_file]
    note = f"filers may be {' or '.join(classes)} ({filing.table.version_label}; {filing.rules.evidence.words})"
    helps = ("name the organisation this person wrote for, or move the person to `signatories`", DEPART)
    paper = filing.event.kind.label
    return Problem(f"{sort} may not file a {paper} on their own behalf", places, (note,), helps)


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
    for filing in _filings(scope):
        filers, given = tuple(_filers(scope, filing)), filing.class_given
        sorts: list[Classification] = [party.classification for _, party in filers]
        all_known = filers and len(filers) == len(getattr(filing.event, filing.rules.field))
        if given and all_known and not any(map(given.fits, sorts)):
            first = scope.place(filing.event, ("filer_class",), "this class")
            seconds = _classifications([party for _, party in filers], "is recorded as another class")
            helps = ("correct `filer_class`, or `classification` in the party's file",)
            yield Problem("`filer_class` does not fit any of the filers", (first, *seconds), helps=helps)


def _classifications(parties: Sequence[Party], label: str) -> tuple[Place, ...]:
    return tuple(Place(file_of_party(party.id), ("classification",), label) for party in parties)


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
        The Concern moves no case, completes another Concern, or has the ground `other`; or the rule on who may file
        is not verified.
    """
    for concern in (filing.event for filing in _filings(scope) if isinstance(filing.event, Concern)):
        named = concern.grounds or any(allegation.grounds for allegation in concern.allegations)
        opens = concern.moves_to and not concern.addendum_to
        if opens and not named and scope.sound(concern, "grounds", "allegations"):
            helps = ("name them as the paper does; if nobody has seen the paper, leave this warning",)
            yield Problem("no grounds are recorded for this Concern", (scope.gap(concern, "grounds"),), helps=helps)


@lru_cache(maxsize=1)
def _filings(scope: Scope) -> tuple[Filing, ...]:
    """Returns the records filed under a procedure whose rule on filers is verified."""
    filings = []
    for event in scope.case.events:
        table = None if event.context else judged_by(scope.case, event)
        if table is None or event.kind not in table.opening.kinds:
            continue
        rules = table.opening.filers
        if rules and rules.evidence is not Evidence.UNVERIFIED and event.get(rules.field) is not None:
            filings.append(Filing(event, rules, table))
    return tuple(filings)


def _filers(scope: Scope, filing: Filing) -> Iterator[tuple[Route, Party]]:
    field, event = filing.rules.field, filing.event
    for position, filer in enumerate(getattr(event, field) if scope.sound(event, field, "filer_class") else ()):
        party = scope.registry.parties.get(filer.party)
        if party and filer.office is None and not party.withheld:
            yield route_of_party(filer, (field, position)), party


@rule("OC421", "word-of-another-version")
def word_of_another_version(scope: Scope) -> Iterator[Problem]:
    """A stage is named by a word that the case's procedure does not have as a code.

    Why it matters
        OGP has used `inactive` for two different things. The code of a stage is the same in all versions of
        a procedure.
    Wrong
        track: response_policy  with  moves_to: [inactive]
    Right
        moves_to: [suspended]
        as_stated_status: inactive
    Not reported when
        The word is in `as_stated_status`, which keeps the source's own words; or the event has a departure with a
        source.
    """
    if scope.case.header is None:  # nothing that can be read says which procedure the case is under
        return
    procedure = procedure_of(scope.case)
    for event, code, route in _stages_named(scope):
        if code not in procedure.stage_by_code and not scope.departs(event):
            yield _foreign_code(procedure, code, scope.place(event, route))


def _stages_named(scope: Scope) -> Iterator[tuple[Event, str, Route]]:
    for event in scope.case.having("moves_to"):
        yield from ((event, code, ("moves_to", position)) for position, code in enumerate(event.moves_to))
    for field in ("requests", "milestones"):
        for event in scope.case.having(field):
            for position, request in enumerate(event.get(field)):
                if request.on_missed and request.on_missed.stage:
                    yield event, request.on_missed.stage, (field, position, "on_missed", "stage")


def _foreign_code(procedure: Procedure, code: str, place: Place) -> Problem:
    message = f"{procedure.track_label} has no stage `{code}`"
    word = next((each for each in procedure.words if each.word == code), None)
    if word is None:
        owners = dict.fromkeys(each.track_label for each in every_procedure() if code in each.stage_by_code)
        stages = [stage for stage in procedure.stages if not stage.begins]
        choices = (f"its stages are {listed(stages)}", DEPART)
        notes = (f"it belongs to {' and '.join(owners)}",) if owners else ()
        return Problem(message, (place._replace(label="a stage of another procedure"),), notes, choices)
    helps = (f"write `{word.means}`, and keep the wording of the source in `as_stated_status`",)
    return Problem(message, (place._replace(label=f"the code is `{word.means}`"),), (word.say,), helps)


@rule("OC422", "policy-version-missing")
def policy_version_missing(scope: Scope) -> Iterator[Problem]:
    """A case does not say which version of its procedure was in force when it was filed, or names none that exists.

    Why it matters
        The versions differ in bodies, words and moves. Without a version no move can be judged.
    Wrong
        track: response_policy
    Right
        track: response_policy
        policy_version: "2017"
    Not reported when
        The procedure has no versions, as Procedural Review.
    """
    header = scope.case.header
    unread = scope.case.flawed.get(HEADER, frozenset()).intersection({"policy_version", "track"})
    if header is None or unread:
        return
    known, given = versions_of(header.track), header.policy_version
    if given in known or (not known and given is None):
        return
    label = procedure_of(scope.case).track_label
    choices = " or ".join(f'`policy_version: "{version}"`' for version in known)
    helps = (f"write {choices}: the version in force at filing" if known else "delete the line",)
    file = file_of_header(scope.case.id)
    if given is None:
        place = Place(file, ("policy_version",), "`policy_version` belongs here", "missing", after=("title", "track"))
        yield Problem(f"this case does not say which version of {label} applies", (place,), helps=helps)
        return
    place = Place(file, ("policy_version",), "this version")
    yield Problem(f"{label} has no version `{given}`", (place,), helps=helps)


@rule("OC423", "case-of-another-track", Severity.WARNING)
def case_of_another_track(scope: Scope) -> Iterator[Problem]:
    """A case uses a word of another procedure.

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
    said = [
        (event, field, " ".join(words.casefold().split()))
        for event in scope.case.events
        for field in ("as_stated_status", "basis")
        if (words := getattr(event, field)) and not event.context and not scope.departs(event)
    ]
    tables = newest_tables() if header and said else ()
    for other in [procedure_named(each.name) for each in tables if header and each.track != header.track]:
        uses = [(event, field) for event, field, words in said if _is_foreign(scope, event, words, other)]
        if uses:
            label = other.track_label
            first, *rest = [scope.place(event, (field,), f"a word of {label}") for event, field in uses]
            at = Place(file_of_header(scope.case.id), ("track",), "the track of the case")
            helps = (
                f"if this is a {label}, give it a case of its own with `track: {other.track}`",
                "if the paper itself confuses the two, add `departure:` with a reason and a source",
            )
            yield Problem(f"this case uses a word of {label}", (first, at, *rest), other.phrases_say, helps)


def _is_foreign(scope: Scope, event: Event, words: str, other: Procedure) -> bool:
    """True if the words have a phrase of another track that is no word of the event's own table."""
    table = judged_by(scope.case, event)
    phrase = max((each for each in other.phrases if each in words), key=len, default=None)
    own = {stage.word.casefold() for stage in table.stages} if table else set()
    return table is not None and phrase is not None and phrase not in own


CHECKS = (
    individual_filer, filer_class_and_party_disagree, filing_without_grounds, word_of_another_version,
    policy_version_missing, case_of_another_track,
)  # fmt: skip
