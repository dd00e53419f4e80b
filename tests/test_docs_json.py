"""docs/json.md has a table for every mapping that `--json` prints, and the tables are held equal to what is printed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner

from ogpcase.cli.app import app
from ogpcase.ledger.requests import AskOutcome

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
Mapped = dict[str, Any]

DAYS = {"status": "2018-10-01"}
"""A case that has ended has no moves; the others are asked for as of a later day."""
COMMANDS = {
    "timeline": ("timeline", "mexico-2018"),
    "status": ("status", "mexico-2018"),
    "list": ("list",),
    "record": ("show", "mexico-2018/2017-02-16-letter-core-group"),
    "party": ("show", "article-19"),
    "validate": ("validate",),
    "policy": ("policy", "2017"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Mexico case with a slip of the pen, so that every table has something to show."""
    copied = tmp_path_factory.mktemp("json") / "cases"
    shutil.copytree(ROOT / "cases", copied)
    file = copied / "mexico-2018" / "events" / "2019-12-12-resolution.yaml"
    file.write_text(file.read_text("utf-8").replace("dated: 2019-", "dated: 2018-"), "utf-8")
    return copied


def printed(folder: Path, name: str) -> Mapped:
    arguments = [
        *COMMANDS[name],
        *([] if name == "policy" else ["--as-of", DAYS.get(name, "2026-11-22"), "--root", str(folder)]),
    ]
    done = CliRunner().invoke(app, [*arguments, "--json"])
    assert done.exit_code in (0, 1), done.output
    answer: Mapped = json.loads(done.stdout)
    return answer


@cache
def tables() -> dict[str, list[str]]:
    """The first column of each table, by the heading it stands under."""
    parts = re.split(r"^#+ (.+)$", DOCUMENT, flags=re.MULTILINE)[1:]
    sections = dict(zip(parts[::2], parts[1::2], strict=True))
    return {name: re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE) for name, text in sections.items()}


def fields(*names: str) -> set[str]:
    return {field for name in names for field in tables()[name]}


def mappings(value: Any, key: str) -> Iterator[Mapped]:  # noqa: ANN401 - any parsed JSON
    """Yields every mapping that stands under a key, alone or in a list, at any depth."""
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if name == key:
            yield from (each for each in (inner if isinstance(inner, list) else [inner]) if isinstance(each, dict))
        if isinstance(inner, dict | list):
            yield from mappings(inner, key)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_answer_has_the_envelope(folder: Path, name: str) -> None:
    answer = printed(folder, name)
    more = {"timeline": {"heading", "stages", "notes"}, "validate": {"failed", "judged"}}.get(name, set())
    assert fields("Envelope") | more == answer.keys()
    assert answer["rows"]


@pytest.mark.parametrize(
    ("name", "headings"),
    [
        ("timeline", ["timeline"]),
        ("status", ["Heading", "status"]),
        ("list", ["Heading", "list"]),
        ("record", ["record"]),
        ("party", ["record"]),
        ("validate", ["validate"]),
        ("policy", ["Move", "policy"]),
    ],
)
def test_every_row_has_the_fields_of_its_table(folder: Path, name: str, headings: list[str]) -> None:
    assert [fields(*headings)] * len(rows := printed(folder, name)["rows"]) == [set(row) for row in rows]


@pytest.mark.parametrize(
    ("name", "key", "heading"),
    [
        ("timeline", "heading", "Heading"),
        ("timeline", "stages", "Stay in a stage"),
        ("timeline", "requests", "Request"),
        ("timeline", "asked_of", "Line"),
        ("timeline", "parts", "Line"),
        ("timeline", "answers", "Answer"),
        ("timeline", "sources", "Source"),
        ("timeline", "days_since_previous", "Days"),
        ("timeline", "related", "Related case"),
        ("status", "open", "Open request"),
        ("status", "moves", "Move"),
        ("party", "appears_in", "Appearance"),
        ("validate", "places", "Place"),
        ("policy", "then_due", "Duty"),
    ],
)
def test_every_mapping_inside_has_the_fields_of_its_table(folder: Path, name: str, key: str, heading: str) -> None:
    found = list(mappings(printed(folder, name), key))
    assert found
    assert {frozenset(fields(heading))} == {frozenset(each) for each in found}


def test_every_outcome_is_named() -> None:
    assert [] == [each for each in get_args(AskOutcome) if f"`{each}`" not in DOCUMENT]
