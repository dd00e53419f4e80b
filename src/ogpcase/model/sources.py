"""Where each fact was read, where sources disagree, and why a step stands outside the policy."""

from typing import Annotated, ClassVar, Self

from ogpcase.model.base import Id, Line, Url, as_text
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.markers import Before, Limits, whole_rule
from ogpcase.model.native import PydanticCustomError
from ogpcase.model.record import Frozen, described, described_list
from ogpcase.model.texts import LANGUAGE, Text

Language = Annotated[str, Limits(pattern=f"^{LANGUAGE.pattern}$"), Before(as_text)]
Sha256 = Annotated[str, Limits(pattern=r"^[0-9a-f]{64}$"), Before(as_text)]
FilePath = Annotated[str, Limits(pattern=r"^sources/[^/\x00]+(?:/[^/\x00]+)*$"), Before(as_text)]


class Source(Frozen):
    """A text that facts of the record were read in."""

    json_extra: ClassVar = {"anyOf": [{"required": ["title"]}, {"required": ["url"]}, {"required": ["file"]}]}

    id: Id = described("A short name for it within this record, as `ogp-page` or `s1`.", required=True)
    title: Text | None = described("The text's title.")
    publisher: Line | None = described("Who made it public.")
    url: Url | None = described("Where it was read.")
    archived_url: Url | None = described("An archived copy of that page.")
    retrieved: FuzzyDate | None = described("The day it was read there by whoever made this record.")
    language: Language | None = described("BCP 47 tag of the language it was read in.")
    gives: tuple[Line, ...] = described_list("The fields of this record it is the source of, as `dated`.")
    file: FilePath | None = described("A copy kept under the case's `sources/` folder.")
    sha256: Sha256 | None = described("SHA-256 digest of that copy: 64 lowercase hexadecimal digits.")

    @whole_rule
    def _names_something(self) -> Self:
        if self.title is None and self.url is None and self.file is None:
            raise PydanticCustomError("needs_one", "{fields}", {"fields": "title, url, file"})
        return self


class AlsoDated(Frozen):
    """Another date for the same event, from another source; both are kept and shown."""

    value: FuzzyDate = described("The other date.", required=True)
    source: Id = described("The id of the source that gives it.", required=True)


def _values(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


class AlsoStated(Frozen):
    """Another value for one of the record's facts, from another source; both are kept and shown."""

    field: Line = described("The field that this source states otherwise.", required=True)
    value: Annotated[tuple[Line, ...], Before(_values)] = described("What it states; one or several.", required=True)
    source: Id = described("The id of the source that states it.", required=True)


class Departure(Frozen):
    """Why a step is true although the policy did not foresee it or nobody could verify it."""

    because: Text = described("The reason, in our own words.", required=True)
    sources: tuple[Id, ...] = described_list("The ids of the sources that show it.")
