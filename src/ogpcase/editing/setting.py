"""Sets or removes one field of an existing record: finds it by the typed name, and changes the text of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId, Route, did_you_mean
from ogpcase.diagnostics.visible_text import command
from ogpcase.editing.changing import Change, change_of, read_again, tree_in
from ogpcase.editing.naming import no_source
from ogpcase.errors import BadInput, Misused, UnknownEvent
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import (
    CaseFile,
    CaseHeader,
    file_of_event,
    file_of_header,
    file_of_party,
    file_of_source,
    reference_of,
)
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS, Event
from ogpcase.model.ids import Reference, is_id, source_reference
from ogpcase.model.parties import Party
from ogpcase.model.questions import Question, questions_of
from ogpcase.model.sources import SourceRecord
from ogpcase.model.texts import LANGUAGE, Text
from ogpcase.store.layout import PARTIES, Root
from ogpcase.store.load import Texts
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.typed_ids import reference_meant
from ogpcase.yamltree.splice import Field, inserted, removed, replaced, value_at
from ogpcase.yamltree.tree import YamlTree


class Named(NamedTuple):
    """A record that a person names: its file, its model, its case (None for a party), its id, and perhaps an item."""

    file: FileId
    model: type[Frozen]
    case_id: str | None
    id: str
    item: str | None = None

    @property
    def reference(self) -> str:
        """The record as commands take it, without the item."""
        return reference_of(self.file)


class Target(NamedTuple):
    """A record to edit: its folder, its tree, the texts it was loaded with, its model, and its case; None for a party.

    `within` is the item that was named, as `requests#a`; empty for the whole record.
    """

    workspace: Workspace
    tree: YamlTree
    texts: Texts
    model: type[Frozen]
    case_id: str | None
    id: str
    reference: str
    within: str = ""

    @property
    def root(self) -> Root:
        """The folder's place."""
        return self.workspace.root

    def change(self, text: str) -> Change:
        """Returns the change that gives the record a text."""
        return change_of(self.workspace, self.texts, self.tree, text)

    @property
    def values(self) -> Mapping[str, Any]:
        """The record's values."""
        return self.tree.fields

    @property
    def typed(self) -> str:
        """The record or item as commands take it."""
        return f"{self.reference}#{self.within.partition('#')[2]}" if self.within else self.reference


def target_of(workspace: Workspace, typed: str, *, in_full: bool = False) -> Target:
    """Returns the record that a word names, as `record_named` does, with its tree.

    Raises:
        UnknownEvent: no record or item, or more than one, has this name.
        UnknownCase: the case named is not there.
        BadInput: its file cannot be read as a record.
    """
    named = record_named(workspace, typed, in_full=in_full)
    texts, shown = workspace.texts_of(named.file), workspace.root.shown_path(named.file)
    tree, model = tree_in(texts, named.file, shown), named.model
    if model is Event:
        kind = Kind.of(str(tree.fields.get("kind")))
        if kind is None:
            hint = f"mend it first: {command('ogpcase validate', shown)}"
            raise BadInput(f"`{named.id}` has no kind that is known", hint)
        model = KINDS[kind]
    target = Target(workspace, tree, texts, model, named.case_id, named.id, named.reference)
    return target._replace(within=_list_with(target, named.item)) if named.item else target


def whole_target_of(workspace: Workspace, typed: str, *, in_full: bool = False) -> Target:
    """Returns what `target_of` returns. Raises Misused if an item of a record is named, and what `target_of` raises."""
    target = target_of(workspace, typed, in_full=in_full)
    if target.within:
        raise Misused(f"`{typed}` is an item of a record; this changes whole records", f"name {target.reference}")
    return target


def record_named(workspace: Workspace, typed: str, *, in_full: bool = False) -> Named:
    """Returns the record that a word names.

    A word is `CASE`, `CASE/EVENT`, `CASE/EVENT#ITEM`, `CASE/sources/ID`, `parties/ID`, or the id of an event, or the id
    or a name of a party. The file may be one that cannot be read as a record.

    `in_full` is for verbs that take something away, which must not take another record when they are run twice: the
    beginning of an id names nothing, and what could be an id is no name of a party.
    Raises UnknownEvent if no record, or more than one, has this name; and UnknownCase if the case named is not there.
    """
    is_party, meant = typed.startswith(f"{PARTIES}/"), reference_meant(workspace, typed)
    plain = typed.removeprefix(f"{PARTIES}/")
    of_only_case = source_reference(meant) is not None and meant.endswith(f"/{typed}")
    if in_full and meant != plain and not of_only_case:
        hint = f"perhaps: {typed.removesuffix(plain)}{meant}"
        raise UnknownEvent(f"`{typed}` is only the beginning of an id, and a whole one is needed", hint)
    by_id, typed = in_full and is_id(typed), meant
    if is_party:
        return _party_with_id(workspace, typed)
    if (named := source_reference(typed)) is not None:
        case, source_id = workspace.case(named[0]).casefile, named[1]
        if source_id not in case.sources and source_id not in case.sources_not_read:
            raise no_source(case.id, source_id, case.sources)
        return Named(file_of_source(case.id, source_id), SourceRecord, case.id, source_id)
    if typed in workspace.case_ids():
        return Named(file_of_header(typed), CaseHeader, typed, typed)
    reference = Reference(typed) if Reference.fits(typed) else None
    if reference is not None and (case_id := _case_of(workspace, reference)):
        case = workspace.case(case_id).casefile
        record = None if reference.event in case.unreadable else case.record_by_id.get(reference.event)
        event_id = record.id if record else reference.event  # the id may be one that it had
        return Named(file_of_event(case_id, event_id), Event, case_id, event_id, reference.item)
    if by_id:
        return _party_with_id(workspace, typed)
    found = workspace.registry().named(typed)
    if len(found) != 1:
        what = "several parties are" if found else "no case, event or party is"
        raise UnknownEvent(f"{what} called `{typed}`", *([f"ids: {', '.join(found)}"] if found else []))
    return Named(file_of_party(found[0]), Party, None, found[0])


def _list_with(target: Target, item: str) -> str:
    """Returns the route of an item of an event as a person types it. Raises UnknownEvent if there is none."""
    known: list[str] = []
    for field in questions_of(target.model):
        ids = item_ids(target.tree, (field.name,)) if field.shape == "mapping" else []
        if item in ids:
            return f"{field.name}#{item}"
        known += filter(None, ids)
    hint = f"its items are {', '.join(known)}" if known else "it has no items"
    raise UnknownEvent(f"{target.reference} has no item `{item}`", hint)


def item_ids(tree: YamlTree, route: Route) -> list[str]:
    """Returns the id of each item of the list at a route, empty for an item without; no ids if there is no list."""
    items = value_at(tree.value, route) if _has(tree, route) else None
    listed: Sequence[Any] = items if isinstance(items, list) else ()
    return [str(item.get("id") or "") if isinstance(item, dict) else "" for item in listed]


def _case_of(workspace: Workspace, reference: Reference) -> str | None:
    """Returns the case of an event; None where no case has it and none was named. Raises UnknownEvent."""
    if reference.case is not None:
        case = workspace.case(reference.case).casefile
        if reference.event not in _event_ids(case):
            hints = did_you_mean(reference.event, case.event_by_id, f"{case.id}/")
            raise UnknownEvent(f"{case.id} has no event `{reference.event}`", *hints)
        return reference.case
    having = [each.casefile.id for each in workspace.all() if reference.event in _event_ids(each.casefile)]
    if len(having) > 1:
        names = ", ".join(f"{case_id}/{reference}" for case_id in having)
        raise UnknownEvent(f"several cases have an event `{reference}`", f"write one of {names}")
    return having[0] if having else None


def _event_ids(case: CaseFile) -> AbstractSet[str]:
    """The ids that a case's records have and had, also of those whose files cannot be read."""
    return case.record_by_id.keys() | case.unreadable


def _party_with_id(workspace: Workspace, party_id: str) -> Named:
    """Returns the party with this id, never one that has it as a name. Raises UnknownEvent if there is none."""
    registry = workspace.registry()
    if not registry.knows(party_id):
        hints = [f"a party has it as a name: {PARTIES}/{found}" for found in registry.named(party_id)]
        raise UnknownEvent(
            f"no case, event or party is called `{party_id}`",
            *(hints or [f"look for it: {command('ogpcase search', party_id)}"]),
        )
    return Named(file_of_party(party_id), Party, None, party_id)


def typed_route(route: Route) -> str:
    """Returns a node as people type it, with items by their numbers: `requests#1.asked_of`."""
    words = (f"#{step + 1}" if isinstance(step, int) else f".{step}" for step in route)
    return "".join(words).removeprefix(".")


class Slot(NamedTuple):
    """A node to set: its route, the field that says in which shape it is typed, and what each step's mapping is."""

    route: Route
    field: Question
    parts: tuple[type, ...]


def spot_in(target: Target, typed: str) -> Slot:
    """Returns the node a person means: `dated`, `title.en`, `sources#s1.url`; an item without an id by its number.

    The fields are those of the item that the target names, if it does; the item itself for an empty word.
    Raises BadInput if the record has no such field or item.
    """
    typed = ".".join(filter(None, (target.within, typed)))
    route: Route = ()
    part: type = target.model
    parts: tuple[type, ...] = ()
    field: Question | None = None
    for step in typed.split("."):
        name, _, item = step.partition("#")
        field = _field_named(part, field, name)
        parts = (*parts, part)
        part = field.holds
        route = (*route, name)
        if item:
            parts = (*parts, list)
            route = (*route, _position(target, route, item))
            field = field._replace(repeats=False)
    assert field is not None
    return Slot(route, field, parts)


def change_to(target: Target, spot: Slot, value: object) -> Change:
    """Returns the change that gives the node a value; a new field goes to its usual place.

    In a text in several languages, languages that are not given stay.
    Raises BadInput if the field cannot have this value.
    """
    return target.change(_text_with(target.tree, spot, value))


def held_at(target: Target, spot: Slot) -> Any:  # noqa: ANN401 - any parsed value
    """Returns the value that the node has; None if it does not exist."""
    return value_at(target.tree.value, spot.route) if _has(target.tree, spot.route) else None


def items_at(target: Target, spot: Slot) -> list[Any]:
    """Returns the items of a list field; a single value stands for a list of one."""
    held = held_at(target, spot)
    return held if isinstance(held, list) else [] if held is None else [held]


def change_in_steps(target: Target, steps: Iterable[Callable[[Target], Change]]) -> Change:
    """Returns the one change that several make together, each made of the record as the one before leaves it.

    Raises what the steps raise.
    """
    first, *others = steps
    whole = first(target)
    for step in others:
        there = target._replace(tree=read_again(target.tree, whole.new))
        whole = step(there)._replace(old=whole.old)
    return whole


def change_without(target: Target, spot: Slot) -> Change:
    """Returns the change that removes the node, with the last item its list; nothing if the node does not exist."""
    route = spot.route
    if isinstance(route[-1], int) and value_at(target.tree.value, route[:-1]) == [held_at(target, spot)]:
        route = route[:-1]  # the last item of a list takes its field with it
    there = _has(target.tree, route)
    text = removed(target.tree, route) if there else target.tree.text
    return target.change(text)


def _text_with(tree: YamlTree, spot: Slot, value: object) -> str:
    """Returns the text of a record with a value at a node. Raises BadInput if the field cannot have this value."""
    route, depth = spot.route, 0
    while depth < len(route) and _has(tree, route[: depth + 1]):
        depth += 1
    if depth == len(route):
        return _over(tree, spot, value)
    for step in reversed(route[depth + 1 :]):
        value = {str(step): value}
    above = value_at(tree.value, route[:depth])
    if above is not None and not isinstance(above, dict):
        name = ".".join(map(str, route[:depth]))
        hint = f"give its parts at once: {name} '{{{route[depth]}: …}}'"
        raise BadInput(f"`{name}` is one value and has no parts", hint)
    name = str(route[depth])
    known = [field.name for field in questions_of(spot.parts[depth])]
    before = known[: known.index(name)] if known else tuple(above or ())
    return inserted(tree, route[:depth], Field(name, value, before))


def _over(tree: YamlTree, spot: Slot, value: object) -> str:
    """Returns the text with a value replaced by another, changing as little as possible."""
    old = value_at(tree.value, spot.route)
    if spot.field.shape == "text" and isinstance(old, dict):
        if not isinstance(value, Mapping):
            name = spot.field.name
            raise BadInput(f"`{name}` is there in several languages", f"say which one: {name}.{next(iter(old))}")
        value = {**old, **value}
    if isinstance(value, list) and value == [old]:
        return tree.text  # a list of one may stand as the one value
    return replaced(tree, spot.route, value)


def _has(tree: YamlTree, route: Route) -> bool:
    try:
        value_at(tree.value, route)
    except BadInput:
        return False
    return True


def _field_named(part: type, above: Question | None, name: str) -> Question:
    if part is Text and above is not None:
        if LANGUAGE.fullmatch(name):
            return Question(name, "line", str, "The text in this language.")
        raise BadInput(f"`{name}` is not a language tag", f"as in {above.name}.en")
    known = {field.name: field for field in questions_of(part)}
    if name not in known:
        there = f"there are: {', '.join(known)}" if known else "it has no parts"
        if name == "id" and above is None:
            there = "its file or folder is named by it: `ogpcase rename` gives it another"
        what = "this record" if above is None else f"`{above.name}`"
        raise BadInput(f"{what} has no field `{name}`", *(did_you_mean(name, known) or (there,)))
    return known[name]


def _position(target: Target, route: Route, item: str) -> int:
    """Returns the position of an item in its list, by its id or else by its number counted from 1."""
    ids = item_ids(target.tree, route)
    if item in ids:
        return ids.index(item)
    if item.isascii() and item.isdigit() and 0 < int(item) <= len(ids):
        return int(item) - 1
    known = [name for name in ids if name]
    hint = f"its items are {', '.join(known)}" if known else f"it has {len(ids)} items"
    raise BadInput(f"`{'.'.join(map(str, route))}` has no item `{item}`", hint)


def request_named(workspace: Workspace, typed: str, target: Target) -> str:
    """Returns the reference to a request as it is written in an event: without the case where it is the same.

    Raises BadInput if it names no item, and UnknownCase if the case it names is not there.
    """
    typed = reference_meant(workspace, typed)
    if not Reference.fits(typed) or "#" not in typed:
        raise BadInput(f"`{typed}` names no request", "write EVENT#ITEM or CASE/EVENT#ITEM")
    reference = Reference(typed)
    if reference.case is None:
        return typed
    workspace.case(reference.case)
    return typed.partition("/")[2] if reference.case == target.case_id else typed
