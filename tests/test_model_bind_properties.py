"""Binding never raises: whatever a file holds becomes a record, or a reason that has words and a place."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogpcase.model.bind import Bound, bind_event, bind_header, bind_party
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS, Event
from ogpcase.yamltree.parsing import parse

WORDS = st.sampled_from(
    ["no", "2017", "2018-07-16", "all", "an-id", "a-case/an-event#item", "en", "https://example.org", "met", ""]
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), WORDS)
NAMES = sorted({name for cls in KINDS.values() for name in cls.model_fields} | {"kind", "en", "party", "text", "id"})
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.one_of(st.sampled_from(NAMES), st.text(max_size=4)), inner, max_size=4),
    ),
    max_leaves=12,
)


def check_bound(values: object, result: Bound[Event]) -> None:
    """A record or a reason; every problem has words and a place; nothing is flawed without a problem."""
    assert result.record is not None or result.problems
    assert not result.flawed or result.problems
    for problem in result.problems:
        assert problem.message
        assert problem.rule.code.startswith("OC")
        assert all(place.file == "f" for place in problem.places)
    if isinstance(values, dict) and values.get("kind") in list(Kind):
        assert result.record is not None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.one_of(TREES, st.dictionaries(st.sampled_from(NAMES), TREES, max_size=6)), st.sampled_from(list(Kind)))
def test_any_tree_of_values_is_bound_or_diagnosed(tree: object, kind: Kind) -> None:
    check_bound(tree, bind_event(tree, "2017-event", "f"))
    for bind in (bind_header, bind_party):
        other = bind(tree, "arcadia", "f")
        assert other.record is not None or other.problems
    if isinstance(tree, dict):
        values = {**tree, "kind": str(kind)}
        check_bound(values, bind_event(values, "2017-event", "f"))


def test_plain_numbers_and_dates_are_taken_as_they_are_written() -> None:
    text = b"kind: letter\ntitle: 1.10\ndated: 2017\nreceived: 2017-05-01\npolicy_version: 2014\nbasis: 0x1F\n"
    tree = parse(text, "f").tree
    assert tree is not None
    record = bind_event(tree.value, "2017-letter", "f").record
    assert record is not None
    assert ("1.10", "2017", "2014", "0x1F") == (
        record.title.written(), record.dated.text, record.policy_version, record.basis,
    )  # fmt: skip
