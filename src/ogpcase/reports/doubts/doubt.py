"""A doubt: what a reader of a case cannot rely on, and the record that would settle it; and which doubts there are."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from ogpcase.model.codelists import CodeList, Kind, ReportType
from ogpcase.model.events import Concern, Event, Report, Resolution
from ogpcase.reports.shown import Shown

What: TypeAlias = Literal["contradicted", "uncertain", "unsourced"]
WHATS: tuple[What, ...] = ("contradicted", "uncertain", "unsourced")
"""What a doubt does, the gravest first."""
Touches: TypeAlias = Literal["step", "other", "context"]
TOUCHES: tuple[Touches, ...] = ("step", "other", "context")
"""What a doubt bears on: a paper that the case turns on, any other event, or mere background."""


class About(CodeList):
    """What a doubt is about: a stable code, a headline and a sentence; in the order they are shown."""

    DATES_DISAGREE = "dates_disagree", "Sources give different days", "Two sources' dates have no day in common."
    FACT_DISAGREES = "fact_disagrees", "Sources state a fact differently", "One source states a fact otherwise."
    ANSWERS_DISAGREE = (
        "answers_disagree",
        "Two sides tell differently what came back",
        "Two tellers give answers of one party that exclude each other.",
    )
    AS_STATED_DIFFERS = (
        "as_stated_differs",
        "A source's word for the status is another stage's",
        "The source says that the case is in a stage to which no record moved it.",
    )
    PERHAPS_MOVED = (
        "perhaps_moved",
        "Perhaps the case has moved on",
        "An event that would change the stage is undated, or only possibly there on the day.",
    )
    ORDER_OPEN = (
        "order_open",
        "Which of two steps came first is open",
        "The dates of two steps overlap, and neither record says that it follows the other.",
    )
    VERSION_UNKNOWN = (
        "version_unknown",
        "The policy's version is not known",
        "The header names no version, so that no step is judged.",
    )
    RULE_NOT_VERIFIED = (
        "rule_not_verified",
        "A step rests on a rule that nobody could verify",
        "The row of the policy table that the step follows is of evidence U.",
    )
    DEPARTURE = "departure", "Steps outside the policy's moves", "The record says that the policy did not foresee it."
    FILERS_NOT_ALL_NAMED = (
        "filers_not_all_named",
        "Not all filers are named",
        "More file the Concern, as stated, than the record names.",
    )
    GROUNDS_UNKNOWN = "grounds_unknown", "The grounds are not known", "The Concern has no grounds recorded."
    ALLEGATIONS_UNKNOWN = (
        "allegations_unknown",
        "What is alleged is not known",
        "The Concern has no allegations recorded.",
    )
    POSITION_UNKNOWN = (
        "position_unknown",
        "What the government says of the allegations is not known",
        "It replies to the Concern, and the record has no reply to any allegation.",
    )
    CONCLUSION_UNKNOWN = (
        "conclusion_unknown",
        "What a report concludes is not known",
        "The conclusion is `unknown`, or a review report has none.",
    )
    FINDING_UNKNOWN = (
        "finding_unknown",
        "What a report found is not known",
        "Relevance, credibility or whether an issue is addressed is `unknown`.",
    )
    ACTOR_UNKNOWN = "actor_unknown", "Who acted is not known", "The sources name nobody, or nobody is recorded."
    UNDATED = "undated", "No date is known", "The event is dated `unknown`."
    QUALIFIED_DATE = "qualified_date", "Dates that are not sure", "The date is uncertain (?), approximate (~) or both."
    IMPRECISE_DATE = "imprecise_date", "Dates known only roughly", "No single day is known."
    NO_START = "no_start", "Terms whose start is not known", "The day that a term is counted from is not recorded."
    NEW_TERM_UNKNOWN = (
        "new_term_unknown",
        "Terms moved to a day that is not known",
        "An answer extends a term and gives no new last day.",
    )
    ANSWER_UNKNOWN = (
        "answer_unknown",
        "Answers that were looked for in vain",
        "An answer was looked for, and the sources are silent.",
    )
    LEAD_UNKNOWN = "lead_unknown", "Who leads is not known", "Nobody is known to lead the commitment."
    COMPLETION_UNKNOWN = (
        "completion_unknown",
        "How far a commitment was kept is not known",
        "An assessment's completion is `unknown`.",
    )
    SIGNATORIES_NOT_ALL_NAMED = (
        "signatories_not_all_named",
        "Not all signatories are named",
        "More signed, as stated, than the record names.",
    )
    PARTY_UNKNOWN = "party_unknown", "Somebody is not named", "The sources name nobody in another role."
    DATES_MAY_BE_THE_SAME = (
        "dates_may_be_the_same",
        "Dates that may mean the same day",
        "Another source's date overlaps with the one recorded.",
    )
    NO_SOURCE = "no_source", "Events without a source", "The event names no source at all."
    DEPARTURE_WITHOUT_SOURCE = (
        "departure_without_source",
        "Departures without a source",
        "No source shows that the step departed from the policy.",
    )
    FACT_WITHOUT_SOURCE = (
        "fact_without_source",
        "Facts that no source gives",
        "All sources of the event say what they give, and none gives this field.",
    )

    @property
    def what(self) -> What:
        """What a doubt of this sort does."""
        if self in _CONTRADICTED:
            return "contradicted"
        return "unsourced" if self in _UNSOURCED else "uncertain"


_CONTRADICTED = (About.DATES_DISAGREE, About.FACT_DISAGREES, About.ANSWERS_DISAGREE, About.AS_STATED_DIFFERS)
_UNSOURCED = (About.NO_SOURCE, About.DEPARTURE_WITHOUT_SOURCE, About.FACT_WITHOUT_SOURCE)


class SaidBy(NamedTuple):
    """One of several things that are said of the same fact, and by which sources."""

    value: str
    sources: tuple[str, ...]
    note: str | None = None


class Doubt(NamedTuple):
    """Something uncertain, contradicted or unsourced: where it stands, what is said, and what would settle it.

    `reference` is an event or an item of one, or the case's id where it is about the header. `values` are what the
    sources say where they differ. `certain` is false where the event has only possibly happened.
    """

    case: str
    about: About
    touches: Touches
    reference: str
    kind: Kind | None
    field: str | None
    said: str
    settled_by: str
    certain: bool
    values: tuple[SaidBy, ...] = ()

    @property
    def what(self) -> What:
        """What the doubt does."""
        return self.about.what


class DoubtedEvent(NamedTuple):
    """An event for doubts to be found in, and the case that one reader sees."""

    shown: Shown
    event: Event

    def sound(self, *fields: str) -> bool:
        """True when nothing was left out of these fields of the record for being wrong."""
        return self.shown.case.flawed.get(self.event.id, frozenset()).isdisjoint(fields)

    def doubt(  # noqa: PLR0913 - the parts of a doubt, most of them by name
        self,
        about: About,
        field: str | None,
        said: str,
        settled_by: str,
        *,
        item: str | None = None,
        values: tuple[SaidBy, ...] = (),
    ) -> Doubt:
        """Returns a doubt about this event, or about an item of it."""
        reference = f"{self.event.id}#{item}" if item else self.event.id
        certain = self.shown.reader.moment.certain(self.event)
        return Doubt(
            self.shown.case.id, about, self.touches, reference, self.event.kind, field, said, settled_by, certain,
            values,
        )  # fmt: skip

    @property
    def touches(self) -> Touches:
        """What doubts about this event bear on."""
        event = self.event
        if event.context and self.sound("context"):
            return "context"
        moves = bool(event.moves_to) and self.sound("moves_to")
        review = isinstance(event, Report) and event.report_type is ReportType.REVIEW_REPORT
        return "step" if moves or review or isinstance(event, Concern | Resolution) else "other"


_PAPERS = {
    Kind.CONCERN: "a copy of the Letter of Concern",
    Kind.LETTER: "a copy of the letter",
    Kind.STATEMENT: "a copy of the statement",
    Kind.REPORT: "a copy of the report",
    Kind.RESOLUTION: "a copy of the resolution",
    Kind.COMMITMENT: "a copy of the action plan",
    Kind.DEVELOPMENT: "a source made at the time",
}


def copy_of(event: Event) -> str:
    """Returns what to look for where the paper itself would settle a doubt."""
    return _PAPERS[event.kind]
