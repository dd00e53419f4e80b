"""SARIF: valid by the standard's own schema, with places, rules and fingerprints that outlive moved lines."""

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
from ogpcase.output.ci import SCHEMA, sarif
from ogpcase.workspace.catalogue import RULES
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

Run = Callable[..., CompletedProcess[str]]
HERE = Path(__file__).parent
UNSOUND = sorted(each for each in (HERE / "corpus" / "unsound").iterdir() if each.is_dir())
STANDARD = json.loads((HERE / "data" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft4Validator(STANDARD, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)
REPORT_CODE = "OC301"


def run_of(verdict: Verdict) -> dict[str, Any]:
    """Returns the one run of the log, which the standard's schema accepts."""
    log = json.loads(sarif(verdict))
    assert [] == [(list(error.path), error.message) for error in VALIDATOR.iter_errors(log)]
    assert (SCHEMA, "2.1.0", 1) == (log["$schema"], log["version"], len(log["runs"]))
    run: dict[str, Any] = log["runs"][0]
    return run


def judged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    monkeypatch.chdir(folder)
    return judge(Workspace.open(None), (), date(2026, 11, 22))


def unsound(code: str) -> Path:
    return next(folder for folder in UNSOUND if folder.name.startswith(code))


def diagnostic(path: str = "cases/a.yaml", route: tuple[str | int, ...] = ("dated",), line: int = 3) -> Diagnostic:
    spot = Spot(path, Span(line, 8, line, 18), route, "", "dated: 2018-12-12")
    return Diagnostic(REPORT_CODE, "report-after-resolution", Severity.ERROR, "it is wrong", (spot,))


def fingerprints(verdict: Verdict) -> list[str]:
    return [result["partialFingerprints"]["ogpcase/v1"] for result in run_of(verdict)["results"]]


def test_the_schema_is_the_standard_s() -> None:
    assert STANDARD["id"] == SCHEMA


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(sarif(Verdict((diagnostic(),))))
    del log["runs"][0]["results"][0]["message"]
    assert not VALIDATOR.is_valid(log)


@pytest.mark.parametrize("folder", UNSOUND, ids=lambda folder: folder.name)
def test_every_unsound_folder_gives_a_valid_log(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result for each diagnostic, each with its rule, which has a page in words and in Markdown."""
    verdict = judged(folder, monkeypatch)
    run = run_of(verdict)
    rules = run["tool"]["driver"]["rules"]
    assert [each.code for each in verdict.diagnostics] == [rules[each["ruleIndex"]]["id"] for each in run["results"]]
    assert [each.code for each in verdict.diagnostics] == [each["ruleId"] for each in run["results"]]
    assert [] == [rule["id"] for rule in rules if "## Why it matters" not in rule["help"]["markdown"]]
    assert [] == [rule["id"] for rule in rules if "\n" in rule["shortDescription"]["text"]]


def test_the_rule_of_every_check_is_valid() -> None:
    """Also of those that no folder of the corpus breaks."""
    spot = diagnostic().spots
    every = tuple(Diagnostic(each.rule.code, each.rule.name, each.rule.severity, "m", spot) for each in RULES)
    rules = run_of(Verdict(every))["tool"]["driver"]["rules"]
    named = [(each.rule.code, each.rule.name, str(each.rule.severity)) for each in RULES]
    assert named == [(rule["id"], rule["name"], rule["defaultConfiguration"]["level"]) for rule in rules]
    assert set() == {rule["id"] for rule in rules if len(rule["help"]["markdown"].split("\n## ")) != 5}


def test_both_places_are_there_in_code_points(monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(judged(unsound("OC301"), monkeypatch))
    (result,) = [each for each in run["results"] if each["ruleId"] == "OC301"]
    (location,) = result["locations"]
    (related,) = result["relatedLocations"]
    events = "cases/arcadia-2023/events"
    physical = location["physicalLocation"]
    assert "unicodeCodePoints" == run["columnKind"]
    assert {"uri": f"{events}/2023-06-03-resolution.yaml", "uriBaseId": "%SRCROOT%"} == physical["artifactLocation"]
    assert {"startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 18} == physical["region"]
    assert f"{events}/2024-01-15-report-review.yaml" == related["physicalLocation"]["artifactLocation"]["uri"]
    assert "the report is dated here" == related["message"]["text"]
    assert result["message"]["text"].startswith("this resolution is dated before the report it adopts\nhelp: ")


def test_a_sound_folder_is_a_run_without_results() -> None:
    run = run_of(Verdict((), 3, 1))
    assert ([], []) == (run["results"], run["tool"]["driver"]["rules"])


def test_a_fingerprint_outlives_moved_lines_and_items() -> None:
    """It changes with the code, the file and the field, and with nothing else."""
    before = Verdict((diagnostic(route=("requests", 0, "due")),))
    moved = Verdict((diagnostic(route=("requests", 1, "due"), line=30),))
    elsewhere = Verdict((diagnostic(route=("requests", 0, "text")),))
    assert fingerprints(before) == fingerprints(moved)
    assert fingerprints(before) != fingerprints(elsewhere)


def test_no_two_results_share_a_fingerprint() -> None:
    prints = fingerprints(Verdict((diagnostic(), diagnostic(line=9), diagnostic(line=12))))
    assert 3 == len(set(prints))
    assert prints[:2] == fingerprints(Verdict((diagnostic(), diagnostic(line=9))))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("cases/a b#c?.yaml", {"uri": "cases/a%20b%23c%3F.yaml", "uriBaseId": "%SRCROOT%"}),
        ("cases/ñ.yaml", {"uri": "cases/%C3%B1.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/elsewhere/cases/a.yaml", {"uri": "file:///elsewhere/cases/a.yaml"}),
    ],
)
def test_a_path_is_a_uri(path: str, expected: dict[str, str]) -> None:
    (result,) = run_of(Verdict((diagnostic(path),)))["results"]
    assert expected == result["locations"][0]["physicalLocation"]["artifactLocation"]


def test_record_text_makes_no_link_and_no_placeholder() -> None:
    """As the standard has it: a brace is written twice, and `[…](…)` would be a link."""
    one = diagnostic()._replace(message="see [this](https://example.org) or {0}")
    (result,) = run_of(Verdict((one,)))["results"]
    assert "see [this] (https://example.org) or {{0}}" == result["message"]["text"]


def test_a_log_printed_in_a_job_commands_nothing() -> None:
    one = diagnostic()._replace(message="##[error]x")
    assert "##[" not in sarif(Verdict((one,)))
    assert "##[error]x" == run_of(Verdict((one,)))["results"][0]["message"]["text"]


def test_the_command_prints_it(ogpcase: Run, arcadia: Path) -> None:
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    letter.write_text(letter.read_text(encoding="utf-8").replace("addressees:", "adressees:"), encoding="utf-8")
    done = ogpcase("validate", "--format", "sarif")
    assert (1, "") == (done.returncode, done.stderr)
    assert [] == list(VALIDATOR.iter_errors(json.loads(done.stdout)))
