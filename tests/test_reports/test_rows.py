"""Rows of a timeline: each event with its stage, the time before it, what it asks, and where its sources disagree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import Days
from ogpcase.reports.timeline.rows import Filter, Row, Timeline, timeline_of

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ASK, REPLY = "2023-02-01-letter-ask", "2023-08-30-letter-reply"


def rows(timeline: Timeline) -> dict[str, Row]:
    return {each.event.id: each for each in timeline.rows}


def notes(case: CaseFile, event: str) -> list[str]:
    timeline = timeline_of(case, LATER)
    return [timeline.notes[number - 1] for number in rows(timeline)[event].notes]


def test_every_row_knows_its_stage_and_the_time_since_the_row_before(build: Build) -> None:
    found = timeline_of(build(), LATER).rows
    assert [
        ("not_filed", 0, None),
        ("initial_review", 1, Days(68, 68)),
        ("under_review", 2, Days(42, 42)),
        ("under_review", 2, Days(100, 100)),
        ("report_adopted", 3, Days(138, 138)),
        ("closed_addressed_domestically", 4, Days(140, 140)),
    ] == [(each.stage, each.stays, each.gap) for each in found]
    assert [(), ("initial_review",)] == [each.event.moves_to for each in found[:2]]


def test_a_gap_is_as_exact_as_its_dates_and_an_undated_row_has_none(build: Build) -> None:
    case = build({
        "2023-04-10-concern": {"dated": "2023-04"},
        "2023-05-22-letter-notice": {"dated": "[..2023-05-22]"},
        REPLY: {"dated": "unknown"},
        "2024-01-15-report-review": {"dated": "2024-01-15?"},
    })  # fmt: skip
    gaps = {name: row.gap for name, row in rows(timeline_of(case, LATER)).items()}
    assert {
        ASK: None,
        "2023-04-10-concern": Days(59, 88, certain=False),
        "2023-05-22-letter-notice": Days(None, 51, certain=False),
        "2024-01-15-report-review": Days(238, None, certain=False),
        "2024-06-03-resolution": Days(140, 140, certain=False),
        REPLY: None,
    } == gaps


def test_a_row_says_who_acts_and_to_whom(build: Build) -> None:
    case = build({ASK: {"senders": ["open-arcadia", "unknown", "no-such-party", "open-arcadia"]}})
    row = rows(timeline_of(case, Reader(date(2026, 1, 1), "es")))[ASK]
    assert ("Arcadia Abierta", "unknown", "no-such-party") == row.actors
    assert ("Government of Arcadia",) == row.addressees
    assert ("letter", "en") == (row.event.kind, row.language)


def test_a_row_shows_its_asks_with_what_came_back_and_its_answers(build: Build) -> None:
    found = rows(timeline_of(build(), LATER))
    (ask,) = found[ASK].asks
    (line,) = ask.lines
    assert ("publish", "Publish them", "2023-03-01", False) == (ask.item, ask.text, ask.due, ask.duty)
    assert ("Government of Arcadia", "refused", REPLY, "2023-08-30", True) == (
        line.party, line.outcome, line.told_by, line.told_on, line.certain,
    )  # fmt: skip
    assert [("Records Office", "refused")] == [(part.party, part.outcome) for part in line.parts]
    assert [(f"{ASK}#publish", "refused", ())] == [
        (each.request, each.answer, each.of) for each in found[REPLY].answers
    ]
    assert {"acknowledge-filers", "notify-criteria-and-standards", "notify-subject"} == {
        each.item for each in found["2023-04-10-concern"].asks if each.duty
    }


def test_what_told_an_outcome_is_the_answer_that_gave_it(build: Build) -> None:
    """Not the last paper that spoke of the request: an extension or a vain search told nothing."""
    extension = {"kind": "letter", "senders": ["records-office"], "answers": [
        {"request": f"{ASK}#publish", "answer": "extended", "new_due": "2024"}]}  # fmt: skip
    found = rows(timeline_of(build({"2023-09-09-letter-more-time": extension}), LATER))
    (line,) = found[ASK].asks[0].lines
    assert ("refused", REPLY) == (line.outcome, line.told_by)


SOURCES = [{"id": "page", "title": {"en": "The page", "es": "La página"}, "gives": ["dated"]},
           {"id": "copy", "publisher": "The archive", "url": "https://example.org/copy"},
           {"id": "scan", "url": "https://example.org/scan"}]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"also_dated": [{"value": "2023-02-02", "source": "copy"}]},
         "The page gives 2023-02-01; The archive gives 2023-02-02"),
        ({"also_dated": [{"value": "2023-02", "source": "scan"}]},
         "The page gives 2023-02-01; https://example.org/scan gives 2023-02, which may be the same day"),
        ({"also_dated": [{"value": "2023", "source": "copy"}, {"value": "2022", "source": "gone"}]},
         "The page gives 2023-02-01; The archive gives 2023, which may be the same day; gone gives 2022"),
        ({"also_stated": [{"field": "addressees", "value": ["records-office", "The mayor"], "source": "copy"}]},
         "The archive states addressees otherwise: Records Office, The mayor"),
        ({"departure": [{"because": {"en": "Nobody foresaw it"}}]}, "not as the policy has it: Nobody foresaw it"),
        ({"departure": [{"because": "So it was"}], "moves_to": ["initial_review"]},
         "outside the policy's moves, or not verified: So it was"),
    ],
)  # fmt: skip
def test_disagreement_is_kept_as_a_note(build: Build, fields: dict[str, Any], expected: str) -> None:
    assert [expected] == notes(build({ASK: {"sources": SOURCES, **fields}}), ASK)


def test_notes_are_numbered_through_the_rows_that_are_shown(build: Build) -> None:
    also = {"also_dated": [{"value": "2022", "source": "page"}]}
    case = build({ASK: {**also, "departure": [{"because": "x"}]}, REPLY: also})
    assert [(1, 2), (3,)] == [row.notes for row in timeline_of(case, LATER).rows if row.notes]
    only = timeline_of(case, LATER, Filter(since=date(2023, 8, 1)))
    assert ([(1,)], 1) == ([row.notes for row in only.rows if row.notes], len(only.notes))


def test_rows_of_the_future_are_absent_and_possible_ones_are_not_certain(build: Build) -> None:
    case = build({REPLY: {"dated": "2023-08"}, "2024-06-03-resolution": {"dated": "unknown"}})
    found = rows(timeline_of(case, Reader(date(2023, 8, 15))))
    assert {ASK: True, "2023-04-10-concern": True, "2023-05-22-letter-notice": True, REPLY: False,
            "2024-06-03-resolution": False} == {name: row.certain for name, row in found.items()}  # fmt: skip


def kinds(timeline: Timeline) -> set[str]:
    return {str(each.event.kind) for each in timeline.rows}


def test_filters_choose_rows_and_change_nothing_else(build: Build) -> None:
    case = build()
    whole = timeline_of(case, LATER)
    for wanted, expected in {
        Filter(kinds=frozenset({Kind.LETTER, Kind.REPORT})): ["ask", "notice", "reply", "review"],
        Filter(parties=frozenset({"government-of-arcadia"})): ["ask", "reply"],
        Filter(parties=frozenset({"records-office"})): ["reply"],
        Filter(parties=frozenset({"open-arcadia"})): ["ask", "concern"],
        Filter(since=date(2024, 1, 15)): ["review", "resolution"],
        Filter(until=date(2023, 4, 10)): ["ask", "concern"],
        Filter(since=date(2023, 4, 11), until=date(2023, 8, 29)): ["notice"],
        Filter(kinds=frozenset({Kind.STATEMENT})): [],
    }.items():
        timeline = timeline_of(case, LATER, wanted)
        assert expected == [each.event.id.rpartition("-")[2] for each in timeline.rows]
        assert (whole.heading, whole.spans) == (timeline.heading, timeline.spans)
        assert len(whole.rows) - len(expected) == timeline.hidden_rows


def test_an_asked_party_takes_part(build: Build) -> None:
    asked = {ASK: {"addressees": None, "requests": [{"id": "publish", "text": "x", "asked_of": ["records-office"]}]}}
    timeline = timeline_of(build(asked), LATER, Filter(parties=frozenset({"government-of-arcadia"})))
    assert [ASK, REPLY] == [each.event.id for each in timeline.rows]


def test_a_doubtful_date_is_chosen_where_it_may_lie_between(build: Build) -> None:
    case = build(
        {
            ASK: {"dated": "2022/2023-05"},
            REPLY: {"dated": "[..2023-08-30]"},
            "2024-06-03-resolution": {"dated": "unknown"},
        }
    )
    shown = timeline_of(case, LATER, Filter(since=date(2023, 5, 23), until=date(2023, 5, 31))).rows
    assert [ASK, REPLY, "2024-06-03-resolution"] == [each.event.id for each in shown]
