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
from ogpcase.ledger import AskOutcome
from ogpcase.reports.changes.rows import What

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
Mapped = dict[str, Any]

DAYS = {"status": "2018-10-01", "due": "2018-01-15", "since": "2018-12-31"}
"""A case that has ended has no moves; the others are asked for as of a later day."""
COMMANDS = {
    "timeline": ("timeline", "mexico-2018"),
    "status": ("status", "mexico-2018"),
    "since": ("timeline", "mexico-2018", "--since", "2018-08-01"),
    "requests": ("requests", "lurenia-2015"),
    "due": ("due",),
    "findings": ("findings", "pelmora-2020"),
    "whole": ("findings", "mexico-2018"),
    "doubts": ("doubts",),
    "list": ("list",),
    "stats": ("stats",),
    "export": ("export", "json"),
    "record": ("show", "mexico-2018/2017-02-16-letter-core-group"),
    "commitment": ("show", "mexico-2018/2019-commitment-state-surveillance"),
    "party": ("show", "government-of-mexico"),
    "plan": ("show", "mexico-2018/action-plan-4"),
    "case": ("show", "mexico-2018"),
    "parties": ("parties",),
    "history": ("show", "mexico-2018/2017-02-16-letter-core-group", "--history"),
    "validate": ("validate",),
    "diff": ("diff",),
    "policy": ("policy", "2017"),
}


INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
SECTIONS = {"commitment": "record", "since": "timeline", "whole": "findings"}
"""Commands that print what a section of another name describes."""
EVENTS = "mexico-2018/events"
RESOLUTION = f"{EVENTS}/2019-12-12-resolution.yaml"
LETTER = f"{EVENTS}/2017-02-16-letter-core-group.yaml"
AUTHOR = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
ALONE = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Mexico case with a slip of the pen, after a commit in which it was otherwise, and invented ones.

    Every table has a row.
    """
    copied = tmp_path_factory.mktemp("json") / "cases"
    shutil.copytree(INVENTED, copied)
    shutil.copytree(ROOT / "cases", copied, dirs_exist_ok=True)
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


@cache
def printed(folder: Path, name: str) -> Mapped:
    arguments = [
        *COMMANDS[name],
        *([] if name == "policy" else ["--as-of", DAYS.get(name, "2026-11-22"), "--root", str(folder)]),
    ]
    done = CliRunner().invoke(app, [*arguments, *([] if name == "export" else ["--json"])])
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


def mappings(value: Any, key: str) -> Iterator[Mapped]:
    """Yields every mapping that stands under a key, alone or in a list, at any depth."""
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if name == key:
            yield from (each for each in (inner if isinstance(inner, list) else [inner]) if isinstance(each, dict))
        if isinstance(inner, dict | list):
            yield from mappings(inner, key)


BESIDE = {
    "timeline": {"heading", "stages", "notes", "between"},
    "since": {"heading", "stages", "notes", "between"},
    "due": {"left_out"},
    "stats": {"counts", "votes", "asks"},
    "findings": {"heading", "counts", "concerns", "also_said", "also_found", "conclusions", "end", "not_read_in_full"},
    "whole": {"heading", "counts", "concerns", "also_said", "also_found", "conclusions", "end", "not_read_in_full"},
    "doubts": {"counts"},
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
        ("requests", ["requests"]),
        ("due", ["due"]),
        ("findings", ["findings"]),
        ("doubts", ["doubts"]),
        ("since", ["timeline"]),
        ("whole", ["findings"]),
        ("list", ["Heading", "list"]),
        ("stats", ["stats"]),
        ("export", ["export"]),
        ("record", ["record"]),
        ("commitment", ["record"]),
        ("party", ["record", "Doings", "party"]),
        ("plan", ["plan"]),
        ("case", ["Heading", "case"]),
        ("parties", ["parties"]),
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
        ("timeline", "also_dated", "Other date"),
        ("timeline", "also_stated", "Other fact"),
        ("timeline", "term", "Term"),
        ("timeline", "on_missed", "What follows"),
        ("since", "between", "Between"),
        ("requests", "parts", "Line"),
        ("due", "term", "Term"),
        ("findings", "findings", "Finding"),
        ("findings", "by", "Voice"),
        ("findings", "concerns", "Concern"),
        ("whole", "answers_as_a_whole", "Paper"),
        ("findings", "replies", "Reply"),
        ("findings", "evidence", "Evidence"),
        ("findings", "conclusions", "Conclusion"),
        ("requests", "counted", "Counted"),
        ("requests", "moves", "Move of a term"),
        ("requests", "on_missed", "What follows"),
        ("findings", "end", "End"),
        ("doubts", "values", "Saying"),
        ("status", "open", "Open request"),
        ("status", "moves", "Move"),
        ("commitment", "commitment", "Commitment"),
        ("plan", "milestones", "Request"),
        ("commitment", "speaks_to", "Request spoken to"),
        ("party", "appears_in", "Appearance"),
        ("party", "subject_of", "Subject"),
        ("party", "through_parts", "Part + Doings"),
        ("party", "did", "Deed"),
        ("party", "named_by_others", "Deed"),
        ("party", "signed_by", "Signature"),
        ("party", "was_asked", "Request + Party request"),
        ("party", "left_open", "Request + Party request"),
        ("plan", "commitments", "Commitment"),
        ("case", "action_plans", "Plan in short"),
        ("parties", "roles", "Role"),
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
    assert {frozenset(fields(*heading.split(" + ")))} == {frozenset(each) for each in found}


@pytest.mark.parametrize(("name", "heading"), [(name, SECTIONS.get(name, name)) for name in COMMANDS])
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
