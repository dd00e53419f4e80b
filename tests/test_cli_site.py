"""`ogpcase site`: what it writes, and where it refuses to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., CompletedProcess[str]]


def test_it_writes_a_register_and_replaces_its_own(arcadia: Path, tmp_path: Path, ogpcase: Run) -> None:
    target = tmp_path / "out" / "register"
    for _ in range(2):
        done = ogpcase("site", target, "--as-of", "2026-11-30", "--root", arcadia)
        assert 0 == done.returncode, done.stderr
        assert "as of 2026-11-30" in done.stdout
        (target / "left-over.html").write_text("old")
    assert (target / "index.html").is_file()
    ogpcase("site", target, "--as-of", "2026-11-30", "--root", arcadia)
    assert not (target / "left-over.html").exists()
    assert ["register"] == [path.name for path in target.parent.iterdir()]


def test_it_refuses_a_folder_that_is_not_its_own(arcadia: Path, tmp_path: Path, ogpcase: Run) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    for folder in (mine, arcadia, arcadia / "site", tmp_path):
        done = ogpcase("site", folder, "--root", arcadia)
        assert 1 == done.returncode
        assert "nothing was written" in done.stderr
    assert ["letter.txt"] == [path.name for path in mine.iterdir()]


def test_it_wants_a_folder_or_a_look(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("site", "--root", arcadia)
    assert 2 == done.returncode
    assert "--serve" in done.stderr
