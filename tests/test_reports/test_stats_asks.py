"""What came back from whom, counted: what is certain apart from what is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.reports.stats.rows import AskedParty, stats_of

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))


def asked(case: CaseFile, sort: str = "request", reader: Reader = LATER) -> dict[str, AskedParty]:
    return {each.name: each for each in stats_of([case], reader).asks if each.sort == sort}


def answered(**answers: str) -> dict[str, Mapping[str, Any]]:
    """A letter with a request for each word, each due on 2023-07-01, and a letter of August with these answers."""
    requests = [
        {"id": word, "text": "Do it", "asked_of": ["records-office"], "due": "2023-07-01"}
        for word in (*answers, "none")
    ]
    told = [{"request": f"2023-06-01-letter#{word}", "answer": each} for word, each in answers.items()]
    return {
        "2023-02-01-letter-ask": {"requests": None},
        "2023-08-30-letter-reply": {"answers": None},
        "2023-06-01-letter": {"kind": "letter", "senders": ["open-arcadia"], "requests": requests},
        "2023-08-01-letter": {"kind": "letter", "senders": ["records-office"], "answers": told},
    }


def test_what_came_back_is_counted_by_party(build: Build) -> None:
    row = asked(build(answered(a="met", b="met", c="refused", d="acknowledged")))["Records Office"]
    assert (5, "records-office", 0) == (row.asked, row.party, row.perhaps)
    assert {"met": 2, "refused": 1, "acknowledged": 1, "unanswered": 1} == {k: n for k, n in row.outcomes.items() if n}
    assert {"on_time": 0, "late": 3, "possibly_late": 0, "due_passed": 2} == row.timings


def test_one_ask_of_a_whole_is_one_ask_whichever_parts_are_told_of(build: Build) -> None:
    rows = asked(build())
    assert {"Government of Arcadia": 1} == {name: row.asked for name, row in rows.items()}
    assert 1 == rows["Government of Arcadia"].outcomes["refused"]


def test_what_has_only_possibly_come_back_is_in_no_other_count(build: Build) -> None:
    events = answered(a="met")
    events["2023-08-01-letter"] = {**events["2023-08-01-letter"], "dated": "2023-08"}
    row = asked(build(events), reader=Reader(date(2023, 8, 15)))["Records Office"]
    assert (2, 1, 0) == (row.asked, row.perhaps, row.outcomes["met"])
    assert row.asked == row.perhaps + sum(row.outcomes.values())


def test_duties_and_background_are_counted_apart(build: Build) -> None:
    case = build({"2023-02-01-letter-ask": {"context": True}})
    assert {"OGP Support Unit"} == set(asked(case, "duty"))
    assert {} == asked(case)
    assert {"Government of Arcadia"} == set(asked(case, "context"))
