"""Who appears, and one party whole, for other programs: JSON and CSV."""

from __future__ import annotations

from ogpcase.output.columns import DAYS, Answer, Column, Columns, Only, Shape, Type, many, maybe, through
from ogpcase.reports.parties.rows import (
    ROLES,
    Deed,
    Doings,
    Parties,
    PartyAsk,
    PartyFile,
    PartyLine,
    RoleCount,
    Signature,
    SubjectOf,
)
from ogpcase.reports.record.rows import Appearance
from ogpcase.reports.record.tables import COLUMNS as RECORD
from ogpcase.reports.requests.tables import REQUEST

SIGNATURE: Shape[Signature] = Shape(
    "signature",
    Column("name", "the person's name as printed"),
    Column("office", "the office held then", maybe(Type.TEXT)),
    Column("for", "the party signed for, where the paper says so", maybe(Type.TEXT), "party"),
    Column("event", "the case and the event"),
    Column("dated", "its date", Type.DATE),
    Column("certain", "whether it has certainly happened by `as_of`", Type.FLAG),
)
DEED: Shape[Deed] = Shape(
    "deed",
    Column("case", "the case's id"),
    Column("event", "the case and the event", Type.TEXT, "reference"),
    Column("kind", "the kind of event", Type.TEXT, "event.kind"),
    Column("dated", "its date", Type.DATE, "event.dated.text"),
    Column("title", "its title"),
    Column("roles", "the party's roles in it", Type.TEXTS),
    Column("as_named", "the names that its paper prints for the party", Type.TEXTS),
    Column("offices", "the offices that it names", Type.TEXTS),
    Column("signed_by", "who signed it for the party, or without saying for whom", many(SIGNATURE), "signed"),
    Column("certain", "whether it has certainly happened by `as_of`", Type.FLAG),
    Column("context", "background, never a step", Type.FLAG, "event.context"),
)
PARTY_REQUEST: Shape[PartyAsk] = Shape(
    "party request",
    Column("case", "the case's id"),
    Column("request", "the case, the event and the item"),
    Column("dated", "the date of the event that asks", Type.DATE, "event.dated.text"),
    Column("by", "who asks; empty where the policy does, or nobody is named", Type.TEXTS),
    Column("through", "the party that was asked, where this one answers as a part of it", maybe(Type.TEXT)),
    Column("asked_itself", "false where it answers without being asked", Type.FLAG, "asked"),
    Column("promised", "a milestone of its own commitment", Type.FLAG),
    Column("open", "false once it is certainly answered", Type.FLAG),
    Column("days", "to what came back, or for as long as it has been open", maybe(DAYS)),
    *through(REQUEST.columns, "ask"),
)
DOINGS: Columns[Doings] = (
    Column("did", "the events in which it does something", many(DEED)),
    Column("named_by_others", "the events that only name it", many(DEED), "named"),
    Column("asked", "what it asked, with a line for each party asked", many(PARTY_REQUEST)),
    Column("was_asked", "what was asked of it, duties of the policy included", many(PARTY_REQUEST)),
    Column("answered", "what it has certainly answered, asked or not", many(PARTY_REQUEST)),
    Column("left_open", "what it was asked and has not certainly answered, longest open first", many(PARTY_REQUEST)),
    Column("signed_by", "who signed for it", many(SIGNATURE), "signed"),
)
"""`left_open` accuses nobody: no record settles these requests."""
APPEARANCE: Shape[Appearance] = Shape(
    "appearance",
    Column("event", "the case and the event", Type.TEXT, "reference"),
    Column("dated", "its date", Type.DATE),
    Column("role", "the field that names the party"),
)
SUBJECT: Shape[SubjectOf] = Shape("subject", Column("case", "the case's id"), Column("title", "its title"))
PART: Shape[Doings] = Shape("part", Column("party", "its id"), Column("name", "its name"), *DOINGS)
PARTY: Answer[PartyFile, PartyFile] = Answer(
    "party",
    (
        *through(RECORD, "record"),
        Column("appears_in", "where it is named", many(APPEARANCE), "appearances"),
        Column("subject_of", "the cases that are about it", many(SUBJECT)),
        *through(DOINGS, "doings"),
        Column("through_parts", "what each of its parts did, and was asked apart from it", many(PART), "parts"),
    ),
    lambda party: [party],
)


ROLE: Shape[RoleCount] = Shape(
    "role",
    Column(
        "role",
        "`subject`, `filer`, `sender`, `issuer`, `author`, `adopter`, `decider`, `lead`, `participant`, `signatory`, "
        "`signed_for`, `assessor`, `answers`, `addressee`, `copied`, `asked`, `told_of`, `stated_otherwise` "
        "(by another source) or `through_parts`",
    ),
    Column("times", "how often, for certain; for `through_parts`, in how many records a part is named", Type.NUMBER),
    Column("perhaps", "how often more, by events that have perhaps happened", Type.NUMBER),
)


def _times(role: str) -> Column[PartyLine]:
    def times(line: PartyLine) -> int:
        return next((each.times for each in line.roles if each.role == role), 0)

    return Column(role, f"how often it certainly is `{role}`", Type.NUMBER, times, only=Only.CELLS)


COLUMNS: Columns[PartyLine] = (
    Column("party", "its id"),
    Column("name", "its name"),
    Column("classification", "what sort of party it is", maybe(Type.TEXT)),
    Column("body", "which body of OGP it is", maybe(Type.TEXT)),
    Column("country", "its country, by ISO 3166-1", maybe(Type.TEXT)),
    Column("records", "the events and headers of cases that certainly name it", Type.NUMBER),
    Column("perhaps_records", "the events that name it and have perhaps happened", Type.NUMBER, "perhaps"),
    Column("roles", "its roles; empty where no record names it", many(ROLE)),
    *map(_times, ROLES),
    Column("as_named", "the other names that papers print for it", Type.TEXTS),
    Column("has_file", "false for an id that stands in a record and in no party's file", Type.FLAG, "recorded"),
)
"""A row for each party, those that are in no record last."""
PARTIES: Answer[Parties, PartyLine] = Answer("parties", COLUMNS, lambda parties: (*parties.named, *parties.absent))
