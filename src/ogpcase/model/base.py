"""The scalars that records are made of: how each is taken from what is written, and what JSON Schema says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, LiteralString

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from ogpcase.model.ids import CASE_ID, EVENT_ID, ID, Reference
from ogpcase.model.markers import Plain


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
