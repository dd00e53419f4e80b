"""What every writing command does: one at a time, on records read anew, refused on new errors, written, and told."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ogpcase.errors import BadInput, Refused
from ogpcase.output.lines import Line, Piece, line
from ogpcase.output.terminal import page_for, write

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.editing.adding import Draft
    from ogpcase.model.casefile import CaseHeader
    from ogpcase.policy.lifecycle import Step
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
    from ogpcase.cli.reading import opened
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
    from ogpcase.editing.adding import drafted, saved

    draft = drafted(workspace, texts, case_id, today())
    _show_problems(draft)
    if draft.errors:
        count = len(draft.errors)
        raise Refused(f"the new record would bring {count} {'error' if count == 1 else 'errors'}; nothing was written")
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


def _show_problems(draft: Draft) -> None:
    from ogpcase.output.frames import frame

    page = page_for(sys.stderr)
    for each in draft.brings:
        write([*frame(each, page), line()], sys.stderr)


def _report(workspace: Workspace, draft: Draft, files: tuple[FileId, ...], case_id: str | None) -> list[Line]:
    lines = [line(Piece("wrote   ", "good"), workspace.root.shown_path(file)) for file in files]
    if draft.after is not None and case_id is not None:
        header = workspace.case(case_id).casefile.header if draft.before else None
        lines.append(line(Piece("stage   ", "stage"), _stage_words(draft, header)))
        lines += [line(Piece("owed    ", "ask"), each) for each in _owed(draft)]
    shown = workspace.root.shown_path
    where = dict.fromkeys(
        shown(case_id) if case_id and file.startswith(f"{case_id}/") else shown(file) for file in files
    )
    return [*lines, line(Piece("next    ", "dim"), f"git add {' '.join(where)}")]


def _stage_words(draft: Draft, header: CaseHeader | None) -> str:
    assert draft.after is not None
    after = draft.after
    before = draft.before.stage if draft.before else None
    perhaps = f" (perhaps {after.perhaps})" if after.perhaps else ""
    arrow = page_for().glyphs.arrow
    new = [
        step for step in after.steps if draft.before is None or step.event not in [s.event for s in draft.before.steps]
    ]
    if not new or before is None:
        return f"{after.stage}{perhaps}" + (", unchanged" if before is after.stage else "")
    return f"{before} {arrow} {after.stage}{perhaps}   ({_row(new[-1], header)})"


def _owed(draft: Draft) -> list[str]:
    """What the policy lays on bodies by the new steps, by whom: never inferred as done."""
    assert draft.after is not None
    before = [step.event for step in draft.before.steps] if draft.before else []
    by_body: dict[str, list[str]] = {}
    for step in draft.after.steps:
        if step.event not in before and step.move is not None:
            for duty in step.move.then_due:
                by_body.setdefault(str(duty.by), []).append(duty.id)
    return [f"{body}: {', '.join(duties)}" for body, duties in by_body.items()]


def _row(step: Step, header: CaseHeader | None) -> str:
    """The clause or the row of the policy that a step follows, of which version, and whether it could be verified."""
    if step.move is None:
        return "no row of the policy"
    version = step.event.policy_version or (header.policy_version if header else None)
    doubt = "" if step.move.verified else ", not verified"
    return f"{step.event.basis or f'row {step.move.id}'}, {version} version{doubt}"
