"""Where a case stands and the moves of the policy, as JSON and Mermaid."""

from __future__ import annotations

from ogpcase.model.codelists import Stage
from ogpcase.output.columns import DAYS, Answer, Column, Shape, Type, many, maybe, through
from ogpcase.output.markdown import mermaid_label
from ogpcase.policy.version import Duty, Move, PolicyVersion
from ogpcase.reports.heading.tables import HEADING
from ogpcase.reports.requests.tables import ASKED
from ogpcase.reports.status.rows import OpenAsk, Status, decider

OPEN_REQUEST: Shape[OpenAsk] = Shape(
    "open request",
    Column("request", "the event and the item", Type.TEXT, "reference"),
    *through(ASKED, "ask"),
    Column("days_open", "since it was asked, up to `as_of` or the end of the case", maybe(DAYS), "days"),
)
MOVE: Shape[Move] = Shape(
    "move",
    Column("row", "the row of the policy table", Type.TEXT, "id"),
    Column("to", "the stage it leads to"),
    Column("decided_by", "who decides", Type.TEXT, decider),
    Column("carried_by", "the kinds of paper that carry it", Type.TEXTS),
    Column("clause", "the clause, where its number is known", maybe(Type.TEXT)),
    Column("requires", "what must be the case", Type.TEXT, "requires.text"),
    Column(
        "evidence",
        "how well it is known: `P` read in OGP's own text, `S` reported by others, `O` seen in one case, "
        "`U` not verified",
    ),
)
STATUS: Answer[Status, Status] = Answer(
    "status",
    (
        *through(HEADING.columns, "heading"),
        Column("departures", "steps recorded as outside the policy", Type.NUMBER),
        Column("open", "what somebody asked has not answered", many(OPEN_REQUEST), "open_asks"),
        Column("moves", "what the policy has from here", many(MOVE)),
    ),
    lambda status: [status],
    versions=lambda status: status.heading.policy_versions,
)
DUTY: Shape[Duty] = Shape(
    "duty",
    Column("id", "its item id in the event that makes the move"),
    Column("by", "who owes it"),
    Column("tell", "to whom"),
    Column("text", "what is owed"),
    plural="duties",
)
POLICY: Answer[PolicyVersion, Move] = Answer(
    "policy",
    (
        Column("from", "the stages it leads out of", Type.TEXTS, "from_"),
        *MOVE.columns,
        Column("note", "what else is known, and what is not"),
        Column("source", "where it was read", Type.TEXTS),
        Column("then_due", "what the move lays on a body", many(DUTY)),
    ),
    lambda version: version.moves,
    versions=lambda version: [str(version.version)],
    timeless=True,
)


def policy_mermaid(version: PolicyVersion) -> str:
    """Returns the version's moves as a state diagram; a move that could not be verified says so."""
    stages = dict.fromkeys(stage for move in version.moves for stage in (*move.from_, move.to))
    lines = ["stateDiagram-v2", *(f"    {stage} : {mermaid_label(stage.label)}" for stage in stages)]
    lines.append(f"    [*] --> {Stage.NOT_FILED}")
    for move in version.moves:
        clause = f", {move.clause}" if move.clause else ""
        doubt = "" if move.verified else " (not verified)"
        label = mermaid_label(decider(move) + clause + doubt)
        lines += [f"    {start} --> {move.to} : {label}" for start in move.from_]
    lines += [f"    {stage} --> [*]" for stage in stages if stage.ends]
    return "\n".join(lines) + "\n"
