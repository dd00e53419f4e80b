"""Renames an event, a case or a party: its file or folder, and every reference to it in the whole folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Literal, NamedTuple

from ogpcase.diagnostics import Diagnostic, FileId, Problem, Route
from ogpcase.editing.changing import (
    Change,
    Move,
    Together,
    brought,
    change_of,
    fix_first,
    problems_of_folder,
    read_again,
    with_texts,
)
from ogpcase.editing.setting import Target
from ogpcase.errors import BadInput, FileChanged
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseHeader, file_of_event, file_of_party, file_of_source
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.ids import RESERVED_CASE_IDS, Reference
from ogpcase.model.parties import Party
from ogpcase.model.questions import Question, Shape, fields_of, questions_of
from ogpcase.model.sources import SourceRecord
from ogpcase.store.files import name_problem
from ogpcase.store.layout import HEADER_NAME, PARTIES
from ogpcase.store.load import Texts
from ogpcase.store.save import stored_form
from ogpcase.store.transaction import Step, store_all
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.limits import LARGEST
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import Field, inserted, replaced
from ogpcase.yamltree.tree import YamlTree
from ogpcase.yamltree.values import as_written

Use = Literal["party", "reference", "case", "source", "part"]
_USES: dict[Shape, Use] = {
    "party": "party",
    "reference": "reference",
    "mention": "reference",
    "case": "case",
    "source": "source",
    "part": "part",
}
"""What a value of each shape names; a part is a field or item, as `sources#page`."""


class NewName(NamedTuple):
    """A new id for an event or a source of a case, for a case or for a party."""

    kind: Literal["event", "case", "party", "source"]
    old: str
    new: str
    case_id: str = ""

    def of(self, use: Use, text: str, here: str) -> str | None:
        """Returns the new text of a name in a record of the case `here`; None if it names something else."""
        if use in {"source", "part"}:
            start = "sources#" if use == "part" else ""
            is_named = self.kind == "source" and here == self.case_id and text == f"{start}{self.old}"
            return f"{start}{self.new}" if is_named else None
        if use != "reference":
            return self.new if use == self.kind and text == self.old else None
        if not Reference.fits(text):
            return None
        reference = Reference(text)
        item = f"#{reference.item}" if reference.item else ""
        if self.kind == "case" and reference.case == self.old:
            return f"{self.new}/{reference.event}{item}"
        if self.kind == "event" and reference.event == self.old and (reference.case or here) == self.case_id:
            return f"{reference.case}/{self.new}{item}" if reference.case else f"{self.new}{item}"
        return None


def name_of(target: Target, new: str = "") -> NewName:
    """Returns the name of a record, with the id that it will have."""
    if target.case_id is None:
        return NewName("party", target.id, new)
    if target.model is CaseHeader:
        return NewName("case", target.id, new)
    return NewName("source" if target.model is SourceRecord else "event", target.id, new, target.case_id)


def new_names(values: object, file: FileId, name: NewName) -> Iterator[tuple[Route, str]]:
    """Yields the route and the new text of each value of a record that has to change."""
    here = file.partition("/")[0]
    for route, use, text in uses_in(values, file):
        new = name.of(use, text, here)
        if new is not None:
            yield route, new


def uses_in(values: object, file: FileId) -> Iterator[tuple[Route, Use, str]]:
    """Yields each value of a record that names another record or a part, with its route and what it names."""
    if file.startswith(f"{PARTIES}/"):
        fields = questions_of(Party)
    else:  # of an event the fields of all kinds, since its `kind` may be wrong
        fields = questions_of(CaseHeader) if file.endswith(f"/{HEADER_NAME}") else fields_of(*Kind)
    yield from _uses(values, fields, ())


def _uses(values: object, fields: Sequence[Question], route: Route) -> Iterator[tuple[Route, Use, str]]:
    known = {field.name: field for field in fields}
    for key, value in values.items() if isinstance(values, Mapping) else ():
        field = known.get(str(key))
        if field is not None and getattr(field.holds, "holds_other", None):
            yield from _others(value, field, known, (*route, key))
        elif field is not None:
            yield from _named(value, field, (*route, key))


def _others(
    value: object, field: Question, known: Mapping[str, Question], route: Route
) -> Iterator[tuple[Route, Use, str]]:
    """Yields the names in items that hold another value of a field of the record, which each item names.

    An item is a mapping, or the name of the field alone.
    """
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _others(item, field, known, (*route, position))
        return
    if not isinstance(value, Mapping):
        yield from _named(value, field, route)
        return
    part = field.holds.holds_other if issubclass(field.holds, Frozen) else None
    other = known.get(str(value.get("field", "")).partition("#")[0])
    for name, inner in value.items():
        if name == "field":
            yield from _named(inner, field, (*route, name))
        elif name == part and other is not None:
            yield from _named(inner, other, (*route, name))
        elif name != part:
            yield from _uses({name: inner}, questions_of(field.holds), route)


def _named(value: object, field: Question, route: Route) -> Iterator[tuple[Route, Use, str]]:
    """Yields the names in a field's value: a name, a list of names, or a mapping with names."""
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _named(item, field, (*route, position))
    elif isinstance(value, Mapping):
        yield from _uses(value, questions_of(field.holds), route)
    elif (use := _USES.get(field.shape)) is not None:
        text = getattr(value, "written", value)
        if isinstance(text, str):
            yield route, use, text


class Plan(NamedTuple):
    """A renaming: the move of the file or folder, and the files that change, by their paths after it."""

    name: NewName
    move: Move
    changes: tuple[Change, ...] = ()


def planned(workspace: Workspace, name: NewName, texts: Mapping[FileId, str] | None = None) -> Plan:
    """Plans a renaming; `texts` are new texts of files, by their present paths, to store with it.

    Raises BadInput if the id is malformed or taken, or a file that may name the record cannot be read.
    """
    plan = Plan(name, Move(_path(name, name.old), _path(name, name.new)))
    _refuse_name(workspace, name, plan.move)
    changes = []
    refuse_not_read(workspace, name)
    for loaded in texts_of_folder(workspace):
        for file, tree in loaded.trees.items():
            given = (texts or {}).get(file, tree.text)
            new_tree = renamed_in(tree if given == tree.text else read_again(tree, given), name)
            text = _with_old_id(new_tree, name) if file == plan.move.old and name.kind == "event" else new_tree.text
            if text != tree.text:
                change = change_of(workspace, loaded, tree, text)
                changes.append(change._replace(file=plan.move.after(file)))
    return plan._replace(changes=tuple(changes))


def name_after(change: Change, event_id: str) -> NewName | None:
    """Returns the new id that a change of its date or kind gives an event; None if the id stays right.

    None too if the id did not follow from date and kind before.
    """
    old, new = (_beginning(change.file, text) for text in (change.old, change.new))
    if old is None or new is None or old == new or not f"{event_id}-".startswith(f"{old}-"):
        return None
    return NewName("event", event_id, new + event_id[len(old) :], change.file.partition("/")[0])


def would_bring(workspace: Workspace, plan: Plan, today: date) -> tuple[Diagnostic, ...]:
    """Returns the problems that the renaming would bring anywhere in the folder."""
    return brought(workspace, after(workspace, plan), problems_of_folder(today), alike_after(plan.name))


def carried_out(workspace: Workspace, plan: Plan) -> None:
    """Carries out a renaming; call it inside `store.lock.locked`. Raises what `stored_together` raises."""
    if plan.name.kind == "case":
        steps = [Step(change.file, change.sha256, stored_form(change.new)) for change in plan.changes]
        store_all(workspace.root, "rename", steps, plan.move)
        return
    together = Together()
    renamed(together, workspace, plan)
    store_all(workspace.root, "rename", together.steps())


def renamed(together: Together, workspace: Workspace, plan: Plan) -> None:
    """Adds the planned renaming of an event or a party. Raises FileChanged if its file is gone."""
    data = workspace.files.read(plan.move.old)
    if not isinstance(data, bytes):
        raise FileChanged(
            f"{plan.move.old.rpartition('/')[2]} changed while this command was running; nothing was written"
        )
    digests = {change.file: change.sha256 for change in plan.changes}
    together.move(*plan.move, data, digests.get(plan.move.new) or sha256(data).hexdigest())
    for change in plan.changes:
        together.change(change)


def after(workspace: Workspace, plan: Plan) -> Workspace:
    """Returns the folder as it would be after the renaming."""
    return with_texts(workspace, {change.file: change.new for change in plan.changes}, plan.move)


def alike_after(name: NewName) -> Callable[[str], str]:
    """Returns a function that replaces the old id by the new one in messages and paths."""
    return partial(_pattern(name).sub, name.new)


def _pattern(name: NewName) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9-]){re.escape(name.old)}(?![a-z0-9-])")


def _beginning(file: FileId, text: str) -> str | None:
    """Returns how an event's id begins, by its date and kind; None if they cannot be read."""
    tree = parse(text.encode("utf-8", "surrogateescape"), file).tree
    values = tree.fields if tree is not None else {}
    dated, kind = values.get("dated"), Kind.of(str(values.get("kind")))
    try:
        digits = FuzzyDate.parse(as_written(dated)).digits
    except NotADate:
        return None
    return f"{digits}-{kind.replace('_', '-')}" if kind is not None else None


def _path(name: NewName, named: str) -> FileId:
    if name.kind == "event":
        return file_of_event(name.case_id, named)
    if name.kind == "source":
        return file_of_source(name.case_id, named)
    return file_of_party(named) if name.kind == "party" else named


def _refuse_name(workspace: Workspace, name: NewName, move: Move) -> None:
    old, new = move
    problem = name_problem(new, name.new)
    if problem is not None:
        raise BadInput(f"`{name.new}` cannot be an id: {problem.message}", *problem.helps)
    if name.kind == "case" and name.new in RESERVED_CASE_IDS:
        raise BadInput(f"`{name.new}` cannot be a case's id")
    if old == new:
        raise BadInput(f"its id is already `{name.new}`")
    folder = new.rpartition("/")[0]
    entries = workspace.files.entries(folder)
    if isinstance(entries, Problem) or new.rpartition("/")[2] in {entry.name for entry in entries}:
        raise BadInput(f"`{name.new}` is taken", "give it another id")


def texts_of_folder(workspace: Workspace) -> Iterator[Texts]:
    """Yields the texts of the parties, and of each case."""
    yield workspace.parties.texts
    for case in workspace.all():
        yield case.texts


def refuse_not_read(workspace: Workspace, name: NewName, but: FileId = "") -> None:
    """Raises BadInput if an unreadable record other than `but` may name it; its text is searched if there is one."""
    pattern = _pattern(name)
    for file in (file for file in workspace.not_read() if file != but):
        text = workspace.texts_of(file).broken.get(file)
        if text is None or len(text) > LARGEST or pattern.search(text):
            shown = workspace.root.shown_path(file)
            raise BadInput(f"`{shown}` may name it, but cannot be read", fix_first(shown))


def _with_old_id(tree: YamlTree, name: NewName) -> str:
    """Returns an event's text with its old id in `aliases`, and without the new one."""
    held = tree.fields.get("aliases", [])
    aliases = [alias for alias in (held if isinstance(held, list) else [held]) if alias not in {name.new, name.old}]
    if "aliases" in tree.fields:
        return replaced(tree, ("aliases",), [*aliases, name.old])
    return inserted(tree, (), Field.among("aliases", [name.old], [field.name for field in fields_of(*Kind)]))


def renamed_in(tree: YamlTree, name: NewName) -> YamlTree:
    """Returns the tree of a record with each reference to the old id changed."""
    for route, new in list(new_names(tree.value, tree.file, name)):
        tree = read_again(tree, replaced(tree, route, new))
    return tree
