"""What a plain scalar is: its type by the YAML 1.2 core schema, and whether a YAML 1.1 reader would disagree.

Quoted and block scalars are always text and never come here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Self

Scalar = str | int | float | bool | None


class WrittenInteger(int):
    """A plain integer that still knows how it was written: `written` is `2017` or `0x1F`."""

    written: str

    def __new__(cls, value: int, written: str = "") -> Self:
        """Equal to `value` in every way; without `written` its decimal digits stand in."""
        self = int.__new__(cls, value)
        self.written = written or str(value)
        return self


class WrittenFloat(float):
    """A plain number with a fraction that still knows how it was written: `written` is `1.10`."""

    written: str

    def __new__(cls, value: float, written: str = "") -> Self:
        """Equal to `value` in every way; without `written` Python's shortest form stands in."""
        self = float.__new__(cls, value)
        self.written = written or repr(float(value))
        return self


def stands_unquoted(value: object) -> bool:
    """True for text that its maker marked to stand without quotes by a class of its own, as a date: see WrittenDate."""
    return isinstance(value, str) and type(value) is not str


class WrittenDate(str):
    """A plain scalar that YAML 1.1 readers take for a date or a timestamp; for us it stays text."""

    __slots__ = ()


WORDS: dict[str, Scalar] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
"""The plain words that every YAML reader takes for null, true or false."""
WORDS.update(dict.fromkeys(("true", "True", "TRUE"), True))
WORDS.update(dict.fromkeys(("false", "False", "FALSE"), False))

AMBIGUOUS_WORDS = frozenset(
    spelling for word in ("y", "n", "yes", "no", "on", "off") for spelling in (word, word.capitalize(), word.upper())
) | {"=", "<<", "-"}
"""Text in YAML 1.2; in YAML 1.1 a boolean, the default value (`=`) or a merge (`<<`). A `-` alone, which can stand in
brackets only, is text to some readers and an error to others."""

SHORT_WORDS = AMBIGUOUS_WORDS | WORDS.keys()
"""Every plain scalar that is not what it looks like, numbers and dates apart."""
LONGEST_WORD = max(map(len, SHORT_WORDS))
AFTER_NUMBERS = ":"
"""Only a scalar that sorts before this can be a number or a date: their first characters are `+`, `-`, `.`, digits."""

LONGEST_NUMBER = 4000
"""Digits; beyond this Python itself refuses to read an integer, and other readers lose precision."""

# Forms that all readers type alike, tried in one go: a date or timestamp as in https://yaml.org/type/timestamp.html,
# a decimal or hexadecimal integer, and a fraction whose exponent, if any, has a dot before it and a sign.
_AGREED = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?"
    r"(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::?[0-9]{2})?))?)"
    r"|(?P<integer>[-+]?(?:0|[1-9][0-9]*))"
    r"|(?P<hexadecimal>0x[0-9a-fA-F]+)"
    r"|(?P<fraction>[-+]?[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?|\.[0-9]+(?:[eE][-+][0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
).fullmatch

# The YAML 1.2 core schema, YAML 1.2.2 section 10.3.2.
_CORE_INTEGER = r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
_CORE_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"

# YAML 1.1, https://yaml.org/type/int.html and float.html, widened by what readers of that version really take.
_OLD_NUMBER = (
    r"[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
)
_OF_NUMBERS = frozenset("0123456789abcdefABCDEFoxEX_.:+-")
"""Every character of these forms: a reference that begins with a day, as most do, has others."""
_SMALL_OCTAL = r"[-+]?0+[0-7]?"


def resolve(text: str) -> tuple[Scalar, bool]:
    """Returns a plain scalar's value by the YAML 1.2 core schema, and whether every YAML 1.1 reader agrees.

    Dates stay text (WrittenDate): a YAML 1.1 reader's date is the same day, so that is no disagreement.
    """
    found = _AGREED(text)
    if found is None:
        return _odd(text)
    kind = found.lastgroup
    if kind == "date":
        return WrittenDate(text), True
    if kind == "fraction":
        return WrittenFloat(_float(text), text), True
    return _integer(text)


@cache
def _pattern(pattern: str) -> Callable[[str], re.Match[str] | None]:
    """Compiles a pattern that few records need when one does."""
    return re.compile(pattern).fullmatch


def _odd(text: str) -> tuple[Scalar, bool]:
    """Resolves a scalar that is neither a date nor a number in a form that all readers share."""
    if text in WORDS:
        return WORDS[text], True
    if not _OF_NUMBERS.issuperset(text):
        return text, text not in AMBIGUOUS_WORDS
    if _pattern(_CORE_INTEGER)(text):
        value, _ = _integer(text)
        return value, _pattern(_SMALL_OCTAL)(text) is not None
    if _pattern(_CORE_FLOAT)(text):
        return WrittenFloat(float(text), text), False
    return text, not (text in AMBIGUOUS_WORDS or _pattern(_OLD_NUMBER)(text))


def _integer(text: str) -> tuple[Scalar, bool]:
    """Reads an integer; one too long for that stays text, which no reader can be held to."""
    if len(text) > LONGEST_NUMBER:
        return text, False
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return WrittenInteger(int(text, base), text), True


def _float(text: str) -> float:
    """Returns the float; `.inf` and `.nan` lose their dot first."""
    return float(text.replace(".", "", 1)) if text[-1] in "fFnN" else float(text)
