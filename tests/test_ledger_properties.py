"""The ledger by its laws: what a day shows, what saying less can never make certain, and which numbers are right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.ledger import Ask, AskedLine, asks_of
from ogpcase.model.as_of import Moment
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import standing, steps

Values = dict[str, Any]
Records = dict[str, Values]
HEADER = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017", "subject": "government",
          "country": "XA", "language": "en"}  # fmt: skip
WHOLES = {"ministry": "government", "archive": "government"}


def registry() -> Registry:
    parties = {}
    for name in ("government", "ministry", "archive", "open-arcadia"):
        part = {"part_of": [WHOLES[name]]} if name in WHOLES else {}
        party = bind_party({"name": name.title(), "classification": "other", **part}, name, "f").record
        assert party is not None
        parties[name] = party
    return Registry(parties)


REGISTRY = registry()
HEAD = bind_header(HEADER, "arcadia-2023", "f").record


def built(records: Records) -> CaseFile:
    events = []
    for name, values in records.items():
        bound = bind_event({"kind": "letter", "title": name, **values}, name, "f")
        assert () == bound.problems
        assert bound.record is not None
        events.append(bound.record)
    return assemble("arcadia-2023", HEAD, tuple(events), REGISTRY)


DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
EXACT = DAYS.map(date.isoformat)


@st.composite
def vague(draw: st.DrawFn, day: date) -> str:
    """A date that says less of the day: it contains it, and is not sure or not exact."""
    text = day.isoformat()
    before, after = (day + timedelta(each) for each in (-draw(st.integers(0, 60)), draw(st.integers(1, 60))))
    return draw(
        st.sampled_from(
            [
                text[:7], text[:4], "202X", f"{text}?", f"{text[:7]}~", f"[{before}..{after}]", f"[..{after}]",
                f"[{before}..]", f"[{before},{text},{after}]", f"{text[:7]}/..", "unknown",
            ]
        )
    )  # fmt: skip


DATES = st.one_of(EXACT, EXACT, DAYS.flatmap(vague), st.just("2023-03/2023-09"))
PARTIES = st.lists(st.sampled_from(["government", "ministry", "archive"]), max_size=2, unique=True)
ITEMS = ("ask0#a", "ask0#b", "ask1#c")
OUTCOMES = st.sampled_from(["met", "met", "partly_met", "not_met", "refused", "acknowledged", "overtaken", "unknown"])
STAGES = st.sampled_from(["initial_review", "under_review", "report_adopted", "suspended"])
ENDS = st.sampled_from(["ineligible", "resolved", "closed_not_founded"])


@st.composite
def terms(draw: st.DrawFn) -> Values:
    """A term of any sort, or none."""
    unit = draw(st.sampled_from(["days", "weeks", "months", "years"]))
    counted: Values = {unit: draw(st.integers(0, 3 if unit == "years" else 9))}
    after = draw(st.sampled_from([None, None, "ask0", "answer0", "move0", *ITEMS]))
    source = draw(st.sampled_from([None, "dated", "received", "published"]))
    counted |= {"after": after} if after else {}
    counted |= {"from": source} if source else {}
    return draw(st.sampled_from([{}, {"due": draw(DATES)}, {"within": counted}, {"within": counted}]))


@st.composite
def answers(draw: st.DrawFn) -> Values:
    said: Values = {"request": draw(st.sampled_from(ITEMS)), "answer": draw(OUTCOMES), "of": draw(PARTIES)}
    if draw(st.integers(0, 5)) == 0:
        said |= {"answer": "none", "of": said["of"] or ["government"]}
    return said


@st.composite
def papers(draw: st.DrawFn, dates: st.SearchStrategy[str] = DATES) -> Values:
    """What every event has: its date, now and then when it was received and published."""
    found: Values = {"dated": draw(dates)}
    for name in ("received", "published"):
        found |= {name: draw(DATES)} if draw(st.integers(0, 3)) == 0 else {}
    return found


@st.composite
def cases(draw: st.DrawFn, *, ending: bool = True, dates: st.SearchStrategy[str] = DATES) -> Records:
    """Requests with terms, what came back on them, an extension, and moves; `dates` are those of asks and moves."""
    records: Records = {}
    for name, items in {"ask0": "ab", "ask1": "c"}.items():
        asked = [{"id": item, "text": item, "asked_of": draw(PARTIES), **draw(terms())} for item in items]
        records[name] = {**draw(papers(dates)), "senders": ["open-arcadia"], "requests": asked}
    for number in range(draw(st.integers(0, 4))):
        said = draw(st.lists(answers(), min_size=1, max_size=2, unique_by=lambda each: str(each["request"])))
        records[f"answer{number}"] = {**draw(papers()), "senders": draw(PARTIES), "answers": said}
    for number in range(draw(st.integers(0, 2))):
        moved = {"request": draw(st.sampled_from(ITEMS)), "answer": "extended", "of": draw(PARTIES),
                 "new_due": draw(DATES)}  # fmt: skip
        records[f"extension{number}"] = {**draw(papers()), "senders": draw(PARTIES), "answers": [moved]}
    for number in range(draw(st.integers(0, 2))):
        records[f"move{number}"] = {**draw(papers(dates)), "moves_to": [draw(STAGES)]}
    if ending and draw(st.booleans()):
        records["end"] = {**draw(papers()), "moves_to": [draw(ENDS)]}
    return records


def plain(value: object) -> object:
    """A value of the ledger in tuples, events by their ids, so that those of two cases compare."""
    if isinstance(value, Event):
        return value.id
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(plain(getattr(value, each.name)) for each in fields(value)))
    return value


def requests(case: CaseFile, on: date) -> tuple[Ask, ...]:
    return tuple(ask for ask in asks_of(case, on) if not ask.duty)


def all_lines(asks: tuple[Ask, ...]) -> Iterator[tuple[tuple[str, str | None], Ask, AskedLine]]:
    for ask in asks:
        for line in ask.lines:
            yield (f"{ask.event.id}#{ask.item}", line.party), ask, line


@given(cases(), DAYS)
@settings(max_examples=examples(16, 40))
def test_on_a_day_the_ledger_is_that_of_the_records_there_were(records: Records, on: date) -> None:
    """Later events, answers, moves, receipts and terms are absent, as if nobody had written them yet.

    But for the order and the days of those that were there: they are those of the whole case, and do not change with
    the day.
    """
    whole, there = built(records), {}
    for name, values in records.items():
        dates = {each: FuzzyDate.parse(values[each]) for each in ("received", "published") if each in values}
        if whole.event_by_id[name].known.possible_by(on):
            later = {each for each, dated in dates.items() if not dated.possible_by(on)}
            there[name] = {each: value for each, value in values.items() if each not in later}
    cut = built(there)
    kept = [event for event in whole.events if event.id in there]
    assume([(event.id, event.day, event.known.begins) for event in cut.events] == [
        (event.id, event.day, event.known.begins) for event in kept
    ])  # fmt: skip
    assert plain(requests(cut, on)) == plain(requests(whole, on))
    assert plain(standing(cut, on).since) == plain(standing(whole, on).since)


@given(cases(), st.randoms(use_true_random=False), DAYS)
@settings(max_examples=examples(16, 40))
def test_the_order_in_which_records_are_loaded_does_not_matter(records: Records, chance: Any, on: date) -> None:
    shuffled = list(records.items())
    chance.shuffle(shuffled)
    one, other = built(records), built(dict(shuffled))
    assert plain(asks_of(one, on)) == plain(asks_of(other, on))
    assert plain(steps(one, on)) == plain(steps(other, on))


def moves(case: CaseFile, on: date) -> list[tuple[str, str]]:
    return [(step.event.id, str(step.end)) for step in steps(case, on) if step.certain]


def is_subsequence(few: list[tuple[str, str]], many: list[tuple[str, str]]) -> bool:
    rest = iter(many)
    return all(each in rest for each in few)


MOVES = st.lists(st.tuples(DATES, STAGES | ENDS), max_size=6)
EXACT_MOVES = st.lists(st.tuples(EXACT, STAGES | ENDS), max_size=6)


def moving(dated: list[tuple[str, str]]) -> CaseFile:
    return built({f"move{number}": {"dated": day, "moves_to": [to]} for number, (day, to) in enumerate(dated)})


@given(MOVES, DAYS, DAYS)
def test_certain_moves_of_a_day_are_a_subsequence_of_those_of_a_later_day(
    dated: list[tuple[str, str]], one: date, other: date
) -> None:
    case, (early, late) = moving(dated), sorted([one, other])
    assert is_subsequence(moves(case, early), moves(case, late))


@given(EXACT_MOVES, DAYS, DAYS)
def test_and_a_prefix_where_every_move_has_an_exact_day(dated: list[tuple[str, str]], one: date, other: date) -> None:
    case, (early, late) = moving(dated), sorted([one, other])
    before, after = moves(case, early), moves(case, late)
    assert before == after[: len(before)]


@given(cases(), DAYS, st.integers(0, 90), st.integers(0, 90))
@settings(max_examples=examples(14, 35))
def test_on_two_clocks_nothing_certain_is_taken_back(records: Records, on: date, more: int, known: int) -> None:
    """Which events, answers and moves are certain; not what they come to."""
    case = built(records)
    early = Moment(on, on)
    late = Moment(on + timedelta(more), on + timedelta(known))
    before, after = asks_of(case, early), asks_of(case, late)
    assert {(ask.event.id, ask.item) for ask in before if ask.certain} <= {
        (ask.event.id, ask.item) for ask in after if ask.certain
    }
    certain = [[step.event.id for step in steps(case, each) if step.certain] for each in (early, late)]
    assert set(certain[0]) <= set(certain[1])


CERTAIN_WORDS = frozenset({"on_time", "late", "running", "due_passed"})


def facts(asks: tuple[Ask, ...]) -> set[tuple[object, ...]]:
    """What the ledger holds for certain of each request and party: the outcome, and how it stands to its term."""
    found: set[tuple[object, ...]] = set()
    for name, ask, line in all_lines(asks):
        if ask.certain and line.certain and line.asked:
            found.add(("outcome", name, line.outcome))
            if line.timing.word in CERTAIN_WORDS:
                found.add(("timing", name, line.timing.word))
            if line.outcome == "silent" and line.timing.word == "late":  # then the term has passed all the more
                found.add(("timing", name, "due_passed"))
    return found


@st.composite
def one_said_vaguely(draw: st.DrawFn, records: Records, names: tuple[str, ...] = ()) -> tuple[Records, Records]:
    """The case with an exact date for one event, and with a vague one that contains it."""
    day, name = draw(DAYS), draw(st.sampled_from(names or sorted(records)))
    vaguely = draw(vague(day))
    exact, wide = ({**records, name: {**records[name], "dated": text}} for text in (day.isoformat(), vaguely))
    return exact, wide


ON = st.dates(date(2023, 1, 1), date(2024, 12, 31))


def agree(case: CaseFile) -> bool:
    """True if no paper came before its own date, or before an event that it answers or follows, over any number."""
    return not any(
        event.known.clash is not None
        or any(day is not None and day.certainly_before(event.dated) for day in (event.received, event.published))
        or any(
            each.event in case.event_by_id and event.dated.certainly_before(case.event_by_id[each.event].dated)
            for _, each in event.precursors()
        )
        for event in case.events
    )


def begun(case: CaseFile, on: date) -> bool:
    """True from the first day that any date of the case gives: before it, nothing is shown as possible."""
    return all(event.known.begins is None or event.known.begins <= on for event in case.events)


@given(cases(ending=False).flatmap(one_said_vaguely), ON)
@settings(max_examples=examples(16, 40), suppress_health_check=[HealthCheck.filter_too_much])  # most drawn dates clash
def test_saying_less_makes_no_outcome_and_no_timing_certain(pair: tuple[Records, Records], on: date) -> None:
    """Of a case that has not ended."""
    exact, wide = map(built, pair)
    assume(agree(exact) and agree(wide))
    assert facts(requests(wide, on)) <= facts(requests(exact, on))


@st.composite
def contested(draw: st.DrawFn) -> tuple[Records, Records]:
    """One request of one party, answered in several ways, and the same with one answer said vaguely."""
    asked = {"id": "a", "text": "a", "asked_of": ["archive"], "due": draw(EXACT)}
    records: Records = {"ask0": {"dated": "2023-01-01", "requests": [asked]}}
    said = draw(st.lists(OUTCOMES, min_size=2, max_size=3, unique=True))
    for number, answer in enumerate(said):
        told = {"request": "ask0#a", "answer": answer, "of": ["archive"]}
        records[f"answer{number}"] = {"dated": draw(EXACT), "answers": [told]}
    return draw(one_said_vaguely(records, tuple(name for name in records if name != "ask0")))


@given(contested(), ON)
@settings(max_examples=examples(30, 80))
def test_saying_less_of_one_of_several_answers_makes_none_of_them_certain(
    pair: tuple[Records, Records], on: date
) -> None:
    exact, wide = map(built, pair)
    assume(agree(exact) and agree(wide))
    assert facts(requests(wide, on)) <= facts(requests(exact, on))


@st.composite
def ended_and_one_said_vaguely(draw: st.DrawFn) -> tuple[Records, Records]:
    """The same of a case that has ended: the vague date is that of an answer, or of an end after all that was asked."""
    records = draw(cases(ending=False, dates=EXACT | EXACT.map(lambda day: day[:7])))
    answering = tuple(name for name in records if name.startswith(("answer", "extension")))
    ended, moved = date(2024, 2, 1) + timedelta(draw(st.integers(0, 28))), [draw(ENDS)]
    exact = {**records, "end": {"moves_to": moved, "dated": ended.isoformat()}}
    of_an_answer = draw(st.booleans())
    if answering and of_an_answer:
        return draw(one_said_vaguely(exact, answering))
    dated = draw(st.sampled_from(["2024-02", "[2024-02-01..2024-03-20]", f"{ended}?", f"[{ended},2025-01-01]"]))
    return exact, {**exact, "end": {"moves_to": moved, "dated": dated}}


@given(ended_and_one_said_vaguely(), ON)
@settings(max_examples=examples(14, 35), suppress_health_check=[HealthCheck.filter_too_much])
def test_saying_less_of_a_case_that_has_ended_makes_nothing_certain(pair: tuple[Records, Records], on: date) -> None:
    """Of what is open at the end in both; where it only perhaps has ended, terms are judged on the day asked."""
    exact, wide = map(built, pair)
    assume(agree(exact) and agree(wide))
    ended = [{(ask.event.id, ask.item) for ask in requests(case, on) if ask.at_end} for case in (exact, wide)]
    before, after = (
        tuple(ask for ask in requests(case, on) if (ask.event.id, ask.item) not in ended[0] ^ ended[1])
        for case in (exact, wide)
    )
    assert facts(after) <= facts(before)


def holds(wide: Days | None, exact: Days | None) -> bool:
    """True when the wider stretch allows all that the exact one does, and is only certain where it is the same."""
    if wide is None or exact is None:
        return True
    if wide.certain:
        return wide == exact
    return (wide.fewest is None or (exact.fewest is not None and wide.fewest <= exact.fewest)) and (
        wide.most is None or (exact.most is not None and exact.most <= wide.most)
    )


@given(cases(ending=False).flatmap(one_said_vaguely), ON)
@settings(max_examples=examples(16, 40), suppress_health_check=[HealthCheck.filter_too_much])
def test_saying_less_only_widens_stretches_of_days(pair: tuple[Records, Records], on: date) -> None:
    """Of what certainly rests on the same answer, and stands to its term in the same way."""
    exact, wide = map(built, pair)
    assume(agree(exact) and agree(wide))
    before = {name: line for name, _, line in all_lines(requests(exact, on))}
    for name, _, line in all_lines(requests(wide, on)):
        old = before.get(name)
        if old is None or not line.certain or _told(old) != _told(line) or line.outcome != old.outcome:
            continue
        assert holds(line.after, old.after)
        assert holds(line.open_for, old.open_for)
        if line.timing.word == old.timing.word:
            assert holds(line.timing.days, old.timing.days)


def _told(line: AskedLine) -> str | None:
    return line.told.event.id if line.told else None


@given(cases(), ON)
@settings(max_examples=examples(14, 35))
def test_a_number_that_is_certain_is_one_number(records: Records, on: date) -> None:
    for _, _, line in all_lines(asks_of(built(records), on)):
        for days in (line.timing.days, line.open_for, line.after):
            if days is not None:
                assert days.fewest is None or days.fewest >= 0
                assert days.fewest is None or days.most is None or days.fewest <= days.most
                assert not days.certain or (days.fewest is not None and days.fewest == days.most)


@given(cases(), ON)
@settings(max_examples=examples(16, 40))
def test_certain_words_of_time_rest_on_a_term_that_is_known(records: Records, on: date) -> None:
    for _, _, line in all_lines(asks_of(built(records), on)):
        for each in (line, *line.parts):
            if each.timing.word in CERTAIN_WORDS:
                assert each.limit is not None
                assert each.limit.day is not None
                assert each.limit.day.firm
            if each.limit is None:
                assert "no_limit" == each.timing.word
            assert None in (each.after, each.open_for)


@st.composite
def moves_and_one_said_vaguely(draw: st.DrawFn) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Moves on exact days, and the same with one said so vaguely that it may still be no other's neighbour."""
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=5, unique=True)))
    stages = [draw(STAGES | ENDS) for _ in days]
    place = draw(st.integers(0, len(days) - 1))
    first = days[place - 1] + timedelta(1) if place else date(2022, 12, 1)
    last = days[place + 1] - timedelta(1) if place + 1 < len(days) else date(2024, 2, 1)
    low = draw(st.dates(first, days[place]))
    high = draw(st.dates(days[place], last))
    wide = draw(st.sampled_from([f"[{low}..{high}]", f"[{low},{days[place]},{high}]", "unknown"]))
    exact = [(day.isoformat(), stage) for day, stage in zip(days, stages, strict=True)]
    return exact, [*exact[:place], (wide, exact[place][1]), *exact[place + 1 :]]


def stage_for_sure(case: CaseFile, on: date) -> set[str]:
    stood = standing(case, on)
    return {str(stood.stage)} if stood.perhaps is None else set()


@given(moves_and_one_said_vaguely(), ON)
@settings(max_examples=examples(14, 35))
def test_saying_less_of_a_move_that_stays_in_its_place_makes_no_stage_certain(
    pair: tuple[list[tuple[str, str]], list[tuple[str, str]]], on: date
) -> None:
    exact, wide = map(moving, pair)
    assume(begun(wide, on))
    assert stage_for_sure(wide, on) <= stage_for_sure(exact, on)
    assert is_subsequence(moves(wide, on), moves(exact, on))


@st.composite
def moves_and_any_said_vaguely(draw: st.DrawFn) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Moves on exact days, and the same with one said so vaguely that it may have come before or after others."""
    days = sorted(draw(st.lists(DAYS, min_size=2, max_size=4, unique=True)))
    exact = [(day.isoformat(), draw(STAGES | ENDS)) for day in days]
    place = draw(st.integers(0, len(days) - 1))
    return exact, [*exact[:place], (draw(vague(days[place])), exact[place][1]), *exact[place + 1 :]]


@given(moves_and_any_said_vaguely(), ON)
@example(
    ([("2023-01-10", "initial_review"), ("2023-03-01", "under_review")],
     [("2023-01-10", "initial_review"), ("2023", "under_review")]), date(2024, 1, 1),
)  # fmt: skip
@settings(max_examples=examples(30, 80))
def test_saying_less_of_a_move_makes_no_stage_certain(
    pair: tuple[list[tuple[str, str]], list[tuple[str, str]]], on: date
) -> None:
    """Of moves that have all certainly been made: a stage that may have been left since is told with what it may be."""
    exact, wide = map(moving, pair)
    assume(begun(wide, on) and all(step.certain for step in steps(wide, on)))
    assert stage_for_sure(wide, on) <= stage_for_sure(exact, on)


@pytest.mark.parametrize("dated", ["2023", "[2023-01-01..]", "[2023-01-01..2023-12-31]"])
def test_saying_less_of_a_merely_possible_move_makes_no_stage_certain(dated: str) -> None:
    """Filed on 2023-01-02, moved on some day of 2023: perhaps before 2023-02-01."""
    filed, on = ("2023-01-02", "initial_review"), date(2023, 2, 1)
    exact, wide = (moving([filed, (each, "under_review")]) for each in ("2023-01-20", dated))
    assert stage_for_sure(wide, on) <= stage_for_sure(exact, on)


def test_what_was_certainly_met_in_time_never_shows_a_term_that_has_passed() -> None:
    """Not even as perhaps: a receipt without a date may be of a day before the answer."""
    records: Records = {
        "ask": {"dated": "2023-01-01", "requests": [
            {"id": "a", "text": "a", "asked_of": ["archive"], "due": "2023-06"}]},
        "answer": {"dated": "2023-03-01", "senders": ["archive"], "answers": [{"request": "ask#a", "answer": "met"}]},
        "receipt": {"dated": "unknown", "senders": ["archive"],
                    "answers": [{"request": "ask#a", "answer": "acknowledged"}]},
    }  # fmt: skip
    assert "due_passed" != requests(built(records), date(2024, 1, 1))[0].lines[0].timing.word


def test_saying_less_of_an_answer_told_twice_makes_no_timing_certain() -> None:
    said = {"senders": ["archive"], "answers": [{"request": "ask#a", "answer": "met"}]}
    asked = {
        "dated": "2023-01-01",
        "requests": [{"id": "a", "text": "a", "asked_of": ["archive"], "due": "2023-04-01"}],
    }
    exact, wide = (
        built({"ask": asked, "one": {**said, "dated": "2023-03-05"}, "two": {**said, "dated": dated}})
        for dated in ("2023-06-01", "2023")
    )
    assert facts(requests(wide, date(2024, 1, 1))) <= facts(requests(exact, date(2024, 1, 1)))
