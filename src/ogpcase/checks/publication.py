"""Checks of `withhold` and pseudonyms in the records; workspace.publishing.refusals judges the copy as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.checks.records import sources_named
from ogpcase.checks.scope import Folder, Scope
from ogpcase.diagnostics import Place, Problem, Route, Severity, did_you_mean, rule
from ogpcase.model.bind import Bound, bind_event
from ogpcase.model.casefile import CaseFile, file_of_header, file_of_party, file_of_source
from ogpcase.model.codelists import Format
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import NEVER_PUBLISH_NAME, RESERVED_PARTY_IDS, Reference
from ogpcase.model.parties import Party, folded
from ogpcase.model.problems import listed
from ogpcase.model.publication import ABOUT_ITEMS, ABOUT_PUBLICATION, EVERYTHING, NEVER_LEFT_OUT, LeftOut
from ogpcase.model.questions import names_of
from ogpcase.model.serialize import values_of

_WORD, _PART = 3, 5
"""Letters: shorter words, and shorter parts of words, reveal no name."""
_ABOUT = frozenset({*ABOUT_PUBLICATION, "publish_copy", "reply_withheld", "finding_withheld"})


@rule("OC601", "withhold-names-nothing")
def withhold_names_nothing(scope: Scope) -> Iterator[Problem]:
    """An entry of `withhold` names no field or item of the record.

    Why it matters
        Something that should be left out would be published, so `publish` refuses.
    Wrong
        withhold: [sumary]
    Right
        withhold: [summary, "requests#shelter"]
    Not reported when
        The entry is `all`, a field of the kind, or `field#item` for an item of the record.
    """
    known: dict[str, tuple[set[str], set[str]]] = {}
    for event, position, entry in _entries(scope):
        if event.id not in known:
            fields = set(names_of(event.kind)).difference(ABOUT_PUBLICATION)
            known[event.id] = fields, {f"{name}#{item}" for item, name in _items(event)}
        fields, items = known[event.id]
        names = items if "#" in entry.field else fields
        is_flawed = entry.name in names_of(event.kind) and not scope.sound(event, entry.name)
        if entry.field in names or entry.field == EVERYTHING or is_flawed:
            continue
        otherwise = ("write `all`, the name of a field, or `field#item-id`",)
        helps = did_you_mean(entry.field, sorted(names)) or otherwise
        place = scope.place(event, ("withhold", position), "this entry")
        yield Problem("an entry of `withhold` names no field or item of this record", (place,), helps=helps)


@rule("OC605", "cannot-be-withheld")
def cannot_be_withheld(scope: Scope) -> Iterator[Problem]:
    """An entry of `withhold` names a field that every copy needs.

    Why it matters
        Without an event's kind, step and clause the copy would show another course of the case.
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
            helps = ("withhold the text, the parties or the exact day instead",)
            yield Problem(f"`{entry.field}` cannot be withheld", (place,), helps=helps)


@rule("OC606", "instead-does-not-fit")
def instead_does_not_fit(scope: Scope) -> Iterator[Problem]:
    """An `instead` is not a valid value of its field, or a date that does not contain the true date.

    Why it matters
        A copy with another day is false. A longer period that contains the true day is true, and says less.
    Wrong
        dated: 2018-07-16  and  withhold: [{field: dated, instead: 2018-08}]
    Right
        dated: 2018-07-16  and  withhold: [{field: dated, instead: 2018-07}]
    Not reported when
        The value is valid for the field, and a date contains all days of the true date.
    """
    for event, position, entry in _entries(scope):
        if entry.instead is not None and scope.sound(event, entry.name):
            message, help_ = _fault_of_instead(event, entry)
            if message:
                place = scope.place(event, ("withhold", position, "instead"), "this value")
                yield Problem(message, (place,), helps=(help_,))


@rule("OC607", "party-needs-a-pseudonym", Severity.WARNING)
def party_needs_a_pseudonym(folder: Folder) -> Iterator[Problem]:
    """A party is withheld without a pseudonym, which the first format allows.

    Why it matters
        A copy needs a name for the party wherever it acts. Until then `publish` refuses.
    Wrong
        withhold: all
    Right
        withhold: {pseudonym: filer-a, keep: [country]}
    Not reported when
        The party has a pseudonym, or the folder has the second format, in which this is an error.
    """
    if folder.registry.settings.format is Format.FIRST:
        yield from _without_pseudonym(folder)


@rule("OC608", "party-without-a-pseudonym")
def party_without_a_pseudonym(folder: Folder) -> Iterator[Problem]:
    """In a folder of the second format, a party is withheld without a pseudonym.

    Why it matters
        A copy needs a name for the party wherever it acts. Until then `publish` refuses.
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
    """A public copy contains a record with `withhold` or `publish`, or the list `never_publish.txt`.

    Why it matters
        The record belongs in the working folder, and everybody can read it in the copy.
    Wrong
        a record with  withhold: [summary]  in a folder whose `ogpcase.yaml` says  public_copy: true
    Right
        the same record in the working folder, and a copy that `ogpcase publish` makes of it
    Not reported when
        The folder is not a public copy.
    """
    if not scope.registry.settings.public_copy:
        return
    helps = ("move it to the working folder and publish from there; git keeps what was committed",)
    for place in _private_places(scope):
        yield Problem("this public copy contains a record that belongs in the working folder", (place,), helps=helps)


@rule("OC610", "step-withheld-whole")
def step_withheld_whole(scope: Scope) -> Iterator[Problem]:
    """An event that moves the case is withheld completely.

    Why it matters
        The copy would show the case in a wrong stage.
    Wrong
        moves_to: [suspended]  and  withhold: all
    Right
        moves_to: [suspended]  and  withhold: [summary, signed_by]
    Not reported when
        The event does not move the case, or only parts of it are withheld.
    """
    for event_id, parts in scope.case.left_out.items():
        event = scope.case.event_by_id[event_id]
        if parts.everything and event.moves_to and not event.context and not _case_goes(scope.case):
            place = scope.place(event, ("moves_to",), "this step")
            helps = ("withhold parts of the event, and publish the step",)
            yield Problem("an event that moves the case is withheld completely", (place,), helps=helps)


@rule("OC611", "reference-to-what-is-withheld")
def reference_to_what_is_withheld(scope: Scope) -> Iterator[Problem]:
    """A published record refers to an event, an item, a source or a case that is withheld.

    Why it matters
        The reference would have no target, and would show that something was left out.
    Wrong
        withhold: all  in one letter, and  in_reply_to: [that letter]  in another that is published
    Right
        withhold: all  in both, or  withhold: [in_reply_to]  in the second
    Not reported when
        The reference is withheld too; or it is an answer, reply or finding on an item, which is left out with the item.
    """
    if _case_goes(scope.case):
        return
    helps = ("withhold this reference too, or withhold only parts of its target",)
    for place, name in _leading_to_nothing(scope):
        yield Problem(f"this refers to `{name}`, which is withheld", (place,), helps=helps)


@rule("OC612", "pseudonym-is-taken")
def pseudonym_is_taken(folder: Folder) -> Iterator[Problem]:
    """A pseudonym is the id of another party, a reserved word, or the pseudonym of two parties.

    Why it matters
        The copy would take two parties for one.
    Wrong
        parties/a.yaml: withhold: {pseudonym: article-19}  and  parties/article-19.yaml
    Right
        parties/a.yaml: withhold: {pseudonym: filer-a}
    Not reported when
        No other party has the pseudonym as its id or pseudonym, and it is not `unknown` or `public`.
    """
    first: dict[str, str] = {}
    helps = ("choose another pseudonym",)
    for party, name in _pseudonyms(folder):
        here = Place(file_of_party(party.id), ("withhold", "pseudonym"), "this pseudonym")
        if name in RESERVED_PARTY_IDS:
            yield Problem(f"the pseudonym `{name}` is a reserved word", (here,), helps=helps)
            continue
        other = name if name in folder.registry.parties and name != party.id else first.get(name)
        if other is not None:
            taken = Place(file_of_party(other), (), "taken by this party")
            yield Problem(f"the pseudonym `{name}` is taken", (here, taken), helps=helps)
        first.setdefault(name, party.id)


@rule("OC622", "pseudonym-tells-the-name")
def pseudonym_tells_the_name(folder: Folder) -> Iterator[Problem]:
    """A pseudonym is the party's own id, or contains a word of its name.

    Why it matters
        The pseudonym is public and would reveal the party.
    Wrong
        name: Alva Doe  and  withhold: {pseudonym: witness-doe}
    Right
        name: Alva Doe  and  withhold: {pseudonym: witness-a}
    Not reported when
        The two share no word of three or more letters, and no word of five or more letters is part of the pseudonym.
    """
    for party, name in _pseudonyms(folder):
        words = {word for own in party.names() for word in folded(own).replace("-", " ").split()}
        contains = any(len(word) >= _PART and word in name.replace("-", "") for word in words)
        if name == party.id or contains or any(len(word) >= _WORD for word in words.intersection(name.split("-"))):
            place = Place(file_of_party(party.id), ("withhold", "pseudonym"), "this pseudonym")
            helps = ("choose one without a part of the name, as `witness-a`",)
            yield Problem("this pseudonym reveals the name of the party", (place,), helps=helps)


@rule("OC613", "pseudonym-links-cases")
def pseudonym_links_cases(folder: Folder) -> Iterator[Problem]:
    """Several cases name a party with a pseudonym, and `linkable` is not true.

    Why it matters
        A reader sees that one party is in both cases, and may find out which party.
    Wrong
        withhold: {pseudonym: filer-a}  for a party that two cases name
    Right
        withhold: {pseudonym: filer-a, linkable: true}
    Not reported when
        Only one case names the party, or `linkable` is true.
    """
    cases: dict[str, list[str]] = {}
    for case_id, facts in folder.facts.items():
        for party_id in facts.used:
            cases.setdefault(party_id, []).append(case_id)
    for party, _ in _pseudonyms(folder):
        linked = sorted(cases.get(party.id, ()))
        if party.withhold and not party.withhold.linkable and len(linked) > 1:
            place = Place(file_of_party(party.id), ("withhold",), "no `linkable`")
            notes = (f"it is named in {listed(linked)}",)
            helps = ("add `linkable: true` if the cases may be linked, or record two parties",)
            yield Problem("one pseudonym would link several cases", (place,), notes=notes, helps=helps)


def _pseudonyms(folder: Folder) -> Iterator[tuple[Party, str]]:
    for party in folder.registry.parties.values():
        if party.withhold and party.withhold.pseudonym:
            yield party, party.withhold.pseudonym


def _entries(scope: Scope) -> Iterator[tuple[Event, int, LeftOut]]:
    for event in (*scope.case.having("withhold"), *scope.case.withdrawn):
        yield from ((event, position, entry) for position, entry in enumerate(event.withhold))


def _items(event: Event) -> Iterator[tuple[str, str]]:
    """Yields (id, field) of every item that can be withheld alone."""
    yield from ((item, name) for item, name, _ in event.items())
    yield from ((source.id, "sources") for source in event.sources)


def _fault_of_instead(event: Event, entry: LeftOut) -> tuple[str, str]:
    """Returns the message and the help for a wrong `instead`; both are empty if it is right."""
    if entry.item is not None or entry.field == EVERYTHING:
        return "only a field can have an `instead`", "remove `instead`"
    if _has_publication_fields(entry.instead):
        return "`instead` contains fields about publication", "write those fields in the record itself"
    bound = with_instead(event, entry.name, entry.instead)
    if bound.problems or bound.record is None:
        reason = bound.problems[0].message if bound.problems else "it cannot be read"
        return f"`instead` does not fit `{entry.name}`: {reason}"[:120], f"write a valid value of `{entry.name}`"
    new, old = getattr(bound.record, entry.name), getattr(event, entry.name)
    if isinstance(new, FuzzyDate) and isinstance(old, FuzzyDate) and not _holds(new, old):
        help_ = "write a longer period around it, as `2018-07` for a day in July"
        return f"`instead` does not contain all days of `{entry.name}`", help_
    return "", ""


def with_instead(event: Event, field: str, instead: object) -> Bound[Event]:
    """Binds an event again, with another value of a field and without `withhold`."""
    values = {**values_of(event), field: instead}
    values.pop("withhold", None)
    return bind_event(values, event.id, event.id)


def _has_publication_fields(instead: object) -> bool:
    if isinstance(instead, list):
        return any(map(_has_publication_fields, instead))
    if isinstance(instead, dict):
        return not _ABOUT.isdisjoint(instead) or any(map(_has_publication_fields, instead.values()))
    return False


def _holds(wide: FuzzyDate, narrow: FuzzyDate) -> bool:
    starts = wide.first is None or (narrow.first is not None and wide.first <= narrow.first)
    ends = wide.last is None or (narrow.last is not None and wide.last >= narrow.last)
    return starts and ends


def _without_pseudonym(folder: Folder) -> Iterator[Problem]:
    for party in folder.registry.parties.values():
        if party.needs_pseudonym:
            place = Place(file_of_party(party.id), ("withhold",), "no pseudonym")
            helps = ("give its name in the copy: `withhold: {pseudonym: filer-a}`",)
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
    yield from _private_in_events(scope)
    for name, file in scope.case.sources.items():
        if file.withhold:
            yield Place(file_of_source(scope.case.id, name), ("withhold",))


def _private_in_events(scope: Scope) -> Iterator[Place]:
    for event in scope.case.records:
        if event.withhold or not scope.sound(event, "withhold"):
            yield scope.place(event, ("withhold",))
        for position, source in enumerate(event.sources):
            if source.withhold and source.is_written_out:
                yield scope.place(event, ("sources", position, "withhold"))


def _case_goes(case: CaseFile) -> bool:
    return case.header is not None and case.header.withhold is not None


def leaves_out(event: Event, route: Route) -> bool:
    """True if the copy of an event does not have the node at a route."""
    name, *rest = route
    items = getattr(event, str(name), ())
    item = items[rest[0]] if rest and isinstance(rest[0], int) and isinstance(items, tuple) else None
    return event.left_out.has_item(str(name), getattr(item, "id", ""))


def _leading_to_nothing(scope: Scope) -> Iterator[tuple[Place, str]]:
    for event, use, found in scope.references:
        if found and _is_gone(use.reference, *found):
            goes_along = use.route[0] in ABOUT_ITEMS and use.reference.item is not None
            if not goes_along and not leaves_out(event, use.route):
                yield scope.place(event, use.route, "this reference"), use.reference
    for event_id, parts in scope.case.left_out.items():
        gone, event = {source for name, source in parts.items if name == "sources"}, scope.case.event_by_id[event_id]
        for route, source in sources_named(event) if gone else ():
            if source in gone and route[0] not in parts.fields:
                yield scope.place(event, route, "this source"), source
    for position, related in enumerate(scope.case.header.related if scope.case.header else ()):
        other = scope.others.get(related.case) if related.case else None
        if other and _case_goes(other):
            yield Place(file_of_header(scope.case.id), ("related", position, "case"), "this case"), other.id


def _is_gone(reference: Reference, case: CaseFile, event: Event) -> bool:
    if event.id not in case.left_out:
        return _case_goes(case)
    parts, item = case.left_out[event.id], reference.item
    withheld = (parts.has_item(field, name) for name, field in _items(event) if name == item)
    return parts.everything or _case_goes(case) or any(withheld)


CHECKS = (
    withhold_names_nothing, cannot_be_withheld, instead_does_not_fit, step_withheld_whole,
    reference_to_what_is_withheld, private_record_in_a_copy,
)  # fmt: skip
"""Checks of each case."""
FOLDER_CHECKS = (
    party_needs_a_pseudonym, party_without_a_pseudonym, pseudonym_is_taken, pseudonym_tells_the_name,
    pseudonym_links_cases, private_record_in_a_copy,
)  # fmt: skip
"""Checks of the parties."""
