"""The items that the kinds of events are made of: allegations, findings, replies, clauses and the rest."""

from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import (
    AnyReference,
    Flag,
    Frozen,
    Id,
    Line,
    Number,
    PartyId,
    Several,
    public,
    public_list,
)
from ogpcase.model.codelists import Addressed, Completion, Credibility, Ground, Position, Relevance
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import PartyReference
from ogpcase.model.texts import Text


def _long_form(value: object) -> object:
    return {"event": value} if isinstance(value, str) else value


class MentionForm(Frozen):
    """Something a paper points to: an event of this or another case, or words where there is no record of it."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["event"]}, {"required": ["text"]}]})

    event: AnyReference | None = public("The event or item pointed to.")
    text: Text | None = public("What is pointed to, in our own words.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.event is None and self.text is None:
            raise PydanticCustomError("needs_one", "{fields}", {"fields": "event, text"})
        return self


Mention = Annotated[MentionForm, BeforeValidator(_long_form)]


class Allegation(Frozen):
    """One thing a Concern says a government did."""

    id: Id = public("Its name within this record.", required=True)
    text: Text = public("What is alleged, in our own words.", required=True)
    grounds: Several[Ground] = public_list("The grounds it rests on.")
    evidence: Several[Mention] = public_list("The evidence cited for it.")
    reply_withheld: Flag = public("True in a public copy that leaves out what was replied to it.", default=False)
    finding_withheld: Flag = public("True in a public copy that leaves out what was found of it.", default=False)


class SignedBy(Frozen):
    """A person who signed for a party."""

    name: Line = public("The person's name as printed.", required=True)
    office: Line | None = public("The office the person held.")
    for_: PartyId | None = public("The party signed for.", alias="for")


class Reply(Frozen):
    """What a paper says of one allegation."""

    about: AnyReference = public("The allegation, as `2018-07-16-concern#surveillance`.", required=True)
    position: Position = public("What it says of it.", required=True)
    text: Text | None = public("How, in our own words.")


class Finding(Frozen):
    """What a report found on one allegation."""

    about: AnyReference = public("The allegation, as `2018-07-16-concern#surveillance`.", required=True)
    relevance: Relevance | None = public("Whether it touches OGP's values.")
    credibility: Credibility | None = public("Whether the evidence bears it out.")
    addressed: Addressed | None = public("Whether it is addressed at home.")
    text: Text | None = public("What was found, in our own words.")


class Recital(Frozen):
    """A preamble's paragraph: a verb and what it introduces."""

    verb: Line = public("The verb it opens with, as `recognises`.", required=True)
    text: Text = public("What it says, in our own words.", required=True)
    cites: Several[AnyReference] = public_list("The events it rests on.")


class Clause(Frozen):
    """An operative paragraph."""

    id: Id = public("Its name within this record.", required=True)
    verb: Line = public("The verb it opens with, as `resolves`.", required=True)
    text: Text = public("What it decides, in our own words.", required=True)


class Term(Frozen):
    """For how long a decision holds."""

    text: Text | None = public("The term in our own words.")
    months: Number | None = public("Its length in calendar months.")
    until: FuzzyDate | None = public("Its last day.")


class Votes(Frozen):
    """How a body voted; numbers of votes."""

    for_: Number | None = public("Votes for.", alias="for")
    against: Number | None = public("Votes against.")
    abstain: Number | None = public("Abstentions.")
    method: Line | None = public("How the vote was taken, as `anonymous paper ballot`.")


class ActionPlan(Frozen):
    """An action plan a record speaks of."""

    name: Text | None = public("Its name.")
    number: Number | None = public("Its number: 4 for the fourth.")
    period: Line | None = public("The years it covers, as `2019-2021`.")


class Assessment(Frozen):
    """How far a commitment was found to be completed."""

    by: PartyReference = public("Who assessed it.", required=True)
    dated: FuzzyDate = public("The date of the assessment.", required=True)
    completion: Completion = public("How far it was completed.", required=True)
    source: Id | None = public("The id of the source of the assessment.")
