"""A timeline for other programs: JSON, CSV, Markdown and Mermaid."""

from ogpcase.output.columns import DAYS, Answer, Column, Columns, Only, Shape, Type, many, maybe, through
from ogpcase.output.markdown import escaped, mermaid_label, view_table
from ogpcase.output.messages import _, marked, pgettext, with_days
from ogpcase.output.words import apart, before, date_in_short, lowered, perhaps
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.heading.tables import HEADING, head_lines
from ogpcase.reports.requests.rows import folded_words
from ogpcase.reports.requests.tables import REQUEST, came_back_in_words, inferred_in_brackets
from ogpcase.reports.shown import OtherDate, OtherFact, for_words, ids_of, named
from ogpcase.reports.timeline.rows import Between, PaperRow, Row, RowAnswer, RowSource, Timeline, without_duties

SOURCE: Shape[RowSource] = Shape(
    "source",
    Column("id", "the source's id within the event", Type.TEXT, "source.id"),
    Column("title", "the source's title", maybe(Type.TEXT)),
    Column("url", "the address at which the source was read", maybe(Type.TEXT), "source.url"),
    Column("file", "the path of a copy kept with the case", maybe(Type.TEXT), "source.file"),
    Column("gives", "the fields of the event that the source supports", Type.TEXTS, "source.gives"),
    words=lambda row: row.source.url or row.title or row.source.file or row.source.id,
)
ANSWER: Shape[RowAnswer] = Shape(
    "answer",
    Column("request", "the request that is answered"),
    Column("answer", "the outcome, as recorded"),
    Column("of", "whose answer it is, where others than the event's actors answer", Type.TEXTS),
    Column("of_ids", "the ids of those in `of`", Type.TEXTS),
    words=lambda answer: f"{answer.request}: {answer.answer}",
)
OTHER_DATE: Shape[OtherDate] = Shape(
    "other date",
    Column("value", "the other date", Type.DATE),
    Column("source", "the source that gives the other date"),
    Column("recorded_from", "the sources of the date that is recorded", Type.TEXTS, "givers"),
    Column(
        "conflicts", "whether the two dates contradict each other; false where both may mean the same day", Type.FLAG
    ),
    about="The date that another source gives for the event.",
)
OTHER_FACT: Shape[OtherFact] = Shape(
    "other fact",
    Column("field", "the field for which the source states something else"),
    Column("values", "the values that the source states", Type.TEXTS),
    Column("source", "the source that states them"),
    Column("recorded_from", "the sources of what is recorded", Type.TEXTS, "givers"),
    about="What another source says of a field of the event.",
)


COLUMNS: Columns[Row] = (
    Column("event", "the event's id", Type.TEXT, "event.id"),
    Column(
        "dated",
        "the date on the paper, as written",
        Type.DATE,
        "event.dated",
        heading=marked("Date"),
        look=lambda row: date_in_short(row.event.dated.text),
    ),
    Column(
        "earliest",
        "the first day it can be of, by its date and all that bounds it; null where there is none",
        maybe(Type.DAY),
        "event.day.earliest",
    ),
    Column(
        "latest",
        "the last day it can be of, by its date and all that bounds it; null where there is none",
        maybe(Type.DAY),
        "event.day.latest",
    ),
    Column(
        "kind",
        "the kind of event",
        Type.TEXT,
        "event.kind",
        heading=marked("Kind"),
        look=lambda row: lowered(_(row.event.kind.label)),
    ),
    Column(
        "title",
        "the event's title",
        heading=marked("What"),
        look=lambda row: (
            f"{row.title}{inferred_in_brackets(row.event)}" + "".join(f" ({number})" for number in row.notes)
        ),
    ),
    Column("language", "the language the title is in", maybe(Type.TEXT)),
    Column(
        "actors",
        "who acts in the event",
        Type.TEXTS,
        heading=marked("Who"),
        look=lambda row: f"{apart(map(named, row.actors))}{for_words(row.on_behalf_of)}",
    ),
    Column("actor_ids", "the actors' ids, without unknown actors", Type.TEXTS, lambda row: ids_of(row.event.actors)),
    Column("on_behalf_of", "for whom the actors act, where that is somebody else", Type.TEXTS),
    Column(
        "on_behalf_of_ids", "the ids of those in `on_behalf_of`", Type.TEXTS, lambda row: ids_of(row.event.on_behalf_of)
    ),
    Column("addressees", "to whom the paper is sent", Type.TEXTS),
    Column(
        "addressee_ids",
        "the addressees' ids, without those who are not named",
        Type.TEXTS,
        lambda row: ids_of(getattr(row.event, "addressees", ())),
    ),
    Column(
        "moves_to",
        "the stages that the event moves the case to",
        Type.TEXTS,
        "event.moves_to",
        heading=marked("Stage"),
        look=lambda row: ", ".join(_(stage.label) for stage in row.moves_to),
    ),
    Column("stage", "the case's stage after the event; null where no step was known yet", maybe(Type.TEXT)),
    Column("certain", "whether the event has certainly happened by `as_of`", Type.FLAG),
    Column("context", "true for background, which is never a step of the case", Type.FLAG, "event.context"),
    Column(
        "departure",
        "true for a step that is recorded as outside the policy, or as not verified",
        Type.FLAG,
        "event.departs",
    ),
    Column("inferred", "the fields of the event that no source states in words", Type.TEXTS, "event.inferred"),
    Column("days_since_previous", "days since the event in the row before", maybe(DAYS), "gap"),
    Column(
        "requests",
        "the requests that the event makes, and the duties that follow from it",
        many(REQUEST),
        "asks",
        heading=marked("Asked, and what came back"),
        look=lambda row: apart(before(ask.item) + ", ".join(map(came_back_in_words, ask.lines)) for ask in row.asks),
    ),
    Column("answers", "the answers to other requests that the event reports", many(ANSWER)),
    Column("sources", "the event's sources", many(SOURCE)),
    Column("also_dated", "other dates that sources give for the event", many(OTHER_DATE)),
    Column("also_stated", "other facts that sources state about the event", many(OTHER_FACT)),
    Column("notes", "the numbers, from 1, of the notes about the event", Type.NUMBERS, only=Only.JSON),
)
"""A row for each event, in the order of the case."""


EVENTS: Columns[PaperRow] = (
    Column("case", "the case's id"),
    *through(COLUMNS, "row"),
    Column("received", "the date of receipt, as written", maybe(Type.DATE), "row.event.received"),
    Column("published", "the date of publication, as written", maybe(Type.DATE), "row.event.published"),
)
"""A row for each event of every case, in the order of the case."""
STAY: Shape[StageSpan] = Shape(
    "stay in a stage",
    Column("stage", "the stage"),
    Column("since", "the date of the event that led to the stage", Type.DATE),
    Column("until", "the date of the event that led to the next stage; null for the present stage", maybe(Type.DATE)),
    plural="stays in a stage",
)
BETWEEN: Shape[Between] = Shape(
    "between",
    Column("since", "the first day of the period", Type.DAY),
    Column("until", "the last day of the period", Type.DAY),
    Column("stage_before", "the stage on the day before the first day; null if unknown", maybe(Type.TEXT), "before"),
    Column("stage_after", "the stage on the last day; null where no step was known", maybe(Type.TEXT), "after"),
    Column("events", "number of events that happened", Type.NUMBER),
    Column("requests_made", "number of requests that were made, without duties of the policy", Type.NUMBER, "asked"),
    Column("answers", "number of answers by the parties asked", Type.NUMBER, "answered"),
    Column("terms_passed", "number of terms that passed without a recorded answer", Type.NUMBER, "ran_out"),
)
TIMELINE: Answer[Timeline, Row] = Answer(
    "timeline",
    COLUMNS,
    lambda timeline: timeline.rows,
    beside=(
        Column("heading", "the case's basic facts", HEADING),
        Column("stages", "the stages that the case has been in", many(STAY), "spans"),
        Column("notes", "the notes that rows refer to by number", Type.TEXTS),
        Column("between", "what changed since the day of `--since`; null without that option", maybe(BETWEEN)),
    ),
    versions=lambda timeline: timeline.heading.policy_versions,
)


def timeline_markdown(timeline: Timeline) -> str:
    """Returns a timeline as a heading, a table and its notes."""
    notes = [f"{number}. {escaped(note)}" for number, note in enumerate(timeline.notes, 1)]
    words = folded_words(ask.open for row in timeline.rows for ask in row.asks if ask.duty and not timeline.duties)
    lines = [*head_lines(timeline.heading), *view_table(TIMELINE.table(without_duties(timeline)))]
    lines += ["", words] if words else []
    return "\n".join([*lines, *(["", *notes] if notes else [])]) + "\n"


def timeline_mermaid(timeline: Timeline) -> str:
    """Returns a case as a Mermaid timeline: a section for each stay in a stage, its events by date."""
    lines = ["timeline", f"    title {mermaid_label(timeline.heading.title)}"]
    section = -1
    for row in timeline.rows:
        if row.stays != section:
            section = row.stays
            opening = pgettext("opening", timeline.heading.opening.name)
            unopened = _("Before the {opening}", opening=opening)
            unopened = timeline.heading.stands if timeline.heading.no_step_known else unopened
            stage = _(timeline.spans[section - 1].stage.label) if section else unopened
            lines.append(f"    section {mermaid_label(stage)}")
        what = perhaps(mermaid_label(row.title + inferred_in_brackets(row.event)), certain=row.certain)
        lines.append(f"        {mermaid_label(_doubt_spelt_out(row.event.date_text))} : {what}")
    return "\n".join(lines) + "\n"


def _doubt_spelt_out(dated: str) -> str:
    """Returns a date with words for its qualifiers, and for the open side of a set: Mermaid's labels have no signs."""
    words = {
        "?": pgettext("date", "uncertain"),
        "~": pgettext("date", "about"),
        "%": pgettext("date", "about and uncertain"),
    }
    dated = date_in_short(dated)
    for sign, word in words.items():
        dated = dated.replace(sign, f" {word}")
    if not dated.startswith("["):
        return dated
    first, dots, last = dated.strip("[]").partition("..")
    if not dots:
        return _("one of {days}", days=first)
    if first and last:
        return with_days("between {first} and {last}", first=first, last=last)
    return with_days("{day} or later", day=first) if first else with_days("up to {day}", day=last)
