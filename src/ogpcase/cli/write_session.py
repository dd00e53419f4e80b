"""The parts that all writing commands share: the lock, the refusal of new errors, the writing, and the report."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ogpcase.cli.change_report import Touched
from ogpcase.cli.read_session import files_not_read, name_not_read, refuse_errors
from ogpcase.errors import BadInput, Refused
from ogpcase.output.lines import Line, Piece, line
from ogpcase.output.terminal import page_for, write
from ogpcase.store.layout import SOURCES

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.editing.changing import Draft
    from ogpcase.model.casefile import CaseFile, CaseHeader
    from ogpcase.model.events import Event
    from ogpcase.model.parties import NamedParty
    from ogpcase.policy.lifecycle import Standing, Step
    from ogpcase.store.checksums import Copy
    from ogpcase.store.layout import Root
    from ogpcase.workspace.opening import Workspace


@contextmanager
def turn(root: Path | None, *, case: str | None = None, dry_run: bool = False) -> Iterator[Workspace]:
    """Gives the folder to write in, and locks it until the block ends, except for a dry run.

    `case` is the only case that will be written in; None, or the beginning of an id, if it may be any.

    Raises:
        NoCasesHere: there is no case folder.
        Refused: it is a public copy.
        CannotWrite: another run keeps the lock, or an interrupted command can be neither finished nor undone.
    """
    from ogpcase.cli.read_session import opened
    from ogpcase.store.lock import locked
    from ogpcase.store.save import swept
    from ogpcase.store.transaction import finished

    workspace = opened_to_write(root)
    if dry_run:
        yield workspace
        return
    with locked(workspace.root, tell):
        outcome = finished(workspace.root)
        if outcome is not None:
            tell(outcome)
        swept(workspace.root, case if case is not None and workspace.has_case(case) else None)
        yield opened(root)  # read again: another run may have written meanwhile


def opened_to_write(root: Path | None) -> Workspace:
    """Opens the folder before anybody types for it. Raises NoCasesHere, CannotRead, and Refused for a public copy."""
    from ogpcase.cli.read_session import opened

    workspace = opened(root)
    if workspace.settings.public_copy:
        raise Refused(
            f"`{workspace.root.shown}` is a public copy, which the next `publish` replaces; nothing was written",
            "change the working folder instead",
        )
    return workspace


def tell(words: str) -> None:
    """Prints a line to stderr while the command goes on."""
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
    """Writes the new files and copies and prints a report; with `dry_run`, only prints the last file.

    The other files follow it as comments, so that what is printed is still the record.

    Raises:
        Refused: they would add an error; nothing was written.
        BadInput: a header, party or copy already exists.
    """
    from ogpcase.cli.options import today
    from ogpcase.editing.changing import drafted, saved

    draft = drafted(workspace, texts, case_id, today())
    refuse_errors(draft.brings, "the new record")
    if case_id is not None and workspace.has_case(case_id):
        heed_not_read(workspace, workspace.case(case_id).casefile, moves=makes_step(draft))
    if dry_run:
        *others, (_, text) = texts.items()
        said = (each for file, other in others for each in (workspace.root.shown_path(file), *other.splitlines()))
        write(map(line, [*text.splitlines(), *(f"# {each}" for each in said)]))
        return
    with refused_if_there(workspace):
        files = saved(workspace, draft, copies)
    write(_report(workspace, draft, files, case_id))


@contextmanager
def refused_if_there(workspace: Workspace) -> Iterator[None]:
    """Raises BadInput where the block would write over a file that is there."""
    try:
        yield
    except FileExistsError as taken:
        path = workspace.root.shown_path(str(taken.filename))
        raise BadInput(f"{path} already exists; nothing was written") from None


def makes_step(draft: Draft) -> bool:
    """True if a draft makes a new step."""
    return bool(draft.before and draft.after and len(draft.after.steps) > len(draft.before.steps))


def heed_not_read(workspace: Workspace, case: CaseFile, *, moves: bool) -> None:
    """Names on stderr the unreadable records of a case before writing; refuses a move if one of them may move the case.

    Raises:
        Refused: the stage of the case is not known.
    """
    from ogpcase.editing.changing import fix_first

    files = files_not_read(case) | workspace.parties_not_read()
    name_not_read(workspace, files)
    if moves and not case.stage_is_known:
        raise Refused(
            f"nobody knows where {case.id} stands while a record of it cannot be read; nothing was written",
            fix_first(workspace.root.shown_path(case.id)),
        )


def _report(workspace: Workspace, draft: Draft, files: tuple[FileId, ...], case_id: str | None) -> list[Line]:
    lines = [line(Piece("wrote   ", "good"), workspace.root.shown_path(file)) for file in files]
    moving = any(f"/{SOURCES}/" not in file for file in files)  # a source moves no case
    if moving and draft.after is not None and case_id is not None:
        header = workspace.case(case_id).casefile.header if draft.before else None
        earlier = [step.event for step in draft.before.steps] if draft.before else []
        new = [step for step in draft.after.steps if step.event not in earlier]
        known = workspace.case(case_id).casefile.stage_is_known if draft.before else True
        words = _stage_words(draft.before, draft.after, new, header) if known else "not known: see the lines above"
        lines.append(line(Piece("stage   ", "stage"), words))
        lines += [line(Piece("owed    ", "ask"), duties) for duties in _owed(new)]
    if draft.case is not None:
        there = workspace.case(draft.case.id).casefile if draft.before else None
        lines += nobody_asked(workspace.root, there, draft.case)
    return [*lines, *Touched(workspace.root, new=files).last_lines()]


def nobody_asked(root: Root, before: CaseFile | None, after: CaseFile) -> list[Line]:
    """Returns a line for each request that names nobody now as asked, with the command that names somebody.

    Nobody is asked because a paper is addressed to them; views then say that nobody is named. The command has the id of
    the addressee where there is only one.
    """
    already = {reference for reference, _event in _of_nobody(before)} if before else set()
    new = [(reference, event) for reference, event in _of_nobody(after) if reference not in already]
    return [line(Piece("asked   ", "ask"), _nobody_words(root, reference, event)) for reference, event in new]


def _of_nobody(case: CaseFile) -> Iterator[tuple[str, Event]]:
    """Yields the references of requests that name nobody as asked, each with its event."""
    for event in case.events:
        for request in getattr(event, "requests", ()):
            if not request.asked_of:
                yield f"{case.id}/{event.id}#{request.id}", event


def _nobody_words(root: Root, reference: str, event: Event) -> str:
    addressees: Sequence[NamedParty] = getattr(event, "addressees", ())
    only = addressees[0].known_id if len(addressees) == 1 else None
    who = "the addressee" if only else "who is asked"
    how = root.ogpcase("add", reference, "asked_of", only or "PARTY")
    return f"`{reference.partition('#')[2]}` names nobody as asked; to name {who}: {how}"


def _stage_words(before: Standing | None, after: Standing, new: Sequence[Step], header: CaseHeader | None) -> str:
    stage = f"{after.stage} (perhaps {after.perhaps})" if after.perhaps else str(after.stage)
    if before is None or not new:
        return stage + (", unchanged" if before is not None and before.stage == after.stage else "")
    return f"{before.stage} {page_for().glyphs.arrow} {stage}   ({_row(new[-1], header)})"


def _owed(new: Sequence[Step]) -> list[str]:
    by_body: dict[str, list[str]] = {}
    for duty in (duty for step in new if step.move is not None for duty in step.move.then_due):
        by_body.setdefault(str(duty.by), []).append(duty.id)
    return [f"{body}: {', '.join(duties)}" for body, duties in by_body.items()]


def _row(step: Step, header: CaseHeader | None) -> str:
    """Returns the clause or row of the policy for a step, its version, and `not verified` if it is not."""
    if step.event.departs:
        return "recorded as a departure"
    if step.move is None:
        return "not a move of the policy"
    version = step.event.policy_version or (header.policy_version if header else None)
    known = [f"{version} version"] if version else []
    doubt = [] if step.move.verified else ["not verified"]
    return ", ".join([step.event.basis or f"row {step.move.id}", *known, *doubt])
