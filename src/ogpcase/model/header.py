"""The header of a case, and what `ogpcase.yaml` says of a folder."""

from __future__ import annotations

from typing import Annotated

from ogpcase.model.base import CaseId, Coded, Flag, Frozen, PartyId, Url, described, described_list
from ogpcase.model.codelists import Format, Relation, Track, Version
from ogpcase.model.parties import Country
from ogpcase.model.publication import Whole
from ogpcase.model.sources import Language
from ogpcase.model.texts import Text


class Related(Frozen):
    """Another case, here or elsewhere, that stands to this one in some relation; never merged."""

    case: CaseId | None = described("The other case's id, where there is one.", public=True)
    relation: Annotated[Relation, Coded] = described("How it stands to this case.", required=True, public=True)
    track: Annotated[Track, Coded] | None = described("Which procedure it is under.", public=True)
    title: Text | None = described("What it is, in our own words.", public=True)
    url: Url | None = described("A page about it.", public=True)


class CaseHeader(Frozen):
    """What `case.yaml` holds. `id` is the folder's name and does not stand in the file."""

    id: CaseId = described("", required=True, exclude=True, public=True)
    title: Text = described("The case in one line.", required=True, public=True)
    track: Annotated[Track, Coded] = described(
        "Which of OGP's procedures the case is under.", required=True, public=True
    )
    policy_version: Annotated[Version, Coded] | None = described(
        "The version of the policy in force at filing.", public=True
    )
    subject: PartyId = described("The government the case is about: a party.", required=True, public=True)
    country: Country = described('ISO 3166-1 alpha-2 code of the country (quote "NO").', required=True, public=True)
    language: Language = described(
        "BCP 47 tag of the language that plain texts of the case are in.", required=True, public=True
    )
    related: tuple[Related, ...] = described_list("Other cases, here or elsewhere; never merged.", public=True)
    withhold: Whole | None = described("`all`: the public copy leaves the whole case out.", public=False)

    @property
    def left_out(self) -> bool:
        """True where the public copy leaves the whole case out."""
        return self.withhold is not None


class FolderSettings(Frozen):
    """What `ogpcase.yaml` holds."""

    format: Annotated[Format, Coded] = described("The format of the folder's records.", public=True, required=True)
    public_copy: Flag = described("True where `publish` made this folder.", public=True, default=False)


FIRST_FORMAT = FolderSettings(format=Format.FIRST)
"""What is so of a folder without the file."""
