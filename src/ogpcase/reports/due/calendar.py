"""The dated terms as a calendar (RFC 5545): each an all-day event on its last day, or on the days it may be.

The same terms on the same day give the same calendar, byte for byte.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from ogpcase import __version__
from ogpcase.diagnostics.visible_text import harmless
from ogpcase.model.as_of import Reader
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import apart, before
from ogpcase.output.messages import _
from ogpcase.reports.due.rows import Due, DueRow
from ogpcase.reports.long_dates import in_long
from ogpcase.reports.requests.text import missed_words


def due_ics(due: Due, reader: Reader) -> str:
    """Returns a calendar of the terms that have a day; where only the first or the last day is known, on that day."""
    calendar = Calendar()
    calendar.add("prodid", f"-//ogpcase//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    known = Counter[tuple[str, ...]]()
    for row in due.rows:
        identity = (row.case, row.reference, (row.request.line.party_id if row.request else None) or "")
        known[identity] += 1
        calendar.add_component(_event(row, reader.on, _digest(*identity, *["again"] * (known[identity] - 1))))
    return bytes(calendar.to_ical()).decode("utf-8")


def _event(row: DueRow, on: date, name: str) -> Event:
    first, last = row.earliest or row.latest, row.latest or row.earliest
    assert first is not None
    assert last is not None
    event = Event()
    event.add("uid", f"{name}@ogpcase")
    event.add("dtstamp", datetime.combine(on, time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1) if last < date.max else last)
    event.add("summary", _inert(_summary(row)))
    event.add("description", _inert(_description(row)))
    event.add("status", "CONFIRMED" if row.certain else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    return event


def _inert(text: str) -> str:
    """Returns harmless text in which no folded line can begin with `::`, which a CI runner would obey."""
    return harmless(text).replace("::", ":\\u{003a}")


def _digest(*identity: str) -> str:
    """Returns the id of a calendar entry, made only of ids: a changed day, name or language updates the same entry."""
    return sha256("\0".join(identity).encode()).hexdigest()[:32]


def _summary(row: DueRow) -> str:
    whom = before(row.of) if row.of and row.of != UNKNOWN else ""
    said = before(_("last day") if row.certain else _("perhaps last day"))
    return f"{said}{whom}{row.text}"


def _description(row: DueRow) -> str:
    told = [f"{row.case}/{row.reference}", _("the last day is {day}", day=in_long(row.last_day or UNKNOWN))]
    missed = row.request.ask.on_missed if row.request else None
    return apart([*told, *([missed_words(missed)] if missed else [])])
