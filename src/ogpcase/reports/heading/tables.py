"""The head of a case as a plain mapping, and the JSON envelope of one case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ogpcase.diagnostics import envelope
from ogpcase.output.json import Mapped, days_row
from ogpcase.reports.heading.rows import Heading, RelatedCase


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


def of_case(kind: str, rows: Sequence[Mapping[str, object]], heading: Heading) -> dict[str, object]:
    """Returns the envelope around rows of one case."""
    known_by = heading.known_by.isoformat() if heading.known_by else None
    return envelope(kind, rows, as_of=heading.as_of.isoformat(), known_by=known_by, case=heading.case)
