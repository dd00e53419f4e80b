"""The scalars that records are made of: how each is taken from what is written, and what JSON Schema says of it."""

from __future__ import annotations

from typing import Annotated, Any

from ogpcase.model.ids import CASE_ID, EVENT_ID, ID, LONGEST_ID, Reference
from ogpcase.model.markers import Before, JsonShape, Plain, Quick
from ogpcase.model.native import PydanticCustomError


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


def _pattern(pattern: Any, kind: str) -> Any:  # noqa: ANN401 - a compiled pattern in, a validator out
    def check(value: object) -> str:
        text = as_text(value)
        if not pattern.fullmatch(text):
            raise PydanticCustomError(kind, kind)
        return text

    return Plain(check)


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


def _taken(pattern: str, most: int | None = None) -> dict[str, Any]:
    """Returns pydantic's schema of a text of this form; none may fit a plain date, which needs quotes."""
    schema = {"type": "str", "strict": True, "pattern": f"^{pattern}"}
    return schema if most is None else {**schema, "max_length": most}


def _taken_reference(pattern: str) -> Quick:
    made = {"type": "no-info", "function": Reference}
    return Quick({"type": "function-after", "function": made, "schema": _taken(pattern, 3 * LONGEST_ID)})


TAKEN_TEXT = _taken(r"[^\x00-\x1f0-9\s]")
"""Text that begins with something to see, which is no digit: in a date that is the first."""
_TELLING = r"(?:[0-9]+-)*[0-9]*[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
"""An id with a letter in it."""
TAKEN_ID = _taken(rf"{_TELLING}$", LONGEST_ID)
_EVENT = rf"(?:{_TELLING}/)?{_TELLING}"
_TAKEN_URL = Quick(_taken(r"(?:https?://|mailto:)[^\x00-\x1f\s]*$"))

_TEXT_OR_NUMBER: dict[str, object] = {"type": ["string", "number"]}

Line = Annotated[
    str, Plain(as_text), Quick(TAKEN_TEXT), JsonShape({**_TEXT_OR_NUMBER, "minLength": 1, "pattern": r"\S"})
]
Id = Annotated[
    str,
    _pattern(ID, "bad_id"),
    Quick(TAKEN_ID),
    JsonShape({**_TEXT_OR_NUMBER, "pattern": f"^{ID.pattern}$", "maxLength": 100}),
]
CaseId = Annotated[
    str, _pattern(CASE_ID, "bad_id"), Quick(TAKEN_ID), JsonShape({**_TEXT_OR_NUMBER, "pattern": f"^{CASE_ID.pattern}$"})
]
EventId = Annotated[
    str,
    _pattern(EVENT_ID, "bad_id"),
    Quick(TAKEN_ID),
    JsonShape({"type": "string", "pattern": f"^{EVENT_ID.pattern}$"}),
]
Number = Annotated[int, Plain(_integer), JsonShape({"type": "integer", "minimum": 0})]
Flag = Annotated[bool, Plain(_flag), JsonShape({"type": "boolean"})]
_URL_SCHEMA: dict[str, object] = {"type": "string", "format": "uri", "pattern": r"^(https?://|mailto:)\S+$"}
Url = Annotated[str, Plain(_url), _TAKEN_URL, JsonShape(_URL_SCHEMA)]
AnyReference = Annotated[
    Reference,
    Plain(_reference),
    _taken_reference(rf"{_EVENT}(?:#{_TELLING})?$"),
    JsonShape({"type": "string", "pattern": f"^{Reference.PATTERN.pattern}$"}),
]
ItemReference = Annotated[
    Reference,
    Plain(_item_reference),
    _taken_reference(rf"{_EVENT}#{_TELLING}$"),
    JsonShape({"type": "string", "pattern": f"^{Reference.ITEM_PATTERN.pattern}$"}),
]
Coded = Before(as_code)
"""Put before a code list: a code may be written as a plain number (`2017`)."""
