"""The words that may stand where a TAB was pressed, answered before Typer and the verbs are imported.

A script asks `ogpcase __complete -- WORD…`, the last word being the one at the cursor, and gets plain words, one a
line; `:file` or `:folder` leaves the names of files to the shell. Nothing is printed but words of this program and ids,
each held against the rule of ids once more at the door: whoever wrote the folder, no shell takes them for more.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence

TYPE_CHECKING = False  # typing takes longer to import than the rest of this
if TYPE_CHECKING:
    from typing import NoReturn

_TOP = ("--version", "-V", "--help")
_LEFT_TO_SHELL = (":file", ":folder")
_NO_IDS = (*_LEFT_TO_SHELL, ":anything")


class _Typed:
    """What the words before the cursor say: the arguments, the options, and the option that waits for its value."""

    def __init__(self) -> None:
        self.arguments: list[str] = []
        self.options: dict[str, str] = {}
        self.waiting: str | None = None
        self.only_arguments = False


def answer(words: Sequence[str]) -> NoReturn:
    """Prints what may stand in the place of the last word; nothing, and no complaint, where there is nothing to say.

    Ends the program at once: a TAB does not wait for memory to be tidied up.
    """
    gc.disable()
    try:
        sys.stdout.write("".join(f"{each}\n" for each in candidates(words)))
        sys.stdout.flush()
    finally:  # whatever it was, it must not be printed into a half-typed line
        os._exit(0)


def candidates(words: Sequence[str]) -> list[str]:
    """Returns what may stand in the place of the last of the words after `ogpcase`, each once.

    Raises:
        OgpcaseError: if ids are asked for and there is no case folder, or it cannot be read.
    """
    *before, current = _joined([_unquoted(word) for word in words] or [""])
    verbs = _table()
    if not before:
        return _beginning(current, _TOP if current.startswith("-") else verbs)
    takes = verbs.get(before[0])
    if takes is None:
        return []
    typed = _typed(before[1:], takes)
    name, mark, value = current.partition("=")
    if typed.waiting is None and not typed.only_arguments and current.startswith("-"):
        if not mark:
            return _beginning(current, _options(takes, typed))
        return [f"{name}={each}" for each in _values(takes.get(name, ()), value, typed) if each not in _LEFT_TO_SHELL]
    position = typed.waiting or str(len(typed.arguments) + 1)
    return _values(takes.get(position) or takes.get("*", ()), current, typed)


def packaged(name: str) -> str:
    """Returns the text of a file that stands beside this one."""
    with open(f"{os.path.dirname(__file__)}/completions/{name}", encoding="utf-8") as file:  # noqa: PTH120, PTH123 - pathlib takes longer to import than this to run
        return file.read()


def _table() -> dict[str, dict[str, Sequence[str]]]:
    """Returns what each verb takes, by option and position; an option that repeats is there with and without `*`."""
    verbs: dict[str, dict[str, Sequence[str]]] = {}
    for line in packaged("words.txt").splitlines():
        verb, *rest = line.split(" ")
        takes = verbs.setdefault(verb, {})
        if rest:
            takes[rest[0]] = rest[1:]
            takes[rest[0].rstrip("*") or "*"] = rest[1:]
    return verbs


def _unquoted(word: str) -> str:
    """Returns a word as the shell would hand it over, as far as that can be known without running anything."""
    if any(mark in word for mark in "'\"\\"):
        import shlex

        try:
            parts = shlex.split(word)
        except ValueError:  # the quote is still open
            parts = [word.lstrip("'\"")]
        return parts[0] if len(parts) == 1 else word
    return os.path.expanduser(word) if word.startswith("~") else word  # noqa: PTH111 - see packaged


def _joined(words: Iterable[str]) -> list[str]:
    """Returns the words without the `=` that bash makes a word of its own: `--format = json`."""
    joined: list[str] = []
    words = list(words)
    for position, word in enumerate(words):
        if word == "=" and joined and joined[-1].startswith("--"):
            joined += [""] if position == len(words) - 1 else []
        else:
            joined.append(word)
    return joined


def _typed(words: Iterable[str], takes: dict[str, Sequence[str]]) -> _Typed:
    typed = _Typed()
    for word in words:
        name, mark, value = word.partition("=")
        if typed.waiting is not None:
            typed.options[typed.waiting] = word
            typed.waiting = None
        elif typed.only_arguments or not word.startswith("-"):
            typed.arguments.append(word)
        elif word == "--":
            typed.only_arguments = True
        else:
            typed.options[name] = value
            typed.waiting = name if takes.get(name) and not mark else None
    return typed


def _options(takes: dict[str, Sequence[str]], typed: _Typed) -> list[str]:
    """Returns the options that can still be given."""
    named = [name for name in takes if name.startswith("--") and not name.endswith("*")]
    return [*(name for name in named if name not in typed.options or f"{name}*" in takes), "--help"]


def _values(takes: Sequence[str], current: str, typed: _Typed) -> list[str]:
    """Returns what an option or argument takes that begins as the current word does."""
    fixed = [each for each in takes if not each.startswith(":")]
    found = _beginning(current, fixed) + [each for each in takes if each in _LEFT_TO_SHELL]
    if live := [each for each in takes if each.startswith(":") and each not in _NO_IDS]:
        from ogpcase.cli.completing_ids import ids

        case = typed.arguments[0].partition("/")[0] if typed.arguments else ""
        found += ids(live, current, case, typed.options.get("--root"))
    return found


def _beginning(current: str, known: Iterable[str]) -> list[str]:
    return [each for each in known if each.startswith(current)]
