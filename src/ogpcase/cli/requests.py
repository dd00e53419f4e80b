"""`ogpcase requests`: everything that was asked of anyone, and what came back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import (
    AsOfOption,
    JsonOption,
    KnownByOption,
    LangOption,
    PublicOption,
    RootOption,
    TableFormat,
    day_of,
    reader_of,
)
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ogpcase.model.casefile import Registry
    from ogpcase.reports.requests.rows import AskFilter


Repeated = list[str] | None


def run(
    case: Annotated[str | None, typer.Argument(help="The case's id, as mexico-2018; else all cases.")] = None,
    of: Annotated[
        Repeated, typer.Option("--of", help="Only what was asked of this party or a part of it; repeats.")
    ] = None,
    by: Annotated[Repeated, typer.Option("--by", help="Only what this party or a part of it asked; repeats.")] = None,
    outcome: Annotated[Repeated, typer.Option("--outcome", help="Only with this outcome, as silent; repeats.")] = None,
    timing: Annotated[Repeated, typer.Option("--timing", help="Only with this timing, as due_passed; repeats.")] = None,
    kind: Annotated[
        Repeated, typer.Option("--kind", help="Only asked in this kind of event, or `duty` for the policy's; repeats.")
    ] = None,
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", help="Only where the last day may be before this one.")
    ] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[TableFormat, typer.Option("--format", help="How to print it.")] = TableFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Who asks, of whom, what, by when, and what came back after how many days.

    Open ones come first, those open longest first of all. A request made of several parties has a line for each.
    Silent means that a source attests that no answer came; unanswered only that nothing is recorded.
    """
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report
    from ogpcase.reports.requests.rows import requests_of
    from ogpcase.reports.requests.tables import requests_csv, requests_json, requests_markdown
    from ogpcase.reports.requests.text import requests_lines

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = [workspace.case(case)] if case else list(workspace.all())
    chosen = {"of": of, "by": by, "outcome": outcome, "timing": timing, "kind": kind}
    wanted = _filter(workspace.registry(), {name: words or [] for name, words in chosen.items()}, due_before)
    requests = requests_of((each.casefile for each in loaded), reader, wanted)
    formats = {
        "markdown": lambda: requests_markdown(requests),
        "csv": lambda: requests_csv(requests),
        "json": lambda: requests_json(requests, reader, case),
    }
    report = Report(partial(requests_lines, requests), formats)
    return answer(workspace, loaded, report, TableFormat.JSON if json else form)


def _filter(registry: Registry, chosen: dict[str, list[str]], due_before: str | None) -> AskFilter:
    from typing import get_args

    from ogpcase.cli.naming import party_named
    from ogpcase.ledger import AskOutcome, TimingWord
    from ogpcase.model.codelists import Kind
    from ogpcase.reports.requests.rows import DUTY, AskFilter

    of, by = (frozenset(party_named(registry, name) for name in chosen[side]) for side in ("of", "by"))
    return AskFilter(
        of,
        by,
        _words("outcome", chosen["outcome"], get_args(AskOutcome)),
        _words("timing", chosen["timing"], get_args(TimingWord)),
        _words("kind", chosen["kind"], (*map(str, Kind), DUTY)),
        day_of(due_before, "--due-before"),
    )


def _words(option: str, given: Iterable[str], known: tuple[str, ...]) -> frozenset[str]:
    """Returns the words of an option; a hyphen stands for an underline. Raises Misused for one that is not known."""
    from ogpcase.diagnostics import nearest

    words = frozenset(word.replace("-", "_") for word in given)
    for word in sorted(words - set(known)):
        near = nearest(word, known)
        raise Misused(
            f"--{option} does not know `{word}`",
            f"did you mean `{near}`?" if near else f"--{option} takes one of {', '.join(known)}",
        )
    return words
