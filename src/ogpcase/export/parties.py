"""Who appears, for other programs: JSON, and CSV with a column for each role."""

from __future__ import annotations

from ogpcase.export.basics import Mapped
from ogpcase.export.csv import table
from ogpcase.export.json import around, dumps
from ogpcase.views.parties import Parties, PartyLine
from ogpcase.views.roles import ROLES
from ogpcase.views.shown import Reader

PARTIES_COLUMNS = (
    "party", "name", "classification", "body", "country", "records", "perhaps_records", *ROLES, "as_named",
)  # fmt: skip
"""The columns of parties; a role's is the number of times it is certainly had, several names are parted by `; `."""


def parties_json(parties: Parties, reader: Reader, case: str | None) -> str:
    """Returns a row for each party, those that are in no record last."""
    rows = [party_line_row(each) for each in (*parties.named, *parties.absent)]
    return dumps(around("parties", rows, reader, case=case))


def parties_csv(parties: Parties) -> str:
    """Returns the rows as CSV with a header line."""
    return table(PARTIES_COLUMNS, map(_cells, (*parties.named, *parties.absent)))


def party_line_row(each: PartyLine) -> Mapped:
    """A party with its roles."""
    return {
        "party": each.party,
        "name": each.name,
        "classification": str(each.classification) if each.classification else None,
        "body": str(each.body) if each.body else None,
        "country": each.country,
        "records": each.records,
        "perhaps_records": each.perhaps,
        "roles": [{"role": one.role, "times": one.times, "perhaps": one.perhaps} for one in each.roles],
        "as_named": list(each.as_named),
        "has_file": each.recorded,
    }


def _cells(each: PartyLine) -> Mapped:
    return {**party_line_row(each), **dict.fromkeys(ROLES, 0), **{one.role: one.times for one in each.roles}}
