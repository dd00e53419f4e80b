"""Whether something came in time: late only where that is certain, and nothing said where the term is not known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.ledger import Ask, AskedLine, DaySpan, asks_of
from ogpcase.ledger.terms import NOT_KNOWN, between, timing_of_answer, timing_of_silence, timing_while_open
from ogpcase.model.as_of import When
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.dates import Days

WHOLES = {"ministry": "government", "archive": "government"}
HEADER = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017", "subject": "government",
          "country": "XA", "language": "en"}  # fmt: skip
Values = dict[str, Any]


def registry() -> Registry:
    parties = {}
    for name in ("government", "ministry", "archive", "open-arcadia"):
        part = {"part_of": [WHOLES[name]]} if name in WHOLES else {}
        party = bind_party({"name": name.title(), "classification": "other", **part}, name, "f").record
        assert party is not None
        parties[name] = party
    return Registry(parties)


def case(*events: Values) -> CaseFile:
    bound = []
    for values in events:
        fields = {"kind": "letter", "title": values["id"], **{key: each for key, each in values.items() if key != "id"}}
        result = bind_event(fields, values["id"], "f")
        assert () == result.problems
        assert result.record is not None
        bound.append(result.record)
    return assemble("arcadia-2023", bind_header(HEADER, "arcadia-2023", "f").record, tuple(bound), registry())


def ask(due: str | None = "2023-03-10", *asked: str, dated: str = "2023-02-01") -> Values:
    request = {"id": "publish", "text": "Publish", "asked_of": list(asked or ("government",))}
    return {"id": "ask", "dated": dated, "requests": [{**request, **({"due": due} if due else {})}]}


def answer(said: str, dated: str, *of: str, paper: str = "answer", by: str = "") -> Values:
    """A paper of those whose answer it is, else of the government; another's where it tells of silence."""
    told = {"request": "ask#publish", "answer": said, **({"of": list(of)} if of else {})}
    senders = [by] if by else ["open-arcadia"] if said == "none" else list(of or ("government",))
    return {"id": paper, "dated": dated, "senders": senders, "answers": [told]}


CONCERN = {"id": "concern", "kind": "concern", "dated": "2023-01-01", "moves_to": ["initial_review"]}


def end(dated: str, **fields: object) -> Values:
    return {"id": "end", "dated": dated, "moves_to": ["ineligible"], **fields}


def day(text: str) -> date:
    return date.fromisoformat(text)


def the_ask(whole: CaseFile, on: When) -> Ask:
    return next(each for each in asks_of(whole, on) if each.item == "publish")


def line(whole: CaseFile, on: str | None, party: str = "government") -> AskedLine:
    asked = the_ask(whole, day(on) if on else None)
    return next(each for each in asked.lines if each.party == party)


def told(whole: CaseFile, on: str | None) -> str:
    """The timing in short: its word, and the days where there are some."""
    timing = line(whole, on).timing
    if timing.days is None:
        return timing.word
    days = timing.days
    return f"{timing.word} {days.fewest}" if days.certain else f"{timing.word} {days.fewest}-{days.most}"


NOTHING = None
TABLE: dict[tuple[str | None, str | None], list[str]] = {
    # (limit, answer): on 2023-03-09, on 2023-03-10, on 2023-03-11, on 2023-04-30
    ("2023-03-10", NOTHING): ["running 1", "running 0", "due_passed 1", "due_passed 51"],
    ("2023-03-10", "2023-03-09"): ["on_time"] * 4,
    ("2023-03-10", "2023-03-10"): ["running 1", "on_time", "on_time", "on_time"],
    ("2023-03-10", "2023-03-11"): ["running 1", "running 0", "late 1", "late 1"],
    ("2023-03-10", "2023-03-20"): ["running 1", "running 0", "due_passed 1", "late 10"],
    ("2023-03-10", "2023-03"): ["possibly_late"] * 4,
    ("2023-03-10", "2023-02"): ["on_time"] * 4,
    ("2023-03-10", "2023-04"): ["running 1", "running 0", "due_passed 1", "late 22-51"],
    ("2023-03-10", "2023-03-05?"): ["possibly_late"] * 4,
    ("2023-03-10", "[..2023-03-05]"): ["on_time"] * 4,
    ("2023-03-10", "[2023-03-05..]"): ["possibly_late"] * 4,
    ("2023-03-10", "2023-03-08/2023-04"): ["on_time"] * 4,
    ("2023-03-10", "unknown"): ["unknown"] * 4,
    ("2023-03", NOTHING): ["running 22", "running 21", "running 20", "due_passed 30"],
    ("2023-03", "2023-03-01"): ["on_time"] * 4,
    ("2023-03", "2023-03-31"): ["running 22", "running 21", "running 20", "on_time"],
    ("2023-03", "2023-03"): ["possibly_late"] * 3 + ["on_time"],
    ("2023-03", "2023-04-02"): ["running 22", "running 21", "running 20", "late 2"],
    ("2023-03-XX", NOTHING): ["possibly_late", "possibly_late", "possibly_late", "due_passed 30-60"],
    ("2023", "2023-04-02"): ["running 297", "running 296", "running 295", "on_time"],
    ("2023-04", NOTHING): ["running 52", "running 51", "running 50", "running 0"],
    ("[..2023-03-10]", NOTHING): ["possibly_late"] * 2 + ["due_passed 1-None", "due_passed 51-None"],
    ("[..2023-03-10]", "2023-03-09"): ["possibly_late"] * 4,
    ("[2023-03-10..]", NOTHING): ["running 1-None", "running 0-None", "possibly_late", "possibly_late"],
    ("[2023-03-10..]", "2023-03-09"): ["on_time"] * 4,
    ("[2023-03-10..]", "2023-04-02"): ["running 1-None", "running 0-None", "possibly_late", "possibly_late"],
    ("2023-03-10~", NOTHING): ["possibly_late"] * 4,
    ("2023-03-10~", "2023-03-09"): ["possibly_late"] * 4,
    ("2023-03-01/2023-03-10", NOTHING): ["running 1", "running 0", "due_passed 1", "due_passed 51"],
    ("unknown", NOTHING): ["unknown"] * 4,
    ("unknown", "2023-03-09"): ["unknown"] * 4,
    (None, NOTHING): ["no_limit"] * 4,
    (None, "2023-03-09"): ["no_limit"] * 4,
}
DAYS = ("2023-03-09", "2023-03-10", "2023-03-11", "2023-04-30")


@pytest.mark.parametrize(("due", "answered"), TABLE)
def test_timing_by_limit_answer_and_day(due: str | None, answered: str | None) -> None:
    """The last day itself is in time; a term has passed from the day after it."""
    whole = case(ask(due), *([answer("met", answered)] if answered else []))
    assert TABLE[due, answered] == [told(whole, on) for on in DAYS]


@pytest.mark.parametrize("said", ["met", "partly_met", "refused"])
def test_whatever_the_answer_it_is_in_time_or_late_alike(said: str) -> None:
    assert ["on_time", "late 1"] == [
        told(case(ask(), answer(said, dated)), "2023-04-30") for dated in ("2023-03-10", "2023-03-11")
    ]


@pytest.mark.parametrize("said", ["acknowledged", "unknown"])
def test_what_is_no_answer_leaves_the_term_running(said: str) -> None:
    whole = case(ask(), answer(said, "2023-02-20", "government"))
    assert ["running 1", "running 0", "due_passed 1", "due_passed 51"] == [told(whole, on) for on in DAYS]


def test_at_no_day_in_particular_nobody_can_say_how_an_open_term_stands() -> None:
    assert ["unknown", "no_limit"] == [told(case(ask(due)), None) for due in ("2023-03-10", None)]
    assert "late 1" == told(case(ask(), answer("met", "2023-03-11")), None)


@pytest.mark.parametrize(
    ("attested", "expected"),
    [
        ("2023-03-09", ["running 1", "running 0", "due_passed 1", "due_passed 51"]),
        ("2023-03-10", ["running 1", "running 0", "due_passed 1", "due_passed 51"]),
        ("2023-03-11", ["running 1", "running 0", "late 1", "late 1"]),
        ("2023-03", ["running 1", "running 0", "due_passed 1", "due_passed 51"]),
        ("2023-04", ["running 1", "running 0", "due_passed 1", "late 22-51"]),
        ("unknown", ["running 1", "running 0", "due_passed 1", "due_passed 51"]),
        ("2023-03-11?", ["running 1", "running 0", "due_passed 1", "due_passed 51"]),
    ],
)
def test_silence_is_late_once_it_is_attested_past_the_last_day(attested: str, expected: list[str]) -> None:
    whole = case(ask(), answer("none", attested, "government"))
    assert expected == [told(whole, on) for on in DAYS]


@pytest.mark.parametrize(
    ("told_on", "expected"),
    [("2023-03-09", "running 1"), ("2023-03-20", "due_passed 10"), ("2023-03", "possibly_late")],
)
def test_what_was_not_met_is_judged_on_the_day_of_the_source(told_on: str, expected: str) -> None:
    whole = case(ask(), answer("not_met", told_on, "government", by="open-arcadia"))
    assert expected == told(whole, "2023-06-01")
    found = line(whole, "2023-06-01")
    assert ("not_met", None, None) == (found.outcome, found.after, found.open_for)


def test_what_was_met_after_a_source_said_it_was_not_is_met() -> None:
    said = answer("not_met", "2023-03-20", "government", by="open-arcadia")
    whole = case(ask(), said, answer("met", "2023-04-01", paper="late"))
    assert ["not_met", "met"] == [line(whole, on).outcome for on in ("2023-03-31", "2023-04-01")]


def test_silence_lasts_as_long_as_it_is_attested_and_what_is_open_longer_is_open() -> None:
    first, again = answer("none", "2023-02-11", "government"), answer("none", "2023-03-03", "government", paper="again")
    found = line(case(ask(), first, again), "2023-06-01")
    assert ("silent", Days(30, 30), Days(120, 120)) == (found.outcome, found.silent_for, found.open_for)
    assert None is line(case(ask()), "2023-06-01").silent_for
    answered = line(case(ask(), first, answer("met", "2023-04-01", paper="late")), "2023-06-01")
    assert ("met", None) == (answered.outcome, answered.silent_for)


def test_an_answer_after_silence_counts_from_its_own_day() -> None:
    whole = case(ask(), answer("none", "2023-03-20", "government"), answer("met", "2023-04-01", paper="late"))
    assert ["late 10", "late 22"] == [told(whole, on) for on in ("2023-03-31", "2023-04-01")]


def test_a_call_runs_and_then_has_ended_and_is_never_late() -> None:
    whole = case(ask("2023-03-10", "public"))
    found = [line(whole, on, "public").timing for on in DAYS]
    assert [("running", 1), ("running", 0), ("ended", 1), ("ended", 51)] == [
        (timing.word, timing.days and timing.days.fewest) for timing in found
    ]
    vague = line(case(ask("[2023-03-05..2023-03-20]", "public")), "2023-03-10", "public")
    assert ("unknown", None) == vague.timing


def test_that_it_was_met_told_once_more_does_not_make_it_late() -> None:
    for by in ("government", "open-arcadia"):
        again = answer("met", "2023-06-01", "government", paper="again", by=by)
        assert "on_time" == told(case(ask(), answer("met", "2023-03-05"), again), "2023-07-01")


def test_an_answer_that_another_tells_of_later_is_not_certainly_late() -> None:
    """The telling says that it came by then, not on that day; what tells itself, or what happened, is of its day."""
    told_of = answer("met", "2023-06-01", "government", by="open-arcadia")
    whole = case(ask(), told_of)
    assert "possibly_late" == told(whole, "2023-07-01")
    assert Days(0, 120, certain=False) == line(whole, "2023-07-01").after
    assert "on_time" == told(case(ask("2023-06-01"), told_of), "2023-07-01")
    too_early = line(case(ask(), answer("met", "2023-01-20", "government", by="open-arcadia")), "2023-07-01")
    assert ("met", None) == (too_early.outcome, too_early.after)
    assert "late 83" == told(case(ask(), answer("met", "2023-06-01", "government", by="ministry")), "2023-07-01")
    happened = {"id": "it", "kind": "development", "dated": "2023-06-01", "participants": ["open-arcadia"],
                "answers": told_of["answers"]}  # fmt: skip
    assert "late 83" == told(case(ask(), happened), "2023-07-01")


def test_what_all_parts_agree_on_came_when_the_last_of_them_did() -> None:
    whole = case(
        ask(),
        answer("acknowledged", "2023-02-10", "ministry", paper="first"),
        answer("met", "2023-03-05", "archive", paper="second"),
        answer("met", "2023-03-20", "ministry", paper="third"),
    )
    assert "late 10" == told(whole, "2023-07-01")


def test_parts_that_differ_have_each_their_own_time() -> None:
    whole = case(
        ask(),
        answer("met", "2023-03-05", "archive", paper="first"),
        answer("refused", "2023-03-20", "ministry", paper="second"),
    )
    government = line(whole, "2023-07-01")
    assert {"archive": "on_time", "ministry": "late"} == {part.party: part.timing.word for part in government.parts}
    assert government.timing.word not in {"on_time", "late"}


def test_who_was_not_asked_has_no_time() -> None:
    whole = case(ask(), answer("met", "2023-06-01", "open-arcadia"))
    assert ("met", "no_limit") == (
        line(whole, "2023-07-01", "open-arcadia").outcome,
        line(whole, "2023-07-01", "open-arcadia").timing.word,
    )


def test_each_of_several_asked_is_timed_apart() -> None:
    whole = case(
        ask("2023-03-10", "ministry", "archive", "government"),
        answer("met", "2023-03-10", "ministry", paper="first"),
        answer("met", "2023-03-12", "archive", paper="second"),
    )
    lines = the_ask(whole, day("2023-03-12")).lines
    assert {"ministry": "on_time", "archive": "late"} == {
        each.party: each.timing.word for each in lines if each.party != "government"
    }


@pytest.mark.parametrize(
    ("ended", "expected", "open_for"),
    [
        ("2023-03-09", "running 1", Days(36, 36)),
        ("2023-03-10", "running 0", Days(37, 37)),
        ("2023-03-11", "due_passed 1", Days(38, 38)),
        ("2023-03", "possibly_late", Days(28, 58, certain=False)),
        ("2023-04", "due_passed 22-51", Days(59, 88, certain=False)),
    ],
)
def test_what_is_open_when_the_case_ends_is_judged_at_its_end(ended: str, expected: str, open_for: Days) -> None:
    """The same on every later day, and as exact as the date of the end."""
    whole = case(CONCERN, ask(), end(ended))
    for on in ("2023-05-01", "2033-05-01"):
        assert expected == told(whole, on)
        assert the_ask(whole, day(on)).at_end
        assert open_for == line(whole, on).open_for


def test_before_the_end_it_is_judged_on_the_day_asked() -> None:
    whole = case(CONCERN, ask(), end("2023-03-20"))
    assert ["due_passed 9", "due_passed 10", "due_passed 10"] == [
        told(whole, f"2023-03-{number}") for number in (19, 20, 21)
    ]
    assert [False, True, True] == [the_ask(whole, day(f"2023-03-{number}")).at_end for number in (19, 20, 21)]


def test_a_merely_possible_end_ends_nothing() -> None:
    for dated in ("unknown", "[2023-02-20..]"):
        whole = case(CONCERN, ask(), end(dated))
        assert "due_passed 51" == told(whole, "2023-04-30")
        assert not the_ask(whole, day("2023-04-30")).at_end


@pytest.mark.parametrize(("ended", "expected"), [("2023-02", "possibly_late"), ("2023-03-11?", "possibly_late")])
def test_an_end_that_may_have_come_before_the_request_is_told_as_no_end(ended: str, expected: str) -> None:
    """The request is judged on a day between the end and the reader's."""
    whole = case(CONCERN, ask(), end(ended))
    assert not the_ask(whole, day("2024-05-01")).at_end
    assert expected == told(whole, "2024-05-01")


def test_an_end_that_may_have_come_after_the_request_is_not_taken_to_have_come_before_it() -> None:
    """It ended on 2023-03-05, and the term still ran; that the day is not known does not let the term pass."""
    exact, vague = (line(case({**CONCERN, "dated": "2022"}, ask(), end(each)), "2024-05-01").timing.word
                    for each in ("2023-03-05", "2023"))  # fmt: skip
    assert ("running", "possibly_late") == (exact, vague)


def test_what_the_closing_paper_or_a_later_one_asks_is_not_open_at_the_end() -> None:
    asked = ask("2023-06-01")
    by_the_end = case(CONCERN, end("2023-03-20", requests=asked["requests"]))
    after_it = case(CONCERN, end("2023-03-20"), ask("2023-06-01", dated="2023-03-21"))
    for whole in (by_the_end, after_it):
        assert "due_passed 30" == told(whole, "2023-07-01")
        assert not the_ask(whole, day("2023-07-01")).at_end


def test_what_was_answered_before_or_after_the_end_is_not_open_at_it() -> None:
    for answered, word in {"2023-03-05": "on_time", "2023-03-25": "late 15"}.items():
        whole = case(CONCERN, ask(), end("2023-03-20"), answer("met", answered))
        assert word == told(whole, "2023-04-30")
        assert not the_ask(whole, day("2023-04-30")).at_end


def test_what_was_only_perhaps_answered_is_perhaps_open_at_the_end() -> None:
    asked = the_ask(case(CONCERN, ask(), end("2023-03-20"), answer("met", "unknown")), day("2023-04-30"))
    assert (True, None) == (asked.at_end, asked.open)
    assert ("met", False) == (asked.lines[0].outcome, asked.lines[0].certain)


def test_a_silence_that_outlasts_the_case_is_judged_on_the_day_it_is_attested() -> None:
    whole = case(CONCERN, ask("2023-06-01"), end("2023-03-20"), answer("none", "2023-07-01", "government"))
    assert "late 30" == told(whole, "2023-08-01")


def test_an_end_that_was_left_again_ends_nothing() -> None:
    again = {"id": "again", "dated": "2023-04-01", "moves_to": ["under_review"]}
    whole = case(CONCERN, ask(), end("2023-03-20"), again)
    assert ["due_passed 10", "due_passed 22"] == [told(whole, on) for on in ("2023-03-31", "2023-04-01")]


def test_what_was_perhaps_asked_after_the_end_is_not_judged_at_it() -> None:
    """Asked on 2023-04-01 the term has passed; that its day is not known does not make it run."""
    exact, vague = (
        case(CONCERN, ask("2023-06-01", dated=dated), end("2023-03-20")) for dated in ("2023-04-01", "2023")
    )
    assert "due_passed" == line(exact, "2024-01-01").timing.word
    assert "running" != line(vague, "2024-01-01").timing.word


def test_how_long_it_took_or_has_been_open() -> None:
    """One of the two, never both; of silence and receipt how long it has been open."""
    answered = line(case(ask(), answer("refused", "2023-03-05")), "2023-04-30")
    assert (Days(32, 32), None) == (answered.after, answered.open_for)
    for said in ("none", "acknowledged", "unknown"):
        still = line(case(ask(), answer(said, "2023-03-05", "government")), "2023-04-30")
        assert (None, Days(88, 88)) == (still.after, still.open_for)
    vague = line(case(ask(dated="2023-02"), answer("met", "2023-03")), "2023-04-30")
    assert Days(1, 58, certain=False) == vague.after
    for dated in ("unknown", "2023-03"):
        undated = line(case(ask(dated="unknown"), answer("met", dated)), "2023-04-30")
        assert (None, None) == (undated.after, undated.open_for)


def test_an_answer_before_the_ask_has_no_number_that_cannot_be() -> None:
    took = line(case(ask(), answer("met", "2023-01-20")), "2023-04-30").after
    assert took is None


SPANS = st.builds(
    lambda first, length, low, high, firm: DaySpan(
        first if low else None, first + timedelta(length) if high else None, firm
    ),
    st.dates(date(2023, 3, 1), date(2023, 3, 20)),
    st.sampled_from([0, 0, 1, 5]),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([True, True, True, False]),
    st.sampled_from([True, True, False]),
)
CERTAIN = {"on_time", "late", "running", "due_passed"}


@given(SPANS, SPANS, SPANS)
def test_a_certain_word_rests_on_firm_days_alone(limit: DaySpan, came: DaySpan, judged: DaySpan) -> None:
    timings = [timing_of_answer(limit, came), timing_of_silence(limit, came, judged), timing_while_open(limit, judged)]
    for timing in timings:
        assert timing.word not in CERTAIN or limit.firm
        assert timing.word not in {"unknown", "no_limit"}
    assert (timings[0].word == "late") is came.certainly_after(limit)
    assert (timings[1].word == "late") is came.certainly_after(limit)
    assert (timings[2].word == "due_passed") is judged.certainly_after(limit)
    assert (timings[2].word == "running") is judged.certainly_by(limit)


@given(SPANS, SPANS)
def test_days_of_a_timing_are_never_negative_and_never_fewer_than_they_must_be(limit: DaySpan, came: DaySpan) -> None:
    for timing in (timing_of_answer(limit, came), timing_while_open(limit, came)):
        days = timing.days
        if days is not None:
            assert days.fewest is not None
            assert days.fewest >= (timing.word in {"late", "due_passed"})
            assert days.most is None or days.fewest <= days.most
            assert not days.certain or days.fewest == days.most


@given(SPANS, SPANS)
def test_the_days_between_hold_every_pair_of_days_they_may_be(one: DaySpan, other: DaySpan) -> None:
    """Where the first may have come first; what must have been the other way round is no stretch of time."""
    found = between(one, other)
    if found is None:
        assert one.earliest is not None
        assert other.latest is not None
        assert other.latest < one.earliest
        return
    ends = [(a, b) for a in (one.earliest, one.latest) for b in (other.earliest, other.latest) if a and b and a <= b]
    for first, last in ends:
        days = (last - first).days
        assert found.fewest is None or found.fewest <= days
        assert found.most is None or days <= found.most


@given(SPANS)
def test_nothing_is_known_of_what_has_no_day(limit: DaySpan) -> None:
    assert NOT_KNOWN == timing_of_answer(limit, None)
    assert NOT_KNOWN == timing_of_silence(limit, None, None)
    assert NOT_KNOWN == timing_while_open(limit, None)


def test_a_term_that_outlasts_the_calendar_runs() -> None:
    """Its last day is later than any day that can be asked for."""
    asked = ask(None)
    asked["requests"][0]["within"] = {"years": 8000}
    assert "running" == told(case(asked), "2023-04-30").split()[0]


def test_a_term_up_to_the_open_end_of_an_interval_runs_at_least_until_its_start() -> None:
    assert "running" == told(case(ask("2023-10/..")), "2023-04-30").split()[0]
