"""The fields of events by the names that a table gives them: `dated`, `title.es`, `requests.text`, `sources.url`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ogpcase.model.codelists import Kind
from ogpcase.model.questions import Question, fields_of, known_names, questions_of
from ogpcase.model.texts import LANGUAGE


class FieldPath(NamedTuple):
    """A field of events, or a field of its items (`inner`); of a text perhaps one language."""

    field: Question
    inner: Question | None = None
    language: str | None = None

    @property
    def name(self) -> str:
        """The path as it is written, as `requests.text`."""
        return ".".join(filter(None, (self.field.name, self.inner.name if self.inner else None, self.language)))

    @property
    def last(self) -> Question:
        """The field that holds the value."""
        return self.inner or self.field

    def fits(self, kind: Kind) -> bool:
        """True if events of this kind have the field."""
        return self.field.name in known_names(kind)


def path_named(name: str) -> FieldPath | None:
    """Returns the path of this name; None if no kind of event has such a field."""
    known = paths_by_name()
    if name in known:
        return known[name]
    start, _, tag = name.rpartition(".")
    path = known.get(start)
    if path is None or path.last.shape != "text" or not LANGUAGE.fullmatch(tag):
        return None
    return path._replace(language=tag)


@cache
def paths_by_name() -> dict[str, FieldPath]:
    """Returns every path by its name, without those of single languages."""
    return {path.name: path for path in _paths()}


def _paths() -> Iterator[FieldPath]:
    for field in fields_of(*Kind):
        if not field.in_copies:
            yield FieldPath(field)
            yield from (FieldPath(field, inner) for inner in questions_of(field.holds) if not inner.in_copies)
