"""A difference and a history as JSON, in the one envelope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ogpcase.diagnostics import Severity, envelope
from ogpcase.output.json import Mapped, dumps
from ogpcase.output.verdicts import diagnostic_row
from ogpcase.reports.changes.rows import AskChange, CaseChange, EventChange, FieldChange, PartyChange, Stand
from ogpcase.reports.changes.text import headline
from ogpcase.reports.changes.versions import HistoryRow, Told
from ogpcase.workspace.comparing import Problems


def difference_json(told: Told) -> str:
    """Returns a row for each case that changed, and beside them the parties, the problems and the headline."""
    found = told.difference
    errors, warnings = (told.problems.new.count(each) for each in (Severity.ERROR, Severity.WARNING))
    whole = envelope("diff", [_case(each) for each in found.cases], as_of=told.as_of.isoformat())
    more: Mapped = {
        "headline": headline(found, errors, warnings),
        "base": told.base,
        "head": told.head,
        "failed": told.problems.new.failed,
        "parties": [_party(each) for each in found.parties],
        "both_added": list(found.both_added),
        "problems": _problems(told.problems),
    }
    return dumps({**whole, **more})


def history_json(case: str, reference: str, rows: Sequence[HistoryRow], as_of: date) -> str:
    """Returns a row for each version that changed a record, the earliest first."""
    plain = [
        {
            "commit": row.commit,
            "on": row.on.isoformat() if row.on else None,
            "what": row.what,
            "event": row.event,
            "was": row.was,
            "fields": [_field(each) for each in row.fields],
        }
        for row in rows
    ]
    return dumps({**envelope("history", plain, as_of=as_of.isoformat(), case=case), "reference": reference})


def _case(case: CaseChange) -> Mapped:
    return {
        "case": case.case,
        "title": case.title,
        "what": "opened" if case.before is None else "removed" if case.after is None else "changed",
        "before": _stand(case.before),
        "after": _stand(case.after),
        "header": [_field(each) for each in case.header],
        "events": [_event(each) for each in case.events],
        "asks": [_ask(each) for each in case.asks],
    }


def _stand(stand: Stand | None) -> Mapped | None:
    if stand is None:
        return None
    return {"stage": str(stand.stage), "since": stand.since, "perhaps": str(stand.perhaps) if stand.perhaps else None}


def _event(event: EventChange) -> Mapped:
    return {
        "what": event.what,
        "event": event.event,
        "was": event.was,
        "kind": event.kind,
        "dated": event.dated,
        "title": event.title,
        "fields": [_field(each) for each in event.fields],
    }


def _field(field: FieldChange) -> Mapped:
    return {"field": field.field, "before": field.before, "after": field.after}


def _ask(ask: AskChange) -> Mapped:
    outcomes = [
        {"party": each.party, "before": each.before, "after": each.after, "told_by": each.told_by}
        for each in ask.outcomes
    ]
    return {"what": ask.what, "request": ask.request, "text": ask.text, "due": ask.due, "duty": ask.duty,
            "outcomes": outcomes}  # fmt: skip


def _party(party: PartyChange) -> Mapped:
    fields = [_field(each) for each in party.fields]
    return {"what": party.what, "party": party.party, "name": party.name, "fields": fields}


def _problems(problems: Problems) -> Mapped:
    return {
        "new": [diagnostic_row(each) for each in problems.new.diagnostics],
        "mended": [{"code": code, "count": count} for code, count in problems.mended.items()],
        "there_before": problems.remaining,
    }
