"""Changes as CI checks them out, in real repositories: each is compared with where it parted, and blamed for no other.

The records have warnings of their own; what a change brings is an error, told by the name of its field.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml

from ogpcase.cli.read_session import ReadSession

Run = Callable[..., CompletedProcess[str]]
EVENTS = "cases/arcadia-2023/events"
LETTER = f"{EVENTS}/2023-02-01-letter-ask.yaml"
CONCERN = f"{EVENTS}/2023-04-10-concern.yaml"
ALONE = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=ALONE, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(folder: Path) -> str:
    git(folder, "add", "-A", ".")
    git(folder, "commit", "-q", "-m", "a change")
    return git(folder, "rev-parse", "HEAD")


def spoil(file: Path, field: str) -> None:
    """Gives a record a field that no record has: an error that names it."""
    file.write_text(f"{file.read_text('utf-8')}{field}: x\n", "utf-8")


def errors(done: CompletedProcess[str]) -> list[str]:
    """The messages of the errors that `validate --json` reports."""
    return [row["message"] for row in json.loads(done.stdout)["rows"] if row["severity"] == "error"]


def brought(done: CompletedProcess[str]) -> list[str]:
    """The codes of the problems that `diff --json` calls new."""
    problems = json.loads(done.stdout)["problems"]
    return [each["code"] for each in problems["new"]]


OURS = ["`concern` has no field `ours`"]


@pytest.fixture
def repository(arcadia: Path) -> Path:
    """A repository whose main branch has an old error, and, since a change parted from it, an error of somebody else.

    The branch `change` brings an error of its own. `start` is where it parted; main is checked out.
    """
    top = arcadia.parent
    git(top, "init", "-q", "-b", "main")
    spoil(top / LETTER, "old")
    committed(top)
    git(top, "tag", "start")
    git(top, "checkout", "-q", "-b", "change")
    spoil(top / CONCERN, "ours")
    committed(top)
    git(top, "checkout", "-q", "main")
    spoil(top / LETTER, "theirs")
    committed(top)
    return top


@pytest.fixture
def merged(repository: Path) -> Path:
    """The change as GitHub and GitLab check it out: merged into main, and on no branch."""
    git(repository, "checkout", "-q", "--detach", "main")
    git(repository, "merge", "-q", "--no-ff", "--no-edit", "change")
    return repository


@pytest.mark.parametrize("base", ["start", "main", "HEAD^1"])
def test_a_merged_change_is_compared_with_what_it_is_merged_into(merged: Path, ogpcase: Run, base: str) -> None:
    """Whatever CI names: the base when the change was opened, the branch, or the first parent."""
    assert 3 == len(errors(ogpcase("validate", "--json")))
    assert OURS == errors(ogpcase("validate", "--since", base, "--json"))
    assert ["OC202"] == brought(ogpcase("diff", f"{base}...", "--json"))
    assert git(merged, "rev-parse", "main") == json.loads(ogpcase("diff", f"{base}...", "--json").stdout)["base"]


def test_annotations_of_a_merged_change_begin_with_its_own_files(merged: Path, ogpcase: Run) -> None:
    done = ogpcase("validate", "--base", git(merged, "rev-parse", "start"), "--format", "github")
    first = next(line for line in done.stdout.splitlines() if line.startswith("::error"))
    assert first.startswith(f"::error file={CONCERN},")


def test_a_sound_change_passes_though_main_has_errors(repository: Path, ogpcase: Run) -> None:
    git(repository, "checkout", "-q", "-b", "sound", "start")
    (repository / LETTER).write_text((repository / LETTER).read_text("utf-8").replace("title: Open", "title: Do open"))
    committed(repository)
    git(repository, "checkout", "-q", "--detach", "main")
    git(repository, "merge", "-q", "--no-edit", "sound")
    done = ogpcase("validate", "--since", "start")
    assert 0 == done.returncode
    assert "no new problems in 1 case (10 files); " in done.stdout
    assert "older problems not shown" in done.stdout
    assert 1 == ogpcase("validate").returncode


def test_a_branch_is_compared_with_where_it_parted(repository: Path, ogpcase: Run) -> None:
    """Main went on; what it has now is neither new nor mended."""
    git(repository, "checkout", "-q", "change")
    assert OURS == errors(ogpcase("validate", "--since", "main", "--json"))
    git(repository, "checkout", "-q", "--detach", "change")
    assert OURS == errors(ogpcase("validate", "--since", "main", "--json"))


def test_a_branch_into_which_main_was_merged_keeps_its_own_errors(repository: Path, ogpcase: Run) -> None:
    """Its first parent is the change itself, which must not be left out; on a branch or checked out alone."""
    git(repository, "checkout", "-q", "change")
    git(repository, "merge", "-q", "--no-edit", "main")
    for _ in range(2):
        assert OURS == errors(ogpcase("validate", "--since", "main", "--json"))
        git(repository, "checkout", "-q", "--detach")


def test_an_earlier_commit_of_a_branch_is_compared_as_named(repository: Path, ogpcase: Run) -> None:
    """A merge on a branch is a commit as any other: all that came since is new."""
    git(repository, "merge", "-q", "--no-edit", "change")
    assert 2 == len(errors(ogpcase("validate", "--since", "start", "--json")))
    assert 2 == len(brought(ogpcase("diff", "start", "--json")))


def test_a_merge_that_is_checked_out_alone_is_compared_as_named_by_diff(merged: Path, ogpcase: Run) -> None:
    """Two dots, or none, compare with the commit itself, as git does."""
    assert 2 == len(brought(ogpcase("diff", git(merged, "rev-parse", "start"), "--json")))


@pytest.mark.parametrize("words", [("validate", "--since", "HEAD^1"), ("diff", "HEAD^1..."), ("diff", "HEAD~1")])
def test_a_checkout_of_one_commit_says_what_is_missing(
    merged: Path, tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """As actions/checkout makes it by default; the message says what to write for GitHub and for GitLab."""
    git(merged, "tag", "merge")
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=merge", f"file://{merged}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    done = ogpcase(*words)
    assert (1, "") == (done.returncode, done.stdout)
    assert f"git knows no commit `{words[-1].rstrip('.')}`" in done.stderr
    for way in ("git fetch --unshallow", "`fetch-depth: 0`", "`GIT_DEPTH: 0`"):
        assert way in " ".join(done.stderr.split())


def test_a_clone_too_shallow_to_know_where_a_change_parted_says_so(
    repository: Path, tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has both commits, and neither history: a comparison would blame the change for all that is in main."""
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", "--branch=change", f"file://{repository}", "shallow")
    git(clone, "fetch", "-q", "--depth=1", "origin", "main:main")
    monkeypatch.chdir(clone)
    done = ogpcase("validate", "--since", "main")
    assert (1, "") == (done.returncode, done.stdout)
    assert "`main` and `HEAD` have no commit in common here" in done.stderr
    assert "`fetch-depth: 0`" in done.stderr
    git(clone, "fetch", "-q", "--unshallow", "origin")
    assert OURS == errors(ogpcase("validate", "--since", "main", "--json"))


def test_two_commits_are_enough_for_the_first_parent(
    merged: Path, tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(merged, "tag", "merge")
    git(tmp_path, "clone", "-q", "--depth=2", "--branch=merge", f"file://{merged}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert OURS == errors(ogpcase("validate", "--since", "HEAD^1", "--json"))


def test_the_job_for_gitlab_fails_for_what_a_merge_request_brings(merged: Path, tmp_path: Path) -> None:
    """The commands of docs/ci.md but the installation, in a merged-results pipeline, and in one of the main branch."""
    document = (Path(__file__).parent.parent / "docs" / "ci.md").read_text("utf-8")
    snippet = document.partition("## GitLab")[2].partition("```yaml\n")[2].partition("```")[0]
    job = yaml.safe_load(snippet)["ogpcase"]
    program = tmp_path / "bin" / "ogpcase"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ogpcase "$@"\n')
    program.chmod(0o755)
    script = [line for line in job["script"] if "pip install" not in line]

    def ran(*lines: str, **variables: str) -> CompletedProcess[str]:
        around = {**ALONE, **variables, "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
        command = ["bash", "-eo", "pipefail", "-c", "\n".join(lines)]
        return subprocess.run(command, cwd=merged, env=around, capture_output=True, text=True, check=False)

    done = ran(*script, CI_MERGE_REQUEST_DIFF_BASE_SHA=git(merged, "rev-parse", "start"))
    assert 1 == done.returncode
    assert "1 new error in 1 case" in done.stdout
    assert "`concern` has no field `ours`" in done.stdout
    assert "theirs" not in done.stdout
    reports = job["artifacts"]["reports"]
    quality = json.loads((merged / reports["codequality"]).read_text("utf-8"))
    assert {CONCERN, LETTER} <= {entry["location"]["path"] for entry in quality}
    assert f'file="{LETTER}"' in (merged / reports["junit"]).read_text("utf-8")
    assert "3 errors, 1 warning in 1 case" in ran(script[-1]).stdout


@pytest.fixture
def flawed(arcadia: Path) -> Path:
    """A committed case with a problem in an event, in a party, in the header, and a record that cannot be read."""
    top = arcadia.parent
    spoil(top / LETTER, "old")
    spoil(arcadia / "parties" / "open-arcadia.yaml", "old")
    spoil(arcadia / "arcadia-2023" / "case.yaml", "old")
    broken = arcadia / "arcadia-2023" / "events" / "2023-03-01-letter-broken.yaml"
    broken.write_text("kind: [letter\n", "utf-8")
    git(top, "init", "-q", "-b", "main")
    committed(top)
    return top


def moved(top: Path, old: str, new: str) -> None:
    """Renames as git does, and nothing else: what names the old record is not changed."""
    (top / new).parent.mkdir(parents=True, exist_ok=True)
    git(top, "mv", old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LETTER, f"{EVENTS}/2023-02-01-letter-asking.yaml"),
        ("cases/parties/open-arcadia.yaml", "cases/parties/open-arcadia-network.yaml"),
        ("cases/arcadia-2023", "cases/arcadia-2022"),
        ("cases", "data/ogp/cases"),
        (f"{EVENTS}/2023-03-01-letter-broken.yaml", f"{EVENTS}/2023-03-01-letter-unreadable.yaml"),
    ],
    ids=["event", "party", "case", "folder", "unreadable"],
)
def test_what_was_wrong_before_a_renaming_is_not_new_after_it(
    flawed: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    """Only a reference to the old name is: nothing here was adapted to the new one."""
    before = len(json.loads(ogpcase("validate", "--json").stdout)["rows"])
    moved(flawed, old, new)
    monkeypatch.chdir(flawed / "data" / "ogp" if "data" in new else flawed)
    done = ogpcase("validate", "--new-only", "--json")
    answer = json.loads(done.stdout)
    gone = Path(old).stem
    assert [] == [row["message"] for row in answer["rows"] if gone not in row["message"]]
    assert before == answer["judged"]["there_before"]
    assert len(answer["rows"]) == len(brought(ogpcase("diff", "--json")))


def test_a_record_that_cannot_be_read_is_told_as_renamed(flawed: Path, ogpcase: Run) -> None:
    """Not as one that can be read now, and another that can no longer be."""
    moved(flawed, f"{EVENTS}/2023-03-01-letter-broken.yaml", f"{EVENTS}/2023-03-01-letter-unreadable.yaml")
    (case,) = json.loads(ogpcase("diff", "--json").stdout)["rows"]
    told = [(event["what"], event["event"], event["was"]) for event in case["events"]]
    assert [("renamed", "2023-03-01-letter-unreadable", "2023-03-01-letter-broken")] == told
    assert "2023-03-01-letter-unreadable   (was 2023-03-01-letter-broken)" in ogpcase("diff").stdout
    assert "its id was 2023-03-01-letter-broken" in ogpcase("diff", "--format", "markdown").stdout


def test_a_renaming_by_ogpcase_brings_nothing(flawed: Path, ogpcase: Run) -> None:
    """It adapts what names the record, so nothing is new."""
    (flawed / EVENTS / "2023-03-01-letter-broken.yaml").unlink()
    committed(flawed)
    for words in (("arcadia-2023/2023-02-01-letter-ask", "2023-02-01-letter-asking"),
                  ("parties/open-arcadia", "open-arcadia-network"), ("arcadia-2023", "arcadia-2022")):  # fmt: skip
        done = ogpcase("rename", *words)
        assert 0 == done.returncode, done.stderr
        done = ogpcase("validate", "--new-only")
        assert 0 == done.returncode
        assert done.stdout.startswith("no new problems in 1 case (10 files); ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("validate",), ["checking case 1 of 1"]),
        (("validate", "--new-only"), ["checking case 1 of 1 in the earlier version", "checking case 1 of 1"]),
        (("diff",), ["checking case 1 of 1 in the earlier version", "checking case 1 of 1"]),
    ],
    ids=["all", "change", "diff"],
)
def test_who_waits_is_told_which_case_is_checked(
    repository: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: list[str]
) -> None:
    """What the line of progress shows, asked for without a clock."""
    heard: list[str] = []
    monkeypatch.setattr(ReadSession, "note", lambda _, doing: heard.append(doing))
    ogpcase(*words)
    assert said == heard
    assert repository.is_dir()
