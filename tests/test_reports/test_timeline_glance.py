"""A case at a glance: a line or two an event, what it asked and decided in a phrase, and what is folded and how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.ledger import asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.output.bars import hue_of, shade_of
from ogpcase.output.lines import ASCII, Page, plain
from ogpcase.policy.procedures import every_procedure
from ogpcase.reports.timeline.entry_text import SHORT, entries_of
from ogpcase.reports.timeline.rows import OpenAsks, timeline_of
from ogpcase.reports.timeline.text import timeline_lines

HEADER: Mapping[str, Any] = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017",
                             "subject": "government", "country": "XA", "language": "en"}  # fmt: skip
LATER = Reader(date(2026, 1, 1))
FILED = {"kind": "concern", "title": "Letter of Concern", "dated": "2023-04-10", "moves_to": ["initial_review"]}


def case(events: Mapping[str, Any]) -> CaseFile:
    bound = [bind_event({"kind": "letter", "title": "x", **each}, key, "f").record for key, each in events.items()]
    parties = {
        name: bind_party({"name": title, "classification": "government"}, name, "f").record
        for name, title in {"government": "Government of Arcadia", "ministry": "Ministry of Works"}.items()
    }
    head = bind_header(HEADER, "arcadia-2023", "f").record
    registry = Registry({name: party for name, party in parties.items() if party})
    return assemble("arcadia-2023", head, tuple(each for each in bound if each), registry)


def drawn(
    events: Mapping[str, Any], page: Page | None = None, reader: Reader = LATER, *, context: bool = False
) -> list[str]:
    timeline = timeline_of(case(events), reader)._replace(context=context)
    return [plain(each) for each in timeline_lines(timeline, page or Page(80))]


def below(lines: Sequence[str], title: str) -> list[str]:
    """The lines of the entry with this title: the rail and blanks are left out of those below it."""
    start = next(number for number, each in enumerate(lines) if title in each)
    rest = list(lines[start + 1 :])
    end = next((number for number, each in enumerate(rest) if not each.startswith("│")), len(rest))
    return [each.removeprefix("│   ") for each in rest[:end]]


def ask(item: str, *of: str, **more: object) -> dict[str, object]:
    return {"id": item, "text": f"Do {item}", "asked_of": list(of) or ["government"], **more}


def answer(event: str, item: str, word: str, **more: object) -> dict[str, object]:
    return {"request": f"{event}#{item}", "answer": word, **more}


def test_an_event_is_a_title_and_who_acts_with_its_id() -> None:
    letter = {"title": "A letter", "dated": "2023-02-01", "senders": ["government"], "addressees": ["ministry"]}
    lines = drawn({"2023-02-01-letter": letter})
    assert "○ 2023-02-01  A letter" in lines
    assert ["letter · Government of Arcadia → Ministry of Works · 2023-02-01-letter"] == below(lines, "A letter")


@pytest.mark.parametrize(
    ("fields", "phrase"),
    [
        ({"moves_to": ["closed_addressed_domestically"], "basis": "III.B.9", "adopts": "r", "kind": "resolution"},
         "closes the case · III.B.9 · adopts r"),
        ({"kind": "report", "conclusion": "addressed_domestically", "inferred": ["conclusion"]},
         "concludes: addressed domestically (inferred)"),
        ({"kind": "report", "conclusion": "unknown"}, "conclusion not known"),
        ({"kind": "resolution", "votes": {"for": 16, "against": 3, "abstain": 0}}, "for 16, against 3, abstaining 0"),
        ({"kind": "resolution", "votes": {"method": "unanimous"}}, "unanimous"),
        ({"until": "2017-05-04"}, "until 2017-05-04"),
        ({"kind": "resolution", "until": "2024-05-04", "term": {"until": "2024-05-04"}}, "until 2024-05-04"),
        ({"kind": "resolution", "term": {"months": 4}}, "for 4 months"),
        ({"as_stated_status": "inactive"}, "stated as “inactive”"),
        ({"kind": "development", "process": "interrupted"}, "process interrupted"),
        ({"in_reply_to": ["2023-04-10-concern"]}, "in reply to 2023-04-10-concern"),
        ({"replies": [{"about": "2023-04-10-concern#a", "position": "denies"}]}, "denies 1 allegation"),
    ],
)  # fmt: skip
def test_what_an_event_decided_is_a_phrase_of_its_fields(fields: Mapping[str, Any], phrase: str) -> None:
    event = {"title": "The paper", "dated": "2023-05-01", **fields}
    lines = below(drawn({"2023-04-10-concern": FILED, "last": event}, Page(200)), "The paper")
    kind = fields.get("kind", "letter")
    assert [f"{kind} · {phrase} · last"] == lines


@pytest.mark.parametrize(
    ("asks", "answers", "phrase"),
    [
        ([ask("a")], [], "asks 1 thing; not answered on record"),
        ([ask("a"), ask("b")], [], "asks 2 things; neither answered on record"),
        ([ask("a"), ask("b"), ask("c")], [], "asks 3 things; none answered on record"),
        ([ask("a"), ask("b")], ["none", "none"], "2 asks, both silent: attested 2023-03-01"),
        ([ask("a")], ["met"], "asks 1 thing: met 2023-03-01"),
        ([ask("a", due="2023-02-02"), ask("b", due="2023-02-02")], ["met", "met"],
         "asks 2 things: both met late 2023-03-01"),
        ([ask("a"), ask("b"), ask("c")], ["refused"], "asks 3 things: 2 not answered on record, 1 refused"),
        ([ask("a", "public")], [], "asks 1 thing of nobody in particular"),
        ([ask("a", "government", "ministry")], ["met"], "asks 1 thing: answered in part"),
    ],
)  # fmt: skip
def test_what_an_event_asked_is_a_phrase_once_the_case_has_ended(
    asks: list[dict[str, object]], answers: list[str], phrase: str
) -> None:
    told = [answer("ask", str(each["id"]), word, of=["government"]) for each, word in zip(asks, answers, strict=False)]
    events = {
        "ask": {"title": "The asks", "dated": "2023-02-01", "requests": asks},
        "told": {"title": "What came", "dated": "2023-03-01", "answers": told, "senders": ["government"]},
        "2023-04-10-concern": FILED,
        "end": {"title": "The end", "dated": "2023-06-01", "moves_to": ["closed_not_founded"], "kind": "resolution"},
    }
    assert [f"letter · {phrase} · ask"] == below(drawn(events, Page(200)), "The asks")


def test_only_open_asks_unfold() -> None:
    """One that is answered is in the phrase alone; if all are open, there is no phrase."""
    asking = {"title": "The asks", "dated": "2023-02-01", "requests": [ask("a"), ask("b", due="2023-03-15")]}
    told = {"dated": "2023-03-01", "senders": ["government"], "answers": [answer("ask", "a", "met")]}
    some = below(drawn({"ask": asking, "told": told}, reader=Reader(date(2023, 4, 1))), "The asks")
    assert [
        "letter · asks 2 things: 1 met, 1 not answered on record · ask",
        "asks Government of Arcadia: Do b (due… → unanswered, term passed 17 days ago",
    ] == some
    every = below(drawn({"ask": asking}, Page(120), Reader(date(2023, 2, 11))), "The asks")
    assert [
        "letter · ask",
        "asks Government of Arcadia: Do a → open 10 days",
        "asks Government of Arcadia: Do b (due 2023-03-15) → unanswered, 32 days left",
    ] == every


def test_the_right_edge_counts_the_asks_open_at_that_moment() -> None:
    of = {"of": ["government"]}
    events = {
        "a": {"title": "First", "dated": "2023-02-01", "requests": [ask("one"), ask("two"), ask("call", "public")]},
        "b": {"title": "Second", "dated": "2023-03-01", "answers": [answer("a", "one", "met", **of)]},
        "c": {"title": "Third", "dated": "2023-03-05", "answers": [answer("a", "two", "none", **of)]},
        "d": {"title": "Fourth", "dated": "2023-04-01", "answers": [answer("a", "two", "met", **of)]},
    }
    timeline = timeline_of(case(events), LATER)
    assert [OpenAsks(2, 2), OpenAsks(1, 1), OpenAsks(1, 1), OpenAsks(0, 0)] == [row.open_asks for row in timeline.rows]
    lines = drawn(events)
    assert ["2", "1", "1"] == [each[-1] for each in lines if each[:1] == "○" and len(each) == 80]
    assert "right: asks open then" in " ".join(lines)
    assert "· 2 asks open" in "\n".join(drawn(events, Page(None)))


def test_what_only_may_be_open_is_a_range() -> None:
    events = {
        "a": {"title": "First", "dated": "2023-02-01", "requests": [ask("one"), ask("two")]},
        "b": {"title": "Second", "dated": "2023-03", "senders": ["government"], "answers": [answer("a", "one", "met")]},
    }
    rows = timeline_of(case(events), Reader(date(2023, 3, 10))).rows
    assert [OpenAsks(2, 2), OpenAsks(1, 2)] == [row.open_asks for row in rows]


DAYS = st.dates(date(2023, 1, 1), date(2023, 3, 1)).map(str)
OUTCOMES = st.sampled_from(["met", "partly_met", "refused", "acknowledged", "none"])

PAPERS = st.tuples(DAYS, st.integers(0, 3), st.lists(st.tuples(st.integers(0, 5), OUTCOMES), max_size=2))
"""The day of a paper, how many requests it makes, and its answers to requests of papers by number."""


@settings(deadline=None, max_examples=examples(25, 60))
@given(st.lists(PAPERS, min_size=1, max_size=6))
def test_the_last_count_is_that_of_the_ledger(papers: list[tuple[str, int, list[tuple[int, str]]]]) -> None:
    events: dict[str, dict[str, Any]] = {}
    for number, (day, asks, answers) in enumerate(papers):
        events[f"e{number}"] = {
            "dated": day,
            "senders": ["government"],
            "requests": [ask(f"r{each}") for each in range(asks)],
            "answers": [answer(f"e{other}", "r0", word, of=["government"]) for other, word in answers],
        }
    file = case(events)
    asked = [each for each in asks_of(file, LATER.moment) if not each.duty]
    expected = (sum(each.open is True for each in asked), sum(each.open is not False for each in asked))
    timeline = timeline_of(file, LATER)
    assert expected == timeline.open_asks == timeline.rows[-1].open_asks
    assert all(0 <= row.open_asks.fewest <= row.open_asks.most for row in timeline.rows)


CONTEXT = {"dated": "2022-05-01", "context": True}


def test_context_is_folded_to_a_line_a_group_unless_asked_for() -> None:
    events = {
        "a": {**CONTEXT, "title": "First"},
        "b": {**CONTEXT, "dated": "2022-06-01", "title": "Second"},
        "c": {"dated": "2022-07-01", "title": "A letter"},
        "d": {**CONTEXT, "dated": "2022-08-01", "title": "Third"},
    }
    lines = drawn(events)
    assert "~ 2022-05-01  2 context events up to 2022-06-01: First; Second" in lines
    assert "· 2022-08-01  Third · letter · context · d" in lines
    assert "--context: 3 events" in "\n".join(lines)
    shown = drawn(events, context=True)
    assert ["· 2022-05-01  First", "· 2022-06-01  Second", "· 2022-08-01  Third"] == [
        each for each in shown if each.startswith("· 2")
    ]
    assert "--context" not in "\n".join(shown)


def test_papers_that_change_nothing_are_folded_only_where_there_are_many() -> None:
    few = {f"e{number:02}": {"dated": f"2023-01-{number + 1:02}", "title": f"T{number}"} for number in range(SHORT)}
    assert {"event"} == {entry.sort for entry in entries_of(timeline_of(case(few), LATER))}
    asking = {"dated": "2023-02-01", "title": "An ask", "requests": [ask("a")]}
    many = {**few, "f": asking, "g": {"dated": "2023-02-02", "title": "Last"}}
    lines = drawn(many, Page(200))
    assert any(each.startswith("~ 2023-01-01  12 papers up to 2023-01-12: T0; T1; T2") for each in lines)
    assert "~ 2023-02-02  Last · letter · g" + " " * 168 + "1" in lines
    assert "--full: 13 papers" in "\n".join(lines)


def test_a_folded_line_is_cut_to_a_terminal_and_whole_in_a_pipe() -> None:
    events = {f"{number}": {**CONTEXT, "title": "word " * 20} for number in range(3)}
    (line,) = [each for each in drawn(events) if each.startswith("~")]
    assert (True, 80) >= (line.endswith("…"), len(line))
    (whole,) = [each for each in drawn(events, Page(None)) if each.startswith("~")]
    assert 60 == whole.count("word")
    assert "(0); " in whole


def test_names_are_cut_only_where_that_saves_a_line() -> None:
    short = {"dated": "2023-02-01", "title": "A letter", "senders": ["ministry"]}
    assert ["letter · Ministry of Works · a"] == below(drawn({"a": short}), "A letter")
    long = {**short, "addressees": [{"party": "unknown", "as_named": "The Office " * 6}]}
    lines = below(drawn({"a": long}), "A letter")
    assert 1 == len(lines)
    assert "…" in lines[0]
    assert "The Office " * 5 in below(drawn({"a": long}, Page(None)), "A letter")[0]


def test_long_gaps_stand_between_events_and_the_longest_stand_out() -> None:
    days = ["2023-01-01", "2023-01-02", "2023-02-15", "2024-02-15"]
    file = case({f"e{number}": {"dated": day} for number, day in enumerate(days)})
    lines = timeline_lines(timeline_of(file, Reader(date(2024, 2, 16))), Page(80))
    gaps = [each for each in lines if each[0].text.startswith("┊")]
    assert [("44 days", "dim"), ("365 days", "note")] == [
        (plain(each).rpartition("─ ")[2], each[1].style) for each in gaps
    ]
    assert [True, False] == [len(plain(gaps[0])) < len(plain(gaps[1])), "1 day" in "".join(map(plain, lines))]


def test_an_open_case_ends_with_a_row_of_the_day() -> None:
    more = {"dated": "2023-05-22", "title": "Notice", "moves_to": ["under_review"]}
    events = {"2023-04-10-concern": FILED, "notice": more}
    assert "▸ 2023-06-01  10 days in Under review so far" in drawn(events, reader=Reader(date(2023, 6, 1)))
    late = drawn(events, Page(120), Reader(date(2025, 6, 1)))
    assert "▸ 2025-06-01  Under review; nothing recorded since 2023-05-22" in late
    after = {**events, "talk": {"dated": "2023-06-03", "title": "Talk"}}
    assert "▸ 2025-06-01  12 days in Under review so far; nothing recorded since 2023-06-03" in drawn(
        after, Page(120), Reader(date(2025, 6, 1))
    )
    end = {"dated": "2023-06-01", "title": "End", "kind": "resolution", "moves_to": ["closed_not_founded"]}
    assert not [each for each in drawn({**events, "end": end}) if each.startswith("▸")]


def test_every_open_stage_of_a_procedure_has_a_hue_and_a_pattern_of_its_own() -> None:
    for procedure in every_procedure():
        stages = [stage for stage in procedure.stages if stage.open]
        for page in (Page(80), Page(80, ASCII)):
            assert len(stages) == len({(hue_of(stage), shade_of(stage, page)) for stage in stages})


def test_bar_rule_and_marker_of_a_stage_have_its_hue_and_pattern() -> None:
    lines = timeline_lines(timeline_of(case({"2023-04-10-concern": FILED}), Reader(date(2023, 5, 1))), Page(80))
    stage = timeline_of(case({"2023-04-10-concern": FILED}), LATER).spans[0].stage
    pieces = [piece for each in lines for piece in each if piece.style == hue_of(stage)]
    assert {"█"} == set(pieces[0].text)
    assert ["█ ", "██ ", "Initial review · 21 days"] == [piece.text for piece in pieces[1:4]]
    assert "◆ " in [piece.text for piece in pieces]


def test_a_perhaps_is_never_folded() -> None:
    events = {"a": {**CONTEXT, "dated": "2023-05"}, "b": {**CONTEXT, "dated": "2023-05"}}
    assert ["◌", "◌"] == [each[0] for each in drawn(events, reader=Reader(date(2023, 5, 5))) if " 2023-05 " in each]


def test_an_ascii_terminal_gets_the_twin_of_each_sign() -> None:
    events = {
        "a": {**CONTEXT, "dated": "2021-05-01"}, "b": {**CONTEXT, "dated": "2021-06-01"},
        "c": {"dated": "2022-01-01"}, "d": {**CONTEXT, "dated": "2022-08-01"}, "e": FILED, "f": {"dated": "2023-05"},
    }  # fmt: skip
    lines = drawn(events, Page(80, ASCII), Reader(date(2023, 5, 2)))
    assert all(each.isascii() for each in lines)
    assert {"~", "o", ".", "#", "?", ">"} <= {each[0] for each in lines if each[1:4] == " 20"}


def test_an_event_that_says_much_takes_two_lines_and_keeps_what_came_of_it() -> None:
    """Its kind, whom it addresses and who acts are left out in this order; the id ends where it begins no other."""
    name = "2023-02-01-letter-on-all-that-was-asked-of-the-ministry"
    title = "A title that takes most of the room that there is"
    letter = {"title": title, "dated": "2023-02-01", "senders": ["government"], "addressees": ["ministry"],
              "requests": [ask("sign", "ministry"), ask("publish", "ministry")]}  # fmt: skip
    answered = {"dated": "2023-03-01", "senders": ["ministry"],
                "answers": [answer(name, "sign", "met"), answer(name, "publish", "refused")]}  # fmt: skip
    events = {name: letter, "2023-03-01-letter": answered, "2023-04-10-concern": FILED}
    said = "asks 2 things: 1 met, 1 refused"
    assert [f"Government of Arcadia · {said} · 2023-02-01-letter…"] == below(drawn(events, Page(80)), title)
    assert [f"letter · Government of Arcadia → Ministry of Works · {said} · {name}"] == below(
        drawn(events, Page(None)), title
    )
    assert len(below(drawn(events, Page(50)), "A title that takes")) > 2


def test_the_beginning_of_an_id_begins_no_other_of_the_case() -> None:
    names = ["2024-07-01-letter", "2024-07-01-letter-a-b", "2024-07-01-letter-a-c", "2024-07-02-letter-a-b"]
    rows = timeline_of(case({name: {"dated": name[:10]} for name in names}), LATER).rows
    assert [*names[:3], "2024-07-02-letter"] == [row.beginning for row in rows]
