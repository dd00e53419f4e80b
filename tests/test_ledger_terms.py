"""By when an answer is in time: named, counted from papers and from other requests, extended and brought forward."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ogpcase.ledger import Ask, AskedLine, Limit, asks_of
from ogpcase.model.as_of import Moment, When
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.policy.lifecycle import standing

WHOLES = {"ministry": "government", "archive": "government"}
HEADER = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017", "subject": "government",
          "country": "XA", "language": "en"}  # fmt: skip
LATER = date(2026, 1, 1)
Values = dict[str, Any]


def registry() -> Registry:
    parties = {}
    for name in ("government", "ministry", "archive", "open-arcadia", "support-unit"):
        values: Values = {"name": name.title(), "classification": "other"}
        values |= {"part_of": [WHOLES[name]]} if name in WHOLES else {}
        values |= {"classification": "ogp_body", "body": "support_unit"} if name == "support-unit" else {}
        party = bind_party(values, name, "f").record
        assert party is not None
        parties[name] = party
    return Registry(parties)


def case(*events: Values, case_id: str = "arcadia-2023", beside: CaseFile | None = None) -> CaseFile:
    """A case of these events, each a letter unless it says otherwise."""
    bound = []
    for values in events:
        fields = {"kind": "letter", "title": values["id"], **{key: each for key, each in values.items() if key != "id"}}
        result = bind_event(fields, values["id"], "f")
        assert () == result.problems
        assert result.record is not None
        bound.append(result.record)
    whole = assemble(case_id, bind_header(HEADER, case_id, "f").record, tuple(bound), registry())
    return replace(whole, beside={beside.id: beside}) if beside else whole


def request(item: str, *asked: str, **fields: object) -> Values:
    return {"id": item, "text": f"Do {item}", "asked_of": list(asked or ("government",)), **fields}


def asking(item: str, *asked: str, dated: str = "2023-02-10", paper: Values | None = None, **fields: object) -> Values:
    """A paper of its own for one request: `paper` are the paper's fields, the others are the request's."""
    whole = request(item, *asked, **fields)
    return {"id": f"{dated[:10].strip('[]./')}-letter-{item}", "dated": dated, "requests": [whole], **(paper or {})}


def said(asked: Values, answer: str, dated: str, *of: str, **fields: object) -> Values:
    """A paper that tells what came back on the only request of another."""
    reference = f"{asked['id']}#{asked['requests'][0]['id']}"
    told = {"request": reference, "answer": answer, "of": list(of or ("government",)), **fields}
    return {"id": f"{dated[:10].strip('[]./')}-letter-{answer.replace('_', '-')}", "dated": dated, "answers": [told]}


def the_ask(whole: CaseFile, item: str, on: When = LATER) -> Ask:
    return next(ask for ask in asks_of(whole, on) if ask.item == item)


def line_of(whole: CaseFile, item: str, party: str, on: When = LATER) -> AskedLine:
    return next(line for line in the_ask(whole, item, on).lines if line.party == party)


def last_day(limit: Limit | None) -> str | None:
    """The last day as text; why it is not known where it is not."""
    if limit is None:
        return None
    return limit.day.text if limit.day else f"no {limit.not_known}"


def term(whole: CaseFile, item: str = "publish", on: When = LATER) -> str | None:
    """The last day of a request, the same for the request and for everybody asked, and for each in the ledger."""
    ask = the_ask(whole, item, on)
    found = {last_day(ask.limit), *(last_day(line.limit) for line in ask.lines if line.asked)}
    assert 1 == len(found)
    return found.pop()


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2023-03-01", "2023-03-01"),
        ("2023-03", "2023-03-31"),
        ("2023-03-01?", "2023-03-01?"),
        ("2023-03/2023-04-15", "2023-04-15"),
        ("[..2023-04-15]", "[..2023-04-15]"),
        ("unknown", "no day"),
    ],
)
def test_a_named_day_is_the_last_and_of_what_lasts_the_end(due: str, expected: str) -> None:
    assert expected == term(case(asking("publish", due=due)))


def test_without_a_term_there_is_no_limit() -> None:
    assert term(case(asking("publish"))) is None


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        ({"days": 30}, "2024-03-01"),
        ({"days": 0}, "2024-01-31"),
        ({"weeks": 2}, "2024-02-14"),
        ({"months": 1}, "2024-02-29"),
        ({"months": 18}, "2025-07-31"),
        ({"years": 1}, "2025-01-31"),
        ({"days": 30, "from": "dated"}, "2024-03-01"),
        ({"days": 30, "from": "received"}, "2024-03-07"),
        ({"days": 30, "from": "published"}, "[2024-03-02..2024-03-30]"),
    ],
)
def test_a_term_counts_from_its_own_paper_unless_another_is_named(within: Values, expected: str) -> None:
    paper = {"received": "2024-02-06", "published": "2024-02"}
    own = asking("publish", dated="2024-01-31", within=within, paper=paper)
    assert expected == term(case(own))
    named = {**within, "after": own["id"]}
    assert expected == term(case({**own, "requests": [request("other")]}, asking("publish", within=named)))


def test_a_receipt_that_nobody_recorded_starts_nothing() -> None:
    for paper in ({}, {"received": "unknown"}):
        whole = case(asking("publish", within={"days": 30, "from": "received"}, paper=paper))
        assert "no start" == term(whole)
        assert term(case(asking("publish", within={"days": 30, "from": "published"}, paper=paper))) == "no start"


def test_a_receipt_after_the_readers_day_starts_nothing_yet() -> None:
    whole = case(asking("publish", within={"days": 30, "from": "received"}, paper={"received": "2023-03-01"}))
    assert "no start" == term(whole, on=date(2023, 2, 28))
    assert "2023-03-31" == term(whole, on=date(2023, 3, 1))


def test_a_day_that_may_not_have_come_yet_starts_nothing_for_sure() -> None:
    whole = case(asking("publish", within={"days": 1, "from": "received"}, paper={"received": "2023-03"}))
    told = {day: the_ask(whole, "publish", date.fromisoformat(day)).limit for day in ("2023-03-10", "2023-03-31")}
    assert [False, True] == [bool(each and each.day and each.day.firm) for each in told.values()]


def test_a_receipt_that_could_not_be_known_starts_nothing() -> None:
    paper = {"published": "2023-02-12", "received": "2023-06-01"}
    whole = case(asking("publish", within={"days": 30, "from": "received"}, paper=paper))
    assert "no start" == term(whole, on=Moment(LATER, date(2023, 3, 1)))


@pytest.mark.parametrize("after", ["2023-01-05-letter-nowhere", "2023-02-10-letter-publish#nothing", "borduria-2023/x"])
def test_what_is_not_recorded_starts_nothing(after: str) -> None:
    assert "no start" == term(case(asking("publish", within={"days": 30, "after": after})))


def test_an_event_of_a_later_day_starts_nothing_yet() -> None:
    later = {"id": "2023-05-01-letter", "dated": "2023-05-01"}
    whole = case(asking("publish", within={"days": 30, "after": later["id"]}), later)
    assert ["no start", "2023-05-31"] == [term(whole, on=date(2023, month, 1)) for month in (4, 5)]


@pytest.mark.parametrize(
    ("dated", "expected"),
    [
        ("2024-01", "[2024-02-01..2024-02-29]"),
        ("2024-01-31~", "2024-02-29?"),
        ("2024-01-30/2024-06-30", "2024-02-29"),
        ("[2024-01-31..]", "[2024-02-29..]"),
        ("[..2024-01-31]", "[..2024-02-29]"),
        ("unknown", "no start"),
    ],
)
def test_a_term_is_as_exact_as_its_start(dated: str, expected: str) -> None:
    start = {"id": "start", "dated": dated}
    assert expected == term(case(start, asking("publish", within={"months": 1, "after": "start"})), on=None)


def other_case(*events: Values) -> CaseFile:
    return case(*events, case_id="borduria-2022")


def test_a_term_runs_from_an_event_or_a_request_of_another_case() -> None:
    first = asking("first", dated="2022-05-01")
    beside = other_case(first, said(first, "met", "2023-03-05"))
    from_paper = asking("publish", within={"days": 10, "after": f"borduria-2022/{first['id']}"})
    from_ask = asking("publish", within={"days": 10, "after": f"borduria-2022/{first['id']}#first"})
    assert "2022-05-11" == term(case(from_paper, beside=beside))
    assert "2023-03-15" == term(case(from_ask, beside=beside))
    assert "no start" == term(case(from_ask, beside=beside), on=date(2023, 3, 4))
    assert "no start" == term(case(from_ask))


FIRST = asking("first", "ministry", "archive", dated="2023-01-05")
AFTER_FIRST = asking("publish", within={"days": 10, "after": f"{FIRST['id']}#first"})


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], "no start"),
        ([("met", "2023-03-01", "ministry")], "no start"),
        ([("met", "2023-03-01", "ministry"), ("met", "2023-03-05", "archive")], "2023-03-15"),
        ([("met", "2023-03-05", "ministry"), ("met", "2023-03-01", "archive")], "2023-03-15"),
        ([("met", "2023-03-01", "ministry", "archive")], "2023-03-11"),
        ([("met", "2023-03-01", "ministry"), ("partly_met", "2023-03-05", "archive")], "no start"),
        ([("met", "2023-03-01", "ministry"), ("refused", "2023-03-05", "archive")], "no start"),
        ([("met", "2023-03-01", "ministry"), ("acknowledged", "2023-03-05", "archive")], "no start"),
        ([("met", "2023-03-01", "ministry"), ("none", "2023-03-05", "archive")], "no start"),
        ([("met", "2023-03-01", "ministry"), ("met", "2023-03", "archive")], "[2023-03-11..2023-04-10]"),
        ([("met", "2023-03-01", "ministry"), ("met", "[..2023-03-05]", "archive")], "[2023-03-11..2023-03-15]"),
        ([("met", "2023-03-01", "ministry"), ("met", "unknown", "archive")], "no start"),
        ([("met", "2023-03-01", "open-arcadia")], "no start"),
        ([("met", "2023-03-01", "ministry", "archive"), ("none", "2023-04-01", "archive")], "no start"),
    ],
)
def test_after_a_request_the_term_runs_from_the_day_it_was_met_by_all(
    answers: list[tuple[str, ...]], expected: str
) -> None:
    papers = [
        {**said(FIRST, answer, dated, *of), "id": f"answer-{number}"}
        for number, (answer, dated, *of) in enumerate(answers)
    ]
    assert expected == term(case(FIRST, AFTER_FIRST, *papers))


def test_a_request_of_nobody_named_is_met_by_whoever_met_it() -> None:
    first = {**FIRST, "requests": [{"id": "first", "text": "Do it"}]}
    assert "no start" == term(case(first, AFTER_FIRST))
    assert "2023-03-11" == term(case(first, AFTER_FIRST, said(first, "met", "2023-03-01", "archive")))


def test_a_whole_has_met_what_all_its_recorded_parts_met() -> None:
    first = asking("first", dated="2023-01-05")
    one, other = said(first, "met", "2023-03-01", "ministry"), said(first, "met", "2023-03-05", "archive")
    assert "2023-03-15" == term(case(first, AFTER_FIRST, one, other))
    assert "no start" == term(case(first, AFTER_FIRST, one, said(first, "refused", "2023-03-05", "archive")))
    of_its_own = said(first, "met", "2023-03-03")
    assert "2023-03-13" == term(case(first, AFTER_FIRST, one, {**of_its_own, "id": "own"}, other))


def test_what_is_perhaps_met_gives_no_firm_start() -> None:
    first = asking("first", dated="2023-01-05")
    whole = case(first, AFTER_FIRST, said(first, "met", "2023-03"))
    during = the_ask(whole, "publish", date(2023, 3, 10)).limit
    assert during is not None
    assert during.day is not None
    assert not during.day.firm
    assert "[2023-03-11..2023-04-10]" == term(whole, on=date(2023, 3, 31))
    refusal = {**said(first, "refused", "2023"), "id": "refusal"}  # which came first is open
    doubted = the_ask(case(first, AFTER_FIRST, said(first, "met", "2023-03-05"), refusal), "publish").limit
    assert doubted is not None
    assert doubted.day is not None
    assert not doubted.day.firm


def test_what_is_not_yet_met_on_the_day_asked_starts_nothing_yet() -> None:
    first = asking("first", dated="2023-01-05")
    whole = case(first, AFTER_FIRST, said(first, "met", "2023-03-05"))
    assert ["no start", "2023-03-15"] == [term(whole, on=date(2023, 3, day)) for day in (4, 5)]


def test_that_it_was_met_told_once_more_does_not_start_the_term_again() -> None:
    first = asking("first", dated="2023-01-05")
    again = {**said(first, "met", "2023-09-01"), "id": "again"}
    assert "2023-03-15" == term(case(first, AFTER_FIRST, said(first, "met", "2023-03-05"), again))


def test_a_term_runs_from_a_duty_that_was_met() -> None:
    concern = {"id": "concern", "kind": "concern", "dated": "2023-01-05", "filers": ["open-arcadia"],
               "moves_to": ["initial_review"]}  # fmt: skip
    told = {"request": "concern#acknowledge-filers", "answer": "met"}
    receipt = {"id": "receipt", "dated": "2023-01-09", "senders": ["support-unit"], "answers": [told]}
    publish = asking("publish", within={"days": 10, "after": "concern#acknowledge-filers"})
    assert "no start" == term(case(concern, publish))
    assert "2023-01-19" == term(case(concern, receipt, publish))


def chain(*met: str) -> CaseFile:
    """Three requests, each term after the one before was met, on the days given."""
    first = asking("first", dated="2023-01-05", within={"days": 30})
    second = asking("second", dated="2023-01-06", within={"months": 1, "after": f"{first['id']}#first"})
    third = asking("third", dated="2023-01-07", within={"weeks": 1, "after": f"{second['id']}#second"})
    answers = [
        {**said(each, "met", dated), "id": f"met-{number}"}
        for number, (each, dated) in enumerate(zip((first, second), met, strict=False))
    ]
    return case(first, second, third, *answers)


@pytest.mark.parametrize(
    ("met", "expected"),
    [
        ([], ["2023-02-04", "no start", "no start"]),
        (["2023-01-31"], ["2023-02-04", "2023-02-28", "no start"]),
        (["2023-01-31", "2023-02-20"], ["2023-02-04", "2023-02-28", "2023-02-27"]),
        (["unknown", "2023-02-20"], ["2023-02-04", "no start", "2023-02-27"]),
        (["2023-01-31", "2023-02"], ["2023-02-04", "2023-02-28", "[2023-02-08..2023-03-07]"]),
    ],
)
def test_terms_in_a_chain_each_wait_for_the_one_before(met: list[str], expected: list[str]) -> None:
    assert expected == [term(chain(*met), item) for item in ("first", "second", "third")]


def test_a_chain_whose_start_nobody_knows_has_no_day_and_no_timing() -> None:
    whole = chain()
    assert ["unknown", "unknown"] == [line_of(whole, item, "government").timing.word for item in ("second", "third")]


def test_terms_in_a_circle_never_begin() -> None:
    one = asking("publish", within={"days": 1, "after": "2023-02-10-letter-other#other"})
    other = asking("other", within={"days": 1, "after": "2023-02-10-letter-publish#publish"})
    itself = asking("itself", within={"days": 1, "after": "2023-02-10-letter-itself#itself"})
    whole = case(one, other, itself)
    assert ["no start"] * 3 == [term(whole, item) for item in ("publish", "other", "itself")]


PUBLISH = asking("publish", due="2023-03-01")


def extension(number: int, dated: str, new_due: str | None, *of: str) -> Values:
    paper = said(PUBLISH, "extended", dated, "government", **({"new_due": new_due} if new_due else {}))
    paper["answers"][0]["of"] = list(of)
    return {**paper, "id": f"extension-{number}", "senders": ["government"]}


@pytest.mark.parametrize(
    ("moves", "expected", "forward"),
    [
        ([("2023-02-20", "2023-06-01")], "2023-06-01", [False]),
        ([("2023-02-20", "2023-06-01"), ("2023-05-20", "2023-09")], "2023-09-30", [False, False]),
        ([("2023-02-20", "2023-06-01"), ("2023-05-20", None)], "no day", [False, False]),
        ([("2023-02-20", None)], "no day", [False]),
        ([("2023-02-20", None), ("2023-05-20", "2023-09-30")], "2023-09-30", [False, False]),
        ([("2023-02-20", "2023-02-25")], "2023-02-25", [True]),
        ([("2023-02-20", "2023-02")], "2023-02-28", [True]),
        ([("2023-02-20", "2023-02-25?")], "2023-02-25?", [False]),
        ([("2023-02-20", "2023")], "2023-12-31", [False]),
        ([("2023-02-20", "2023-06-01"), ("2023-02-21", "2023-05-01")], "2023-05-01", [False, True]),
        ([("2023-02-20", "unknown")], "no day", [False]),
    ],
)
def test_a_term_is_moved_as_often_as_it_is_told(
    moves: list[tuple[str, str | None]], expected: str, forward: list[bool]
) -> None:
    whole = case(PUBLISH, *(extension(number, *each) for number, each in enumerate(moves)))
    assert expected == term(whole)
    limit = the_ask(whole, "publish").limit
    assert limit is not None
    assert forward == [each.brought_forward for each in limit.moves]
    assert [to for _, to in moves] == [each.to.text if each.to else None for each in limit.moves]


def test_a_term_that_had_no_day_is_given_one_and_one_that_was_counted_keeps_how() -> None:
    for within in (None, {"days": 5, "from": "received"}):
        asked = asking("publish", within=within) if within else asking("publish")
        assert "2023-06-01" == term(case(asked, extension(0, "2023-02-20", "2023-06-01")))
    counted = case(asking("publish", within={"days": 5}), extension(0, "2023-02-20", "2023-06-01"))
    limit = the_ask(counted, "publish").limit
    assert limit is not None
    assert limit.counted is not None
    assert (5, "days") == (limit.counted.number, limit.counted.unit)


def test_an_extension_is_not_there_before_its_day() -> None:
    whole = case(PUBLISH, extension(0, "2023-02-20", "2023-06-01"))
    assert ["2023-03-01", "2023-06-01"] == [term(whole, on=date(2023, 2, day)) for day in (19, 20)]


def test_an_extension_of_one_party_alone_moves_its_term_and_its_parts_only() -> None:
    asked = asking("publish", "ministry", "archive", due="2023-03-01")
    whole = case(asked, extension(0, "2023-02-20", "2023-06-01", "archive"))
    assert ["2023-03-01", "2023-06-01"] == [
        last_day(line_of(whole, "publish", party).limit) for party in ("ministry", "archive")
    ]
    assert "2023-03-01" == last_day(the_ask(whole, "publish").limit)
    of_all = case(asked, extension(0, "2023-02-20", "2023-06-01", "government"))
    assert ["2023-06-01"] * 2 == [
        last_day(line_of(of_all, "publish", party).limit) for party in ("ministry", "archive")
    ]
    of_a_part = case(
        PUBLISH,
        extension(0, "2023-02-20", "2023-06-01", "archive"),
        said(PUBLISH, "refused", "2023-05-01", "archive"),
        said(PUBLISH, "met", "2023-04-01", "ministry"),
    )
    government = line_of(of_a_part, "publish", "government")
    assert "2023-03-01" == last_day(government.limit)
    assert {"archive": "2023-06-01", "ministry": "2023-03-01"} == {
        part.party: last_day(part.limit) for part in government.parts
    }


def test_an_extension_of_who_was_not_asked_moves_nothing() -> None:
    assert "2023-03-01" == term(case(PUBLISH, extension(0, "2023-02-20", "2023-06-01", "open-arcadia")))


def test_the_last_day_it_was_moved_to_does_not_hang_on_the_order_of_who_was_asked() -> None:
    moves = (extension(0, "2023-02-20", "2023-06-01"), extension(1, "2023-02-21", "2023-09-01", "ministry"))
    found = set()
    for names in (("ministry", "archive"), ("archive", "ministry")):
        ask = the_ask(case(asking("publish", *names, due="2023-03-01"), *moves), "publish")
        found.add(ask.extended_to.text if ask.extended_to else None)
    assert 1 == len(found)


@pytest.mark.parametrize(
    ("new_due", "expected"),
    [("2023-06-01", ("2023-03-01", "2023-06-01")), ("2023-02-25", ("2023-02-25", "2023-03-01")), (None, None)],
)
def test_a_merely_possible_extension_leaves_both_days(new_due: str | None, expected: tuple[str, str] | None) -> None:
    for dated in ("unknown", "[2023-02-20..]"):
        limit = the_ask(case(PUBLISH, extension(0, dated, new_due)), "publish").limit
        assert limit is not None
        if expected is None:
            assert (None, "day") == (limit.day, limit.not_known)
        else:
            assert limit.day is not None
            assert expected == (str(limit.day.earliest), str(limit.day.latest))
            assert not limit.day.firm


@pytest.mark.parametrize("other", ["2023", "2023-02", "2023-02-20", "2023-02-19?", "[2023-02-11..]", "unknown"])
def test_extensions_whose_order_is_open_leave_both_days(other: str) -> None:
    limit = the_ask(
        case(PUBLISH, extension(0, "2023-02-20", "2023-06-01"), extension(1, other, "2023-09-01")), "publish"
    ).limit
    assert limit is not None
    assert limit.day is not None
    assert (limit.day.latest, limit.day.firm) == (date(2023, 9, 1), False)


def test_an_extension_that_follows_another_by_the_records_is_the_last() -> None:
    """Whatever their dates leave open."""
    after = {**extension(1, "2023", "2023-09-01"), "follows": ["extension-0"]}
    assert "2023-09-01" == term(case(PUBLISH, extension(0, "2023-02-20", "2023-06-01"), after))


OVERTAKEN = {
    "before it ran out": ("2023-02-20", "running", 9),
    "on its last day": ("2023-03-01", "running", 0),
    "after it": ("2023-03-02", "due_passed", 1),
    "in the month in which it ran out": ("2023-03", "possibly_late", None),
}


@pytest.mark.parametrize("when", OVERTAKEN)
def test_the_timing_of_what_was_overtaken_is_that_of_the_day_it_was(when: str) -> None:
    """Not that of the day of whoever reads."""
    dated, word, days = OVERTAKEN[when]
    for on in (None, date(2023, 3, 31), LATER):
        line = line_of(case(PUBLISH, said(PUBLISH, "overtaken", dated)), "publish", "government", on)
        assert ("overtaken", word) == (line.outcome, line.timing.word)
        assert days == (line.timing.days.fewest if line.timing.days else None)


def test_who_was_not_asked_overtakes_the_request_of_everybody() -> None:
    told = {"request": f"{PUBLISH['id']}#publish", "answer": "overtaken"}
    asked = asking("publish", "ministry", "archive", due="2023-03-01")
    whole = case(asked, {"id": "over", "dated": "2023-02-20", "senders": ["open-arcadia"], "answers": [told]})
    assert [("ministry", "overtaken"), ("archive", "overtaken")] == [
        (line.party, line.outcome) for line in the_ask(whole, "publish").lines if line.asked
    ]


def test_what_follows_when_it_is_missed_is_told_and_never_applied() -> None:
    """The stage is what the moves give, whatever was missed."""
    concern = {"id": "concern", "kind": "concern", "dated": "2023-01-05", "moves_to": ["initial_review"]}
    missed = {"text": "It will end", "stage": "permanently_suspended"}
    whole = case(concern, asking("publish", due="2023-03-01", on_missed=missed))
    ask = the_ask(whole, "publish")
    assert ask.on_missed is not None
    assert "permanently_suspended" == ask.on_missed.stage
    assert "due_passed" == ask.lines[0].timing.word
    assert ("initial_review", None) == (standing(whole, LATER).stage, standing(whole, LATER).perhaps)
