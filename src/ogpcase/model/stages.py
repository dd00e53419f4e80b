"""The stages a case can be in, as codes that are free of the policy's versions; and the shape of every code list."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class CodeList(StrEnum):
    """A closed list of codes; each member is its code, with a label and a sentence that explains it."""

    label: str
    sentence: str

    def __new__(cls, code: str, label: str, sentence: str) -> Self:
        """Makes a member of a code, a label and a sentence."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.sentence = sentence
        return member

    @classmethod
    def of(cls, code: str) -> Self | None:
        """Returns the member of this code, or None."""
        return next((member for member in cls if member.value == code), None)


class Stage(CodeList):
    """Where a case stands; computed from its events, never stored."""

    NOT_FILED = "not_filed", "Not filed", "No Concern has been filed."
    INITIAL_REVIEW = "initial_review", "Initial review", "Is the Concern eligible? This is no view on the merits."
    UNDER_REVIEW = "under_review", "Under review", "The merits of the Concern are reviewed."
    REPORT_ADOPTED = "report_adopted", "Report adopted", "The review report is adopted; no decision on it is taken yet."
    STAGE_ONE = "stage_one", "Stage One", "Measures agreed with the government to resolve the Concern."
    SUSPENDED = "suspended", "Suspended", "The Steering Committee has suspended the country."
    INELIGIBLE = "ineligible", "Ineligible", "The Concern did not meet the criteria and the case ended."
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
    RESOLVED = "resolved", "Resolved", "Measures resolved the Concern and the case ended."
    REINSTATED = "reinstated", "Reinstated", "A suspension was lifted."
    PERMANENTLY_SUSPENDED = "permanently_suspended", "Permanently suspended", "The country is no longer part of OGP."
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
