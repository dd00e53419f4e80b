"""Terms in words: days as far as they are known, how a term was counted and moved, and no word that says too much."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.ledger import Counted, Moved, Reading
from ogpcase.ledger.terms import DaySpan
from ogpcase.model.codelists import CountedFrom
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.ids import Reference
from ogpcase.model.items import Unit
from ogpcase.output.words import GLUE, day_words
from ogpcase.policy.procedures import procedure_named
from ogpcase.reports.requests.rows import AskLine, Missed, ShownTerm, timing_words
from ogpcase.reports.requests.text import due_words, missed_words

DUE = "2023-03-01"


def words(text: str) -> str:
    return text.replace(GLUE, " ")


def term(set_to: str | None = DUE, **fields: Any) -> ShownTerm:
    values: dict[str, Any] = {
        "set_to": set_to, "last_day": set_to, "earliest": None, "latest": None, "certain": True, "counted": None,
        "moves": (), "not_known": None,
    }  # fmt: skip
    return ShownTerm(**{**values, **fields})


def so_many(number: int, unit: Unit, after: str | None, start: str) -> Counted:
    return Counted(number, unit, Reference(after) if after else None, CountedFrom(start))


def moved(to: str | None, *, forward: bool = False, certain: bool = True) -> Moved:
    unseen: Any = None  # no word is of the paper that moved it
    return Moved(FuzzyDate.parse(to) if to else None, Reading(unseen, unseen, certain), brought_forward=forward)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-06-05", "2024-06-05"),
        ("2024-06", "2024-06"),
        ("2024-06-05?", "2024-06-05?"),
        ("2024-06/2024-09", "2024-06/2024-09"),
        ("2024-10/..", "2024-10/.."),
        ("unknown", "unknown"),
        ("[2024-06-01..2024-06-30]", "between 2024-06-01 and 2024-06-30"),
        ("[2024-06..2024-09]", "between 2024-06 and 2024-09"),
        ("[..2024-06-30]", "by 2024-06-30 at the latest"),
        ("[2024-06-01..]", "2024-06-01 at the earliest"),
        ("[2024-01..2024-02,2024-06..2024-07]", "one of 2024-01 to 2024-02, 2024-06 to 2024-07"),
        ("[2024-06-01,2024-06-08..2024-06-09]", "one of 2024-06-01, 2024-06-08 to 2024-06-09"),
        ("[2024-06-01,2024-06-09]", "one of 2024-06-01, 2024-06-09"),
    ],
)
def test_a_day_in_words_says_as_much_as_is_known(text: str, expected: str) -> None:
    assert expected == words(day_words(text))


@pytest.mark.parametrize("text", ["[..2024-02,2024-06]", "[2024-06,2024-07..]"])
def test_an_open_side_of_a_set_is_said_to_be_open(text: str) -> None:
    parts = day_words(text).removeprefix("one of ").split(", ")
    assert not [each for each in parts if each.startswith("to ") or each.endswith(" to")]


@given(
    st.dates(date(2023, 1, 1), date(2024, 1, 1)),
    st.integers(0, 40),
    st.booleans(),
    st.sampled_from(["both", "first", "last", "none"]),
)
def test_every_day_of_the_ledger_has_words(day: date, length: int, firm: bool, known: str) -> None:  # noqa: FBT001 - drawn
    span = DaySpan(
        day if known in {"both", "first"} else None,
        day + timedelta(length) if known in {"both", "last"} else None,
        firm,
    )
    said = day_words(span.text)
    assert not {"[", "]"} & set(said)
    assert all(each.isoformat() in said for each in (span.earliest, span.latest) if each)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (None, ""),
        (term(), " (due 2023-03-01)"),
        (term("[2023-03-01..2023-03-31]"), " (due between 2023-03-01 and 2023-03-31)"),
        (term("unknown", last_day=None, not_known="day"), " (due unknown)"),
        (
            term(counted=so_many(30, "days", None, "dated")),
            " (due 2023-03-01, within 30 days of this paper)",
        ),
        (
            term(counted=so_many(1, "days", None, "received")),
            " (due 2023-03-01, within 1 day of its receipt)",
        ),
        (
            term(counted=so_many(1, "months", None, "published")),
            " (due 2023-03-01, within 1 month of its publication)",
        ),
        (
            term(counted=so_many(2, "weeks", "2023-02-15-letter", "dated")),
            " (due 2023-03-01, within 2 weeks of 2023-02-15-letter)",
        ),
        (
            term(counted=so_many(2, "years", "2023-02-15-letter", "received")),
            " (due 2023-03-01, within 2 years of the receipt of 2023-02-15-letter)",
        ),
        (
            term(counted=so_many(2, "days", "2023-02-15-letter#plan", "dated")),
            " (due 2023-03-01, within 2 days of 2023-02-15-letter#plan being met)",
        ),
        (
            term(None, counted=so_many(30, "days", None, "received"), not_known="start"),
            " (within 30 days of its receipt, which is not recorded)",
        ),
        (term(None, not_known="day"), " (due on a day that is not recorded)"),
        (term(moves=(moved("2023-06-01"),)), " (due 2023-03-01, extended to 2023-06-01)"),
        (
            term(moves=(moved("2023-06-01"), moved("2023-05-01", forward=True))),
            " (due 2023-03-01, extended to 2023-06-01, brought forward to 2023-05-01)",
        ),
        (term(moves=(moved(None),)), " (due 2023-03-01, extended, to a day not recorded)"),
        (term(moves=(moved("2023-06-01", certain=False),)), " (due 2023-03-01, perhaps extended to 2023-06-01)"),
        (term(None, moves=(moved("2023-06-01"),)), " (extended to 2023-06-01)"),
        (
            term(None, counted=so_many(5, "days", None, "received"), moves=(moved("2023-06-01"),)),
            " (within 5 days of its receipt, extended to 2023-06-01)",
        ),
    ],
)
def test_a_term_in_words(shown: ShownTerm | None, expected: str) -> None:
    assert expected == words(due_words(shown))


def test_the_day_a_term_was_moved_to_is_in_words_too() -> None:
    assert "[" not in due_words(term(moves=(moved("[2023-06-01..2023-06-09]"),)))


def test_a_term_moved_to_an_unknown_day_is_moved_to_no_day_recorded() -> None:
    assert due_words(term(moves=(moved(None),))) == due_words(term(moves=(moved("unknown"),)))


ENDS = procedure_named("response_policy-2017").stage("permanently_suspended")


@pytest.mark.parametrize(
    ("missed", "expected"),
    [
        (None, ""),
        (Missed("The case goes on", None), "if missed: The case goes on"),
        (Missed("It ends", ENDS), "if missed: It ends (Permanently suspended)"),
    ],
)
def test_what_follows_is_told_as_what_would(missed: Missed | None, expected: str) -> None:
    assert expected == missed_words(missed)


def line(outcome: str, timing: str, days: Days | None = None, **fields: Any) -> AskLine:
    values: dict[str, Any] = {"party": "A", "told_by": None, "told_on": None, "certain": True, **fields}
    return AskLine(outcome=outcome, timing=timing, timing_days=days, **values)


@pytest.mark.parametrize(
    ("each", "expected"),
    [
        (line("met", "no_limit"), ""),
        (line("met", "on_time"), "in time"),
        (line("met", "on_time", certain=False), "perhaps in time"),
        (line("met", "late", Days(3, 3)), "3 days late"),
        (line("met", "late", Days(1, 1)), "1 day late"),
        (line("met", "late", Days(3, 30, certain=False)), "3 to 30 days late"),
        (line("met", "late", Days(3, None, certain=False)), "at least 3 days late"),
        (line("met", "late", Days(3, 3), certain=False), "perhaps 3 days late"),
        (line("met", "possibly_late"), "possibly late"),
        (line("unanswered", "unknown"), "timing not known"),
        (line("unanswered", "running", Days(5, 5)), "5 days left"),
        (line("unanswered", "running", Days(0, 0)), "today is its last day"),
        (line("unanswered", "running", Days(0, 9, certain=False)), "0 to 9 days left"),
        (line("unanswered", "running", Days(0, None, certain=False)), "its term runs"),
        (line("unanswered", "due_passed", Days(5, 5)), "term passed 5 days ago"),
        (line("unanswered", "due_passed", Days(5, None, certain=False)), "term passed at least 5 days ago"),
        (line("unanswered", "possibly_late"), "possibly late"),
        (line("not_met", "due_passed", Days(5, 5)), "term passed 5 days before"),
        (line("not_met", "running", Days(5, 5)), "not yet due"),
        (line("not_met", "running", Days(0, 0)), "on its last day"),
        (line("not_met", "running", Days(0, 9, certain=False)), "not past its last day"),
        (line("overtaken", "running", Days(0, 0)), "on its last day"),
        (line("unanswered", "running", Days(0, 0), at_end=True), "on its last day when the case ended"),
    ],
)
def test_timing_in_words(each: AskLine, expected: str) -> None:
    assert expected == words(timing_words(each))


@pytest.mark.parametrize(
    "outcome", ["met", "silent", "overtaken", "unanswered", "acknowledged", "unknown", "refused", "not_met"]
)
@pytest.mark.parametrize("at_end", [False, True])
def test_nobody_is_called_late_of_whom_nothing_is_recorded(outcome: str, at_end: bool) -> None:  # noqa: FBT001 - a table
    """And at the end of a case, or of what was overtaken, no word speaks of today."""
    for timing, days in (("running", Days(0, 0)), ("running", Days(4, 4)), ("due_passed", Days(4, 4))):
        said = timing_words(line(outcome, timing, days, at_end=at_end))
        assert "late" not in said
        if at_end or outcome == "overtaken":
            assert not {"today", "ago", "left"} & set(said.split())


@given(
    st.sampled_from(["on_time", "late", "possibly_late", "running", "due_passed", "no_limit", "unknown"]),
    st.sampled_from(["met", "silent", "overtaken", "unanswered", "acknowledged"]),
    st.integers(0, 400),
    st.none() | st.integers(0, 400),
    st.booleans(),
)
def test_words_have_no_holes(timing: str, outcome: str, fewest: int, more: int | None, at_end: bool) -> None:  # noqa: FBT001 - drawn
    """Whatever number there can be: what is late or has passed is so by a day at least."""
    least = fewest + (timing in {"late", "due_passed"})
    most = None if more is None else least + more
    days = Days(least, most, certain=least == most) if timing in {"late", "due_passed", "running"} else None
    said = words(timing_words(line(outcome, timing, days, at_end=at_end)))
    assert " ".join(said.split()) == said
    assert (timing == "no_limit") is (said == "")
