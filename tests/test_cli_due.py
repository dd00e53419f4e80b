"""`ogpcase due` over real folders: what falls due when, for people, for a daily job, and for a calendar."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any

import ics  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.as_of import Reader
from ogpcase.reports.due.rows import Due, DueRow
from ogpcase.reports.due.tables import due_ics

Run = Callable[..., CompletedProcess[str]]
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
DAY = date(2018, 1, 15)


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copytree(INVENTED, tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


def answer(done: CompletedProcess[str]) -> dict[str, Any]:
    assert 0 == done.returncode, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_terms_come_soonest_first_and_the_term_of_a_decision_is_among_them(invented: Path, ogpcase: Run) -> None:
    found = answer(ogpcase("due", "lurenia-2015", "--as-of", "2018-01-15", "--json"))
    assert [
        ("request", "2018-03-31", "running", 75),
        ("request", "2018-09-30", "running", 258),
        ("request", "2018-09-30", "running", 258),
        ("decision", "2018-11-30", "running", 319),
    ] == [(row["what"], row["last_day"], row["timing"], row["days"]["fewest"]) for row in found["rows"]]
    assert invented.is_dir()


def test_what_was_open_when_a_case_ended_is_left_out_and_counted(mexico: Path, ogpcase: Run) -> None:
    call = mexico / "mexico-2018" / "events" / "2018-09-20-statement-terms-of-reference.yaml"
    call.write_text(call.read_text("utf-8").replace("- public", "- ogp-support-unit"), "utf-8")
    found = answer(ogpcase("due", "--as-of", "2026-11-22", "--json"))
    assert [] == found["rows"]
    assert {"later": 0, "passed": 0, "ended": 3, "duties": 0} == found["left_out"]
    done = ogpcase("due", "--as-of", "2026-11-22")
    assert "as of 2026-11-22\nno term is running\n\nleft out: 3 terms of cases that have ended\n" == done.stdout
    assert mexico.is_dir()


RESOLUTION = """kind: resolution
title: Criteria and Standards asks again in half a year
dated: 2023-06-10
by: [ogp-criteria-and-standards]
"""


@pytest.mark.parametrize(
    "term",
    ["term: {months: 6}\n", "term: {until: 2023-12-10}\n", "until: 2023-12-10\n", "until: 2023-12-10\ncontext: true\n"],
)
def test_the_term_of_a_decision_that_moves_nothing_runs_until_its_day(arcadia: Path, ogpcase: Run, term: str) -> None:
    """Once it has passed it is only counted; of a background paper it is none of the case's."""
    (arcadia / "arcadia-2023" / "events" / "2023-06-10-resolution.yaml").write_text(RESOLUTION + term)
    decisions = [
        (row["reference"], row["last_day"], row["days"]["fewest"])
        for row in answer(ogpcase("due", "--as-of", "2023-12-01", "--json"))["rows"]
        if row["what"] == "decision"
    ]
    assert ([] if "context" in term else [("2023-06-10-resolution", "2023-12-10", 9)]) == decisions
    passed = answer(ogpcase("due", "--as-of", "2023-12-11", "--json"))["rows"]
    assert ["request"] == [row["what"] for row in passed]


def test_a_passed_term_says_what_is_recorded(arcadia: Path, ogpcase: Run) -> None:
    """Silence that is attested on the last day, or on any other, is not *nothing recorded*."""
    assert (
        "  2023-03-01  term passed 9 days ago, no answer recorded; " in ogpcase("due", "--as-of", "2023-03-10").stdout
    )
    told = "kind: statement\ntitle: No word\ndated: {}\nissued_by: [open-arcadia]\nanswers:\n"
    told += "  - {{request: 2023-02-01-letter-ask#publish-contracts, answer: {}, of: [government-of-arcadia]}}\n"
    paper = arcadia / "arcadia-2023" / "events" / "2023-03-01-statement.yaml"
    paper.write_text(told.format("2023-03-01", "none"))
    assert "term passed 9 days ago, silent up to 2023-03-01; " in ogpcase("due", "--as-of", "2023-03-10").stdout
    paper.write_text(told.format("2023-03-01", "acknowledged"))
    assert "term passed 9 days ago, only its receipt recorded; " in ogpcase("due", "--as-of", "2023-03-10").stdout


def test_a_term_of_a_month_runs_to_its_last_day(arcadia: Path, ogpcase: Run) -> None:
    ask = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    ask.write_text(ask.read_text().replace("due: 2023-03-01", "due: 2023-03"))
    assert "  2023-03-31  today is its last day; " in ogpcase("due", "--as-of", "2023-03-31").stdout
    assert "  2023-03-31  term passed 1 day ago, no answer recorded; " in ogpcase("due", "--as-of", "2023-04-01").stdout


@pytest.mark.parametrize(
    ("within", "listed", "later"), [("30d", 0, 4), ("74d", 0, 4), ("75d", 1, 3), ("11w", 1, 3), ("400", 4, 0)]
)
def test_within_takes_the_last_days_up_to_that_day(
    invented: Path, ogpcase: Run, within: str, listed: int, later: int
) -> None:
    words = ("due", "lurenia-2015", "--as-of", "2018-01-15", "--within", within)
    found = answer(ogpcase(*words, "--json"))
    assert (listed, later) == (len(found["rows"]), found["left_out"]["later"])
    assert (1 if listed else 0) == ogpcase(*words, "--exit-code").returncode
    assert invented.is_dir()


def test_a_day_that_has_passed_is_not_within_the_next_ones(invented: Path, ogpcase: Run) -> None:
    words = ("due", "ossimar-2022", "--as-of", "2024-10-15")
    passed = [row for row in answer(ogpcase(*words, "--json"))["rows"] if row["timing"] == "due_passed"]
    assert passed
    soon = answer(ogpcase(*words, "--within", "30d", "--json"))
    assert [] == [row for row in soon["rows"] if row["latest"] and row["latest"] < "2024-10-15"]
    assert soon["left_out"]["passed"] >= len(passed)
    assert invented.is_dir()


def test_a_term_without_a_known_day_is_told_apart(invented: Path, ogpcase: Run) -> None:
    done = ogpcase("due", "tesmark-2019", "--as-of", "2019-12-01")
    assert 0 == done.returncode
    said = " ".join(done.stdout.split())
    assert "The last day is not known" in said
    assert "within 60 days of its receipt, which is not recorded" in said
    assert invented.is_dir()


@pytest.mark.parametrize("length", ["30x", "-5d", "", "d", "1.5w", "999999d"])
def test_a_length_that_is_none_is_refused(mexico: Path, ogpcase: Run, length: str) -> None:
    done = ogpcase("due", f"--within={length}")
    assert (2, "") == (done.returncode, done.stdout)
    assert "--within takes a number of days or weeks, as 30d or 6w" in done.stderr
    assert mexico.is_dir()


def test_the_calendar_says_the_same_to_a_second_reader(invented: Path, ogpcase: Run) -> None:
    words = ("due", "--as-of", "2018-01-15")
    found = answer(ogpcase(*words, "--json"))["rows"]
    calendar = ics.Calendar(ogpcase(*words, "--format", "ics").stdout)
    assert sorted(row["earliest"] or row["latest"] for row in found if row["last_day"]) == sorted(
        event.begin.date().isoformat() for event in calendar.events
    )
    assert {True} == {event.all_day for event in calendar.events}
    assert len(calendar.events) == len({event.uid for event in calendar.events})
    assert ogpcase(*words, "--format", "ics").stdout == ogpcase(*words, "--format", "ics").stdout
    assert invented.is_dir()


def names_of(done: CompletedProcess[str]) -> dict[str, str]:
    """The entries of a calendar: what is said of each, by its name."""
    assert 0 == done.returncode, done.stderr
    events = ics.Calendar(done.stdout).events
    named = {event.uid: event.name for event in events}
    assert len(events) == len(named)
    return named


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


MINISTRY = "parties/ministry-of-justice-lurenia.yaml"
MOVES = "lurenia-2015/events/2017-11-14-resolution-extended.yaml"
ASKS = "lurenia-2015/events/2016-11-16-resolution-inactive.yaml"


def test_a_subscriber_keeps_each_entry_in_another_language_and_under_a_corrected_name(
    invented: Path, ogpcase: Run
) -> None:
    """An entry is known by the ids of the request and of who is asked: what is displayed may change."""
    words = ("due", "--as-of", "2018-01-15", "--format", "ics")
    before = names_of(ogpcase(*words))
    change(invented / MINISTRY, "name: Ministry of Justice of Lurenia", "name: {en: Justice Ministry, es: Justicia}")
    corrected, spanish = names_of(ogpcase(*words)), names_of(ogpcase(*words, "--lang", "es"))
    assert before.keys() == corrected.keys() == spanish.keys()
    assert len({*before.values(), *corrected.values(), *spanish.values()}) > len(before)
    change(invented / MOVES, "new_due: 2018-09-30", "new_due: 2018-10-15")
    assert before.keys() == names_of(ogpcase(*words)).keys()


def test_two_who_are_called_alike_have_an_entry_each(invented: Path, ogpcase: Run) -> None:
    """Also those whom the paper names only in words."""
    words = ("due", "lurenia-2015", "--as-of", "2018-01-15", "--format", "ics")
    before = names_of(ogpcase(*words))
    change(invented / MINISTRY, "name: Ministry of Justice of Lurenia", "name: Government of Lurenia")
    others = "[ministry-of-justice-lurenia, government-of-lurenia, {party: unknown, as_named: A},\n"
    others += "               {party: unknown, as_named: B}]"
    change(invented / ASKS, "[ministry-of-justice-lurenia]", others)
    after = names_of(ogpcase(*words))
    assert before.keys() < after.keys()
    assert len(before) + 3 == len(after)


def due(text: str, first: date, last: date) -> Due:
    row = DueRow(
        "arcadia-2023", "ask#item", text, "unknown", "x", first, last, certain=False, timing="running", days=None
    )
    return Due((row,), ())


@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=200),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.integers(0, 400),
)
def test_any_text_is_text_in_a_calendar(text: str, first: date, more: int) -> None:
    """It neither ends its line nor begins another property, whatever it holds."""
    last = first + timedelta(days=min(more, (date.max - first).days))
    said = due_ics(due(f"{text}\r\nSTATUS:CANCELLED\nEND:VEVENT", first, last), Reader(DAY))
    lines = said.replace("\r\n ", "").split("\r\n")
    names = [line.partition(":")[0].partition(";")[0] for line in lines if line]
    assert sorted(
        ["BEGIN", "BEGIN", "END", "END", "VERSION", "PRODID", "METHOD", "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY",
         "DESCRIPTION", "STATUS", "TRANSP"]
    ) == sorted(names)  # fmt: skip
    assert "STATUS:TENTATIVE" in lines
    assert max(len(line.encode()) for line in said.split("\r\n")) <= 75
