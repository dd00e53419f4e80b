"""What the cases tell of a party: its deeds, what it asked and was asked, who signed for it, and what its parts did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.output.json import answer_json
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.parties.rows import Deed, PartyFile, parties_in, party_file
from ogpcase.reports.parties.tables import PARTY
from ogpcase.reports.parties.text import party_lines

Build = Callable[..., CaseFile]
LATER = Reader(date(2026, 11, 22))
ASK, CONCERN, REPLY = "2023-02-01-letter-ask", "2023-04-10-concern", "2023-08-30-letter-reply"
GOVERNMENT = "government-of-arcadia"


def told(case: CaseFile, party: str, reader: Reader = LATER) -> PartyFile:
    return party_file(case.registry, [case], case.registry.parties[party], reader)


def printed(file: PartyFile, reader: Reader = LATER) -> str:
    return "\n".join([answer_json(PARTY, file, reader), *(plain(each) for each in party_lines(file, Page(None)))])


def roles(deeds: tuple[Deed, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.reference.partition("/")[2], each.roles) for each in deeds]


def test_a_party_is_told_by_what_it_did_and_where_others_name_it(build: Build) -> None:
    file = told(build({ASK: {"copied": ["ogp-support-unit"]}}), "ogp-support-unit")
    assert [("2023-05-22-letter-notice", ("sender",))] == roles(file.doings.did)
    assert [(ASK, ("copied",))] == roles(file.doings.named)


def test_what_it_asked_stands_with_what_came_back_from_everybody(build: Build) -> None:
    (asked,) = told(build(), "open-arcadia").doings.asked
    assert (f"arcadia-2023/{ASK}#publish", "Publish them") == (asked.request, asked.ask.text)
    (line,) = asked.ask.lines
    assert ("Government of Arcadia", "refused", ["Records Office"]) == (
        line.party, line.outcome, [part.party for part in line.parts]
    )  # fmt: skip


def test_a_part_counts_on_the_days_on_which_it_belongs_to_the_whole(build: Build) -> None:
    """Its letter is of 2023-08-30; in another month it is nobody's part, and within that month perhaps one."""
    counted = []
    for until in ("2023-07-31", "2023-08", "2023-08-30"):
        span = [{"party": GOVERNMENT, "until": until}]
        case = build(parties={"records-office": {"part_of": span}})
        (part,) = told(case, GOVERNMENT).parts
        (line,) = [each for each in parties_in(case.registry, [case], LATER).named if each.party == GOVERNMENT]
        counted.append((len(part.did), [role.times for role in line.roles if role.role == "through_parts"]))
    assert [(0, []), (1, [1]), (1, [1])] == counted


def test_a_part_that_answered_was_asked_through_the_whole(build: Build) -> None:
    (asked,) = told(build(), "records-office").doings.was_asked
    assert ("Government of Arcadia", ("Open Arcadia",), True) == (asked.through, asked.by, asked.asked)
    assert asked.days is not None
    assert (210, "refused", False) == (asked.days.fewest, asked.ask.lines[0].outcome, asked.open)


@pytest.mark.parametrize("answer", ["none", "not_met", "overtaken"])
def test_who_tells_that_nothing_came_does_not_answer(build: Build, answer: str) -> None:
    """Not even where the record forgets to say of whom that is told."""
    telling = {
        "kind": "letter",
        "senders": ["open-arcadia"],
        "answers": [{"request": f"{ASK}#publish", "answer": answer}],
    }
    file = told(build({"2024-09-01-letter-told": telling}), "open-arcadia")
    assert [("2024-09-01-letter-told", ("sender",))] == [each for each in roles(file.doings.did) if "told" in each[0]]


def test_what_is_left_open_comes_longest_first_and_what_nobody_can_time_last(build: Build) -> None:
    def asking(**more: object) -> dict[str, Any]:
        wanted = [{"id": "a", "text": "x", "asked_of": ["records-office"]}]
        return {"kind": "letter", "senders": ["open-arcadia"], "requests": wanted, **more}

    events = {
        "2024-07-01-letter-b": asking(),
        "2024-08-01-letter-c": asking(),
        "undated-letter-d": asking(dated="unknown"),
        "2024-09-01-letter-told": {"kind": "letter", "senders": ["open-arcadia"], "answers": [
            {"request": "2024-08-01-letter-c#a", "answer": "none", "of": ["records-office"]}]},
    }  # fmt: skip
    doings = told(build(events), "records-office").doings
    assert [("b", "unanswered"), ("c", "silent"), ("d", "unanswered")] == [
        (each.request[-3:-2], each.ask.lines[0].outcome) for each in doings.left_open
    ]
    assert None is doings.left_open[2].days
    assert [ASK] == [each.request.split("/")[1].split("#")[0] for each in doings.answered]
    text = printed(told(build(events), "records-office"))
    assert text.index("letter-b#a") < text.index("letter-c#a") < text.index("letter-d#a")
    assert "unanswered: nothing is recorded, which does not mean that nothing was done" in text


def test_what_parts_did_stands_under_the_whole_by_the_parts_name_and_only_once(build: Build) -> None:
    file = told(build(), GOVERNMENT)
    assert [] == roles(file.doings.did)
    (part,) = file.parts
    assert ("records-office", "Records Office", [(REPLY, ("sender", "answers"))]) == (
        part.party, part.name, roles(part.did)
    )  # fmt: skip
    assert [f"arcadia-2023/{ASK}#publish"] == [each.request for each in file.doings.was_asked]
    assert () == part.was_asked
    assert "\nThrough its parts\n  Records Office\n  records-office\n    What it did\n" in printed(file)


def test_parts_of_parts_are_parts_whatever_the_circle(build: Build) -> None:
    parties = {
        "records-office": {"part_of": [GOVERNMENT, "registry"]},
        "registry": {"name": "Registry", "classification": "government", "part_of": ["records-office"]},
    }
    assert ["records-office", "registry"] == [each.party for each in told(build({}, parties), GOVERNMENT).parts]


def test_offices_outlive_their_holders_and_names_stay_as_printed(build: Build) -> None:
    first = {"kind": "letter", "senders": [{"party": "records-office", "as_named": "The Office", "office": "Chair"}],
             "signed_by": [{"name": "Ana Prima", "office": "Registrar", "for": "records-office"}]}  # fmt: skip
    then = {**first, "signed_by": [{"name": "Bela Secunda", "office": "Registrar", "for": "records-office"},
                                   {"name": "Cees Tertius"}]}  # fmt: skip
    file = told(build({"2024-07-01-letter-a": first, "2025-07-01-letter-b": then}), "records-office")
    assert [("2024-07-01", "Ana Prima", "Registrar"), ("2025-07-01", "Bela Secunda", "Registrar")] == [
        (each.dated, each.name, each.office) for each in file.doings.signed
    ]
    deed = file.doings.did[-1]
    assert (("The Office",), ("Chair",), ["Bela Secunda", "Cees Tertius"]) == (
        deed.as_named, deed.offices, [each.name for each in deed.signed]
    )  # fmt: skip
    assert "sender, as “The Office”, Chair\n                 signed by Bela Secunda, Registrar\n" in printed(file)


def test_a_milestone_is_a_promise_and_no_request_of_its_own(build: Build) -> None:
    promise = {"kind": "commitment", "lead": ["records-office"], "milestones": [{"id": "a", "text": "x"}]}
    doings = told(build({"2024-09-01-commitment": promise}), "records-office").doings
    assert () == doings.asked
    assert [True] == [each.promised for each in doings.left_open]
    assert ("2024-09-01-commitment", ("lead",)) == roles(doings.did)[-1]


def test_a_duty_of_the_policy_is_asked_by_nobody(build: Build) -> None:
    duties = [each for each in told(build(), "ogp-support-unit").doings.was_asked if each.ask.duty]
    assert {()} == {each.by for each in duties}
    assert "a duty of the policy" in printed(told(build(), "ogp-support-unit"))


def test_several_cases_are_told_in_the_order_of_time(build: Build) -> None:
    one = build()
    two = CaseFile("arcadia-2025", one.header, build({CONCERN: {"dated": "2023-05-01"}}).events, one.registry)
    file = party_file(one.registry, [one, two], one.registry.parties["open-arcadia"], LATER)
    assert [("arcadia-2023", "2023-02-01"), ("arcadia-2025", "2023-02-01"), ("arcadia-2023", "2023-04-10"),
            ("arcadia-2025", "2023-05-01")] == [
                (each.case, each.event.dated.text) for each in file.doings.did
            ]  # fmt: skip
    subject = party_file(one.registry, [one, two], one.registry.parties[GOVERNMENT], LATER).subject_of
    assert ["arcadia-2023", "arcadia-2025"] == [each.case for each in subject]


def test_a_party_can_be_shown_where_there_is_no_case(build: Build) -> None:
    registry = build().registry
    file = party_file(registry, [], registry.parties["open-arcadia"], Reader(date(2026, 1, 1), "es"))
    assert ("Arcadia Abierta", True) == (file.record.title, file.doings.empty)
    assert "no record names it" in printed(file)


def test_as_of_a_day_later_things_are_absent_and_open_ones_open(build: Build) -> None:
    doings = told(build(), "open-arcadia", Reader(date(2023, 3, 1))).doings
    assert [(ASK, ("sender",))] == roles(doings.did)
    assert [("unanswered", True)] == [(each.ask.lines[0].outcome, each.open) for each in doings.asked]


def test_what_has_perhaps_happened_is_marked(build: Build) -> None:
    case = build({REPLY: {"dated": "2023-08"}})
    reader = Reader(date(2023, 8, 15))
    file = told(case, "records-office", reader)
    assert [False] == [each.certain for each in file.doings.did]
    assert [("refused", True)] == [(each.ask.lines[0].outcome, each.open) for each in file.doings.was_asked]
    assert "perhaps: " in (text := printed(file, reader))
    assert "perhaps: going by its date it may have happened by then, or not" in text


WORDS = st.lists(st.sampled_from(["the", "字幕", "x" * 90, "e\u0301tat", "→"]), min_size=1, max_size=8).map(" ".join)
DATES = st.sampled_from(["2017", "2018-02-03", "[..2019-01-01]", "unknown", "2018-03/2019", "20XX"])


@settings(
    deadline=None,
    max_examples=examples(20, 40),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(WORDS, st.tuples(DATES, DATES), st.sampled_from([40, 80, 120]), st.dates(date(2016, 1, 1), date(2026, 1, 1)))
def test_every_party_fits_its_page_whatever_is_unknown(
    build: Build, words: str, dates: tuple[str, str], width: int, day: date
) -> None:
    asked, answered = dates
    case = build(
        {ASK: {"title": words, "dated": asked}, REPLY: {"dated": answered}}, {"records-office": {"name": words}}
    )
    for party in case.registry.parties:
        for known_by in (None, day):
            file = told(case, party, Reader(day, known_by=known_by))
            for each in map(plain, party_lines(file, Page(width))):
                assert cells(each) <= width or " " not in each.strip(), each


def test_a_registry_that_no_case_uses_is_no_hindrance(build: Build) -> None:
    case = build()
    lone = Registry({"open-arcadia": case.registry.parties["open-arcadia"]})
    assert [ASK, CONCERN] == [each.reference.partition("/")[2] for each in party_file(
        lone, [case], lone.parties["open-arcadia"], LATER).doings.did]  # fmt: skip
