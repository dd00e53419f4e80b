"""The items that the kinds of events are made of: allegations, findings, replies, clauses and the rest."""

from typing import Annotated, Self

from pydantic import BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import (
    AnyReference,
    Coded,
    Flag,
    Frozen,
    Id,
    Line,
    Number,
    PartyId,
    Several,
    described,
    described_list,
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

    event: AnyReference | None = described("The event or item pointed to.", public=True)
    text: Text | None = described("What is pointed to, in our own words.", public=True)

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.event is None and self.text is None:
            raise PydanticCustomError("needs_one", "{fields}", {"fields": "event, text"})
        return self


Mention = Annotated[MentionForm, BeforeValidator(_long_form)]


class Allegation(Frozen):
    """One thing a Concern says a government did."""

    id: Id = described("Its name within this record.", required=True, public=True)
    text: Text = described("What is alleged, in our own words.", required=True, public=True)
    grounds: Several[Annotated[Ground, Coded]] = described_list("The grounds it rests on.", public=True)
    evidence: Several[Mention] = described_list("The evidence cited for it.", public=True)
    reply_withheld: Flag = described(
        "True in a public copy that leaves out what was replied to it.", public=True, default=False
    )
    finding_withheld: Flag = described(
        "True in a public copy that leaves out what was found of it.", public=True, default=False
    )


class SignedBy(Frozen):
    """A person who signed for a party."""

    name: Line = described("The person's name as printed.", required=True, public=True)
    office: Line | None = described("The office the person held.", public=True)
    for_: PartyId | None = described("The party signed for.", alias="for", public=True)


class Reply(Frozen):
    """What a paper says of one allegation."""

    about: AnyReference = described("The allegation, as `2018-07-16-concern#surveillance`.", required=True, public=True)
    position: Annotated[Position, Coded] = described("What it says of it.", required=True, public=True)
    text: Text | None = described("How, in our own words.", public=True)


class Finding(Frozen):
    """What a report found on one allegation."""

    about: AnyReference = described("The allegation, as `2018-07-16-concern#surveillance`.", required=True, public=True)
    relevance: Annotated[Relevance, Coded] | None = described("Whether it touches OGP's values.", public=True)
    credibility: Annotated[Credibility, Coded] | None = described("Whether the evidence bears it out.", public=True)
    addressed: Annotated[Addressed, Coded] | None = described("Whether it is addressed at home.", public=True)
    text: Text | None = described("What was found, in our own words.", public=True)


class Recital(Frozen):
    """A preamble's paragraph: a verb and what it introduces."""

    verb: Line = described("The verb it opens with, as `recognises`.", required=True, public=True)
    text: Text = described("What it says, in our own words.", required=True, public=True)
    cites: Several[AnyReference] = described_list("The events it rests on.", public=True)


class Clause(Frozen):
    """An operative paragraph."""

    id: Id = described("Its name within this record.", required=True, public=True)
    verb: Line = described("The verb it opens with, as `resolves`.", required=True, public=True)
    text: Text = described("What it decides, in our own words.", required=True, public=True)


class Term(Frozen):
    """For how long a decision holds."""

    text: Text | None = described("The term in our own words.", public=True)
    months: Number | None = described("Its length in calendar months.", public=True)
    until: FuzzyDate | None = described("Its last day.", public=True)


class Votes(Frozen):
    """How a body voted; numbers of votes."""

    for_: Number | None = described("Votes for.", alias="for", public=True)
    against: Number | None = described("Votes against.", public=True)
    abstain: Number | None = described("Abstentions.", public=True)
    method: Line | None = described("How the vote was taken, as `anonymous paper ballot`.", public=True)


class ActionPlan(Frozen):
    """An action plan a record speaks of."""

    name: Text | None = described("Its name.", public=True)
    number: Number | None = described("Its number: 4 for the fourth.", public=True)
    period: Line | None = described("The years it covers, as `2019-2021`.", public=True)


class Assessment(Frozen):
    """How far a commitment was found to be completed."""

    by: PartyReference = described("Who assessed it.", required=True, public=True)
    dated: FuzzyDate = described("The date of the assessment.", required=True, public=True)
    completion: Annotated[Completion, Coded] = described("How far it was completed.", required=True, public=True)
    source: Id | None = described("The id of the source of the assessment.", public=True)
