"""From a problem's name of a place to the line and column in the text, quoting nothing that is withheld."""

from __future__ import annotations

from collections.abc import Mapping

from ogpcase.diagnostics import Diagnostic, FileId, Place, Problem, Span, Spot
from ogpcase.store.layout import Root
from ogpcase.values import replace
from ogpcase.workspace.hidden import Hidden
from ogpcase.workspace.secrecy import OPEN, SILENT, Secrecy, may_withhold, secrecy_of
from ogpcase.yamltree import YamlTree
from ogpcase.yamltree.lines import Lines

TOP = Span(1, 1, 1, 1)
"""Where a file is pointed at that has no better place."""

LEAKS = "OC60"
"""What the codes of leaks begin with: the line they point to is just what must not be quoted."""

_NOBODY = Hidden()


def locate(problem: Problem, trees: Mapping[FileId, YamlTree], root: Root, hidden: Hidden | None = None) -> Diagnostic:
    """Finds the places of one problem; for several see Locator."""
    return Locator(root, trees, {}, hidden or _NOBODY).locate(problem)


class Locator:
    """Finds the places of problems in files: trees by file, and the texts of files that gave none."""

    def __init__(
        self, root: Root, trees: Mapping[FileId, YamlTree], broken: Mapping[FileId, str], hidden: Hidden
    ) -> None:
        self._root = root
        self._trees = trees
        self._broken = broken
        self._hidden = hidden
        self._secrecies: dict[FileId, Secrecy] = {}
        self._lines: dict[FileId, Lines] = {}

    def span(self, problem: Problem) -> Span:
        """Returns where the problem's primary place is: far cheaper than locating it."""
        return self._span(problem.places[0])

    def locate(self, problem: Problem) -> Diagnostic:
        """Returns the problem with its places; where one is withheld, only the rule's first sentence is said."""
        told = self._told(problem)
        return Diagnostic(
            code=told.code,
            name=told.rule.name,
            severity=told.rule.severity,
            message=told.message,
            spots=tuple(self._spot(place, quote=not told.code.startswith(LEAKS)) for place in told.places),
            notes=told.notes,
            helps=told.helps,
        )

    def _told(self, problem: Problem) -> Problem:
        """Returns the problem in words that name nothing withheld."""
        if self._hidden == _NOBODY and not any(map(self._is_withheld, problem.places)):
            return problem
        labels = tuple(place.label for place in problem.places)
        texts = (problem.message, *labels, *problem.notes, *problem.helps)
        said = [self._hidden.without(text) for text in texts]
        if None in said or any(map(self._is_withheld, problem.places)):
            places = (replace(problem.places[0], label=""),)  # another place could tell what this one refers to
            return replace(problem, message=_headline(problem), places=places, notes=(), helps=())
        words = iter(text or "" for text in said)
        return replace(
            problem,
            message=next(words),
            places=tuple(replace(place, label=next(words)) for place in problem.places),
            notes=tuple(next(words) for _ in problem.notes),
            helps=tuple(next(words) for _ in problem.helps),
        )

    def _spot(self, place: Place, *, quote: bool) -> Spot:
        span = self._span(place)
        path = self._hidden.path(self._root, place.file)
        route = () if self._is_withheld(place) else place.route  # its keys are the record's own words
        return Spot(path, span, route, place.label, self._excerpt(place, span) if quote else None)

    def _span(self, place: Place) -> Span:
        tree = self._trees.get(place.file)
        return tree.span_for(place) if tree is not None else place.span or TOP

    def _excerpt(self, place: Place, span: Span) -> str | None:
        """Returns the line to quote; None where there is none, or none that may be quoted."""
        if not self._secrecy(place.file).shows(span.line) or self._is_withheld(place):
            return None
        tree = self._trees.get(place.file)
        if tree is not None:
            line = tree.line(span.line)
        elif place.span is not None and place.file in self._broken:
            if place.file not in self._lines:
                self._lines[place.file] = Lines(self._broken[place.file])
            line = self._lines[place.file].line(span.line)
        else:
            return None
        return None if self._hidden.names_somebody(line) else line

    def _is_withheld(self, place: Place) -> bool:
        secrecy = self._secrecy(place.file)
        if place.span is not None and not place.route:
            return not secrecy.shows(place.span.line)
        return secrecy.covers(place.route)

    def _secrecy(self, file: FileId) -> Secrecy:
        if file not in self._secrecies:
            tree = self._trees.get(file)
            if tree is not None:
                self._secrecies[file] = secrecy_of(tree, self._hidden.parties)
            else:
                self._secrecies[file] = SILENT if may_withhold(self._broken.get(file, "")) else OPEN
        return self._secrecies[file]


def _headline(problem: Problem) -> str:
    """Returns the first sentence of the rule's page, as a message."""
    first = problem.rule.page.strip().partition("\n")[0].rstrip(".")
    return first[:1].lower() + first[1:]
