"""Breaking text to a width: nothing wider than the page, nothing lost, nothing that acts on a terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import iter_graphemes, wcswidth

from ogpcase.diagnostics.visible_text import harmless
from ogpcase.output.lines import (
    _ONE_EACH,
    Line,
    Piece,
    beginning,
    cells,
    hanging,
    line,
    padded,
    plain,
    with_tail,
    wrap,
)
from ogpcase.output.words import GLUE, glued

TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="ab 字e\u0301\u200d🏳️ก็\u00a0://-\t\n", max_size=60),
    st.lists(
        st.sampled_from(["word", "a" * 90, "字" * 50, "e\u0301" * 60, "https://example.org/" + "x" * 90]), max_size=6
    ).map(" ".join),
)  # fmt: skip
WIDTHS = st.integers(2, 100)


def letters(text: str) -> str:
    """What must not get lost: everything but blanks, made safe as a page does."""
    return "".join("".join(harmless(each) for each in text.split()).split())


@given(TEXTS, WIDTHS)
@example("字" * 9, 3)
@example("0\u00a0\u00a00", 2)
@example("a\u0301", 2)
@example("0\r\u00a00", 2)
@example("\u00a0", 2)
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, width: int) -> None:
    """Addresses apart, which stay whole."""
    lines = wrap(text, width)
    assert letters(text) == letters(" ".join(lines)).replace(" ", "")
    assert all(cells(each) <= width or "://" in each for each in lines)
    assert all(each == each.strip() for each in lines)


@given(TEXTS)
def test_without_a_width_there_is_one_line(text: str) -> None:
    (only,) = wrap(text, None)
    assert letters(text) == letters(only)
    assert "\n" not in only
    assert GLUE not in only


@given(TEXTS, WIDTHS)
def test_words_are_broken_only_where_they_must_be(text: str, width: int) -> None:
    words = [each for word in text.split() if cells(each := harmless(word)) <= width]
    said = [each for part in wrap(text.replace(GLUE, " "), width) for each in part.split()]
    assert all(word in said for word in words)


def test_glue_holds_words_together_where_a_line_can_hold_them() -> None:
    assert ["The letter", "closes it [3] [4]"] == wrap(f"The letter closes{GLUE}it{GLUE}[3]{GLUE}[4]", 18)
    assert ["12 days", "ago"] == wrap(glued("12 days ago"), 8)
    assert "12\u00a0days\u00a0ago" == glued("12 days\nago")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("字", 2), ("e\u0301", 1), ("कि", 2), ("ก็", 1), ("\uff46", 2), ("", 0), ("a\u200db", 2),
     ("☺", 1), ("☺️", 2), ("❤️", 2), ("👨‍👩‍👧‍👦", 2), ("👍🏽", 2), ("🇲🇽🇹🇷", 4), ("1️⃣", 2), ("🏳️‍🌈", 2), ("நி", 2),
     ("မြန်မာ", 5), ("é\x1b", 9)],
)  # fmt: skip
def test_a_sign_takes_the_columns_a_terminal_gives_it(text: str, columns: int) -> None:
    """Marks that sit on a letter take none, whatever their class; Chinese, Japanese and Korean signs take two."""
    assert columns == cells(text)


def test_signs_that_are_counted_without_wcwidth_take_the_columns_that_it_says() -> None:
    """Alone, and one after the other."""
    signs = [sign for sign in map(chr, range(0x20, 0x3000)) if _ONE_EACH.fullmatch(sign)]
    assert len(signs) > 900
    assert [] == [sign for sign in signs if wcswidth(sign) != 1]
    assert wcswidth("".join(signs)) == len(signs)


@given(st.text())
def test_safe_text_has_nothing_that_acts_on_a_terminal(text: str) -> None:
    drawn = harmless(text)
    assert all(unicodedata.category(each) not in {"Cc", "Cs", "Cn", "Co", "Zl", "Zp"} for each in drawn)
    assert not {"\u202e", "\u2066", "\ufeff", "\u00ad"} & set(drawn)
    assert drawn == harmless(drawn)
    drawn.encode()


def test_what_is_hidden_is_made_visible() -> None:
    assert "a\\u{001b}[31mb\\u{202e}" == harmless("a\x1b[31mb\u202e")


def text_of(lines: list[Line]) -> str:
    return letters("".join(plain(each) for each in lines))


@given(st.text(max_size=50).map(lambda text: harmless(" ".join(text.split()))), TEXTS, st.integers(16, 80))
def test_a_label_and_its_text_fit_the_page_whatever_their_length(label: str, text: str, width: int) -> None:
    lines = hanging([Piece("  "), Piece(f"{label}: ", "dim")], text, width)
    assert all(cells(plain(each)) <= width or "://" in plain(each) for each in lines)
    assert letters(f"{label}:{text}") == text_of(lines)


def test_text_hangs_under_its_first_line() -> None:
    lines = [plain(each) for each in hanging([Piece("asks ", "ask")], "to publish what was sealed", 20)]
    assert ["asks to publish what", "     was sealed"] == lines


def test_a_text_stands_beside_what_it_hangs_on_while_twelve_columns_are_left() -> None:
    assert ["12345678to publish"] == [plain(each) for each in hanging([Piece("12345678")], "to publish", 20)]
    assert ["123456789", "  to publish"] == [plain(each) for each in hanging([Piece("123456789")], "to publish", 20)]


@given(TEXTS.filter(str.strip), st.text(alphabet="abc ", min_size=1).filter(str.strip), st.integers(20, 80))
def test_a_tail_stands_behind_or_below_and_never_parts_from_its_sign(text: str, tail: str, width: int) -> None:
    lines = with_tail(hanging([Piece("asks ")], text, width), "→", Piece(tail, "good"), width)
    drawn = [plain(each) for each in lines]
    assert all(cells(each) <= width or "://" in each for each in drawn)
    assert not any(each.endswith("→") for each in drawn)
    assert text_of(lines).endswith(letters(f"→{tail}"))


def test_a_line_keeps_its_styles_apart_from_its_words() -> None:
    assert "ab" == plain(line("a", Piece("b", "title"), "  "))
    assert ["ab   ", "   ab", "字   ", "abc"] == [
        padded("ab", 5), padded("ab", 5, right=True), padded("字", 5), padded("abc", 2),
    ]  # fmt: skip


@given(TEXTS, st.integers(1, 40))
@example("👨‍👩‍👧 e\u0301", 1)
def test_the_beginning_of_a_text_fits_and_is_as_long_as_can_be(text: str, width: int) -> None:
    text = harmless(text)
    start = beginning(text, width)
    assert text.startswith(start)
    assert cells(start) <= width
    assert start == text or cells(f"{start}{next(iter_graphemes(text[len(start) :]))}") > width
