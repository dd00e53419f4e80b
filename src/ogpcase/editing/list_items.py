"""Adds items to a list field of a record, and takes items out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ogpcase.editing.changing import Change, read_again
from ogpcase.editing.setting import Slot, Target, change_to, change_without, items_at, typed_route
from ogpcase.editing.typed_values import ids_in
from ogpcase.errors import BadInput
from ogpcase.model.ids import free_id
from ogpcase.model.publication import EVERYTHING, LeftOut
from ogpcase.model.questions import questions_of
from ogpcase.yamltree.pairing import paired, says
from ogpcase.yamltree.splice import removed
from ogpcase.yamltree.values import as_written


class Item(NamedTuple):
    """An item to add; `id_is_made` says that its id was made of its words, and may be another."""

    value: Any
    id_is_made: bool = False


def change_with_items(target: Target, spot: Slot, new: Iterable[Item]) -> Change:
    """Returns the change that appends items to a list; an item that is there already is not added again.

    Raises BadInput if the list has an item of this name that says something else.
    """
    added = _added(target, spot, new)
    if not added:
        return target.change(target.tree.text)
    return change_to(target, spot, [*items_at(target, spot), *added])


def names_added(target: Target, spot: Slot, new: Iterable[Item]) -> list[str]:
    """Returns the names by which to take out what `change_with_items` adds; none if the list was empty before."""
    return [_name_of(item) for item in _added(target, spot, new)] if items_at(target, spot) else []


def _added(target: Target, spot: Slot, new: Iterable[Item]) -> list[object]:
    items = list(items_at(target, spot))
    held = len(items)
    for item in new:
        if not any(_says_already(old, item) for old in items):
            items.append(_named_apart(target, spot, items, item))
    return items[held:]


def _says_already(old: object, item: Item) -> bool:
    if says(item.value, old):
        return True
    if not isinstance(old, Mapping):
        return False
    if not isinstance(item.value, Mapping):
        return _name_of(old) == _name_of(item.value)
    rest = {key: value for key, value in item.value.items() if key != "id"}
    return item.id_is_made and all(key in old and says(value, old[key]) for key, value in rest.items())


def _name_of(item: object) -> str:
    """Returns the word for an item: the value itself, its id, or its first field."""
    if isinstance(item, Mapping):
        item = item.get("id", next(iter(item.values()), ""))
    return as_written(item)


def _named_apart(target: Target, spot: Slot, items: Sequence[object], item: Item) -> object:
    """Returns the item to append; an id that was made is numbered if the record has it already."""
    value = item.value
    if not isinstance(value, Mapping):
        return value
    if item.id_is_made and "id" in value:
        taken = ids_in(target.values, questions_of(target.model)) | {_name_of(other) for other in items}
        return {**value, "id": free_id(str(value["id"]), taken)}
    name = _name_of(value)
    if any(_name_of(old) == name for old in items if "id" in value or not isinstance(old, Mapping)):
        node = f"{typed_route(spot.route)}#{name if 'id' in value else 1 + [*map(_name_of, items)].index(name)}"
        change = target.root.ogpcase("set", target.reference, f"{node}.FIELD" if "id" in value else node, "VALUE")
        raise BadInput(
            f"`{typed_route(spot.route)}` has `{name}` already, and it says something else", f"change it: {change}"
        )
    return value


def change_without_items(
    target: Target, spot: Slot, words: Iterable[str], alike: Callable[[str], Collection[str]]
) -> Change:
    """Returns the change that takes items out of a list, and the field with the last of them.

    A word is the item itself, its id, or a value in it; `alike` returns further spellings of a word.
    Raises BadInput if no item, or more than one, is meant by a word.
    """
    held = items_at(target, spot)
    gone = {_position_of(held, spot, word, {word, *alike(word)}) for word in words}
    if len(gone) == len(held):
        return change_without(target, spot)
    tree = target.tree
    for position in sorted(gone, reverse=True):
        tree = read_again(tree, removed(tree, (*spot.route, position)))
    return target.change(tree.text)


def _position_of(items: Sequence[object], spot: Slot, word: str, spellings: Collection[str]) -> int:
    named = [position for position, item in enumerate(items) if _name_of(item) in spellings]
    found = named or [
        position
        for position, item in enumerate(items)
        if isinstance(item, Mapping) and not {_name_of(value) for value in item.values()}.isdisjoint(spellings)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        there = f"it has: {', '.join(map(_name_of, items))}" if items else "it is empty"
        raise BadInput(f"`{typed_route(spot.route)}` has no `{word}`", there)
    numbers = " or ".join(f"{typed_route(spot.route)}#{position + 1}" for position in found)
    raise BadInput(f"several items of `{typed_route(spot.route)}` have `{word}`", f"write which one: {numbers}")


def _refuse_to_tell(target: Target, spot: Slot, held: Sequence[object], value: list[Any]) -> None:
    """Raises BadInput if parts that `withhold` names and its new value does not name would become public."""
    old, kept = (
        [str(entry.get("field")) if isinstance(entry, Mapping) else str(entry) for entry in entries]
        for entries in (held, value)
    )
    parts = [part for part in old if part not in kept]
    if parts and EVERYTHING not in kept:
        field = typed_route(spot.route)
        raise BadInput(
            f"this would no longer withhold {', '.join(f'`{part}`' for part in parts)}; nothing was written",
            f"withhold more: {target.root.ogpcase('add', target.reference, field, 'FIELD')}",
            f"publish a part again: {target.root.ogpcase('remove', target.reference, field, parts[0])}",
        )


def refuse_loss(target: Target, spot: Slot, value: object) -> None:
    """Raises BadInput if a new value would silently drop items of a list that say more than a name."""
    held = items_at(target, spot)
    if not isinstance(value, list) or spot.field.shape == "party":
        return
    if spot.field.holds is LeftOut:
        _refuse_to_tell(target, spot, held, value)
        return
    kept = set(paired(list(held), value))
    lost = [item for position, item in enumerate(held) if isinstance(item, Mapping) and position not in kept]
    if lost:
        names, field = ", ".join(map(_name_of, lost)), typed_route(spot.route)
        first = next((f"{field}#{item['id']}" for item in lost if "id" in item), f"{field}#1")
        raise BadInput(
            f"`{field}` holds items that this would drop: {names}",
            f"add another: {target.root.ogpcase('add', target.reference, field, 'VALUE')}",
            f"change one: {target.root.ogpcase('set', target.reference, f'{first}.FIELD', 'VALUE')}",
            f"take one out: {target.root.ogpcase('remove', target.reference, first)}",
        )
