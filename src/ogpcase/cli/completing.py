"""Answers a TAB in the shell, before Typer and the verbs are imported.

The shell's script calls `ogpcase __complete -- WORD…`, where the last word is the one at the cursor, and gets one
candidate a line; `:file` or `:folder` tells the shell to complete file names. Only words of this program and ids are
printed. Each id is checked again first, so that no shell can take it for a command.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence

TYPE_CHECKING = False  # importing typing takes longer than this whole module
if TYPE_CHECKING:
    from typing import NoReturn

    from ogpcase.store.listing import CaseListing

_TOP = ("--version", "-V", "--help")
_LEFT_TO_SHELL = (":file", ":folder")
_IDS = (":case", ":event", ":record", ":party", ":source")
_OFFERED = r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/(?:(?:sources/)?[a-z0-9]+(?:-[a-z0-9]+)*)?)?"
"""An id, `case/`, `case/event` or `case/sources/id`: no shell takes these for more than a word."""


class _Typed:
    """The words before the cursor: arguments, options, and the option that waits for its value."""

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
    """Prints the candidates for the last word and ends the program at once; prints nothing on an error."""
    gc.disable()
    try:
        sys.stdout.write("".join(f"{word}\n" for word in candidates(words)))
        sys.stdout.flush()
    finally:  # an error must not be printed into a half-typed line
        os._exit(0)


def candidates(words: Sequence[str]) -> list[str]:
    """Returns the candidates for the last of the words after `ogpcase`.

    Raises OgpcaseError if ids are needed and there is no readable case folder.
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
        values = _values(takes.get(name, ()), value, typed)
        return [f"{name}={value}" for value in values if value not in _LEFT_TO_SHELL]
    position = typed.waiting or str(len(typed.arguments) + 1)
    return _values(takes.get(position) or takes.get("*", ()), current, typed)


def packaged(name: str) -> str:
    """Returns the text of a file in the folder `completions`."""
    with open(f"{os.path.dirname(__file__)}/completions/{name}", encoding="utf-8") as file:  # noqa: PTH120, PTH123 - importing pathlib takes longer than this
        return file.read()


def _table() -> dict[str, dict[str, Sequence[str]]]:
    """Returns what each verb takes, by option and position; a repeatable option is listed with and without `*`."""
    verbs: dict[str, dict[str, Sequence[str]]] = {}
    for line in packaged("words.txt").splitlines():
        verb, *rest = line.split(" ")
        takes = verbs.setdefault(verb, {})
        if rest:
            takes[rest[0]] = rest[1:]
            takes[rest[0].rstrip("*") or "*"] = rest[1:]
    return verbs


def _unquoted(word: str) -> str:
    """Returns a word as the shell would pass it, as far as possible without running anything."""
    if any(mark in word for mark in "'\"\\"):
        import shlex

        try:
            parts = shlex.split(word)
        except ValueError:  # the quote is still open
            parts = [word.lstrip("'\"")]
        return parts[0] if len(parts) == 1 else word
    return os.path.expanduser(word) if word.startswith("~") else word  # noqa: PTH111 - see packaged


def _joined(words: Sequence[str]) -> list[str]:
    """Returns the words without the `=` that bash splits off: `--format = json`."""
    joined: list[str] = []
    for position, word in enumerate(words):
        if word != "=" or not joined or not joined[-1].startswith("--"):
            joined.append(word)
        elif position == len(words) - 1:
            joined.append("")
    return joined


def _options(takes: dict[str, Sequence[str]], typed: _Typed) -> list[str]:
    named = [name for name in takes if name.startswith("--") and not name.endswith("*")]
    return [*(name for name in named if name not in typed.options or f"{name}*" in takes), "--help"]


def _values(takes: Sequence[str], current: str, typed: _Typed) -> list[str]:
    """Returns the values of an option or argument that begin like the current word."""
    fixed = [word for word in takes if not word.startswith(":")]
    values = _beginning(current, fixed) + [word for word in takes if word in _LEFT_TO_SHELL]
    sorts = [word for word in takes if word in _IDS]
    return values + _ids(sorts, current, typed) if sorts else values


def _beginning(current: str, known: Iterable[str]) -> list[str]:
    return [word for word in known if word.startswith(current)]


def _ids(sorts: Iterable[str], current: str, typed: _Typed) -> list[str]:
    """Returns the ids of these sorts that begin like the word at the cursor.

    An event's id comes with its case, unless the command already names the case. If only one case's id fits, it is
    offered with a `/` too, so that its events can follow. Raises what `candidates` raises.
    """
    import re
    from pathlib import Path

    from ogpcase.model.ids import is_id
    from ogpcase.store.files import DiskFiles
    from ogpcase.store.layout import find_root
    from ogpcase.store.listing import case_ids, list_case, list_parties

    root = typed.options.get("--root")
    files = DiskFiles(find_root(Path(root) if root else None, Path.cwd()).path)

    def listing(case_id: str) -> CaseListing | None:
        known = is_id(case_id) and case_id in case_ids(files, case_id)
        return list_case(files, case_id) if known else None

    def events_of(case_id: str) -> Iterable[str]:
        listed = listing(case_id)
        return listed.events if listed else ()

    def sources_of(case_id: str) -> Iterable[str]:
        listed = listing(case_id)
        return listed.sources if listed else ()

    case = typed.arguments[0].partition("/")[0] if typed.arguments else ""
    of, mark, _ = current.partition("/")
    ids: list[str] = []
    for sort in sorts:
        if sort == ":party":
            ids += list_parties(files).names
        elif sort == ":source":
            ids += sources_of(case)
        elif mark and sort in {":event", ":record"}:
            ids += [f"{of}/{event}" for event in events_of(of)]
            if sort == ":record":
                ids += [f"{of}/sources/{source}" for source in sources_of(of)]
        elif sort == ":event":
            cases = case_ids(files, current) if current or not case else ()
            ids += [*events_of(case), *(f"{case_id}/" for case_id in cases)]
        else:
            cases = case_ids(files, current)
            ids += [*cases, *(f"{case_id}/" for case_id in cases if len(cases) == 1 and sort == ":record")]
    return sorted({name for name in ids if name.startswith(current) and re.fullmatch(_OFFERED, name)})
