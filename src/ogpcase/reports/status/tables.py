"""Where a case stands and the moves of the policy, as JSON and Mermaid."""

from ogpcase.output.columns import DAYS, Answer, Column, Shape, Type, many, maybe, through
from ogpcase.output.markdown import escaped, markdown_table, mermaid_label
from ogpcase.output.words import either
from ogpcase.policy.procedures import Duty, Procedure
from ogpcase.reports.heading.tables import HEADING
from ogpcase.reports.requests.tables import ASKED, OPEN
from ogpcase.reports.status.rows import MoveRow, OpenAsk, Status, in_force_words

OPEN_REQUEST: Shape[OpenAsk] = Shape(
    "open request",
    Column("request", "the reference of the request: its event and its item", Type.TEXT, "reference"),
    *through((*ASKED, OPEN), "ask"),
    Column("days_open", "days since the request was made, up to `as_of` or the end of the case", maybe(DAYS), "days"),
)
MOVE: Shape[MoveRow] = Shape(
    "move",
    Column("row", "the id of the row in the procedure's table", Type.TEXT, "move.id"),
    Column("to", "the stage that the move leads to"),
    Column("title", "what the move is, in a few words", Type.TEXT, "move.title"),
    Column("decided_by", "who decides the move", Type.TEXT, "deciders"),
    Column(
        "carried_by", "the kinds of event that can make the move; empty if none was seen", Type.TEXTS, "move.carried_by"
    ),
    Column("clause", "the clause of the policy, where its number is known", maybe(Type.TEXT), "move.clause"),
    Column("requires", "the conditions of the move", Type.TEXT, "move.requires.text"),
    Column("evidence", "the code of how well it is known", Type.TEXT, "move.evidence"),
    Column("known", "how well it is known, in words", Type.TEXT, "move.evidence.words"),
)
STATUS: Answer[Status, Status] = Answer(
    "status",
    (
        *through(HEADING.columns, "heading"),
        Column("departures", "number of steps that are recorded as outside the policy or as not verified", Type.NUMBER),
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
POLICY: Answer[Procedure, MoveRow] = Answer(
    "policy",
    (
        Column("from", "the stages that the move leads out of", Type.TEXTS, "move.from_"),
        *MOVE.columns,
        Column("note", "a remark on what is known and what is not", Type.TEXT, "move.note"),
        Column("source", "the sources that state the move", Type.TEXTS, lambda row: list(map(str, row.move.source))),
        Column("then_due", "the duties that follow from the move", many(DUTY), "move.then_due"),
    ),
    lambda table: [MoveRow.of(move, table) for move in table.moves],
    versions=lambda table: [table.version] if table.version else [],
    timeless=True,
)


def policy_mermaid(table: Procedure) -> str:
    """Returns the moves as a state diagram; a move that could not be verified says so."""
    used = {code for move in table.moves for code in (*move.from_, move.to)}
    stages = [stage for stage in table.stages if stage in used]
    lines = ["stateDiagram-v2", *(f"    {stage} : {mermaid_label(stage.label)}" for stage in stages)]
    lines.append(f"    [*] --> {table.begin}")
    for move in table.moves:
        clause = f", {move.clause}" if move.clause else ""
        doubt = "" if move.verified else " (not verified)"
        label = mermaid_label(table.deciders(move) + clause + doubt)
        lines += [f"    {start} --> {move.to} : {label}" for start in move.from_]
    lines += [f"    {stage} --> [*]" for stage in stages if stage.ends]
    return "\n".join(lines) + "\n"


def policy_markdown(table: Procedure) -> str:
    """Returns the procedure as a page: its stages and moves as tables, and the remarks and sources of each move."""
    stages = ([f"`{stage}`", escaped(stage.label), escaped(stage.sentence)] for stage in table.stages)
    moves = (
        [
            escaped(", ".join(table.stage(start).label for start in move.from_)),
            escaped(table.stage(move.to).label),
            escaped(table.deciders(move)),
            escaped(either(move.carried_by) if move.carried_by else "not known"),
            escaped(move.clause or "not known"),
            escaped(move.evidence.words),
        ]
        for move in table.moves
    )
    parts = [
        f"# {escaped(table.title)}",
        escaped(in_force_words(table)),
        escaped(table.note),
        "## Stages",
        "\n".join(markdown_table(("Code", "Stage", "What it is"), stages)),
        "## Moves",
        "\n".join(markdown_table(("From", "To", "Decided by", "Carried by", "Clause", "How well known"), moves)),
    ]
    for move in table.moves:
        sources = "; ".join(escaped(str(source)) for source in move.source)
        parts.append(f"**{escaped(move.title)}.** {escaped(move.requires.text)} {escaped(move.note)} Source: {sources}")
    return "\n\n".join(parts) + "\n"
