"""Where a case stands and the moves of the policy, as JSON and Mermaid."""

from __future__ import annotations

from ogpcase.diagnostics import envelope
from ogpcase.model.codelists import Stage
from ogpcase.output.json import Mapped, dumps
from ogpcase.output.markdown import mermaid_label
from ogpcase.policy.version import PolicyVersion
from ogpcase.reports.asks.tables import open_row
from ogpcase.reports.heading.tables import heading_row, of_case
from ogpcase.reports.status.rows import PossibleMove, Status, possible_move


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


def status_json(status: Status) -> str:
    """Returns a case's status as one row."""
    heading = status.heading
    whole = of_case("status", [status_row(status)], heading)
    whole["policy_versions"] = list(heading.policy_versions)
    return dumps(whole)


def policy_json(version: PolicyVersion) -> str:
    """Returns a row for each move of a version of the policy; it depends on no day."""
    rows = [{"from": list(map(str, move.from_)), **move_row(possible_move(move)), "note": move.note,
             "source": list(move.source), "then_due": [each.model_dump() for each in move.then_due]}
            for move in version.moves]  # fmt: skip
    return dumps(envelope("policy", rows, as_of=None, policy_versions=[str(version.version)]))


def policy_mermaid(version: PolicyVersion) -> str:
    """Returns the version's moves as a state diagram; a move that could not be verified says so."""
    stages = dict.fromkeys(stage for move in version.moves for stage in (*move.from_, move.to))
    lines = ["stateDiagram-v2", *(f"    {stage} : {mermaid_label(stage.label)}" for stage in stages)]
    lines.append(f"    [*] --> {Stage.NOT_FILED}")
    for move in version.moves:
        seen = possible_move(move)
        clause = f", {move.clause}" if move.clause else ""
        doubt = "" if move.verified else " (not verified)"
        label = mermaid_label(seen.decided_by + clause + doubt)
        lines += [f"    {start} --> {move.to} : {label}" for start in move.from_]
    lines += [f"    {stage} --> [*]" for stage in stages if stage.ends]
    return "\n".join(lines) + "\n"
