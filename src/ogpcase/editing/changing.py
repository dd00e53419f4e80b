"""Changed files of a case folder: tried on the folder as it would be, and stored only if they are as they were read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from difflib import SequenceMatcher
from hashlib import sha256
from typing import NamedTuple

from ogpcase import checks
from ogpcase.diagnostics import Diagnostic, FileId, Problem
from ogpcase.errors import BadInput, CannotRead
from ogpcase.store.files import Entry, Files, Sort
from ogpcase.store.load import Texts
from ogpcase.store.problems import unreadable_file
from ogpcase.store.save import create, replace
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.tree import YamlTree

BYTE_ORDER_MARK = "\ufeff"
_AROUND = 3
"""Unchanged lines shown round a change."""


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
        raise BadInput(f"`{shown}` cannot be read as a record", f"mend it first: ogpcase validate {shown}")
    return tree


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
        for loaded in workspace.all():
            yield from loaded.problems
            yield from checks.run_case(loaded.casefile, workspace.neighbours(loaded.casefile), today)
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


class Overlay:
    """The files of a folder with some texts laid over them."""

    def __init__(self, files: Files, texts: Mapping[FileId, str]) -> None:
        """`texts` are laid over `files`, by file."""
        self._files = files
        self._texts = {file: text.encode() for file, text in texts.items()}

    def entries(self, folder: FileId) -> tuple[Entry, ...] | Problem:
        """Returns what is in a folder, with what is laid over it, by name."""
        found = self._files.entries(folder)
        if isinstance(found, Problem):
            return found
        by_name = {entry.name: entry for entry in found}
        start = f"{folder}/" if folder else ""
        for file in self._texts:
            if file.startswith(start):
                name, deeper, _ = file[len(start) :].partition("/")
                by_name.setdefault(name, Entry(name, Sort.FOLDER if deeper else Sort.FILE))
        return tuple(by_name[name] for name in sorted(by_name))

    def read(self, file: FileId) -> bytes | Problem | None:
        """Returns the bytes laid over the file, else the file's own."""
        return self._texts[file] if file in self._texts else self._files.read(file)

    def content(self, file: FileId) -> bytes | Problem | None:
        """Returns the same of a file that is no record."""
        return self._texts[file] if file in self._texts else self._files.content(file)

    def digest(self, file: FileId) -> str | Problem | None:
        """Returns the SHA-256 of what `read` gives."""
        return sha256(self._texts[file]).hexdigest() if file in self._texts else self._files.digest(file)
