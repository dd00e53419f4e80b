"""The shelf in the user's cache folder: what it keeps comes back whole or not at all, and it never stops a run."""

from __future__ import annotations

import os
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from ogpcase.store import shelf as shelves
from ogpcase.store.shelf import Shelf, shelf_folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "ogpcase" / "verdicts.sqlite"


def test_what_is_kept_comes_back(path: Path) -> None:
    shelf = Shelf(path)
    assert {} == shelf.get(["a"])
    shelf.put({"a": "one", "b": "two\n\ud800"[:4]})
    assert {"a": "one", "b": "two\n"} == Shelf(path).get(["a", "b", "c"])
    shelf.put({"a": "other"})
    assert {"a": "other"} == shelf.get(["a"])


def test_more_keys_than_one_question_takes(path: Path) -> None:
    texts = {f"k{each}": str(each) for each in range(1800)}
    Shelf(path).put(texts)
    assert texts == Shelf(path).get(texts)


def test_only_the_user_may_read_and_write_it(path: Path) -> None:
    Shelf(path).put({"a": "one"})
    assert 0o700 == stat.S_IMODE(path.parent.stat().st_mode)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)


def test_a_row_that_was_changed_is_not_there(path: Path) -> None:
    Shelf(path).put({"a": "one", "b": "two"})
    with sqlite3.connect(path) as database:
        database.execute("UPDATE kept SET value = 'planted' WHERE key = 'a'")
    assert {"b": "two"} == Shelf(path).get(["a", "b"])


@pytest.mark.parametrize("damage", [b"", b"not a database at all, and long enough to be taken for one" * 40])
def test_a_damaged_file_is_as_if_it_were_not_there(path: Path, damage: bytes) -> None:
    Shelf(path).put({"a": "one"})
    path.write_bytes(damage)
    assert {} == Shelf(path).get(["a"])
    Shelf(path).put({"b": "two"})
    assert {"b": "two"} == Shelf(path).get(["b"])


@pytest.mark.parametrize("size", range(0, 8192, 700))
def test_a_file_cut_short_stops_nothing(path: Path, size: int) -> None:
    texts = {f"k{each}": "x" * 50 for each in range(60)}
    Shelf(path).put(texts)
    os.truncate(path, size)
    found = Shelf(path).get(texts)
    assert found.items() <= texts.items()


@pytest.mark.parametrize("mode", [0o660, 0o606, 0o666])
def test_a_file_that_others_may_write_to_is_not_read(path: Path, mode: int) -> None:
    Shelf(path).put({"a": "one"})
    path.chmod(mode)
    assert {} == Shelf(path).get(["a"])


def test_a_folder_that_others_may_write_to_is_not_used(path: Path) -> None:
    Shelf(path).put({"a": "one"})
    path.parent.chmod(0o777)
    assert {} == Shelf(path).get(["a"])
    path.unlink()
    Shelf(path).put({"a": "one"})
    assert not path.exists()


def test_a_link_in_its_place_is_neither_read_nor_written(path: Path, tmp_path: Path) -> None:
    Shelf(path).put({"a": "one"})
    planted = path.rename(tmp_path / "planted.sqlite")
    path.symlink_to(planted)
    before = planted.read_bytes()
    assert {} == Shelf(path).get(["a"])
    Shelf(path).put({"b": "two"})
    assert before == planted.read_bytes()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_of_another_user_is_not_read(path: Path) -> None:
    Shelf(path).put({"a": "one"})
    os.chown(path, 12345, 12345)
    assert {} == Shelf(path).get(["a"])


def test_where_nothing_can_be_written_nothing_is_said(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path.parent.parent.mkdir(parents=True)
    path.parent.write_text("a file where the folder should be")
    Shelf(path).put({"a": "one"})
    assert {} == Shelf(path).get(["a"])
    assert ("", "") == capfd.readouterr()


def test_it_does_not_grow_without_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was used longest ago goes first; what is in use stays."""
    monkeypatch.setattr(shelves, "MOST", 1000)
    shelf = Shelf(path)
    shelf.put({"first": "1" * 400})
    shelf.put({"second": "2" * 400})
    shelf.put({"third": "3" * 400}, used=["first"])
    assert {"first", "third"} == set(shelf.get(["first", "second", "third"]))


def test_it_is_never_in_the_repository_of_the_case_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pull request could plant it there."""
    cases = tmp_path / "project" / "cases"
    cases.mkdir(parents=True)
    (tmp_path / "project" / ".git").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "project" / ".cache"))
    assert Shelf.of("verdicts", cases) is None
    (tmp_path / "link").symlink_to(tmp_path / "project")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "link" / ".cache"))
    assert Shelf.of("verdicts", cases) is None
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "elsewhere"))
    assert Shelf.of("verdicts", cases) is not None


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path / ".cache" / "ogpcase" == shelf_folder()
    monkeypatch.delenv("HOME")
    assert shelf_folder() is None


def test_without_sqlite_nothing_is_kept(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Shelf(path).put({"a": "one"})
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    Shelf(path).put({"b": "two"})
    assert {} == Shelf(path).get(["a", "b"])


def test_a_file_that_cannot_be_opened_is_as_if_it_were_not_there(path: Path) -> None:
    path.parent.mkdir(parents=True, mode=0o700)
    Shelf(path).put({"a": "one"})
    path.unlink()
    path.with_name(path.name).mkdir()
    assert {} == Shelf(path).get(["a"])
    Shelf(path).put({"a": "one"})
