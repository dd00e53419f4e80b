"""What every writing command does: one at a time, on records read anew, refused on new errors, written, and told."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ogpcase.cli.read_session import refuse_errors
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, Refused
from ogpcase.output.lines import Line, Piece, line
from ogpcase.output.terminal import page_for, write

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.editing.changing import Draft
    from ogpcase.model.casefile import CaseHeader
    from ogpcase.policy.lifecycle import Standing, Step
    from ogpcase.store.checksums import Copy
    from ogpcase.workspace.opening import Workspace


@contextmanager
def turn(root: Path | None, *, case: str | None = None, dry_run: bool = False) -> Iterator[Workspace]:
    """Gives the folder to write in, kept from other runs until the block ends; for a dry run just the folder.

    `case` is the only one that is written in, beside parties; None where it may be any.

    Raises:
        NoCasesHere: if there is none.
        Refused: it is a public copy.
        CannotWrite: if another run does not end, or an interrupted command cannot be put right.
    """
    from ogpcase.cli.read_session import opened
    from ogpcase.store.lock import locked
    from ogpcase.store.save import swept
    from ogpcase.store.transaction import finished

    workspace = opened(root)
    if workspace.settings.public_copy:
        raise Refused(
            f"`{workspace.root.shown}` is a public copy, and is replaced by the next `publish`; nothing was written",
            "change the working folder that it was made of",
        )
    if dry_run:
        yield workspace
        return
    with locked(workspace.root, tell):
        said = finished(workspace.root)
        if said is not None:
            tell(said)
        swept(workspace.root, case)
        yield opened(root)  # read anew: another run may have written since


def tell(words: str) -> None:
    """Says something on stderr while the command goes on."""
    from ogpcase.diagnostics.visible_text import log_line

    sys.stderr.write(f"{log_line(words)}\n")


def finish(
    workspace: Workspace,
    texts: Mapping[FileId, str],
    case_id: str | None,
    *,
    dry_run: bool,
    copies: Sequence[Copy] = (),
) -> None:
    """Writes the new files and copies, or on `dry_run` prints the last file; says where the case stands and what next.

    Raises:
        Refused: if they bring a new error; nothing is written.
        BadInput: if a header, party or copy is there already.
    """
    from ogpcase.cli.options import today
    from ogpcase.editing.changing import drafted, saved

    draft = drafted(workspace, texts, case_id, today())
    refuse_errors(draft.brings, "the new record")
    if dry_run:
        write(map(line, list(texts.values())[-1].splitlines()))
        return
    try:
        files = saved(workspace, draft, copies)
    except FileExistsError as there:
        raise BadInput(
            f"{workspace.root.shown_path(str(there.filename))} is there already; nothing was written"
        ) from None
    write(_report(workspace, draft, files, case_id))


def _report(workspace: Workspace, draft: Draft, files: tuple[FileId, ...], case_id: str | None) -> list[Line]:
    shown = workspace.root.shown_path
    lines = [line(Piece("wrote   ", "good"), shown(file)) for file in files]
    if draft.after is not None and case_id is not None:
        header = workspace.case(case_id).casefile.header if draft.before else None
        known = [step.event for step in draft.before.steps] if draft.before else []
        new = [step for step in draft.after.steps if step.event not in known]
        lines.append(line(Piece("stage   ", "stage"), _stage_words(draft.before, draft.after, new, header)))
        lines += [line(Piece("owed    ", "ask"), each) for each in _owed(new)]
    folders = (case_id if case_id and file.startswith(f"{case_id}/") else file for file in files)
    return [*lines, line(Piece("next    ", "dim"), command("git add", *dict.fromkeys(map(shown, folders))))]


def _stage_words(before: Standing | None, after: Standing, new: Sequence[Step], header: CaseHeader | None) -> str:
    stage = f"{after.stage} (perhaps {after.perhaps})" if after.perhaps else str(after.stage)
    if before is None or not new:
        return stage + (", unchanged" if before is not None and before.stage is after.stage else "")
    return f"{before.stage} {page_for().glyphs.arrow} {stage}   ({_row(new[-1], header)})"


def _owed(new: Sequence[Step]) -> list[str]:
    """What the policy lays on bodies by the new steps, by whom: never inferred as done."""
    by_body: dict[str, list[str]] = {}
    for duty in (duty for step in new if step.move is not None for duty in step.move.then_due):
        by_body.setdefault(str(duty.by), []).append(duty.id)
    return [f"{body}: {', '.join(duties)}" for body, duties in by_body.items()]


def _row(step: Step, header: CaseHeader | None) -> str:
    """The clause or the row of the policy that a step follows, of which version, and whether it could be verified."""
    if step.move is None:
        return "no row of the policy"
    version = step.event.policy_version or (header.policy_version if header else None)
    doubt = "" if step.move.verified else ", not verified"
    return f"{step.event.basis or f'row {step.move.id}'}, {version} version{doubt}"
