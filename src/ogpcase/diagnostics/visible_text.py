"""Makes text of records safe to print: it controls no terminal, hides nothing, and commands no CI runner or shell.

This is the only place that says which characters are invisible.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from shlex import quote

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = frozenset("\u200c\u200d")  # Persian, Hindi and emoji need them
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing: the grapheme joiner, Hangul and Khmer fillers, the Braille blank."""
_SPACE = "\u00a0"  # views glue words with it, and Python calls it not printable
_WINDOWS = sys.platform == "win32"
_PLAIN_ON_WINDOWS = r"[A-Za-z0-9_+=:./\\-]+"
_ACTS_IN_QUOTES = r'["\u201c-\u201e$`%!]|\\$'
"""What does something between double quotes in one of the shells of Windows."""
_ENDS_QUOTES = "['\u2018-\u201b]"
"""What PowerShell takes for a single quote."""
_COMMAND = "##["
_BROKEN_UP = "##\\u{005b}"


def visible(text: str) -> str:
    r"""Returns text on one line, with each invisible character written as its code point: a newline as `\u{000a}`."""
    if text.replace(_SPACE, "").isprintable() and (text.isascii() or _BLANK.isdisjoint(text)):
        return text
    hidden = (letter for letter in set(text) if not _is_visible(letter))
    return text.translate({ord(letter): f"\\u{{{ord(letter):04x}}}" for letter in hidden})


def harmless(text: str) -> str:
    """Returns visible text without `##[`, which a CI runner takes for a command anywhere in a line."""
    return visible(text).replace(_COMMAND, _BROKEN_UP)


def log_line(text: str) -> str:
    r"""Returns a harmless line that does not begin with `::`, which a CI runner may take for a command.

    The first colon is written as its code point. `::: `, which begins a further place, stays: no command is named `:`.
    """
    line = harmless(text)
    rest = line.lstrip()
    if not rest.startswith("::") or rest.startswith("::: "):
        return line
    return f"{line[: -len(rest)]}\\u{{003a}}{rest[1:]}"


def command(start: str, *words: str, options: Iterable[str] = ()) -> str:
    """Returns a command to paste into a shell: `start` unchanged, then options with their values, then other words.

    All but `start` is quoted. `--` stands before the first of the other words that begins with a dash.
    """
    dashed = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    mark = ["--"] if dashed < len(words) else []
    return " ".join(filter(None, (start, quoted(*options, *words[:dashed], *mark, *words[dashed:]))))


def quoted(*words: str) -> str:
    """Returns words as they are typed into the user's shell: on Windows as PowerShell and cmd take them.

    Where those two disagree, as on `$` and `%`, it is as PowerShell takes them.
    """
    return " ".join(map(_quoted_on_windows if _WINDOWS else quote, words))


def _quoted_on_windows(word: str) -> str:
    if re.fullmatch(_PLAIN_ON_WINDOWS, word):
        return word
    if not re.search(_ACTS_IN_QUOTES, word):
        return f'"{word}"'
    return f"'{re.sub(_ENDS_QUOTES, lambda mark: mark[0] * 2, word)}'"


def _is_visible(character: str) -> bool:
    if character in _JOINERS:
        return True
    return character not in _BLANK and unicodedata.category(character) not in _HIDDEN
