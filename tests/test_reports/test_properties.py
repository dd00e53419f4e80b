"""Every view of every case: none fails, none changes with the order of loading, and none prints what it cannot know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.checks import run_case
from ogpcase.model.as_of import Reader
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.dates import Days, FuzzyDate
from ogpcase.output.columns import table_csv
from ogpcase.output.json import answer_json
from ogpcase.output.lines import Page, plain
from ogpcase.reports.cases.rows import listed_case
from ogpcase.reports.cases.tables import LIST
from ogpcase.reports.cases.text import listing_lines
from ogpcase.reports.doubts.rows import doubts_of
from ogpcase.reports.doubts.tables import DOUBTS
from ogpcase.reports.doubts.text import doubts_lines
from ogpcase.reports.due.rows import due_of
from ogpcase.reports.due.tables import DUE
from ogpcase.reports.due.text import due_lines
from ogpcase.reports.findings.rows import findings_of
from ogpcase.reports.findings.tables import FINDINGS
from ogpcase.reports.findings.text import findings_lines
from ogpcase.reports.parties.rows import parties_in
from ogpcase.reports.parties.tables import PARTIES as PARTIES_ANSWER
from ogpcase.reports.parties.text import parties_lines
from ogpcase.reports.record.rows import event_record
from ogpcase.reports.record.text import record_lines
from ogpcase.reports.requests.rows import requests_of
from ogpcase.reports.requests.tables import REQUESTS, requests_markdown
from ogpcase.reports.requests.text import requests_lines
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.tables import STATUS
from ogpcase.reports.status.text import status_lines
from ogpcase.reports.timeline.rows import timeline_of
from ogpcase.reports.timeline.tables import TIMELINE
from ogpcase.reports.timeline.text import timeline_lines

Values = dict[str, Any]
Records = dict[str, Values]
HEADER = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017", "subject": "government",
          "country": "XA", "language": "en"}  # fmt: skip
PARTIES: Records = {
    "government": {"name": "Government", "classification": "government"},
    "ministry": {"name": "Ministry", "classification": "government", "part_of": ["government"]},
    "archive": {"name": "Archive", "classification": "government", "part_of": ["government"]},
    "open-arcadia": {"name": "Open Arcadia", "classification": "civil_society"},
    "support-unit": {"name": "Support Unit", "classification": "ogp_body", "body": "support_unit"},
}
FOUND = {name: bind_party(values, name, "f").record for name, values in PARTIES.items()}
REGISTRY = {name: party for name, party in FOUND.items() if party}
HEAD = bind_header(HEADER, "arcadia-2023", "f").record
PAGE = Page(80)
LATER = Reader(date(2026, 11, 22))


def built(records: Records, *, backwards: bool = False) -> CaseFile:
    events = []
    for name, values in records.items():
        whole = {"kind": "letter", "title": f"Paper {name}", "sources": [{"id": "s", "title": "A source"}], **values}
        bound = bind_event(whole, name, "f")
        assert () == bound.problems
        assert bound.record is not None
        events.append(bound.record)
    parties = dict(reversed(REGISTRY.items())) if backwards else REGISTRY
    return assemble("arcadia-2023", HEAD, tuple(reversed(events) if backwards else events), Registry(parties))


DAYS = st.dates(date(2023, 1, 1), date(2023, 12, 31))
ON = st.dates(date(2023, 1, 1), date(2024, 12, 31))
EXACT = DAYS.map(date.isoformat)


@st.composite
def vague(draw: st.DrawFn, day: date) -> str:
    """A date that says less of the day and contains it."""
    text, before, after = (
        day.isoformat(),
        day - timedelta(draw(st.integers(0, 60))),
        day + timedelta(draw(st.integers(1, 60))),
    )
    return draw(
        st.sampled_from(
            [
                text[:7], text[:4], "202X", f"{text}?", f"{text[:7]}~", f"[{before}..{after}]", f"[..{after}]",
                f"[{before}..]", f"[{before},{text},{after}]", f"{text[:7]}/..", "unknown",
            ]
        )
    )  # fmt: skip


DATES = st.one_of(EXACT, EXACT, DAYS.flatmap(vague), st.sampled_from(["2023-03/2023-09", "../2023-05"]))
ASKED = st.lists(st.sampled_from(["government", "ministry", "archive"]), max_size=2, unique=True)
ACTORS = st.lists(st.sampled_from([*PARTIES, "unknown"]), max_size=2, unique=True)
ITEMS = ("e0#a", "e1#b", "e2#c", "concern#acknowledge-filers")
STAGES = ["initial_review", "under_review", "report_adopted", "stage_one", "suspended", "ineligible", "resolved",
          "closed_not_founded", "withdrawn_by_country"]  # fmt: skip
OUTCOMES = ["met", "partly_met", "not_met", "refused", "acknowledged", "overtaken", "unknown", "extended", "none"]


@st.composite
def asks(draw: st.DrawFn, item: str) -> Values:
    unit = draw(st.sampled_from(["days", "weeks", "months", "years"]))
    after, source = draw(st.sampled_from(["", "", "e1", *ITEMS])), draw(st.sampled_from(["", "received", "published"]))
    counted: Values = {unit: draw(st.integers(0, 9))}
    counted |= {name: value for name, value in {"after": after, "from": source}.items() if value}
    asked: Values = {"id": item, "text": f"Ask {item}", "asked_of": draw(ASKED)}
    asked |= draw(st.sampled_from([{}, {"due": draw(DATES)}, {"within": counted}]))
    asked |= draw(st.sampled_from([{}, {"on_missed": {"text": "It ends", "stage": "resolved"}}]))
    return asked


@st.composite
def answers(draw: st.DrawFn) -> Values:
    said = draw(st.sampled_from(OUTCOMES))
    of = draw(ASKED) or (["government"] if said == "none" else [])
    new_due = {"new_due": draw(DATES)} if said == "extended" and draw(st.booleans()) else {}
    return {"request": draw(st.sampled_from(ITEMS)), "answer": said, "of": of, **new_due}


@st.composite
def papers(draw: st.DrawFn, dates: st.SearchStrategy[str]) -> Values:
    found: Values = {"dated": draw(dates)}
    for name in ("received", "published", "until"):
        found |= {name: draw(dates)} if draw(st.integers(0, 4)) == 0 else {}
    found |= {"also_dated": [{"value": draw(dates), "source": "s"}]} if draw(st.integers(0, 5)) == 0 else {}
    found |= {"context": True} if draw(st.integers(0, 7)) == 0 else {}
    found |= {"departure": [{"because": "It was so", "sources": ["s"]}]} if draw(st.integers(0, 7)) == 0 else {}
    return found


@st.composite
def cases(draw: st.DrawFn, dates: st.SearchStrategy[str] = DATES) -> Records:
    """A Concern now and then, letters that ask and answer, moves of any sort, a review and a promise now and then."""
    records: Records = {}
    for number in range(draw(st.integers(1, 5))):
        values: Values = {**draw(papers(dates)), "senders": draw(ACTORS), "addressees": draw(ACTORS)}
        values |= {"requests": [draw(asks("abc"[number]))]} if number < 3 and draw(st.booleans()) else {}
        values |= {"answers": draw(st.lists(answers(), max_size=2))}
        values |= {"moves_to": [draw(st.sampled_from(STAGES))]} if draw(st.booleans()) else {}
        records[f"e{number}"] = values
    if draw(st.booleans()):
        allegation = {"id": "seals", "text": "Contracts are sealed", "evidence": [{"event": "e0"}]}
        records["concern"] = {**draw(papers(dates)), "kind": "concern", "filers": ["open-arcadia"],
                              "allegations": [allegation], "moves_to": ["initial_review"]}  # fmt: skip
        records["report"] = {**draw(papers(dates)), "kind": "report", "conclusion": "founded",
                             "findings": [{"about": "concern#seals", "addressed": "not_addressed"}]}  # fmt: skip
    if draw(st.integers(0, 2)) == 0:
        assessed = {"by": "open-arcadia", "dated": draw(dates), "completion": "limited", "source": "s"}
        records["promise"] = {**draw(papers(dates)), "kind": "commitment", "lead": ["ministry"],
                              "action_plan": {"number": 4}, "assessments": [assessed],
                              "milestones": [{"id": "build", "text": "Build it", "due": draw(dates)}]}  # fmt: skip
    return records


@dataclass(frozen=True)
class Views:
    """What there is to see of a case."""

    case: CaseFile
    reader: Reader

    def all(self) -> dict[str, Any]:
        case, reader = self.case, self.reader
        return {
            "timeline": timeline_of(case, reader),
            "status": status_of(case, reader),
            "requests": requests_of([case], reader),
            "list": listed_case(case, reader),
            "findings": findings_of(case, reader),
            "doubts": doubts_of(case, reader),
            "due": due_of([case], reader),
            "parties": parties_in(case.registry, [case], reader),
        }

    def printed(self) -> dict[str, str]:
        """Each view as text of 80 columns and as JSON."""
        seen, reader = self.all(), self.reader
        lines = {
            "timeline": timeline_lines(seen["timeline"], PAGE),
            "status": status_lines(seen["status"], PAGE),
            "requests": requests_lines(seen["requests"], PAGE),
            "list": listing_lines([seen["list"]], PAGE),
            "findings": findings_lines(seen["findings"], PAGE),
            "doubts": doubts_lines([seen["doubts"]], PAGE),
            "due": due_lines(seen["due"], PAGE),
            "parties": parties_lines(seen["parties"], PAGE),
        }
        json = {
            "timeline": answer_json(TIMELINE, seen["timeline"], reader),
            "status": answer_json(STATUS, seen["status"], reader),
            "requests": answer_json(REQUESTS, seen["requests"], reader) + table_csv(REQUESTS.table(seen["requests"]))
            + requests_markdown(seen["requests"]),
            "list": answer_json(LIST, [seen["list"]], reader),
            "findings": answer_json(FINDINGS, seen["findings"], reader),
            "doubts": answer_json(DOUBTS, [seen["doubts"]], reader),
            "due": answer_json(DUE, seen["due"], reader),
            "parties": answer_json(PARTIES_ANSWER, seen["parties"], reader),
        }  # fmt: skip
        return {name: "\n".join([*map(plain, lines[name]), json[name]]) for name in lines}


@given(cases(), ON, st.none() | ON)
@settings(max_examples=examples(8, 30))
def test_no_view_fails_and_none_depends_on_the_order_of_loading(records: Records, on: date, known: date | None) -> None:
    reader = Reader(on, known_by=known)
    one, other = Views(built(records), reader), Views(built(records, backwards=True), reader)
    assert one.printed() == other.printed()
    for event in one.case.events:
        assert record_lines(event_record(one.case, event, reader), PAGE)


@given(cases(), ON)
@settings(max_examples=examples(8, 30))
def test_no_paper_of_a_later_day_is_in_any_view(records: Records, on: date) -> None:
    """Its reference may be, where an earlier paper names it; its title, its requests and its answers are not."""
    later = [name for name, values in records.items() if not FuzzyDate.parse(values["dated"]).possible_by(on)]
    printed = Views(built(records), Reader(on)).printed()
    for name in later:
        asked = [f"Ask {each['id']}" for each in records[name].get("requests", ())]
        for words in (f"Paper {name}", *asked):
            assert [] == [view for view, text in printed.items() if words in text.replace("\n", " ")]


def stretches(value: object) -> Iterator[Days]:
    """Every stretch of days in a view, however deep."""
    if isinstance(value, Days):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from stretches(getattr(value, each.name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from stretches(one)
    elif isinstance(value, dict):
        yield from stretches(list(value.values()))


@given(cases(), ON)
@settings(max_examples=examples(8, 30))
def test_no_view_has_a_number_that_it_cannot_know(records: Records, on: date) -> None:
    """What is certain is one number, and a range is one."""
    for days in stretches(Views(built(records), Reader(on)).all()):
        assert days.fewest is None or days.most is None or days.fewest <= days.most
        assert not days.certain or (days.fewest is not None and days.fewest >= 0)
        assert not days.certain or (days.fewest is not None and days.fewest == days.most)


def test_a_gap_is_never_negative() -> None:
    """A date that is not sure proves no order: the paper follows what it replies to, whatever its digits."""
    reply = {"dated": "2023-01~", "in_reply_to": ["e0"]}
    gaps = [row.gap for row in timeline_of(built({"e0": {"dated": "2023-02-11"}, "e1": reply}), LATER).rows]
    assert not [gap for gap in gaps if gap is not None and (gap.most or 0) < 0]


@st.composite
def one_said_vaguely(draw: st.DrawFn) -> tuple[Records, Records]:
    """A case, and the same with the exact date of one event replaced by a vague one that contains it."""
    records = draw(cases())
    day, name = draw(DAYS), draw(st.sampled_from(sorted(records)))
    vaguely = draw(vague(day))
    exact, wide = ({**records, name: {**records[name], "dated": text}} for text in (day.isoformat(), vaguely))
    return exact, wide


def widened(wide: Days | None, exact: Days | None) -> bool:
    if wide is None or exact is None or wide == exact:
        return True
    return (
        not wide.certain
        and (wide.fewest is None or (exact.fewest is not None and wide.fewest <= exact.fewest))
        and (wide.most is None or (exact.most is not None and exact.most <= wide.most))
    )


@given(one_said_vaguely(), ON)
@settings(max_examples=examples(8, 30))
def test_saying_less_of_a_paper_makes_nothing_certain_in_the_views(pair: tuple[Records, Records], on: date) -> None:
    """Rows, departures, and lengths of time between the same two papers, where the dates contradict nothing.

    A link that the exact date contradicts bounds nothing, and the vague one may leave it standing.
    """
    reader = Reader(on)
    exact, wide = (built(records) for records in pair)
    assume(not [problem for problem in run_case(exact, {}, on) if problem.code.startswith("OC30")])
    before, after = timeline_of(exact, reader), timeline_of(wide, reader)
    assert {row.event.id for row in after.rows if row.certain} <= {row.event.id for row in before.rows if row.certain}
    assert status_of(wide, reader).departures <= status_of(exact, reader).departures
    one, other = before.heading, after.heading
    alike = (one.filed, one.since, one.stage) == (other.filed, other.since, other.stage)
    if alike and (one.quiet_since is None) == (other.quiet_since is None):  # else it is counted to another day
        assert widened(other.length, one.length)
    if any(exact_values["dated"] != pair[1][name]["dated"] and "moves_to" in exact_values
           for name, exact_values in pair[0].items()):  # fmt: skip
        return  # what is open is judged at the end of a case once that has certainly come, else on the day asked
    open_for = [{each.reference: each for each in status_of(case, reader).open_asks} for case in (exact, wide)]
    for name in open_for[0].keys() & open_for[1].keys():
        if not open_for[0][name].ask.at_end and not open_for[1][name].ask.at_end:
            assert widened(open_for[1][name].days, open_for[0][name].days)


@given(cases(EXACT), ON, ON)
@settings(max_examples=examples(8, 30))
def test_stays_in_stages_only_go_on_from_one_day_to_a_later_one(records: Records, one: date, other: date) -> None:
    """Where every date is exact: the stages that had begun, and when, are what the later day begins with."""
    early, late = (
        [(span.stage, span.since) for span in timeline_of(built(records), Reader(day)).spans]
        for day in sorted([one, other])
    )
    assert early == late[: len(early)]
