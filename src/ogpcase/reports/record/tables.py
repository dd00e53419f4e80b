"""One record, item or case header as a plain mapping and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from ogpcase.model.as_of import Reader
from ogpcase.output.json import Mapped, around, dumps
from ogpcase.reports.asks.tables import line_row
from ogpcase.reports.heading.tables import heading_row
from ogpcase.reports.plan.tables import commitment_row, plan_in_short
from ogpcase.reports.record.rows import Appearance, CaseRecord, Record


def record_json(record: Record, appearances: Sequence[Appearance], reader: Reader, case: str | None) -> str:
    """Returns one record or item as one row."""
    return dumps(around("record", [record_row(record, appearances)], reader, case=case))


def case_json(case: CaseRecord, reader: Reader) -> str:
    """Returns what a case's header says as one row."""
    whole = around("case", [case_row(case)], reader, case=case.heading.case)
    whole["policy_versions"] = [case.heading.policy_version] if case.heading.policy_version else []
    return dumps(whole)


def record_row(record: Record, appearances: Sequence[Appearance] = ()) -> Mapped:
    """A record, party or item whole."""
    named = [{"event": one.reference, "dated": one.dated, "role": one.role} for one in appearances]
    return {
        "reference": record.reference,
        "title": record.title,
        "values": record.values,
        "outcomes": {ask.item: [line_row(line) for line in ask.lines] for ask in record.asks},
        "commitment": commitment_row(record.commitment) if record.commitment else None,
        "appears_in": named,
    }


def case_row(case: CaseRecord) -> Mapped:
    """A case's header, with how many events of each kind it has, and its action plans."""
    return {
        **heading_row(case.heading),
        "country": case.country,
        "language": case.language,
        "events": {each.kind: each.times for each in case.kinds},
        "perhaps_events": {each.kind: each.perhaps for each in case.kinds if each.perhaps},
        "earliest": case.earliest,
        "latest": case.latest,
        "action_plans": [plan_in_short(plan) for plan in case.plans],
    }
