"""The corpus: each folder under `unsound` has one fault, which is named alone and at its place; `sound` has no error.

Each folder under `unpublishable` is sound, and `publish` names one thing that keeps a copy from being made of it, or
that should be looked at before.

A folder is whole and readable by itself. Its `expected.txt` has a line for each diagnostic,
`CODE path:line:column-end_line:end_column message`, and its `expected.json` the rows that `ogpcase validate --json`
prints for it. A new one starts as a copy of `sound/arcadia-answered`; `make bless` writes what is expected.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.blessing import hold

from ogpcase.diagnostics import Diagnostic, Severity, Verdict
from ogpcase.errors import NotPublished
from ogpcase.output.problems import verdict_json
from ogpcase.workspace.catalogue import RULES
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing.making import make_copy

TESTS = Path(__file__).parent
CORPUS = TESTS / "corpus"
PAGES = TESTS.parent / "docs" / "checks"
SOUND = sorted(each for each in (CORPUS / "sound").iterdir() if each.is_dir())
UNSOUND = sorted(each for each in (CORPUS / "unsound").iterdir() if each.is_dir())
UNPUBLISHABLE = sorted(each for each in (CORPUS / "unpublishable").iterdir() if each.is_dir())
TODAY = date(2026, 11, 22)
NO_FOLDER = {
    "OC114": "a file of more than 256 KiB",
    "OC116": "a file of more than 20,000 nodes",
    "OC223": "git keeps no permissions that would hide a file",
    "OC225": "two such names cannot be checked out side by side everywhere",
    "OC227": "a repository inside this one could run programs",
    "OC228": "it stands for more than fifty others",
    "OC229": "git leaves out what begins with `.ogpcase-`",
    "OC618": "it would be a fault of the program",
}
"""Codes whose fault cannot be kept in git, or not well; they are tested where they are found."""


def judged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    monkeypatch.chdir(folder)
    return judge(Workspace.open(None), (), TODAY)


def judged_for_publishing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Verdict:
    monkeypatch.chdir(folder)
    workspace = Workspace.open(None)
    try:
        found = make_copy(workspace, TODAY).warnings
    except NotPublished as refused:
        found = refused.reasons
    return Verdict(found)


def line(diagnostic: Diagnostic) -> str:
    spot = diagnostic.spots[0]
    start, end = f"{spot.span.line}:{spot.span.column}", f"{spot.span.end_line}:{spot.span.end_column}"
    return f"{diagnostic.code} {spot.path}:{start}-{end} {diagnostic.message}"


def rows(verdict: Verdict) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(verdict_json(verdict, TODAY))["rows"]
    return found


def as_text(verdict: Verdict) -> str:
    return "".join(f"{line(each)}\n" for each in verdict.diagnostics)


def hold_verdict(verdict: Verdict, folder: Path) -> None:
    """Holds a verdict to what the folder expects, as text and as JSON."""
    hold(folder / "expected.txt", as_text(verdict))
    hold(folder / "expected.json", json.dumps(rows(verdict), indent=2, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("folder", SOUND, ids=lambda folder: folder.name)
def test_a_sound_folder_has_no_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And no warning but that nobody is recorded as having told those whom the policy would have told."""
    verdict = judged(folder, monkeypatch)
    assert {("OC407", Severity.WARNING)} >= {(each.code, each.severity) for each in verdict.diagnostics}
    hold_verdict(verdict, folder)


@pytest.mark.parametrize("folder", UNSOUND, ids=lambda folder: folder.name)
def test_an_unsound_folder_is_named_by_its_code_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault is named at its place, and nothing else is reported for it."""
    verdict = judged(folder, monkeypatch)
    assert {folder.name} == {f"{each.code}-{each.name}" for each in verdict.diagnostics}
    hold_verdict(verdict, folder)


@pytest.mark.parametrize("folder", UNPUBLISHABLE, ids=lambda folder: folder.name)
def test_a_folder_that_cannot_be_published_is_named_by_its_code_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert () == judged(folder, monkeypatch).diagnostics
    verdict = judged_for_publishing(folder, monkeypatch)
    assert {folder.name} == {f"{each.code}-{each.name}" for each in verdict.diagnostics}
    hold_verdict(verdict, folder)


@pytest.mark.parametrize("check", RULES, ids=lambda check: str(check.rule.code))
def test_every_check_has_a_function_a_page_a_folder_and_a_test(check: Any) -> None:
    """One question, one function, one code, one page, one folder; and a test module that names the code."""
    code = check.rule.code
    assert check.function.__doc__ == check.rule.page
    assert (PAGES / f"{code}.md").is_file()
    folders = [folder.name for folder in (*UNSOUND, *UNPUBLISHABLE) if folder.name.startswith(f"{code}-")]
    assert [f"{code}-{check.rule.name}"] == folders if code not in NO_FOLDER else not folders
    others = (path for path in TESTS.rglob("test_*.py") if path.name != Path(__file__).name)
    tested = any(code in path.read_text(encoding="utf-8") for path in others)
    assert tested, f"no test names {code}: test its edge cases in a file of tests/test_checks/"


def test_every_folder_is_of_a_check_that_there_is() -> None:
    """And every reason for having none is still needed."""
    codes = {check.rule.code for check in RULES}
    assert codes == {folder.name.partition("-")[0] for folder in (*UNSOUND, *UNPUBLISHABLE)} | NO_FOLDER.keys()
