"""Who appears, and one party whole, for other programs: JSON and CSV."""

from __future__ import annotations

from ogpcase.model.as_of import Reader
from ogpcase.output.columns import Column, Columns, ColumnType, Table, table_csv
from ogpcase.output.json import Mapped, around, days_row, dumps
from ogpcase.reports.asks.tables import ask_row
from ogpcase.reports.parties.rows import ROLES, Deed, Doings, Parties, PartyAsk, PartyFile, PartyLine, Signature
from ogpcase.reports.record.tables import record_row


def party_json(party: PartyFile, reader: Reader) -> str:
    """Returns a party as one row."""
    return dumps(around("party", [party_row(party)], reader))


def party_row(party: PartyFile) -> Mapped:
    """A party's own record, and what the cases tell of it and of its parts."""
    return {
        **record_row(party.record, party.appearances),
        "subject_of": [{"case": each.case, "title": each.title} for each in party.subject_of],
        **_doings(party.doings),
        "through_parts": [{"party": each.party, "name": each.name, **_doings(each)} for each in party.parts],
    }


def _doings(doings: Doings) -> Mapped:
    return {
        "did": [_deed(each) for each in doings.did],
        "named_by_others": [_deed(each) for each in doings.named],
        "asked": [party_ask_row(each) for each in doings.asked],
        "was_asked": [party_ask_row(each) for each in doings.was_asked],
        "answered": [party_ask_row(each) for each in doings.answered],
        "left_open": [party_ask_row(each) for each in doings.left_open],
        "signed_by": [_signature(each) for each in doings.signed],
    }


def _deed(each: Deed) -> Mapped:
    return {
        "case": each.case,
        "event": each.reference,
        "kind": each.kind,
        "dated": each.dated,
        "title": each.title,
        "roles": list(each.roles),
        "as_named": list(each.as_named),
        "offices": list(each.offices),
        "signed_by": [_signature(one) for one in each.signed],
        "certain": each.certain,
        "context": each.context,
    }


def _signature(each: Signature) -> Mapped:
    return {"name": each.name, "office": each.office, "for": each.party, "event": each.event, "dated": each.dated,
            "certain": each.certain}  # fmt: skip


def party_ask_row(each: PartyAsk) -> Mapped:
    """A request as it concerns one party."""
    return {
        "case": each.case,
        "request": each.request,
        "dated": each.dated,
        "by": list(each.by),
        "through": each.through,
        "asked_itself": each.asked,
        "promised": each.promised,
        "certain": each.certain,
        "open": each.open,
        "days": days_row(each.days),
        **ask_row(each.ask),
    }


def _times(role: str) -> Column[PartyLine]:
    words = f"how often it certainly is `{role}`"
    return Column(
        role, words, lambda row: {each.role: each.times for each in row.roles}.get(role, 0), ColumnType.NUMBER
    )


COLUMNS: Columns[PartyLine] = (
    Column("party", "the party's id", lambda row: row.party),
    Column("name", "its name", lambda row: row.name),
    Column("classification", "what sort of party it is", lambda row: row.classification),
    Column("body", "the body of OGP that it is", lambda row: row.body),
    Column("country", "its country", lambda row: row.country),
    Column("records", "how many records certainly name it", lambda row: row.records, ColumnType.NUMBER),
    Column("perhaps_records", "how many further ones may", lambda row: row.perhaps, ColumnType.NUMBER),
    *map(_times, ROLES),
    Column("as_named", "the names that papers use for it", lambda row: row.as_named, ColumnType.TEXTS),
)
"""A row for each party, those that are in no record last."""


def parties_json(parties: Parties, reader: Reader, case: str | None) -> str:
    """Returns a row for each party, those that are in no record last."""
    rows = [party_line_row(each) for each in (*parties.named, *parties.absent)]
    return dumps(around("parties", rows, reader, case=case))


def parties_csv(parties: Parties) -> str:
    """Returns the rows as CSV with a header line."""
    return table_csv(Table("parties", COLUMNS, (*parties.named, *parties.absent)))


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
