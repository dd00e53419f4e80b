"""What a reader may see of a case: texts in the reader's language, names of parties, and nothing that is withheld."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference, slug_of
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.texts import Text
from ogpcase.model.withhold import EVERYTHING, NOTHING, WITHHELD, Withholding, of_event


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: on which day, in which language (None is the case's), and whether what is withheld is shown."""

    on: date
    language: str | None = None
    withheld: bool = False


@dataclass(frozen=True)
class Shown:
    """A case as one reader may see it."""

    case: CaseFile
    reader: Reader

    def withholding(self, event: Event) -> Withholding:
        """Returns what this reader does not see of the event; everything where a wrong field may be `withhold`."""
        if self.reader.withheld:
            return NOTHING
        return EVERYTHING if "withhold" in self.case.flawed.get(event.id, ()) else of_event(event)

    def hides(self, event: Event) -> bool:
        """True when the whole event is withheld from this reader."""
        return self.withholding(event).everything

    def text(self, text: Text) -> str:
        """Returns a text in the reader's language, or in the case's where it has none."""
        return text.chosen(self.reader.language, self.case.language)[0]

    def language_of(self, text: Text) -> str | None:
        """Returns the language `text` really gives."""
        return text.chosen(self.reader.language, self.case.language)[1]

    def field(self, event: Event, name: str) -> str:
        """Returns a text field, `[withheld]` where it is."""
        if self.withholding(event).covers_field(name):
            return WITHHELD
        value = getattr(event, name)
        return self.text(value) if isinstance(value, Text) else str(value)

    def dated(self, event: Event) -> str:
        """Returns the event's date as written, `[withheld]` where it is."""
        return WITHHELD if self.withholding(event).covers_field("dated") else event.dated.text

    def title(self, event: Event) -> str:
        """Returns the event's title."""
        return self.field(event, "title")

    def name(self, party: NamedParty | str | None) -> str:
        """Returns a party's name, `[withheld]` where the party is, and the id where there is no such party."""
        party_id = party.party if isinstance(party, NamedParty) else party
        if party_id is None or party_id == UNKNOWN:
            return UNKNOWN
        known = self.case.registry.parties.get(party_id)
        if known is not None and known.withhold and not self.reader.withheld:
            return WITHHELD
        if known is None and party_id in self.case.registry.unreadable and not self.reader.withheld:
            return WITHHELD  # its file may say so; nobody can tell
        return self.text(known.name) if known else party_id

    def names(self, event: Event, name: str) -> tuple[str, ...]:
        """Returns the names of the parties in a field; one `[withheld]` where the field is."""
        parties: Iterable[NamedParty] = getattr(event, name, ())
        if self.withholding(event).covers_field(name):
            return (WITHHELD,)
        return tuple(dict.fromkeys(self.name(party) for party in parties))

    def id_of(self, event: Event) -> str:
        """Returns the event's id, `[withheld]` where it holds a withheld name."""
        return self.safe_id(event.id)

    def safe_id(self, text: str) -> str:
        """Returns an id or reference, `[withheld]` where it holds a withheld name or points to what is withheld."""
        if self.reader.withheld:
            return text
        event = self.case.event_by_id.get(Reference(text).event)
        hidden = event is not None and self.case.owns(Reference(text)) and self._hides_item(event, Reference(text).item)
        return WITHHELD if hidden or any(slug in text for slug in self._withheld_slugs) else text

    def _hides_item(self, event: Event, item: str | None) -> bool:
        kept_back = self.withholding(event)
        if kept_back.everything or item is None:
            return kept_back.everything
        return any(kept_back.covers_item(name, item) for each, name, _ in event.items() if each == item)

    @cached_property
    def _withheld_slugs(self) -> tuple[str, ...]:
        parties = [party for party in self.case.registry.parties.values() if party.withhold]
        names = {slug_of(name) for party in parties for name in (party.id, *party.names())}
        return tuple(sorted(name for name in names if len(name) >= 3))  # noqa: PLR2004 - shorter stands in every word
