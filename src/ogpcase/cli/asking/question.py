"""Asks one question until it is answered: `<` goes back, `?` explains, Enter skips."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from ogpcase.cli.asking.terminal import Terminal, cleaned, unreadable
from ogpcase.editing.picks import Word
from ogpcase.errors import OgpcaseError
from ogpcase.model.ids import slug_of
from ogpcase.model.parties import folded
from ogpcase.model.table_codes import Choice
from ogpcase.output.lines import Line, Piece, line
from ogpcase.output.messages import _
from ogpcase.output.terminal import page_for
from ogpcase.output.words import any_of, before

BACK = "<"
HELP = "?"
REMOVE = "-"
"""What leaves out a value that is there."""


class GoBack(Exception):
    """Somebody wants to go back to the question before."""


class Shown(NamedTuple):
    """How a question is shown: its name, its sentence, the value that it has now, and a longer help.

    `enter` says what Enter does if there is no value. With `lines`, the answer may have several lines. With `again`,
    the choices were listed just before.
    """

    name: str
    sentence: str
    enter: str = ""
    now: str = ""
    help: str = ""
    lines: bool = False
    again: bool = False


class Asker:
    """Asks at a terminal."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._said_how = False

    def say(self, words: str = "", *more: str) -> None:
        """Prints paragraphs."""
        self.print([each for words in (words, *more) for each in page_for().paragraph(words, indent=2 if words else 0)])

    def say_command(self, words: str, command: str) -> None:
        """Prints words and a command to paste, which is never broken."""
        self.say(words)
        self.print([line(f"  {command}")])

    def print(self, lines: Sequence[Line]) -> None:
        """Prints lines."""
        self._terminal.say(lines)

    def refuse(self, fault: OgpcaseError) -> None:
        """Says why an answer cannot be taken."""
        self.say(fault.message, *fault.hints)

    def answer(self, shown: Shown, words: Sequence[Word] = ()) -> str:
        """Returns what was typed, empty for Enter. Raises GoBack for `<`, KeyboardInterrupt where input ends."""
        self._head(shown)
        typed = self._read(shown, words)
        return typed if shown.lines else " ".join(typed.split())

    def _read(self, shown: Shown, words: Sequence[Word]) -> str:
        while True:
            typed = cleaned(self._terminal.text() if shown.lines else self._terminal.line(words))
            if typed == BACK:
                raise GoBack
            if typed == HELP:
                self._explain(shown, words)
            elif unreadable(typed):
                self.say("there are characters in it that cannot be kept, as those of an arrow key; type it again")
            else:
                return typed

    def _head(self, shown: Shown) -> None:
        lines = [line(), *page_for().hanging([Piece(f"{shown.name}: ", "title")], shown.sentence)]
        if shown.now:
            lines += page_for().paragraph(f"now: {shown.now} (Enter keeps it, {REMOVE} leaves it out)", "dim", 2)
        elif shown.enter:
            lines += page_for().paragraph(before("Enter") + shown.enter, "dim", 2)
        if shown.lines and not self._said_how:
            lines += page_for().paragraph(self._terminal.several_lines, "dim", 2)
            self._said_how = self._terminal.says_it_once
        self.print(lines)

    def _explain(self, shown: Shown, words: Sequence[Word]) -> None:
        self.say(shown.help or shown.sentence, *([self._terminal.several_lines] if shown.lines else []))
        if words:
            self.list([Choice(word.word, "", word.says) for word in words[:_MOST_LISTED]])
        self.say(_("< goes back to the question before; Ctrl-C stops, and keeps what you typed in a file"))

    def list(self, choices: Sequence[Choice]) -> None:
        """Prints choices with their numbers and sentences."""
        width = len(str(len(choices)))
        for number, choice in enumerate(choices, 1):
            first = [Piece(f"  {number:>{width}} "), Piece(choice.code, "title")]
            self.print(
                page_for().hanging([*first, Piece("  ")], choice.sentence) if choice.sentence else [line(*first)]
            )

    def choose(self, shown: Shown, choices: Sequence[Choice], default: str = "") -> str:
        """Returns the code of one choice: by number, code, label or the beginning of one; empty for Enter.

        `default` is taken for Enter.
        """
        self._head(shown)
        if not shown.again:
            self.list(choices)
        words = [Word(choice.code, choice.sentence) for choice in choices]
        while True:
            typed = self._read(shown, words)
            found = chosen_of(typed, choices)
            if not typed or typed == REMOVE:
                return typed or default
            if len(found) == 1:
                return found[0]
            either = _("this may be {words}", words=any_of(found)) if found else _("this is none of them")
            self.say(before(either) + _("type a number from 1 to {number}, or the word", number=len(choices)))

    def first_choice(self, shown: Shown, choices: Sequence[Choice]) -> str:
        """Returns the code of one choice; nothing is before this question, and Enter is no answer."""
        while True:
            with suppress(GoBack):
                if (code := self.choose(shown, choices)) not in {"", REMOVE}:
                    return code
            self.say("this is needed")

    def choose_or_type(self, shown: Shown, listed: Sequence[Word], words: Sequence[Word]) -> str:
        """Returns a listed word by number, or what was typed; `words` complete."""
        self._head(shown)
        if not shown.again:
            self.list([Choice(word.word, "", word.says) for word in listed])
        typed = self._read(shown, words)
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(listed):
            return listed[int(typed) - 1].word
        return " ".join(typed.split())

    def agreed(self, shown: Shown, *, default: bool = False) -> bool:
        """Returns whether somebody answers yes; Enter gives the default."""
        choices = (yes, no) = (Choice(_("yes"), "yes", ""), Choice(_("no"), "no", ""))
        usual = (yes if default else no).code
        return self.choose(shown._replace(enter=usual), choices, usual) == yes.code


_MOST_LISTED = 30


def chosen_of(typed: str, choices: Sequence[Choice]) -> list[str]:
    """Returns the codes that typed words mean: one for a number, a code or a label; else all that begin so."""
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
        return [choices[int(typed) - 1].code]
    wanted = folded(typed)
    exact = [choice.code for choice in choices if wanted in _names(choice)]
    starting = [choice.code for choice in choices if any(name.startswith(wanted) for name in _names(choice))]
    return exact[:1] or starting


def _names(choice: Choice) -> tuple[str, ...]:
    return (folded(choice.code), folded(choice.code.replace("_", " ")), folded(choice.label), slug_of(choice.code))
