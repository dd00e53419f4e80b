"""Edits of one node, written out: what the text was, and what it is afterwards, to the byte."""

from __future__ import annotations

import pytest

from ogpcase.diagnostics import Route
from ogpcase.errors import BadInput
from ogpcase.model.serialize import PlainText
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import (
    Field,
    in_quotes,
    inserted,
    removed,
    replaced,
    scalar_at,
    value_at,
)
from ogpcase.yamltree.tree import YamlTree


def tree_of(text: str) -> YamlTree:
    tree = parse(text.encode(), "x/events/a.yaml").tree
    assert tree is not None
    return tree


@pytest.mark.parametrize(
    ("old", "route", "value", "new"),
    [
        ("a: b\n", ("a",), "c", "a: c\n"),
        ("a:   b   # why\n", ("a",), "c", "a:   c   # why\n"),
        ("a: 'b'\n", ("a",), "it's", "a: 'it''s'\n"),
        ('a: "b"\n', ("a",), "c", 'a: "c"\n'),
        ("a: b\n", ("a",), "no", 'a: "no"\n'),
        ("a: 2017-05-23\n", ("a",), PlainText("2018-05"), "a: 2018-05\n"),
        ('a: "[..2017]"\n', ("a",), PlainText("2018"), 'a: "2018"\n'),
        ("a: |  # as printed\n  one\n  two\nb: c\n", ("a",), "d", "a: d  # as printed\nb: c\n"),
        ("a: b # why\nc: d\n", ("a",), ["x, y: z"], 'a: # why\n  - "x, y: z"\nc: d\n'),
        ("a: b # why\nc: d\n", ("a",), ["x", "k"], "a: [x, k] # why\nc: d\n"),
        ("a: # both\n  - x\n  - y\nc: d\n", ("a",), ["z"], "a: # both\n  - z\nc: d\n"),
        ("a:\n- x\n- y # no\nc:\n- z\n", ("a",), ["w"], "a:\n- w\nc:\n- z\n"),
        ("a:\n    b: 1\nc: d\n", ("a",), {"e": {"f": "g"}}, "a:\n    e:\n        f: g\nc: d\n"),
        ("a: {b: 1, c: 2}\n", ("a", "b"), ["x"], "a: {b: [x], c: 2}\n"),
        ("a: {b: , c: 2}\n", ("a", "b"), "x", "a: {b: x, c: 2}\n"),
        ("a:\nb: c\n", ("a",), "x", "a: x\nb: c\n"),
        ("a:\n  -   b: 1\n      c: 2\n  -   d\n", ("a", 1), {"e": 1, "f": 2}, None),
        ("a: b\r\nc: d\r\n", ("a",), ["x z, w"], "a:\r\n  - x z, w\r\nc: d\r\n"),
        ("a: b\n", ("a",), "line\nline\n", "a: |\n  line\n  line\n"),
    ],
)
def test_another_value(old: str, route: Route, value: object, new: str | None) -> None:
    made = replaced(tree_of(old), route, value)
    assert (new or "a:\n  -   b: 1\n      c: 2\n  -   e: 1\n      f: 2\n") == made
    assert made == replaced(tree_of(made), route, value)


@pytest.mark.parametrize(
    ("old", "route", "field", "new"),
    [
        ("a: 1\nc: 3\n", (), Field("b", 2, ("a",)), "a: 1\nb: 2\nc: 3\n"),
        ("a: 1 # one\n\n# three\nc: 3\n", (), Field("b", 2, ("a",)), "a: 1 # one\nb: 2\n\n# three\nc: 3\n"),
        ("# top\nc: 3\n", (), Field("b", 2, ("a",)), "# top\nb: 2\nc: 3\n"),
        ("a:\n  - x\n  # - y\nc: 3\n", (), Field("b", 2, ("a",)), "a:\n  - x\n  # - y\nb: 2\nc: 3\n"),
        ("a: |+\n  x\n\nc: 3\n", (), Field("b", 2, ("a",)), "a: |+\n  x\n\nb: 2\nc: 3\n"),
        ("a:\n- x: 1\n  z: 3\n", ("a", 0), Field("k", ["q"], ("x",)), "a:\n- x: 1\n  k: [q]\n  z: 3\n"),
        ("a:\n- z: 3\n", ("a", 0), Field("k", "q", ("x",)), "a:\n- k: q\n  z: 3\n"),
        ("a: {x: 1, z: 3}\n", ("a",), Field("k", ["q"], ("x",)), "a: {x: 1, k: [q], z: 3}\n"),
        ("a: {z: 3}\n", ("a",), Field("k", "q: r", ("x",)), 'a: {k: "q: r", z: 3}\n'),
        ("a: {}\nb: 1\n", ("a",), Field("k", "q"), "a:\n  k: q\nb: 1\n"),
        ("b: [{}]\n", ("b", 0), Field("k", "q"), "b: [{k: q}]\n"),
    ],
)
def test_a_new_field(old: str, route: Route, field: Field, new: str) -> None:
    assert new == inserted(tree_of(old), route, field)


def appended(tree: YamlTree, route: Route, value: object) -> str:
    items = value_at(tree.value, route)
    assert isinstance(items, list)
    return replaced(tree, route, [*items, value])


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("a: [x]\n", "k", "a: [x, k]\n"),
        ("a: []\nb: 1\n", {"c": "d"}, "a:\n  - c: d\nb: 1\n"),
        ("a:\n- x # one\nb: 1\n", "k", "a:\n- x # one\n- k\nb: 1\n"),
        ("a:\n    -   x: 1\n        k: 2\n", {"x": 3, "k": 4},
         "a:\n    -   x: 1\n        k: 2\n    -   x: 3\n        k: 4\n"),
        ("a:\n  - {x: 1}\n", {"x": "two, three"}, 'a:\n  - {x: 1}\n  - {x: "two, three"}\n'),
        ("a:\n  - x: 1\n  - {x: 2}\n", {"x": 3}, "a:\n  - x: 1\n  - {x: 2}\n  - {x: 3}\n"),
        ("a:\n  - {x: 1}\n  - x: 2\n", {"x": 3}, "a:\n  - {x: 1}\n  - x: 2\n  - x: 3\n"),
        ("a:\r\n  - x\r\n", "k", "a:\r\n  - x\r\n  - k\r\n"),
    ],
)  # fmt: skip
def test_a_new_item(old: str, value: object, new: str) -> None:
    assert new == appended(tree_of(old), ("a",), value)


@pytest.mark.parametrize(
    ("old", "route", "new"),
    [
        ("a: 1 # one\nb: 2\n", ("a",), "b: 2\n"),
        ("# above\na:\n  - x # in it\n  # of it\n# beside\nb: 2\n", ("a",), "# above\n# beside\nb: 2\n"),
        ("a:\n  - x: 1\n    k: 2\n", ("a", 0, "x"), "a:\n  - k: 2\n"),
        ("a:\n  - x: 1\n    # of y\n    k: 2\n", ("a", 0, "x"), "a:\n  -\n    # of y\n    k: 2\n"),
        ("a:\n  - x\n  - y\nb: 2\n", ("a", 0), "a:\n  - y\nb: 2\n"),
        ("a:\n  - x # only\nb: 2\n", ("a", 0), "a: []\nb: 2\n"),
        ("a: # of a\n  # of x\n  - x\n  # of k\n  - k\nb: 2\n", ("a", 0), "a: # of a\n  # of k\n  - k\nb: 2\n"),
        ("a:\n  - x # 1\n  - x # 2\nb: 2\n", ("a", 0), "a:\n  - x # 2\nb: 2\n"),
        ("a: {x: 1, k: 2, z: 3}\n", ("a", "x"), "a: {k: 2, z: 3}\n"),
        ("a: {x: 1, k: 2, z: 3}\n", ("a", "z"), "a: {x: 1, k: 2}\n"),
        ("a: [x]\n", ("a", 0), "a: []\n"),
    ],
)
def test_what_is_taken_out(old: str, route: Route, new: str) -> None:
    assert new == removed(tree_of(old), route)


def test_quotes() -> None:
    """Only what stands plain gets quotes, and it is the text that was written."""
    assert 'a: "012" # why\n' == in_quotes(tree_of("a: 012 # why\n"), ("a",))
    assert 'a: {"no": x}\n' == in_quotes(tree_of("a: {no: x}\n"), ("a", "no"), "key")
    assert "a: 'no'\n" == in_quotes(tree_of("a: 'no'\n"), ("a",))
    assert (("a", "no"), "key") == scalar_at(tree_of("a: {no: x}\n"), 4)
    assert (("a", "no"), "value") == scalar_at(tree_of("a: {no: x}\n"), 8)
    assert scalar_at(tree_of("a: {no: x}\n"), 3) is None


def test_an_edit_that_would_change_more_is_refused() -> None:
    """Of a key that stands twice the first counts; without it the second would."""
    with pytest.raises(BadInput, match="without changing more than that"):
        removed(tree_of("a: 1\na: 2\nb: 3\n"), ("a",))


@pytest.mark.parametrize("text", ["? a\nb: 1\n", "{a, b: 1}\n", "a: {b, c: 1}\n"])
def test_a_key_without_a_colon_is_left_to_a_person(text: str) -> None:
    route = ("a",) if text[0] != "a" else ("a", "b")
    with pytest.raises(BadInput, match="cannot be edited there"):
        replaced(tree_of(text), route, "x")


def test_a_record_keeps_at_least_one_field() -> None:
    with pytest.raises(BadInput, match="the only field of a record"):
        removed(tree_of("a: 1\n"), ("a",))


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(BadInput, match="there is no `b` in this record"):
        replaced(tree_of("a: 1\n"), ("b",), 1)
    with pytest.raises(BadInput, match="there is no `3` in this record"):
        value_at(["a"], (3,))
