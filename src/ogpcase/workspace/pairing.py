"""Pairs the records of two versions: by id, by an earlier id, or by content if they were renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from ogpcase.diagnostics import FileId
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile, Registry, file_of_event, file_of_party
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty, folded
from ogpcase.model.questions import Shape, questions_of
from ogpcase.model.texts import Text

_ALIKE = 0.6
"""The share of equal fields from which two records with different names count as one renamed record."""
_MOST = 20_000
"""Pairs of records to compare field by field; with more pairs, only records with the same content are paired."""

Cases: TypeAlias = Mapping[str, CaseFile]
"""The cases of one version, by id."""


class Names(NamedTuple):
    """Says what a reference, a party's id and a case's id name, so that renamed records compare as equal."""

    reference: Callable[[Reference], str] = str
    party: Callable[[str], str] = str
    case: Callable[[str], str] = str


_AS_WRITTEN = Names()


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
    was |= {new_event.id: old_event for old_event, new_event in _most_alike(gone, come)}
    taken = {event.id for event in was.values()}
    there = [Pair(was.get(name) or old.get(name), event) for name, event in new.items() if name not in lost]
    return (*there, *(Pair(event, None) for event in gone if event.id not in taken))


def _most_alike(gone: list[Event], come: list[Event]) -> Iterator[tuple[Event, Event]]:
    """Returns the pairs of records that are most alike; no record is in two pairs."""
    old, new = ([(event, plain_fields(event, _AS_WRITTEN)) for event in events] for events in (gone, come))
    quick = len(old) * len(new) > _MOST
    likely = [
        (-likeness, one.id, other.id)
        for one, fields in old
        for other, others in new
        if one.kind is other.kind and (likeness := _likeness(fields, others, quick=quick)) >= _ALIKE
    ]
    before, after = ({event.id: event for event in events} for events in (gone, come))
    return ((before[one], after[other]) for one, other in _each_once(likely).items())


def _each_once(likely: Iterable[tuple[float, str, str]]) -> dict[str, str]:
    """Returns the later id for each earlier one: of pairs of ids, those that are most alike, each id once."""
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for _, one, other in sorted(likely):
        if one not in pairs and other not in taken:
            pairs[one] = other
            taken.add(other)
    return pairs


def _likeness(fields: dict[str, object], others: dict[str, object], *, quick: bool) -> float:
    """Returns the share of fields with equal values; with `quick`, whether all fields are equal."""
    if quick or fields == others:
        return float(fields == others)
    names = fields.keys() | others.keys()
    return sum(fields.get(name) == others.get(name) for name in names) / len(names)


def plain_fields(record: Frozen, names: Names) -> dict[str, object]:
    """Returns the fields that have a value, as plain values to compare."""
    shapes = _shapes(type(record))
    return {
        each: comparable(value, names, shapes.get(each))
        for each in type(record).model_fields
        if each not in IDS and (value := getattr(record, each)) not in (None, (), False)
    }


IDS = frozenset({"id", "aliases"})
"""How a record is and was called, which is no fact of the case."""


@cache
def _shapes(model: type[Frozen]) -> Mapping[str, Shape]:
    """Returns the shape of each attribute of a record or item."""
    return {question.attribute: question.shape for question in questions_of(model)}


def comparable(value: object, names: Names, shape: Shape | None = None) -> object:  # noqa: PLR0911 - one return for each sort of value
    """Returns a value of a record, in a field of this shape, as plain values to compare."""
    if isinstance(value, Text):
        return {str(tag): text for tag, text in value.by_language.items()}
    if isinstance(value, Reference):
        return names.reference(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if isinstance(value, NamedParty):
        return (names.party(value.party), value.as_named, value.office)
    if isinstance(value, tuple):
        return [comparable(each, names, shape) for each in value]
    if isinstance(value, Frozen):
        return plain_fields(value, names) | {"id": getattr(value, "id", None)}
    if isinstance(value, str) and shape in {"party", "case"}:
        return names.party(value) if shape == "party" else names.case(value)
    return str(value) if isinstance(value, Enum) else value


class Renamings(NamedTuple):
    """The later names of renamed records by the earlier ones: ids of cases and parties, references of events.

    `moved` are the paths of files that have the same bytes under another path, whether they can be read or not.
    """

    cases: Mapping[str, str]
    events: Mapping[str, str]
    parties: Mapping[str, str]
    moved: Mapping[FileId, FileId] = MappingProxyType({})

    @classmethod
    def of(cls, before: Cases, after: Cases, registries: tuple[Registry, Registry]) -> Renamings:
        """Finds the records of two versions that were renamed."""
        cases = _renamed_cases(before, after)
        pairs = ((old, cases.get(old, old)) for old in before)
        renamed = (
            (old, new, both)
            for old, new in pairs
            if new in after
            for pair in pairs_of(before[old], after[new])
            if (both := pair.renaming)
        )
        events = {f"{old}/{both[0].id}": f"{new}/{both[1].id}" for old, new, both in renamed}
        return cls(cases, events, _renamed_parties(*registries))

    def reference(self, full: str) -> str:
        """Returns a full reference with the later names of its case and its event."""
        name, mark, item = full.partition("#")
        case, _, event = name.partition("/")
        return f"{self.events.get(name) or f'{self.cases.get(case, case)}/{event}'}{mark}{item}"

    def earlier(self, case_id: str) -> str:
        """Returns the earlier id of a case."""
        return next((old for old, new in self.cases.items() if new == case_id), case_id)

    def event_id(self, case_id: str, event_id: str) -> str:
        """Returns the later id of an event of the earlier version, whether it can be read or not."""
        return self.file(file_of_event(case_id, event_id)).rpartition("/")[2].removesuffix(".yaml")

    def file(self, earlier: FileId) -> FileId:
        """Returns the later path of a file of the folder."""
        if earlier in self.moved:
            return self.moved[earlier]
        top, _, below = earlier.partition("/")
        stem = earlier.rpartition("/")[2].removesuffix(".yaml")
        if earlier == file_of_party(stem):
            return file_of_party(self.parties.get(stem, stem))
        case, _, event = self.events.get(f"{top}/{stem}", "").partition("/")
        if event and earlier == file_of_event(top, stem):
            return file_of_event(case, event)
        return f"{self.cases[top]}/{below}" if top in self.cases else earlier


NOTHING_RENAMED = Renamings({}, {}, {})


def _renamed_cases(before: Cases, after: Cases) -> dict[str, str]:
    """Returns the later id of each case most of whose events are in a new case, under the same ids and titles."""
    return _each_once(
        (-likeness, old, new)
        for old in before.keys() - after.keys()
        for new in after.keys() - before.keys()
        if (likeness := _case_likeness(before[old], after[new])) >= _ALIKE
    )


def _case_likeness(one: CaseFile, other: CaseFile) -> float:
    old, new = ({(event.id, event.title) for event in case.events} for case in (one, other))
    if old or new:
        return len(old & new) / len(old | new)
    return float(bool(one.header and other.header and one.header.title == other.header.title))


def _renamed_parties(before: Registry, after: Registry) -> dict[str, str]:
    """Returns the later id of each party that is like a new one and has a name in common with it."""
    old, new = before.parties, after.parties
    return _each_once(
        (-likeness, one, other)
        for one in old.keys() - new.keys()
        for other in new.keys() - old.keys()
        if set(map(folded, old[one].names())) & set(map(folded, new[other].names()))
        and (likeness := _likeness(*(plain_fields(each, _AS_WRITTEN) for each in (old[one], new[other])), quick=False))
        >= _ALIKE
    )
