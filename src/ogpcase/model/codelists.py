"""The fixed words a record may use: each code with a label and a sentence, written out to `schemas/codelists/`.

The words of stages differ between versions of the policy; those are in the policy tables, the codes are in stages.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ogpcase.model.base import as_code


class CodeList(StrEnum):
    """A closed list of codes; each member is its code, with a label and a sentence that explains it."""

    label: str
    sentence: str

    def __new__(cls, code: str, *words: str) -> Self:
        """Makes a member of a code, a label where that is not just the code in words, and a sentence."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = words[0] if len(words) > 1 else code.replace("_", " ").capitalize()
        member.sentence = words[-1]
        return member

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Takes a code that is written as a plain number (`2017`) too."""
        return core_schema.no_info_before_validator_function(as_code, handler(source))

    @classmethod
    def of(cls, code: str) -> Self | None:
        """Returns the member of this code, or None."""
        return next((member for member in cls if member.value == code), None)


class Stage(CodeList):
    """Where a case stands; computed from its events, never stored."""

    NOT_FILED = "not_filed", "No Concern has been filed."
    INITIAL_REVIEW = "initial_review", "Is the Concern eligible? This is no view on the merits."
    UNDER_REVIEW = "under_review", "The merits of the Concern are reviewed."
    REPORT_ADOPTED = "report_adopted", "The review report is adopted; no decision on it is taken yet."
    STAGE_ONE = "stage_one", "Stage One", "Measures agreed with the government to resolve the Concern."
    SUSPENDED = "suspended", "The Steering Committee has suspended the country."
    INELIGIBLE = "ineligible", "The Concern did not meet the criteria and the case ended."
    CLOSED_ADDRESSED_DOMESTICALLY = (
        "closed_addressed_domestically",
        "Closed, addressed domestically",
        "The report found the issues satisfactorily addressed at home, and the case was closed.",
    )
    CLOSED_NOT_FOUNDED = (
        "closed_not_founded",
        "Closed, not founded",
        "The Concern was found not relevant or not credible.",
    )
    RESOLVED = "resolved", "Measures resolved the Concern and the case ended."
    REINSTATED = "reinstated", "A suspension was lifted."
    PERMANENTLY_SUSPENDED = "permanently_suspended", "The country is no longer part of OGP."
    WITHDRAWN_BY_COUNTRY = (
        "withdrawn_by_country",
        "Withdrawn by the country",
        "The country left OGP while the case was open.",
    )
    WITHDRAWN_BY_FILER = "withdrawn_by_filer", "Withdrawn by the filer", "The filer took the Concern back."

    @property
    def ends(self) -> bool:
        """True for a stage that ends a case."""
        return self not in OPEN_STAGES and self is not Stage.NOT_FILED


OPEN_STAGES = (Stage.INITIAL_REVIEW, Stage.UNDER_REVIEW, Stage.REPORT_ADOPTED, Stage.STAGE_ONE, Stage.SUSPENDED)
"""The five stages of a case that is filed and not ended, in the order of the procedure."""

OTHER_WORDS = {"inactive": Stage.SUSPENDED, "received": Stage.INITIAL_REVIEW, "stage_two": Stage.SUSPENDED}
"""Words of another version or track that a record may bring where a stage's code belongs."""


class Kind(CodeList):
    """Which sort of event a record is."""

    CONCERN = "concern", "The Letter of Concern that triggers the policy, or an addendum to it."
    LETTER = "letter", "Any other correspondence, notices included."
    STATEMENT = "statement", "A public text of a body or a third party."
    REPORT = "report", "A text that finds something."
    RESOLUTION = "resolution", "A formal decision or recommendation."
    COMMITMENT = "commitment", "A promise in an action plan."
    DEVELOPMENT = "development", "Anything else that happened: a meeting, a visit, a law, a process begun or broken."


class Track(CodeList):
    """Which of OGP's three procedures a case is under."""

    RESPONSE_POLICY = "response_policy", "Response Policy", "A government is said to act against OGP's values."
    RAPID_RESPONSE = "rapid_response", "Rapid Response", "An acute allegation that asks for a swift public position."
    PROCEDURAL_REVIEW = "procedural_review", "Procedural Review", "A country acted contrary to OGP's process."


class Version(CodeList):
    """Which version of the Response Policy's words and moves apply."""

    V2014 = "2014", "2014 version", "Adopted by the Steering Committee in September 2014."
    V2017 = "2017", "2017 version", "Revised in 2017."


class Classification(CodeList):
    """What sort of party a party is."""

    CIVIL_SOCIETY = "civil_society", "An organisation or group of civil society."
    GOVERNMENT = "government", "A government, one of its agencies, or one of its offices."
    OGP_BODY = "ogp_body", "OGP body", "A body of the Open Government Partnership."
    OVERSIGHT_BODY = "oversight_body", "An autonomous public body that watches over a government."
    MULTILATERAL = "multilateral", "An organisation of states or across states."
    MEDIA = "media", "A newspaper, broadcaster or other medium."
    RESEARCH = "research", "A university, laboratory or research group."
    INDIVIDUAL = "individual", "One person."
    OTHER = "other", "None of these."


class Body(CodeList):
    """The bodies of OGP that the policy gives a part to."""

    OGP = "ogp", "Open Government Partnership", "The partnership as a whole, where a source names no body of it."
    SUPPORT_UNIT = "support_unit", "Support Unit", "Receives and acknowledges a Concern and makes the initial review."
    CRITERIA_AND_STANDARDS = (
        "criteria_and_standards",
        "Criteria and Standards Subcommittee",
        "Leads the review, adopts the report, closes a case or recommends measures.",
    )
    STEERING_COMMITTEE = "steering_committee", "Steering Committee", "OGP's own; decides on a suspension."
    IRM = "irm", "Independent Reporting Mechanism", "Assesses action plans."


class FilerClass(CodeList):
    """The three classes of who may file a Concern, and the one who may not."""

    STEERING_COMMITTEE_MEMBER = (
        "steering_committee_member",
        "Steering Committee member",
        "A member of OGP's Steering Committee.",
    )
    MULTILATERAL_PARTNER = "multilateral_partner", "One of OGP's multilateral partners."
    INVOLVED_ENTITY = "involved_entity", "An entity that is or was involved in OGP in the country."
    INDIVIDUAL = "individual", "A person acting on their own behalf, who may not file."


class Ground(CodeList):
    """The kinds of issues a Concern may rest on."""

    ACCESS_TO_INFORMATION = "access_to_information", "Of citizens and civil society."
    CIVIC_SPACE = "civic_space", "Room for organisations to work, criticise and receive funds."
    FUNDAMENTAL_FREEDOMS = "fundamental_freedoms", "Expression, peaceful assembly, association."
    MEDIA_FREEDOM = "media_freedom", "Of online and offline media, their ownership and independence."
    OTHER = "other", "Another issue; the list in the policy is not exhaustive."


class ReportType(CodeList):
    """What sort of report a report is."""

    REVIEW_REPORT = "review_report", "On the merits of a Concern, adopted by Criteria and Standards."
    INVESTIGATION = "investigation", "Of an authority or an inquiry."
    IRM = "irm", "IRM report", "Of the Independent Reporting Mechanism."
    EVALUATION = "evaluation", "Of a measure, a plan or a term."
    CIVIL_SOCIETY = "civil_society", "Civil society report", "Of an organisation of civil society."
    TECHNICAL = "technical", "Technical report", "Of a laboratory or technical experts."
    PRESS = "press", "Press report", "Of a newspaper or another medium."
    SELF_REPORT = "self_report", "Self-report", "Of a government on itself."


class Conclusion(CodeList):
    """What a report concludes as a whole."""

    ADDRESSED_DOMESTICALLY = "addressed_domestically", "The issues are satisfactorily addressed at home."
    NOT_ADDRESSED = "not_addressed", "The issues are not satisfactorily addressed at home."
    NOT_FOUNDED = "not_founded", "The issues are not relevant or not credible."
    FOUNDED = "founded", "The issues are relevant and credible."
    UNKNOWN = "unknown", "What it concludes is not known."


class Relevance(CodeList):
    """Whether an allegation touches OGP's values."""

    RELEVANT = "relevant", "It touches OGP's values."
    PARTLY_RELEVANT = "partly_relevant", "Part of it touches OGP's values."
    NOT_RELEVANT = "not_relevant", "It does not touch OGP's values."
    UNKNOWN = "unknown", "What was found is not known."


class Credibility(CodeList):
    """Whether an allegation is borne out by evidence."""

    CREDIBLE = "credible", "The evidence bears it out."
    PARTLY_CREDIBLE = "partly_credible", "The evidence bears part of it out."
    NOT_CREDIBLE = "not_credible", "The evidence does not bear it out."
    UNKNOWN = "unknown", "What was found is not known."


class Addressed(CodeList):
    """Whether an issue is addressed domestically."""

    ADDRESSED = "addressed", "It is satisfactorily addressed at home."
    PARTLY_ADDRESSED = "partly_addressed", "Part of it is addressed at home."
    NOT_ADDRESSED = "not_addressed", "It is not addressed at home."
    UNKNOWN = "unknown", "What was found is not known."


class Position(CodeList):
    """What a reply says of an allegation."""

    ADMITS = "admits", "It says that this happened."
    DENIES = "denies", "It says that this did not happen."
    DISPUTES = "disputes", "It says that this was otherwise."
    EXPLAINS = "explains", "It gives reasons or measures without admitting or denying."
    DOES_NOT_ADDRESS = "does_not_address", "It leaves the allegation unanswered."


class Process(CodeList):
    """What became of a national process."""

    INTERRUPTED = "interrupted", "The process stopped."
    RESUMED = "resumed", "The process went on."


class Completion(CodeList):
    """How far a commitment was completed, in the words of the Independent Reporting Mechanism."""

    COMPLETE = "complete", "All of it was done."
    SUBSTANTIAL = "substantial", "Most of it was done."
    LIMITED = "limited", "Some of it was done."
    NOT_STARTED = "not_started", "None of it was done."
    WITHDRAWN = "withdrawn", "The promise was taken back."
    UNKNOWN = "unknown", "How far it was done is not known."


class Outcome(CodeList):
    """What a later event says came back on a request."""

    MET = "met", "What was asked was done."
    PARTLY_MET = "partly_met", "Part of what was asked was done."
    REFUSED = "refused", "It was declined."
    ACKNOWLEDGED = "acknowledged", "It was received, and no more is known."
    OVERTAKEN = "overtaken", "Events made it pointless before it was answered."
    EXTENDED = "extended", "Its term was moved; `new_due` says to when."
    NONE = "none", "The source attests that no answer came."
    UNKNOWN = "unknown", "It was looked for, and the sources are silent."


class CountedFrom(CodeList):
    """From which day of the paper a term counts."""

    DATED = "dated", "From the date on its face."
    RECEIVED = "received", "From the day it was received."
    PUBLISHED = "published", "From the day it was made public."


class Relation(CodeList):
    """How another case stands to this one; related cases are never merged."""

    PARALLEL_TRACK = "parallel_track", "The same country under another procedure at the same time."
    PRECEDENT = "precedent", "A case this one was compared with."
    EARLIER_CASE = "earlier_case", "A case before this one on the same matter."
    LATER_CASE = "later_case", "A case after this one on the same matter."


class LeavingOutReason(CodeList):
    """Why the public copy leaves something out."""

    SAFETY = "safety", "Somebody would be put at risk."
    CONSENT = "consent", "Somebody concerned has not agreed to it."
    LEGAL = "legal", "The law or a court forbids it."
    SOURCE_PROTECTION = "source_protection", "It would show who gave the information."
    OTHER = "other", "Another reason."


class NamingReason(CodeList):
    """Why a person may be named in the public copy."""

    OFFICE = "office", "The record names the person for a public office."
    PUBLISHER = "publisher", "The person made public, under this name, what the record tells."
    CONSENT = "consent", "The person agreed to be named here."


class KeptField(CodeList):
    """What the public copy may still say of a party under a pseudonym."""

    CLASSIFICATION = "classification", "What sort of party it is."
    COUNTRY = "country", "Its country."


class Format(CodeList):
    """Which format the records of a folder have."""

    FIRST = "1", "First", "The format of a folder without `ogpcase.yaml`."
    SECOND = "2", "Second", "A party that the public copy may not name has a pseudonym."


CODELISTS: tuple[type[CodeList], ...] = (
    Kind, Track, Version, Stage, Classification, Body, FilerClass, Ground, ReportType, Conclusion, Relevance,
    Credibility, Addressed, Position, Process, Completion, Outcome, CountedFrom, Relation,
    LeavingOutReason, NamingReason, KeptField, Format,
)  # fmt: skip
"""Every code list, in the order they are written out."""
