"""Start-up is part of the interface: which modules a command loads, counted in the real program."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ogpcase.cli.verbs import VERBS
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.model.table_codes import table_files

HEAVY = {"pydantic", "pydantic_core", "pydantic_core._pydantic_core", "yaml._yaml", "ruamel.yaml", "yaml", "rich"}
NEVER_TO_READ = {
    "rich",
    "asyncio",
    "multiprocessing",
    "concurrent.futures",
    "sqlite3",
    "unittest",
}
COUNTING = """
import sys
from collections import Counter
opened, parsed = Counter(), Counter()
def hear(event, words):
    if event == "open" and isinstance(words[0], (str, bytes)):
        opened[str(words[0]).rpartition("/")[2]] += 1
import ogpcase.yamltree.parsing as parsing
parse = parsing.parse
def counted(data, file):
    parsed[file] += 1
    return parse(data, file)
parsing.parse = counted
sys.addaudithook(hear)
sys.argv = ["ogpcase", *sys.argv[1:]]
from ogpcase.__main__ import main
try:
    main()
except SystemExit as ended:
    assert not ended.code
records = {name: count for name, count in opened.items() if name.endswith(".yaml")}
print(repr((records, dict(parsed))), file=sys.stderr)
"""
HELPING = """
import sys
from ogpcase.cli.app import app
from ogpcase.cli.verbs import VERBS
after = {}
for verb in VERBS:
    try:
        app([verb, "--help"], prog_name="ogpcase")
    except SystemExit as ended:
        assert not ended.code
    after[verb] = set(sys.modules)
print(repr(after), file=sys.stderr)
"""


def loaded(*words: str) -> set[str]:
    """Returns the modules that a run loads; a lazily made module counts when it is there."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ogpcase", *words], capture_output=True, text=True, check=True
    )
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


def test_the_version_needs_no_command_line_at_all() -> None:
    modules = loaded("--version")
    assert not modules & (HEAVY | {"typer", "ogpcase.cli.app"})
    assert "ogpcase" in modules


def test_the_list_of_verbs_needs_no_records() -> None:
    assert not loaded("--help") & HEAVY


def test_help_needs_no_colour() -> None:
    """The pages of all verbs in one process: what none of them loads is there after none."""
    done = subprocess.run([sys.executable, "-c", HELPING], capture_output=True, text=True, check=True)
    after = ast.literal_eval(done.stderr)
    assert list(VERBS) == list(after)
    assert {} == {verb: modules & NEVER_TO_READ for verb, modules in after.items() if modules & NEVER_TO_READ}
    assert all("typer" in modules for modules in after.values())


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", [("timeline", "arcadia-2023"), ("status", "arcadia-2023"), ("list",)])
def test_reading_into_a_pipe_loads_no_colour(words: tuple[str, ...]) -> None:
    modules = loaded(*words)
    assert "pydantic" in modules
    assert not modules & NEVER_TO_READ


def test_a_run_without_written_byte_code_is_the_same_run(arcadia: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-B", "-m", "ogpcase", "list", "--as-of", "2026-11-22", "--root", str(arcadia)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\narcadia-2023  Closed, addressed domestically  2024-06-03  " in done.stdout


@pytest.mark.parametrize("flags", [(), ("-B",)], ids=["byte code", "no byte code"])
@pytest.mark.parametrize("words", [("timeline", "arcadia-2023"), ("status", "arcadia-2023"), ("list",)])
def test_each_file_is_opened_and_parsed_once(arcadia: Path, words: tuple[str, ...], flags: tuple[str, ...]) -> None:
    """A case's commands read that case, the parties that it names and the tables of the policy, and nothing twice."""
    cases = arcadia / "cases" if (arcadia / "cases").is_dir() else arcadia
    other = cases / "elsewhere-2024"
    shutil.copytree(cases / "arcadia-2023", other)
    stranger = cases / "parties" / "stranger.yaml"
    stranger.write_text("name: A Stranger\nclassification: other\n")
    done = subprocess.run(
        [sys.executable, *flags, "-c", COUNTING, *words], capture_output=True, text=True, check=True, cwd=cases
    )
    opened, parsed = ast.literal_eval(done.stderr.splitlines()[-1])
    assert {1} == set(parsed.values())
    assert 1 == opened.pop(SETTINGS_NAME)  # there is none: the folder has the first format
    whole = words == ("list",)
    ours = {path for path in cases.rglob("*.yaml") if (whole or other not in path.parents) and path != stranger}
    tables = {name for name in parsed if "/" not in name}
    assert tables <= {f"{name}.yaml" for name in table_files()}
    records = {path.relative_to(cases).as_posix() for path in ours if path.parent.name != "parties"}
    assert records | tables == {file for file in parsed if not file.startswith("parties/")}
    assert {path.name for path in ours} | tables == opened.keys()
    assert len(ours) + len(tables) == sum(opened.values())
