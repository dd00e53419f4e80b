"""What every text view keeps: it needs no more lines than it may, and it prints words, never bare codes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.outward.running import read_once

from ogpcase.cli.verbs import GROUPS
from ogpcase.model.as_of import Reader
from ogpcase.model.codelists import CODELISTS
from ogpcase.model.table_codes import TABLE_CODES, table_names
from ogpcase.output.lines import Page, cells, plain
from ogpcase.output.words import GLUE
from ogpcase.reports.doubts.doubt import About
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.text import SCREEN, status_lines
from ogpcase.workspace.opening import Workspace

Run = Callable[..., CompletedProcess[str]]
HERE = Path(__file__).parent
FOLDERS = (
    HERE.parent / "cases",
    HERE / "folders" / "arcadia" / "cases",
    *(HERE / "corpus" / "sound" / name / "cases" for name in ("arcadia", "arcadia-answered", "invented")),
)
DAYS = [date(2026, 11, 22), date(2023, 6, 1), date(2018, 10, 1), date(2012, 1, 1)]
MOST = {
    "status mexico-2018": 24 - 1,
    "list": 11,
    "requests mexico-2018": 62,
    "findings mexico-2018": 49,
    "doubts mexico-2018": 48,
    "stats mexico-2018": 44,
    "due": 4,
    "sources mexico-2018": 41,
    "timeline mexico-2018": 66,
    "show mexico-2018": 24,
    "show mexico-2018/2018-07-16-concern#illegal-surveillance": 32,
    "search pegasus": 20,
    "parties mexico-2018": 38,
}
"""The most lines of each view on a terminal of 80 columns, the day at its top included."""


def test_every_verb_that_shows_a_case_has_its_number() -> None:
    assert set(GROUPS["Read"]) - {"open", "policy"} == {view.partition(" ")[0] for view in MOST}


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("view", MOST)
def test_no_view_of_mexico_needs_more_than_its_lines(terminal: Callable[..., object], view: str) -> None:
    child = terminal(*view.split(" "), "--as-of", "2026-11-22")
    printed = child.read()  # type: ignore[attr-defined]
    lines = printed.splitlines()
    assert (True, []) == (
        len(lines) <= MOST[view],
        [each for each in lines if cells(each) > 80 and " " in each.strip()],
    )


QUESTIONS = re.findall(
    r"^\| [^|]+\? \| `ogpcase ([^`]+)` \| `([^`]+)` \|$",
    (HERE.parent / "docs" / "reading-a-case.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
"""The commands that answer a reviewer's questions, each with words of the answer."""


def test_there_are_ten_questions() -> None:
    assert 10 == len(QUESTIONS)


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize(("command", "answer"), QUESTIONS)
def test_each_question_is_answered_on_the_first_screen(
    terminal: Callable[..., object], command: str, answer: str
) -> None:
    day = () if "--as-of" in command else ("--as-of", "2026-11-22")
    lines = terminal(*command.split(" "), *day).read().splitlines()  # type: ignore[attr-defined]
    assert answer in " ".join(" ".join(lines[: 24 - 1]).split())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}")
def test_a_status_is_one_screen_for_any_case_on_any_day(folder: Path) -> None:
    workspace = Workspace.open(folder)
    for case in (workspace.case(name).casefile for name in workspace.case_ids()):
        for reader in (Reader(day, known_by=known) for day in DAYS for known in (None, day)):
            status = status_of(case, reader)
            for width in (80, 120, 160):
                lines = [plain(each) for each in status_lines(status, Page(width))]
                assert len(lines) <= SCREEN, (case.id, reader, lines)


def test_what_a_status_leaves_out_is_counted_and_stands_in_the_whole(ogpcase: Run, mexico: Path) -> None:
    """A pipe leaves out nothing."""
    case = Workspace.open(mexico).case("mexico-2018").casefile
    folded, piped = (
        [plain(each) for each in status_lines(status_of(case, Reader(DAYS[0])), Page(width))] for width in (80, None)
    )
    (left_out,) = (int(found[1]) for each in folded if (found := re.search(r"and (\d+) more; --all", each)))
    parties = [each for each in piped if re.search(r"\d (silent|unanswered)", each)]
    assert len(parties) - left_out == sum(bool(re.search(r"\d (silent|unanswered)", each)) for each in folded)
    assert [] == [each for each in piped if "--all" in each]
    whole = ogpcase("status", "mexico-2018", "--all").stdout
    assert all(re.split(r"\s{2,}", each)[-1] in whole for each in parties)


_CODES = {
    *(str(code) for codes in CODELISTS for code in codes),
    *(code for codes in TABLE_CODES for code in codes.codes()),
    *map(str, About),
    "not_read", "due_passed", "possibly_late", "on_time", "no_limit", "answered_as_a_whole", "no_finding",
}  # fmt: skip
"""Every code that a record, a table or a row may hold."""
_TELLING = sorted((code for code in _CODES if "_" in code), key=len, reverse=True)
"""The codes that are no English words; the others cannot be told from words."""
_BARE = re.compile(rf"(?<![\w`/#.:-])(?:{'|'.join(map(re.escape, _TELLING))})(?![\w`/#-])")
_LETTER = re.compile(r"\b(?:evidence|known|row)[: ]+(?:[PSOU]|T[0-9]+)\b|\(T[0-9]+")


def bare(text: str) -> list[str]:
    """Returns the lines with a bare code, without addresses; in backticks it is what somebody is to type."""
    lines = (re.sub(r"\S*://\S*", "", line) for line in text.splitlines())
    return [line for line in lines if _BARE.search(line) or _LETTER.search(line)]


def views(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yields every text view of a folder, in short and in full."""
    cases = sorted(header.parent.name for header in folder.glob("*/case.yaml"))
    yield from [("list",), ("list", "--full"), ("stats",), ("due", "--duties"), ("parties",), ("doubts",)]
    yield from [(each, "--full") for each in ("parties", "doubts", "sources")]
    yield from [("requests", "--duties"), ("requests", "--duties", "--full"), ("sources",)]
    yield ("search", "a")
    for case in cases:
        yield ("show", case)
        yield from [("status", case), ("status", case, "--duties"), ("status", case, "--all"), ("stats", case)]
        yield from [("findings", case), ("findings", case, "--full"), ("timeline", case), ("doubts", case)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}")
@pytest.mark.parametrize("day", ["2026-11-22", "2018-10-01"])
def test_no_bare_code_is_printed_in_text(ogpcase: Run, folder: Path, day: str) -> None:
    with read_once():
        for view in views(folder):
            done = ogpcase(*view, "--root", folder, "--as-of", day)
            assert (0, []) == (done.returncode, bare(done.stdout)), view
            assert GLUE not in done.stdout, view  # only a sign for where not to break a line


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}")
def test_no_bare_code_is_printed_of_an_event(ogpcase: Run, folder: Path) -> None:
    with read_once():
        for file in sorted(folder.glob("*/events/*.yaml")):
            done = ogpcase("show", f"{file.parts[-3]}/{file.stem}", "--root", folder, "--as-of", "2026-11-22")
            assert (0, []) == (done.returncode, bare(done.stdout)), file.stem
            assert GLUE not in done.stdout, file.stem


@pytest.mark.parametrize("procedure", [table.name for table in table_names()])
def test_no_bare_code_is_printed_of_a_procedure(ogpcase: Run, procedure: str) -> None:
    assert [] == bare(ogpcase("policy", procedure).stdout)


@pytest.mark.usefixtures("arcadia")
def test_no_bare_code_is_printed_of_a_fact_without_a_source_or_with_two(arcadia: Path, ogpcase: Run) -> None:
    report = arcadia / "arcadia-2023" / "events" / "2024-01-15-report-review.yaml"
    text = report.read_text()
    assert "conclusion: addressed_domestically" in text
    source = re.search(r"sources: \[?([a-z0-9-]+)", text) or re.search(r"- id: ([a-z0-9-]+)", text)
    assert source
    report.write_text(f"{text}also_stated:\n  - {{field: conclusion, value: founded, source: {source[1]}}}\n")
    done = ogpcase("doubts", "arcadia-2023", "--full")
    assert "        Addressed domestically: " in done.stdout
    assert "        Founded: " in done.stdout
    assert [] == bare(done.stdout)
    assert '"value": "addressed_domestically"' in ogpcase("doubts", "arcadia-2023", "--json").stdout


def test_the_walk_finds_codes_and_no_ids() -> None:
    assert ["moves to: under_review", "known: P", "The filers file (T1-T2)"] == bare(
        "moves to: under_review\nknown: P\nThe filers file (T1-T2)\n`under_review`\nhttps://x.org/under_review\n"
        "2018-07-16-concern#under_review\nUnder review\n"
    )
