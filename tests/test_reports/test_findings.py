"""Allegations beside evidence, replies and findings: what is recorded, what is not, and what nobody may see."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Position
from ogpcase.output.columns import flat
from ogpcase.output.json import answer_json
from ogpcase.output.lines import Page, cells, plain
from ogpcase.reports.findings.rows import Findings, FindingState, ReplyState, findings_of, summary_of
from ogpcase.reports.findings.tables import FINDINGS, FINDINGS_ONE_BY_ONE, findings_csv, findings_markdown
from ogpcase.reports.findings.text import findings_lines

Build = Callable[..., CaseFile]
Fields = dict[str, Any]
LATER = Reader(date(2026, 11, 22))
CONCERN, REPLY, REPORT = "2023-04-10-concern", "2023-08-30-letter-reply", "2024-01-15-report-review"
RESOLUTION, ADDED = "2024-06-03-resolution", "2023-06-01-concern-addendum"
ALLEGED: Fields = {
    "allegations": [
        {"id": "sealed", "text": "Contracts are sealed", "grounds": ["access_to_information"]},
        {"id": "prices", "text": "Prices are hidden"},
    ]
}
SEALED, PRICES = f"{CONCERN}#sealed", f"{CONCERN}#prices"


def reply(position: str = "denies", about: str = SEALED, **fields: object) -> Fields:
    return {"replies": [{"about": about, "position": position, "text": "So it says"}], **fields}


def finding(about: str = SEALED, **fields: object) -> Fields:
    return {"report_type": "review_report", "findings": [{"about": about, "relevance": "relevant", **fields}]}


def printed(findings: Findings, reader: Reader = LATER) -> str:
    """Everything that any format prints."""
    lines = "\n".join(plain(each) for each in findings_lines(replace(findings, full=True), Page(80)))
    formats = (answer_json(FINDINGS, findings, reader), findings_csv(findings), findings_markdown(findings))
    return "\n".join((lines, *formats))


def states(case: CaseFile, reader: Reader = LATER) -> dict[str, tuple[ReplyState, ReplyState | None]]:
    rows = findings_of(case, reader).allegations
    return {row.reference.partition("#")[2]: (row.reply_state, row.perhaps_reply_state) for row in rows}


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, ReplyState.UNANSWERED),
        (reply(), ReplyState.ANSWERED),
        (reply("does_not_address"), ReplyState.NOT_ADDRESSED_IN_REPLY),
        (reply("does_not_address", in_reply_to=CONCERN), ReplyState.NOT_ADDRESSED_IN_REPLY),
        (reply("admits", PRICES), ReplyState.UNANSWERED),
        (reply("admits", PRICES, in_reply_to=CONCERN), ReplyState.ANSWERED_AS_A_WHOLE),
        ({"in_reply_to": CONCERN}, ReplyState.ANSWERED_AS_A_WHOLE),
        ({"in_reply_to": SEALED}, ReplyState.ANSWERED_AS_A_WHOLE),
        ({"in_reply_to": PRICES}, ReplyState.UNANSWERED),
        (reply("disputes", CONCERN), ReplyState.ANSWERED_AS_A_WHOLE),
        (reply("does_not_address", CONCERN), ReplyState.UNANSWERED),
        (reply(senders=["open-arcadia"]), ReplyState.UNANSWERED),
        ({"in_reply_to": CONCERN, "senders": ["ogp-support-unit"]}, ReplyState.UNANSWERED),
        (reply(about=f"arcadia-2023/{SEALED}"), ReplyState.ANSWERED),
    ],
)
def test_an_allegation_is_answered_as_far_as_a_reply_of_the_subject_is_recorded(
    build: Build, fields: Fields, state: ReplyState
) -> None:
    """The Records Office, which sends the reply, is part of the government; nobody else answers for it."""
    assert (state, None) == states(build({CONCERN: ALLEGED, REPLY: fields}))["sealed"]


@pytest.mark.parametrize(
    "fields",
    [
        reply(dated="[2023-08-30..2027-01-01]"),
        reply(dated="unknown"),
        reply(senders=["unknown"]),
        reply(senders=None),
        reply(senders=["a-body-without-a-file"]),
    ],
)
def test_a_reply_that_may_not_be_there_or_not_the_subjects_is_only_perhaps_one(build: Build, fields: Fields) -> None:
    case = build({CONCERN: ALLEGED, REPLY: fields})
    assert (ReplyState.UNANSWERED, ReplyState.ANSWERED) == states(case)["sealed"]
    findings = findings_of(case, LATER)
    assert "2 allegations: 2 with nothing recorded; findings on none; 1 perhaps otherwise" == summary_of(findings)
    said = printed(findings).replace("\u00a0", " ")
    assert f"  reply: nothing recorded, perhaps answered · finding: no finding\n  {SEALED} ·" in said
    assert f"  reply: nothing recorded · finding: no finding\n  {PRICES}\n" in said


def test_what_others_say_is_shown_and_is_no_answer_of_the_government(build: Build) -> None:
    findings = findings_of(build({CONCERN: ALLEGED, REPLY: reply(senders=["open-arcadia"])}), LATER)
    (said,) = findings.allegations[0].replies
    assert (False, Position.DENIES, "So it says", REPLY) == (
        said.by_subject, said.position, said.text, said.paper.event
    )  # fmt: skip
    assert "Open Arcadia: denies · not for the government\n" in printed(findings)


def test_two_administrations_answer_each_under_its_own_name(build: Build) -> None:
    """With the office and the name as printed."""
    parties = {
        name: {"name": f"The {name}", "classification": "government", "part_of": ["government-of-arcadia"]}
        for name in ("old-cabinet", "new-cabinet")
    }
    new = {"party": "new-cabinet", "as_named": "Cabinet", "office": "Chancellor"}
    later = {"kind": "letter", "senders": [new], **reply("admits")}
    case = build(
        {CONCERN: ALLEGED, REPLY: reply(senders=["old-cabinet"]), "2023-12-01-letter-anew": later}, parties=parties
    )
    row = findings_of(case, LATER).allegations[0]
    assert ["The old-cabinet", "The new-cabinet"] == [each.paper.voices[0].name for each in row.replies]
    assert [Position.DENIES, Position.ADMITS] == [each.position for each in row.replies]
    assert "The new-cabinet (as “Cabinet”), Chancellor: admits" in printed(findings_of(case, LATER))


def test_papers_that_answer_the_concern_as_a_whole_are_listed_once(build: Build) -> None:
    """And of a paper that says something of one allegation, what it says nothing of."""
    case = build({CONCERN: ALLEGED, REPLY: reply(in_reply_to=CONCERN), "2023-09-01-letter-again": {
        "kind": "letter", "senders": ["government-of-arcadia"], "in_reply_to": CONCERN}})  # fmt: skip
    first, second = findings_of(case, LATER).concerns[0].answers_as_a_whole
    assert ((PRICES,), False) == (first.silent_on, first.of_all)
    assert ((SEALED, PRICES), True) == (second.silent_on, second.of_all)
    said = printed(findings_of(case, LATER))
    assert "answers the Concern; what it says of prices is not recorded\n" in said
    assert "answers the Concern; what it says of each allegation is not recorded\n" in said


@pytest.mark.parametrize(("kind", "by"), [("statement", "issued_by"), ("letter", "senders")])
def test_a_paper_on_the_concern_is_no_reply_to_it(build: Build, kind: str, by: str) -> None:
    spoken = {"kind": kind, by: ["government-of-arcadia"], "about": [CONCERN]}
    case = build({CONCERN: ALLEGED, f"2023-09-01-{kind}-settled": spoken})
    (whole,) = findings_of(case, LATER).concerns[0].answers_as_a_whole
    assert not whole.answers
    assert (ReplyState.UNANSWERED, None) == states(case)["sealed"]


def test_evidence_is_resolved_also_in_another_case(build: Build) -> None:
    other = build()
    cited = [
        "2023-02-01-letter-ask",
        {"event": "2023-02-01-letter-ask#publish", "text": "Its second page"},
        {"text": "Photographs"},
        "boria-2020/2023-02-01-letter-ask",
        "nowhere-2020/2020-01-01-letter-lost",
        "2022-01-01-letter-not-here",
    ]
    case = build({CONCERN: {"allegations": [{"id": "sealed", "text": "x", "evidence": cited}]}})
    neighbour = CaseFile("boria-2020", other.header, other.events, other.registry)
    (row,) = findings_of(replace(case, beside={"boria-2020": neighbour}), LATER).allegations
    asked = ("2023-02-01", "2023 02 01 letter ask")
    assert [
        ("2023-02-01-letter-ask", *asked, None),
        ("2023-02-01-letter-ask#publish", *asked, "Its second page"),
        (None, None, None, "Photographs"),
        ("boria-2020/2023-02-01-letter-ask", *asked, None),
        ("nowhere-2020/2020-01-01-letter-lost", None, None, None),
        ("2022-01-01-letter-not-here", None, None, None),
    ] == [(each.reference, each.dated, each.title, each.text) for each in row.evidence]


def test_what_is_not_there_yet_is_cited_by_nobody(build: Build) -> None:
    """Neither in this case nor in another one, and no words on it."""
    cited = [{"event": REPLY, "text": "Told in words"}, REPORT, f"boria-2020/{REPLY}"]
    case, other = build({CONCERN: {"allegations": [{"id": "sealed", "text": "x", "evidence": cited}]}}), build()
    neighbours = {"boria-2020": CaseFile("boria-2020", other.header, other.events, other.registry)}
    case = replace(case, beside=neighbours)
    assert () == findings_of(case, Reader(date(2023, 6, 1))).allegations[0].evidence
    assert 3 == len(findings_of(case, LATER).allegations[0].evidence)


def test_findings_of_several_reports_stand_side_by_side(build: Build) -> None:
    second = {"kind": "report", "authors": ["open-arcadia"], "context": True, **finding(relevance="not_relevant")}
    case = build({CONCERN: ALLEGED, REPORT: finding(credibility="unknown"), "2024-02-01-report-other": second})
    first, other = findings_of(case, LATER).allegations
    assert [("relevant", True), ("not_relevant", False)] == [
        (each.finding.relevance, bool(each.report.carried)) for each in first.findings
    ]
    assert [FindingState.FOUND, FindingState.NO_FINDING] == [first.finding_state, other.finding_state]
    said = printed(findings_of(case, LATER)).replace("\u00a0", " ")
    assert "relevance: relevant · credibility: not known ·" in said
    assert "addressed domestically: not recorded\n" in said
    assert f"finding: no finding\n  {PRICES}\n" in said


def test_a_report_that_a_resolution_adopts_carried_the_case(build: Build) -> None:
    adopted = {"adopts": REPORT, "moves_to": ["report_adopted", "closed_addressed_domestically"]}
    case = build({CONCERN: ALLEGED, REPORT: {**finding(), "moves_to": None}, RESOLUTION: adopted})
    assert findings_of(case, LATER).allegations[0].findings[0].report.carried
    assert not findings_of(case, Reader(date(2024, 3, 1))).allegations[0].findings[0].report.carried


def test_a_finding_that_may_not_be_there_is_perhaps_one(build: Build) -> None:
    case = build({CONCERN: ALLEGED, REPORT: {**finding(), "dated": "2024"}})
    row = findings_of(case, Reader(date(2024, 3, 1))).allegations[0]
    assert (FindingState.NO_FINDING, FindingState.FOUND) == (row.finding_state, row.perhaps_finding_state)
    assert 0 == findings_of(case, Reader(date(2024, 3, 1))).found
    assert FindingState.FOUND is findings_of(case, LATER).allegations[0].finding_state


def test_allegations_of_addenda_follow_in_the_cases_order(build: Build) -> None:
    added = {"kind": "concern", "addendum_to": CONCERN, "filers": ["open-arcadia"], "dated": "2023-06",
             "allegations": [{"id": "prices", "text": "More"}]}  # fmt: skip
    case = build({ADDED: added, CONCERN: ALLEGED, REPLY: reply(about=f"{ADDED}#prices")})
    findings = findings_of(case, LATER)
    assert [SEALED, PRICES, f"{ADDED}#prices"] == [row.reference for row in findings.allegations]
    assert [None, CONCERN] == [each.addendum_to for each in findings.concerns]
    assert [False, False, True] == [row.reply_state is ReplyState.ANSWERED for row in findings.allegations]
    early = findings_of(case, Reader(date(2023, 6, 10)))
    assert [True, True, False] == [row.certain for row in early.allegations]
    assert summary_of(early).startswith("3 allegations (1 perhaps): ")


def test_what_is_about_no_allegation_stands_apart(build: Build) -> None:
    """A Concern as a whole, and what there is not."""
    case = build({CONCERN: ALLEGED, REPLY: reply(about=CONCERN), REPORT: finding(f"{CONCERN}#gone")})
    findings = findings_of(case, LATER)
    assert ([CONCERN], [f"{CONCERN}#gone"]) == (
        [each.about for each in findings.also_said], [each.about for each in findings.also_found]
    )  # fmt: skip


def test_conclusions_and_the_end_come_last(build: Build) -> None:
    findings = findings_of(build({CONCERN: ALLEGED}), LATER)
    (concluded,) = findings.conclusions
    assert (REPORT, "addressed_domestically", True) == (
        concluded.paper.event, concluded.record.conclusion, bool(concluded.carried)
    )  # fmt: skip
    assert findings.ended is not None
    end = findings.ended.event
    assert ("2024-06-03", RESOLUTION, "III.B.9") == (end.dated.text, end.id, end.basis)
    assert findings_of(build({CONCERN: ALLEGED}), Reader(date(2024, 6, 2))).ended is None


def test_a_reply_in_a_field_that_is_wrong_is_not_said_to_be_missing_without_a_word(build: Build) -> None:
    wrong = {"replies": [{"about": SEALED, "position": "shrugs"}]}
    findings = findings_of(build({CONCERN: ALLEGED, REPLY: wrong}), LATER)
    assert (REPLY,) == findings.unread
    assert f"not read in full, so more may be recorded there: {REPLY}\n" in printed(findings)


def test_a_case_without_a_header_or_a_concern_is_shown_all_the_same(build: Build) -> None:
    case = build({CONCERN: ALLEGED, REPLY: reply()})
    headless = CaseFile(case.id, None, case.events, case.registry)
    assert (ReplyState.UNANSWERED, ReplyState.ANSWERED) == states(headless)["sealed"]
    without = findings_of(build({CONCERN: None}), LATER)
    assert "no allegation is recorded" == summary_of(without)
    assert [] == json.loads(answer_json(FINDINGS, without, LATER))["rows"]


def full_case(build: Build) -> CaseFile:
    """A case in which every sort of line is shown."""
    long = " ".join(["contracts"] * 40)
    alleged = [{"id": "sealed", "text": long, "grounds": ["civic_space"], "evidence": [CONCERN, {"text": long}]},
               {"id": "x" * 90, "text": "字幕" * 60}]  # fmt: skip
    return build({
        CONCERN: {"allegations": alleged, "grounds": ["other"], "filer_count": 3, "dated": "[2023-04-10..2023-04-12]"},
        REPLY: {**reply(in_reply_to=CONCERN), "title": long},
        REPORT: {**finding(text=long), "adopted_by": None, "authors": ["open-arcadia"]},
        "2024-02-01-letter-more": {"kind": "letter", "senders": ["open-arcadia"], **reply(about=CONCERN)},
        "2024-03-01-report-more": {"kind": "report", "dated": "unknown", "conclusion": "unknown", **finding(CONCERN)},
    })  # fmt: skip


@pytest.mark.parametrize("width", [40, 41, 80, 120])
def test_findings_fit_their_page_and_lose_no_word(build: Build, width: int) -> None:
    findings = findings_of(full_case(build), LATER)
    short = [plain(each) for each in findings_lines(findings, Page(width))]
    assert [] == [each for each in short if cells(each) > width and " " in each.strip()]
    lines = [plain(each) for each in findings_lines(replace(findings, full=True), Page(width))]
    assert [] == [each for each in lines if cells(each) > width]
    together = "".join("".join(lines).split())
    assert "contracts" * 40 in together
    assert "字幕" * 60 in together


def test_a_pipe_breaks_no_line(build: Build) -> None:
    lines = [plain(each) for each in findings_lines(findings_of(full_case(build), LATER), Page(None))]
    assert any(" ".join(["contracts"] * 40) in each for each in lines)


def test_csv_has_a_row_for_each_finding_and_one_where_there_is_none(build: Build) -> None:
    second = {"kind": "report", "authors": ["open-arcadia"], **finding(text="Otherwise")}
    case = build({CONCERN: ALLEGED, REPORT: finding(), "2024-02-01-report-other": second, REPLY: reply()})
    rows = list(csv.DictReader(io.StringIO(findings_csv(findings_of(case, LATER)), newline="")))
    assert [column.name for column in flat(FINDINGS_ONE_BY_ONE)] == list(rows[0])
    assert [(SEALED, REPORT, ""), (SEALED, "2024-02-01-report-other", "Otherwise"), (PRICES, "", "")] == [
        (row["reference"], row["finding_event"], row["finding_text"]) for row in rows
    ]
    assert ("Contracts are sealed", "2023-08-30 Records Office: denies", "true") == (
        rows[1]["text"], rows[1]["replies"], rows[1]["certain"]
    )  # fmt: skip


def test_every_key_of_the_json_is_there_whatever_is_recorded(build: Build) -> None:
    bare = json.loads(answer_json(FINDINGS, findings_of(build({CONCERN: ALLEGED}), LATER), LATER))
    full = json.loads(answer_json(FINDINGS, findings_of(full_case(build), LATER), LATER))
    assert set(bare) == set(full)
    assert {frozenset(row) for row in bare["rows"]} == {frozenset(row) for row in full["rows"]}
    assert {"allegations": 2, "answered": 0, "not_addressed_in_reply": 0, "answered_as_a_whole": 0, "withheld": 0,
            "not_read": 0, "unanswered": 2, "with_findings": 0} == bare["counts"]  # fmt: skip


def test_what_is_certain_stays_so_as_days_go_by(build: Build) -> None:
    """Later papers add; nothing that was answered is no longer answered."""
    order = list(reversed(ReplyState))
    case = build({CONCERN: ALLEGED, REPLY: {**reply(in_reply_to=CONCERN), "dated": "2023-08"}, REPORT: finding()})
    days = [date(2023, month, 15) for month in range(4, 13)]
    for earlier, later in pairwise(days):
        before, after = states(case, Reader(earlier)), states(case, Reader(later))
        assert all(order.index(before[name][0]) <= order.index(after[name][0]) for name in before)
