"""Order in time: what is certainly the wrong way round is named at both places; what may be right never is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ogpcase.diagnostics import Problem, Severity

Found = Callable[..., list[Problem]]
RESOLUTION = "2024-06-03-resolution"


def codes(problems: list[Problem]) -> list[str]:
    return [each.code for each in problems]


def test_the_sound_case_has_no_problem(found: Found) -> None:
    assert [] == found()


def test_a_resolution_before_its_report_is_one_problem_at_two_places(found: Found) -> None:
    """One mistyped year brings one problem: neither the moves nor what else the paper cites is named with it."""
    moved: dict[str, object] = {
        "kind": "resolution",
        "dated": "2023-06-03",
        "by": ["ogp-criteria-and-standards"],
        "basis": "III.B.9",
    }
    moved |= {"adopts": "2024-01-15-report-review", "cites": ["2023-08-30-letter-reply"]}
    moved |= {"moves_to": ["closed_addressed_domestically"]}
    (problem,) = found({RESOLUTION: None, "2023-06-03-resolution": moved})
    assert "OC301" == problem.code
    assert "this resolution is dated before the report it adopts" == problem.message
    assert [
        ("arcadia-2023/events/2023-06-03-resolution.yaml", ("dated",), "226 days too early"),
        ("arcadia-2023/events/2024-01-15-report-review.yaml", ("dated",), "the report is dated here"),
    ] == [(each.file, each.route, each.label) for each in problem.places]
    assert ("check the year: the file name and `dated` both say 2023",) == problem.helps


def test_dates_that_may_overlap_are_no_problem(found: Found) -> None:
    assert [] == found({RESOLUTION: None, "2024-01-resolution": {"kind": "resolution", "dated": "2024-01"}})
    rough = {"kind": "resolution", "dated": "2023~", "adopts": "2024-01-15-report-review"}
    assert [] == found({RESOLUTION: None, "2023-resolution": rough})


def test_an_answer_before_its_ask(found: Found) -> None:
    early: dict[str, object] = {"kind": "letter", "dated": "2023-01", "senders": ["records-office"]}
    early |= {"answers": [{"request": "2023-02-01-letter-ask#publish", "answer": "refused"}]}
    (problem,) = found({"2023-01-letter-early": early})
    assert "OC302" == problem.code
    assert "at least 1 day too early" == problem.places[0].label


def test_a_link_that_misses_only_a_day_is_a_warning(found: Found) -> None:
    """Another time zone may explain it; the link bounds no day all the same."""
    for day, severity in (("2023-05-21", Severity.WARNING), ("2023-05-20", Severity.ERROR)):
        reply = {"kind": "letter", "dated": day, "in_reply_to": ["2023-05-22-letter-notice"]}
        (problem,) = found({f"{day}-letter-reply": reply})
        assert ("OC303", severity) == (problem.code, problem.rule.severity)


def test_a_source_that_was_read_before_its_paper(found: Found) -> None:
    """The source named in `paper` by the day it was read, that in `told_by` by the day it was published, else read."""
    sources = [{"id": "scan", "title": "A scan", "retrieved": "2023-05-01", "published": "2023-04-01"}]
    letter = {"kind": "letter", "dated": "2023-05-20", "sources": sources}
    name = "2023-05-20-letter-reply"
    assert [] == found({name: letter})
    (problem,) = found({name: {**letter, "paper": "scan"}})
    assert ("OC304", "the source that is the paper was read on 2023-05-01, before its date") == (
        problem.code, problem.message,
    )  # fmt: skip
    (problem,) = found({name: {**letter, "told_by": "scan"}})
    assert "the source that tells of the event as past was published on 2023-04-01, before its date" == problem.message
    assert [] == found({name: None, "2023-05-letter-reply": {**letter, "dated": "2023-05", "paper": "scan"}})


def test_a_chain_that_leaves_no_day_is_one_warning(found: Found) -> None:
    """OC309: the undated letter would follow a paper of June and come before one of May."""
    undated = {"kind": "letter", "dated": "unknown", "follows": [RESOLUTION]}
    (problem,) = found({
        "undated-letter-of-thanks": undated,
        "2024-05-30-letter": {"kind": "letter", "dated": "2024-05-30", "follows": ["undated-letter-of-thanks"]},
    })  # fmt: skip
    assert ("OC309", Severity.WARNING) == (problem.code, problem.rule.severity)


def test_a_reply_before_its_letter(found: Found) -> None:
    early = {"kind": "letter", "dated": "2023-03-01", "in_reply_to": ["2023-05-22-letter-notice"]}
    later = {"kind": "letter", "dated": "2023-03-02", "follows": ["2023-05-22-letter-notice"]}
    problems = found({"2023-03-01-letter-early": early, "2023-03-02-letter-later": later})
    assert ["OC303", "OC303"] == codes(problems)
    assert [
        "this reply is dated before the event that it replies to",
        "this record is dated before the event that it follows",
    ] == [each.message for each in problems]


def test_received_and_published_before_dated(found: Found) -> None:
    problems = found({"2023-08-30-letter-reply": {"received": "2023-08-03", "published": "2023-08"}})
    assert [("OC304", "`received` is before the date of the paper")] == [(each.code, each.message) for each in problems]


def test_everything_a_record_cites_that_came_later_is_one_problem(found: Found) -> None:
    (problem,) = found({"2023-04-10-concern": {"cites": ["2023-08-30-letter-reply", RESOLUTION]}})
    assert "OC305" == problem.code
    assert [("cites", 0), ("cites", 1), ("dated",), ("dated",), ("dated",)] == [each.route for each in problem.places]


def test_a_day_that_has_not_come(found: Found) -> None:
    assert [] == found(today=date(2024, 6, 3))
    (problem,) = found(today=date(2024, 6, 2))
    assert ("OC306", ("dated",), "after 2024-06-02") == (problem.code, problem.places[0].route, problem.places[0].label)
    read = [{"id": "page", "url": "https://example.org", "retrieved": "2031-01-01"}]
    (problem,) = found({RESOLUTION: {"sources": read}})
    assert ("OC306", ("sources", 0, "retrieved")) == (problem.code, problem.places[0].route)


def test_a_term_that_ends_before_its_paper(found: Found) -> None:
    problems = found({RESOLUTION: {"until": "2024-05", "term": {"until": "2024-06-02"}}})
    assert [("OC307", ("until",)), ("OC307", ("term", "until"))] == [
        (each.code, each.places[0].route) for each in problems
    ]


DAYS = st.dates(date(2023, 2, 1), date(2023, 12, 1))


@given(DAYS, st.integers(-40, 40))
def test_order_is_told_exactly_where_the_days_are_reversed(found: Found, day: date, apart: int) -> None:
    """Of two exact dates a reply is a problem if and only if it is the earlier."""
    reply = day + timedelta(days=apart)
    letters = {
        f"{day}-letter-x": {"kind": "letter", "dated": str(day)},
        f"{reply}-letter-y": {"kind": "letter", "dated": str(reply), "in_reply_to": f"{day}-letter-x"},
    }
    assert (["OC303"] if apart < 0 else []) == codes(found(letters))


@given(DAYS, st.integers(-40, 40), st.sampled_from("?~%"))
def test_a_qualified_date_never_proves_an_order(found: Found, day: date, apart: int, mark: str) -> None:
    reply = day + timedelta(days=apart)
    letters = {
        f"{day}-letter-x": {"kind": "letter", "dated": str(day)},
        f"{reply}-letter-y": {"kind": "letter", "dated": f"{reply}{mark}", "in_reply_to": f"{day}-letter-x"},
    }
    assert [] == found(letters)
