"""Organisations, bodies, offices and persons, in Popolo's words, and how an event names them."""

import unicodedata
from functools import lru_cache
from typing import Annotated, Any, Literal

from ogpcase.model.base import TAKEN_ID, Coded, Id, Line, Url
from ogpcase.model.codelists import Body, Classification
from ogpcase.model.markers import Before, Limits, Quick, field_rule
from ogpcase.model.native import PydanticCustomError
from ogpcase.model.record import Frozen, described, described_list
from ogpcase.model.texts import Text

UNKNOWN = "unknown"
"""Written where a paper or a source names nobody."""

Country = Annotated[str, Limits(pattern=r"^[A-Z]{2}$"), Coded]


class Identifier(Frozen):
    """The number or name of a party in another register."""

    scheme: Line = described("The register, as `wikidata` or `ror`.", required=True)
    identifier: Line = described("The party's number or name there.", required=True)


class Link(Frozen):
    """A page about a party."""

    url: Url = described("The page's address.", required=True)
    title: Text | None = described("What the page is.")


class Party(Frozen):
    """An organisation, a body, an office or a person, shared by all cases."""

    id: Id = described("", required=True, exclude=True)
    name: Text = described("The name to show; a text by language where it has several.", required=True)
    other_names: tuple[Line, ...] = described_list("Other spellings, short names, former names and translations.")
    classification: Annotated[Classification, Coded] = described("What sort of party this is.", required=True)
    country: Country | None = described('ISO 3166-1 alpha-2 code of its country (quote "NO").')
    body: Annotated[Body, Coded] | None = described("Which body of OGP this is; for `ogp_body` only.")
    part_of: tuple[Id, ...] = described_list("Parties this one belongs to.")
    identifiers: tuple[Identifier, ...] = described_list("Its numbers or names in other registers.")
    links: tuple[Link, ...] = described_list("Pages about it.")
    withhold: Literal["all"] | None = described("`all`: the party is nowhere named in what is printed.")

    @field_rule("body")
    @staticmethod
    def _is_of_ogp(body: Body | None, info: Any) -> Body | None:  # noqa: ANN401 - pydantic's notes on the record
        if body is not None and info.data.get("classification") not in {None, Classification.OGP_BODY}:
            raise PydanticCustomError("not_of_ogp", "not of OGP")
        return body

    def names(self) -> tuple[str, ...]:
        """Returns every name the party is found by."""
        return (*self.name.by_language.values(), *self.other_names)


def _long_form(value: object) -> object:
    return {"party": value} if isinstance(value, str) else value


class NamedParty(Frozen):
    """A party in an event: its id, and where wanted the name as printed and the office that acted."""

    party: Id = described("The party's id, or `unknown` where the source names nobody.", required=True)
    as_named: Line | None = described("The name as the paper prints it.")
    office: Line | None = described("The office that acted or was addressed.")

    def written(self) -> str | dict[str, str]:
        """Returns the shortest form that says the same."""
        if self.as_named is None and self.office is None:
            return self.party
        return self.model_dump(exclude_none=True)


@lru_cache(maxsize=4096)
def _by_id(party_id: str) -> NamedParty:
    """Most are named by their id alone, and the same again and again."""
    return NamedParty.model_construct(party=party_id)


_TAKEN = {"type": "function-after", "function": {"type": "no-info", "function": _by_id}, "schema": TAKEN_ID}
PartyReference = Annotated[NamedParty, Before(_long_form), Quick(_TAKEN)]
Parties = tuple[PartyReference, ...]


def folded(name: str) -> str:
    """Returns a name as it is compared: without case, accents and surplus blanks."""
    if not name.isascii():
        name = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    return " ".join(name.casefold().split())


def is_unknown(reference: Any) -> bool:  # noqa: ANN401 - a NamedParty, or nothing at all
    """True when the reference names nobody."""
    return reference is None or reference.party == UNKNOWN
