"""What differs between two versions of cases: moves, events, fields, and requests.

Events of two versions are paired by name, or by content if an event was renamed.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import UNKNOWN, Membership, NamedParty
from ogpcase.model.questions import fields_of
from ogpcase.model.serialize import short_form
from ogpcase.model.texts import Text
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import Stage
from ogpcase.reports.heading.rows import heading_of
from ogpcase.reports.requests.rows import AskLine, ask_lines_of
from ogpcase.reports.shown import Shown

_ALIKE = 0.6
"""The share of equal fields from which two records with different names count as one renamed record."""
_MOST = 20_000
"""Pairs of records to compare field by field; with more pairs, only records with the same content are paired."""

Plain = Callable[[Reference], str]


class Pair(NamedTuple):
    """A record that is in both versions or in one of them; its two ids differ if it was renamed."""

    before: Event | None
    after: Event | None

    @property
    def renaming(self) -> tuple[Event, Event] | None:
        """The record in both versions, where it was renamed."""
        both = (self.before, self.after) if self.before and self.after else None
        return both if both and both[0].id != both[1].id else None


def pairs_of(before: CaseFile | None, after: CaseFile | None) -> tuple[Pair, ...]:
    """Returns every event of either version in the later version's order, with removed events last.

    A record that one of the versions cannot read is left out.
    """
    old, new = (case.event_by_id if case else {} for case in (before, after))
    lost = (before.unreadable if before else frozenset()) | (after.unreadable if after else frozenset())
    gone = [event for event in old.values() if event.id not in new and event.id not in lost]
    come = [event for event in new.values() if event.id not in old and event.id not in lost]
    was = {event.id: earlier for event in come for earlier in gone if earlier.id in event.aliases}
    kept = {earlier.id for earlier in was.values()}
    gone, come = [event for event in gone if event.id not in kept], [event for event in come if event.id not in was]
    was |= {new_event.id: old_event for old_event, new_event in _renamed(gone, come)}
    taken = {event.id for event in was.values()}
    there = [Pair(was.get(name) or old.get(name), event) for name, event in new.items() if name not in lost]
    return (*there, *(Pair(event, None) for event in gone if event.id not in taken))


def _renamed(gone: list[Event], come: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Yields the pairs of records that are most alike; no record is in two pairs."""
    old, new = ([(event, plain_fields(event, str)) for event in events] for events in (gone, come))
    quick = len(old) * len(new) > _MOST
    likely = [
        (-likeness, one.id, other.id, one, other)
        for one, fields in old
        for other, others in new
        if one.kind is other.kind and (likeness := _likeness(fields, others, quick=quick)) >= _ALIKE
    ]
    paired: tuple[set[str], set[str]] = (set(), set())
    for _, old_id, new_id, one, other in sorted(likely, key=lambda pair: pair[:3]):
        if old_id not in paired[0] and new_id not in paired[1]:
            paired[0].add(old_id)
            paired[1].add(new_id)
            yield one, other


def _likeness(fields: dict[str, object], others: dict[str, object], *, quick: bool) -> float:
    """Returns the share of fields with equal values; with `quick`, whether all fields are equal."""
    if quick or fields == others:
        return float(fields == others)
    names = fields.keys() | others.keys()
    return sum(fields.get(name) == others.get(name) for name in names) / len(names)


def plain_fields(record: Frozen, name: Plain) -> dict[str, object]:
    """Returns the fields that have a value, as plain values to compare; `name` says what a reference points to."""
    return {
        each: comparable(value, name)
        for each in type(record).model_fields
        if each not in _IDS and (value := getattr(record, each)) not in (None, (), False)
    }


def comparable(value: object, name: Plain) -> object:  # noqa: PLR0911 - one return for each sort of value
    """Returns a value of a record as plain values to compare."""
    if isinstance(value, Text):
        return {str(tag): text for tag, text in value.by_language.items()}
    if isinstance(value, Reference):
        return name(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if isinstance(value, NamedParty):
        return (value.party, value.as_named, value.office)
    if isinstance(value, tuple):
        return [comparable(each, name) for each in value]
    if isinstance(value, Frozen):
        return plain_fields(value, name) | {"id": getattr(value, "id", None)}
    return str(value) if isinstance(value, Enum) else value


_IDS = frozenset({"id", "aliases"})
"""How a record is and was called, which is no fact of the case."""
_KEYS = ("id", "about", "request")
"""The fields that identify an item of a list."""
_PARTY_IDS = frozenset({"subject", "for"})
"""Fields that hold the id of a party as plain text."""


_PARTIES = (NamedParty, Membership)
"""The classes of values that name a party."""


class FieldChange(NamedTuple):
    """A field, such as `requests#work-plan.due`, and its value in each version; None where the field is missing."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Sides:
    """The two versions of a case that hold the records compared.

    `aliases` lead from the earlier names of renamed events to the later ones, both with their case.
    """

    before: Shown
    after: Shown
    aliases: Mapping[str, str] = field(default_factory=dict)

    def same(self, old: object, new: object) -> bool:
        """True if two values are equal when the new names of renamed records replace the old ones."""
        return comparable(old, lambda reference: self.last_name(self.before.case.full(reference))) == comparable(
            new, lambda reference: self.last_name(self.after.case.full(reference))
        )

    def last_name(self, full: str) -> str:
        """Returns a full reference with the later name of its event."""
        name, mark, item = full.partition("#")
        return f"{self.aliases.get(name, name)}{mark}{item}"


def event_changes(sides: Sides, old: Event, new: Event) -> tuple[FieldChange, ...]:
    """Returns what changed in an event that is in both versions."""
    names = dict.fromkeys(field.name for field in (*fields_of(new.kind), *fields_of(old.kind)) if field.name != "kind")
    kind = [FieldChange("kind", str(old.kind), str(new.kind))] if old.kind is not new.kind else []
    old, new = _told_alike(sides, old, new)
    return (*kind, *_field_changes(sides, names, old, new))


def _told_alike(sides: Sides, old: Event, new: Event) -> tuple[Event, Event]:
    """Returns both events with the whole text of each source that only one of them writes out.

    A source that was moved into a file says what it said; where a file changed, the case tells of it once.
    """
    written = [{each.id: each.is_written_out for each in event.sources} for event in (old, new)]
    moved = {name for name in written[0].keys() & written[1].keys() if written[0][name] is not written[1][name]}
    if not moved:
        return old, new
    return _with_texts(sides.before.case, old, moved), _with_texts(sides.after.case, new, moved)


def _with_texts(case: CaseFile, event: Event, names: Container[str]) -> Event:
    pairs = zip(event.sources, case.sources_of(event), strict=True)
    return event.model_copy(update={"sources": tuple(whole if own.id in names else own for own, whole in pairs)})


def record_changes(sides: Sides, old: Frozen, new: Frozen) -> tuple[FieldChange, ...]:
    """Returns what changed in a header or a party."""
    return tuple(_field_changes(sides, [name for name in type(new).model_fields if name != "id"], old, new))


def _field_changes(sides: Sides, names: Iterable[str], old: Frozen, new: Frozen) -> Iterator[FieldChange]:
    for name in names:
        yield from _changes(sides, name, getattr(old, name, None), getattr(new, name, None))


def _changes(sides: Sides, name: str, old: object, new: object) -> Iterator[FieldChange]:
    if sides.same(old, new):
        return
    if isinstance(old, tuple) or isinstance(new, tuple):
        yield from _in_list(sides, name, old or (), new or ())
    elif isinstance(old, Text) and isinstance(new, Text):
        yield from _in_text(name, old, new)
    elif isinstance(old, Frozen) and isinstance(new, Frozen) and not isinstance(old, NamedParty):
        for inner, described in type(new).model_fields.items():
            said = f"{name}.{described.alias or inner}"
            yield from _changes(sides, said, getattr(old, inner, None), getattr(new, inner))
    else:
        yield _change(sides, name, old, new)


def _change(sides: Sides, name: str, old: object, new: object) -> FieldChange:
    last = name.rpartition(".")[2]
    return FieldChange(name, _told(sides.before, old, last), _told(sides.after, new, last))


def _in_text(name: str, old: Text, new: Text) -> Iterator[FieldChange]:
    """Compares each language, so that the reader's own language does not hide a changed translation."""
    for tag in dict.fromkeys([*old.by_language, *new.by_language]):
        one, other = old.by_language.get(tag), new.by_language.get(tag)
        if one != other:
            yield FieldChange(f"{name}.{tag}" if tag else name, one, other)


def _in_list(sides: Sides, name: str, old: object, new: object) -> Iterator[FieldChange]:
    assert isinstance(old, tuple)
    assert isinstance(new, tuple)
    if any(_key(each) is not None for each in (*old, *new)):
        yield from _by_key(sides, name, old, new)
        return
    gone = [each for each in old if not any(sides.same(each, other) for other in new)]
    come = [(at, each) for at, each in enumerate(new, 1) if not any(sides.same(other, each) for other in old)]
    if not gone and not come:
        yield _change(sides, name, old, new)
    while gone and come and isinstance(gone[0], Frozen) and not isinstance(gone[0], _PARTIES):
        at, each = come.pop(0)
        yield from _changes(sides, f"{name} {at}", gone.pop(0), each)
    yield from (_change(sides, name, each, None) for each in gone)
    yield from (_change(sides, name, None, each) for _, each in come)


def _by_key(sides: Sides, name: str, old: Iterable[object], new: Iterable[object]) -> Iterator[FieldChange]:
    before, after = (
        {_keyed(sides, shown, item): item for item in items}
        for shown, items in ((sides.before, old), (sides.after, new))
    )
    for key in dict.fromkeys([*before, *after]):
        said = f"{name}#{key}" if "#" not in key else f"{name} {key}"
        yield from _changes(sides, said, before.get(key), after.get(key))


def _keyed(sides: Sides, shown: Shown, item: object) -> str:
    key = _key(item)
    if not isinstance(key, Reference):
        return str(key)
    return sides.last_name(shown.case.full(key)).removeprefix(f"{shown.case.id}/")


def _key(item: object) -> str | None:
    if not isinstance(item, Frozen) or isinstance(item, _PARTIES):
        return None
    return next((key for name in _KEYS if isinstance(key := getattr(item, name, None), str)), None)


def _told(shown: Shown, value: object, name: str = "") -> str | None:  # noqa: PLR0911 - one return for each sort
    """Returns a value in one line."""
    if value is None or value == ():
        return None
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, _PARTIES):
        return shown.printed(value) if isinstance(value, NamedParty) else shown.belonging(value)
    if isinstance(value, tuple):
        return ", ".join(_told(shown, each, name) or "" for each in value)
    if isinstance(value, Frozen):
        return short_form(value) or "; ".join(_parts(shown, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum | FuzzyDate | int):
        return str(value)
    return shown.name(str(value)) if name in _PARTY_IDS else str(value)


def _parts(shown: Shown, value: Frozen) -> Iterator[str]:
    """Yields the fields of an item, without those that identify it."""
    for name, described in type(value).model_fields.items():
        said = described.alias or name
        part = getattr(value, name)
        if name not in _KEYS and part is not False and (told := _told(shown, part, said)):
            yield f"{said.replace('_', ' ')}: {told}"


AskWord = Literal["made", "withdrawn", "answered", "unanswered", "withheld"]
"""What became of an ask; `unanswered` when answers to it are gone, `withheld` when public copies leave them out now."""
NOTHING_CAME = "unanswered"
_NOTHING_YET = (NOTHING_CAME, "call")


class OutcomeChange(NamedTuple):
    """The outcome for one party in each version; None where it was not asked. `told_by` is the later event."""

    party: str
    before: str | None
    after: str | None
    told_by: str | None = None


class AskChange(NamedTuple):
    """A request or duty that is new, removed, or has another outcome; `outcomes` are those that are new or changed."""

    what: AskWord
    request: str
    text: str
    due: str | None
    duty: bool
    outcomes: tuple[OutcomeChange, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The named parties that are newly asked and have not answered."""
        asked = (outcome for outcome in self.outcomes if outcome.before is None and outcome.after in _NOTHING_YET)
        return tuple(each.party for each in asked if each.party != UNKNOWN)

    @property
    def came(self) -> tuple[OutcomeChange, ...]:
        """The outcomes without those of parties that are newly asked and have not answered."""
        return tuple(
            outcome for outcome in self.outcomes if outcome.before is not None or outcome.after not in _NOTHING_YET
        )


def ask_changes(sides: Sides) -> tuple[AskChange, ...]:
    """Returns the changed requests of a case in the case's order, with removed requests last.

    Requests of a record that only one version can read count as neither made nor withdrawn.
    """
    before, after = sides.before, sides.after
    lost = before.case.unreadable | after.case.unreadable
    old, new = (dict(_by_name(sides, shown, lost)) for shown in (before, after))
    there = (_change_of_ask(before, after, old.get(name), ask) for name, ask in new.items())
    gone = (_ask_change(before, "withdrawn", ask, ()) for name, ask in old.items() if name not in new)
    return tuple(change for change in (*there, *gone) if change is not None)


def _by_name(sides: Sides, shown: Shown, lost: frozenset[str]) -> Iterator[tuple[str, Ask]]:
    for ask in asks_of(shown.case, shown.reader.moment):
        if ask.event.id not in lost:
            yield sides.last_name(f"{shown.case.id}/{ask.event.id}#{ask.item}"), ask


def _change_of_ask(before: Shown, after: Shown, old: Ask | None, new: Ask) -> AskChange | None:
    came = dict(_outcomes(after, new))
    if old is None:
        made = [OutcomeChange(line.party, None, line.outcome, line.told_by) for line in came.values()]
        return _ask_change(after, "made", new, made)
    had = dict(_outcomes(before, old))
    changed = []
    for key, line in came.items():
        earlier = had[key].outcome if key in had else None
        if line.outcome != (earlier or NOTHING_CAME) and "not_read" not in (line.outcome, earlier):
            changed.append(OutcomeChange(line.party, earlier, line.outcome, line.told_by))
    quiet = {NOTHING_CAME, "not_read"}
    gone = (line for key, line in had.items() if key not in came and line.outcome not in quiet)
    changed += [OutcomeChange(line.party, line.outcome, None) for line in gone]
    if not changed:
        return None
    lost = all(each.after in {None, NOTHING_CAME} for each in changed)
    hidden = any(each.after == "withheld" for each in changed)
    return _ask_change(after, "withheld" if hidden else "unanswered" if lost else "answered", new, changed)


def _outcomes(shown: Shown, ask: Ask) -> Iterator[tuple[tuple[str | None, ...], AskLine]]:
    """Yields the lines of a request and of their parts, each with the names of the party and of the part."""
    for asked, line in zip(ask.lines, ask_lines_of(shown, ask), strict=True):
        yield (asked.party,), line
        for inner, part in zip(asked.parts, line.parts, strict=True):
            yield (asked.party, inner.party), part


def _ask_change(shown: Shown, what: AskWord, ask: Ask, outcomes: Iterable[OutcomeChange]) -> AskChange:
    due = ask.due.text if ask.due else None
    return AskChange(what, f"{ask.event.id}#{ask.item}", shown.text(ask.text), due, ask.duty, tuple(outcomes))


What = Literal["added", "amended", "renamed", "withdrawn", "unreadable", "readable"]
"""What became of a record; `readable` is one that could not be read before."""
Cases = Mapping[str, CaseFile]


class Stand(NamedTuple):
    """The stage of a case in one version on the reader's day, its date, and the stage that it is perhaps in.

    `known` is false where a record that cannot be read may move the case.
    """

    stage: Stage
    since: str | None
    perhaps: Stage | None
    known: bool = True


class EventChange(NamedTuple):
    """What became of an event. `was` is its earlier id; kind, date and title are None where it cannot be read."""

    what: What
    event: str
    was: str | None = None
    kind: str | None = None
    dated: str | None = None
    title: str | None = None
    fields: tuple[FieldChange, ...] = ()
    inferred: tuple[str, ...] = ()


class SourceChange(NamedTuple):
    """What became of a source in a file of a case; `title` is its address or id where it has no title."""

    what: What
    source: str
    title: str
    fields: tuple[FieldChange, ...] = ()


class CaseChange(NamedTuple):
    """What changed in a case; `before` or `after` is None if the case is not in that version."""

    case: str
    title: str
    before: Stand | None
    after: Stand | None
    header: tuple[FieldChange, ...]
    events: tuple[EventChange, ...]
    asks: tuple[AskChange, ...]
    sources: tuple[SourceChange, ...] = ()

    @property
    def says_nothing(self) -> bool:
        """True when a reader would see no change."""
        return self.before == self.after and not self.header and not (self.events or self.asks or self.sources)


class PartyChange(NamedTuple):
    """What became of a party."""

    what: What
    party: str
    name: str
    fields: tuple[FieldChange, ...] = ()


class Difference(NamedTuple):
    """All changes, and the records that both branches added under the same name since their common ancestor."""

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
    renamed = ((case, pair.renaming) for case in ids for pair in pairs[case])
    aliases = {f"{case}/{both[0].id}": f"{case}/{both[1].id}" for case, both in renamed if both}
    cases = (_case(before.get(case), after.get(case), pairs[case], aliases, reader) for case in ids)
    old, new = (Shown(assemble("", None, (), registry), reader) for registry in registries)
    return Difference(
        tuple(case for case in cases if case and not case.says_nothing),
        tuple(_parties(registries, Sides(old, new))),
        tuple(both_added),
    )


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
    old, new = (Shown(case or assemble(there.id, None, (), there.registry), reader) for case in (before, after))
    sides, old_header, new_header = Sides(old, new, aliases), old.case.header, new.case.header
    last = new if after else old
    return CaseChange(
        case=there.id,
        title=last.text(there.header.title) if there.header else there.id,
        before=_stand(old) if before else None,
        after=_stand(new) if after else None,
        header=record_changes(sides, old_header, new_header) if old_header and new_header else (),
        events=(*_events(sides, pairs), *(_unread(sides) if before and after else ())),
        asks=ask_changes(sides),
        sources=tuple(_sources(sides)) if before and after else (),
    )


def _same(before: CaseFile, after: CaseFile) -> bool:
    """True when neither the case nor its parties changed."""
    one, other = (
        (case.header, case.events, case.unreadable, case.sources, case.sources_not_read, case.registry.parties,
         case.registry.unreadable)
        for case in (before, after)
    )  # fmt: skip
    return one == other


def _sources(sides: Sides) -> Iterator[SourceChange]:
    """Yields the sources in files that one version lacks, or that say something else; none that cannot be read."""
    before, after = sides.before.case, sides.after.case
    lost = before.sources_not_read | after.sources_not_read
    for name in sorted((before.sources.keys() | after.sources.keys()) - lost):
        old, new = before.sources.get(name), after.sources.get(name)
        there = new or old
        if there is None or old == new:
            continue
        what: What = "amended" if old and new else "added" if new else "withdrawn"
        shown = sides.after if new else sides.before
        title = shown.text(there.title) if there.title else there.url or name
        fields = record_changes(sides, old, new) if old and new else ()
        yield SourceChange(what, name, title, fields)


def _stand(shown: Shown) -> Stand:
    heading = heading_of(shown, standing(shown.case, shown.reader.moment))
    return Stand(heading.stage, heading.since, heading.perhaps, heading.known)


def _events(sides: Sides, pairs: Iterable[Pair]) -> Iterator[EventChange]:
    for pair in pairs:
        event, shown = (pair.after, sides.after) if pair.after else (pair.before, sides.before)
        if event is None:
            continue
        fields = event_changes(sides, pair.before, pair.after) if pair.before and pair.after else ()
        was = pair.renaming[0].id if pair.renaming else None
        if was or fields or not (pair.before and pair.after):
            what: What = "renamed" if was else "amended" if fields else "added" if pair.after else "withdrawn"
            title = shown.text(event.title)
            yield EventChange(what, event.id, was, str(event.kind), event.dated.text, title, fields, event.inferred)


def _unread(sides: Sides) -> Iterator[EventChange]:
    """Yields the records that only one version can read."""
    before, after = sides.before.case, sides.after.case
    for event_id in sorted(before.unreadable ^ after.unreadable):
        yield EventChange("unreadable" if event_id in after.unreadable else "readable", event_id)


def _parties(registries: tuple[Registry, Registry], sides: Sides) -> Iterator[PartyChange]:
    before, after = (registry.parties for registry in registries)
    for party_id in sorted(before.keys() | after.keys()):
        old, new = before.get(party_id), after.get(party_id)
        there = new or old
        if there is None or old == new:
            continue
        fields = record_changes(sides, old, new) if old and new else ()
        what: What = "amended" if old and new else "added" if new else "withdrawn"
        if fields or what != "amended":
            yield PartyChange(what, there.id, sides.after.text(there.name), fields)
