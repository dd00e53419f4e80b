"""A party across cases as a plain mapping and as JSON."""

from __future__ import annotations

from ogpcase.export.asks import ask_row
from ogpcase.export.basics import Mapped, days_row
from ogpcase.export.json import around, dumps
from ogpcase.export.record import record_row
from ogpcase.views.party import Deed, Doings, PartyFile
from ogpcase.views.party_asks import PartyAsk
from ogpcase.views.roles import Signature
from ogpcase.views.shown import Reader


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
