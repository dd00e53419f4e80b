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
    Column("request", "the reference of the request: its event and its item", Type.TEXT, "reference"),
    *through(ASKED, "ask"),
    Column("days_open", "days since the request was made, up to `as_of` or the end of the case", maybe(DAYS), "days"),
)
MOVE: Shape[Move] = Shape(
    "move",
    Column("row", "the id of the row in the policy's table", Type.TEXT, "id"),
    Column("to", "the stage that the move leads to"),
    Column("decided_by", "who decides the move", Type.TEXT, decider),
    Column("carried_by", "the kinds of event that can make the move", Type.TEXTS),
    Column("clause", "the clause of the policy, where its number is known", maybe(Type.TEXT)),
    Column("requires", "the conditions of the move", Type.TEXT, "requires.text"),
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
        Column("departures", "number of steps that are recorded as outside the policy", Type.NUMBER),
        Column("open", "the requests that somebody asked has not answered", many(OPEN_REQUEST), "open_asks"),
        Column("moves", "the moves that the policy provides from this stage", many(MOVE)),
    ),
    lambda status: [status],
    versions=lambda status: status.heading.policy_versions,
)
DUTY: Shape[Duty] = Shape(
    "duty",
    Column("id", "the duty's item id in the event that makes the move"),
    Column("by", "who owes the duty"),
    Column("tell", "to whom the duty is owed"),
    Column("text", "what the duty is"),
    plural="duties",
)
POLICY: Answer[PolicyVersion, Move] = Answer(
    "policy",
    (
        Column("from", "the stages that the move leads out of", Type.TEXTS, "from_"),
        *MOVE.columns,
        Column("note", "a remark on what is known and what is not"),
        Column("source", "the sources that state the move", Type.TEXTS),
        Column("then_due", "the duties that follow from the move", many(DUTY)),
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
