"""The small parts of a page: days in words, what came back on a request, the strip of the stages, and the signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.model.dates import Days
from ogpcase.output.lines import ASCII, UNICODE, Page, cells, glyphs_for, plain
from ogpcase.output.words import counted, date_in_short, days_in_words, either
from ogpcase.policy.procedures import procedure_named
from ogpcase.reports.heading.rows import StageSpan
from ogpcase.reports.requests.rows import AskLine, RowAsk, ShownTerm
from ogpcase.reports.requests.text import ask_lines, legend_lines, words_of_asks
from ogpcase.reports.timeline.text import strip_of


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
    assert ["2017-10-19/20", "2017-10-19/11-20", "2017-10/2017-11", "2017"] == [
        date_in_short(each) for each in ("2017-10-19/2017-10-20", "2017-10-19/2017-11-20", "2017-10/2017-11", "2017")
    ]
    assert ["by 2017-10-19", "from 2017-10-19", "2017-10-19..22", "2017-10-19 or 20", "not known", "2017-10-XX"] == [
        date_in_short(each) for each in (
            "[..2017-10-19]", "[2017-10-19..]", "[2017-10-19..2017-10-22]", "[2017-10-19,2017-10-20]", "unknown",
            "2017-10-XX",
        )
    ]  # fmt: skip


LINES = [AskLine("A", "met", "e", "2023", certain=True), AskLine("B", "silent", "e", "2023", certain=False)]


def test_parties_with_one_outcome_share_a_line_and_others_do_not() -> None:
    same = RowAsk("a", "Publish", None, (LINES[0], AskLine("C", "met", "e", "2023", certain=True)), duty=False)
    assert ["asks A, C: Publish → met, told 2023"] == [plain(each) for each in ask_lines(same, Page())]
    term = ShownTerm("2023-03-01", "2023-03-01", date(2023, 3, 1), date(2023, 3, 1), True, None, (), None)  # noqa: FBT003 - its certainty
    apart = RowAsk("a", "Publish", "2023-03-01", tuple(LINES), duty=False, term=term)
    assert ["asks Publish (due 2023-03-01)", "     → A: met, told 2023", "     → B: perhaps silent, told 2023"] == [
        plain(each) for each in ask_lines(apart, Page())
    ]


def test_parts_that_agree_are_named_together_and_others_one_by_one() -> None:
    parts = (AskLine("P", "silent", "e", "2023", certain=True), AskLine("Q", "silent", "e", "2023", certain=True))
    agreed = AskLine("A", "silent", "e", "2023", certain=True, parts=parts)
    apart = AskLine(
        "A", "unanswered", None, None, certain=True, parts=(parts[0], AskLine("Q", "met", "f", "2024", certain=True))
    )
    later = AskLine(
        "A", "silent", "e", "2023", certain=True, parts=(parts[0], AskLine("Q", "silent", "f", "2024", certain=True))
    )
    said = [
        plain(next(ask_lines(RowAsk("a", "Publish", None, (each,), duty=False), Page())))
        for each in (
            agreed,
            apart,
            later,
            agreed._replace(own=True),
            agreed._replace(silent_for=Days(96, 96), parts=()),
        )
    ]
    assert [
        "asks A: Publish → silent, told 2023 of P, Q",
        "asks A: Publish → its parts differ (P: silent, told 2023; Q: met, told 2024)",
        "asks A: Publish → silent, told 2023 (P: silent, told 2023; Q: silent, told 2024)",
        "asks A: Publish → silent, told 2023, and of P, Q",
        "asks A: Publish → silent for 96 days, told 2023",
    ] == said
    legend = [plain(each) for each in legend_lines(words_of_asks([apart]), Page())]
    assert ["", "  silent: a source attests that no answer had come by its own day"] == legend[:2]


STAGES = [stage for stage in procedure_named("response_policy-2017").stages if stage.open]


def spans(lengths: Sequence[int | None]) -> list[StageSpan]:
    return [
        StageSpan(STAGES[place % len(STAGES)], "2020", "2021", None if days is None else Days(days, days))
        for place, days in enumerate(lengths)
    ]


@given(st.lists(st.one_of(st.none(), st.integers(0, 4000)), max_size=12), st.sampled_from([40, 80, 120, 300, None]))
def test_a_strip_fits_and_every_stay_has_its_share_and_its_key(lengths: list[int | None], width: int | None) -> None:
    """The strip with its key fills the page, beside it or above it."""
    lines = [plain(each) for each in strip_of(spans(lengths), Page(width))]
    known = [days for days in lengths if days is not None]
    if sum(known) == 0:
        assert [] == lines
        return
    assert all(width is None or cells(each) <= width for each in lines)
    assert {(width or 80) - 2} == {cells(lines[0])}
    assert len(known) == sum(len(re.findall(r"\d d\b", each)) for each in lines)


def test_a_strip_of_nine_stays_tells_neighbours_apart() -> None:
    pieces = strip_of(spans([100] * 9), Page(80))[0][1:]
    signs = [piece.text[0] for piece in pieces]
    assert 9 == len(signs)
    assert all(one != other for one, other in pairwise(signs))
    assert {8, 9} >= {len(piece.text) for piece in pieces}


def test_a_stay_a_hundred_times_as_long_is_wider() -> None:
    first, second = strip_of(spans([3, 300]), Page(80))[0][1:]
    assert len(first.text) <= 2
    assert 76 == len(first.text) + len(second.text)


def test_signs_are_those_that_the_encoding_can_write() -> None:
    assert [UNICODE, ASCII, ASCII, ASCII, ASCII] == list(
        map(glyphs_for, ["utf-8", "latin-1", "ascii", None, "no-such"])
    )
    assert all("".join(getattr(ASCII, name) for name in ASCII.__match_args__).isascii() for _ in [0])
    assert all(1 == cells(sign) for name in UNICODE.__match_args__ for sign in getattr(UNICODE, name))
