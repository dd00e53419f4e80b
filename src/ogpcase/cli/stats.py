"""`ogpcase stats`: figures over cases, or of one."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from ogpcase.cli.options import (
    AsOfOption,
    JsonOption,
    KnownByOption,
    LangOption,
    ListFormat,
    PublicOption,
    RootOption,
    reader_of,
)
from ogpcase.errors import Misused


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
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.columns import table_csv
    from ogpcase.output.terminal import Report
    from ogpcase.reports.stats.rows import stats_of
    from ogpcase.reports.stats.tables import stats_json, table_of
    from ogpcase.reports.stats.text import stats_lines

    form = ListFormat.JSON if json else form
    if table is not None and form is not ListFormat.CSV:
        raise Misused("--table chooses the table of a CSV", "add --format csv; text and JSON have all the figures")
    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    loaded = [workspace.case(case)] if case else list(workspace.all())
    stats = stats_of((each.casefile for each in loaded), reader)
    formats = {
        "csv": lambda: table_csv(table_of(stats, table or StatsTable.DURATIONS, case)),
        "json": lambda: stats_json(stats, reader, case),
    }
    report = Report(partial(stats_lines, stats, one=case is not None), formats)
    return answer(workspace, loaded, report, form)
