"""The exact depth and number of a text's nodes, counted in libyaml's events, which need no recursion."""

from __future__ import annotations

from ogpcase.diagnostics import FileId, Problem
from ogpcase.yamltree.libyaml import YAMLError, events
from ogpcase.yamltree.limits import DEEPEST, MOST_NODES
from ogpcase.yamltree.lines import Lines
from ogpcase.yamltree.problems_values import nested_too_deeply, too_many_nodes

_OPENS = frozenset(("MappingStartEvent", "SequenceStartEvent"))
_CLOSES = frozenset(("MappingEndEvent", "SequenceEndEvent"))
_LEAVES = frozenset(("ScalarEvent", "AliasEvent"))


def is_yaml(text: str) -> bool:
    """True when libyaml reads the text to its end."""
    try:
        for _ in events(text.encode()):
            pass
    except YAMLError:
        return False
    return True


def oversize(text: str, lines: Lines, file: FileId) -> Problem | None:
    """Returns the problem of a text that is too deep or holds too many nodes.

    Where the text stops being YAML the counting stops too: the composer will come no further either.
    """
    depth = nodes = 0
    try:
        for event, start in events(text.encode()):
            if event in _OPENS:
                depth, nodes = depth + 1, nodes + 1
                if depth > DEEPEST:
                    return nested_too_deeply.one(file, lines.span(start, start + 1))
            elif event in _CLOSES:
                depth -= 1
            elif event in _LEAVES:
                nodes += 1
            if nodes > MOST_NODES:
                return too_many_nodes.one(file, lines.span(start, start + 1))
    except YAMLError:
        pass
    return None
