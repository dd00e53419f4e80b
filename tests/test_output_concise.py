"""The concise format: one line for each problem, whatever its words are."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.cli.validate import FORMATS
from ogpcase.diagnostics import Diagnostic, Severity, Span, Spot, Verdict
from ogpcase.output.verdicts import concise, total
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

Command = Callable[..., CompletedProcess[str]]
LINE = re.compile(r"(.+?):(\d+):(\d+): (error|warning)\[(?P<code>OC\d+)\] (.*)")
UNSOUND = sorted(each for each in (Path(__file__).parent / "corpus" / "unsound").iterdir() if each.is_dir())


def diagnostic(message: str = "it is wrong", path: str = "cases/a.yaml") -> Diagnostic:
    spot = Spot(path, Span(3, 8, 3, 18), ("dated",), "", None)
    return Diagnostic("OC301", "some-name", Severity.ERROR, message, (spot,))


@pytest.mark.parametrize("folder", UNSOUND, ids=lambda folder: folder.name)
def test_each_problem_of_a_folder_has_its_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor reads back from it where the problem is, its severity, its code and its words."""
    monkeypatch.chdir(folder)
    verdict = judge(Workspace.open(None), (), date(2026, 11, 22))
    lines = concise(verdict).splitlines()
    assert folder.name.partition("-")[0] in {found["code"] for found in map(LINE.fullmatch, lines) if found}
    assert [
        (each.spots[0].path, str(each.spots[0].span.line), str(each.spots[0].span.column), each.severity, each.code,
         each.message)
        for each in verdict.diagnostics
    ] == [found.groups() for found in map(LINE.fullmatch, lines) if found]  # fmt: skip


def test_a_line_is_as_the_manual_shows_it() -> None:
    assert "cases/a.yaml:3:8: error[OC301] it is wrong\n" == concise(Verdict((diagnostic(),)))


def test_nothing_is_said_where_nothing_is_wrong() -> None:
    assert "" == concise(Verdict((), files=3, cases=1))


def test_a_long_line_is_never_wrapped() -> None:
    message = "a word " * 100
    assert 1 == concise(Verdict((diagnostic(message),))).count("\n")


def test_a_newline_in_a_name_makes_no_second_line() -> None:
    made = concise(Verdict((diagnostic("no\nline", "cases/a\r\n::error::b.yaml"),)))
    assert "cases/a\\u{000d}\\u{000a}::error::b.yaml:3:8: error[OC301] no\\u{000a}line\n" == made


def test_a_file_named_as_a_command_is_none() -> None:
    """The line does not begin as a command does."""
    assert concise(Verdict((diagnostic(path="::error::b.yaml"),))).startswith("\\u{003a}:error::b.yaml:3:8: ")


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict((), files=1, cases=1), "no problems in 1 case (1 file)"),
        (Verdict((diagnostic(), diagnostic()), files=4, cases=2), "2 errors in 2 cases (4 files)"),
    ],
)
def test_the_sum_counts_what_there_is(verdict: Verdict, expected: str) -> None:
    assert expected == total(verdict)


def test_the_command_prints_it_and_fails_for_errors_alone(ogpcase: Command, arcadia: Path) -> None:
    assert 0 == ogpcase("validate", "--format", "concise").returncode
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    letter.write_text(letter.read_text(encoding="utf-8").replace("addressees:", "adressees:"), encoding="utf-8")
    done = ogpcase("validate", "--format", "concise")
    expected = f"cases/{letter.relative_to(arcadia)}:6:1: error[OC202] `letter` has no field `adressees`"
    assert (1, "") == (done.returncode, done.stderr)
    assert [expected] == [line for line in done.stdout.splitlines() if "error[" in line]


@pytest.mark.parametrize("form", ["text", *FORMATS])
def test_every_format_says_what_is_wrong(ogpcase: Command, arcadia: Path, form: str) -> None:
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    letter.write_text(letter.read_text(encoding="utf-8").replace("addressees:", "adressees:"), encoding="utf-8")
    done = ogpcase("validate", "--format", form)
    assert (1, "") == (done.returncode, done.stderr)
    assert "`letter` has no field `adressees`" in done.stdout
    assert done.stdout.endswith("\n")
