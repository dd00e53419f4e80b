"""Checks of references: the event, item or case exists, and is of the kind that the field needs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ogpcase.checks.scope import Found, Scope
from ogpcase.diagnostics import FirstSlips, Place, Problem, did_you_mean, last_name, nearest, rule, suggestion
from ogpcase.model.casefile import CaseFile, file_of_header
from ogpcase.model.codelists import Kind
from ogpcase.model.events import ITEM_FIELDS, Event
from ogpcase.model.problems import listed
from ogpcase.model.uses import ReferenceUse


@rule("OC312", "unknown-reference")
def unknown_reference(scope: Scope) -> Iterator[Problem]:
    """A reference names an event that the case does not have, or has no longer.

    Why it matters
        No view can show what the record answers, cites or adopts. An event has one id: an old one leads people to it,
        and in records it would be a second spelling of the same reference.
    Wrong
        adopts: 2019-05-02-report
    Right
        adopts: 2019-05-02-report-review
    Not reported when
        The event's file cannot be read, or several other cases have an event of this name: other checks report that.
    """
    slips = FirstSlips()
    for event, use in _dangling(scope):
        if len(_elsewhere(scope, use)) < _SEVERAL:
            case = scope.case_of(use.reference) or scope.case
            owner = "this case" if case is scope.case else f"`{case.id}`"
            place = scope.place(event, use.route, "not found")
            message, help_ = _gone(case, use) or (f"{owner} has no event `{use.reference.event}`", "")
            helps = (help_,) if help_ else _meant(scope, case, use) if slips.has(event.id) else ()
            yield Problem(message, (place,), helps=helps)


_SEVERAL = 2


def _gone(case: CaseFile, use: ReferenceUse) -> tuple[str, str] | None:
    """Returns what is wrong and the way out, if the id was that of a record that is withdrawn or has a new id."""
    name, item = use.reference.event, f"#{use.reference.item}" if use.reference.item else ""
    record = case.record_by_id.get(name)
    if record is None:
        return None
    if record.withdrawn is not None:
        help_ = f"remove the reference, or name another record; see `ogpcase show {case.id}/{record.id}`"
        return f"`{name}` was withdrawn on {record.withdrawn.on.text}", help_
    before = f"{case.id}/" if use.reference.case else ""
    return f"the record `{name}` has a new id", f"write `{before}{record.id}{item}`"


def _meant(scope: Scope, case: CaseFile, use: ReferenceUse) -> tuple[str, ...]:
    """Suggests an event of this name in another case, else the nearest one of the same case."""
    item = f"#{use.reference.item}" if use.reference.item else ""
    for other, event in _elsewhere(scope, use):
        return suggestion(f"{other.id}/{event.id}{item}")
    near = nearest(use.reference.event, [*case.event_by_id, *case.unreadable])
    before = f"{case.id}/" if use.reference.case else ""
    return suggestion(near and f"{before}{near}{item}") or (f"see `ogpcase timeline {case.id}`",)


@rule("OC310", "ambiguous-reference")
def ambiguous_reference(scope: Scope) -> Iterator[Problem]:
    """A reference without a case names an event that several other cases have, and this case does not.

    Why it matters
        It is not known what the record answers, cites or adopts.
    Wrong
        cites: [2015-04-14-letter-notice], which azerbaijan-2015 and hungary-2015 both have
    Right
        cites: [hungary-2015/2015-04-14-letter-notice]
    Not reported when
        This case has the event, the reference names its case, or only one other case has it.
    """
    for event, use in _dangling(scope):
        candidates = _elsewhere(scope, use)
        if len(candidates) >= _SEVERAL:
            item = f"#{use.reference.item}" if use.reference.item else ""
            first = scope.place(event, use.route, "which one?")
            others = (scope.place(other, ("kind",), "one of these", case) for case, other in candidates)
            helps = (f"write the case too: {listed([f'{case.id}/{other.id}{item}' for case, other in candidates])}",)
            message = f"several other cases have an event `{use.reference.event}`, and this one has none"
            yield Problem(message, (first, *others), helps=helps)


def _dangling(scope: Scope) -> Iterator[tuple[Event, ReferenceUse]]:
    for event, use, found in scope.references:
        if found:
            continue
        case, name = scope.case_of(use.reference), use.reference.event
        if case and name not in case.event_by_id and name not in case.unreadable:
            yield event, use


def _elsewhere(scope: Scope, use: ReferenceUse) -> list[tuple[CaseFile, Event]]:
    """Returns the events of other cases that a reference without a case could mean."""
    if use.reference.case:
        return []
    name = use.reference.event
    return [(case, case.event_by_id[name]) for case in scope.holding(name) if case.id != scope.case.id]


@rule("OC313", "unknown-item")
def unknown_item(scope: Scope) -> Iterator[Problem]:
    """A reference names an item that its event does not have.

    Why it matters
        For example, the request that an answer means would stay open.
    Wrong
        answers: [{request: 2017-02-16-letter-core-group#investigation, answer: none}]
    Right
        answers: [{request: 2017-02-16-letter-core-group#independent-investigation, answer: none}]
    Not reported when
        The item is a duty that the event brings, some of its items could not be read, or two have the same id.
    """
    slips = FirstSlips()
    for event, use, found in scope.references:
        item = use.reference.item
        if not found or item is None or _is_self_reference(scope, event, use, found):
            continue
        case, other = found
        items = scope.items(case, other)
        if item not in items.routes and item not in items.duties and _all_read(scope, case, other):
            known = (*items.routes, *items.duties) if slips.has(event.id) else ()
            choices = f"its items are {listed(known)}" if known else "refer to the event alone, or correct the item"
            helps = did_you_mean(item, known, f"{use.reference.partition('#')[0]}#") or (choices,)
            place = scope.place(event, use.route, "no such item")
            yield Problem(f"`{other.id}` has no item `{item}`", (place,), helps=helps)


def _all_read(scope: Scope, case: CaseFile, event: Event) -> bool:
    """True if every possible item of the event was read, and no two items have the same id."""
    unread = case.flawed.get(event.id, frozenset()).intersection({*ITEM_FIELDS, "moves_to", "policy_version"})
    return not unread and len(scope.items(case, event).routes) == len(event.items())


@rule("OC314", "self-reference")
def self_reference(scope: Scope) -> Iterator[Problem]:
    """A record answers, cites, adopts or follows itself.

    Why it matters
        That is impossible; often the reference was copied with the record.
    Wrong
        2019-12-12-resolution  cites  2019-12-12-resolution
    Right
        2019-12-12-resolution  cites  2019-05-02-report-review
    Not reported when
        A term runs from another request of the same paper, or a paper answers a duty that its own move brings: a notice
        to the government is the answer to the duty to notify it.
    """
    for event, use, found in scope.references:
        if _is_self_reference(scope, event, use, found):
            helps = ("name the other record, or remove the reference",)
            place = scope.place(event, use.route, "this is the record itself")
            yield Problem("this record refers to itself", (place,), helps=helps)
    for position, related in enumerate(scope.case.header.related if scope.case.header else ()):
        if related.case == scope.case.id:
            place = Place(file_of_header(scope.case.id), ("related", position, "case"), "this is the case itself")
            yield Problem("this case is related to itself", (place,), helps=("name the other case",))


def _is_self_reference(scope: Scope, event: Event, use: ReferenceUse, found: Found | None) -> bool:
    own = found is not None and found[1] is event
    if own and use.field == "answers":
        return use.reference.item not in scope.items(scope.case, event).duties
    if not own or use.field != "after":
        return own
    name, position = use.route[:2]
    return bool(getattr(event, str(name))[position].id == use.reference.item)


@rule("OC315", "wrong-kind-of-reference")
def wrong_kind_of_reference(scope: Scope) -> Iterator[Problem]:
    """A reference leads to a record or item of the wrong kind.

    Why it matters
        `adopts` needs a report, `addendum_to` a Concern, `answers` a request, and `about` in replies and findings an
        allegation. No view looks for anything else there.
    Wrong
        adopts: 2019-03-05-letter-notice
    Right
        adopts: 2019-05-02-report-review
    Not reported when
        The record cannot be read, or a reply or finding is about a Concern as a whole.
    """
    for event, use, found in scope.references:
        if not found or use.field not in _FOR_ONE_SORT:
            continue
        wanted = None if _is_self_reference(scope, event, use, found) else _wanted(scope, use, *found)
        if wanted:
            case, other = found
            first = scope.place(event, use.route, f"not {wanted}")
            route = scope.items(case, other).routes.get(use.reference.item or "", ("kind",))
            second = scope.place(other, route, "it points to this", case)
            helps = (f"point it to {wanted}, or use `cites` or `follows`",)
            yield Problem(f"`{last_name(use.route)}` does not point to {wanted}", (first, second), helps=helps)


_FOR_ONE_SORT = frozenset({"adopts", "addendum_to", "answers", "after", "replies", "findings"})


def _wanted(scope: Scope, use: ReferenceUse, case: CaseFile, other: Event) -> str | None:
    """Returns the kind of target that the field needs if this is another; None if it fits or is not known."""
    item = use.reference.item
    items = scope.items(case, other)
    at = items.routes.get(item or "")
    match use.field:
        case "adopts":
            return None if other.kind is Kind.REPORT else "a report"
        case "addendum_to":
            return None if other.kind is Kind.CONCERN else "a Concern"
        case "answers" | "after" if at:
            return None if at[0] in {"requests", "milestones"} else "a request"
        case "replies" | "findings":
            whole = item is None and other.kind is Kind.CONCERN
            nothing = item and not at and item not in items.duties
            fits = whole or nothing or (at and at[0] == "allegations")
            return None if fits else "an allegation"
        case _:
            return None


@rule("OC319", "unknown-case")
def unknown_case(scope: Scope) -> Iterator[Problem]:
    """A reference, or the header's `related`, names a case that the folder does not have.

    Why it matters
        No view can show what happened there.
    Wrong
        cites: [mexico-2032/2023-01-letter-request]
    Right
        cites: [mexico-2023/2023-01-letter-request]
    Not reported when
        A related case is elsewhere and has a `title` or `urls`.
    """
    related = scope.case.header.related if scope.case.header else ()
    header = (
        (str(other.case), Place(file_of_header(scope.case.id), ("related", position, "case"), "no folder of this name"))
        for position, other in enumerate(related)
        if other.case and not other.is_described
    )
    events = (
        (str(use.reference.case), scope.place(event, use.route, "no folder of this name"))
        for event, use, _ in scope.references
        if use.reference.case
    )
    slips = FirstSlips()
    for name, place in chain(header, events):
        if name != scope.case.id and name not in scope.others:
            others = (other for other in scope.others if other != scope.case.id)
            meant = did_you_mean(name, others) if slips.has(place.file) else ()
            helps = meant or ("for a case elsewhere, give a `title` or `urls` in `related`",)
            yield Problem(f"no case is called `{name}`", (place,), helps=helps)


@rule("OC330", "alias-is-taken")
def alias_is_taken(scope: Scope) -> Iterator[Problem]:
    """An entry of `aliases` is the id of a record of the case, or another record has it too.

    Why it matters
        An old id leads people to one record, and here it would lead to two.
    Wrong
        aliases: [2024-06-03-resolution]  in a record, and a file  2024-06-03-resolution.yaml  beside it
    Right
        aliases: [2024-06-resolution]
    Not reported when
        No other record of the case has or had this id.
    """
    ids = {event.id for event in scope.case.records} | scope.case.unreadable
    first: dict[str, Place] = {}
    for event in scope.case.records:
        for position, alias in enumerate(event.aliases):
            here = scope.place(event, ("aliases", position), "this alias")
            if alias in ids or alias in first:
                there = (first[alias]._replace(label="it has it too"),) if alias in first else ()
                helps = ("remove it where it does not belong",)
                yield Problem(f"the alias `{alias}` is taken", (here, *there), helps=helps)
            first.setdefault(alias, here)


CHECKS = (
    unknown_reference, ambiguous_reference, unknown_item, self_reference, wrong_kind_of_reference, unknown_case,
    alias_is_taken,
)  # fmt: skip
