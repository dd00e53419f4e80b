"""What a writing command prints of its files: lines before and after, how to take it back, and what to add to git."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from ogpcase.diagnostics.visible_text import command
from ogpcase.output.lines import Line, Page, Piece, line
from ogpcase.store.git import InGit, addable
from ogpcase.store.layout import current_folder, repository_around

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.editing.changing import Change
    from ogpcase.store.layout import Root

_MOST_LINES = 6
"""Lines that are shown of a part before the change, and as many after it."""
_BEFORE_THE_CHANGE = 20
"""Characters that are shown of a long line before the place where it changes."""
_MOST_FILES = 3
"""Changed files whose lines are shown; the others are named."""
_MOST_NAMES = 3
_PATTERN = re.compile(r"^:|[*?\[\\]")
"""What git takes for more than the name of a file in a path."""


class Touched(NamedTuple):
    """The files that a command writes, and what git has of those that were there before.

    `move` is the renaming of a file or folder. `changed` have their paths after it, the files in `git` before.
    """

    root: Root
    git: InGit = InGit()
    changed: tuple[Change, ...] = ()
    gone: tuple[Change, ...] = ()
    new: tuple[FileId, ...] = ()
    move: tuple[FileId, FileId] | None = None

    def lines(self, page: Page) -> Iterator[Line]:
        """Yields the path of each file, with the lines that change in the first few and in those that git lacks."""
        if self.move is not None:
            old, new = map(self.root.shown_path, self.move)
            yield line(Piece("renamed ", "good"), f"{new}   (was {old})")
        own_first = sorted(self.changed, key=lambda change: self.move is None or change.file != self.move[1])
        for place, change in enumerate(own_first):
            if self.move is None or change.file != self.move[1]:
                yield line(Piece("wrote   ", "good"), self.root.shown_path(change.file))
            if place < _MOST_FILES or not self._restorable(change.file):
                yield from changed_lines(change, page, whole=not self._restorable(change.file))
        for file in self.new:
            yield line(Piece("wrote   ", "good"), self.root.shown_path(file))
        for change in self.gone:
            yield line(Piece("deleted ", "good"), self.root.shown_path(change.file))
            yield from changed_lines(change, page, whole=not self._restorable(change.file))

    def last_lines(self, inverse: str = "") -> Iterator[Line]:
        """Yields the commands that take the change back, and the one that adds it to git.

        `inverse` is a command that takes it back if git cannot restore the files that were there.
        """
        for words in self._undo(inverse):
            yield line(Piece("undo    ", "dim"), words)
        if names := addable(self.root, self._to_add()):
            yield line(Piece("next    ", "dim"), git_command(self.root, "add", names))

    def _old(self, file: FileId) -> FileId:
        """Returns the path of a file before the renaming."""
        if self.move is None or not f"{file}/".startswith(f"{self.move[1]}/"):
            return file
        return self.move[0] + file[len(self.move[1]) :]

    def _restorable(self, file: FileId) -> bool:
        return self._old(file) in self.git.restorable

    def _undo(self, inverse: str) -> Iterator[str]:
        shown = self.root.shown_path
        old = list(dict.fromkeys(self._old(change.file) for change in (*self.changed, *self.gone)))
        by_hand = [file for file in old if file not in self.git.restorable]
        if by_hand and inverse:
            yield inverse
        if self.move is not None:
            yield command("mv", shown(self.move[1]), shown(self.move[0]))
        if self.new:
            yield command("rm", *map(shown, self.new))
        yield from () if inverse else self._by_hand(by_hand)
        if restored := [file for file in old if file in self.git.restorable]:
            yield git_command(self.root, "restore", restored)

    def _by_hand(self, files: Sequence[FileId]) -> Iterator[str]:
        changed, unknown = (
            [self.root.shown_path(file) for file in files if (file in self.git.tracked) is tracked]
            for tracked in (True, False)
        )
        if changed:
            yield f"by hand: git restore would also lose earlier changes of {_names(changed)}"
        if unknown:
            yield f"by hand: git has no earlier text of {_names(unknown)}"

    def _to_add(self) -> Sequence[FileId]:
        old, new = self.move or ("", "")
        tracked = any(f"{file}/".startswith(f"{old}/") for file in self.git.tracked)
        moved = [new, *([old] if tracked else [])] if new else []
        gone = [change.file for change in self.gone if change.file in self.git.tracked]
        changed = [change.file for change in self.changed if self._old(change.file) == change.file]
        return list(dict.fromkeys((*self.new, *changed, *gone, *moved)))


def git_command(root: Root, verb: str, files: Iterable[FileId]) -> str:
    """Returns a git command on files of a folder, which can be run in the current folder.

    It names the folder if that was named to ogpcase, or the current folder is in no repository that holds it.
    """
    paths = [*map(root.shown_path, files)]
    options: list[str] = []
    top = repository_around(root.path)
    if root.named is not None or top is None or not current_folder().resolve().is_relative_to(top):
        paths, options = [*files], ["-C", root.shown]
    if any(_PATTERN.search(path) for path in paths):
        options.append("--literal-pathspecs")
    return command("git", *paths, options=[*options, verb])


def _names(paths: Iterable[str]) -> str:
    names = list(paths)
    return ", ".join(names) if len(names) <= _MOST_NAMES else f"{len(names)} files"


def changed_lines(change: Change, page: Page, *, whole: bool) -> Iterator[Line]:
    """Yields the lines that a change takes out and puts in, the first few of each part, or with `whole` all.

    A line that is too long for the page is shown around the place where it changes.
    """
    old, new = change.old.splitlines(), change.new.splitlines()
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            before, after = old[start:end], new[new_start:new_end]
            yield from _side("  - ", before, after, page, whole=whole)
            yield from _side("  + ", after, before, page, whole=False)


def _side(sign: str, texts: Sequence[str], others: Sequence[str], page: Page, *, whole: bool) -> Iterator[Line]:
    shown = texts if whole or len(texts) <= _MOST_LINES else texts[: _MOST_LINES - 1]
    width = None if whole or page.width is None else page.width - len(sign)
    paired = len(texts) == len(others)
    for place, text in enumerate(shown):
        same = _same_start(text, others[place]) if paired else 0
        yield line(Piece(sign, "dim"), _clipped(text, same, width))
    if len(shown) < len(texts):
        yield line(Piece(f"{sign}… and {len(texts) - len(shown)} more lines", "dim"))


def _same_start(text: str, other: str) -> int:
    """Returns how many characters two texts have in common at their start."""
    letters = enumerate(zip(text, other, strict=False))
    return next((place for place, (one, two) in letters if one != two), min(len(text), len(other)))


def _clipped(text: str, same: int, width: int | None) -> str:
    """Returns a text as far as it fits the width, from shortly before its first different character."""
    if width is None or len(text) <= width:
        return text
    begin = max(0, min(same - _BEFORE_THE_CHANGE, len(text) - width + 1))
    rest = f"…{text[begin:]}" if begin else text
    return rest if len(rest) <= width else f"{rest[: width - 1]}…"
