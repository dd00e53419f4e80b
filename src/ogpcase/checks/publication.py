"""What must not be published, as far as the records say it themselves: is each `withhold` one that can be kept?

What only the copy as a whole can show is judged in workspace.publishing.refusals.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.records import sources_named
from ogpcase.checks.scope import Folder, Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, nearest, rule
from ogpcase.model.bind import Bound, bind_event
from ogpcase.model.casefile import CaseFile, file_of_header, file_of_party
from ogpcase.model.codelists import Format
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import NEVER_PUBLISH_NAME
from ogpcase.model.parties import UNKNOWN, Party, folded
from ogpcase.model.problems import listed
from ogpcase.model.publication import ABOUT_PUBLICATION, EVERYTHING, NEVER_LEFT_OUT, LeftOut
from ogpcase.model.questions import names_of
from ogpcase.model.serialize import values_of
from ogpcase.model.uses import ReferenceUse

_WORD, _PART = 3, 5
"""Letters of a word that tells a name, alone and as part of another word."""
_ABOUT = frozenset({*ABOUT_PUBLICATION, "publish_copy", "reply_withheld", "finding_withheld"})
_RESERVED = frozenset({UNKNOWN, "public"})
"""What stands where nobody is named, and for whoever reads a call."""
_GOES_ALONG = {"answers", "replies", "findings"}
"""What is said of an item that is left out goes with it."""


@rule("OC601", "withhold-names-nothing")
def withhold_names_nothing(scope: Scope) -> Iterator[Problem]:
    """An entry of `withhold` names no field or item of the record.

    Why it matters
        What should be left out would be published. Until it is mended, `publish` writes nothing.
    Wrong
        withhold: [sumary]
    Right
        withhold: [summary, "requests#shelter"]
    Not reported when
        The entry is `all`, a field of the kind, or `field#item` with an item that is there.
    """
    known: dict[str, tuple[set[str], set[str]]] = {}
    for event, position, entry in _entries(scope):
        if event.id not in known:
            fields = set(names_of(event.kind)).difference(ABOUT_PUBLICATION)
            known[event.id] = fields, {f"{name}#{item}" for item, name in _items(event)}
        fields, items = known[event.id]
        names = items if "#" in entry.field else fields
        left_out_as_wrong = entry.name in names_of(event.kind) and not scope.sound(event, entry.name)
        if entry.field in names or entry.field == EVERYTHING or left_out_as_wrong:
            continue
        near = nearest(entry.field, sorted(names))
        helps = (f"did you mean `{near}`?" if near else "write `all`, the name of a field, or `field#item-id`",)
        place = scope.place(event, ("withhold", position), "this entry")
        yield Problem("an entry of `withhold` names no field or item of this record", (place,), helps=helps)


@rule("OC605", "cannot-be-withheld")
def cannot_be_withheld(scope: Scope) -> Iterator[Problem]:
    """An entry of `withhold` names a field that a copy cannot do without.

    Why it matters
        Without its kind, its step and its clause the copy would tell another story of the case than the folder does.
    Wrong
        withhold: [moves_to]
    Right
        withhold: [{field: dated, instead: 2018-07}]
    Not reported when
        The entry names any field but `kind`, `moves_to`, `basis` and `context`.
    """
    for event, position, entry in _entries(scope):
        if entry.field in NEVER_LEFT_OUT:
            place = scope.place(event, ("withhold", position), "this entry")
            helps = ("withhold what tells more than it should: the text, the parties, or the exact day",)
            yield Problem(f"`{entry.field}` cannot be withheld", (place,), helps=helps)


@rule("OC606", "instead-does-not-fit")
def instead_does_not_fit(scope: Scope) -> Iterator[Problem]:
    """What shall stand in the place of a field does not fit it, or a date does not hold the day it stands for.

    Why it matters
        A copy that names another day than the true one is false. A wider span is true, and says less.
    Wrong
        dated: 2018-07-16  and  withhold: [{field: dated, instead: 2018-08}]
    Right
        dated: 2018-07-16  and  withhold: [{field: dated, instead: 2018-07}]
    Not reported when
        The value is one of the field's, and of a date one whose days hold all of the true one's.
    """
    for event, position, entry in _entries(scope):
        if entry.instead is not None and scope.sound(event, entry.name):
            why, help_ = _why_not(event, entry)
            if why:
                place = scope.place(event, ("withhold", position, "instead"), "this value")
                yield Problem(why, (place,), helps=(help_,))


@rule("OC607", "party-needs-a-pseudonym", Severity.WARNING)
def party_needs_a_pseudonym(folder: Folder) -> Iterator[Problem]:
    """A party is withheld in the words of the first format, which named no pseudonym.

    Why it matters
        A copy has to say something in the place of the party wherever it acts. Until then `publish` writes nothing.
    Wrong
        withhold: all
    Right
        withhold: {pseudonym: filer-a, keep: [country]}
    Not reported when
        The party has a pseudonym, or the folder is of the second format, where it is an error.
    """
    if folder.registry.settings.format is Format.FIRST:
        yield from _without_pseudonym(folder)


@rule("OC608", "party-without-a-pseudonym")
def party_without_a_pseudonym(folder: Folder) -> Iterator[Problem]:
    """In a folder of the second format, a party is withheld without a pseudonym.

    Why it matters
        A copy has to say something in the place of the party wherever it acts. Until then `publish` writes nothing.
    Wrong
        withhold: all
    Right
        withhold: {pseudonym: filer-a, keep: [country]}
    Not reported when
        The party has a pseudonym.
    """
    if folder.registry.settings.format is not Format.FIRST:
        yield from _without_pseudonym(folder)


@rule("OC609", "private-record-in-a-copy")
def private_record_in_a_copy(scope: Scope | Folder) -> Iterator[Problem]:
    """A public copy holds a record that says what to withhold, or a list of what never to publish.

    Why it matters
        A copy holds what everybody may see. Such a record was made for the working folder, and stands in public here.
    Wrong
        a record with  withhold: [summary]  in a folder whose `ogpcase.yaml` says  public_copy: true
    Right
        the same record in the working folder, and a copy that `ogpcase publish` makes of it
    Not reported when
        The folder is no public copy.
    """
    if not scope.registry.settings.public_copy:
        return
    helps = ("take it out, move it to the working folder, and publish from there; git keeps what was committed",)
    for place in _private_places(scope):
        yield Problem("this public copy holds what belongs in the working folder", (place,), helps=helps)


@rule("OC610", "step-withheld-whole")
def step_withheld_whole(scope: Scope) -> Iterator[Problem]:
    """An event that moves the case is withheld whole.

    Why it matters
        The copy would show the case in another stage than it is in.
    Wrong
        moves_to: [suspended]  and  withhold: all
    Right
        moves_to: [suspended]  and  withhold: [summary, signed_by]
    Not reported when
        The event moves nothing, or only parts of it are withheld.
    """
    for event in scope.case.events:
        if event.left_out.everything and event.moves_to and not event.context and not _case_goes(scope.case):
            place = scope.place(event, ("moves_to",), "this step")
            helps = ("withhold the parts that tell too much, and let the step stand",)
            yield Problem("an event that moves the case is withheld whole", (place,), helps=helps)


@rule("OC611", "reference-to-what-is-withheld")
def reference_to_what_is_withheld(scope: Scope) -> Iterator[Problem]:
    """A published record refers to an event, an item, a source or a case that is withheld.

    Why it matters
        The reference would lead to nothing, and show that something was left out there.
    Wrong
        withhold: all  in one letter, and  in_reply_to: [that letter]  in another that is published
    Right
        withhold: all  in both, or  withhold: [in_reply_to]  in the second
    Not reported when
        The reference is withheld too; or it is an answer, a reply or a finding on an item, which goes with the item.
    """
    if _case_goes(scope.case):
        return
    helps = ("withhold this reference too, or only parts of what it points to",)
    for place, name in _leading_to_nothing(scope):
        yield Problem(f"this refers to what is withheld: `{name}`", (place,), helps=helps)


@rule("OC612", "pseudonym-is-taken")
def pseudonym_is_taken(folder: Folder) -> Iterator[Problem]:
    """A pseudonym is the id of a party, a word that stands for none, or stands for two of them.

    Why it matters
        The copy would say of one party what is true of another.
    Wrong
        parties/a.yaml: withhold: {pseudonym: article-19}  and  parties/article-19.yaml
    Right
        parties/a.yaml: withhold: {pseudonym: filer-a}
    Not reported when
        No other party has the pseudonym, be it as its own id or in its place, and it is not `unknown` or `public`.
    """
    first: dict[str, str] = {}
    helps = ("choose another one",)
    for party, name in _pseudonyms(folder):
        here = Place(file_of_party(party.id), ("withhold", "pseudonym"), "this pseudonym")
        if name in _RESERVED:
            yield Problem(f"the pseudonym `{name}` is a word of the format", (here,), helps=helps)
            continue
        other = name if name in folder.registry.parties and name != party.id else first.get(name)
        if other is not None:
            there = Place(file_of_party(other), (), "is taken here")
            yield Problem(f"the pseudonym `{name}` is taken", (here, there), helps=helps)
        first.setdefault(name, party.id)


@rule("OC622", "pseudonym-tells-the-name")
def pseudonym_tells_the_name(folder: Folder) -> Iterator[Problem]:
    """A pseudonym is the party's own id, or holds a word of its name.

    Why it matters
        The pseudonym is public, and would tell what it stands for.
    Wrong
        name: Alva Doe  and  withhold: {pseudonym: witness-doe}
    Right
        name: Alva Doe  and  withhold: {pseudonym: witness-a}
    Not reported when
        No word of three letters or more is in both, and none of five letters or more is part of the pseudonym.
    """
    for party, name in _pseudonyms(folder):
        told = {word for each in party.names() for word in folded(each).replace("-", " ").split()}
        holds = any(len(word) >= _PART and word in name.replace("-", "") for word in told)
        if name == party.id or holds or any(len(word) >= _WORD for word in told.intersection(name.split("-"))):
            place = Place(file_of_party(party.id), ("withhold", "pseudonym"), "this pseudonym")
            helps = ("choose one that says nothing of the name, as `witness-a`",)
            yield Problem("this pseudonym tells whom it stands for", (place,), helps=helps)


@rule("OC613", "pseudonym-links-cases")
def pseudonym_links_cases(folder: Folder) -> Iterator[Problem]:
    """A party under one pseudonym is named in several cases, and nothing says that they may be linked.

    Why it matters
        Who reads both cases knows that one party stands behind them, and may work out which.
    Wrong
        withhold: {pseudonym: filer-a}  of a party that two cases name
    Right
        withhold: {pseudonym: filer-a, linkable: true}
    Not reported when
        One case names the party, or `linkable` is true.
    """
    cases: dict[str, list[str]] = {}
    for case_id, facts in folder.told.items():
        for party_id in facts.used:
            cases.setdefault(party_id, []).append(case_id)
    for party, _ in _pseudonyms(folder):
        several = sorted(cases.get(party.id, ()))
        if party.withhold and not party.withhold.linkable and len(several) > 1:
            place = Place(file_of_party(party.id), ("withhold",), "no `linkable`")
            notes = (f"it is named in {listed(several)}",)
            helps = ("add `linkable: true` if the cases may be linked, or record two parties",)
            yield Problem("one pseudonym would link several cases", (place,), notes=notes, helps=helps)


def _pseudonyms(folder: Folder) -> Iterator[tuple[Party, str]]:
    """Yields each party that a pseudonym stands for, with the pseudonym."""
    for party in folder.registry.parties.values():
        if party.withhold and party.withhold.pseudonym:
            yield party, party.withhold.pseudonym


def _entries(scope: Scope) -> Iterator[tuple[Event, int, LeftOut]]:
    for event in scope.case.events:
        if event.withhold and scope.sound(event, "withhold"):
            yield from ((event, position, entry) for position, entry in enumerate(event.withhold))


def _items(event: Event) -> Iterator[tuple[str, str]]:
    """Yields (id, field) of every item that can be left out alone."""
    yield from ((item, name) for item, name, _ in event.items())
    yield from ((source.id, "sources") for source in event.sources)


def _why_not(event: Event, entry: LeftOut) -> tuple[str, str]:
    """Returns why a value cannot stand in the place of a field, and what to do; empty where it can."""
    if entry.item is not None or entry.field == EVERYTHING:
        return "only a field can have something in its place", "take `instead` out"
    if _speaks_of_publication(entry.instead):
        return "`instead` says itself what to withhold or to publish", "say so in the record, and leave it out here"
    bound = with_instead(event, entry.name, entry.instead)
    if bound.problems or bound.record is None:
        said = bound.problems[0].message if bound.problems else "it cannot be read"
        return f"`instead` does not fit `{entry.name}`: {said}"[:120], f"write it as `{entry.name}` takes it"
    new, old = getattr(bound.record, entry.name), getattr(event, entry.name)
    if isinstance(new, FuzzyDate) and isinstance(old, FuzzyDate) and not _holds(new, old):
        help_ = "write a span around it, as `2018-07` for a day in July"
        return f"`instead` does not hold all days of `{entry.name}`", help_
    return "", ""


def with_instead(event: Event, field: str, instead: object) -> Bound[Event]:
    """Binds an event anew, with another value in the place of a field, and nothing withheld."""
    values = {**values_of(event), field: instead}
    values.pop("withhold", None)
    return bind_event(values, event.id, event.id)


def _speaks_of_publication(instead: object) -> bool:
    if isinstance(instead, list):
        return any(map(_speaks_of_publication, instead))
    if isinstance(instead, dict):
        return not _ABOUT.isdisjoint(instead) or any(map(_speaks_of_publication, instead.values()))
    return False


def _holds(wide: FuzzyDate, narrow: FuzzyDate) -> bool:
    """True where every day that the one may be on is a day that the other may be on."""
    starts = wide.first is None or (narrow.first is not None and wide.first <= narrow.first)
    ends = wide.last is None or (narrow.last is not None and wide.last >= narrow.last)
    return starts and ends


def _without_pseudonym(folder: Folder) -> Iterator[Problem]:
    for party in folder.registry.parties.values():
        if party.needs_pseudonym:
            place = Place(file_of_party(party.id), ("withhold",), "no pseudonym")
            helps = ("name what stands for it in the copy: `withhold: {pseudonym: filer-a}`",)
            yield Problem("this party is withheld and has no pseudonym", (place,), helps=helps)


def _private_places(scope: Scope | Folder) -> Iterator[Place]:
    if isinstance(scope, Folder):
        for party in scope.registry.parties.values():
            if party.withhold or party.publish:
                yield Place(file_of_party(party.id), ("withhold",) if party.withhold else ("publish",))
        if scope.registry.never_publish:
            yield Place(NEVER_PUBLISH_NAME)
        return
    if scope.case.header and scope.case.header.withhold:
        yield Place(file_of_header(scope.case.id), ("withhold",))
    for event in scope.case.events:
        if event.withhold or not scope.sound(event, "withhold"):
            yield scope.place(event, ("withhold",))
        for position, source in enumerate(event.sources):
            if source.withhold:
                yield scope.place(event, ("sources", position, "withhold"))


def _case_goes(case: CaseFile) -> bool:
    return case.header is not None and case.header.withhold is not None


def _is_left_out(event: Event, use: ReferenceUse) -> bool:
    """True where the reference itself does not reach the copy."""
    goes_along = use.route[0] in _GOES_ALONG and use.reference.item is not None
    return goes_along or leaves_out(event, use.route)


def leaves_out(event: Event, route: Route) -> bool:
    """True where the copy of an event does not have what stands at a route."""
    name, *rest = route
    items = getattr(event, str(name), ())
    item = items[rest[0]] if rest and isinstance(rest[0], int) and isinstance(items, tuple) else None
    return event.left_out.has_item(str(name), getattr(item, "id", ""))


def _leading_to_nothing(scope: Scope) -> Iterator[tuple[Place, str]]:
    """Yields what the copy keeps and what is left out of it: references to events, sources and cases."""
    for event, use, found in scope.references:
        if found and not _is_left_out(event, use) and _is_gone(use.reference.item, *found):
            yield scope.place(event, use.route, "this reference"), use.reference
    for event in scope.case.events:
        gone = {source for name, source in event.left_out.items if name == "sources"}
        for route, source in sources_named(event) if gone else ():
            if source in gone and route[0] not in event.left_out.fields:
                yield scope.place(event, route, "this source"), source
    for position, related in enumerate(scope.case.header.related if scope.case.header else ()):
        other = scope.others.get(related.case) if related.case else None
        if other and _case_goes(other):
            yield Place(file_of_header(scope.case.id), ("related", position, "case"), "this case"), other.id


def _is_gone(item: str | None, case: CaseFile, event: Event) -> bool:
    """True where the copy does not have an event, or the item of it that is asked for."""
    if _case_goes(case) or event.left_out.everything:
        return True
    return any(event.left_out.has_item(field, name) for name, field in _items(event) if name == item)


CHECKS = (
    withhold_names_nothing, cannot_be_withheld, instead_does_not_fit, step_withheld_whole,
    reference_to_what_is_withheld, private_record_in_a_copy,
)  # fmt: skip
"""Asked of each case."""
FOLDER_CHECKS = (
    party_needs_a_pseudonym, party_without_a_pseudonym, pseudonym_is_taken, pseudonym_tells_the_name,
    pseudonym_links_cases, private_record_in_a_copy,
)  # fmt: skip
"""Asked of the parties."""
