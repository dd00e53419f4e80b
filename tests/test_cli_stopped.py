"""What stops a run in the middle: each message says truly what is stored, and what it prints to be pasted is safe."""

from __future__ import annotations

import errno
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
JOURNAL = ".ogpcase-journal.json"
LETTER = "2023-02-01-letter-ask"
NEW = ("--title", "T", "--dated", "2024-05-05", "--senders", "open-arcadia", "--source", "https://e.org/x")


def editor(folder: Path, words: str) -> str:
    program = folder / "editor.sh"
    program.write_text(f"#!/bin/sh\n{words}\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(
    ("does", "why"),
    [
        ('rm "$1"', "no such file or directory"),
        ('rm "$1"; mkdir "$1"', "is a directory"),
        ('rm -r "${1%/*}"', "no such file or directory"),
        ('mv "$1" "$1.bak"', "no such file or directory"),
    ],
)
def test_an_editor_that_leaves_no_file_is_told(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, does: str, why: str
) -> None:
    before = sorted(arcadia.rglob("*"))
    monkeypatch.setenv("EDITOR", editor(arcadia.parent, does))
    done = ogpcase("add-event", "arcadia-2023", "letter", *NEW, "--edit")
    assert (1, "") == (done.returncode, done.stdout)
    assert (
        f"error: the editor left no file that can be read: {why}; nothing was written\n"
        "  save the record in the file that the editor was given\n"
    ) == done.stderr
    assert before == sorted(arcadia.rglob("*"))


def test_no_room_for_a_file_to_edit_is_told(arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setattr("tempfile.tempdir", str(arcadia / "nowhere"))
    done = ogpcase("add-event", "arcadia-2023", "letter", *NEW, "--edit")
    assert (1, "error: no file to edit can be written: no such file or directory; nothing was written\n") == (
        done.returncode,
        done.stderr,
    )


CLOSE = """
import errno, os, sys
real = os.close
def close(opened):
    real(opened)
    raise OSError(errno.EIO, "Input/output error")
os.close = close
from ogpcase.cli.app import app
app(sys.argv[1:], prog_name="ogpcase")
"""


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", [["status", "arcadia-2023"], ["validate"], ["show", "arcadia-2023"], ["list"]])
def test_a_disk_that_complains_at_closing_changes_no_answer(ogpcase: Run, words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-c", CLOSE, *words], check=False, capture_output=True, text=True)
    assert (0, "") == (done.returncode, done.stderr)
    assert ogpcase(*words).stdout == done.stdout


def refuse(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Lets the disk take nothing of these names away."""
    real = os.unlink

    def unlink(path: str, *, dir_fd: int | None = None) -> None:
        if Path(path).name in names:
            raise OSError(errno.EACCES, "Permission denied")
        real(path, dir_fd=dir_fd)

    monkeypatch.setattr(os, "unlink", unlink)


def test_a_renaming_whose_last_step_is_refused_says_that_it_is_half_done(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = arcadia / "arcadia-2023" / "events"
    with monkeypatch.context() as patch:
        refuse(patch, "2024-01-15-report-review.yaml")
        done = ogpcase("rename", "arcadia-2023/2024-01-15-report-review", "2024-01-15-report-other")
    assert 1 == done.returncode
    assert "`rename` stopped half way, with some of its files stored: `cases/" in done.stderr
    assert "permission denied\n  the next command that writes here finishes it\n" in done.stderr
    assert "nothing was" not in done.stderr
    assert (events / "2024-01-15-report-other.yaml").exists()
    assert (events / "2024-01-15-report-review.yaml").exists()
    done = ogpcase("add-event", "arcadia-2023", "letter", *NEW)
    assert "finished `rename`, which was interrupted" in done.stderr
    assert not (events / "2024-01-15-report-review.yaml").exists()


def test_a_renaming_that_is_taken_back_says_that_nothing_was_changed(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where all can be undone it is; where that is refused too, it is half done."""
    events = arcadia / "arcadia-2023" / "events"
    before = sorted(events.iterdir())
    with monkeypatch.context() as patch:
        refuse(patch, "2024-06-03-resolution.yaml")
        done = ogpcase("rename", "arcadia-2023/2024-06-03-resolution", "2024-06-03-resolution-other")
    assert 1 == done.returncode
    assert done.stderr.endswith("permission denied; nothing was changed\n")
    assert before == sorted(events.iterdir())
    assert not (arcadia / JOURNAL).exists()
    with monkeypatch.context() as patch:
        refuse(patch, "2024-06-03-resolution.yaml", "2024-06-03-resolution-other.yaml")
        done = ogpcase("rename", "arcadia-2023/2024-06-03-resolution", "2024-06-03-resolution-other")
    assert "half way" in done.stderr
    assert "nothing was" not in done.stderr
    with monkeypatch.context() as patch:
        refuse(patch, "2024-06-03-resolution.yaml")
        done = ogpcase("add-event", "arcadia-2023", "letter", *NEW)
    assert "`rename` stopped half way" in done.stderr  # also where the next command cannot finish it
    assert "nothing was" not in done.stderr


@pytest.mark.parametrize(
    "text", ["{}", "[", '{"format": 1, "folder": 1, "what": "rename", "move": null, "files": []}', ""]
)
def test_a_journal_that_came_with_the_records_is_named(arcadia: Path, ogpcase: Run, text: str) -> None:
    """It keeps every command from writing, so the folder is not in order."""
    (arcadia / JOURNAL).write_text(text)
    done = ogpcase("validate", "--format", "concise")
    said = "this journal was not left here by an interrupted command"
    assert 1 == done.returncode
    assert f"cases/{JOURNAL}:1:1: error[OC229] {said}\n" in done.stdout
    assert "error[OC229]" not in ogpcase("validate", "--format", "concise", arcadia / "arcadia-2023").stdout
    assert (
        "was not left here by an interrupted command" in ogpcase("set", f"arcadia-2023/{LETTER}", "title", "x").stderr
    )
    (arcadia / JOURNAL).unlink()
    assert 0 == ogpcase("validate").returncode


def test_a_journal_that_a_command_left_here_is_no_fault(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, "2024-01-15-report-review.yaml")
        ogpcase("rename", "arcadia-2023/2024-01-15-report-review", "2024-01-15-report-other")
    assert (arcadia / JOURNAL).exists()
    assert "OC229" not in ogpcase("validate", "--format", "concise").stdout
    (arcadia.parent / "clone").mkdir()
    copytree(arcadia, arcadia.parent / "clone" / "cases")
    assert "OC229" in ogpcase("validate", "--format", "concise", "--root", "clone").stdout


def words_of(text: str, first: str) -> list[str]:
    """The words that a shell makes of the command that a run prints after `first`."""
    (line,) = [each for each in text.splitlines() if first in each]
    return shlex.split(line[line.index(first) :])


FOLDER = "a;touch X;b $(touch Y) 'c'"


@pytest.fixture
def strange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case folder whose path would run commands in a shell, worked in from above it."""
    copytree(Path(__file__).parent / "folders" / "arcadia" / "cases", tmp_path / FOLDER / "cases")
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q", FOLDER], check=True)
    return Path(FOLDER) / "cases"


def test_what_comes_next_can_be_pasted_into_a_shell(strange: Path, ogpcase: Run) -> None:
    root = ("--root", FOLDER)
    event = f"arcadia-2023/{LETTER}"
    done = ogpcase("add-event", "arcadia-2023", "letter", *NEW, *root)
    made = [f"arcadia-2023/{file}" for file in re.findall(r"arcadia-2023/(.*)", done.stdout.split("undo")[0])]
    add = ["git", "-C", str(strange), "add"]
    assert [*add, *made] == words_of(done.stdout, "git -C")
    assert ["rm", *(f"{strange}/{file}" for file in made)] == words_of(done.stdout, "rm ")
    done = ogpcase("set", event, "title", "x", *root)
    file = f"{strange}/arcadia-2023/events/{LETTER}.yaml"
    assert [*add, f"arcadia-2023/events/{LETTER}.yaml"] == words_of(done.stdout, "git -C")
    inverse = ["ogpcase", "set", "--root", FOLDER, event, "title"]
    assert inverse == words_of(done.stdout, "ogpcase set")[:-1]
    done = ogpcase("rename", event, "2023-02-01-letter-other", *root)
    other = f"{strange}/arcadia-2023/events/2023-02-01-letter-other.yaml"
    assert ["mv", other, file] == words_of(done.stdout, "mv ")
    done = ogpcase("add-party", "new-one", "--name", "N", "--classification", "other", *root)
    assert [*add, "parties/new-one.yaml"] == words_of(done.stdout, "git -C")


def test_a_hint_can_be_pasted_into_a_shell(strange: Path, ogpcase: Run, tmp_path: Path) -> None:
    letter = strange / "arcadia-2023" / "events" / f"{LETTER}.yaml"
    letter.write_text("kind: [")
    done = ogpcase("set", f"arcadia-2023/{LETTER}", "title", "x", "--root", FOLDER)
    assert ["ogpcase", "validate", str(letter)] == words_of(done.stderr, "ogpcase validate")
    assert "`ogpcase init 'x; rm y'`" in ogpcase("list", "--root", "x; rm y").stderr
    (tmp_path / FOLDER / "schemas").mkdir()
    done = ogpcase("schema", tmp_path / FOLDER / "schemas", "--check")
    assert f"ogpcase schema {shlex.quote(str(tmp_path / FOLDER / 'schemas'))}" in done.stdout
    assert "`ogpcase init -- -rf`" in ogpcase("list", "--root", "-rf").stderr


def test_an_ordinary_path_is_not_quoted(arcadia: Path, ogpcase: Run) -> None:
    subprocess.run(["git", "init", "-q", arcadia.parent], check=True)
    done = ogpcase("add-event", "arcadia-2023", "letter", *NEW)
    assert "next    git add cases/arcadia-2023/" in done.stdout
