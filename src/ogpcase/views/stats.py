"""Figures over cases: how long things took, how resolutions were voted on, and what came back from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Track
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.values import frozen
from ogpcase.views.shown import Reader, Shown
from ogpcase.views.stats_asks import AskedOnce, AskedParty, asked_in, asked_parties
from ogpcase.views.stats_durations import Duration, durations_of
from ogpcase.views.stats_stays import Course, course_of
from ogpcase.views.stats_votes import Vote, votes_of


@frozen
class CaseCounts:
    """How many cases there are on the reader's day, and of them how many have ended, are open, and are not filed.

    `without_stages` are those on a track whose moves are not known.
    """

    cases: int
    ended: int
    open: int
    not_filed: int
    without_stages: int


@frozen
class Stats:
    """The figures: `over_cases` track by track, the same of each case in `by_case`, votes by case, asks by party.

    `elsewhere` are the languages that texts are shown in since they are not recorded in `language`, the one asked for.
    """

    as_of: date
    known_by: date | None
    counts: CaseCounts
    over_cases: tuple[Duration, ...]
    by_case: tuple[Duration, ...]
    votes: tuple[Vote, ...]
    asks: tuple[AskedParty, ...]
    policy_versions: tuple[str, ...] = ()
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


def stats_of(cases: Iterable[CaseFile], reader: Reader) -> Stats:
    """Returns the figures of these cases on the reader's day."""
    by_track: dict[Track | None, list[Course]] = {track: [] for track in (*Track, None)}
    by_case: list[Duration] = []
    votes: list[Vote] = []
    asked: list[AskedOnce] = []
    elsewhere: set[str] = set()
    states: Counter[str] = Counter()
    versions: set[str] = set()
    for case in cases:
        shown = Shown(case, reader)
        votes += votes_of(shown)
        asked += asked_in(shown)
        elsewhere |= set(shown.elsewhere())
        stood = standing(shown.case, reader.moment)
        versions |= {str(case.header.policy_version)} if case.header and case.header.policy_version else set()
        course = course_of(shown, stood)
        states[_state(case, stood, course)] += 1
        if course:
            track = case.header.track if case.header else None
            by_track[track].append(course)
            by_case += durations_of([course], track, case.id)
    over_cases = [each for track, courses in by_track.items() for each in durations_of(courses, track)]
    counts = CaseCounts(states.total(), *(states[state] for state in _STATES))
    return Stats(
        reader.on, reader.known_by, counts, tuple(over_cases), tuple(by_case), tuple(votes), asked_parties(asked),
        tuple(sorted(versions)), reader.language, tuple(sorted(elsewhere)),
    )  # fmt: skip


_STATES = ("ended", "open", "not_filed", "without_stages")


def _state(case: CaseFile, stood: Standing, course: Course | None) -> str:
    if course is not None:
        return "ended" if course.ended else "open"
    known = case.header is None or case.header.track is Track.RESPONSE_POLICY or stood.steps
    return "not_filed" if known else "without_stages"
