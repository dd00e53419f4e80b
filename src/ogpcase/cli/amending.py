"""Changes existing records: the change is tried in memory, refused if it brings an error, written, and reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ogpcase.cli.change_report import Touched
from ogpcase.errors import EXIT_DONE, Refused

if TYPE_CHECKING:
    from ogpcase.diagnostics import Diagnostic, FileId, Place
    from ogpcase.editing.changing import Change
    from ogpcase.editing.renaming import NewName, Plan
    from ogpcase.output.lines import Line
    from ogpcase.store.checksums import Copy
    from ogpcase.workspace.opening import Workspace


_MOST_PLACES = 10


class Edit(NamedTuple):
    """Changes to make together, and the case that they are judged in; without a case, the whole folder is judged.

    `name` is a new name for the record, with which the whole folder is judged too. `gone` are files to delete, and
    `copies` files to keep, neither with a new name. `notes` are printed below the changes; `inverse` is a command that
    takes them back where git cannot. `alike` replaces old ids by new ones in earlier problems.
    """

    changes: tuple[Change, ...]
    case_id: str | None
    name: NewName | None = None
    gone: tuple[Change, ...] = ()
    copies: tuple[Copy, ...] = ()
    notes: tuple[Line, ...] = ()
    inverse: str = ""
    alike: Callable[[str], str] = str

    @property
    def changes_something(self) -> bool:
        """True if a file would be written, kept, renamed or deleted."""
        copied = any(not copy.is_kept for copy in self.copies)
        return self.name is not None or bool(self.gone) or copied or any(change.changes for change in self.changes)


def amend(
    root: Path | None, verb: str, reference: str, edit: Callable[[Workspace], Edit], *, dry_run: bool = False
) -> int:
    """Makes the changes of `edit` and reports them, or prints a diff; `reference` names the record as it was typed.

    Raises:
        Refused: the change would add an error, or take away what another record names; nothing was written.
        FileChanged: a file changed meanwhile; nothing was written.
    """
    from ogpcase.cli.write_session import turn

    case = reference.partition("/")[0] if "/" in reference and not reference.startswith("parties/") else None
    with turn(root, case=case, dry_run=dry_run) as workspace:
        _try_and_write(workspace, verb, edit(workspace), dry_run=dry_run)
    return EXIT_DONE


def refuse_named(workspace: Workspace, name: str, places: Sequence[Place]) -> None:
    """Raises Refused with the places that name a record or an item, if there are any."""
    from ogpcase.editing.setting import typed_route
    from ogpcase.model.casefile import reference_of

    if not places:
        return
    locator = workspace.locator()
    lines = [
        f"{workspace.root.shown_path(place.file)}:{locator.span(place).line}: {typed_route(place.route)}"
        for place in places
    ]
    more = [f"and {len(lines) - _MOST_PLACES} more"] if len(lines) > _MOST_PLACES else []
    count = "1 place" if len(lines) == 1 else f"{len(lines)} places"
    out = f"change each first, as with: {workspace.root.ogpcase('edit', reference_of(places[0].file))}"
    raise Refused(f"other records name `{name}` in {count}; nothing was written", *lines[:_MOST_PLACES], *more, out)


class _Tried(NamedTuple):
    """An edit as it would be stored: the folder afterwards, all changes by their paths then, and the renaming."""

    after: Workspace
    changes: tuple[Change, ...]
    plan: Plan | None
    brings: tuple[Diagnostic, ...]


def _try_and_write(workspace: Workspace, verb: str, edit: Edit, *, dry_run: bool) -> None:
    from ogpcase.checks.moves import duty_without_answer
    from ogpcase.cli.read_session import refuse_errors
    from ogpcase.editing.deleting import lost_by
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import write

    if not edit.changes_something:
        write([line(f"{workspace.root.shown_path(edit.changes[0].file)} already says so; nothing was written")])
        return
    for lost in (lost for change in edit.changes for lost in lost_by(workspace, change)):
        refuse_named(workspace, lost.reference, lost.places)
    tried = _tried(workspace, edit)
    what = "this change" if tried.plan is None else "this renaming"
    refuse_errors((problem for problem in tried.brings if problem.code != duty_without_answer.rule.code), what)
    _heed_not_read(workspace, tried.after, edit.case_id)
    if dry_run:
        write(map(line, _diff(workspace, edit, tried)))
        return
    touched = _stored(workspace, verb, edit, tried)
    write(_report(workspace, tried.after, edit, touched))


def _tried(workspace: Workspace, edit: Edit) -> _Tried:
    """Makes the edit in memory, and finds the problems that it brings."""
    from ogpcase.cli.options import today
    from ogpcase.editing.changing import brought, problems_of_case, problems_of_folder, with_texts
    from ogpcase.editing.renaming import after, planned, would_bring

    new = {change.file: change.new for change in edit.changes}
    if edit.name is not None:
        plan = planned(workspace, edit.name, new)
        return _Tried(after(workspace, plan), plan.changes, plan, would_bring(workspace, plan, today()))
    would_be = with_texts(workspace, {**new, **dict.fromkeys(change.file for change in edit.gone)})
    problems = problems_of_case(edit.case_id, today()) if edit.case_id else problems_of_folder(today())
    return _Tried(would_be, edit.changes, None, brought(workspace, would_be, problems, edit.alike))


def _heed_not_read(before: Workspace, after: Workspace, case_id: str | None) -> None:
    from ogpcase.cli.write_session import heed_not_read
    from ogpcase.policy.lifecycle import standing

    if case_id is None or not after.has_case(case_id):
        return
    old, new = (standing(workspace.case(case_id).casefile, None).steps for workspace in (before, after))
    moves = [step.end for step in old] != [step.end for step in new]
    heed_not_read(before, after.case(case_id).casefile, moves=moves)


def _diff(workspace: Workspace, edit: Edit, tried: _Tried) -> Iterator[str]:
    from ogpcase.editing.changing import diff_lines

    shown = workspace.root.shown_path
    if tried.plan is not None:
        yield f"rename {shown(tried.plan.old)} to {shown(tried.plan.new)}"
    yield from (f"copy {copy.path} to {shown(copy.file)}" for copy in edit.copies if not copy.is_kept)
    yield from (f"delete {shown(change.file)}" for change in edit.gone)
    for change in tried.changes:
        yield from diff_lines(workspace, change)


def _stored(workspace: Workspace, verb: str, edit: Edit, tried: _Tried) -> Touched:
    from ogpcase.cli.write_session import refused_if_there
    from ogpcase.editing.changing import stored_together
    from ogpcase.store.git import in_git
    from ogpcase.store.save import drop_empty_case, refuse_read_only

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
    from ogpcase.editing.renaming import carried_out
    from ogpcase.store.git import files_below, in_git
    from ogpcase.store.save import refuse_read_only

    moved = files_below(workspace.files, plan.old) if plan.name.kind == "case" else [plan.old]
    changed = [plan.move.before(change.file) for change in plan.changes]
    refuse_read_only(workspace.root, changed)
    files = {*moved, *changed}
    held = in_git(workspace.root, files)
    carried_out(workspace, plan)
    return Touched(workspace.root, held, plan.changes, move=(plan.old, plan.new))


def _report(before: Workspace, after: Workspace, edit: Edit, touched: Touched) -> Iterator[Line]:
    from ogpcase.output.terminal import page_for

    yield from touched.lines(page_for())
    yield from _stage(before, after, edit.case_id)
    yield from _nobody_asked(before, after, edit)
    yield from edit.notes
    yield from touched.last_lines(edit.inverse if edit.name is None else "")


def _nobody_asked(before: Workspace, after: Workspace, edit: Edit) -> list[Line]:
    from ogpcase.cli.write_session import nobody_asked

    if edit.case_id is None or edit.name is not None or not after.has_case(edit.case_id):
        return []
    there, now = (workspace.case(edit.case_id).casefile for workspace in (before, after))
    return nobody_asked(before.root, there, now)


def _stage(before: Workspace, after: Workspace, case_id: str | None) -> list[Line]:
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import page_for
    from ogpcase.policy.lifecycle import standing

    if case_id is None or not after.has_case(case_id):
        return []
    old, new = (standing(workspace.case(case_id).casefile, None) for workspace in (before, after))
    if (old.stage, old.perhaps) == (new.stage, new.perhaps):
        return []
    perhaps = f" (perhaps {new.perhaps})" if new.perhaps else ""
    return [line(Piece("stage   ", "stage"), f"{old.stage} {page_for().glyphs.arrow} {new.stage}{perhaps}")]
