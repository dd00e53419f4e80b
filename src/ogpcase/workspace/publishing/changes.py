"""What a run of `publish` changes in the copy, for `changes/<day>.json`; and the search of what stands in those files.

It rests on ids and names of fields alone. What a field said before is told nowhere, since it may be withheld now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ogpcase.diagnostics import Diagnostic, FileId, Place, Span, Spot
from ogpcase.errors import CannotRead, NotPublished
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import FolderSettings, reference_of
from ogpcase.model.copy_changes import CaseStands, CopyRun, DayOfChanges, RecordChange, What, day_named, read_changes
from ogpcase.model.events import Event
from ogpcase.model.serialize import values_of
from ogpcase.policy.lifecycle import standing
from ogpcase.store.export_files import Replaced
from ogpcase.store.files import MemoryFiles
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing.making import Publication, workspace_of
from ogpcase.workspace.publishing.records import Records, records_of
from ogpcase.workspace.publishing.refusals import hit_as_problem
from ogpcase.workspace.publishing.searching import Search, Term

_WITHHELD = "withheld"
"""The field of a copy's record that names what was left out."""


class Copies(NamedTuple):
    """The copy that is there, and the next one."""

    before: Records
    publication: Publication
    after: Workspace

    @classmethod
    def of(cls, workspace: Workspace, present: Mapping[FileId, bytes], publication: Publication) -> Copies:
        """Returns both copies of a folder; `present` are the bytes of the one that is there, none without one."""
        before = records_of(Workspace(workspace.root, MemoryFiles(present), workspace.here))
        return cls(before, publication, workspace_of(workspace, publication))


def run_of(copies: Copies, today: date, note: str | None = None) -> CopyRun:
    """Returns what becomes public, what changes and what goes, and where cases with changes stand on the day."""
    run = changes_between(copies.before, copies.publication.copy.records)
    stages = ((case, standing(copies.after.case(case.case).casefile, today).stage) for case in run.cases)
    cases = tuple(case.model_copy(update={"stage": str(stage)}) for case, stage in stages)
    return run.model_copy(update={"cases": cases, "note": note})


def changes_between(before: Records, after: Records) -> CopyRun:
    """Returns how two copies differ, without stages; a pure function of their ids and of the fields that differ.

    What is in `before` alone is not told, not even as a number: it may be withheld now.
    """
    changes = tuple(_changes(before, after))
    touched = {change.record.partition("/")[0] for change in changes}
    return CopyRun(
        first=not before.headers and not before.parties,
        cases=tuple(CaseStands(case=name) for name in sorted(after.headers.keys() & touched)),
        records=changes,
    )


def _changes(before: Records, now: Records) -> Iterator[RecordChange]:
    for file, record in sorted(now.each(), key=lambda each: each[0]):  # never in the order of the folder's ids
        old = _earlier(before, now, file, record)
        if not isinstance(record, FolderSettings) and (change := _change(reference_of(file), old, record)) is not None:
            yield change


def _earlier(before: Records, now: Records, file: FileId, record: Frozen) -> Frozen | None:
    """Returns the record in the copy of before: under its id, else under one that it had."""
    old = before.at(file)
    if old is None and isinstance(record, Event):
        case_id = file.partition("/")[0]
        there, kept = before.events.get(case_id, {}), now.events[case_id]
        old = next((there[name] for name in record.aliases if name in there and name not in kept), None)
    return old


def _change(reference: str, old: Frozen | None, new: Frozen) -> RecordChange | None:
    withdrawn = isinstance(new, Event) and new.withdrawn is not None
    if old is None:
        return RecordChange(record=reference, what="withdrawn" if withdrawn else "added")
    if old == new:
        return None
    left_out = _withheld_of(new)
    values = [values_of(record) for record in (old, new)]
    names = dict.fromkeys(name for each in reversed(values) for name in each)
    fields = tuple(name for name in names if values[0].get(name) != values[1].get(name) and name not in left_out)
    was = old.id if isinstance(old, Event) and isinstance(new, Event) and old.id != new.id else None
    more = tuple(sorted(left_out - _withheld_of(old)))
    newly_withdrawn = withdrawn and isinstance(old, Event) and old.withdrawn is None
    what: What = "withdrawn" if newly_withdrawn else "renamed" if was else "amended"
    if newly_withdrawn:
        return RecordChange(record=reference, what=what, was=was)
    fields = tuple(name for name in fields if name != _WITHHELD)
    return RecordChange(record=reference, what=what, was=was, fields=fields, withheld=more) if fields or more else None


def _withheld_of(record: Frozen) -> set[str]:
    return {each.field for each in getattr(record, _WITHHELD, ())}


def next_file(run: CopyRun, today: date, present: Mapping[str, bytes], shown: Path) -> Replaced:
    """Returns the file of a day with one run more.

    `present` are the files of `changes/`, which are shown as `shown`. Raises CannotRead.
    """
    name = f"{today}.json"
    runs = read_changes(present[name], str(shown / name), today).runs if name in present else ()
    return Replaced(name, DayOfChanges(day=today, runs=(*runs, run)).written(), present.get(name))


def check_files(search: Search, files: Mapping[str, bytes], shown: Path) -> None:
    """Looks for what the folder withholds in the files of `changes/`.

    Raises:
        NotPublished: one of them tells something: a person must edit it, since earlier commits hold it too.
        CannotRead: one is no text, or not of the form that `publish` writes.
    """
    hits: list[Diagnostic] = []
    for name, data in sorted(files.items()):
        path = shown / name
        try:
            text = data.decode()
        except UnicodeDecodeError:
            raise CannotRead(f"`{path}` is not text, and cannot be searched", "move it out of this folder") from None
        hits += [_located(path, text, hit.term) for hit in search.hits(name, text)]
        if (day := day_named(name)) is not None:
            read_changes(data, str(path), day)
    if hits:
        raise NotPublished(tuple(dict.fromkeys(hits)))


def _located(path: Path, text: str, term: Term) -> Diagnostic:
    says = Search([term]).finds
    lines = text.splitlines() or [""]
    number = next((number for number, each in enumerate(lines, 1) if says(each)), 1)
    span = Span(number, 1, number, len(lines[number - 1]) + 1)
    problem = hit_as_problem(term, Place(str(path)))
    return Diagnostic(
        code=problem.code,
        name=problem.rule.name,
        severity=problem.rule.severity,
        message=problem.message,
        spots=(Spot(str(path), span, (), "told here, by an earlier run or its note", lines[number - 1]),),
        notes=problem.notes,
        helps=(
            "edit this file: take the note, or the whole entry between `{` and `}`, away",
            "earlier commits of the copy hold it too: docs/publishing.md, `Taking something back`",
        ),
    )
