"""Events: the base model, its seven kinds, and the items in them. A file holds one event, a dated step or paper."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import ConfigDict, model_validator
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
    Shared,
    later,
    later_list,
    one_text_for,
    private_list,
    public,
    public_list,
)
from ogpcase.model.codelists import (
    Addressed,
    Completion,
    CountedFrom,
    Credibility,
    Ground,
    Kind,
    Outcome,
    Position,
    Process,
    Relevance,
)
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.parties import Parties, PartyReference
from ogpcase.model.publication import NOTHING_LEFT_OUT, ListOfLeftOut, Parts, Withheld, parts_of
from ogpcase.model.sources import NamedSource, SourceId
from ogpcase.model.spans import Known
from ogpcase.model.table_codes import ConclusionCode, FilerClass, ReportTypeCode, StageCode, VersionCode
from ogpcase.model.texts import Language, Text

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
    addressed: Addressed | None = public("Whether it is addressed at home.")
    text: Text | None = public("The finding, in our own words.")


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


References = Several[AnyReference]


class Event(Frozen):
    """The fields of every event. `id` is the file's name without `.yaml` and is not in the file."""

    kind: ClassVar[Kind]
    acting: ClassVar[tuple[str, ...]]
    """The fields that say who acts; the first that is not empty counts."""
    id: EventId = public("", required=True, exclude=True)
    title: Text = public(
        "What happened, in one line: a text, or one text for each language.",
        "Title, Título, Titre, Asunto, Objet",
        required=True,
        one_line=True,
        prompt="What happened, in one line.",
    )
    summary: Text | None = public(
        "What the paper says or what happened, always in our own words.",
        "Summary, Resumen, Résumé, Description, Descripción",
    )
    dated: FuzzyDate = public(
        "The date on the paper, or the day it happened: EDTF, or `unknown`.",
        "Date, Fecha, Date, Date of the paper, Fecha del documento, Date du document",
        required=True,
        prompt="The date on the paper, or the day it happened: as 16 July 2018, July 2018 or 2018; else `unknown`.",
    )
    received: FuzzyDate | None = later(
        "The day its addressee received it.",
        "Received, Recibido, Reçu, Date received, Fecha de recepción, Date de réception",
    )
    published: FuzzyDate | None = later(
        "The day it was made public.",
        "Published, Publicado, Publié, Date published, Fecha de publicación, Date de publication",
    )
    until: FuzzyDate | None = later(
        "The last day of what the paper decides; for an interval, use `dated`.", "Until, Hasta, Jusqu'au"
    )
    also_dated: tuple[AlsoDated, ...] = later_list(
        "Other dates for this event, each with its source.", "Also dated, Otra fecha, Autre date"
    )
    also_stated: tuple[AlsoStated, ...] = later_list(
        "Other values of fields of this record, each with its source.", "Also stated, Otro dato, Autre valeur"
    )
    languages: Several[Language] = later_list(
        "BCP 47 tags of the languages of the paper.", "Languages, Idiomas, Langues, Idioma, Langue", each="language"
    )
    in_reply_to: References = public_list(
        "The events that this one replies to.", "In reply to, En respuesta a, En réponse à"
    )
    follows: References = later_list(
        "The events that came before this one, if the dates do not show it.", "Follows, Sigue a, Suit"
    )
    cites: References = later_list("The events that this paper cites.", "Cites, Cita, Cite")
    context: Flag = later(
        "True for background: shown apart, never a step of the case.",
        "Background, Antecedentes, Contexte",
        default=False,
    )
    on_behalf_of: Parties = later_list(
        "For whom the paper acts, if not for those who issue it.", "On behalf of, En nombre de, Au nom de"
    )
    moves_to: Several[StageCode] = later_list(
        "The stage, or stages in order, that this paper moves the case to.", "Moves to, Pasa a, Passe à"
    )
    basis: Line | None = later(
        "The clause of the policy on which the last step is based, as `III.B.9`.", "Basis, Fundamento, Fondement"
    )
    policy_version: VersionCode | None = later(
        "The version of the policy, if it is not the header's.",
        "Policy version, Versión de la política, Version de la politique",
    )
    departure: tuple[Departure, ...] = later_list(
        "Why this step is recorded although the policy does not permit it, or nobody could verify it.",
        "Departure, Excepción, Écart",
    )
    as_stated_status: Line | None = later("The source's own word for the status of the case.", "Status, Estado, Statut")
    requests: tuple[Request, ...] = public_list(
        "What is asked of whom, and by when.", "Requests, Solicitudes, Demandes, Solicitud, Demande", each="request"
    )
    answers: tuple[Answer, ...] = public_list(
        "Answers to requests of other records.", "Answers, Respuestas, Réponses", each="answer"
    )
    withhold: ListOfLeftOut = private_list(
        "What the public copy leaves out: fields, items as `requests#shelter`, or `all`.",
        "Withhold, No publicar, Ne pas publier",
        asked="later",
    )
    withheld: tuple[Withheld, ...] = public_list(
        "What this public copy leaves out of the record; `publish` writes it.", in_copies=True
    )
    answer_withheld: tuple[Id, ...] = public_list(
        "The duties of this step whose answers this public copy leaves out; `publish` writes it.", in_copies=True
    )
    sources: Several[NamedSource] = public_list(
        "The texts that state the facts of this record: ids of files in `sources/`, or written out.",
        "Sources, Fuentes, Sources, Fuente, Link, Enlace, Lien, URL",
        each="source",
        prompt="Where the facts were read: an address, or one of the case's sources.",
    )
    paper: SourceId | None = later("The id of the source that is the paper itself.", "Paper, Documento, Document")
    told_by: SourceId | None = later(
        "The id of a source that tells of the event as past.", "Told by, Relatado por, Relaté par"
    )
    inferred: Several[Line] = later_list(
        "The fields that no source states in words, as `conclusion`.", "Inferred, Inferido, Déduit"
    )
    aliases: Several[EventId] = later_list(
        "Ids that this record had; they lead here.",
        "Earlier ids, Ids anteriores, Anciens ids",
        each="alias",
    )
    withdrawn: Withdrawn | None = public(
        "When and why the record was taken back; it is then no part of the case.",
        "Withdrawn, Retirado, Retiré",
        asked="never",
    )

    @model_validator(mode="before")
    @classmethod
    def _lacks_nothing_if_withdrawn(cls, values: Any) -> Any:  # noqa: ANN401 - any parsed value
        withdrawn = isinstance(values, Mapping) and values.get("withdrawn") is not None
        return {**OF_WITHDRAWN, **values} if withdrawn else values

    @cached_property
    def known(self) -> Known:
        """What the whole case tells of the day of this event: `assemble` says so. It is no part of the record."""
        return Known(self.dated)

    @property
    def day(self) -> FuzzyDate:
        """The date of the event as far as the whole case bounds it; orders, stages and lengths go by it."""
        return self.known.day

    @property
    def date_text(self) -> str:
        """The date as written; of an unknown date the days between which it lies."""
        return self.day.text if self.dated.form == "unknown" else self.dated.text

    def with_known(self, known: Known) -> Self:
        """Returns the event as its case knows it."""
        if known == self.known:
            return self
        event = self.model_copy()
        vars(event)["known"] = known  # where the cached property keeps its value: pydantic's own is slow to read
        return event

    @property
    def actors(self) -> Parties:
        """Who acts: the first of the kind's acting fields that is not empty."""
        return next((parties for name in self.acting if (parties := getattr(self, name))), ())

    @property
    def principals(self) -> Parties:
        """Whose act it is under the policy, and whose answer: those it acts for, else those who act."""
        return self.on_behalf_of or self.actors

    @property
    def departs(self) -> bool:
        """True for a step that is recorded as outside the policy; without a move there is no step."""
        return bool(self.departure) and bool(self.moves_to) and not self.context

    @property
    def asks(self) -> tuple[Request, ...]:
        """All requests of the record, including milestones."""
        return self.requests

    @property
    def left_out(self) -> Parts:
        """What the public copy of the event leaves out."""
        if not self.withhold and not any(source.withhold for source in self.sources):
            return NOTHING_LEFT_OUT
        return parts_of(self.withhold, (source.id for source in self.sources if source.withhold))

    def items(self) -> tuple[tuple[str, str, int], ...]:
        """Returns (item id, field, position) for every item that a reference may point to."""
        return tuple(
            (item.id, name, position)
            for name in ("requests", "allegations", "clauses", "milestones")
            for position, item in enumerate(getattr(self, name, ()))
        )

    def precursors(self) -> tuple[tuple[str, AnyReference], ...]:
        """Returns (field, reference) for every event that this one comes after."""
        named = [("in_reply_to", event) for event in self.in_reply_to]
        named += [("answers", answer.request) for answer in self.answers if answer.answer is not Outcome.UNKNOWN]
        own = vars(self)  # to ask pydantic for a field that the kind lacks is slow
        named += [(name, event) for name in ("adopts", "addendum_to") if (event := own.get(name))]
        return (*named, *(("cites", event) for event in self.cites), *(("follows", event) for event in self.follows))


# What fields of several kinds declare: their sentence, and their titles.
ACTS = "From, De, Who, Quién, Qui, Actor, Acteur"
ADDRESSEES = (
    "Who it is sent to.",
    "Addressees, Destinatarios, Destinataires, Addressee, Destinatario, Destinataire, To, Para, À",
)
SIGNATORIES = ("Who signed; signing alone makes nobody a filer or sender.", "Signatories, Firmantes, Signataires")
SIGNATORY_COUNT = (
    "How many signed, as stated, if not all are named.",
    "Number of signatories, Número de firmantes, Nombre de signataires",
)
REPLIES = ("What it says about allegations of the Concern.", "Replies, Réplicas, Répliques")
ACTION_PLAN = ("The action plan: its name, number and period.", "Action plan, Plan de acción, Plan d'action")


class Concern(Event):
    """The Letter of Concern, or an addendum to it."""

    kind = Kind.CONCERN
    acting = ("filers",)
    addendum_to: AnyReference | None = later(
        "The Concern that this one completes.", "Addendum to, Complemento de, Complément à", picked="concern"
    )
    addressees: Parties = public_list(*ADDRESSEES)
    filers: Parties = public_list("Who files it.", f"Filers, Peticionarios, Requérants, {ACTS}")
    filer_count: Number | None = later(
        "How many file it, as stated, if not all are named.",
        "Number of filers, Número de peticionarios, Nombre de requérants",
    )
    filer_class: FilerClass | None = public(
        "To which class of filers they belong.", "Class of filers, Clase de peticionarios, Catégorie de requérants"
    )
    signatories: Parties = later_list(*SIGNATORIES)
    grounds: Several[Ground] = public_list("The kinds of issues it is based on.", "Grounds, Motivos, Motifs")
    allegations: tuple[Allegation, ...] = public_list(
        "What it says the government did, one by one.", "Allegations, Alegaciones, Allégations", each="allegation"
    )
    prior_steps: Several[Mention] = later_list(
        "What the filers had tried at home before.",
        "Prior steps, Gestiones previas, Démarches",
        each="prior-step",
    )


class Letter(Event):
    """Any other correspondence, notices included."""

    kind = Kind.LETTER
    acting = ("senders",)
    senders: Parties = public_list(
        "Who sends it.", f"Senders, Remitentes, Expéditeurs, Sender, Remitente, Expéditeur, {ACTS}"
    )
    addressees: Parties = public_list(*ADDRESSEES)
    copied: Parties = later_list("Who gets a copy.", "Copied, Con copia a, En copie, Cc")
    signatories: Parties = later_list(*SIGNATORIES)
    signatory_count: Number | None = later(*SIGNATORY_COUNT)
    signed_by: tuple[SignedBy, ...] = later_list(
        "The persons who signed, their offices, and for whom they signed.", "Signed by, Firmado por, Signé par"
    )
    about: References = later_list("The events or items that it is about.", "About, Sobre, Au sujet de")
    replies: tuple[Reply, ...] = public_list(*REPLIES, each="reply")


class Statement(Event):
    """A public text."""

    kind = Kind.STATEMENT
    acting = ("issued_by",)
    issued_by: Parties = public_list("Who issues it.", f"Issued by, Emitido por, Émis par, {ACTS}")
    signatories: Parties = later_list(*SIGNATORIES)
    signatory_count: Number | None = later(*SIGNATORY_COUNT)
    about: References = later_list("The events or items that it is about.", "About, Sobre, Au sujet de")
    replies: tuple[Reply, ...] = public_list(*REPLIES, each="reply")


class Report(Event):
    """A text that finds something."""

    kind = Kind.REPORT
    acting = ("adopted_by", "authors")
    authors: Parties = public_list("Who wrote it.", f"Authors, Autores, Auteurs, {ACTS}")
    report_type: ReportTypeCode | None = public(
        "What sort of report it is.", "Type of report, Tipo de informe, Type de rapport"
    )
    adopted_by: Parties = public_list("The body that adopted it.", "Adopted by, Adoptado por, Adopté par")
    conclusion: ConclusionCode | None = public("What it concludes as a whole.", "Conclusion, Conclusión, Conclusion")
    findings: tuple[Finding, ...] = public_list(
        "What it finds on each allegation.", "Findings, Hallazgos, Constats", each="finding"
    )


class Resolution(Event):
    """A formal decision or recommendation."""

    kind = Kind.RESOLUTION
    acting = ("by",)
    by: Parties = public_list("The body that decides.", f"Decided by, Decidido por, Décidé par, {ACTS}")
    adopts: AnyReference | None = public("The report it adopts.", "Adopts, Adopta, Adopte", picked="report")
    preamble: tuple[Recital, ...] = later_list("Its reasons, paragraph by paragraph.", "Preamble, Preámbulo, Préambule")
    clauses: tuple[Clause, ...] = public_list(
        "What it decides, paragraph by paragraph.", "Clauses, Cláusulas, Clauses", each="clause"
    )
    term: Term | None = later("How long it holds.", "Term, Plazo, Durée")
    votes: Votes | None = public("How the body voted.", "Votes, Votos, Votes")


class Commitment(Event):
    """A promise in an action plan."""

    kind = Kind.COMMITMENT
    acting = ("lead",)
    action_plan: ActionPlan | None = public(*ACTION_PLAN)
    number: Number | None = public(
        "The commitment's number in the plan.", "Commitment number, Número del compromiso, Numéro de l'engagement"
    )
    lead: Parties = public_list("Who leads it.", f"Lead, Responsable, Responsable, {ACTS}")
    text: Text | None = public("What is promised, in our own words.", "Commitment, Compromiso, Engagement")
    milestones: tuple[Request, ...] = public_list(
        "Its steps, written as requests to its lead.", "Milestones, Hitos, Jalons", each="milestone"
    )
    assessments: tuple[Assessment, ...] = later_list(
        "How far others found it to be completed.", "Assessments, Evaluaciones, Évaluations", each="assessment"
    )

    @property
    def asks(self) -> tuple[Request, ...]:
        """Requests and milestones; a milestone that names nobody is asked of the lead."""
        of_lead = {"asked_of": self.lead}
        return (
            *self.requests,
            *(step if step.asked_of else step.model_copy(update=of_lead) for step in self.milestones),
        )


class Development(Event):
    """Anything else: a meeting, a visit, a law, a process interrupted or resumed."""

    kind = Kind.DEVELOPMENT
    acting = ("participants",)
    place: Text | None = later("Where it happened.", "Place, Lugar, Lieu", one_line=True)
    participants: Parties = public_list("Who took part.", f"Participants, Participantes, Participants, {ACTS}")
    process: Process | None = public(
        "Whether a national process was interrupted or resumed.", "Process, Proceso, Processus"
    )
    action_plan: ActionPlan | None = later(*ACTION_PLAN)
    effect: Text | None = public("What it changed.", "Effect, Efecto, Effet")


KINDS: dict[Kind, type[Event]] = {
    model.kind: model for model in (Concern, Letter, Statement, Report, Resolution, Commitment, Development)
}
"""The class of each kind."""
