"""`ogpcase timeline`: the case as it went."""

from __future__ import annotations

from enum import StrEnum
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
    day_of,
    reader_of,
)
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.model.codelists import Kind
    from ogpcase.workspace.opening import Workspace


class TimelineFormat(StrEnum):
    """How a timeline can be printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    MERMAID = "mermaid"


def run(
    case: Annotated[str, typer.Argument(help="The case's id, as mexico-2018.")],
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only events of this kind; repeats.")] = None,
    party: Annotated[
        list[str] | None, typer.Option("--party", help="Only with this party or a part of it; repeats.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="Only from this day on.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Only up to this day.")] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[TimelineFormat, typer.Option("--format", help="How to print it.")] = TimelineFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Stages as spans, the days between events, what was asked and what came back, and where sources disagree.

    With --as-of and --since it says what changed between two days.
    """
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report
    from ogpcase.reports.timeline.rows import Filter, timeline_of
    from ogpcase.reports.timeline.tables import timeline_csv, timeline_json, timeline_markdown, timeline_mermaid
    from ogpcase.reports.timeline.text import timeline_lines

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = workspace.case(case)
    kinds = _kinds_named(kind or [])
    parties = _parties_named(workspace, party) if party else frozenset()
    wanted = Filter(kinds, parties, day_of(since, "--since"), day_of(until, "--until"))
    timeline = timeline_of(loaded.casefile, reader, wanted)
    formats = {
        "markdown": lambda: timeline_markdown(timeline),
        "csv": lambda: timeline_csv(timeline),
        "json": lambda: timeline_json(timeline),
        "mermaid": lambda: timeline_mermaid(timeline),
    }
    report = Report(partial(timeline_lines, timeline), formats)
    return answer(workspace, [loaded], report, TimelineFormat.JSON if json else form)


def _kinds_named(words: list[str]) -> frozenset[Kind]:
    from ogpcase.diagnostics import nearest
    from ogpcase.model.codelists import Kind

    for word in words:
        if Kind.of(word) is None:
            near = nearest(word, list(Kind))
            hint = f"did you mean `{near}`?" if near else f"kind is one of {', '.join(Kind)}"
            raise Misused(f"`{word}` is not a kind of event", hint)
    return frozenset(kind for word in words if (kind := Kind.of(word)))


def _parties_named(workspace: Workspace, names: list[str]) -> frozenset[str]:
    from ogpcase.cli.naming import party_named

    registry = workspace.registry()
    return frozenset(party_named(registry, name) for name in names)
