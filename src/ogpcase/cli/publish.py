"""`ogpcase publish`: makes the public copy of a working folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import RootOption
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, Misused, Refused

if TYPE_CHECKING:
    from ogpcase.workspace.publishing.preview import Change


def run(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write the copy: to `DIR/cases`.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would become public; write nothing.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only check whether the copy is up to date; exit with 1 if not.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Publish without asking, even what becomes public for the first time.")
    ] = False,
    root: RootOption = None,
) -> int:
    """The copy holds what others may see: the records without what they withhold, and nothing else of the folder.

    The command refuses, and names each place, if the copy would reveal what is withheld. It writes the whole copy or
    nothing. DIR must be outside the repository of the working folder.
    """
    from ogpcase.cli.read_session import made_public, opened
    from ogpcase.output.lines import line
    from ogpcase.output.progress import progress
    from ogpcase.output.terminal import write
    from ogpcase.store.export_files import copy_folder, present_copy, replace_copy, strangers_in, tidy
    from ogpcase.workspace.publishing.preview import change_of, lines_of

    if dry_run and check:
        raise Misused("--dry-run and --check exclude each other; give one of them")
    workspace = opened(root)
    target = copy_folder(folder, workspace.root)
    with progress(lambda: "making the public copy"):
        publication = made_public(workspace, "this folder", "nothing was written")
        change = change_of(publication, present_copy(target), strangers_in(target), workspace)
    if not check or not change.is_empty:
        write(line(f"{word:<10}{what}") for word, what in lines_of(publication, change))
    if change.is_empty and not (dry_run or check):
        tidy(target)
    if dry_run or change.is_empty:
        write([line(_sum(change, folder, dry_run=dry_run))])
        return EXIT_DONE
    if check:
        write([line(f"{folder / 'cases'} is not up to date: publish again")])
        return EXIT_FAILED
    if change.asks and not yes:
        _ask(change)
    replace_copy(target, publication.files)
    write(
        [
            line(_sum(change, folder, dry_run=False)),
            line(f"next      {command('git -C', options=[str(folder)])} {_next(folder)}"),
        ]
    )
    return EXIT_DONE


def _next(folder: Path) -> str:
    """Returns the git command to run next: `status` inside a repository, else `init`."""
    above = (folder.resolve(), *folder.resolve().parents)
    return "status" if any((parent / ".git").exists() for parent in above) else "init"


def _sum(change: Change, folder: Path, *, dry_run: bool) -> str:
    if change.is_empty:
        return f"{folder / 'cases'} is up to date; nothing was written"
    counts = f"{len(change.new)} new, {len(change.changed)} changed, {len(change.gone)} no longer there"
    return f"{'would write' if dry_run else 'wrote'} {folder / 'cases'}: {counts}"


def _ask(change: Change) -> None:
    """Asks before something becomes public for the first time; raises Refused on a no, or without a terminal."""
    from ogpcase.cli.asking import at_terminal
    from ogpcase.diagnostics.visible_text import visible

    who = ", ".join(map(visible, [*change.parties, *change.names]))
    parts = ["this is the first copy"] if change.first else []
    parts += [f"for the first time it names {who}"] if who else []
    parts += [f"it shows {', '.join(fields)} of {file}, withheld until now" for file, fields in change.told]
    news = "; ".join(parts)
    if not at_terminal():
        raise Refused(f"{news}; nothing was written", "look at it with --dry-run, then give --yes")
    from ogpcase.cli.asking.once import agreed
    from ogpcase.cli.asking.question import Shown

    if not agreed(Shown("new in public", f"{news}; may it become public?"), default=False):
        raise Refused("nothing was written")
