"""A timeline for other programs: JSON, CSV, Markdown and Mermaid."""

from __future__ import annotations

from collections.abc import Callable

from ogpcase.model.dates import FuzzyDate
from ogpcase.output.columns import DAYS, Answer, Column, Columns, Only, Shape, Type, many, maybe, through
from ogpcase.output.markdown import escaped, mermaid_label, view_table
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.heading.tables import HEADING, head_lines
from ogpcase.reports.requests.tables import REQUEST, came_back
from ogpcase.reports.sources import OtherDate, OtherFact
from ogpcase.reports.timeline.rows import Between, PaperRow, Row, RowAnswer, RowSource, Timeline

SOURCE: Shape[RowSource] = Shape(
    "source",
    Column("id", "its id within the event", Type.TEXT, "source.id"),
    Column("title", "its title", maybe(Type.TEXT)),
    Column("url", "where it was read", maybe(Type.TEXT), "source.url"),
    Column("file", "a copy kept with the case", maybe(Type.TEXT), "source.file"),
    Column("gives", "the fields it is the source of", Type.TEXTS, "source.gives"),
    words=lambda row: row.source.url or row.title or row.source.file or row.source.id,
)


ANSWER: Shape[RowAnswer] = Shape(
    "answer",
    Column("request", "the request it speaks to"),
    Column("answer", "what came back, as recorded"),
    Column("of", "whose answer it is, where not that of who acts", Type.TEXTS),
    words=lambda answer: f"{answer.request}: {answer.answer}",
)

OTHER_DATE: Shape[OtherDate] = Shape(
    "other date",
    Column("value", "the other date", Type.DATE),
    Column("source", "the source that gives it"),
    Column("recorded_from", "the sources of the date that is recorded", Type.TEXTS, "givers"),
    Column("conflicts", "false where both may mean the same day", Type.FLAG),
)
OTHER_FACT: Shape[OtherFact] = Shape(
    "other fact",
    Column("field", "the field that is stated otherwise"),
    Column("values", "what is stated", Type.TEXTS),
    Column("source", "the source that states it"),
    Column("recorded_from", "the sources of what is recorded", Type.TEXTS, "givers"),
)
COLUMNS: Columns[Row] = (
    Column("event", "the event's id", Type.TEXT, "event.id"),
    Column("dated", "the date on its face, as written", Type.DATE, "event.dated.text", heading="Date"),
    Column(
        "earliest", "the first day it can have been; null where there is none", maybe(Type.DAY), "event.dated.earliest"
    ),
    Column("latest", "the last day it can have been; null where there is none", maybe(Type.DAY), "event.dated.latest"),
    Column("kind", "the kind of event", Type.TEXT, "event.kind", heading="Kind"),
    Column(
        "title",
        "its title",
        heading="What",
        look=lambda row: row.title + "".join(f" ({number})" for number in row.notes),
    ),
    Column("language", "the language the title is in", maybe(Type.TEXT)),
    Column("actors", "who acts in it", Type.TEXTS, heading="Who"),
    Column("actor_ids", "their ids; not of those unknown", Type.TEXTS),
    Column("addressees", "to whom a letter is sent", Type.TEXTS),
    Column(
        "moves_to",
        "the stages it carries the case to",
        Type.TEXTS,
        "event.moves_to",
        heading="Stage",
        look=lambda row: ", ".join(stage.label for stage in row.event.moves_to),
    ),
    Column("stage", "where the case stands after it"),
    Column("certain", "whether it has certainly happened by `as_of`", Type.FLAG),
    Column("context", "background, never a step", Type.FLAG, "event.context"),
    Column("departure", "a step recorded as outside the policy", Type.FLAG, lambda row: bool(row.event.departure)),
    Column("days_since_previous", "since the row before it", maybe(DAYS), "gap"),
    Column(
        "requests",
        "what it asks, and the duties it brings",
        many(REQUEST),
        "asks",
        heading="Asked, and what came back",
        look=lambda row: "; ".join(
            f"{ask.item}: {', '.join(came_back(line, '; ') for line in ask.lines)}" for ask in row.asks
        ),
    ),
    Column("answers", "what it says came back on requests of others", many(ANSWER)),
    Column("sources", "where its facts were read", many(SOURCE)),
    Column("also_dated", "what other sources give", many(OTHER_DATE)),
    Column("also_stated", "what other sources state of its facts", many(OTHER_FACT)),
    Column("notes", "which of the notes are about it, from 1", Type.NUMBERS, only=Only.JSON),
)
"""A row for each event, in the order of the case."""


def _day(field: str) -> Callable[[PaperRow], str | None]:
    def as_written(paper: PaperRow) -> str | None:
        day: FuzzyDate | None = getattr(paper.row.event, field)
        return day.text if day else None

    return as_written


EVENTS: Columns[PaperRow] = (
    Column("case", "the case's id"),
    *through(COLUMNS, "row"),
    Column("received", "when it was received, as written", maybe(Type.DATE), _day("received")),
    Column("published", "when it was published, as written", maybe(Type.DATE), _day("published")),
)
"""A row for each event of every case, in the order of the case."""
STAY: Shape[StageSpan] = Shape(
    "stay in a stage",
    Column("stage", "the stage"),
    Column("since", "the date of the event that led there", Type.DATE),
    Column("until", "the date of the event that led on; null while the case is there", maybe(Type.DATE)),
    plural="stays in a stage",
)
BETWEEN: Shape[Between] = Shape(
    "between",
    Column("since", "the first day", Type.DAY),
    Column("until", "the last day", Type.DAY),
    Column("stage_before", "the stage on the eve of the first", Type.TEXT, "before"),
    Column("stage_after", "the stage on the last", Type.TEXT, "after"),
    Column("events", "events that happened", Type.NUMBER),
    Column("requests_made", "requests that were made, duties of the policy apart", Type.NUMBER, "asked"),
    Column("answers", "parties asked that answered", Type.NUMBER, "answered"),
    Column("terms_passed", "terms that passed with nothing recorded", Type.NUMBER, "ran_out"),
)
TIMELINE: Answer[Timeline, Row] = Answer(
    "timeline",
    COLUMNS,
    lambda timeline: timeline.rows,
    beside=(
        Column("heading", "the head of the case", HEADING),
        Column("stages", "the stages it went through", many(STAY), "spans"),
        Column("notes", "sentences that rows point to by number", Type.TEXTS),
        Column("between", "what changed since the day of `--since`; null without one", maybe(BETWEEN)),
    ),
    versions=lambda timeline: timeline.heading.policy_versions,
)


def timeline_markdown(timeline: Timeline) -> str:
    """Returns a timeline as a heading, a table and its notes."""
    notes = [f"{number}. {escaped(note)}" for number, note in enumerate(timeline.notes, 1)]
    lines = [*head_lines(timeline.heading), *view_table(TIMELINE.table(timeline))]
    return "\n".join([*lines, *(["", *notes] if notes else [])]) + "\n"


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
        lines.append(
            f"        {mermaid_label(_doubt_spelt_out(row.event.dated.text))} : {perhaps}{mermaid_label(row.title)}"
        )
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
