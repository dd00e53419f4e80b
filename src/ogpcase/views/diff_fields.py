"""What changed inside a record, field by field and item by item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.fields import fields_of
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty
from ogpcase.model.record import Frozen
from ogpcase.model.texts import Text
from ogpcase.model.written import short_form
from ogpcase.values import field, frozen
from ogpcase.views.diff_pairs import comparable
from ogpcase.views.shown import Shown

_KEYS = ("id", "about", "request")
"""The fields that an item of a list is known by."""
_PARTY_IDS = frozenset({"subject", "part_of", "for"})
"""Fields that hold the id of a party as plain text."""


@frozen
class FieldChange:
    """A node, as `requests#work-plan.due`, and its value on both sides; None where it is not there."""

    field: str
    before: str | None
    after: str | None


@frozen
class Sides:
    """The two versions of a case that hold the records compared.

    `aliases` lead from the earlier names of renamed events to the later ones, both with their case.
    """

    before: Shown
    after: Shown
    aliases: Mapping[str, str] = field(default_factory=dict)

    def same(self, old: object, new: object) -> bool:
        """True when two values say the same, whatever their records are called meanwhile."""
        return comparable(old, self._old_name) == comparable(new, self._new_name)

    def last_name(self, full: str) -> str:
        """Returns a reference with the later name of its event; the case stands in it."""
        name, mark, item = full.partition("#")
        return f"{self.aliases.get(name, name)}{mark}{item}"

    def _old_name(self, reference: Reference) -> str:
        return self.last_name(self.before.case.full(reference))

    def _new_name(self, reference: Reference) -> str:
        return self.last_name(self.after.case.full(reference))


def event_changes(sides: Sides, old: Event, new: Event) -> tuple[FieldChange, ...]:
    """Returns what changed in an event that is on both sides."""
    names = dict.fromkeys(field.name for field in (*fields_of(new.kind), *fields_of(old.kind)))
    found = [FieldChange("kind", str(old.kind), str(new.kind))] if old.kind is not new.kind else []
    for name in names:
        if name != "kind":
            found += _changes(sides, name, getattr(old, name, None), getattr(new, name, None))
    return tuple(found)


def record_changes(sides: Sides, old: Frozen, new: Frozen) -> tuple[FieldChange, ...]:
    """Returns what changed in a header or a party."""
    names = [name for name in type(new).model_fields if name != "id"]
    return tuple(
        each for name in names for each in _changes(sides, name, getattr(old, name), getattr(new, name))
    )  # fmt: skip


def _changes(sides: Sides, name: str, old: object, new: object) -> Iterator[FieldChange]:
    if sides.same(old, new):
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


def _change(sides: Sides, name: str, old: object, new: object) -> FieldChange:
    last = name.rpartition(".")[2]
    return FieldChange(name, _told(sides.before, old, last), _told(sides.after, new, last))


def _in_text(name: str, old: Text, new: Text) -> Iterator[FieldChange]:
    """Each language for itself, so that a translation is not hidden behind the reader's own language."""
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
        yield FieldChange(name, _told(sides.before, old, name), _told(sides.after, new, name))
    while gone and come and isinstance(gone[0], Frozen) and not isinstance(gone[0], NamedParty):
        at, each = come.pop(0)
        yield from _changes(sides, f"{name} {at}", gone.pop(0), each)
    yield from (_change(sides, name, each, None) for each in gone)
    yield from (_change(sides, name, None, each) for _, each in come)


def _by_key(sides: Sides, name: str, old: Iterable[object], new: Iterable[object]) -> Iterator[FieldChange]:
    before = {_keyed(sides, sides.before, each): each for each in old}
    after = {_keyed(sides, sides.after, each): each for each in new}
    for key in dict.fromkeys([*before, *after]):
        said = f"{name}#{key}" if "#" not in key else f"{name} {key}"
        yield from _changes(sides, said, before.get(key), after.get(key))


def _keyed(sides: Sides, shown: Shown, item: object) -> str:
    key = _key(item)
    if not isinstance(key, Reference):
        return str(key)
    return sides.last_name(shown.case.full(key)).removeprefix(f"{shown.case.id}/")


def _key(item: object) -> str | None:
    if not isinstance(item, Frozen) or isinstance(item, NamedParty):
        return None
    return next((key for name in _KEYS if isinstance(key := getattr(item, name, None), str)), None)


def _told(shown: Shown, value: object, name: str = "") -> str | None:  # noqa: PLR0911 - one return for each sort
    """Returns a value in one line."""
    if value is None or value == ():
        return None
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return shown.printed(value)
    if isinstance(value, tuple):
        return ", ".join(_told(shown, each, name) or "" for each in value)
    if isinstance(value, Frozen):
        return short_form(value) or "; ".join(_parts(shown, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum | FuzzyDate | int):
        return str(value)
    return shown.name(str(value)) if name in _PARTY_IDS else str(value)


def _parts(shown: Shown, value: Frozen) -> Iterator[str]:
    """Yields the fields of an item, without that by which it is known."""
    for name, described in type(value).model_fields.items():
        said = described.alias or name
        part = getattr(value, name)
        if name not in _KEYS and part is not False and (told := _told(shown, part, said)):
            yield f"{said.replace('_', ' ')}: {told}"
