"""Makes the public copy of a folder, and refuses where it would tell what is withheld, or what is not so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ogpcase.diagnostics import Diagnostic, FileId, Problem, Severity
from ogpcase.errors import CannotRead, NotPublished
from ogpcase.model.ids import NEVER_PUBLISH_NAME
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.record import Frozen
from ogpcase.store.layout import Root
from ogpcase.store.memory_files import MemoryFiles
from ogpcase.workspace.judge_case import in_order, located
from ogpcase.workspace.judging import judge
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing import refusals
from ogpcase.workspace.publishing.copying import PublicCopy, public_copy
from ogpcase.workspace.publishing.records import Records, records_of, said_by, texts_of
from ogpcase.workspace.publishing.searching import Search, words_in
from ogpcase.workspace.publishing.secrets import allowed_texts, secrets_of, surnames_of
from ogpcase.workspace.publishing.worlds import FIRST, LAST, other_world

ALWAYS_REFUSED = frozenset({"OC607"})
"""Codes of warnings that keep a copy from being made all the same."""


class Publication(NamedTuple):
    """A copy ready to be written, and what to tell of it.

    `files` are all bytes of the copy by their paths. `left_behind` are kept copies of sources that may be published but
    could not be read as text. `surnames` are last words of withheld names that stand in the copy, with their files.
    """

    folder: Records
    copy: PublicCopy
    files: Mapping[FileId, bytes]
    warnings: tuple[Diagnostic, ...]
    left_behind: tuple[FileId, ...]
    surnames: tuple[tuple[str, FileId], ...]


def make_copy(workspace: Workspace, today: date) -> Publication:
    """Makes the copy of a working folder. Reads everything, and writes nothing.

    Raises:
        NotPublished: with each reason and its place in the folder.
        CannotRead: the folder is a public copy itself.
    """
    if workspace.settings.public_copy:
        raise CannotRead(
            f"`{workspace.root.shown}` is a public copy itself", "publish from the working folder that it was made of"
        )
    _stop(_faults(workspace, today))
    folder = records_of(workspace)
    kept, left_behind = _kept_copies(workspace, folder)
    copy = public_copy(folder, frozenset(kept))
    files = dict(sorted({**texts_of(copy.records), **_copied(copy.records, kept)}.items()))
    search = Search(secrets_of(folder, copy.records, _terms(workspace)), allowed_texts(copy.records))
    problems = [*_refusals(workspace, folder, copy, files, today), *_differing(folder, copy, frozenset(kept))]
    hits = (hit for file, data in files.items() for hit in search.hits(file, data.decode()))
    problems += refusals.hits_as_problems(folder, copy, hits)
    _stop(located(workspace, problems))
    _stop(_faults_of_copy(workspace, files, today))
    warnings = located(workspace, refusals.warnings(folder))
    return Publication(folder, copy, files, warnings, left_behind, tuple(_surnames(folder, files)))


def workspace_of(workspace: Workspace, publication: Publication) -> Workspace:
    """Returns the public copy of a folder as a folder to read from."""
    return Workspace(workspace.root, MemoryFiles(publication.files), workspace.here)


def names_without_a_file(copy: Records) -> Iterator[tuple[str, FileId]]:
    """Yields each name of somebody who has no file in the copy, with the record that prints it."""
    for file, record in copy.each():
        for signed in getattr(record, "signed_by", ()):
            yield signed.name, file
        for party in _parties_in(record):
            if party.party == UNKNOWN and party.as_named:
                yield party.as_named, file


def _parties_in(value: object) -> Iterator[NamedParty]:
    """Yields every naming of a party in a value, at any depth."""
    if isinstance(value, NamedParty):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _parties_in(item)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from _parties_in(getattr(value, name))


def _stop(diagnostics: tuple[Diagnostic, ...]) -> None:
    if diagnostics:
        raise NotPublished(diagnostics)


def _faults(workspace: Workspace, today: date) -> tuple[Diagnostic, ...]:
    """Returns what is wrong with the folder: a copy is made only of what was read whole and is sound."""
    found = judge(workspace, (), today).diagnostics
    return tuple(each for each in found if each.severity is Severity.ERROR or each.code in ALWAYS_REFUSED)


def _faults_of_copy(workspace: Workspace, files: Mapping[FileId, bytes], today: date) -> tuple[Diagnostic, ...]:
    shown = Root(workspace.root.path, "public copy")
    found = judge(Workspace(shown, MemoryFiles(files), workspace.here), (), today).diagnostics
    return in_order(each for each in found if each.severity is Severity.ERROR)


def _kept_copies(workspace: Workspace, folder: Records) -> tuple[dict[FileId, bytes], tuple[FileId, ...]]:
    """Returns the kept copies that may be published and are text, and those that may be and are not."""
    kept: dict[FileId, bytes] = {}
    left: list[FileId] = []
    for case_id, events in folder.events.items():
        wanted = {
            f"{case_id}/{source.file}"
            for event in events.values()
            for source in event.sources
            if source.file and source.publish_copy
        }
        for file in sorted(wanted):
            data = workspace.files.content(file)
            if isinstance(data, bytes) and _is_text(data):
                kept[file] = data
            else:
                left.append(file)
    return kept, tuple(left)


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def _copied(copy: Records, kept: Mapping[FileId, bytes]) -> dict[FileId, bytes]:
    """Returns the kept copies that records of the copy still name."""
    named = {
        f"{case_id}/{source.file}"
        for case_id, events in copy.events.items()
        for event in events.values()
        for source in event.sources
        if source.file
    }
    return {file: data for file, data in kept.items() if file in named}


def _terms(workspace: Workspace) -> list[tuple[int, str]]:
    """Returns the terms that no copy may hold, with their lines; a line that begins with `#` is a remark."""
    data = workspace.files.content(NEVER_PUBLISH_NAME)
    if data is None:
        _stop_where_misplaced(workspace)
        return []
    if isinstance(data, Problem):
        raise CannotRead(f"`{NEVER_PUBLISH_NAME}` cannot be read: {data.message}", "nothing is published without it")
    try:
        lines = data.decode().splitlines()
    except UnicodeDecodeError as error:
        raise CannotRead(f"`{NEVER_PUBLISH_NAME}` is not UTF-8 text", "save it as UTF-8") from error
    terms = enumerate(map(str.strip, lines), 1)
    return [(number, term) for number, term in terms if term and not term.startswith("#")]


def _stop_where_misplaced(workspace: Workspace) -> None:
    beside = workspace.root.path.parent / NEVER_PUBLISH_NAME
    if beside.exists():
        raise CannotRead(
            f"`{NEVER_PUBLISH_NAME}` stands beside `{workspace.root.shown}`, where it is not read",
            f"move it to {workspace.root.shown_path(NEVER_PUBLISH_NAME)}",
        )


def _refusals(
    workspace: Workspace, folder: Records, copy: PublicCopy, files: Mapping[FileId, bytes], today: date
) -> Iterator[Problem]:
    yield from refusals.undecided_persons(folder, copy)
    yield from refusals.addresses(folder, copy)
    if folder.leaves_out:
        public = Workspace(workspace.root, MemoryFiles(files), workspace.here)
        cases = ((workspace.case(name).casefile, public.case(name).casefile) for name in copy.records.headers)
        yield from refusals.false_claims(folder, copy, cases, today)


def _differing(folder: Records, copy: PublicCopy, readable: frozenset[FileId]) -> Iterator[Problem]:
    """Yields a problem for each file of the copy that would not be the same if what is withheld were other."""
    if not folder.leaves_out:
        return
    mine = said_by(copy.records)
    for world in (FIRST, LAST):
        theirs = said_by(public_copy(other_world(folder, world), readable).records)
        files = sorted(file for file in mine.keys() | theirs.keys() if mine.get(file) != theirs.get(file))
        for file in files:
            yield refusals.copy_depends_on_what_is_withheld.one(copy.came_from.get(file, file))
        if files:
            return


def _surnames(folder: Records, files: Mapping[FileId, bytes]) -> Iterator[tuple[str, FileId]]:
    search = Search(surnames_of(folder))
    for file, data in files.items():
        for term in dict.fromkeys(search.among(words_in(data.decode()))):
            yield term.words[0], file
