"""No code of `src/` names a stage, a body or a track: they stand in the tables of the procedures alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ogpcase.model.table_codes import BodyCode, StageCode, TrackCode, tables

SOURCE = Path(__file__).parent.parent / "src" / "ogpcase"
CODES = frozenset(choice.code for codes in (StageCode, BodyCode, TrackCode) for choice in codes.choices())
OTHER_LISTS = {
    ("model/codelists.py", "irm"),  # a type of report, whoever has a body of that name
}


def docstrings(tree: ast.Module) -> set[int]:
    """The ids of the nodes that document something."""
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, owners)]
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def codes_in(text: str) -> Iterator[str]:
    """Every text constant of a program that is the code of a stage, a body or a track, and every attribute like one."""
    tree = ast.parse(text)
    prose = docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in CODES and id(node) not in prose:
            yield str(node.value)
        if isinstance(node, ast.Attribute) and node.attr.isupper() and node.attr.lower() in CODES:
            yield node.attr.lower()


def test_no_file_names_a_stage_a_body_or_a_track() -> None:
    files = [*SOURCE.rglob("*.py")]
    found = {(str(file.relative_to(SOURCE)), code) for file in files for code in codes_in(file.read_text("utf-8"))}
    assert OTHER_LISTS == {(file, code) for file, code in found if (file, code) in OTHER_LISTS}
    assert set() == found - OTHER_LISTS
    assert 100 < len(files)
    assert len({table["track"] for table in tables().values()}) < len(CODES)


@pytest.mark.parametrize(
    "line",
    [
        'if stage == "under_review": pass',
        'ENDS = {"resolved", "x"}',
        'WORDS = {"suspended": 1}',
        'f(body="steering_committee")',
        "if track is Track.RAPID_RESPONSE: pass",
        'match stage:\n    case "stage_one": pass',
    ],
)
def test_a_code_in_a_program_is_found(line: str) -> None:
    assert 1 == len(list(codes_in(line)))
