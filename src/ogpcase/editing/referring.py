"""Finds what refers to a record or to an item of it, in the whole folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from ogpcase.diagnostics import FileId, Place
from ogpcase.editing.renaming import NewName, Use, texts_of_folder, uses_in
from ogpcase.editing.setting import Target
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.ids import Reference
from ogpcase.model.sources import SourceRecord
from ogpcase.workspace.opening import Workspace


def name_of(target: Target, new: str = "") -> NewName:
    """Returns the name of a record, with the id that it will have."""
    if target.case_id is None:
        return NewName("party", target.id, new)
    if target.model is CaseHeader:
        return NewName("case", target.id, new)
    return NewName("source" if target.model is SourceRecord else "event", target.id, new, target.case_id)


def places_naming(workspace: Workspace, target: Target) -> list[Place]:
    """Returns each place of another record that names a record or an item of it; withdrawn records do not count."""
    name = name_of(target)
    return list(_places(workspace, target.tree.file, lambda use, text, here: name.of(use, text, here) is not None))


def places_naming_item(workspace: Workspace, target: Target, item: str) -> list[Place]:
    """Returns each place of another record that names an item of an event; withdrawn records do not count."""

    def names_it(use: Use, text: str, here: str) -> bool:
        reference = Reference(text) if use == "reference" and Reference.fits(text) else None
        return reference is not None and (reference.case or here, reference.event, reference.item) == (
            target.case_id, target.id, item,
        )  # fmt: skip

    return list(_places(workspace, target.tree.file, names_it))


def _places(workspace: Workspace, own: FileId, names_it: Callable[[Use, str, str], bool]) -> Iterator[Place]:
    for loaded in texts_of_folder(workspace):
        for file, tree in loaded.trees.items():
            if file != own and not _is_withdrawn(tree.value):
                here = file.partition("/")[0]
                for route, use, text in uses_in(tree.value, file):
                    if names_it(use, text, here):
                        yield Place(file, route)


def _is_withdrawn(values: Any) -> bool:  # noqa: ANN401 - any parsed value
    return isinstance(values, dict) and values.get("withdrawn") is not None
