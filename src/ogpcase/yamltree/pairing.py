"""Matches the items of a new list to those of an old list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogpcase.yamltree.values import as_written, is_list, same


def paired(old: Sequence[object], new: Sequence[object]) -> list[int | None]:
    """Returns for each new item the position of the matching old item, or None for a new one.

    Items match if they are equal, else if they have the same `id` or, without ids, the same first field, else if only
    their `id` differs. Lists in a list also match if they share an item. Each old item is matched once.
    """
    pairs: dict[int, int] = {}
    free = set(range(len(old)))
    old_parts, new_parts = list(map(_parts, old)), list(map(_parts, new))
    for old_marks, new_marks in ((_whole, _whole), (_old_names, _new_names), (_without_id, _without_id)):
        places: dict[object, list[int]] = {}
        for place in sorted(free):
            for mark in old_marks(old[place]):
                places.setdefault(mark, []).append(place)
        for position in sorted(set(range(len(new))) - pairs.keys()):
            shared = (free.intersection(places.get(mark, ())) for mark in new_marks(new[position]))
            if candidates := next(filter(None, shared), None):
                parts = new_parts[position]
                pairs[position] = max(sorted(candidates), key=lambda place: len(old_parts[place] & parts))
                free.remove(pairs[position])
    return [pairs.get(position) for position in range(len(new))]


def says(value: object, read: object) -> bool:
    """True if a parsed value equals the other, in any order of fields."""
    return same(_sorted(value), _sorted(read))


def _sorted(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if is_list(value) else value


def _spelled(value: object) -> object:
    """Returns a hashable key that is the same for equal values."""
    if isinstance(value, Mapping):
        return ("fields", *((key, _spelled(value[key])) for key in sorted(value)))
    return ("items", *map(_spelled, value)) if is_list(value) else as_written(value)


def _whole(value: object) -> Iterator[object]:
    yield _spelled(value)


def _old_names(value: object) -> Iterator[object]:
    """Yields the keys of an old item: its id, or each of its fields; the first field also as a bare value."""
    if not isinstance(value, Mapping):
        yield "", _spelled(value)
    elif "id" in value:
        yield "id", _spelled(value["id"])
    else:
        yield from ((key, _spelled(inner)) for key, inner in value.items())
        yield from (("", _spelled(inner)) for inner in list(value.values())[:1])


def _new_names(value: object) -> Iterator[object]:
    """Yields the keys of a new item: its id, or its first field."""
    if not isinstance(value, Mapping) or "id" in value:
        yield from _old_names(value)
    else:
        for key, inner in list(value.items())[:1]:
            yield key, _spelled(inner)
            yield "", _spelled(inner)


def _without_id(value: object) -> Iterator[object]:
    """Yields further keys of an item: a mapping without its id, or each item of a list."""
    if isinstance(value, Mapping):
        rest = {key: inner for key, inner in value.items() if key != "id"}
        yield from [_spelled(rest)] if rest else []
    yield from map(_spelled, value if is_list(value) else ())


def _parts(value: object) -> frozenset[object]:
    """Returns the fields of a mapping; among several matches, the one with the most common fields is taken."""
    return (
        frozenset((key, _spelled(inner)) for key, inner in value.items()) if isinstance(value, Mapping) else frozenset()
    )
