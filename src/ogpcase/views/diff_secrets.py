"""What several versions of one folder withhold together: what any of them keeps back is shown of none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cached_property

from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty
from ogpcase.model.record import Frozen
from ogpcase.model.redacting import SHORTEST, Redaction
from ogpcase.model.texts import Text
from ogpcase.model.withhold import NOTHING, WITHHELD, Withholding
from ogpcase.values import field, frozen
from ogpcase.views.shown import Shown

_TELLING = 8
"""Characters; shorter words of a withheld node stand in many texts that have nothing to do with it."""
_CODE = re.compile(r"[a-z0-9_.:/#%?~,\[\]-]*")


@frozen(slots=False)
class Secrets:
    """What no version may show: parties by id, words, what is withheld of events, and items by their references.

    `aliases` lead from a record's earlier names to its last; all references name their case.
    """

    parties: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    events: Mapping[str, Withholding] = field(default_factory=dict)
    items: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)

    def of(self, case_id: str, event: Event) -> Withholding:
        """Returns what any version withholds of an event, under whichever name."""
        return self.events.get(self.last_name(f"{case_id}/{event.id}"), NOTHING)

    def last_name(self, full: str) -> str:
        """Returns a reference with the last name of its event; the case stands in it."""
        name, mark, item = full.partition("#")
        return f"{self.aliases.get(name, name)}{mark}{item}"

    def hides(self, full: str) -> bool:
        """True when an event or item, named with its case, is withheld."""
        last = self.last_name(full)
        return last in self.items or self.events.get(last.partition("#")[0], NOTHING).everything

    def redaction(self, case_id: str) -> Redaction:
        """Returns what takes the secrets out of texts of a case, or with an empty id out of any text."""
        start = f"{case_id}/"
        hidden = {name for name, kept_back in self.events.items() if kept_back.everything}
        hidden |= {old for old, new in self.aliases.items() if new in hidden}
        ids = {name.removeprefix(start) for name in hidden if name.startswith(start)}
        return Redaction(self.words | hidden | ids)


def secrets_of(versions: Iterable[CaseFile], aliases: Mapping[str, str]) -> Secrets:
    """Gathers what all versions of all cases withhold."""
    parties: set[str] = set()
    words: set[str] = set()
    events: dict[str, Withholding] = {}
    several = tuple(versions)
    for registry in {id(each.registry): each.registry for each in several}.values():
        parties |= {party.id for party in registry.parties.values() if party.withhold} | registry.unreadable
    for case in several:
        known = (case.registry.parties[each] for each in parties if each in case.registry.parties)
        words |= {name for party in known for name in party.names()}
        for event, kept_back in _withholding(case):
            name = aliases.get(f"{case.id}/{event.id}", f"{case.id}/{event.id}")
            events[name] = _both(events.get(name, NOTHING), kept_back)
    items: set[str] = set()
    for case, event in [(each, event) for each in several for event in each.events]:
        name = aliases.get(f"{case.id}/{event.id}", f"{case.id}/{event.id}")
        if name in events:
            words |= set(_words(event, events[name]))
            items |= {f"{name}#{item}" for item, where, _ in event.items() if events[name].covers_item(where, item)}
    long_enough = frozenset(each for each in words | parties if len(each) >= SHORTEST)
    return Secrets(frozenset(parties), long_enough, events, frozenset(items), aliases)


def _withholding(case: CaseFile) -> Iterator[tuple[Event, Withholding]]:
    for event in case.events:
        if event.withhold or event.id in case.flawed:
            yield event, case.withholding(event)


def _both(one: Withholding, other: Withholding) -> Withholding:
    return Withholding(one.everything or other.everything, one.fields | other.fields, one.items | other.items)


def _words(event: Event, kept_back: Withholding) -> Iterator[str]:
    """Yields the words of the nodes that are withheld, where they can be told from those of other nodes."""
    if kept_back == NOTHING:
        return
    for name in type(event).model_fields:
        value = getattr(event, name)
        if kept_back.covers_field(name):
            yield from _telling(value)
        elif isinstance(value, tuple):
            for each in value:
                if kept_back.covers_item(name, getattr(each, "id", "")):
                    yield from _telling(each)


def _telling(value: object) -> Iterator[str]:
    for text in _texts(value):
        if len(text) >= _TELLING and (not _CODE.fullmatch(text) or text.startswith("http")):
            yield text


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Text):
        yield from value.by_language.values()
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))
    elif isinstance(value, str) and not isinstance(value, Enum | Reference):
        yield value


@frozen(slots=False)
class Hushed(Shown):
    """A version of a case without what any version withholds."""

    secrets: Secrets = field(default_factory=Secrets)

    def _seen(self) -> CaseFile:
        return self.whole.without(self.withholding)

    def withholding(self, event: Event) -> Withholding:
        """Returns what any version withholds of the event."""
        return _both(self.secrets.of(self.whole.id, event), self.whole.withholding(event))

    def name(self, party: NamedParty | str | None) -> str:
        """Returns a party's name, `[withheld]` where any version withholds the party."""
        party_id = party.party if isinstance(party, NamedParty) else party
        return WITHHELD if party_id in self.secrets.parties else Shown.name(self, party)  # no super(): see values

    def safe_id(self, text: str) -> str:
        """Returns an id or reference, `[withheld]` where it holds or points to what any version withholds."""
        full = text if "/" in text else f"{self.case.id}/{text}"
        return WITHHELD if self.secrets.hides(full) else Shown.safe_id(self, text)

    @cached_property
    def _redaction(self) -> Redaction:
        return self.secrets.redaction(self.case.id)
