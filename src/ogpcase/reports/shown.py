"""A case as one reader sees it on a day: its texts in the language asked for, and which sources state a fact."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CodeList
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.field_names import label_of, noun_of
from ogpcase.model.ids import Reference
from ogpcase.model.parties import PUBLIC, UNKNOWN, Membership, NamedParty
from ogpcase.model.table_codes import TableCode
from ogpcase.model.texts import Text, same_language
from ogpcase.output.messages import _, marked, ngettext, with_days
from ogpcase.output.words import apart, before, date_in_short


class Languages(NamedTuple):
    """The language asked for, and the other languages that some texts are shown in because they lack it."""

    asked: str | None = None
    shown: tuple[str, ...] = ()

    @classmethod
    def of(cls, reader: Reader, several: "Iterable[Shown]") -> "Languages":
        """Returns the languages of all texts shown to a reader so far."""
        return cls(reader.language, tuple(sorted({tag for shown in several for tag in shown.elsewhere})))


def for_words(names: Iterable[str]) -> str:
    """Returns ` for A, B`; empty if nobody is acted for."""
    said = ", ".join(_("somebody not named") if name == UNKNOWN else name for name in names)
    return _(" for {names}", names=said) if said else ""


def said_of(name: str) -> str:
    """Returns a name, and what a view says where nobody is named or nothing is known."""
    return _("not known") if name == UNKNOWN else name


def somebody(name: str) -> str:
    """Returns the name of a party in a sentence, and `somebody not named` where it is not known."""
    return _("somebody not named") if name == UNKNOWN else name


def named(name: str) -> str:
    """Returns the name of a party, and `not named` where a paper names nobody."""
    return _("not named") if name == UNKNOWN else name


_A_FIELD = re.compile(r"[a-z_]+(?:#[a-z0-9-]+)?")
"""The name of a field, or of an item of one; a record may hold any other text in its place."""


def field_words(name: str) -> str:
    """Returns the name of a field in words; any other text that a record has in its place as it is."""
    if not _A_FIELD.fullmatch(name):
        return name
    field, mark, item = name.partition("#")
    return f"{_(label_of(field))}{mark}{item}"


def path_words(path: str) -> str:
    """Returns the path of a field in words: `requests#work-plan.text`, `other names 2`."""
    return ".".join(_A_PART.sub(lambda part: field_words(part[0]), part, count=1) for part in path.split("."))


_A_PART = re.compile(r"[a-z_]+")


def fact_words(name: str) -> str:
    """Returns what a field tells, as a noun in a sentence: `step` of `moves_to`, `conclusion`."""
    return field_words(name) if "#" in name or not _A_FIELD.fullmatch(name) else _(noun_of(name))


def inferred_words(fields: Iterable[str]) -> str:
    """Returns `inferred: conclusion, date`; empty if sources state everything in words."""
    said = ", ".join(map(fact_words, fields))
    return _("inferred: {fields}", fields=said) if said else ""


class Said(str):
    """A text of a record; `language` is the tag of the language that it is in, None where the case names none."""

    __slots__ = ("language",)
    language: str | None

    @classmethod
    def of(cls, text: str, language: str | None) -> "Said":
        """Returns a text in a language."""
        said = cls(text)
        said.language = language
        return said


def ids_of(parties: Iterable[NamedParty]) -> tuple[str, ...]:
    """Returns the ids of parties, each once, without those that are not named."""
    return tuple(dict.fromkeys(party.party for party in parties if party.party != UNKNOWN))


class Shown:
    """A case as one reader sees it; it remembers which other languages its texts were shown in."""

    def __init__(self, case: CaseFile, reader: Reader) -> None:
        self.case = case
        self.reader = reader
        self.elsewhere: set[str] = set()
        self._beside: dict[str, Shown] = {}

    def pointed(self, reference: Reference) -> "tuple[Shown, Event | None]":
        """Returns the case that a reference leads into, else this one, and the event; None where no record is there.

        The texts that are shown of another case count among those of this one.
        """
        if self.case.owns(reference):
            return self, self.case.event_by_id.get(reference.event)
        other = self.case.beside.get(reference.case or "")
        if other is None:
            return self, None
        shown = self._beside.setdefault(other.id, Shown(other, self.reader))
        shown.elsewhere = self.elsewhere
        return shown, other.event_by_id.get(reference.event)

    def events(self) -> tuple[Event, ...]:
        """Returns the events that may have happened by the reader's day, in the case's order."""
        moment = self.reader.moment
        return tuple(event for event in self.case.events if moment.possible(event))

    def text(self, text: Text) -> Said:
        """Returns a text in the reader's language, or in the case's where it has none."""
        said, language = text.chosen(self.reader.language, self.case.language)
        if self.reader.language and language and not same_language(language, self.reader.language):
            self.elsewhere.add(language)
        return Said.of(said, language)

    @property
    def languages(self) -> Languages:
        """The languages of the texts shown so far."""
        return Languages.of(self.reader, [self])

    def name(self, party: NamedParty | str | None) -> str:
        """Returns a party's name, the id where there is no such party, and `unknown` where nobody is named.

        Of somebody without a party file it is the name that the paper prints.
        """
        party_id = party.party if isinstance(party, NamedParty) else party
        if party_id is None or party_id == UNKNOWN:
            return (party.as_named if isinstance(party, NamedParty) else None) or UNKNOWN
        if party_id == PUBLIC:
            return _("the public")
        known = self.case.registry.parties.get(party_id)
        return self.text(known.name) if known else party_id

    def names(self, parties: Iterable[NamedParty]) -> tuple[str, ...]:
        """Returns the names of parties, each once."""
        return tuple(dict.fromkeys(map(self.name, parties)))

    def acted_for(self, event: Event) -> tuple[str, ...]:
        """Returns the names of those on whose behalf an event acts."""
        return self.names(event.on_behalf_of)

    def belonging(self, membership: Membership, form: str = "{name} {days}") -> str:
        """Returns the name of a party that another belongs to, with the days from when until when."""
        start, end = membership.from_, membership.until
        days = [with_days("from {day}", day=start.text)] if start else []
        days += [with_days("until {day}", day=end.text)] if end else []
        name = self.name(membership.party)
        return form.format(name=name, days=" ".join(days)) if days else name

    def printed(self, party: NamedParty) -> str:
        """Returns a party's name, with the name its paper uses and the office where it gives them."""
        name = self.name(party)
        as_named = _(" (as “{name}”)", name=party.as_named) if party.as_named and party.as_named != name else ""
        return f"{name}{as_named}{f', {party.office}' if party.office else ''}"


NO_SOURCE_NAMED = marked("the record")
"""The name used for the source of a fact that no source gives."""
_LONGEST = 100
"""Characters; of several values that are longer, only the first is told."""


def source_named(shown: Shown, event: Event, source_id: str) -> str:
    """Returns a source's title, else its publisher, address or id."""
    source = shown.case.source(event, source_id)
    if source is not None and source.title:
        return shown.text(source.title)
    return (source and (source.publisher or source.url)) or source_id


def givers(shown: Shown, event: Event, field: str, apart: Collection[str] = ()) -> tuple[str, ...]:
    """Returns the sources that name a field in `gives`, else the only source without `gives`.

    `the record` where none is known. Sources in `apart` give another value.
    """
    giving = [source.id for source in event.sources if field in source.gives]
    silent = [source.id for source in event.sources if not source.gives and source.id not in apart]
    named = giving or (silent if len(silent) == 1 else [])
    return tuple(dict.fromkeys(source_named(shown, event, source) for source in named)) or (_(NO_SOURCE_NAMED),)


def stated(shown: Shown, word: str) -> str:
    """Returns a word that a source states: for the id of a party its name."""
    return shown.name(word) if shown.case.registry.knows(word) else word


def recorded(shown: Shown, event: Event, field: str) -> str:
    """Returns what the record says in a field: its values, or the first and how many more if they are long."""
    value = getattr(event, field)
    several = value if isinstance(value, tuple) else () if value is None else (value,)
    if not several:
        return _("nothing")
    first, *others = words = [_word(shown, each) for each in several]
    joined = ", ".join(words)
    if len(joined) <= _LONGEST or not others:
        return joined
    return ngettext("{first} and {number} more", "{first} and {number} more", len(others), first=first)


_SAYING = ("text", "name", "because")
"""The field of an item that says what it is; an item without one is told by all that it has."""


def _word(shown: Shown, value: object) -> str:
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return shown.name(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if not isinstance(value, Frozen):
        return _(value.label) if isinstance(value, CodeList | TableCode) else str(value)
    said = [own for name in type(value).model_fields if (own := getattr(value, name)) not in (None, ())]
    saying = [own for name in _SAYING if (own := getattr(value, name, None)) is not None]
    return ", ".join(_word(shown, own) for own in saying[:1] or said)


class OtherDate(NamedTuple):
    """Another date of an event: which source gives it, and which ones give the recorded one.

    `conflicts` is false where both may mean the same day.
    """

    value: str
    source: str
    givers: tuple[str, ...]
    conflicts: bool
    source_id: str


class OtherFact(NamedTuple):
    """Another value of one of an event's facts, with its source and those of the recorded one."""

    field: str
    values: tuple[str, ...]
    source: str
    givers: tuple[str, ...]
    source_id: str


def contradicted(event: Event, day: FuzzyDate) -> bool:
    """True if the recorded date excludes this day, or another one that the recorded date leaves open does."""
    written = event.dated
    others = (other.value for other in event.also_dated if not other.value.disjoint(written))
    return day.disjoint(written) or any(day.disjoint(other) for other in others)


def other_dates(shown: Shown, event: Event) -> tuple[OtherDate, ...]:
    """Returns the other dates of the event, in the record's order."""
    if not event.also_dated:
        return ()
    given = givers(shown, event, "dated", [other.source for other in event.also_dated])
    return tuple(
        OtherDate(
            each.value.text,
            source_named(shown, event, each.source),
            given,
            each.value.disjoint(event.dated),
            each.source,
        )
        for each in event.also_dated
    )


def other_facts(shown: Shown, event: Event) -> tuple[OtherFact, ...]:
    """Returns the other facts of the event, in the record's order."""
    return tuple(
        OtherFact(
            other.field,
            tuple(stated(shown, word) for word in other.value),
            source_named(shown, event, other.source),
            givers(shown, event, other.field, (other.source,)),
            other.source,
        )
        for other in event.also_stated
    )


def notes_on(shown: Shown, event: Event) -> Iterator[str]:
    """Yields a sentence on the event's dates, one on each other disagreement of its sources and on each departure."""
    if dates := other_dates(shown, event):
        notes = [_("{source} gives {day}", source=dates[0].givers[0], day=date_in_short(event.dated.text))]
        for other, also in zip(dates, event.also_dated, strict=True):
            gives = marked("{source} gives {day}, which may be the same day")
            gives = marked("{source} gives {day}") if contradicted(event, also.value) else gives
            notes.append(_(gives, source=other.source, day=date_in_short(other.value)))
        yield apart(notes)
    for fact in other_facts(shown, event):
        states = _("{source} states {field} otherwise", source=fact.source, field=fact_words(fact.field))
        yield before(states) + ", ".join(fact.values)
    for departure in event.departure:
        outside = _("outside the policy's moves, or not verified")
        yield before(outside if event.departs else _("not as the policy has it")) + shown.text(departure.because)
