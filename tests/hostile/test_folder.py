"""Hostile folders: links, pipes, devices and names; nothing outside is opened, nothing that is no plain file is read.

The rows are those of the threat list, in our words, in planting.py; what else holds them is in README.md here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.hostile.folders import FORMATS
from tests.hostile.planting import ROWS, SECRET, Planted, plant
from tests.hostile.program import EVENTS, NEIGHBOUR, keeps_its_word, run, with_neighbour
from tests.hostile.watched import Watched, strays, watch

from ogpcase.diagnostics import Problem
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import root_at
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

TODAY = date(2026, 11, 22)
COMMANDS = (
    *(("validate", "--format", form) for form in FORMATS),
    ("validate", "cases/parties"),
    ("validate", "cases/loop-2020"),
    ("validate", "--root", "cases"),
    ("validate", "--new-only"),
    ("diff",),
    ("list",),
    ("timeline", "arcadia-2023"),
    ("status", "arcadia-2023"),
    ("show", "2023-02-01-letter-ask"),
    ("show", "2023-02-01-letter-ask", "--history"),
    ("requests",),
    ("due",),
    ("findings", "arcadia-2023"),
    ("doubts",),
    ("parties",),
    ("sources",),
    ("search", "a"),
    ("validate", "--fix"),
    ("set", "2023-02-01-letter-ask", "summary", "{en: Asks.}"),
    ("rename", "2023-02-01-letter-ask", "2023-02-01-letter-other"),
    ("add-event", "arcadia-2023", "letter", "--title", "A", "--dated", "2023-04-03", "--senders", "open-arcadia"),
)
"""Every verb that reads a folder or writes in one; a verb that takes other words would be refused, and tell nothing."""


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds `cases`, with all that does not belong there, in a repository; it is only read."""
    return made(tmp_path_factory.mktemp("folder"))


def made(found: Path) -> Path:
    cases = with_neighbour(found)
    git(found, "init", "-q")
    git(found, "add", "-A")
    git(found, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-q", "-m", "sound")
    plant(cases)
    return found


def git(folder: Path, *words: str) -> None:
    alone = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *words], cwd=folder, env=alone, check=True, capture_output=True)


def shown(file: str) -> str:
    """Returns a path as it is printed: bytes that are no text as escapes."""
    return os.fsencode(f"cases/{file}").decode("utf-8", "backslashreplace")


def place_of(planted: Planted) -> str:
    """Returns where the problem with it is reported: a repository at the folder that it makes one."""
    return planted.file.removesuffix("/.git")


@pytest.mark.parametrize("form", FORMATS)
def test_each_is_named_and_the_rest_is_judged(top: Path, form: str) -> None:
    done = run(top, "validate", "--format", form)
    keeps_its_word(done, codes=(1,))
    assert NEIGHBOUR in done.out
    assert SECRET.split(":")[1].strip() not in done.said
    assert "root:" not in done.said  # of /etc/passwd
    assert not (top / "marker").exists()
    commands = [line for line in done.out.splitlines() if line.startswith("::")]
    assert form == "github" or [] == commands
    assert all(line.startswith(("::error file=cases/", "::warning file=cases/")) for line in commands)


def test_each_has_its_code(top: Path) -> None:
    rows = json.loads(run(top, "validate", "--json").out)["rows"]
    found = {(each["code"], place["path"]) for each in rows for place in each["places"]}
    missed = [(each.row, each.code) for each in ROWS if not _is_told(each, found)]
    assert [] == missed


def _is_told(planted: Planted, found: set[tuple[str, str]]) -> bool:
    wanted = shown(place_of(planted))
    deeper = {code for code, path in found if planted.row.startswith("700") and path.startswith(f"{wanted}/")}
    return (planted.code, wanted) in found or planted.code in deeper


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Watched]]:
    """Such a folder after every command was run in it, and what became of each."""
    top = made(tmp_path_factory.mktemp("watched"))
    return top, watch(top, COMMANDS)


def test_nothing_outside_is_opened_and_nothing_that_is_no_plain_file(seen: tuple[Path, list[Watched]]) -> None:
    """By any verb. What is opened by a name alone is opened in a folder that is open, and follows no link."""
    top, all_done = seen
    closed = {os.fsdecode(Path(each.file).name) for each in ROWS if each.closed and each.code == "OC222"}
    faults = {done.words: strays(done, top, closed) for done in all_done}
    assert {} == {words: found for words, found in faults.items() if found}
    assert not (top / "marker").exists()
    assert SECRET == (top / "outside.yaml").read_text()


def test_every_command_of_that_test_does_its_work(seen: tuple[Path, list[Watched]]) -> None:
    """None is refused for its words, and each opens records; a test of the test above."""
    for done in seen[1]:
        assert done.code in {0, 1}, (done.words, done.err)
        assert any(each.name.endswith(".yaml") for each in done.touched), done.words
        assert not any(word in done.out + done.err for word in ("Traceback", "internal error")), done.words


def test_a_root_that_is_a_link_is_followed_only_when_it_is_named(tmp_path: Path) -> None:
    cases = with_neighbour(tmp_path / "real")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "cases").symlink_to(cases)
    done = run(tmp_path / "here", "validate")
    keeps_its_word(done, codes=(1,))
    assert "no case folder here" in done.err
    assert NEIGHBOUR in run(tmp_path / "here", "validate", "--root", "cases").out


def vanish(path: Path) -> None:
    path.unlink()


def become_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def become_a_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/etc/passwd")


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def be_cut(path: Path) -> None:
    os.truncate(path, 30)


def grow(path: Path) -> None:
    os.truncate(path, 1 << 30)


def lose_its_folder(path: Path) -> None:
    path.parent.rename(path.parent.parent / "elsewhere")


CHANGES = (vanish, become_a_pipe, become_a_link, become_a_folder, be_cut, grow, lose_its_folder)


class Changing(DiskFiles):
    """A folder in which one file changes at the last moment, after it was listed and before it is read."""

    def __init__(self, root: Path, file: str, change: Callable[[Path], None]) -> None:
        super().__init__(root)
        self._file, self._change, self._path = file, change, root / file
        self.changed = False

    def read(self, file: str) -> bytes | Problem | None:
        if file == self._file and not self.changed:
            self.changed = True
            self._change(self._path)
        return super().read(file)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize(
    "file", [f"{EVENTS}/2023-02-01-letter-ask.yaml", "arcadia-2023/case.yaml", "parties/open-arcadia.yaml"]
)
def test_a_file_that_changes_between_listing_and_reading_stops_nothing(
    tmp_path: Path, file: str, change: Callable[[Path], None]
) -> None:
    cases = with_neighbour(tmp_path)
    files = Changing(cases, file, change)
    verdict = judge(Workspace(root_at(cases, tmp_path), files, tmp_path), (), TODAY)
    assert files.changed
    assert any("neighbour" in each.spots[0].path for each in verdict.diagnostics) or change is lose_its_folder


MISCHIEF = """\
import os, random, sys
from pathlib import Path
dice, cases = random.Random(int(sys.argv[2])), Path(sys.argv[1])
files = sorted(cases.rglob("*.yaml"))
whole = {path: path.read_bytes() for path in files}
print("ready", flush=True)
while True:
    path = dice.choice(files)
    try:
        what = dice.randrange(7)
        if what == 0: path.unlink()
        elif what == 1: path.write_bytes(whole[path][: dice.randrange(len(whole[path]))])
        elif what == 2: path.unlink(); os.mkfifo(path)
        elif what == 3: path.unlink(); path.symlink_to("/etc/passwd")
        elif what == 4: path.unlink(); path.mkdir()
        elif what == 5: os.truncate(path, 1 << 20)
        else: path.parent.rename(str(path.parent) + "-away"); os.rename(str(path.parent) + "-away", path.parent)
    except OSError:
        pass
    try:
        if path.is_dir(): path.rmdir()
        elif path.is_symlink() or path.is_fifo(): path.unlink()
        (path.parent / "new").write_bytes(whole[path]); os.replace(path.parent / "new", path)
    except OSError:
        pass
"""


def test_a_folder_that_changes_all_the_time_stops_no_run(tmp_path: Path) -> None:
    """Another process does mischief as fast as it can; each run ends, with a code of its own."""
    cases = with_neighbour(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", MISCHIEF, str(cases), "1"], stdout=subprocess.PIPE, text=True
    ) as other:
        try:
            assert other.stdout is not None
            assert "ready" == other.stdout.readline().strip()
            for done in watch(tmp_path, [("validate",), ("timeline", "arcadia-2023"), ("list",)] * 40):
                assert done.code in {0, 1}
                assert "internal error" not in done.err
        finally:
            other.kill()
