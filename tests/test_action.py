"""The action's script, as a job of GitHub runs it: in a checkout with a pull request's two commits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
SCRIPT = HERE.parent / "action" / "judge.sh"
CASES = HERE.parent / "cases"
RESOLUTION = "cases/mexico-2018/events/2019-12-12-resolution.yaml"
ALONE = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
AUTHOR = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")

Judged = tuple[subprocess.CompletedProcess[str], str]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the Mexico case but for its resolution, as a pull request's base."""
    folder = tmp_path / "checkout"
    shutil.copytree(CASES, folder / "cases")
    (tmp_path / "resolution.yaml").write_bytes((folder / RESOLUTION).read_bytes())
    (folder / RESOLUTION).unlink()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "base")
    return folder


@pytest.fixture
def judge(checkout: Path, tmp_path: Path) -> Callable[[str], Judged]:
    """Runs the script against a base with the environment of a job; returns what it printed and its summary."""

    def run(base: str) -> Judged:
        tool = tmp_path / "ogpcase"
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ogpcase "$@"\n')
        tool.chmod(0o755)
        summary = tmp_path / "summary.md"
        environment = {
            **os.environ,
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": str(checkout),
            "GITHUB_STEP_SUMMARY": str(summary),
            "OGPCASE_ROOT": ".",
            "OGPCASE_BASE": base,
        }
        done = subprocess.run(
            [str(SCRIPT), str(tool)], cwd=checkout, env=environment, capture_output=True, text=True, check=False
        )
        return done, summary.read_text() if summary.exists() else ""

    return run


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *AUTHOR, *words],
        env={**os.environ, **ALONE},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path, words: str) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", words)
    return git(folder, "rev-parse", "HEAD")


def test_a_sound_change_is_told_in_words(checkout: Path, tmp_path: Path, judge: Callable[[str], Judged]) -> None:
    """The summary opens with what moved; the job passes."""
    base = git(checkout, "rev-parse", "HEAD")
    (checkout / RESOLUTION).write_bytes((tmp_path / "resolution.yaml").read_bytes())
    commit(checkout, "The case is closed")
    done, summary = judge(base)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Report adopted → Closed, addressed domestically" in summary
    assert "::error" not in done.stdout


def test_a_change_with_an_error_fails_at_its_line(
    checkout: Path, tmp_path: Path, judge: Callable[[str], Judged]
) -> None:
    """The error stands at the line of the file that the change added, and the job fails."""
    base = git(checkout, "rev-parse", "HEAD")
    text = (tmp_path / "resolution.yaml").read_text().replace("\nbasis:", "\nbsis:")
    (checkout / RESOLUTION).write_text(text)
    commit(checkout, "A slip of the pen")
    done, summary = judge(base)
    line = text[: text.index("\nbsis:") + 1].count("\n") + 1
    assert done.returncode == 1
    assert f"::error file={RESOLUTION},line={line}," in done.stdout
    assert "1 new error" in summary
    assert "no public copy can be made of this folder" in summary


def test_a_change_is_not_blamed_for_what_others_merged(checkout: Path, judge: Callable[[str], Judged]) -> None:
    """The base that the event names is older than the one that the change is merged into."""
    base = git(checkout, "rev-parse", "HEAD")
    git(checkout, "checkout", "-q", "-b", "change")
    (checkout / "cases" / "README.md").write_text("# Cases\n")
    commit(checkout, "A word for readers")
    git(checkout, "checkout", "-q", "main")
    header = checkout / "cases" / "mexico-2018" / "case.yaml"
    header.write_text(f"{header.read_text()}theirs: x\n")
    commit(checkout, "A slip of somebody else")
    git(checkout, "checkout", "-q", "--detach")
    git(checkout, "merge", "-q", "--no-edit", "change")
    done, summary = judge(base)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "::error" not in done.stdout
    assert "no new problems in 3 cases" in summary
    assert "theirs" not in summary
    assert judge("")[0].returncode == 1


def test_a_base_that_is_not_there_stops_the_run(judge: Callable[[str], Judged]) -> None:
    """A shallow checkout is a run that cannot go on, and says what to do; it never passes in silence."""
    done, _ = judge("0" * 40)
    assert done.returncode != 0
    assert "error: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_base_cannot_be_an_option(judge: Callable[[str], Judged], tmp_path: Path) -> None:
    """What stands for a revision is never taken for an option of ours or of git's."""
    done, _ = judge(f"--output={tmp_path / 'written'}")
    assert done.returncode != 0
    assert not (tmp_path / "written").exists()


def test_without_a_base_only_the_folder_is_judged(judge: Callable[[str], Judged]) -> None:
    done, summary = judge("")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "→" not in summary
