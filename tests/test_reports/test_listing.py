"""The list of cases: what is due next, what has been waited for longest, and nothing that cannot be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.output.columns import flat, table_csv
from ogpcase.output.json import mapping_of
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.cases.rows import ListedCase, Sorting, listed_case, sorted_cases
from ogpcase.reports.cases.tables import COLUMNS, LIST
from ogpcase.reports.cases.text import full_listing_lines, listing_lines

Build = Callable[..., CaseFile]
OPEN = date(2023, 9, 15)
"""A day on which the case is under review."""
LATER = date(2026, 11, 22)


def cells_of(case: ListedCase) -> dict[str, object]:
    return mapping_of(flat(COLUMNS), case)


def letter(*requests: dict[str, Any], **more: object) -> dict[str, Any]:
    asked = [{"text": f"Do {each['id']}", "asked_of": ["records-office"], **each} for each in requests]
    return {"kind": "letter", "senders": ["open-arcadia"], "requests": asked, **more}


def listed(build: Build, on: date = OPEN, **events: object) -> ListedCase:
    named = {name.removeprefix("e").replace("_", "-"): each for name, each in events.items()}
    return listed_case(build(named), Reader(on))


def test_what_is_due_next_is_the_first_last_day_to_come(build: Build) -> None:
    asked = letter(
        {"id": "past", "due": "2023-09-14"}, {"id": "today", "due": "2023-09-15"}, {"id": "later", "due": "2023-10-01"}
    )
    due = listed(build, e2023_09_01_letter=asked).next_due
    assert due is not None
    assert ("2023-09-01-letter#today", "Do today", "2023-09-15", Days(0, 0), True) == (
        due.reference, due.text, due.term.last_day, due.left, due.certain,
    )  # fmt: skip


def test_what_is_answered_or_open_at_the_end_is_not_due(build: Build) -> None:
    asked = letter({"id": "later", "due": "2027-10-01"})
    met = {"kind": "letter", "senders": ["records-office"],
           "answers": [{"request": "2023-09-01-letter#later", "answer": "met"}]}  # fmt: skip
    assert None is listed(build, e2023_09_01_letter=asked, e2023_09_02_letter_met=met).next_due
    assert None is listed(build, LATER, e2023_09_01_letter=asked).next_due
    assert None is not listed(build, LATER, e2025_09_01_letter=asked).next_due


def test_a_term_that_was_extended_is_due_on_its_new_day(build: Build) -> None:
    asked = letter({"id": "late", "due": "2023-09-10"})
    more = {"kind": "letter", "senders": ["open-arcadia"],
            "answers": [{"request": "2023-09-01-letter#late", "answer": "extended", "new_due": "2023-12-01",
                         "of": ["records-office"]}]}  # fmt: skip
    due = listed(build, e2023_09_01_letter=asked, e2023_09_05_letter_more=more).next_due
    assert due is not None
    assert ("2023-12-01", Days(77, 77)) == (due.term.last_day, due.left)


@pytest.mark.parametrize(
    ("due", "left"),
    [
        ("2023-10-XX", Days(16, 46, certain=False)),
        ("2023-09-XX", None),
        ("2023-10-01?", Days(16, 16, certain=False)),
        ("[2023-09-20..2023-09-30]", Days(5, 15, certain=False)),
    ],
)
def test_a_last_day_that_is_not_known_to_the_day_is_never_certain(build: Build, due: str, left: Days | None) -> None:
    """Where it may be over already, no days are left to tell."""
    found = listed(build, e2023_09_01_letter=letter({"id": "a", "due": due})).next_due
    assert found is not None
    assert (due, left, False) == (found.term.last_day, found.left, found.certain)


def test_a_term_whose_start_is_unknown_is_never_due(build: Build) -> None:
    asked = letter({"id": "a", "within": {"days": 30, "from": "received"}})
    assert None is listed(build, e2023_09_01_letter=asked).next_due


def test_a_request_that_has_only_possibly_been_made_is_perhaps(build: Build) -> None:
    case = listed(build, e2023_09_letter=letter({"id": "a", "due": "2023-10-01"}, dated="2023-09"))
    assert case.next_due is not None
    assert case.open_longest is not None
    assert (False, False, Days(0, 14, certain=False)) == (
        case.next_due.certain, case.open_longest.certain, case.open_longest.days,
    )  # fmt: skip


def told(answer: str, item: str, *by: str, of: tuple[str, ...] = ()) -> dict[str, Any]:
    said = {"request": f"2023-06-01-letter#{item}", "answer": answer, **({"of": list(of)} if of else {})}
    return {"kind": "letter", "senders": list(by), "answers": [said]}


def test_the_longest_open_is_of_a_request_that_nobody_answered(build: Build) -> None:
    """Neither duties nor background papers are waited for so."""
    case = listed(
        build, e2023_05_01_letter_aside=letter({"id": "aside"}, context=True),
        e2023_06_01_letter=letter({"id": "quiet"}, {"id": "refused"}),
        e2023_06_02_letter_told=told("refused", "refused", "records-office"),
        e2023_07_01_letter=letter({"id": "younger"}),
    )  # fmt: skip
    assert case.open_longest is not None
    assert ("2023-06-01-letter#quiet", Days(106, 106), False, True) == (
        case.open_longest.reference, case.open_longest.days, case.open_longest.at_end, case.open_longest.certain,
    )  # fmt: skip


def test_what_is_merely_unanswered_is_no_silence_and_a_silence_lasts_as_long_as_it_is_attested(build: Build) -> None:
    asked = letter({"id": "quiet"}, {"id": "told"})
    attested = told("none", "told", "open-arcadia", of=("records-office",))
    assert None is listed(build, e2023_06_01_letter=asked).silence
    case = listed(build, e2023_06_01_letter=asked, e2023_06_21_letter=attested)
    assert case.silence is not None
    assert case.open_longest is not None
    assert ("2023-06-01-letter#told", Days(20, 20)) == (case.silence.reference, case.silence.days)
    assert Days(106, 106) == case.open_longest.days
    drawn = "\n".join(plain(each) for each in full_listing_lines([case], Page(80)))
    assert "  longest silence: 20 days: Do told\n" in drawn
    assert "  open longest: 106 days: Do quiet\n" in drawn


def test_a_later_answer_ends_a_silence(build: Build) -> None:
    case = listed(
        build, e2023_06_01_letter=letter({"id": "told"}),
        e2023_06_21_letter=told("none", "told", "open-arcadia", of=("records-office",)),
        e2023_07_01_letter=told("acknowledged", "told", "records-office"),
    )  # fmt: skip
    assert None is case.silence


def test_in_a_case_that_has_ended_the_silence_is_that_at_its_end(build: Build) -> None:
    case = listed(build, LATER, e2023_06_01_letter=letter({"id": "a"}), e2025_01_01_letter=letter({"id": "since"}))
    assert case.open_longest is not None
    assert ("2023-06-01-letter#a", Days(368, 368), True) == (
        case.open_longest.reference, case.open_longest.days, case.open_longest.at_end,
    )  # fmt: skip
    assert (2, 1) == (case.open_asks, case.open_at_end)


def test_what_was_asked_since_the_end_is_waited_for_until_today(build: Build) -> None:
    case = listed(build, date(2025, 1, 11), e2025_01_01_letter=letter({"id": "since"}))
    assert case.open_longest is not None
    assert (Days(10, 10), False) == (case.open_longest.days, case.open_longest.at_end)


def test_of_an_undated_request_nobody_knows_how_long(build: Build) -> None:
    assert None is listed(build, e2023_06_01_letter=letter({"id": "a"}, dated="unknown")).open_longest


def test_related_cases_are_named_and_not_merged(build: Build) -> None:
    related = [{"relation": "parallel_track", "case": "arcadia-2024"}, {"relation": "precedent", "title": "Elsewhere"}]
    case = listed_case(build(related=related), Reader(LATER))
    drawn = "\n".join(plain(each) for each in full_listing_lines([case], Page(80)))
    assert "  Parallel track: arcadia-2024\n  Precedent: Elsewhere\n" in drawn
    assert ["Parallel track: arcadia-2024", "Precedent: Elsewhere"] == cells_of(case)["related"]


def test_a_line_of_the_list_says_what_it_knows(build: Build) -> None:
    case = listed(build, e2023_09_01_letter=letter({"id": "a", "due": "2023-10-01"}))
    drawn = "\n".join(plain(each) for each in full_listing_lines([case], Page(80)))
    for words in (
        "arcadia-2023  Sealed contracts in Arcadia\n  Under review since 2023-05-22, 116 days\n",
        "  next due: 2023-10-01, 16 days left: Do a\n    2023-09-01-letter#a\n",
        "  open longest: 14 days: Do a\n",
        "█ Initial review   ▒ Under review",
    ):
        assert words in drawn


@pytest.mark.parametrize("width", [40, 80, 120, None])
def test_the_bars_fit_and_are_on_one_scale(build: Build, width: int | None) -> None:
    """The longest case has the longest bar, and every stay has at least a column."""
    cases = [listed_case(build(), Reader(day)) for day in (LATER, date(2023, 8, 1))]
    drawn = [plain(each) for each in full_listing_lines(cases, Page(width))]
    bars = [each.strip() for each in drawn if each.strip() and set(each.strip()) <= set("█▒▓")]
    assert 2 == len(bars)
    assert [set("█▒▓"), set("█▒")] == [set(bar) for bar in bars]
    assert 113 / 420 == pytest.approx(len(bars[1]) / len(bars[0]), abs=0.03)
    assert all(cells(bar) <= min(72, (width or 80) - 4) for bar in bars)


def test_a_stay_of_unknown_length_is_one_sign(build: Build) -> None:
    case = listed_case(build({"2023-05-22-letter-notice": {"dated": "[..2023-05-22]"}}), Reader(LATER))
    drawn = "\n".join(plain(each) for each in full_listing_lines([case], Page(80)))
    assert "█◌▓" in drawn
    assert "◌ days not known" in drawn


def test_a_case_without_a_step_says_so_in_the_words_of_its_procedure(build: Build) -> None:
    moves = ("2023-04-10-concern", "2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution")
    case = build({name: {"moves_to": None} for name in moves}, track="procedural_review", policy_version=None)
    drawn = "\n".join(plain(each) for each in full_listing_lines([listed_case(case, Reader(LATER))], Page(80)))
    assert "  No step recorded · nothing recorded since 2024-06-03\n  Procedural Review" in drawn.replace("\u00a0", " ")


def test_a_table_has_a_row_for_each_case(build: Build) -> None:
    case = listed(build, e2023_09_letter=letter({"id": "a", "due": "2023-10-XX"}, dated="2023-09"))
    row = cells_of(case)
    assert ("2023-10-XX", "2023-10-01", "2023-10-31", False) == (
        row["next_due_last_day"], row["next_due_earliest"], row["next_due_latest"], row["next_due_certain"],
    )  # fmt: skip
    assert (0, 14) == (row["longest_open_fewest_days"], row["longest_open_most_days"])
    assert 3 == table_csv(LIST.table([case, case])).count("\r\n")


def in_short(cases: list[ListedCase], width: int | None = 80) -> list[str]:
    return [plain(each) for each in listing_lines(cases, Page(width))]


def test_a_case_has_a_line_under_the_names_of_its_columns(build: Build) -> None:
    day = date(2025, 9, 1)
    ended = listed(build, day, e2023_06_01_letter=letter({"id": "a"}), e2025_01_01_letter=letter({"id": "since"}))
    due = listed(build, e2023_09_01_letter=letter({"id": "a", "due": "2023-10-01"}))
    names, *rows = in_short([ended, due], None)[:3]
    assert ["case", "stage", "since", "open", "due", "title"] == names.split()
    assert "arcadia-2023  Closed, addressed domestically  2024-06-03  1 + 1              Sealed contracts" in rows[0]
    assert "arcadia-2023  Under review                    2023-05-22      1  2023-10-01  Sealed contracts" in rows[1]
    totals = "2 cases: 1 ended, 1 not ended; 2 requests open, 1 left open at the end of a case"
    assert totals in in_short([ended, due], None)
    assert "  + N: open when the case ended" in in_short([ended, due])


def test_a_quiet_case_and_a_possible_move_are_told_in_the_line(build: Build) -> None:
    case = listed_case(build({"2024-06-03-resolution": {"dated": "unknown"}}), Reader(date(2025, 9, 1)))
    assert "Report adopted, perhaps Closed, addressed domestically" in in_short([case], None)[1]
    assert "  perhaps: going by its date it may have happened by then, or not" in in_short([case])
    quiet = listed_case(build({"2024-06-03-resolution": None}), Reader(date(2025, 9, 1)))
    assert ["nothing since", "2024-01-15"] == [line.split("  ")[-1].strip() for line in in_short([quiet])[:2]]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_a_list_fits_its_page(build: Build, width: int) -> None:
    cases = [listed_case(build(), Reader(day)) for day in (LATER, date(2023, 8, 1), date(2023, 1, 1))]
    assert [] == [each for each in in_short(cases, width) if cells(each) > width]


def test_cases_are_sorted_by_what_is_asked_and_those_without_it_come_last(build: Build) -> None:
    letters: dict[str, dict[str, Any]] = {
        "few": {"2023-06-01-letter": letter({"id": "a"}, dated="2023-06-01")},
        "many": {"2023-06-01-letter": letter({"id": "a", "due": "2023-12-01"}, {"id": "b"}, dated="2023-06-01")},
        "soon": {"2023-06-01-letter": letter({"id": "a", "due": "2023-10-01"}, dated="2023-06-01")},
        "none": {"2023-04-10-concern": None, "2023-05-22-letter-notice": None},
    }
    cases = [
        listed_case(replace(build({"2023-02-01-letter-ask": None, **changes}), id=name), Reader(date(2023, 9, 15)))
        for name, changes in letters.items()
    ]
    ended = listed_case(replace(build(), id="ended"), Reader(date(2024, 6, 4)))

    def order(by: Sorting) -> list[str]:
        return [case.heading.case for case in sorted_cases([ended, *cases], by)]

    assert ["ended", "few", "many", "none", "soon"] == order("case")
    assert ["none", "few", "many", "soon", "ended"] == order("stage")
    assert ["few", "many", "soon", "ended", "none"] == order("since")
    assert ["many", "few", "soon", "ended", "none"] == order("open")
    assert ["soon", "many", "ended", "few", "none"] == order("due")
