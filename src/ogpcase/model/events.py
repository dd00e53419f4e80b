"""An event and its seven kinds, one dated step or paper a file; and the items they are made of."""

from typing import Annotated, ClassVar, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import (
    AnyReference,
    EventId,
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
    one_text_for,
    private,
    private_list,
    public,
    public_list,
)
from ogpcase.model.codelists import (
    Addressed,
    Completion,
    Conclusion,
    CountedFrom,
    Credibility,
    FilerClass,
    Ground,
    Kind,
    Outcome,
    Position,
    Process,
    Relevance,
    ReportType,
    Stage,
    Version,
)
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import Parties, PartyReference
from ogpcase.model.publication import NOTHING_LEFT_OUT, ListOfLeftOut, Parts, Whole, Withheld, parts_of
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


Mention = Annotated[MentionForm, one_text_for("event")]


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
    word_gives = "url"

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

    word_gives = "because"

    because: Text = public("The reason, in our own words.", required=True)
    sources: Several[Id] = public_list("The ids of the sources that show it.")


def _stage_reached(stage: Stage) -> Stage:
    if stage is Stage.NOT_FILED:
        raise PydanticCustomError("not_reached", "no paper moves a case there")
    return stage


References = Several[AnyReference]
ReachedStage = Annotated[Stage, AfterValidator(_stage_reached)]


class Event(Frozen):
    """What every event may carry. `id` is the file's stem and does not stand in the file."""

    kind: ClassVar[Kind]
    acting: ClassVar[tuple[str, ...]]
    """Who acts: the first of these fields that is not empty."""
    featured: ClassVar[tuple[str, ...]]
    """The fields that say most about the kind, for prompts."""
    id: EventId = public("", required=True, exclude=True)
    title: Text = public("What happened, in one line; a string, or one for each language.", required=True)
    summary: Text | None = public("What the paper says or what happened, in our own words, never the paper's.")
    dated: FuzzyDate = public(
        "The date on the paper's face, or the day it happened: EDTF, or `unknown`.", required=True
    )
    received: FuzzyDate | None = public("The day it was in its addressee's hands.")
    published: FuzzyDate | None = public("The day it was made public.")
    until: FuzzyDate | None = public("The end of what the paper sets; never a second way to write an interval.")
    also_dated: tuple[AlsoDated, ...] = public_list("Another date for the same event, with the source that gives it.")
    also_stated: tuple[AlsoStated, ...] = public_list(
        "Another value for a fact of this record, with the source that states it."
    )
    languages: Several[Language] = public_list("BCP 47 tags of the languages of the paper.", each="language")
    in_reply_to: References = public_list("The events this one replies to.")
    follows: References = public_list("Events this one plainly comes after, where dates leave it open.")
    cites: References = public_list("Events this paper cites.")
    context: Flag = public("True for background or another body's act: shown apart, never a step.", default=False)
    moves_to: Several[ReachedStage] = public_list(
        "The stage, or the successive stages, that this paper carries the case to."
    )
    basis: Line | None = public("The clause of the policy that the last step rests on, as `III.B.9`.")
    policy_version: Version | None = public("The policy's version, when it is not the header's.")
    departure: tuple[Departure, ...] = public_list(
        "Why this step is true although the policy did not foresee it or nobody could verify it."
    )
    as_stated_status: Line | None = public("The source's own word for where the case stands.")
    requests: tuple[Request, ...] = public_list("What is asked of whom, and by when.", each="request")
    answers: tuple[Answer, ...] = public_list("What came back on requests of other records.", each="answer")
    withhold: ListOfLeftOut = private_list(
        "What the public copy leaves out: fields, items as `requests#shelter`, or `all`."
    )
    withheld: tuple[Withheld, ...] = public_list(
        "What this public copy leaves out of the record; `publish` writes it.", in_copies=True
    )
    answer_withheld: tuple[Id, ...] = public_list(
        "Duties of this step whose answer this public copy leaves out; `publish` writes it.", in_copies=True
    )
    sources: tuple[Source, ...] = public_list("Where each fact was read.", each="source")

    @property
    def actors(self) -> Parties:
        """Who acts: the first filled of the kind's acting fields."""
        return next((parties for name in self.acting if (parties := getattr(self, name))), ())

    @property
    def asks(self) -> tuple[Request, ...]:
        """Everything the record asks, milestones included."""
        return self.requests

    @property
    def left_out(self) -> Parts:
        """What the public copy of the event leaves out."""
        if not self.withhold and not any(source.withhold for source in self.sources):
            return NOTHING_LEFT_OUT
        return parts_of(self.withhold, (source.id for source in self.sources if source.withhold))

    def items(self) -> tuple[tuple[str, str, int], ...]:
        """Returns (item id, field, position) of every item that a reference may point to."""
        return tuple(
            (item.id, name, position)
            for name in ("requests", "allegations", "clauses", "milestones")
            for position, item in enumerate(getattr(self, name, ()))
        )

    def precursors(self) -> tuple[tuple[str, AnyReference], ...]:
        """Returns (field, reference) of every event that this one comes after."""
        named = [("in_reply_to", each) for each in self.in_reply_to]
        named += [("answers", each.request) for each in self.answers if each.answer is not Outcome.UNKNOWN]
        named += [(name, one) for name in ("adopts", "addendum_to") if (one := getattr(self, name, None))]
        return (*named, *(("cites", each) for each in self.cites), *(("follows", each) for each in self.follows))


class Concern(Event):
    """The Letter of Concern, or an addendum to it."""

    kind = Kind.CONCERN
    acting = ("filers",)
    featured = ("filers", "grounds", "allegations")
    addendum_to: AnyReference | None = public("The Concern that this one completes.")
    filers: Parties = public_list("Who files it.")
    filer_count: Number | None = public("How many file it, as stated, when not all are named.")
    filer_class: FilerClass | None = public("Which of the classes that may file the filers are of.")
    signatories: Parties = public_list("Who signed; a signatory is not thereby a filer or a sender.")
    grounds: Several[Ground] = public_list("The kinds of issues it rests on.")
    allegations: tuple[Allegation, ...] = public_list("What it says the government did, one by one.", each="allegation")
    prior_steps: Several[Mention] = public_list("What the filers tried at home before.", each="prior-step")


class Letter(Event):
    """Any other correspondence, notices included."""

    kind = Kind.LETTER
    acting = ("senders",)
    featured = ("senders", "addressees", "replies")
    senders: Parties = public_list("Who sends it.")
    addressees: Parties = public_list("To whom it is sent.")
    copied: Parties = public_list("Who gets a copy.")
    signatories: Parties = public_list("Who signed; a signatory is not thereby a filer or a sender.")
    signatory_count: Number | None = public("How many signed, as stated, when not all are named.")
    signed_by: tuple[SignedBy, ...] = public_list("The persons who signed, with their office and for whom.")
    replies: tuple[Reply, ...] = public_list("What it says of an allegation of the Concern.", each="reply")


class Statement(Event):
    """A public text."""

    kind = Kind.STATEMENT
    acting = ("issued_by",)
    featured = ("issued_by", "signatories")
    issued_by: Parties = public_list("Who issues it.")
    signatories: Parties = public_list("Who signed; a signatory is not thereby a filer or a sender.")
    signatory_count: Number | None = public("How many signed, as stated, when not all are named.")
    about: References = public_list("The events or items it speaks of.")
    replies: tuple[Reply, ...] = public_list("What it says of an allegation of the Concern.", each="reply")


class Report(Event):
    """A text that finds something."""

    kind = Kind.REPORT
    acting = ("adopted_by", "authors")
    featured = ("authors", "adopted_by", "conclusion", "findings")
    authors: Parties = public_list("Who wrote it.")
    report_type: ReportType | None = public("What sort of report it is.")
    adopted_by: Parties = public_list("The body that adopted it.")
    conclusion: Conclusion | None = public("What it concludes as a whole.")
    findings: tuple[Finding, ...] = public_list("What it found on each allegation.", each="finding")


class Resolution(Event):
    """A formal decision or recommendation."""

    kind = Kind.RESOLUTION
    acting = ("by",)
    featured = ("by", "adopts", "clauses", "votes")
    by: Parties = public_list("The body that decides.")
    adopts: AnyReference | None = public("The report it adopts.")
    preamble: tuple[Recital, ...] = public_list("Its reasons, paragraph by paragraph.")
    clauses: tuple[Clause, ...] = public_list("What it decides, paragraph by paragraph.", each="clause")
    term: Term | None = public("For how long it holds.")
    votes: Votes | None = public("How the body voted.")


class Commitment(Event):
    """A promise in an action plan."""

    kind = Kind.COMMITMENT
    acting = ("lead",)
    featured = ("action_plan", "lead", "milestones")
    action_plan: ActionPlan | None = public("The action plan: its name, number and period.")
    number: Number | None = public("The commitment's number in the plan.")
    lead: Parties = public_list("Who leads it.")
    text: Text | None = public("What is promised, in our own words.")
    milestones: tuple[Request, ...] = public_list("Its steps, shaped as requests to its own lead.", each="milestone")
    assessments: tuple[Assessment, ...] = public_list("How far it was found to be completed.", each="assessment")

    @property
    def asks(self) -> tuple[Request, ...]:
        """Requests and milestones; a milestone that names nobody is asked of the lead."""
        own = tuple(
            each if each.asked_of else each.model_copy(update={"asked_of": self.lead}) for each in self.milestones
        )
        return (*self.requests, *own)


class Development(Event):
    """Anything else: a meeting, a visit, a law, a process interrupted or resumed."""

    kind = Kind.DEVELOPMENT
    acting = ("participants",)
    featured = ("participants", "process", "effect")
    place: Text | None = public("Where it happened.")
    participants: Parties = public_list("Who took part.")
    process: Process | None = public("Whether a national process was interrupted or resumed.")
    action_plan: ActionPlan | None = public("The action plan: its name, number and period.")
    effect: Text | None = public("What it changed.")


KINDS: dict[Kind, type[Event]] = {
    each.kind: each for each in (Concern, Letter, Statement, Report, Resolution, Commitment, Development)
}
"""The class of each kind."""
