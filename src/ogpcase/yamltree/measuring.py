"""The exact depth and number of a text's nodes, counted in libyaml's events, which need no recursion."""

from __future__ import annotations

from ogpcase.yamltree.gathering import Gathering
from ogpcase.yamltree.libyaml import MarkedYAMLError, YAMLError, events
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
    stop = _count(text, found)
    if stop is None:
        return True, True
    if stop >= 0:
        # libyaml 0.2.6 has a depth limit of its own. It looks ahead, so it can refuse a line before it reports the
        # start of any bracket on it. What stands before the refused place is counted by itself.
        _count(text[:stop], found)
    return not found.has(nested_too_deeply) and not found.has(too_many_nodes), False


def _count(text: str, found: Gathering) -> int | None:
    """Reports the first place that is too deep or one node too many.

    Returns None at the end of YAML; else the offset, in code points, at which the parser gave up, -1 where it names
    none or the text was reported.
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
                return -1
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        return mark.index if mark else -1
    return None
