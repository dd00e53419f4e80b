"""How large, how deep and how manifold a record may be, judged before libyaml composes it."""

LARGEST = 256 * 1024
"""Bytes."""
DEEPEST = 16
"""Lists and mappings inside each other."""
MOST_NODES = 20_000
"""Keys, values, lists and mappings."""

_SHALLOW = 2048
"""Bytes in which no depth can be written that would be too much for C's stack: a level takes one at least."""
_MANY_BRACKETS = 200
_LONG_INDENT = b" " * 48
_SMALL = MOST_NODES // 2
"""Bytes in which so many nodes cannot stand."""
_INDENTS = bytes.maketrans(b"-?:\t", b"    ")
_NOT_INDICATORS = bytes(set(range(256)) - set(b":,-?[{"))
_NODES_AN_INDICATOR = 3
"""At most: `[a:` begins a mapping, a key and a value."""


def may_be_too_large(data: bytes, brackets: bytes) -> bool:
    """False when there can be neither too many nodes nor a depth that libyaml would not survive.

    A block collection inside another stands further right, behind blanks and indicators only, or (a list in a
    mapping) in the same column; a flow collection needs a bracket, all of which are in `brackets`. Both bounds
    together stay far below the thousands of levels that C's stack holds; the exact depth is counted later.
    """
    if len(data) <= _SHALLOW:
        return False
    if _LONG_INDENT in data.translate(_INDENTS):
        return True
    if brackets.count(b"[") + brackets.count(b"{") > _MANY_BRACKETS:
        return True
    return len(data) > _SMALL and len(data.translate(None, _NOT_INDICATORS)) * _NODES_AN_INDICATOR >= MOST_NODES
