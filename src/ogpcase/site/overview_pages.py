"""The pages over all cases: the front page, open requests, allegations, doubts. Each case is given to `read` once.

Only what these pages show of a case is kept, so that no more than one case is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ogpcase.model.casefile import CaseFile
from ogpcase.output.lines import Page
from ogpcase.output.messages import _
from ogpcase.reports.cases.rows import ListedCase, sorted_cases
from ogpcase.reports.doubts.doubt import WHATS, Doubt, What
from ogpcase.reports.doubts.rows import counts_of
from ogpcase.reports.findings.rows import AllegationRow, Findings, Found, ShownReport, summary_of
from ogpcase.reports.requests.rows import Asked, longest_first, outcome_words, repeated_words
from ogpcase.reports.requests.text import asker_of, days_of, due_words, line_words, name_of
from ogpcase.reports.shown import Said
from ogpcase.site import linked_data
from ogpcase.site.drawing import strip_of
from ogpcase.site.pages import FILTER, READ, Drawer

_WIDE = Page()
"""A page whose lines are never broken."""


class OpenRequest(NamedTuple):
    """A request to one party that is not certainly answered, in words; `order` sorts the longest open first."""

    case: str
    reference: str
    said: str
    asker: str
    party: str
    party_id: str | None
    dated: str
    due: str
    outcome: str
    words: str
    looked: str
    order: tuple[object, ...]


class AllegationInShort(NamedTuple):
    """An allegation, whether a reply to it and a finding on it are recorded, and what was found."""

    reference: str
    text: str
    reply: str
    finding: str
    found: Sequence[Found]


class CaseFindings(NamedTuple):
    """The allegations of a case in short."""

    id: str
    title: str
    summary: str
    rows: tuple[AllegationInShort, ...]
    concluded: Sequence[ShownReport]


class CaseDoubts(NamedTuple):
    """The doubts of a case: how many there are of each kind, and those that its stage hangs on."""

    id: str
    title: str
    counts: Mapping[What, int]
    gravest: tuple[tuple[Doubt, str], ...]


class CaseRows(NamedTuple):
    """What the views of a case have for the overviews; `titles` are those of its events, `looked` its last reading."""

    listed: ListedCase
    requests: Sequence[Asked]
    findings: Findings
    doubts: Sequence[Doubt]
    titles: Mapping[str, str]
    looked: date | None


class Overviews:
    """The pages over all cases in one language."""

    def __init__(self, drawer: Drawer) -> None:
        self._drawer = drawer
        self._listed: list[ListedCase] = []
        self._countries: dict[str, str] = {}
        self._requests: list[OpenRequest] = []
        self._findings: list[CaseFindings] = []
        self._doubts: list[CaseDoubts] = []

    def read(self, case: CaseFile, rows: CaseRows) -> None:
        """Keeps what the pages show of a case."""
        title = rows.listed.heading.title
        self._listed.append(rows.listed)
        self._countries[case.id] = case.header.country if case.header else ""
        self._requests += _open_requests(rows)
        self._findings.append(_in_short(case.id, title, rows.findings))
        gravest = tuple(
            (doubt, titled(doubt.reference, rows.titles)) for doubt in rows.doubts if doubt.bears_on == "stage"
        )
        self._doubts.append(CaseDoubts(case.id, title, counts_of(rows.doubts), gravest))

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Yields the pages."""
        yield self._front()
        requests = sorted(self._requests, key=lambda row: row.order)
        yield from self._drawer.draw_list(
            "requests.html",
            "requests/",
            requests,
            several=repeated_words((row.case, row.reference) for row in requests),
            outcomes=sorted({row.outcome for row in requests}),
            cases=sorted({row.case for row in requests}),
        )
        yield from self._drawer.draw_list("findings.html", "findings/", self._findings, READ)
        yield self._drawer.draw("doubts.html", "doubts/", READ, cases=self._doubts, whats=WHATS)

    def _front(self) -> tuple[str, bytes]:
        cases = sorted_cases(self._listed, "stage")
        return self._drawer.draw(
            "register.html",
            "",
            FILTER,
            cases=[(case, self._countries[case.heading.case], strip_of(case.spans)) for case in cases],
            stages=sorted({case.heading.stands for case in cases}),
            countries=sorted({country for country in self._countries.values() if country}),
            tracks=sorted({case.heading.track for case in cases}),
            linked=linked_data.register(self._drawer.site.title, self._drawer.url(""), self._drawer.language),
        )


def titled(reference: str, titles: Mapping[str, str]) -> str:
    """Returns what a page calls the record that a reference names: its title, and the item."""
    name, mark, item = reference.partition("#")
    title = titles.get(name, name)
    if not mark:
        return title
    said = f"{title} ({item})"
    return Said.of(said, title.language) if isinstance(title, Said) else said


def last_looked(row: Asked, read: date | None) -> date | None:
    """Returns the day on which an answer was last looked for: the day on which sources were read, if after the request.

    None where that is not known, and where something came back.
    """
    asked = row.event.day.latest
    return read if read and asked and asked < read and row.line.outcome == "unanswered" else None


def _open_requests(rows: CaseRows) -> Iterator[OpenRequest]:
    for row in rows.requests:
        if row.open is not False and not row.ask.duty and row.line.outcome != "call":
            yield OpenRequest(
                case=row.case,
                reference=row.reference,
                said=row.ask.said,
                asker=asker_of(row, _WIDE),
                party=name_of(row.line),
                party_id=row.line.party_id,
                dated=row.event.date_text,
                due=due_words(row.line.term).strip(),
                outcome=outcome_words(row.line.told_outcome),
                words=f"{line_words(row.line)}{days_of(row)}",
                looked=f"{last_looked(row, rows.looked) or ''}",
                order=(row.ask.at_end, *longest_first(row.line.open_for), row.case, row.reference),
            )


def _in_short(case_id: str, title: str, findings: Findings) -> CaseFindings:
    rows = tuple(map(_allegation, findings.allegations))
    return CaseFindings(case_id, title, summary_of(findings), rows, findings.conclusions)


def _allegation(row: AllegationRow) -> AllegationInShort:
    reply, finding = (
        f"{_(state.label)}{', ' + _('perhaps {stage}', stage=_(other.label)) if other else ''}"
        for state, other in (
            (row.reply_state, row.perhaps_reply_state),
            (row.finding_state, row.perhaps_finding_state),
        )
    )
    return AllegationInShort(row.reference, row.text, reply, finding, row.findings)
