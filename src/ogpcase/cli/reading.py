"""What every reading command does around its view: open the folder, load the case, name what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ogpcase.errors import EXIT_DONE, EXIT_FAILED, CannotRead, Misused, Refused
from ogpcase.model.ids import SETTINGS_NAME

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.output.terminal import Report
    from ogpcase.store.load import LoadedCase
    from ogpcase.workspace.opening import Workspace
    from ogpcase.workspace.publishing.making import Publication


def opened(root: Path | None, *, public: bool = False) -> Workspace:
    """Opens the folder the command speaks of; with `public`, the public copy that would be made of it.

    Raises:
        NoCasesHere: if there is none.
        CannotRead: nobody knows which format its records have, or this version does not.
        NotPublished: no public copy can be made of it.
    """
    workspace = opened_to_judge(root)
    if workspace.loaded_settings.unreadable:
        path = workspace.root.shown_path(SETTINGS_NAME)
        raise CannotRead(
            f"`{path}` does not say which format the records have", "`ogpcase validate` says what is wrong with it"
        )
    return published(workspace) if public else workspace


def opened_to_judge(root: Path | None) -> Workspace:
    """Opens the folder the command speaks of, whatever is wrong with it.

    Raises:
        NoCasesHere: if there is none.
        CannotRead: its records have a format that this version does not know.
    """
    from ogpcase.workspace.opening import Workspace

    workspace = Workspace.open(root)
    if (number := workspace.loaded_settings.later_format) is not None:
        path = workspace.root.shown_path(SETTINGS_NAME)
        raise CannotRead(
            f"`{path}` says that the records have format {number}, which this version of ogpcase does not know",
            "use a newer version",
        )
    return workspace


def published(workspace: Workspace, what: str = "this folder", *hints: str) -> Workspace:
    """Returns the public copy that would be made of a folder; one that is a copy is given back.

    Raises:
        NotPublished: it is refused; says of `what`, with the hints.
    """
    from ogpcase.workspace.publishing.making import workspace_of

    publication = _publication(workspace, what, *hints)
    return workspace_of(workspace, publication) if publication else workspace


def published_both(before: Workspace, after: Workspace, earlier: str) -> tuple[Workspace, Workspace]:
    """Returns the public copies of two versions of a folder; `earlier` names the first.

    Raises:
        NotPublished: one of them is refused.
        Refused: the earlier one tells what the later one leaves out.
    """
    from ogpcase.workspace.publishing.making import told_before, workspace_of

    hint = "compare with a later commit, or in the repository of the public copy"
    old = _publication(before, f"the earlier version, {earlier}", hint)
    new = _publication(after, "this folder")
    if old and new and (files := told_before(old, new)):
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        raise Refused(f"the earlier version, {earlier}, tells what is left out now, in {files[0]}{more}", hint)
    return (workspace_of(before, old) if old else before), (workspace_of(after, new) if new else after)


def _publication(workspace: Workspace, what: str, *hints: str) -> Publication | None:
    """Returns the copy of a working folder; None of a folder that is a copy. Raises NotPublished."""
    from ogpcase.cli.options import today
    from ogpcase.cli.refusing import made_public

    return None if workspace.settings.public_copy else made_public(workspace, today(), what, *hints)


def refuse_unsaid(workspace: Workspace, cases: Iterable[LoadedCase], *, public: bool, working: bool) -> None:
    """Refuses what is made for others, of a folder whose copy leaves something out, unless it is said which is meant.

    Raises:
        Misused: neither --public nor --working is given, or both are.
    """
    from ogpcase.model.publication import left_out_words

    if public and working:
        raise Misused("--public and --working exclude each other; give one of them")
    if not public and not working and (count := left_out(workspace, cases)):
        raise Misused(
            f"this folder {left_out_words(count)}, and what this prints is for others",
            "give --public for what others may see, or --working for everything",
        )


def name_folder(workspace: Workspace, cases: Iterable[LoadedCase], form: str) -> None:
    """Says over a view in text that it is of a working folder, and how many things its public copy leaves out."""
    if form != "text" or workspace.settings.public_copy:
        return
    from ogpcase.model.publication import left_out_words
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write

    words = left_out_words(left_out(workspace, cases))
    if words:
        write([line(Piece(f"working folder, {words}", "dim"))])


def answer(workspace: Workspace, cases: Sequence[LoadedCase], report: Report, form: str) -> int:
    """Prints what a command found in cases, and names what could not be read; returns the exit code."""
    from ogpcase.output.terminal import print_report

    name_folder(workspace, cases, form)
    print_report(report, form)
    return complaints(workspace, cases)


def left_out(workspace: Workspace, cases: Iterable[LoadedCase]) -> int:
    """Counts what the public copy of these cases leaves out, the parties that they name among it."""
    from ogpcase.model.casefile import things_left_out
    from ogpcase.model.uses import names_in

    several = [loaded.casefile for loaded in cases]
    named = {name for case in several for event in case.events for name in names_in(event)}
    named |= {case.header.subject for case in several if case.header}
    parties = workspace.registry().parties
    return things_left_out(several, [parties[name] for name in sorted(named) if name in parties])


def complaints(workspace: Workspace, cases: Iterable[LoadedCase]) -> int:
    """Names on stderr the records of the cases that give no record at all; returns the exit code that follows."""
    from ogpcase.model.casefile import file_of_event, file_of_header

    files = []
    for each in cases:
        case = each.casefile
        files += [file_of_header(case.id)] if case.header is None else []
        files += [file_of_event(case.id, event) for event in sorted(case.unreadable)]
    if files:
        complain(workspace, files)
        return EXIT_FAILED
    return EXIT_DONE


def complain(workspace: Workspace, files: Iterable[FileId]) -> None:
    """Names files on stderr that give no record."""
    import sys

    from ogpcase.output.lines import line
    from ogpcase.output.terminal import write

    for file in files:
        path = workspace.root.shown_path(file)
        write([line(f"unreadable: {path} is left out; `ogpcase validate` says what is wrong")], sys.stderr)
