"""The corpus: each folder under `unsound` has one fault, which is named alone and at its place; `sound` has none.

A folder is whole and readable by itself. Its `expected.txt` has a line for each diagnostic:
`CODE path:line:column-end_line:end_column message`. A new one starts as a copy of `sound/arcadia`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ogpcase.diagnostics import Diagnostic
from ogpcase.workspace import Workspace, judge
from ogpcase.workspace.catalogue import RULES

CORPUS = Path(__file__).parent / "corpus"
SOUND = sorted(each for each in (CORPUS / "sound").iterdir() if each.is_dir())
UNSOUND = sorted(each for each in (CORPUS / "unsound").iterdir() if each.is_dir())
TODAY = date(2026, 11, 22)
NO_FOLDER = {
    "OC114": "a file of more than 256 KiB",
    "OC116": "a file of more than 20,000 nodes",
    "OC223": "git keeps no permissions that would hide a file",
    "OC225": "two such names cannot be checked out side by side everywhere",
    "OC227": "a repository inside this one could run programs",
    "OC228": "it stands for more than fifty others",
}
"""Codes whose fault cannot be kept in git, or not well; they are tested where they are found."""
BESIDE = {"OC113": {"OC202"}}
"""What else a fault brings of necessity: a key that is no text is no field either."""


def judged(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Diagnostic]:
    monkeypatch.chdir(folder)
    return list(judge(Workspace.open(None), (), TODAY).diagnostics)


def line(diagnostic: Diagnostic) -> str:
    spot = diagnostic.spots[0]
    start, end = f"{spot.span.line}:{spot.span.column}", f"{spot.span.end_line}:{spot.span.end_column}"
    return f"{diagnostic.code} {spot.path}:{start}-{end} {diagnostic.message}"


@pytest.mark.parametrize("folder", SOUND, ids=lambda folder: folder.name)
def test_a_sound_folder_has_no_problem(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [] == [line(each) for each in judged(folder, monkeypatch)]


@pytest.mark.parametrize("folder", UNSOUND, ids=lambda folder: folder.name)
def test_an_unsound_folder_is_named_by_its_code_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault is named at its place, and nothing else is reported for it."""
    found = judged(folder, monkeypatch)
    code = folder.name.partition("-")[0]
    assert (folder / "expected.txt").read_text(encoding="utf-8").splitlines() == [line(each) for each in found]
    assert {code} == {each.code for each in found} - BESIDE.get(code, set())
    assert folder.name == f"{code}-{next(each.name for each in found if each.code == code)}"


def test_every_code_has_a_folder_or_a_reason_why_not() -> None:
    codes = {check.rule.code for check in RULES}
    assert codes == {folder.name.partition("-")[0] for folder in UNSOUND} | NO_FOLDER.keys()
