"""Files as machines are told of them: by their path in the repository that holds them; and the folder that paths name.

GitHub looks for the file of an annotation in the repository, wherever the job has checked it out.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
ARCADIA = Path(__file__).parent / "folders" / "arcadia" / "cases"
LETTER = "arcadia-2023/events/2023-02-01-letter-ask.yaml"
FLAWED = frozenset({LETTER, "arcadia-2023/case.yaml"})
"""The misspelt letter, and the case of which nobody has recorded an answer to its duties."""
HOW = ("github", "gitlab", "sarif", "junit")


def below(top: str) -> set[str]:
    return {f"{top}/{file}" for file in FLAWED}


def paths_in(text: str, form: str) -> set[str]:
    """The files with a problem, as a format names them."""
    if form == "github":
        return set(re.findall(r"^::(?:error|warning) file=([^,]*),", text, re.MULTILINE))
    if form == "junit":
        return {f"{folder}/{name}" for folder, name in re.findall(r'classname="([^"]*)" name="([^"]*yaml)"', text)}
    if form == "gitlab":
        return {entry["location"]["path"] for entry in json.loads(text)}
    (run,) = json.loads(text)["runs"]
    places = [place for result in run["results"] for place in result["locations"]]
    return {place["physicalLocation"]["artifactLocation"]["uri"] for place in places}


def repository(top: Path, records: str = "cases", *, linked: bool = False) -> Path:
    """A repository with a case folder in which one record has a misspelt field; a linked worktree has a file `.git`."""
    copytree(ARCADIA, top / records, dirs_exist_ok=True)
    letter = top / records / LETTER
    letter.write_text(letter.read_text(encoding="utf-8").replace("addressees:", "adressees:"), encoding="utf-8")
    if linked:
        (top / ".git").write_text("gitdir: elsewhere\n")
    else:
        (top / ".git").mkdir()
        (top / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    return letter


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace of a job, worked in."""
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("linked", [False, True], ids=["clone", "worktree"])
@pytest.mark.parametrize(
    ("here", "words"),
    [
        (".", ("--root", "change/data/cases")),
        (".", ("change/data/cases",)),
        ("change", ("--root", "data")),
        ("change/data", ()),
        ("change/data/cases/arcadia-2023/events", ()),
        ("elsewhere", ("--root", "../change/data")),
        (".", ("--root", "link/data")),
        ("link/data", ()),
    ],
)
def test_a_path_is_that_in_the_repository(
    workspace: Path, ogpcase: Run, *, linked: bool, here: str, words: tuple[str, ...]
) -> None:
    """Checked out in a subfolder of the workspace, or run from a subfolder or another place: all the same."""
    repository(workspace / "change", "data/cases", linked=linked)
    (workspace / "elsewhere").mkdir()
    (workspace / "link").symlink_to("change")
    os.chdir(workspace / here)
    for form in HOW:
        done = ogpcase("validate", "--format", form, *words)
        assert (1, "") == (done.returncode, done.stderr)
        assert below("data/cases") == paths_in(done.stdout, form)
        assert "change/" not in done.stdout


@pytest.mark.parametrize("form", HOW)
def test_the_innermost_repository_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ogpcase: Run, form: str
) -> None:
    """A submodule, or the copy of the tool's own repository inside another one; an empty `.git` is none."""
    repository(tmp_path / "outer")
    repository(tmp_path / "outer" / "records", "data/cases", linked=True)
    (tmp_path / "outer" / "records" / "data" / ".git").mkdir()
    monkeypatch.chdir(tmp_path / "outer")
    assert below("data/cases") == paths_in(ogpcase("validate", "--format", form, "--root", "records/data").stdout, form)


def test_the_top_of_the_repository_may_be_the_case_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ogpcase: Run
) -> None:
    repository(tmp_path, ".")
    monkeypatch.chdir(tmp_path.parent)
    for form in HOW:
        done = ogpcase("validate", "--format", form, "--root", tmp_path.name)
        assert FLAWED == paths_in(done.stdout, form)


@pytest.mark.parametrize("form", HOW)
def test_outside_a_repository_the_workspace_counts_and_else_the_current_folder(
    arcadia: Path, monkeypatch: pytest.MonkeyPatch, ogpcase: Run, form: str
) -> None:
    """As for an unpacked archive."""
    letter = arcadia / LETTER
    letter.write_text(letter.read_text(encoding="utf-8").replace("addressees:", "adressees:"), encoding="utf-8")
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    assert below("cases") == paths_in(ogpcase("validate", "--format", form).stdout, form)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(arcadia.parent.parent))
    assert below(f"{arcadia.parent.name}/cases") == paths_in(ogpcase("validate", "--format", form).stdout, form)


def test_fixes_and_changed_files_have_the_same_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ogpcase: Run
) -> None:
    letter = repository(tmp_path / "change", "data/cases")
    text = letter.read_text(encoding="utf-8").replace("adressees:", "addressees:")
    letter.write_text(f"{text}as_stated_status: 012\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (run,) = json.loads(ogpcase("validate", "--format", "sarif", "change/data/cases").stdout)["runs"]
    fixes = [fix for result in run["results"] for fix in result.get("fixes", [])]
    changed = {change["artifactLocation"]["uri"] for fix in fixes for change in fix["artifactChanges"]}
    assert {f"data/cases/{LETTER}"} == changed
    done = ogpcase("validate", "--fix", "--format", "github", "change/data/cases")
    assert below("data/cases") - {f"data/cases/{LETTER}"} == paths_in(done.stdout, "github")
    assert f"mended  change/data/cases/{LETTER}\n" in done.stderr  # for whoever typed the command


def test_what_a_person_or_an_editor_reads_is_seen_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ogpcase: Run
) -> None:
    repository(tmp_path / "change")
    monkeypatch.chdir(tmp_path)
    for form in ("text", "concise", "json"):
        assert f"change/cases/{LETTER}" in ogpcase("validate", "--format", form, "change/cases").stdout


@pytest.mark.parametrize(
    "path", [f"cases/{LETTER}", "cases/arcadia-2023", "cases", ".", "cases/parties/open-arcadia.yaml"]
)
def test_a_hook_at_the_top_of_the_repository_finds_the_folder_of_its_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ogpcase: Run, path: str
) -> None:
    repository(tmp_path, "data/ogp/cases")
    monkeypatch.chdir(tmp_path)
    found = ogpcase("validate", "--format", "concise", f"data/ogp/{path}")
    assert (0 if "parties" in path else 1) == found.returncode, found.stderr
    assert "" == found.stderr
    assert ("parties" in path) != (f"data/ogp/cases/{LETTER}:" in found.stdout)
    assert 1 == ogpcase("validate").returncode  # without a path nothing leads there
    assert "no case folder here" in ogpcase("validate").stderr


def test_paths_come_before_the_current_folder(arcadia: Path, ogpcase: Run, tmp_path: Path) -> None:
    repository(tmp_path / "other")
    done = ogpcase("validate", "--format", "concise", f"other/cases/{LETTER}")
    assert f"other/cases/{LETTER}:" in done.stdout
    assert 0 == ogpcase("validate", arcadia / LETTER).returncode


def test_paths_of_several_folders_are_refused(arcadia: Path, ogpcase: Run, tmp_path: Path) -> None:
    repository(tmp_path / "other")
    done = ogpcase("validate", f"cases/{LETTER}", f"other/cases/{LETTER}")
    assert (2, "") == (done.returncode, done.stdout)
    assert "error: these paths are in several case folders: `cases`, `other/cases`\n" in done.stderr
    done = ogpcase("validate", "--root", arcadia, f"other/cases/{LETTER}")
    assert (1, f"error: `other/cases/{LETTER}` is not in the case folder `cases`\n") == (done.returncode, done.stderr)


@pytest.mark.usefixtures("arcadia")
def test_a_path_outside_every_folder_is_named(ogpcase: Run, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.yaml").write_text("kind: letter\n")
    done = ogpcase("validate", "notes/a.yaml", f"cases/{LETTER}")
    assert (1, "error: `notes/a.yaml` is not in the case folder `cases`\n") == (done.returncode, done.stderr)
    assert "`notes/b.yaml` does not exist" in ogpcase("validate", "notes/b.yaml").stderr
