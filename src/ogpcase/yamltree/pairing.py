"""Which items of a list are still there in another list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ogpcase.yamltree.values import is_list, same

_FEWEST_ALIKE = 2


def paired(old: Sequence[object], new: Sequence[object]) -> list[int | None]:
    """Returns for each new item the position of the old one that it is; None for one that was not there.

    An item is the same if it is equal; else if it has the same `id` or, without ids, the same first field; else if
    all its fields but one, and two at least, are equal, or if one of the two only has more fields; else, of lists
    in a list, if they share an item. Each old item is taken once.
    """
    pairs: dict[int, int] = {}
    free = set(range(len(old)))

    def take(position: int, places: Iterator[int]) -> None:
        place = max(sorted(places), key=lambda place: _equal_fields(old[place], new[position]), default=None)
        if place is not None:
            pairs[position] = place
            free.remove(place)

    for old_marks, new_marks in ((_whole, _whole), (_old_names, _new_names)):
        marked = _by_mark(old, sorted(free), old_marks)
        for position in (position for position in range(len(new)) if position not in pairs):
            places = (marked.get(mark, []) for mark in new_marks(new[position]))
            take(position, iter(next((there for listed in places if (there := free.intersection(listed))), ())))
    for position in (position for position in range(len(new)) if position not in pairs):
        take(position, (place for place in free if _are_alike(old[place], new[position])))
    return [pairs.get(position) for position in range(len(new))]


def says(value: object, read: object) -> bool:
    """True when what was read is the value, in whatever order of fields."""
    return same(_sorted(value), _sorted(read))


def _sorted(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if is_list(value) else value


def _by_mark(
    items: Sequence[object], places: Sequence[int], marks: Callable[[object], Iterator[object]]
) -> dict[object, list[int]]:
    marked: dict[object, list[int]] = {}
    for place in places:
        for mark in marks(items[place]):
            marked.setdefault(mark, []).append(place)
    return marked


def _spelled(value: object) -> object:
    """Returns what equal values have in common, in a form that can be a key."""
    if isinstance(value, Mapping):
        return ("fields", *((key, _spelled(value[key])) for key in sorted(value)))
    return ("items", *map(_spelled, value)) if is_list(value) else str(getattr(value, "written", value))


def _whole(value: object) -> Iterator[object]:
    yield _spelled(value)


def _old_names(value: object) -> Iterator[object]:
    """Yields what an old item can be known by: its id, or each of its fields; the first field as a bare value too."""
    if not isinstance(value, Mapping):
        yield "", _spelled(value)
    elif "id" in value:
        yield "id", _spelled(value["id"])
    else:
        yield from ((key, _spelled(inner)) for key, inner in value.items())
        yield from (("", _spelled(inner)) for inner in list(value.values())[:1])


def _new_names(value: object) -> Iterator[object]:
    """Yields what a new item is known by: its id, or its first field."""
    if not isinstance(value, Mapping) or "id" in value:
        yield from _old_names(value)
    else:
        for key, inner in list(value.items())[:1]:
            yield key, _spelled(inner)
            yield "", _spelled(inner)


def _equal_fields(old: object, new: object) -> int:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return 0
    return sum(key in old and says(value, old[key]) for key, value in new.items())


def _are_alike(old: object, new: object) -> bool:
    if is_list(old) and is_list(new):
        return not set(map(_spelled, old)).isdisjoint(map(_spelled, new))
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        return False
    equal, fewest, most = _equal_fields(old, new), *sorted((len(old), len(new)))
    return (equal >= _FEWEST_ALIKE and equal >= most - 1) or equal == fewest > 0
