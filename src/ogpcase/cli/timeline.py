"""`ogpcase timeline`: the case as it went."""

from __future__ import annotations

from enum import StrEnum
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
    from ogpcase.reports.timeline.rows import Timeline
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
    from ogpcase.cli.reading import complaints, name_folder, opened
    from ogpcase.reports.timeline.rows import Filter, timeline_of

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = workspace.case(case)
    kinds = _kinds_named(kind or [])
    parties = _parties_named(workspace, party) if party else frozenset()
    wanted = Filter(kinds, parties, day_of(since, "--since"), day_of(until, "--until"))
    name_folder(workspace, [loaded], TimelineFormat.JSON if json else form)
    _print(timeline_of(loaded.casefile, reader, wanted), TimelineFormat.JSON if json else form)
    return complaints(workspace, [loaded])


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


def _print(timeline: Timeline, form: TimelineFormat) -> None:
    from ogpcase.output.terminal import page_for, write, write_text

    if form is TimelineFormat.TEXT:
        from ogpcase.reports.timeline.text import timeline_lines

        write(timeline_lines(timeline, page_for()))
    else:
        write_text(_WRITERS[form](timeline))


def _as_json(timeline: Timeline) -> str:
    from ogpcase.reports.timeline.tables import timeline_json

    return timeline_json(timeline)


def _as_csv(timeline: Timeline) -> str:
    from ogpcase.reports.timeline.tables import timeline_csv

    return timeline_csv(timeline)


def _as_markdown(timeline: Timeline) -> str:
    from ogpcase.reports.timeline.tables import timeline_markdown

    return timeline_markdown(timeline)


def _as_mermaid(timeline: Timeline) -> str:
    from ogpcase.reports.timeline.tables import timeline_mermaid

    return timeline_mermaid(timeline)


_WRITERS = {
    TimelineFormat.JSON: _as_json,
    TimelineFormat.CSV: _as_csv,
    TimelineFormat.MARKDOWN: _as_markdown,
    TimelineFormat.MERMAID: _as_mermaid,
}
"""The machine formats; each loads its writer when it is asked for."""
