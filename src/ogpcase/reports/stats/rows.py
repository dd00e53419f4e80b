"""Figures over cases: days between stages, moves, votes, and the outcomes of requests."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import inf, isinf
from statistics import median
from typing import Literal, NamedTuple, TypeAlias, get_args

from ogpcase.ledger import Ask, AskOutcome, TimingWord, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.dates import Days, FuzzyDate, date_of
from ogpcase.model.events import Event, Resolution
from ogpcase.model.items import Votes
from ogpcase.model.table_codes import TrackCode
from ogpcase.policy.lifecycle import Standing, Step, rests_elsewhere, standing
from ogpcase.policy.procedures import Move, Stage, judged_by, procedures_of
from ogpcase.reports.heading.rows import entries_of, filing_of, quiet_since
from ogpcase.reports.shown import Languages, Shown


class Stay(NamedTuple):
    """One stay in a stage; `to` is None while the case is there, and its days are then those so far.

    `days` is None where they are not known.
    """

    stage: Stage
    to: Stage | None
    days: Days | None


class Course(NamedTuple):
    """The stays of a case that was filed, and its days from filing to its end, or so far.

    It holds no record, so that the courses of many cases are small.
    """

    case: str
    track: TrackCode | None
    stays: tuple[Stay, ...]
    ended: bool
    whole: Days | None


@dataclass(frozen=True)
class _Walk:
    """The certain and the possible steps of a case, to measure the days between them."""

    shown: Shown
    stood: Standing

    def course(self) -> Course | None:
        """Returns how the case went; None while it is not filed. The end itself has no length."""
        entries = entries_of(self.stood)
        if not entries:
            return None
        stays = (
            Stay(entry.end, after.end if after else None, self._days_of_stay(entry, after))
            for entry, after in zip(entries, [*entries[1:], None], strict=True)
            if after is not None or not entry.end.ends
        )
        case, filing = self.shown.case, filing_of(self.stood)
        return Course(
            case=case.id,
            track=case.header.track if case.header else None,
            stays=tuple(stays),
            ended=self.stood.stage.ends,
            whole=self._whole(filing, entries[-1]) if filing else None,
        )

    def days_before(self, step: Step) -> Days | None:
        """Returns the days from the entry into the stage that a step leads out of; None if they cannot be known."""
        place = self._places[step.event.id]
        before = [entry for entry in entries_of(self.stood) if self._places[entry.event.id] <= place]
        entry = next((each for each in reversed(before) if each is not step and each.end == step.start), None)
        return None if entry is None or not step.certain else self._days_of_stay(entry, step)

    def _whole(self, filing: Step, last: Step) -> Days | None:
        """Returns the days from filing to the end, or so far; None if a possible move may have ended the case."""
        ended = self.stood.stage.ends
        start = last.event if ended else filing.event
        for step in self._possible():
            if (ended or step.end.ends) and not self._excluded(step, start, None):
                return None
        return self._days(filing.event, last.event if ended else None)

    def _days_of_stay(self, entry: Step, after: Step | None) -> Days | None:
        """Returns the days of a stay; None also where a possible move may have led elsewhere during it."""
        end = after.event if after else None
        for step in self._possible():
            if step.end != entry.end and not self._excluded(step, entry.event, end):
                return None
        return self._days(entry.event, end)

    def _days(self, start: Event, end: Event | None) -> Days | None:
        """The days between two events, or up to the day that the case is counted to; None where they are not known.

        Where sources give different days, they go from the fewest to the most.
        """
        if not self.shown.case.stage_is_known:
            return None
        if start is end:
            return Days(0, 0)
        ends = self._dates_of(end) if end else [self._counted_to]
        several = [Days.between(first, last) for first in self._dates_of(start) for last in ends]
        days = several[0] if several[0] == _NO_DAYS else _hull(each for each in several if each != _NO_DAYS)
        return None if days.most is None and not days.fewest else days

    def _dates_of(self, event: Event) -> list[FuzzyDate]:
        """Returns the day of an event, and the days of other sources that exclude it; none that the steps exclude."""
        others = [other.value for other in event.also_dated if other.value.disjoint(event.dated)]
        steps = [entry.event.day for entry in entries_of(self.stood)] if others else []
        before = [day for day in steps if day.certainly_before(event.day)]
        after = [day for day in steps if event.day.certainly_before(day)]
        out_of_order = {
            other
            for other in others
            if any(map(other.certainly_before, before)) or any(day.certainly_before(other) for day in after)
        }
        return [event.day, *(other for other in others if other not in out_of_order)]

    def _possible(self) -> list[Step]:
        return [step for step in self.stood.steps if not step.certain]

    def _excluded(self, step: Step, start: Event, end: Event | None) -> bool:
        """True where the days or the links of the records exclude the step between two events."""
        before = self.shown.case.comes_before
        return before(step.event, start) or (end is not None and before(end, step.event))

    @cached_property
    def _counted_to(self) -> FuzzyDate:
        return quiet_since(self.shown, self.stood) or date_of(self.shown.reader.on)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {event.id: place for place, event in enumerate(self.shown.case.events)}


_NO_DAYS = Days(None, None, certain=False)
"""The days between two dates of which the later one is certainly the earlier."""


def _hull(several: Iterable[Days]) -> Days:
    """Returns the fewest and the most days of several lengths for the same; None where one has no such limit."""
    first, *others = several
    for other in others:
        fewest = None if first.fewest is None or other.fewest is None else min(first.fewest, other.fewest)
        most = None if first.most is None or other.most is None else max(first.most, other.most)
        first = Days(fewest, most, certain=first.certain and first == other)
    return first


class MadeMove(NamedTuple):
    """One move that an event makes; an event that leads through several stages makes several moves.

    `row` is the row of the policy that the move follows; None where it follows none or rests on another clause. `days`
    are those since the entry into the stage that it leads out of; None where nobody can know, and before filing.
    """

    case: str
    step: Step
    decided_by: tuple[str, ...]
    policy_version: str | None
    row: Move | None
    days: Days | None


def course_of_case(case: CaseFile, reader: Reader) -> Course | None:
    """Returns how a case went up to the reader's day; None while it is not filed."""
    return _walk(case, reader).course()


def _walk(case: CaseFile, reader: Reader) -> _Walk:
    return _Walk(Shown(case, reader), standing(case, reader.moment))


def moves_of(case: CaseFile, reader: Reader) -> tuple[MadeMove, ...]:
    """Returns the moves of a case up to the reader's day."""
    walk = _walk(case, reader)
    return tuple(_move(walk.shown, step, walk.days_before(step)) for step in walk.stood.steps)


def _move(shown: Shown, step: Step, days: Days | None) -> MadeMove:
    table = judged_by(shown.case, step.event)
    return MadeMove(
        case=shown.case.id,
        step=step,
        decided_by=shown.names(step.event.principals),
        policy_version=table.version if table else None,
        row=None if rests_elsewhere(step) else step.move,
        days=days,
    )


Sort: TypeAlias = Literal["request", "duty", "context"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""The sorts that are counted separately: requests of papers, duties of the policy, requests of background papers."""
OUTCOMES: tuple[AskOutcome, ...] = tuple(outcome for outcome in get_args(AskOutcome) if outcome != "call")
"""The outcomes that are counted; a call counts against nobody."""
TIMINGS: tuple[TimingWord, ...] = ("on_time", "late", "possibly_late", "due_passed")
"""The timings that are counted; requests without a term, or with a running one, are not."""


class AskedParty(NamedTuple):
    """The counts of the requests to one party. `party` is None for requests that name nobody.

    `outcomes` and `timings` count what is certain; `perhaps` counts those whose request, or what came back, has
    only possibly happened: `asked` is all of them together.
    """

    party: str | None
    name: str
    sort: Sort
    asked: int
    outcomes: Mapping[str, int]
    timings: Mapping[str, int]
    perhaps: int


class _Answered(NamedTuple):
    """What came back from a party on a request of a sort; `certain` is false where either only may have happened."""

    party: str | None
    name: str
    sort: Sort
    outcome: str
    timing: str
    certain: bool


def _answered_in(shown: Shown, asks: Iterable[Ask]) -> Iterator[_Answered]:
    """Yields a row for each party asked, once a request: an ask of a whole is one, whichever parts answer."""
    for ask in asks:
        sort: Sort = "duty" if ask.duty else "context" if ask.event.context else "request"
        for line in (each for each in ask.lines if each.asked and not each.called):
            certain = ask.certain and line.certain
            yield _Answered(line.party, shown.name(line.party), sort, line.outcome, line.timing.word, certain)


def _asked_parties(answered: Iterable[_Answered]) -> tuple[AskedParty, ...]:
    asked: dict[tuple[str | None, Sort], list[_Answered]] = {}
    for each in answered:
        asked.setdefault((each.party, each.sort), []).append(each)
    return tuple(sorted(map(_asked_party, asked.values()), key=_order))


def _order(row: AskedParty) -> tuple[object, ...]:
    """Sorts the most requests first, and those that name nobody last."""
    return (SORTS.index(row.sort), row.party is None, -row.asked, row.name, row.party or "")


def _asked_party(answered: Sequence[_Answered]) -> AskedParty:
    """Returns the counts of requests of one sort to one party, under the name that comes first."""
    certain = [each for each in answered if each.certain]
    outcomes, timings = Counter(each.outcome for each in certain), Counter(each.timing for each in certain)
    return AskedParty(
        party=answered[0].party,
        name=answered[0].name,
        sort=answered[0].sort,
        asked=len(answered),
        outcomes={outcome: outcomes[outcome] for outcome in OUTCOMES},
        timings={timing: timings[timing] for timing in TIMINGS},
        perhaps=len(answered) - len(certain),
    )


class Figure(NamedTuple):
    """A number of days as far as it is known; `most` is None if there is no upper limit. A median may end in a half.

    `certain` is false where a date behind the lengths that give it is imprecise or qualified.
    """

    fewest: float
    most: float | None
    certain: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Figures of several lengths of time, which are None if no length is known.

    `unknown` counts the lengths that are not known; no other figure includes them.
    """

    count: int = 0
    minimum: Figure | None = None
    median: Figure | None = None
    maximum: Figure | None = None
    unknown: int = 0

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The three figures; none where no length is known."""
        return tuple(figure for figure in (self.minimum, self.median, self.maximum) if figure)


def spread_of(stretches: Iterable[Days | None]) -> Spread:
    """Returns the figures of lengths of time, of which None is an unknown one.

    If lengths are not exact, each figure is a range: from the figure of the fewest days to that of the most days.
    """
    given = list(stretches)
    known = sorted((days for days in given if days is not None), key=_by_length)
    if not known:
        return Spread(unknown=len(given))
    middle = known[(len(known) - 1) // 2 : len(known) // 2 + 1]
    least, half, longest = (_figure(known, *each) for each in ((min, known[:1]), (median, middle), (max, known[-1:])))
    return Spread(len(known), least, half, longest, len(given) - len(known))


def _by_length(days: Days) -> tuple[float, float]:
    return (days.fewest or 0, inf if days.most is None else days.most)


def _figure(known: Sequence[Days], figure: Callable[[Iterable[float]], float], giving: Sequence[Days]) -> Figure:
    """Returns a figure of all lengths; one that is no range is certain if the lengths that give it are."""
    fewest, most = (figure(side) for side in zip(*map(_by_length, known), strict=True))
    certain = fewest == most and all(days.certain for days in giving)
    return Figure(_whole_number(fewest), None if isinf(most) else _whole_number(most), certain)


def _whole_number(number: float) -> float:
    return int(number) if number == int(number) else number


Measure: TypeAlias = Literal["between_stages", "in_stage", "filing_to_end"]


class Duration(NamedTuple):
    """How long something took, in one case or over all cases of a track (`case` None).

    `between_stages`: from the entry into `start` to that into `to`, which came next. `in_stage`: the stays in `start`,
    whatever came next. `filing_to_end`: of the whole case. `so_far` is of lengths that have not ended, which are not in
    `finished`.
    """

    case: str | None
    track: TrackCode | None
    measure: Measure
    start: Stage | None
    to: Stage | None
    finished: Spread
    so_far: Spread


def durations_over(courses: Iterable[Course]) -> Iterator[Duration]:
    """Yields the durations over the cases of each track, track by track."""
    by_track: dict[TrackCode | None, list[Course]] = {track: [] for track in (*map(TrackCode, TrackCode.codes()), None)}
    for course in courses:
        by_track[course.track].append(course)
    for track, alike in by_track.items():
        yield from _durations(alike, track)


def durations_in(course: Course) -> Iterator[Duration]:
    """Yields the durations of one case."""
    return _durations([course], course.track, course.case)


def _durations(courses: Sequence[Course], track: TrackCode | None, case: str | None = None) -> Iterator[Duration]:
    """Yields the durations of these cases of one track: stages in the order of the policy, then the whole case."""
    stays = [stay for course in courses for stay in course.stays]
    tables = reversed(procedures_of(track) if track else ())  # the newest has the most stages
    known = (stage for table in tables for stage in table.stages)
    stages = tuple(dict.fromkeys((*known, *(stay.stage for stay in stays), *(stay.to for stay in stays if stay.to))))
    measured: list[tuple[Measure, Stage | None, Stage | None, list[tuple[bool, Days | None]]]] = [
        ("between_stages", start, to, [(True, stay.days) for stay in stays if (stay.stage, stay.to) == (start, to)])
        for start in stages
        for to in stages
    ]
    for stage in stages:
        mine = [(stay.to is not None, stay.days) for stay in stays if stay.stage == stage]
        measured.append(("in_stage", stage, None, mine))
    measured.append(("filing_to_end", None, None, [(course.ended, course.whole) for course in courses]))
    for measure, start, to, stretches in measured:
        if stretches:
            finished, so_far = (spread_of(days for over, days in stretches if over is which) for which in (True, False))
            yield Duration(case, track, measure, start, to, finished, so_far)


class Vote(NamedTuple):
    """A resolution, and how it was voted on; without numbers where no vote is recorded."""

    case: str
    event: Resolution
    title: str
    by: tuple[str, ...]
    certain: bool
    votes: Votes


def _votes_of(shown: Shown) -> Iterator[Vote]:
    """Yields each resolution in the case's order, whether its vote is recorded or not."""
    for event in shown.events():
        if isinstance(event, Resolution):
            title, by, certain = shown.text(event.title), shown.names(event.by), shown.reader.moment.certain(event)
            yield Vote(shown.case.id, event, title, by, certain, event.votes or Votes())


class CaseCounts(NamedTuple):
    """How many cases there are on the reader's day, and of them how many have ended, are open, and have no step yet.

    `not_read` are those of which a record that cannot be read may move the case.
    """

    cases: int
    ended: int
    open: int
    no_step: int
    not_read: int


class Stats(NamedTuple):
    """The figures: `over_cases` track by track, the same of each case in `by_case`, votes by case, asks by party.

    `one` is true where one case was asked for; then there are no figures over cases. `calls` are the requests to the
    public and to nobody in particular, which no figure counts. `quiet` is true if lengths so far of some case are
    counted to its last record, which is long ago.
    """

    counts: CaseCounts
    over_cases: tuple[Duration, ...]
    by_case: tuple[Duration, ...]
    votes: tuple[Vote, ...]
    asks: tuple[AskedParty, ...]
    policy_versions: tuple[str, ...]
    languages: Languages
    one: bool = False
    calls: int = 0
    quiet: bool = False


class CaseStats(NamedTuple):
    """What the figures need of one case, so that nobody has to hold all cases at a time."""

    policy_version: str | None
    state: str
    course: Course | None
    quiet: bool
    votes: tuple[Vote, ...]
    answered: tuple[_Answered, ...]
    calls: int
    languages: frozenset[str]


def case_stats(case: CaseFile, reader: Reader) -> CaseStats:
    """Returns what the figures need of a case on the reader's day."""
    walk, asks, header = _walk(case, reader), asks_of(case, reader.moment), case.header
    shown, course = walk.shown, walk.course()
    return CaseStats(
        policy_version=str(header.policy_version) if header and header.policy_version else None,
        state=_state(case, course),
        course=course,
        quiet=course is not None and quiet_since(shown, walk.stood) is not None,
        votes=tuple(_votes_of(shown)),
        answered=tuple(_answered_in(shown, asks)),
        calls=sum(any(line.asked and line.called for line in ask.lines) for ask in asks),
        languages=frozenset(shown.elsewhere),
    )


def stats_of(cases: Iterable[CaseFile], reader: Reader, *, one: bool = False) -> Stats:
    """Returns the figures of these cases on the reader's day."""
    return stats_over([case_stats(case, reader) for case in cases], reader, one=one)


def stats_over(cases: Sequence[CaseStats], reader: Reader, *, one: bool = False) -> Stats:
    """Returns the figures of cases of which that is known which they need."""
    courses = [case.course for case in cases if case.course]
    states = Counter(case.state for case in cases)
    return Stats(
        counts=CaseCounts(states.total(), *(states[state] for state in CaseCounts._fields[1:])),
        over_cases=() if one else tuple(durations_over(courses)),
        by_case=tuple(chain.from_iterable(map(durations_in, courses))),
        votes=tuple(vote for case in cases for vote in case.votes),
        asks=_asked_parties(each for case in cases for each in case.answered),
        policy_versions=tuple(sorted({case.policy_version for case in cases if case.policy_version})),
        languages=Languages(reader.language, tuple(sorted({tag for case in cases for tag in case.languages}))),
        one=one,
        calls=sum(case.calls for case in cases),
        quiet=any(case.quiet for case in cases),
    )


def _state(case: CaseFile, course: Course | None) -> str:
    if not case.stage_is_known:
        return "not_read"
    if course is not None:
        return "ended" if course.ended else "open"
    return "no_step"
