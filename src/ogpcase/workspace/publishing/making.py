"""Makes the public copy of a folder; refuses a copy that would reveal something withheld, or be false."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ogpcase.diagnostics import Diagnostic, FileId, Problem, Severity
from ogpcase.errors import CannotRead, NotPublished
from ogpcase.model.ids import NEVER_PUBLISH_NAME
from ogpcase.store.files import MemoryFiles
from ogpcase.store.layout import Root
from ogpcase.workspace.judge_folder import judge, located, problems_of_folder
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing import refusals
from ogpcase.workspace.publishing.copying import PublicCopy, left_out_since, public_copy
from ogpcase.workspace.publishing.records import Records, records_of, said_by, texts_of
from ogpcase.workspace.publishing.searching import Search, search_for, surnames_in, words_in
from ogpcase.workspace.publishing.worlds import FIRST, LAST, other_world

ALWAYS_REFUSED = frozenset({"OC607"})
"""Codes of warnings that refuse a copy too."""
_BASE64 = re.compile(r"[A-Za-z0-9+/]{120}|(?:^[A-Za-z0-9+/]{60,76}\s){2}", re.MULTILINE)
"""Base64: more letters in a row than any address or checksum has, or two full lines of them."""


class Publication(NamedTuple):
    """A copy that is ready to be written.

    `files` are its bytes by path, and `search` finds what they may not contain. `left_behind` are copies of sources
    that may be published but are not text. `surnames` are words of withheld names in the copy, with their files.
    """

    folder: Records
    copy: PublicCopy
    files: Mapping[FileId, bytes]
    search: Search
    warnings: tuple[Diagnostic, ...]
    left_behind: tuple[FileId, ...]
    surnames: tuple[tuple[str, FileId], ...]


def make_copy(workspace: Workspace, today: date) -> Publication:
    """Makes the copy of a working folder in memory. Raises NotPublished, CannotRead."""
    if workspace.settings.public_copy:
        raise CannotRead(
            f"`{workspace.root.shown}` is itself a public copy", "publish from the working folder that it was made from"
        )
    faults = judge(workspace, (), today).diagnostics
    _stop(tuple(fault for fault in faults if fault.severity is Severity.ERROR or fault.code in ALWAYS_REFUSED))
    folder = records_of(workspace)
    kept, left_behind = _kept_copies(workspace, folder)
    copy = public_copy(folder, frozenset(kept))
    named = {f"{case_id}/{source.file}" for case_id, source in copy.records.each_source() if source.file}
    copied = {file: data for file, data in kept.items() if file in named}
    files = dict(sorted({**texts_of(copy.records), **copied}.items()))
    search = search_for(folder, copy.records, _never_published(workspace))
    problems = [*refusals.undecided_persons(folder, copy), *refusals.addresses(folder, copy)]
    public = Workspace(Root(workspace.root.path, "public copy"), MemoryFiles(files), workspace.here)
    if folder.leaves_out:
        cases = [(workspace.case(name).casefile, public.case(name).casefile) for name in copy.records.headers]
        problems += refusals.false_claims(folder, copy, cases, today)
        problems += refusals.narrowed_days(folder, copy, cases)
        problems += _differing(folder, copy, frozenset(kept))
    hits = (hit for file, data in files.items() for hit in search.hits(file, data.decode()))
    problems += refusals.hits_as_problems(folder, copy, hits)
    _stop(located(workspace, problems))
    _stop(located(workspace, refusals.errors_of_copy(folder, copy, problems_of_folder(public, today))))
    warnings = located(workspace, refusals.warnings(folder))
    return Publication(folder, copy, files, search, warnings, left_behind, tuple(surnames_in(folder, files)))


def told_before(before: Publication, after: Publication) -> tuple[FileId, ...]:
    """Returns the files in which an earlier copy contains what a later one leaves out."""
    files = {file for file, data in before.files.items() if next(after.search.hits(file, data.decode()), None)}
    return tuple(sorted(files.union(left_out_since(before.folder, after.folder))))


def workspace_of(workspace: Workspace, publication: Publication) -> Workspace:
    """Returns the public copy as a workspace."""
    return Workspace(workspace.root, MemoryFiles(publication.files), workspace.here)


def _stop(diagnostics: tuple[Diagnostic, ...]) -> None:
    if diagnostics:
        raise NotPublished(diagnostics)


def _kept_copies(workspace: Workspace, folder: Records) -> tuple[dict[FileId, bytes], tuple[FileId, ...]]:
    named = {
        f"{case_id}/{source.file}" for case_id, source in folder.each_source() if source.file and source.publish_copy
    }
    kept: dict[FileId, bytes] = {}
    for file in sorted(named):
        data = workspace.files.content(file)
        if isinstance(data, bytes) and _is_text(data):
            kept[file] = data
    return kept, tuple(sorted(named - kept.keys()))


def _is_text(data: bytes) -> bool:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return "\0" not in text and not text.startswith("%PDF") and not _BASE64.search(text)


def _never_published(workspace: Workspace) -> list[tuple[int, str]]:
    """Returns the terms of `never_publish.txt` with their line numbers; a line that begins with `#` is a comment."""
    data = workspace.files.content(NEVER_PUBLISH_NAME)
    if data is None:
        if (workspace.root.path.parent / NEVER_PUBLISH_NAME).exists():
            raise CannotRead(
                f"`{NEVER_PUBLISH_NAME}` is beside `{workspace.root.shown}`, where it is not read",
                f"move it to {workspace.root.shown_path(NEVER_PUBLISH_NAME)}",
            )
        return []
    if isinstance(data, Problem):
        raise CannotRead(f"`{NEVER_PUBLISH_NAME}` cannot be read: {data.message}", "nothing is published without it")
    try:
        lines = data.decode().splitlines()
    except UnicodeDecodeError as error:
        raise CannotRead(f"`{NEVER_PUBLISH_NAME}` is not UTF-8 text", "save it as UTF-8") from error
    numbered = enumerate(map(str.strip, lines), 1)
    terms = [(number, term) for number, term in numbered if term and not term.startswith("#")]
    for number, term in terms:
        if not words_in(term):
            raise CannotRead(
                f"line {number} of `{NEVER_PUBLISH_NAME}` has no letter or digit, and cannot be searched for",
                "remove it, or write it in words",
            )
    return terms


def _differing(folder: Records, copy: PublicCopy, readable: frozenset[FileId]) -> Iterator[Problem]:
    """Yields a problem for each file of the copy that other withheld values would change."""
    texts = said_by(copy.records)
    for world in (FIRST, LAST):
        others = said_by(public_copy(other_world(folder, world), readable).records)
        files = sorted(file for file in texts.keys() | others.keys() if texts.get(file) != others.get(file))
        for file in files:
            yield refusals.copy_depends_on_what_is_withheld.one(copy.came_from.get(file, file))
        if files:
            return
