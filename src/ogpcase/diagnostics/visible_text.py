"""Text of strangers in which nothing acts: not on a terminal, an eye, the runner of a CI job, or a shell.

The one place that says what is invisible; every room that draws or exports takes it from here.
"""

from __future__ import annotations

import unicodedata
from shlex import quote

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # Persian, Hindi and emoji need them
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing: a joiner of graphemes, fillers of Hangul and Khmer, Braille's blank."""
_COMMAND = "##["
_BROKEN_UP = "##\\u{005b}"


def visible(text: str) -> str:
    r"""Returns text on one line, in which what is invisible stands as its code point: a newline as `\u{000a}`."""
    if text.isprintable() and _BLANK.isdisjoint(text):
        return text
    return "".join(each if _is_visible(each) else f"\\u{{{ord(each):04x}}}" for each in text)


def harmless(text: str) -> str:
    """Returns visible text that holds no `##[`, which a runner takes for a command anywhere in a line."""
    return visible(text).replace(_COMMAND, _BROKEN_UP)


def log_line(text: str) -> str:
    r"""Returns a harmless line that does not begin with `::`, which a runner may take for a command.

    Its first colon stands as a code point then. `::: ` stays, as a further place begins: no command is called `:`.
    """
    line = harmless(text)
    rest = line.lstrip()
    if not rest.startswith("::") or rest.startswith("::: "):
        return line
    return f"{line[: -len(rest)]}\\u{{003a}}{rest[1:]}"


def command(start: str, *names: str) -> str:
    """Returns a command to be pasted into a shell: `start` as it is, and names and paths in which nothing acts."""
    return " ".join((start, *(quote(f"./{name}" if name.startswith("-") else name) for name in names)))


def _is_visible(character: str) -> bool:
    if character in _JOINERS:
        return True
    return character not in _BLANK and unicodedata.category(character) not in _HIDDEN
