"""Two answers to one request that cannot both be true, and terms that run in a circle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

Found = Callable[..., list[Problem]]
ASK, REPLY = "2023-02-01-letter-ask", "2023-08-30-letter-reply"
PUBLISH = f"{ASK}#publish"


def told(problems: list[Problem]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(each.code, each.places[0].route) for each in problems]


def answer(said: str, **more: object) -> dict[str, object]:
    return {"request": PUBLISH, "answer": said, **more}


def letter(dated: str, *answers: dict[str, object], **more: Any) -> dict[str, Any]:
    own = {"kind": "letter", "title": "Another letter", "dated": dated, "senders": ["records-office"]}
    return {**own, "answers": list(answers), **more}


def test_one_paper_that_says_both_is_told_at_both_places(found: Found) -> None:
    (problem,) = found({REPLY: {"answers": [answer("met"), answer("refused")]}})
    assert "OC325" == problem.code
    assert "`refused` and `met` cannot both answer this request" == problem.message
    assert [("answers", 1, "answer"), ("answers", 0, "answer")] == [each.route for each in problem.places]


def test_two_papers_of_one_day_by_one_teller_are_told(found: Found) -> None:
    again = {"2023-08-30-letter-reply-too": letter("2023-08-30", answer("met"))}
    assert [("OC325", ("answers", 0, "answer"))] == told(found(again))


@pytest.mark.parametrize(
    "other",
    [
        {"2023-08-31-letter-later": letter("2023-08-31", answer("met"))},
        {"2023-08-30-letter-later": letter("2023-08-30", answer("met"), follows=[REPLY])},
        {"2023-08-30-letter-same": letter("2023-08-30", answer("refused"))},
        {"2023-08-30-letter-part": letter("2023-08-30", answer("partly_met"))},
        {"2023-08-30-letter-whole": letter("2023-08-30", answer("met"), senders=["government-of-arcadia"])},
        {"2023-08-30-letter-told": letter("2023-08-30", answer("met", of=["records-office"]),
                                          senders=["open-arcadia"])},
        {"undated-letter-found": letter("unknown", answer("met"))},
        {"2023-08-30-letter-nobody": letter("2023-08-30", answer("met"), senders=["unknown"])},
    ],
)  # fmt: skip
def test_what_may_both_be_true_is_not(found: Found, other: dict[str, Any]) -> None:
    """A later answer, one that follows, the same, another party's, another teller's, or one of unknown date."""
    assert [] == found(other)


def term(item: str, after: str) -> dict[str, object]:
    return {"id": item, "text": "Do it.", "within": {"days": 30, "after": after}}


def test_terms_that_run_from_one_another_are_told_once_at_every_place(found: Found) -> None:
    circle = [term("a", f"{ASK}#b"), term("b", f"{ASK}#c"), term("c", f"{ASK}#a")]
    problems = found({ASK: {"requests": circle}, REPLY: {"answers": None}})
    assert ["OC326"] == [each.code for each in problems]
    assert [("requests", at, "within", "after") for at in range(3)] == [each.route for each in problems[0].places]


def test_a_circle_over_two_papers_is_told_in_the_first(found: Found) -> None:
    first = {"requests": [term("publish", f"{REPLY}#tell")]}
    second = {"requests": [term("tell", f"{ASK}#publish")]}
    (problem,) = found({ASK: first, REPLY: second})
    assert [f"arcadia-2023/events/{name}.yaml" for name in (ASK, REPLY)] == [each.file for each in problem.places]


def test_a_chain_that_begins_somewhere_is_no_circle(found: Found) -> None:
    """Nor is one that leads into a circle: that one is told by itself. A term from its own paper begins there."""
    chain = [term("a", f"{ASK}#b"), term("b", f"{ASK}#c"), {"id": "c", "text": "Do it.", "due": "2023-06-01"}]
    assert [] == found({ASK: {"requests": chain}, REPLY: {"answers": None}})
    into = [term("a", f"{ASK}#b"), term("b", f"{ASK}#c"), term("c", f"{ASK}#b")]
    (problem,) = found({ASK: {"requests": into}, REPLY: {"answers": None}})
    assert [("requests", 1, "within", "after"), ("requests", 2, "within", "after")] == [
        each.route for each in problem.places
    ]
