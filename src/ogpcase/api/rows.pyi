"""The rows that Python programs get, and the mappings in rows and problems, for type checkers.

Made from the columns by `make bless`; nobody edits it by hand.
"""

from dataclasses import dataclass
from datetime import date

@dataclass(frozen=True, slots=True)
class CaseRow:
    """A row of the table `cases`."""

    case: str
    """The case's id."""
    title: str
    """The case's title."""
    subject: str
    """The government that the case is about."""
    subject_id: str | None
    """The id of the government's party."""
    track: str
    """The OGP procedure that the case follows."""
    track_code: str | None
    """The code of the procedure."""
    policy_version: str | None
    """The version of the policy in force at filing."""
    stage: str | None
    """The present stage; None where a record that cannot be read may move the case, or no step was known by the day."""
    since: str | None
    """The date when the case first entered the present stage. In EDTF, as written."""
    perhaps: str | None
    """The stage if the possible moves have happened; None where it is the same."""
    alternatives: tuple[str, ...]
    """All stages that possible moves may have led to."""
    filed: str | None
    """The date of the first step: the filing, or what opens a case of this procedure. In EDTF, as written."""
    ended: bool | None
    """Whether the present stage ends a case; None where the stage is not known."""
    days_from_filing: Days | None
    """Days from the first step to the end of the case, to `nothing_recorded_since`, or to `as_of`."""
    days_by_other_dates: tuple[Days, ...]
    """The same by the dates of other sources for the first step or the end, where those contradict."""
    filing_inferred: bool
    """True where no source states the first step in words."""
    nothing_recorded_since: date | None
    """The day of the last record, where the case has not ended and that is more than a year before `as_of`."""
    inferred: tuple[str, ...]
    """The fields that decide the step to the stage, and that no source states in words."""
    related: tuple[RelatedCase, ...]
    """Cases related to this one."""
    days_in_stage: Days | None
    """Days in the present stage, counted as `days_from_filing`; None for an end."""
    events: int | None
    """Number of events so far; None where a record cannot be read."""
    open_requests: int | None
    """Number of requests that somebody has not answered, without duties; None where not known."""
    open_at_end: int | None
    """Number of these requests that were open when the case ended."""
    perhaps_open: int | None
    """Number of other requests that may never have been made, or may be answered."""
    next_due: NextDue | None
    """The open request whose last day comes first; None where no such day is known."""
    longest_silence: WaitingRequest | None
    """The open request whose silence is attested longest; duties and background papers do not count."""
    longest_open: WaitingRequest | None
    """The request that has been open longest; duties and background papers do not count."""

@dataclass(frozen=True, slots=True)
class EventRow:
    """A row of the table `events`."""

    case: str
    """The case's id."""
    event: str
    """The event's id."""
    dated: str
    """The date on the paper, as written. In EDTF, as written."""
    earliest: date | None
    """The first day it can be of, by its date and all that bounds it; None where there is none."""
    latest: date | None
    """The last day it can be of, by its date and all that bounds it; None where there is none."""
    kind: str
    """The kind of event."""
    title: str
    """The event's title."""
    language: str | None
    """The language the title is in."""
    actors: tuple[str, ...]
    """Who acts in the event."""
    actor_ids: tuple[str, ...]
    """The actors' ids, without unknown actors."""
    on_behalf_of: tuple[str, ...]
    """For whom the actors act, where that is somebody else."""
    on_behalf_of_ids: tuple[str, ...]
    """The ids of those in `on_behalf_of`."""
    addressees: tuple[str, ...]
    """To whom the paper is sent."""
    addressee_ids: tuple[str, ...]
    """The addressees' ids, without those who are not named."""
    moves_to: tuple[str, ...]
    """The stages that the event moves the case to."""
    stage: str | None
    """The case's stage after the event; None where no step was known yet."""
    certain: bool
    """Whether the event has certainly happened by `as_of`."""
    context: bool
    """True for background, which is never a step of the case."""
    departure: bool
    """True for a step that is recorded as outside the policy, or as not verified."""
    inferred: tuple[str, ...]
    """The fields of the event that no source states in words."""
    days_since_previous: Days | None
    """Days since the event in the row before."""
    requests: tuple[Request, ...]
    """The requests that the event makes, and the duties that follow from it."""
    answers: tuple[Answer, ...]
    """The answers to other requests that the event reports."""
    sources: tuple[Source, ...]
    """The event's sources."""
    also_dated: tuple[OtherDate, ...]
    """Other dates that sources give for the event."""
    also_stated: tuple[OtherFact, ...]
    """Other facts that sources state about the event."""
    notes: tuple[int, ...]
    """The numbers, from 1, of the notes about the event."""
    received: str | None
    """The date of receipt, as written. In EDTF, as written."""
    published: str | None
    """The date of publication, as written. In EDTF, as written."""

@dataclass(frozen=True, slots=True)
class RequestRow:
    """A row of the table `requests`."""

    case: str
    """The case's id."""
    request: str
    """The reference of the request: its event and its item."""
    event: str
    """The id of the event that asks."""
    dated: str
    """The event's date. In EDTF, as written."""
    kind: str
    """The kind of event."""
    title: str
    """The event's title."""
    context: bool
    """True for background, which is never a step of the case."""
    certain: bool
    """Whether the request has certainly been made by `as_of`."""
    duty: bool
    """True where the policy asks, not the paper."""
    by: tuple[str, ...]
    """Who asks; empty where the policy asks."""
    by_ids: tuple[str, ...]
    """The ids of those who ask, without those who are not named."""
    on_behalf_of: tuple[str, ...]
    """For whom the actors ask, where that is somebody else."""
    on_behalf_of_ids: tuple[str, ...]
    """The ids of those in `on_behalf_of`."""
    of: str
    """Who is asked, or `unknown` where nobody is named."""
    of_id: str | None
    """The id of who is asked; None where nobody is named."""
    text: str
    """What is asked for."""
    inferred: tuple[str, ...]
    """The fields of the event that no source states in words."""
    due: str | None
    """The last day that the request itself names. In EDTF, as written."""
    term: Term | None
    """The party's term."""
    on_missed: WhatFollows | None
    """What follows when the term is missed."""
    open: bool | None
    """True until the request is certainly answered; None where that is not known."""
    open_at_end: bool | None
    """True where the request was open when the case ended."""
    outcome: str
    """The outcome, as in a line."""
    outcome_certain: bool
    """Whether the outcome is certain, as `certain` in a line."""
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
    others: tuple[Line, ...]
    """The parties that answered without being asked."""

@dataclass(frozen=True, slots=True)
class FindingRow:
    """A row of the table `findings`."""

    case: str
    """The case's id."""
    reference: str
    """The reference of the allegation."""
    concern: str
    """The Concern or addendum that makes the allegation."""
    text: str
    """What is alleged."""
    grounds: tuple[str, ...]
    """The grounds it is based on."""
    certain: bool
    """Whether the allegation has certainly been made by `as_of`."""
    reply_state: str
    """The government's reply: `answered`, `not_addressed_in_reply`, `answered_as_a_whole`, `unanswered`, or `withheld`
    where a public copy leaves out the reply.
    """
    perhaps_reply_state: str | None
    """`reply_state` if papers that are only possible count too."""
    finding_state: str
    """`found`, `no_finding`, or `withheld` where a public copy leaves out the finding."""
    perhaps_finding_state: str | None
    """`finding_state` if reports that are only possible count too."""
    evidence: tuple[Evidence, ...]
    """The evidence cited for the allegation."""
    replies: tuple[Reply, ...]
    """The replies and statements about the allegation."""
    findings: tuple[Finding, ...]
    """The findings about the allegation."""
    finding: Finding | None
    """One finding; empty where there is none about the allegation."""

@dataclass(frozen=True, slots=True)
class MoveRow:
    """A row of the table `moves`."""

    case: str
    """The case's id."""
    event: str
    """The event that makes the move."""
    dated: str
    """The event's date. In EDTF, as written."""
    from_: str
    """The stage before the move."""
    to: str
    """The stage after the move; the same as `from` for an extension."""
    certain: bool
    """Whether the move has certainly been made; False for a move without a date."""
    decided_by: tuple[str, ...]
    """Who acts in the event."""
    decided_by_ids: tuple[str, ...]
    """The ids of those who act, without those who are not named."""
    basis: str | None
    """The clause that the event cites."""
    policy_version: str | None
    """The version of the policy that applies to the move."""
    policy_row: str | None
    """The row of `ogpcase policy` that the move follows; None where none fits, or it cites another clause."""
    clause: str | None
    """The clause of the row `policy_row`."""
    evidence: str | None
    """How well the row `policy_row` is known, as a code."""
    days_in_from_stage: Days | None
    """Days since the case first entered the stage `from`."""

@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of the table `sources`."""

    case: str
    """The case's id."""
    source: str
    """The source's id."""
    title: str | None
    """The source's title."""
    publisher: str | None
    """Who published it."""
    url: str | None
    """The address where it was read."""
    archived_url: str | None
    """The address of an archived copy of that page."""
    language: str | None
    """The language in which it was read."""
    published: str | None
    """The day it was published, as written. In EDTF, as written."""
    retrieved: str | None
    """The day it was read, as written. In EDTF, as written."""
    kept_copy: str | None
    """The path of the kept copy below the case's folder."""
    written_in: tuple[str, ...]
    """The events that write the source out; none where a file has it."""
    recorded: bool
    """False where the source's file is missing or cannot be read."""
    records: int
    """How many events rest on it."""
    events: tuple[str, ...]
    """The events that rest on it."""
    paper_of: tuple[str, ...]
    """The events whose paper it is."""

@dataclass(frozen=True, slots=True)
class DurationRow:
    """A row of the table `durations`."""

    case: str | None
    """The case's id; None for the figures over all cases."""
    track: str
    """The OGP procedure; `unknown` where the header cannot be read."""
    measure: str
    """`between_stages` (from the entry into `from` to the entry into `to`), `in_stage` (the stays in `from`, whatever
    came next) or `filing_to_end`.
    """
    from_: str | None
    """The stage; None for `filing_to_end`."""
    to: str | None
    """The next stage, for `between_stages`; otherwise None."""
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
    so_far: Spread
    """The same figures for lengths that have not ended, counted up to `as_of`."""

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
