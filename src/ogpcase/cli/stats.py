"""`ogpcase stats`: figures over cases, or of one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.list_cases import ListFormat
from ogpcase.cli.options import AsOfOption, JsonOption, KnownByOption, LangOption, PublicOption, RootOption, reader_of
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.model.as_of import Reader
    from ogpcase.reports.stats.rows import Stats


class StatsTable(StrEnum):
    """Which figures a CSV has; JSON has all."""

    DURATIONS = "durations"
    VOTES = "votes"
    ASKS = "asks"


def run(
    case: Annotated[str | None, typer.Argument(help="The case's id, as mexico-2018; else all cases.")] = None,
    table: Annotated[
        StatsTable | None, typer.Option("--table", help="Which figures `--format csv` prints; else durations.")
    ] = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: Annotated[ListFormat, typer.Option("--format", help="How to print it.")] = ListFormat.TEXT,
    json: JsonOption = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """Days from stage to stage, in each stage and in all; votes; and what came back from whom, in what time.

    What still goes on is told apart as "so far", and what nobody can know is counted apart. Where a date is not known
    to the day, a figure is given as the fewest and the most days that it can be.
    """
    from ogpcase.cli.reading import complaints, name_folder, opened
    from ogpcase.reports.stats.rows import stats_of

    form = ListFormat.JSON if json else form
    if table is not None and form is not ListFormat.CSV:
        raise Misused("--table chooses the table of a CSV", "add --format csv; text and JSON have all the figures")
    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = [workspace.case(case)] if case else list(workspace.all())
    name_folder(workspace, loaded, form)
    stats = stats_of((each.casefile for each in loaded), reader)
    if form is ListFormat.CSV:
        _print_csv(stats, case, table or StatsTable.DURATIONS)
    else:
        _print(stats, reader, case, form)
    return complaints(workspace, loaded)


def _print(stats: Stats, reader: Reader, case: str | None, form: ListFormat) -> None:
    from ogpcase.output.terminal import page_for, write, write_text

    if form is ListFormat.TEXT:
        from ogpcase.reports.stats.text import stats_lines

        write(stats_lines(stats, page_for(), one=case is not None))
    else:
        from ogpcase.reports.stats.tables import stats_json

        write_text(stats_json(stats, reader, case))


def _print_csv(stats: Stats, case: str | None, table: StatsTable) -> None:
    from ogpcase.output.terminal import write_text
    from ogpcase.reports.stats.tables import asks_csv, durations_csv, votes_csv

    if table is StatsTable.VOTES:
        write_text(votes_csv(stats))
    elif table is StatsTable.ASKS:
        write_text(asks_csv(stats))
    else:
        write_text(durations_csv(stats, case))
