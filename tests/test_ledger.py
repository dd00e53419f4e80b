"""Requests and what came back on them: party by party, part by part, and never an accusation."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import Membership

WHOLES = {"ministry": "government", "archive": "government", "registry-office": "archive"}
HEADER = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017", "subject": "government",
          "country": "XA", "language": "en"}  # fmt: skip
ASK = {"id": "publish", "text": "Publish them", "asked_of": ["government"]}


def registry() -> Registry:
    parties = {}
    for name in ("government", "ministry", "archive", "registry-office", "open-arcadia", "support-unit"):
        values: dict[str, Any] = {"name": name.title(), "classification": "other"}
        values |= {"part_of": [WHOLES[name]]} if name in WHOLES else {}
        values |= {"classification": "ogp_body", "body": "support_unit"} if name == "support-unit" else {}
        party = bind_party(values, name, "f").record
        assert party is not None
        parties[name] = party
    return Registry(parties)


def case(*events: dict[str, Any]) -> CaseFile:
    """A case of these events; each is a letter of the first day of its own month, unless it says otherwise."""
    bound = []
    for number, values in enumerate(events):
        name = values.get("id", f"e{number}")
        fields = {"kind": "letter", "title": name, "dated": f"2023-0{number + 1}-01", **values}
        fields.pop("id", None)
        result = bind_event(fields, name, "f")
        assert () == result.problems
        assert result.record is not None
        bound.append(result.record)
    return assemble("arcadia-2023", bind_header(HEADER, "arcadia-2023", "f").record, tuple(bound), registry())


def asking(*asked: str, **fields: object) -> dict[str, Any]:
    return {"id": "ask", "senders": ["open-arcadia"], "requests": [{**ASK, "asked_of": list(asked)}], **fields}


def answering(answer: str, *senders: str, of: tuple[str, ...] = (), **fields: object) -> dict[str, Any]:
    said = {"request": "ask#publish", "answer": answer, **({"of": list(of)} if of else {})}
    return {**({"senders": list(senders)} if senders else {}), "answers": [said], **fields}


def the_ask(*events: dict[str, Any]) -> Ask:
    return next(ask for ask in asks_of(case(*events), None) if ask.item == "publish")


def test_a_part_answers_for_a_whole_while_it_belongs_to_it() -> None:
    """The ministry left the government on a day between the two letters, of which only the month is known."""
    left = Membership(party="government", until=FuzzyDate.parse("2023-03"))
    asked = asking("government")
    answers = [answering("met", "ministry", id=day, dated=day) for day in ("2023-02-28", "2023-03-10", "2023-04-01")]
    lines = []
    for answer in answers:
        whole = case(asked, answer)
        parties = {**whole.registry.parties}
        parties["ministry"] = parties["ministry"].model_copy(update={"part_of": (left,)})
        whole = replace(whole, registry=Registry(parties))
        lines.append(next(ask for ask in asks_of(whole, None) if ask.item == "publish").lines)
    part = ("government", "met", ("ministry", "met"))
    assert [[part], [part], [("government", "unanswered"), ("ministry", "met")]] == [
        [told(line) for line in each] for each in lines
    ]
    assert [True, False] == [each[0].certain for each in lines[:2]]


def test_an_answer_is_that_of_those_for_whom_the_paper_acts() -> None:
    ask = the_ask(asking("government"), answering("met", "support-unit", on_behalf_of=["government"]))
    assert [("government", "met")] == [told(line) for line in ask.lines]


def told(line: AskedLine) -> tuple[Any, ...]:
    return (line.party, line.outcome, *map(told, line.parts))


@pytest.mark.parametrize(
    ("answer", "outcome", "still_open"),
    [
        ("met", "met", False),
        ("partly_met", "partly_met", False),
        ("refused", "refused", False),
        ("overtaken", "overtaken", False),
        ("not_met", "not_met", False),
        ("acknowledged", "acknowledged", True),
        ("extended", "unanswered", True),
    ],
)
def test_an_answer_is_by_whoever_acts_in_its_paper(answer: str, outcome: str, still_open: bool) -> None:  # noqa: FBT001 - a table
    ask = the_ask(asking("government"), answering(answer, "government"))
    assert [("government", outcome)] == [told(line) for line in ask.lines]
    assert still_open is ask.open
    assert ask.certain


def test_nothing_recorded_silence_attested_and_nothing_found_are_three_things() -> None:
    unanswered = the_ask(asking("government"))
    silent = the_ask(asking("government"), answering("none", "open-arcadia", of=("government",)))
    unknown = the_ask(asking("government"), answering("unknown", kind="development", context=True))
    for outcome, ask in {"unanswered": unanswered, "silent": silent, "unknown": unknown}.items():
        assert [("government", outcome)] == [told(line) for line in ask.lines]
        assert ask.open


def test_a_search_speaks_of_everybody_asked_and_not_of_the_searcher() -> None:
    search = answering("unknown", kind="development", participants=["open-arcadia"], context=True)
    ask = the_ask(asking("ministry", "archive"), answering("met", "archive"), search)
    assert [("ministry", "unknown"), ("archive", "met")] == [told(line) for line in ask.lines]


def test_state_is_kept_for_each_party_asked() -> None:
    ask = the_ask(asking("ministry", "archive"), answering("met", "archive"))
    assert [("ministry", "unanswered"), ("archive", "met")] == [told(line) for line in ask.lines]
    assert ask.open


def test_a_later_answer_supersedes_silence_and_an_extension_changes_nothing() -> None:
    silence = answering("none", "open-arcadia", of=("government",))
    late = answering("partly_met", "government")
    assert [("government", "partly_met")] == [told(line) for line in the_ask(asking("government"), silence, late).lines]
    extended = answering("extended", "government", answers=[
        {"request": "ask#publish", "answer": "extended", "new_due": "2024"}])  # fmt: skip
    assert [("government", "silent")] == [told(line) for line in the_ask(asking("government"), silence, extended).lines]


def test_what_follows_what_follows_an_answer_is_later_than_it() -> None:
    """Three letters of one month: the second follows the first, and the third, with the last answer, the second."""
    first = answering("not_met", "open-arcadia", of=("government",), id="first", dated="2023-07")
    between = {"id": "second", "dated": "2023-07", "follows": ["first"]}
    last = answering("met", "government", id="third", dated="2023-07")
    (open_order,) = the_ask(asking("government"), first, between, last).lines
    (sure,) = the_ask(asking("government"), first, between, {**last, "follows": ["second"]}).lines
    assert [("met", False), ("met", True)] == [(line.outcome, line.certain) for line in (open_order, sure)]


def test_a_search_that_found_nothing_overrules_no_answer() -> None:
    search = answering("unknown", "open-arcadia", of=("government",))
    ask = the_ask(asking("government"), answering("refused", "government"), search)
    assert [("government", "refused")] == [told(line) for line in ask.lines]


def test_a_part_opens_its_own_line_under_the_one_asked() -> None:
    """At any depth; the whole says what its parts agree on, and its own word goes before theirs."""
    silence = answering("none", "open-arcadia", of=("ministry", "registry-office"))
    agreed = the_ask(asking("government"), silence)
    assert [("government", "silent", ("ministry", "silent"), ("registry-office", "silent"))] == [
        told(line) for line in agreed.lines
    ]
    apart = the_ask(asking("government"), silence, answering("met", "ministry"))
    assert [("government", "unanswered", ("ministry", "met"), ("registry-office", "silent"))] == [
        told(line) for line in apart.lines
    ]
    own = the_ask(asking("government"), silence, answering("refused", "government"))
    assert ("government", "refused") == told(own.lines[0])[:2]


def test_an_extension_by_the_whole_does_not_hide_what_its_parts_answered() -> None:
    ask = the_ask(asking("government"), answering("extended", "government"), answering("met", "ministry"))
    assert [("government", "met", ("ministry", "met"))] == [told(line) for line in ask.lines]


def test_of_says_on_whose_account_an_answer_counts() -> None:
    ask = the_ask(asking("ministry"), answering("met", "archive", of=("ministry",)))
    assert [("ministry", "met")] == [told(line) for line in ask.lines]


def test_who_answers_without_being_asked_has_a_line_and_does_not_settle_it() -> None:
    ask = the_ask(asking("ministry"), answering("acknowledged", "archive"))
    assert [("ministry", "unanswered"), ("archive", "acknowledged")] == [told(line) for line in ask.lines]
    assert [True, False] == [line.asked for line in ask.lines]
    settled = the_ask(asking("ministry"), answering("met", "ministry"), answering("acknowledged", "archive"))
    assert not settled.open


def test_asked_of_nobody_named_any_answer_is_the_answer() -> None:
    assert [(None, "unanswered")] == [told(line) for line in the_ask(asking()).lines]
    assert [(None, "met")] == [told(line) for line in the_ask(asking(), answering("met", "archive")).lines]
    unnamed = asking("unknown")
    assert [(None, "refused")] == [told(line) for line in the_ask(unnamed, answering("refused", "unknown")).lines]


def test_a_call_to_the_public_or_to_nobody_in_particular_is_never_unanswered() -> None:
    """Whoever answers one is a part of it; events may overtake it."""
    open_call, printed = asking("public"), asking()
    printed["requests"][0]["asked_of"] = [{"party": "unknown", "as_named": "all members"}]
    for call, party in ((open_call, "public"), (printed, None)):
        ask = the_ask(call)
        assert ([(party, "call")], False) == ([told(line) for line in ask.lines], ask.open)
        assert [(party, "call", ("archive", "met"))] == [
            told(line) for line in the_ask(call, answering("met", "archive")).lines
        ]
        assert [(party, "overtaken")] == [told(line) for line in the_ask(call, answering("overtaken", "archive")).lines]
    assert ["all members"] == [line.as_named for line in the_ask(printed).lines]
    both = the_ask(asking("public", "ministry"))
    assert ([("public", "call"), ("ministry", "unanswered")], True) == ([told(line) for line in both.lines], both.open)


def test_answers_of_another_case_or_another_item_are_not_meant() -> None:
    elsewhere = answering("met", "government", answers=[{"request": "borduria-2023/ask#publish", "answer": "met"}])
    other = answering("met", "government", answers=[{"request": "ask#other", "answer": "met"}])
    here = answering("met", "government", answers=[{"request": "arcadia-2023/ask#publish", "answer": "met"}])
    assert ["unanswered"] == [line.outcome for line in the_ask(asking("government"), elsewhere, other).lines]
    assert ["met"] == [line.outcome for line in the_ask(asking("government"), here).lines]


def test_a_milestone_that_names_nobody_is_asked_of_the_lead() -> None:
    plan = {"id": "ask", "kind": "commitment", "lead": ["ministry"], "milestones": [
        {"id": "publish", "text": "Publish"}, {"id": "train", "text": "Train", "asked_of": ["archive"]}]}  # fmt: skip
    found = asks_of(case(plan, answering("met", "ministry")), None)
    assert [("publish", [("ministry", "met")]), ("train", [("archive", "unanswered")])] == [
        (ask.item, [told(line) for line in ask.lines]) for ask in found
    ]


CONCERN = {"id": "concern", "kind": "concern", "filers": ["open-arcadia"], "moves_to": ["initial_review"]}


def test_duties_of_the_policy_stay_unanswered_until_a_record_answers() -> None:
    """Nothing is taken as met because a later step was made."""
    notice = {"id": "notice", "senders": ["support-unit"], "moves_to": ["under_review"]}
    owed = [ask for ask in asks_of(case(CONCERN, notice), None) if ask.duty and ask.event.id == "concern"]
    assert owed
    assert {("support-unit", "unanswered")} == {told(line) for ask in owed for line in ask.lines}
    done = {**notice, "answers": [{"request": f"concern#{owed[0].item}", "answer": "met"}]}
    after = [ask for ask in asks_of(case(CONCERN, done), None) if ask.duty and ask.event.id == "concern"]
    assert {owed[0].item: "met"} == {ask.item: ask.lines[0].outcome for ask in after if not ask.open}


def test_a_recorded_response_ends_the_duty_to_ask_for_it_without_meeting_it() -> None:
    """It is overtaken by the record, unless another record says what became of it."""
    notice = {"id": "notice", "senders": ["support-unit"], "moves_to": ["under_review"]}
    response = {"id": "response", "senders": ["ministry"], "in_reply_to": ["concern"]}

    def asked(*events: dict[str, Any]) -> AskedLine:
        return next(
            each for each in asks_of(case(CONCERN, notice, *events), None) if each.item == "request-response"
        ).lines[0]

    assert "unanswered" == asked().outcome
    ended = asked(response)
    assert ("overtaken", "response") == (ended.outcome, ended.told and ended.told.event.id)
    assert "unanswered" == asked({**response, "in_reply_to": []}).outcome
    assert "unanswered" == asked({**response, "senders": ["open-arcadia"]}).outcome
    told_of = {
        "id": "told",
        "senders": ["support-unit"],
        "answers": [{"request": "notice#request-response", "answer": "met"}],
    }
    assert "met" == asked(told_of, response).outcome
