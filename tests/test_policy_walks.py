"""Walks along the table and through any dates: what holds of every case, however its files are loaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.bind import bind_event, bind_header
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.codelists import Kind
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import case_was_open, permitted, standing, steps
from ogpcase.policy.procedures import every_procedure, procedure_named

HEADER = {
    "title": "A case",
    "track": "response_policy",
    "subject": "arcadia",
    "country": "MX",
    "language": "en",
}


def event(event_id: str, kind: str, dated: str, stage: str) -> Event:
    values = {"title": "An event", "kind": kind, "dated": dated, "moves_to": [stage]}
    bound = bind_event(values, event_id, f"a-case/events/{event_id}.yaml")
    assert bound.record is not None
    return bound.record


def assembled(events: Iterable[Event], name: str = "response_policy-2017") -> CaseFile:
    table = procedure_named(name)
    values = {**HEADER, "track": table.track} | ({"policy_version": table.version} if table.version else {})
    header = bind_header(values, "a-case", "a-case/case.yaml").record
    return assemble("a-case", header, tuple(events), Registry())


@st.composite
def walks(draw: st.DrawFn) -> tuple[str, list[tuple[str, str]]]:
    """A procedure, and stages reached one after the other by verified rows, each with a kind that carries it."""
    table = draw(st.sampled_from(list(every_procedure())))
    at: str = table.begin
    taken: list[tuple[str, str]] = []
    for _ in range(draw(st.integers(1, 8))):
        rows = [move for move in table.moves if at in move.from_ and move.verified]
        if not rows:
            break
        move = draw(st.sampled_from(rows))
        taken.append((str(draw(st.sampled_from(move.carried_by or tuple(Kind)))), move.to))
        at = move.to
    return table.name, taken


def walked(name: str, taken: list[tuple[str, str]]) -> CaseFile:
    first = date(2018, 1, 1)
    days = [str(first + timedelta(days=position)) for position in range(len(taken))]
    return assembled(
        (event(f"{day}-{kind}", kind, day, str(stage)) for day, (kind, stage) in zip(days, taken, strict=True)),
        name,
    )


@given(walks())
def test_every_walk_along_verified_rows_is_permitted(walk: tuple[str, list[tuple[str, str]]]) -> None:
    """Whatever the table verifies can be recorded step by step, and the case stands where the walk ends."""
    case = walked(*walk)
    taken = steps(case)
    assert [stage for _, stage in walk[1]] == [step.end for step in taken]
    assert {(True, True)} == {(permitted(case, step), case_was_open(case, step)) for step in taken}
    for step in taken:
        assert step.move in procedure_named(walk[0]).rows(step.start, step.end)


STAGES = st.sampled_from([str(stage) for stage in procedure_named("response_policy-2017").stages if not stage.begins])
EXACT_DAYS = st.dates(date(2018, 1, 1), date(2018, 3, 1))
LOOSE_DATES = st.sampled_from(
    [
        "2018",
        "2018-01",
        "2018-01-15?",
        "2018-01-10/2018-02-10",
        "[2018-01-05..2018-02-05]",
        "[..2018-02-01]",
        "unknown",
    ]
)


def letters(dates: list[str], moves: list[str]) -> list[Event]:
    dated = enumerate(zip(dates, moves, strict=False))
    return [event(f"letter-{position}", "letter", day, stage) for position, (day, stage) in dated]


@given(st.lists(EXACT_DAYS, max_size=8), st.lists(STAGES, min_size=8, max_size=8), EXACT_DAYS, EXACT_DAYS)
def test_the_steps_of_an_earlier_day_begin_those_of_a_later(
    days: list[date], moves: list[str], one: date, other: date
) -> None:
    """With exact dates the past does not change: it is a prefix of what came after."""
    case = assembled(letters([str(day) for day in days], moves))
    early, late = steps(case, min(one, other)), steps(case, max(one, other))
    assert early == late[: len(early)]


@given(st.lists(st.one_of(LOOSE_DATES, EXACT_DAYS.map(str)), max_size=8), st.data())
def test_the_order_of_loading_files_never_matters(dates: list[str], data: st.DataObject) -> None:
    events = letters(dates, data.draw(st.lists(STAGES, min_size=8, max_size=8)))
    day = data.draw(st.none() | EXACT_DAYS)
    shuffled = data.draw(st.permutations(events))
    assert standing(assembled(events), day) == standing(assembled(shuffled), day)


@given(st.lists(st.one_of(LOOSE_DATES, EXACT_DAYS.map(str)), max_size=8), st.data())
def test_the_stage_is_what_the_certain_moves_give(dates: list[str], data: st.DataObject) -> None:
    """Steps join end to start, and what is only possible never decides the stage."""
    case = assembled(letters(dates, data.draw(st.lists(STAGES, min_size=8, max_size=8))))
    day = data.draw(EXACT_DAYS)
    stood = standing(case, day)
    assert ["not_filed", *(step.end for step in stood.steps)][:-1] == [step.start for step in stood.steps]
    certain = [each for each in case.events if each.dated.certain_by(day)]
    assert (["not_filed", *(each.moves_to[-1] for each in certain)])[-1] == stood.stage
    assert stood.perhaps != stood.stage
