"""The one order of a case: by dates, then by what follows what, whatever the order of the files."""

from __future__ import annotations

from itertools import pairwise, permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.bind import bind_event
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.order import in_order


def event(name: str, dated: str, **fields: object) -> Event:
    record = bind_event({"kind": "letter", "title": name, "dated": dated, **fields}, name, f"{name}.yaml").record
    assert record is not None
    return record


def names(*events: Event) -> list[str]:
    return [each.id for each in in_order("arcadia-2023", events).events]


def test_dates_decide_and_ties_go_by_id() -> None:
    """A day stands by its digits, a month after its first day, and what has no date comes last."""
    events = [
        event("z", "2017-05-01"),
        event("month", "2017-05"),
        event("a", "2017-05-01"),
        event("year", "2017"),
        event("never", "unknown"),
        event("set", "[..2017-05-20]"),
        event("lasted", "2017-04-30/2018"),
    ]
    assert ["year", "lasted", "a", "z", "month", "set", "never"] == names(*events)


@pytest.mark.parametrize(
    "link",
    [
        {"follows": ["2017-05-23-letter"]},
        {"in_reply_to": "2017-05-23-letter"},
        {"cites": ["arcadia-2023/2017-05-23-letter#ask"]},
        {"answers": [{"request": "2017-05-23-letter#ask", "answer": "met"}]},
    ],
)
def test_what_follows_comes_after_where_dates_leave_it_open(link: dict[str, Any]) -> None:
    assert ["2017-05-23-letter", "2017-05-reply"] == names(
        event("2017-05-reply", "2017-05", **link), event("2017-05-23-letter", "2017-05-23")
    )


def test_a_search_that_found_nothing_follows_nothing() -> None:
    """A record that some ask was never answered need not come after the ask."""
    search = event("a", "2017", answers=[{"request": "b#ask", "answer": "unknown"}])
    assert ["a", "b"] == names(search, event("b", "2017"))


def test_another_case_s_event_of_the_same_name_is_not_meant() -> None:
    assert ["a", "b"] == names(event("a", "2017", follows=["borduria-2023/b"]), event("b", "2017"))


def test_dates_that_settle_it_outweigh_what_follows_what() -> None:
    """A letter of 1 May cannot follow one of 2 May, whatever the record says; that is for the checks to report."""
    assert ["reply", "letter"] == names(
        event("reply", "2017-05-01", in_reply_to="letter"), event("letter", "2017-05-02")
    )


def test_what_is_followed_comes_forward_rather_than_push_a_dated_event_back() -> None:
    """`quoted` has a bound alone; `reply` of 1 May quotes it, so it was there by then, and before all of June."""
    quoted = event("quoted", "[..2017-12-01]")
    reply = event("reply", "2017-05-01", in_reply_to="quoted")
    assert ["quoted", "reply", "june"] == names(quoted, reply, event("june", "2017-06-01"))


def test_dates_win_where_they_and_the_links_go_round() -> None:
    early = event("early", "2017-05-01", follows=["open"])
    between = event("open", "[..2017-12-01]", follows=["late"])
    late = event("late", "2017-08-01")
    assert ["early", "late", "open"] == names(early, between, late)


def test_a_circle_of_replies_ends() -> None:
    one = event("one", "2017", in_reply_to="three")
    two = event("two", "2017", in_reply_to="one")
    three = event("three", "2017", in_reply_to="two", follows=["three"])
    assert {"one", "two", "three"} == set(names(one, two, three))


def test_among_undated_events_links_still_count() -> None:
    a, b = event("a", "unknown", follows=["b"]), event("b", "unknown")
    assert ["c", "b", "a"] == names(a, b, event("c", "2017", follows=["b"]))


DATES = st.sampled_from(
    ["2017-01-01", "2017-02-01", "2017-03-01", "2017", "2017-02", "201X", "[..2017-02-01]", "2017-02?", "unknown",
     "2017-01-15/2017-03", "[2017-02-01..]", "2016/.."]
)  # fmt: skip


@st.composite
def webs(draw: st.DrawFn, *, acyclic: bool = False) -> tuple[Event, ...]:
    """Up to six events with arbitrary dates that follow one another at will."""
    ids = [f"e{number}" for number in range(draw(st.integers(1, 6)))]
    return tuple(
        event(name, draw(DATES), follows=draw(st.lists(st.sampled_from(ids[:place] if acyclic else ids), max_size=2)))
        if place or not acyclic
        else event(name, draw(DATES))
        for place, name in enumerate(ids)
    )


@given(webs(), st.randoms())
def test_the_order_of_files_never_matters(events: tuple[Event, ...], chance: Random) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert names(*events) == names(*shuffled)
    assert sorted(each.id for each in events) == sorted(names(*events))


@given(webs())
def test_what_is_certainly_before_is_never_after(events: tuple[Event, ...]) -> None:
    """Holds for any links, circles included; so exact days are always in the calendar's order."""
    ordered = in_order("arcadia-2023", events).events
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            assert not other.day.certainly_before(one.day) or other.day.form == "unknown", "the undated come last"
            assert one.day.form != "unknown" or other.day.form == "unknown"


@given(st.lists(st.sampled_from(["2017-01-01", "2017-02-01", "2017-03-01"]), max_size=5), DATES)
def test_without_links_it_is_the_order_of_dates(days: list[str], doubtful: str) -> None:
    events = [event(f"e{number}", day) for number, day in enumerate([*days, doubtful])]
    keys = [(each.day.sort_key, each.id) for each in in_order("arcadia-2023", events).events]
    assert sorted(keys) == keys


@given(st.permutations(["p", "q", "r", "s"]))
def test_a_chain_within_one_year_is_told_in_its_order(chain: list[str]) -> None:
    events = [event(chain[0], "2017")]
    events += [event(later, "2017", follows=[earlier]) for earlier, later in pairwise(chain)]
    for given_in in permutations(events):
        assert chain == names(*given_in)


def test_a_follower_of_a_whole_year_waits_for_the_day_in_it() -> None:
    """The year may lie after the day, so the day comes first; what lies between stays where its date puts it."""
    year = event("year", "2019", follows=["march"])
    assert ["march", "year", "may"] == names(year, event("march", "2019-03-05"), event("may", "2019-05-02"))
    assert FuzzyDate.parse("2019") < FuzzyDate.parse("2019-03-05")
