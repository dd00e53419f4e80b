"""From a problem's name of a place to the line and column in the text."""

from __future__ import annotations

from collections.abc import Callable

from ogpcase.diagnostics import Diagnostic, FileId, Place, Problem, Span, Spot
from ogpcase.store.layout import Root
from ogpcase.store.load import Texts
from ogpcase.yamltree.tree import Lines

TOP = Span(1, 1, 1, 1)
"""Where a file is pointed at that has no better place."""


class Locator:
    """Finds the places of problems in files."""

    def __init__(self, root: Root, texts_of: Callable[[FileId], Texts]) -> None:
        """`texts_of` gives the texts of the record or case that a file belongs to."""
        self._root = root
        self._texts_of = texts_of
        self._lines: dict[FileId, Lines] = {}

    def span(self, problem: Problem) -> Span:
        """Returns where the problem's primary place is: far cheaper than locating it."""
        return self._span(problem.places[0])

    def locate(self, problem: Problem) -> Diagnostic:
        """Returns the problem with its places, each with the line it stands on."""
        return Diagnostic(
            code=problem.code,
            name=problem.rule.name,
            severity=problem.rule.severity,
            message=problem.message,
            spots=tuple(map(self._spot, problem.places)),
            notes=problem.notes,
            helps=problem.helps,
        )

    def _spot(self, place: Place) -> Spot:
        span = self._span(place)
        return Spot(self._root.shown_path(place.file), span, place.route, place.label, self._excerpt(place, span))

    def _span(self, place: Place) -> Span:
        tree = self._texts_of(place.file).trees.get(place.file)
        return tree.span_for(place) if tree is not None else place.span or TOP

    def _excerpt(self, place: Place, span: Span) -> str | None:
        """Returns the line to quote; None where there is none."""
        texts = self._texts_of(place.file)
        tree = texts.trees.get(place.file)
        if tree is not None:
            return tree.line(span.line)
        if place.span is None or place.file not in texts.broken:
            return None
        if place.file not in self._lines:
            self._lines[place.file] = Lines(texts.broken[place.file])
        return self._lines[place.file].line(span.line)
