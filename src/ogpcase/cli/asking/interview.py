"""Asks for the fields of a record one by one, and for the items in them, made from the questions of its model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any

from ogpcase.cli.asking.question import REMOVE, Asker, GoBack, Shown
from ogpcase.cli.asking.values import Expected, Reader, expected, in_order
from ogpcase.diagnostics import Problem, Route
from ogpcase.editing.composing import NewParty, problems_of_new, registry_with, taken_name, whole_values
from ogpcase.editing.picks import Picks
from ogpcase.editing.typed_values import with_item_ids
from ogpcase.errors import OgpcaseError
from ogpcase.model.base import Frozen
from ogpcase.model.bind import bind_party
from ogpcase.model.casefile import Registry, file_of_party
from ogpcase.model.events import Event
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party
from ogpcase.model.questions import KIND, Question, questions_of
from ogpcase.model.serialize import values_of
from ogpcase.yamltree.emitting import emit

Values = dict[str, Any]


class Interview:
    """A conversation about one record: its `values` grow, and `parties` are the new parties by file.

    `judge` binds values and returns their problems; `changed` is called after each change. Every question raises
    KeyboardInterrupt where the input ends.
    """

    def __init__(
        self, asker: Asker, picks: Picks, values: Values, judge: Callable[[Values], Iterable[Problem]]
    ) -> None:
        self.asker = asker
        self.picks = picks
        self.values = values
        self.parties: dict[str, NewParty] = {}
        self.changed: Callable[[], None] = lambda: None
        self._judge = judge
        self._words: dict[str, str] = {}
        """What one item of a list is called, by the name of the list."""

    def add_parties(self, parties: dict[str, NewParty]) -> None:
        """Adds new parties, so that answers can name them."""
        self.parties |= parties
        self.picks = self.picks._replace(registry=registry_with(self.picks.registry, parties))

    def named_parties(self) -> dict[str, NewParty]:
        """Returns the new parties that the record names, and those that these name."""
        named = set(_words_in(self.values))
        while True:
            used = {file: party for file, party in self.parties.items() if party[1].id in named}
            more = {whole for _, record in used.values() for whole in record.wholes} - named
            if not more:
                return used
            named |= more

    def _new_party(self, name: str) -> str:
        file, party = _asked_party(self, name)
        self.add_parties({file: party})
        self.changed()
        return party[1].id

    def walk(self, fields: Sequence[Question], *, from_end: bool = False) -> None:
        """Asks for fields of the record in turn; `from_end` begins at the last one. Nothing is before the first."""
        while True:
            try:
                self._walk(fields, self.values, (), from_end=from_end)
            except GoBack:
                self.asker.say("this is the first question")
                from_end = False
            else:
                return

    def ask(self, field: Question, route: Route = ()) -> None:
        """Asks for one field again, or for the item at a route: for the field that the route ends in, else for all."""
        with suppress(GoBack):
            items = self.values.get(field.name)
            at = route[1] if len(route) > 1 and isinstance(route[1], int) else None
            if field.shape == "mapping" and isinstance(items, list) and at is not None and at < len(items):
                fields = _of_item(field, every=True)
                meant = [each for each in fields if each.name in route[2:3]]
                self._walk(meant or fields, items[at], (field.name, at))
            elif has_details(field) and isinstance(items, list) and at is not None and at < len(items):
                self._details(field, items, at)
            else:
                self._field(field, self.values, (), every=True)

    def _details(self, field: Question, items: list[Any], at: int) -> None:
        """Asks for what a mapping can say of a value that is a word."""
        opener = opener_of(field.holds)
        name = opener.name if opener else ""
        self._words[field.name] = field.words
        items[at] = dict(items[at]) if isinstance(items[at], dict) else {name: items[at]}
        try:
            self._walk(_of_item(field, every=True), items[at], (field.name, at))
        finally:
            if items[at].keys() == {name}:
                items[at] = items[at][name]
            self.changed()

    def _walk(
        self, fields: Sequence[Question], into: Values, route: Route, *, opening: bool = False, from_end: bool = False
    ) -> bool:
        """Asks in turn; returns false if an item is `opening` and Enter was typed for its first field.

        Raises GoBack before the first field.
        """
        asked = [at for at, field in enumerate(fields) if field.name in into] if from_end else []
        at = asked.pop() if asked else 0
        while at < len(fields):
            field = fields[at]
            try:
                if self._applies(field, into):
                    self._field(field, into, route, optional=opening and at == 0)
                    if opening and at == 0 and field.name not in into:
                        return False
                    asked.append(at)
                at += 1
            except GoBack:
                if not asked:
                    raise
                at = asked.pop()
        return True

    def _applies(self, field: Question, into: Values) -> bool:
        """False for a field that is picked from what is not there."""
        if field.required or field.name in into:
            return True
        if field.shape == "code":
            return bool(self.picks.choices(field, self.values))
        opener = opener_of(field.holds) if field.shape == "mapping" else None
        picking = field if field.shape == "reference" else opener
        if picking is None or picking.shape != "reference":
            return True
        return bool(self.picks.references(picking.picked))

    def _field(
        self, field: Question, into: Values, route: Route, *, optional: bool = False, every: bool = False
    ) -> None:
        if field.shape == "mapping":
            (self._items if field.repeats else self._mapping)(field, into, route, every=every)
        elif field.repeats:
            self._several(field, into, route)
        else:
            self._one(field, into, route, optional=optional)

    def _one(self, field: Question, into: Values, route: Route, *, optional: bool) -> None:
        required = field.required and not optional
        while True:
            now = into.get(field.name)
            usual = self._expected(field) if now is None and not optional else None
            later_item = bool(route) and isinstance(route[-1], int) and route[-1] > 0
            enter = _in_words(now) if required else "no more" if optional and later_item else "skip"
            offer = _offer(usual, required=required)
            shown = self._shown(field, route, enter=offer or enter, now="" if required else _in_words(now))
            typed = self._read(field, route, into, shown)
            if typed is None:
                continue
            if typed == "" and usual is not None:
                typed = usual.value
            if typed == REMOVE and not required:
                if into.pop(field.name, None) is not None:
                    self.changed()
                return
            if typed in {"", REMOVE} and required and now is None:
                self.asker.say("this is needed")
            elif typed == "" or self._put(into, field.name, typed, (*route, field.name)):
                return

    def _several(self, field: Question, into: Values, route: Route) -> None:
        while True:
            items = _listed(into.get(field.name))
            usual = None if items else self._expected(field)
            sentence = field.sentence if not items else f"another one, after {', '.join(map(_in_words, items))}"
            enter = _offer(usual) or ("no more" if items else "skip")
            shown = self._shown(field, route, enter=enter)._replace(
                sentence=sentence, again=bool(items) and field.shape == "code"
            )
            try:
                typed = self._read(field, route, into, shown)
            except GoBack:
                if not items:
                    raise
                typed = REMOVE
            if typed == "" and usual is not None:
                self._put(into, field.name, _listed(usual.value), (*route, field.name))
            if typed == "" or (typed == REMOVE and not items):
                return
            if typed == REMOVE:
                self.asker.say(f"taken back: {_in_words(items[-1])}")
                into[field.name] = items[:-1]
                if len(items) == 1:
                    del into[field.name]
                self.changed()
            elif typed is not None and typed not in items:
                self._put(into, field.name, [*items, typed], (*route, field.name))

    def _expected(self, field: Question) -> Expected | None:
        return expected(field, self.values, self.picks)

    def _read(self, field: Question, route: Route, into: Values, shown: Shown) -> Any:  # noqa: ANN401 - a value of any field
        """Returns a value, empty for Enter; None if the answer could not be taken."""
        record = self.values if route else into
        try:
            reader = Reader(self.asker, self.picks, self._new_party)
            return reader.read(field, shown, record, self._listed_already(field, route, into))
        except OgpcaseError as fault:
            self.asker.refuse(fault)
            return None

    def _listed_already(self, field: Question, route: Route, into: Values) -> list[object]:
        """Returns the values that the field's list has, or that the field has in the other items of a list."""
        if field.repeats:
            return _listed(into.get(field.name))
        items: Any = self.values
        for step in route[:-1] if route and isinstance(route[-1], int) else ():
            items = items[step]
        return [item.get(field.name) for item in items if item is not into] if isinstance(items, list) else []

    def _shown(self, field: Question, route: Route, *, enter: str = "", now: str = "") -> Shown:
        steps = [(step, at) for step, at in pairwise((*route, "")) if isinstance(step, str)]
        trail = [f"{self._words[step]} {at + 1}" if isinstance(at, int) else self._words[step] for step, at in steps]
        lines = field.shape == "text" and not field.one_line
        return Shown(", ".join((*trail, field.words)), field.sentence, enter, now, _how_to_say_more(field), lines=lines)

    def _mapping(self, field: Question, into: Values, route: Route, *, every: bool) -> None:
        opener = opener_of(field.holds)
        self._words[field.name] = field.words
        shown = self._shown(field, route)
        if opener is None and field.name not in into and not self.asker.agreed(shown):
            return
        inner = into.setdefault(field.name, {})
        if not isinstance(inner, dict):  # a word may stand for a mapping
            inner = into[field.name] = {opener.name if opener else "text": inner}
        try:
            self._walk(_of_item(field, every=every), inner, (*route, field.name), opening=opener is not None)
        finally:
            if not inner:
                into.pop(field.name, None)

    def _items(self, field: Question, into: Values, route: Route, *, every: bool) -> None:
        self._words[field.name] = field.words
        items = into[field.name] = _listed(into.get(field.name))
        at, from_end = len(items), False
        fields = _of_item(field, every=every)
        try:
            while at <= len(items):
                if at == len(items):
                    items.append({})
                try:
                    went_on = self._walk(fields, items[at], (*route, field.name, at), opening=True, from_end=from_end)
                except GoBack:
                    if not at:
                        raise
                    at, from_end = at - 1, True
                    continue
                finally:
                    if not items[-1]:
                        items.pop()
                if not went_on:
                    return
                self._name(field, items[at])
                at, from_end = at + 1, False
        finally:
            if not items:
                into.pop(field.name, None)
            self.changed()

    def _name(self, field: Question, item: Values) -> None:
        lists = (value for value in self.values.values() if isinstance(value, list))
        taken = {str(each["id"]) for items in lists for each in items if isinstance(each, dict) and "id" in each}
        named = with_item_ids({field.name: [item]}, [field], taken)[field.name][0]
        if named != item:
            rest = {**named}
            item.clear()
            item.update(rest)
            self.changed()

    def _put(self, into: Values, name: str, value: Any, route: Route) -> bool:  # noqa: ANN401 - a value of any field
        """Sets a value unless its model refuses it; says why."""
        before = into.get(name)
        into[name] = value
        found = ((problem, problem.places[0]) for problem in self._judge(self.values))
        faults = [fault for fault, at in found if at.route[: len(route)] == route and at.part != "missing"]
        if not faults:
            self.changed()
            return True
        into.pop(name) if before is None else into.update({name: before})
        for fault in faults:
            self.asker.say(fault.message, *fault.helps)
        return False


def in_turn(fields: Iterable[Question]) -> tuple[Question, ...]:
    """Returns the fields that are asked in turn, the required ones first; then, of an event, those of its kind."""
    asked = [field for field in fields if field.asked == "first"]
    common = Event.model_fields if KIND in asked else ()
    return in_order(sorted(asked, key=lambda field: (not field.required, field.name in common)))


def opener_of(model: type) -> Question | None:
    """Returns the field that opens an item: without it there is no item. None if an item needs none."""
    fields = questions_of(model)
    word = model.word_gives if issubclass(model, Frozen) else None
    required = [field for field in fields if field.required and field.asked != "never"]
    return next((field for field in fields if field.name == word), None) or next(iter(required), None)


def has_details(field: Question) -> bool:
    """True if a value is the id of a party, and a mapping can say more of it there."""
    return field.shape == "party" and bool(questions_of(field.holds))


def _how_to_say_more(field: Question) -> str:
    """Returns the help of a field of parties that takes more than their ids; else none."""
    if not has_details(field):
        return ""
    opener = opener_of(field.holds)
    more = " and ".join(f"`{each.words}`" for each in questions_of(field.holds) if each != opener)
    return f"{field.sentence} To add {more} to a party: choose `change` in the menu at the end, then this field."


def _of_item(field: Question, *, every: bool) -> list[Question]:
    """Returns the fields of an item in the order in which they are asked."""
    opener = opener_of(field.holds)
    fields = [each for each in questions_of(field.holds) if each.asked == "first" or (every and each.asked == "later")]
    return sorted(fields, key=lambda each: (each != opener, not each.required))


def _words_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _words_in(inner)


def _offer(usual: Expected | None, *, required: bool = False) -> str:
    """Returns what Enter takes, in words; empty if nothing is expected."""
    if usual is None:
        return ""
    none = "" if required else f"; {REMOVE} for none"
    return f"{', '.join(map(_in_words, _listed(usual.value)))} ({usual.why}){none}"


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _in_words(value: object) -> str:
    """Returns a value on one line, shortened."""
    if value is None:
        return ""
    if isinstance(value, dict):
        value = next(iter(value.values()), "")
    words = " ".join(str(value).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


_LONGEST = 60


def _asked_party(about: Interview, name: str) -> tuple[str, NewParty]:
    """Returns the file of a new party, with its text and record. Raises GoBack before the first question."""
    about.asker.say("", f"a new party: {name}")
    party_id = id_for(about.asker, about.picks.registry, name)
    inner = Interview(about.asker, about.picks, {"name": name}, partial(problems_of_new, Party))
    inner.changed = lambda: about.add_parties(inner.parties)
    while True:
        inner.walk([field for field in in_turn(questions_of(Party)) if field.name != "name"])
        bound = bind_party(whole_values(Party, inner.values), party_id, file_of_party(party_id))
        if (taken := taken_name(about.picks.registry, inner.values)) is not None:
            about.asker.say(f"`{taken.party_id}` has the name `{taken.name}` already; give another, or go back")
        elif bound.record is not None and not bound.problems:
            about.asker.say(f"`{party_id}` will be added together with this record")
            return file_of_party(party_id), (emit(values_of(bound.record)), bound.record)
        else:
            about.asker.say(*(problem.message for problem in bound.problems))


def id_for(asker: Asker, registry: Registry, name: str) -> str:
    """Returns an id made of a name; asks for one if that cannot be an id, or is taken."""
    return free_id(asker, slug_of(name), "lowercase words joined by hyphens", registry.knows, RESERVED_PARTY_IDS)


def free_id(asker: Asker, wanted: str, sentence: str, is_taken: Callable[[str], bool], reserved: Iterable[str]) -> str:
    """Returns the wanted id, or one that is asked for with a sentence if that is no id, is taken or is reserved."""
    while not is_id(wanted) or is_taken(wanted) or wanted in reserved:
        if wanted:
            asker.say(f"`{wanted}` {'already exists' if is_taken(wanted) else 'cannot be an id'}")
        wanted = asker.answer(Shown("id", sentence))
    return wanted


def options_of(parties: Mapping[str, NewParty]) -> list[tuple[str, str]]:
    """Returns the option, with its value, that adds each of the new parties."""
    wholes = ({"id": record.id, **values_of(record)} for _, record in parties.values())
    return [("--new-party", json.dumps(whole, ensure_ascii=False)) for whole in wholes]
