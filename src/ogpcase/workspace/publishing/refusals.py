"""The checks that compare a folder with its public copy; checks.publication judges single records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ogpcase.checks.publication import leaves_out
from ogpcase.diagnostics import Check, FileId, Place, Problem, Route, Severity, rule
from ogpcase.model.casefile import CaseFile, file_of_event, file_of_party
from ogpcase.model.codelists import Classification
from ogpcase.model.events import Concern, Event
from ogpcase.model.spans import bounds_in_words
from ogpcase.workspace.publishing import false_claims as claims
from ogpcase.workspace.publishing.copying import PublicCopy, parties_named
from ogpcase.workspace.publishing.records import Records, strings_of
from ogpcase.workspace.publishing.searching import Hit, Search, Term

Pair = tuple[CaseFile, CaseFile]
"""A case, and its copy."""

_CREDENTIALS = re.compile(
    r"token|secret|passw|pwd|signature|\bsig\b|api_?key|\bkey\b|session|\bsid\b|auth|credential", re.IGNORECASE
)
"""Names of URL parameters that contain credentials."""
_FEW = 3
"""With fewer parties of a class and country, each could be identified."""


@rule("OC602", "withheld-name-in-the-copy")
def withheld_name_in_the_copy(place: Place, whose: str) -> Iterator[Problem]:
    """A text of the copy would contain the name of a withheld party.

    Why it matters
        The pseudonym hides the party, but this text names it.
    Wrong
        parties/a-witness.yaml: withhold: {pseudonym: witness-a}  and  summary: A. Witness reported the raid.
    Right
        the same party, and  summary: A witness reported the raid.
    Not reported when
        The text is withheld too, or the name is only part of a word.
    """
    notes = (f"it belongs to `{whose}`",)
    helps = ("write it without the name, or withhold this text too",)
    yield Problem("a withheld name would be published here", (place,), notes=notes, helps=helps)


@rule("OC603", "withheld-text-in-the-copy")
def withheld_text_in_the_copy(place: Place, whose: str) -> Iterator[Problem]:
    """A text of the copy would contain words that a record withholds.

    Why it matters
        Everybody could read the withheld words there.
    Wrong
        withhold: [summary]  and five words of that summary in another event's  title
    Right
        withhold: [summary]  and other words in the other event's  title
    Not reported when
        The words are fewer than five in a row and not a whole text of twelve characters; or all of them are in the name
        of a published party or the title of a case.
    """
    notes = (f"`{whose}` withholds them",)
    helps = ("write it in other words, or withhold this text too",)
    yield Problem("withheld words would be published here", (place,), notes=notes, helps=helps)


@rule("OC604", "withheld-record-named-in-the-copy")
def withheld_record_named_in_the_copy(place: Place, whose: str) -> Iterator[Problem]:
    """A text of the copy would contain the id of a withheld record, or of a record whose date is withheld.

    Why it matters
        An id begins with the date, and often says what the record is about.
    Wrong
        2023-02-01-letter-from-within is withheld, and another event's summary names 2023-02-01-letter-from-within
    Right
        the summary without the id
    Not reported when
        The id is in a reference, which gets the record's new id.
    """
    notes = (f"it is the id of `{whose}`",)
    helps = ("write it without the id",)
    yield Problem("the id of a withheld record would be published here", (place,), notes=notes, helps=helps)


@rule("OC614", "term-that-is-never-published")
def term_that_is_never_published(place: Place, number: str) -> Iterator[Problem]:
    """The copy would contain a term of `never_publish.txt`.

    Why it matters
        Somebody decided that no copy may contain it.
    Wrong
        never_publish.txt: Shelter Street  and  summary: They met at Shelter Street.
    Right
        summary: They met at a safe place.
    Not reported when
        The term is only part of a word, or is in a withheld text.
    """
    notes = (f"it is in line {number} of that list",)
    helps = ("write it without the term, or withhold this text",)
    yield Problem("a term of `never_publish.txt` would be published here", (place,), notes=notes, helps=helps)


@rule("OC615", "person-without-a-decision")
def person_without_a_decision(party: str, places: tuple[Place, ...]) -> Iterator[Problem]:
    """A published record names a person whose file has neither `publish` nor `withhold`.

    Why it matters
        Somebody must decide about each person before the name becomes public.
    Wrong
        classification: individual
    Right
        classification: individual  and  publish: {because: office}  or  withhold: {pseudonym: witness-a}
    Not reported when
        The party is not an individual, has one of the two fields, or no published record names it.
    """
    decide = f"`ogpcase set {party} publish '{{because: office}}'`"
    helps = (
        f"say why the person may be named, `office`, `publisher` or `consent`: {decide}",
        f"or give a pseudonym: `ogpcase set {party} withhold '{{pseudonym: person-a}}'`",
    )
    yield Problem("it is not decided whether this person may be named in public", places, helps=helps)


@rule("OC616", "address-with-credentials")
def address_with_credentials(place: Place) -> Iterator[Problem]:
    """A web address contains a password, a token, a key or a signature.

    Why it matters
        Everybody who reads the copy could use it.
    Wrong
        url: https://example.org/file?token=9f86d081884c
    Right
        url: https://example.org/file
    Not reported when
        The address has no user or password, and no parameter with such a name.
    """
    helps = ("write the address without it, or withhold the address",)
    yield Problem("this address contains a password, a token, a key or a signature", (place,), helps=helps)


@rule("OC617", "stage-that-is-not-so")
def stage_that_is_not_so(case_id: str, claim: claims.Claim) -> Iterator[Problem]:
    """On some day the copy would show a case in a wrong stage as certain.

    Why it matters
        A copy may say less than the folder, but nothing false.
    Wrong
        withhold: [published]  in a report that was received before it was published
    Right
        withhold: [published, received]
    Not reported when
        The copy also shows another stage as `perhaps`.
    """
    place = Place(f"{case_id}/case.yaml")
    notes = (f"{claim.asked} the copy would say `{claim.claimed}`, but the folder says `{claim.true}`",)
    helps = (
        "choose a shorter period as the `instead` of a date, or withhold less of the steps",
        "where `published` is withheld, withhold `received` too",
    )
    yield Problem("the copy would show a wrong stage", (place,), notes=notes, helps=helps)


@rule("OC621", "answer-that-is-not-so")
def answer_that_is_not_so(place: Place, claim: claims.Claim) -> Iterator[Problem]:
    """On some day the copy would falsely show an answer as late or missing, as certain.

    Why it matters
        A copy may say less than the folder, but nothing false. This would accuse somebody wrongly.
    Wrong
        the day on which the case ended is withheld, so terms would seem to have passed
    Right
        withhold: [{field: dated, instead: 2019-12}]  on the paper that ended it
    Not reported when
        The folder says the same about the request on that day.
    """
    notes = (
        f"{claim.asked} the copy would say `{claim.claimed}` of `{claim.request}`, but the folder says `{claim.true}`",
    )
    helps = ("choose a shorter period as the `instead` of a date, or withhold the request too",)
    yield Problem("the copy would be wrong about a request", (place,), notes=notes, helps=helps)


@rule("OC623", "narrower-than-instead")
def narrower_than_instead(place: Place, bounds: str) -> Iterator[Problem]:
    """Other records of the copy would tell more of a withheld day than what stands in its place.

    Why it matters
        Readers would reckon the day that the record withholds from what it follows and what follows it.
    Wrong
        withhold: [{field: dated, instead: 2023-05}]  and  in_reply_to  a letter of 2023-05-20
    Right
        withhold: [{field: dated, instead: 2023-05}, in_reply_to]
    Not reported when
        All days of the `instead` are left, or without `instead` one side stays open.
    """
    notes = (f"the copy would tell that it is {bounds}",)
    helps = ("withhold the link or the day that tells it too, or choose a shorter period as `instead`",)
    yield Problem("the copy would tell more of a withheld day than its `instead`", (place,), notes=notes, helps=helps)


@rule("OC618", "copy-depends-on-what-is-withheld")
def copy_depends_on_what_is_withheld(file: FileId) -> Iterator[Problem]:
    """The copy would change if the withheld values were different.

    Why it matters
        A count, an order, an id or a day in the copy would reveal something about the withheld values.
    Wrong
        a copy with a list in the order of withheld names
    Right
        the same copy for all withheld names
    Not reported when
        Every byte stays the same. This problem is an error in ogpcase: report it without the record.
    """
    helps = ("withhold the whole event, and report this as an error in ogpcase, without the record",)
    yield Problem("the copy would depend on what is withheld here", (Place(file),), helps=helps)


@rule("OC619", "few-fit", Severity.WARNING)
def few_fit(party_id: str, count: int) -> Iterator[Problem]:
    """A party keeps its class and country, which fewer than three parties of the folder have.

    Why it matters
        Readers who know the country may guess the party.
    Wrong
        withhold: {pseudonym: filer-a, keep: [classification, country]}  for the only newspaper of a country
    Right
        withhold: {pseudonym: filer-a, keep: [country]}
    Not reported when
        Only one of the two is kept, or three or more parties have them.
    """
    place = Place(file_of_party(party_id), ("withhold", "keep"), "what is kept")
    those = "1 party of this folder has" if count == 1 else f"{count} parties of this folder have"
    helps = ("keep the class or the country, not both",)
    yield Problem(f"{those} this class and country", (place,), helps=helps)


@rule("OC620", "count-beside-names", Severity.WARNING)
def count_beside_names(place: Place) -> Iterator[Problem]:
    """The number of filers is published, and some of the filers are withheld.

    Why it matters
        The difference reveals how many filers are left out.
    Wrong
        filer_count: 10  beside nine names and one pseudonym
    Right
        withhold: [filer_count]  too
    Not reported when
        The count is withheld, or no filer is withheld.
    """
    helps = ("withhold the count too, if it reveals too much",)
    yield Problem("this count reveals how many filers are left out", (place,), helps=helps)


@rule("OC624", "error-in-the-copy")
def error_in_the_copy(places: tuple[Place, ...], error: Problem, leaving_out: tuple[str, ...]) -> Iterator[Problem]:
    """Something is withheld without which the copy would have an error of its own.

    Why it matters
        Readers check a copy as they check any folder, and would take a true record for a wrong one.
    Wrong
        withhold: [dated]  on a report, so that the resolution that adopts it would come without a report
    Right
        withhold: [{field: dated, instead: 2024-01}]
    Not reported when
        The working folder has the error too; then only that is reported.
    """
    notes = (f"`ogpcase validate` would report {error.code} in the copy: {error.message}", *leaving_out)
    helps = (
        "withhold less, or give another `instead`; for a date, a shorter period",
        "leave the records otherwise as they are: in this folder they have no error",
    )
    yield Problem("the copy would have an error here", places, notes, helps)


RULES: tuple[Check[Any], ...] = (
    withheld_name_in_the_copy, withheld_text_in_the_copy, withheld_record_named_in_the_copy,
    term_that_is_never_published, person_without_a_decision, address_with_credentials, stage_that_is_not_so,
    answer_that_is_not_so, copy_depends_on_what_is_withheld, few_fit, count_beside_names, narrower_than_instead,
    error_in_the_copy,
)  # fmt: skip
"""Every check of this package."""
_CHECK_OF: Mapping[str, Check[Any]] = {
    "term": term_that_is_never_published,
    "record": withheld_record_named_in_the_copy,
    "name": withheld_name_in_the_copy,
    "id": withheld_name_in_the_copy,
}
"""The check for each type of term; any other type is withheld text."""


def undecided_persons(folder: Records, copy: PublicCopy) -> Iterator[Problem]:
    """Yields each person in a published record about whom nothing is decided, with the first record."""
    named: dict[str, FileId] = {}
    for file, record in copy.records.each():
        if not file.startswith("parties/"):
            for party_id in parties_named(record):
                named.setdefault(party_id, copy.came_from.get(file, file))
    for party_id in copy.records.parties:
        party = folder.parties.get(party_id)
        if party and party.classification is Classification.INDIVIDUAL and not party.publish and not party.left_out:
            naming = (Place(named[party_id], (), "named here"),) if party_id in named else ()
            own = Place(file_of_party(party_id), ("classification",), "a person")
            yield person_without_a_decision.one(party_id, (own, *naming))


def addresses(folder: Records, copy: PublicCopy) -> Iterator[Problem]:
    """Yields each published address that holds credentials."""
    for file, record in copy.records.each():
        for _, text in strings_of(record):
            if text.startswith(("http://", "https://")) and _has_credentials(text):
                yield address_with_credentials.one(place_of(folder, copy, file, text.__eq__))


def _has_credentials(address: str) -> bool:
    try:
        parts = urlsplit(address)
        names = [name for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
        names += [name for name, _ in parse_qsl(parts.fragment)]
    except ValueError:
        return True
    return "@" in parts.netloc or any(_CREDENTIALS.search(name) for name in names)


def false_claims(folder: Records, copy: PublicCopy, cases: Iterable[Pair], today: date) -> Iterator[Problem]:
    """Yields a problem for each false claim of the copies of cases."""
    parties = {party.withhold.pseudonym: old for old, party in folder.parties.items() if party.withhold}
    for whole, shown in cases:
        own = file_of_event(whole.id, "").removesuffix(".yaml")
        events = {
            PurePosixPath(new).stem: PurePosixPath(old).stem
            for new, old in copy.came_from.items()
            if new.startswith(own)
        }
        for claim in claims.false_claims(whole, shown, claims.Names(events, parties), today):
            if claim.event is None:
                yield stage_that_is_not_so.one(whole.id, claim)
            else:
                event = folder.events[whole.id][claim.event]
                at = next(((name, place) for item, name, place in event.items() if item == claim.request), ())
                place = Place(file_of_event(whole.id, claim.event), at, "this request" if at else "")
                yield answer_that_is_not_so.one(place, claim)


def narrowed_days(folder: Records, copy: PublicCopy, cases: Iterable[Pair]) -> Iterator[Problem]:
    """Yields a problem for each withheld day that the other records of the copy bound."""
    for whole, shown in cases:
        for event in shown.events:
            bounds = bounds_in_words(event.known)
            if bounds is None or event.day.form == "unknown":
                continue
            new = file_of_event(shown.id, event.id)
            old = copy.came_from.get(new, new)
            original = folder.events[whole.id][PurePosixPath(old).stem]
            if original.left_out.date_goes:
                yield narrower_than_instead.one(Place(old, ("withhold",)), bounds)


def warnings(folder: Records) -> Iterator[Problem]:
    """Yields warnings: they refuse no copy, but the copy may reveal too much."""
    alike = Counter((party.classification, party.country) for party in folder.parties.values())
    for party in folder.parties.values():
        if party.withhold and len(set(party.withhold.keep)) > 1 and alike[party.classification, party.country] < _FEW:
            yield few_fit.one(party.id, alike[party.classification, party.country])
    for case_id, event in folder.each_event():
        if isinstance(event, Concern) and event.filer_count is not None and _hides_filers(folder, event):
            yield count_beside_names.one(Place(file_of_event(case_id, event.id), ("filer_count",), "this count"))


def _hides_filers(folder: Records, event: Concern) -> bool:
    if event.withdrawn or "filer_count" in event.left_out.fields or event.left_out.everything:
        return False
    filers = (folder.parties.get(filer.party) for filer in event.filers)
    return "filers" in event.left_out.fields or any(party is not None and party.left_out for party in filers)


def hits_as_problems(folder: Records, copy: PublicCopy, hits: Iterable[Hit]) -> Iterator[Problem]:
    """Yields a problem for each place of the folder whose text would reveal a term."""
    reported: set[tuple[FileId, Route, str]] = set()
    for file, term in hits:
        place = place_of(folder, copy, file, Search([term]).finds)
        if (place.file, place.route, term.of) in reported:
            continue
        reported.add((place.file, place.route, term.of))
        yield hit_as_problem(term, place)


def hit_as_problem(term: Term, place: Place) -> Problem:
    """Returns the problem of a term that would be published at a place."""
    return _CHECK_OF.get(term.what, withheld_text_in_the_copy).one(place, term.of)


def place_of(folder: Records, copy: PublicCopy, file: FileId, says: Callable[[str], bool]) -> Place:
    """Returns the place in the folder that a text of the copy comes from: a node of a record, else the file."""
    origin = copy.came_from.get(file, file)
    record = folder.at(origin)
    for route, text in strings_of(record) if record else ():
        if says(text) and not (isinstance(record, Event) and leaves_out(record, route)):
            return Place(origin, route, "this text")
    return Place(origin)


def errors_of_copy(folder: Records, copy: PublicCopy, problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yields each error of the copy with its places in the working folder; leaves out warnings."""
    for error in problems:
        if error.rule.severity is Severity.ERROR:
            case_id = error.places[0].file.partition("/")[0]
            places = tuple(_in_folder(folder, copy, place) for place in error.places)
            yield error_in_the_copy.one(places, error, tuple(_left_out_of(folder, case_id)))


def _in_folder(folder: Records, copy: PublicCopy, place: Place) -> Place:
    """Returns a field of the record that a place of the copy comes from, or the `withhold` that changed the field.

    It names no item: in a list of the copy, an item may have another position.
    """
    file = copy.came_from.get(place.file, place.file)
    record, field = folder.at(file), place.route[:1]
    if field and isinstance(record, Event) and leaves_out(record, field):
        return Place(file, ("withhold",), f"this changes `{field[0]}`")
    return Place(file, field, place.label)


def _left_out_of(folder: Records, case_id: str) -> Iterator[str]:
    """Yields a note for each record that a case consists of or names, and that leaves something out."""
    events = folder.events.get(case_id, {}).values()
    for event in events:
        if said := event.left_out.said:
            fields = ", ".join(f"`{name}`" for name in said)
            yield f"`{event.id}` withholds {fields}"
    for name, source in folder.sources.get(case_id, {}).items():
        if source.left_out:
            yield f"the source `{name}` is withheld"
    named = {party_id for event in events for party_id in parties_named(event)}
    for party_id in sorted(named & folder.parties.keys()):
        if folder.parties[party_id].left_out:
            yield f"the party `{party_id}` has a pseudonym"
