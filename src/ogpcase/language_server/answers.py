"""What an editor asks about a place of a record: what stands there, where it is written, and what refers to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types

from ogpcase.diagnostics import FileId, Part, Route
from ogpcase.diagnostics.visible_text import visible
from ogpcase.language_server.folder import Columns, EditedFolder
from ogpcase.language_server.nodes import (
    Named,
    field_at,
    fields_of_record,
    named_at,
    node_at,
    record_of,
    route_of_item,
    uses_of,
)
from ogpcase.model.texts import Text
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.splice import value_at
from ogpcase.yamltree.tree import YamlTree

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


class Place(NamedTuple):
    """Where an editor asks: a position in a file of a folder; `unit` is that of columns."""

    folder: EditedFolder
    file: FileId
    position: types.Position
    unit: str

    @property
    def columns(self) -> Columns:
        """The columns of the file."""
        return self.columns_of(self.file)

    @property
    def offset(self) -> int:
        """The position as an offset into the file."""
        return self.columns.offset_of(self.position)

    @property
    def tree(self) -> YamlTree | None:
        """The tree of the file; None if it cannot be read."""
        return self.folder.workspace.texts_of(self.file).trees.get(self.file)

    @property
    def node(self) -> tuple[YamlTree, Route, Part] | None:
        """The tree, and what of it is there: a value or a key; None of what is neither."""
        tree = self.tree
        found = node_at(tree, self.offset) if tree is not None else None
        return (tree, *found) if tree is not None and found is not None else None

    @property
    def named(self) -> Named | None:
        """What the value there names."""
        tree = self.tree
        return named_at(self.folder.workspace, tree, self.offset) if tree is not None else None

    @property
    def subject(self) -> Named | None:
        """What the value there names, else the item whose `id` is there, else the record of the file, if it is read."""
        if (named := self.named) is not None or self.tree is None:
            return named
        own, node = record_of(self.file), self.node
        if own is None or own.name.kind != "event" or node is None or node[1][-1:] != ("id",):
            return own
        return own._replace(item=str(value_at(node[0].value, node[1])))

    def columns_of(self, file: FileId) -> Columns:
        """Returns the columns of another file."""
        return Columns(self.folder.text_of(file), self.unit)


class Found(NamedTuple):
    """A place that answers: a range of a file of the folder."""

    file: FileId
    range: types.Range


def hover(place: Place) -> types.Hover | None:
    """Returns the sentence of the field at a place, with what its code means or its id names; None if it has none."""
    if (node := place.node) is None:
        return None
    tree, route, part = node
    lines = list(_about(tree, route))
    if (named := place.named) is not None:
        lines = [*title_of(place.folder.workspace, named), *lines]
    span = tree.span_of(route, part)
    text = types.MarkupContent(types.MarkupKind.PlainText, "\n\n".join(lines))  # a name must not act as Markdown
    return types.Hover(text, place.columns.range_of(span)) if lines else None


def _about(tree: YamlTree, route: Route) -> Iterator[str]:
    """Yields what a code means, and the sentence of the field."""
    field = field_at(fields_of_record(tree.file, tree.value), route)
    if field is None:
        return
    value = value_at(tree.value, route)
    for choice in field.choices:
        if choice.code == value:
            yield f"{choice.code}: {choice.label}" + (f". {choice.sentence}" if choice.sentence else "")
    yield f"{field.name}: {field.about}"


def title_of(workspace: Workspace, named: Named) -> Iterator[str]:
    """Yields a line that says what a record is called: a party's name, the title of another; none if it is not read."""
    name = named.name
    if name.kind == "party":
        party = workspace.registry().parties.get(name.old)
        if party is not None:
            yield f"{_line(party.name)} ({party.classification.label})"
        return
    case_id = name.old if name.kind == "case" else name.case_id
    if not workspace.has_case(case_id):
        return
    case = workspace.case(case_id).casefile
    if name.kind == "case" and case.header is not None:
        yield _line(case.header.title)
    elif name.kind == "source" and name.old in case.sources:
        title = case.sources[name.old].title
        yield from [_line(title)] if title is not None else []
    elif name.kind == "event" and name.old in case.record_by_id:
        event = case.record_by_id[name.old]
        yield f"{event.dated} {event.kind.label}" + f": {_line(event.title)}"


def _line(text: Text | str) -> str:
    """Returns a text on one line, in all its languages."""
    languages = [text] if isinstance(text, str) else text.by_language.values()
    return visible(" / ".join(" ".join(each.split()) for each in languages))


def definition(place: Place) -> list[Found]:
    """Returns where the record or item stands that the value at a place names."""
    return list(_where(place, place.named)) if place.named is not None else []


def _where(place: Place, named: Named) -> Iterator[Found]:
    workspace = place.folder.workspace
    if not isinstance(workspace.files.read(named.file), bytes):
        return
    tree = workspace.texts_of(named.file).trees.get(named.file)
    route = route_of_item(tree, named.item) if tree is not None and named.item else ()
    if tree is None or not route:
        yield Found(named.file, _START)
    else:
        yield Found(named.file, place.columns_of(named.file).range_of(tree.span_of((*route, "id"))))


def references(place: Place, *, declared: bool) -> list[Found]:
    """Returns every value of the folder that names what is at a place; with `declared`, also where that stands."""
    if (subject := place.subject) is None:
        return []
    found = [
        Found(user.file, place.columns_of(user.file).range_of(user.span_of(route)))
        for user, route in uses_of(place.folder.workspace, subject)
    ]
    return [*_where(place, subject), *found] if declared else found
