"""Lets the user change a text in their own editor, and keeps what they typed if it cannot be used."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from time import monotonic
from typing import NamedTuple

from ogpcase.cli.boundary import Ended, add_hints, tell
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import CannotRead, CannotWrite, FileChanged
from ogpcase.store.layout import reason
from ogpcase.store.lock import Stored
from ogpcase.store.system import WINDOWS, command_words

_FOLDER = "ogpcase-"
"""How the name of a private folder begins."""
_TEXT, _BEGUN = "event.yaml", "before.yaml"
"""The files in it: the text to edit, and of an existing record what editing began from."""
_AT_ONCE = 1.0
"""Seconds in which nobody can have edited a text: an editor that returns sooner has its window still open."""


class Kept(NamedTuple):
    """A text that an earlier run kept, and the record's text that it began from; None for a new record."""

    path: Path
    begun: str | None


def kept_text(path: Path | None) -> Kept | None:
    """Returns what an earlier run kept in a private folder, if a path leads to it; None for any other file."""
    if path is None or path.name != _TEXT or not path.is_file():
        return None
    folder = path.resolve().parent
    if not folder.name.startswith(_FOLDER) or folder.parent != Path(gettempdir()).resolve():
        return None
    begun = folder / _BEGUN
    return Kept(folder / _TEXT, _typed(begun) if begun.is_file() else None)


@contextmanager
def edited(text: str, again: str = "", *, begun: str | None = None, kept: Kept | None = None) -> Iterator[str]:
    """Gives the text after the user has edited it.

    If the block fails or the run is stopped, the edited text stays in a file that only this user can read, and the
    message names that file; `again` is the command that goes on with it by `--from`. `begun` is the text of an existing
    record, which stays beside it. What an earlier run `kept` is edited in its own file, and stays until something is
    stored.

    Raises:
        CannotRead: if no editor is set, it fails, or it leaves no file.
        CannotWrite: if there is no room for a file to edit.
    """
    path = kept.path if kept else _file_to_edit(text, begun)
    stays = False
    try:
        try:
            at_once = _edit(path) < _AT_ONCE and _typed(path) == text
            yield _typed(path)
            stays = not Stored.done and (kept is not None or (at_once and bool(again)))
            if at_once and stays:
                _say_it_stays(path, again)
        except (Exception, KeyboardInterrupt, Ended) as stopped:
            stays = not Stored.done and path.is_file() and (kept is not None or _typed(path) != text)
            if stays:
                _say_where(stopped, path, again)
            raise
    finally:
        if not stays:
            shutil.rmtree(path.parent, ignore_errors=True)


def _file_to_edit(text: str, begun: str | None) -> Path:
    """Returns a new file with the text, in a folder of its own that only this user can read."""
    try:
        path = Path(mkdtemp(prefix=_FOLDER)) / _TEXT
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        if begun is not None:
            path.with_name(_BEGUN).write_bytes(begun.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise CannotWrite(f"no file to edit can be written: {reason(error)}; nothing was written") from error
    return path


def text_in(file: Path) -> str:
    """Returns the text of a file with its own line ends. Raises CannotRead."""
    try:
        return file.read_bytes().decode("utf-8", "surrogateescape")
    except OSError as error:
        raise CannotRead(f"`{file}` cannot be read: {reason(error)}") from error


def _typed(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")  # with its own line ends
    except OSError as error:
        raise CannotRead(
            f"the editor left no file that can be read: {reason(error)}; nothing was written",
            "save the record in the file that the editor was given",
        ) from error


def _say_where(stopped: BaseException, path: Path, again: str) -> None:
    with_it = command(f"{again} --from".lstrip(), options=[str(path)])
    hint = f"your text is kept: {'go on' if again else 'use it again'} with {with_it}"
    if isinstance(stopped, FileChanged) and again:
        hint = f"your text is kept in {path}: open the record again, and put your lines in: {again}"
    add_hints(stopped, hint)


def _say_it_stays(path: Path, again: str) -> None:
    tell("the editor returned at once, and nothing has changed")
    tell(f"  if it is still open, save there and go on with {command(f'{again} --from', options=[str(path)])}")
    tell("  an editor that opens a window has to wait for it, as in EDITOR='code --wait'")


def _edit(path: Path) -> float:
    """Runs the editor, and returns how many seconds it took."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if WINDOWS else None)
    if not editor:
        raise CannotRead(
            "no editor is set", "set EDITOR, or give the fields as options; `ogpcase set` changes one of a record"
        )
    started = monotonic()
    try:
        done = subprocess.run(command_words(editor, str(path)), check=False)  # noqa: S603 - the user's own editor
    except (OSError, ValueError) as error:
        raise CannotRead(
            f"the editor `{editor}` cannot be started; nothing was written", "set EDITOR to an installed program"
        ) from error
    if done.returncode != 0:
        raise CannotRead(f"the editor exited with code {done.returncode}; nothing was written")
    return monotonic() - started
