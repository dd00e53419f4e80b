"""Changes of a case folder: new and changed files, tried on the folder as it would be, and stored all or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from functools import partial
from hashlib import sha256
from itertools import chain, count
from typing import NamedTuple, TypeVar

from ogpcase import checks
from ogpcase.checks.moves import duty_without_answer
from ogpcase.diagnostics import Diagnostic, FileId, Problem, Severity
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, CannotRead
from ogpcase.model.casefile import CaseFile, file_of_event
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.ids import LONGEST_ID, slug_of
from ogpcase.model.problems import DATE_FORMS
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.store.checksums import Copy
from ogpcase.store.files import Entry, Files, Sort
from ogpcase.store.layout import EVENTS, HEADER_NAME
from ogpcase.store.load import Texts
from ogpcase.store.problems import unreadable_file
from ogpcase.store.save import Numbered, create, replace, stored_form
from ogpcase.store.transaction import Step, is_there, store_all
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import YamlTree

T = TypeVar("T")
BYTE_ORDER_MARK = "\ufeff"
_AROUND = 3
"""Unchanged lines shown round a change."""
_DUTIES = duty_without_answer.rule.code
"""A step just made has duties that nothing can have answered yet: they are said, not warned of."""


class Change(NamedTuple):
    """A file's new text, the text that was read, and the digest it had then; None where the file is new."""

    file: FileId
    old: str
    new: str
    sha256: str | None

    @property
    def changes(self) -> bool:
        """False when all is as it was."""
        return self.old != self.new


def change_of(workspace: Workspace, texts: Texts, tree: YamlTree, text: str) -> Change:
    """Returns the change that gives a tree's file a new text; a byte-order mark stays where it was."""
    data = workspace.files.read(tree.file)
    mark = BYTE_ORDER_MARK if isinstance(data, bytes) and data.decode().startswith(BYTE_ORDER_MARK) else ""
    return Change(tree.file, mark + tree.text, mark + text, texts.digests[tree.file])


def tree_in(texts: Texts, file: FileId, shown: str) -> YamlTree:
    """Returns the tree of a file that was loaded.

    Raises:
        BadInput: it gave none.
    """
    tree = texts.trees.get(file)
    if tree is None or not isinstance(tree.value, dict):
        raise BadInput(f"`{shown}` cannot be read as a record", f"mend it first: {command('ogpcase validate', shown)}")
    return tree


def with_texts(workspace: Workspace, texts: Mapping[FileId, str], move: Move | None = None) -> Workspace:
    """Returns the folder as it would be with one path moved, and then some files' texts."""
    return Workspace(workspace.root, Overlay(workspace.files, texts, move), workspace.here)


def read_again(tree: YamlTree, text: str) -> YamlTree:
    """Returns the tree of a text that an edit of the tree returned."""
    parsed = parse(text.encode(), tree.file).tree
    assert parsed is not None  # such a text has been read before
    return parsed


def brought(
    before: Workspace,
    after: Workspace,
    found: Callable[[Workspace], Iterable[Problem]],
    alike: Callable[[str], str] = str,
) -> tuple[Diagnostic, ...]:
    """Returns the problems that are found after and not before; `alike` turns old names in their words into new ones.

    A problem is known by what it says of which file, not by its place: items move when one before them goes.
    """
    known = Counter(_identity(each, alike) for each in found(before))
    new = []
    for each in found(after):
        key = _identity(each, str)
        if known[key] > 0:
            known[key] -= 1
        else:
            new.append(each)
    return tuple(sorted(map(after.locator().locate, new), key=lambda each: each.order))


def stop_where_refused(workspace: Workspace, problems: Iterable[Problem]) -> None:
    """Raises CannotRead for the first file or folder that the disk refuses to show."""
    for problem in problems:
        if problem.code == unreadable_file.rule.code:
            path = workspace.root.shown_path(problem.places[0].file)
            raise CannotRead(f"`{path}`: {problem.message}")


def problems_of_case(case_id: str, today: date) -> Callable[[Workspace], Iterator[Problem]]:
    """Returns what finds the problems of a case; those of its parties and of the whole folder are `validate`'s."""

    def found(workspace: Workspace) -> Iterator[Problem]:
        if workspace.has_case(case_id):
            loaded = workspace.case(case_id)
            yield from loaded.problems
            yield from checks.run_case(loaded.casefile, workspace.neighbours(loaded.casefile), today)

    return found


def problems_of_folder(today: date) -> Callable[[Workspace], Iterator[Problem]]:
    """Returns what finds all problems of a case folder but those of its copies."""

    def found(workspace: Workspace) -> Iterator[Problem]:
        yield from workspace.listing.problems
        yield from workspace.parties.problems
        for case_id in workspace.case_ids():
            yield from problems_of_case(case_id, today)(workspace)
        yield from checks.run_folder(workspace.casefiles, workspace.registry(), today)

    return found


def stored(workspace: Workspace, change: Change) -> None:
    """Writes the change; call it inside `store.lock.locked`.

    Raises:
        FileChanged: the file is no longer what was read; nothing was written.
        CannotWrite: the disk refuses.
    """
    if change.changes and change.sha256 is not None:
        replace(workspace.root, change.file, change.new, change.sha256)
    elif change.changes:
        create(workspace.root, change.file, change.new)


class _Was(NamedTuple):
    """The file that bytes were read from, and its digest then."""

    file: FileId
    sha256: str | None


class Together:
    """What files become by edits made one after the other; each edit sees the folder as those before it leave it."""

    def __init__(self) -> None:
        self._now: dict[FileId, bytes] = {}
        self._was: dict[FileId, _Was] = {}

    def change(self, change: Change) -> None:
        """Adds a file's new text. Raises BadInput where it can be none of a record."""
        self._was.setdefault(change.file, _Was(change.file, change.sha256))
        self._now[change.file] = stored_form(change.new)

    def move(self, old: FileId, new: FileId, data: bytes, digest: str) -> None:
        """Adds another name for a file; `data` is what it holds by now, and had this digest when it was read."""
        self._was[new] = self._was.pop(old, _Was(old, digest))
        self._now[new] = self._now.pop(old, data)

    def steps(self) -> list[Step]:
        """Returns what becomes of each file, whatever became of it in between."""
        read = dict(self._was.values())
        gone = [Step(file, digest, None) for file, digest in read.items() if file not in self._now]
        return [*(self._step(file, data, read.get(file)) for file, data in self._now.items()), *gone]

    def _step(self, file: FileId, data: bytes, before: str | None) -> Step:
        was = self._was[file].file
        return Step(file, before, data, like=was if was != file else None)


def stored_together(workspace: Workspace, what: str, changes: Iterable[Change]) -> None:
    """Writes changes of several files, all or none; call it inside `store.lock.locked`. `what` is the command.

    Raises:
        FileChanged: a file is no longer what was read; nothing was written.
        CannotWrite: the disk refuses: nothing was changed, or the next writing command goes on from there.
    """
    real = [change for change in changes if change.changes]
    if len(real) == 1:
        stored(workspace, real[0])
    elif real:
        together = Together()
        for change in real:
            together.change(change)
        store_all(workspace.root, what, together.steps())


class Draft(NamedTuple):
    """New files and what they would change: the problems they bring, and where the case stood and would stand."""

    texts: Mapping[FileId, str]
    brings: tuple[Diagnostic, ...]
    before: Standing | None = None
    after: Standing | None = None


def drafted(workspace: Workspace, texts: Mapping[FileId, str], case_id: str | None, today: date) -> Draft:
    """Returns what new files would change, in the case they join and in their own lines.

    Only the case, its parties and what it refers to are checked; the whole folder is `validate`'s.
    """
    beside = any(not file.startswith(f"{case_id}/{EVENTS}/") for file in texts)

    def problems(of: Workspace) -> Iterator[Problem]:
        if beside:
            yield from of.listing.problems
            yield from of.parties.problems
        if case_id is None:
            found = checks.run_folder({}, of.registry(), today)
            yield from (each for each in found if each.rule.severity is Severity.ERROR)  # a new party is in no record
        else:
            yield from problems_of_case(case_id, today)(of)

    would_be = with_texts(workspace, texts)
    if not beside:
        would_be.share_parties(workspace)
    brings = tuple(each for each in brought(workspace, would_be, problems) if each.code != _DUTIES)
    if case_id is None:
        return Draft(texts, brings)
    before = standing(workspace.case(case_id).casefile, None) if workspace.has_case(case_id) else None
    return Draft(texts, brings, before, standing(would_be.case(case_id).casefile, None))


def saved(workspace: Workspace, draft: Draft, copies: Sequence[Copy] = ()) -> tuple[FileId, ...]:
    """Writes the draft's files and the copies they name, all or none, and returns the files.

    An event whose name was taken meanwhile gets a number. Call it inside `store.lock.locked`.

    Raises:
        CannotWrite: if the disk refuses.
        FileChanged: if a copy's original is no longer what was read.
        FileExistsError: if a header, party or copy is there by now.
    """
    new = [Step(copy.file, None, copy) for copy in copies if not copy.is_kept]
    if len(draft.texts) + len(new) == 1:
        ((file, text),) = draft.texts.items()
        return (create(workspace.root, file, text, taken=_numbered(file) if _is_event(file) else None),)
    taken = partial(is_there, workspace.root)
    texts = {_first_free(file, taken) if _is_event(file) else file: text for file, text in draft.texts.items()}
    steps = [*new, *(Step(file, None, stored_form(text)) for file, text in texts.items())]
    what = "open-case" if any(file.endswith(f"/{HEADER_NAME}") for file in texts) else "add-event"
    store_all(workspace.root, what, steps)
    return tuple(texts)


def _is_event(file: FileId) -> bool:
    return f"/{EVENTS}/" in file


def _numbered(file: FileId) -> Numbered:
    stem = file.removesuffix(".yaml")
    return lambda number: f"{stem}-{number}.yaml"


def _first_free(file: FileId, taken: Callable[[FileId], bool]) -> FileId:
    """Returns the file, or with the first number whose name is free."""
    return next(name for name in chain([file], map(_numbered(file), count(2))) if not taken(name))


def free_event_file(case: CaseFile, event_id: str) -> FileId:
    """Returns the file of a new event of this id, numbered where the id is taken."""
    taken = {file_of_event(case.id, known) for known in case.event_by_id.keys() | case.unreadable}
    return _first_free(file_of_event(case.id, event_id), taken.__contains__)


def event_id_for(values: Mapping[str, object], slug: str | None) -> str:
    """Returns the id a new event gets: the digits of its date, its kind, and a slug where one is given or needed.

    Raises:
        BadInput: if the date is none.
    """
    if values.get("dated") is None:
        raise BadInput("`dated` has no value; nothing was written", "give a date, or `unknown`")
    try:
        digits = FuzzyDate.parse(_text(values["dated"])).digits
    except NotADate as fault:
        raise BadInput(f"`dated` is no date: {fault}", fault.help or DATE_FORMS) from None
    kind = slug_of(_text(values.get("kind")))
    wanted = slug_of(slug or "") or (slug_of(_title(values)) if digits == "undated" else "")
    return "-".join(part for part in (digits, kind, wanted) if part)[: LONGEST_ID - 4].rstrip("-")


def _text(value: object) -> str:
    return str(getattr(value, "written", value))


def _title(values: Mapping[str, object]) -> str:
    title = values.get("title")
    return str(next(iter(title.values()), "")) if isinstance(title, Mapping) else str(title or "event")


def diff_lines(workspace: Workspace, change: Change) -> list[str]:
    """Returns a unified diff of the change."""
    if not change.changes:
        return []
    path = workspace.root.shown_path(change.file)
    old, new = change.old.splitlines(), change.new.splitlines()
    lines = [f"--- {path}", f"+++ {path}"]
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND):
        (_, first, _, new_first, _), (_, _, last, _, new_last) = group[0], group[-1]
        lines.append(f"@@ -{first + 1},{last - first} +{new_first + 1},{new_last - new_first} @@")
        for kind, start, end, new_start, new_end in group:
            same = kind == "equal"
            lines += [f" {line}" for line in old[start:end] if same]
            lines += [f"-{line}" for line in old[start:end] if not same]
            lines += [f"+{line}" for line in new[new_start:new_end] if not same]
    return lines


def _identity(problem: Problem, alike: Callable[[str], str]) -> tuple[object, ...]:
    return (problem.code, alike(problem.message), tuple(alike(place.file) for place in problem.places))


class Move(NamedTuple):
    """A file or folder that gets another path in the same folder."""

    old: FileId
    new: FileId

    def after(self, path: FileId) -> FileId:
        """Returns where what is at a path will be."""
        return self.new + path[len(self.old) :] if _within(path, self.old) else path

    def before(self, path: FileId) -> FileId:
        """Returns where what will be at a path is now."""
        return self.old + path[len(self.new) :] if _within(path, self.new) else path


def _within(path: FileId, top: FileId) -> bool:
    return path == top or path.startswith(f"{top}/")


class Overlay:
    """The files of a folder as they would be: with one path moved, and then some texts laid over them."""

    def __init__(self, files: Files, texts: Mapping[FileId, str], move: Move | None = None) -> None:
        """`texts` are by the path after the move."""
        self._files = files
        self._texts = {file: text.encode() for file, text in texts.items()}
        self._move = move

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what would be in a folder, by name."""
        found = self._files.entries(self._move.before(folder) if self._move else folder)
        if isinstance(found, Problem):
            return found
        start = f"{folder}/" if folder else ""
        names = {entry.name: entry.name for entry in found}
        if self._move is not None:
            names = {name: self._move.after(start + name)[len(start) :] for name in names}
        by_name = {names[entry.name]: Entry(names[entry.name], entry.sort) for entry in found}
        for file in self._texts:
            if file.startswith(start):
                name, deeper, _ = file[len(start) :].partition("/")
                by_name.setdefault(name, Entry(name, Sort.FOLDER if deeper else Sort.FILE))
        return tuple(by_name[name] for name in sorted(by_name))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes that the file would have."""
        return self._texts[file] if file in self._texts else self._now(file, self._files.read)

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the same of a file that is no record."""
        return self._texts[file] if file in self._texts else self._now(file, self._files.content)

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of what `read` gives."""
        return sha256(self._texts[file]).hexdigest() if file in self._texts else self._now(file, self._files.digest)

    def _now(self, file: FileId, look: Callable[[FileId], T]) -> T | None:
        """Looks at a file where it is now; there is none where it moves away from."""
        if self._move is None:
            return look(file)
        return None if _within(file, self._move.old) else look(self._move.before(file))
