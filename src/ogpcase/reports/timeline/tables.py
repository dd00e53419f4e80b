"""A timeline for other programs: JSON, CSV, Markdown and Mermaid."""

from __future__ import annotations

from ogpcase.output.columns import Column, Columns, ColumnType, Table, cell, table_csv
from ogpcase.output.json import Mapped, day_row, days_row, dumps
from ogpcase.output.markdown import escaped, markdown_table, mermaid_label
from ogpcase.reports.asks.rows import AskLine
from ogpcase.reports.asks.tables import answer_row, ask_row
from ogpcase.reports.heading.tables import heading_row, of_case
from ogpcase.reports.sources import OtherDate, OtherFact
from ogpcase.reports.timeline.rows import Between, PaperRow, Row, RowSource, Timeline


def timeline_row(row: Row) -> Mapped:
    """An event of a timeline."""
    return {
        "event": row.event,
        "dated": row.dated,
        "earliest": day_row(row.earliest),
        "latest": day_row(row.latest),
        "kind": str(row.kind),
        "title": row.title,
        "language": row.language,
        "actors": list(row.actors),
        "actor_ids": list(row.actor_ids),
        "addressees": list(row.addressees),
        "moves_to": [str(stage) for stage in row.moves_to],
        "stage": str(row.stage),
        "certain": row.certain,
        "context": row.context,
        "departure": row.departed,
        "days_since_previous": days_row(row.gap),
        "requests": [ask_row(each) for each in row.asks],
        "answers": [answer_row(each) for each in row.answers],
        "sources": [_source(each) for each in row.sources],
        "also_dated": [_other_date(each) for each in row.also_dated],
        "also_stated": [_other_fact(each) for each in row.also_stated],
        "notes": list(row.notes),
    }


def _other_date(other: OtherDate) -> Mapped:
    return {
        "value": other.value,
        "source": other.source,
        "recorded_from": list(other.givers),
        "conflicts": other.conflicts,
    }


def _other_fact(other: OtherFact) -> Mapped:
    return {
        "field": other.field,
        "values": list(other.values),
        "source": other.source,
        "recorded_from": list(other.givers),
    }


def between_row(between: Between | None) -> Mapped | None:
    """What changed between two days; null where the whole case was asked for."""
    if between is None:
        return None
    return {
        "since": between.since.isoformat(),
        "until": between.until.isoformat(),
        "stage_before": str(between.before),
        "stage_after": str(between.after),
        "events": between.events,
        "requests_made": between.asked,
        "answers": between.answered,
        "terms_passed": between.ran_out,
    }


def _source(source: RowSource) -> Mapped:
    return {"id": source.id, "title": source.title, "url": source.url, "file": source.file, "gives": list(source.gives)}


def timeline_json(timeline: Timeline) -> str:
    """Returns a timeline: its rows, and beside them the heading, the stages and the notes."""
    heading = timeline.heading
    spans = [{"stage": each.stage, "since": each.since, "until": each.until} for each in timeline.spans]
    whole = of_case("timeline", [timeline_row(row) for row in timeline.rows], heading)
    whole["policy_versions"] = list(heading.policy_versions)
    beside = {"stages": spans, "notes": list(timeline.notes), "between": between_row(timeline.between)}
    return dumps({**whole, "heading": heading_row(heading), **beside})


def _came_back(line: AskLine, separator: str = ", ") -> str:
    """What came back from one party; where its parts answered for themselves, from each of them."""
    parts = separator.join(_came_back(part, separator) for part in line.parts)
    return f"{line.party} {line.outcome}{f' ({parts})' if parts else ''}"


COLUMNS: Columns[Row] = (
    Column("event", "the event's id", lambda row: row.event),
    Column("dated", "the date on its face, as written", lambda row: row.dated),
    Column("earliest", "the first day it can have been", lambda row: row.earliest, ColumnType.DAY),
    Column("latest", "the last day it can have been", lambda row: row.latest, ColumnType.DAY),
    Column("kind", "the kind of event", lambda row: row.kind),
    Column("title", "its title", lambda row: row.title),
    Column("actors", "who acts in it", lambda row: row.actors, ColumnType.TEXTS),
    Column("moves_to", "the stages it carries the case to", lambda row: row.moves_to, ColumnType.TEXTS),
    Column("stage", "where the case stands after it", lambda row: row.stage),
    Column("certain", "whether it has certainly happened", lambda row: row.certain, ColumnType.FLAG),
    Column("context", "whether it is background, never a step", lambda row: row.context, ColumnType.FLAG),
    Column("days_since_previous", "days since the event before it", lambda row: row.gap, ColumnType.DAYS),
    Column(
        "requests",
        "each request with what came back from whom",
        lambda row: tuple(f"{ask.item}: {', '.join(map(_came_back, ask.lines))}" for ask in row.asks),
        ColumnType.TEXTS,
    ),
    Column(
        "answers",
        "each request that it answers, and how",
        lambda row: tuple(f"{each.request}: {each.answer}" for each in row.answers),
        ColumnType.TEXTS,
    ),
    Column(
        "sources",
        "the address of each source, or else its title or id",
        lambda row: tuple(each.url or each.title or each.id for each in row.sources),
        ColumnType.TEXTS,
    ),
)
"""A row for each event, in the order of the case."""
EVENTS: Columns[PaperRow] = (
    Column("case", "the case's id", lambda paper: paper.case),
    Column("event", "the event's id", lambda paper: paper.row.event),
    Column("dated", "the date on its face, as written", lambda paper: paper.row.dated),
    Column("earliest", "the first day it can have been", lambda paper: paper.row.earliest, ColumnType.DAY),
    Column("latest", "the last day it can have been", lambda paper: paper.row.latest, ColumnType.DAY),
    Column("received", "when it was received, as written", lambda paper: paper.received),
    Column("published", "when it was published, as written", lambda paper: paper.published),
    Column("kind", "the kind of event", lambda paper: paper.row.kind),
    Column("title", "its title", lambda paper: paper.row.title),
    Column("actors", "who acts in it", lambda paper: paper.row.actors, ColumnType.TEXTS),
    Column("addressees", "to whom a letter is sent", lambda paper: paper.row.addressees, ColumnType.TEXTS),
    Column("moves_to", "the stages it carries the case to", lambda paper: paper.row.moves_to, ColumnType.TEXTS),
    Column("stage_after", "where the case stands after it", lambda paper: paper.row.stage),
    Column("certain", "whether it has certainly happened", lambda paper: paper.row.certain, ColumnType.FLAG),
    Column("context", "whether it is background, never a step", lambda paper: paper.row.context, ColumnType.FLAG),
    Column(
        "departure", "whether it is recorded as outside the policy", lambda paper: paper.row.departed, ColumnType.FLAG
    ),
    Column(
        "sources",
        "the address of each source, or else its title, file or id",
        lambda paper: tuple(each.url or each.title or each.file or each.id for each in paper.row.sources),
        ColumnType.TEXTS,
    ),
)
"""A row for each event of every case, in the order of the case."""


def timeline_csv(timeline: Timeline) -> str:
    """Returns a timeline's rows as CSV with a header line."""
    return table_csv(Table("timeline", COLUMNS, timeline.rows))


def timeline_markdown(timeline: Timeline) -> str:
    """Returns a timeline as a heading, a table and its notes."""
    heading = timeline.heading
    since = f" since {escaped(heading.since)}" if heading.since else ""
    lines = [
        f"# {escaped(heading.title)}",
        "",
        f"{escaped(heading.case)} · {escaped(heading.subject)} · {escaped(heading.track)}",
        "",
        f"**{escaped(heading.stage.label)}**{since}",
        "",
        *markdown_table(
            ["Date", "Kind", "What", "Who", "Stage", "Asked, and what came back"], map(_markdown_row, timeline.rows)
        ),
    ]
    notes = [f"{number}. {escaped(note)}" for number, note in enumerate(timeline.notes, 1)]
    return "\n".join([*lines, *(["", *notes] if notes else [])]) + "\n"


def _markdown_row(row: Row) -> list[str]:
    asked = [f"{ask.item}: {', '.join(_came_back(line, '; ') for line in ask.lines)}" for ask in row.asks]
    marks = "".join(f" ({number})" for number in row.notes)
    stage = ", ".join(each.label for each in row.moves_to)
    who = "; ".join(row.actors)  # names have commas in them
    return [escaped(each) for each in (row.dated, row.kind, row.title + marks, who, stage, cell(asked))]


def timeline_mermaid(timeline: Timeline) -> str:
    """Returns a case as a Mermaid timeline: a section for each stay in a stage, its events by date."""
    lines = ["timeline", f"    title {mermaid_label(timeline.heading.title)}"]
    section = -1
    for row in timeline.rows:
        if row.stays != section:
            section = row.stays
            stage = timeline.spans[section - 1].stage.label if section else "Before filing"
            lines.append(f"    section {mermaid_label(stage)}")
        perhaps = "" if row.certain else "perhaps "
        lines.append(f"        {mermaid_label(_doubt_spelt_out(row.dated))} : {perhaps}{mermaid_label(row.title)}")
    return "\n".join(lines) + "\n"


def _doubt_spelt_out(dated: str) -> str:
    """Returns a date with words for its qualifiers, and for the open side of a set: Mermaid's labels have no signs."""
    for sign, word in (("?", " uncertain"), ("~", " about"), ("%", " about and uncertain")):
        dated = dated.replace(sign, word)
    if not dated.startswith("["):
        return dated
    first, dots, last = dated.strip("[]").partition("..")
    if not dots:
        return f"one of {first}"
    if first and last:
        return f"between {first} and {last}"
    return f"{first} or later" if first else f"up to {last}"
