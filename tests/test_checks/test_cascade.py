"""A broken record takes part in what can be known of it, and brings no reports about others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ogpcase.diagnostics import Route

JUNK: tuple[object, ...] = (None, "", "No such thing!", 7, True, [], {}, ["No such thing!"], [{}], {"x": "y"}, [None])


def routes(value: object, route: Route = ()) -> Iterator[Route]:
    if route:
        yield route
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in items:
        yield from routes(inner, (*route, step))


def replaced(value: Any, route: Route, junk: object) -> Any:
    first, *rest = route
    inner = replaced(value[first], tuple(rest), junk) if rest else junk
    if isinstance(value, Mapping):
        return {**value, first: inner}
    return [inner if position == first else each for position, each in enumerate(value)]


@given(st.data())
def test_what_is_refused_is_reported_once(bench: Callable[..., Any], data: st.DataObject) -> None:
    """Whatever stands at any one node nothing raises; where binding refuses it, no check has anything to add."""
    name = data.draw(st.sampled_from(sorted(bench().values())))
    values = bench().values()[name]
    route = data.draw(st.sampled_from(list(routes(values))))
    broken = bench({name: replaced(values, route, data.draw(st.sampled_from(JUNK)))})
    case, problems = broken.case(), broken.problems()
    if name in case.unreadable or name in case.flawed:
        assert [] == problems


def test_items_beside_a_broken_one_are_not_judged_by_their_place(bench: Callable[..., Any]) -> None:
    """What is left of a list has other places than in the file, so a report of it would point at another item."""
    name = "2023-02-01-letter-ask"
    given_too_much = {"id": "page", "title": "A page", "gives": ["received"]}
    whole = {**bench().values()[name], "sources": [given_too_much]}
    assert ["OC504"] == [each.code for each in bench({name: whole}).problems()]
    broken = bench({name: {**whole, "sources": [{"id": "No such thing!", "title": "Another"}, given_too_much]}})
    assert (1, []) == (len(broken.case().event_by_id[name].sources), broken.problems())
