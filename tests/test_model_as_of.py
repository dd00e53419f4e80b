"""Two clocks: what had happened by a day, and what an outsider could know by one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.model.as_of import Moment, became_known
from ogpcase.model.bind import bind_event
from ogpcase.model.events import Event


def event(dated: str = "2023-02-01", kind: str = "letter", **fields: str) -> Event:
    values: dict[str, Any] = {"kind": kind, "title": "A paper", "dated": dated, **fields}
    bound = bind_event(values, "a-paper", "f")
    assert () == bound.problems
    assert bound.record is not None
    return bound.record


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("dated", "on", "possible", "certain"),
    [
        ("2023-02-10", "2023-02-09", False, False),
        ("2023-02-10", "2023-02-10", True, True),
        ("2023-02", "2023-01-31", False, False),
        ("2023-02", "2023-02-01", True, False),
        ("2023-02", "2023-02-27", True, False),
        ("2023-02", "2023-02-28", True, True),
        ("2023-02-10?", "2023-02-09", False, False),
        ("2023-02-10?", "2023-02-10", True, True),
        ("2023-02/2023-09", "2023-02-28", True, True),
        ("2023-02/2023-09", "2023-02-01", True, False),
        ("../2023-09-30", "1900-01-01", True, False),
        ("../2023-09-30", "2023-09-30", True, True),
        ("[..2023-06-01]", "1900-01-01", True, False),
        ("[..2023-06-01]", "2023-06-01", True, True),
        ("[2023-06-01..]", "2023-05-31", False, False),
        ("[2023-06-01..]", "9999-12-31", True, False),
        ("[2023-06-01,2023-06-09]", "2023-06-08", True, False),
        ("[2023-06-01,2023-06-09]", "2023-06-09", True, True),
        ("unknown", "1900-01-01", True, False),
        ("unknown", "9999-12-31", True, False),
    ],
)
def test_an_event_is_possible_from_its_earliest_day_and_certain_from_its_latest(
    dated: str,
    on: str,
    possible: bool,  # noqa: FBT001 - a table
    certain: bool,  # noqa: FBT001 - a table
) -> None:
    moment = Moment(day(on))
    assert (possible, certain) == (moment.possible(event(dated)), moment.certain(event(dated)))


def test_at_no_day_in_particular_everything_dated_is_certain() -> None:
    for moment in (Moment(), Moment.at(None)):
        assert moment.certain(event("2123-01-01"))
        assert moment.certain(event("[2023-06-01..]"))
        assert [True, False] == [moment.possible(event("unknown")), moment.certain(event("unknown"))]


def test_a_day_or_a_moment_stands_for_a_moment() -> None:
    on = day("2023-02-01")
    assert Moment(on) == Moment.at(on)
    assert Moment(on, on) == Moment.at(Moment(on, on))


@pytest.mark.parametrize(
    ("kind", "fields", "known"),
    [
        ("letter", {}, None),
        ("report", {}, "2023-02-01"),
        ("resolution", {}, "2023-02-01"),
        ("report", {"published": "2023-02-02"}, "2023-02-02"),
        ("concern", {}, None),
        ("statement", {}, "2023-02-01"),
        ("letter", {"received": "2023-02-04"}, "2023-02-04"),
        ("letter", {"published": "2023-03"}, "2023-03"),
        ("letter", {"published": "2023-03", "received": "2023-02-04"}, "2023-03"),
        ("letter", {"published": "unknown", "received": "2023-02-04"}, "unknown"),
        ("statement", {"published": "2023-02-02"}, "2023-02-02"),
        ("statement", {"received": "2023-05-01"}, "2023-02-01"),
    ],
)
def test_a_paper_is_known_when_published_else_by_its_kind_or_when_received(
    kind: str, fields: dict[str, str], known: str | None
) -> None:
    found = became_known(event(kind=kind, **fields))
    assert known == (found.text if found else None)


@pytest.mark.parametrize(
    ("fields", "known_by", "possible", "certain"),
    [
        ({}, "2023-01-31", False, False),
        ({}, "2023-02-01", True, False),
        ({}, "2033-02-01", True, False),
        ({"received": "2023-02-04"}, "2023-02-03", False, False),
        ({"received": "2023-02-04"}, "2023-02-04", True, True),
        ({"published": "2023-03"}, "2023-02-28", False, False),
        ({"published": "2023-03"}, "2023-03-01", True, False),
        ({"published": "2023-03"}, "2023-03-31", True, True),
        ({"published": "2023-03", "received": "2023-02-04"}, "2023-02-04", False, False),
        ({"published": "unknown"}, "2023-02-01", True, False),
        ({"published": "2022-12-31"}, "2023-01-31", False, False),
        ({"published": "2023-01-31", "dated": "unknown"}, "2023-06-01", True, False),
        ({"kind": "statement"}, "2023-01-31", False, False),
        ({"kind": "statement"}, "2023-02-01", True, True),
        ({"kind": "statement", "published": "2023-04-01"}, "2023-02-01", False, False),
    ],
)
def test_what_an_outsider_could_know(
    fields: dict[str, str],
    known_by: str,
    possible: bool,  # noqa: FBT001 - a table
    certain: bool,  # noqa: FBT001 - a table
) -> None:
    for moment in (Moment(None, day(known_by)), Moment(day("2033-12-31"), day(known_by))):
        assert (possible, certain) == (moment.possible(event(**fields)), moment.certain(event(**fields)))


DAYS = st.dates(date(2022, 12, 1), date(2023, 12, 31))
DATES = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda each: each.isoformat()[:7]),
    st.sampled_from(["2023", "202X", "unknown", "[..2023-06-01]", "[2023-06-01..]", "2023-02~", "2023-03/2023-09"]),
)
PAPERS = st.builds(
    lambda dated, kind, published, received: event(
        dated, kind, **({"published": published} if published else {}), **({"received": received} if received else {})
    ),
    DATES,
    st.sampled_from(["letter", "statement"]),
    st.none() | DATES,
    st.none() | DATES,
)
CLOCKS = st.builds(Moment, st.none() | DAYS, st.none() | DAYS)


@given(PAPERS, CLOCKS)
@settings(max_examples=examples(50, 200))
def test_what_is_certain_is_possible(paper: Event, moment: Moment) -> None:
    assert moment.possible(paper) or not moment.certain(paper)


@given(PAPERS, CLOCKS, st.integers(0, 90), st.integers(0, 90))
@settings(max_examples=examples(50, 200))
def test_time_takes_nothing_back(paper: Event, moment: Moment, on: int, known_by: int) -> None:
    """On whichever clock: what was possible or certain is so on every later day."""
    after = Moment(
        moment.on + timedelta(on) if moment.on else None,
        moment.known_by + timedelta(known_by) if moment.known_by else None,
    )
    assert after.possible(paper) or not moment.possible(paper)
    assert after.certain(paper) or not moment.certain(paper)


@given(PAPERS, DAYS, DAYS)
@settings(max_examples=examples(50, 200))
def test_asking_for_what_was_known_too_never_shows_more(paper: Event, on: date, known_by: date) -> None:
    both, one = Moment(on, known_by), Moment(on)
    assert one.possible(paper) or not both.possible(paper)
    assert one.certain(paper) or not both.certain(paper)
