"""Compares two versions of a case folder: pairs their records, also renamed ones, and finds new and mended problems."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from functools import cache, cached_property
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from ogpcase.diagnostics import FileId, Problem, Route, Verdict, unmatched
from ogpcase.errors import CannotRead
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile, Registry, file_of_event, file_of_party
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty, folded
from ogpcase.model.questions import Shape, questions_of
from ogpcase.model.texts import Text
from ogpcase.store.files import RECORD, Files
from ogpcase.store.git import SHALLOW, RevisionFiles, Revisions, changed_files, files_below
from ogpcase.store.layout import PARTIES
from ogpcase.store.load import LoadedCase
from ogpcase.workspace.judge_folder import Note, located, problems_of_folder, unnoted
from ogpcase.workspace.opening import Workspace

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


_COUNTS = re.compile(r"(?<![`\w-])[0-9]+(?![\w-])(?=(?:[^`]*`[^`]*`)*[^`]*$)")
"""Numbers in a message outside of names: a problem stays the same if only a count changes."""
_Key = tuple[str, str, tuple[tuple[FileId, Route], ...]]


@dataclass(frozen=True)
class Compared:
    """Two versions of a folder; `base` and `head` are their commits, without `head` the working tree.

    `changed` are the files that differ; `both_added` are those that both sides have added since their common ancestor.
    """

    before: Workspace
    after: Workspace
    base: str
    head: str | None
    changed: frozenset[FileId]
    both_added: tuple[FileId, ...]

    @cached_property
    def versions(self) -> tuple[Cases, Cases]:
        """The cases of the earlier and of the later version, by id, without their texts."""
        return _cases_of(self.before), _cases_of(self.after)

    @cached_property
    def renamings(self) -> Renamings:
        """The records that have other names in the later version; a renamed record is in a case that differs."""
        tops = {file.partition("/")[0] for file in self.changed}
        registries = self.before.registry(), self.after.registry()
        renamings = Renamings.of(_cases_of(self.before, tops), _cases_of(self.after, tops), registries)
        return renamings._replace(moved=_moved(self))

    def before_as_shown(self) -> Workspace:
        """Returns the earlier version, with its commit in printed paths: `1a2b3c4:cases/…`."""
        root = self.before.root._replace(shown=f"{self.base[:7]}:{self.before.root.shown}", inside=None)
        return Workspace(root, self.before.files, self.before.here)

    def with_versions(self, before: Workspace, after: Workspace) -> Compared:
        """Returns the comparison of two other folders, such as the public copies."""
        both = [{file: each.files.read(file) for file in files_below(each.files)} for each in (before, after)]
        changed = frozenset(file for file in both[0] | both[1] if both[0].get(file) != both[1].get(file))
        return replace(self, before=before, after=after, changed=changed, both_added=())


def _cases_of(workspace: Workspace, only: Container[str] | None = None) -> Cases:
    return {name: workspace.case(name).casefile for name in workspace.case_ids() if only is None or name in only}


class Problems(NamedTuple):
    """A verdict with only the new problems, the number of mended problems by code, and that of the remaining ones.

    `not_judged` counts the problems that are gone only because a record cannot be read now.
    """

    new: Verdict
    mended: Mapping[str, int]
    remaining: int
    not_judged: int = 0


def compared(workspace: Workspace, revisions: Revisions) -> Compared:
    """Opens both versions without checking anything out. Raises Misused, CannotRead, BrokenInstallation."""
    base = RevisionFiles.of(workspace.root, revisions.base)
    head = base.at(revisions.head, workspace.root) if revisions.head is not None else None
    tip = head or base.at("HEAD", workspace.root)
    later: Files = head or workspace.files
    base = _where_it_was(base, later)
    ancestor = base.repository.merge_base(base.commit, tip.commit)
    if ancestor is None and revisions.since_parting:
        hint = SHALLOW if base.repository.is_shallow() else "name a commit that this one comes from"
        raise CannotRead(f"`{revisions.base}` and `{revisions.head or 'HEAD'}` have no commit in common here", hint)
    both: tuple[FileId, ...] = ()
    start = base
    if ancestor is not None and ancestor != base.commit:
        fork = _where_it_was(base.at(ancestor, workspace.root), later)
        added = (file for file in base.tree if file not in fork.tree and file.endswith(RECORD))
        both = tuple(
            sorted(file for file in added if (data := later.read(file)) is not None and data != base.read(file))
        )
        start = fork if revisions.since_parting else base
    elif revisions.since_parting and (branch := base.repository.merged_into(tip.commit, base.commit)) is not None:
        start = _where_it_was(base.at(branch, workspace.root), later)
    before = Workspace(workspace.root, start, workspace.here)
    after = Workspace(workspace.root, later, workspace.here)
    return Compared(before, after, start.commit, head.commit if head else None, changed_files(start, later), both)


def _where_it_was(files: RevisionFiles, later: Files) -> RevisionFiles:
    """Returns the folder at a commit, under another path if it was moved since."""
    if files.tree:
        return files
    return files.found_elsewhere(file for file in files_below(later) if file.endswith(RECORD))


def _moved(both: Compared) -> dict[FileId, FileId]:
    """Returns the later paths of records that have the same bytes under another path, where only one has them."""
    sides: list[dict[bytes, list[FileId]]] = [{}, {}]
    for file in sorted(file for file in both.changed if file.endswith(RECORD)):
        old, new = (each.files.read(file) for each in (both.before, both.after))
        for side, data, other in ((sides[0], old, new), (sides[1], new, old)):
            if isinstance(data, bytes) and other is None:
                side.setdefault(data, []).append(file)
    alone = ((files, sides[1].get(data, [])) for data, files in sides[0].items())
    return {one[0]: other[0] for one, other in alone if len(one) == len(other) == 1}


def problems_compared(both: Compared, today: date, note: Note = unnoted) -> Problems:
    """Returns the new, mended and remaining problems; those of a renamed record are the same problems."""
    key_before, key = _keys(both.renamings), _keys(NOTHING_RENAMED)
    old = Counter(
        map(key_before, problems_of_folder(both.before, today, lambda words: note(f"{words} in the earlier version")))
    )
    count = old.total()
    seen = _Seen()
    brought = list(unmatched(problems_of_folder(both.after, today, note, seen.add), old, key))
    nearly: Counter[_Key] = Counter()
    for each, left in old.items():
        nearly[_without_numbers(each)] += left
    brought = list(unmatched(brought, nearly, lambda problem: _without_numbers(key(problem))))
    mended: Counter[str] = Counter()
    not_judged = 0
    for (code, _, places), left in (+nearly).items():
        if any(_is_not_judged(both.after, file, code) for file, _ in places):
            not_judged += left
        else:
            mended[code] += left
    remaining = count - mended.total() - not_judged
    verdict = Verdict(
        diagnostics=located(both.after, brought),
        files=len(both.after.parties.texts.data) + seen.files,
        cases=seen.cases,
        departures=seen.departures,
        there_before=remaining,
    )
    return Problems(verdict, dict(sorted(mended.items())), remaining, not_judged)


class _Seen:
    """The numbers of a verdict, counted while the cases are read one by one."""

    cases = files = departures = 0

    def add(self, loaded: LoadedCase) -> None:
        self.cases += 1
        self.files += len(loaded.texts.data)
        self.departures += sum(event.departs for event in loaded.casefile.events)


def _is_not_judged(workspace: Workspace, file: FileId, code: str) -> bool:
    """True if the check with this code needs a record of the case or of a party that cannot be read.

    A check of one record (OC1, OC2) needs that record alone, and judges it field by field.
    """
    top = file.partition("/")[0]
    if workspace.has_case(top):
        case = workspace.case(top).casefile
        alone = code.startswith(("OC1", "OC2"))
        return file in case.not_read if alone else bool(case.not_read or case.flawed)
    return top == PARTIES and file in workspace.not_read()


def _keys(renamings: Renamings) -> Callable[[Problem], _Key]:
    """Returns the function that gives a problem's code, message and places, with the later names of renamed records."""

    @cache
    def later_words(case_id: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
        """Returns the words that name a renamed record in a message about this case, and the later ones."""
        start = f"{case_id}/"
        own = {old.removeprefix(start): new for old, new in renamings.events.items() if old.startswith(start)}
        own = {old: new.partition("/")[2] for old, new in own.items()}
        names = {**renamings.cases, **renamings.parties, **renamings.events, **own}
        later = {old: new for old, new in names.items() if old != new}
        longest = "|".join(map(re.escape, sorted(later, key=len, reverse=True)))
        return (re.compile(rf"(?<![\w-])(?:{longest})(?![\w-])"), later) if later else None

    def key(problem: Problem) -> _Key:
        message, words = problem.message, later_words(problem.places[0].file.partition("/")[0])
        if words is not None:
            message = words[0].sub(lambda found: words[1][found[0]], message)
        return problem.code, message, tuple((renamings.file(place.file), place.route) for place in problem.places)

    return key


def _without_numbers(key: _Key) -> _Key:
    """Returns a key without positions and counts, so that a moved item is not a new problem."""
    code, message, places = key
    names = ((file, tuple(step for step in route if isinstance(step, str))) for file, route in places)
    return code, _COUNTS.sub("#", message), tuple(names)
