"""The exact depth and number of a text's nodes, counted in libyaml's events, which need no recursion."""

from __future__ import annotations

from ogpcase.yamltree.gathering import Gathering
from ogpcase.yamltree.libyaml import YAMLError, events
from ogpcase.yamltree.limits import DEEPEST, MOST_NODES
from ogpcase.yamltree.problems_values import nested_too_deeply, too_many_nodes

_OPENS = frozenset(("MappingStartEvent", "SequenceStartEvent"))
_CLOSES = frozenset(("MappingEndEvent", "SequenceEndEvent"))
_LEAVES = frozenset(("ScalarEvent", "AliasEvent"))


def measure(text: str, found: Gathering) -> tuple[bool, bool]:
    """Reports a text that is too deep or holds too many nodes.

    Returns whether it is of fair size, and whether it is YAML up to its end. Where it stops being YAML the counting
    stops too: the composer will come no further either.
    """
    depth = nodes = 0
    try:
        for event, start in events(text.encode()):
            if event in _OPENS:
                depth, nodes = depth + 1, nodes + 1
            elif event in _CLOSES:
                depth -= 1
            elif event in _LEAVES:
                nodes += 1
            if depth > DEEPEST or nodes > MOST_NODES:
                found.report(nested_too_deeply if depth > DEEPEST else too_many_nodes, start, start + 1)
                return False, False
    except YAMLError:
        return True, False
    return True, True
