"""The header of a case, and what `ogpcase.yaml` says of a folder."""

from __future__ import annotations

from ogpcase.model.base import CaseId, Flag, Frozen, PartyId, Url, private, public, public_list
from ogpcase.model.codelists import Format, Relation, Track, Version
from ogpcase.model.parties import Country
from ogpcase.model.publication import Whole
from ogpcase.model.texts import Language, Text


class Related(Frozen):
    """Another case, here or elsewhere, that stands to this one in some relation; never merged."""

    case: CaseId | None = public("The other case's id, where there is one.")
    relation: Relation = public("How it stands to this case.", required=True)
    track: Track | None = public("Which procedure it is under.")
    title: Text | None = public("What it is, in our own words.")
    url: Url | None = public("A page about it.")


class CaseHeader(Frozen):
    """What `case.yaml` holds. `id` is the folder's name and does not stand in the file."""

    id: CaseId = public("", required=True, exclude=True)
    title: Text = public("The case in one line.", required=True)
    track: Track = public("Which of OGP's procedures the case is under.", required=True)
    policy_version: Version | None = public("The version of the policy in force at filing.")
    subject: PartyId = public("The government the case is about: a party.", required=True)
    country: Country = public('ISO 3166-1 alpha-2 code of the country (quote "NO").', required=True)
    language: Language = public("BCP 47 tag of the language that plain texts of the case are in.", required=True)
    related: tuple[Related, ...] = public_list("Other cases, here or elsewhere; never merged.")
    withhold: Whole | None = private("`all`: the public copy leaves the whole case out.")

    @property
    def left_out(self) -> bool:
        """True where the public copy leaves the whole case out."""
        return self.withhold is not None


class FolderSettings(Frozen):
    """What `ogpcase.yaml` holds."""

    format: Format = public("The format of the folder's records.", required=True)
    public_copy: Flag = public("True where `publish` made this folder.", default=False)


FIRST_FORMAT = FolderSettings(format=Format.FIRST)
"""What is so of a folder without the file."""
