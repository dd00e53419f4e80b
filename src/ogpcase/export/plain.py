"""Views and diagnostics as plain mappings, the rows of every machine format."""

from __future__ import annotations

from ogpcase.diagnostics import Diagnostic, Spot
from ogpcase.export.asks import answer_row, ask_row, open_row
from ogpcase.export.basics import Mapped, day_row, days_row
from ogpcase.views.between import Between
from ogpcase.views.disagreeing import OtherDate, OtherFact
from ogpcase.views.heading import Heading, RelatedCase
from ogpcase.views.rows import Row, RowSource
from ogpcase.views.status import PossibleMove, Status


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


def heading_row(heading: Heading) -> Mapped:
    """The head of a case."""
    return {
        "case": heading.case,
        "title": heading.title,
        "subject": heading.subject,
        "subject_id": heading.subject_id,
        "track": heading.track,
        "track_code": heading.track_code,
        "policy_version": heading.policy_version,
        "stage": str(heading.stage),
        "since": heading.since,
        "perhaps": str(heading.perhaps) if heading.perhaps else None,
        "alternatives": [str(stage) for stage in heading.alternatives],
        "tracked": heading.tracked,
        "filed": heading.filed,
        "ended": heading.stage.ends,
        "days_from_filing": days_row(heading.length),
        "related": [_related(each) for each in heading.related],
    }


def _related(each: RelatedCase) -> Mapped:
    return {"relation": each.relation, "relation_code": each.code, "case": each.case, "title": each.title,
            "url": each.url}  # fmt: skip


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


def status_row(status: Status) -> Mapped:
    """Where a case stands."""
    return {
        **heading_row(status.heading),
        "departures": status.departures,
        "open": [open_row(each) for each in status.open_asks],
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


def _source(source: RowSource) -> Mapped:
    return {"id": source.id, "title": source.title, "url": source.url, "file": source.file, "gives": list(source.gives)}
