"""Who appears, and one party whole, for other programs: JSON and CSV."""

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
    Column("office", "the office that the person held then", maybe(Type.TEXT)),
    Column("for", "the party for which the person signed, where the paper says so", maybe(Type.TEXT), "party"),
    Column("event", "the reference of the event, with its case"),
    Column("dated", "the event's date", Type.DATE),
    Column("certain", "whether the event has certainly happened by `as_of`", Type.FLAG),
)
DEED: Shape[Deed] = Shape(
    "deed",
    Column("case", "the case's id"),
    Column("event", "the reference of the event, with its case", Type.TEXT, "reference"),
    Column("kind", "the kind of event", Type.TEXT, "event.kind"),
    Column("dated", "the event's date", Type.DATE, "event.dated"),
    Column("title", "the event's title"),
    Column("roles", "the party's roles in the event", Type.TEXTS),
    Column("as_named", "the names that the paper prints for the party", Type.TEXTS),
    Column("offices", "the offices that the paper gives for the party", Type.TEXTS),
    Column("signed_by", "the people who signed for the party, or for nobody named", many(SIGNATURE), "signed"),
    Column("certain", "whether the event has certainly happened by `as_of`", Type.FLAG),
    Column("context", "true for background, which is never a step of the case", Type.FLAG, "event.context"),
)
PARTY_REQUEST: Shape[PartyAsk] = Shape(
    "party request",
    Column("case", "the case's id"),
    Column("request", "the reference of the request: its case, event and item"),
    Column("dated", "the date of the event that asks", Type.DATE, "event.dated"),
    Column("by", "who asks; empty where the policy asks, or nobody is named", Type.TEXTS),
    Column("on_behalf_of", "for whom they ask, where that is somebody else", Type.TEXTS),
    Column("through", "the larger body that was asked, where this party answers as a part of it", maybe(Type.TEXT)),
    Column("asked_itself", "false where the party answers without having been asked", Type.FLAG, "asked"),
    Column("promised", "true for a milestone of the party's own commitment", Type.FLAG),
    Column("open", "true until the request is certainly answered", Type.FLAG),
    Column("days", "days from the request to the answer, or days that it has been open", maybe(DAYS)),
    *through(REQUEST.columns, "ask"),
)
DOINGS: Columns[Doings] = (
    Column("did", "the events in which the party does something", many(DEED)),
    Column("named_by_others", "the events that only name the party", many(DEED), "named"),
    Column("asked", "the requests that the party made, with a line for each party asked", many(PARTY_REQUEST)),
    Column("was_asked", "the requests made to the party, and its duties under the policy", many(PARTY_REQUEST)),
    Column(
        "answered",
        "the requests that the party has certainly answered, whether it was asked or not",
        many(PARTY_REQUEST),
    ),
    Column(
        "left_open",
        "the requests to the party that are not certainly answered, the longest open first",
        many(PARTY_REQUEST),
    ),
    Column("signed_by", "the people who signed for the party", many(SIGNATURE), "signed"),
)
"""`left_open` accuses nobody: it only lists requests for which no answer is recorded."""
APPEARANCE: Shape[Appearance] = Shape(
    "appearance",
    Column("event", "the reference of the event, with its case", Type.TEXT, "reference"),
    Column("dated", "the event's date", Type.DATE),
    Column("role", "the field that names the party"),
)
SUBJECT: Shape[SubjectOf] = Shape("subject", Column("case", "the case's id"), Column("title", "the case's title"))
PART: Shape[Doings] = Shape("part", Column("party", "the party's id"), Column("name", "the party's name"), *DOINGS)
PARTY: Answer[PartyFile, PartyFile] = Answer(
    "party",
    (
        *through(RECORD, "record"),
        Column("appears_in", "the places in records that name the party", many(APPEARANCE), "appearances"),
        Column("subject_of", "the cases that are about the party", many(SUBJECT)),
        *through(DOINGS, "doings"),
        Column("through_parts", "the deeds and requests of each part of the party", many(PART), "parts"),
    ),
    lambda party: [party],
)
ROLE: Shape[RoleCount] = Shape(
    "role",
    Column(
        "role",
        "`subject`, `filer`, `sender`, `issuer`, `author`, `adopter`, `decider`, `lead`, `participant`, `signatory`, "
        "`signed_for`, `assessor`, `answers`, `addressee`, `copied`, `asked`, `told_of`, `stated_otherwise` "
        "(another source names the party) or `through_parts` (records name a part of it)",
    ),
    Column(
        "times",
        "how many times the party certainly has the role; for `through_parts`, how many records name a part",
        Type.NUMBER,
    ),
    Column("perhaps", "how many more times, in events that have perhaps happened", Type.NUMBER),
)


def _times(role: str) -> Column[PartyLine]:
    def times(line: PartyLine) -> int:
        return next((each.times for each in line.roles if each.role == role), 0)

    return Column(role, f"how often the party certainly has the role `{role}`", Type.NUMBER, times, only=Only.CELLS)


COLUMNS: Columns[PartyLine] = (
    Column("party", "the party's id"),
    Column("name", "the party's name"),
    Column("classification", "the kind of party", maybe(Type.TEXT)),
    Column("body", "the body of OGP that the party is", maybe(Type.TEXT)),
    Column("country", "the party's country, as a code of ISO 3166-1", maybe(Type.TEXT)),
    Column("records", "number of events and case headers that certainly name the party", Type.NUMBER),
    Column("perhaps_records", "number of events that name the party and have perhaps happened", Type.NUMBER, "perhaps"),
    Column("roles", "the party's roles; empty where no record names it", many(ROLE)),
    *map(_times, ROLES),
    Column("as_named", "the other names that papers print for the party", Type.TEXTS),
    Column("has_file", "false where records use this id but the party has no file", Type.FLAG, "recorded"),
)
"""A row for each party, those that are in no record last."""
PARTIES: Answer[Parties, PartyLine] = Answer("parties", COLUMNS, lambda parties: (*parties.named, *parties.absent))
