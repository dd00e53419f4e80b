"""From the fields of a record's class to pydantic's validators of them; each is made once, when it is first asked for.

A class has two. The quick one knows good values only: mostly without a call into Python, and of a field that may be
left out it takes no `null`. What it refuses is for the careful one, which takes the rest and says what is wrong.

The schemas are those of `pydantic_core`, which says what each of them may hold:
https://docs.pydantic.dev/latest/api/pydantic_core_schema/
"""

from __future__ import annotations

import types
from functools import cache
from inspect import get_annotations
from typing import Annotated, Any, Literal, get_args, get_origin

from ogpcase.model.markers import NULLABLE, After, Before, JsonShape, Limits, Plain, Quick
from ogpcase.model.native import SchemaValidator
from ogpcase.model.record import Declared, Frozen, RecordType
from ogpcase.model.stages import CodeList

Schema = dict[str, Any]
_OWN = "__get_pydantic_core_schema__"
"""The method of a type that knows its own schema."""
_QUICK = "quick_schema"
"""The method of such a type that knows what is tried first."""


@cache
def validator_of(cls: RecordType) -> SchemaValidator:
    """Returns the validator of a record's class."""
    return _validator(_CAREFUL, cls)


@cache
def quick_validator_of(cls: RecordType) -> SchemaValidator:
    """Returns the validator that may refuse what the other takes, and makes the same record of what it takes."""
    return _validator(_ONLY_GOOD, cls)


@cache
def hints_of(cls: RecordType) -> dict[str, Any]:
    """Returns the types of the fields that the class itself declares, with their markers."""
    hints = get_annotations(cls)
    return get_annotations(cls, eval_str=True) if any(isinstance(each, str) for each in hints.values()) else hints


class _Schemas:
    """The schemas of one of the two validators."""

    def __init__(self, *, quick: bool) -> None:
        self._is_quick = quick
        self._made: dict[Any, Schema] = {}

    def record(self, cls: RecordType) -> Schema:
        """Returns the schema of a record's class."""
        if cls not in self._made:
            self._made[cls] = self._record(cls)
        return self._made[cls]

    def _record(self, cls: RecordType) -> Schema:
        rules = cls.field_rules
        fields = {name: self._field(name, field, rules.get(name)) for name, field in cls.model_fields.items()}
        config = {"extra_fields_behavior": "forbid", "validate_by_alias": True, "validate_by_name": True}
        inner = {"type": "model-fields", "fields": fields, "model_name": cls.__name__}
        schema: Schema = {"type": "model", "cls": cls, "schema": inner, "config": {**config, "title": cls.__name__}}
        for rule in cls.whole_rules:
            schema = _function("after", rule, schema)
        return schema

    def _field(self, name: str, field: Declared, rule: Any) -> Schema:  # noqa: ANN401 - a rule on one field, or None
        schema = self._of(field.annotation)
        if self._is_quick and schema["type"] == "nullable" and name not in NULLABLE:
            schema = schema["schema"]
        if rule is not None:
            schema = {"type": "function-after", "function": {"type": "with-info", "function": rule}, "schema": schema}
        if not field.required:
            schema = {"type": "default", "schema": schema, "default": field.default}
        return {"type": "model-field", "schema": schema, **({"validation_alias": field.alias} if field.alias else {})}

    def _of(self, hint: Any) -> Schema:  # noqa: ANN401 - a type, as it was written
        if hint not in self._made:
            self._made[hint] = self._new(hint)
        return self._made[hint]

    def _new(self, hint: Any) -> Schema:  # noqa: ANN401 - a type, as it was written
        origin = get_origin(hint)
        if origin is not None:
            return self._made_of(origin, hint)
        if hasattr(hint, _OWN):
            own: Schema = getattr(hint, _OWN)(hint, None)
            return self._first(getattr(hint, _QUICK)(), own)
        if issubclass(hint, Frozen):
            return self.record(hint)
        if issubclass(hint, CodeList):
            return {"type": "enum", "cls": hint, "members": list(hint), "sub_type": "str"}
        assert hint is str, f"no schema is known for {hint}"
        return {"type": "str"}

    def _made_of(self, origin: Any, hint: Any) -> Schema:  # noqa: ANN401 - a type, as it was written, and what it is made by
        if origin is Annotated:
            return self._marked(hint.__origin__, hint.__metadata__)
        if origin is Literal:
            return {"type": "literal", "expected": list(get_args(hint))}
        if origin is tuple:
            return {"type": "tuple", "items_schema": [self._of(get_args(hint)[0])], "variadic_item_index": 0}
        return self._one_of(get_args(hint))

    def _one_of(self, choices: tuple[Any, ...]) -> Schema:
        rest = [self._of(each) for each in choices if each is not types.NoneType]
        found = rest[0] if len(rest) == 1 else {"type": "union", "choices": rest}
        return found if len(rest) == len(choices) else {"type": "nullable", "schema": found}

    def _marked(self, hint: Any, markers: tuple[object, ...]) -> Schema:  # noqa: ANN401 - a type, as it was written
        """Returns the schema of a type with its markers; the first one stands nearest to the type."""
        schema: Schema = {} if any(isinstance(each, Plain) for each in markers) else self._of(hint)
        for each in markers:
            if isinstance(each, Plain):
                schema = {"type": "function-plain", "function": {"type": "no-info", "function": each.function}}
            elif isinstance(each, Before):
                schema = self._first(schema, _function("before", each.function, schema))
            elif isinstance(each, After):
                schema = _function("after", each.function, schema)
            elif isinstance(each, Limits):
                schema = {**schema, **{name: limit for name, limit in each._asdict().items() if limit is not None}}
            elif isinstance(each, Quick):
                schema = self._first(dict(each.schema), schema)
            else:
                assert isinstance(each, JsonShape)
        return schema

    def _first(self, quick: Schema, careful: Schema) -> Schema:
        """Returns the second schema, in the quick validator after the first."""
        return {"type": "union", "mode": "left_to_right", "choices": [quick, careful]} if self._is_quick else careful


_CAREFUL = _Schemas(quick=False)
_ONLY_GOOD = _Schemas(quick=True)


def _validator(schemas: _Schemas, cls: RecordType) -> SchemaValidator:
    return SchemaValidator(schemas.record(cls), {"hide_input_in_errors": True, "title": cls.__name__})


def _function(when: str, function: Any, schema: Schema) -> Schema:  # noqa: ANN401 - a rule of any type
    return {"type": f"function-{when}", "function": {"type": "no-info", "function": function}, "schema": schema}
