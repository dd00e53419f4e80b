"""What a reader may see of a case: texts in the reader's language, names of parties, and nothing that is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.fields import ACTING
from ogpcase.model.ids import Reference
from ogpcase.model.moments import Moment
from ogpcase.model.parties import UNKNOWN, NamedParty
from ogpcase.model.redacting import Redaction
from ogpcase.model.texts import Text, same_language
from ogpcase.model.withhold import NOTHING, WITHHELD, Withholding
from ogpcase.values import field, frozen


@frozen
class Reader:
    """Who reads: on which day, in which language (None is the case's), and whether what is withheld is shown.

    `known_by` asks for what an outsider could know by that day; None for all that is recorded.
    """

    on: date
    language: str | None = None
    withheld: bool = False
    known_by: date | None = None

    @property
    def moment(self) -> Moment:
        """The moment the case is read at."""
        return Moment(self.on, self.known_by)


@frozen(slots=False)
class Shown:
    """A case as one reader may see it; it keeps in mind the languages of texts that there are not in the reader's.

    `case` has nothing in it that is withheld from the reader: a view is made of that one, never of the `whole` case.
    """

    case: CaseFile
    reader: Reader
    whole: CaseFile = field(init=False, compare=False, repr=False)
    _elsewhere: set[str] = field(default_factory=set, init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", self.case.whole or self.case)
        object.__setattr__(self, "case", self.whole)
        object.__setattr__(self, "case", self._seen())

    def _seen(self) -> CaseFile:
        return self.whole if self.reader.withheld else self.whole.public

    def withholding(self, event: Event) -> Withholding:
        """Returns what this reader does not see of the event; everything where a wrong field may be `withhold`."""
        return NOTHING if self.reader.withheld else self.whole.withholding(event)

    def hides(self, event: Event) -> bool:
        """True when the whole event is withheld from this reader."""
        return self.withholding(event).everything

    def hides_item(self, event: Event, item: str) -> bool:
        """True when an item of the event, or a duty that it brings, is withheld from this reader."""
        fields = self._fields_of(event, item)
        return self.withholding(event).covers_item(fields[0] if fields else "requests", item)

    def hides_target(self, reference: Reference) -> bool:
        """True when a reference into this case, or into one like it, points to what is withheld from this reader."""
        event = self.whole.event_by_id.get(reference.event)
        if event is None:
            return False
        kept_back = self.withholding(event)
        fields = self._fields_of(event, reference.item)
        return kept_back.everything or any(kept_back.covers_item(name, reference.item or "") for name in fields)

    def tells(self, event: Event) -> bool:
        """True when the reader may know what the event answers, and by whom."""
        kept_back = self.withholding(event)
        return not any(map(kept_back.covers_field, ("answers", *ACTING[event.kind])))

    def text(self, text: Text) -> str:
        """Returns a text in the reader's language, or in the case's where it has none."""
        said, language = text.chosen(self.reader.language, self.case.language)
        if self.reader.language and language and not same_language(language, self.reader.language):
            self._elsewhere.add(language)
        return self.plain(said)

    def elsewhere(self) -> tuple[str, ...]:
        """Returns the languages of the texts shown so far that there are not in the reader's language."""
        return tuple(sorted(self._elsewhere))

    def plain(self, text: str) -> str:
        """Returns any text of a record without the names of those who are withheld."""
        return self._redaction.without(text)

    def language_of(self, event: Event) -> str | None:
        """Returns the language that the event's title is given in."""
        if self.withholding(event).covers_field("title"):
            return None
        return event.title.chosen(self.reader.language, self.case.language)[1]

    def title(self, event: Event) -> str:
        """Returns the event's title, `[withheld]` where it is."""
        return WITHHELD if self.withholding(event).covers_field("title") else self.text(event.title)

    def dated(self, event: Event) -> str:
        """Returns the event's date as written, `[withheld]` where it is."""
        return WITHHELD if self.withholding(event).covers_field("dated") else event.dated.text

    def moved(self, event: Event) -> str:
        """Returns when the event moved the case; `[withheld]` where its date is, or that it was this event."""
        return WITHHELD if self.withholding(event).covers_field("moves_to") else self.dated(event)

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
        return self.text(known.name) if known else self.plain(party_id)

    def party_id(self, party: NamedParty | str) -> str | None:
        """Returns a party's id; None where nobody is named, or the party is withheld."""
        party_id = party.party if isinstance(party, NamedParty) else party
        return None if self.name(party_id) in {UNKNOWN, WITHHELD} else party_id

    def names(self, event: Event, name: str) -> tuple[str, ...]:
        """Returns the names of the parties in a field; one `[withheld]` where the field is."""
        parties: Iterable[NamedParty] = getattr(event, name, ())
        if self.withholding(event).covers_field(name):
            return (WITHHELD,)
        return tuple(dict.fromkeys(self.name(party) for party in parties))

    def id_of(self, event: Event) -> str:
        """Returns the event's id, `[withheld]` where it holds a withheld name or date."""
        return self.safe_id(event.id)

    def safe_id(self, text: str) -> str:
        """Returns an id or reference, `[withheld]` where it holds what is withheld or points to it."""
        if self.reader.withheld:
            return text
        return WITHHELD if self._points_to_secret(Reference(text)) or self._redaction.touches(text) else text

    def _points_to_secret(self, reference: Reference) -> bool:
        own = self.whole.owns(reference)
        home = self.whole if own else self.whole.beside.get(reference.case or "")
        event = home.event_by_id.get(reference.event) if home else None
        if home is None or event is None:
            return False
        kept_back = self.withholding(event) if own else home.withholding(event)
        if kept_back.covers_field("dated"):  # an id begins with the date
            return True
        item = reference.item
        return item is not None and any(kept_back.covers_item(name, item) for name in self._fields_of(event, item))

    def _fields_of(self, event: Event, item: str | None) -> Sequence[str]:
        """Returns the fields in which an event has items of this id; found once an event, which may have thousands."""
        found = self._items.get(id(event))
        if found is None or found[0] is not event:
            fields: dict[str, list[str]] = {}
            for each, name, _ in event.items():
                fields.setdefault(each, []).append(name)
            found = self._items[id(event)] = (event, fields)
        return found[1].get(item, ()) if item is not None else ()

    @cached_property
    def _items(self) -> dict[int, tuple[Event, dict[str, list[str]]]]:
        return {}

    @cached_property
    def _redaction(self) -> Redaction:
        if self.reader.withheld:
            return Redaction()
        undatable = (event.id for event in self.whole.events if self.withholding(event).covers_field("dated"))
        return Redaction.of(self.whole.registry.withheld, undatable)
