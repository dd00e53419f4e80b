"""`ogpcase requests`: all requests and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from ogpcase.cli.options import CasesArgument, DutiesOption, day_of
from ogpcase.cli.read_session import ReadSession, Report, reads
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.model.casefile import Registry
    from ogpcase.reports.requests.rows import AskFilter

Repeated = list[str] | None


@reads("markdown", "csv", "json", translated=True)
def run(
    case: CasesArgument = None,
    of: Annotated[
        Repeated, typer.Option("--of", help="Only what was asked of this party or a part of it; repeats.")
    ] = None,
    by: Annotated[Repeated, typer.Option("--by", help="Only what this party or a part of it asked; repeats.")] = None,
    outcome: Annotated[Repeated, typer.Option("--outcome", help="Only with this outcome, as silent; repeats.")] = None,
    timing: Annotated[Repeated, typer.Option("--timing", help="Only with this timing, as due_passed; repeats.")] = None,
    kind: Annotated[
        Repeated,
        typer.Option("--kind", help="Only requests in this kind of event, or `duty` for those of the policy; repeats."),
    ] = None,
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", help="Only where the last day may be before this one.")
    ] = None,
    duties: DutiesOption = False,
    full: Annotated[
        bool, typer.Option("--full", help="Show each text whole, who asks, its term and its reference.")
    ] = False,
    *,
    session: ReadSession,
) -> Report:
    """What was asked of whom, and what came back after how many days: a line an ask, by who was asked.

    Those who have been waited for longest come first. A request made of several parties has a line for each.
    Silent means that a source attests that no answer came; unanswered only that nothing is recorded.
    """
    from ogpcase.reports.requests.rows import requests_of
    from ogpcase.reports.requests.tables import REQUESTS, requests_markdown
    from ogpcase.reports.requests.text import requests_lines

    casefiles = session.cases(case)
    wanted = _filter(session.workspace.registry(), of, by, {"outcome": outcome, "timing": timing, "kind": kind})
    wanted = wanted._replace(due_before=day_of(due_before, "--due-before"))
    requests = requests_of(casefiles, session.reader, wanted)
    requests = requests._replace(duties=duties or requests.duties, full=full)
    return Report(requests, requests_lines, REQUESTS, {"markdown": requests_markdown}, case, casefiles)


def _filter(registry: Registry, of: Repeated, by: Repeated, words: Mapping[str, Repeated]) -> AskFilter:
    """Returns the filter of the parties named and of the words of options. Raises Misused and BadInput."""
    from ogpcase.editing.naming import parties_named
    from ogpcase.ledger import AskOutcome, TimingWord
    from ogpcase.model.codelists import Kind
    from ogpcase.reports.requests.rows import DUTY, AskFilter

    known = {"outcome": get_args(AskOutcome), "timing": get_args(TimingWord), "kind": (*map(str, Kind), DUTY)}
    outcomes, timings, kinds = (_words(option, words[option], every) for option, every in known.items())
    return AskFilter(parties_named(registry, of), parties_named(registry, by), outcomes, timings, kinds)


def _words(option: str, given: Repeated, known: Sequence[str]) -> frozenset[str]:
    """Returns the words of an option; a hyphen stands for an underline. Raises Misused for one that is not known."""
    from ogpcase.diagnostics import did_you_mean

    words = frozenset(word.replace("-", "_") for word in given or ())
    for word in sorted(words - set(known)):
        hints = did_you_mean(word, known) or [f"--{option} takes one of {', '.join(known)}"]
        raise Misused(f"--{option} does not know `{word}`", *hints)
    return words
