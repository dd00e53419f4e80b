"""What `init` leaves for git, CI, pre-commit and editors, where each of them looks; also for a folder below the top.

Tried with the programs themselves where they are here: git, a shell for the workflow's steps, and pre-commit's rules.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any

import pytest
import yaml

from ogpcase import __version__
from ogpcase.store.init_templates import own_requirement, requirement_of

Run = Callable[..., CompletedProcess[str]]
ARCADIA = Path(__file__).parent / "folders" / "arcadia" / "cases"
LETTER = "arcadia-2023/events/2023-02-01-letter-ask.yaml"
WORKFLOW = ".github/workflows/ogpcase.yml"
FROM = ("--install-from", "0.1.0")
ALONE = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}
FOLDERS = pytest.mark.parametrize("folder", [".", "data/ogp", "data/Our cases (2024)"], ids=["top", "nested", "blanks"])


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, env=ALONE, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository, worked in."""
    git(tmp_path, "init", "-q", "-b", "main")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def begun(top: Path, ogpcase: Run, folder: str) -> Path:
    """Writes the skeleton, and the case of Arcadia into it; returns the case folder."""
    done = ogpcase("init", folder, *FROM)
    assert 0 == done.returncode, done.stderr
    cases = top / folder / "cases"
    copytree(ARCADIA, cases, dirs_exist_ok=True)
    return cases


def loaded(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


@FOLDERS
def test_each_file_stands_where_its_reader_looks(top: Path, ogpcase: Run, folder: str) -> None:
    begun(top, ogpcase, folder)
    for file in (WORKFLOW, ".pre-commit-config.yaml", ".vscode/settings.json"):
        assert (top / file).is_file(), file
    for file in (".gitattributes", ".gitignore", "schemas/event.schema.json", "cases/parties/ogp.yaml"):
        assert (top / folder / file).is_file(), file
    mapping = json.loads((top / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert all((top / schema).is_file() for schema in mapping)
    assert (top / folder / "cases").resolve() in {
        path.resolve() for path in top.glob(f"{Path(folder).as_posix()}/cases")
    }
    assert {str((Path(folder) / "cases" / LETTER).as_posix())} & {
        path.relative_to(top).as_posix() for glob in mapping.values() for path in top.glob(glob)
    }


def ran(top: Path, step: dict[str, Any], environment: dict[str, str]) -> CompletedProcess[str]:
    """Runs a step of the workflow as a runner does: in the checkout, with a shell that stops at a failure."""
    program = top.parent / f"{top.name}-bin"
    program.mkdir(exist_ok=True)
    (program / "ogpcase").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ogpcase "$@"\n')
    (program / "ogpcase").chmod(0o755)
    around = {**ALONE, **environment, "PATH": f"{program}{os.pathsep}{os.environ['PATH']}", "GITHUB_ACTIONS": "true"}
    around |= {"GITHUB_STEP_SUMMARY": str(top.parent / f"{top.name}-summary.md"), "PYTHONUTF8": "1"}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=top, env=around, capture_output=True, text=True, check=False)


def test_the_workflow_judges_a_pull_request_by_what_it_brings(top: Path, ogpcase: Run) -> None:
    """Each step is run in the checkout of a merge, with an error of somebody else in the branch."""
    folder = "data/Our cases (2024)"
    cases = begun(top, ogpcase, folder)
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "begin")
    base = git(top, "rev-parse", "HEAD")
    git(top, "checkout", "-q", "-b", "change")
    (cases / "README.md").write_text("# Ours\n")
    git(top, "commit", "-qam", "a word")
    git(top, "checkout", "-q", "main")
    (cases / LETTER).write_text((cases / LETTER).read_text("utf-8") + "theirs: x\n")
    git(top, "commit", "-qam", "a slip")
    git(top, "checkout", "-q", "--detach")
    git(top, "merge", "-q", "--no-edit", "change")
    workflow = loaded(top / WORKFLOW)
    steps = [step for step in workflow["jobs"]["validate"]["steps"] if "ogpcase" in step.get("run", "")]
    told, judged, whole = (step for step in steps if "pip install" not in step["run"])
    assert ("github.event_name == 'pull_request'", "github.event_name != 'pull_request'") == (judged["if"], whole["if"])
    around = {**workflow["env"], "BASE": base}
    assert 0 == ran(top, told, around).returncode
    done = ran(top, judged, around)
    assert 0 == done.returncode, done.stdout + done.stderr
    assert "no new problems in 1 case" in done.stdout
    done = ran(top, whole, around)
    assert 1 == done.returncode
    named = (Path(folder) / "cases" / LETTER).as_posix()
    assert f"::error file={named.replace(',', '%2C')},line=" in done.stdout


@FOLDERS
def test_the_hook_judges_the_folder_for_a_commit_of_its_files(top: Path, ogpcase: Run, folder: str) -> None:
    """pre-commit runs `entry` at the top of the repository, split as a shell does, if a file matches `files`."""
    cases = begun(top, ogpcase, folder)
    (hook,) = loaded(top / ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert re.search(hook["files"], (Path(folder) / "cases" / LETTER).as_posix())
    assert not re.search(hook["files"], "elsewhere/cases/x.yaml")
    program, *words = shlex.split(hook["entry"])
    assert "ogpcase" == program
    assert 0 == ogpcase(*words).returncode
    (cases / LETTER).write_text((cases / LETTER).read_text("utf-8") + "wrong: x\n")
    assert 1 == ogpcase(*words).returncode


def test_what_is_at_the_top_already_is_kept_and_what_it_lacks_is_said(top: Path, ogpcase: Run) -> None:
    """A second folder in the same repository, and a `.gitattributes` of somebody else."""
    begun(top, ogpcase, "data/ogp")
    (top / "other").mkdir()
    (top / "other" / ".gitattributes").write_text("* text=auto\n")
    files = {file: (top / file).read_bytes() for file in (WORKFLOW, ".pre-commit-config.yaml", "other/.gitattributes")}
    done = ogpcase("init", "other", *FROM)
    assert (0, "") == (done.returncode, done.stderr)
    assert files == {file: (top / file).read_bytes() for file in files}
    for line in (
        'CASES: "other"',
        'files: "^other/cases/"',
        "/cases/*/sources/** -text",
        "/cases/*/sources/*.yaml !text",
    ):
        assert f"          {line}\n" in done.stdout
    for file in files:
        assert f"kept    {file} as it is" in done.stdout


def test_a_second_run_finds_nothing_lacking(top: Path, ogpcase: Run) -> None:
    ogpcase("init", "data/ogp", *FROM)
    second = ogpcase("init", "data/ogp", *FROM).stdout
    assert second.startswith("everything already exists; nothing was written\nnext    ogpcase open-case ")
    assert top.is_dir()


def test_outside_a_repository_everything_is_in_the_folder(tmp_path: Path, ogpcase: Run) -> None:
    """Who starts the repository there finds the workflow at its top."""
    assert 0 == ogpcase("init", tmp_path / "new", *FROM).returncode
    assert (tmp_path / "new" / WORKFLOW).is_file()
    assert 'CASES: "."' in (tmp_path / "new" / WORKFLOW).read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "requirement"),
    [
        ("0.1.0", "ogpcase==0.1.0"),
        ("1.2rc1", "ogpcase==1.2rc1"),
        ("git+https://example.org/a/ogpcase@0123abc", "ogpcase @ git+https://example.org/a/ogpcase@0123abc"),
        ("https://example.org/ogpcase-0.1.0-py3-none-any.whl", "ogpcase @ https://example.org/ogpcase-0.1.0-py3-none-any.whl"),
    ],
    ids=["version", "candidate", "commit", "wheel"],
)  # fmt: skip
def test_a_version_or_an_address_is_what_pip_takes(typed: str, requirement: str) -> None:
    assert requirement == requirement_of(typed)


def test_ci_installs_from_what_was_named(top: Path, ogpcase: Run) -> None:
    """The name stands in the environment of the step, so that nothing in it is ever a command."""
    assert 0 == ogpcase("init", "--install-from", "https://example.org/ogpcase.whl").returncode
    (install,) = [step for step in loaded(top / WORKFLOW)["jobs"]["validate"]["steps"]
                  if "pip install" in step.get("run", "")]  # fmt: skip
    assert {"OGPCASE": "ogpcase @ https://example.org/ogpcase.whl"} == install["env"]
    assert 'python -m pip install "$OGPCASE"' == install["run"]


@pytest.mark.parametrize(
    "typed",
    [
        "latest",
        ">=0.1",
        "",
        "./dist/x.whl",
        "file:///tmp/x.whl",
        "http://example.org/x.whl",
        "git+ssh://git@example.org/x",
        "https://me:secret@example.org/x.whl",
        "git+https://token@example.org/x",
        'https://example.org/"; rm',
        "-r evil.txt",
        "https://example.org/${{ secrets.X }}",
    ],
)
def test_what_ci_cannot_or_must_not_install_from_is_refused(top: Path, ogpcase: Run, typed: str) -> None:
    """Nothing is written, and no password is repeated."""
    done = ogpcase("init", f"--install-from={typed}")
    assert (2, "") == (done.returncode, done.stdout)
    assert "git+https://HOST/OWNER/ogpcase@COMMIT" in done.stderr
    assert not {"secret", "token"} & set(re.findall(r"\w+", done.stderr))
    assert not (top / "cases").exists()


class Installed:
    """The metadata of an installed program, as far as it tells where it came from (PEP 610)."""

    def __init__(self, origin: dict[str, Any] | None) -> None:
        self.origin = origin

    def read_text(self, name: str) -> str | None:
        assert "direct_url.json" == name
        return None if self.origin is None else json.dumps(self.origin)


COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (None, f"ogpcase=={__version__}"),
        (
            {"url": "https://example.org/a/ogpcase", "vcs_info": {"vcs": "git", "commit_id": COMMIT}},
            f"ogpcase @ git+https://example.org/a/ogpcase@{COMMIT}",
        ),
        (
            {"url": "https://example.org/x.whl", "archive_info": {"hashes": {"sha256": "ab"}}},
            "ogpcase @ https://example.org/x.whl#sha256=ab",
        ),
        ({"url": "file:///home/me/ogpcase", "dir_info": {"editable": True}}, None),
        ({"url": "file:///home/me/x.whl", "archive_info": {}}, None),
        ({"url": "https://me:secret@example.org/x.whl", "archive_info": {}}, None),
        ({"url": "ssh://git@example.org/a/ogpcase", "vcs_info": {"vcs": "git", "commit_id": COMMIT}}, None),
    ],
    ids=["registry", "commit", "wheel", "editable", "file", "password", "ssh"],
)
def test_without_a_word_ci_installs_what_this_is(
    monkeypatch: pytest.MonkeyPatch, origin: dict[str, Any] | None, requirement: str | None
) -> None:
    """If others can reach where it came from."""
    monkeypatch.setattr("ogpcase.store.init_templates.distribution", lambda _: Installed(origin))
    assert requirement == own_requirement()


def test_without_anything_to_install_no_workflow_is_written(
    top: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run says so, and how to get one."""
    monkeypatch.setattr(
        "ogpcase.store.init_templates.distribution", lambda _: Installed({"url": "file:///x", "dir_info": {}})
    )
    done = ogpcase("init")
    assert 0 == done.returncode
    assert f"missing {WORKFLOW}: " in done.stdout
    assert "next    ogpcase init --install-from " in done.stdout
    assert not (top / ".github").exists()
    assert WORKFLOW in ogpcase("init", *FROM).stdout


REGISTER = ".github/workflows/register.yml"


@pytest.fixture
def copy(arcadia: Path, tmp_path: Path, ogpcase: Run) -> Path:
    """The repository of a public copy, worked in by the person who publishes."""
    assert 0 == ogpcase("publish", tmp_path / "copy", "--root", arcadia, "--yes").returncode
    git(tmp_path / "copy", "init", "-q", "-b", "main")
    return tmp_path / "copy"


def test_the_register_of_a_public_copy_is_judged_made_and_handed_over(copy: Path, ogpcase: Run) -> None:
    """Each step of ours is run as a runner does; the address is the one that the host tells."""
    before = {path for path in copy.rglob("*") if ".git" not in path.parts}
    done = ogpcase("init", copy, "--register", *FROM)
    assert (0, f"wrote   {copy / REGISTER}\n") == (done.returncode, done.stdout)
    assert {REGISTER} == {
        path.relative_to(copy).as_posix()
        for path in set(copy.rglob("*")) - before
        if path.is_file() and ".git" not in path.parts
    }
    workflow = loaded(copy / REGISTER)
    install, *ours = [step for step in workflow["jobs"]["build"]["steps"] if "run" in step]
    assert {"OGPCASE": "ogpcase[site]==0.1.0"} == install["env"]
    around = {**workflow["env"], "ADDRESS": "https://example.org/register", "RUNNER_TEMP": str(copy.parent / "runner")}
    (copy.parent / "runner").mkdir()
    for step in ours:
        ended = ran(copy, step, around)
        assert 0 == ended.returncode, ended.stdout + ended.stderr
    page = (copy.parent / "runner" / "register" / "arcadia-2023" / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.org/register/arcadia-2023/">' in page
    assert "" == git(copy, "status", "--porcelain", "--", "cases").replace("?? cases/", "")


def test_a_private_record_in_the_copy_keeps_its_register_from_being_made(copy: Path, ogpcase: Run) -> None:
    ogpcase("init", copy, "--register", *FROM)
    letter = copy / "cases" / LETTER
    letter.write_text(letter.read_text("utf-8") + "withhold: [summary]\n")
    workflow = loaded(copy / REGISTER)
    judge = next(step for step in workflow["jobs"]["build"]["steps"] if "validate" in step.get("run", ""))
    assert 1 == ran(copy, judge, workflow["env"]).returncode


@pytest.mark.parametrize("withheld", ["", "withhold: [summary]\n"], ids=["nothing", "a summary"])
def test_no_register_is_published_from_a_working_folder(arcadia: Path, ogpcase: Run, withheld: str) -> None:
    (arcadia / LETTER).write_text((arcadia / LETTER).read_text("utf-8") + withheld)
    done = ogpcase("init", "--register", *FROM)
    assert (1, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("refused: `cases` is no public copy")
    assert "`ogpcase publish DIR` makes one" in done.stderr
    assert not (arcadia.parent / ".github").exists()


def test_a_second_run_leaves_the_workflow_of_the_register(copy: Path, ogpcase: Run) -> None:
    ogpcase("init", copy, "--register", *FROM)
    (copy / REGISTER).write_text("mine\n")
    assert "everything already exists; nothing was written\n" == ogpcase("init", copy, "--register", *FROM).stdout
    assert "mine\n" == (copy / REGISTER).read_text("utf-8")


def test_this_very_program_can_be_asked() -> None:
    """With its metadata as they are: an address that pip takes, or none."""
    requirement = own_requirement()
    assert requirement is None or requirement.startswith(("ogpcase==", "ogpcase @ "))
