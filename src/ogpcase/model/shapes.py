"""Records as models of pydantic's, which it makes JSON Schemas of; nothing is bound by them.

A test holds that they take and refuse the same values as the validators of `compiling`.
"""

from __future__ import annotations

import types
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    WithJsonSchema,
    create_model,
    field_validator,
    model_validator,
)

from ogpcase.model.markers import After, Before, JsonShape, Limits, Plain, Quick
from ogpcase.model.record import Declared, Frozen, RecordType


@cache
def model_of(cls: RecordType) -> type[BaseModel]:
    """Returns the model that says of its fields what the class says."""
    extra: Any = dict(cls.json_extra)
    config = ConfigDict(
        frozen=True, extra="forbid", hide_input_in_errors=True, populate_by_name=True, json_schema_extra=extra or None
    )
    fields: Any = {name: (_hint(field.annotation), _field(field)) for name, field in cls.model_fields.items()}
    rules: dict[str, Any] = {f"rule_{name}": field_validator(name)(rule) for name, rule in cls.field_rules.items()}
    rules |= {rule.__name__.strip("_"): model_validator(mode="after")(rule) for rule in cls.whole_rules}
    return create_model(cls.__name__, __config__=config, __doc__=cls.__doc__, __validators__=rules, **fields)


def _field(field: Declared) -> Any:  # noqa: ANN401 - pydantic's own notes on a field
    default = ... if field.required else field.default
    return Field(default, description=field.description or None, alias=field.alias, exclude=field.exclude or None)


def _hint(hint: Any) -> Any:  # noqa: ANN401 - a type, as it was written
    """Returns a type as pydantic writes it: its own markers, and models for records."""
    origin = get_origin(hint)
    if origin is Annotated:
        markers = (each for each in hint.__metadata__ if not isinstance(each, Quick))
        return Annotated[(_hint(hint.__origin__), *map(_marker, markers))]
    if origin is tuple:
        return types.GenericAlias(tuple, (_hint(get_args(hint)[0]), ...))
    if origin in {Union, types.UnionType}:
        return Union[tuple(map(_hint, get_args(hint)))]  # noqa: UP007 - made of a list of types
    return model_of(hint) if isinstance(hint, type) and issubclass(hint, Frozen) else hint


def _marker(marker: object) -> Any:  # noqa: ANN401 - one of pydantic's markers
    if isinstance(marker, Plain):
        return PlainValidator(marker.function)
    if isinstance(marker, Before):
        return BeforeValidator(marker.function)
    if isinstance(marker, After):
        return AfterValidator(marker.function)
    if isinstance(marker, Limits):
        return Field(pattern=marker.pattern, min_length=marker.min_length)
    assert isinstance(marker, JsonShape)
    return WithJsonSchema(marker.schema)
