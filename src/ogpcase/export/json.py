"""JSON: every answer in the one envelope, its rows plain mappings. Documented in docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from ogpcase.diagnostics import Verdict, envelope
from ogpcase.diagnostics.harmless import visible
from ogpcase.export.listing import listed_row
from ogpcase.export.plain import (
    between_row,
    diagnostic_row,
    heading_row,
    move_row,
    status_row,
    timeline_row,
)
from ogpcase.policy.version import PolicyVersion
from ogpcase.views.heading import Heading
from ogpcase.views.listing import ListedCase
from ogpcase.views.shown import Reader
from ogpcase.views.status import Status, possible_move
from ogpcase.views.timeline import Timeline


def dumps(value: Mapping[str, object]) -> str:
    """Returns the value as JSON with a newline; what is invisible or cannot be encoded stands as JSON's escape."""
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False)
    lines = text.split("\n")  # every other control character is escaped already
    text = "\n".join(
        each if each.isprintable() and visible(each) == each else "".join(map(_escaped, each)) for each in lines
    )
    return text.replace("##[", r"##\u005b") + "\n"  # a CI runner obeys `##[` anywhere in a line


def _escaped(character: str) -> str:
    return character if character.isprintable() and visible(character) == character else json.dumps(character)[1:-1]


def timeline_json(timeline: Timeline) -> str:
    """Returns a timeline: its rows, and beside them the heading, the stages and the notes."""
    heading = timeline.heading
    spans = [{"stage": each.stage, "since": each.since, "until": each.until} for each in timeline.spans]
    whole = _of_case("timeline", [timeline_row(row) for row in timeline.rows], heading)
    whole["policy_versions"] = list(heading.policy_versions)
    beside = {"stages": spans, "notes": list(timeline.notes), "between": between_row(timeline.between)}
    return dumps({**whole, "heading": heading_row(heading), **beside})


def status_json(status: Status) -> str:
    """Returns a case's status as one row."""
    heading = status.heading
    whole = _of_case("status", [status_row(status)], heading)
    whole["policy_versions"] = list(heading.policy_versions)
    return dumps(whole)


def list_json(cases: Sequence[ListedCase], as_of: date, known_by: date | None = None) -> str:
    """Returns a row for each case."""
    known = known_by.isoformat() if known_by else None
    whole = envelope("list", list(map(listed_row, cases)), as_of=as_of.isoformat(), known_by=known)
    versions = {each.heading.policy_version for each in cases if each.heading.policy_version}
    return dumps({**whole, "policy_versions": sorted(versions)})


def verdict_json(verdict: Verdict, as_of: date) -> str:
    """Returns a row for each diagnostic, and the counts of the run."""
    return dumps(_verdict(verdict, as_of))


def _verdict(verdict: Verdict, as_of: date) -> dict[str, object]:
    whole = _around("validate", [diagnostic_row(each) for each in verdict.diagnostics], as_of)
    counts = {"files": verdict.files, "cases": verdict.cases, "departures": verdict.departures}
    return {**whole, "failed": verdict.failed, "judged": counts}


def policy_json(version: PolicyVersion) -> str:
    """Returns a row for each move of a version of the policy; it depends on no day."""
    rows = [{"from": list(map(str, move.from_)), **move_row(possible_move(move)), "note": move.note,
             "source": list(move.source), "then_due": [each.model_dump() for each in move.then_due]}
            for move in version.moves]  # fmt: skip
    return dumps(envelope("policy", rows, as_of=None, policy_versions=[str(version.version)]))


def around(
    kind: str, rows: Sequence[Mapping[str, object]], reader: Reader, *, case: str | None = None
) -> dict[str, object]:
    """Returns the envelope around what a reader asked for."""
    known_by = reader.known_by.isoformat() if reader.known_by else None
    return envelope(kind, rows, as_of=reader.on.isoformat(), known_by=known_by, case=case)


def _of_case(kind: str, rows: Sequence[Mapping[str, object]], heading: Heading) -> dict[str, object]:
    known_by = heading.known_by.isoformat() if heading.known_by else None
    return envelope(kind, rows, as_of=heading.as_of.isoformat(), known_by=known_by, case=heading.case)


def _around(
    kind: str, rows: Sequence[Mapping[str, object]], as_of: date, *, case: str | None = None
) -> dict[str, object]:
    return envelope(kind, rows, as_of=as_of.isoformat(), case=case)
