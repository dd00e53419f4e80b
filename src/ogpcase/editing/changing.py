"""Changes of a case folder: new and changed files are tried in memory, then stored together or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import unified_diff
from functools import partial
from hashlib import sha256
from itertools import chain, count
from typing import NamedTuple, TypeVar

from ogpcase import checks
from ogpcase.checks.moves import duty_without_answer
from ogpcase.checks.sources import unused_source
from ogpcase.diagnostics import Diagnostic, FileId, Problem, Severity, unmatched
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, CannotRead
from ogpcase.model.casefile import CaseFile, file_of_event
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.ids import LONGEST_ID, MAPPING_NAME, slug_of
from ogpcase.model.problems import DATE_FORMS
from ogpcase.model.texts import first_text
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.store.checksums import Copy
from ogpcase.store.files import Entry, Files, Sort
from ogpcase.store.layout import EVENTS, HEADER_NAME, SOURCES
from ogpcase.store.load import Texts
from ogpcase.store.problems import unreadable_file
from ogpcase.store.save import Numbered, create, replace, stored_form
from ogpcase.store.transaction import Step, is_there, store_all
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import YamlTree
from ogpcase.yamltree.values import as_written

BYTE_ORDER_MARK = "\ufeff"
_TO_COME = frozenset({duty_without_answer.rule.code, unused_source.rule.code})
"""Not reported for a new record: nothing can have answered its duties yet, which `owed` lists, or named it."""


class Change(NamedTuple):
    """A file's new text, its old text, and its old digest (None for a new file)."""

    file: FileId
    old: str
    new: str
    sha256: str | None

    @property
    def changes(self) -> bool:
        """True if the new text differs from the old one."""
        return self.old != self.new


def change_of(workspace: Workspace, texts: Texts, tree: YamlTree, text: str) -> Change:
    """Returns the change that gives a tree's file a new text; a byte-order mark is kept."""
    data = workspace.files.read(tree.file)
    mark = BYTE_ORDER_MARK if isinstance(data, bytes) and data.decode().startswith(BYTE_ORDER_MARK) else ""
    return Change(tree.file, mark + tree.text, mark + text, texts.digest(tree.file))


def tree_in(texts: Texts, file: FileId, shown: str) -> YamlTree:
    """Returns the tree of a loaded file. Raises BadInput if it is not a record."""
    tree = texts.trees.get(file)
    if tree is None or not isinstance(tree.value, dict):
        raise BadInput(f"`{shown}` cannot be read as a record", fix_first(shown))
    return tree


def fix_first(path: str) -> str:
    """Returns the hint to correct a file or folder before anything is written."""
    return f"fix it first: {command('ogpcase validate', path)}"


def with_texts(workspace: Workspace, texts: Mapping[FileId, str | None], move: Move | None = None) -> Workspace:
    """Returns the folder with one path moved and then some files changed, all in memory; a text of None deletes."""
    return Workspace(workspace.root, Overlay(workspace.files, texts, move), workspace.here)


def read_again(tree: YamlTree, text: str) -> YamlTree:
    """Returns the tree of the text after an edit of the tree."""
    parsed = parse(text.removeprefix(BYTE_ORDER_MARK).encode(), tree.file).tree
    assert parsed is not None  # the edit has parsed the text already
    return parsed


def brought(
    before: Workspace,
    after: Workspace,
    found: Callable[[Workspace], Iterable[Problem]],
    alike: Callable[[str], str] = str,
) -> tuple[Diagnostic, ...]:
    """Returns the problems that `found` yields after the change but did not yield before.

    `alike` replaces old names by new ones in the old problems. Problems are compared by code, message and file, not by
    place, since items move in a list.
    """
    known = Counter(_identity(problem, alike) for problem in found(before))
    new = unmatched(found(after), known, lambda problem: _identity(problem, str))
    return tuple(sorted(map(after.locator().locate, new), key=lambda diagnostic: diagnostic.order))


def stop_where_refused(workspace: Workspace, problems: Iterable[Problem]) -> None:
    """Raises CannotRead for the first file or folder that cannot be read from the disk."""
    for problem in problems:
        if problem.code == unreadable_file.rule.code:
            path = workspace.root.shown_path(problem.places[0].file)
            raise CannotRead(f"`{path}`: {problem.message}")


def problems_of_case(case_id: str, today: date) -> Callable[[Workspace], Iterator[Problem]]:
    """Returns a function that finds the problems of a case, without those of parties and of the whole folder."""

    def found(workspace: Workspace) -> Iterator[Problem]:
        if workspace.has_case(case_id):
            loaded = workspace.case(case_id)
            yield from loaded.problems
            yield from checks.run_case(loaded.casefile, workspace.neighbours(loaded.casefile), today)

    return found


def problems_of_folder(today: date) -> Callable[[Workspace], Iterator[Problem]]:
    """Returns a function that finds all problems of a case folder, without those of kept copies."""

    def found(workspace: Workspace) -> Iterator[Problem]:
        yield from workspace.listing.problems
        yield from workspace.parties.problems
        for case_id in workspace.case_ids():
            yield from problems_of_case(case_id, today)(workspace)
        yield from checks.run_folder(workspace.casefiles, workspace.registry(), today)

    return found


class _Origin(NamedTuple):
    file: FileId
    sha256: str | None


class Together:
    """Collects edits and renamings of several files, made one after the other, to store them together."""

    def __init__(self) -> None:
        self._new: dict[FileId, bytes] = {}
        self._origins: dict[FileId, _Origin] = {}

    def change(self, change: Change) -> None:
        """Adds a file's new text. Raises BadInput if it cannot be stored as a record."""
        self._origins.setdefault(change.file, _Origin(change.file, change.sha256))
        self._new[change.file] = stored_form(change.new)

    def move(self, old: FileId, new: FileId, data: bytes, digest: str) -> None:
        """Adds a renaming; `data` is the file's present content, and `digest` that of the bytes read from disk."""
        self._origins[new] = self._origins.pop(old, _Origin(old, digest))
        self._new[new] = self._new.pop(old, data)

    def steps(self) -> list[Step]:
        """Returns one step for each file, from its content when read to its final content."""
        read = dict(self._origins.values())
        likes = {file: origin.file if origin.file != file else None for file, origin in self._origins.items()}
        new = [Step(file, read.get(file), data, like=likes[file]) for file, data in self._new.items()]
        return [*new, *(Step(file, digest, None) for file, digest in read.items() if file not in self._new)]


def stored_together(
    workspace: Workspace,
    what: str,
    changes: Iterable[Change],
    gone: Iterable[Change] = (),
    copies: Iterable[Copy] = (),
) -> None:
    """Writes changes, deletes files and keeps copies, all or none; call it inside `store.lock.locked`.

    `what` names the command.

    Raises:
        FileChanged: a file changed after it was read; nothing was written.
        FileExistsError: a new file exists already; nothing was written.
        CannotWrite: nothing was changed, or the next writing command finishes the work.
    """
    real = [change for change in changes if change.changes]
    beside = [Step(copy.file, None, copy) for copy in copies if not copy.is_kept]
    beside += [Step(change.file, change.sha256, None) for change in gone]
    if len(real) == 1 and not beside:
        (change,) = real
        if change.sha256 is None:
            create(workspace.root, change.file, change.new)
        else:
            replace(workspace.root, change.file, change.new, change.sha256)
    elif real or beside:
        together = Together()
        for change in real:
            together.change(change)
        store_all(workspace.root, what, [*together.steps(), *beside])


class Draft(NamedTuple):
    """New files, the problems they bring, the standing of the case before and after, and the case as it will be."""

    texts: Mapping[FileId, str]
    brings: tuple[Diagnostic, ...]
    before: Standing | None = None
    after: Standing | None = None
    case: CaseFile | None = None


def drafted(workspace: Workspace, texts: Mapping[FileId, str], case_id: str | None, today: date) -> Draft:
    """Returns the draft of some new files.

    Only the case, its parties and the records that it refers to are checked; `validate` checks the whole folder.
    """
    in_case = (f"{case_id}/{EVENTS}/", f"{case_id}/{SOURCES}/", f"{case_id}/{MAPPING_NAME}")
    beside = any(not file.startswith(in_case) for file in texts)

    def problems(of: Workspace) -> Iterator[Problem]:
        if beside:
            yield from of.listing.problems
            yield from of.parties.problems
        if case_id is None:
            found = checks.run_folder({}, of.registry(), today)
            yield from (each for each in found if each.rule.severity is Severity.ERROR)  # no record uses it yet
        else:
            yield from problems_of_case(case_id, today)(of)

    would_be = with_texts(workspace, texts)
    if not beside:
        would_be.share_parties(workspace)
    brings = tuple(problem for problem in brought(workspace, would_be, problems) if problem.code not in _TO_COME)
    if case_id is None:
        return Draft(texts, brings)
    before = standing(workspace.case(case_id).casefile, None) if workspace.has_case(case_id) else None
    case = would_be.case(case_id).casefile
    return Draft(texts, brings, before, standing(case, None), case)


def saved(workspace: Workspace, draft: Draft, copies: Sequence[Copy] = ()) -> tuple[FileId, ...]:
    """Writes the draft's files and copies together or not at all, and returns the new files, copies first.

    An event whose name was taken meanwhile gets a number. Call it inside `store.lock.locked`.

    Raises:
        CannotWrite: the disk refused the write.
        FileChanged: the original of a copy changed after it was read.
        FileExistsError: a header, party or copy already exists.
    """
    new = [Step(copy.file, None, copy) for copy in copies if not copy.is_kept]
    if len(draft.texts) + len(new) == 1:
        ((file, text),) = draft.texts.items()
        return (create(workspace.root, file, text, taken=_numbered(file) if _is_event(file) else None),)
    taken = partial(is_there, workspace.root)
    texts = {_first_free(file, taken) if _is_event(file) else file: text for file, text in draft.texts.items()}
    steps = [*new, *(Step(file, None, stored_form(text)) for file, text in texts.items())]
    verb = "add-event" if any(map(_is_event, texts)) else "add-source"
    verb = "open-case" if any(file.endswith(f"/{HEADER_NAME}") for file in texts) else verb
    store_all(workspace.root, verb, steps)
    return (*(copy.file for copy in copies if not copy.is_kept), *texts)


def _is_event(file: FileId) -> bool:
    return f"/{EVENTS}/" in file


def _numbered(file: FileId) -> Numbered:
    stem = file.removesuffix(".yaml")
    return lambda number: f"{stem}-{number}.yaml"


def _first_free(file: FileId, taken: Callable[[FileId], bool]) -> FileId:
    return next(name for name in chain([file], map(_numbered(file), count(2))) if not taken(name))


def free_event_file(case: CaseFile, event_id: str) -> FileId:
    """Returns the file of a new event with this id, numbered if the id is taken."""
    taken = {file_of_event(case.id, known) for known in case.record_by_id.keys() | case.unreadable}
    return _first_free(file_of_event(case.id, event_id), taken.__contains__)


def event_id_for(values: Mapping[str, object], slug: str | None) -> str:
    """Returns the id of a new event: the digits of its date, its kind, and a slug if given or needed.

    Raises BadInput if the date is missing or wrong.
    """
    if values.get("dated") is None:
        raise BadInput("`dated` has no value; nothing was written", "give a date, or `unknown`")
    try:
        digits = FuzzyDate.parse(as_written(values["dated"])).digits
    except NotADate as fault:
        raise BadInput(f"`dated` is not a date: {fault}", fault.help or DATE_FORMS) from None
    kind = slug_of(as_written(values.get("kind")))
    wanted = slug_of(slug or "") or (slug_of(first_text(values.get("title") or "event")) if digits == "undated" else "")
    return "-".join(part for part in (digits, kind, wanted) if part)[: LONGEST_ID - 4].rstrip("-")


def diff_lines(workspace: Workspace, change: Change) -> list[str]:
    """Returns a unified diff of the change."""
    path = workspace.root.shown_path(change.file)
    return list(unified_diff(change.old.splitlines(), change.new.splitlines(), path, path, lineterm=""))


def same_start(one: str, other: str) -> int:
    """Returns how many characters two texts have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (own, theirs) in pairs if own != theirs), min(len(one), len(other)))


def _identity(problem: Problem, alike: Callable[[str], str]) -> tuple[object, ...]:
    return (problem.code, alike(problem.message), tuple(alike(place.file) for place in problem.places))


T = TypeVar("T")


class Move(NamedTuple):
    """The renaming of a file or folder."""

    old: FileId
    new: FileId

    def after(self, path: FileId) -> FileId:
        """Returns the path after the move for a path before it."""
        return self.new + path[len(self.old) :] if _within(path, self.old) else path

    def before(self, path: FileId) -> FileId:
        """Returns the path before the move for a path after it."""
        return self.old + path[len(self.new) :] if _within(path, self.new) else path


def _within(path: FileId, top: FileId) -> bool:
    return path == top or path.startswith(f"{top}/")


class Overlay:
    """The files of a folder as they would be with one path moved and then some texts changed."""

    def __init__(self, files: Files, texts: Mapping[FileId, str | None], move: Move | None = None) -> None:
        """`texts` are by the path after the move; None is for a file that is gone."""
        self._files = files
        self._texts = {file: None if text is None else text.encode() for file, text in texts.items()}
        self._move = move or Move("", "")

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns the entries that a folder would have, by name."""
        entries = self._files.entries(self._move.before(folder))
        if isinstance(entries, Problem):
            return entries
        start = f"{folder}/" if folder else ""
        named = ((self._move.after(start + entry.name)[len(start) :], entry.sort) for entry in entries)
        by_name = {name: Entry(name, sort) for name, sort in named}
        for file, text in self._texts.items():
            if file.startswith(start):
                name, deeper, _ = file[len(start) :].partition("/")
                if text is not None:
                    by_name.setdefault(name, Entry(name, Sort.FOLDER if deeper else Sort.FILE))
                elif not deeper:
                    by_name.pop(name, None)
        return tuple(by_name[name] for name in sorted(by_name))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes that the file would have."""
        return self._texts[file] if file in self._texts else self._now(file, self._files.read)

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the same for a file that is not a record."""
        return self._texts[file] if file in self._texts else self._now(file, self._files.content)

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of the bytes that `read` returns."""
        if file not in self._texts:
            return self._now(file, self._files.digest)
        text = self._texts[file]
        return None if text is None else sha256(text).hexdigest()

    def ignored(self) -> frozenset[FileId]:
        """Returns the files and folders that git ignores, at the paths that they would have."""
        return frozenset(map(self._move.after, self._files.ignored()))

    def _now(self, file: FileId, look: Callable[[FileId], T]) -> T | None:
        """Looks at a file at its present path; None for a path that the move leaves."""
        return None if _within(file, self._move.old) else look(self._move.before(file))
