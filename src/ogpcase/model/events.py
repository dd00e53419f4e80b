"""An event and its seven kinds: one dated step or paper, one file."""

from typing import Annotated, ClassVar

from ogpcase.model.asks import Answer, Request
from ogpcase.model.base import AnyReference, Coded, EventId, Flag, Line, Number
from ogpcase.model.codelists import Conclusion, FilerClass, Ground, Kind, Outcome, Process, ReportType, Stage, Version
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.fields import ACTING, sentence_on
from ogpcase.model.markers import After, Before
from ogpcase.model.native import PydanticCustomError
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
from ogpcase.model.record import Frozen, described, described_list
from ogpcase.model.sources import AlsoDated, AlsoStated, Departure, Language, Source
from ogpcase.model.texts import Text


def _one_or_several(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _stage_reached(stage: Stage) -> Stage:
    if stage is Stage.NOT_FILED:
        raise PydanticCustomError("not_reached", "no paper moves a case there")
    return stage


References = tuple[AnyReference, ...]
ReachedStage = Annotated[Stage, Coded, After(_stage_reached)]


class Event(Frozen):
    """What every event may carry. `id` is the file's stem and does not stand in the file."""

    kind: ClassVar[Kind]
    id: EventId = described("", required=True, exclude=True)
    title: Text = described(sentence_on("title"), required=True)
    summary: Text | None = described(sentence_on("summary"))
    dated: FuzzyDate = described(sentence_on("dated"), required=True)
    received: FuzzyDate | None = described(sentence_on("received"))
    published: FuzzyDate | None = described(sentence_on("published"))
    until: FuzzyDate | None = described(sentence_on("until"))
    also_dated: tuple[AlsoDated, ...] = described_list(sentence_on("also_dated"))
    also_stated: tuple[AlsoStated, ...] = described_list(sentence_on("also_stated"))
    languages: tuple[Language, ...] = described_list(sentence_on("languages"))
    in_reply_to: Annotated[References, Before(_one_or_several)] = described_list(sentence_on("in_reply_to"))
    follows: References = described_list(sentence_on("follows"))
    cites: References = described_list(sentence_on("cites"))
    context: Flag = described(sentence_on("context"), default=False)
    moves_to: tuple[ReachedStage, ...] = described_list(sentence_on("moves_to"))
    basis: Line | None = described(sentence_on("basis"))
    policy_version: Annotated[Version, Coded] | None = described(sentence_on("policy_version"))
    departure: tuple[Departure, ...] = described_list(sentence_on("departure"))
    as_stated_status: Line | None = described(sentence_on("as_stated_status"))
    requests: tuple[Request, ...] = described_list(sentence_on("requests"))
    answers: tuple[Answer, ...] = described_list(sentence_on("answers"))
    withhold: Annotated[tuple[Line, ...], Before(_one_or_several)] = described_list(sentence_on("withhold"))
    sources: tuple[Source, ...] = described_list(sentence_on("sources"))

    @property
    def actors(self) -> Parties:
        """Who acts: the first filled of the kind's acting fields."""
        return next((parties for name in ACTING[self.kind] if (parties := getattr(self, name))), ())

    @property
    def asks(self) -> tuple[Request, ...]:
        """Everything the record asks, milestones included."""
        return self.requests

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
    addendum_to: AnyReference | None = described(sentence_on("addendum_to", Kind.CONCERN))
    filers: Parties = described_list(sentence_on("filers", Kind.CONCERN))
    filer_count: Number | None = described(sentence_on("filer_count", Kind.CONCERN))
    filer_class: Annotated[FilerClass, Coded] | None = described(sentence_on("filer_class", Kind.CONCERN))
    signatories: Parties = described_list(sentence_on("signatories", Kind.CONCERN))
    grounds: tuple[Annotated[Ground, Coded], ...] = described_list(sentence_on("grounds", Kind.CONCERN))
    allegations: tuple[Allegation, ...] = described_list(sentence_on("allegations", Kind.CONCERN))
    prior_steps: tuple[Mention, ...] = described_list(sentence_on("prior_steps", Kind.CONCERN))


class Letter(Event):
    """Any other correspondence, notices included."""

    kind = Kind.LETTER
    senders: Parties = described_list(sentence_on("senders", Kind.LETTER))
    addressees: Parties = described_list(sentence_on("addressees", Kind.LETTER))
    copied: Parties = described_list(sentence_on("copied", Kind.LETTER))
    signatories: Parties = described_list(sentence_on("signatories", Kind.LETTER))
    signatory_count: Number | None = described(sentence_on("signatory_count", Kind.LETTER))
    signed_by: tuple[SignedBy, ...] = described_list(sentence_on("signed_by", Kind.LETTER))
    replies: tuple[Reply, ...] = described_list(sentence_on("replies", Kind.LETTER))


class Statement(Event):
    """A public text."""

    kind = Kind.STATEMENT
    issued_by: Parties = described_list(sentence_on("issued_by", Kind.STATEMENT))
    signatories: Parties = described_list(sentence_on("signatories", Kind.STATEMENT))
    signatory_count: Number | None = described(sentence_on("signatory_count", Kind.STATEMENT))
    about: References = described_list(sentence_on("about", Kind.STATEMENT))
    replies: tuple[Reply, ...] = described_list(sentence_on("replies", Kind.LETTER))


class Report(Event):
    """A text that finds something."""

    kind = Kind.REPORT
    authors: Parties = described_list(sentence_on("authors", Kind.REPORT))
    report_type: Annotated[ReportType, Coded] | None = described(sentence_on("report_type", Kind.REPORT))
    adopted_by: Parties = described_list(sentence_on("adopted_by", Kind.REPORT))
    conclusion: Annotated[Conclusion, Coded] | None = described(sentence_on("conclusion", Kind.REPORT))
    findings: tuple[Finding, ...] = described_list(sentence_on("findings", Kind.REPORT))


class Resolution(Event):
    """A formal decision or recommendation."""

    kind = Kind.RESOLUTION
    by: Parties = described_list(sentence_on("by", Kind.RESOLUTION))
    adopts: AnyReference | None = described(sentence_on("adopts", Kind.RESOLUTION))
    preamble: tuple[Recital, ...] = described_list(sentence_on("preamble", Kind.RESOLUTION))
    clauses: tuple[Clause, ...] = described_list(sentence_on("clauses", Kind.RESOLUTION))
    term: Term | None = described(sentence_on("term", Kind.RESOLUTION))
    votes: Votes | None = described(sentence_on("votes", Kind.RESOLUTION))


class Commitment(Event):
    """A promise in an action plan."""

    kind = Kind.COMMITMENT
    action_plan: ActionPlan | None = described(sentence_on("action_plan", Kind.COMMITMENT))
    number: Number | None = described(sentence_on("number", Kind.COMMITMENT))
    lead: Parties = described_list(sentence_on("lead", Kind.COMMITMENT))
    text: Text | None = described(sentence_on("text", Kind.COMMITMENT))
    milestones: tuple[Request, ...] = described_list(sentence_on("milestones", Kind.COMMITMENT))
    assessments: tuple[Assessment, ...] = described_list(sentence_on("assessments", Kind.COMMITMENT))

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
    place: Text | None = described(sentence_on("place", Kind.DEVELOPMENT))
    participants: Parties = described_list(sentence_on("participants", Kind.DEVELOPMENT))
    process: Annotated[Process, Coded] | None = described(sentence_on("process", Kind.DEVELOPMENT))
    action_plan: ActionPlan | None = described(sentence_on("action_plan", Kind.DEVELOPMENT))
    effect: Text | None = described(sentence_on("effect", Kind.DEVELOPMENT))


KINDS: dict[Kind, type[Event]] = {
    each.kind: each for each in (Concern, Letter, Statement, Report, Resolution, Commitment, Development)
}
"""The class of each kind."""
