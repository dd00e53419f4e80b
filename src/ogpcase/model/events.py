"""An event and its seven kinds: one dated step or paper, one file."""

from typing import Annotated, ClassVar

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ogpcase.model.asks import Answer, Request
from ogpcase.model.base import (
    ONE_OR_SEVERAL,
    AnyReference,
    Coded,
    EventId,
    Flag,
    Frozen,
    Id,
    Line,
    Number,
    described,
    described_list,
)
from ogpcase.model.codelists import Conclusion, FilerClass, Ground, Kind, Outcome, Process, ReportType, Stage, Version
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.fields import ACTING, sentence_on
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


References = tuple[AnyReference, ...]
ReachedStage = Annotated[Stage, Coded, AfterValidator(_stage_reached)]


class Event(Frozen):
    """What every event may carry. `id` is the file's stem and does not stand in the file."""

    kind: ClassVar[Kind]
    id: EventId = described("", required=True, exclude=True, public=True)
    title: Text = described(sentence_on("title"), required=True, public=True)
    summary: Text | None = described(sentence_on("summary"), public=True)
    dated: FuzzyDate = described(sentence_on("dated"), required=True, public=True)
    received: FuzzyDate | None = described(sentence_on("received"), public=True)
    published: FuzzyDate | None = described(sentence_on("published"), public=True)
    until: FuzzyDate | None = described(sentence_on("until"), public=True)
    also_dated: tuple[AlsoDated, ...] = described_list(sentence_on("also_dated"), public=True)
    also_stated: tuple[AlsoStated, ...] = described_list(sentence_on("also_stated"), public=True)
    languages: tuple[Language, ...] = described_list(sentence_on("languages"), public=True)
    in_reply_to: Annotated[References, ONE_OR_SEVERAL] = described_list(sentence_on("in_reply_to"), public=True)
    follows: References = described_list(sentence_on("follows"), public=True)
    cites: References = described_list(sentence_on("cites"), public=True)
    context: Flag = described(sentence_on("context"), default=False, public=True)
    moves_to: tuple[ReachedStage, ...] = described_list(sentence_on("moves_to"), public=True)
    basis: Line | None = described(sentence_on("basis"), public=True)
    policy_version: Annotated[Version, Coded] | None = described(sentence_on("policy_version"), public=True)
    departure: tuple[Departure, ...] = described_list(sentence_on("departure"), public=True)
    as_stated_status: Line | None = described(sentence_on("as_stated_status"), public=True)
    requests: tuple[Request, ...] = described_list(sentence_on("requests"), public=True)
    answers: tuple[Answer, ...] = described_list(sentence_on("answers"), public=True)
    withhold: ListOfLeftOut = described_list(sentence_on("withhold"), public=False)
    withheld: tuple[Withheld, ...] = described_list(sentence_on("withheld"), public=True)
    answer_withheld: tuple[Id, ...] = described_list(sentence_on("answer_withheld"), public=True)
    sources: tuple[Source, ...] = described_list(sentence_on("sources"), public=True)

    @property
    def actors(self) -> Parties:
        """Who acts: the first filled of the kind's acting fields."""
        return next((parties for name in ACTING[self.kind] if (parties := getattr(self, name))), ())

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
    addendum_to: AnyReference | None = described(sentence_on("addendum_to", Kind.CONCERN), public=True)
    filers: Parties = described_list(sentence_on("filers", Kind.CONCERN), public=True)
    filer_count: Number | None = described(sentence_on("filer_count", Kind.CONCERN), public=True)
    filer_class: Annotated[FilerClass, Coded] | None = described(sentence_on("filer_class", Kind.CONCERN), public=True)
    signatories: Parties = described_list(sentence_on("signatories", Kind.CONCERN), public=True)
    grounds: tuple[Annotated[Ground, Coded], ...] = described_list(sentence_on("grounds", Kind.CONCERN), public=True)
    allegations: tuple[Allegation, ...] = described_list(sentence_on("allegations", Kind.CONCERN), public=True)
    prior_steps: tuple[Mention, ...] = described_list(sentence_on("prior_steps", Kind.CONCERN), public=True)


class Letter(Event):
    """Any other correspondence, notices included."""

    kind = Kind.LETTER
    senders: Parties = described_list(sentence_on("senders", Kind.LETTER), public=True)
    addressees: Parties = described_list(sentence_on("addressees", Kind.LETTER), public=True)
    copied: Parties = described_list(sentence_on("copied", Kind.LETTER), public=True)
    signatories: Parties = described_list(sentence_on("signatories", Kind.LETTER), public=True)
    signatory_count: Number | None = described(sentence_on("signatory_count", Kind.LETTER), public=True)
    signed_by: tuple[SignedBy, ...] = described_list(sentence_on("signed_by", Kind.LETTER), public=True)
    replies: tuple[Reply, ...] = described_list(sentence_on("replies", Kind.LETTER), public=True)


class Statement(Event):
    """A public text."""

    kind = Kind.STATEMENT
    issued_by: Parties = described_list(sentence_on("issued_by", Kind.STATEMENT), public=True)
    signatories: Parties = described_list(sentence_on("signatories", Kind.STATEMENT), public=True)
    signatory_count: Number | None = described(sentence_on("signatory_count", Kind.STATEMENT), public=True)
    about: References = described_list(sentence_on("about", Kind.STATEMENT), public=True)
    replies: tuple[Reply, ...] = described_list(sentence_on("replies", Kind.LETTER), public=True)


class Report(Event):
    """A text that finds something."""

    kind = Kind.REPORT
    authors: Parties = described_list(sentence_on("authors", Kind.REPORT), public=True)
    report_type: Annotated[ReportType, Coded] | None = described(sentence_on("report_type", Kind.REPORT), public=True)
    adopted_by: Parties = described_list(sentence_on("adopted_by", Kind.REPORT), public=True)
    conclusion: Annotated[Conclusion, Coded] | None = described(sentence_on("conclusion", Kind.REPORT), public=True)
    findings: tuple[Finding, ...] = described_list(sentence_on("findings", Kind.REPORT), public=True)


class Resolution(Event):
    """A formal decision or recommendation."""

    kind = Kind.RESOLUTION
    by: Parties = described_list(sentence_on("by", Kind.RESOLUTION), public=True)
    adopts: AnyReference | None = described(sentence_on("adopts", Kind.RESOLUTION), public=True)
    preamble: tuple[Recital, ...] = described_list(sentence_on("preamble", Kind.RESOLUTION), public=True)
    clauses: tuple[Clause, ...] = described_list(sentence_on("clauses", Kind.RESOLUTION), public=True)
    term: Term | None = described(sentence_on("term", Kind.RESOLUTION), public=True)
    votes: Votes | None = described(sentence_on("votes", Kind.RESOLUTION), public=True)


class Commitment(Event):
    """A promise in an action plan."""

    kind = Kind.COMMITMENT
    action_plan: ActionPlan | None = described(sentence_on("action_plan", Kind.COMMITMENT), public=True)
    number: Number | None = described(sentence_on("number", Kind.COMMITMENT), public=True)
    lead: Parties = described_list(sentence_on("lead", Kind.COMMITMENT), public=True)
    text: Text | None = described(sentence_on("text", Kind.COMMITMENT), public=True)
    milestones: tuple[Request, ...] = described_list(sentence_on("milestones", Kind.COMMITMENT), public=True)
    assessments: tuple[Assessment, ...] = described_list(sentence_on("assessments", Kind.COMMITMENT), public=True)

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
    place: Text | None = described(sentence_on("place", Kind.DEVELOPMENT), public=True)
    participants: Parties = described_list(sentence_on("participants", Kind.DEVELOPMENT), public=True)
    process: Annotated[Process, Coded] | None = described(sentence_on("process", Kind.DEVELOPMENT), public=True)
    action_plan: ActionPlan | None = described(sentence_on("action_plan", Kind.DEVELOPMENT), public=True)
    effect: Text | None = described(sentence_on("effect", Kind.DEVELOPMENT), public=True)


KINDS: dict[Kind, type[Event]] = {
    each.kind: each for each in (Concern, Letter, Statement, Report, Resolution, Commitment, Development)
}
"""The class of each kind."""
