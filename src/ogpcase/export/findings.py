"""Allegations for other programs: JSON with a row for each allegation, CSV with one for each finding on each."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.export.basics import Mapped
from ogpcase.export.csv import table
from ogpcase.export.json import around, dumps
from ogpcase.export.plain import heading_row
from ogpcase.model.codelists import CodeList
from ogpcase.views.findings_parts import Evidence, Found, Paper, Said
from ogpcase.views.findings_rows import AllegationRow, ConcernGroup, Concluded, Findings, ReplyState
from ogpcase.views.shown import Reader

FINDINGS_COLUMNS = (
    "case", "concern", "allegation", "text", "grounds", "certain", "evidence", "reply_state", "perhaps_reply_state",
    "replies", "finding_state", "perhaps_finding_state", "report", "report_dated", "report_title", "report_type",
    "authors", "adopted_by", "carried", "report_certain", "relevance", "credibility", "addressed", "finding",
)  # fmt: skip
"""The columns of findings: one row for each finding on each allegation; the columns from `report` on are empty in the
row of an allegation that no finding speaks to. Several values of a cell are separated by `; `.

`case`, `concern` and `allegation` are ids and references, `text` what is alleged; `grounds` codes; `certain` whether
the Concern certainly was filed by the day asked for; `evidence` what is cited. `replies` has the date, the speakers
and the position of each reply. The states are those of the JSON; `carried` is whether the report moved the case to
`report_adopted`, `report_certain` whether it certainly was there; `finding` what was found in words.
"""


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
    return table(FINDINGS_COLUMNS, findings_cells(findings))


def findings_cells(findings: Findings) -> Iterator[Mapped]:
    """Yields the cells of each row of the table, by column."""
    for row in findings.allegations:
        whole = allegation_row(row)
        cells: Mapped = {
            **whole,
            "case": findings.heading.case,
            "allegation": row.reference,
            "evidence": [cited_words(each) for each in row.evidence],
            "replies": [f"{each.paper.dated} {speakers(each.paper)}: {each.position}" for each in row.replies],
        }
        for each in row.findings or (None,):
            yield {**cells, **(_finding_cells(each) if each else {})}


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


def said_row(said: Said) -> Mapped:
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


def _finding_cells(found: Found) -> Mapped:
    row = found_row(found)
    kept = ("report_type", "authors", "adopted_by", "carried", "relevance", "credibility", "addressed")
    return {
        **{name: row[name] for name in kept},
        "report": found.paper.event,
        "report_dated": found.paper.dated,
        "report_title": found.paper.title,
        "report_certain": found.paper.certain,
        "finding": found.text,
    }


def speakers(paper: Paper) -> str:
    """Who speaks in a paper: the names, each with its office."""
    return ", ".join(f"{each.name}{f' ({each.office})' if each.office else ''}" for each in paper.voices) or "unknown"


def cited_words(cited: Evidence) -> str:
    """Returns what is cited: the reference, the title and the words, as far as there are any."""
    return ": ".join(each for each in (cited.reference, cited.title, cited.text) if each)
