"""The parts that all writing commands share: the lock, the refusal of new errors, the writing, and the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from ogpcase.cli.boundary import tell
from ogpcase.cli.options import today
from ogpcase.cli.read_session import name_not_read, opened, refuse_errors
from ogpcase.diagnostics import FileId
from ogpcase.diagnostics.visible_text import command
from ogpcase.editing.changing import Change, Draft, Move, drafted, fix_first, same_start, saved
from ogpcase.errors import BadInput, Refused
from ogpcase.model.casefile import CaseFile, CaseHeader
from ogpcase.model.events import Event
from ogpcase.model.parties import NamedParty
from ogpcase.output.lines import Line, Page, Piece, line
from ogpcase.output.terminal import page_for, write
from ogpcase.policy.lifecycle import Standing, Step
from ogpcase.policy.procedures import procedure_of
from ogpcase.store.checksums import Copy
from ogpcase.store.git import InGit, addable
from ogpcase.store.layout import SOURCES, Root, current_folder, repository_around
from ogpcase.store.lock import locked
from ogpcase.store.save import swept
from ogpcase.store.transaction import finished
from ogpcase.workspace.opening import Workspace, files_not_read


@contextmanager
def turn(root: Path | None, *, case: str | None = None, dry_run: bool = False) -> Iterator[Workspace]:
    """Gives the folder to write in, and locks it until the block ends, except for a dry run.

    `case` is the only case that will be written in; None, or the beginning of an id, if it may be any.

    Raises:
        NoCasesHere: there is no case folder.
        Refused: it is a public copy.
        CannotWrite: another run keeps the lock, or an interrupted command can be neither finished nor undone.
    """
    workspace = opened_to_write(root)
    if dry_run:
        yield workspace
        return
    with locked(workspace.root, tell):
        if (outcome := finished(workspace.root)) is not None:
            tell(outcome)
        swept(workspace.root, case if case is not None and workspace.has_case(case) else None)
        yield opened(root)  # read again: another run may have written meanwhile


def opened_to_write(root: Path | None) -> Workspace:
    """Opens the folder before anybody types for it. Raises NoCasesHere, CannotRead, and Refused for a public copy."""
    workspace = opened(root)
    if workspace.settings.public_copy:
        raise Refused(
            f"`{workspace.root.shown}` is a public copy, which the next `publish` replaces; nothing was written",
            "change the working folder instead",
        )
    return workspace


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

    Raises Refused if the stage of the case is not known.
    """
    files = files_not_read(case) | workspace.parties_not_read()
    name_not_read(workspace, files)
    if moves and not case.stage_is_known:
        message = f"nobody knows where {case.id} stands while a record of it cannot be read; nothing was written"
        raise Refused(message, fix_first(workspace.root.shown_path(case.id)))


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
        lines += [line(Piece("owed    ", "ask"), words) for words in _duty_words(draft, new)]
    if draft.case is not None:
        there = workspace.case(draft.case.id).casefile if draft.before else None
        lines += nobody_asked(workspace.root, there, draft.case)
    return [*lines, *Touched(workspace.root, new=files).last_lines()]


def _duty_words(draft: Draft, new: Iterable[Step]) -> Iterator[str]:
    """Yields who has to do what after new steps, a line for each duty; each ends with the id that `answer` takes."""
    for step in new:
        if draft.case is not None and step.move is not None:
            names = procedure_of(draft.case)
            yield from (f"{names.name_of(duty.by)}: {duty.text} ({duty.id})" for duty in step.move.then_due)


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


_MOST_LINES = 6
"""Lines that are shown of a part before the change, and as many after it."""
_BEFORE_THE_CHANGE = 20
"""Characters that are shown of a long line before the place where it changes."""
_MOST_FILES = 3
"""Changed files whose lines are shown; the others are named."""
_MOST_NAMES = 3
_PATTERN = re.compile(r"^:|[*?\[\\]")
"""What git takes for more than the name of a file in a path."""


class Touched(NamedTuple):
    """The files that a command writes, and what git has of those that were there before.

    `move` is the renaming of a file or folder. `changed` have their paths after it, the files in `git` before.
    """

    root: Root
    git: InGit = InGit()
    changed: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    new: tuple[FileId, ...] = ()
    move: Move | None = None

    def lines(self, page: Page) -> Iterator[Line]:
        """Yields the path of each file, with the lines that change in the first few and in those that git lacks."""
        if self.move is not None:
            old, new = map(self.root.shown_path, self.move)
            yield line(Piece("renamed ", "good"), f"{new}   (was {old})")
        own_first = sorted(self.changed, key=lambda change: self.move is None or change.file != self.move.new)
        for place, change in enumerate(own_first):
            if self.move is None or change.file != self.move.new:
                yield line(Piece("wrote   ", "good"), self.root.shown_path(change.file))
            if place < _MOST_FILES or not self._restorable(change.file):
                yield from changed_lines(change, page, whole=not self._restorable(change.file))
        for file in self.new:
            yield line(Piece("wrote   ", "good"), self.root.shown_path(file))
        for change in self.gone:
            yield line(Piece("deleted ", "good"), self.root.shown_path(change.file))
            yield from changed_lines(change, page, whole=not self._restorable(change.file))

    def last_lines(self, inverse: str = "") -> Iterator[Line]:
        """Yields the commands that take the change back, and the one that adds it to git.

        `inverse` is a command that takes it back if git cannot restore the files that were there.
        """
        for words in self._undo(inverse):
            yield line(Piece("undo    ", "dim"), words)
        if names := addable(self.root, self._to_add()):
            yield line(Piece("next    ", "dim"), git_command(self.root, "add", names))

    def _old(self, file: FileId) -> FileId:
        return file if self.move is None else self.move.before(file)

    def _restorable(self, file: FileId) -> bool:
        return self._old(file) in self.git.restorable

    def _undo(self, inverse: str) -> Iterator[str]:
        shown = self.root.shown_path
        old = list(dict.fromkeys(self._old(change.file) for change in (*self.changed, *self.gone)))
        by_hand = [file for file in old if file not in self.git.restorable]
        if by_hand and inverse:
            yield inverse
        if self.move is not None:
            yield command("mv", shown(self.move.new), shown(self.move.old))
        if self.new:
            yield command("rm", *map(shown, self.new))
        yield from () if inverse else self._by_hand(by_hand)
        if restored := [file for file in old if file in self.git.restorable]:
            yield git_command(self.root, "restore", restored)

    def _by_hand(self, files: Sequence[FileId]) -> Iterator[str]:
        changed, unknown = (
            [self.root.shown_path(file) for file in files if (file in self.git.tracked) is tracked]
            for tracked in (True, False)
        )
        if changed:
            yield f"by hand: git restore would also lose earlier changes of {_names(changed)}"
        if unknown:
            yield f"by hand: git has no earlier text of {_names(unknown)}"

    def _to_add(self) -> Sequence[FileId]:
        moved: list[FileId] = []
        if self.move is not None:
            tracked = any(f"{file}/".startswith(f"{self.move.old}/") for file in self.git.tracked)
            moved = [self.move.new, self.move.old] if tracked else [self.move.new]
        gone = [change.file for change in self.gone if change.file in self.git.tracked]
        changed = [change.file for change in self.changed if self._old(change.file) == change.file]
        return list(dict.fromkeys((*self.new, *changed, *gone, *moved)))


def git_command(root: Root, verb: str, files: Iterable[FileId]) -> str:
    """Returns a git command on files of a folder, which can be run in the current folder.

    It names the folder if that was named to ogpcase, or the current folder is in no repository that holds it.
    """
    paths = [*map(root.shown_path, files)]
    options: list[str] = []
    top = repository_around(root.path)
    if root.named is not None or top is None or not current_folder().resolve().is_relative_to(top):
        paths, options = [*files], ["-C", root.shown]
    if any(_PATTERN.search(path) for path in paths):
        options.append("--literal-pathspecs")
    return command("git", *paths, options=[*options, verb])


def _names(paths: Iterable[str]) -> str:
    names = list(paths)
    return ", ".join(names) if len(names) <= _MOST_NAMES else f"{len(names)} files"


def changed_lines(change: Change, page: Page, *, whole: bool) -> Iterator[Line]:
    """Yields the lines that a change takes out and puts in, the first few of each part, or with `whole` all.

    A line that is too long for the page is shown around the place where it changes.
    """
    old, new = change.old.splitlines(), change.new.splitlines()
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            before, after = old[start:end], new[new_start:new_end]
            yield from _side("  - ", before, after, page, whole=whole)
            yield from _side("  + ", after, before, page, whole=False)


def _side(sign: str, texts: Sequence[str], others: Sequence[str], page: Page, *, whole: bool) -> Iterator[Line]:
    shown = texts if whole or len(texts) <= _MOST_LINES else texts[: _MOST_LINES - 1]
    width = None if whole or page.width is None else page.width - len(sign)
    paired = len(texts) == len(others)
    for place, text in enumerate(shown):
        same = same_start(text, others[place]) if paired else 0
        yield line(Piece(sign, "dim"), _clipped(text, same, width))
    if len(shown) < len(texts):
        yield line(Piece(f"{sign}… and {len(texts) - len(shown)} more lines", "dim"))


def _clipped(text: str, same: int, width: int | None) -> str:
    """Returns a text as far as it fits the width, from shortly before its first different character."""
    if width is None or len(text) <= width:
        return text
    begin = max(0, min(same - _BEFORE_THE_CHANGE, len(text) - width + 1))
    rest = f"…{text[begin:]}" if begin else text
    return rest if len(rest) <= width else f"{rest[: width - 1]}…"
