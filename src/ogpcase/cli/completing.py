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
_IDS = (":case", ":event", ":record", ":party")
_OFFERED = r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/(?:[a-z0-9]+(?:-[a-z0-9]+)*)?)?"
"""An id, a case's id and a `/`, or both with an event's id: what no shell takes for more than a word."""


class _Typed:
    """What the words before the cursor say: the arguments, the options, and the option that waits for its value."""

    def __init__(self, words: Iterable[str], takes: dict[str, Sequence[str]]) -> None:
        self.arguments: list[str] = []
        self.options: dict[str, str] = {}
        self.waiting: str | None = None
        self.only_arguments = False
        for word in words:
            name, mark, value = word.partition("=")
            if self.waiting is not None:
                self.options[self.waiting] = word
                self.waiting = None
            elif self.only_arguments or not word.startswith("-"):
                self.arguments.append(word)
            elif word == "--":
                self.only_arguments = True
            else:
                self.options[name] = value
                self.waiting = name if takes.get(name) and not mark else None


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
    typed = _Typed(before[1:], takes)
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


def _joined(words: Sequence[str]) -> list[str]:
    """Returns the words without the `=` that bash makes a word of its own: `--format = json`."""
    joined: list[str] = []
    for position, word in enumerate(words):
        if word != "=" or not joined or not joined[-1].startswith("--"):
            joined.append(word)
        elif position == len(words) - 1:
            joined.append("")
    return joined


def _options(takes: dict[str, Sequence[str]], typed: _Typed) -> list[str]:
    """Returns the options that can still be given."""
    named = [name for name in takes if name.startswith("--") and not name.endswith("*")]
    return [*(name for name in named if name not in typed.options or f"{name}*" in takes), "--help"]


def _values(takes: Sequence[str], current: str, typed: _Typed) -> list[str]:
    """Returns what an option or argument takes that begins as the current word does."""
    fixed = [each for each in takes if not each.startswith(":")]
    found = _beginning(current, fixed) + [each for each in takes if each in _LEFT_TO_SHELL]
    sorts = [each for each in takes if each in _IDS]
    return found + _ids(sorts, current, typed) if sorts else found


def _beginning(current: str, known: Iterable[str]) -> list[str]:
    return [each for each in known if each.startswith(current)]


def _ids(sorts: Iterable[str], current: str, typed: _Typed) -> list[str]:
    """Returns the ids of these sorts that begin as the word at the cursor does.

    Those of events stand with their case, unless the command names it. Where a case's id is the only one to begin so,
    it is offered with a `/` too, so that its events can follow. Raises what `candidates` does.
    """
    import re
    from pathlib import Path

    from ogpcase.model.ids import is_id
    from ogpcase.store.files import DiskFiles
    from ogpcase.store.layout import find_root
    from ogpcase.store.listing import case_ids, list_case, list_parties

    root = typed.options.get("--root")
    files = DiskFiles(find_root(Path(root) if root else None, Path.cwd()).path)

    def events_of(case_id: str) -> Iterable[str]:
        known = is_id(case_id) and case_id in case_ids(files, case_id)
        return list_case(files, case_id).events if known else ()

    case = typed.arguments[0].partition("/")[0] if typed.arguments else ""
    of, mark, _ = current.partition("/")
    found: list[str] = []
    for sort in sorts:
        if sort == ":party":
            found += list_parties(files).names
        elif mark and sort in {":event", ":record"}:
            found += [f"{of}/{event}" for event in events_of(of)]
        elif sort == ":event":
            cases = case_ids(files, current) if current or not case else ()
            found += [*events_of(case), *(f"{each}/" for each in cases)]
        else:
            cases = case_ids(files, current)
            found += [*cases, *(f"{each}/" for each in cases if len(cases) == 1 and sort == ":record")]
    offered = re.compile(_OFFERED)
    return sorted({each for each in found if each.startswith(current) and offered.fullmatch(each)})
