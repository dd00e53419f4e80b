"""Keeps what was typed in a private file outside the case folder, until it is saved or discarded."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from pathlib import Path
from typing import Any

from ogpcase.cli.asking import drafts_folder, is_draft
from ogpcase.cli.asking.question import Asker
from ogpcase.cli.boundary import Ended, add_hints, tell
from ogpcase.errors import OgpcaseError
from ogpcase.store.layout import reason
from ogpcase.store.lock import Stored
from ogpcase.yamltree.emitting import emit

_HEAD = "# to go on: "
"""How the first line of a draft begins; it is no part of the record."""


class Discarded(Exception):
    """The record was discarded: nothing was written."""


@contextmanager
def saved_or_discarded() -> Iterator[None]:
    """Says that nothing was written if the record is discarded."""
    try:
        yield
    except Discarded:
        tell("discarded; nothing was written")


class Draft:
    """The file of one record that is being typed; there is none before the first answer.

    `goes_on` returns the command that takes the file. `given` are the values that were there before the first answer:
    these alone are not worth a file. If the file cannot be written, that is said once.
    """

    def __init__(
        self, asker: Asker, name: str, goes_on: Callable[[Path], str], given: Mapping[str, Any], resumed: str | None
    ) -> None:
        self._asker = asker
        self._name = name
        self._goes_on = goes_on
        self._given = deepcopy(given)
        self._path = Path(resumed).resolve() if resumed is not None and is_draft(resumed) else None
        self._broken = False

    def write(self, values: Mapping[str, Any]) -> None:
        """Replaces the content of the file by these values. A reader finds the old content or the new."""
        whole = _without_empty(values)
        if self._broken or (self._path is None and whole == self._given):
            return
        try:
            text = emit(whole)
            path = self._path or _new_file(self._name)
            self._path = path
            beside = path.with_suffix(".new")
            with os.fdopen(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                file.write(f"{_HEAD}{self._goes_on(path)}\n{text}")
            beside.replace(path)
        except (OSError, OgpcaseError) as error:
            self._broken = True
            why = reason(error) if isinstance(error, OSError) else error.message
            self._asker.say(f"what you type cannot be kept in a file: {why}")

    def remove(self) -> None:
        """Removes the file, which is not needed any more."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink()

    @contextmanager
    def kept(self, *, dry_run: bool = False) -> Iterator[None]:
        """Removes the file if the block ends well; otherwise leaves it, and adds the command that goes on."""
        try:
            yield
        except Discarded:
            self.remove()
            raise
        except (Exception, KeyboardInterrupt, Ended) as stopped:
            if Stored.done:
                self.remove()
            elif self._path is not None and self._path.is_file():
                add_hints(stopped, "what you typed is kept; go on with:", self._goes_on(self._path))
            raise
        if dry_run and self._path is not None:
            self._asker.say_command("what you typed is kept; go on with:", self._goes_on(self._path))
        else:
            self.remove()


def _new_file(name: str) -> Path:
    """Returns a new file that only this user can read, in the folder of drafts or, if that fails, a temporary one."""
    folder = drafts_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, path = tempfile.mkstemp(prefix=f"{name}-", suffix=".yaml", dir=folder)
    except OSError:
        number, path = tempfile.mkstemp(prefix=f"{name}-", suffix=".yaml", dir=tempfile.mkdtemp(prefix="ogpcase-"))
    os.close(number)
    return Path(path)


def _without_empty(value: Any) -> Any:  # noqa: ANN401 - any value of a record
    """Returns values without empty mappings and lists, which an unfinished item leaves."""
    if isinstance(value, Mapping):
        pruned = {name: _without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in pruned.items() if inner not in ({}, [])}
    if isinstance(value, list):
        return [inner for inner in map(_without_empty, value) if inner not in ({}, [])]
    return value


def left_behind(name: str) -> list[str]:
    """Returns the commands that go on with records that earlier runs of this name left."""
    found = []
    for path in sorted(drafts_folder().glob(f"{name}-*.yaml")):
        with suppress(OSError, UnicodeDecodeError):
            head = path.read_text(encoding="utf-8").partition("\n")[0]
            found += [head.removeprefix(_HEAD)] if head.startswith(_HEAD) else []
    return found
