"""Code Quality: what GitLab reads, with paths in the repository and fingerprints that outlive moved lines."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import jsonschema
import pytest

from ogpcase.diagnostics import Diagnostic, Severity, Span, Spot, Verdict
from ogpcase.output.ci import gitlab
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

Run = Callable[..., CompletedProcess[str]]
HERE = Path(__file__).parent
UNSOUND = sorted(each for each in (HERE / "corpus" / "unsound").iterdir() if each.is_dir())
LETTER = "cases/arcadia-2023/events/2023-02-01-letter-ask.yaml"

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": r"^OC\d{3}$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {"type": "object", "required": ["begin"],
                              "properties": {"begin": {"type": "integer", "minimum": 1}}},
                },
            },
        },
    },
}  # fmt: skip
"""The keys that GitLab's documentation asks for, with its words for severities, held more strictly than GitLab does.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format; GitLab's own schema
(`app/validators/json_schemas/codeclimate.json`) requires all but `check_name`, and drops what follows a bad entry.
"""


def problems_of(report: Any) -> list[str]:
    """What GitLab would refuse in a report, and fingerprints that are there twice: it shows one of several alike."""
    wrong = [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(report)]
    prints = [entry["fingerprint"] for entry in report]
    return [*wrong, *(each for each in prints if prints.count(each) > 1)]


def diagnostic(
    message: str = "it is wrong", route: tuple[str | int, ...] = ("dated",), line: int = 3, path: str = LETTER
) -> Diagnostic:
    spot = Spot(path, Span(line, 8, line, 18), route, "", "dated: 2018-12-12")
    return Diagnostic("OC301", "report-after-resolution", Severity.ERROR, message, (spot,), (), ("look again",))


def entries(*diagnostics: Diagnostic) -> list[dict[str, Any]]:
    report: list[dict[str, Any]] = json.loads(gitlab(Verdict(diagnostics)))
    assert [] == problems_of(report)
    return report


@pytest.mark.parametrize("folder", UNSOUND, ids=lambda folder: folder.name)
def test_every_unsound_folder_gives_a_report(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    verdict = judge(Workspace.open(None), (), date(2026, 11, 22))
    report = entries(*verdict.diagnostics)
    assert [each.code for each in verdict.diagnostics] == [entry["check_name"] for entry in report]


def test_an_entry_says_what_where_and_how_bad() -> None:
    mild = diagnostic()._replace(severity=Severity.WARNING)
    entry, warning = entries(diagnostic(), mild)
    assert "it is wrong\nhelp: look again" == entry["description"]
    assert {"path": LETTER, "lines": {"begin": 3, "end": 3}} == entry["location"]
    assert ("major", "minor") == (entry["severity"], warning["severity"])


def test_without_problems_the_list_is_empty() -> None:
    assert "[]\n" == gitlab(Verdict((), files=3, cases=1))


def test_a_fingerprint_outlives_moved_lines_and_reordered_items() -> None:
    (before,) = entries(diagnostic(route=("requests", 0, "due"), line=9))
    (after,) = entries(diagnostic(route=("requests", 2, "due"), line=40))
    assert before["fingerprint"] == after["fingerprint"]


def test_the_command_prints_it_with_paths_in_the_repository(ogpcase: Run, arcadia: Path) -> None:
    """Wherever it is run, and with the same fingerprints after lines were put above."""
    letter = arcadia.parent / LETTER
    text = letter.read_text(encoding="utf-8").replace("addressees:", "adressees:")
    letter.write_text(text, encoding="utf-8")
    (arcadia.parent / ".git").mkdir()
    (arcadia.parent / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    first = ogpcase("validate", "--format", "gitlab")
    assert (1, "") == (first.returncode, first.stderr)
    letter.write_text(f"# one\n# two\n{text}", encoding="utf-8")
    second = json.loads(ogpcase("validate", "--format", "gitlab").stdout)
    report = json.loads(first.stdout)
    assert [] == problems_of(report)
    ((line, path),) = {(each["location"]["lines"]["begin"], each["location"]["path"]) for each in report
                       if each["severity"] == "major"}  # fmt: skip
    assert LETTER == path
    assert {line + 2} == {each["location"]["lines"]["begin"] for each in second if each["severity"] == "major"}
    assert {each["fingerprint"] for each in report} == {each["fingerprint"] for each in second}
