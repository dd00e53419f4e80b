"""The head of a case: what it is, where it stands and since when, how long it took, and the stages it went through."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.dates import Days, FuzzyDate, date_of
from ogpcase.model.parties import UNKNOWN
from ogpcase.output.messages import _, marked
from ogpcase.policy.lifecycle import Standing, Step
from ogpcase.policy.procedures import Opening, Stage, procedure_of
from ogpcase.reports.shown import Shown

NOT_READ = marked("Stage not known: a record of this case cannot be read")
"""The words shown instead of a stage if a record that cannot be read may move the case."""
QUIET_AFTER = timedelta(days=366)
"""After more than this time without a record, a view says so and counts days to the last record.

A year is our own choice; no source gives a time.
"""
_OF_A_STEP = ("dated", "moves_to", "basis", "context")
"""The fields of an event that decide whether, when and why it moves the case."""


class StageSpan(NamedTuple):
    """One stay in a stage: when it began and ended as written, and how long; an end has no length.

    `until` is None while the case is still there; the days are then those up to the reader's day.
    """

    stage: Stage
    since: str
    until: str | None
    days: Days | None

    @property
    def most_days(self) -> int | None:
        """The most days that the stay can have lasted; None if they are not known."""
        return max(0, self.days.most) if self.days and self.days.most is not None else None


class RelatedCase(NamedTuple):
    """Another case that is related to this one; `case` is its id if it is in this folder.

    `dated` is false where the day is an earlier one and no record of this folder says whether the case had begun by it.
    """

    relation: str
    title: str
    urls: tuple[str, ...]
    code: str = ""
    case: str | None = None
    dated: bool = True


class Heading(NamedTuple):
    """The facts at the top of every view of a case. `length` runs from filing to the end, or to the reader's day.

    `alternatives` are all stages that possible moves may have led to; `perhaps` is the last of them.
    `policy_versions` are those that its steps so far go by. `opening` says how a case of its procedure opens.
    `quiet_since` is the day of the last record, where that is long ago: `length` then runs to that day. `inferred` are
    those fields that decide the step to the stage, and that no source states in words; `filing_inferred` says the same
    of the first step. `other_lengths` are those by other dates that sources give for the filing or the end.
    `known` is false where a record that cannot be read may move the case: `stage` and `since` then go by the others.
    """

    case: str
    title: str
    subject: str
    track: str
    policy_version: str | None
    stage: Stage
    since: str | None
    perhaps: Stage | None
    filed: str | None
    length: Days | None
    as_of: date
    opening: Opening
    related: tuple[RelatedCase, ...] = ()
    known_by: date | None = None
    alternatives: tuple[Stage, ...] = ()
    policy_versions: tuple[str, ...] = ()
    subject_id: str | None = None
    track_code: str | None = None
    known: bool = True
    quiet_since: date | None = None
    inferred: tuple[str, ...] = ()
    other_lengths: tuple[Days, ...] = ()
    filing_inferred: bool = False

    @property
    def no_step_known(self) -> bool:
        """True if nobody outside could know of any step by the day asked for: then nobody knew the stage."""
        return self.known_by is not None and self.since is None

    @property
    def stands(self) -> str:
        """The stage in words, by the records that can be read."""
        return _("No step known by {day}", day=self.known_by) if self.no_step_known else _(self.stage.label)


def heading_of(shown: Shown, stood: Standing) -> Heading:
    """Returns the head of a case; where the header cannot be read, its facts are `unknown`."""
    header = shown.case.header
    procedure = procedure_of(shown.case)
    steps = [step for step in stood.steps if step.certain]
    versions = (header.policy_version if header else None, *(step.event.policy_version for step in steps))
    filed, quiet = filing_of(stood), quiet_since(shown, stood)
    return Heading(
        case=shown.case.id,
        title=shown.text(header.title) if header else shown.case.id,
        subject=shown.name(header.subject if header else None),
        track=_(procedure.track_label) if header else UNKNOWN,
        opening=procedure.opening,
        policy_version=str(header.policy_version) if header and header.policy_version else None,
        stage=stood.stage,
        since=stood.since.date_text if stood.since else None,
        perhaps=stood.perhaps,
        alternatives=stood.alternatives,
        policy_versions=tuple(dict.fromkeys(str(version) for version in versions if version)),
        filed=filed.event.date_text if filed else None,
        length=_between(shown, quiet, filed, steps[-1] if stood.stage.ends else None) if filed else None,
        other_lengths=_other_lengths(stood, filed) if filed else (),
        filing_inferred=filed is not None and not set(_OF_A_STEP).isdisjoint(filed.event.inferred),
        quiet_since=quiet.latest if quiet else None,
        inferred=tuple(name for name in stood.since.inferred if name in _OF_A_STEP) if stood.since else (),
        known=shown.case.stage_is_known,
        as_of=shown.reader.on,
        known_by=shown.reader.known_by,
        subject_id=header.subject if header and header.subject != UNKNOWN else None,
        track_code=str(header.track) if header else None,
        related=tuple(_related(shown)),
    )


def _related(shown: Shown) -> Iterator[RelatedCase]:
    """Yields the related cases, without those of this folder of which nothing had been recorded by the reader's day."""
    header, moment = shown.case.header, shown.reader.moment
    earlier = len(shown.events()) < len(shown.case.events)
    for related in header.related if header else ():
        other = shown.case.beside.get(related.case or "")
        if other and other.events and not any(moment.possible(event) for event in other.events if not event.context):
            continue
        yield RelatedCase(
            _(related.relation.label),
            shown.text(related.title) if related.title else related.case or "",
            related.addresses,
            str(related.relation),
            related.case,
            dated=other is not None or not earlier,
        )


def stage_known(stood: Standing, reader: Reader) -> Stage | None:
    """Returns the stage; None where the question is what outsiders knew, and they knew of no step."""
    return None if reader.known_by and stood.since is None else stood.stage


def filing_of(stood: Standing) -> Step | None:
    """Returns the step that opened the case; None while that is not certain."""
    return stood.steps[0] if stood.steps and stood.steps[0].certain else None


def _other_lengths(stood: Standing, filed: Step) -> tuple[Days, ...]:
    """Returns the lengths of an ended case by the dates of other sources that contradict those of its filing or end."""
    if not stood.stage.ends or stood.since is None:
        return ()
    first, last = filed.event, stood.since
    starts = [other.value for other in first.also_dated if other.value.disjoint(first.dated)]
    ends = [other.value for other in last.also_dated if other.value.disjoint(last.dated)]
    pairs = [*((start, last.day) for start in starts), *((first.day, end) for end in ends)]
    return tuple(dict.fromkeys(Days.between(start, end) for start, end in pairs))


def spans_of(shown: Shown, stood: Standing) -> tuple[StageSpan, ...]:
    """Returns the stays in stages, in order; a move from a stage to itself, as an extension, goes on with the stay."""
    entries = entries_of(stood)
    quiet = quiet_since(shown, stood)
    return tuple(
        StageSpan(
            entry.end,
            entry.event.date_text,
            after.event.date_text if after else None,
            None if entry.end.ends and after is None else _between(shown, quiet, entry, after),
        )
        for entry, after in zip(entries, [*entries[1:], None], strict=False)
    )


def entries_of(stood: Standing) -> list[Step]:
    """Returns the steps that enter a stage: every certain one but a move from a stage to itself."""
    entries: list[Step] = []
    for step in stood.steps:
        if step.certain and (not entries or entries[-1].end != step.end):
            entries.append(step)
    return entries


def quiet_since(shown: Shown, stood: Standing) -> FuzzyDate | None:
    """Returns the day of the last record of a case that has not ended, if nothing has been recorded for long since.

    It is as exact as the dates of the records. None also where a record, as one without a date, may be later.
    """
    today = shown.reader.on
    days = [event.day for event in shown.events()]
    last = max((min(day.latest or today, today) for day in days), default=today)
    if stood.stage.ends or today - last <= QUIET_AFTER:
        return None
    first = max((day.earliest for day in days if day.earliest), default=None)
    return date_of(last) if first == last else FuzzyDate.parse(f"[{first or ''}..{last}]")


def _between(shown: Shown, quiet: FuzzyDate | None, start: Step, end: Step | None) -> Days | None:
    """The days between the events of two steps, or up to the day that the case is counted to.

    That is the reader's day, or the day of the last record if it is long ago (`quiet`): nobody recorded how the case
    went on. None where a step may not be read.
    """
    if not shown.case.stage_is_known:
        return None
    counted_to = quiet or date_of(shown.reader.on)
    return Days.between(start.event.day, end.event.day if end else counted_to)
