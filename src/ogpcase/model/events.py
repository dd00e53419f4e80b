"""An event and its seven kinds: one dated step or paper, one file."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ogpcase.model.base import (
    AnyReference,
    EventId,
    Flag,
    Frozen,
    Id,
    Line,
    Number,
    Several,
    private_list,
    public,
    public_list,
)
from ogpcase.model.codelists import Conclusion, FilerClass, Ground, Kind, Outcome, Process, ReportType, Stage, Version
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.items import (
    ActionPlan,
    Allegation,
    AlsoDated,
    AlsoStated,
    Answer,
    Assessment,
    Clause,
    Departure,
    Finding,
    Mention,
    Recital,
    Reply,
    Request,
    SignedBy,
    Source,
    Term,
    Votes,
)
from ogpcase.model.parties import Parties
from ogpcase.model.publication import NOTHING_LEFT_OUT, ListOfLeftOut, Parts, Withheld, parts_of
from ogpcase.model.texts import Language, Text


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
