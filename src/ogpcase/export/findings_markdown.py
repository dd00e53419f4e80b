"""Allegations as Markdown: the sum, a table with a row for each, and lists of what fits no row."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.export.findings import cited_words, speakers
from ogpcase.export.markdown import escaped, markdown_table
from ogpcase.model.codelists import CodeList
from ogpcase.views.findings_parts import Found, Said
from ogpcase.views.findings_rows import AllegationRow, Findings, ReplyState, WholeAnswer, summary_of

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


def _said(said: Said) -> str:
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
