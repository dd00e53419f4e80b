"""What a record says of its own publication: what the public copy leaves out, and what a copy says was left out.

Only publishing acts on `withhold`; commands show the working folder as it is. `withheld` stands in a copy, where it is
an ordinary field.
"""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BeforeValidator

from ogpcase.model.base import Flag, Frozen, Id, Line, Several, one_text_for, private, private_list, public
from ogpcase.model.codelists import KeptField, LeavingOutReason, NamingReason

EVERYTHING = "all"
"""Written where a whole event, source or case is left out."""
Whole = Literal["all"]
NEVER_LEFT_OUT = ("kind", "moves_to", "basis", "context")
"""Fields without which the copy would tell another story of the case."""
ABOUT_PUBLICATION = ("withhold", "withheld", "answer_withheld")
"""Fields of an event that say nothing of what happened."""
WITH_THE_DATE = ("received", "published", "until", "also_dated")
"""Fields that tell the day of an event, and go with its date unless each has a value of its own instead."""


class LeftOut(Frozen):
    """A field or an item of an event that the public copy leaves out."""

    field: Line = private(
        "A field, as `summary`; an item, as `requests#shelter`; or `all` for the whole event.", required=True
    )
    instead: Any = private("What stands there in the copy, as `2018-07` for a day.")
    because: LeavingOutReason | None = private("Why; the copy tells it.")

    def __hash__(self) -> int:
        return hash((self.field, self.because))  # `instead` may be a list

    @property
    def name(self) -> str:
        """The field that is named, or that the item named stands in."""
        return self.field.partition("#")[0]

    @property
    def item(self) -> str | None:
        """The id of the item that is named; None where a whole field is."""
        return self.field.partition("#")[2] if "#" in self.field else None


class Withheld(Frozen):
    """What a public copy says of a field that was left out, in whole or in part."""

    field: Line = public("The field.", required=True)
    because: LeavingOutReason | None = public("Why.")


class Pseudonym(Frozen):
    """What stands for a party in the public copy. An empty `pseudonym` is the first format's `all`."""

    pseudonym: Id = private("The id that stands for the party in the copy, as `filer-a`.", required=True)
    keep: Several[KeptField] = private_list("What the copy may still say of it.")
    linkable: Flag = private(
        "True where the pseudonym may stand in several cases, which shows that they are of one party.", default=False
    )

    @property
    def chosen(self) -> bool:
        """False where the record only says `withhold: all`, as the first format had it."""
        return bool(self.pseudonym)


class Publish(Frozen):
    """That a person may be named in the public copy."""

    because: NamingReason = private("Why the person may be named.", required=True)


def _of_first_format(value: object) -> object:
    return Pseudonym.model_construct(pseudonym="") if value == EVERYTHING else value


ListOfLeftOut = Several[Annotated[LeftOut, one_text_for("field")]]
PartyPseudonym = Annotated[Pseudonym, BeforeValidator(_of_first_format)]


class Parts(NamedTuple):
    """What an event leaves out of the copy: fields with what stands instead (None: nothing), and items by field."""

    everything: bool
    fields: Mapping[str, Any]
    items: frozenset[tuple[str, str]]
    said: tuple[str, ...] = ()
    """What the record names, as it is written: fields, and items as `field#item`."""

    @property
    def date_goes(self) -> bool:
        """True where the copy has another date, or none."""
        return "dated" in self.fields

    @property
    def id_goes(self) -> bool:
        """True where the copy has another id: it is made of the day, and often of words of the title."""
        return "dated" in self.fields or "title" in self.fields

    def has_item(self, field: str, item: str) -> bool:
        """True where an item goes, alone or with its field or the whole event."""
        return self.everything or field in self.fields or (field, item) in self.items


NOTHING_LEFT_OUT = Parts(everything=False, fields={}, items=frozenset())


def parts_of(entries: Iterable[LeftOut], sources: Iterable[str]) -> Parts:
    """Returns what an event with these entries leaves out; `sources` are ids of sources that say so themselves."""
    several = tuple(entries)
    items = {(entry.name, entry.item) for entry in several if entry.item is not None}
    items |= {("sources", source) for source in sources}
    named = {entry.name: entry.instead for entry in several if entry.item is None}
    if EVERYTHING in named:
        return Parts(everything=True, fields={}, items=frozenset(), said=(EVERYTHING,))
    said = (*named, *(f"{field}#{item}" for field, item in sorted(items)))
    if "dated" in named:
        named = {**dict.fromkeys(WITH_THE_DATE), **named}
    return Parts(everything=False, fields=named, items=frozenset(items), said=said)


def left_out_words(count: int) -> str:
    """Returns `withholds 3 things`; empty where nothing is withheld."""
    return f"withholds {count} {'thing' if count == 1 else 'things'}" if count else ""
