"""The ledger of requests: a line for each party asked, in order, chosen by what may be seen, and nothing withheld."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ogpcase.export.requests import REQUESTS_COLUMNS, requests_csv, requests_json, requests_markdown
from ogpcase.model.casefile import CaseFile
from ogpcase.model.days import Days
from ogpcase.render.lines import cells, plain
from ogpcase.render.page import Page
from ogpcase.render.requests import requests_lines
from ogpcase.views.requests import Asked, AskFilter, Requests, requests_of
from ogpcase.views.shown import Reader

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ASK, CONCERN, NOTICE, REPLY, REPORT, END = (
    "2023-02-01-letter-ask",
    "2023-04-10-concern",
    "2023-05-22-letter-notice",
    "2023-08-30-letter-reply",
    "2024-01-15-report-review",
    "2024-06-03-resolution",
)
GOVERNMENT, OFFICE, OPEN = "government-of-arcadia", "records-office", "open-arcadia"


def asks(*asked: str, item: str = "publish", **fields: object) -> dict[str, Any]:
    return {"requests": [{"id": item, "text": item.title(), "asked_of": list(asked), **fields}]}


def letter(*senders: str, **fields: object) -> dict[str, Any]:
    return {"kind": "letter", "senders": list(senders), **fields}


def says(answer: str, *of: str, request: str = f"{ASK}#publish") -> dict[str, Any]:
    return {"answers": [{"request": request, "answer": answer, **({"of": list(of)} if of else {})}]}


def ledger(case: CaseFile, reader: Reader = LATER, **wanted: Any) -> list[Asked]:  # noqa: ANN401 - fields of a filter
    """What was asked by anybody but the policy."""
    return [row for row in requests_of([case], reader, AskFilter(**wanted)).rows if not row.ask.duty]


def printed(requests: Requests, reader: Reader = LATER) -> str:
    lines = [plain(each) for each in requests_lines(requests, Page(80))]
    return "\n".join(
        [*lines, requests_json(requests, reader, None), requests_csv(requests), requests_markdown(requests)]
    )


def test_a_line_says_who_asks_whom_what_by_when_and_what_came_back(build: Build) -> None:
    (row,) = ledger(build())
    assert ("arcadia-2023", f"{ASK}#publish", ASK, "2023-02-01") == (row.case, row.reference, row.event, row.dated)
    assert (("Open Arcadia",), "Government of Arcadia", "Publish them") == (row.by, row.line.party, row.ask.text)
    assert ("refused", "late", Days(182, 182), Days(210, 210)) == (
        row.line.outcome, row.line.timing, row.line.timing_days, row.line.after,
    )  # fmt: skip
    assert (REPLY, "2023-08-30", True, False) == (row.line.told_by, row.line.told_on, row.certain, row.open)
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
    assert {"OGP Support Unit"} == {row.line.party for row in duties if row.event == CONCERN}
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
        ({"due_before": date(2023, 10, 2)}, {"publish", "tell"}),
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
    before, after = (ledger(case, replace(LATER, known_by=day)) for day in (date(2024, 1, 31), date(2024, 2, 1)))
    assert ["unanswered", "refused"] == [row.line.outcome for row in (*before, *after)]
    assert [] == ledger(case, replace(LATER, known_by=date(2023, 2, 2)))


def test_open_at_the_end_stands_apart(build: Build) -> None:
    case = build({REPLY: {"answers": []}})
    (row,) = ledger(case)
    assert (True, True, "due_passed", Days(460, 460)) == (
        row.open, row.ask.at_end, row.line.timing, row.line.timing_days,
    )  # fmt: skip
    assert "Open when the case ended" in printed(requests_of([case], LATER))


def test_a_page_fits_its_width_and_says_when_there_is_nothing(build: Build) -> None:
    """A reference, which is one word to copy, is never cut."""
    for width in (48, 80):
        for each in requests_lines(requests_of([build(TWO)], LATER), Page(width)):
            assert cells(plain(each)) <= width or " " not in plain(each).strip()
    nothing = requests_of([build({ASK: {"requests": []}})], Reader(date(2023, 2, 2)))
    assert "no request is recorded" in printed(nothing)


def test_a_narrow_page_fits_its_width_too(build: Build) -> None:
    lines = [plain(each) for each in requests_lines(requests_of([build(TWO)], LATER), Page(40))]
    assert [] == [each for each in lines if cells(each) > 40 and " " in each.strip()]


def test_the_columns_are_those_of_each_row(build: Build) -> None:
    header, *rows = csv.reader(StringIO(requests_csv(requests_of([build(TWO)], LATER))))
    assert list(REQUESTS_COLUMNS) == header
    assert {len(header)} == set(map(len, rows))


# What is withheld.

SECRET = letter(GOVERNMENT)


@pytest.mark.parametrize("withhold", ["all", ["requests"], ["requests#publish"]])
def test_a_withheld_request_has_no_line(build: Build, withhold: object) -> None:
    assert [] == ledger(build({ASK: {"withhold": withhold}}))
    assert 1 == len(ledger(build({ASK: {"withhold": withhold}}), replace(LATER, withheld=True)))


@pytest.mark.parametrize("withhold", ["all", ["answers"], ["senders"]])
def test_a_withheld_answer_leaves_no_trace(build: Build, withhold: object) -> None:
    """The same is printed as if it were not recorded."""
    without = requests_of([build({REPLY: {"answers": []}})], LATER)
    hidden = requests_of([build({REPLY: {"withhold": withhold}})], LATER)
    assert printed(without) == printed(hidden)


def test_a_withheld_party_decides_nothing(build: Build) -> None:
    case = build(parties={OFFICE: {"withhold": "all"}})
    assert [] == ledger(build(TWO, {OFFICE: {"withhold": "all"}}), of={OFFICE})
    assert [[], ["[withheld]"]] == [
        [part.party for row in ledger(case) for part in row.line.parts],
        [each.party for row in ledger(case) for each in row.others],
    ]
    hidden = build({ASK: {"withhold": ["senders"]}})
    assert [[], [("[withheld]",)]] == [ledger(hidden, by={OPEN}), [row.by for row in ledger(hidden)]]


def test_a_withheld_lead_is_not_counted_named_or_chosen_by(build: Build) -> None:
    promise = {"kind": "commitment", "lead": [OFFICE, GOVERNMENT], "withhold": ["lead"],
               "milestones": [{"id": "build", "text": "Build it", "due": "2023-12-01"}]}  # fmt: skip
    case = build({"2023-06-01-commitment": promise})
    assert [("build", "[withheld]")] == [
        (row.ask.item, row.line.party) for row in ledger(case) if row.ask.item == "build"
    ]
    assert {"publish"} == {row.ask.item for row in ledger(case, of={OFFICE, GOVERNMENT})}


def test_the_term_of_a_promise_shows_though_its_lead_is_withheld(build: Build) -> None:
    """The term is the milestone's, not the lead's: it is shown, or at least not said to be none."""
    promise = {"kind": "commitment", "lead": [OFFICE], "withhold": ["lead"],
               "milestones": [{"id": "build", "text": "Build it", "due": "2023-12-01"}]}  # fmt: skip
    (row,) = (row for row in ledger(build({"2023-06-01-commitment": promise})) if row.ask.item == "build")
    assert row.line.timing != "no_limit"
    assert row.line.term is not None


@pytest.mark.parametrize("lead", [[OPEN], [OFFICE], [OFFICE, "ogp-support-unit"]])
def test_where_the_lead_is_withheld_any_answer_is_the_answer(build: Build, lead: list[str]) -> None:
    """Else what is counted as an answer would tell who leads."""
    promise = {"kind": "commitment", "lead": lead, "withhold": ["lead"],
               "milestones": [{"id": "build", "text": "Build it"}]}  # fmt: skip
    case = build({
        "2023-06-01-commitment": promise,
        "2023-07-01-letter": letter(OPEN, **says("met", request="2023-06-01-commitment#build")),
    })  # fmt: skip
    rows = [row for row in ledger(case) if row.ask.item == "build"]
    assert [("[withheld]", "met", False)] == [(row.line.party, row.line.outcome, row.open) for row in rows]


DAYS = st.dates(date(2023, 8, 1), date(2024, 1, 10)).map(date.isoformat)
VALUES = st.one_of(DAYS, DAYS.map(lambda each: each[:7]), st.just("2023-09?"))
HIDING: dict[str, Callable[[str], dict[str, Any]]] = {
    "the day of an answer": lambda day: {
        "late-letter": letter(GOVERNMENT, dated=day, withhold=["dated"], **says("met"))
    },
    "the day of an answer of a part": lambda day: {
        "late-letter": letter(OFFICE, dated=day, withhold=["dated"], **says("met"))
    },
    "the day silence was attested": lambda day: {
        "late-letter": letter(OPEN, dated=day, withhold=["dated"], **says("none", GOVERNMENT))
    },
    "the day of the request": lambda day: {
        ASK: {"dated": "2023-08-01", "requests": []},
        "late-letter": letter(OPEN, dated=day, withhold=["dated"], **asks(GOVERNMENT, within={"days": 5})),
    },
    "the day a request was received": lambda day: {
        ASK: {**asks(GOVERNMENT, within={"days": 5, "from": "received"}), "received": day, "withhold": ["received"]}
    },
    "the day a paper was published": lambda day: {
        ASK: asks(GOVERNMENT, within={"days": 5, "after": REPORT, "from": "published"}),
        REPORT: {"published": day, "withhold": ["published"]},
    },
    "the day that starts a term": lambda day: {
        ASK: asks(GOVERNMENT, within={"weeks": 5, "after": "late-letter"}),
        "late-letter": letter(OFFICE, dated=day, withhold=["dated"]),
    },
    "the day another request was met": lambda day: {
        ASK: {"requests": [*asks(OFFICE, item="other")["requests"],
                           *asks(GOVERNMENT, within={"days": 5, "after": f"{ASK}#other"})["requests"]]},
        "late-letter": letter(OFFICE, dated=day, withhold=["dated"], **says("met", request=f"{ASK}#other")),
    },
    "an answer": lambda day: {
        "late-letter": letter(GOVERNMENT, dated="2023-09-01", withhold=["answers"], answers=[
            {"request": f"{ASK}#publish", "answer": "extended", "new_due": day}])
    },
    "the day of the paper that moved the term": lambda day: {
        "late-letter": letter(GOVERNMENT, dated=day, withhold=["dated"], answers=[
            {"request": f"{ASK}#publish", "answer": "extended", "new_due": "2024-01-31"}])
    },
    "the day of an event": lambda day: {
        "late-letter": letter(OPEN, dated=day, withhold="all", **asks(OFFICE, item="secret", due=day))
    },
    "the last day of a withheld request": lambda day: {
        ASK: {"requests": [*asks(GOVERNMENT)["requests"], *asks(OFFICE, item="secret", due=day)["requests"]],
              "withhold": ["requests#secret"]}
    },
}  # fmt: skip


@pytest.mark.parametrize("what", HIDING)
@given(one=VALUES, other=VALUES)
@settings(max_examples=4)
@example(one="2023-08-02", other="2024-01-09")
def test_a_withheld_day_changes_nothing_that_is_printed(build: Build, what: str, one: str, other: str) -> None:
    """Neither how what came back stands to its term, nor a length of time, nor a term, nor a filter."""
    reply: dict[str, Any] = {REPLY: {"answers": []}, END: None}
    cases = [build({**reply, **HIDING[what](each)}) for each in (one, other)]
    assert printed(requests_of(cases[:1], LATER)) == printed(requests_of(cases[1:], LATER))
    for wanted in (AskFilter(due_before=date(2023, 9, 15)), AskFilter(timings=frozenset({"late", "due_passed"}))):
        texts = [printed(requests_of([case], LATER, wanted)) for case in cases]
        assert texts[0] == texts[1]


@pytest.mark.parametrize("what", HIDING)
def test_who_may_see_it_sees_it(build: Build, what: str) -> None:
    """Else the test above would hold of anything."""
    reader = replace(LATER, withheld=True)
    reply: dict[str, Any] = {REPLY: {"answers": []}, END: None}
    texts = [
        printed(requests_of([build({**reply, **HIDING[what](each)})], reader), reader)
        for each in ("2023-08-02", "2024-01-09")
    ]
    assert texts[0] != texts[1]


def test_the_withheld_day_of_the_end_is_in_no_length_of_time(build: Build) -> None:
    for day in ("2024-06-03", "2024-09-09"):
        case = build({REPLY: {"answers": []}, END: {"dated": day, "withhold": ["dated"]}})
        (row,) = ledger(case)
        assert (True, "unknown", None, None) == (
            row.ask.at_end, row.line.timing, row.line.timing_days, row.line.open_for,
        )  # fmt: skip


def test_which_event_ended_the_case_is_in_no_length_of_time(build: Build) -> None:
    """Where `moves_to` is withheld, the heading prints no day of it either."""
    texts = []
    for ended, other in (
        ("2024-06-03-resolution", "2024-09-09-letter"),
        ("2024-09-09-letter", "2024-06-03-resolution"),
    ):
        closing = {"moves_to": ["closed_addressed_domestically"], "withhold": ["moves_to", "basis"]}
        staying: dict[str, Any] = {"moves_to": [], "withhold": ["moves_to", "basis"]}
        papers = {name: {"kind": "letter", "basis": None, "by": None} for name in (ended, other)}
        case = build({
            REPLY: {"answers": []}, ended: {**papers[ended], **closing}, other: {**papers[other], **staying},
        })  # fmt: skip
        texts.append(printed(requests_of([case], LATER)))
    assert texts[0] == texts[1]
