"""Parties (organisations, bodies, offices and persons) and how an event names them; the terms are Popolo's."""

import unicodedata
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import (
    Frozen,
    Id,
    Line,
    PartyId,
    Several,
    Shared,
    Url,
    as_code,
    later,
    later_list,
    one_text_for,
    private,
    public,
    public_list,
)
from ogpcase.model.codelists import Classification
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.publication import PartyPseudonym, Publish, Withheld
from ogpcase.model.sources import PartySource
from ogpcase.model.table_codes import BodyCode
from ogpcase.model.texts import Text, packaged_lines

UNKNOWN = "unknown"
"""The id to write where a source names nobody."""
PUBLIC = "public"
"""The id to write where a paper asks whoever reads it, as a call for comments does."""

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$"), BeforeValidator(as_code)]


class Identifier(Frozen):
    """The identifier of a party in another register."""

    scheme: Line = public("The register, as `wikidata` or `ror`.", required=True)
    identifier: Line = public("The party's identifier there.", required=True)


class Link(Frozen):
    """A page about a party."""

    word_gives = "url"

    url: Url = public("The page's address.", required=True)
    title: Text | None = public("The page's title.")


class Membership(Frozen):
    """A party that another belongs to, and from when until when."""

    party: PartyId = public("The id of the party that it belongs to.", required=True)
    from_: FuzzyDate | None = public("The first day on which it belongs to it, if not always.", alias="from")
    until: FuzzyDate | None = public("The last day on which it belongs to it, if not still.")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.from_ and self.until and self.until.certainly_before(self.from_):
            raise PydanticCustomError("ends_first", "{fields}", {"fields": "from, until"})
        return self

    def holds(self, day: FuzzyDate | None) -> bool | None:
        """True if it holds on a day, or at any time if that is None; None if dates leave it open."""
        if day is None:
            return True
        begins, ends = self.from_, self.until
        if (begins and day.certainly_before(begins)) or (ends and ends.certainly_before(day)):
            return False
        has_begun = begins is None or not day.possibly_before(begins)
        lasts = ends is None or not ends.possibly_before(day)
        return True if has_begun and lasts else None


class Party(Frozen):
    """An organisation, a body, an office or a person, shared by all cases."""

    id: Id = public("", required=True, exclude=True)
    name: Text = public("The name to show: a text, or one text for each language.", required=True, one_line=True)
    other_names: Several[Line] = public_list(
        "Other spellings, short names, former names and translations.", each="other-name"
    )
    classification: Classification = public("What sort of party this is.", required=True)
    country: Country | None = public(
        'ISO 3166-1 alpha-2 code of its country (quote "NO").', prompt="Its country: a code of two letters, as MX."
    )
    body: BodyCode | None = later("Which body of OGP this is; only for the classification `ogp_body`.")
    part_of: Several[Annotated[Membership, one_text_for("party")]] = public_list(
        "The parties that this one belongs to; a mapping says from when until when.", prompt="The party it belongs to."
    )
    identifiers: tuple[Identifier, ...] = later_list("Its identifiers in other registers.", each="identifier")
    links: tuple[Link, ...] = later_list("Pages about it.", each="link")
    sources: tuple[PartySource, ...] = later_list(
        "The texts that state the facts of this record, each written out.", each="source"
    )
    withhold: PartyPseudonym | None = private(
        "What replaces it in the public copy, as `{pseudonym: filer-a, keep: [country]}`.", asked="later"
    )
    publish: Publish | None = private(
        "Why a person may be named in the public copy, as `{because: office}`.", asked="later"
    )
    withheld: tuple[Withheld, ...] = public_list(
        "What this public copy leaves out of the record; `publish` writes it.", in_copies=True
    )

    @field_validator("body")
    @classmethod
    def _is_of_ogp(cls, body: BodyCode | None, info: ValidationInfo) -> BodyCode | None:
        if body is not None and info.data.get("classification") not in {None, Classification.OGP_BODY}:
            raise PydanticCustomError("not_of_ogp", "not of OGP")
        return body

    @property
    def wholes(self) -> tuple[str, ...]:
        """The ids of the parties that this one belongs to at any time."""
        return tuple(membership.party for membership in self.part_of)

    @property
    def left_out(self) -> bool:
        """True if a pseudonym replaces the party in the public copy."""
        return self.withhold is not None

    @property
    def needs_pseudonym(self) -> bool:
        """True if the record has `withhold: all` of the first format, which gives no pseudonym."""
        return self.withhold is not None and not self.withhold.chosen

    def names(self) -> tuple[str, ...]:
        """Returns every name by which the party can be found."""
        return (*self.name.by_language.values(), *self.other_names)


class NamedParty(Shared):
    """A party in an event: its id, and optionally the name as printed and the office that acted."""

    party: PartyId = public(
        "The party's id; `unknown` if the source names nobody, `public` for whoever reads it.", required=True
    )
    as_named: Line | None = public("The name as the paper prints it.")
    office: Line | None = public("The office that acted or was addressed.")

    @property
    def known_id(self) -> str | None:
        """The party's id, or None if nobody is named."""
        return None if self.party == UNKNOWN else self.party

    @property
    def called(self) -> bool:
        """True for the public, and for nobody in particular under a printed name: a call, which nobody owes."""
        return self.party == PUBLIC or (self.party == UNKNOWN and self.as_named is not None)

    def written(self) -> str | dict[str, str]:
        """Returns the value for the file: the id alone, or a mapping if there is more."""
        if self.as_named is None and self.office is None:
            return self.party
        return self.model_dump(exclude_none=True)


@lru_cache(maxsize=4096)
def _named(party: str) -> NamedParty:
    """Returns a party that is named by its id alone: the same few are in most records of a case."""
    return NamedParty(party=party)


def _named_alone(value: object) -> object:
    return _named(value) if type(value) is str else {"party": value} if isinstance(value, str) else value


PartyReference = Annotated[NamedParty, BeforeValidator(_named_alone)]
Parties = Several[PartyReference]


def folded(name: str) -> str:
    """Returns a name for comparison: without case, accents and extra blanks."""
    if not name.isascii():
        name = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(name.casefold().split())


def is_unknown(reference: Any) -> bool:  # noqa: ANN401 - a NamedParty, or None
    """True if the reference names nobody."""
    return reference is None or reference.party == UNKNOWN


def country_known(code: str) -> bool:
    """True if ISO 3166-1 assigns the code, reserves it (`EU`), or leaves it to users."""
    return code in _countries() or code in ("AA", "ZZ") or "QM" <= code <= "QZ" or code[0] == "X"


def country_meant(code: str) -> str | None:
    """Returns the code that people mean by a common wrong one: `GB` for `UK`."""
    return {"UK": "GB", "EL": "GR"}.get(code)


@lru_cache
def _countries() -> frozenset[str]:
    return frozenset(code for line in packaged_lines("countries.txt") for code in line.split())
