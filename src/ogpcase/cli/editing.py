"""A new record in the user's own editor: what was typed there is never lost."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from ogpcase.cli.composing import Composed
from ogpcase.cli.ending import Ended
from ogpcase.cli.field_options import kind_named
from ogpcase.cli.whole_record import values_in
from ogpcase.errors import BadInput, CannotRead, OgpcaseError
from ogpcase.store.undisturbed import Stored
from ogpcase.values import replace


@contextmanager
def edited(text: str) -> Iterator[str]:
    """Gives the text after the user's editor has had it.

    Where the block fails or the run is ended, what was typed stays in a file that only this user can read, and the
    message says where.

    Raises:
        CannotRead: if no editor is set, or it fails.
    """
    folder = Path(mkdtemp(prefix="ogpcase-"))
    path = folder / "event.yaml"
    kept = False
    try:
        path.write_text(text, encoding="utf-8")
        try:
            _edit(path)
            yield _typed(path)
        except (OgpcaseError, KeyboardInterrupt, Ended) as stopped:
            kept = not Stored.done and path.exists() and _typed(path) != text
            if kept:
                _say_where(stopped, path)
            raise
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _typed(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")


def _say_where(stopped: BaseException, path: Path) -> None:
    said = f"what you typed is kept: use it again with --from {path}"
    if isinstance(stopped, OgpcaseError):
        stopped.hints = (*stopped.hints, said)
    else:
        stopped.add_note(said)


def _edit(path: Path) -> None:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise CannotRead("no editor is set", "set EDITOR, or give the fields as options")
    try:
        done = subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the user's own editor
    except (OSError, ValueError) as error:
        raise CannotRead(
            f"the editor `{editor}` cannot be started; nothing was written", "set EDITOR to a program that is there"
        ) from error
    if done.returncode != 0:
        raise CannotRead(f"the editor ended with {done.returncode}; nothing was written")


def read_back(text: str, event: Composed) -> Composed:
    """Returns the event as it came back from the editor.

    Raises:
        BadInput: if it is no record any more.
        Misused: if its kind is none.
    """
    values = values_in(text, "the edited record")
    if "kind" not in values:
        raise BadInput("the edited record has no `kind`; nothing was written")
    return replace(event, kind=kind_named(str(values["kind"])), values=values, text=text)
