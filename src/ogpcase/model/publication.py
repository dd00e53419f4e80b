"""What the public copy leaves out of a record (`withhold`), and what the copy says about it (`withheld`).

Only publishing acts on `withhold`; all other commands show the working folder as it is.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator

from ogpcase.model.base import Flag, Frozen, Id, Line, Several, Shared, one_text_for, private, private_list, public
from ogpcase.model.codelists import KeptField, LeavingOutReason, NamingReason

EVERYTHING = "all"
"""The word that leaves out a whole event, source or case."""
Whole = Literal["all"]
NEVER_LEFT_OUT = ("kind", "moves_to", "basis", "context", "withdrawn")
"""Fields that cannot be left out: without them the copy would show another course of the case."""
ABOUT_PUBLICATION = ("withhold", "withheld", "answer_withheld")
"""Fields of an event that say nothing about what happened."""
ABOUT_ITEMS = ("answers", "replies", "findings")
"""Fields whose entries are about an item, and are left out with it."""
WITH_THE_DATE = ("received", "published", "until", "also_dated", "aliases")
"""Fields that reveal the day of an event: left out with `dated`, unless each has an `instead` of its own."""


class LeftOut(Shared):
    """A field or an item of an event that the public copy leaves out."""

    holds_other = "instead"

    field: Line = private(
        "A field, as `summary`; an item, as `requests#shelter`; or `all` for the whole event.", required=True
    )
    instead: Any = private("The value that the copy has instead, as `2018-07` for a day.")
    because: LeavingOutReason | None = private("The reason, which is public.")

    def __hash__(self) -> int:
        return hash((self.field, self.because))  # `instead` may be a list

    @property
    def name(self) -> str:
        """The field left out, or the field of the item."""
        return self.field.partition("#")[0]

    @property
    def item(self) -> str | None:
        """The id of the item left out, or None for a whole field."""
        return self.field.partition("#")[2] if "#" in self.field else None


class Withheld(Shared):
    """In a public copy, a field that was left out in whole or in part."""

    field: Line = public("The field.", required=True)
    because: LeavingOutReason | None = public("The reason.")


class Pseudonym(Frozen):
    """What replaces a party in the public copy. An empty `pseudonym` means `withhold: all` of the first format."""

    pseudonym: Id = private("The id that replaces the party's in the copy, as `filer-a`.", required=True)
    keep: Several[KeptField] = private_list("What the copy may still say about it.")
    linkable: Flag = private(
        "True if the pseudonym may be in several cases, which shows that the same party is in them.", default=False
    )

    @property
    def chosen(self) -> bool:
        """False if the record only says `withhold: all`, as in the first format."""
        return bool(self.pseudonym)


class Publish(Frozen):
    """Permission to name a person in the public copy."""

    because: NamingReason = private("Why the person may be named.", required=True)


def _of_first_format(value: object) -> object:
    return Pseudonym.model_construct(pseudonym="") if value == EVERYTHING else value


ListOfLeftOut = Several[Annotated[LeftOut, one_text_for("field")]]
PartyPseudonym = Annotated[Pseudonym, BeforeValidator(_of_first_format)]


class Parts(NamedTuple):
    """What the copy leaves out of an event: fields with their `instead` (or None), and items as (field, id)."""

    everything: bool
    fields: Mapping[str, Any]
    items: frozenset[tuple[str, str]]
    said: tuple[str, ...] = ()
    """The entries as the record writes them: fields, and items as `field#item`."""

    @property
    def date_goes(self) -> bool:
        """True if the copy has another date or none."""
        return "dated" in self.fields

    @property
    def id_goes(self) -> bool:
        """True if the copy has another id: ids are made of the day, and often of words of the title."""
        return "dated" in self.fields or "title" in self.fields

    def has_item(self, field: str, item: str) -> bool:
        """True if the copy leaves out an item, alone or with its field or event."""
        return self.everything or field in self.fields or (field, item) in self.items


NOTHING_LEFT_OUT = Parts(everything=False, fields={}, items=frozenset())


def parts_of(entries: Iterable[LeftOut], sources: Iterable[str]) -> Parts:
    """Returns what an event with these entries leaves out; `sources` are the ids of sources with `withhold: all`."""
    several = tuple(entries)
    items = {(entry.name, entry.item) for entry in several if entry.item is not None}
    items |= {("sources", source) for source in sources}
    named = {entry.name: entry.instead for entry in several if entry.item is None}
    if EVERYTHING in named:
        return Parts(everything=True, fields={}, items=frozenset(), said=(EVERYTHING,))
    said = (*named, *(f"{field}#{item}" for field, item in sorted(items)))
    if "title" in named:
        named = {"aliases": None, **named}
    if "dated" in named:
        named = {**dict.fromkeys(WITH_THE_DATE), **named}
    return Parts(everything=False, fields=named, items=frozenset(items), said=said)


def left_out_words(count: int) -> str:
    """Returns `withholds 3 things`; empty for 0."""
    return f"withholds {count} {'thing' if count == 1 else 'things'}" if count else ""
