"""docs/json.md has a table for every mapping that `--json` prints, and the tables are held equal to what is printed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner

from ogpcase.cli.app import app
from ogpcase.ledger.requests import AskOutcome
from ogpcase.views.diff import What

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
    "history": ("show", "mexico-2018/2017-02-16-letter-core-group", "--history"),
    "validate": ("validate",),
    "diff": ("diff",),
    "policy": ("policy", "2017"),
}


EVENTS = "mexico-2018/events"
RESOLUTION = f"{EVENTS}/2019-12-12-resolution.yaml"
LETTER = f"{EVENTS}/2017-02-16-letter-core-group.yaml"
AUTHOR = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
ALONE = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Mexico case with a slip of the pen, after a commit in which it was otherwise: every table has a row."""
    copied = tmp_path_factory.mktemp("json") / "cases"
    shutil.copytree(ROOT / "cases", copied)
    (copied / RESOLUTION).unlink()
    for file, old, new in (
        (LETTER, "title: The core group", "title: Civil society"),
        ("mexico-2018/case.yaml", "en: Illegal", "en: Unlawful"),
        ("parties/sfp.yaml", "name: ", "name: The "),
        ("parties/ogp.yaml", "name: ", "\ufeffname: "),
    ):
        put(copied / file, (ROOT / "cases" / file).read_text("utf-8"), old, new)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*AUTHOR, "commit", "-q", "-m", "Before")):
        subprocess.run(["git", "-C", str(copied), *words], env=ALONE, check=True)
    shutil.copytree(ROOT / "cases", copied, dirs_exist_ok=True)
    put(copied / RESOLUTION, (ROOT / "cases" / RESOLUTION).read_text("utf-8"), "dated: 2019-", "dated: 2018-")
    return copied


def put(path: Path, text: str, old: str, new: str) -> None:
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


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


BESIDE = {
    "timeline": {"heading", "stages", "notes"},
    "history": {"reference"},
    "validate": {"failed", "judged"},
    "diff": {"headline", "base", "head", "parties", "both_added", "problems", "failed"},
}
"""What stands beside the rows, as the text over the table says."""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_answer_has_the_envelope(folder: Path, name: str) -> None:
    answer = printed(folder, name)
    more = BESIDE.get(name, set())
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
        ("history", ["history"]),
        ("validate", ["validate"]),
        ("diff", ["diff"]),
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
        ("history", "fields", "Field change"),
        ("diff", "before", "Stand"),
        ("diff", "after", "Stand"),
        ("diff", "header", "Field change"),
        ("diff", "fields", "Field change"),
        ("diff", "events", "Event change"),
        ("diff", "asks", "Request change"),
        ("diff", "outcomes", "Outcome change"),
        ("diff", "parties", "Party change"),
        ("diff", "problems", "Problems"),
        ("diff", "mended", "Mended"),
        ("diff", "new", "validate"),
    ],
)
def test_every_mapping_inside_has_the_fields_of_its_table(folder: Path, name: str, key: str, heading: str) -> None:
    found = list(mappings(printed(folder, name), key))
    assert found
    assert {frozenset(fields(heading))} == {frozenset(each) for each in found}


@pytest.mark.parametrize(("name", "heading"), [(name, name if name != "party" else "record") for name in COMMANDS])
def test_what_stands_beside_the_rows_is_named(name: str, heading: str) -> None:
    text = re.split(rf"^## {heading}$", DOCUMENT, flags=re.MULTILINE)[1].partition("\n| field")[0]
    assert [] == [each for each in BESIDE.get(name, ()) if f"`{each}`" not in text]


def test_every_kind_of_answer_is_in_the_envelopes_table(folder: Path) -> None:
    row = next(line for line in DOCUMENT.splitlines() if line.startswith("| `kind` | text | what the rows are"))
    assert {printed(folder, name)["kind"] for name in COMMANDS} == set(re.findall(r"`(\w+)`", row)) - {"kind"}


def test_what_became_of_a_record_is_named() -> None:
    assert [] == [each for each in get_args(What) if f"`{each}`" not in DOCUMENT]


def test_every_outcome_is_named() -> None:
    assert [] == [each for each in get_args(AskOutcome) if f"`{each}`" not in DOCUMENT]
