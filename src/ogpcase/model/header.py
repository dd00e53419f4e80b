"""The header of a case, and what `ogpcase.yaml` says of a folder."""

from __future__ import annotations

from typing import Annotated

from ogpcase.model.base import CaseId, Coded, Flag, Frozen, Id, Url, described, described_list
from ogpcase.model.codelists import Format, Relation, Track, Version
from ogpcase.model.fields import HEADER
from ogpcase.model.parties import Country
from ogpcase.model.publication import Whole
from ogpcase.model.sources import Language
from ogpcase.model.texts import Text

_ABOUT = {field.name: field.about for field in HEADER}


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
    title: Text = described(_ABOUT["title"], required=True, public=True)
    track: Annotated[Track, Coded] = described(_ABOUT["track"], required=True, public=True)
    policy_version: Annotated[Version, Coded] | None = described(_ABOUT["policy_version"], public=True)
    subject: Id = described(_ABOUT["subject"], required=True, public=True)
    country: Country = described(_ABOUT["country"], required=True, public=True)
    language: Language = described(_ABOUT["language"], required=True, public=True)
    related: tuple[Related, ...] = described_list(_ABOUT["related"], public=True)
    withhold: Whole | None = described(_ABOUT["withhold"], public=False)

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
