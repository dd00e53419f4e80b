"""What every record is made of: models that cannot be changed, and the scalars in their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, LiteralString

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from ogpcase.model.ids import CASE_ID, EVENT_ID, ID, Reference

NULLABLE = frozenset({"body"})
"""The fields in which `null` says something: that a party is no body of OGP."""


@dataclass(frozen=True, eq=False)
class Plain:
    """The value is what the function makes of the one that is written; the Python type only says what that is.

    Like pydantic's PlainValidator with WithJsonSchema. It asks no schema of the type, which saves a fifth of the time
    that the schemas of all records take.
    """

    function: Callable[[Any], Any]
    json_schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Calls the function, and writes the value as it is."""
        return core_schema.no_info_plain_validator_function(self.function)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Says what was declared."""
        return dict(self.json_schema)


def as_text(value: object) -> str:
    """Returns the written text of a scalar.

    A reader of the file may hand over a number with its `written` text, or a `str` subclass for a plain scalar that
    other readers would take for a date; the latter needs quotes, as do yes/no values.

    Raises:
        PydanticCustomError: of a type that `bind` words for people.
    """
    if type(value) is str:
        if not value.strip():
            raise PydanticCustomError("empty_text", "empty")
        return value
    written = getattr(value, "written", None)
    if isinstance(written, str) and not isinstance(value, str):
        return written
    if isinstance(value, str | bool):
        raise PydanticCustomError("needs_quotes", "needs quotes")
    raise PydanticCustomError("not_text", "not text")


def as_code(value: object) -> object:
    """Returns the written text of a scalar that stands for a code, and everything else as it is."""
    written = getattr(value, "written", None)
    return written if isinstance(written, str) else value


def _checker(pattern: re.Pattern[str], kind: LiteralString) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = as_text(value)
        if not pattern.fullmatch(text):
            raise PydanticCustomError(kind, kind)
        return text

    return check


def _integer(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise PydanticCustomError("not_a_number", "not a whole number")
    if value < 0:
        raise PydanticCustomError("negative_number", "negative")
    return int(value)


def _flag(value: object) -> bool:
    if value is not True and value is not False:
        raise PydanticCustomError("not_a_flag", "neither true nor false")
    return value


def _reference(value: object) -> Reference:
    text = as_text(value)
    if not Reference.fits(text):
        raise PydanticCustomError("bad_reference", "not a reference")
    return Reference(text)


def _item_reference(value: object) -> Reference:
    reference = _reference(value)
    if not reference.item:
        raise PydanticCustomError("bad_item_reference", "not a reference to an item")
    return reference


def _url(value: object) -> str:
    text = as_text(value)
    if not text.startswith(("http://", "https://", "mailto:")) or text.split() != [text]:
        raise PydanticCustomError("bad_url", "not an address")
    return text


_TEXT_OR_NUMBER: dict[str, object] = {"type": ["string", "number"]}

Line = Annotated[str, Plain(as_text, {**_TEXT_OR_NUMBER, "minLength": 1, "pattern": r"\S"})]
Id = Annotated[str, Plain(_checker(ID, "bad_id"), {**_TEXT_OR_NUMBER, "pattern": f"^{ID.pattern}$", "maxLength": 100})]
CaseId = Annotated[str, Plain(_checker(CASE_ID, "bad_id"), {**_TEXT_OR_NUMBER, "pattern": f"^{CASE_ID.pattern}$"})]
EventId = Annotated[str, Plain(_checker(EVENT_ID, "bad_id"), {"type": "string", "pattern": f"^{EVENT_ID.pattern}$"})]
Number = Annotated[int, Plain(_integer, {"type": "integer", "minimum": 0})]
Flag = Annotated[bool, Plain(_flag, {"type": "boolean"})]
Url = Annotated[str, Plain(_url, {"type": "string", "format": "uri", "pattern": r"^(https?://|mailto:)\S+$"})]
AnyReference = Annotated[Reference, Plain(_reference, {"type": "string", "pattern": f"^{Reference.PATTERN.pattern}$"})]
ItemReference = Annotated[
    Reference, Plain(_item_reference, {"type": "string", "pattern": f"^{Reference.ITEM_PATTERN.pattern}$"})
]
Coded = BeforeValidator(as_code)
"""Put before a code list: a code may be written as a plain number (`2017`)."""


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else (value,)


ONE_OR_SEVERAL = BeforeValidator(_listed)
"""Put before a list that one value may stand for."""


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
