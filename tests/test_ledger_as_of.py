"""The ledger on a day: the future is absent, the possible is marked, and nothing certain is ever lost."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.bind import bind_event
from ogpcase.model.casefile import CaseFile, Registry, assemble

DAYS = st.dates(date(2023, 1, 1), date(2024, 12, 31))


def case(ask: str, *answers: tuple[str, str]) -> CaseFile:
    """An ask of `office` with its date, and answers with theirs."""
    values: dict[str, dict[str, Any]] = {
        "ask": {"dated": ask, "requests": [{"id": "publish", "text": "Publish", "asked_of": ["office"]}]}
    }
    for number, (dated, answer) in enumerate(answers):
        said = {"request": "ask#publish", "answer": answer, "of": ["office"]}
        values[f"answer-{number}"] = {"dated": dated, "answers": [said]}
    events = [bind_event({"kind": "letter", "title": name, **each}, name, "f").record for name, each in values.items()]
    return assemble("arcadia-2023", None, tuple(each for each in events if each), Registry())


def on(day: str, file: CaseFile) -> list[tuple[str, bool, bool]]:
    """Outcome, whether it is certain, and whether the ask is."""
    return [(ask.lines[0].outcome, ask.lines[0].certain, ask.certain) for ask in asks_of(file, date.fromisoformat(day))]


def test_an_ask_or_answer_of_the_future_is_not_there() -> None:
    file = case("2023-02-01", ("2023-06-01", "met"))
    assert [] == on("2023-01-31", file)
    assert [("unanswered", True, True)] == on("2023-05-31", file)
    assert [("met", True, True)] == on("2023-06-01", file)


def test_what_may_have_happened_counts_and_is_marked() -> None:
    file = case("2023-02", ("2023", "met"))
    assert [("met", False, False)] == on("2023-02-15", file)
    assert [("met", False, True)] == on("2023-02-28", file)
    assert [("met", True, True)] == on("2023-12-31", file)
    assert [("met", False, True)] == on("2030-01-01", case("2023-02-01", ("unknown", "met")))
    assert [("met", False, True)] == on("2030-01-01", case("2023-02-01", ("[2023-05-01..]", "met")))


def test_without_a_day_everything_counts() -> None:
    file = case("2023-02-01", ("2123-06-01", "met"), ("unknown", "refused"))
    assert ["refused"] == [line.outcome for ask in asks_of(file, None) for line in ask.lines]


def certain_readings(asks: tuple[Ask, ...]) -> set[tuple[str, str]]:
    return {
        (each.event.id, str(each.answer.answer))
        for ask in asks
        for line in ask.lines
        for each in line.readings
        if each.certain
    }


DATES = st.one_of(
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: day.isoformat()[:7]),
    st.sampled_from(["2023", "202X", "unknown", "[..2023-06-01]", "[2023-06-01..]", "2023-02~", "2023-03/2023-09"]),
)
ANSWERS = st.sampled_from(
    ["met", "partly_met", "not_met", "refused", "acknowledged", "overtaken", "extended", "none", "unknown"]
)


@given(DATES, st.lists(st.tuples(DATES, ANSWERS), max_size=4), DAYS, DAYS)
def test_what_is_certain_on_a_day_is_certain_ever_after(
    asked: str, answers: list[tuple[str, str]], one: date, other: date
) -> None:
    file = case(asked, *answers)
    early, late = sorted([one, other])
    before, after = asks_of(file, early), asks_of(file, late)
    assert certain_readings(before) <= certain_readings(after)
    assert {ask.item for ask in before if ask.certain} <= {ask.item for ask in after if ask.certain}
    assert {ask.item for ask in before} <= {ask.item for ask in after}
