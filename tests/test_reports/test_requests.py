"""The ledger of requests: a line for each party asked, in order, and chosen by filters."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days
from ogpcase.output.columns import flat, table_csv
from ogpcase.output.json import answer_json
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.requests.rows import Asked, AskFilter, Requests, requests_of
from ogpcase.reports.requests.tables import COLUMNS, REQUESTS, requests_markdown
from ogpcase.reports.requests.text import requests_lines

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ASK, CONCERN, REPLY = "2023-02-01-letter-ask", "2023-04-10-concern", "2023-08-30-letter-reply"
GOVERNMENT, OFFICE, OPEN = "government-of-arcadia", "records-office", "open-arcadia"


def asks(*asked: str, item: str = "publish", **fields: object) -> dict[str, Any]:
    return {"requests": [{"id": item, "text": item.title(), "asked_of": list(asked), **fields}]}


def letter(*senders: str, **fields: object) -> dict[str, Any]:
    return {"kind": "letter", "senders": list(senders), **fields}


def says(answer: str, *of: str, request: str = f"{ASK}#publish") -> dict[str, Any]:
    return {"answers": [{"request": request, "answer": answer, **({"of": list(of)} if of else {})}]}


def ledger(case: CaseFile, reader: Reader = LATER, **wanted: Any) -> list[Asked]:
    """What was asked by anybody but the policy."""
    return [row for row in requests_of([case], reader, AskFilter(**wanted)).rows if not row.ask.duty]


def printed(requests: Requests, reader: Reader = LATER) -> str:
    lines = [plain(each) for each in requests_lines(requests, Page(80))]
    lines += [answer_json(REQUESTS, requests, reader), table_csv(REQUESTS.table(requests)), requests_markdown(requests)]
    return "\n".join(lines)


def test_a_line_says_who_asks_whom_what_by_when_and_what_came_back(build: Build) -> None:
    (row,) = ledger(build())
    assert ("arcadia-2023", f"{ASK}#publish", ASK, "2023-02-01") == (
        row.case,
        row.reference,
        row.event.id,
        row.event.dated.text,
    )
    assert (("Open Arcadia",), "Government of Arcadia", "Publish them") == (row.by, row.line.party, row.ask.text)
    assert ("refused", "late", Days(182, 182), Days(210, 210)) == (
        row.line.outcome, row.line.timing, row.line.timing_days, row.line.after,
    )  # fmt: skip
    assert (REPLY, "2023-08-30", True, False) == (row.line.told_by, row.line.told_on, row.ask.certain, row.open)
    assert [("Records Office", "refused", "late")] == [
        (each.party, each.outcome, each.timing) for each in row.line.parts
    ]


def test_each_party_asked_has_a_line_and_who_was_not_asked_stands_beside(build: Build) -> None:
    case = build({ASK: asks(OFFICE, "ogp-support-unit"), REPLY: letter(OPEN, **says("met"))})
    rows = ledger(case)
    assert [("OGP Support Unit", "unanswered"), ("Records Office", "unanswered")] == sorted(
        (row.line.party, row.line.outcome) for row in rows
    )
    assert [[("Open Arcadia", "met", "no_limit")]] * 2 == [
        [(each.party, each.outcome, each.timing) for each in row.others] for row in rows
    ]
    assert [True, True] == [row.open for row in rows]


def test_duties_of_the_policy_are_asked_by_nobody(build: Build) -> None:
    duties = [row for row in requests_of([build()], LATER).rows if row.ask.duty]
    assert duties
    assert {()} == {row.by for row in duties}
    assert {"OGP Support Unit"} == {row.line.party for row in duties if row.event.id == CONCERN}
    assert {"no_limit"} == {row.line.timing for row in duties}


def test_open_ones_come_first_the_longest_open_first_and_those_without_a_day_after_them(build: Build) -> None:
    case = build({
        "2023-03-01-letter": letter(OPEN, **asks(OFFICE, item="older")),
        "2023-03-02-letter": letter(OPEN, **asks(OFFICE, item="answered")),
        "2023-03-03-letter": letter(OPEN, **asks(OFFICE, item="answered-too")),
        "2023-05-30-letter": letter(OPEN, **asks(OFFICE, item="younger")),
        "undated-letter": letter(OPEN, dated="unknown", **asks(OFFICE, item="undated")),
        "2023-09-01-letter": letter(OFFICE, answers=[
            {"request": f"2023-03-0{day}-letter#{item}", "answer": "met"}
            for day, item in ((2, "answered"), (3, "answered-too"))
        ]),
    })  # fmt: skip
    assert ["older", "younger", "undated", "publish", "answered", "answered-too"] == [
        row.ask.item for row in ledger(case)
    ]


def test_the_order_and_the_rows_do_not_depend_on_the_order_of_the_cases(build: Build) -> None:
    one = build()
    other = replace(build({ASK: asks(OFFICE)}), id="borduria-2022")
    assert requests_of([one, other], LATER) == requests_of([other, one], LATER)


TWO: dict[str, dict[str, Any]] = {
    ASK: asks(GOVERNMENT, due="2023-03-01"),
    "2023-03-05-letter": letter("ogp-support-unit", **asks(OFFICE, item="tell", due="2023-10")),
    "2023-03-06-statement": {"kind": "statement", "issued_by": [OFFICE], **asks(OPEN, item="wait")},
    REPLY: letter(OFFICE, **says("met", request="2023-03-05-letter#tell")),
}


@pytest.mark.parametrize(
    ("wanted", "items"),
    [
        ({}, {"publish", "tell", "wait"}),
        ({"of": {GOVERNMENT}}, {"publish", "tell"}),
        ({"of": {OFFICE}}, {"tell"}),
        ({"of": {OFFICE, OPEN}}, {"tell", "wait"}),
        ({"of": {"no-such-party"}}, set()),
        ({"by": {GOVERNMENT}}, {"wait"}),
        ({"by": {OPEN}}, {"publish"}),
        ({"outcomes": {"met"}}, {"tell"}),
        ({"outcomes": {"unanswered", "met"}}, {"publish", "tell", "wait"}),
        ({"timings": {"due_passed"}}, {"publish"}),
        ({"timings": {"no_limit", "on_time"}}, {"tell", "wait"}),
        ({"kinds": {"letter"}}, {"publish", "tell"}),
        ({"kinds": {"statement"}}, {"wait"}),
        ({"due_before": date(2023, 3, 1)}, set()),
        ({"due_before": date(2023, 3, 2)}, {"publish"}),
        ({"due_before": date(2023, 10, 31)}, {"publish"}),
        ({"due_before": date(2023, 11, 1)}, {"publish", "tell"}),
        ({"of": {GOVERNMENT}, "outcomes": {"met"}, "kinds": {"letter"}}, {"tell"}),
    ],
)
def test_lines_are_chosen_by_everything_that_is_asked_for(
    build: Build, wanted: dict[str, Any], items: set[str]
) -> None:
    case = build(TWO)
    assert items == {row.ask.item for row in ledger(case, **wanted)}
    whole = len(requests_of([case], LATER).rows)
    chosen = requests_of([case], LATER, AskFilter(**wanted))
    assert whole == len(chosen.rows) + chosen.left_out


def test_duties_are_chosen_by_their_own_kind_and_never_by_who_asks(build: Build) -> None:
    for wanted, duties in (({"kinds": {"duty"}}, True), ({"kinds": {"concern"}}, False), ({"by": {OPEN}}, False)):
        rows = requests_of([build()], LATER, AskFilter(**wanted)).rows  # type: ignore[arg-type]
        assert duties == any(row.ask.duty for row in rows)
        assert not duties or all(row.ask.duty for row in rows)


def test_on_a_day_nothing_later_is_there(build: Build) -> None:
    case = build()
    assert [] == ledger(case, Reader(date(2023, 1, 31)))
    (row,) = ledger(case, Reader(date(2023, 8, 29)))
    assert ("unanswered", "due_passed", Days(181, 181), None) == (
        row.line.outcome, row.line.timing, row.line.timing_days, row.line.told_by,
    )  # fmt: skip
    assert "2023-08-30" not in printed(requests_of([case], Reader(date(2023, 8, 29))))


@given(st.dates(date(2023, 1, 1), date(2024, 12, 31)))
@settings(max_examples=20)
def test_on_no_day_a_later_one_is_printed(build: Build, on: date) -> None:
    case = build({ASK: asks(GOVERNMENT, within={"days": 10, "after": REPLY})})
    text = printed(requests_of([case], Reader(on)), Reader(on))
    for later in ("2023-02-01", "2023-04-10", "2023-05-22", "2023-08-30", "2024-01-15", "2024-06-03"):
        if date.fromisoformat(later) > on and later != "2023-08-30":
            assert later not in text
    if on < date(2023, 8, 30):  # the paper that starts the term is named, though nothing of it is known yet
        assert "2023-09-09" not in text


def test_what_was_known_by_a_day_is_what_was_published_by_it(build: Build) -> None:
    case = build({ASK: {"published": "2023-02-03"}, REPLY: {"published": "2024-02-01"}})
    before, after = (ledger(case, LATER._replace(known_by=day)) for day in (date(2024, 1, 31), date(2024, 2, 1)))
    assert ["unanswered", "refused"] == [row.line.outcome for row in (*before, *after)]
    assert [] == ledger(case, LATER._replace(known_by=date(2023, 2, 2)))


def test_open_at_the_end_stands_apart(build: Build) -> None:
    case = build({REPLY: {"answers": []}})
    (row,) = ledger(case)
    assert (True, True, "due_passed", Days(460, 460)) == (
        row.open, row.ask.at_end, row.line.timing, row.line.timing_days,
    )  # fmt: skip
    assert "Government of Arcadia: 1 left open when the case ended\n" in printed(requests_of([case], LATER))


def test_a_page_fits_its_width_and_says_when_there_is_nothing(build: Build) -> None:
    """A reference, which is one word to copy, is never cut."""
    for width in (48, 80):
        for full in (False, True):
            for each in requests_lines(requests_of([build(TWO)], LATER)._replace(full=full), Page(width)):
                assert cells(plain(each)) <= width or " " not in plain(each).strip()
    nothing = requests_of([build({ASK: {"requests": []}})], Reader(date(2023, 2, 2)))
    assert "no request is recorded" in printed(nothing)


def test_a_narrow_page_fits_its_width_too(build: Build) -> None:
    lines = [plain(each) for each in requests_lines(requests_of([build(TWO)], LATER), Page(40))]
    assert [] == [each for each in lines if cells(each) > 40 and " " in each.strip()]


def test_the_columns_are_those_of_each_row(build: Build) -> None:
    header, *rows = csv.reader(StringIO(table_csv(REQUESTS.table(requests_of([build(TWO)], LATER)))))
    assert [column.name for column in flat(COLUMNS)] == header
    assert {len(header)} == set(map(len, rows))
