"""A copy that tells something of what is withheld is caught: by another world, and by other secrets.

Each mutant is the copying with one thing left undone: by it the copy tells a text, an order, a count, an id or a span.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from tests.test_publishing.folders import bound
from tests.test_publishing.secrets import Secret
from tests.test_publishing.test_canaries import FOLDERS

from ogpcase.model.events import Event
from ogpcase.model.parties import Party
from ogpcase.model.publication import Withheld
from ogpcase.model.sources import Source
from ogpcase.workspace.publishing import copying
from ogpcase.workspace.publishing.copying import public_copy
from ogpcase.workspace.publishing.records import Records, said_by
from ogpcase.workspace.publishing.worlds import FIRST, LAST, other_world

TRIED = ("fields of letter", "items of letter", "whole events", "party", "days")
COPYING = "ogpcase.workspace.publishing.copying"
OF_ONE = f"{COPYING}._Copying"
whole = {name: getattr(copying._Copying, name) for name in ("_instead", "_party", "_source")}  # noqa: SLF001 - what is mutated


def text_is_kept(self: Any, event: Event, name: str, instead: object) -> object:
    return getattr(event, name) if name == "summary" else whole["_instead"](self, event, name, instead)


def span_is_kept(self: Any, event: Event, name: str, instead: object) -> object:
    return getattr(event, name) if name == "received" else whole["_instead"](self, event, name, instead)


def day_of_reading_is_kept(self: Any, case_id: str, source: Source, parts: Any) -> Source:
    return whole["_source"](self, case_id, source, parts).model_copy(update={"retrieved": source.retrieved})  # type: ignore[no-any-return]


def class_is_kept(self: Any, party: Party) -> Party:
    return whole["_party"](self, party).model_copy(update={"classification": party.classification})  # type: ignore[no-any-return]


def country_is_kept(self: Any, party: Party) -> Party:
    return whole["_party"](self, party).model_copy(update={"country": party.country})  # type: ignore[no-any-return]


def each_item_is_counted(event: Event) -> tuple[Withheld, ...]:
    return tuple(Withheld(field=part.name, because=part.because) for part in event.withhold)


def items_are_named(event: Event) -> tuple[Withheld, ...]:
    return tuple(Withheld(field=part.field, because=part.because) for part in event.withhold)


def id_is_kept(_copies: Mapping[str, Event], _nameless: Mapping[str, bool]) -> dict[str, str]:
    return {}


def order_of_the_days(_copies: Mapping[str, Event], names: Mapping[str, Event]) -> dict[str, str]:
    return {name: name for name in names}


def item_is_kept(self: Any, case_id: str, event: Event, name: str, parts: Any) -> Iterator[Any]:
    yield from (self._item(case_id, event, name, item, parts) for item in getattr(event, name))


def also_stated_is_kept(*_: object) -> bool:
    return False


MUTANTS: dict[str, tuple[str, Any]] = {
    "a text": (f"{OF_ONE}._instead", text_is_kept),
    "a span": (f"{OF_ONE}._instead", span_is_kept),
    "a day of reading": (f"{OF_ONE}._source", day_of_reading_is_kept),
    "a class": (f"{OF_ONE}._party", class_is_kept),
    "a country": (f"{OF_ONE}._party", country_is_kept),
    "a count": (f"{COPYING}._markers", each_item_is_counted),
    "an item's id": (f"{COPYING}._markers", items_are_named),
    "an event's id": (f"{COPYING}.new_names", id_is_kept),
    "an order": (f"{COPYING}._ranks", order_of_the_days),
    "an item": (f"{OF_ONE}._of_list", item_is_kept),
    "what others state": (f"{OF_ONE}._is_about_hidden", also_stated_is_kept),
}


def differs(one: Records, other: Records) -> bool:
    return said_by(public_copy(one).records) != said_by(public_copy(other).records)


@pytest.mark.parametrize("mutant", [None, *MUTANTS])
def test_a_copy_that_leaks_is_caught(mutant: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the worlds that every run of `publish` tries, and by two sets of secrets; the copy as it is, by neither."""
    folders = [(bound(FOLDERS[name](Secret("a"))), bound(FOLDERS[name](Secret("b")))) for name in TRIED]
    if mutant is not None:
        monkeypatch.setattr(*MUTANTS[mutant])
    by_worlds = any(differs(mine, other_world(mine, world)) for mine, _ in folders for world in (FIRST, LAST))
    by_secrets = any(differs(mine, theirs) for mine, theirs in folders)
    assert (mutant is not None, mutant is not None) == (by_worlds, by_secrets)
