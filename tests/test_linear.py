"""Ten times as many events cost about ten times as many steps of the program, whatever links them: steps are counted.

Steps are the lines that Python runs in `ogpcase`, so that neither the machine nor its load matters.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from types import FrameType
from typing import Any

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.bind import bind_event, bind_header
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import standing
from ogpcase.reports.doubts.rows import doubts_of
from ogpcase.reports.stats.rows import stats_of
from ogpcase.reports.timeline.rows import timeline_of

DAY = date(2026, 11, 22)
READER = Reader(DAY, known_by=DAY)
HEADER = bind_header(
    {
        "title": "Arcadia", "track": "response_policy", "policy_version": "2017", "subject": "government-of-arcadia",
        "country": "XA", "language": "en",
    },
    "arcadia-2023",
    "case.yaml",
).record  # fmt: skip


def event(number: int, **fields: object) -> Event:
    name = f"e{number:05}"
    record = bind_event({"kind": "report", "title": name, **fields}, name, f"{name}.yaml").record
    assert record is not None
    return record


def chain(count: int) -> list[Event]:
    """Each follows the one after it by id, within one year: the order is the reverse of that of the ids."""
    return [event(each, dated="2020", follows=[f"e{each + 1:05}"]) for each in range(count)]


def unknown(count: int) -> list[Event]:
    return [event(each, dated="unknown", follows=[f"e{each + 1:05}"]) for each in range(count)]


def hub(count: int) -> list[Event]:
    """All follow the last one by id, and one follows all."""
    last = f"e{count - 1:05}"
    spokes = [event(each, dated="2020", follows=[last]) for each in range(1, count - 1)]
    all_of_them = [each.id for each in spokes]
    return [event(0, dated="2020", follows=all_of_them), *spokes, event(count - 1, dated="2020")]


def cycle(count: int) -> list[Event]:
    return [event(each, dated="2020", follows=[f"e{(each + 1) % count:05}"]) for each in range(count)]


def clash(count: int) -> list[Event]:
    """A chain that leaves no day for any of them, and that the dates alone do not contradict."""
    ends = {0: "2020-01-01", count - 1: "2021-01-01"}
    return [event(each, dated=ends.get(each, "unknown"), follows=[f"e{each + 1:05}"]) for each in range(count)]


def same_day(count: int) -> list[Event]:
    """Moves of one day, none of which is certainly before another."""
    to = ("initial_review", "under_review")
    return [event(each, dated="2020-01-01", moves_to=[to[each % 2]]) for each in range(count)]


SHAPES = (chain, unknown, hub, cycle, clash, same_day)
WORK: dict[str, Callable[[CaseFile], Any]] = {
    "stage": lambda case: standing(case, DAY),
    "outsiders": lambda case: case.as_known_by(DAY),
    "timeline": lambda case: timeline_of(case, READER),
    "doubts": lambda case: doubts_of(case, READER),
    "stats": lambda case: stats_of([case], READER),
}


def case_of(events: list[Event]) -> CaseFile:
    return assemble("arcadia-2023", HEADER, tuple(events), Registry())


def lines(work: Callable[[], object]) -> int:
    """Counts the lines of `ogpcase` that run."""
    count = 0

    def trace(frame: FrameType, what: str, _: object) -> Any:
        nonlocal count
        if "ogpcase" not in frame.f_code.co_filename:
            return None
        count += what == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_events_are_put_in_order_in_linear_time(shape: Callable[[int], list[Event]]) -> None:
    few, many = shape(200), shape(2000)
    assert lines(lambda: case_of(many)) < 11 * lines(lambda: case_of(few))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("what", WORK)
def test_what_goes_by_days_is_linear(shape: Callable[[int], list[Event]], what: str) -> None:
    few, many = case_of(shape(50)), case_of(shape(200))
    WORK[what](case_of(shape(10)))  # what is read once is read
    assert lines(lambda: WORK[what](many)) < 5 * lines(lambda: WORK[what](few))
