"""Another id for an event, a case or a party: its file or folder, and every reference to it in the whole folder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from ogpcase.diagnostics import Diagnostic, FileId, Problem, Route
from ogpcase.editing.changing import Change, Overlay, brought, change_of, problems_of_folder
from ogpcase.errors import BadInput
from ogpcase.model.casefile import file_of_event, file_of_party
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.fields import HEAD, HEADER, OWN, PARTY, TAIL
from ogpcase.model.ids import RESERVED_CASE_IDS, Reference
from ogpcase.store.files import Entry, Files, name_problem
from ogpcase.store.layout import HEADER_NAME, PARTIES
from ogpcase.store.load import Texts
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import replaced
from ogpcase.yamltree.tree import YamlTree


class Moved:
    """The files of a folder with one path moved."""

    def __init__(self, files: Files, old: FileId, new: FileId) -> None:
        """`old` is a file or a folder, and `new` its new path in the same folder."""
        self._files = files
        self._old = old
        self._new = new

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, the moved one under its new name."""
        found = self._files.entries(self._before(folder))
        above, _, old = self._old.rpartition("/")
        if isinstance(found, Problem) or folder != above:
            return found
        new = self._new.rpartition("/")[2]
        return tuple(sorted(Entry(new, entry.sort) if entry.name == old else entry for entry in found))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes of the file that would have this name."""
        return self._files.read(self._before(file)) if not self._is_gone(file) else None

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the same of a file that is no record."""
        return self._files.content(self._before(file)) if not self._is_gone(file) else None

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of what `read` gives."""
        return self._files.digest(self._before(file)) if not self._is_gone(file) else None

    def _before(self, path: FileId) -> FileId:
        """Returns where what would be at a path is now."""
        if path == self._new or path.startswith(f"{self._new}/"):
            return self._old + path[len(self._new) :]
        return path

    def _is_gone(self, path: FileId) -> bool:
        return path == self._old or path.startswith(f"{self._old}/")


_FIELDS = (*HEAD, *TAIL, *(field for fields in OWN.values() for field in fields))
_PARTY_FIELDS = frozenset(
    {field.name for field in (*_FIELDS, *HEADER, *PARTY) if field.shape in {"party", "parties"}}
    | {"asked_of", "of", "by", "for", "party"}
)
_REFERENCE_FIELDS = frozenset(
    {field.name for field in _FIELDS if field.shape in {"reference", "references", "mentions"}}
    | {"about", "request", "after", "event", "evidence", "cites"}
)
_TEXT_FIELDS = frozenset({field.name for field in _FIELDS if field.shape == "text"} | {"because"})

Use = Literal["party", "reference", "case"]


class NewName(NamedTuple):
    """Another id for an event of a case, for a case or for a party."""

    kind: Literal["event", "case", "party"]
    old: str
    new: str
    case_id: str = ""

    def of(self, use: Use, text: str, here: str) -> str | None:
        """Returns what a name in a record of the case `here` becomes; None where it names something else."""
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


def new_names(values: object, file: FileId, name: NewName) -> Iterator[tuple[Route, str]]:
    """Yields each node of a record's values that has to change, and what it becomes."""
    here = file.partition("/")[0]
    for route, use, text in _uses(values, file):
        new = name.of(use, text, here)
        if new is not None:
            yield route, new


def _uses(values: object, file: FileId) -> Iterator[tuple[Route, Use, str]]:
    if not isinstance(values, Mapping):
        return
    if file.startswith(f"{PARTIES}/"):
        yield from _named(values.get("part_of"), ("part_of",), "party")
    elif file.endswith(f"/{HEADER_NAME}"):
        yield from _named(values.get("subject"), ("subject",), "party")
        related = values.get("related")
        for position, each in enumerate(related if isinstance(related, list) else ()):
            if isinstance(each, Mapping):
                yield from _named(each.get("case"), ("related", position, "case"), "case")
    else:
        yield from _in_part(values, ())


def _in_part(value: object, route: Route) -> Iterator[tuple[Route, Use, str]]:
    """Yields what a mapping or list of an event names, by the names of its fields."""
    if isinstance(value, list):
        for position, each in enumerate(value):
            yield from _in_part(each, (*route, position))
    if not isinstance(value, Mapping):
        return
    stated = str(value.get("field", "")).partition("#")[0] if route[:1] == ("also_stated",) else ""
    for key, inner in value.items():
        use = _use_of(stated if stated and key == "value" else str(key))
        if use is not None:
            yield from _named(inner, (*route, key), use)
        if key not in _TEXT_FIELDS:
            yield from _in_part(inner, (*route, key))


def _use_of(name: str) -> Use | None:
    if name in _PARTY_FIELDS:
        return "party"
    return "reference" if name in _REFERENCE_FIELDS else None


def _named(value: Any, route: Route, use: Use) -> Iterator[tuple[Route, Use, str]]:  # noqa: ANN401 - any parsed value
    """Yields a name, or each of several; what stands in a longer form is found by its own fields."""
    for position, each in enumerate(value) if isinstance(value, list) else ((None, value),):
        text = getattr(each, "written", each)
        if isinstance(text, str):
            yield (route if position is None else (*route, position)), use, text


class Plan(NamedTuple):
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
                changes.append(change._replace(file=plan.after_move(file)))
    return plan._replace(changes=tuple(changes))


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


@dataclass(frozen=True, slots=True)
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
