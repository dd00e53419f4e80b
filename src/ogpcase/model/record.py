"""What a record is: a pydantic model that cannot be changed and knows all its fields."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo


class Frozen(BaseModel):
    """A value that cannot be changed and knows all its fields.

    Raises pydantic's ValidationError for values that do not fit. `model.bind` words it; nobody above `model` sees it.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, validate_by_name=True, hide_input_in_errors=True
    )


class Public:
    """Says of a field whether a public copy may hold it; every field of every record says so."""

    def __init__(self, *, public: bool) -> None:
        self.public = public


def described(  # noqa: PLR0913 - what a field says, each once
    text: str,
    *,
    public: bool,
    alias: str | None = None,
    required: bool = False,
    default: object = None,
    exclude: bool = False,
) -> Any:  # noqa: ANN401 - it stands where the value will
    """A field with the description that an editor's hover shows; optional unless `required`.

    `public` says whether a public copy may hold it. One that is excluded does not stand in the file.
    """
    start = ... if required else default
    field: Any = Field(start, description=text or None, alias=alias, exclude=exclude or None)
    field.metadata.append(Public(public=public))
    return field


def described_list(text: str, *, public: bool) -> Any:  # noqa: ANN401 - it stands where the value will
    """A list field, empty unless given, with the description that an editor's hover shows."""
    return described(text, public=public, default=())


def is_public(field: FieldInfo) -> bool:
    """True where a public copy may hold the field. Raises LookupError where the field does not say."""
    said = [note.public for note in field.metadata if isinstance(note, Public)]
    if not said:
        raise LookupError("a field of a record does not say whether it may be public")
    return said[0]
