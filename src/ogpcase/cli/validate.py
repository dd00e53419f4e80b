"""`ogpcase validate`: judges the case folder."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ogpcase.cli.options import AsOfOption, JsonOption, RootOption, day_of, today
from ogpcase.errors import EXIT_DONE, EXIT_FAILED, Misused

if TYPE_CHECKING:
    from ogpcase.diagnostics import Offer, Verdict
    from ogpcase.output.verdicts import Run


class VerdictFormat(StrEnum):
    """How a verdict is printed."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


VerdictFormatOption = Annotated[
    VerdictFormat | None, typer.Option("--format", help="How to print it; else text, and github inside GitHub Actions.")
]


BaseOption = Annotated[
    str | None,
    typer.Option("--base", metavar="REV", help="The revision before the change; what changed comes first."),
]
NewOnlyOption = Annotated[
    bool, typer.Option("--new-only", help="Only problems that were not there at --base (else HEAD); only they fail.")
]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", min=1, max=64, metavar="N", help="How many processes; chosen automatically if left out."),
]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="REV", help="Only what the change since then brings or breaks.")
]
FixOption = Annotated[bool, typer.Option("--fix", help="Mend what has one right answer, then judge what is left.")]


def run(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Report only on these files or folders; all are judged.")
    ] = None,
    as_of: AsOfOption = None,
    form: VerdictFormatOption = None,
    json: JsonOption = False,
    base: BaseOption = None,
    new_only: NewOnlyOption = False,
    fix: FixOption = False,
    since: SinceOption = None,
    jobs: JobsOption = None,
    root: RootOption = None,
) -> int:
    """Every problem of every record in one run, each at its place; `--as-of` stands for today."""
    from ogpcase.cli.reading import opened_to_judge
    from ogpcase.workspace.judge_folder import judge

    if since is not None:
        if base is not None and base != since:
            raise Misused("--since and --base name the revision before the change; give one of them")
        base, new_only = since, True
    if new_only and (fix or paths):
        raise Misused("--new-only and --since judge the whole change; leave out --fix and paths")
    day = day_of(as_of) or today()
    which = tuple(paths or ())
    asked = VerdictFormat.JSON if json else form or _format_here()
    if fix:
        verdict = _fixed(root, which, day)
    elif new_only:
        from ogpcase.workspace.comparing import new_problems

        verdict = new_problems(opened_to_judge(root), base or "HEAD", day)
    else:
        verdict = judge(opened_to_judge(root), which, day, jobs)
    changed = _changed(root, base) if base is not None else frozenset()
    _print(verdict, asked, Around(day, changed, _offers(root, verdict) if asked is VerdictFormat.SARIF else ()))
    return EXIT_FAILED if verdict.failed else EXIT_DONE


class Around(NamedTuple):
    """What is known beside the verdict: the day, the files of the change, and mends to offer."""

    day: date
    changed: frozenset[str]
    offers: tuple[Offer, ...]


def _changed(root: Path | None, base: str) -> frozenset[str]:
    """The files that are not as they were at a revision, as they are printed."""
    from ogpcase.cli.reading import opened_to_judge
    from ogpcase.store.git import Revisions
    from ogpcase.workspace.comparing import compared

    workspace = opened_to_judge(root)
    found = compared(workspace, Revisions.parse(base)).changed
    return frozenset(map(workspace.root.shown_path, found))


def _fixed(root: Path | None, paths: tuple[Path, ...], day: date) -> Verdict:
    """Mends, says on stderr what was mended, and returns the verdict on what is left."""
    import sys

    from ogpcase.cli.write_session import turn
    from ogpcase.editing.fixing import fix
    from ogpcase.output.lines import Piece, line
    from ogpcase.output.terminal import write

    with turn(root) as workspace:
        fixed = fix(workspace, paths, day)
        path = workspace.root.shown_path
        lines = [line(Piece("renamed ", "good"), f"{path(new)}   (was {path(old)})") for old, new in fixed.renamed]
        lines += [line(Piece("mended  ", "good"), path(file)) for file in fixed.written]
    write(lines or [line("nothing had just one right answer; nothing was written")], sys.stderr)
    return fixed.verdict


def _offers(root: Path | None, verdict: Verdict) -> tuple[Offer, ...]:
    from ogpcase.cli.reading import opened_to_judge
    from ogpcase.editing.fixing import offers

    return offers(opened_to_judge(root), verdict)


def _print(verdict: Verdict, form: VerdictFormat, known: Around) -> None:
    from ogpcase.output.terminal import page_for, write, write_text

    if form is VerdictFormat.TEXT:
        from ogpcase.output.frames import verdict_lines

        write(verdict_lines(verdict, page_for()))
        return
    from ogpcase.output.verdicts import WRITERS, Run

    around = Run(known.day, known.changed, _folder_in_repository(), known.offers)
    write_text(WRITERS[form](verdict, around))
    if form is VerdictFormat.GITHUB:
        _summarise(verdict, around)


def _format_here() -> VerdictFormat:
    """Returns the format where none is asked for: that of GitHub Actions in its jobs, unless a person looks on."""
    import os
    import sys

    inside = os.environ.get("GITHUB_ACTIONS") == "true" and not sys.stdout.isatty()
    return VerdictFormat.GITHUB if inside else VerdictFormat.TEXT


def _folder_in_repository() -> str:
    """Returns the way from the top of a job's checkout to the current folder; nothing outside a job."""
    import os

    top = os.environ.get("GITHUB_WORKSPACE")
    here = Path.cwd()
    if not top or not here.is_relative_to(top) or here == Path(top):
        return ""
    return here.relative_to(top).as_posix()


def _summarise(verdict: Verdict, around: Run) -> None:
    """Adds the verdict to the summary of the job's step; where that cannot be written, the verdict stands."""
    import os
    import sys

    from ogpcase.output.github import github_summary
    from ogpcase.output.lines import line
    from ogpcase.output.terminal import write

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    try:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(github_summary(verdict, around.changed))
    except OSError:
        write([line("the step's summary could not be written; the lines above are complete")], sys.stderr)
