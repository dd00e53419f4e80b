"""Where each fact was read, where sources disagree, and why a step stands outside the policy."""

from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import Flag, Frozen, Id, Line, Several, Url, as_text, described, described_list
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.publication import Whole
from ogpcase.model.texts import LANGUAGE, Text

Language = Annotated[str, Field(pattern=f"^{LANGUAGE.pattern}$"), BeforeValidator(as_text)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$"), BeforeValidator(as_text)]
FilePath = Annotated[str, Field(pattern=r"^sources/[^/\x00]+(?:/[^/\x00]+)*$"), BeforeValidator(as_text)]


class Source(Frozen):
    """A text that facts of the record were read in."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["title"]}, {"required": ["url"]}, {"required": ["file"]}]}
    )

    id: Id = described("A short name for it within this record, as `ogp-page` or `s1`.", required=True, public=True)
    title: Text | None = described("The text's title.", public=True)
    publisher: Line | None = described("Who made it public.", public=True)
    url: Url | None = described("Where it was read.", public=True)
    archived_url: Url | None = described("An archived copy of that page.", public=True)
    retrieved: FuzzyDate | None = described("The day it was read there by whoever made this record.", public=True)
    language: Language | None = described("BCP 47 tag of the language it was read in.", public=True)
    gives: Several[Line] = described_list("The fields of this record it is the source of, as `dated`.", public=True)
    file: FilePath | None = described("A copy kept under the case's `sources/` folder.", public=True)
    sha256: Sha256 | None = described("SHA-256 digest of that copy: 64 lowercase hexadecimal digits.", public=True)
    publish_copy: Flag = described(
        "True where the public copy may hold that kept copy too.", public=False, default=False
    )
    withhold: Whole | None = described("`all`: the public copy leaves this source out.", public=False)

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.title is None and self.url is None and self.file is None:
            raise PydanticCustomError("needs_one", "{fields}", {"fields": "title, url, file"})
        return self


class AlsoDated(Frozen):
    """Another date for the same event, from another source; both are kept and shown."""

    value: FuzzyDate = described("The other date.", required=True, public=True)
    source: Id = described("The id of the source that gives it.", required=True, public=True)


class AlsoStated(Frozen):
    """Another value for one of the record's facts, from another source; both are kept and shown."""

    field: Line = described("The field that this source states otherwise.", required=True, public=True)
    value: Several[Line] = described("What it states; one or several.", required=True, public=True)
    source: Id = described("The id of the source that states it.", required=True, public=True)


class Departure(Frozen):
    """Why a step is true although the policy did not foresee it or nobody could verify it."""

    because: Text = described("The reason, in our own words.", required=True, public=True)
    sources: Several[Id] = described_list("The ids of the sources that show it.", public=True)
