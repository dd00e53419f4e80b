"""Changes existing records: the change is tried in memory, refused if it brings an error, written, and reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from ogpcase.checks.moves import duty_without_answer
from ogpcase.cli.options import today
from ogpcase.cli.read_session import refuse_errors
from ogpcase.cli.write_session import Touched, heed_not_read, nobody_asked, refused_if_there, turn
from ogpcase.diagnostics import Diagnostic, FileId
from ogpcase.editing.amending import Edit
from ogpcase.editing.changing import (
    Change,
    brought,
    diff_lines,
    problems_of_case,
    problems_of_folder,
    stored_together,
    with_texts,
)
from ogpcase.editing.deleting import refuse_lost
from ogpcase.editing.renaming import Plan, after, carried_out, planned, would_bring
from ogpcase.errors import EXIT_DONE
from ogpcase.output.lines import Line, Piece, line
from ogpcase.output.terminal import page_for, write
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.store.git import files_below, in_git
from ogpcase.store.save import drop_empty_case, refuse_read_only
from ogpcase.workspace.opening import Workspace


def amend(
    root: Path | None, verb: str, reference: str, edit: Callable[[Workspace], Edit], *, dry_run: bool = False
) -> int:
    """Makes the changes of `edit` and reports them, or prints a diff; `reference` names the record as it was typed.

    Raises:
        Refused: the change would add an error, or take away what another record names; nothing was written.
        FileChanged: a file changed meanwhile; nothing was written.
    """
    case = reference.partition("/")[0] if "/" in reference and not reference.startswith("parties/") else None
    with turn(root, case=case, dry_run=dry_run) as workspace:
        _try_and_write(workspace, verb, edit(workspace), dry_run=dry_run)
    return EXIT_DONE


class _Tried(NamedTuple):
    """An edit as it would be stored: the folder afterwards, all changes by their paths then, and the renaming."""

    after: Workspace
    changes: tuple[Change, ...]
    plan: Plan | None
    brings: tuple[Diagnostic, ...]


def _try_and_write(workspace: Workspace, verb: str, edit: Edit, *, dry_run: bool) -> None:
    if not edit.changes_something:
        write([line(f"{workspace.root.shown_path(edit.changes[0].file)} already says so; nothing was written")])
        return
    for change in edit.changes:
        refuse_lost(workspace, change)
    tried = _tried(workspace, edit)
    what = "this change" if tried.plan is None else "this renaming"
    refuse_errors((problem for problem in tried.brings if problem.code != duty_without_answer.rule.code), what)
    standings = _standings(workspace, tried.after, edit.case_id)
    if standings is not None and edit.case_id is not None:
        old, new = ([step.end for step in each.steps] for each in standings)
        heed_not_read(workspace, tried.after.case(edit.case_id).casefile, moves=old != new)
    if dry_run:
        write(map(line, _diff(workspace, edit, tried)))
        return
    touched = _stored(workspace, verb, edit, tried)
    stage = _stage(*standings) if standings is not None else ()
    notes = (line(Piece(f"{word:<8}", "dim"), words) for word, words in edit.notes)
    last = touched.last_lines(edit.inverse if edit.name is None else "")
    write([*touched.lines(page_for()), *stage, *_nobody_asked(workspace, tried.after, edit), *notes, *last])


def _tried(workspace: Workspace, edit: Edit) -> _Tried:
    new = {change.file: change.new for change in edit.changes}
    if edit.name is not None:
        plan = planned(workspace, edit.name, new)
        return _Tried(after(workspace, plan), plan.changes, plan, would_bring(workspace, plan, today()))
    would_be = with_texts(workspace, {**new, **dict.fromkeys(change.file for change in edit.gone)})
    problems = problems_of_case(edit.case_id, today()) if edit.case_id else problems_of_folder(today())
    return _Tried(would_be, edit.changes, None, brought(workspace, would_be, problems, edit.alike))


def _standings(before: Workspace, after: Workspace, case_id: str | None) -> tuple[Standing, Standing] | None:
    """Returns where a case stands before and after; None if there is no such case, as after its deletion."""
    if case_id is None or not after.has_case(case_id):
        return None
    return standing(before.case(case_id).casefile, None), standing(after.case(case_id).casefile, None)


def _diff(workspace: Workspace, edit: Edit, tried: _Tried) -> Iterator[str]:
    shown = workspace.root.shown_path
    if tried.plan is not None:
        yield f"rename {shown(tried.plan.move.old)} to {shown(tried.plan.move.new)}"
    yield from (f"copy {copy.path} to {shown(copy.file)}" for copy in edit.copies if not copy.is_kept)
    yield from (f"delete {shown(change.file)}" for change in edit.gone)
    for change in tried.changes:
        yield from diff_lines(workspace, change)


def _stored(workspace: Workspace, verb: str, edit: Edit, tried: _Tried) -> Touched:
    if tried.plan is not None:
        return _renamed(workspace, tried.plan)
    real = [change for change in edit.changes if change.changes]
    old = tuple(change for change in real if change.sha256 is not None)
    new: list[FileId] = [copy.file for copy in edit.copies if not copy.is_kept]
    new += [change.file for change in real if change.sha256 is None]
    there = [change.file for change in (*old, *edit.gone)]
    refuse_read_only(workspace.root, there)
    held = in_git(workspace.root, there)
    with refused_if_there(workspace):
        stored_together(workspace, verb, real, edit.gone, edit.copies)
    for change in edit.gone:
        drop_empty_case(workspace.root, change.file)
    return Touched(workspace.root, held, old, edit.gone, tuple(new))


def _renamed(workspace: Workspace, plan: Plan) -> Touched:
    moved = files_below(workspace.files, plan.move.old) if plan.name.kind == "case" else [plan.move.old]
    changed = [plan.move.before(change.file) for change in plan.changes]
    refuse_read_only(workspace.root, changed)
    files = {*moved, *changed}
    held = in_git(workspace.root, files)
    carried_out(workspace, plan)
    return Touched(workspace.root, held, plan.changes, move=plan.move)


def _nobody_asked(before: Workspace, after: Workspace, edit: Edit) -> list[Line]:
    if edit.case_id is None or edit.name is not None or not after.has_case(edit.case_id):
        return []
    there, now = (workspace.case(edit.case_id).casefile for workspace in (before, after))
    return nobody_asked(before.root, there, now)


def _stage(old: Standing, new: Standing) -> Iterator[Line]:
    if (old.stage, old.perhaps) != (new.stage, new.perhaps):
        perhaps = f" (perhaps {new.perhaps})" if new.perhaps else ""
        yield line(Piece("stage   ", "stage"), f"{old.stage} {page_for().glyphs.arrow} {new.stage}{perhaps}")
