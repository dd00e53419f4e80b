"""The case folder of a run. Everything is read on first use and only once."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from ogpcase.diagnostics import Diagnostic, FileId, Place, Problem, Span, Spot, did_you_mean
from ogpcase.diagnostics.visible_text import command, visible
from ogpcase.errors import CannotRead, UnknownCase
from ogpcase.model.casefile import (
    CaseFile,
    Cases,
    FolderSettings,
    Registry,
    file_of_event,
    file_of_header,
    file_of_party,
    things_left_out,
)
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.store.files import DiskFiles, Files
from ogpcase.store.layout import PARTIES, Root, current_folder, find_root
from ogpcase.store.listing import Listing, is_case, list_case, list_parties, list_root
from ogpcase.store.load import (
    LazyParties,
    LoadedCase,
    LoadedParties,
    LoadedSettings,
    Texts,
    load_case,
    load_registry,
    load_settings,
)
from ogpcase.yamltree.tree import Lines

SOME_PARTIES = 256
"""Parties in memory, where folders are read case by case: more than a case names, and those that many cases share."""
_TOP = Span(1, 1, 1, 1)
"""The place in a file that has no better one."""


class Workspace:
    """A case folder, or a revision of it, and everything read from it."""

    def __init__(self, root: Root, files: Files, here: Path) -> None:
        """`here` is the folder that typed paths are relative to."""
        self.root = root
        self.files = files
        self.here = here
        self.known_by: date | None = None
        """If set before a case is read, only links of records known by that day bound its days."""
        self.most_cases = 64
        """How many loaded cases are kept in memory; the least recently used is freed first."""
        self.most_parties: int | None = None
        """If set before a party is read, how many parties are kept in memory, of those that are read one by one."""
        self._cases: OrderedDict[str, LoadedCase] = OrderedDict()

    @classmethod
    def open(cls, root: Path | None = None) -> Workspace:
        """Opens the folder given, or the nearest one from here upwards. Raises NoCasesHere, CannotRead."""
        here = current_folder()
        top = find_root(root, here)
        return cls(top, DiskFiles(top.path), here)

    @cached_property
    def listing(self) -> Listing:
        """The ids of the cases, and the problems of the files beside them."""
        return list_root(self.files)

    @cached_property
    def loaded_settings(self) -> LoadedSettings:
        """The settings in `ogpcase.yaml`, with their problems."""
        return load_settings(self.files)

    @property
    def settings(self) -> FolderSettings:
        """The settings of the folder."""
        return self.loaded_settings.settings

    @cached_property
    def parties(self) -> LoadedParties:
        """All parties, with the problems of their files."""
        return load_registry(self.files, self.settings)

    @cached_property
    def casefiles(self) -> Cases:
        """The cases by id; each is read on first use."""
        return _CasesOnDemand(self)

    def case_ids(self) -> tuple[str, ...]:
        """Returns the ids of the cases, in order."""
        return self.listing.names

    def has_case(self, case_id: str) -> bool:
        """True if a case has this id; reads only its folder."""
        return case_id in self._ids if "listing" in self.__dict__ else is_case(self.files, case_id)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(self.case_ids())

    def registry(self) -> Registry:
        """Returns the parties; each is read on first use."""
        return self.parties.registry if "parties" in self.__dict__ else self._lazy_registry

    def share_parties(self, other: Workspace) -> None:
        """Uses the parties of another workspace that has the same party files."""
        self._lazy_parties = other._lazy_parties
        if "parties" in other.__dict__:
            self.parties = other.parties

    @cached_property
    def _lazy_parties(self) -> LazyParties:
        return LazyParties(self.files, self.most_parties)

    @cached_property
    def _lazy_registry(self) -> Registry:
        return self._lazy_parties.registry(self.settings)

    def case(self, case_id: str) -> LoadedCase:
        """Returns a case; reads no other case. Raises UnknownCase."""
        if case_id in self._cases:
            self._cases.move_to_end(case_id)
            return self._cases[case_id]
        if not self.has_case(case_id):
            raise self._not_a_case(case_id)
        loaded = load_case(self.files, case_id, self.registry())
        known = loaded.casefile.as_known_by(self.known_by)
        loaded = loaded._replace(casefile=replace(known, beside=self.casefiles))
        self._cases[case_id] = loaded
        if len(self._cases) > self.most_cases:
            self._cases.popitem(last=False)
        return loaded

    def loaded_cases(self) -> tuple[str, ...]:
        """Returns the ids of the cases in memory; the one used last is the last."""
        return tuple(self._cases)

    def _not_a_case(self, case_id: str) -> UnknownCase | CannotRead:
        """Returns why there is no such case: nothing has this name, or what has it cannot be read."""
        if case_id in self.listing.not_read:
            path = self.root.shown_path(case_id)
            return CannotRead(f"`{path}` cannot be read", f"`{command('ogpcase validate', path)}` says why")
        message, known = f"no case is called `{visible(case_id)}`", self.case_ids()
        if not known:
            return UnknownCase(message, "there are no cases here yet: start one with `ogpcase open-case`")
        return UnknownCase(message, *did_you_mean(case_id, known), f"cases here: {', '.join(known)}")

    def all(self) -> tuple[LoadedCase, ...]:
        """Returns all cases, in order of their ids."""
        return tuple(map(self.case, self.case_ids()))

    def parties_not_read(self) -> dict[FileId, bool]:
        """Returns the files of parties that were asked for and cannot be read; false for those read in part."""
        return self._lazy_parties.not_read()

    def not_read(self) -> tuple[FileId, ...]:
        """Returns every file or folder here that may hold a record and cannot be read; reads the whole folder."""
        parties = self.parties.registry
        return (
            *self.listing.not_read,
            *list_parties(self.files).not_read,
            *map(file_of_party, sorted(parties.unreadable)),
            *(file for case in self.all() for file in case.casefile.not_read),
        )

    def neighbours(self, case: CaseFile) -> Mapping[str, CaseFile]:
        """Returns the cases that a case refers to, directly or through others; reads no other case.

        If one of them does not exist, returns all cases, so that the nearest id can be suggested.
        """
        neighbours: dict[str, CaseFile] = {}
        todo = _cases_named(case)
        while todo:
            name = todo.pop()
            if name not in self.casefiles:
                return self.casefiles
            if name not in neighbours and name != case.id:
                neighbours[name] = self.casefiles[name]
                todo |= _cases_named(neighbours[name])
        return neighbours

    def texts_of(self, file: FileId) -> Texts:
        """Returns the texts of the case or party that a file belongs to."""
        top, _, name = file.partition("/")
        if file == SETTINGS_NAME:
            return self.loaded_settings.texts
        if top == PARTIES:
            return self.parties.texts if "parties" in self.__dict__ else self._lazy_parties.of(Path(name).stem).texts
        return self.case(top).texts if self.has_case(top) else Texts()

    def locator(self) -> Locator:
        """Returns a locator for the files of this folder."""
        return Locator(self)

    def file_of(self, path: Path) -> str:
        """Returns the file or folder that a typed path names, `""` for the root and above. Raises CannotRead."""
        if not os.path.lexists(self.here / path):
            raise CannotRead(f"`{path}` does not exist")
        file = self.root.file_of(path, self.here)
        if file is None:
            raise CannotRead(f"`{path}` is not in the case folder `{self.root.shown}`")
        return file


class Locator:
    """Finds the line and column of problems."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lines: dict[FileId, Lines] = {}

    def locate(self, problem: Problem) -> Diagnostic:
        """Returns the problem with the spans of its places and their lines."""
        return Diagnostic(
            code=problem.code,
            name=problem.rule.name,
            severity=problem.rule.severity,
            message=problem.message,
            spots=tuple(map(self._spot, problem.places)),
            notes=problem.notes,
            helps=problem.helps,
        )

    def span(self, place: Place) -> Span:
        """Returns the span of a place; far cheaper than `locate`."""
        tree = self._workspace.texts_of(place.file).trees.get(place.file)
        return tree.span_for(place) if tree is not None else place.span or _TOP

    def _spot(self, place: Place) -> Spot:
        span = self.span(place)
        path = self._workspace.root.shown_path(place.file)
        return Spot(path, span, place.route, place.label, self._excerpt(place, span))

    def _excerpt(self, place: Place, span: Span) -> str | None:
        texts = self._workspace.texts_of(place.file)
        tree = texts.trees.get(place.file)
        if tree is not None:
            return tree.line(span.line)
        if place.span is None or place.file not in texts.broken:
            return None
        if place.file not in self._lines:
            self._lines[place.file] = Lines(texts.broken[place.file])
        return self._lines[place.file].line(span.line)


class _CasesOnDemand(Cases):
    """The cases of a workspace by id; each is read on first use."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def __getitem__(self, case_id: str) -> CaseFile:
        if case_id not in self:
            raise KeyError(case_id)
        return self._workspace.case(case_id).casefile

    def __contains__(self, case_id: object) -> bool:
        return isinstance(case_id, str) and self._workspace.has_case(case_id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._workspace.case_ids())

    def __len__(self) -> int:
        return len(self._workspace.case_ids())

    def holding(self, event_id: str) -> Iterator[CaseFile]:
        """Yields the cases that have an event with this id; reads no other case."""
        for case_id in self._ids_by_event.get(event_id, ()):
            case = self[case_id]
            if event_id in case.event_by_id:
                yield case

    @cached_property
    def _ids_by_event(self) -> Mapping[str, list[str]]:
        """The ids of the cases that have an event's file, by the event's id; reads no case."""
        ids: dict[str, list[str]] = {}
        for case_id in self:
            for event_id in list_case(self._workspace.files, case_id).events:
                ids.setdefault(event_id, []).append(case_id)
        return ids


def _cases_named(case: CaseFile) -> set[str]:
    related = case.header.related if case.header else ()
    uses = (use.reference.case for names in case.names.values() for use in names.references)
    return {name for name in (*uses, *(other.case for other in related if not other.is_described)) if name}


def folder_to_judge(root: Path | None) -> Workspace:
    """Opens the folder given, or the nearest one from here upwards, even if it has problems.

    Raises:
        NoCasesHere: if there is none.
        CannotRead: its records have a format that this version does not know.
    """
    workspace = Workspace.open(root)
    if (number := workspace.loaded_settings.later_format) is not None:
        path = workspace.root.shown_path(SETTINGS_NAME)
        raise CannotRead(
            f"`{path}` says that the records have format {number}, which this version of ogpcase does not know",
            "use a newer version",
        )
    return workspace


def folder_to_read(root: Path | None, public_copy: Callable[[Workspace], Workspace] | None = None) -> Workspace:
    """Opens the folder given, or the nearest one, to show its records; or its `public_copy`, if it is none itself.

    Raises:
        NoCasesHere: if there is none.
        CannotRead: nobody knows how to read its records.
    """
    workspace = folder_to_judge(root)
    if workspace.loaded_settings.unreadable:
        path = workspace.root.shown_path(SETTINGS_NAME)
        raise CannotRead(
            f"`{path}` does not say which format the records have", "`ogpcase validate` says what is wrong with it"
        )
    return public_copy(workspace) if public_copy and not workspace.settings.public_copy else workspace


def files_not_read(case: CaseFile) -> dict[FileId, bool]:
    """Returns the unreadable files that a case depends on; the value is false for files that can be read in part."""
    header = file_of_header(case.id)
    in_part = (header if name == header.rpartition("/")[2] else file_of_event(case.id, name) for name in case.flawed)
    return dict.fromkeys(case.not_read, True) | dict.fromkeys(sorted(in_part), False)


def number_left_out(workspace: Workspace, cases: Iterable[CaseFile]) -> int:
    """Returns how many things the public copy leaves out of these cases and of the parties that they name.

    No case is held longer than the next one takes.
    """
    number, named = 0, set[str]()
    for case in cases:
        number += things_left_out([case], ())
        named |= case.all_parties_named
        named |= {case.header.subject} if case.header else set()
    parties = workspace.registry().parties
    return number + things_left_out((), [parties[name] for name in sorted(named) if name in parties])
