"""Allegations beside replies and findings, for other programs: JSON, CSV and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.codelists import CodeList
from ogpcase.output.columns import Column, Columns, ColumnType, Table, table_csv
from ogpcase.output.json import Mapped, around, dumps
from ogpcase.output.markdown import escaped, markdown_table
from ogpcase.reports.findings.rows import (
    AllegationRow,
    ConcernGroup,
    Concluded,
    Evidence,
    Findings,
    Found,
    Paper,
    ReplyState,
    Saying,
    WholeAnswer,
    summary_of,
)
from ogpcase.reports.heading.tables import heading_row


class FindingRow(NamedTuple):
    """One finding on one allegation; None where no finding speaks to it."""

    case: str
    allegation: AllegationRow
    found: Found | None


def _of_report(value: Callable[[Found], object]) -> Callable[[FindingRow], object]:
    return lambda row: value(row.found) if row.found else None


COLUMNS: Columns[FindingRow] = (
    Column("case", "the case's id", lambda row: row.case),
    Column("concern", "the Concern, or the addendum, that alleges it", lambda row: row.allegation.concern),
    Column("allegation", "the event and the item", lambda row: row.allegation.reference),
    Column("text", "what is alleged", lambda row: row.allegation.text),
    Column("grounds", "the grounds it rests on", lambda row: row.allegation.grounds, ColumnType.TEXTS),
    Column(
        "certain", "whether the Concern has certainly been filed", lambda row: row.allegation.certain, ColumnType.FLAG
    ),
    Column(
        "evidence",
        "what is cited for it",
        lambda row: tuple(map(cited_words, row.allegation.evidence)),
        ColumnType.TEXTS,
    ),
    Column("reply_state", "how far the government concerned replied to it", lambda row: row.allegation.reply_state),
    Column(
        "perhaps_reply_state",
        "the same, were all that has possibly happened to have happened",
        lambda row: row.allegation.perhaps_reply_state,
    ),
    Column(
        "replies",
        "the date, the speakers and the position of each reply",
        lambda row: tuple(
            f"{each.paper.dated} {speakers(each.paper)}: {each.position}" for each in row.allegation.replies
        ),
        ColumnType.TEXTS,
    ),
    Column("finding_state", "how far a report found something of it", lambda row: row.allegation.finding_state),
    Column(
        "perhaps_finding_state",
        "the same, were all that has possibly happened to have happened",
        lambda row: row.allegation.perhaps_finding_state,
    ),
    Column("report", "the report that found it", _of_report(lambda found: found.paper.event)),
    Column("report_dated", "its date", _of_report(lambda found: found.paper.dated)),
    Column("report_title", "its title", _of_report(lambda found: found.paper.title)),
    Column("report_type", "what sort of report it is", _of_report(lambda found: found.report_type)),
    Column("authors", "who wrote it", _of_report(lambda found: found.authors), ColumnType.TEXTS),
    Column("adopted_by", "who adopted it", _of_report(lambda found: found.adopted_by), ColumnType.TEXTS),
    Column(
        "carried",
        "whether it carried the case to `report_adopted`",
        _of_report(lambda found: found.carried),
        ColumnType.FLAG,
    ),
    Column(
        "report_certain",
        "whether it has certainly happened",
        _of_report(lambda found: found.paper.certain),
        ColumnType.FLAG,
    ),
    Column("relevance", "whether the allegation touches OGP's values", _of_report(lambda found: found.relevance)),
    Column("credibility", "whether the evidence bears it out", _of_report(lambda found: found.credibility)),
    Column("addressed", "whether it is addressed at home", _of_report(lambda found: found.addressed)),
    Column("finding", "what was found, in words", _of_report(lambda found: found.text)),
)
"""A row for each finding on each allegation; those from `report` on are empty where no finding speaks to it."""


def finding_rows(findings: Findings) -> Iterator[FindingRow]:
    """Yields a row for each finding on each allegation, and one for each allegation without."""
    for allegation in findings.allegations:
        for found in allegation.findings or (None,):
            yield FindingRow(findings.heading.case, allegation, found)


def findings_json(findings: Findings, reader: Reader) -> str:
    """Returns a row for each allegation; beside the rows the Concerns, what else was said and found, and the end."""
    heading = findings.heading
    whole = around("findings", [allegation_row(row) for row in findings.allegations], reader, case=heading.case)
    whole["policy_versions"] = [heading.policy_version] if heading.policy_version else []
    ended = findings.ended
    end = {"stage": str(ended.stage), "since": ended.since, "event": ended.event, "title": ended.title,
           "basis": ended.basis} if ended else None  # fmt: skip
    beside = {
        "heading": heading_row(heading),
        "counts": {
            "allegations": len(findings.allegations),
            **{str(state): findings.count(state) for state in ReplyState},
            "with_findings": findings.found,
        },
        "concerns": [_concern(each) for each in findings.concerns],
        "also_said": [said_row(each) for each in findings.also_said],
        "also_found": [found_row(each) for each in findings.also_found],
        "conclusions": [_concluded(each) for each in findings.conclusions],
        "end": end,
        "not_read_in_full": list(findings.unread),
    }
    return dumps({**whole, **beside})


def findings_csv(findings: Findings) -> str:
    """Returns a line for each finding on each allegation, with a header line."""
    return table_csv(Table("findings", COLUMNS, tuple(finding_rows(findings))))


def allegation_row(row: AllegationRow) -> Mapped:
    """An allegation with all that is recorded of it."""
    return {
        "reference": row.reference,
        "concern": row.concern,
        "text": row.text,
        "grounds": [str(each) for each in row.grounds],
        "certain": row.certain,
        "reply_state": str(row.reply_state),
        "perhaps_reply_state": _code(row.perhaps_reply_state),
        "finding_state": str(row.finding_state),
        "perhaps_finding_state": _code(row.perhaps_finding_state),
        "evidence": [_evidence(each) for each in row.evidence],
        "replies": [said_row(each) for each in row.replies],
        "findings": [found_row(each) for each in row.findings],
    }


def said_row(said: Saying) -> Mapped:
    """What a letter or statement says of something."""
    return {
        "about": said.about,
        **_paper(said.paper),
        "by_subject": said.by_subject,
        "position": str(said.position),
        "text": said.text,
    }


def found_row(found: Found) -> Mapped:
    """What a report found of something."""
    return {
        "about": found.about,
        **_report(found),
        "relevance": _code(found.relevance),
        "credibility": _code(found.credibility),
        "addressed": _code(found.addressed),
        "text": found.text,
    }


def _paper(paper: Paper) -> Mapped:
    by = [{"name": each.name, "as_named": each.as_named, "office": each.office} for each in paper.voices]
    return {"event": paper.event, "dated": paper.dated, "title": paper.title, "by": by, "certain": paper.certain}


def _report(told: Found | Concluded) -> Mapped:
    return {
        **_paper(told.paper),
        "report_type": _code(told.report_type),
        "authors": list(told.authors),
        "adopted_by": list(told.adopted_by),
        "carried": told.carried,
    }


def _concluded(concluded: Concluded) -> Mapped:
    return {**_report(concluded), "conclusion": str(concluded.conclusion)}


def _concern(concern: ConcernGroup) -> Mapped:
    wholes = [
        {
            **_paper(each.paper),
            "by_subject": each.by_subject,
            "answers": each.answers,
            "silent_on": list(each.silent_on),
            "of_all": each.of_all,
        }
        for each in concern.answers_as_a_whole
    ]
    return {
        "reference": concern.reference,
        "dated": concern.dated,
        "title": concern.title,
        "addendum_to": concern.addendum_to,
        "filers": list(concern.filers),
        "filer_count": concern.filer_count,
        "grounds": [str(each) for each in concern.grounds],
        "certain": concern.certain,
        "allegations": [row.reference for row in concern.allegations],
        "answers_as_a_whole": wholes,
    }


def _evidence(cited: Evidence) -> Mapped:
    return {
        "reference": cited.reference,
        "dated": cited.dated,
        "title": cited.title,
        "text": cited.text,
        "certain": cited.certain,
    }


def _code(code: CodeList | None) -> str | None:
    return None if code is None else str(code)


def speakers(paper: Paper) -> str:
    """Who speaks in a paper: the names, each with its office."""
    return ", ".join(f"{each.name}{f' ({each.office})' if each.office else ''}" for each in paper.voices) or "unknown"


def cited_words(cited: Evidence) -> str:
    """Returns what is cited: the reference, the title and the words, as far as there are any."""
    return ": ".join(each for each in (cited.reference, cited.title, cited.text) if each)


_FOR = {True: "", False: " (not for the government)", None: " (perhaps for the government)"}
"""For whom a paper speaks."""


def findings_markdown(findings: Findings) -> str:
    """Returns a heading, the sum, a table with a row for each allegation, and what does not fit a row."""
    heading = findings.heading
    since = f" since {escaped(heading.since)}" if heading.since else ""
    columns = ["Allegation", "Evidence", "Replies", "Findings"]
    rows = (_cells(row) for row in findings.allegations)
    lines = [
        f"# {escaped(heading.title)}",
        "",
        f"{escaped(heading.case)} · {escaped(heading.subject)} · {escaped(heading.track)}",
        "",
        f"**{escaped(heading.stage.label)}**{since}",
        "",
        escaped(summary_of(findings)),
        "",
        *markdown_table(columns, rows),
    ]
    return "\n".join([*lines, *_after_the_table(findings)]) + "\n"


def _perhaps(*, certain: bool) -> str:
    return "" if certain else " (perhaps)"


def _said(said: Saying) -> str:
    text = f": {said.text}" if said.text else ""
    position = said.position.label.lower()
    who = f"{speakers(said.paper)}{_FOR[said.by_subject]}{_perhaps(certain=said.paper.certain)}"
    return f"{said.paper.dated} {who} {position}{text}"


def _found(found: Found) -> str:
    grades = {
        "relevance": found.relevance,
        "credibility": found.credibility,
        "addressed domestically": found.addressed,
    }
    known = ", ".join(f"{name}: {_grade(code)}" for name, code in grades.items())
    text = f": {found.text}" if found.text else ""
    return f"{found.paper.dated} {found.paper.title}{_perhaps(certain=found.paper.certain)}; {known}{text}"


def _grade(code: CodeList | None) -> str:
    if code is None:
        return "not recorded"
    return "not known" if code == "unknown" else code.label.lower()


def _cells(row: AllegationRow) -> list[str]:
    replies, findings = map(_said, row.replies), map(_found, row.findings)
    unanswered = [] if row.reply_state is ReplyState.ANSWERED else [_state(row.reply_state, row.perhaps_reply_state)]
    unfound = [] if row.findings else [row.finding_state.label]
    cells = (
        [f"{row.text}{_perhaps(certain=row.certain)}", row.reference],
        [f"{cited_words(each)}{_perhaps(certain=each.certain)}" for each in row.evidence] or ["none recorded"],
        [*replies, *unanswered],
        [*findings, *unfound],
    )
    return ["<br>".join(map(escaped, each)) for each in cells]


def _state(state: ReplyState, perhaps: ReplyState | None) -> str:
    return f"{state.label}{f', perhaps {perhaps.label}' if perhaps else ''}"


def _whole(answer: WholeAnswer) -> str:
    """A paper on the Concern: who speaks in it, and what it says nothing recorded of."""
    paper, verb = answer.paper, "answers" if answer.answers else "speaks of"
    who = f"{speakers(paper)}{_FOR[answer.by_subject]}{_perhaps(certain=paper.certain)}"
    what = f"what it says of {', '.join(answer.silent_on)} is not recorded" if answer.silent_on else paper.event
    return f"{paper.dated} {who} {verb} the Concern: {paper.title}; {what}"


def _after_the_table(findings: Findings) -> Iterator[str]:
    wholes = [_whole(each) for concern in findings.concerns for each in concern.answers_as_a_whole]
    concluded = [
        f"{each.paper.dated} {each.paper.title}{_perhaps(certain=each.paper.certain)}: {_grade(each.conclusion)}"
        for each in findings.conclusions
    ]
    end = findings.ended
    ends = [f"{end.since} {end.stage.label}, {end.basis or 'basis not recorded'}"] if end else []
    sections = {
        "Papers of the government on the Concern as a whole": wholes,
        "Also said": [f"{each.about}: {_said(each)}" for each in findings.also_said],
        "Also found": [f"{each.about}: {_found(each)}" for each in findings.also_found],
        "What the reports conclude": concluded,
        "How the case ended": ends,
        "Not read in full": findings.unread,
    }
    for words, entries in sections.items():
        if entries:
            yield from ("", f"## {words}", "", *(f"- {escaped(each)}" for each in entries))
