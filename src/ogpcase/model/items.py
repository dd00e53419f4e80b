"""The items in events: requests, answers, allegations, findings, clauses, votes and the like."""

from typing import Annotated, Literal, Self, get_args

from pydantic import ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import (
    AnyReference,
    Flag,
    Frozen,
    Id,
    ItemReference,
    Line,
    Number,
    PartyId,
    Several,
    Shared,
    later,
    later_list,
    one_text_for,
    public,
    public_list,
)
from ogpcase.model.codelists import (
    Addressed,
    Completion,
    CountedFrom,
    Credibility,
    Ground,
    Outcome,
    Position,
    Relevance,
)
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import Parties, PartyReference
from ogpcase.model.sources import SourceId
from ogpcase.model.table_codes import StageCode
from ogpcase.model.texts import Text

Unit = Literal["days", "weeks", "months", "years"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class Within(Shared):
    """A term: a number of days, weeks, months or years after something."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [unit]} for unit in UNITS]})

    days: Number | None = public("A number of days.")
    weeks: Number | None = public("A number of weeks.")
    months: Number | None = public("A number of calendar months; a month too short ends the term on its last day.")
    years: Number | None = public("A number of calendar years.")
    after: AnyReference | None = public(
        "The event that starts the term, or the request that must be met first; if left out, this paper."
    )
    from_: CountedFrom | None = public("From which day of that paper it counts.", alias="from")

    @model_validator(mode="after")
    def _has_one_unit(self) -> Self:
        if sum(getattr(self, unit) is not None for unit in UNITS) != 1:
            raise PydanticCustomError("needs_just_one", "{fields}", {"fields": ", ".join(UNITS)})
        return self


class OnMissed(Shared):
    """What the paper says will follow if the term is missed; shown, never applied automatically."""

    text: Text = public("What follows, in our own words.", required=True)
    stage: StageCode | None = public("The stage that would follow.")


class Request(Shared):
    """One thing asked of one or several parties; also a recommendation or a milestone."""

    word_gives = "text"

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["due", "within"]}})

    id: Id = public("Its name within this record, as `independent-investigation`.", required=True, asked="never")
    asked_of: Parties = public_list("Who is asked; leave it out if the paper names nobody.")
    text: Text = public("What is asked, in our own words.", required=True)
    due: FuzzyDate | None = public("The last day that is in time.")
    within: Within | None = later("The term, if it is counted from something.")
    on_missed: OnMissed | None = later("What follows if the term is missed.")
    answer_withheld: Flag = public("True in a public copy that leaves out the answer.", default=False, in_copies=True)

    @model_validator(mode="after")
    def _has_one_term(self) -> Self:
        if self.due is not None and self.within is not None:
            raise PydanticCustomError("excludes", "{fields}", {"fields": "due, within"})
        return self


class Answer(Shared):
    """What this record says about the answer to a request."""

    request: ItemReference = public(
        "The request that it answers: `event-id#item`.",
        required=True,
        picked="request",
        prompt="The request that it answers.",
    )
    answer: Outcome = public("What came back.", required=True)
    of: Parties = public_list(
        "Whose answer this is, if not that of the party acting here; required with `none` and `not_met`."
    )
    new_due: FuzzyDate | None = public("The new last day, if the term was moved.")


class MentionForm(Frozen):
    """Something a paper refers to: an event of this or another case, or a text if it has no record."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["event"]}, {"required": ["text"]}]})

    event: AnyReference | None = public("The event or item that the paper refers to.")
    text: Text | None = public("What the paper refers to, in our own words.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.event is None and self.text is None:
            raise PydanticCustomError("needs_one", "{fields}", {"fields": "event, text"})
        return self


Mention = Annotated[MentionForm, one_text_for("event")]


class Allegation(Frozen):
    """One thing that a Concern says a government did."""

    word_gives = "text"

    id: Id = public("Its name within this record.", required=True, asked="never")
    text: Text = public("What is alleged, in our own words.", required=True)
    grounds: Several[Ground] = public_list("The grounds it is based on.")
    evidence: Several[Mention] = later_list("The evidence cited for it.")
    reply_withheld: Flag = public("True in a public copy that leaves out a reply to it.", default=False, in_copies=True)
    finding_withheld: Flag = public(
        "True in a public copy that leaves out a finding on it.", default=False, in_copies=True
    )


class SignedBy(Frozen):
    """A person who signed for a party."""

    word_gives = "name"

    name: Line = public("The person's name as printed.", required=True)
    office: Line | None = public("The office the person held.")
    for_: PartyId | None = public("The party that the person signed for.", alias="for")


class Reply(Frozen):
    """What a paper says about one allegation."""

    about: AnyReference = public(
        "The allegation, as `2018-07-16-concern#surveillance`.",
        required=True,
        picked="allegation",
        prompt="The allegation.",
    )
    position: Position = public("Whether it admits, denies or explains it.", required=True)
    text: Text | None = public("What it says, in our own words.")


class Finding(Frozen):
    """What a report found on one allegation."""

    about: AnyReference = public(
        "The allegation, as `2018-07-16-concern#surveillance`.",
        required=True,
        picked="allegation",
        prompt="The allegation.",
    )
    relevance: Relevance | None = public("Whether it concerns OGP's values.")
    credibility: Credibility | None = public("Whether the evidence supports it.")
    addressed: Addressed | None = public("Whether it is addressed at home.", label="addressed domestically")
    text: Text | None = public("The finding, in our own words.")

    @property
    def grades(self) -> dict[str, Relevance | Credibility | Addressed | None]:
        """What the report found, by the names of the fields; None where the record says nothing."""
        return {"relevance": self.relevance, "credibility": self.credibility, "addressed": self.addressed}


class Recital(Frozen):
    """A paragraph of a preamble."""

    verb: Line = public("Its first verb, as `recognises`.", required=True)
    text: Text = public("What it says, in our own words.", required=True)
    cites: Several[AnyReference] = public_list("The events it cites.")


class Clause(Frozen):
    """A paragraph that decides something."""

    word_gives = "text"

    id: Id = public("Its name within this record.", required=True, asked="never")
    verb: Line | None = public("Its first verb, as `resolves`, if somebody saw the wording.")
    text: Text = public("What it decides, in our own words.", required=True)


class Term(Frozen):
    """How long a decision holds."""

    word_gives = "text"

    text: Text | None = public("The term, in our own words.")
    months: Number | None = public("Its length in calendar months.")
    until: FuzzyDate | None = public("Its last day.")


class Votes(Frozen):
    """The votes of a body."""

    for_: Number | None = public("Votes for.", alias="for")
    against: Number | None = public("Votes against.")
    abstain: Number | None = public("Abstentions.")
    method: Line | None = public("How the vote was taken, as `anonymous paper ballot`.")


class ActionPlan(Frozen):
    """An action plan that a record names."""

    word_gives = "name"

    name: Text | None = public("Its name.", one_line=True)
    number: Number | None = public("Its number: 4 for the fourth plan.")
    period: Line | None = public("The years it covers, as `2019-2021`.")


class Assessment(Frozen):
    """How far a commitment was found to be completed."""

    by: PartyReference = public("Who assessed it.", required=True)
    dated: FuzzyDate = public("The date of the assessment.", required=True)
    completion: Completion = public("How far it was completed.", required=True)
    source: SourceId | None = public("The id of the source of the assessment.")


class AlsoDated(Shared):
    """Another date for the same event, from another source; both are kept and shown."""

    value: FuzzyDate = public("The other date.", required=True)
    source: SourceId = public("The id of the source that gives it.", required=True)


class AlsoStated(Shared):
    """Another value of a field, from another source; both are kept and shown."""

    holds_other = "value"

    field: Line = public("The field that this source states differently.", required=True)
    value: Several[Line] = public("The value, or several, that it states.", required=True)
    source: SourceId = public("The id of the source that states it.", required=True)


class Departure(Shared):
    """Why a step is recorded although the policy does not permit it, or nobody could verify it."""

    word_gives = "because"

    because: Text = public("The reason, in our own words.", required=True)
    sources: Several[SourceId] = public_list("The ids of the sources that show it.")


class Withdrawn(Shared):
    """When and why a record was taken back: it was made by mistake, and is no part of the case."""

    on: FuzzyDate = public("The day it was withdrawn.", required=True)
    because: Text = public("The reason, in our own words; it is public.", required=True)


OF_WITHDRAWN = {"title": "Withdrawn", "dated": "unknown"}
"""Required fields that a withdrawn record may lack, as it does in a public copy."""
