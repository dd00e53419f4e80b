"""Duties that come with steps: warned of where no record speaks to them, once for each case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

Found = Callable[..., list[Problem]]
ASK, CONCERN, NOTICE = "2023-02-01-letter-ask", "2023-04-10-concern", "2023-05-22-letter-notice"
REPLY = "2023-08-30-letter-reply"
REPORT, RESOLUTION = "2024-01-15-report-review", "2024-06-03-resolution"


def owed(problems: list[Problem]) -> list[tuple[str, str]]:
    """The steps whose duties are told of, each with how many it brought."""
    several = [each for each in problems if each.code == "OC407"]
    assert len(several) <= 1
    places = [place for each in several for place in each.places[1:]]
    return [(place.file.split("/")[-1], place.label) for place in places]


def search(*duties: str, said: str = "unknown") -> dict[str, Any]:
    answers = [{"request": duty, "answer": said} for duty in duties]
    return {"kind": "development", "dated": "2025-02-03", "context": True, "answers": answers}


def test_the_duties_of_all_steps_are_one_warning(found: Found) -> None:
    """Of the concern one is answered in the sound case; the report brings none."""
    problems = found(duties=True)
    assert [
        (f"{CONCERN}.yaml", "this step brought 2 duties"),
        (f"{NOTICE}.yaml", "this step brought 3 duties"),
        (f"{RESOLUTION}.yaml", "this step brought 4 duties"),
    ] == owed(problems)
    (problem,) = [each for each in problems if each.code == "OC407"]
    assert ("warning", "arcadia-2023/case.yaml", ("track",)) == (
        problem.rule.severity, problem.places[0].file, problem.places[0].route,
    )  # fmt: skip
    assert f"{CONCERN}: `acknowledge-filers`, `notify-criteria-and-standards`" in problem.notes


def test_a_recorded_response_ends_the_duty_to_ask_for_it(found: Found) -> None:
    """The reply may answer the concern or the notice; a reply of somebody else, or to something else, ends nothing."""

    def notice(**changes: Any) -> str:
        return dict(owed(found({REPLY: changes}, duties=True)))[f"{NOTICE}.yaml"]

    for target in (CONCERN, NOTICE):
        assert "this step brought 3 duties" == notice(in_reply_to=[target], senders=["government-of-arcadia"])
    assert "this step brought 4 duties" == notice(in_reply_to=[CONCERN], senders=["open-arcadia"], answers=None)
    assert "this step brought 4 duties" == notice(in_reply_to=[ASK])


@pytest.mark.parametrize("said", ["met", "refused", "unknown"])
def test_a_record_that_speaks_to_a_duty_is_enough(found: Found, said: str) -> None:
    """Be it that a search was in vain."""
    duties = [f"{CONCERN}#acknowledge-filers", f"{CONCERN}#notify-criteria-and-standards"]
    answered = owed(found({"2025-02-03-development-search": search(*duties, said=said)}, duties=True))
    assert [f"{NOTICE}.yaml", f"{RESOLUTION}.yaml"] == [name for name, _ in answered]


def test_a_clause_of_its_own_brings_no_duties_of_another(found: Found) -> None:
    """Nor does a step that the version does not have, or that rests on what nobody verified."""
    for changes in ({"basis": "X.Y.1"}, {"moves_to": ["suspended"], "basis": None}, {"moves_to": ["resolved"]}):
        assert RESOLUTION not in str(owed(found({RESOLUTION: changes}, duties=True)))


@pytest.mark.parametrize(
    "changes",
    [
        {REPORT: {"kind": "repport"}},
        {REPORT: {"answers": [{"request": "Not a reference", "answer": "met"}]}},
        {REPORT: {"answers": [{"request": f"{CONCERN}#acknowledge-filer", "answer": "met"}]}},
        {REPORT: {"answers": [{"request": "2023-04-11-concern#notify-subject", "answer": "met"}]}},
    ],
)
def test_a_record_that_may_hold_the_answer_silences_it(found: Found, changes: dict[str, Any]) -> None:
    """One that cannot be read, or whose answer is mistyped, is what is reported."""
    assert [] == owed(found(changes, duties=True))


def test_a_departure_lifts_it(found: Found) -> None:
    departure = {"departure": [{"because": "It was so.", "sources": ["page"]}]}
    assert f"{CONCERN}.yaml" not in str(owed(found({CONCERN: departure}, duties=True)))


def test_no_policy_no_duties(found: Found) -> None:
    header = {"track": "rapid_response", "policy_version": None}
    bare: dict[str, Any] = {name: {"moves_to": None} for name in (CONCERN, NOTICE, REPORT, RESOLUTION)}
    assert [] == owed(found(bare, duties=True))
    assert [] == owed(found({NOTICE: {"answers": None}}, header=header, duties=True))
