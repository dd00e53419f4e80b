"""Events: the base model and its seven kinds. A file holds one event, a dated step or paper."""

from functools import cached_property
from typing import Any, ClassVar, Self

from pydantic import model_validator

from ogpcase.model.base import (
    AnyReference,
    EventId,
    Flag,
    Frozen,
    Id,
    Line,
    Number,
    Several,
    later,
    later_list,
    private_list,
    public,
    public_list,
)
from ogpcase.model.codelists import (
    Ground,
    Kind,
    Outcome,
    Process,
)
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.ids import Reference
from ogpcase.model.items import (
    OF_WITHDRAWN,
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
    Term,
    Votes,
    Withdrawn,
)
from ogpcase.model.parties import Parties
from ogpcase.model.publication import NOTHING_LEFT_OUT, ListOfLeftOut, Parts, Withheld, parts_of
from ogpcase.model.sources import NamedSource, SourceId
from ogpcase.model.spans import Known
from ogpcase.model.table_codes import ConclusionCode, FilerClass, ReportTypeCode, StageCode, VersionCode
from ogpcase.model.texts import Language, Text

References = Several[AnyReference]


_COMES_AFTER = ("in_reply_to", "answers", "adopts", "addendum_to", "cites", "follows")
"""The fields that name what an event comes after."""
ITEM_FIELDS = ("requests", "allegations", "clauses", "milestones")
"""The fields whose items a reference may point to."""


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
        noun="date",
    )
    received: FuzzyDate | None = later(
        "The day its addressee received it.",
        "Received, Recibido, Reçu, Date received, Fecha de recepción, Date de réception",
        noun="day of receipt",
    )
    published: FuzzyDate | None = later(
        "The day it was made public.",
        "Published, Publicado, Publié, Date published, Fecha de publicación, Date de publication",
        noun="day of publication",
    )
    until: FuzzyDate | None = later(
        "The last day of what the paper decides; for an interval, use `dated`.", "Until, Hasta, Jusqu'au", noun="end"
    )
    also_dated: tuple[AlsoDated, ...] = later_list(
        "Other dates for this event, each with its source.", "Also dated, Otra fecha, Autre date", noun="another date"
    )
    also_stated: tuple[AlsoStated, ...] = later_list(
        "Other values of fields of this record, each with its source.",
        "Also stated, Otro dato, Autre valeur",
        noun="what is stated otherwise",
    )
    languages: Several[Language] = later_list(
        "BCP 47 tags of the languages of the paper.", "Languages, Idiomas, Langues, Idioma, Langue", each="language"
    )
    in_reply_to: References = public_list(
        "The events that this one replies to.", "In reply to, En respuesta a, En réponse à", noun="what it replies to"
    )
    follows: References = later_list(
        "The events that came before this one, if the dates do not show it.", "Follows, Sigue a, Suit", noun="order"
    )
    cites: References = later_list("The events that this paper cites.", "Cites, Cita, Cite", noun="citations")
    context: Flag = later(
        "True for background: shown apart, never a step of the case.",
        "Background, Antecedentes, Contexte",
        default=False,
    )
    on_behalf_of: Parties = later_list(
        "For whom the paper acts, if not for those who issue it.",
        "On behalf of, En nombre de, Au nom de",
        noun="for whom it acts",
    )
    moves_to: Several[StageCode] = later_list(
        "The stage, or stages in order, that this paper moves the case to.", "Moves to, Pasa a, Passe à", noun="step"
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
    as_stated_status: Line | None = later(
        "The source's own word for the status of the case.", "Status, Estado, Statut", noun="status it states"
    )
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
        withdrawn = isinstance(values, dict) and values.get("withdrawn") is not None
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
        own = vars(self)  # where the cached property keeps its value: pydantic's own is slow to read
        if known == own.setdefault("known", Known(self.dated)):
            return self
        event = self.model_copy()
        vars(event)["known"] = known
        return event

    def get(self, field: str, default: Any = None) -> Any:  # noqa: ANN401 - the value of any field
        """Returns the value of a field; `default` if the kind lacks it, which `getattr` is slow to find out."""
        return vars(self).get(field, default)

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
        own = vars(self)
        return tuple(
            (item.id, name, position) for name in ITEM_FIELDS for position, item in enumerate(own.get(name, ()))
        )

    def precursors(self) -> tuple[tuple[str, AnyReference], ...]:
        """Returns (field, reference) for every event that this one comes after."""
        own, named = vars(self), list[tuple[str, AnyReference]]()
        for name in _COMES_AFTER:
            value: Any = own.get(name)
            if not value:
                continue
            if name == "answers":
                value = [answer.request for answer in value if answer.answer is not Outcome.UNKNOWN]
            named += [(name, event) for event in ((value,) if isinstance(value, Reference) else value)]
        return tuple(named)


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
ABOUT = ("The events or items that it is about.", "About, Sobre, Au sujet de", "what it is about")
REPLIES = ("What it says about allegations of the Concern.", "Replies, Réplicas, Répliques")
ACTION_PLAN = ("The action plan: its name, number and period.", "Action plan, Plan de acción, Plan d'action")


class Concern(Event):
    """The Letter of Concern, or an addendum to it."""

    kind = Kind.CONCERN
    acting = ("filers",)
    addendum_to: AnyReference | None = later(
        "The Concern that this one completes.",
        "Addendum to, Complemento de, Complément à",
        picked="concern",
        noun="what it adds to",
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
    copied: Parties = later_list("Who gets a copy.", "Copied, Con copia a, En copie, Cc", noun="who gets a copy")
    signatories: Parties = later_list(*SIGNATORIES)
    signatory_count: Number | None = later(*SIGNATORY_COUNT)
    signed_by: tuple[SignedBy, ...] = later_list(
        "The persons who signed, their offices, and for whom they signed.",
        "Signed by, Firmado por, Signé par",
        noun="who signs it",
    )
    about: References = later_list(*ABOUT)
    replies: tuple[Reply, ...] = public_list(*REPLIES, each="reply")


class Statement(Event):
    """A public text."""

    kind = Kind.STATEMENT
    acting = ("issued_by",)
    issued_by: Parties = public_list(
        "Who issues it.", f"Issued by, Emitido por, Émis par, {ACTS}", noun="who issues it"
    )
    signatories: Parties = later_list(*SIGNATORIES)
    signatory_count: Number | None = later(*SIGNATORY_COUNT)
    about: References = later_list(*ABOUT)
    replies: tuple[Reply, ...] = public_list(*REPLIES, each="reply")


class Report(Event):
    """A text that finds something."""

    kind = Kind.REPORT
    acting = ("adopted_by", "authors")
    authors: Parties = public_list("Who wrote it.", f"Authors, Autores, Auteurs, {ACTS}")
    report_type: ReportTypeCode | None = public(
        "What sort of report it is.", "Type of report, Tipo de informe, Type de rapport"
    )
    adopted_by: Parties = public_list(
        "The body that adopted it.", "Adopted by, Adoptado por, Adopté par", noun="who adopts it"
    )
    conclusion: ConclusionCode | None = public("What it concludes as a whole.", "Conclusion, Conclusión, Conclusion")
    findings: tuple[Finding, ...] = public_list(
        "What it finds on each allegation.", "Findings, Hallazgos, Constats", each="finding"
    )


class Resolution(Event):
    """A formal decision or recommendation."""

    kind = Kind.RESOLUTION
    acting = ("by",)
    by: Parties = public_list(
        "The body that decides.", f"Decided by, Decidido por, Décidé par, {ACTS}", noun="who decides"
    )
    adopts: AnyReference | None = public(
        "The report it adopts.", "Adopts, Adopta, Adopte", picked="report", noun="what it adopts"
    )
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
