"""Lines of a text in quotes, or of what stands in brackets, that are not indented as YAML demands.

libyaml reads them all the same, other readers refuse them; most often a quote or a bracket is missing, and the text
has swallowed the fields below it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, Node, ScalarNode
from ogpcase.yamltree.lines import Lines

_TOP = -1
"""What the lines of a node that stands in nothing are indented beyond: they may begin anywhere."""


class Stray(NamedTuple):
    """A line that stands too far left: its offsets, its message and what to do."""

    start: int
    end: int
    message: str
    help: str


def strays(root: Node, lines: Lines) -> Iterator[Stray]:
    """Yields the first such line of each text in quotes, in brackets, or of blank lines alone."""
    todo = [(root, _TOP)]
    while todo:
        node, column = todo.pop()
        if isinstance(node, CollectionNode):
            if node.flow_style:
                yield from _running_on(node, column, lines)
            else:
                todo += [(inner, node.start_mark.column) for inner in _inside(node)]
        elif isinstance(node, ScalarNode) and node.style in ("'", '"'):
            yield from _running_on(node, column, lines)
        elif isinstance(node, ScalarNode) and node.style and not node.value.strip():
            yield from _behind_blank_lines(node, column, lines)


def _inside(node: CollectionNode) -> list[Node]:
    if isinstance(node, MappingNode):
        return [value for _, value in node.value]
    return list(node.value)


def _running_on(node: Node, column: int, lines: Lines) -> Iterator[Stray]:
    """Yields the first line that goes on no deeper than what the node stands in; a closing bracket may be as deep."""
    in_brackets = not isinstance(node, ScalarNode)
    last = node.end_mark.line + 1
    for number in range(node.start_mark.line + 2, last + 1):
        text = lines.line(number)
        begin = text.lstrip(" \t")
        if not begin or len(text) - len(begin) > column or (in_brackets and begin.startswith("#")):
            continue
        if in_brackets and number == last and begin[0] in "]}" and len(text) - len(begin) == column:
            continue
        start = lines.start(number) + len(text) - len(begin)
        what, close = ("brackets", "bracket") if in_brackets else ("quotes", "quote")
        message = f"a text in {what} goes on in a line that is not indented"
        yield Stray(start, start + len(begin), message, f"close the {close} above, or indent this line deeper")
        return


def _behind_blank_lines(node: Node, column: int, lines: Lines) -> Iterator[Stray]:
    """Yields the comment that follows blank lines of a block: less indented than they, it could be the block's text."""
    number, deepest = node.start_mark.line + 2, 0
    while number <= node.end_mark.line + 1 and not lines.line(number).strip(" "):
        deepest = max(deepest, len(lines.line(number)))
        number += 1
    text = lines.line(number)
    begin = text.lstrip(" \t")
    depth = len(text) - len(begin)
    if begin.startswith("#") and column < depth < deepest:
        start = lines.start(number) + depth
        message = "a comment follows blank lines that are indented deeper than it"
        yield Stray(start, start + len(begin), message, "take the blanks out of those lines, or write the text")
