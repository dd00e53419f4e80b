"""What stands at a place of a record, and what an editor asks about it: its meaning, what it names, what names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lsprotocol import types

from ogpcase.diagnostics import FileId, Part, Route
from ogpcase.diagnostics.visible_text import visible
from ogpcase.editing.renaming import NewName, Use, texts_of_folder, uses_in
from ogpcase.language_server.folder import Columns, EditedFolder
from ogpcase.model.casefile import (
    CaseHeader,
    FolderSettings,
    file_of_event,
    file_of_header,
    file_of_party,
    file_of_source,
)
from ogpcase.model.codelists import Kind
from ogpcase.model.ids import MAPPING_NAME, RESERVED_PARTY_IDS, SETTINGS_NAME, Reference
from ogpcase.model.parties import Party
from ogpcase.model.questions import Question, fields_of, questions_of
from ogpcase.model.sources import SourceRecord
from ogpcase.model.texts import Text
from ogpcase.store.files import RECORD
from ogpcase.store.layout import EVENTS, HEADER_NAME, PARTIES, SOURCES
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.splice import value_at
from ogpcase.yamltree.tree import YamlTree

_START = types.Range(types.Position(0, 0), types.Position(0, 0))


def node_at(tree: YamlTree, offset: int) -> tuple[Route, Part] | None:
    """Returns the route of the scalar value, or of the key, in or at the end of which an offset lies; or None."""
    found: tuple[Route, Part] | None = None
    for route, value in values_in(tree.value, ()):
        if route and isinstance(route[-1], str):
            key = tree.span_of(route, "key")
            found = (route, "key") if key.start <= offset <= key.end else found
        if not isinstance(value, dict | list):
            span = tree.span_of(route)
            found = (route, "value") if span.start <= offset <= span.end and span.start < span.end else found
    return found


def values_in(value: Any, route: Route) -> Iterator[tuple[Route, Any]]:  # noqa: ANN401 - any parsed value
    """Yields each value of a record with its route."""
    yield route, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from values_in(inner, (*route, step))


def fields_of_record(file: FileId, values: object) -> Sequence[Question]:
    """Returns the fields that the record in a file can have; of an event whose kind is not known, those of all."""
    folder, _, name = file.rpartition("/")
    if name == MAPPING_NAME:
        return ()
    if file == SETTINGS_NAME:
        return questions_of(FolderSettings)
    if folder == PARTIES:
        return questions_of(Party)
    if name == HEADER_NAME:
        return questions_of(CaseHeader)
    if folder.endswith(f"/{SOURCES}"):
        return questions_of(SourceRecord)
    kind = Kind.of(str(values.get("kind"))) if isinstance(values, Mapping) else None
    return fields_of(*Kind) if kind is None else fields_of(kind)


def field_at(fields: Sequence[Question], route: Route) -> Question | None:
    """Returns the field at a route; for a language of a text, the text's field; None if there is no such field."""
    field: Question | None = None
    for step in route:
        if isinstance(step, int):
            continue
        if field is not None and field.shape == "text":
            return field
        among = fields if field is None else questions_of(field.holds)
        field = next((each for each in among if each.name == step), None)
        if field is None:
            return None
    return field


class Named(NamedTuple):
    """A record that a value names, or an item of an event; `name` has the id and what it is the id of."""

    name: NewName
    item: str | None = None

    @property
    def file(self) -> FileId:
        """The file of the record."""
        name = self.name
        if name.kind == "party":
            return file_of_party(name.old)
        if name.kind == "case":
            return file_of_header(name.old)
        return (file_of_source if name.kind == "source" else file_of_event)(name.case_id, name.old)

    def is_meant(self, use: Use, text: str, here: str) -> bool:
        """True if a name in a record of the case `here` names this; an item of an event names the event too."""
        if self.name.of(use, text, here) is None:
            return False
        return self.item is None or (use == "reference" and Reference(text).item == self.item)


def _named_by(workspace: Workspace, file: FileId, use: Use, text: str) -> Named | None:
    """Returns what a value of a record names; None if it names a part of its own record, or nobody known."""
    here = file.partition("/")[0]
    if use == "party":
        return None if text in RESERVED_PARTY_IDS else Named(NewName("party", text, ""))
    if use == "case":
        return Named(NewName("case", text, ""))
    if use == "source":
        return Named(NewName("source", text, "", here))
    if use != "reference" or not Reference.fits(text):
        return None
    reference = Reference(text)
    case_id = reference.case or here
    event = reference.event
    if workspace.has_case(case_id):
        record = workspace.case(case_id).casefile.record_by_id.get(event)
        event = record.id if record is not None else event  # it may be named by an id of before
    return Named(NewName("event", event, "", case_id), reference.item)


def named_at(workspace: Workspace, tree: YamlTree, offset: int) -> Named | None:
    """Returns what the value at an offset names; None if there is no such value."""
    node = node_at(tree, offset)
    uses = ((use, text) for route, use, text in uses_in(tree.value, tree.file) if node == (route, "value"))
    return next((_named_by(workspace, tree.file, use, text) for use, text in uses), None)


def record_of(file: FileId) -> Named | None:
    """Returns the record in a file; None for a file that holds none with an id."""
    folder, _, name = file.rpartition("/")
    case_id, _, below = folder.partition("/")
    record_id = name.removesuffix(RECORD)
    if not name.endswith(RECORD):
        return None
    if folder == PARTIES:
        return Named(NewName("party", record_id, ""))
    if name == HEADER_NAME and not below:
        return Named(NewName("case", folder, ""))
    if below not in {EVENTS, SOURCES}:
        return None
    return Named(NewName("event" if below == EVENTS else "source", record_id, "", case_id))


def uses_of(workspace: Workspace, named: Named) -> Iterator[tuple[YamlTree, Route]]:
    """Yields every value in the whole folder that names a record or an item: its tree, and its route there."""
    for texts in texts_of_folder(workspace):
        for file, tree in texts.trees.items():
            here = file.partition("/")[0]
            for route, use, text in uses_in(tree.value, file):
                if named.is_meant(use, text, here):
                    yield tree, route


def route_of_item(tree: YamlTree, item: str) -> Route:
    """Returns the route of the item of a record with this id; empty if there is none."""
    for route, value in values_in(tree.value, ()):
        if len(route) == 2 and isinstance(value, dict) and str(value.get("id")) == item:  # noqa: PLR2004 - field and position
            return route
    return ()


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
