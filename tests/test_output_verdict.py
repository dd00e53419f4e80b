"""Frames: the source line with the place marked under it, as the five samples of the manual show them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ogpcase.diagnostics import Diagnostic, Severity, Span, Spot, Verdict
from ogpcase.output.lines import ASCII, Page, cells, plain
from ogpcase.output.verdicts import WIDEST_EXCERPT, excerpt, frame, verdict_lines
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

UNSOUND = sorted(each for each in (Path(__file__).parent / "corpus" / "unsound").iterdir() if each.is_dir())


def spot(excerpt: str | None, span: Span, label: str = "", path: str = "cases/a.yaml") -> Spot:
    return Spot(path, span, (), label, excerpt)


def diagnostic(*spots: Spot, message: str = "it is wrong", code: str = "OC301") -> Diagnostic:
    return Diagnostic(code, "some-name", Severity.ERROR, message, spots)


def drawn(one: Diagnostic, page: Page | None = None) -> list[str]:
    return [plain(each) for each in frame(one, page or Page())]


def judged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    monkeypatch.chdir(folder)
    return judge(Workspace.open(None), (), date(2026, 11, 22))


def unsound(code: str) -> Path:
    return next(folder for folder in UNSOUND if folder.name.startswith(code))


def test_two_records_that_disagree_are_both_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = [each for each in judged(unsound("OC301"), monkeypatch).diagnostics if each.code == "OC301"]
    assert [
        "error[OC301]: this resolution is dated before the report it adopts",
        " --> cases/arcadia-2023/events/2023-06-03-resolution.yaml:3:8",
        "  |",
        "3 | dated: 2023-06-03",
        "  |        ^^^^^^^^^^ 226 days too early",
        "  |",
        " ::: cases/arcadia-2023/events/2024-01-15-report-review.yaml:3:8",
        "  |",
        "3 | dated: 2024-01-15",
        "  |        ---------- the report is dated here",
        "  |",
        "  = help: check the year: the file name and `dated` both say 2023",
    ] == drawn(found)


def test_notes_come_before_helps_and_hang_under_their_first_word_on_a_terminal() -> None:
    one = diagnostic(spot("a: b", Span(7, 1, 7, 2)))
    whole = one._replace(notes=("filers may be a member, a partner, or an entity",), helps=("name one", "or another"))
    assert [
        "  = note: filers may be a member, a",
        "          partner, or an entity",
        "  = help: name one",
        "  = help: or another",
    ] == drawn(whole, Page(40))[6:]
    assert "  = note: filers may be a member, a partner, or an entity" == drawn(whole)[6]


def test_a_frame_ends_with_its_last_label_where_nothing_more_is_said() -> None:
    assert ["  |", "3 | a: b", "  |    ^ this"] == drawn(diagnostic(spot("a: b", Span(3, 4, 3, 5), "this")))[2:]


def test_line_numbers_of_several_digits_share_a_margin() -> None:
    one = diagnostic(spot("a: b", Span(9, 4, 9, 5)), spot("c: d", Span(120, 4, 120, 5), "here"))
    assert [
        "error[OC301]: it is wrong",
        "   --> cases/a.yaml:9:4",
        "    |",
        "  9 | a: b",
        "    |    ^",
        "    |",
        "   ::: cases/a.yaml:120:4",
        "    |",
        "120 | c: d",
        "    |    - here",
    ] == drawn(one)


def test_a_place_that_may_not_be_quoted_has_no_line() -> None:
    """Only where it is, and what is said of it all the same."""
    one = diagnostic(spot(None, Span(3, 4, 3, 5), "a label"))._replace(helps=("do so",))
    assert ["error[OC301]: it is wrong", " --> cases/a.yaml:3:4", "  = help: do so"] == drawn(one)


def test_a_place_of_several_lines_is_marked_to_the_end_of_its_first() -> None:
    lines = drawn(diagnostic(spot("requests:  ", Span(3, 1, 7, 4), "these")))
    assert ["3 | requests:", "  | ^^^^^^^^^ these (to line 7)"] == lines[3:]


def test_a_place_that_ends_with_its_line_is_a_place_of_one_line() -> None:
    lines = drawn(diagnostic(spot("a: b", Span(3, 4, 4, 1), "this")))
    assert ["3 | a: b", "  |    ^ this"] == lines[3:]


def test_a_missing_field_is_marked_where_it_would_stand() -> None:
    """Also below the last line, where there is nothing to quote."""
    assert ["9 |", "  | ^ `title` is missing"] == drawn(diagnostic(spot("", Span(9, 1, 9, 1), "`title` is missing")))[
        3:
    ]


@pytest.mark.parametrize(
    ("line", "column", "shown", "blanks", "marked"),
    [
        ("\ta: b", 5, "    a: b", 7, 1),
        ("ab\tc: d", 3, "ab  c: d", 2, 2),
        ("标题: 通知", 5, "标题: 通知", 6, 2),
        ("e\u0301: x", 5, "e\u0301: x", 3, 1),
        ("a\u200bb: x", 6, "a\\u{200b}b: x", 12, 1),
        ("\u202eab", 1, "\\u{202e}ab", 0, 8),
        ("##[error]: x", 12, "##\\u{005b}error]: x", 18, 1),
    ],
)
def test_a_mark_stands_under_what_it_marks(line: str, column: int, shown: str, blanks: int, marked: int) -> None:
    """Tabs, wide, combining and invisible characters take other widths than one."""
    lines = drawn(diagnostic(spot(line, Span(3, column, 3, column + 1))))
    assert [f"3 | {shown}", f"  | {' ' * blanks}{'^' * marked}"] == lines[3:]


def test_a_long_line_is_cut_round_the_place() -> None:
    line = f"{'a ' * 200}HERE{' b' * 200}"
    _, _, _, quoted, marks = drawn(diagnostic(spot(line, Span(3, 401, 3, 405))))
    assert quoted.startswith("3 | … ")
    assert quoted.endswith(" …")
    assert len("3 | … ") + WIDEST_EXCERPT + len(" …") == len(quoted)
    assert "HERE" == quoted[marks.index("^") : marks.rindex("^") + 1]
    assert WIDEST_EXCERPT // 3 == marks.index("^") - len("3 | … ")


def test_a_line_is_cut_to_a_narrow_terminal() -> None:
    line = f"{'a ' * 40}HERE{' b' * 40}"
    _, _, _, quoted, marks = drawn(diagnostic(spot(line, Span(3, 81, 3, 85))), Page(60))
    assert len(quoted) <= 60
    assert "HERE" == quoted[marks.index("^") : marks.rindex("^") + 1]


def test_a_place_longer_than_a_line_is_marked_as_far_as_it_is_shown() -> None:
    _, _, _, quoted, marks = drawn(diagnostic(spot("x" * 500, Span(3, 101, 3, 400))))
    assert len(marks) == len(quoted.removesuffix(" …"))


def test_nothing_of_a_frame_commands_the_runner_of_a_job() -> None:
    """Wherever `##[` stands in a line, a runner would take what follows for a command."""
    text = "a ##[error]b"
    one = diagnostic(spot(text, Span(3, 1, 3, 2), text, text), spot(text, Span(4, 1, 4, 2), text), message=text)
    lines = drawn(one._replace(notes=(text,), helps=(text,)))
    assert [] == [line for line in lines if "##[" in line]
    assert 8 == sum("a ##\\u{005b}error]b" in line for line in lines)


LINES = st.text(st.sampled_from("ab :\t标é\u0301\u200b\u202e\x1b🙂#[") | st.characters(), max_size=300)


@given(LINES, st.integers(0, 320), st.integers(0, 40), st.integers(30, 120), st.sampled_from(["…", "..."]))
def test_the_marked_columns_hold_what_is_marked(line: str, start: int, length: int, widest: int, dots: str) -> None:
    """Whatever the characters and wherever the line is cut."""
    start = min(start, len(line))
    part = excerpt(line, start, start + length, widest, dots)
    whole = excerpt(line, start, start + length, 10**6)
    text_at = columns(part.text)
    assert cells(part.text) <= widest + 2 * (len(dots) + 1)
    assert 0 <= part.before <= part.before + part.marked <= max(cells(part.text), part.before + 1)
    expected = columns(whole.text)[whole.before : whole.before + part.marked]
    assert expected == text_at[part.before : part.before + part.marked][: len(expected)]


def columns(text: str) -> list[str]:
    """Returns what stands in each column: a wide character in two, a combining one in none."""
    return [character for character in text for _ in range(cells(character))]


def many(count: int, message: str = "it is wrong") -> list[Diagnostic]:
    return [
        diagnostic(spot("a: b", Span(number, 4, number, 5), path=f"cases/{number}.yaml"), message=message)
        for number in range(1, count + 1)
    ]


def test_many_of_the_same_are_one_frame_and_the_places_of_the_others() -> None:
    other = diagnostic(spot("a: b", Span(3, 4, 3, 5)), message="something else")
    same = many(5)
    lines = [plain(each) for each in verdict_lines(Verdict((same[0], other, *same[1:]), 5, 1), Page())]
    assert [
        "error[OC301]: it is wrong",
        " --> cases/1.yaml:1:4",
        "  |",
        "1 | a: b",
        "  |    ^",
        "… and 4 more like it: cases/2.yaml:2:4, cases/3.yaml:3:4, cases/4.yaml:4:4, cases/5.yaml:5:4",
        "",
        "error[OC301]: something else",
    ] == lines[:8]
    assert 2 == sum(line.startswith("error[") for line in lines)
    assert lines[-1].startswith("6 errors in 1 case (5 files).")


def test_three_of_the_same_are_three_frames() -> None:
    lines = [plain(each) for each in verdict_lines(Verdict(tuple(many(3))), Page())]
    assert 3 == lines.count("error[OC301]: it is wrong")
    assert [] == [line for line in lines if "more like it" in line]


def test_the_same_message_of_another_code_is_not_the_same() -> None:
    several = (*many(2), *(each._replace(code="OC302") for each in many(2)))
    assert 4 == sum("[OC30" in plain(each) for each in verdict_lines(Verdict(several), Page()))


def test_a_terminal_without_the_sign_gets_three_dots() -> None:
    page = Page(None, ASCII)
    lines = [plain(each) for each in verdict_lines(Verdict(tuple(many(4))), page)]
    assert 1 == sum(line.startswith("... and 3 more like it: ") for line in lines)
    assert "... " in drawn(diagnostic(spot("x" * 500, Span(3, 401, 3, 404))), page)[3]


@pytest.mark.parametrize("folder", UNSOUND, ids=lambda folder: folder.name)
def test_every_unsound_folder_is_drawn_with_its_marks_in_its_lines(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A headline for each diagnostic, and under each line quoted a mark that begins within it or at its end."""
    verdict = judged(folder, monkeypatch)
    assert verdict.diagnostics
    for each in verdict.diagnostics:
        lines = drawn(each)
        assert f"{each.severity}[{each.code}]: " in lines[0]
        quoted = [number for number, line in enumerate(lines) if line[:1].isdigit() or line.lstrip()[:1].isdigit()]
        assert sum(one.excerpt is not None for one in each.spots) == len(quoted)
        for number in quoted:
            bar = lines[number].index("|") + 1
            mark = lines[number + 1][bar:]
            assert {"^"} == set(mark.strip()[:1]) or {"-"} == set(mark.strip()[:1])
            assert len(mark) - len(mark.lstrip()) <= cells(lines[number][bar:]) + 1
