"""A party across cases: what it did, asked, was asked, answered and left open, itself and through its parts.

Nothing here accuses: what is left open is what no record settles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from operator import itemgetter
from typing import TypeVar

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.events import Event
from ogpcase.model.parties import Party
from ogpcase.values import frozen, replace
from ogpcase.views.party_asks import PartyAsk, asked_by, asked_of, longest_first
from ogpcase.views.roles import DOING, ROLES, Naming, Signature, namings_of, signatures_of
from ogpcase.views.show import Appearance, Record, appearances, party_record
from ogpcase.views.shown import Reader, Shown

T = TypeVar("T")


@frozen
class Deed:
    """An event that names a party: in which roles, and under which names and offices its paper does.

    `name` is what the party is called here. `signed` are those who signed for it and, where it acts, those of whom the
    paper does not say for whom they signed.
    """

    name: str
    case: str
    reference: str
    kind: str
    dated: str
    title: str
    roles: tuple[str, ...]
    as_named: tuple[str, ...]
    offices: tuple[str, ...]
    signed: tuple[Signature, ...]
    certain: bool
    context: bool


@frozen
class Doings:
    """What one party did and asked, and what was asked of it, in the order of time.

    `did` are the events in which it does something, `named` those that only name it. `lines` is all that was asked of
    it and all that it answered.
    """

    party: str
    name: str
    did: tuple[Deed, ...] = ()
    named: tuple[Deed, ...] = ()
    asked: tuple[PartyAsk, ...] = ()
    lines: tuple[PartyAsk, ...] = ()
    signed: tuple[Signature, ...] = ()

    @property
    def was_asked(self) -> tuple[PartyAsk, ...]:
        """All that was asked of it, duties of the policy included."""
        return tuple(each for each in self.lines if each.asked)

    @property
    def answered(self) -> tuple[PartyAsk, ...]:
        """What came back from it and settled a request, also where it was not the one asked."""
        return tuple(each for each in self.lines if not each.open)

    @property
    def left_open(self) -> tuple[PartyAsk, ...]:
        """What was asked of it and is not certainly answered, the longest open first."""
        return tuple(sorted((each for each in self.lines if each.asked and each.open), key=longest_first))

    @property
    def volunteered(self) -> tuple[PartyAsk, ...]:
        """What came back from it without its being asked, and did not settle the request."""
        return tuple(each for each in self.lines if not each.asked and each.open)

    @property
    def empty(self) -> bool:
        """True when no record tells anything of it."""
        return not (self.did or self.named or self.asked or self.lines or self.signed)


@frozen
class SubjectOf:
    """A case that is about a party."""

    case: str
    title: str


@frozen
class PartyFile:
    """Everything that the cases tell of a party: its own record, its doings, and those of each of its parts."""

    record: Record
    appearances: tuple[Appearance, ...]
    subject_of: tuple[SubjectOf, ...]
    doings: Doings
    parts: tuple[Doings, ...]


@frozen
class _Read:
    """A case as it is read for parties: its requests, and whom each event names."""

    shown: Shown
    asks: tuple[Ask, ...]
    events: tuple[tuple[Event, tuple[Naming, ...]], ...]

    @classmethod
    def of(cls, shown: Shown) -> _Read:
        events = ((event, tuple(namings_of(shown, event))) for event in shown.events())
        return cls(shown, asks_of(shown.case, shown.reader.moment), tuple(events))


def party_file(registry: Registry, cases: Sequence[CaseFile], party: Party, reader: Reader) -> PartyFile:
    """Returns everything that the cases tell this reader of a party; what its parts did stands under the part."""
    any_case = cases[0] if cases else assemble("none", None, (), registry)
    names, read = Shown(any_case, reader), [_Read.of(Shown(case, reader)) for case in cases]
    whole = _doings(read, names, party.id)
    told = {each.request for each in whole.lines}
    parts = (_doings(read, names, each) for each in parts_of(names, party.id))
    apart = (replace(each, lines=tuple(one for one in each.lines if one.request not in told)) for each in parts)
    record = party_record(any_case, party, reader)
    elsewhere = {
        *record.elsewhere,
        *(tag for each in (names, *(one.shown for one in read)) for tag in each.elsewhere()),
    }
    return PartyFile(
        record=replace(record, elsewhere=tuple(sorted(elsewhere))),
        appearances=tuple(one for case in cases for one in appearances(case, party.id, reader)),
        subject_of=tuple(_subject_of(read, party.id)),
        doings=whole,
        parts=tuple(apart),
    )


def parts_of(shown: Shown, party: str) -> tuple[str, ...]:
    """Returns the parties that are part of one, at any depth."""
    found: dict[str, None] = {}
    todo = [party]
    while todo:
        whole = todo.pop(0)
        for each in shown.case.registry.parties.values():
            if whole in each.part_of and each.id not in found and each.id != party:
                found[each.id] = None
                todo.append(each.id)
    return tuple(sorted(found))


def _subject_of(read: Sequence[_Read], party: str) -> Iterator[SubjectOf]:
    for shown in (each.shown for each in read):
        header = shown.case.header
        if header is not None and header.subject == party:
            yield SubjectOf(shown.case.id, shown.text(header.title))


def _doings(read: Sequence[_Read], names: Shown, party: str) -> Doings:
    deeds = _merged(read, lambda one: _deeds(one, party))
    return Doings(
        party=party,
        name=names.name(party),
        did=tuple(each for each in deeds if not set(DOING).isdisjoint(each.roles)),
        named=tuple(each for each in deeds if set(DOING).isdisjoint(each.roles)),
        asked=_merged(read, lambda one: ((a.event, each) for a in one.asks for each in asked_by(one.shown, a, party))),
        lines=_merged(read, lambda one: ((a.event, each) for a in one.asks for each in asked_of(one.shown, a, party))),
        signed=tuple(one for each in deeds for one in each.signed if one.party is not None),
    )


def _merged(read: Sequence[_Read], told: Callable[[_Read], Iterable[tuple[Event, T]]]) -> tuple[T, ...]:
    """What is told of each case, in the one order of time; within a case as the case has it."""
    several = [[(event.dated.sort_key, each) for event, each in told(one)] for one in read]
    return tuple(each for _, each in merge(*several, key=itemgetter(0)))


def _deeds(one: _Read, party: str) -> Iterator[tuple[Event, Deed]]:
    """Yields each event that names the party."""
    for event, namings in one.events:
        mine = [each for each in namings if each.party == party]
        if mine:
            yield event, _deed(one.shown, event, party, mine)


def _deed(shown: Shown, event: Event, party: str, mine: Sequence[Naming]) -> Deed:
    roles = {each.role for each in mine}
    acts = any(each.party == party for each in event.actors)
    signed = (
        one for signed_for, one in signatures_of(shown, event) if signed_for == party or (acts and not signed_for)
    )
    return Deed(
        name=shown.name(party),
        case=shown.case.id,
        reference=f"{shown.case.id}/{event.id}",
        kind=str(event.kind),
        dated=event.dated.text,
        title=shown.text(event.title),
        roles=tuple(role for role in ROLES if role in roles),
        as_named=tuple(dict.fromkeys(each.as_named for each in mine if each.as_named)),
        offices=tuple(dict.fromkeys(each.office for each in mine if each.office)),
        signed=tuple(signed),
        certain=shown.reader.moment.certain(event),
        context=event.context,
    )
