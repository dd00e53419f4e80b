"""Lets the user change a text in their own editor, and keeps what they typed if it cannot be used."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from ogpcase.cli.boundary import Ended
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import CannotRead, CannotWrite, OgpcaseError
from ogpcase.store.layout import reason
from ogpcase.store.lock import Stored


@contextmanager
def edited(text: str, again: str = "") -> Iterator[str]:
    """Gives the text after the user has edited it.

    If the block fails or the run is stopped, the edited text stays in a file that only this user can read, and the
    message names that file; `again` is the command that goes on with it by `--from`.

    Raises:
        CannotRead: if no editor is set, it fails, or it leaves no file.
        CannotWrite: if there is no room for a file to edit.
    """
    path = _file_to_edit(text)
    kept = False
    try:
        try:
            _edit(path)
            yield _typed(path)
        except (Exception, KeyboardInterrupt, Ended) as stopped:
            kept = not Stored.done and path.is_file() and _typed(path) != text
            if kept:
                _say_where(stopped, path, again)
            raise
    finally:
        if not kept:
            shutil.rmtree(path.parent, ignore_errors=True)


def _file_to_edit(text: str) -> Path:
    """Returns a new file with the text, in a folder of its own that only this user can read."""
    try:
        path = Path(mkdtemp(prefix="ogpcase-")) / "event.yaml"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise CannotWrite(f"no file to edit can be written: {reason(error)}; nothing was written") from error
    return path


def _typed(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")  # with its own line ends
    except OSError as error:
        raise CannotRead(
            f"the editor left no file that can be read: {reason(error)}; nothing was written",
            "save the record in the file that the editor was given",
        ) from error


def _say_where(stopped: BaseException, path: Path, again: str) -> None:
    with_it = command(f"{again} --from".lstrip(), str(path))
    hint = f"your text is kept: {'go on' if again else 'use it again'} with {with_it}"
    if isinstance(stopped, OgpcaseError):
        stopped.hints = (*stopped.hints, hint)
    else:
        stopped.add_note(hint)


def _edit(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise CannotRead("no editor is set", "set EDITOR, or give the fields as options")
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the user's own editor
    except (OSError, ValueError) as error:
        raise CannotRead(
            f"the editor `{editor}` cannot be started; nothing was written", "set EDITOR to an installed program"
        ) from error
    if done.returncode != 0:
        raise CannotRead(f"the editor exited with code {done.returncode}; nothing was written")
