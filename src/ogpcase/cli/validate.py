"""`ogpcase validate`: checks all records of the case folder."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from ogpcase.cli.read_session import ReadSession, Report, reads
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, Misused

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from ogpcase.diagnostics import Verdict
    from ogpcase.workspace.comparing import Compared
    from ogpcase.workspace.opening import Workspace

FORMATS = ("concise", "json", "github", "gitlab", "sarif", "junit")
"""The formats of a verdict beside text."""
_FROM_TOP = frozenset({"github", "gitlab", "sarif", "junit"})
"""The formats for programs that know the files of a repository, not the current folder."""


def _format_here() -> str:
    """Returns the default format: `github` in a job of GitHub Actions without a terminal, else `text`."""
    inside = os.environ.get("GITHUB_ACTIONS") == "true" and not sys.stdout.isatty()
    return "github" if inside else "text"


@reads(
    *FORMATS,
    options=("as_of", "form", "json", "root", "color"),
    form_help="The output format; default: text, or github inside GitHub Actions.",
    form_here=_format_here,
)
def run(
    paths: Annotated[
        list[Path] | None, Argument(help="Report only on these files or folders; all are checked.")
    ] = None,
    *,
    session: ReadSession,
    base: Annotated[
        str | None,
        Option(
            metavar="REV", help="The revision that the change is meant for or comes from; changed files come first."
        ),
    ] = None,
    new_only: Annotated[
        bool,
        Option(
            "--new-only",
            help="Report only the problems that are new since the change parted from --base (default: HEAD).",
        ),
    ] = False,
    fix: Annotated[bool, Option("--fix", help="Mend what has only one right answer, then check the rest.")] = False,
    since: Annotated[str | None, Option(metavar="REV", help="Short for --new-only --base REV.")] = None,
    jobs: Annotated[
        int | None, Option(min=1, max=64, metavar="N", help="The number of processes; default: chosen automatically.")
    ] = None,
) -> Report:
    """Reports every problem of every record in one run, each at its place. `--as-of` replaces today's date."""
    from ogpcase.output.verdicts import verdict_lines
    from ogpcase.store.layout import current_folder, root_of_paths
    from ogpcase.workspace.judge_folder import judge

    if since is not None and base not in {None, since}:
        raise Misused("--since and --base both name the revision before the change; give one of them")
    base, new_only = since or base, new_only or since is not None
    if new_only and (fix or paths):
        raise Misused("--new-only and --since check the whole change; leave out --fix and paths")
    session.doing = "checking the records"
    day, which = session.reader.on, tuple(paths or ())
    session.root = session.root or root_of_paths(which, current_folder())
    both: Compared | None = None
    if new_only:
        from ogpcase.workspace.comparing import problems_compared

        both = _compared(session, "HEAD" if base is None else base)
        verdict = problems_compared(both, day, session.note).new
    else:
        verdict = _fixed(session, which, day) if fix else judge(_opened(session), which, day, jobs, session.note)
        both = _compared(session, base) if base is not None else None
    changed = frozenset(map(both.after.root.shown_path, both.changed) if both is not None else ())
    formats = {name: partial(_written, name, session, changed) for name in FORMATS}
    return Report(verdict, verdict_lines, formats=formats, exit_code=EXIT_FAILED if verdict.failed else EXIT_DONE)


def _opened(session: ReadSession) -> Workspace:
    from ogpcase.workspace.opening import folder_to_judge

    return _named(folder_to_judge(session.root), session.form)


def _named(workspace: Workspace, form: str) -> Workspace:
    """Returns the folder with paths for the format: paths in the repository, or paths as typed.

    GitHub and GitLab look for a file in the repository, wherever the job has checked it out.
    If the folder is in no repository, such as an unpacked archive, its paths begin at the top of the job's workspace.
    """
    from ogpcase.store.layout import repository_around

    checkout = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    top = repository_around(workspace.root.path) or checkout
    if form not in _FROM_TOP or not top:
        return workspace
    return type(workspace)(workspace.root.named_from(Path(top)), workspace.files, workspace.here)


def _compared(session: ReadSession, base: str) -> Compared:
    """Returns the folder beside the revision where the change parted from its base."""
    from ogpcase.store.git import Revisions
    from ogpcase.workspace.comparing import compared

    return compared(_opened(session), Revisions(base, since_parting=True))


def _fixed(session: ReadSession, paths: tuple[Path, ...], day: date) -> Verdict:
    """Mends problems, says on stderr which, and returns the verdict on the remaining ones."""
    from ogpcase.cli.write_session import turn
    from ogpcase.editing.fixing import fix
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write

    with turn(session.root) as workspace:
        fixed = fix(_named(workspace, session.form), paths, day)
        path = workspace.root.shown_path
        lines = [line(Piece("renamed ", "good"), f"{path(new)}   (was {path(old)})") for old, new in fixed.renamed]
        lines += [line(Piece("mended  ", "good"), path(file)) for file in fixed.written]
    write(lines or [line("nothing to mend; nothing was written")], sys.stderr)
    return fixed.verdict


def _written(form: str, session: ReadSession, changed: AbstractSet[str], verdict: Verdict) -> str:
    """Returns a verdict in one of `FORMATS`; `changed` are the paths of changed files."""
    from ogpcase.output.ci import github, gitlab, junit
    from ogpcase.output.problems import verdict_json
    from ogpcase.output.verdicts import concise

    writers = {
        "concise": lambda: concise(verdict),
        "json": lambda: verdict_json(verdict, session.reader.on),
        "github": lambda: github(verdict, changed),
        "gitlab": lambda: gitlab(verdict),
        "sarif": lambda: _sarif(verdict, _opened(session)),
        "junit": lambda: junit(verdict),
    }
    if form == "github":
        _summarise(verdict, changed)
    return writers[form]()


def _sarif(verdict: Verdict, workspace: Workspace) -> str:
    from ogpcase.editing.fixing import offers
    from ogpcase.output.ci import sarif

    return sarif(verdict, offers(workspace, verdict))


def _summarise(verdict: Verdict, changed: AbstractSet[str]) -> None:
    """Adds the verdict to the summary of the job's step; prints a note if that cannot be written."""
    from ogpcase.output.ci import github_summary
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import write

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(github_summary(verdict, changed))
    except OSError:
        write([line("the step's summary could not be written; the lines above are complete")], sys.stderr)
