"""Another id for an event, a case or a party: its file or folder, and every reference to it in the whole folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from ogpcase.diagnostics import Diagnostic, FileId, Problem
from ogpcase.edits.changing import Change, brought, change_of, problems_of_folder
from ogpcase.edits.overlay import Overlay
from ogpcase.edits.renaming_moved import Moved
from ogpcase.edits.renaming_uses import NewName, new_names
from ogpcase.errors import BadInput
from ogpcase.model.casefile import file_of_event, file_of_party
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.ids import RESERVED_CASE_IDS
from ogpcase.store.load import Texts
from ogpcase.store.names import name_problem
from ogpcase.values import frozen, replace
from ogpcase.workspace import Workspace
from ogpcase.yamltree import YamlTree, parse
from ogpcase.yamltree.splice import replaced


@frozen
class Plan:
    """A renaming: what moves where, and the files that change, by their paths after the move."""

    name: NewName
    old: FileId
    new: FileId
    changes: tuple[Change, ...]

    def after_move(self, file: FileId) -> FileId:
        """Returns where a file is after the move."""
        return self.new + file[len(self.old) :] if file == self.old or file.startswith(f"{self.old}/") else file

    def before_move(self, file: FileId) -> FileId:
        """Returns where a file is before the move."""
        return self.old + file[len(self.new) :] if file == self.new or file.startswith(f"{self.new}/") else file


def planned(workspace: Workspace, name: NewName, texts: Mapping[FileId, str] | None = None) -> Plan:
    """Returns what a new name changes; `texts` are new texts of files that change with it, by their present paths.

    Raises:
        BadInput: the name is none, it is taken, or a file that may name the record cannot be read.
    """
    old, new = _path(name, name.old), _path(name, name.new)
    _refuse_name(workspace, name, old, new)
    plan = Plan(name, old, new, ())
    changes = []
    for loaded in _texts(workspace):
        _refuse_unreadable(workspace, loaded, name)
        for file, tree in loaded.trees.items():
            text = _renamed(tree, name, (texts or {}).get(file))
            if text != tree.text:
                change = change_of(workspace, loaded, tree, text)
                changes.append(replace(change, file=plan.after_move(file)))
    return replace(plan, changes=tuple(changes))


def name_after(change: Change, event_id: str) -> NewName | None:
    """Returns the new id of an event whose file is called by its date and kind, when a change gives it another.

    None where the name stays right, or was not right before.
    """
    old, new = (_beginning(change.file, text) for text in (change.old, change.new))
    if old is None or new is None or old == new or not f"{event_id}-".startswith(f"{old}-"):
        return None
    return NewName("event", event_id, new + event_id[len(old) :], change.file.partition("/")[0])


def would_bring(workspace: Workspace, plan: Plan, today: date) -> tuple[Diagnostic, ...]:
    """Returns the problems that the renaming would bring, anywhere in the folder."""
    return brought(workspace, after(workspace, plan), problems_of_folder(today), alike_after(plan.name))


def after(workspace: Workspace, plan: Plan) -> Workspace:
    """Returns the folder as it would be."""
    texts = {change.file: change.new for change in plan.changes}
    return Workspace(workspace.root, Overlay(Moved(workspace.files, plan.old, plan.new), texts), workspace.here)


def alike_after(name: NewName) -> _Alike:
    """Returns what puts the new id for the old one in words and paths."""
    return _Alike(re.compile(rf"(?<![a-z0-9-]){re.escape(name.old)}(?![a-z0-9-])"), name.new)


@frozen
class _Alike:
    pattern: re.Pattern[str]
    new: str

    def __call__(self, text: str) -> str:
        return self.pattern.sub(self.new, text)


def _beginning(file: FileId, text: str) -> str | None:
    """Returns what an event's id begins with, by its date and kind; None where they cannot be read."""
    tree = parse(text.encode(), file).tree
    values = tree.value if tree is not None and isinstance(tree.value, dict) else {}
    dated, kind = values.get("dated"), Kind.of(str(values.get("kind")))
    try:
        digits = FuzzyDate.parse(str(getattr(dated, "written", dated))).digits
    except NotADate:
        return None
    return f"{digits}-{kind.replace('_', '-')}" if kind is not None else None


def _path(name: NewName, named: str) -> FileId:
    if name.kind == "event":
        return file_of_event(name.case_id, named)
    return file_of_party(named) if name.kind == "party" else named


def _refuse_name(workspace: Workspace, name: NewName, old: FileId, new: FileId) -> None:
    problem = name_problem(new, name.new)
    if problem is not None:
        raise BadInput(f"`{name.new}` cannot be an id: {problem.message}", *problem.helps)
    if name.kind == "case" and name.new in RESERVED_CASE_IDS:
        raise BadInput(f"`{name.new}` cannot be a case's id")
    if old == new:
        raise BadInput(f"it is called `{name.new}` already")
    folder = new.rpartition("/")[0]
    found = workspace.files.entries(folder)
    if isinstance(found, Problem) or new.rpartition("/")[2] in {entry.name for entry in found}:
        raise BadInput(f"`{name.new}` is taken", "give it another id")


def _texts(workspace: Workspace) -> Iterator[Texts]:
    yield workspace.parties.texts
    for case in workspace.all():
        yield case.texts


def _refuse_unreadable(workspace: Workspace, texts: Texts, name: NewName) -> None:
    pattern = alike_after(name).pattern
    for file, text in texts.broken.items():
        if pattern.search(text):
            shown = workspace.root.shown_path(file)
            raise BadInput(f"`{shown}` seems to name it and cannot be read", f"mend it first: ogpcase validate {shown}")


def _renamed(tree: YamlTree, name: NewName, text: str | None) -> str:
    """Returns the text of a file with all its references renamed, one node after the other."""
    if text is not None and text != tree.text:
        tree = _read(tree, text)
    for route, new in list(new_names(tree.value, tree.file, name)):
        tree = _read(tree, replaced(tree, route, new))
    return tree.text


def _read(tree: YamlTree, text: str) -> YamlTree:
    read = parse(text.encode(), tree.file).tree
    assert read is not None  # an edit's text has been read before
    return read
