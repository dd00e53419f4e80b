"""An event and its seven kinds: one dated step or paper, one file."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ogpcase.model.asks import Answer, Request
from ogpcase.model.base import (
    AnyReference,
    Coded,
    EventId,
    Flag,
    Frozen,
    Id,
    Line,
    Number,
    Several,
    described,
    described_list,
)
from ogpcase.model.codelists import Conclusion, FilerClass, Ground, Kind, Outcome, Process, ReportType, Stage, Version
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import Parties
from ogpcase.model.parts import (
    ActionPlan,
    Allegation,
    Assessment,
    Clause,
    Finding,
    Mention,
    Recital,
    Reply,
    SignedBy,
    Term,
    Votes,
)
from ogpcase.model.publication import NOTHING_LEFT_OUT, ListOfLeftOut, Parts, Withheld, parts_of
from ogpcase.model.sources import AlsoDated, AlsoStated, Departure, Language, Source
from ogpcase.model.texts import Text


def _stage_reached(stage: Stage) -> Stage:
    if stage is Stage.NOT_FILED:
        raise PydanticCustomError("not_reached", "no paper moves a case there")
    return stage


References = Several[AnyReference]
ReachedStage = Annotated[Stage, Coded, AfterValidator(_stage_reached)]


class Event(Frozen):
    """What every event may carry. `id` is the file's stem and does not stand in the file."""

    kind: ClassVar[Kind]
    acting: ClassVar[tuple[str, ...]]
    """Who acts: the first of these fields that is not empty."""
    featured: ClassVar[tuple[str, ...]]
    """The fields that say most about the kind, for prompts."""
    id: EventId = described("", required=True, exclude=True, public=True)
    title: Text = described(
        "What happened, in one line; a string, or one for each language.", required=True, public=True
    )
    summary: Text | None = described(
        "What the paper says or what happened, in our own words, never the paper's.", public=True
    )
    dated: FuzzyDate = described(
        "The date on the paper's face, or the day it happened: EDTF, or `unknown`.", required=True, public=True
    )
    received: FuzzyDate | None = described("The day it was in its addressee's hands.", public=True)
    published: FuzzyDate | None = described("The day it was made public.", public=True)
    until: FuzzyDate | None = described(
        "The end of what the paper sets; never a second way to write an interval.", public=True
    )
    also_dated: tuple[AlsoDated, ...] = described_list(
        "Another date for the same event, with the source that gives it.", public=True
    )
    also_stated: tuple[AlsoStated, ...] = described_list(
        "Another value for a fact of this record, with the source that states it.", public=True
    )
    languages: Several[Language] = described_list(
        "BCP 47 tags of the languages of the paper.", each="language", public=True
    )
    in_reply_to: References = described_list("The events this one replies to.", public=True)
    follows: References = described_list("Events this one plainly comes after, where dates leave it open.", public=True)
    cites: References = described_list("Events this paper cites.", public=True)
    context: Flag = described(
        "True for background or another body's act: shown apart, never a step.", default=False, public=True
    )
    moves_to: Several[ReachedStage] = described_list(
        "The stage, or the successive stages, that this paper carries the case to.", public=True
    )
    basis: Line | None = described("The clause of the policy that the last step rests on, as `III.B.9`.", public=True)
    policy_version: Annotated[Version, Coded] | None = described(
        "The policy's version, when it is not the header's.", public=True
    )
    departure: tuple[Departure, ...] = described_list(
        "Why this step is true although the policy did not foresee it or nobody could verify it.", public=True
    )
    as_stated_status: Line | None = described("The source's own word for where the case stands.", public=True)
    requests: tuple[Request, ...] = described_list("What is asked of whom, and by when.", each="request", public=True)
    answers: tuple[Answer, ...] = described_list(
        "What came back on requests of other records.", each="answer", public=True
    )
    withhold: ListOfLeftOut = described_list(
        "What the public copy leaves out: fields, items as `requests#shelter`, or `all`.", public=False
    )
    withheld: tuple[Withheld, ...] = described_list(
        "What this public copy leaves out of the record; `publish` writes it.", in_copies=True, public=True
    )
    answer_withheld: tuple[Id, ...] = described_list(
        "Duties of this step whose answer this public copy leaves out; `publish` writes it.",
        in_copies=True,
        public=True,
    )
    sources: tuple[Source, ...] = described_list("Where each fact was read.", each="source", public=True)

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
    addendum_to: AnyReference | None = described("The Concern that this one completes.", public=True)
    filers: Parties = described_list("Who files it.", public=True)
    filer_count: Number | None = described("How many file it, as stated, when not all are named.", public=True)
    filer_class: Annotated[FilerClass, Coded] | None = described(
        "Which of the classes that may file the filers are of.", public=True
    )
    signatories: Parties = described_list("Who signed; a signatory is not thereby a filer or a sender.", public=True)
    grounds: Several[Annotated[Ground, Coded]] = described_list("The kinds of issues it rests on.", public=True)
    allegations: tuple[Allegation, ...] = described_list(
        "What it says the government did, one by one.", each="allegation", public=True
    )
    prior_steps: Several[Mention] = described_list(
        "What the filers tried at home before.", each="prior-step", public=True
    )


class Letter(Event):
    """Any other correspondence, notices included."""

    kind = Kind.LETTER
    acting = ("senders",)
    featured = ("senders", "addressees", "replies")
    senders: Parties = described_list("Who sends it.", public=True)
    addressees: Parties = described_list("To whom it is sent.", public=True)
    copied: Parties = described_list("Who gets a copy.", public=True)
    signatories: Parties = described_list("Who signed; a signatory is not thereby a filer or a sender.", public=True)
    signatory_count: Number | None = described("How many signed, as stated, when not all are named.", public=True)
    signed_by: tuple[SignedBy, ...] = described_list(
        "The persons who signed, with their office and for whom.", public=True
    )
    replies: tuple[Reply, ...] = described_list(
        "What it says of an allegation of the Concern.", each="reply", public=True
    )


class Statement(Event):
    """A public text."""

    kind = Kind.STATEMENT
    acting = ("issued_by",)
    featured = ("issued_by", "signatories")
    issued_by: Parties = described_list("Who issues it.", public=True)
    signatories: Parties = described_list("Who signed; a signatory is not thereby a filer or a sender.", public=True)
    signatory_count: Number | None = described("How many signed, as stated, when not all are named.", public=True)
    about: References = described_list("The events or items it speaks of.", public=True)
    replies: tuple[Reply, ...] = described_list(
        "What it says of an allegation of the Concern.", each="reply", public=True
    )


class Report(Event):
    """A text that finds something."""

    kind = Kind.REPORT
    acting = ("adopted_by", "authors")
    featured = ("authors", "adopted_by", "conclusion", "findings")
    authors: Parties = described_list("Who wrote it.", public=True)
    report_type: Annotated[ReportType, Coded] | None = described("What sort of report it is.", public=True)
    adopted_by: Parties = described_list("The body that adopted it.", public=True)
    conclusion: Annotated[Conclusion, Coded] | None = described("What it concludes as a whole.", public=True)
    findings: tuple[Finding, ...] = described_list("What it found on each allegation.", each="finding", public=True)


class Resolution(Event):
    """A formal decision or recommendation."""

    kind = Kind.RESOLUTION
    acting = ("by",)
    featured = ("by", "adopts", "clauses", "votes")
    by: Parties = described_list("The body that decides.", public=True)
    adopts: AnyReference | None = described("The report it adopts.", public=True)
    preamble: tuple[Recital, ...] = described_list("Its reasons, paragraph by paragraph.", public=True)
    clauses: tuple[Clause, ...] = described_list("What it decides, paragraph by paragraph.", each="clause", public=True)
    term: Term | None = described("For how long it holds.", public=True)
    votes: Votes | None = described("How the body voted.", public=True)


class Commitment(Event):
    """A promise in an action plan."""

    kind = Kind.COMMITMENT
    acting = ("lead",)
    featured = ("action_plan", "lead", "milestones")
    action_plan: ActionPlan | None = described("The action plan: its name, number and period.", public=True)
    number: Number | None = described("The commitment's number in the plan.", public=True)
    lead: Parties = described_list("Who leads it.", public=True)
    text: Text | None = described("What is promised, in our own words.", public=True)
    milestones: tuple[Request, ...] = described_list(
        "Its steps, shaped as requests to its own lead.", each="milestone", public=True
    )
    assessments: tuple[Assessment, ...] = described_list(
        "How far it was found to be completed.", each="assessment", public=True
    )

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
    place: Text | None = described("Where it happened.", public=True)
    participants: Parties = described_list("Who took part.", public=True)
    process: Annotated[Process, Coded] | None = described(
        "Whether a national process was interrupted or resumed.", public=True
    )
    action_plan: ActionPlan | None = described("The action plan: its name, number and period.", public=True)
    effect: Text | None = described("What it changed.", public=True)


KINDS: dict[Kind, type[Event]] = {
    each.kind: each for each in (Concern, Letter, Statement, Report, Resolution, Commitment, Development)
}
"""The class of each kind."""
