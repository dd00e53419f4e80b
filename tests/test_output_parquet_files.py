"""Parquet as files: all or none, never over what is there, the same bytes again; and a clear word without pyarrow."""

from __future__ import annotations

import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.errors import CannotWrite
from ogpcase.reports.tables import PARTED as TABLES
from ogpcase.store.export_files import write_outside

Run = Callable[..., CompletedProcess[str]]
ROOT = Path(__file__).parent.parent
DAY = ("--as-of", "2026-11-22")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.usefixtures("mexico")
def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    """In another process, with another seed of hashes."""
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-m", "ogpcase", "export", "parquet", "--to", tmp_path / seed, *DAY],
            env={"PYTHONHASHSEED": seed}, check=True, capture_output=True,
        )  # fmt: skip
    assert files(tmp_path / "1") == files(tmp_path / "2")


@pytest.mark.usefixtures("arcadia")
def test_it_cannot_be_printed(ogpcase: Run) -> None:
    done = ogpcase("export", "parquet")
    assert (2, "") == (done.returncode, done.stdout)
    assert (
        "Parquet is a folder of files and cannot be printed\n  name a folder for what is written: --to DIR\n"
        in done.stderr
    )


@pytest.mark.parametrize(("module", "said"), [("pyarrow", "is not installed"), ("pyarrow.parquet", "cannot be loaded")])
def test_without_pyarrow_the_extra_is_named(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, module: str, said: str
) -> None:
    """Nothing is written, and the other formats do without it."""
    monkeypatch.setitem(sys.modules, module, None)
    done = ogpcase("export", "parquet", "--to", "out")
    assert (1, "") == (done.returncode, done.stdout)
    extra = "install it with the tool: pip install 'ogpcase[parquet]'"
    assert f"error: `export parquet` needs pyarrow, which {said}\n  {extra}\n" == done.stderr
    assert not (arcadia.parent / "out").exists()
    assert 0 == ogpcase("export", "csv", "--to", "out").returncode


def test_the_extra_is_what_the_tests_run_with() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    assert {"pyarrow"} == {each.partition(">=")[0] for each in extras["parquet"]}
    assert set(extras["parquet"]) <= set(extras["dev"])


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", [("csv", "--table", "moves"), ("json",), ("markdown",), ("csv", "--to", "out")])
def test_no_other_format_loads_pyarrow(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ogpcase", "export", *words],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "ogpcase.reports.tables" in done.stderr
    assert "pyarrow" not in done.stderr


@pytest.mark.usefixtures("arcadia")
def test_a_table_that_is_there_is_left_alone_and_then_none_is_written(ogpcase: Run, tmp_path: Path) -> None:
    """Not even files of other names may join it: a reader would read both."""
    (tmp_path / "out" / "moves" / "track=x").mkdir(parents=True)
    done = ogpcase("export", "parquet", "--to", tmp_path / "out")
    assert (1, "") == (done.returncode, done.stdout)
    assert "out/moves` already exists; nothing was written\n" in done.stderr
    assert ["moves", "track=x"] == [path.name for path in sorted((tmp_path / "out").rglob("*"))]


@pytest.mark.usefixtures("arcadia")
def test_other_files_of_the_folder_stay(ogpcase: Run, tmp_path: Path) -> None:
    """And what is written is for the user alone."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine")
    assert 0 == ogpcase("export", "parquet", "--to", tmp_path / "out").returncode
    assert {"notes.txt", *TABLES} == {path.name for path in (tmp_path / "out").iterdir()}
    assert "mine" == (tmp_path / "out" / "notes.txt").read_text()
    found = [path for table in TABLES for path in (tmp_path / "out" / table).rglob("*")]
    assert {0o600} == {path.stat().st_mode & 0o777 for path in found if path.is_file()}
    assert {0o700} == {path.stat().st_mode & 0o777 for path in found if path.is_dir()}


def test_nothing_is_written_among_the_records(arcadia: Path, ogpcase: Run) -> None:
    before = sorted(arcadia.rglob("*"))
    done = ogpcase("export", "parquet", "--to", arcadia / "arcadia-2023" / "sources")
    assert (2, "") == (done.returncode, done.stdout)
    assert "is in the case folder, where only records are" in done.stderr
    assert before == sorted(arcadia.rglob("*"))


def test_where_one_file_cannot_be_written_none_is_left(tmp_path: Path) -> None:
    """A file in the place of a folder stops the run after the first two were written."""
    with pytest.raises(CannotWrite, match="cannot be filled: file exists; nothing was written"):
        write_outside(tmp_path / "a" / "b", {"one/x": b"1", "two/x": b"2", "two/x/y": b"3"})
    assert [] == list(tmp_path.iterdir())


def test_a_link_in_the_place_of_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "events").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotWrite, match="events` already exists"):
        write_outside(tmp_path, {"events/x": b"1"})
    assert not (tmp_path / "elsewhere").exists()


class Meanwhile(Mapping[str, bytes]):
    """Two files in two folders; something happens while the second one is written."""

    def __init__(self, happens: Callable[[], object]) -> None:
        self._happens = happens

    def __getitem__(self, file: str) -> bytes:
        if file == "two/x":
            self._happens()
        return b""

    def __iter__(self) -> Iterator[str]:
        return iter(("one/x", "two/x"))

    def __len__(self) -> int:
        return 2


def test_a_folder_that_appears_meanwhile_stays_and_no_other_is_left(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="cannot be filled: directory not empty; nothing was written"):
        write_outside(tmp_path / "out", Meanwhile(lambda: (tmp_path / "out" / "two" / "mine").mkdir(parents=True)))
    assert ["out", "two", "mine"] == [path.name for path in sorted(tmp_path.rglob("*"))]


def test_a_run_that_is_stopped_while_it_writes_leaves_nothing(tmp_path: Path) -> None:
    """Neither the folders, nor a work folder, nor what it made above them."""
    with pytest.raises(KeyboardInterrupt):
        write_outside(tmp_path / "a" / "b", Meanwhile(lambda: signal.raise_signal(signal.SIGINT)))
    assert [] == list(tmp_path.iterdir())
