"""Files that are generated from something else: written where they differ, or only compared."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ogpcase.errors import CannotWrite
from ogpcase.store.layout import reason


def differing(folder: Path, wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    """Returns (name, why) of every file that is missing, not as wanted, or not wanted."""
    found = [(name, _why(folder / name, text)) for name, text in wanted.items()]
    extra = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
    more = [(name, "not one of the files that are written there") for name in extra if name not in wanted]
    return [(name, why) for name, why in found if why] + more


def write_all(folder: Path, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Writes every file that is missing or not as wanted, and returns their names.

    Raises:
        CannotWrite: if the disk refuses one; those before it are written.
    """
    stale = [name for name, text in wanted.items() if _why(folder / name, text)]
    for name in stale:
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8", newline="\n")
        except OSError as error:
            raise CannotWrite(f"{path} cannot be written: {reason(error)}") from error
    return tuple(stale)


def _why(path: Path, text: str) -> str:
    try:
        return "" if path.read_bytes() == text.encode() else "not as the models say"
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        return reason(error)
