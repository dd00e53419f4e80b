"""The later of two versions of a folder, whose messages must name nothing that either of them withholds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ogpcase.diagnostics import Diagnostic, FileId, Problem, Span
from ogpcase.store.files import Files
from ogpcase.store.layout import Root
from ogpcase.values import replace
from ogpcase.views.shown import Reader, Shown
from ogpcase.workspace.hidden import Hidden
from ogpcase.workspace.locating import Locator
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.secrecy import SILENT, Secrecy, may_withhold, secrecy_of


class Later(Workspace):
    """The later of two versions: its messages name nothing that either of them withholds."""

    def __init__(self, root: Root, files: Files, here: Path, before: Workspace) -> None:
        """`before` is the earlier version."""
        super().__init__(root, files, here)
        self.before = before
        self.earlier_paths: Mapping[FileId, FileId] = {}
        """Where records that were renamed stood before, by their path now."""

    def hidden(self) -> Hidden:
        """Returns what no message may name."""
        one, other = self.before.hidden(), super().hidden()
        names = one.names | other.names | _items_withheld(self.before)
        return Hidden(names, one.parties | other.parties, one.files | other.files)

    def locator(self) -> Locator:
        """Returns what finds problems' places, and quotes nothing that either version withholds."""
        return _CarefulLocator(self, super().locator())


def _items_withheld(before: Workspace) -> frozenset[str]:
    """Returns the ids of the items that the earlier version withholds: the later may lack them, and point to them."""
    return frozenset(
        item
        for case in before.all()
        for event in case.casefile.events
        for item, field, _ in event.items()
        if Shown(case.casefile, Reader(date.max)).withholding(event).covers_item(field, item)
    )


class _CarefulLocator(Locator):
    """Says no more than the rule where the earlier version of a file kept back what the later one shows."""

    def __init__(self, later: Later, plain: Locator) -> None:
        self._plain = plain
        self._later = later
        self._known: dict[FileId, bool] = {}
        self._parties = {each: each.hidden().parties for each in (later.before, later)}

    def span(self, problem: Problem) -> Span:
        """Returns where the problem's primary place is."""
        return self._plain.span(problem)

    def locate(self, problem: Problem) -> Diagnostic:
        """Returns the problem with its places."""
        if not any(self._opened(place.file) for place in problem.places):
            return self._plain.locate(problem)
        sentence = problem.rule.page.strip().partition("\n")[0].rstrip(".?")
        bare = replace(problem.places[0], label="", route=(), span=None)
        told = replace(problem, message=sentence[:1].lower() + sentence[1:], places=(bare,), notes=(), helps=())
        found = self._plain.locate(told)
        return replace(found, spots=tuple(replace(spot, excerpt=None) for spot in found.spots))

    def _opened(self, file: FileId) -> bool:
        if file not in self._known:
            then = self._secrecy_in(self._later.before, self._later.earlier_paths.get(file, file))
            now = self._secrecy_in(self._later, file)
            self._known[file] = (then.silent and not now.silent) or not set(then.routes) <= set(now.routes)
        return self._known[file]

    def _secrecy_in(self, workspace: Workspace, file: FileId) -> Secrecy:
        texts = [workspace.parties.texts, *(case.texts for case in workspace.all())]
        tree = next((each.trees[file] for each in texts if file in each.trees), None)
        if tree is not None:
            return secrecy_of(tree, self._parties[workspace])
        broken = next((each.broken[file] for each in texts if file in each.broken), "")
        return SILENT if may_withhold(broken) else Secrecy()
