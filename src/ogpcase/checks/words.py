"""What a record says in words: every text, name, title and address in it, by its route in the file.

Codes, dates, references and party ids are no words; the ids of items and sources are, told apart as `is_id`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple, get_args

from ogpcase.diagnostics import Route
from ogpcase.model.base import Frozen, is_public
from ogpcase.model.texts import Text

_NO_WORDS = frozenset({
    "case", "country", "field", "for_", "gives", "language", "languages", "part_of", "party", "sha256", "source",
    "subject",
})  # fmt: skip
"""Fields of plain strings that are codes, or name another record or field."""


class Words(NamedTuple):
    """A string of a record: where it stands, whether it is a text for people in some language, or an id.

    `tag` is the language it is given under; None for a plain string.
    """

    route: Route
    text: str
    for_people: bool = False
    tag: str | None = None
    is_id: bool = False


def words_of(record: Frozen) -> Iterator[Words]:
    """Yields every string of a record that says something in words; the record's own id is not among them."""
    yield from _of_fields(record, (), top=True)


def texts_of(record: Frozen) -> list[tuple[Route, Text]]:
    """Returns every text for people of a record, in all its languages at once."""
    found: list[tuple[Route, Text]] = []
    _gather(record, (), found)
    return found


def _gather(record: Frozen, route: Route, found: list[tuple[Route, Text]]) -> None:
    own = vars(record)
    for name, written in _with_texts(record.__class__):
        value = own[name]
        if not value:
            continue
        here = (*route, written)
        if value.__class__ is Text:
            found.append((here, value))
        elif value.__class__ is tuple:
            for position, each in enumerate(value):
                _gather(each, (*here, position), found)
        else:
            _gather(value, here, found)


@cache
def _with_texts(cls: type[Frozen]) -> tuple[tuple[str, str], ...]:
    """Returns the fields of a class in which texts can stand at any depth, each with its name in the file."""
    return tuple((name, _written(cls, name)) for name, field in cls.model_fields.items() if _holds(field.annotation))


def _holds(hint: object) -> bool:
    """True when what is declared so is a text, or holds one."""
    if isinstance(hint, type) and issubclass(hint, Frozen):
        return bool(_with_texts(hint))
    return hint is Text or any(map(_holds, get_args(hint)))


def _of_fields(record: Frozen, route: Route, *, top: bool = False) -> Iterator[Words]:
    for name, value in vars(record).items():
        if not value or (top and name == "id") or not is_public(record.__class__.model_fields[name]):
            continue
        here = (*route, _written(record.__class__, name))
        if name == "id":
            yield Words(here, value, is_id=True)
        elif value.__class__ is tuple:
            for position, each in enumerate(value):
                yield from _of_value(name, each, (*here, position))
        else:
            yield from _of_value(name, value, here)


def _of_value(name: str, value: object, route: Route) -> Iterator[Words]:
    if isinstance(value, Frozen):
        yield from _of_fields(value, route)
    elif isinstance(value, Text):
        for tag, text in value.by_language.items():
            yield Words(route if tag is None else (*route, tag), text, for_people=True, tag=tag)
    elif value.__class__ is str and name not in _NO_WORDS:
        yield Words(route, str(value))


@lru_cache(maxsize=512)
def _written(cls: type[Frozen], name: str) -> str:
    """The field's name in the file: `from` for `from_`."""
    return cls.model_fields[name].alias or name
