"""Which fields each kind of record has, in the order they are written, with a sentence on each.

The models take their descriptions from here and the command line its options; needs no pydantic. A test holds this
table equal to the models.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from ogpcase.model.codelists import (
    Body,
    Classification,
    CodeList,
    Conclusion,
    FilerClass,
    Ground,
    Kind,
    Process,
    ReportType,
    Stage,
    Track,
    Version,
)

Shape = Literal[
    "text", "line", "lines", "date", "code", "codes", "party", "parties", "reference", "references",
    "number", "flag", "mapping", "mappings", "mentions", "parts",
]  # fmt: skip


class RecordField(NamedTuple):
    """A field: its name, the shape of its value, what it means, and for a code its list.

    `each` is the word for one of a list's items, where the command line takes them one by one. A field that is
    `in_copies` is written by `publish` alone, and nobody is asked for it.
    """

    name: str
    shape: Shape
    about: str
    codes: type[CodeList] | None = None
    each: str | None = None
    required: bool = False
    in_copies: bool = False

    @property
    def option(self) -> str:
        """The name of its option: `clause` for `clauses`."""
        return (self.each or self.name).replace("_", "-")

    @property
    def repeats(self) -> bool:
        """True when the value is a list."""
        return self.shape in {"lines", "codes", "parties", "references", "mappings", "mentions", "parts"}


F = RecordField
HEAD = (
    F("kind", "code", "Which sort of event this is; it decides which other fields there are.", Kind, required=True),
    F("title", "text", "What happened, in one line; a string, or one for each language.", required=True),
    F("summary", "text", "What the paper says or what happened, in our own words, never the paper's."),
    F("dated", "date", "The date on the paper's face, or the day it happened: EDTF, or `unknown`.", required=True),
    F("received", "date", "The day it was in its addressee's hands."),
    F("published", "date", "The day it was made public."),
    F("until", "date", "The end of what the paper sets; never a second way to write an interval."),
    F("also_dated", "mappings", "Another date for the same event, with the source that gives it."),
)
TAIL = (
    F("also_stated", "mappings", "Another value for a fact of this record, with the source that states it."),
    F("languages", "lines", "BCP 47 tags of the languages of the paper.", each="language"),
    F("in_reply_to", "references", "The events this one replies to."),
    F("follows", "references", "Events this one plainly comes after, where dates leave it open."),
    F("cites", "references", "Events this paper cites."),
    F("context", "flag", "True for background or another body's act: shown apart, never a step."),
    F("moves_to", "codes", "The stage, or the successive stages, that this paper carries the case to.", Stage),
    F("basis", "line", "The clause of the policy that the last step rests on, as `III.B.9`."),
    F("policy_version", "code", "The policy's version, when it is not the header's.", Version),
    F(
        "departure",
        "mappings",
        "Why this step is true although the policy did not foresee it or nobody could verify it.",
    ),
    F("as_stated_status", "line", "The source's own word for where the case stands."),
    F("requests", "mappings", "What is asked of whom, and by when.", each="request"),
    F("answers", "mappings", "What came back on requests of other records.", each="answer"),
    F("withhold", "parts", "What the public copy leaves out: fields, items as `requests#shelter`, or `all`."),
    F("withheld", "mappings", "What this public copy leaves out of the record; `publish` writes it.", in_copies=True),
    F(
        "answer_withheld",
        "lines",
        "Duties of this step whose answer this public copy leaves out; `publish` writes it.",
        in_copies=True,
    ),
    F("sources", "mappings", "Where each fact was read.", each="source"),
)
_SIGNATORIES = F("signatories", "parties", "Who signed; a signatory is not thereby a filer or a sender.")
_SIGNATORY_COUNT = F("signatory_count", "number", "How many signed, as stated, when not all are named.")
_REPLIES = F("replies", "mappings", "What it says of an allegation of the Concern.", each="reply")
_ACTION_PLAN = F("action_plan", "mapping", "The action plan: its name, number and period.")
OWN: dict[Kind, tuple[RecordField, ...]] = {
    Kind.CONCERN: (
        F("addendum_to", "reference", "The Concern that this one completes."),
        F("filers", "parties", "Who files it."),
        F("filer_count", "number", "How many file it, as stated, when not all are named."),
        F("filer_class", "code", "Which of the classes that may file the filers are of.", FilerClass),
        _SIGNATORIES,
        F("grounds", "codes", "The kinds of issues it rests on.", Ground),
        F("allegations", "mappings", "What it says the government did, one by one.", each="allegation"),
        F("prior_steps", "mentions", "What the filers tried at home before.", each="prior-step"),
    ),
    Kind.LETTER: (
        F("senders", "parties", "Who sends it."),
        F("addressees", "parties", "To whom it is sent."),
        F("copied", "parties", "Who gets a copy."),
        _SIGNATORIES,
        _SIGNATORY_COUNT,
        F("signed_by", "mappings", "The persons who signed, with their office and for whom."),
        _REPLIES,
    ),
    Kind.STATEMENT: (
        F("issued_by", "parties", "Who issues it."),
        _SIGNATORIES,
        _SIGNATORY_COUNT,
        F("about", "references", "The events or items it speaks of."),
        _REPLIES,
    ),
    Kind.REPORT: (
        F("authors", "parties", "Who wrote it."),
        F("report_type", "code", "What sort of report it is.", ReportType),
        F("adopted_by", "parties", "The body that adopted it."),
        F("conclusion", "code", "What it concludes as a whole.", Conclusion),
        F("findings", "mappings", "What it found on each allegation.", each="finding"),
    ),
    Kind.RESOLUTION: (
        F("by", "parties", "The body that decides."),
        F("adopts", "reference", "The report it adopts."),
        F("preamble", "mappings", "Its reasons, paragraph by paragraph."),
        F("clauses", "mappings", "What it decides, paragraph by paragraph.", each="clause"),
        F("term", "mapping", "For how long it holds."),
        F("votes", "mapping", "How the body voted."),
    ),
    Kind.COMMITMENT: (
        _ACTION_PLAN,
        F("number", "number", "The commitment's number in the plan."),
        F("lead", "parties", "Who leads it."),
        F("text", "text", "What is promised, in our own words."),
        F("milestones", "mappings", "Its steps, shaped as requests to its own lead.", each="milestone"),
        F("assessments", "mappings", "How far it was found to be completed.", each="assessment"),
    ),
    Kind.DEVELOPMENT: (
        F("place", "text", "Where it happened."),
        F("participants", "parties", "Who took part."),
        F("process", "code", "Whether a national process was interrupted or resumed.", Process),
        _ACTION_PLAN,
        F("effect", "text", "What it changed."),
    ),
}
HEADER = (
    F("title", "text", "The case in one line.", required=True),
    F("track", "code", "Which of OGP's procedures the case is under.", Track, required=True),
    F("policy_version", "code", "The version of the policy in force at filing.", Version),
    F("subject", "party", "The government the case is about: a party.", required=True),
    F("country", "line", 'ISO 3166-1 alpha-2 code of the country (quote "NO").', required=True),
    F("language", "line", "BCP 47 tag of the language that plain texts of the case are in.", required=True),
    F("related", "mappings", "Other cases, here or elsewhere; never merged."),
    F("withhold", "line", "`all`: the public copy leaves the whole case out."),
)
PARTY = (
    F("name", "text", "The name to show; a text by language where it has several.", required=True),
    F("other_names", "lines", "Other spellings, short names, former names and translations.", each="other-name"),
    F("classification", "code", "What sort of party this is.", Classification, required=True),
    F("country", "line", 'ISO 3166-1 alpha-2 code of its country (quote "NO").'),
    F("body", "code", "Which body of OGP this is; for `ogp_body` only.", Body),
    F("part_of", "parties", "Parties this one belongs to."),
    F("identifiers", "mappings", "Its numbers or names in other registers.", each="identifier"),
    F("links", "mappings", "Pages about it.", each="link"),
    F("withhold", "mapping", "What stands for it in the public copy, as `{pseudonym: filer-a, keep: [country]}`."),
    F("publish", "mapping", "Why a person may be named in the public copy, as `{because: office}`."),
    F("withheld", "mappings", "What this public copy leaves out of the record; `publish` writes it.", in_copies=True),
)
FEATURED: dict[Kind, tuple[str, ...]] = {
    Kind.CONCERN: ("filers", "grounds", "allegations"),
    Kind.LETTER: ("senders", "addressees", "replies"),
    Kind.STATEMENT: ("issued_by", "signatories"),
    Kind.REPORT: ("authors", "adopted_by", "conclusion", "findings"),
    Kind.RESOLUTION: ("by", "adopts", "clauses", "votes"),
    Kind.COMMITMENT: ("action_plan", "lead", "milestones"),
    Kind.DEVELOPMENT: ("participants", "process", "effect"),
}
"""The fields that say most about a kind, for generic views, prompts and exporters."""
ACTING: dict[Kind, tuple[str, ...]] = {
    Kind.CONCERN: ("filers",),
    Kind.LETTER: ("senders",),
    Kind.STATEMENT: ("issued_by",),
    Kind.REPORT: ("adopted_by", "authors"),
    Kind.RESOLUTION: ("by",),
    Kind.COMMITMENT: ("lead",),
    Kind.DEVELOPMENT: ("participants",),
}
"""Who acts in a kind: the first of these fields that is not empty."""


@cache
def fields_of(kind: Kind) -> tuple[RecordField, ...]:
    """Returns the kind's fields in the order they are written."""
    return (*HEAD, *OWN[kind], *TAIL)


@cache
def names_of(kind: Kind) -> tuple[str, ...]:
    """Returns the names of the kind's fields in the order they are written."""
    return tuple(field.name for field in fields_of(kind))


@cache
def known_names(kind: Kind) -> frozenset[str]:
    """Returns the names of the kind's fields, to look one up."""
    return frozenset(names_of(kind))


def sentence_on(name: str, kind: Kind | None = None) -> str:
    """Returns the sentence on a field: of every event, or of one kind."""
    table = (*HEAD, *TAIL) if kind is None else OWN[kind]
    return next(field.about for field in table if field.name == name)
