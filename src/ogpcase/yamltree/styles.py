"""How a scalar is written in a new file: plain, in double quotes, folded, or as a block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ogpcase.yamltree.raw import has_conflict_marker
from ogpcase.yamltree.scalars import Scalar, WrittenFloat, WrittenInteger, resolve, stands_unquoted

LINE = 100
"""Columns that a line should not exceed."""
_LONG = 90
"""Characters from which text is folded."""
_NARROWEST = 40
_LONGEST_IN_BRACKETS = 40
FOLD = "\a"
"""Tells ruamel.yaml to end a line at the space that follows; no value can hold it."""


class Style(NamedTuple):
    """A scalar's text as YAML takes it, and its style: none for plain, or one of `"`, `>` and `|`."""

    text: str
    style: str | None


_PLAIN = re.compile(r"[^\W_](?:[^\s:#]|:(?=[^\s])|(?<=\S)#| (?=[^\s#]))*").fullmatch
"""Starts with a letter or digit, has only single-line single spaces, no `: `, no ` #`, and no colon at its end."""
_PLAIN_IN_BRACKETS = re.compile(r"[^\W_](?:[\w./@+-]|(?<=\w)#(?=\w)| (?=[\w(]))*").fullmatch


def styled(value: Scalar, column: int, *, plainly: bool = False) -> Style:
    """Returns how to write a scalar; folded lines would start at `column`. `plainly` leaves only double quotes."""
    if stands_unquoted(value):
        return _unquoted_date(str(value))
    if isinstance(value, str):
        return Style(value, '"') if plainly else _text(value, column)
    return Style(_written(value), None)


def in_brackets(items: Sequence[object], column: int) -> bool:
    """True when a list is short and plain enough to be written `[a, b]`, behind a key that ends at `column`."""
    if not items:
        return True
    texts = []
    for item in items:
        if isinstance(item, bool) or not isinstance(item, str | int):
            return False
        text, style = styled(item, column)
        if style or not is_plain_word(text) or len(text) > _LONGEST_IN_BRACKETS:
            return False
        texts.append(text)
    return column + len(", ".join(texts)) + len("[]") <= LINE


def is_plain_word(text: str) -> bool:
    """True for text that stands without quotes anywhere, in brackets too."""
    return _PLAIN_IN_BRACKETS(text) is not None


def _unquoted_date(text: str) -> Style:
    """Returns a date without quotes, unless readers would not take it for text, a date or a plain number."""
    value, agreed = resolve(text)
    fits = agreed and isinstance(value, str | int) and not isinstance(value, bool) and _PLAIN(text)
    return Style(text, None if fits else '"')


def _text(text: str, column: int) -> Style:
    """Returns a text in the style that reads best and says exactly the same."""
    if "\n" in text:
        return Style(text, "|" if _fits_block(text) else '"')
    if len(text) > _LONG and (folded := _folded(text, column)):
        return Style(folded, ">")
    value, agreed = resolve(text)
    return Style(text, None if agreed and type(value) is str and _PLAIN(text) else '"')


def _fits_block(text: str) -> bool:
    """True for lines that a block keeps exactly: none ends in a blank, the first has no margin, one end at most."""
    lines = text.removesuffix("\n").split("\n")
    if text[0] in " \n" or not lines[-1] or "\t" in text:
        return False
    return all(line == line.rstrip() for line in lines) and not has_conflict_marker(text + "\n")


def _folded(text: str, column: int) -> str | None:
    """Returns the text with FOLD where its lines end, or None where folding would not keep it exactly."""
    words = text.split(" ")
    if len(words) == 1 or "\t" in text or any(not word or word != word.strip() for word in words):
        return None
    width = max(_NARROWEST, LINE - column)
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return None if has_conflict_marker("\n".join((*lines, ""))) else f"{FOLD} ".join(lines)


def _written(value: Scalar) -> str:
    """Returns the plain text of a number, true, false or null, in a form on which all readers agree."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, WrittenInteger | WrittenFloat):
        read, agreed = resolve(value.written)
        if agreed and repr(read) == repr(value):
            return value.written
    return _float(value) if isinstance(value, float) else str(int(value))


def _float(value: float) -> str:
    """Returns a float with a dot, which YAML 1.1 asks for."""
    text = repr(float(value))
    if text.endswith(("inf", "nan")):
        return text.replace("inf", ".inf").replace("nan", ".nan")
    digits, mark, exponent = text.partition("e")
    return f"{digits}.0{mark}{exponent}" if mark and "." not in digits else text
