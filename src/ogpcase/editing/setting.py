"""One field of an existing record, set or taken out: found by what a person types, changed in the text of the file."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from ogpcase.diagnostics import FileId, Route, nearest
from ogpcase.editing.changing import Change, change_of, tree_in
from ogpcase.errors import BadInput, Misused, UnknownEvent
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile, CaseHeader, file_of_event, file_of_header, file_of_party
from ogpcase.model.codelists import CodeList, Kind, Outcome
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import KINDS, Event, MentionForm
from ogpcase.model.fields import HEADER, PARTY, Question, Shape, fields_of
from ogpcase.model.ids import Reference
from ogpcase.model.parties import NamedParty, Party
from ogpcase.model.publication import LeftOut
from ogpcase.model.serialize import PlainText
from ogpcase.model.texts import LANGUAGE, Text
from ogpcase.store.load import Texts
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import Field, appended, inserted, removed, replaced, value_at
from ogpcase.yamltree.tree import YamlTree

_SHAPES: tuple[tuple[type, Shape, Shape], ...] = (
    (Text, "text", "lines"),
    (FuzzyDate, "date", "lines"),
    (CodeList, "code", "codes"),
    (Reference, "reference", "references"),
    (NamedParty, "party", "parties"),
    (MentionForm, "mapping", "mentions"),
    (LeftOut, "mapping", "parts"),
    (Frozen, "mapping", "mappings"),
    (bool, "flag", "lines"),
    (int, "number", "lines"),
    (str, "line", "lines"),
)
_PARTY_IDS = frozenset({"for", "part_of", "subject"})
"""Fields that hold a party's bare id."""


def fields_in(part: type) -> tuple[Question, ...]:
    """Returns the fields of a record or of an item of one, in the order they are written; none of a text."""
    if issubclass(part, Event):
        return fields_of(part.kind)
    if issubclass(part, CaseHeader | Party):
        return HEADER if issubclass(part, CaseHeader) else PARTY
    if not issubclass(part, Frozen):
        return ()
    known = part.model_fields.items()
    return tuple(_field(info.alias or name, info.annotation, info.description or "") for name, info in known)


def part_at(part: type, name: str) -> type | None:
    """Returns what a field of a record or item is made of: of a list, its items; None for a field that is not known."""
    if not issubclass(part, Frozen):
        return None
    for own, info in part.model_fields.items():
        if name == (info.alias or own) and not info.exclude:
            return _bare(info.annotation)[0]
    return None


def _field(name: str, annotation: object, about: str) -> Question:
    found, several = _bare(annotation)
    for kind, one, many in _SHAPES:
        if issubclass(found, kind):
            shape: Shape = many if several else one
            if name in _PARTY_IDS and kind is str:
                shape = "parties" if several else "party"
            return Question(name, shape, about, codes=found if issubclass(found, CodeList) else None)
    return Question(name, "line", about)


def _bare(annotation: Any) -> tuple[type, bool]:  # noqa: ANN401 - whatever a model's field is annotated with
    """Returns the type that is left without markers and None, and whether there is a tuple of it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bare(get_args(annotation)[0])
    if origin in {Union, types.UnionType}:
        return _bare(next(each for each in get_args(annotation) if each is not type(None)))
    if origin is tuple:
        return _bare(get_args(annotation)[0])[0], True
    return (annotation, False) if isinstance(annotation, type) else (str, False)


class Target(NamedTuple):
    """A record to edit: its tree, the texts it was loaded with, its model, and its case; None for a party."""

    tree: YamlTree
    texts: Texts
    model: type[Frozen]
    case_id: str | None
    id: str


def target_of(workspace: Workspace, typed: str) -> Target:
    """Returns the record a person means: `CASE`, `CASE/EVENT`, an event's id that only one case has, or a party.

    Raises:
        UnknownEvent: nothing, or more than one thing, is called so.
        UnknownCase: the case named is not there.
        BadInput: its file cannot be read as a record.
    """
    if typed in workspace.case_ids():
        return _target(workspace, file_of_header(typed), CaseHeader, typed, typed)
    reference = Reference(typed) if Reference.fits(typed) and "#" not in typed else None
    if reference is not None and (case_id := _case_of(workspace, reference)):
        file = file_of_event(case_id, reference.event)
        shown = workspace.root.shown_path(file)
        tree = tree_in(workspace.case(case_id).texts, file, shown)
        kind = Kind.of(str(_values(tree).get("kind")))
        if kind is None:
            raise BadInput(f"`{reference.event}` has no kind that is known", f"mend it first: ogpcase validate {shown}")
        return _target(workspace, file, KINDS[kind], case_id, reference.event)
    return _party(workspace, typed)


def _case_of(workspace: Workspace, reference: Reference) -> str | None:
    """Returns the case of an event; None where no case has it and none was named. Raises UnknownEvent."""
    if reference.case is not None:
        case = workspace.case(reference.case).casefile
        if not _has_event(case, reference.event):
            near = nearest(reference.event, case.event_by_id)
            hints = [f"did you mean `{case.id}/{near}`?"] if near else []
            raise UnknownEvent(f"{case.id} has no event `{reference.event}`", *hints)
        return reference.case
    having = [each.casefile.id for each in workspace.all() if _has_event(each.casefile, reference.event)]
    if len(having) > 1:
        names = ", ".join(f"{case_id}/{reference}" for case_id in having)
        raise UnknownEvent(f"several cases have an event `{reference}`", f"write one of {names}")
    return having[0] if having else None


def _has_event(case: CaseFile, event_id: str) -> bool:
    return event_id in case.event_by_id or event_id in case.unreadable


def _party(workspace: Workspace, typed: str) -> Target:
    found = workspace.registry().named(typed) or ((typed,) if workspace.registry().knows(typed) else ())
    if len(found) != 1:
        what = "several parties are" if found else "no case, event or party is"
        raise UnknownEvent(f"{what} called `{typed}`", *([f"ids: {', '.join(found)}"] if found else []))
    return _target(workspace, file_of_party(found[0]), Party, None, found[0])


def _target(workspace: Workspace, file: FileId, model: type[Frozen], case_id: str | None, name: str) -> Target:
    texts = workspace.texts_of(file)
    tree = tree_in(texts, file, workspace.root.shown_path(file))
    return Target(tree, texts, model, case_id, name)


def _values(tree: YamlTree) -> Mapping[str, Any]:
    return tree.value if isinstance(tree.value, dict) else {}


class Slot(NamedTuple):
    """A node to set: its route, the field that says in which shape it is typed, and what each step's mapping is."""

    route: Route
    field: Question
    parts: tuple[type, ...]


def spot_in(target: Target, typed: str) -> Slot:
    """Returns the node a person means: `dated`, `title.en`, `sources#s1.url`; an item without an id by its number.

    Raises:
        BadInput: the record has no such field or item.
    """
    route: Route = ()
    part: type | None = target.model
    parts: tuple[type, ...] = ()
    field: Question | None = None
    for step in typed.split("."):
        name, _, item = step.partition("#")
        field = _field_named(part, field, name)
        parts = (*parts, part or str)
        part = part_at(part, name) if part is not None else None
        route = (*route, name)
        if item:
            parts = (*parts, list)
            route = (*route, _position(target, route, item))
            field = Question(field.name, _ONE_OF.get(field.shape, "line"), field.about, field.codes)
    assert field is not None
    return Slot(route, field, parts)


def change_to(workspace: Workspace, target: Target, spot: Slot, value: object) -> Change:
    """Returns the change that gives the node a value; where it is not there yet, at its house place.

    Of a text in several languages those not given stay.

    Raises:
        BadInput: the value cannot stand there.
    """
    text = _with(target.tree, spot, value)
    return change_of(workspace, target.texts, target.tree, text)


def change_without(workspace: Workspace, target: Target, spot: Slot) -> Change:
    """Returns the change that takes the node out; none where it is not there."""
    try:
        value_at(target.tree.value, spot.route)
    except BadInput:
        return change_of(workspace, target.texts, target.tree, target.tree.text)
    return change_of(workspace, target.texts, target.tree, removed(target.tree, spot.route))


def house_order(part: type, name: str) -> tuple[str, ...]:
    """Returns the names of the fields that stand before one in a record or item."""
    names = [field.name for field in fields_in(part)]
    return tuple(names[: names.index(name)]) if name in names else ()


_ONE_OF: dict[str, Any] = {
    "lines": "line",
    "codes": "code",
    "parties": "party",
    "references": "reference",
    "mappings": "mapping",
    "mentions": "mapping",
    "parts": "mapping",
}


def _with(tree: YamlTree, spot: Slot, value: object) -> str:
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
        raise BadInput(f"`{name}` is one value and has no parts", f"give {name} a value for each: {name} en=…")
    name = str(route[depth])
    before = house_order(spot.parts[depth], name) if fields_in(spot.parts[depth]) else tuple(above or ())
    return inserted(tree, route[:depth], Field(name, value, before))


def _over(tree: YamlTree, spot: Slot, value: object) -> str:
    """Returns the text with a value in the place of one that is there, with as little changed as can be."""
    old = value_at(tree.value, spot.route)
    if spot.field.shape == "text" and isinstance(old, dict) and spot.parts[-1] is not Text:
        if not isinstance(value, Mapping):
            name = spot.field.name
            raise BadInput(f"`{name}` is there in several languages", f"say which one: {name}.{next(iter(old))}")
        return _languages(tree, spot.route, value)
    if isinstance(old, list) and isinstance(value, list) and old and list(old) == value[: len(old)]:
        for item in value[len(old) :]:
            tree = _again(tree, appended(tree, spot.route, item))
        return tree.text
    return replaced(tree, spot.route, value)


def _languages(tree: YamlTree, route: Route, texts: Mapping[str, object]) -> str:
    for tag, text in texts.items():
        there = _has(tree, (*route, tag))
        before = () if there else tuple(map(str, value_at(tree.value, route)))  # type: ignore[arg-type]  # a mapping
        new = replaced(tree, (*route, tag), text) if there else inserted(tree, route, Field(tag, text, before))
        tree = _again(tree, new)
    return tree.text


def _again(tree: YamlTree, text: str) -> YamlTree:
    parsed = parse(text.encode(), tree.file).tree
    assert parsed is not None  # a text that an edit returns has been read
    return parsed


def _has(tree: YamlTree, route: Route) -> bool:
    try:
        value_at(tree.value, route)
    except BadInput:
        return False
    return True


def _field_named(part: type | None, above: Question | None, name: str) -> Question:
    if part is Text and above is not None and above.shape == "text":
        if LANGUAGE.fullmatch(name):
            return Question(name, "line", "The text in this language.")
        raise BadInput(f"`{name}` is no language tag", f"as in {above.name}.en")
    known = {field.name: field for field in fields_in(part)} if part is not None else {}
    if name not in known:
        near = nearest(name, known)
        there = ", ".join(known)
        hint = f"did you mean `{near}`?" if near else f"there are: {there}" if known else "it has no parts"
        raise BadInput(f"{'this record' if above is None else f'`{above.name}`'} has no field `{name}`", hint)
    return known[name]


def _position(target: Target, route: Route, item: str) -> int:
    """Returns where an item stands in its list: by its id, else by its number counted from 1."""
    items = value_at(target.tree.value, route) if _has(target.tree, route) else None
    listed: Sequence[Any] = items if isinstance(items, list) else ()
    ids = [str(each.get("id")) if isinstance(each, dict) else "" for each in listed]
    if item in ids:
        return ids.index(item)
    if item.isascii() and item.isdigit() and 0 < int(item) <= len(listed):
        return int(item) - 1
    known = [each for each in ids if each not in ("", "None")]
    hint = f"its items are {', '.join(known)}" if known else f"it has {len(listed)} items"
    raise BadInput(f"`{'.'.join(map(str, route))}` has no item `{item}`", hint)


def answer_values(request: str, outcome: str, of: Sequence[str] = (), new_due: str | None = None) -> dict[str, Any]:
    """Returns an answer as its file holds it; `of` are parties' ids.

    Raises:
        Misused: the outcome is none.
    """
    code = Outcome.of(outcome.replace("-", "_"))
    if code is None:
        near = nearest(outcome, list(Outcome))
        hints = [f"did you mean `{near}`?"] if near else []
        raise Misused(f"`{outcome}` is not an answer", *hints, f"answers: {', '.join(Outcome)}")
    answer: dict[str, Any] = {"request": request, "answer": str(code)}
    answer |= {"of": list(of)} if of else {}
    return answer | ({"new_due": PlainText(new_due)} if new_due else {})


def request_named(workspace: Workspace, typed: str, target: Target) -> str:
    """Returns the reference to a request as it is written in an event: without the case where it is the same.

    Raises:
        BadInput: it names no item.
        UnknownCase: the case it names is not there.
    """
    if not Reference.fits(typed) or "#" not in typed:
        raise BadInput(f"`{typed}` names no request", "write EVENT#ITEM or CASE/EVENT#ITEM")
    reference = Reference(typed)
    if reference.case is None:
        return typed
    workspace.case(reference.case)
    return typed.partition("/")[2] if reference.case == target.case_id else typed


def change_with_answer(workspace: Workspace, target: Target, answer: dict[str, Any]) -> Change:
    """Returns the change that adds the answer to an event; none where the event holds the very same one."""
    held = target.tree.value.get("answers") if isinstance(target.tree.value, dict) else None
    listed = list(held) if isinstance(held, list) else []
    spot = spot_in(target, "answers")
    if answer in listed:
        return change_to(workspace, target, spot, listed)
    return change_to(workspace, target, spot, [*listed, answer])
