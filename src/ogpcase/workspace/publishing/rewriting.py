"""Records with other parties and references in them: one walk over every field, whatever record it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple, TypeVar

from ogpcase.model.base import Frozen, is_public
from ogpcase.model.events import SignedBy
from ogpcase.model.ids import Reference
from ogpcase.model.parties import UNKNOWN, NamedParty

R = TypeVar("R", bound=Frozen)
_PARTY_IDS = frozenset({"subject", "part_of", "for_"})
"""Fields that hold the id of a party as plain text."""


class Rewriting(NamedTuple):
    """What becomes of the parties and references of a record.

    `party` gives the new id of a party. `stands_last` is true of parties that stand behind the others in a list, in
    the order of their new ids, and of whom no name, office or signature is kept. `reference` gives the new reference.
    """

    party: Callable[[str], str]
    stands_last: Callable[[str], bool]
    reference: Callable[[Reference], Reference]


def rewritten(record: R, how: Rewriting) -> R:
    """Returns the record rewritten, with nothing in the fields that may not be public."""
    update: dict[str, Any] = {}
    for name, public, default in _fields_of(type(record)):
        value = getattr(record, name)
        new = _value(name, value, how) if public else default
        if new is not value:
            update[name] = new
    return record.model_copy(update=update) if update else record


@cache
def _fields_of(model: type[Frozen]) -> tuple[tuple[str, bool, Any], ...]:
    """Returns the fields of a model: name, whether it may be public, and what it is where nothing is said."""
    return tuple((name, is_public(field), field.default) for name, field in model.model_fields.items())


def somebody_in(value: object) -> Iterator[NamedParty | SignedBy]:
    """Yields every naming of a party, and every signature, in a value at any depth."""
    if isinstance(value, NamedParty | SignedBy):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from somebody_in(item)
    elif isinstance(value, Frozen):
        for name in type(value).model_fields:
            yield from somebody_in(getattr(value, name))


def _value(name: str, value: Any, how: Rewriting) -> Any:  # noqa: ANN401 - a field of any record
    if isinstance(value, Reference):
        return how.reference(value)
    if isinstance(value, NamedParty):
        return _named(value, how)
    if isinstance(value, Frozen):
        return rewritten(value, how)
    if isinstance(value, tuple):
        return _list(name, value, how) if value else value
    if name in _PARTY_IDS and isinstance(value, str):
        return how.party(value)
    return value


def _named(party: NamedParty, how: Rewriting) -> NamedParty:
    new = party.party if party.party == UNKNOWN else how.party(party.party)
    return (
        NamedParty.model_construct(party=new)
        if how.stands_last(party.party)
        else party.model_copy(update={"party": new})
    )


def _list(name: str, values: tuple[Any, ...], how: Rewriting) -> tuple[Any, ...]:
    """Rewrites the items of a list; parties that stand last go behind the others, each once."""
    kept = tuple(
        each for each in values if not (isinstance(each, SignedBy) and each.for_ and how.stands_last(each.for_))
    )
    last = [each for each in kept if how.stands_last(_id_in(name, each))]
    if not last:
        return tuple(_value(name, each, how) for each in kept)
    first = (_value(name, each, how) for each in kept if not how.stands_last(_id_in(name, each)))
    behind = {_id_in(name, new): new for new in (_value(name, each, how) for each in last)}
    return (*first, *(behind[each] for each in sorted(behind)))


def _id_in(name: str, value: object) -> str:
    """Returns the id of the party that an item of a list is; empty for any other item."""
    if isinstance(value, NamedParty):
        return value.party
    return value if name in _PARTY_IDS and isinstance(value, str) else ""
