"""What changed in a record that is in both versions, field by field."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from typing import NamedTuple

from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CodeList
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.parties import Membership, NamedParty
from ogpcase.model.questions import Shape, fields_of
from ogpcase.model.serialize import short_form
from ogpcase.model.table_codes import TableCode
from ogpcase.model.texts import Text
from ogpcase.output.messages import _
from ogpcase.output.words import apart, before
from ogpcase.reports.shown import Shown, field_words
from ogpcase.workspace.comparing import NOTHING_RENAMED, Names, Renamings, comparable

_KEYS = ("id", "about", "request")
"""The fields that identify an item of a list."""
_PARTY_IDS = frozenset({"subject", "for"})
"""Fields that hold the id of a party as plain text."""
_PARTIES = (NamedParty, Membership)
"""The classes of values that name a party."""


class FieldChange(NamedTuple):
    """A field, such as `requests#work-plan.due`, and its value in each version; None where the field is missing.

    `words` are the values in words if those differ, with labels for codes.
    """

    field: str
    before: str | None
    after: str | None
    words: tuple[str | None, str | None] | None = None

    @property
    def in_words(self) -> tuple[str | None, str | None]:
        """The values as people read them."""
        return self.words or (self.before, self.after)


@dataclass(frozen=True, slots=True)
class Sides:
    """The two versions of a case that hold the records compared, and what was renamed from one to the other."""

    before: Shown
    after: Shown
    renamings: Renamings = NOTHING_RENAMED

    def same(self, old: object, new: object, shape: Shape | None = None) -> bool:
        """True if two values are equal when the new names of renamed records replace the old ones."""
        renamed = self.renamings
        earlier = Names(
            lambda reference: renamed.reference(self.before.case.full(reference)),
            lambda party: renamed.parties.get(party, party),
            lambda case: renamed.cases.get(case, case),
        )
        later = Names(lambda reference: renamed.reference(self.after.case.full(reference)))
        return comparable(old, earlier, shape) == comparable(new, later, shape)


def event_changes(sides: Sides, old: Event, new: Event) -> tuple[FieldChange, ...]:
    """Returns what changed in an event that is in both versions."""
    names = dict.fromkeys(field.name for field in (*fields_of(new.kind), *fields_of(old.kind)) if field.name != "kind")
    labels = (old.kind.label, new.kind.label)
    kind = [FieldChange("kind", str(old.kind), str(new.kind), labels)] if old.kind is not new.kind else []
    old, new = _told_alike(sides, old, new)
    return (*kind, *_field_changes(sides, names, old, new))


def _told_alike(sides: Sides, old: Event, new: Event) -> tuple[Event, Event]:
    """Returns both events with the whole text of each source that only one of them writes out.

    A source that was moved into a file says what it said; where a file changed, the case tells of it once.
    """
    written = [{each.id: each.is_written_out for each in event.sources} for event in (old, new)]
    moved = {name for name in written[0].keys() & written[1].keys() if written[0][name] is not written[1][name]}
    if not moved:
        return old, new
    return _with_texts(sides.before.case, old, moved), _with_texts(sides.after.case, new, moved)


def _with_texts(case: CaseFile, event: Event, names: Container[str]) -> Event:
    pairs = zip(event.sources, case.sources_of(event), strict=True)
    return event.model_copy(update={"sources": tuple(whole if own.id in names else own for own, whole in pairs)})


def record_changes(sides: Sides, old: Frozen, new: Frozen) -> tuple[FieldChange, ...]:
    """Returns what changed in a header or a party."""
    return tuple(_field_changes(sides, [name for name in type(new).model_fields if name != "id"], old, new))


def _field_changes(sides: Sides, names: Iterable[str], old: Frozen, new: Frozen) -> Iterator[FieldChange]:
    for name in names:
        yield from _changes(sides, name, getattr(old, name, None), getattr(new, name, None))


def _changes(sides: Sides, name: str, old: object, new: object) -> Iterator[FieldChange]:
    if sides.same(old, new, _shape(name)):
        return
    if isinstance(old, tuple) or isinstance(new, tuple):
        yield from _in_list(sides, name, old or (), new or ())
    elif isinstance(old, Text) and isinstance(new, Text):
        yield from _in_text(name, old, new)
    elif isinstance(old, Frozen) and isinstance(new, Frozen) and not isinstance(old, NamedParty):
        for inner, described in type(new).model_fields.items():
            said = f"{name}.{described.alias or inner}"
            yield from _changes(sides, said, getattr(old, inner, None), getattr(new, inner))
    else:
        yield _change(sides, name, old, new)


def _shape(name: str) -> Shape | None:
    """Returns the shape of a field that holds the id of a party or a case as plain text."""
    last = name.rpartition(".")[2]
    return "party" if last in _PARTY_IDS else "case" if last == "case" else None


def _change(sides: Sides, name: str, old: object, new: object) -> FieldChange:
    last = name.rpartition(".")[2]
    values = ((sides.before, old), (sides.after, new))
    written, words = ([_told(*each, last, words=words) for each in values] for words in (False, True))
    return FieldChange(name, written[0], written[1], (words[0], words[1]) if words != written else None)


def _in_text(name: str, old: Text, new: Text) -> Iterator[FieldChange]:
    """Compares each language, so that the reader's own language does not hide a changed translation."""
    for tag in dict.fromkeys([*old.by_language, *new.by_language]):
        one, other = old.by_language.get(tag), new.by_language.get(tag)
        if one != other:
            yield FieldChange(f"{name}.{tag}" if tag else name, one, other)


def _in_list(sides: Sides, name: str, old: object, new: object) -> Iterator[FieldChange]:
    assert isinstance(old, tuple)
    assert isinstance(new, tuple)
    if any(_key(each) is not None for each in (*old, *new)):
        yield from _by_key(sides, name, old, new)
        return
    gone = [each for each in old if not any(sides.same(each, other) for other in new)]
    come = [(at, each) for at, each in enumerate(new, 1) if not any(sides.same(other, each) for other in old)]
    if not gone and not come:
        yield _change(sides, name, old, new)
    while gone and come and isinstance(gone[0], Frozen) and not isinstance(gone[0], _PARTIES):
        at, each = come.pop(0)
        yield from _changes(sides, f"{name} {at}", gone.pop(0), each)
    yield from (_change(sides, name, each, None) for each in gone)
    yield from (_change(sides, name, None, each) for _, each in come)


def _by_key(sides: Sides, name: str, old: Iterable[object], new: Iterable[object]) -> Iterator[FieldChange]:
    before, after = (
        {_keyed(sides, shown, item): item for item in items}
        for shown, items in ((sides.before, old), (sides.after, new))
    )
    for key in dict.fromkeys([*before, *after]):
        said = f"{name}#{key}" if "#" not in key else f"{name} {key}"
        yield from _changes(sides, said, before.get(key), after.get(key))


def _keyed(sides: Sides, shown: Shown, item: object) -> str:
    key = _key(item)
    if not isinstance(key, Reference):
        return str(key)
    return sides.renamings.reference(shown.case.full(key)).removeprefix(f"{sides.after.case.id}/")


def _key(item: object) -> str | None:
    if not isinstance(item, Frozen) or isinstance(item, _PARTIES):
        return None
    return next((key for name in _KEYS if isinstance(key := getattr(item, name, None), str)), None)


def _told(shown: Shown, value: object, name: str = "", *, words: bool = False) -> str | None:  # noqa: PLR0911 - one return for each sort
    """Returns a value in one line, with `words` the label of a code."""
    if value is None or value == ():
        return None
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, _PARTIES):
        return shown.printed(value) if isinstance(value, NamedParty) else shown.belonging(value)
    if isinstance(value, tuple):
        return ", ".join(_told(shown, each, name, words=words) or "" for each in value)
    if isinstance(value, Frozen):
        return short_form(value) or apart(_parts(shown, value, words=words))
    if isinstance(value, bool):
        return (_("yes") if value else _("no")) if words else "yes" if value else "no"
    if words and isinstance(value, CodeList | TableCode):
        return _(value.label)
    if isinstance(value, Enum | FuzzyDate | int):
        return str(value)
    return shown.name(str(value)) if name in _PARTY_IDS else str(value)


def _parts(shown: Shown, value: Frozen, *, words: bool) -> Iterator[str]:
    """Yields the fields of an item, without those that identify it."""
    for name, described in type(value).model_fields.items():
        said = described.alias or name
        part = getattr(value, name)
        if name not in _KEYS and part is not False and (told := _told(shown, part, said, words=words)):
            yield before(field_words(said) if words else said.replace("_", " ")) + told


_AROUND = 6
"""Unchanged words that are shown on each side of a change."""
_LEAST = 0.3
"""The share of common words below which two texts are shown whole, as one that took the place of the other."""
_MOST = 4_000_000
"""Pairs of words that are compared; longer texts are shown whole."""
MORE = "…"
"""Stands where unchanged words are left out."""


class Passage(NamedTuple):
    """Words that are in both texts, or those of each text where they differ."""

    same: str
    before: str
    after: str


def passages(before: str, after: str) -> tuple[Passage, ...]:
    """Returns two texts as one: common words, with `…` for those far from a change, and the words that differ."""
    old, new = before.split(), after.split()
    if len(old) * len(new) > _MOST:
        return (Passage("", " ".join(old), " ".join(new)),)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST:
        return (Passage("", " ".join(old), " ".join(new)),)
    return tuple(_passages(matcher, old, new))


def _passages(matcher: SequenceMatcher[str], old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    steps = matcher.get_opcodes()
    for number, (word, start, end, other_start, other_end) in enumerate(steps):
        if word == "equal":
            said = _shortened(old[start:end], first=number == 0, last=number == len(steps) - 1)
            yield Passage(said, "", "")
        else:
            yield Passage("", " ".join(old[start:end]), " ".join(new[other_start:other_end]))


def _shortened(words: Sequence[str], *, first: bool, last: bool) -> str:
    """Returns unchanged words without those that are far from a change."""
    before, after = (0 if first else _AROUND), (0 if last else _AROUND)
    if len(words) <= before + after + 1:
        return " ".join(words)
    return " ".join([*words[:before], MORE, *(words[len(words) - after :] if after else ())])
