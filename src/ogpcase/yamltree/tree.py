"""A record as YAML gave it: plain values, and where each of them stands in the text.

The values are built once, when the file is parsed. Positions are found when somebody asks: until then only the text
is kept, since libyaml's nodes weigh twenty times as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ogpcase.diagnostics import FileId, Part, Place, Problem, Route, Span
from ogpcase.values import frozen
from ogpcase.yamltree.scalars import Scalar

if TYPE_CHECKING:
    from ogpcase.yamltree.lines import Lines
    from ogpcase.yamltree.positions import Positions

Value = Scalar | list["Value"] | dict[str, "Value"]
"""A node's plain value by the YAML 1.2 core schema; dates are text."""


class YamlTree:
    """The values of one file, and their positions."""

    __slots__ = ("_lines", "_positions", "_readable", "file", "text", "value")

    def __init__(self, file: FileId, text: str, value: Value, readable: str | None = None) -> None:
        """`readable` is the text as libyaml was given it, where that is not `text`: as long, with less in it."""
        self.file = file
        self.text = text
        self.value = value
        self._readable = readable
        self._lines: Lines | None = None
        self._positions: Positions | None = None

    def __repr__(self) -> str:
        """Names the file only: values may be confidential."""
        return f"YamlTree({self.file!r})"

    def span_of(self, route: Route, part: Part = "value") -> Span:
        """Returns where the value at this route stands, or its key.

        What is not there falls back to its nearest ancestor that is; a list item's key is the item.
        """
        return self._located().span_of(route, part)

    def span_for(self, place: Place) -> Span:
        """Returns the span a place names by itself, or else that of its route and part."""
        if place.span is not None:
            return place.span
        if place.part == "missing":
            return self._located().span_of_gap(place.route, place.after)
        return self.span_of(place.route, place.part)

    def line(self, number: int) -> str:
        """Returns a line of the source, counted from 1, without its line end."""
        return self._numbered().line(number)

    def routes(self) -> Iterator[Route]:
        """Yields the route of every value, the top's empty one first."""
        return _routes(self.value, ())

    def _numbered(self) -> Lines:
        if self._lines is None:
            from ogpcase.yamltree.lines import Lines

            self._lines = Lines(self.text)
        return self._lines

    def _located(self) -> Positions:
        if self._positions is None:
            from ogpcase.yamltree.positions import Positions  # brings libyaml

            self._positions = Positions(self._numbered(), self._readable or self.text)
        return self._positions


@frozen
class Parsed:
    """What became of a file: its tree, None where nothing sound could be had, and what is wrong with it.

    `text` is there for quoting lines also where there is no tree; None where the bytes are no text.
    """

    tree: YamlTree | None
    problems: tuple[Problem, ...] = ()
    text: str | None = None


def _routes(value: Value, route: Route) -> Iterator[Route]:
    yield route
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _routes(inner, (*route, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _routes(inner, (*route, position))
