"""Finds what refers to a record or to an item of it, in the whole folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId, Place
from ogpcase.editing.changing import BYTE_ORDER_MARK, Change
from ogpcase.editing.renaming import NewName, Use, refuse_not_read, texts_of_folder, uses_in
from ogpcase.editing.setting import Target
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import Kind
from ogpcase.model.ids import Reference
from ogpcase.model.questions import fields_of
from ogpcase.model.sources import SourceRecord
from ogpcase.store.files import RECORD
from ogpcase.store.layout import EVENTS
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse


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


class Lost(NamedTuple):
    """An event or an item of one that a change takes away, as commands take it, and the places that name it."""

    reference: str
    places: tuple[Place, ...]


def lost_by(workspace: Workspace, change: Change) -> Iterator[Lost]:
    """Yields what a change of an event takes away although another record names it: items, or all by withdrawing it.

    Withdrawn records name nothing. Raises BadInput if an unreadable record may name what is lost.
    """
    case_id, folder, name = change.file.partition(f"/{EVENTS}/")
    old, new = (_values(change.file, text) for text in (change.old, change.new))
    if not folder or change.sha256 is None or _is_withdrawn(old):
        return
    event = NewName("event", name.removesuffix(RECORD), "", case_id)
    lost = [None] if _is_withdrawn(new) else [item for item in _items(old) if item not in _items(new)]
    for item in lost:
        places = _places(workspace, change.file, partial(_names_it, event, item))
        yield Lost(f"{case_id}/{event.old}" + (f"#{item}" if item else ""), tuple(places))
        refuse_not_read(workspace, event, but=change.file)


def _names_it(event: NewName, item: str | None, use: Use, text: str, here: str) -> bool:
    """True if a reference names the event, or with an item, this item of it."""
    names_event = use == "reference" and event.of(use, text, here) is not None
    return names_event and (item is None or Reference(text).item == item)


def _values(file: FileId, text: str) -> object:
    """Returns the values of a text; None if it cannot be read."""
    tree = parse(text.removeprefix(BYTE_ORDER_MARK).encode("utf-8", "surrogateescape"), file).tree
    return tree.value if tree is not None else None


def _items(values: object) -> list[str]:
    """Returns the ids of the items of an event to which others may refer."""
    fields = [field.name for field in fields_of(*Kind) if field.shape == "mapping"]
    lists = (values.get(name) for name in fields) if isinstance(values, dict) else ()
    items = (item for listed in lists if isinstance(listed, list) for item in listed if isinstance(item, dict))
    return [str(item["id"]) for item in items if item.get("id")]


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
