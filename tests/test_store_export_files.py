"""Files outside the records: for the user alone, all or none, over nothing that is there."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ogpcase.errors import CannotWrite
from ogpcase.store.export_files import write_outside


@pytest.mark.parametrize("there", [False, True])
def test_what_is_exported_is_for_the_user_alone(tmp_path: Path, *, there: bool) -> None:
    """Whatever the mask says; a folder that is there keeps its own rights."""
    (tmp_path / "out").mkdir(mode=0o755) if there else None
    before = os.umask(0)
    try:
        written = write_outside(tmp_path / "out", {"one.csv": "text", "two.csv": "more"})
    finally:
        os.umask(before)
    assert [0o600, 0o600] == [path.stat().st_mode & 0o777 for path in written]
    assert (0o755 if there else 0o700) == (tmp_path / "out").stat().st_mode & 0o777


@pytest.mark.parametrize("there", [False, True])
def test_of_a_run_that_is_refused_at_any_step_nothing_is_left(tmp_path: Path, *, there: bool) -> None:
    """Each call that changes the disk fails in turn, until none is left that could."""
    refused = 0
    for number in range(1, 100):
        folder = tmp_path / str(number) / "out"
        (folder if there else folder.parent).mkdir(parents=True)
        with pytest.MonkeyPatch.context() as patch:
            failing = _Failing(patch, number)
            said = _refusal(folder)
        if failing.count < number:
            break
        if said:
            refused += 1
            assert said.endswith("cannot be filled: input/output error; nothing was written")
            assert [] == list(folder.iterdir() if there else folder.parent.iterdir())
        else:
            assert {"one.csv", "two.csv"} == {path.name for path in folder.iterdir()}
    assert refused > 6


def _refusal(folder: Path) -> str:
    try:
        write_outside(folder, {"one.csv": "text", "two.csv": "more"})
    except CannotWrite as refused:
        return refused.message
    return ""


class _Failing:
    """The calls that change the disk, of which one says that it cannot."""

    def __init__(self, patch: pytest.MonkeyPatch, number: int) -> None:
        self.count = 0
        self._number = number
        for name in ("open", "write", "fsync", "link", "rename", "mkdir"):
            patch.setattr(os, name, self._counted(getattr(os, name)))

    def _counted(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*words: object, **more: object) -> object:
            self.count += 1
            if self.count == self._number:
                raise OSError(errno.EIO, "input/output error")
            return call(*words, **more)

        return counted


def test_where_one_file_cannot_be_written_none_is_left(tmp_path: Path) -> None:
    """A text that cannot be stored stops the run."""
    with pytest.raises(UnicodeEncodeError):
        write_outside(tmp_path / "a" / "b", {"one.csv": "text", "two.csv": "\ud800"})
    assert [] == list(tmp_path.iterdir())


def test_a_link_in_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "one.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite, match=r"one\.csv` already exists"):
        write_outside(tmp_path, {"one.csv": "text"})
    assert not (tmp_path / "elsewhere").exists()


def test_what_a_killed_run_left_goes_with_the_next_one(tmp_path: Path) -> None:
    """A work folder of more than an hour ago; a younger one may be in use, and a link of such a name is none."""
    gone, kept = tmp_path / "out" / ".ogpcase-999999999-a", tmp_path / "kept"
    gone.mkdir(parents=True)
    kept.mkdir()
    (gone / "one.csv").write_text("half")
    (tmp_path / "out" / ".ogpcase-999999999-c").mkdir()
    an_hour_ago = time.time() - 3700
    os.utime(gone, (an_hour_ago, an_hour_ago))
    (kept / "mine").write_text("mine")
    (tmp_path / "out" / ".ogpcase-999999999-b").symlink_to(kept)
    write_outside(tmp_path / "out", {"one.csv": "text"})
    left = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [".ogpcase-999999999-b", ".ogpcase-999999999-c", "one.csv"] == left
    assert "mine" == (kept / "mine").read_text()
