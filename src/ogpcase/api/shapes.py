"""The mappings in the rows and problems that Python programs get: a class for each sort.

Made from the columns by `make bless`; nobody edits it by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer."""

    request: str
    """The request that is answered."""
    answer: str
    """The outcome, as recorded."""
    of: tuple[str, ...]
    """Whose answer it is, where others than the event's actors answer."""
    of_ids: tuple[str, ...]
    """The ids of those in `of`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A term that is a number of days, weeks, months or years."""

    count: int
    """The number of units."""
    unit: str
    """The unit: `days`, `weeks`, `months` or `years`."""
    after: str | None
    """The event, or the request to be met, that starts the term; None where the paper itself does."""
    from_: str
    """The date of the event or paper from which the term counts: `dated`, `received` or `published`."""


@dataclass(frozen=True, slots=True)
class Days:
    """A length of time in days: whole numbers, or halves in a median."""

    fewest: float | None
    """The fewest days that it can have been."""
    most: float | None
    """The most days that it can have been."""
    certain: bool
    """False where a date is imprecise or qualified."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper that the filers cite for an allegation."""

    reference: str | None
    """The event cited; None where it has no record."""
    dated: str | None
    """The date of what is cited. In EDTF, as written."""
    title: str | None
    """The title of what is cited."""
    text: str | None
    """A description in the record's words."""
    certain: bool
    """Whether the event has certainly happened by `as_of`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding."""

    about: str
    """What the statement or finding is about."""
    event: str
    """The id of the paper's event."""
    dated: str
    """The paper's date. In EDTF, as written."""
    title: str
    """The paper's title."""
    by: tuple[Voice, ...]
    """Who sends or adopts the paper, or otherwise who writes it."""
    certain: bool
    """Whether the paper certainly existed by `as_of`."""
    on_behalf_of: tuple[str, ...]
    """For whom the paper acts, where that is somebody else."""
    on_behalf_of_ids: tuple[str, ...]
    """The ids of those in `on_behalf_of`."""
    inferred: tuple[str, ...]
    """The fields of the paper's record that no source states in words."""
    report_type: str | None
    """The type of the report."""
    authors: tuple[str, ...]
    """Who wrote the report."""
    author_ids: tuple[str, ...]
    """The authors' ids."""
    adopted_by: tuple[str, ...]
    """Who adopted the report."""
    adopted_by_ids: tuple[str, ...]
    """The ids of those in `adopted_by`."""
    carried: bool
    """Whether the report led to a decision of the case."""
    relevance: str | None
    """Whether the allegation is relevant to OGP's values."""
    credibility: str | None
    """Whether the evidence makes the allegation credible."""
    addressed: str | None
    """Whether the matter is already addressed in the country."""
    text: str | None
    """The finding in words."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one party that was asked has done."""

    party: str
    """The party's name, the name as printed of nobody in particular, or `unknown` where nobody is named."""
    party_id: str | None
    """The party's id; None where nobody is named."""
    outcome: str
    """The answer: `met`, `partly_met`, `not_met`, `refused`, `acknowledged`, `overtaken`, `silent`, `unanswered`,
    `unknown`, `not_read` where a record that cannot be read may tell of an answer, `withheld` where a public copy
    leaves the answer out, or `call` where the public or nobody in particular is asked and no answer is owed.
    """
    certain: bool
    """False where the outcome depends on an event that has only possibly happened, or on an unknown order of events."""
    timing: str
    """Whether the answer was in time: `on_time`, `late`, `possibly_late`, `running`, `due_passed`, `ended` for a call,
    `no_limit` or `unknown`.
    """
    timing_days: Days | None
    """Days since the last day, or days left until it."""
    days_to_answer: Days | None
    """Days from the request to the answer."""
    days_open: Days | None
    """Days that the request has been open, up to `as_of` or the end of the case."""
    days_silent: Days | None
    """Days from the request to the last paper that attests that no answer came; None unless `silent`."""
    told_by: str | None
    """The event that reports the outcome."""
    told_on: str | None
    """That event's date. In EDTF, as written."""
    answer_inferred: bool
    """True where no source states the answer in words."""
    parts: tuple[Line, ...]
    """The parts of the party that answered separately."""


@dataclass(frozen=True, slots=True)
class MoveOfATerm:
    """A new last day for a request, and who gave it."""

    to: str | None
    """The new last day; None where it is not recorded. In EDTF, as written."""
    by: str
    """The event that moved the last day."""
    on: str
    """That event's date. In EDTF, as written."""
    brought_forward: bool
    """True where the new day is certainly earlier."""
    certain: bool
    """False where that event has only possibly happened."""


@dataclass(frozen=True, slots=True)
class NextDue:
    """The next day on which a term runs out."""

    request: str
    """The reference of the request: its event and its item."""
    text: str
    """What is asked for."""
    last_day: str
    """The last day on which an answer is in time, as far as it is known. In EDTF, as written."""
    earliest: date | None
    """The earliest that the last day can be."""
    latest: date | None
    """The latest that the last day can be."""
    days_left: Days | None
    """Days left until the last day; None where it may have passed."""
    certain: bool
    """False where the last day is not exact or may have passed, or the request was perhaps never made."""


@dataclass(frozen=True, slots=True)
class OtherDate:
    """The date that another source gives for the event."""

    value: str
    """The other date. In EDTF, as written."""
    source: str
    """The source that gives the other date."""
    recorded_from: tuple[str, ...]
    """The sources of the date that is recorded."""
    conflicts: bool
    """Whether the two dates contradict each other; False where both may mean the same day."""


@dataclass(frozen=True, slots=True)
class OtherFact:
    """What another source says of a field of the event."""

    field: str
    """The field for which the source states something else."""
    values: tuple[str, ...]
    """The values that the source states."""
    source: str
    """The source that states them."""
    recorded_from: tuple[str, ...]
    """The sources of what is recorded."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place."""

    path: str
    """The file's path from the current folder."""
    line: int
    """The line where the place begins."""
    column: int
    """The column where the place begins."""
    end_line: int
    """The line where the place ends."""
    end_column: int
    """The column where the place ends."""
    route: tuple[str | int, ...]
    """The keys, and positions counted from 0, that lead to the place."""
    label: str
    """A remark on the place."""
    primary: bool
    """True for the place of the problem, False for related places."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem."""

    code: str
    """The check's code; see the checks."""
    name: str
    """The check's name."""
    severity: str
    """`error` or `warning`."""
    message: str
    """What is wrong."""
    places: tuple[Place, ...]
    """The place of the problem, then related places."""
    notes: tuple[str, ...]
    """Further facts, and the source of the rule."""
    helps: tuple[str, ...]
    """Suggestions how to mend the problem."""


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """A related case."""

    relation: str
    """The relation of the other case to this one."""
    relation_code: str
    """The code of the relation."""
    case: str | None
    """The other case's id, where it is in this folder."""
    title: str
    """The other case's title or description."""
    urls: tuple[str, ...]
    """The addresses of pages about the other case."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply."""

    about: str
    """What the statement or finding is about."""
    event: str
    """The id of the paper's event."""
    dated: str
    """The paper's date. In EDTF, as written."""
    title: str
    """The paper's title."""
    by: tuple[Voice, ...]
    """Who sends or adopts the paper, or otherwise who writes it."""
    certain: bool
    """Whether the paper certainly existed by `as_of`."""
    on_behalf_of: tuple[str, ...]
    """For whom the paper acts, where that is somebody else."""
    on_behalf_of_ids: tuple[str, ...]
    """The ids of those in `on_behalf_of`."""
    inferred: tuple[str, ...]
    """The fields of the paper's record that no source states in words."""
    by_subject: bool | None
    """Whether the paper speaks for the government; None where that is not known."""
    position: str
    """The position that the paper takes, such as `denies`."""
    text: str | None
    """The statement in words."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request."""

    item: str
    """The request's id within the event."""
    text: str
    """What is asked for."""
    due: str | None
    """The last day on which an answer is in time, where one is set. In EDTF, as written."""
    extended_to: str | None
    """The day that an answer moved the term to. In EDTF, as written."""
    term: Term | None
    """The term for an answer; None where none is set."""
    on_missed: WhatFollows | None
    """What the paper says will follow when the term is missed; ogpcase never applies it."""
    duty: bool
    """True where the policy asks, not the paper."""
    open_at_end: bool
    """True where the request was open when the case ended."""
    certain: bool
    """Whether the request has certainly been made by `as_of`."""
    asked_of: tuple[Line, ...]
    """The outcome for each party asked."""
    inferred: bool
    """True where no source states the request in words."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source."""

    id: str
    """The source's id within the event."""
    title: str | None
    """The source's title."""
    url: str | None
    """The address at which the source was read."""
    file: str | None
    """The path of a copy kept with the case."""
    gives: tuple[str, ...]
    """The fields of the event that the source supports."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The shortest, the middle and the longest of several lengths of time, in days."""

    count: int
    """Number of measured lengths of time; a case may have several."""
    minimum_days: Days | None
    """The shortest length; None where none is known."""
    median_days: Days | None
    """The median length."""
    maximum_days: Days | None
    """The longest length."""
    unknown: int
    """Number of lengths that are not known."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term."""

    last_day: str | None
    """The last day on which an answer is in time, as far as it is known. In EDTF, as written."""
    earliest: date | None
    """The earliest that the last day can be; None where there is no such limit."""
    latest: date | None
    """The latest that the last day can be; None where there is no such limit."""
    certain: bool
    """Whether the last day is exact."""
    counted: Counted | None
    """How the term is counted; None where the paper names a day."""
    moves: tuple[MoveOfATerm, ...]
    """The changes of the last day, in order."""
    not_known: str | None
    """What is missing where the last day is not known: `start` (of the term) or `day`; else None."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who sends, adopts or writes a paper."""

    name: str
    """The party's name."""
    party_id: str | None
    """The party's id; None where nobody is named."""
    as_named: str | None
    """The name that the paper prints, where it differs."""
    office: str | None
    """The office that the paper gives for the party."""


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """A waiting request."""

    request: str
    """The reference of the request: its event and its item."""
    text: str
    """What is asked for."""
    days: Days
    """Days of attested silence, or days open."""
    at_end: bool
    """True where the case ended before an answer; days open are then counted up to its end."""
    certain: bool
    """False where it depends on an event that has only possibly happened."""


@dataclass(frozen=True, slots=True)
class WhatFollows:
    """What follows when a term is missed."""

    text: str
    """What follows, in the words of the paper."""
    stage: str | None
    """The stage that would follow."""
