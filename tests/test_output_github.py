"""The format of GitHub Actions: plain lines, annotations, the summary of the step, and no command but ours.

`obeyed` does what the runner does with a line: it obeys `::name …::` at its start and `##[name …]` anywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

from ogpcase.diagnostics import Diagnostic, Severity, Span, Spot, Verdict
from ogpcase.output.ci import LARGEST, annotated, annotation, github, github_summary

Run = Callable[..., CompletedProcess[str]]
LETTER = "cases/arcadia-2023/events/2023-02-01-letter-ask.yaml"


@dataclass(frozen=True)
class Obeyed:
    """A command that a runner found in a line."""

    name: str
    properties: dict[str, str]
    text: str


def obeyed(line: str) -> Obeyed | None:
    """Returns the command that a runner would obey, decoded as it decodes: `%25` comes last."""
    found = re.match(r"\s*::(?P<name>[^ :]+)(?: (?P<properties>.*?))?::(?P<text>.*)$", line, re.DOTALL)
    if found is None:
        found = re.search(r"##\[(?P<name>[^ \]]+)(?: (?P<properties>[^\]]*))?\](?P<text>.*)$", line, re.DOTALL)
        if found is None:
            return None
    pairs = [each.partition("=") for each in (found["properties"] or "").split(",") if each]
    return Obeyed(found["name"], {name: decoded(value, ":,") for name, _, value in pairs}, decoded(found["text"], ""))


def decoded(text: str, also: str) -> str:
    for sign in f"\r\n{also}%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def diagnostic(
    path: str = "cases/a.yaml", severity: Severity = Severity.ERROR, message: str = "it is wrong"
) -> Diagnostic:
    spot = Spot(path, Span(3, 8, 3, 18), ("dated",), "", None)
    return Diagnostic("OC301", "some-name", severity, message, (spot,))


def test_the_runner_of_these_tests_obeys_what_it_should() -> None:
    assert Obeyed("error", {"file": "a,b", "line": "1"}, "50%\nc") == obeyed("  ::error file=a%2Cb,line=1::50%25%0Ac")
    assert Obeyed("add-mask", {}, "x") == obeyed("words ##[add-mask]x")
    assert obeyed("words ::error::x") is None


def test_an_annotation_has_the_place_and_all_that_is_said() -> None:
    first = Spot("cases/a.yaml", Span(3, 8, 3, 18), ("dated",), "141 days too early", "dated: 2018-12-12")
    other = Spot("cases/b.yaml", Span(4, 1, 4, 5), ("dated",), "the report is dated here", None)
    whole = Diagnostic("OC301", "n", Severity.ERROR, "it is 100% wrong", (first, other), ("a note",), ("do, then: so",))
    found = obeyed(annotation(whole))
    assert found is not None
    assert "error" == found.name
    assert {"file": "cases/a.yaml", "line": "3", "col": "8", "endColumn": "18", "title": "OC301"} == found.properties
    assert [
        "it is 100% wrong", "141 days too early", "cases/b.yaml:4:1: the report is dated here", "note: a note",
        "help: do, then: so",
    ] == found.text.split("\n")  # fmt: skip


def test_a_place_of_several_lines_has_no_end_column() -> None:
    """GitHub takes columns of one line only."""
    one = diagnostic()
    several = one._replace(spots=(one.spots[0]._replace(span=Span(3, 8, 5, 2)),))
    assert "::error file=cases/a.yaml,line=3,col=8,endLine=5,title=OC301::it is wrong" == annotation(several)


def test_an_annotation_has_the_form_of_the_manual() -> None:
    line = annotation(diagnostic(severity=Severity.WARNING))
    assert "::warning file=cases/a.yaml,line=3,col=8,endColumn=18,title=OC301::it is wrong" == line


def test_signs_that_part_properties_are_encoded_in_a_path() -> None:
    line = annotation(diagnostic("cases/a,line=9::b%2C.yaml"))
    assert line.startswith("::error file=cases/a%2Cline=9%3A%3Ab%252C.yaml,line=3,")


def test_ten_errors_and_ten_warnings_are_annotated_and_the_rest_are_in_the_summary() -> None:
    errors = tuple(diagnostic(f"cases/e{number:02}.yaml") for number in range(12))
    warnings = tuple(diagnostic(f"cases/w{number:02}.yaml", Severity.WARNING) for number in range(11))
    verdict = Verdict((*warnings, *errors), files=30, cases=2)
    *lines, last = github(verdict).splitlines()
    commands = [found for found in map(obeyed, lines) if found is not None]
    assert [*["error"] * 10, *["warning"] * 10] == [each.name for each in commands]
    assert 23 == sum(line.startswith("cases/") for line in lines)
    expected = (
        "12 errors, 11 warnings in 2 cases (30 files); 3 not annotated, since GitHub shows 10 errors and 10 warnings"
    )
    assert expected == last
    rows = [line for line in github_summary(verdict).splitlines() if line.startswith("| cases")]
    assert ["e10", "e11", "w10"] == [re.findall(r"[ew]\d\d", row)[0] for row in rows]


def test_changed_files_come_first() -> None:
    """By their primary place or another: then errors before warnings, as they were judged."""
    first = [diagnostic(f"cases/e{number:02}.yaml") for number in range(12)]
    late = diagnostic("cases/late.yaml")
    warned = diagnostic("cases/warned.yaml", Severity.WARNING)
    both = late._replace(spots=(late.spots[0]._replace(path="cases/other.yaml"), late.spots[0]))
    shown, rest = annotated(Verdict((*first, warned, late, both)), {"cases/late.yaml", "cases/warned.yaml"})
    assert [late, both, warned, *first[:8]] == list(shown)
    assert first[8:] == list(rest)


def test_record_text_in_the_summary_is_text() -> None:
    hostile = "a | b\n# c <img src=x> [link](https://example.org) @somebody `d` **e**"
    many = tuple(diagnostic(message=hostile) for _ in range(11))
    (row,) = [line for line in github_summary(Verdict(many)).splitlines() if line.startswith("| cases")]
    assert 4 == row.count("|")
    assert not [acting for acting in ("<img", "](", " `", " *", "@s", "# c") if acting in row.replace(r"\#", "")]


def test_a_summary_stays_within_what_github_takes() -> None:
    many = tuple(diagnostic(message=f"{number} {'é|' * 2000}") for number in range(200))
    made = github_summary(Verdict(many))
    rows = sum(line.startswith("| cases") for line in made.splitlines())
    assert len(made.encode()) < LARGEST + 1000
    assert f"… and {190 - rows} more" in made


COMMANDS = (
    "::error::x",
    "::stop-commands::x",
    "##[error]x",
    "a ##[add-mask]x",
    "%0A::error::x",
    "\n::error::x",
    "\r::e::",
)


@pytest.mark.parametrize("text", COMMANDS)
def test_a_record_cannot_command_the_runner(text: str) -> None:
    """Neither through a message, nor a label, nor a path: only our annotation is obeyed, with the text as text."""
    one = diagnostic(path=text, message=text)
    spots = (one.spots[0]._replace(label=text), one.spots[0]._replace(label=text))
    lines = re.split(r"[\r\n]+", github(Verdict((one._replace(spots=spots, notes=(text,), helps=(text,)),))))
    (found,) = [each for each in map(obeyed, lines) if each is not None]
    assert ("error", "OC301") == (found.name, found.properties["title"])
    assert found.text.count("\n") == 4
    assert "##[" not in found.text


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ogpcase: Run) -> Run:
    """The command in a job of GitHub Actions, whose step summary is `summary.md`."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    return ogpcase


def slip(cases: Path) -> None:
    letter = cases.parent / LETTER
    letter.write_text(letter.read_text(encoding="utf-8").replace("addressees:", "adressees:"), encoding="utf-8")


def test_a_job_gets_annotations_by_itself(job: Run, arcadia: Path, tmp_path: Path) -> None:
    slip(arcadia)
    (tmp_path / "summary.md").write_text("from another command\n", encoding="utf-8")
    done = job("validate")
    assert (1, "") == (done.returncode, done.stderr)
    lines = done.stdout.splitlines()
    assert f"{LETTER}:6:1: error[OC202] `letter` has no field `adressees`" in lines
    (found,) = [each for each in map(obeyed, lines) if each is not None and each.name == "error"]
    assert (LETTER, "6", "1") == tuple(found.properties[name] for name in ("file", "line", "col"))
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert f"from another command\n### Case folder\n\n{lines[-1]}\n\n" == summary  # no table: all is annotated


def test_a_job_in_a_folder_of_the_repository_names_files_from_its_top(
    job: Run, arcadia: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    slip(arcadia)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    assert f"::error file={tmp_path.name}/{LETTER},line=6," in job("validate").stdout


@pytest.mark.usefixtures("arcadia")
def test_a_job_that_asks_for_another_format_gets_it_and_no_summary(job: Run, tmp_path: Path) -> None:
    text, json = job("validate", "--format", "text").stdout, job("validate", "--json").stdout
    assert [] == [line for line in text.splitlines() if line.startswith(("::", "cases/"))]
    assert json.startswith("{")
    assert not (tmp_path / "summary.md").exists()


@pytest.mark.usefixtures("arcadia")
def test_a_summary_that_cannot_be_written_changes_no_verdict(
    job: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path))
    done = job("validate")
    assert (0, True) == (done.returncode, done.stdout.endswith(" files)\n"))
    assert "the step's summary could not be written; the lines above are complete\n" == done.stderr


@pytest.mark.usefixtures("arcadia")
def test_a_person_at_a_terminal_gets_frames_even_there(terminal: Callable[..., pexpect.spawn[str]]) -> None:
    slip(Path("cases"))
    child = terminal("validate", env={"GITHUB_ACTIONS": "true"})
    child.expect(pexpect.EOF)
    assert child.before is not None
    assert " --> cases/arcadia-2023" in child.before
    assert "::error" not in child.before
