"""The codes a record may use, each with a label and a sentence; `ogpcase schema` writes them to `schemas/codelists/`.

Stages, bodies and other codes of OGP's procedures are in their tables: see `model.table_codes`.
"""

from enum import StrEnum
from typing import Self


def also(words: str) -> tuple[str, ...]:
    """Returns the other words for a code that a table may hold, in Spanish, French and English."""
    return tuple(words.split(", "))


NOT_KNOWN = "Not known"
"""The label of `unknown` in each list. What nobody filled in is *not recorded*."""


class CodeList(StrEnum):
    """A closed list of codes; each has a label, a sentence that explains it, and other words for it."""

    label: str
    sentence: str
    others: tuple[str, ...]

    def __new__(cls, code: str, *words: str | tuple[str, ...]) -> Self:
        """Makes a member of a code, other words (if any), a label (if left out, the code in words) and a sentence."""
        member = str.__new__(cls, code)
        member._value_ = code
        texts = [word for word in words if isinstance(word, str)]
        member.label = texts[0] if len(texts) > 1 else code.replace("_", " ").capitalize()
        member.sentence = texts[-1]
        member.others = next((word for word in words if isinstance(word, tuple)), ())
        return member

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        """Also accepts a code written as a number (`2017`)."""
        written = getattr(value, "written", None)
        return cls.of(written) if isinstance(written, str) else None

    @classmethod
    def of(cls, code: str) -> Self | None:
        """Returns the member of this code, or None."""
        try:
            return cls(code)
        except ValueError:
            return None


class Kind(CodeList):
    """What sort of event a record is."""

    CONCERN = (
        "concern",
        also("Letter of Concern, Carta de preocupación, Lettre de préoccupation, Preocupación, Préoccupation"),
        "The Letter of Concern that triggers the policy, or an addendum to it.",
    )
    LETTER = "letter", also("Carta, Lettre, Oficio, Courrier"), "Any other correspondence, notices included."
    STATEMENT = (
        "statement",
        also("Comunicado, Communiqué, Declaración, Déclaration"),
        "A public text of a body or a third party.",
    )
    REPORT = "report", also("Informe, Rapport, Reporte"), "A text that finds something."
    RESOLUTION = (
        "resolution",
        also("Resolución, Résolution, Decision, Decisión, Décision"),
        "A formal decision or recommendation.",
    )
    COMMITMENT = "commitment", also("Compromiso, Engagement"), "A promise in an action plan."
    DEVELOPMENT = (
        "development",
        also("Acontecimiento, Fait, Meeting, Reunión, Réunion"),
        "Anything else that happened: a meeting, a visit, a law, a process begun or broken.",
    )


class Classification(CodeList):
    """The sorts of parties."""

    CIVIL_SOCIETY = "civil_society", "An organisation or group of civil society."
    GOVERNMENT = "government", "A government, one of its agencies, or one of its offices."
    OGP_BODY = "ogp_body", "OGP body", "A body of the Open Government Partnership."
    OVERSIGHT_BODY = "oversight_body", "An autonomous public body that watches over a government."
    MULTILATERAL = "multilateral", "An organisation of states or across states."
    MEDIA = "media", "A newspaper, broadcaster or other medium."
    RESEARCH = "research", "A university, laboratory or research group."
    INDIVIDUAL = "individual", "One person."
    OTHER = "other", "None of these."


class Ground(CodeList):
    """The kinds of issues a Concern may be based on."""

    ACCESS_TO_INFORMATION = (
        "access_to_information",
        also("Acceso a la información, Accès à l'information"),
        "Access to information for citizens and civil society.",
    )
    CIVIC_SPACE = (
        "civic_space",
        also("Espacio cívico, Espace civique"),
        "Freedom of organisations to work, criticise and receive funds.",
    )
    FUNDAMENTAL_FREEDOMS = (
        "fundamental_freedoms",
        also("Libertades fundamentales, Libertés fondamentales"),
        "Expression, peaceful assembly, association.",
    )
    MEDIA_FREEDOM = (
        "media_freedom",
        also("Libertad de los medios, Liberté des médias"),
        "Freedom of online and offline media, their ownership and independence.",
    )
    OTHER = "other", also("Otro, Autre"), "Another issue; the list in the policy is not exhaustive."


class ReportType(CodeList):
    """What sort of report this is, under any procedure; the tables have more."""

    INVESTIGATION = "investigation", also("Investigación, Enquête"), "A report by an authority or an inquiry."
    IRM = (
        "irm",
        also("MRI, Informe del MRI, Rapport du MRI"),
        "IRM report",
        "A report by the Independent Reporting Mechanism.",
    )
    EVALUATION = "evaluation", also("Evaluación, Évaluation"), "A report on a measure, a plan or a term."
    CIVIL_SOCIETY = (
        "civil_society",
        also("Sociedad civil, Société civile"),
        "Civil society report",
        "A report by an organisation of civil society.",
    )
    TECHNICAL = (
        "technical",
        also("Técnico, Technique"),
        "Technical report",
        "A report by a laboratory or technical experts.",
    )
    PRESS = "press", also("Prensa, Presse"), "Press report", "A report in a newspaper or another medium."
    SELF_REPORT = (
        "self_report",
        also("Autoinforme, Auto-évaluation"),
        "Self-report",
        "A report by a government on itself.",
    )


class Conclusion(CodeList):
    """What a report concludes as a whole, under any procedure; the tables have more."""

    UNKNOWN = "unknown", NOT_KNOWN, also("Desconocida, Inconnue"), "Its conclusion is not known."


class Relevance(CodeList):
    """Whether an allegation concerns OGP's values."""

    RELEVANT = "relevant", also("Pertinente, Pertinent"), "It concerns OGP's values."
    PARTLY_RELEVANT = (
        "partly_relevant",
        also("Parcialmente pertinente, Partiellement pertinent"),
        "Part of it concerns OGP's values.",
    )
    NOT_RELEVANT = "not_relevant", also("No pertinente, Non pertinent"), "It does not concern OGP's values."
    UNKNOWN = "unknown", NOT_KNOWN, also("Desconocido, Inconnu"), "The finding is not known."


class Credibility(CodeList):
    """Whether evidence supports an allegation."""

    CREDIBLE = "credible", also("Creíble, Crédible"), "The evidence supports it."
    PARTLY_CREDIBLE = (
        "partly_credible",
        also("Parcialmente creíble, Partiellement crédible"),
        "The evidence supports part of it.",
    )
    NOT_CREDIBLE = "not_credible", also("No creíble, Non crédible"), "The evidence does not support it."
    UNKNOWN = "unknown", NOT_KNOWN, also("Desconocido, Inconnu"), "The finding is not known."


class Addressed(CodeList):
    """Whether an issue is addressed domestically."""

    ADDRESSED = "addressed", also("Atendido, Traité"), "It is satisfactorily addressed at home."
    PARTLY_ADDRESSED = (
        "partly_addressed",
        also("Parcialmente atendido, Partiellement traité"),
        "Part of it is addressed at home.",
    )
    NOT_ADDRESSED = "not_addressed", also("No atendido, Non traité"), "It is not addressed at home."
    UNKNOWN = "unknown", NOT_KNOWN, also("Desconocido, Inconnu"), "The finding is not known."


class Position(CodeList):
    """What a reply says about an allegation."""

    ADMITS = "admits", also("Admite, Admet"), "It says that this happened."
    DENIES = "denies", also("Niega, Nie"), "It says that this did not happen."
    DISPUTES = "disputes", also("Disputa, Conteste"), "It says that this happened differently."
    EXPLAINS = "explains", also("Explica, Explique"), "It gives reasons or measures without admitting or denying."
    DOES_NOT_ADDRESS = "does_not_address", also("No aborda, N'aborde pas"), "It does not speak of the allegation."


class Process(CodeList):
    """What happened to a national process."""

    INTERRUPTED = "interrupted", also("Interrumpido, Interrompu"), "The process stopped."
    RESUMED = "resumed", also("Reanudado, Repris"), "The process went on."


class Completion(CodeList):
    """How far a commitment was completed, in the words of the Independent Reporting Mechanism."""

    COMPLETE = "complete", also("Completo, Achevé"), "All of it was done."
    SUBSTANTIAL = "substantial", also("Sustancial, Substantiel"), "Most of it was done."
    LIMITED = "limited", also("Limitado, Limité"), "Some of it was done."
    NOT_STARTED = "not_started", also("No iniciado, Non commencé"), "None of it was done."
    WITHDRAWN = "withdrawn", also("Retirado, Retiré"), "The commitment was withdrawn."
    UNKNOWN = "unknown", NOT_KNOWN, also("Desconocido, Inconnu"), "How far it was done is not known."


class Outcome(CodeList):
    """What a later event says about a request."""

    MET = "met", also("Cumplido, Satisfait"), "What was asked was done."
    PARTLY_MET = (
        "partly_met",
        also("Parcialmente cumplido, Partiellement satisfait"),
        "Part of what was asked was done.",
    )
    NOT_MET = "not_met", also("No cumplido, Non satisfait"), "A source says that what was asked was not done."
    REFUSED = "refused", also("Rechazado, Refusé"), "It was refused."
    ACKNOWLEDGED = (
        "acknowledged",
        also("Acusado de recibo, Accusé de réception"),
        "It was received; nothing more is known.",
    )
    OVERTAKEN = "overtaken", also("Superado, Dépassé"), "Events made it pointless before it was answered."
    EXTENDED = "extended", also("Prorrogado, Prolongé"), "Its term was moved; `new_due` gives the new last day."
    NONE = "none", "No answer", also("None, Ninguna, Aucune"), "The source attests that no answer came."
    UNKNOWN = (
        "unknown",
        NOT_KNOWN,
        also("Desconocido, Inconnu"),
        "Somebody looked for an answer and found none in the sources.",
    )


class CountedFrom(CodeList):
    """From which day of the paper a term counts."""

    DATED = "dated", "From the date on the paper."
    RECEIVED = "received", "From the day it was received."
    PUBLISHED = "published", "From the day it was made public."


class Relation(CodeList):
    """How another case is related to this one; related cases are never merged."""

    PARALLEL_TRACK = "parallel_track", "The same country under another procedure at the same time."
    PRECEDENT = "precedent", "A case this one was compared with."
    EARLIER_CASE = "earlier_case", "A case before this one on the same matter."
    LATER_CASE = "later_case", "A case after this one on the same matter."


class LeavingOutReason(CodeList):
    """Why the public copy leaves something out."""

    SAFETY = "safety", "It would put somebody at risk."
    CONSENT = "consent", "Somebody concerned has not agreed."
    LEGAL = "legal", "The law or a court forbids it."
    SOURCE_PROTECTION = "source_protection", "It would show who gave the information."
    OTHER = "other", "Another reason."


class NamingReason(CodeList):
    """Why a person may be named in the public copy."""

    OFFICE = "office", "The record names the person for a public office."
    PUBLISHER = "publisher", "The person published, under this name, what the record says."
    CONSENT = "consent", "The person agreed to be named here."


class KeptField(CodeList):
    """What the public copy may still say about a party under a pseudonym."""

    CLASSIFICATION = "classification", "What sort of party it is."
    COUNTRY = "country", "Its country."


class Format(CodeList):
    """Which format the records of a folder have."""

    FIRST = "1", "First", "The format of a folder without `ogpcase.yaml`."
    SECOND = "2", "Second", "A party that the public copy may not name has a pseudonym."


CODELISTS: tuple[type[CodeList], ...] = (
    Kind, Classification, Ground, Relevance, Credibility, Addressed, Position, Process, Completion, Outcome,
    CountedFrom, Relation, LeavingOutReason, NamingReason, KeptField, Format,
)  # fmt: skip
"""Every list of codes that no table adds to."""
