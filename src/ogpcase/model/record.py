"""What a record is: a value that cannot be changed and knows all its fields, bound by a validator of pydantic's.

The fields are declared once, in the classes. Their validator is made when a first record is bound, by `compiling`: to
make pydantic's models of some forty classes costs each run more than all else that a reading command does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import get_annotations
from types import MappingProxyType
from typing import Any, ClassVar, Self, dataclass_transform, get_origin

_NOTHING = object()


class Declared:
    """A field as it is declared: what editors say of it, its name in the file, and what it is when it is not there."""

    __slots__ = ("_name", "_owner", "alias", "default", "description", "exclude", "required")

    def __init__(self, description: str, *, default: object = _NOTHING, alias: str | None, exclude: bool) -> None:
        self.description = description
        self.required = default is _NOTHING
        self.default: Any = None if self.required else default
        self.alias = alias
        self.exclude = exclude
        self._owner: RecordType | None = None
        self._name = ""

    def __set_name__(self, owner: RecordType, name: str) -> None:
        self._owner, self._name = owner, name

    @property
    def annotation(self) -> Any:  # noqa: ANN401 - whatever the field is annotated with
        """The field's type with its markers."""
        from ogpcase.model.compiling import hints_of

        assert self._owner is not None
        return hints_of(self._owner)[self._name]


def described(
    text: str, *, alias: str | None = None, required: bool = False, default: object = None, exclude: bool = False
) -> Any:  # noqa: ANN401 - it stands where the value will
    """A field with the description that an editor's hover shows; optional unless `required`.

    One that is excluded does not stand in the file.
    """
    return Declared(text, default=_NOTHING if required else default, alias=alias, exclude=exclude)


def described_list(text: str) -> Any:  # noqa: ANN401 - it stands where the value will
    """A list field, empty unless given, with the description that an editor's hover shows."""
    return Declared(text, default=(), alias=None, exclude=False)


@dataclass_transform(kw_only_default=True, frozen_default=True)
class RecordType(type):
    """What makes a class of records know its fields, in the order they are declared in, and its rules."""

    model_fields: Mapping[str, Declared] = MappingProxyType({})
    whole_rules: tuple[Callable[[Any], Any], ...] = ()
    field_rules: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType({})
    json_extra: Mapping[str, object] = MappingProxyType({})
    """What JSON Schema says of the whole beside its fields."""

    def __init__(cls, name: str, bases: tuple[type, ...], own: dict[str, Any]) -> None:
        """Gathers the fields and the rules, those of the class above first."""
        super().__init__(name, bases, own)
        fields = dict(cls.model_fields)
        for field, hint in (own.get("__annotations__") or get_annotations(cls)).items():
            if not _is_of_class(hint):
                fields[field] = _declared(cls, field, own.get(field, _NOTHING))
                if field in own:
                    delattr(cls, field)
        cls.model_fields = fields
        cls.whole_rules = (*cls.whole_rules, *(each for each in own.values() if getattr(each, "judges_whole", False)))
        judges = {field: each for each in own.values() if (field := getattr(each, "judges_field", ""))}
        cls.field_rules = {**cls.field_rules, **judges}


class Frozen(metaclass=RecordType):
    """A value that cannot be changed and knows all its fields.

    Made from values that are not bound yet, by the fields' names or those in the file. Raises pydantic's
    ValidationError, which never holds a value.
    """

    __slots__ = ("__dict__", "__pydantic_extra__", "__pydantic_fields_set__", "__pydantic_private__")

    def __init__(self, /, **values: Any) -> None:  # noqa: ANN401 - what is to be bound
        from ogpcase.model.compiling import validator_of

        validator_of(type(self)).validate_python(values, self_instance=self)

    @classmethod
    def model_validate(cls, values: object) -> Self:
        """Binds plain values, or gives a record of this class back. Raises pydantic's ValidationError."""
        from ogpcase.model.compiling import validator_of

        bound: Self = validator_of(cls).validate_python(values)
        return bound

    @classmethod
    def quickly(cls, values: Mapping[str, Any]) -> Self:
        """Binds plain values with which nothing is wrong, to the same record; some good ones it refuses too.

        No field that may be left out is `null`. Raises pydantic's ValidationError, which does not say what is wrong.
        """
        from ogpcase.model.compiling import quick_validator_of

        bound: Self = quick_validator_of(cls).validate_python(values)
        return bound

    @classmethod
    def model_construct(cls, **values: Any) -> Self:  # noqa: ANN401 - values of the fields' types
        """Makes a record of values that are bound already; the rest are defaults."""
        return cls._of({name: values.get(name, field.default) for name, field in cls.model_fields.items()})

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """Returns the record with other values of some fields, which are bound already."""
        return self._of({**self.__dict__, **(update or {})})

    def model_dump(self, *, exclude_none: bool = False) -> dict[str, Any]:
        """Returns the values of the fields, records among them as their values."""
        told = {name: _dumped(getattr(self, name), exclude_none=exclude_none) for name in type(self).model_fields}
        return {name: value for name, value in told.items() if not exclude_none or value is not None}

    @classmethod
    def _of(cls, values: dict[str, Any]) -> Self:
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", values)
        return made

    def __setattr__(self, name: str, value: object) -> None:
        """Refuses: a record cannot be changed."""
        raise AttributeError(name)

    def __delattr__(self, name: str) -> None:
        """Refuses: a record cannot be changed."""
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        one, two = self.__dict__, other.__dict__
        return one == two or all(one[name] == two[name] for name in type(self).model_fields)  # more: what was reckoned

    def __hash__(self) -> int:
        own = self.__dict__
        return hash(tuple(own[name] for name in type(self).model_fields))

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in type(self).model_fields)
        return f"{type(self).__name__}({told})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and sends the values that are bound."""
        return _again, (type(self), {name: self.__dict__[name] for name in type(self).model_fields})


def _again(cls: type[Frozen], values: dict[str, Any]) -> Frozen:
    return cls.model_construct(**values)


def _is_of_class(hint: Any) -> bool:  # noqa: ANN401 - a type, or its text where the module keeps them so
    """True where what is declared is no field of a record, but something of the class."""
    return hint.startswith("ClassVar") if isinstance(hint, str) else hint is ClassVar or get_origin(hint) is ClassVar


def _declared(owner: RecordType, name: str, given: object) -> Declared:
    """Returns a field that is described, or one of which only its default or not even that is said."""
    if isinstance(given, Declared):
        return given
    made = Declared("", default=given, alias=None, exclude=False)
    made.__set_name__(owner, name)
    return made


def _dumped(value: object, *, exclude_none: bool) -> object:
    if isinstance(value, Frozen):
        return value.model_dump(exclude_none=exclude_none)
    if isinstance(value, tuple):
        return tuple(_dumped(each, exclude_none=exclude_none) for each in value)
    return value
