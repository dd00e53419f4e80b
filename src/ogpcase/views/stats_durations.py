"""How long things took: from stage to stage, in each stage, and from the filing to the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from ogpcase.model.codelists import Stage, Track
from ogpcase.model.days import Days
from ogpcase.values import frozen, replace
from ogpcase.views.stats_spread import Spread, spread_of
from ogpcase.views.stats_stays import Course, Stay

Measure: TypeAlias = Literal["between_stages", "in_stage", "filing_to_end"]


@frozen
class Duration:
    """How long something took, in one case or over all cases of a track (`case` None).

    `between_stages`: from the entry into `start` to that into `to`, which came next. `in_stage`: the stays in `start`,
    wherever they led. `filing_to_end`: of the whole case. `so_far` is of what still goes on, and never in `finished`.
    """

    case: str | None
    track: Track | None
    measure: Measure
    start: Stage | None
    to: Stage | None
    finished: Spread
    so_far: Spread


def durations_of(courses: Sequence[Course], track: Track | None, case: str | None = None) -> tuple[Duration, ...]:
    """Returns what these courses, all of one track, took: stages in the order of the policy, the whole last."""
    stays = [stay for course in courses for stay in course.stays]
    return tuple(
        replace(each, case=case, track=track) for each in (*_between(stays), *_within(stays), *_whole(courses))
    )


def _between(stays: Sequence[Stay]) -> Iterator[Duration]:
    for start in Stage:
        for to in Stage:
            mine = [stay for stay in stays if stay.stage is start and stay.to is to]
            if mine:
                yield _of("between_stages", mine, start, to)


def _within(stays: Sequence[Stay]) -> Iterator[Duration]:
    for stage in Stage:
        mine = [stay for stay in stays if stay.stage is stage]
        if mine:
            yield _of("in_stage", mine, stage, None)


def _of(measure: Measure, stays: Sequence[Stay], start: Stage, to: Stage | None) -> Duration:
    finished, so_far = _parted((stay.to is not None, stay.days) for stay in stays)
    return Duration(None, None, measure, start, to, finished, so_far)


def _whole(courses: Sequence[Course]) -> Iterator[Duration]:
    if courses:
        finished, so_far = _parted((course.ended, course.whole) for course in courses)
        yield Duration(None, None, "filing_to_end", None, None, finished, so_far)


def _parted(stretches: Iterable[tuple[bool, Days | None]]) -> tuple[Spread, Spread]:
    """What is over, and what still goes on."""
    given = list(stretches)
    return spread_of(days for over, days in given if over), spread_of(days for over, days in given if not over)
