"""A timeline on a page: whatever the case, the lines fit, the columns stand under one another, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogpcase.model.bind import bind_event, bind_header, bind_party
from ogpcase.model.casefile import CaseFile, Registry, assemble
from ogpcase.model.codelists import Kind, Stage
from ogpcase.render.asks import ask_lines, outcome_legend
from ogpcase.render.bar import bar_of
from ogpcase.render.glyphs import ASCII, UNICODE, glyphs_for
from ogpcase.render.heading import stage_lines
from ogpcase.render.lines import Line, cells, plain, safe
from ogpcase.render.listing import listing_lines
from ogpcase.render.page import Page, counted, date_in_short, days_in_words, either
from ogpcase.render.show import record_lines
from ogpcase.render.status import status_lines
from ogpcase.render.timeline import timeline_lines
from ogpcase.views.asks import AskLine, RowAsk
from ogpcase.views.heading import Days, StageSpan
from ogpcase.views.listing import listed_case
from ogpcase.views.show import event_record
from ogpcase.views.shown import Reader
from ogpcase.views.status import status_of
from ogpcase.views.timeline import Filter, timeline_of

HEADER: Mapping[str, Any] = {"title": "Sealed contracts", "track": "response_policy", "policy_version": "2017",
                             "subject": "government", "country": "XA", "language": "en"}  # fmt: skip


def case(events: Mapping[str, Mapping[str, Any]], name: str = "Government of Arcadia", **header: Any) -> CaseFile:
    bound = [bind_event({"kind": "letter", "title": "x", **each}, key, "f").record for key, each in events.items()]
    party = bind_party({"name": name, "classification": "government"}, "government", "f").record
    assert party is not None
    head = bind_header({**HEADER, **header}, "arcadia-2023", "f").record
    return assemble("arcadia-2023", head, tuple(each for each in bound if each), Registry({"government": party}))


def drawn(file: CaseFile, page: Page, reader: Reader | None = None, wanted: Filter | None = None) -> list[str]:
    return [plain(each) for each in timeline_lines(timeline_of(file, reader or Reader(date(2026, 1, 1)), wanted), page)]


def test_a_case_without_events_says_so() -> None:
    lines = drawn(case({}), Page(80))
    assert "  nothing is recorded up to 2026-01-01" in lines
    assert not any("Before filing" in each for each in lines)
    filtered = drawn(case({"a": {"dated": "2023"}}), Page(80), wanted=Filter(kinds=frozenset({Kind.REPORT})))
    assert ["  no event is left to show", "1 other event is left out by the options given"] == [
        each for each in filtered if "event" in each
    ]


def test_a_single_event_stands_under_the_stage_it_brings() -> None:
    filing = {"2023-04-10-concern": {"kind": "concern", "title": "Concern", "dated": "2023-04-10", "moves_to": ["initial_review"],
              "filers": ["government"]}}  # fmt: skip
    lines = drawn(case(filing), Page(60), Reader(date(2023, 4, 12)))
    start = lines.index("  ── Initial review · 2 days ─────────────────────────────────")
    assert ["  2023-04-10  ◆  Concern", "              │  concern · Government of Arcadia · → Initial review"] == lines[
        start + 1 : start + 3
    ]
    assert cells(lines[start]) == 59


def test_dates_and_gaps_stand_in_one_column_and_gaps_are_never_cut() -> None:
    """However many days, the number is whole; the words start in one column."""
    events = {"a": {"dated": "1901-02-03"}, "b": {"dated": "2023-01"}, "c": {"dated": "2023-03-01"}, "d": {"dated": "[2023-03-05..]"}}
    lines = [each for each in drawn(case(events), Page(80)) if each[:2] == "  " and each[2:3].strip() or " d  │" in each]
    assert ["44527-44557 d", "28-59 d", "4+ d"] == [each.split("│")[0].strip() for each in lines if " d  │" in each]
    assert 1 == len({min(each.find(sign) for sign in "●│" if sign in each) for each in lines if "●" in each or "│" in each})


def test_undated_events_stand_apart_at_the_end() -> None:
    lines = drawn(case({"a": {"dated": "unknown"}, "b": {"dated": "2023"}, "c": {"dated": "unknown"}}), Page(80))
    (rule,) = [each for each in lines if "── Undated ─" in each]
    assert lines.index(rule) > next(number for number, each in enumerate(lines) if each.startswith("  2023 "))


def test_a_long_date_is_broken_where_it_can_be() -> None:
    lines = drawn(case({"a": {"dated": "[2025-07-01..2025-11-30]"}, "b": {"dated": "2017-10-19/2018-10-20"}}), Page(80))
    assert ["  2017-10-19/     ●  x", "  2018-10-20      │  letter"] == [each for each in lines if each[2:6] in {"2017", "2018"}]
    assert any(each.startswith("  [2025-07-01..  ●") for each in lines)


def test_what_is_shown_in_another_language_is_said() -> None:
    lines = drawn(case({"a": {"dated": "2023", "title": {"es": "Hola"}}}), Page(80), Reader(date(2026, 1, 1), "es"))
    assert "what is not recorded in `es` is shown in `en`" in lines


@pytest.mark.parametrize(
    ("days", "long", "short"),
    [
        (None, "", ""),
        (Days(None, None), "", ""),
        (Days(1, 1), "1 day", "1 d"),
        (Days(39, 39), "39 days", "39 d"),
        (Days(39, 39, certain=False), "about 39 days", "~39 d"),
        (Days(10, 40, certain=False), "10 to 40 days", "10-40 d"),
        (Days(None, 11, certain=False), "at most 11 days", "up to 11 d"),
        (Days(90, None, certain=False), "at least 90 days", "90+ d"),
        (Days(0, None, certain=False), "", ""),
        (Days(0, 0), "0 days", "0 d"),
    ],
)
def test_days_are_as_exact_as_they_are_known(days: Days | None, long: str, short: str) -> None:
    assert (long, short) == (days_in_words(days), days_in_words(days, short=True))


def test_small_words() -> None:
    assert ["1 event", "2 events", "0 events", "2 steps are"] == [
        counted(1, "event"), counted(2, "event"), counted(0, "event"), counted(2, "step is", "steps are"),
    ]  # fmt: skip
    assert ["a letter", "a letter or statement", "a letter, statement or development"] == [
        either(["letter"]), either(["letter", "statement"]), either(["letter", "statement", "development"]),
    ]  # fmt: skip
    assert ["2017-10-19/20", "2017-10-19/2017-11-20", "2017-10/2017-11", "2017"] == [
        date_in_short(each)
        for each in ("2017-10-19/2017-10-20", "2017-10-19/2017-11-20", "2017-10/2017-11", "2017")
    ]


LINES = [AskLine("A", "met", "e", "2023", True), AskLine("B", "silent", "e", "2023", False)]


def test_parties_with_one_outcome_share_a_line_and_others_do_not() -> None:
    same = RowAsk("a", "Publish", None, (LINES[0], AskLine("C", "met", "e", "2023", True)), duty=False)
    assert ["asks A, C: Publish → met, told 2023"] == [plain(each) for each in ask_lines(same, None, Page())]
    apart = RowAsk("a", "Publish", "2023-03-01", tuple(LINES), duty=False)
    assert ["asks Publish (due 2023-03-01)", "     → A: met, told 2023", "     → B: perhaps silent, told 2023"] == [
        plain(each) for each in ask_lines(apart, None, Page())
    ]


def test_parts_that_agree_are_named_together_and_others_one_by_one() -> None:
    parts = (AskLine("P", "silent", "e", "2023", True), AskLine("Q", "silent", "e", "2023", True))
    agreed = AskLine("A", "silent", "e", "2023", True, parts)
    apart = AskLine("A", "unanswered", None, None, True, (parts[0], AskLine("Q", "met", "f", "2024", True)))
    later = AskLine("A", "silent", "e", "2023", True, (parts[0], AskLine("Q", "silent", "f", "2024", True)))
    said = [
        plain(next(ask_lines(RowAsk("a", "Publish", None, (each,), duty=False), None, Page())))
        for each in (agreed, apart, later)
    ]
    assert [
        "asks A: Publish → silent, told 2023 of P, Q",
        "asks A: Publish → unanswered (P: silent, told 2023; Q: met, told 2024)",
        "asks A: Publish → silent, told 2023 (P: silent, told 2023; Q: silent, told 2024)",
    ] == said
    legend = [plain(each) for each in outcome_legend([apart], Page())]
    assert ["", "  silent: a source attests that no answer came"] == legend[:2]


STAGES = [stage for stage in Stage if stage is not Stage.NOT_FILED]


def spans(lengths: Sequence[int | None]) -> list[StageSpan]:
    return [
        StageSpan(STAGES[place % len(STAGES)], "2020", "2021", None if days is None else Days(days, days))
        for place, days in enumerate(lengths)
    ]


@given(st.lists(st.one_of(st.none(), st.integers(0, 4000)), max_size=12), st.sampled_from([40, 80, 120, 300, None]))
def test_a_bar_fits_and_every_stay_has_its_share_and_its_key(lengths: list[int | None], width: int | None) -> None:
    lines = [plain(each) for each in bar_of(spans(lengths), Page(width))]
    known = [days for days in lengths if days is not None]
    if sum(known) == 0:
        assert [] == lines
        return
    assert all(cells(each) <= (width or 300) for each in lines[:1])
    assert all(width is None or cells(each) <= width for each in lines)
    assert min(96, (width or 80) - 4) == len(lines[0].strip())
    assert len(known) == sum(each.count(", ") - each.count("Closed, ") for each in lines[1:])


def test_a_bar_of_nine_stays_tells_neighbours_apart() -> None:
    pieces = bar_of(spans([100] * 9), Page(80))[0][1:]
    signs = [piece.text[0] for piece in pieces]
    assert 9 == len(signs)
    assert all(one != other for one, other in zip(signs, signs[1:], strict=False))
    assert {8, 9} >= {len(piece.text) for piece in pieces}


def test_a_stay_a_hundred_times_as_long_is_wider() -> None:
    first, second = bar_of(spans([3, 300]), Page(80))[0][1:]
    assert 1 == len(first.text) < len(second.text)


def test_signs_are_those_that_the_encoding_can_write() -> None:
    assert [UNICODE, ASCII, ASCII, ASCII, ASCII] == list(map(glyphs_for, ["utf-8", "latin-1", "ascii", None, "no-such"]))
    assert all("".join(getattr(ASCII, name) for name in ASCII.__slots__).isascii() for _ in [0])
    assert all(1 == cells(sign) for name in UNICODE.__slots__ for sign in getattr(UNICODE, name))


def test_where_a_case_perhaps_stands_is_said() -> None:
    file = case({"a": {"kind": "concern", "dated": "2023", "moves_to": ["initial_review"]}})
    heading = timeline_of(file, Reader(date(2023, 6, 1))).heading
    assert ["Not filed", "as of 2023-06-01",
            "  perhaps Initial review: what may have happened by 2023-06-01 would move it there"] == [
        plain(each) for each in stage_lines(heading, Page())
    ]  # fmt: skip


WORDS = st.sampled_from(
    ["the", "government", "字幕字幕", "ไทย็", "e\u0301tat", "x" * 130, "(INAI)", "→", "[3]", "https://example.org/" + "a/" * 60, "\u202e", "a\tb"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
SLUGS = st.sampled_from(["a", "publish-the-contracts", "x" * 90])
DATES = st.sampled_from(["2017", "2018-02", "2018-02-03", "[..2019-01-01]", "unknown", "2018-03/2019", "[2017-02-03,2017-02-05]", "20XX"])
ASKS = st.fixed_dictionaries(
    {"id": SLUGS, "text": TEXTS}, optional={"asked_of": st.just(["government"]), "due": DATES.map(str)}
).map(lambda each: [each])
EVENTS = st.fixed_dictionaries(
    {"title": TEXTS, "dated": DATES},
    optional={
        "requests": ASKS,
        "moves_to": st.lists(st.sampled_from([str(stage) for stage in STAGES]), min_size=1, max_size=2),
        "senders": st.just(["government"]),
        "addressees": st.just(["government", "unknown"]),
        "also_dated": st.just([{"value": "2016", "source": "s"}]),
        "context": st.booleans(),
        "answers": SLUGS.map(lambda item: [{"request": f"e0#{item}", "answer": "none", "of": ["government"]}]),
        "departure": TEXTS.map(lambda text: [{"because": text}]),
    },
)


def fits(lines: Sequence[Line], width: int) -> None:
    """Addresses and single words apart."""
    for each in lines:
        text = plain(each)
        alone = " " not in text.strip(" │|")
        assert cells(text) <= width or "://" in text or alone, text
        assert text == safe(text)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, max_size=4), TEXTS, st.sampled_from([40, 41, 80, 120]), st.dates(date(2016, 1, 1), date(2026, 1, 1)))
def test_every_view_of_every_case_fits_its_page(events: list[dict[str, Any]], name: str, width: int, day: date) -> None:
    related = [{"relation": "precedent", "title": name, "url": "https://example.org/" + "x" * 100}]
    file = case({f"e{number}": each for number, each in enumerate(events)}, name, title=name, related=related)
    page, reader = Page(width), Reader(day)
    fits(timeline_lines(timeline_of(file, reader), page), width)
    fits(status_lines(status_of(file, reader), page), width)
    fits(listing_lines([listed_case(file, reader)], page), width)
    for event in file.events:
        fits(record_lines(event_record(file, event, reader), (), page), width)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(EVENTS, min_size=1, max_size=3))
def test_no_word_of_a_title_or_an_ask_is_lost_on_a_narrow_page(events: list[dict[str, Any]]) -> None:
    file = case({f"e{number}": each for number, each in enumerate(events)})
    page = Page(40)
    timeline = timeline_of(file, Reader(date(2030, 1, 1)))
    start = next(number for number, each in enumerate(timeline_lines(timeline, page)) if not plain(each))
    beside = "".join(
        "".join(piece.text for piece in each[4:]) for each in timeline_lines(timeline, page)[start:] if len(each) > 4
    )
    text = "".join(beside.split())
    for row in timeline.rows:
        for words in (row.title, *(ask.text for ask in row.asks if not ask.duty)):
            assert "".join(safe(word) for word in words.split()) in text
