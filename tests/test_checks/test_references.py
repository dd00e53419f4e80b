"""What records point to, what is asked and what is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ogpcase.diagnostics import Problem
from ogpcase.model.casefile import CaseFile

Found = Callable[..., list[Problem]]
ASK, CONCERN, REPLY = "2023-02-01-letter-ask", "2023-04-10-concern", "2023-08-30-letter-reply"
REPORT, RESOLUTION = "2024-01-15-report-review", "2024-06-03-resolution"


def told(problems: list[Problem]) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(each.code, each.places[0].route) for each in problems]


def answers(request: str) -> dict[str, Any]:
    return {"answers": [{"request": request, "answer": "met"}]}


ITSELF = [{"event": CONCERN, "text": "This."}]
LOOP = [{"id": "a", "text": "Do.", "within": {"days": 3, "after": f"{REPLY}#a"}}]
NO_ALLEGATION = [{"about": f"{ASK}#publish", "position": "denies"}]


@pytest.mark.parametrize(
    ("event", "changes", "expected"),
    [
        (RESOLUTION, {"adopts": "2024-01-15-report"}, ("OC312", ("adopts",))),
        (REPLY, {"in_reply_to": "arcadia-2023/x"}, ("OC312", ("in_reply_to", 0))),
        (REPLY, {"cites": ["arcadia-2032/x"]}, ("OC319", ("cites", 0))),
        (REPLY, answers(f"{ASK}#publis"), ("OC313", ("answers", 0, "request"))),
        (CONCERN, {"prior_steps": ITSELF}, ("OC314", ("prior_steps", 0, "event"))),
        (REPLY, {"requests": LOOP}, ("OC314", ("requests", 0, "within", "after"))),
        (RESOLUTION, {"adopts": REPLY}, ("OC315", ("adopts",))),
        (REPLY, {"replies": NO_ALLEGATION}, ("OC315", ("replies", 0, "about"))),
        (REPLY, answers(f"{CONCERN}#sealed"), ("OC315", ("answers", 0, "request"))),
        (REPORT, {"findings": [{"about": REPLY}]}, ("OC315", ("findings", 0, "about"))),
    ],
)
def test_a_reference_that_leads_nowhere_right(
    found: Found, event: str, changes: dict[str, Any], expected: tuple[str, tuple[str | int, ...]]
) -> None:
    assert [expected] == told(found({event: changes}))


def test_an_id_that_a_record_had_leads_to_one_record(found: Found) -> None:
    """Neither to the record that has it now, nor to two that had it."""
    problems = found({REPLY: {"aliases": [ASK, "2023-reply"]}, REPORT: {"aliases": ["2023-reply"]}})
    assert [("OC330", ("aliases", 0)), ("OC330", ("aliases", 0))] == told(problems)
    assert ["`2023-02-01-letter-ask`", "`2023-reply`"] == [each.message.split()[2] for each in problems]
    assert ["this alias", "it has it too"] == [place.label for place in problems[1].places]


@pytest.mark.parametrize(
    ("event", "changes", "said"),
    [
        (RESOLUTION, {"adopts": "2024-01-15-report"}, f"did you mean `{REPORT}`?"),
        (REPLY, {"in_reply_to": "arcadia-2023/x"}, "see `ogpcase timeline arcadia-2023`"),
        (REPLY, answers(f"{ASK}#publis"), f"did you mean `{ASK}#publish`?"),
        (REPLY, answers(f"{ASK}#other"), "its items are `publish`"),
        (RESOLUTION, {"adopts": REPLY}, "point it to a report, or use `cites` or `follows`"),
    ],
)
def test_the_way_out(found: Found, event: str, changes: dict[str, Any], said: str) -> None:
    (problem,) = found({event: changes})
    assert said == problem.helps[0]


def test_a_chain_of_terms_within_one_paper_is_no_self_reference(found: Found) -> None:
    chain = [
        {"id": "a", "text": "Do.", "within": {"days": 60}},
        {"id": "b", "text": "Then this.", "within": {"days": 90, "after": f"{REPLY}#a"}},
    ]
    assert [] == found({REPLY: {"requests": chain}})


def test_a_record_that_cannot_be_read_brings_no_reports_about_others(found: Found) -> None:
    """A file that gives no record is not a dangling reference, and flawed items are not unknown ones."""
    assert [] == found({REPORT: {"kind": "repport"}})
    assert [] == found({ASK: {"requests": [{"id": "publish"}]}})
    assert [] == found({CONCERN: {"allegations": [{"id": "sealed"}]}})


def test_duties_are_items_of_the_event_that_brings_them(found: Found) -> None:
    answers = [{"request": "2023-05-22-letter-notice#request-response", "answer": "met"}]
    assert [] == found({REPLY: {"answers": answers}})
    assert [("OC313", ("answers", 0, "request"))] == told(
        found({REPLY: {"answers": [{"request": f"{ASK}#request-response", "answer": "met"}]}})
    )


def test_other_cases_are_followed(found: Found, bench: Callable[..., Any]) -> None:
    other = bench().case("arcadia-2020")
    cites = {REPLY: {"cites": [f"arcadia-2020/{ASK}", "arcadia-2020/2023-02-01-letter-ax"]}}
    (problem,) = found(cites, others={"arcadia-2020": other})
    assert ("OC312", "`arcadia-2020` has no event `2023-02-01-letter-ax`") == (problem.code, problem.message)
    assert (f"did you mean `arcadia-2020/{ASK}`?",) == problem.helps


def test_related_cases(found: Found) -> None:
    """A case elsewhere has a title or an address; without either it should be a folder here."""
    here = {"case": "arcadia-2032", "relation": "later_case"}
    assert [("OC319", ("related", 0, "case"))] == told(found(header={"related": [here]}))
    assert [] == found(header={"related": [{**here, "title": "Another matter"}]})
    assert [("OC314", ("related", 0, "case"))] == told(found(header={"related": [{**here, "case": "arcadia-2023"}]}))


@pytest.mark.parametrize("answer", ["none", "not_met"])
def test_what_a_source_tells_of_somebody_needs_a_name(found: Found, answer: str) -> None:
    answers = {"answers": [{"request": f"{ASK}#publish", "answer": answer}]}
    (problem,) = found({REPLY: answers})
    assert ("OC321", ("answers", 0, "answer")) == (problem.code, problem.places[0].route)
    assert ("say of whom it is told: `of: [government-of-arcadia]`",) == problem.helps


@pytest.mark.parametrize(
    ("changes", "route"),
    [
        ({"senders": ["open-arcadia"]}, ("senders", 0)),
        ({"answers": [{"request": f"{ASK}#publish", "answer": "met", "of": ["ogp"]}]}, ("answers", 0, "of", 0)),
    ],
)
def test_an_answer_of_somebody_not_asked_is_warned_of(
    found: Found, changes: dict[str, Any], route: tuple[str, int]
) -> None:
    (problem,) = found({REPLY: changes})
    assert ("OC322", "warning", route) == (problem.code, problem.rule.severity, problem.places[0].route)
    assert ("requests", 0, "asked_of") == problem.places[1].route


@pytest.mark.parametrize(
    "changes",
    [
        {"senders": ["unknown"]},
        {"senders": None},
        {"senders": ["open-arcadia"], "answers": [{"request": f"{ASK}#publish", "answer": "overtaken"}]},
        {
            "senders": ["open-arcadia"],
            "answers": [{"request": f"{ASK}#publish", "answer": "met", "of": ["records-office"]}],
        },
    ],
)
def test_an_answer_that_may_count_is_not(found: Found, changes: dict[str, Any]) -> None:
    assert [] == found({REPLY: changes})


def test_a_search_stands_in_a_record_of_its_own(found: Found) -> None:
    """OC327: in a paper it would be of the day of the paper."""
    said = {"answers": [{"request": f"{ASK}#publish", "answer": "unknown"}]}
    search = {"kind": "development", "dated": "2025-02-03", **said}
    assert [] == found({"2025-02-03-development": {**search, "context": True}})
    for changes in ({REPLY: said}, {"2025-02-03-development": search}):
        (problem,) = found(changes)
        assert ("OC327", "warning", ("answers", 0, "answer")) == (
            problem.code, problem.rule.severity, problem.places[0].route,
        )  # fmt: skip


def test_anybody_may_answer_a_call_to_the_public(found: Found) -> None:
    call = {"requests": [{"id": "publish", "text": "Comment.", "asked_of": ["public"]}]}
    assert [] == found({ASK: call, REPLY: {"senders": ["open-arcadia"]}})


def test_due_before_it_was_asked(found: Found) -> None:
    """A milestone may be due before the plan comes out; a request may not."""
    asked = {
        "requests": [{"id": "a", "text": "Do.", "due": "2023-08-29"}, {"id": "b", "text": "Do.", "due": "2023-08"}]
    }
    assert [("OC323", ("requests", 0, "due"))] == told(found({REPLY: asked}))
    plan = {
        "kind": "commitment",
        "dated": "2023-09-01",
        "milestones": [{"id": "a", "text": "Do.", "due": "2023-08-29"}],
    }
    assert [] == found({"2023-09-01-commitment": plan})


def test_an_item_that_takes_the_name_of_a_duty(found: Found) -> None:
    asked = {"requests": [{"id": "notify-subject", "text": "Tell them."}]}
    assert [("OC324", ("requests", 0, "id"))] == told(found({CONCERN: asked}))
    assert [] == found({REPLY: asked})


def elsewhere(bench: type[Any], *case_ids: str) -> dict[str, CaseFile]:
    """Other cases of the folder, each a copy of the sound one."""
    return {case_id: bench().case(case_id) for case_id in case_ids}


def test_a_name_that_several_other_cases_have_is_ambiguous(found: Found, bench: type[Any]) -> None:
    """Told at the reference and at each event that could be meant; not as a reference that leads nowhere."""
    gone = {"2023-05-22-letter-notice": None, REPLY: {"in_reply_to": "2023-05-22-letter-notice"}}
    several = elsewhere(bench, "arcadia-2019", "arcadia-2021")
    problems = [each for each in found(gone, others=several) if each.code in {"OC310", "OC312"}]
    assert ["OC310"] == [each.code for each in problems]
    assert [
        (f"arcadia-2023/events/{REPLY}.yaml", ("in_reply_to", 0)),
        ("arcadia-2019/events/2023-05-22-letter-notice.yaml", ("kind",)),
        ("arcadia-2021/events/2023-05-22-letter-notice.yaml", ("kind",)),
    ] == [(each.file, each.route) for each in problems[0].places]


def test_a_name_that_one_other_case_has_is_offered(found: Found, bench: type[Any]) -> None:
    gone = {"2023-05-22-letter-notice": None, REPLY: {"in_reply_to": "2023-05-22-letter-notice"}}
    problems = found(gone, others=elsewhere(bench, "arcadia-2019"))
    (told,) = [each for each in problems if each.code == "OC312"]
    assert ("did you mean `arcadia-2019/2023-05-22-letter-notice`?",) == told.helps


@pytest.mark.parametrize(("item", "expected"), [("notify-subject", []), ("publish", ["OC314"])])
def test_a_paper_may_meet_a_duty_that_it_brings(found: Found, item: str, expected: list[str]) -> None:
    """A notice to the government is that notice; of anything else a paper is no answer to itself."""
    notice = "2023-05-22-letter-notice"
    codes = [each.code for each in found({notice: answers(f"{notice}#{item}")})]
    assert expected == [code for code in codes if code in {"OC313", "OC314", "OC315"}]
