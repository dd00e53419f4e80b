"""What the kinds of events are made of: requests and answers, allegations, findings, clauses, sources and the rest."""

from typing import Annotated, Literal, Self, get_args

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
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
    Url,
    as_text,
    private,
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
    Stage,
)
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import Parties, PartyReference
from ogpcase.model.publication import Whole
from ogpcase.model.texts import Language, Text

Unit = Literal["days", "weeks", "months", "years"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class Within(Frozen):
    """A term: so many days, weeks, months or years after something."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": [unit]} for unit in UNITS]})

    days: Number | None = public("So many days.")
    weeks: Number | None = public("So many weeks.")
    months: Number | None = public("So many calendar months; clamped to the month's end.")
    years: Number | None = public("So many calendar years.")
    after: AnyReference | None = public("The event, or the request whose being met, starts the term; else this paper.")
    from_: CountedFrom | None = public("From which day of that paper it counts.", alias="from")

    @model_validator(mode="after")
    def _has_one_unit(self) -> Self:
        if sum(getattr(self, unit) is not None for unit in UNITS) != 1:
            raise PydanticCustomError("needs_just_one", "{fields}", {"fields": ", ".join(UNITS)})
        return self


class OnMissed(Frozen):
    """What the paper says will follow when the term is missed; shown, never applied by itself."""

    text: Text = public("What follows, in our own words.", required=True)
    stage: Stage | None = public("The stage that would follow.")


class Request(Frozen):
    """One thing asked of one or several parties; recommendations and milestones too."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["due", "within"]}})

    id: Id = public("Its name within this record, as `independent-investigation`.", required=True)
    asked_of: Parties = public_list("Who is asked; left out when the paper names nobody.")
    text: Text = public("What is asked, in our own words.", required=True)
    due: FuzzyDate | None = public("The last day that is in time.")
    within: Within | None = public("The term, when it is counted from something.")
    on_missed: OnMissed | None = public("What follows when the term is missed.")
    answer_withheld: Flag = public("True in a public copy that leaves out what came back.", default=False)

    @model_validator(mode="after")
    def _has_one_term(self) -> Self:
        if self.due is not None and self.within is not None:
            raise PydanticCustomError("excludes", "{fields}", {"fields": "due, within"})
        return self


class Answer(Frozen):
    """What this record says came back on a request, its own or, told `of` others, theirs."""

    request: ItemReference = public("The request it speaks to: `event-id#item`.", required=True)
    answer: Outcome = public("What came back.", required=True)
    of: Parties = public_list(
        "Whose answer this is when it is not that of whoever acts here; always given with `none`."
    )
    new_due: FuzzyDate | None = public("The new last day, when the term was moved.")


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


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$"), BeforeValidator(as_text)]
FilePath = Annotated[str, Field(pattern=r"^sources/[^/\x00]+(?:/[^/\x00]+)*$"), BeforeValidator(as_text)]


class Source(Frozen):
    """A text that facts of the record were read in."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["title"]}, {"required": ["url"]}, {"required": ["file"]}]}
    )

    id: Id = public("A short name for it within this record, as `ogp-page` or `s1`.", required=True)
    title: Text | None = public("The text's title.")
    publisher: Line | None = public("Who made it public.")
    url: Url | None = public("Where it was read.")
    archived_url: Url | None = public("An archived copy of that page.")
    retrieved: FuzzyDate | None = public("The day it was read there by whoever made this record.")
    language: Language | None = public("BCP 47 tag of the language it was read in.")
    gives: Several[Line] = public_list("The fields of this record it is the source of, as `dated`.")
    file: FilePath | None = public("A copy kept under the case's `sources/` folder.")
    sha256: Sha256 | None = public("SHA-256 digest of that copy: 64 lowercase hexadecimal digits.")
    publish_copy: Flag = private("True where the public copy may hold that kept copy too.", default=False)
    withhold: Whole | None = private("`all`: the public copy leaves this source out.")

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if self.title is None and self.url is None and self.file is None:
            raise PydanticCustomError("needs_one", "{fields}", {"fields": "title, url, file"})
        return self


class AlsoDated(Frozen):
    """Another date for the same event, from another source; both are kept and shown."""

    value: FuzzyDate = public("The other date.", required=True)
    source: Id = public("The id of the source that gives it.", required=True)


class AlsoStated(Frozen):
    """Another value for one of the record's facts, from another source; both are kept and shown."""

    field: Line = public("The field that this source states otherwise.", required=True)
    value: Several[Line] = public("What it states; one or several.", required=True)
    source: Id = public("The id of the source that states it.", required=True)


class Departure(Frozen):
    """Why a step is true although the policy did not foresee it or nobody could verify it."""

    because: Text = public("The reason, in our own words.", required=True)
    sources: Several[Id] = public_list("The ids of the sources that show it.")
