"""Sources: the texts in which facts were read. A file of a case holds one, or a record writes it out."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, Field, JsonValue, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import (
    Flag,
    Frozen,
    Id,
    Line,
    Names,
    Several,
    Url,
    as_text,
    later,
    one_text_for,
    private,
    public,
    public_list,
)
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.publication import Whole
from ogpcase.model.texts import Language, Text

SourceId = Annotated[Id, Names("source")]
"""The id of a source that the record lists, be it in a file or written out."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$"), BeforeValidator(as_text)]
FilePath = Annotated[str, Field(pattern=r"^sources/[^/\x00]+(?:/[^/\x00]+)*$"), BeforeValidator(as_text)]
_TELLING = ("title", "url", "file")
"""The fields of which each source has at least one."""


def _needing(*names: str, otherwise: list[JsonValue] | None = None) -> ConfigDict:
    needed: list[JsonValue] = [{"required": [name]} for name in names]
    return ConfigDict(json_schema_extra={"anyOf": [*needed, *(otherwise or [])]})


class Citation(Frozen):
    """What a text is, and where it was read."""

    model_config = _needing("title", "url")

    id: Id = public("", required=True, exclude=True)
    title: Text | None = public("The text's title.", one_line=True)
    publisher: Line | None = public("Who published it.")
    url: Url | None = public("The address where it was read.")
    archived_url: Url | None = later("The address of an archived copy of that page.")
    published: FuzzyDate | None = public("The day it was published.")
    retrieved: FuzzyDate | None = public("The day the author of this record read it there.")
    language: Language | None = public(
        "BCP 47 tag of the language it was read in.", prompt="The language it was read in: its code, as en, es or fr."
    )

    @property
    def is_written_out(self) -> bool:
        """True if it says itself what the text is; otherwise a file says it."""
        return self.title is not None or self.url is not None

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.is_written_out and not self._may_be_named():
            names = [name for name in _TELLING if name in type(self).model_fields]
            raise PydanticCustomError("needs_one", "{fields}", {"fields": ", ".join(names)})
        return self

    def _may_be_named(self) -> bool:
        """True if the id alone may stand for the source."""
        return False


class SourceRecord(Citation):
    """A text in which facts of a case were read. `id` is the file's name without `.yaml` and is not in the file."""

    model_config = _needing(*_TELLING)

    file: FilePath | None = public("The path of a copy kept under the case's `sources/` folder.", asked="never")
    sha256: Sha256 | None = public("SHA-256 digest of that copy: 64 lowercase hexadecimal digits.", asked="never")
    publish_copy: Flag = private("True if the public copy may hold the kept copy too.", default=False, asked="later")
    withhold: Whole | None = private("`all`: the public copy leaves this source out.", asked="later")

    @property
    def is_written_out(self) -> bool:
        """True if it says itself what the text is; otherwise a file says it."""
        return self.title is not None or self.url is not None or self.file is not None

    @property
    def left_out(self) -> bool:
        """True if the public copy leaves the source out."""
        return self.withhold is not None


TEXT_FIELDS = tuple(name for name in SourceRecord.model_fields if name != "id")
"""The fields that say what a source is: those of its file."""


class Source(SourceRecord, defer_build=False):
    """A text that states facts of the record: the id of a file in the case's `sources/`, or written out here."""

    model_config = _needing(*_TELLING, otherwise=[{"propertyNames": {"enum": ["id", "gives", "withhold"]}}])

    id: SourceId = public(
        "The id of a file in the case's `sources/`, or a name that no other source of the case has.", required=True
    )
    gives: Several[Line] = public_list("The fields of this record that it is the source of, as `dated`.")

    def _may_be_named(self) -> bool:
        return not any(getattr(self, name) for name in TEXT_FIELDS if name != "withhold")

    def text_in(self, files: Mapping[str, SourceRecord]) -> SourceRecord:
        """Returns what says what the source is: the source itself, or its file."""
        return self if self.is_written_out else files.get(self.id, self)

    def with_text_of(self, record: SourceRecord | None) -> Self:
        """Returns the source with what its file says of it."""
        if record is None or self.is_written_out:
            return self
        return self.model_copy(update={name: vars(record)[name] for name in TEXT_FIELDS})


NamedSource = Annotated[Source, one_text_for("id")]


class PartySource(Citation):
    """A text that states facts of a party. It is written out, since parties belong to no case."""

    word_gives = "url"

    id: Id = public("A short name for it within this record, as `home-page`.", required=True, asked="never")
    gives: Several[Line] = public_list("The fields of this record that it is the source of, as `name`.")
