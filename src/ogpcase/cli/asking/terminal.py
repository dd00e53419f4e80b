"""Reads what a person types, in one of two ways: with an editable line, or plainly for screen readers."""

from __future__ import annotations

import atexit
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from io import TextIOWrapper

from ogpcase.editing.picks import Word
from ogpcase.output.lines import Line, plain

PROMPT = "> "
_USUAL = "console" if sys.platform == "win32" else "dumb"
"""What a terminal is that has no TERM."""
END_OF_TEXT = "."
"""The line that ends a text of several lines where the terminal is plain."""
_LINE_ENDS = dict.fromkeys(("\r\n", "\r", "\x85", "\u2028", "\u2029", "\v", "\f"), "\n")
_REFUSED = frozenset({"Cc", "Cs"})


class Terminal:
    """Asks line by line, without colour, completion or movement of the cursor; `Editable` can do more.

    `several_lines` says how a text of several lines is typed, to be said only before the first such text if
    `says_it_once`.
    """

    several_lines = f"it may have several lines; end it with a line that holds only `{END_OF_TEXT}`"
    says_it_once = False

    def say(self, lines: Iterable[Line]) -> None:
        """Prints lines without style."""
        sys.stdout.write("".join(f"{plain(each)}\n" for each in lines))

    def line(self, words: Sequence[Word] = ()) -> str:  # noqa: ARG002 - nothing is completed here
        """Returns the next line. Raises KeyboardInterrupt if there is none."""
        sys.stdout.write(PROMPT)
        sys.stdout.flush()
        typed = sys.stdin.readline()
        if not typed:
            raise KeyboardInterrupt
        return typed.removesuffix("\n")

    def text(self) -> str:
        """Returns the lines up to a single full stop; an empty first line, and `<`, `?` and `-`, stand alone."""
        first = self.line()
        if first.strip() in {"", "<", "?", "-"}:
            return first
        lines = [first]
        while lines[-1].strip() != END_OF_TEXT:
            lines.append(self.line())
        return "\n".join(lines[:-1])


def terminal() -> Terminal:
    """Returns what asks. What was typed ahead is thrown away when the run ends: none of it reaches the shell."""
    atexit.unregister(_throw_away)
    atexit.register(_throw_away)
    if isinstance(sys.stdin, TextIOWrapper) and sys.stdin.errors != "replace":  # which is possible only before reading
        sys.stdin.reconfigure(errors="replace")  # a letter that cannot be read is refused later, and not fatal
    # what a screen reader reads, and what a terminal can do that cannot do more
    if os.environ.get("OGPCASE_ACCESSIBLE") or os.environ.get("TERM", _USUAL) in {"dumb", "unknown", ""}:
        return Terminal()
    from ogpcase.cli.asking.editable import Editable

    return Editable()


def _throw_away() -> None:
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
        return
    import termios

    with suppress(termios.error, OSError, ValueError):  # the terminal may have gone
        termios.tcflush(sys.stdin, termios.TCIFLUSH)


def cleaned(typed: str) -> str:
    """Returns typed text with usual line ends, blanks for tabs, and no blanks at its ends."""
    for end, usual in _LINE_ENDS.items():
        typed = typed.replace(end, usual)
    return "\n".join(each.rstrip() for each in typed.replace("\t", " ").split("\n")).strip()


def unreadable(text: str) -> bool:
    """True if text has characters that no record may hold, as an arrow key or a wrong encoding leaves them."""
    return any(sign == "\ufffd" or (sign != "\n" and unicodedata.category(sign) in _REFUSED) for sign in text)
