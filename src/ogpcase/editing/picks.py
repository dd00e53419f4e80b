"""What can be picked: parties by any name, events, open requests, allegations and sources of a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any, NamedTuple

from ogpcase.ledger.requests import Ask, asks_of
from ogpcase.model.base import Picked
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.codelists import Kind
from ogpcase.model.ids import RESERVED_PARTY_IDS
from ogpcase.model.parties import folded
from ogpcase.model.questions import Question
from ogpcase.model.table_codes import (
    BodyCode,
    Choice,
    NamedTable,
    TableCode,
    TrackCode,
    VersionCode,
    table,
    table_names,
)
from ogpcase.model.texts import Text

_KINDS = {"concern": Kind.CONCERN, "report": Kind.REPORT}
_RESERVED = {
    "unknown": "where the source names nobody",
    "public": "whoever reads it, as a call for comments",
}
_OF_ANY_PROCEDURE = (TrackCode, BodyCode)
"""Lists that no procedure narrows: what chooses it, and what parties have, which belong to no case."""
_NEAR = 0.6
"""The least similarity of a name that is offered for another, from 0 to 1."""


class Word(NamedTuple):
    """A word that can be typed, and what it means."""

    word: str
    says: str = ""


class Picks(NamedTuple):
    """Where references, parties and sources are picked from: a case, None for a record of no case, and a day."""

    case: CaseFile | None
    registry: Registry
    today: date

    def text(self, text: Text) -> str:
        """Returns a text in the case's language, on one line."""
        header = self.case.header if self.case else None
        return " ".join(text.chosen(None, header.language if header else None)[0].split())

    def choices(self, field: Question, record: Mapping[str, Any]) -> tuple[Choice, ...]:
        """Returns the codes to choose from; of a list that procedures declare, those of the record's own procedure."""
        listed = field.holds
        if not issubclass(listed, TableCode) or issubclass(listed, _OF_ANY_PROCEDURE):
            return field.choices
        own = (table(each.name) for each in self._tables(record, every_version=issubclass(listed, VersionCode)))
        found = {choice.code: choice for each in own for choice in listed.of_table(each)}
        common = {str(each) for each in listed.common or ()}
        rest = {choice.code: choice for choice in field.choices if choice.code in common}
        return tuple(choice for code, choice in {**found, **rest}.items() if code in field.codes)

    def _tables(self, record: Mapping[str, Any], *, every_version: bool) -> list[NamedTable]:
        """Returns the tables of the record's track and version, else of its track, else all."""
        header = self.case.header if self.case else None
        track = record.get("track") or (header and header.track)
        version = record.get("policy_version") or (header and header.policy_version)
        of_track = [each for each in table_names() if each.track == track] or [*table_names()]
        return [each for each in of_track if each.version == version and not every_version] or of_track

    def references(self, picked: Picked) -> list[Word]:
        """Returns what a reference may be picked from, the latest first."""
        if self.case is None:
            return []
        if picked == "request":
            return [self._asked(ask) for ask in reversed(asks_of(self.case, self.today, only_open=True))]
        events = list(reversed(self.case.events))
        if picked == "allegation":
            return [
                Word(f"{event.id}#{item.id}", self.text(item.text))
                for event in events
                for item in getattr(event, "allegations", ())
            ]
        of_kind = (event for event in events if event.kind == _KINDS.get(picked, event.kind))
        return [Word(event.id, self.text(event.title)) for event in of_kind]

    def _asked(self, ask: Ask) -> Word:
        who = ", ".join(self.name(line.party) for line in ask.lines if line.asked and line.party)
        return Word(f"{ask.event.id}#{ask.item}", f"{who}: {self.text(ask.text)}" if who else self.text(ask.text))

    def name(self, party_id: str) -> str:
        """Returns the name of a party; its id if it has no record."""
        party = self.registry.parties.get(party_id)
        return self.text(party.name) if party else party_id

    def parties(self) -> list[Word]:
        """Returns the ids of all parties, with every name."""
        known = [Word(party.id, "; ".join(party.names())) for party in self.registry.parties.values()]
        return [*known, *(Word(each, _RESERVED[each]) for each in sorted(RESERVED_PARTY_IDS, reverse=True))]

    def near(self, name: str) -> list[Word]:
        """Returns up to three parties with a name like the typed one, or that begins with it."""
        ids = {
            folded(known): party.id for party in self.registry.parties.values() for known in (party.id, *party.names())
        }
        wanted = folded(name)
        begun = [known for known in ids if known.startswith(wanted) or f" {wanted}" in known]
        close = get_close_matches(wanted, ids, n=5, cutoff=_NEAR)
        return [Word(each, self.name(each)) for each in dict.fromkeys(ids[known] for known in (*begun, *close))][:3]

    def sources(self, values: Mapping[str, Any]) -> list[Word]:
        """Returns the sources of the case, and those that the record writes out."""
        listed = values.get("sources", ())
        written = (each for each in listed if isinstance(each, dict)) if isinstance(listed, list) else ()
        own = {each["id"]: each.get("title") or each.get("url") for each in written if isinstance(each.get("id"), str)}
        known = reversed([*(self.case.sources if self.case else {}).items()])
        kept = {name: self.text(source.title) if source.title else source.url or source.file for name, source in known}
        return [Word(name, str(says or "")) for name, says in (*own.items(), *kept.items())]
