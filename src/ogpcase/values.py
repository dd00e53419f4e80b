"""Values: classes whose instances are what their fields say, and cannot be changed.

What `@dataclass(frozen=True, slots=True)` gives, without writing and compiling Python for each class when it is made:
that cost every command more than all the records of its case. `dataclasses` knows a value as one of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, dataclass_transform, overload

__all__ = ["field", "frozen", "replace"]

T = TypeVar("T")


class _Part(NamedTuple):
    """A field of a value, with what `field` says of it; its default is MISSING where it has none."""

    name: str
    given: bool = True
    default: Any = MISSING
    make: Any = MISSING
    told: bool = True
    compared: bool = True


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T], /) -> type[T]: ...


@overload
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, slots: bool) -> Callable[[type[T]], type[T]]: ...


def frozen(cls: type[Any] | None = None, /, *, slots: bool = True) -> Any:
    """Makes a class of values of one that only names its fields; without slots, where something is reckoned once.

    Methods that the class has itself are kept. As with dataclasses, the instance is made anew where it is copied.
    """
    return (lambda given: _made(given, slots=slots)) if cls is None else _made(cls, slots=slots)


def replace(one: T, /, **changes: Any) -> T:  # noqa: ANN401 - values of any field
    """Returns the value with other values of some fields. Raises TypeError for a field that it has not."""
    names: tuple[str, ...] = type(one).__match_args__  # type: ignore[attr-defined]  # every value has them
    words = [changes.pop(name) if name in changes else getattr(one, name) for name in names]
    return type(one)(*words, **changes)


def _made(cls: type[Any], *, slots: bool) -> type[Any]:
    own = dict(vars(cls))
    above = {each.name: each for each in getattr(cls, "__parts__", ())}
    hints: Mapping[str, str] = own.get("__annotations__", {})
    mine = [_part(name, own.get(name, MISSING)) for name, hint in hints.items() if not hint.startswith("ClassVar")]
    parts = tuple((above | {each.name: each for each in mine}).values())
    given = [each for each in parts if each.given]
    more = {"__parts__": parts, "__match_args__": tuple(each.name for each in given)}
    more["__plain__"] = tuple(each.default for each in given)
    names = [each.name for each in mine]
    if slots:
        more["__slots__"] = tuple(name for name in names if name not in above)
        made = _anew(cls, {name: each for name, each in own.items() if name not in names} | more)
    else:
        made = _extended(cls, [name for name in names if name in own], more)
    for name, method in _methods(made, parts, slots=slots).items():
        if name not in own:
            setattr(made, name, method)
    return made


def _anew(cls: type[Any], own: dict[str, Any]) -> type[Any]:
    """Returns the class made again, since slots can only be given to a new one; `super()` would know the old one."""
    kept = {name: each for name, each in own.items() if name not in {"__dict__", "__weakref__"}}
    made: type[Any] = type(cls)(cls.__name__, cls.__bases__, kept)  # type: ignore[misc]  # mypy takes it for `type`
    made.__qualname__ = cls.__qualname__
    return made


def _extended(cls: type[Any], defaults: list[str], more: dict[str, Any]) -> type[Any]:
    """Returns the class itself, without the defaults of its fields and with what a value has more."""
    for name in defaults:
        delattr(cls, name)
    for name, each in more.items():
        setattr(cls, name, each)
    return cls


def _part(name: str, default: Any) -> _Part:  # noqa: ANN401 - whatever the field is when it is not given
    if not isinstance(default, Field):
        return _Part(name, default=default)
    return _Part(name, default.init, default.default, default.default_factory, default.repr, default.compare)


def _methods(cls: type[Any], parts: tuple[_Part, ...], *, slots: bool) -> dict[str, Any]:
    compared = _getter([each.name for each in parts if each.compared])

    def same(self: object, other: object) -> bool:
        return bool(compared(self) == compared(other)) if type(self) is type(other) else NotImplemented

    methods = {
        "__init__": _maker(cls, parts, slots=slots),
        "__eq__": same,
        "__hash__": lambda self: hash(compared(self)),
        "__repr__": _told,
        "__setattr__": _refuse,
        "__delattr__": _refuse,
        "__dataclass_fields__": _Fields(),
    }
    return methods | ({"__getstate__": _state, "__setstate__": _put_back} if slots else {})


def _maker(cls: type[Any], parts: tuple[_Part, ...], *, slots: bool) -> Callable[..., None]:
    """Returns what fills a new instance."""
    given = [each for each in parts if each.given]
    names = tuple(each.name for each in given)
    beside = [each for each in parts if not each.given and (each.default, each.make) != (MISSING, MISSING)]
    puts = [getattr(cls, name).__set__ for name in names] if slots else []
    after = getattr(cls, "__post_init__", None)
    plain = cls.__plain__
    enough = next((n for n in range(len(given), 0, -1) if plain[n - 1] is MISSING), 0)

    def __init__(self: Any, /, *words: Any, **named: Any) -> None:  # noqa: ANN401, N807 - what any fields hold
        if len(words) != len(names) or named:
            short = enough <= len(words) < len(names) and not named
            words = words + plain[len(words) :] if short else _complete(cls, given, words, named)
        if slots:
            for put, word in zip(puts, words):  # noqa: B905 - they are as many; being strict is not free
                put(self, word)
        else:
            self.__dict__.update(zip(names, words))  # noqa: B905 - the same
        for part in beside:
            object.__setattr__(self, part.name, part.default if part.make is MISSING else part.make())
        if after is not None:
            after(self)

    return __init__


def _complete(cls: type[Any], parts: list[_Part], words: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    """Returns the values of all fields, in their order. Raises TypeError, as any call with wrong arguments does."""
    names, plain = cls.__match_args__, cls.__plain__
    found = [*words, *map(named.pop, names[len(words) :], plain[len(words) :])]
    if named or len(words) > len(parts):
        raise TypeError(f"{cls.__name__} has no place for {', '.join(named) or 'so many values'}")
    for position, part in enumerate(parts):
        if found[position] is MISSING:
            if part.make is MISSING:
                raise TypeError(f"{cls.__name__} needs `{part.name}`")
            found[position] = part.make()
    return tuple(found)


def _getter(names: list[str]) -> Callable[[Any], Any]:
    return attrgetter(*names) if names else lambda _: ()


def _told(self: Any) -> str:  # noqa: ANN401 - any value
    told = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in self.__parts__ if each.told)
    return f"{type(self).__qualname__}({told})"


def _refuse(self: object, name: str, _value: object = None) -> None:
    raise FrozenInstanceError(f"{type(self).__name__} cannot be changed: `{name}`")


def _state(self: Any) -> list[Any]:  # noqa: ANN401 - any value
    return [getattr(self, each.name) for each in self.__parts__]


def _put_back(self: Any, state: Iterable[Any]) -> None:  # noqa: ANN401 - any value
    for each, kept in zip(self.__parts__, state, strict=True):
        object.__setattr__(self, each.name, kept)


class _Fields:
    """What `dataclasses` asks a class for, made by `dataclasses` itself when it asks."""

    def __get__(self, _one: object, cls: type[Any]) -> Mapping[str, Any]:
        hints = {each.name: Any for each in cls.__parts__}
        defaults = {each.name: _as_field(each) for each in cls.__parts__}
        made: Any = dataclass(type(cls.__name__, (), {"__annotations__": hints, **defaults}))
        fields: Mapping[str, Any] = made.__dataclass_fields__
        return fields


def _as_field(part: _Part) -> Any:  # noqa: ANN401 - whatever `field` gives
    return field(init=part.given, repr=part.told, compare=part.compared, kw_only=True, default=None)
