"""Files that are generated from something else: written where they differ, each whole, or only compared."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from ogpcase.errors import CannotWrite
from ogpcase.store.atomic import confirm, folder_of, work_file
from ogpcase.store.layout import reason
from ogpcase.store.undisturbed import Stored, undisturbed


def differing(folder: Path, wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    """Returns (name, why) of every file that is missing, not as wanted, or not wanted."""
    found = [(name, _why(folder / name, text)) for name, text in wanted.items()]
    extra = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
    more = [(name, "not one of the files that are written there") for name in extra if name not in wanted]
    return [(name, why) for name, why in found if why] + more


def write_all(folder: Path, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Writes every file that is missing or not as wanted, and returns their names; doing it again goes on from there.

    Raises:
        CannotWrite: if the disk refuses one; those before it are written.
    """
    stale = [name for name, text in wanted.items() if _why(folder / name, text)]
    for number, name in enumerate(stale):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder, name, wanted[name])
        except OSError as error:
            before = f"{number} of {len(stale)} files were written before it" if number else "nothing was written"
            raise CannotWrite(f"`{folder / name}` cannot be written: {reason(error)}; {before}") from error
    return tuple(stale)


def _write(folder: Path, name: str, text: str) -> None:
    with folder_of(folder, name, make=True) as (below, last), work_file(below, [text.encode()]) as work, undisturbed():
        os.rename(work, last, src_dir_fd=below, dst_dir_fd=below)
        Stored.done = True
        confirm(below)


def _why(path: Path, text: str) -> str:
    try:
        return "" if path.read_bytes() == text.encode() else "not as the models say"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return reason(error)
