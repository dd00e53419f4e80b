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
        assert "the pages cannot tell when the register told of what" in done.stdout
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


def test_a_copy_gives_the_same_bytes_and_tells_when_it_changed(arcadia: Path, tmp_path: Path, ogpcase: Run) -> None:
    (arcadia / "ogpcase.yaml").write_text("format: 2\n", encoding="utf-8")
    assert 0 == ogpcase("publish", tmp_path / "public", "--yes", "--note", "A first look", "--root", arcadia).returncode
    (changes,) = (tmp_path / "public" / "changes").glob("*.json")
    made = []
    for name in ("one", "two"):
        done = ogpcase("site", tmp_path / name, "--root", tmp_path / "public")
        assert f"as of {changes.stem}" in done.stdout, done.stderr
        files = (path for path in sorted((tmp_path / name).rglob("*")) if path.is_file())
        made.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert made[0] == made[1]
    days = next(data for path, data in made[0].items() if path.parts[-2:] == ("days", "index.html")).decode()
    assert "The first public copy." in days
    assert "A first look" in days


def test_an_address_that_is_none_is_misused(arcadia: Path, tmp_path: Path, ogpcase: Run) -> None:
    done = ogpcase("site", tmp_path / "register", "--base-url", "example.org", "--root", arcadia)
    assert 2 == done.returncode
    assert "https://" in done.stderr
    assert not (tmp_path / "register").exists()
