"""Kept copies in real clones: what git makes of their bytes is named, and `init` keeps git from it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from ogpcase.store.git import Revisions
from ogpcase.store.init_templates import write_skeleton
from ogpcase.workspace.comparing import compared
from ogpcase.workspace.opening import Workspace

Run = Callable[..., CompletedProcess[str]]
COPY = "arcadia-2023/sources/letter.txt"
SOURCE = "arcadia-2023/sources/letter-page.yaml"
LF, CRLF = b"A letter,\nread in Arcadia.\n", b"A letter,\r\nread in Arcadia.\r\n"
ALONE = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "core.safecrlf=false", *words], cwd=folder, env=ALONE, check=True, capture_output=True)


def keep(cases: Path, data: bytes) -> None:
    """Keeps a copy with a record that pins it, as `--source-file` does."""
    (cases / COPY).parent.mkdir(exist_ok=True)
    (cases / COPY).write_bytes(data)
    lines = ("title: The letter", "url: https://example.org/letter", "file: sources/letter.txt",
             f"sha256: {sha256(data).hexdigest()}")  # fmt: skip
    (cases / SOURCE).write_text("".join(f"{line}\n" for line in lines), "utf-8")
    event = cases / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    event.write_text(event.read_text("utf-8").replace("sources:\n", "sources:\n  - letter-page\n", 1), "utf-8")


def cloned(top: Path, setting: str) -> Path:
    """Commits a folder and clones it, both with this setting."""
    git(top, "init", "-q")
    git(top, "-c", setting, "add", "-A")
    git(top, "commit", "-q", "-m", "a case")
    git(top, "-c", setting, "clone", "-q", str(top), "clone")
    return top / "clone"


Told = Callable[[Path], list[dict[str, Any]]]


@pytest.fixture
def told(ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Returns the errors of a folder."""

    def errors(folder: Path) -> list[dict[str, Any]]:
        monkeypatch.chdir(folder)
        rows = json.loads(ogpcase("validate", "--json").stdout)["rows"]
        return [row for row in rows if row["severity"] == "error"]

    return errors


@pytest.mark.parametrize(
    ("data", "setting", "message"),
    [
        (LF, "core.autocrlf=true", "the copy has CRLF where the file that was read has LF"),
        (CRLF, "core.autocrlf=input", "the copy has LF where the file that was read has CRLF"),
    ],
    ids=["CRLF for LF", "LF for CRLF"],
)
def test_line_ends_that_git_converted_are_named(
    arcadia: Path, told: Told, data: bytes, setting: str, message: str
) -> None:
    keep(arcadia, data)
    (row,) = told(cloned(arcadia.parent, setting))
    assert ("OC509", message) == (row["code"], row["message"])
    assert ".gitattributes" in row["helps"][0]


@pytest.mark.parametrize(
    ("data", "setting", "folder"),
    [
        (LF, "core.autocrlf=true", "."),
        (CRLF, "core.autocrlf=true", "data/ogp"),
        (CRLF, "core.autocrlf=input", "."),
        (b"mixed\r\nline\nends\n", "core.autocrlf=true", "data/ogp"),
    ],
    ids=["LF", "CRLF", "CRLF committed on Linux", "mixed"],
)
def test_the_attributes_of_init_keep_git_from_it(
    arcadia: Path, told: Told, data: bytes, setting: str, folder: str
) -> None:
    """Though the repository calls everything text. The record beside the copy is text, and sound with either end."""
    keep(arcadia, data)
    top = arcadia.parent / "repository"
    (top / folder).mkdir(parents=True)
    arcadia.rename(top / folder / "cases")
    git(top, "init", "-q")
    if folder != ".":
        (top / ".gitattributes").write_text("* text=auto\n")
    write_skeleton(top / folder, {})
    cases = cloned(top, setting) / folder / "cases"
    assert data == (cases / COPY).read_bytes()
    assert (setting == "core.autocrlf=true") is (b"\r\n" in (cases / SOURCE).read_bytes())
    assert [] == told(cases.parent)


@pytest.mark.parametrize(("data", "setting"), [(LF, "core.autocrlf=true"), (CRLF, "core.autocrlf=input")])
def test_the_attributes_of_publish_keep_git_from_it(
    arcadia: Path, told: Told, ogpcase: Run, data: bytes, setting: str
) -> None:
    """In a clone of the public copy, too; without them the help names the command that writes them there."""
    keep(arcadia, data)
    source = arcadia / SOURCE
    source.write_text(source.read_text("utf-8") + "publish_copy: true\n", "utf-8")
    public, without = (arcadia.parent.with_name(f"{arcadia.parent.name}-{name}") for name in ("public", "without"))
    assert 0 == ogpcase("publish", public, "--yes").returncode
    shutil.copytree(public / "cases", without / "cases")
    clone = cloned(public, setting)
    assert data == (clone / "cases" / COPY).read_bytes()
    assert [] == told(clone)
    assert 0 == ogpcase("publish", clone, "--check", "--root", arcadia).returncode
    written = [*clone.rglob("cases/**/*.yaml"), *clone.rglob("changes/*.json")]
    assert [] == [file for file in written if b"\r" in file.read_bytes()]
    (row,) = told(cloned(without, setting))
    assert "OC509" == row["code"]
    assert "`ogpcase publish`" in row["helps"][0]
    assert "init" not in row["helps"][0]


def test_a_pointer_of_git_lfs_is_named(arcadia: Path, told: Told) -> None:
    """As a checkout without LFS leaves it."""
    keep(arcadia, LF)
    oid = sha256(LF).hexdigest()
    (arcadia / COPY).write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(LF)}\n")
    (row,) = told(arcadia.parent)
    assert ("OC509", "the copy is a pointer of Git LFS, not the file that was read") == (row["code"], row["message"])
    assert "git lfs pull" in row["helps"][0]
    assert "`lfs: true`" in row["helps"][0]


def test_a_commit_with_a_pointer_holds_the_copy(arcadia: Path, ogpcase: Run) -> None:
    """Checked out with LFS, the copy is not changed since, and nothing is mended; a record with CRLF is not either."""
    keep(arcadia, LF)
    oid = sha256(LF).hexdigest()
    (arcadia / COPY).write_text(f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(LF)}\n")
    git(arcadia.parent, "init", "-q")
    git(arcadia.parent, "add", "-A")
    git(arcadia.parent, "commit", "-q", "-m", "a case")
    (arcadia / COPY).write_bytes(LF)
    (arcadia / SOURCE).write_bytes((arcadia / SOURCE).read_bytes().replace(b"\n", b"\r\n"))
    problems = json.loads(ogpcase("diff", "--json").stdout)["problems"]
    assert ([], []) == (problems["new"], problems["mended"])
    both = compared(Workspace.open(), Revisions())
    assert frozenset() == both.changed


def test_another_text_is_still_a_changed_copy(arcadia: Path, told: Told) -> None:
    keep(arcadia, LF)
    (arcadia / COPY).write_bytes(CRLF + b"A line more.\r\n")
    (row,) = told(arcadia.parent)
    assert "the copy does not have the SHA-256 that this source gives" == row["message"]
