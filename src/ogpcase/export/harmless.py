"""Record text in which nothing acts on a terminal or on the runner of a CI job."""

from __future__ import annotations

import unicodedata

_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_JOINERS = {"\u200c", "\u200d"}  # Persian, Hindi and emoji need them
_COMMAND = "##["
_BROKEN_UP = "##\\u{005b}"


def visible(text: str) -> str:
    r"""Returns text on one line, in which what is invisible stands as its code point: a newline as `\u{000a}`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(each if _is_visible(each) else f"\\u{{{ord(each):04x}}}" for each in text)


def harmless(text: str) -> str:
    """Returns visible text that holds no `##[`, which a runner takes for a command anywhere in a line."""
    return visible(text).replace(_COMMAND, _BROKEN_UP)


def log_line(text: str) -> str:
    """Returns a line of a log that starts with a path; one that starts with `::` would be a command, and gets `./`."""
    line = harmless(text)
    return f"./{line}" if line.lstrip().startswith("::") else line


def _is_visible(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character) not in _HIDDEN
