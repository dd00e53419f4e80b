"""Allegations beside replies and findings, for other programs: JSON, CSV and Markdown."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ogpcase.model.parties import UNKNOWN
from ogpcase.output.columns import Answer, Column, Columns, Only, Shape, Table, Type, many, maybe, table_csv, through
from ogpcase.output.markdown import escaped, view_table
from ogpcase.output.messages import _, marked
from ogpcase.output.words import apart, before, date_in_short
from ogpcase.reports.findings.rows import (
    ALSO_FOUND,
    ALSO_SAID,
    CONCLUDE,
    ENDED,
    NO_EVIDENCE,
    AllegationRow,
    ConcernGroup,
    Ended,
    Evidence,
    Findings,
    Found,
    Paper,
    ReplyState,
    Saying,
    ShownReport,
    Voice,
    WholeAnswer,
    answers_words,
    basis_words,
    graded,
    position_words,
    silent_words,
    spoken_for,
    state_words,
    summary_of,
)
from ogpcase.reports.heading.tables import HEADING, head_lines, version_of
from ogpcase.reports.requests.tables import PARTY_ID
from ogpcase.reports.shown import field_words, for_words, ids_of, named


def cited_words(cited: Evidence) -> str:
    """Returns what is cited: the reference, the title and the words that are recorded."""
    return ": ".join(each for each in (cited.reference, cited.title, cited.text) if each)


def speakers(paper: Paper) -> str:
    """Who speaks in a paper: the names, each with its office."""
    return (", ".join(map(_voice, paper.voices)) or named(UNKNOWN)) + for_words(paper.on_behalf_of)


def _voice(voice: Voice) -> str:
    return f"{named(voice.name)}{f' ({voice.office})' if voice.office else ''}"


def _spoken_for(by_subject: bool | None) -> str:  # noqa: FBT001 - the answer to whose it is
    words = spoken_for(by_subject)
    return f" ({words})" if words else ""


def _perhaps(*, certain: bool) -> str:
    return "" if certain else f" ({_('perhaps')})"


def _said(said: Saying) -> str:
    who = f"{speakers(said.paper)}{_spoken_for(said.by_subject)}{_perhaps(certain=said.paper.certain)}"
    words = f"{date_in_short(said.paper.dated)} {who} {position_words(said.position)}"
    return before(words) + said.text if said.text else words


def _found(found: Found) -> str:
    paper, known = (
        found.report.paper,
        ", ".join(f"{before(field_words(name))}{graded(code)}" for name, code in found.finding.grades.items()),
    )
    words = apart([f"{date_in_short(paper.dated)} {paper.title}{_perhaps(certain=paper.certain)}", known])
    return before(words) + found.text if found.text else words


def _replies(row: AllegationRow) -> list[str]:
    state = state_words(row.reply_state, row.perhaps_reply_state)
    unanswered = [] if row.reply_state is ReplyState.ANSWERED else [state]
    return [*map(_said, row.replies), *unanswered]


VOICE: Shape[Voice] = Shape(
    "voice",
    Column("name", "the party's name"),
    PARTY_ID,
    Column("as_named", "the name that the paper prints, where it differs", maybe(Type.TEXT)),
    Column("office", "the office that the paper gives for the party", maybe(Type.TEXT)),
    words=_voice,
    about="Somebody who sends, adopts or writes a paper.",
)
_PAPER: Columns[Paper] = (
    Column("event", "the id of the paper's event"),
    Column("dated", "the paper's date", Type.DATE),
    Column("title", "the paper's title"),
    Column("by", "who sends or adopts the paper, or otherwise who writes it", many(VOICE), "voices"),
    Column(
        "by_ids",
        "the ids of those in `by`, without those who are not named",
        Type.TEXTS,
        lambda paper: tuple(dict.fromkeys(voice.party_id for voice in paper.voices if voice.party_id)),
        only=Only.CELLS,
    ),
    Column("certain", "whether the paper certainly existed by `as_of`", Type.FLAG),
    Column("on_behalf_of", "for whom the paper acts, where that is somebody else", Type.TEXTS),
    Column("on_behalf_of_ids", "the ids of those in `on_behalf_of`", Type.TEXTS),
    Column("inferred", "the fields of the paper's record that no source states in words", Type.TEXTS),
)
_REPORT: Columns[ShownReport] = (
    *through(_PAPER, "paper"),
    Column("report_type", "the type of the report", maybe(Type.TEXT), "record.report_type"),
    Column("authors", "who wrote the report", Type.TEXTS),
    Column("author_ids", "the authors' ids", Type.TEXTS, lambda report: ids_of(report.record.authors)),
    Column("adopted_by", "who adopted the report", Type.TEXTS),
    Column(
        "adopted_by_ids",
        "the ids of those in `adopted_by`",
        Type.TEXTS,
        lambda report: ids_of(report.record.adopted_by),
    ),
    Column(
        "carried", "whether the report led to a decision of the case", Type.FLAG, lambda report: bool(report.carried)
    ),
)
_ABOUT: Column[Any] = Column("about", "what the statement or finding is about")
_BY_SUBJECT: Column[Any] = Column(
    "by_subject", "whether the paper speaks for the government; null where that is not known", maybe(Type.FLAG)
)
EVIDENCE: Shape[Evidence] = Shape(
    "evidence",
    Column("reference", "the event cited; null where it has no record", maybe(Type.TEXT)),
    Column("dated", "the date of what is cited", maybe(Type.DATE)),
    Column("title", "the title of what is cited", maybe(Type.TEXT)),
    Column("text", "a description in the record's words", maybe(Type.TEXT)),
    Column("certain", "whether the event has certainly happened by `as_of`", Type.FLAG),
    plural="evidence",
    words=cited_words,
    about="A paper that the filers cite for an allegation.",
)
REPLY: Shape[Saying] = Shape(
    "reply",
    _ABOUT,
    *through(_PAPER, "paper"),
    _BY_SUBJECT,
    Column("position", "the position that the paper takes, such as `denies`"),
    Column("text", "the statement in words", maybe(Type.TEXT)),
    plural="replies",
    words=lambda said: f"{said.paper.dated} {speakers(said.paper)}: {said.position}",
)
FINDING: Shape[Found] = Shape(
    "finding",
    _ABOUT,
    *through(_REPORT, "report"),
    Column("relevance", "whether the allegation is relevant to OGP's values", maybe(Type.TEXT), "finding.relevance"),
    Column(
        "credibility", "whether the evidence makes the allegation credible", maybe(Type.TEXT), "finding.credibility"
    ),
    Column(
        "addressed", "whether the matter is already addressed in the country", maybe(Type.TEXT), "finding.addressed"
    ),
    Column("text", "the finding in words", maybe(Type.TEXT)),
)
COLUMNS: Columns[AllegationRow] = (
    Column("reference", "the reference of the allegation"),
    Column("concern", "the Concern or addendum that makes the allegation"),
    Column(
        "text",
        "what is alleged",
        heading=marked("Allegation"),
        look=lambda row: [f"{row.text}{_perhaps(certain=row.certain)}", row.reference],
    ),
    Column("grounds", "the grounds it is based on", Type.TEXTS),
    Column("certain", "whether the allegation has certainly been made by `as_of`", Type.FLAG),
    Column(
        "reply_state",
        "the government's reply: `answered`, `not_addressed_in_reply`, `answered_as_a_whole`, `unanswered`, or "
        "`withheld` where a public copy leaves out the reply",
    ),
    Column("perhaps_reply_state", "`reply_state` if papers that are only possible count too", maybe(Type.TEXT)),
    Column("finding_state", "`found`, `no_finding`, or `withheld` where a public copy leaves out the finding"),
    Column("perhaps_finding_state", "`finding_state` if reports that are only possible count too", maybe(Type.TEXT)),
    Column(
        "evidence",
        "the evidence cited for the allegation",
        many(EVIDENCE),
        heading=marked("Evidence"),
        look=lambda row: (
            [f"{cited_words(each)}{_perhaps(certain=each.certain)}" for each in row.evidence] or [_(NO_EVIDENCE)]
        ),
    ),
    Column(
        "replies",
        "the replies and statements about the allegation",
        many(REPLY),
        heading=marked("Replies"),
        look=_replies,
    ),
    Column(
        "findings",
        "the findings about the allegation",
        many(FINDING),
        heading=marked("Findings"),
        look=lambda row: list(map(_found, row.findings)) or [_(row.finding_state.label)],
    ),
)
"""A row for each allegation, in the order of the case."""


class FindingRow(NamedTuple):
    """One finding on one allegation; None for an allegation without a finding."""

    case: str
    allegation: AllegationRow
    finding: Found | None


FINDINGS_ONE_BY_ONE: Columns[FindingRow] = (
    Column("case", "the case's id"),
    *through(COLUMNS, "allegation"),
    Column("finding", "one finding; empty where there is none about the allegation", maybe(FINDING)),
)
"""A row for each finding on each allegation; without a finding, `finding_about` and all later columns are empty."""
WHOLE_ANSWER: Shape[WholeAnswer] = Shape(
    "paper",
    *through(_PAPER, "paper"),
    _BY_SUBJECT,
    Column("answers", "true where the paper replies to the Concern; false where it only mentions it", Type.FLAG),
    Column("silent_on", "the allegations for which no words of the paper are recorded", Type.TEXTS),
    Column("of_all", "true where `silent_on` holds every allegation of the Concern", Type.FLAG),
)
CONCERN: Shape[ConcernGroup] = Shape(
    "Concern",
    Column("reference", "the id of the Concern's event", Type.TEXT, "event.id"),
    Column("dated", "the Concern's date", Type.DATE, "event.dated"),
    Column("title", "the Concern's title"),
    Column("addendum_to", "the Concern that the addendum adds to", maybe(Type.TEXT)),
    Column("filers", "who files the Concern", Type.TEXTS),
    Column("filer_ids", "the filers' ids", Type.TEXTS, lambda concern: ids_of(concern.event.filers)),
    Column("filer_count", "the number of filers that the paper states", maybe(Type.NUMBER), "event.filer_count"),
    Column("grounds", "the grounds it is based on", Type.TEXTS, "event.grounds"),
    Column("certain", "whether the Concern has certainly been filed by `as_of`", Type.FLAG),
    Column(
        "allegations",
        "the references of its allegations",
        Type.TEXTS,
        lambda concern: [row.reference for row in concern.allegations],
    ),
    Column(
        "answers_as_a_whole",
        "the papers that answer the Concern, where no words on some allegations are recorded",
        many(WHOLE_ANSWER),
    ),
)
CONCLUSION: Shape[ShownReport] = Shape(
    "conclusion", *_REPORT, Column("conclusion", "the report's conclusion", Type.TEXT, "record.conclusion")
)
END: Shape[Ended] = Shape(
    "end",
    Column("stage", "the stage in which the case ended"),
    Column("since", "the date of the event that ended the case", Type.DATE, "event.dated"),
    Column("event", "the id of that event", Type.TEXT, "event.id"),
    Column("title", "the title of that event"),
    Column("basis", "the clause that the event cites", maybe(Type.TEXT), "event.basis"),
)


def _count(state: ReplyState) -> Column[Findings]:
    return Column(
        state, f"number of allegations where {state.sentence}", Type.NUMBER, lambda findings: findings.count(state)
    )


ALLEGATION_COUNTS: Shape[Findings] = Shape(
    "allegation counts",
    Column("allegations", "number of all allegations", Type.NUMBER, lambda findings: len(findings.allegations)),
    *map(_count, ReplyState),
    Column("with_findings", "number of allegations with a recorded finding", Type.NUMBER, "found"),
)
FINDINGS: Answer[Findings, AllegationRow] = Answer(
    "findings",
    COLUMNS,
    lambda findings: findings.allegations,
    beside=(
        Column("heading", "the case's basic facts", HEADING),
        Column("counts", "how many allegations there are in each state", ALLEGATION_COUNTS, lambda whole: whole),
        Column("concerns", "the Concerns and addenda that make the allegations", many(CONCERN)),
        Column("also_said", "statements about anything other than an allegation", many(REPLY)),
        Column("also_found", "findings about anything other than an allegation", many(FINDING)),
        Column("conclusions", "the conclusions of the reports", many(CONCLUSION)),
        Column("end", "how the case ended; null where it has not ended", maybe(END), "ended"),
        Column("not_read_in_full", "the events that could be read only in part", Type.TEXTS, "unread"),
    ),
    versions=lambda findings: version_of(findings.heading),
)


def finding_rows(findings: Findings) -> Iterator[FindingRow]:
    """Yields a row for each finding on each allegation, and one for each allegation without."""
    for allegation in findings.allegations:
        for found in allegation.findings or (None,):
            yield FindingRow(findings.heading.case, allegation, found)


def findings_csv(findings: Findings) -> str:
    """Returns a line for each finding on each allegation, with a header line."""
    return table_csv(Table("findings", FINDINGS_ONE_BY_ONE, tuple(finding_rows(findings))))


def findings_markdown(findings: Findings) -> str:
    """Returns a heading, the counts, a table with a row for each allegation, and sections for everything else."""
    lines = [
        *head_lines(findings.heading),
        escaped(summary_of(findings)),
        "",
        *view_table(FINDINGS.table(findings)),
        *_after_the_table(findings),
    ]
    return "\n".join(lines) + "\n"


def _whole(answer: WholeAnswer) -> str:
    """Returns who speaks in a paper on the Concern, and for which allegations its words are not recorded."""
    paper = answer.paper
    who = f"{speakers(paper)}{_spoken_for(answer.by_subject)}{_perhaps(certain=paper.certain)}"
    does = f"{date_in_short(paper.dated)} {who} {answers_words(1, answers=answer.answers)}"
    what = silent_words(1, ", ".join(answer.silent_on)) if answer.silent_on else paper.event
    return apart([before(does) + paper.title, what])


def _concluded(report: ShownReport) -> str:
    paper = report.paper
    title = f"{date_in_short(paper.dated)} {paper.title}{_perhaps(certain=paper.certain)}"
    return before(title) + graded(report.record.conclusion)


def _ended(ended: Ended) -> str:
    event = ended.event
    return f"{date_in_short(event.dated.text)} {_(ended.stage.label)}, {basis_words(event.basis)}"


def _after_the_table(findings: Findings) -> Iterator[str]:
    wholes = (_whole(each) for concern in findings.concerns for each in concern.answers_as_a_whole)
    sections = {
        _("Papers of the government on the Concern as a whole"): wholes,
        _(ALSO_SAID): (before(each.about) + _said(each) for each in findings.also_said),
        _(ALSO_FOUND): (before(each.about) + _found(each) for each in findings.also_found),
        _(CONCLUDE): map(_concluded, findings.conclusions),
        _(ENDED): map(_ended, (findings.ended,) if findings.ended else ()),
        _("Not read in full"): findings.unread,
    }
    for words, entries in sections.items():
        if several := list(entries):
            yield from ("", f"## {words}", "", *(f"- {escaped(each)}" for each in several))
