"""What is wrong with a case folder and has one right answer, mended: in the files' texts, and in events' file names.

A nearest name, an empty field or a date is never guessed: each has two answers, and a person knows which.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

from ogpcase import checks
from ogpcase.diagnostics import Diagnostic, FileId, Problem, Severity, Verdict
from ogpcase.edits.changing import Change, change_of, stop_where_refused
from ogpcase.edits.fixing_text import mended
from ogpcase.edits.overlay import Overlay
from ogpcase.edits.renaming import Plan, after, alike_after, planned, would_bring
from ogpcase.edits.renaming_uses import NewName
from ogpcase.edits.together import Together, renamed, stored_together
from ogpcase.errors import BadInput, CannotRead
from ogpcase.model.casefile import file_of_event, file_of_header, file_of_party
from ogpcase.model.codelists import Format, Track
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.store.listing import list_case, list_parties
from ogpcase.store.problems import unreadable_file
from ogpcase.store.several import store_all
from ogpcase.values import frozen
from ogpcase.workspace import Workspace, judge
from ogpcase.yamltree.splice import replaced

_RIGHT_NAME = re.compile(r"call the file `([a-z0-9-]+)\.yaml`")
_TO_BE_TOLD = "-in-few-words"
"""Ends the name of an undated event's file, for which a person has to find words."""


@frozen
class Fixed:
    """What was mended: the files written and renamed, the problems that are gone, and the verdict on what is left."""

    written: tuple[FileId, ...]
    renamed: tuple[tuple[FileId, FileId], ...]
    mended: tuple[Diagnostic, ...]
    verdict: Verdict


def fix(workspace: Workspace, paths: tuple[Path, ...], today: date) -> Fixed:
    """Mends what has one right answer in `paths`, without any in the whole folder; doing it again changes nothing.

    Where a file gets another name, references to it change in the whole folder. All is stored or nothing. Call it
    inside `store.lock.locked` and after `store.finishing.finished`, with a workspace opened there.

    Raises:
        CannotRead: a path names nothing, or nothing in the case folder; or the disk refuses to show a record.
        FileChanged: a file changed meanwhile; nothing was written.
        CannotWrite: the disk refuses: nothing was changed, or the next writing command goes on from there.
    """
    before = judge(workspace, paths, today)
    wanted = tuple(map(workspace.file_of, paths))
    changes = (*_changes(workspace, wanted), *_settings(workspace, wanted))
    together = Together()
    for change in changes:
        together.change(change)
    written = [change.file for change in changes]
    moves: list[tuple[FileId, FileId]] = []
    names: list[NewName] = []
    texts = {change.file: change.new for change in changes}
    would_be = Workspace(workspace.root, Overlay(workspace.files, texts), workspace.here)
    while (plan := _next_renaming(would_be, wanted, today)) is not None:
        renamed(together, would_be, plan)
        moves.append((plan.old, plan.new))
        names.append(plan.name)
        written += [change.file for change in plan.changes]
        wanted = tuple(map(plan.after_move, wanted))
        would_be = after(would_be, plan)
    _store(workspace, together, changes, moves)
    verdict = judge(_again(workspace), tuple(workspace.root.path / file for file in wanted), today)
    moved = dict(moves)
    files = tuple(dict.fromkeys(moved.get(file, file) for file in written))
    return Fixed(files, tuple(moves), tuple(_gone(before, verdict, names)), verdict)


def _store(
    workspace: Workspace, together: Together, changes: tuple[Change, ...], moves: list[tuple[FileId, FileId]]
) -> None:
    if moves:
        store_all(workspace.root, "validate --fix", together.steps())
    else:
        stored_together(workspace, "validate --fix", changes)


def _again(workspace: Workspace) -> Workspace:
    return Workspace(workspace.root, workspace.files, workspace.here)


def _changes(workspace: Workspace, wanted: tuple[FileId, ...]) -> Iterator[Change]:
    """Yields the changes to the texts of the files wanted."""
    parties = list_parties(workspace.files)
    stop_where_refused(workspace, (*parties.problems, *workspace.listing.problems))
    for party_id in parties.names:
        yield from _change(workspace, file_of_party(party_id), wanted)
    for case_id in workspace.case_ids():
        listing = list_case(workspace.files, case_id)
        stop_where_refused(workspace, listing.problems)
        if listing.has_header:
            yield from _change(workspace, file_of_header(case_id), wanted)
        for event_id in listing.events:
            yield from _change(workspace, file_of_event(case_id, event_id), wanted, _version(workspace, case_id))


def _settings(workspace: Workspace, wanted: tuple[FileId, ...]) -> Iterator[Change]:
    """Yields what says that the folder has the second format, where the whole folder is mended and it can have it."""
    parties = workspace.parties.registry.parties.values()
    if any(wanted) or any(party.needs_pseudonym for party in parties):
        return
    loaded = workspace.loaded_settings
    tree = loaded.texts.trees.get(SETTINGS_NAME)
    if tree is None and SETTINGS_NAME not in loaded.texts.broken and not loaded.problems:
        yield Change(SETTINGS_NAME, "", "format: 2\n", None)
    elif tree is not None and loaded.settings.format is Format.FIRST and not loaded.problems:
        yield change_of(workspace, loaded.texts, tree, replaced(tree, ("format",), 2))


def _change(
    workspace: Workspace, file: FileId, wanted: tuple[FileId, ...], version: str | None = None
) -> Iterator[Change]:
    data = workspace.files.read(file) if _is_wanted(file, wanted) else None
    if not isinstance(data, bytes):
        stop_where_refused(workspace, [data] if isinstance(data, Problem) else [])
        return
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return
    new = mended(text, file, version=version)
    if new != text:
        yield Change(file, text, new, sha256(data).hexdigest())


def _is_wanted(file: FileId, wanted: tuple[FileId, ...]) -> bool:
    return not wanted or any(top in {"", file} or file.startswith(f"{top}/") for top in wanted)


def _version(workspace: Workspace, case_id: str) -> str | None:
    """Returns the version of the policy that a case's words are of; None under another track."""
    header = workspace.case(case_id).casefile.header
    if header is None or header.track is not Track.RESPONSE_POLICY or header.policy_version is None:
        return None
    return str(header.policy_version)


def _next_renaming(workspace: Workspace, wanted: tuple[FileId, ...], today: date) -> Plan | None:
    """Returns the renaming of an event whose file is not called by its date and kind, if its right name is free."""
    stop_where_refused(workspace, (*workspace.listing.problems, *workspace.parties.problems))
    for loaded in workspace.all():
        stop_where_refused(workspace, loaded.problems)
        case = loaded.casefile
        for problem in checks.run_case(case, workspace.neighbours(case), today):
            file = problem.places[0].file
            found = _RIGHT_NAME.search(" ".join(problem.helps)) if problem.code == "OC212" else None
            if found is None or found[1].endswith(_TO_BE_TOLD) or not _is_wanted(file, wanted):
                continue
            old = file.rpartition("/")[2].removesuffix(".yaml")
            plan = _plan(workspace, NewName("event", old, found[1], case.id))
            if plan is not None and not any(map(_is_error, would_bring(workspace, plan, today))):
                return plan
    return None


def _plan(workspace: Workspace, name: NewName) -> Plan | None:
    try:
        return planned(workspace, name)
    except BadInput:
        return None


def _is_error(diagnostic: Diagnostic) -> bool:
    if diagnostic.code == unreadable_file.rule.code:  # not for the new name: the disk refused just now
        raise CannotRead(f"`{diagnostic.spots[0].path}`: {diagnostic.message}")
    return diagnostic.severity is Severity.ERROR


def _gone(before: Verdict, after: Verdict, names: list[NewName]) -> Iterator[Diagnostic]:
    """Yields the problems that are no longer found; of what was renamed, under its new name."""
    left = Counter((each.code, each.message, each.spots[0].path) for each in after.diagnostics)
    for each in before.diagnostics:
        message, path = each.message, each.spots[0].path
        for name in names:
            message, path = alike_after(name)(message), alike_after(name)(path)
        key = (each.code, message, path)
        if left[key] > 0:
            left[key] -= 1
        else:
            yield each
