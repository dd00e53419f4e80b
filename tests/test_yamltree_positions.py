"""Where values and keys stand: for every route the text at its span is that value."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogpcase.diagnostics import Place, Route, Span
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import YamlTree
from ogpcase.yamltree.values import Value

RECORD = """\
# a letter
kind: letter
title:
  en: "Exit: the second"   # as printed

senders: [fundar, {party: article-19}]
summary: >-
  Folded
  text.

# about the sources
sources:
  - id: s1
    url: http://example.org/#top
  -
    id: s2
    gives:

after: 'é😀'
"""


def tree_of(text: str) -> YamlTree:
    tree = parse(text.encode(), "a.yaml").tree
    assert tree is not None
    return tree


def at(span: Span, text: str = RECORD) -> str:
    return text[span.start : span.end]


@pytest.mark.parametrize(
    ("route", "value", "key"),
    [
        (("kind",), "letter", "kind"),
        (("title",), 'en: "Exit: the second"', "title"),
        (("title", "en"), '"Exit: the second"', "en"),
        (("senders",), "[fundar, {party: article-19}]", "senders"),
        (("senders", 0), "fundar", "fundar"),
        (("senders", 1, "party"), "article-19", "party"),
        (("summary",), ">-\n  Folded\n  text.", "summary"),
        (("sources", 0), "id: s1\n    url: http://example.org/#top", "id: s1\n    url: http://example.org/#top"),
        (("sources", 1), "id: s2\n    gives:", "id: s2\n    gives:"),
        (("sources", 1, "gives"), "", "gives"),
        (("after",), "'é😀'", "after"),
    ],
)
def test_spans_of_values_and_keys(route: Route, value: str, key: str) -> None:
    tree = tree_of(RECORD)
    assert (value, key) == (at(tree.span_of(route)), at(tree.span_of(route, "key")))


def test_a_collection_ends_with_its_last_value_not_with_what_follows() -> None:
    tree = tree_of(RECORD)
    assert at(tree.span_of(("sources",))).endswith("gives:")
    assert RECORD.removeprefix("# a letter\n").removesuffix("\n") == at(tree.span_of(()))


@pytest.mark.parametrize(
    ("route", "ancestor"),
    [
        (("nothing",), ()),
        (("title", "fr"), ("title",)),
        (("senders", 5, "x"), ("senders",)),
        (("kind", "x", 1), ("kind",)),
    ],
)
def test_an_absent_route_falls_back_to_its_nearest_ancestor(route: Route, ancestor: Route) -> None:
    tree = tree_of(RECORD)
    assert tree.span_of(ancestor) == tree.span_of(route)
    assert tree.span_of(ancestor, "key") == tree.span_of(route, "key")


def test_lines_and_columns_count_code_points_from_one_and_ends_are_exclusive() -> None:
    span = tree_of(RECORD).span_of(("after",))
    assert (19, 8, 19, 12) == (span.line, span.column, span.end_line, span.end_column)


def test_lines_are_given_without_their_ends_and_absent_ones_are_empty() -> None:
    tree = tree_of("a: 1\r\nb: 2\r\n")
    assert ["a: 1", "b: 2", "", "", ""] == [tree.line(number) for number in (1, 2, 3, 4, 0)]


@pytest.mark.parametrize(
    ("route", "after", "line", "column"),
    [
        (("dated",), ("kind", "title", "received"), 5, 1),  # below the last line of `title`
        (("languages",), ("kind", "sources"), 18, 1),
        (("nothing",), ("none", "of", "these"), 2, 1),  # the mapping's first key
        (("sources", 0, "title"), ("id",), 14, 1),
        (("senders", 1, "office"), ("party",), 6, 37),  # inside braces: the end of the field before
        (("end",), ("after",), 20, 1),
    ],
)
def test_the_place_of_a_missing_field(route: Route, after: tuple[str, ...], line: int, column: int) -> None:
    span = tree_of(RECORD).span_for(Place("a.yaml", route, part="missing", after=after))
    assert (line, column) == (span.line, span.column)


def test_a_missing_field_without_a_line_after_points_at_the_end() -> None:
    span = tree_of("a: 1").span_for(Place("a.yaml", ("b",), part="missing", after=("a",)))
    assert (4, 4) == (span.start, span.end)


def test_a_place_with_a_span_of_its_own_keeps_it() -> None:
    own = Span(7, 7, 7, 8)
    assert own == tree_of(RECORD).span_for(Place("a.yaml", ("kind",), span=own))


def test_a_place_by_route_and_part() -> None:
    tree = tree_of(RECORD)
    assert tree.span_of(("kind",), "key") == tree.span_for(Place("a.yaml", ("kind",), part="key"))


def test_positions_hold_in_a_file_with_faults() -> None:
    text = "%YAML 1.1\n---\na: \x1b \u2028 &x\nb: &y {c: 'd'}\ne:\tf\ne: g\n"
    tree = tree_of(text)
    assert ["'d'", "f"] == [at(tree.span_of(route), text) for route in (("b", "c"), ("e",))]


def value_at(route: Route, value: Value) -> Value:
    for step in route:
        assert isinstance(value, list | dict)
        value = value[step]  # type: ignore[index]
    return value


words = st.text(st.sampled_from("ab1é😀 :#-'\"\\,[]{}&*!?|>%@`~.\u00a0"), max_size=12)
nested = st.recursive(
    words | st.none() | st.booleans() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
)


@settings(deadline=None)
@given(st.dictionaries(words, nested, max_size=4))
def test_the_text_at_every_route_s_span_reads_back_as_its_value(values: dict[str, object]) -> None:
    text = emit(values)
    tree = tree_of(text)
    for route in tree.routes():
        value, span = value_at(route, tree.value), tree.span_of(route)
        shown = at(span, text)
        assert shown == shown.strip()
        if not shown.startswith(("|", ">")) and not isinstance(value, dict | list):
            assert [value] == tree_of(f"- {shown}\n").value
        if route and isinstance(route[-1], str):
            assert {route[-1]: 1} == tree_of(f"{at(tree.span_of(route, 'key'), text)}: 1\n").value


@settings(deadline=None)
@given(st.dictionaries(words, nested, max_size=4))
def test_a_child_s_span_lies_in_its_parent_s_and_after_its_key(values: dict[str, object]) -> None:
    tree = tree_of(emit(values))
    for route in tree.routes():
        if route:
            inner, outer = tree.span_of(route), tree.span_of(route[:-1])
            assert outer.start <= inner.start <= inner.end <= outer.end
        if route and isinstance(route[-1], str):
            assert tree.span_of(route, "key").end < tree.span_of(route).end + 1
