"""Records in the house's order and shape, on request; no record's validity depends on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from ogpcase.diagnostics import FileId, Route
from ogpcase.edits.changing import Change, change_of, stop_where_refused
from ogpcase.edits.setting_shapes import fields_in, part_at
from ogpcase.errors import BadInput
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.header import CaseHeader
from ogpcase.model.parties import Party
from ogpcase.model.record import Frozen
from ogpcase.store.layout import HEADER_NAME, PARTIES
from ogpcase.store.load import Texts
from ogpcase.workspace import Workspace
from ogpcase.yamltree import YamlTree
from ogpcase.yamltree.layout import formatted


def formattings(workspace: Workspace, paths: tuple[Path, ...]) -> Iterator[Change | tuple[FileId, BadInput]]:
    """Yields for each record in `paths` its change, or why it is left as it is; without paths, of all records.

    Raises:
        CannotRead: a path names nothing, or nothing in the case folder; or the disk refuses to show a record.
    """
    wanted = tuple(map(workspace.file_of, paths))
    stop_where_refused(workspace, workspace.parties.problems)
    for loaded in workspace.all():
        stop_where_refused(workspace, loaded.problems)
    for texts in (workspace.parties.texts, *(each.texts for each in workspace.all())):
        for file in sorted({*texts.trees, *texts.broken}):
            if not wanted or any(top in {"", file} or file.startswith(f"{top}/") for top in wanted):
                yield _formatting(workspace, texts, file)


def house_order(tree: YamlTree, route: Route) -> tuple[str, ...]:
    """Returns the names of the fields of the mapping at a route of a record; none for a text by language."""
    part: type | None = _model(tree)
    for step in route:
        if isinstance(step, str):
            part = part_at(part, step) if part is not None else None
    return tuple(field.name for field in fields_in(part)) if part is not None else ()


def _formatting(workspace: Workspace, texts: Texts, file: FileId) -> Change | tuple[FileId, BadInput]:
    tree = texts.trees.get(file)
    if tree is None:
        return file, BadInput("it cannot be read", "mend it first: ogpcase validate")
    try:
        return change_of(workspace, texts, tree, formatted(tree, partial(house_order, tree)))
    except BadInput as why:
        return file, why


def _model(tree: YamlTree) -> type[Frozen] | None:
    if tree.file.startswith(f"{PARTIES}/"):
        return Party
    if tree.file.endswith(f"/{HEADER_NAME}"):
        return CaseHeader
    kind = Kind.of(str(tree.value.get("kind"))) if isinstance(tree.value, dict) else None
    return KINDS[kind] if kind is not None else None
