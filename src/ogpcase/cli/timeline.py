"""`ogpcase timeline`: the case as it went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from ogpcase.cli.options import CaseArgument, DutiesOption, day_of
from ogpcase.cli.read_session import ReadSession, Report, reads

if TYPE_CHECKING:
    from ogpcase.model.casefile import CaseFile


@reads("markdown", "csv", "json", "mermaid", translated=True)
def run(
    case: CaseArgument,
    kind: Annotated[list[str] | None, Option(help="Only events of this kind; repeats.")] = None,
    party: Annotated[list[str] | None, Option(help="Only with this party or a part of it; repeats.")] = None,
    since: Annotated[str | None, Option(metavar="DATE", help="Only from this day on.")] = None,
    until: Annotated[str | None, Option(metavar="DATE", help="Only up to this day.")] = None,
    search: Annotated[
        str | None, Option(metavar="TEXT", help="Only with these words in its texts, names or id.")
    ] = None,
    context: Annotated[bool, Option("--context", help="Show each event of the background.")] = False,
    full: Annotated[
        bool, Option("--full", help="Show every event with all its texts, what it asks and what came back.")
    ] = False,
    duties: DutiesOption = False,
    *,
    session: ReadSession,
) -> Report:
    """The case at a glance: its stages, a line or two an event, the requests that are open. --full shows everything.

    With --as-of and --since it says what changed between two days.
    """
    from ogpcase.reports.timeline.rows import Filter, timeline_of
    from ogpcase.reports.timeline.text import timeline_lines

    casefile = session.case(case)
    wanted = Filter(since=day_of(since, "--since"), until=day_of(until, "--until"))
    if kind or party:  # few runs name one
        from ogpcase.editing.naming import parties_named
        from ogpcase.editing.typed_values import kind_named

        parties = parties_named(session.workspace.registry(), party)
        wanted = wanted._replace(kinds=frozenset(map(kind_named, kind or ())), parties=parties)
    wanted = wanted._replace(events=_events_with(search, casefile, session))
    timeline = timeline_of(casefile, session.reader, wanted)._replace(duties=duties, context=context)
    report = Report(timeline, timeline_lines, case=case, cases=[casefile])
    if session.form != "text":  # the tables of the other formats are a thirtieth of what this command costs
        from ogpcase.reports.timeline.tables import TIMELINE, timeline_markdown, timeline_mermaid

        return report._replace(answer=TIMELINE, formats={"markdown": timeline_markdown, "mermaid": timeline_mermaid})
    if not full:
        return report
    from ogpcase.reports.timeline.paragraphs import with_texts
    from ogpcase.reports.timeline.text import full_lines

    return report._replace(whole=with_texts(timeline, casefile, session.reader), lines=full_lines)


def _events_with(text: str | None, case: CaseFile, session: ReadSession) -> frozenset[str] | None:
    if not text:
        return None
    from ogpcase.reports.search.rows import search, words_of

    found = search([case], session.workspace.registry(), session.reader, words_of([text]), all_parties=False)
    return frozenset(each.reference.partition("/")[2] for each in found.records if each.sort == "event")
