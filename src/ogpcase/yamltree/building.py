"""libyaml's node graph to plain values, in one pass, noting on the way what no record may hold.

What is wrong is noted as a Fault and worded later: a good record pays for none of it.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from ogpcase.yamltree.libyaml import MappingNode, Node, ScalarNode
from ogpcase.yamltree.limits import DEEPEST
from ogpcase.yamltree.scalars import AFTER_NUMBERS, LONGEST_WORD, SHORT_WORDS, Scalar, resolve
from ogpcase.yamltree.tree import Value


class Wrong(Enum):
    """What a node can be that it must not be."""

    AMBIGUOUS = auto()
    DUPLICATE_KEY = auto()
    KEY_NOT_TEXT = auto()
    MERGE_KEY = auto()
    RUNS_ON = auto()
    """A text of several lines in quotes or brackets, or of blank lines alone: their indentation is judged apart."""
    TOO_DEEP = auto()


class Fault(NamedTuple):
    """A node that is wrong; for a key, `within` is its mapping."""

    wrong: Wrong
    node: Node
    within: Node | None = None


_TEXT_KEYS: set[str] = set()
"""Plain ASCII keys seen to be text: a cache, since a folder of records repeats the same few dozen."""
_SHORT_SCALARS: dict[str, Scalar] = {}
"""Short plain scalars that all readers agree on: a cache, since small numbers, `true` and days of retrieval recur."""
_QUOTES = frozenset("'\"")
_MOST_CACHED = 4096
_SHORT = 10
"""Characters of a day, the longest scalar worth remembering."""


def build(node: Node, faults: list[Fault], depth: int = 1) -> Value:
    """Returns the node's plain value; of duplicate keys the first stays, and what is wrong joins `faults`."""
    if node.__class__ is ScalarNode:
        return _styled(node, faults) if node.style else _plain(node, faults)
    if node.flow_style and node.start_mark.line != node.end_mark.line:  # type: ignore[attr-defined]  # a collection
        faults.append(Fault(Wrong.RUNS_ON, node))
    if depth > DEEPEST:
        faults.append(Fault(Wrong.TOO_DEEP, node))
        return None
    if node.__class__ is MappingNode:
        return _mapping(node, faults, depth)
    return _list(node, faults, depth)


def _list(node: Node, faults: list[Fault], depth: int) -> list[Value]:
    """Builds a list; a scalar is resolved in place where no number, date or word can be meant."""
    values: list[Value] = []
    for item in node.value:
        if item.__class__ is not ScalarNode:
            values.append(build(item, faults, depth + 1))
            continue
        value = item.value
        if item.style:
            value = _styled(item, faults)
        elif value < AFTER_NUMBERS or (len(value) <= LONGEST_WORD and value in SHORT_WORDS):
            value = _plain(item, faults)
        values.append(value)
    return values


def _mapping(node: Node, faults: list[Fault], depth: int) -> dict[str, Value]:
    """Builds a mapping: the hot loop, with scalars resolved in place as in a list."""
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
            faults.append(Fault(Wrong.DUPLICATE_KEY, key_node, node))
        else:
            values[key] = value
    if not composed:
        _note_keys_that_look_alike(node, faults)
    return values


def _styled(node: Node, faults: list[Fault]) -> str:
    """Returns the text of a scalar in quotes or in a block."""
    value: str = node.value
    if node.style in _QUOTES:  # type: ignore[attr-defined]  # a scalar
        if node.start_mark.line != node.end_mark.line:
            faults.append(Fault(Wrong.RUNS_ON, node))
    elif not value or value.isspace():
        faults.append(Fault(Wrong.RUNS_ON, node))
    return value


def _plain(node: Node, faults: list[Fault]) -> Scalar:
    """Resolves a plain scalar and notes it if readers disagree on it."""
    text = node.value
    if text in _SHORT_SCALARS:
        return _SHORT_SCALARS[text]
    value, agreed = resolve(text)
    if not agreed:
        faults.append(Fault(Wrong.AMBIGUOUS, node))
    elif len(text) <= _SHORT and len(_SHORT_SCALARS) < _MOST_CACHED:
        _SHORT_SCALARS[text] = value
    return value


def _is_text(node: Node, faults: list[Fault]) -> bool:
    """Judges a key; one that is a number or null still serves as the text it was written as."""
    if node.__class__ is not ScalarNode:
        faults.append(Fault(Wrong.KEY_NOT_TEXT, node))
        return False
    if node.style:
        return True
    if node.value == "<<":
        faults.append(Fault(Wrong.MERGE_KEY, node))
        return False
    value, agreed = resolve(node.value)
    if value.__class__ is not str:
        faults.append(Fault(Wrong.KEY_NOT_TEXT, node))
    elif not agreed:
        faults.append(Fault(Wrong.AMBIGUOUS, node))
    elif len(_TEXT_KEYS) < _MOST_CACHED and node.value.isascii():
        _TEXT_KEYS.add(node.value)
    return True


def _note_keys_that_look_alike(node: Node, faults: list[Fault]) -> None:
    """Notes keys that differ only in how their accents are composed: no reader of the file can tell them apart."""
    seen: dict[str, str] = {}
    for key_node, _ in node.value:
        if key_node.__class__ is not ScalarNode:
            continue
        if seen.setdefault(normalize("NFC", key_node.value), key_node.value) != key_node.value:
            faults.append(Fault(Wrong.DUPLICATE_KEY, key_node, node))
