"""What git ignores is no problem, whether the repository says so or the person; records are read anyway."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
EVENTS = "arcadia-2023/events"
LEFT_BEHIND = (
    ".DS_Store",
    "scratch/notes.txt",
    "scratch/Draft Letter.yaml",
    f"{EVENTS}/.2023-02-01-letter-ask.yaml.swp",
    f"{EVENTS}/2023-02-01-letter-ask.yaml~",
    f"{EVENTS}/draft.yml",
    f"{EVENTS}/Draft Letter.yaml",
    "parties/.DS_Store",
)
"""What editors, desktops and people leave in a case folder; each is a problem where git does not ignore it."""
PATTERNS = "*.swp\n*~\n.DS_Store\nscratch/\n*.yml\nDraft*\n.#*\n"


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def littered(arcadia: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A case folder in a repository, with what was left behind; the person has a home without settings."""
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(arcadia.parent, "init", "-q")
    for file in LEFT_BEHIND:
        (arcadia / file).parent.mkdir(exist_ok=True)
        (arcadia / file).write_text("left\n")
    (arcadia / EVENTS / ".#2023-02-01-letter-ask.yaml").symlink_to("somebody@somewhere.1")
    return arcadia


def strays(ogpcase: Run) -> list[str]:
    rows = json.loads(ogpcase("validate", "--json").stdout)["rows"]
    return sorted(row["places"][0]["path"] for row in rows if row["severity"] == "error")


def test_what_git_does_not_ignore_is_a_problem(littered: Path, ogpcase: Run) -> None:
    assert len(LEFT_BEHIND) + 1 == len(strays(ogpcase))
    done = ogpcase("timeline", "arcadia-2023")
    assert (1, True) == (done.returncode, "draft.yml" in done.stderr)
    assert littered.is_dir()


def test_what_the_repository_ignores_is_none(littered: Path, ogpcase: Run) -> None:
    """Nor is it a record that cannot be read: views say nothing of it."""
    (littered.parent / ".gitignore").write_text(PATTERNS)
    assert [] == strays(ogpcase)
    done = ogpcase("timeline", "arcadia-2023")
    assert (0, "") == (done.returncode, done.stderr)
    done = ogpcase("list")
    assert (0, "") == (done.returncode, done.stderr)


@pytest.mark.parametrize("folder", ["", "data/ogp"], ids=["top", "nested"])
def test_an_ignoring_file_in_any_folder_counts(
    littered: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    place = littered.parent / folder
    place.mkdir(parents=True, exist_ok=True)
    littered.rename(place / "cases")
    (place / ".gitignore").write_text(PATTERNS)
    monkeypatch.chdir(place / "cases" / EVENTS)
    assert [] == strays(ogpcase)


@pytest.mark.parametrize("where", ["named", "usual", "of the repository"])
def test_the_list_of_a_person_counts(littered: Path, ogpcase: Run, where: str) -> None:
    """The one that their settings name, else the usual one, and the one in `.git` that is never committed."""
    home, settings = Path(os.environ["HOME"]), Path(os.environ["XDG_CONFIG_HOME"])
    lists = {
        "named": home / "mine",
        "usual": settings / "git" / "ignore",
        "of the repository": littered.parent / ".git" / "info" / "exclude",
    }
    lists[where].parent.mkdir(parents=True, exist_ok=True)
    lists[where].write_text(PATTERNS)
    if where == "named":
        (home / ".gitconfig").write_text("[core]\n\texcludesFile = ~/mine\n")
    assert [] == strays(ogpcase)


def test_an_ignored_record_is_read_and_judged(littered: Path, ogpcase: Run) -> None:
    """It may be a case that nobody else shall see."""
    (littered.parent / ".gitignore").write_text(f"{PATTERNS}2023-04-*\n")
    concern = littered / EVENTS / "2023-04-10-concern.yaml"
    concern.write_text(concern.read_text("utf-8") + "wrong: x\n")
    assert [f"cases/{EVENTS}/2023-04-10-concern.yaml"] == strays(ogpcase)
    assert "Under review" in ogpcase("timeline", "arcadia-2023").stdout


def test_a_committed_file_is_never_ignored(littered: Path, ogpcase: Run) -> None:
    (littered.parent / ".gitignore").write_text(PATTERNS)
    git(littered.parent, "add", "--force", f"cases/{EVENTS}/draft.yml")
    assert [f"cases/{EVENTS}/draft.yml"] == strays(ogpcase)


@pytest.mark.parametrize("name", ["events", "2023-02-01-letter-ask.yaml"])
def test_a_link_that_may_hide_records_is_a_problem_though_ignored(littered: Path, ogpcase: Run, name: str) -> None:
    """No view may say nothing of what it cannot read."""
    (littered.parent / ".gitignore").write_text(f"{PATTERNS}{name}\n")
    (real,) = littered.rglob(name)
    moved = littered.parent / "elsewhere"
    real.rename(moved)
    real.symlink_to(moved)
    assert str(real.relative_to(littered.parent)) in strays(ogpcase)
    assert 1 == ogpcase("status", "arcadia-2023").returncode


def test_without_git_everything_is_judged(littered: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (littered.parent / ".gitignore").write_text(PATTERNS)
    monkeypatch.setenv("PATH", str(littered))
    assert len(LEFT_BEHIND) + 1 == len(strays(ogpcase))


def test_git_is_asked_only_where_something_is_wrong(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(arcadia.parent, "init", "-q")
    monkeypatch.setattr("ogpcase.store.git.ignored_below", lambda _: pytest.fail("git was asked"))
    assert [] == strays(ogpcase)
