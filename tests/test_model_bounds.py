"""What is known beside a date bounds the day of an event: links, and the days a paper was received, published, read."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.bind import bind_event
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.order import in_order
from ogpcase.model.spans import Bound


def event(name: str, dated: str, **fields: object) -> Event:
    kind = "resolution" if "adopts" in fields else "concern" if "addendum_to" in fields else "letter"
    sources = fields.pop("sources", [])
    record = bind_event(
        {"kind": kind, "title": name, "dated": dated, "sources": sources, **fields}, name, f"{name}.yaml"
    ).record
    assert record is not None
    return record


def days(*events: Event) -> dict[str, str]:
    return {each.id: each.day.text for each in in_order("arcadia-2023", events).events}


def spans(*events: Event) -> dict[str, tuple[str, str]]:
    """The first and the last day of each event."""
    known = {each.id: each.day for each in in_order("arcadia-2023", events).events}
    return {name: (str(day.earliest), str(day.latest)) for name, day in known.items()}


def also(*dates: str) -> list[dict[str, str]]:
    return [{"value": each, "source": "copy"} for each in dates]


NOTICE = "[2025-07-01..2025-11-30]"
LINKS: list[dict[str, Any]] = [
    {"in_reply_to": "complaint"},
    {"follows": ["complaint"]},
    {"adopts": "complaint"},
    {"addendum_to": "arcadia-2023/complaint"},
    {"answers": [{"request": "complaint#ask", "answer": "met"}]},
]


@pytest.mark.parametrize("link", LINKS)
def test_what_follows_starts_no_earlier_and_what_is_followed_no_later(link: dict[str, Any]) -> None:
    """Fault 17: a notice from July to November that follows a complaint of 7 October is of 7 October or later."""
    assert {"complaint": "2025-10-07", "notice": "[2025-10-07..2025-11-30]"} == days(
        event("complaint", "2025-10-07"), event("notice", NOTICE, **link)
    )
    assert {"complaint": "[2025-01-01..2025-03-05]", "reply": "2025-03-05"} == days(
        event("complaint", "2025"), event("reply", "2025-03-05", **link)
    )


@pytest.mark.parametrize(
    "link",
    [
        {"cites": ["complaint"]},
        {"answers": [{"request": "complaint#ask", "answer": "unknown"}]},
        {"follows": ["borduria-2023/complaint"]},
        {"follows": ["nothing-recorded", "notice"]},
    ],
)
def test_other_links_bound_nothing(link: dict[str, Any]) -> None:
    """A citation, a search that found nothing, an event of another case, none at all, and the event itself."""
    assert {"complaint": "2025-10-07", "notice": NOTICE} == days(
        event("complaint", "2025-10-07"), event("notice", NOTICE, **link)
    )


@pytest.mark.parametrize(
    ("field", "value", "day"),
    [
        ("received", "2025-09-01", "[2025-07-01..2025-09-01]"),
        ("published", "2025-09", "[2025-07-01..2025-09-30]"),
        ("received", "2025-09-01/2025-09-03", "[2025-07-01..2025-09-03]"),
        ("received", "2025-09-01~", NOTICE),
        ("received", "[2025-09-01..]", NOTICE),
        ("received", "2025-06-30", NOTICE),
        ("published", "2025-07-01", "2025-07-01"),
    ],
)
def test_its_own_days_bound_it(field: str, value: str, day: str) -> None:
    """By the last day that they may be, unless that is not sure, open, or before its date."""
    assert {"notice": day} == days(event("notice", NOTICE, **{field: value}))


SOURCES = [
    {"id": "scan", "title": "A scan", "retrieved": "2025-09-10", "published": "2025-08-01"},
    {"id": "page", "url": "https://example.org", "retrieved": "2025-10", "published": "2025-09-20"},
    {"id": "read-only", "url": "https://example.org/2", "retrieved": "2025-10-02"},
]


@pytest.mark.parametrize(
    ("named", "last"),
    [
        ({}, "2025-11-30"),
        ({"paper": "scan"}, "2025-09-10"),
        ({"told_by": "page"}, "2025-09-20"),
        ({"told_by": "read-only"}, "2025-10-02"),
        ({"paper": "scan", "told_by": "page", "received": "2025-09-30"}, "2025-09-10"),
    ],
)
def test_its_paper_was_there_when_read_and_what_tells_of_it_came_later(named: dict[str, str], last: str) -> None:
    """Of the paper counts when it was read; of what tells of the event when it was published, else when it was read."""
    assert {"notice": ("2025-07-01", last)} == spans(event("notice", NOTICE, sources=SOURCES, **named))


def test_bounds_run_along_chains() -> None:
    """Four events whose dates bound each other: the first by the last, the last by the first."""
    assert {
        "a": ("2024-02-01", "2024-06-30"),
        "b": ("2024-03-10", "2024-06-30"),
        "c": ("2024-03-10", "2024-06-30"),
        "d": ("2024-03-10", "2024-06-30"),
    } == spans(
        event("a", "[2024-02-01..2025-01-31]"),
        event("b", "[2024-03-10..2024-12-31]", follows=["a"]),
        event("c", "unknown", in_reply_to="b"),
        event("d", "2024", follows=["c"], received="2024-06"),
    )


def test_an_unknown_day_between_two_counts_as_that_set() -> None:
    middle = event("b", "unknown", follows=["a"])
    assert ["a", "b", "c"] == list(days(event("a", "2024-03-10"), middle, event("c", "2024-05-01", follows=["b"])))
    assert (
        "[2024-03-10..2024-05-01]"
        == days(event("a", "2024-03-10"), middle, event("c", "2024-05-01", follows=["b"]))["b"]
    )


def test_an_unknown_day_with_one_bound_stays_unknown_but_hands_it_on() -> None:
    chain = (event("a", "2024-03-10"), event("b", "unknown", follows=["a"]), event("c", "2024", follows=["b"]))
    assert {"a": "2024-03-10", "c": "[2024-03-10..2024-12-31]", "b": "[2024-03-10..2024-12-31]"} == days(*chain)
    assert {"b": ("2024-03-10", "None")} | {"a": ("2024-03-10", "2024-03-10")} == spans(*chain[:2])
    assert "unknown" == days(*chain[:2])["b"]


def test_an_event_gives_the_hull_of_all_its_dates() -> None:
    letter = event("letter", "2024-03-10", also_dated=also("2024-02-01", "2024-04"))
    assert {"letter": "2024-03-10", "reply": "[2024-02-01..2024-12-31]"} == days(
        letter, event("reply", "2024", in_reply_to="letter")
    )
    reply = event("reply", "2024-03-10", in_reply_to="letter", also_dated=also("2024-05-01"))
    assert {"letter": "[2024-01-01..2024-05-01]", "reply": "2024-03-10"} == days(event("letter", "2024"), reply)


def test_a_qualified_date_neither_gives_nor_takes_a_bound() -> None:
    about = event("about", "2024~", follows=["early"])
    assert {"early": "2024-05-01", "about": "2024~", "late": "2024"} == {
        **days(event("early", "2024-05-01"), about, event("late", "2024", follows=["about"]))
    }
    letter = event("letter", "2024-03-10", also_dated=also("2024-02~"))
    assert {"letter": "2024-03-10", "reply": "2024"} == days(letter, event("reply", "2024", in_reply_to="letter"))


def test_what_lasted_is_bounded_by_its_start_and_bounds_by_its_end() -> None:
    lasted = event("talks", "2024-03/2024-06", follows=["call"])
    assert {"call": ("2024-01-01", "2024-06-30"), "talks": ("2024-03-01", "2024-03-31")} == spans(
        event("call", "2024"), lasted
    )
    assert {"call": ("2024-03-10", "2024-03-10"), "talks": ("2024-03-10", "2024-03-31")} == spans(
        event("call", "2024-03-10"), lasted
    )
    end = event("end", "2024-03-20", follows=["talks"])
    assert {"call": "[2024-01-01..2024-06-30]", "talks": "2024-03/2024-06", "end": "2024-03-20"} == days(
        event("call", "2024"), lasted, end
    ), "the end of talks bounds what came before them, and the talks started before what follows them"


def test_a_set_keeps_only_the_days_that_are_left() -> None:
    copies = event("b", "[2024-03-01,2024-05-01..2024-05-20,2024-09-01]", follows=["a"], received="2024-05-10")
    assert "[2024-05-01..2024-05-10]" == days(event("a", "2024-03-02"), copies)["b"]
    assert "2024-05-01" == days(event("a", "2024-03-02"), event("b", "[2024-03-01,2024-05-01]", follows=["a"]))["b"]


def test_links_within_a_cycle_give_none_and_others_beside_it_do() -> None:
    cycle = (
        event("a", "2024", follows=["b", "start"]),
        event("b", "2024", follows=["a"]),
        event("start", "2024-05-01"),
        event("end", "2024-08-01", follows=["b"]),
    )
    assert {
        "start": "2024-05-01", "a": "[2024-05-01..2024-12-31]", "b": "[2024-01-01..2024-08-01]", "end": "2024-08-01",
    } == days(*cycle)  # fmt: skip


def test_a_link_that_two_written_dates_contradict_changes_nothing() -> None:
    wrong = event("reply", "2024-05-01", in_reply_to="letter", follows=["call"])
    right = event("reply", "2024-05-01", follows=["call"])
    others = (event("letter", "2024-06-01"), event("call", "2024"))
    assert days(right, *others) == days(wrong, *others)


def test_a_group_without_a_day_left_keeps_its_written_dates() -> None:
    """`b` would be of May at the earliest and of April at the latest; `other` is of no group with them."""
    chain = (
        event("a", "2024-05-01"),
        event("b", "unknown", follows=["a"]),
        event("c", "2024-04-01", in_reply_to="b"),
        event("d", "2024", follows=["c"]),
        event("other", "2024", received="2024-03-01"),
    )
    assert {"a": "2024-05-01", "b": "unknown", "c": "2024-04-01", "d": "2024", "other": "[2024-01-01..2024-03-01]"} == (
        days(*chain)
    )


def test_each_bound_says_what_gives_it() -> None:
    ordered = in_order(
        "arcadia-2023",
        (event("a", "2024-03-10"), event("b", "unknown", in_reply_to="a"), event("c", "2024-05", adopts="b")),
    )
    known = {each.id: each.known for each in ordered.events}
    first, last = known["b"].no_earlier, known["b"].no_later
    assert first is not None
    assert last is not None
    assert Bound(first.day, "in_reply_to", "2024-03-10", "a") == first
    assert Bound(last.day, "adopts", "2024-05", "c") == last
    assert ("2024-03-10", "2024-05-31") == (str(first.day), str(last.day))
    assert (None, None) == (known["a"].no_earlier, known["a"].no_later), "its date says more than any link"


DATES = ("2017", "2017-02", "201X", "[..2017-02-10]", "2017-02?", "unknown", "2017-01-15/2017-03", "[2017-01-20..]",
         "2016/..", "2017-02-03", "2017-01-20", "[2017-01-01,2017-02-05]")  # fmt: skip
VAGUER = {
    "2017-02-03": "2017-02", "2017-02": "2017", "2017": "201X", "201X": "unknown", "2017-01-20": "[2017-01-20..]",
    "[..2017-02-10]": "unknown", "[2017-01-20..]": "unknown", "[2017-01-01,2017-02-05]": "2017",
    "2017-02?": "2017?", "2017-01-15/2017-03": "2017/2017-03",
}  # fmt: skip
"""What lasted stays what lasted: as one day its end would bound nothing, so another date of it would say more."""


@st.composite
def webs(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to six events with arbitrary dates that follow one another at will, without cycles."""
    ids = [f"e{number}" for number in range(draw(st.integers(2, 6)))]
    names = draw(st.permutations(ids))
    several = []
    for place, name in enumerate(names):
        fields: dict[str, Any] = {"name": name, "dated": draw(st.sampled_from(DATES))}
        if place:
            fields["follows"] = draw(st.lists(st.sampled_from(names[:place]), max_size=2, unique=True))
        if draw(st.integers(0, 3)) == 0:
            fields["received"] = draw(st.sampled_from(DATES))
        if draw(st.integers(0, 3)) == 0:
            fields["also_dated"] = also(draw(st.sampled_from(DATES)))
        several.append(fields)
    return several


def built(several: list[dict[str, Any]]) -> dict[str, Event]:
    return {each.id: each for each in in_order("arcadia-2023", [event(**fields) for fields in several]).events}


@given(webs(), st.randoms())
def test_the_order_of_records_never_matters(several: list[dict[str, Any]], chance: Random) -> None:
    shuffled = list(several)
    chance.shuffle(shuffled)
    assert [(each.id, each.known) for each in built(several).values()] == [
        (each.id, each.known) for each in built(shuffled).values()
    ]


@given(webs())
def test_spans_only_shrink(several: list[dict[str, Any]]) -> None:
    """Every bounded day lies within the written date, and some day is left of each."""
    for each in built(several).values():
        written, day = each.dated, each.day
        assert written.earliest is None or (day.earliest is not None and day.earliest >= written.earliest)
        assert written.latest is None or (day.latest is not None and day.latest <= written.latest)
        assert day.earliest is None or day.latest is None or day.earliest <= day.latest


def plainly(several: list[dict[str, Any]]) -> dict[str, tuple[date, date]] | None:
    """The first and last day of each event, found by going over all links until nothing changes; None if any dates
    contradict each other. An open side is a day long before or after."""
    dates = {fields["name"]: FuzzyDate.parse(fields["dated"]) for fields in several}
    hulls = {
        fields["name"]: [dates[fields["name"]], *(FuzzyDate.parse(o["value"]) for o in fields.get("also_dated", ()))]
        for fields in several
    }
    unsure = {name for name, several_dates in hulls.items() if any(each.qualified for each in several_dates)}
    low = dict.fromkeys(dates, date.min)
    high = dict.fromkeys(dates, date.max)
    for fields in several:
        received = FuzzyDate.parse(fields.get("received", "unknown"))
        if not received.qualified and not dates[fields["name"]].qualified:
            high[fields["name"]] = received.last or date.max
    for _ in several:
        for fields in several:
            for name, other in ((fields["name"], each) for each in fields.get("follows", ())):
                if dates[name].qualified or dates[other].qualified:
                    continue
                if dates[name].certainly_before(dates[other]):
                    return None
                firsts = [each.first or date.min for each in hulls[other]]
                lasts = [each.last or date.max for each in hulls[name]]
                first = date.min if other in unsure else min(firsts)
                last = date.max if name in unsure else max(lasts)
                lasted = any(each.form == "interval" for each in hulls[name])
                low[name] = max(low[name], first, low[other])
                high[other] = min(high[other], last, date.max if lasted else high[name])
    found = {}
    for name, dated in dates.items():
        bounds = [(max(a or date.min, low[name]), min(b or date.max, high[name])) for a, b in _starts(dated)]
        left = [(first, last) for first, last in bounds if first <= last]
        if not left:
            return None
        found[name] = (min(first for first, _ in left), max(last for _, last in left))
    return found


def _starts(dated: FuzzyDate) -> list[tuple[date | None, date | None]]:
    return [(dated.earliest, dated.latest)] if dated.form == "interval" else list(dated.stretches)


@given(webs())
def test_bounds_are_those_found_the_plain_way(several: list[dict[str, Any]]) -> None:
    expected = plainly(several)
    if expected is not None:
        found = {name: each.day for name, each in built(several).items()}
        assert expected == {name: (day.earliest or date.min, day.latest or date.max) for name, day in found.items()}


def certain(events: dict[str, Event]) -> set[tuple[str, str]]:
    """All that days make certain: an event by a day of the first months, and one event before another."""
    at = [FuzzyDate.parse(day).earliest for day in ("2017-01-20", "2017-02-03", "2017-02-28", "2017-12-31")]
    by_day = {(name, str(day)) for name, each in events.items() for day in at if day and each.day.certain_by(day)}
    return by_day | {
        (one.id, other.id) for one in events.values() for other in events.values()
        if one.day.certainly_before(other.day)
    }  # fmt: skip


@given(webs(), st.data())
def test_a_vaguer_date_or_a_further_one_makes_nothing_certain(
    several: list[dict[str, Any]], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(several) - 1))
    changed = dict(several[place])
    if changed["dated"] in VAGUER and data.draw(st.booleans()):
        changed["dated"] = VAGUER[changed["dated"]]
    else:
        changed["also_dated"] = [*changed.get("also_dated", []), *also(data.draw(st.sampled_from(DATES)))]
    vaguer = [*several[:place], changed, *several[place + 1 :]]
    if plainly(several) is not None and plainly(vaguer) is not None:
        assert certain(built(vaguer)) <= certain(built(several))
