"""From the fields of a record's class to pydantic's validator of them; each is made once, when it is first asked for.

The schemas are those of `pydantic_core`, which says what each of them may hold:
https://docs.pydantic.dev/latest/api/pydantic_core_schema/
"""

from __future__ import annotations

import types
from functools import cache
from inspect import get_annotations
from typing import Annotated, Any, Literal, get_args, get_origin

from ogpcase.model.markers import After, Before, JsonShape, Limits, Plain
from ogpcase.model.native import SchemaValidator
from ogpcase.model.record import Declared, Frozen, RecordType
from ogpcase.model.stages import CodeList

Schema = dict[str, Any]
_OWN = "__get_pydantic_core_schema__"
"""The method of a type that knows its own schema."""


@cache
def validator_of(cls: RecordType) -> SchemaValidator:
    """Returns the validator of a record's class."""
    return SchemaValidator(_record(cls), {"hide_input_in_errors": True, "title": cls.__name__})


@cache
def hints_of(cls: RecordType) -> dict[str, Any]:
    """Returns the types of the fields that the class itself declares, with their markers."""
    hints = get_annotations(cls)
    return get_annotations(cls, eval_str=True) if any(isinstance(each, str) for each in hints.values()) else hints


@cache
def _record(cls: RecordType) -> Schema:
    rules = cls.field_rules
    fields = {name: _field(field, rules.get(name)) for name, field in cls.model_fields.items()}
    config = {"extra_fields_behavior": "forbid", "validate_by_alias": True, "validate_by_name": True}
    inner = {"type": "model-fields", "fields": fields, "model_name": cls.__name__}
    schema: Schema = {"type": "model", "cls": cls, "schema": inner, "config": {**config, "title": cls.__name__}}
    for rule in cls.whole_rules:
        schema = _function("after", rule, schema)
    return schema


def _field(field: Declared, rule: Any) -> Schema:  # noqa: ANN401 - a rule on one field, or None
    schema = _schema(field.annotation)
    if rule is not None:
        schema = {"type": "function-after", "function": {"type": "with-info", "function": rule}, "schema": schema}
    if not field.required:
        schema = {"type": "default", "schema": schema, "default": field.default}
    return {"type": "model-field", "schema": schema, **({"validation_alias": field.alias} if field.alias else {})}


@cache
def _schema(hint: Any) -> Schema:  # noqa: ANN401 - a type, as it was written
    origin = get_origin(hint)
    if origin is not None:
        return _made_of(origin, hint)
    if hasattr(hint, _OWN):
        own: Schema = getattr(hint, _OWN)(hint, None)
        return own
    if issubclass(hint, Frozen):
        return _record(hint)
    if issubclass(hint, CodeList):
        return {"type": "enum", "cls": hint, "members": list(hint), "sub_type": "str"}
    assert hint is str, f"no schema is known for {hint}"
    return {"type": "str"}


def _made_of(origin: Any, hint: Any) -> Schema:  # noqa: ANN401 - a type, as it was written, and what it is made by
    if origin is Annotated:
        return _marked(hint.__origin__, hint.__metadata__)
    if origin is Literal:
        return {"type": "literal", "expected": list(get_args(hint))}
    if origin is tuple:
        return {"type": "tuple", "items_schema": [_schema(get_args(hint)[0])], "variadic_item_index": 0}
    return _one_of(get_args(hint))


def _one_of(choices: tuple[Any, ...]) -> Schema:
    rest = [_schema(each) for each in choices if each is not types.NoneType]
    found = rest[0] if len(rest) == 1 else {"type": "union", "choices": rest}
    return found if len(rest) == len(choices) else {"type": "nullable", "schema": found}


def _marked(hint: Any, markers: tuple[object, ...]) -> Schema:  # noqa: ANN401 - a type, as it was written
    """Returns the schema of a type with its markers; the first one stands nearest to the type."""
    schema: Schema = {} if any(isinstance(each, Plain) for each in markers) else _schema(hint)
    for each in markers:
        if isinstance(each, Plain):
            schema = {"type": "function-plain", "function": {"type": "no-info", "function": each.function}}
        elif isinstance(each, Before):
            schema = _function("before", each.function, schema)
        elif isinstance(each, After):
            schema = _function("after", each.function, schema)
        elif isinstance(each, Limits):
            schema = {**schema, **{name: limit for name, limit in each._asdict().items() if limit is not None}}
        else:
            assert isinstance(each, JsonShape)
    return schema


def _function(when: str, function: Any, schema: Schema) -> Schema:  # noqa: ANN401 - a rule of any type
    return {"type": f"function-{when}", "function": {"type": "no-info", "function": function}, "schema": schema}
