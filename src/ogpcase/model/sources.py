"""Where each fact was read, where sources disagree, and why a step stands outside the policy."""

from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import Flag, Frozen, Id, Line, Several, Url, as_text, private, public, public_list
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

    id: Id = public("A short name for it within this record, as `ogp-page` or `s1`.", required=True)
    title: Text | None = public("The text's title.")
    publisher: Line | None = public("Who made it public.")
    url: Url | None = public("Where it was read.")
    archived_url: Url | None = public("An archived copy of that page.")
    retrieved: FuzzyDate | None = public("The day it was read there by whoever made this record.")
    language: Language | None = public("BCP 47 tag of the language it was read in.")
    gives: Several[Line] = public_list("The fields of this record it is the source of, as `dated`.")
    file: FilePath | None = public("A copy kept under the case's `sources/` folder.")
    sha256: Sha256 | None = public("SHA-256 digest of that copy: 64 lowercase hexadecimal digits.")
    publish_copy: Flag = private("True where the public copy may hold that kept copy too.", default=False)
    withhold: Whole | None = private("`all`: the public copy leaves this source out.")

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.title is None and self.url is None and self.file is None:
            raise PydanticCustomError("needs_one", "{fields}", {"fields": "title, url, file"})
        return self


class AlsoDated(Frozen):
    """Another date for the same event, from another source; both are kept and shown."""

    value: FuzzyDate = public("The other date.", required=True)
    source: Id = public("The id of the source that gives it.", required=True)


class AlsoStated(Frozen):
    """Another value for one of the record's facts, from another source; both are kept and shown."""

    field: Line = public("The field that this source states otherwise.", required=True)
    value: Several[Line] = public("What it states; one or several.", required=True)
    source: Id = public("The id of the source that states it.", required=True)


class Departure(Frozen):
    """Why a step is true although the policy did not foresee it or nobody could verify it."""

    because: Text = public("The reason, in our own words.", required=True)
    sources: Several[Id] = public_list("The ids of the sources that show it.")
