"""What changed between two versions of a folder, in the words of its readers: cases, events, asks and parties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.codelists import Stage
from ogpcase.model.events import Event
from ogpcase.model.parties import Party
from ogpcase.policy.lifecycle import standing
from ogpcase.values import frozen
from ogpcase.views.diff_asks import AskChange, ask_changes
from ogpcase.views.diff_fields import FieldChange, Sides, event_changes, record_changes
from ogpcase.views.diff_pairs import Pair, pairs_of
from ogpcase.views.heading import heading_of
from ogpcase.views.shown import Reader, Shown

What = Literal["added", "amended", "renamed", "withdrawn", "unreadable", "readable"]
"""What became of a record; `readable` is one that could not be read before."""
Cases = Mapping[str, CaseFile]


@frozen
class Stand:
    """Where a case stands in one version on the reader's day: the stage, since when, and what it perhaps is."""

    stage: Stage
    since: str | None
    perhaps: Stage | None


@frozen
class EventChange:
    """What became of an event. `was` is its earlier id; kind, date and title are None where it cannot be read."""

    what: What
    event: str
    was: str | None = None
    kind: str | None = None
    dated: str | None = None
    title: str | None = None
    fields: tuple[FieldChange, ...] = ()


@frozen
class CaseChange:
    """What changed in a case; a side is None where the case is not there."""

    case: str
    title: str
    before: Stand | None
    after: Stand | None
    header: tuple[FieldChange, ...]
    events: tuple[EventChange, ...]
    asks: tuple[AskChange, ...]

    @property
    def says_nothing(self) -> bool:
        """True when a reader would see no change."""
        return self.before == self.after and not self.header and not self.events and not self.asks


@frozen
class PartyChange:
    """What became of a party."""

    what: What
    party: str
    name: str
    fields: tuple[FieldChange, ...] = ()


@frozen
class Difference:
    """All that changed, and the records that both sides have made under one name since they parted."""

    cases: tuple[CaseChange, ...]
    parties: tuple[PartyChange, ...]
    both_added: tuple[str, ...] = ()


def difference_of(
    before: Cases, after: Cases, registries: tuple[Registry, Registry], reader: Reader, both_added: Iterable[str] = ()
) -> Difference:
    """Returns what changed from one version of a folder to another, on the reader's day.

    `both_added` are references or ids of records.
    """
    ids = sorted(before.keys() | after.keys())
    pairs = {case_id: pairs_of(before.get(case_id), after.get(case_id)) for case_id in ids}
    aliases = {f"{case}/{old.id}": f"{case}/{new.id}" for case in ids for old, new in _renames(pairs[case])}
    cases = (_case(before.get(each), after.get(each), pairs[each], aliases, reader) for each in ids)
    old, new = (Shown(assemble("", None, (), registry), reader) for registry in registries)
    return Difference(
        tuple(each for each in cases if each and not each.says_nothing),
        tuple(_parties(registries, Sides(old, new))),
        tuple(both_added),
    )


def _renames(pairs: Iterable[Pair]) -> Iterator[tuple[Event, Event]]:
    for pair in pairs:
        if pair.renamed and pair.before and pair.after:
            yield pair.before, pair.after


def _case(
    before: CaseFile | None,
    after: CaseFile | None,
    pairs: tuple[Pair, ...],
    aliases: Mapping[str, str],
    reader: Reader,
) -> CaseChange | None:
    there = after or before
    if there is None or (before is not None and after is not None and _same(before, after)):
        return None
    old, new = (Shown(each or _empty(there), reader) for each in (before, after))
    sides = Sides(old, new, aliases)
    last = new if after else old
    return CaseChange(
        case=there.id,
        title=last.text(there.header.title) if there.header else there.id,
        before=_stand(old) if before else None,
        after=_stand(new) if after else None,
        header=tuple(_header(sides)),
        events=(*_events(sides, pairs), *_unread(sides)) if before and after else tuple(_events(sides, pairs)),
        asks=ask_changes(sides),
    )


def _same(before: CaseFile, after: CaseFile) -> bool:
    """True when nothing that is read of a case changed, the parties in it among it."""
    return (before.header, before.events, before.unreadable, before.registry.parties, before.registry.unreadable) == (
        after.header, after.events, after.unreadable, after.registry.parties, after.registry.unreadable,
    )  # fmt: skip


def _empty(case: CaseFile) -> CaseFile:
    return assemble(case.id, None, (), case.registry)


def _stand(shown: Shown) -> Stand:
    heading = heading_of(shown, standing(shown.case, shown.reader.moment))
    return Stand(heading.stage, heading.since, heading.perhaps)


def _header(sides: Sides) -> Iterator[FieldChange]:
    old, new = sides.before.case.header, sides.after.case.header
    if old is not None and new is not None:
        yield from record_changes(sides, old, new)


def _events(sides: Sides, pairs: Iterable[Pair]) -> Iterator[EventChange]:
    for pair in pairs:
        event, shown = (pair.after, sides.after) if pair.after else (pair.before, sides.before)
        if event is None:
            continue
        fields = event_changes(sides, pair.before, pair.after) if pair.before and pair.after else ()
        was = pair.before.id if pair.renamed and pair.before else None
        if was or fields or not (pair.before and pair.after):
            yield _event(shown, event, _what(pair), was, fields)


def _what(pair: Pair) -> What:
    if pair.before is None:
        return "added"
    if pair.after is None:
        return "withdrawn"
    return "renamed" if pair.renamed else "amended"


def _event(shown: Shown, event: Event, what: What, was: str | None, fields: tuple[FieldChange, ...]) -> EventChange:
    return EventChange(
        what=what,
        event=event.id,
        was=was,
        kind=str(event.kind),
        dated=event.dated.text,
        title=shown.text(event.title),
        fields=fields,
    )


def _unread(sides: Sides) -> Iterator[EventChange]:
    """Yields the records that only one version can read."""
    before, after = sides.before.case, sides.after.case
    for event_id in sorted(before.unreadable ^ after.unreadable):
        yield EventChange("unreadable" if event_id in after.unreadable else "readable", event_id)


def _parties(registries: tuple[Registry, Registry], sides: Sides) -> Iterator[PartyChange]:
    old, new = (registry.parties for registry in registries)
    for party_id in sorted(old.keys() | new.keys()):
        if old.get(party_id) != new.get(party_id):
            yield from _party(sides, old.get(party_id), new.get(party_id))


def _party(sides: Sides, old: Party | None, new: Party | None) -> Iterator[PartyChange]:
    there = new or old
    if there is None:
        return
    fields = record_changes(sides, old, new) if old and new else ()
    what: What = "amended" if old and new else "added" if new else "withdrawn"
    if fields or what != "amended":
        yield PartyChange(what, there.id, sides.after.text(there.name), fields)
