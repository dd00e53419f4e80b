"""Answers a TAB in the shell, before Typer and the verbs are imported.

The shell's script calls `ogpcase __complete [described] [next] -- WORD…` and gets one candidate a line, if `described`
with a sentence after a tab; `:file` or `:folder` tells the shell to complete file names. The last word is the one at
the cursor; after `next` an empty word follows it. The candidates are words of this program and ids. Each id is checked
again first, so that no shell can take it for a command.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence

TYPE_CHECKING = False  # importing typing takes longer than this whole module
if TYPE_CHECKING:
    from typing import NoReturn

_TOP = {
    "--version": "Print the version",
    "-V": "Print the version",
    "--help": "Show what there is",
}
_LEFT_TO_SHELL = (":file", ":folder")


class Table:
    """What each verb takes, by option and position, as `completions/words.txt` has it.

    A repeatable option is listed with and without `*`. `lists` has what is no verb: `:kind`, the fields of each kind of
    event, `:event-field` and others, all fields of a sort of record, and `:item`, the fields whose items have ids.
    `about` has the sentences, by verb or list and by name.
    """

    def __init__(self) -> None:
        self.verbs: dict[str, dict[str, Sequence[str]]] = {}
        self.lists: dict[str, dict[str, Sequence[str]]] = {}
        self.about: dict[tuple[str, str], str] = {}
        for line in packaged("words.txt").splitlines():
            words, _, sentence = line.partition("\t")
            verb, *rest = words.split(" ")
            takes = (self.lists if verb.startswith(":") else self.verbs).setdefault(verb, {})
            name = ""
            if rest:
                name = rest[0].rstrip("*") or "*"
                takes[rest[0]] = takes[name] = rest[1:]
            self.about[verb, name] = sentence


class Typed:
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
    """Prints the candidates for what follows `__complete`, and ends the program at once; prints nothing on an error."""
    gc.disable()
    try:
        how, typed = words[: words.index("--")], words[words.index("--") + 1 :]
        described = "described" in how
        found = offers([*typed, ""] if "next" in how else typed, described=described)
        lines = (f"{word}\t{about}" if described and about else word for word, about in found.items())
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a title may not fit the locale
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
    finally:  # an error must not be printed into a half-typed line
        os._exit(0)


def candidates(words: Sequence[str]) -> list[str]:
    """Returns the candidates for the last of the words after `ogpcase`; raises what `offers` raises."""
    return list(offers(words))


def offers(words: Sequence[str], *, described: bool = False) -> dict[str, str]:
    """Returns the candidates for the last of the words after `ogpcase`, each with a sentence, which may be empty.

    Only if `described`, the sentence of an id is read from its record. Raises OgpcaseError if ids are needed and there
    is no readable case folder.
    """
    *before, current = _joined([_unquoted(word) for word in words] or [""])
    table = Table()
    if not before:
        verbs = {verb: table.about[verb, ""] for verb in table.verbs}
        return _beginning(current, _TOP if current.startswith("-") else verbs)
    takes = table.verbs.get(before[0])
    if takes is None:
        return {}
    typed = Typed(before[1:], takes)
    name, mark, value = current.partition("=")
    if typed.waiting is None and not typed.only_arguments and current.startswith("-"):
        if not mark:
            return _beginning(current, _options(before[0], table, typed))
        values = _values(takes.get(name, ()), value, typed, table, described=described)
        return {f"{name}={value}": about for value, about in values.items() if value not in _LEFT_TO_SHELL}
    position = typed.waiting or str(len(typed.arguments) + 1)
    return _values(takes.get(position) or takes.get("*", ()), current, typed, table, described=described)


def packaged(name: str) -> str:
    """Returns the text of a file in the folder `completions`."""
    with open(f"{os.path.dirname(__file__)}/completions/{name}", encoding="utf-8") as file:  # noqa: PTH120, PTH123 - importing pathlib takes longer than this
        return file.read()


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


def _options(verb: str, table: Table, typed: Typed) -> dict[str, str]:
    takes = table.verbs[verb]
    named = [name for name in takes if name.startswith("--") and not name.endswith("*")]
    left = [name for name in named if name not in typed.options or f"{name}*" in takes]
    return {**{name: table.about[verb, name] for name in left}, "--help": "Show what the verb does and takes"}


def _values(takes: Sequence[str], current: str, typed: Typed, table: Table, *, described: bool) -> dict[str, str]:
    """Returns the values of an option or argument that begin like the current word.

    Fixed words that stand beside a sort of name are its values where the records do not tell them.
    """
    values = _beginning(current, dict.fromkeys((word for word in takes if not word.startswith(":")), ""))
    values |= dict.fromkeys((word for word in takes if word in _LEFT_TO_SHELL), "")
    sorts = [word for word in takes if word.startswith(":") and word not in {*_LEFT_TO_SHELL, ":anything"}]
    if sorts:
        from ogpcase.cli.completing_ids import Asked, named

        found = named(sorts, Asked(current, typed.arguments, typed.options.get("--root"), table, described=described))
        return values if found is None else found
    return values


def _beginning(current: str, known: dict[str, str]) -> dict[str, str]:
    return {word: about for word, about in known.items() if word.startswith(current)}
