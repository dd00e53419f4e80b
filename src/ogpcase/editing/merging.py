"""Makes one party of two: every reference to the first names the second, which gets the first one's facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId, Route, Severity
from ogpcase.editing.changing import Change, change_of, fix_first, read_again
from ogpcase.editing.list_items import Item, change_with_items
from ogpcase.editing.naming import names_in_values
from ogpcase.editing.renaming import NewName, name_of, refuse_not_read, renamed_in, texts_of_folder, uses_in
from ogpcase.editing.setting import Target, change_to, held_at, items_at, spot_in
from ogpcase.errors import BadInput
from ogpcase.model.parties import Party, folded
from ogpcase.model.questions import Question, questions_of
from ogpcase.yamltree.emitting import in_flow
from ogpcase.yamltree.pairing import says
from ogpcase.yamltree.splice import removed, value_at
from ogpcase.yamltree.tree import YamlTree
from ogpcase.yamltree.values import as_written

_DECIDING = ("withhold", "publish")
"""Fields that decide whether a party may be named: a merged party gets none that a person did not write for it."""


class Merging(NamedTuple):
    """The changes of all files that name the party that goes, and its own deletion."""

    name: NewName
    changes: tuple[Change, ...]
    gone: Change
    naming_both: tuple[FileId, ...] = ()
    """The records that name both, and would name one party in both places."""


def merged(goes: Target, stays: Target) -> Merging:
    """Plans the merging of two parties.

    Raises BadInput if they are one party, they contradict each other, one of their files has a fault, or a file that
    may name the first cannot be read.
    """
    if goes.id == stays.id:
        raise BadInput(f"`{goes.id}` is one party", "name two")
    for problem in goes.workspace.parties.problems:  # what is misspelt, as `withhold`, would be lost with the file
        file = problem.places[0].file
        if problem.rule.severity is Severity.ERROR and file in {goes.tree.file, stays.tree.file}:
            shown = goes.workspace.root.shown_path(file)
            raise BadInput(f"`{shown}` has an error: {problem.message}; nothing was written", fix_first(shown))
    _refuse_contradictions(goes, stays)
    name = name_of(goes, stays.id)
    refuse_not_read(goes.workspace, name)
    changes, both = [], []
    for loaded in texts_of_folder(goes.workspace):
        for file, tree in loaded.trees.items():
            if file == stays.tree.file:
                changes.append(_with_facts_of(goes, stays, name))
            elif file != goes.tree.file:
                text = _renamed(tree, name).text
                changes += [change_of(goes.workspace, loaded, tree, text)] if text != tree.text else []
                named = {used for _, use, used in uses_in(tree.value, tree.file) if use == "party"}
                both += [file] if named >= {name.old, name.new} else []
    return Merging(name, tuple(changes), goes.change("")._replace(new=""), tuple(both))


def _refuse_contradictions(goes: Target, stays: Target) -> None:
    """Raises BadInput if a field with one value differs, or the items of a list that tell of one thing.

    Names have several values, and what only one party says is kept.
    """
    said = []
    for field in questions_of(Party):
        one, other = goes.values.get(field.name), stays.values.get(field.name)
        is_single = not field.repeats and not field.in_copies and field.name != "name"
        is_given = field.name in _DECIDING or (one is not None and other is not None)
        if is_single and is_given and not says(one, other):
            said.append((field.name, _said(one), _said(other)))
    said += [each for field in questions_of(Party) for each in _differing_items(field, goes, stays)]
    if said:
        words = ", ".join(f"`{name}` ({one} and {other})" for name, one, other in said)
        edit = goes.root.ogpcase("edit", goes.reference)
        raise BadInput(f"the two differ in {words}; nothing was written", f"make them say the same first: {edit}")


def _differing_items(field: Question, goes: Target, stays: Target) -> Iterator[tuple[str, str, str]]:
    """Yields the field, and what each party says, for items of one scheme, page or party that say different things.

    Nothing is different where all that one party says of it is said by the other too.
    """
    parts = questions_of(field.holds)
    if not field.repeats or not parts or parts[0].name == "id":
        return
    key = parts[0].name
    one, other = (_by_key(items_at(each, spot_in(each, field.name)), key) for each in (goes, stays))
    for name in one.keys() & other.keys():
        if not (_among(one[name], other[name]) or _among(other[name], one[name])):
            said = (", ".join(map(_said, each[name])) for each in (one, other))
            yield field.name, next(said), next(said)


def _by_key(items: Iterable[object], key: str) -> dict[str, list[Mapping[str, Any]]]:
    by_key: dict[str, list[Mapping[str, Any]]] = {}
    for item in items:
        whole = item if isinstance(item, Mapping) else {key: item}
        by_key.setdefault(str(whole.get(key)), []).append(whole)
    return by_key


def _among(some: Iterable[object], others: Sequence[object]) -> bool:
    return all(any(says(item, other) for other in others) for item in some)


def _said(value: object) -> str:
    words = in_flow(value) if isinstance(value, dict | list) else as_written(value)
    return "nothing" if value is None else f"`{words}`"


def _with_facts_of(goes: Target, stays: Target, name: NewName) -> Change:
    """Returns the change of the party that stays: other names, links, and what only the other one says."""
    target = stays._replace(tree=_without_itself(_renamed(stays.tree, name), stays.id))
    for field, value in _facts_to_add(goes, stays):
        spot = spot_in(target, field)
        if isinstance(value, list):
            change = change_with_items(target, spot, (Item(item, id_is_made=True) for item in value))
        else:
            change = change_to(target, spot, value)
        target = target._replace(tree=read_again(target.tree, change.new))
    return stays.change(target.tree.text)


def _facts_to_add(goes: Target, stays: Target) -> Iterator[tuple[str, Any]]:
    known = {folded(name) for name in names_in_values(stays.values)}
    names = {folded(name): name for name in reversed(names_in_values(goes.values)) if folded(name) not in known}
    if names:
        yield "other_names", list(reversed(names.values()))
    for field in questions_of(Party):
        spot = spot_in(goes, field.name)
        if field.repeats and field.name not in {"other_names", "part_of"} and not field.in_copies:
            yield field.name, items_at(goes, spot)
        elif field.name == "part_of":
            yield field.name, [part for part in items_at(goes, spot) if _whole_of(part) not in {goes.id, stays.id}]
        elif field.name != "name":
            held, kept = held_at(goes, spot), held_at(stays, spot_in(stays, field.name))
            yield from [(field.name, held)] if held is not None and kept is None else ()


def _whole_of(part: object) -> object:
    return part.get("party") if isinstance(part, Mapping) else part


def _renamed(tree: YamlTree, name: NewName) -> YamlTree:
    """Returns the tree with each reference to the old party renamed; no list then names the new one twice."""
    tree = renamed_in(tree, name)
    while (again := _named_twice(tree, name)) is not None:
        tree = read_again(tree, removed(tree, again))
    return tree


def _named_twice(tree: YamlTree, name: NewName) -> Route | None:
    """Returns the item of a list that names the new party alone, where another item names it too."""
    items: dict[Route, list[Route]] = {}
    for route, use, text in uses_in(tree.value, tree.file):
        item = route[:-1] if route[-1] == "party" else route
        if use == "party" and text == name.new and isinstance(item[-1], int):
            items.setdefault(item[:-1], []).append(item)
    for several in items.values():
        plain = [item for item in several if isinstance(value_at(tree.value, item), str)]
        if len(several) > 1 and plain:
            return plain[-1]
    return None


def _without_itself(tree: YamlTree, party: str) -> YamlTree:
    """Returns a party's tree without a membership in itself."""
    held = tree.fields.get("part_of")
    parts = held if isinstance(held, list) else [held]
    own = [position for position, part in enumerate(parts) if _whole_of(part) == party]
    routes: list[Route] = [("part_of", position) for position in reversed(own)]
    for route in routes if len(own) < len(parts) else [("part_of",)]:
        tree = read_again(tree, removed(tree, route))
    return tree
