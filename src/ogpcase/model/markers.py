"""Markers that a field's type carries in `Annotated`, beside pydantic's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

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
