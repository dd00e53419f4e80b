"""A record's text in the house's order and shape, on request: every comment is kept, and every value.

What was written is read again: where a comment or a value would be lost, BadInput is raised instead.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from ogpcase.diagnostics import Route, Severity
from ogpcase.errors import BadInput
from ogpcase.yamltree.layout_notes import Noted, comments_in, notes_on
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice_nodes import Graph
from ogpcase.yamltree.splice_proof import same
from ogpcase.yamltree.splice_writing import Shape, key_text, value_of_item, value_of_key
from ogpcase.yamltree.styles import in_brackets
from ogpcase.yamltree.tree import Value, YamlTree

Order = Callable[[Route], Sequence[str]]
"""Gives the names of the fields of the mapping at a route in their order; none for one that keeps its own."""

_HOUSE = Shape()
_GAP = "  "
"""Before a comment in the line of a value."""


def formatted(tree: YamlTree, order: Order) -> str:
    """Returns the text of a record in the house's shape, its fields in this order; line ends stay as they are.

    A comment stays with the field or item it stands at. The same again is the same text.

    Raises:
        BadInput: the record has errors, or a comment could not be kept.
    """
    _refuse_errors(tree)
    graph = Graph(tree.text)
    notes = notes_on(graph, tree.value)
    lines = [*notes.header, *([""] if notes.gap and notes.header else [])]
    lines += [*_fields(notes.record, 0, (), order), *notes.record.below, *notes.footer]
    text = "".join(line.rstrip() + "\n" for line in lines)
    _refuse_loss(tree, text)
    return text.replace("\n", graph.line_end)


def _fields(noted: Noted, column: int, route: Route, order: Order) -> list[str]:
    """Returns the lines of a mapping's fields."""
    names = [name for name in order(route) if name in noted.fields]
    names += [name for name in noted.fields if name not in names]
    lines: list[str] = []
    for name in names:
        lines += _field(name, noted.fields[name], column, (*route, name), order)
    return lines


def _field(name: str, noted: Noted, column: int, route: Route, order: Order) -> list[str]:
    key = key_text(name)
    margin = " " * column
    beside, above = _beside(noted)
    if _is_block(noted, column + len(key) + len(": ")):
        inner = _inside(noted, column + _HOUSE.step, route, order)
        head = margin + key + ":" + beside
        return [*_comments(above, column), head, *inner, *_comments(noted.below, column + _HOUSE.step)]
    written = value_of_key(noted.value, key, column, _HOUSE)
    head = margin + key + ":" + (f" {written.inline}" if written.inline else "") + beside
    return _whole(noted, column, [*_comments(above, column)], [head, *written.lines])


def _items(noted: Noted, column: int, route: Route, order: Order) -> list[str]:
    """Returns the lines of a list's items, their dashes at `column`."""
    lines: list[str] = []
    for position, each in enumerate(noted.items):
        lines += _item(each, column, (*route, position), order)
    return lines


def _item(noted: Noted, column: int, route: Route, order: Order) -> list[str]:
    inner = column + _HOUSE.gap
    beside, above = _beside(noted)
    if isinstance(noted.value, dict | list) and noted.value:
        comments, lines = _split(_inside(noted, inner, route, order))
        lines[0] = " " * column + "- " + lines[0].lstrip(" ")
        above = [*above, *([beside.strip()] if beside else []), *(each.strip() for each in comments)]
        return [*_comments(above, column), *lines, *_comments(noted.below, inner)]
    written = value_of_item(noted.value, column, _HOUSE)
    head = " " * column + "- " + written.inline + beside
    return _whole(noted, column, _comments(above, column), [head, *written.lines])


def _whole(noted: Noted, column: int, above: list[str], lines: list[str]) -> list[str]:
    """Puts what stands below a scalar there, or above it where it would be taken for its text."""
    if len(lines) > 1:
        return [*above, *_comments(noted.below, column), *lines]
    return [*above, *lines, *_comments(noted.below, column + _HOUSE.step)]


def _inside(noted: Noted, column: int, route: Route, order: Order) -> list[str]:
    return _items(noted, column, route, order) if noted.items else _fields(noted, column, route, order)


def _is_block(noted: Noted, column: int) -> bool:
    """True when a value is written in lines of its own: what is not short and plain, or has comments in it."""
    if not noted.parts():
        return False
    if noted.fields or noted.has_comments_inside():
        return True
    assert isinstance(noted.value, list)
    return not in_brackets(noted.value, column)


def _beside(noted: Noted) -> tuple[str, list[str]]:
    """Returns the comment for the line itself, and those above: of several only the first fits into the line."""
    first, *rest = noted.beside or [""]
    if first and not first.startswith(("# ", "#:", "#!", "##")) and first != "#":
        first, rest = "", [first, *rest]  # behind plain text it could be taken for a part of it
    return (_GAP + first if first else ""), [*noted.above, *rest]


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """Returns the comments before the first line of something, and the rest: a dash needs a field behind it."""
    count = next(count for count, line in enumerate(lines) if not line.lstrip().startswith("#"))
    return lines[:count], lines[count:]


def _comments(texts: Sequence[str], column: int) -> list[str]:
    return [" " * column + text for text in texts]


def _refuse_errors(tree: YamlTree) -> None:
    errors = [each for each in parse(tree.text.encode(), tree.file).problems if each.rule.severity is Severity.ERROR]
    if errors or not isinstance(tree.value, dict):
        raise BadInput("a record with errors in its text is not formatted", "mend it first: ogpcase validate")


def _refuse_loss(tree: YamlTree, text: str) -> None:
    """Raises BadInput where the new text does not hold all that the old one held."""
    parsed = parse(text.encode(), tree.file)
    errors = [each for each in parsed.problems if each.rule.severity is Severity.ERROR]
    if parsed.tree is None or errors or not _alike(tree.value, parsed.tree.value):
        raise BadInput("this record cannot be put into the house's shape without changing what it says")
    before = Counter(each.text for each in comments_in(Graph(tree.text)))
    if before != Counter(each.text for each in comments_in(Graph(text))):
        raise BadInput("this record cannot be put into the house's shape without losing a comment")


def _alike(one: Value, other: Value) -> bool:
    """True when two records say the same, whatever the order of their fields."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_alike(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return same(one, other)
