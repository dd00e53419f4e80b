"""The dated terms as JSON and CSV, and as a calendar."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from ogpcase import __version__
from ogpcase.diagnostics.visible_text import harmless
from ogpcase.model.as_of import Reader
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.columns import DAYS, Answer, Column, Columns, Only, Shape, Type, maybe
from ogpcase.output.messages import _
from ogpcase.output.words import apart, before, in_long
from ogpcase.reports.due.rows import Due, DueRow
from ogpcase.reports.requests.tables import MISSED, TERM
from ogpcase.reports.requests.text import missed_words

COLUMNS: Columns[DueRow] = (
    Column("case", "the case's id"),
    Column("reference", "the reference of the request or the decision"),
    Column(
        "what",
        "`request`, or `decision` for a decision that holds for a limited time",
        Type.TEXT,
        lambda row: "request" if row.request else "decision",
    ),
    Column("text", "what is asked for, or for how long the decision holds"),
    Column("of", "who is asked; null for a decision", maybe(Type.TEXT)),
    Column(
        "of_id",
        "the id of who is asked; null for a decision, and where nobody is named",
        maybe(Type.TEXT),
        "request.line.party_id",
    ),
    Column("last_day", "the last day of the term, as far as it is known", maybe(Type.DATE)),
    Column("earliest", "the earliest that the last day can be", maybe(Type.DAY)),
    Column("latest", "the latest that the last day can be", maybe(Type.DAY)),
    Column("certain", "whether the last day is exact, and the event that sets it has certainly happened", Type.FLAG),
    Column("timing", "whether the last day has passed on the day `as_of`, as in a [line](json.md#line)"),
    Column("days", "days left until the last day, or days since it passed", maybe(DAYS)),
    Column(
        "outcome",
        "the outcome, as in a [line](json.md#line); null for a decision",
        maybe(Type.TEXT),
        "request.line.outcome",
    ),
    Column(
        "term", "the term with all its fields; null for a decision", maybe(TERM), "request.line.term", only=Only.JSON
    ),
    Column("on_missed", "what follows when the term is missed", maybe(MISSED), "request.ask.on_missed"),
    Column(
        "inferred",
        "true where no source states the request in words",
        Type.FLAG,
        lambda row: row.request is not None and row.request.ask.inferred,
    ),
)
"""A row for each term, those without a known day last."""
LEFT_OUT: Shape[Due] = Shape(
    "left out",
    Column("later", "number of terms that end after the days asked for", Type.NUMBER),
    Column("passed", "number of terms that ended before the days asked for", Type.NUMBER),
    Column("ended", "number of terms of cases that have ended", Type.NUMBER),
    Column("duties", "number of terms of duties of the policy, without `--duties`", Type.NUMBER),
)
DUE: Answer[Due, DueRow] = Answer(
    "due",
    COLUMNS,
    lambda due: (*due.rows, *due.not_known),
    beside=(Column("left_out", "how many terms have no row, and why", LEFT_OUT, lambda due: due),),
)


def due_ics(due: Due, reader: Reader) -> str:
    """Returns a calendar (RFC 5545) of the terms that have a day, each an all-day event on the days it may be.

    Where only the first or the last day is known, it is on that day. The same terms on the same day give the same
    bytes. An entry's id is made of ids alone, so that a changed day, name or language updates the same entry.
    """
    from icalendar import Calendar, Event  # takes long to load, and other formats do without

    calendar = Calendar()
    for name, value in (("prodid", f"-//ogpcase//{__version__}//EN"), ("version", "2.0"), ("method", "PUBLISH")):
        calendar.add(name, value)
    known = Counter[tuple[str, ...]]()
    for row in due.rows:
        identity = (row.case, row.reference, (row.request.line.party_id if row.request else None) or "")
        known[identity] += 1
        digest = sha256("\0".join((*identity, *["again"] * (known[identity] - 1))).encode()).hexdigest()[:32]
        event = Event()
        event.add("uid", f"{digest}@ogpcase")
        for property_name, text in _properties(row, reader.on):
            event.add(property_name, text)
        calendar.add_component(event)
    return bytes(calendar.to_ical()).decode("utf-8")


def _properties(row: DueRow, on: date) -> Iterator[tuple[str, object]]:
    first, last = row.earliest or row.latest, row.latest or row.earliest
    assert first is not None
    assert last is not None
    yield "dtstamp", datetime.combine(on, time(), UTC)
    yield "dtstart", first
    yield "dtend", last + timedelta(days=1) if last < date.max else last
    yield "summary", _inert(_summary(row))
    yield "description", _inert(_description(row))
    yield "status", "CONFIRMED" if row.certain else "TENTATIVE"
    yield "transp", "TRANSPARENT"


def _inert(text: str) -> str:
    """Returns harmless text in which no folded line can begin with `::`, which a CI runner would obey."""
    return harmless(text).replace("::", ":\\u{003a}")


def _summary(row: DueRow) -> str:
    whom = before(row.of) if row.of and row.of != UNKNOWN else ""
    said = before(_("last day") if row.certain else _("perhaps last day"))
    return f"{said}{whom}{row.text}"


def _description(row: DueRow) -> str:
    told = [f"{row.case}/{row.reference}", _("the last day is {day}", day=in_long(row.last_day or UNKNOWN))]
    missed = row.request.ask.on_missed if row.request else None
    return apart([*told, *([missed_words(missed)] if missed else [])])
