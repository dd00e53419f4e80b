"""Views and diagnostics as plain mappings, the rows of every machine format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ogpcase.diagnostics import Diagnostic, Spot
from ogpcase.views.asks import AskLine, RowAsk
from ogpcase.views.heading import Days, Heading
from ogpcase.views.listing import ListedCase
from ogpcase.views.rows import Row, RowAnswer, RowSource
from ogpcase.views.show import Appearance, Record
from ogpcase.views.status import OpenAsk, PossibleMove, Status

Mapped = dict[str, object]


def timeline_row(row: Row) -> Mapped:
    """An event of a timeline."""
    return {
        "event": row.event,
        "dated": row.dated,
        "earliest": _day(row.earliest),
        "latest": _day(row.latest),
        "kind": str(row.kind),
        "title": row.title,
        "language": row.language,
        "actors": list(row.actors),
        "addressees": list(row.addressees),
        "moves_to": [str(stage) for stage in row.moves_to],
        "stage": str(row.stage),
        "certain": row.certain,
        "context": row.context,
        "departure": row.departed,
        "days_since_previous": days_row(row.gap),
        "requests": [_ask(each) for each in row.asks],
        "answers": [_answer(each) for each in row.answers],
        "sources": [_source(each) for each in row.sources],
        "notes": list(row.notes),
    }


def heading_row(heading: Heading) -> Mapped:
    """The head of a case."""
    return {
        "case": heading.case,
        "title": heading.title,
        "subject": heading.subject,
        "track": heading.track,
        "policy_version": heading.policy_version,
        "stage": str(heading.stage),
        "since": heading.since,
        "perhaps": str(heading.perhaps) if heading.perhaps else None,
        "filed": heading.filed,
        "ended": heading.stage.ends,
        "days_from_filing": days_row(heading.length),
        "related": [{"relation": each.relation, "title": each.title, "url": each.url} for each in heading.related],
    }


def status_row(status: Status) -> Mapped:
    """Where a case stands."""
    return {
        **heading_row(status.heading),
        "departures": status.departures,
        "open": [_open(each) for each in status.open_asks],
        "moves": [move_row(each) for each in status.moves],
    }


def move_row(move: PossibleMove) -> Mapped:
    """A move of the policy table."""
    return {
        "row": move.row,
        "to": str(move.to),
        "decided_by": move.decided_by,
        "carried_by": list(move.carried_by),
        "clause": move.clause,
        "requires": move.requires,
        "evidence": move.evidence,
    }


def listed_row(each: ListedCase) -> Mapped:
    """A case in a list."""
    counts: Mapped = {"days_in_stage": days_row(each.in_stage), "events": each.events, "open_requests": each.open_asks}
    return {**heading_row(each.heading), **counts}


def record_row(record: Record, appearances: Sequence[Appearance]) -> Mapped:
    """A record, party or item whole."""
    outcomes = {item: [_line(line) for line in lines] for item, lines in record.asks}
    named = [{"event": one.reference, "dated": one.dated, "role": one.role} for one in appearances]
    return {"reference": record.reference, "title": record.title, "values": record.values, "outcomes": outcomes,
            "appears_in": named}  # fmt: skip


def diagnostic_row(diagnostic: Diagnostic) -> Mapped:
    """A problem at its places; lines and columns count from 1, in code points, ends are exclusive."""
    places = [_place(spot, primary=number == 0) for number, spot in enumerate(diagnostic.spots)]
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        "places": places,
        "notes": list(diagnostic.notes),
        "helps": list(diagnostic.helps),
    }


def days_row(days: Days | None) -> Mapped | None:
    """A stretch of days: the fewest and the most it can have been, and whether the dates are exact."""
    return None if days is None else {"fewest": days.fewest, "most": days.most, "certain": days.certain}


def _place(spot: Spot, *, primary: bool) -> Mapped:
    span = spot.span
    return {
        "path": spot.path,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
        "route": list(spot.route),
        "label": spot.label,
        "primary": primary,
    }


def _ask(ask: RowAsk) -> Mapped:
    lines = [_line(each) for each in ask.lines]
    return {"item": ask.item, "text": ask.text, "due": ask.due, "extended_to": ask.extended_to,
            "duty": ask.duty, "asked_of": lines}  # fmt: skip


def _line(line: AskLine) -> Mapped:
    return {
        "party": line.party,
        "outcome": line.outcome,
        "certain": line.certain,
        "told_by": line.told_by,
        "told_on": line.told_on,
        "parts": [_line(part) for part in line.parts],
    }


def _answer(answer: RowAnswer) -> Mapped:
    return {"request": answer.request, "answer": answer.answer, "of": list(answer.of)}


def _source(source: RowSource) -> Mapped:
    return {"id": source.id, "title": source.title, "url": source.url, "file": source.file, "gives": list(source.gives)}


def _open(ask: OpenAsk) -> Mapped:
    lines = [_line(each) for each in ask.lines]
    return {"request": ask.reference, "text": ask.text, "due": ask.due, "extended_to": ask.extended_to,
            "duty": ask.duty, "days_open": days_row(ask.days), "asked_of": lines}  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
