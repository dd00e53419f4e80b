"""docs/json.md has a list for every mapping that `--json` prints, and what is printed keeps to the lists."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from tests.test_docs_tables import answers, json_lists
from typer.testing import CliRunner

from ogpcase.cli.app import app
from ogpcase.ledger import AskOutcome
from ogpcase.model.dates import FuzzyDate
from ogpcase.output.columns import Columns, Only, Type
from ogpcase.output.json import ENVELOPE
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
    "assessed": ("show", "pelmora-2020/2021-06-30-commitment-cameras"),
    "party": ("show", "government-of-mexico"),
    "plan": ("show", "mexico-2018/action-plan-4"),
    "case": ("show", "mexico-2018"),
    "parties": ("parties",),
    "sources": ("sources",),
    "search": ("search", "vigilancia"),
    "history": ("show", "mexico-2018/2017-02-16-letter-core-group", "--history"),
    "validate": ("validate",),
    "diff": ("diff",),
    "policy": ("policy", "2017"),
}


INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
EVENTS = "mexico-2018/events"
RESOLUTION = f"{EVENTS}/2019-12-12-resolution.yaml"
RESUMED = f"{EVENTS}/2019-03-05-development-process-resumed.yaml"
RESPONSE = f"{EVENTS}/2018-11-30-letter-government-response.yaml"
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
        ("mexico-2018/sources/case-page.yaml", "title: OGP's page", "title: The page"),
        ("parties/ogp.yaml", "name: ", "\ufeffname: "),
    ):
        put(copied / file, (ROOT / "cases" / file).read_text("utf-8"), old, new)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*AUTHOR, "commit", "-q", "-m", "Before")):
        subprocess.run(["git", "-C", str(copied), *words], env=ALONE, check=True)
    shutil.copytree(ROOT / "cases", copied, dirs_exist_ok=True)
    put(
        copied / RESPONSE, (ROOT / "cases" / RESPONSE).read_text("utf-8"), "about:",
        "signed_by: [{name: J. Roe, for: mexico-previous-administration}]\nabout:",
    )  # fmt: skip
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


OF_TYPE: dict[Type, Callable[[Any], bool]] = {
    Type.TEXT: lambda value: isinstance(value, str),
    Type.TEXTS: lambda value: all(isinstance(each, str) for each in value),
    Type.DATE: lambda value: FuzzyDate.parse(value).text == value,
    Type.DAY: lambda value: date.fromisoformat(value).isoformat() == value,
    Type.FLAG: lambda value: isinstance(value, bool),
    Type.NUMBER: lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    Type.NUMBERS: lambda value: all(isinstance(each, int) for each in value),
    Type.KEYS: lambda value: all(isinstance(each, str | int) for each in value),
    Type.MAPPING: lambda value: isinstance(value, dict),
    Type.MAPPINGS: lambda value: all(isinstance(each, dict) for each in value),
}


def strays(columns: Columns[Any], mapping: Mapped, route: str, seen: set[str]) -> Iterator[str]:
    """Yields what a mapping holds otherwise than its columns say, at any depth; adds the shapes met to `seen`."""
    there = {column.name: column for column in columns if column.only is not Only.CELLS}
    if there.keys() != mapping.keys():
        yield f"{route} has {sorted(mapping)}"
    for name in there.keys() & mapping.keys():
        held, value, here = there[name].holds, mapping[name], f"{route}.{name}"
        if value is None:
            yield from [] if held.null else [f"{here} is null"]
        elif held.shape is not None:
            for each in value if held.several else [value]:
                seen.add(held.shape.name.lower())
                yield from strays(held.shape.columns, each, here, seen)
        elif not isinstance(held.of, Type) or not OF_TYPE[held.of](value):
            yield f"{here} is {value!r}, not {held}"


@cache
def read(folder: Path, name: str) -> tuple[list[str], set[str]]:
    """What an answer holds otherwise than its columns say, and what it has that stands under a heading of the page."""
    answer = printed(folder, name)
    declared = next(each for each in answers() if each.kind == answer["kind"])
    seen = {"envelope", answer["kind"]}
    wrong = list(strays((*ENVELOPE, *declared.beside), answer, name, seen))
    for row in answer["rows"]:
        wrong += strays(declared.columns, row, name, seen)
    return wrong, seen


@pytest.mark.parametrize("name", COMMANDS)
def test_every_mapping_and_value_is_what_its_columns_say(folder: Path, name: str) -> None:
    """It has these fields and no others, each of its type at any depth, and null only where it may be."""
    assert printed(folder, name)["rows"]
    assert [] == read(folder, name)[0]


def test_every_list_of_the_page_is_of_something_that_is_printed(folder: Path) -> None:
    assert set(json_lists()) == {each for name in COMMANDS for each in read(folder, name)[1]}


def test_every_kind_of_answer_is_in_the_envelopes_table(folder: Path) -> None:
    row = next(line for line in DOCUMENT.splitlines() if line.startswith("| `kind` | text | what the rows are"))
    assert {printed(folder, name)["kind"] for name in COMMANDS} == set(re.findall(r"`(\w+)`", row)) - {"kind"}


def test_what_became_of_a_record_is_named() -> None:
    assert [] == [each for each in get_args(What) if f"`{each}`" not in DOCUMENT]


def test_every_outcome_is_named() -> None:
    assert [] == [each for each in get_args(AskOutcome) if f"`{each}`" not in DOCUMENT]
