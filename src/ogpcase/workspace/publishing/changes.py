"""What publishing changes: what a preview tells before it, and what `changes/<day>.json` tells after it.

That file rests on ids and names of fields alone. What a field said before is told nowhere: it may be withheld now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from ogpcase.diagnostics import Diagnostic, FileId, Place, Span, Spot
from ogpcase.errors import CannotRead, NotPublished
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseHeader, FolderSettings, reference_of
from ogpcase.model.copy_changes import CaseStands, CopyRun, DayOfChanges, RecordChange, What, day_named, read_changes
from ogpcase.model.events import Event
from ogpcase.model.ids import RESERVED_PARTY_IDS
from ogpcase.model.items import AlsoStated, SignedBy
from ogpcase.model.parties import UNKNOWN, NamedParty, Party
from ogpcase.model.questions import questions_of
from ogpcase.model.serialize import values_of
from ogpcase.model.sources import SourceRecord
from ogpcase.model.texts import Text
from ogpcase.policy.lifecycle import standing
from ogpcase.store.export_files import Replaced
from ogpcase.store.files import MemoryFiles
from ogpcase.store.layout import PARTIES
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing.copying import named_by
from ogpcase.workspace.publishing.making import Publication, workspace_of
from ogpcase.workspace.publishing.records import Records, found_in, records_of
from ogpcase.workspace.publishing.refusals import hit_as_problem
from ogpcase.workspace.publishing.searching import Search, Term, surnames_in

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


class Change(NamedTuple):
    """The difference between the present copy and the next one.

    `parties` and `names` are named for the first time. `told` are fields, by file, that are withheld in the present
    copy and not in the next one.
    """

    new: tuple[FileId, ...]
    changed: tuple[FileId, ...]
    gone: tuple[FileId, ...]
    parties: tuple[str, ...]
    names: tuple[str, ...]
    told: tuple[tuple[FileId, tuple[str, ...]], ...]
    first: bool

    @property
    def is_empty(self) -> bool:
        """True if nothing changes."""
        return not (self.new or self.changed or self.gone)

    @property
    def asks(self) -> bool:
        """True if a person must confirm: for a first copy, or if a name or a withheld field becomes public."""
        return self.first or bool(self.parties or self.names or self.told)


def change_of(copies: Copies, present: Mapping[FileId, bytes], strangers: Iterable[FileId]) -> Change:
    """Returns the difference to the copy with the bytes `present`; `strangers` are other files in it."""
    before, publication = copies.before, copies.publication
    files = publication.files
    known = {party.id for party in before.parties.values() if not party.withheld}
    named = {name for name, _ in _names_without_a_file(before)}
    parties = publication.copy.records.parties.values()
    new_names = dict.fromkeys(name for name, _ in _names_without_a_file(publication.copy.records))
    return Change(
        new=tuple(sorted(files.keys() - present.keys())),
        changed=tuple(sorted(file for file in files.keys() & present.keys() if files[file] != present[file])),
        gone=tuple(sorted({*strangers, *(present.keys() - files.keys())})),
        parties=tuple(party.id for party in parties if not party.withheld and party.id not in known),
        names=tuple(name for name in new_names if name not in named),
        told=tuple(_told(before, publication.copy.records)),
        first=not present,
    )


def _told(before: Records, now: Records) -> Iterator[tuple[FileId, tuple[str, ...]]]:
    for file, record in before.each():
        fields = {withheld.field for withheld in getattr(record, "withheld", ())}
        revealed = fields - {withheld.field for withheld in getattr(now.at(file), "withheld", ())}
        if revealed:
            yield file, tuple(sorted(revealed))


def _names_without_a_file(copy: Records) -> Iterator[tuple[str, FileId]]:
    for file, record in copy.each():
        names = [signature.name for signature in found_in(record, SignedBy)]
        names += [party.as_named for party in found_in(record, NamedParty) if party.party == UNKNOWN and party.as_named]
        names += _stated_names(copy, record)
        yield from ((name, file) for name in dict.fromkeys(names))


def _stated_names(copy: Records, record: Frozen) -> list[str]:
    """Returns the names that other sources state in fields of parties and signatures, without those of parties."""
    fields = {
        field.name: field for field in questions_of(type(record)) if issubclass(field.holds, SignedBy | NamedParty)
    }
    values = [
        name for stated in found_in(record, AlsoStated) if named_by(stated.field)[0] in fields for name in stated.value
    ]
    return [name for name in values if name not in copy.parties and name not in RESERVED_PARTY_IDS]


Sort = Literal[
    "new", "changed", "no longer", "told", "known", "named", "look over", "left out", "left out in part", "pseudonym",
    "unread", "not published",
]  # fmt: skip
"""What a preview tells of: `unread` and `not published` are kept copies, and the last five are left out."""


class Told(NamedTuple):
    """What a preview tells of a file: `title` of its record, and what else is to be named (`of`)."""

    sort: Sort
    file: FileId
    title: Text | str | None = None
    of: tuple[str, ...] = ()


def told_of(publication: Publication, change: Change) -> Iterator[Told]:
    """Yields what a preview tells, new files first."""
    records = publication.copy.records
    yield from (Told("new", file, _title(file, records)) for file in change.new)
    yield from (Told("changed", file, _title(file, records)) for file in change.changed)
    yield from (Told("no longer", file) for file in change.gone)
    yield from (Told("told", file, of=fields) for file, fields in change.told)
    yield from _known_before(publication, change)
    yield from (Told("named", file, of=(name,)) for name, file in _names_without_a_file(records))
    yield from (Told("look over", file, of=(word,)) for word, file in publication.surnames)
    yield from _left_out(publication)


def with_surnames_of(publication: Publication, file: FileId, note: str | None) -> Publication:
    """Returns a copy with the words of withheld names in a note too, for a person to look over."""
    said = surnames_in(publication.folder, {file: (note or "").encode()})
    return publication._replace(surnames=(*publication.surnames, *said))


def _known_before(publication: Publication, change: Change) -> Iterator[Told]:
    """Yields each party that was public and now has a pseudonym, which a comparison of both copies reveals."""
    for new, old in publication.copy.came_from.items():
        if new != old and old in change.gone and old.startswith(f"{PARTIES}/"):
            yield Told("known", old, of=(new,))


def _title(file: FileId, records: Records) -> Text | str | None:
    record = records.at(file)
    if isinstance(record, SourceRecord):
        return record.title or record.url
    if isinstance(record, Event | CaseHeader | Party):
        return record.name if isinstance(record, Party) else record.title
    return None


def _left_out(publication: Publication) -> Iterator[Told]:
    """Yields what the copy leaves out: whole files, else fields, and copies of sources."""
    folder, copy = publication.folder, publication.copy
    origins = {copy.came_from.get(file, file) for file, _ in copy.records.each()}
    for file, record in folder.each():
        if file not in origins:
            yield Told("left out", file)
        elif isinstance(record, Event) and record.left_out.said:
            yield Told("left out in part", file, of=tuple(record.left_out.said))
        elif isinstance(record, Party) and record.left_out:
            yield Told("pseudonym", file)
    for file, record in folder.each():
        sources = [record] if isinstance(record, SourceRecord) else getattr(record, "sources", ())
        for source in sources if file in origins and not isinstance(record, Party) else ():
            copied = f"{file.partition('/')[0]}/{source.file}"
            if source.file and copied not in publication.files:
                yield Told("unread" if copied in publication.left_behind else "not published", copied)
