"""`validate --shard`, `merge` and `validate --since`, as CI calls them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
AUTHOR = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
ALONE = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *AUTHOR, *words], cwd=folder, env=ALONE, check=True, capture_output=True)


def test_shards_are_merged_to_the_report_of_a_whole_run(ogpcase: Run, arcadia: Path, tmp_path: Path) -> None:
    event = min(arcadia.rglob("events/*.yaml"))
    event.write_text(event.read_text() + "nonsense: 1\n")
    whole = ogpcase("validate", "--json")
    paths = []
    for shard in ("2/2", "1/2"):
        done = ogpcase("validate", "--shard", shard, "--json")
        paths.append(tmp_path / f"report-{shard[0]}.json")
        paths[-1].write_text(done.stdout)
        assert done.returncode in {0, 1}
    merged = ogpcase("merge", *paths)
    assert (whole.stdout, 1, "") == (merged.stdout, merged.returncode, merged.stderr)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    "words", [("--shard", "1/2"), ("--shard", "3/2", "--json"), ("--shard", "1/2", "--json", "--fix")]
)
def test_a_shard_that_makes_no_sense_is_a_misuse(ogpcase: Run, words: tuple[str, ...]) -> None:
    done = ogpcase("validate", *words)
    assert (2, "") == (done.returncode, done.stdout)
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("arcadia")
def test_reports_that_are_none_are_refused(ogpcase: Run, tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("{}")
    for path in (tmp_path / "no.json", tmp_path / "missing.json", tmp_path, Path("/dev/zero")):
        done = ogpcase("merge", path)
        assert (1, "") == (done.returncode, done.stdout)
        assert done.stderr.startswith("error: `")


def test_reports_of_another_state_of_the_folder_are_refused(ogpcase: Run, arcadia: Path, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(ogpcase("validate", "--shard", "1/1", "--json").stdout)
    assert 0 == ogpcase("merge", tmp_path / "report.json").returncode
    party = next(arcadia.rglob("parties/*.yaml"))
    party.write_text(party.read_text() + "# a comment\n")
    done = ogpcase("merge", tmp_path / "report.json")
    assert (1, "") == (done.returncode, done.stdout)
    assert "another state of the folder" in done.stderr


def test_since_reports_what_the_change_brings_or_breaks(ogpcase: Run, arcadia: Path) -> None:
    """An old problem is not told, a new one is, and so is one in a record that did not change itself."""
    top = arcadia if (arcadia / "cases").is_dir() else arcadia.parent
    events = sorted(top.rglob("events/*.yaml"))
    events[0].write_text(events[0].read_text() + "old: 1\n")
    git(top, "init", "--quiet")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "before")
    assert (0, 1) == (ogpcase("validate", "--since", "HEAD").returncode, ogpcase("validate").returncode)
    events[1].write_text(events[1].read_text() + "new: 1\n")
    party = next(
        path for path in sorted(top.rglob("parties/*.yaml")) if any(path.stem in each.read_text() for each in events)
    )
    party.unlink()
    done = ogpcase("validate", "--since", "HEAD")
    assert 1 == done.returncode
    assert "`new`" in done.stdout
    assert "`old`" not in done.stdout
    assert f"no party is called `{party.stem}`" in done.stdout


@pytest.mark.usefixtures("arcadia")
def test_since_and_base_are_one_revision(ogpcase: Run) -> None:
    done = ogpcase("validate", "--since", "HEAD", "--base", "HEAD~1")
    assert (2, "") == (done.returncode, done.stdout)
