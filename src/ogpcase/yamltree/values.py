"""Builds plain values from libyaml's nodes by the YAML 1.2 core schema, and notes their faults."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, Self, TypeGuard
from unicodedata import is_normalized, normalize

from ogpcase.diagnostics import Check
from ogpcase.yamltree import problems
from ogpcase.yamltree.libyaml import MappingNode, Node, ScalarNode
from ogpcase.yamltree.limits import DEEPEST

Scalar = str | int | float | bool | None
Value = Scalar | list["Value"] | dict[str, "Value"]
"""A node's plain value; dates are text."""


class WrittenInteger(int):
    """An integer that keeps its spelling: `written` is `2017` or `0x1F`."""

    written: str

    def __new__(cls, value: int, written: str = "") -> Self:
        """Equals `value`; `written` defaults to its decimal digits."""
        self = int.__new__(cls, value)
        self.written = written or str(value)
        return self


class WrittenFloat(float):
    """A fraction that keeps its spelling: `written` is `1.10`."""

    written: str

    def __new__(cls, value: float, written: str = "") -> Self:
        """Equals `value`; `written` defaults to Python's shortest form."""
        self = float.__new__(cls, value)
        self.written = written or repr(float(value))
        return self


class WrittenDate(str):
    """A scalar that YAML 1.1 readers take for a date or a timestamp; here it stays text."""

    __slots__ = ()


def stands_unquoted(value: object) -> bool:
    """True for text of a class such as WrittenDate, which is written without quotes."""
    return isinstance(value, str) and type(value) is not str


def as_written(value: object) -> str:
    """Returns the text of a scalar as the file has it: of a number, its spelling."""
    return str(getattr(value, "written", value))


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """True for a list of plain values."""
    return isinstance(value, list | tuple)


def same(meant: object, read: object, *, spelled: bool = True) -> bool:
    """True if both values are equal, with equal types; with `spelled` numbers need the same spelling too.

    Text without quotes, as a date, may be read as another type with the same spelling.
    """
    alike = partial(same, spelled=spelled)
    if isinstance(meant, Mapping):
        return (
            isinstance(read, Mapping) and list(meant) == list(read) and all(map(alike, meant.values(), read.values()))
        )
    if is_list(meant):
        return is_list(read) and len(meant) == len(read) and all(map(alike, meant, read))
    if stands_unquoted(meant):
        return as_written(read) == str(meant)
    if isinstance(meant, str | bool | None):
        return type(read) is type(meant) and read == meant
    if spelled and hasattr(meant, "written") and hasattr(read, "written"):
        return bool(meant.written == read.written)
    return repr(read) == repr(meant) and not isinstance(read, str | bool)


WORDS: dict[str, Scalar] = dict.fromkeys(("", "~", "null", "Null", "NULL"))
"""Words that every YAML reader takes for null, true or false."""
WORDS.update(dict.fromkeys(("true", "True", "TRUE"), True))
WORDS.update(dict.fromkeys(("false", "False", "FALSE"), False))

AMBIGUOUS_WORDS = frozenset(
    spelling for word in ("y", "n", "yes", "no", "on", "off") for spelling in (word, word.capitalize(), word.upper())
) | {"=", "<<", "-"}
"""Text in YAML 1.2; in YAML 1.1 a boolean, the default value (`=`) or a merge (`<<`); `-` is an error for some."""

SHORT_WORDS = AMBIGUOUS_WORDS | WORDS.keys()
"""Every word that may not be text."""
LONGEST_WORD = max(map(len, SHORT_WORDS))
AFTER_NUMBERS = ":"
"""Numbers and dates sort before this: they begin with `+`, `-`, `.` or a digit."""

LONGEST_NUMBER = 4000
"""Digits; Python does not read a longer integer, and other readers lose precision."""

# Forms that all readers understand alike: a date or timestamp as in https://yaml.org/type/timestamp.html,
# a decimal or hexadecimal integer, and a fraction; an exponent must have a sign, and a dot before it.
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

# YAML 1.1, https://yaml.org/type/int.html and float.html, with other forms that its readers accept.
_OLD_NUMBER = (
    r"[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
    r"|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"
    r"|[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?"
    r"|[-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"
)
_OF_NUMBERS = frozenset("0123456789abcdefABCDEFoxEX_.:+-")
"""Every character of these forms."""
_INNER_DASH = re.compile("[^eE]-")
"""A dash that a month has and no number: there one stands first, or after the `e` of an exponent."""
_AGREED_UPON = _OF_NUMBERS | frozenset("TtZ \tinfINFaN")
"""Every character of the forms that all readers understand; a reference that begins with a date has others too."""
_SMALL_OCTAL = r"[-+]?0+[0-7]?"


def resolve(text: str) -> tuple[Scalar, bool]:
    """Returns a scalar's value by the YAML 1.2 core schema, dates as text, and whether all YAML 1.1 readers agree."""
    agreed = _AGREED(text) if _AGREED_UPON.issuperset(text) else None
    if agreed is None:
        return _odd(text)
    kind = agreed.lastgroup
    if kind == "date":
        return WrittenDate(text), True
    if kind == "fraction":
        return WrittenFloat(_float(text), text), True
    return _integer(text)


def _odd(text: str) -> tuple[Scalar, bool]:
    if text in WORDS:
        return WORDS[text], True
    if not _OF_NUMBERS.issuperset(text) or text.isalpha() or _INNER_DASH.search(text):
        return text, text not in AMBIGUOUS_WORDS
    if re.fullmatch(_CORE_INTEGER, text):
        value, _ = _integer(text)
        return value, re.fullmatch(_SMALL_OCTAL, text) is not None
    if re.fullmatch(_CORE_FLOAT, text):
        return WrittenFloat(float(text), text), False
    return text, not (text in AMBIGUOUS_WORDS or re.fullmatch(_OLD_NUMBER, text))


def _integer(text: str) -> tuple[Scalar, bool]:
    """Reads an integer; a number that is too long stays text, since readers disagree on it."""
    if len(text) > LONGEST_NUMBER:
        return text, False
    base = {"0o": 8, "0x": 16}.get(text[:2], 10)
    return WrittenInteger(int(text, base), text), True


def _float(text: str) -> float:
    return float(text.replace(".", "", 1)) if text[-1] in "fFnN" else float(text)


class Fault(NamedTuple):
    """A wrong node, and its check; for a key, `within` is its mapping.

    With `syntax_error`, a line of a node in quotes or brackets, or of blank lines, may need more indentation.
    """

    check: Check[...]
    node: Node
    within: Node | None = None


_TEXT_KEYS: set[str] = set()
"""A cache of ASCII keys that are text; a folder repeats a few dozen keys."""
_QUOTES = frozenset("'\"")
_MOST_CACHED = 4096
_SHORT = 64
"""Characters of the longest scalar to cache: a reference to an item is hardly longer."""


def build(node: Node, faults: list[Fault], depth: int = 1) -> Value:
    """Returns a node's plain value, with the first of duplicate keys, and adds its faults to `faults`."""
    if node.__class__ is ScalarNode:
        return _styled(node, faults) if node.style else _plain(node, faults)
    if node.flow_style and node.start_mark.line != node.end_mark.line:  # type: ignore[attr-defined]  # a collection
        faults.append(Fault(problems.syntax_error, node))
    if depth > DEEPEST:
        faults.append(Fault(problems.nested_too_deeply, node))
        return None
    return _mapping(node, faults, depth) if node.__class__ is MappingNode else _list(node, faults, depth)


def _list(node: Node, faults: list[Fault], depth: int) -> list[Value]:
    """Builds a list. This loop must be fast, as the next one."""
    values: list[Value] = []
    for item in node.value:
        if item.__class__ is not ScalarNode:
            values.append(build(item, faults, depth + 1))
        elif item.style:
            values.append(_styled(item, faults))
        else:
            values.append(_plain(item, faults))
    return values


def _mapping(node: Node, faults: list[Fault], depth: int) -> dict[str, Value]:
    """Builds a mapping. This loop must be fast, so it takes plain text without a call."""
    values: dict[str, Value] = {}
    composed = True
    for key_node, value_node in node.value:
        key = key_node.value
        if key_node.__class__ is not ScalarNode or key not in _TEXT_KEYS:
            if not _is_text(key_node, faults):
                continue
            composed = composed and is_normalized("NFC", key)
        if value_node.__class__ is ScalarNode:
            value = value_node.value
            if value_node.style:
                value = _styled(value_node, faults)
            elif value < AFTER_NUMBERS or (len(value) <= LONGEST_WORD and value in SHORT_WORDS):
                value = _plain(value_node, faults)
        else:
            value = build(value_node, faults, depth + 1)
        if key in values:
            faults.append(Fault(problems.duplicate_key, key_node, node))
        else:
            values[key] = value
    if not composed:
        _note_keys_that_look_alike(node, faults)
    return values


def _styled(node: Node, faults: list[Fault]) -> str:
    value: str = node.value
    if node.style in _QUOTES:  # type: ignore[attr-defined]  # a scalar
        if node.start_mark.line != node.end_mark.line:
            faults.append(Fault(problems.syntax_error, node))
    elif not value or value.isspace():
        faults.append(Fault(problems.syntax_error, node))
    return value


def _plain(node: Node, faults: list[Fault]) -> Scalar:
    text: str = node.value
    if text >= AFTER_NUMBERS and (len(text) > LONGEST_WORD or text not in SHORT_WORDS):
        return text
    value, agreed = _resolved(text) if len(text) <= _SHORT else resolve(text)
    if not agreed:
        faults.append(Fault(problems.ambiguous_scalar, node))
    return value


_resolved = lru_cache(maxsize=_MOST_CACHED)(resolve)
"""For short scalars: small numbers, `true`, dates and the references that begin with one recur."""


def _is_text(node: Node, faults: list[Fault]) -> bool:
    """Judges a key; a number or null still serves as its text."""
    if node.__class__ is not ScalarNode:
        faults.append(Fault(problems.key_not_text, node))
        return False
    if node.style:
        return True
    if node.value == "<<":
        faults.append(Fault(problems.merge_key, node))
        return False
    value, agreed = resolve(node.value)
    if value.__class__ is not str:
        faults.append(Fault(problems.key_not_text, node))
    elif not agreed:
        faults.append(Fault(problems.ambiguous_scalar, node))
    elif len(_TEXT_KEYS) < _MOST_CACHED and node.value.isascii():
        _TEXT_KEYS.add(node.value)
    return True


def _note_keys_that_look_alike(node: Node, faults: list[Fault]) -> None:
    """Notes keys that differ only in how their accents are composed: people cannot distinguish them."""
    seen: dict[str, str] = {}
    for key_node, _ in node.value:
        if key_node.__class__ is not ScalarNode:
            continue
        if seen.setdefault(normalize("NFC", key_node.value), key_node.value) != key_node.value:
            faults.append(Fault(problems.duplicate_key, key_node, node))
