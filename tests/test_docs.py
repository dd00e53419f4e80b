"""What the documents show is what happens: their examples are run, their links lead somewhere, no verb is left out.

An example is a block fenced as `console`. Each block is run in a fresh copy of the repository's cases, committed to
git, on a terminal of 80 columns without colour; `…` in what is shown stands for text left out, alone on a line for any
number of lines.
`make bless` rewrites what is shown, except in blocks that leave something out.
"""

from __future__ import annotations

import json
import os
import pty
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from tests import forks
from tests.blessing import BLESS, HINT

from ogpcase.cli.verbs import VERBS
from ogpcase.errors import EXIT_DONE, EXIT_FAILED

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
SHOW_LINE = "python3 -m venv .venv && .venv/bin/pip install --quiet . && .venv/bin/ogpcase timeline mexico-2018"
TEST_LINE = (
    "python3 -m venv .venv && .venv/bin/pip install --quiet --constraint requirements/tested.txt --editable '.[dev]'"
    " && .venv/bin/python -m pytest"
)
PROGRAM = os.environ.get("OGPCASE_PROGRAM")
"""What the examples run in the place of this program; .ci/run names that of a wheel which stands alone."""
THIS = f'"{sys.executable}" -m ogpcase'
FROM_NOTHING = [ROOT / "docs" / name for name in ("recording-a-case.md", "start/analyst.md", "start/ci.md")]
"""Documents whose blocks follow on each other, and begin in an empty folder."""
IN_OUR_CASES = [ROOT / "docs" / "importing.md"]
"""Documents whose blocks follow on each other, in our cases and beside the files of the folder of their name."""
_FENCE = re.compile(r"^(?P<mark>```+)(?P<info>[^\n`]*)\n(?P<body>.*?)^(?P=mark)[ ]*$", re.MULTILINE | re.DOTALL)
_ALONE = re.compile(r"""ogpcase (?P<words>(?:'[^']*'|"[^"$`\\]*"|[\w\s./:=@,+-]|(?<=\w)#)*)""")
"""A command that is the program alone, without anything that a shell would do; it need not be started anew."""
_LINK = re.compile(r"\[[^\]]*\]\((?P<target>[^)\s]+)\)")


@dataclass(frozen=True)
class Example:
    """A block of commands in a document: where it stands, and each command with the lines shown after it."""

    path: Path
    line: int
    steps: tuple[tuple[str, tuple[str, ...]], ...]

    def __str__(self) -> str:
        return f"{self.path.relative_to(ROOT)}:{self.line}"


def fences(path: Path) -> Iterator[tuple[int, str, str]]:
    """Yields the line, the info word and the body of each fenced block."""
    text = path.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found["info"].strip(), found["body"]


def examples() -> Iterator[Example]:
    for path in DOCUMENTS:
        for line, info, body in fences(path):
            if info == "console":
                yield Example(path, line, steps_of(body))


def steps_of(body: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Returns each command of a block, its continued lines joined, with the lines after it."""
    steps: list[tuple[str, list[str]]] = []
    continued = False
    for line in body.splitlines():
        if continued:
            steps[-1] = (f"{steps[-1][0]}\n{line}", [])
        elif line.startswith("$ "):
            steps.append((line[2:], []))
        else:
            steps[-1][1].append(line)
        continued = (continued or line.startswith("$ ")) and line.endswith("\\")
    return tuple((command, tuple(shown)) for command, shown in steps)


def ran(command: str, folder: Path) -> tuple[int, list[str]]:
    """Runs a command as a person would see it, and returns its exit code and the lines on the terminal."""
    leader, follower = pty.openpty()
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**kept, "COLUMNS": "80", "TERM": "dumb", "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    shell = ["bash", "-c", f'ogpcase() {{ {PROGRAM or THIS} "$@"; }}; {command}']
    alone = None if PROGRAM else _ALONE.fullmatch(command.replace("\\\n", " "))
    with subprocess.Popen(
        shell, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower,
        preexec_fn=forks.program(shlex.split(alone["words"]), env) if alone else None,  # noqa: PLW1509 - a fork is meant
    ) as process:  # fmt: skip
        os.close(follower)
        text = b"".join(iter(lambda: _read(leader), b"")).decode()
    os.close(leader)
    return process.returncode, [line.rstrip() for line in text.splitlines()]


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


def pattern_of(shown: tuple[str, ...]) -> re.Pattern[str]:
    """Returns what the shown lines stand for: `…` is any text of a line, and alone on a line any lines at all."""
    parts = [
        "(?:[^\n]*\n)*" if line.strip() == "…" else "[^\n]*".join(map(re.escape, line.split("…"))) + "\n"
        for line in shown
    ]
    return re.compile("".join(parts))


def blessed(path: Path, command: str, shown: tuple[str, ...], really: list[str]) -> bool:
    """Puts what really happens into the document, where nothing is left out; True when it did."""
    if not BLESS or any("…" in line for line in shown):
        return False
    text = path.read_text(encoding="utf-8")
    before = "".join(f"{line}\n" for line in (f"$ {command}", *shown))
    after = "".join(f"{line}\n" for line in (f"$ {command}", *really))
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return before in text


def commit_all(folder: Path) -> None:
    """Makes a repository of a folder, with one commit of all that is in it, in few files."""
    alone = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    author = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
    committing = (*author, "commit", "-q", "-m", "The cases")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), committing, ("repack", "-a", "-d", "-q")):
        subprocess.run(["git", "-C", str(folder), *words], env=alone, check=True)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of our cases, to be copied."""
    folder = tmp_path_factory.mktemp("ours")
    shutil.copytree(ROOT / "cases", folder / "cases")
    commit_all(folder)
    return folder


@pytest.mark.parametrize(
    "example", [each for each in examples() if each.path not in {*FROM_NOTHING, *IN_OUR_CASES}], ids=str
)
def test_an_example_shows_what_happens(example: Example, ours: Path, tmp_path: Path) -> None:
    """Every command does what the document says, and none is misused or a bug."""
    follow(example, shutil.copytree(ours, tmp_path, dirs_exist_ok=True))


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *FROM_NOTHING, *IN_OUR_CASES], ids=lambda path: str(path.relative_to(ROOT))
)
def test_a_tour_works_from_top_to_bottom(path: Path, ours: Path, tmp_path: Path) -> None:
    """Who types the commands of all blocks one after the other sees what the document shows."""
    if path not in FROM_NOTHING:
        shutil.copytree(ours, tmp_path, dirs_exist_ok=True)
    if path in IN_OUR_CASES:
        shutil.copytree(path.with_suffix(""), tmp_path, dirs_exist_ok=True)
    for example in examples():
        if example.path == path:
            follow(example, tmp_path)


def follow(example: Example, folder: Path) -> None:
    """Runs the commands of a block in a folder, and holds what they print to what is shown."""
    for command, shown in example.steps:
        code, really = ran(command, folder)
        assert code in (EXIT_DONE, EXIT_FAILED), really
        if not pattern_of(shown).fullmatch("".join(f"{line}\n" for line in really)) and not blessed(
            example.path, command, shown, really
        ):
            assert "\n".join(shown) == "\n".join(really), HINT


def test_a_shown_line_is_held_to_its_words() -> None:
    assert pattern_of(("a … d", "…", "z")).fullmatch("a b c d\nx\ny\nz\n")
    assert not pattern_of(("a … d", "z")).fullmatch("a b c d\nx\nz\n")
    assert not pattern_of(("a b",)).fullmatch("a  b\n")


@pytest.mark.parametrize("line", [SHOW_LINE, TEST_LINE])
def test_the_readme_has_its_two_lines_each_alone_in_a_block(line: str) -> None:
    """A person copies one block and has it all."""
    assert f"{line}\n" in [body for _, _, body in fences(ROOT / "README.md")]


def test_ci_reads_the_test_line_from_the_readme() -> None:
    """One line, one place: the mark stands over the block, and the script only reads it."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    marked = (ROOT / "README.md").read_text(encoding="utf-8").partition("<!-- test-line -->\n")[2]
    assert _FENCE.match(marked)
    assert f"{TEST_LINE}\n" == fences_after(marked)
    assert "README.md" in script
    assert "<!-- test-line -->" in script
    assert 'bash -euo pipefail -c "$test_line"' in script


def test_the_devcontainer_installs_by_the_test_line() -> None:
    told = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    assert TEST_LINE == f"{told['postCreateCommand']} && .venv/bin/python -m pytest"


def fences_after(text: str) -> str:
    found = _FENCE.search(text)
    return found["body"] if found else ""


def test_the_script_of_ci_finds_that_line() -> None:
    """What the script takes out of the README is the line, and nothing beside it."""
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    found = re.search(r"^test_line=\$\((?P<command>awk .*)\)$", script, re.MULTILINE)
    assert found is not None
    done = subprocess.run(["bash", "-c", found["command"]], cwd=ROOT, capture_output=True, text=True, check=True)
    assert TEST_LINE == done.stdout.strip()


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    assert f"`{verb}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def links(path: Path) -> Iterator[str]:
    """Yields what the links of a page lead to in this repository."""
    outside = _FENCE.sub("", path.read_text(encoding="utf-8"))
    targets = (found["target"] for found in _LINK.finditer(outside))
    return (target for target in targets if not re.match(r"[a-z]+:", target))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_link_leads_to_a_file_and_its_heading(path: Path) -> None:
    assert [] == [target for target in links(path) if not leads_somewhere(path, target)]


def leads_somewhere(path: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    there = path.parent / name if name else path
    return there.exists() and (not anchor or anchor in anchors(there))


@cache
def anchors(path: Path) -> set[str]:
    """Returns the anchors that a page of Markdown has, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.+)$", _FENCE.sub("", path.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).strip().replace(" ", "-") for each in headings}


def test_a_file_named_in_a_document_is_there() -> None:
    """A path of this repository in backticks is one; a renamed file takes its mention with it."""
    named = [(path, name) for path in DOCUMENTS for name in named_in(path)]
    tops = (ROOT, ROOT / "src" / "ogpcase")
    lost = [(path, name) for path, name in named if not any((top / name).exists() for top in tops)]
    assert [] == [f"{path.relative_to(ROOT)}: {name}" for path, name in lost]


def test_a_name_said_to_be_in_a_file_is_there() -> None:
    """As in `Scope` in `src/ogpcase/checks/scope.py`; who follows a recipe looks for it there."""
    said = [(path, *found) for path in DOCUMENTS for found in names_in_files(path)]
    lost = [each for each in said if not re.search(rf"\b{each[1]}\b", (ROOT / each[2]).read_text(encoding="utf-8"))]
    assert [] == [f"{path.relative_to(ROOT)}: {name} in {file}" for path, name, file in lost]


def names_in_files(path: Path) -> list[tuple[str, str]]:
    """Returns the names of code that a document says are in a file, each with the file."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return re.findall(r"`([A-Za-z_]\w*)`[^`.;|]{0,40}? (?:in|of) `((?:src|tests)/[\w/]+\.py)`", text)


def named_in(path: Path) -> list[str]:
    """Returns the paths that a document names, from the top or, if it is of a program's file, from a room."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    top = r"(?:src|tests|docs|cases|schemas|action|\.ci|\.github)/[\w./-]+"
    return re.findall(rf"`({top}|[a-z_]+/[\w/]+\.py)`", text)
