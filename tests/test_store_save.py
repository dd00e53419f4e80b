"""Writing: whole or not at all, never over another, and truthful about what was stored."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import pytest

from ogpcase.errors import BadInput, CannotWrite, FileChanged
from ogpcase.store.files import DiskFiles
from ogpcase.store.layout import Root, root_at
from ogpcase.store.lock import locked
from ogpcase.store.save import create, replace
from ogpcase.yamltree.limits import LARGEST

ROOT = Path(__file__).parent.parent
FILE = "mexico-2018/events/2018-07-16-concern.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Root:
    (tmp_path / "cases" / "parties").mkdir(parents=True)
    return root_at(tmp_path / "cases", tmp_path)


def everything(root: Root) -> list[str]:
    return sorted(path.relative_to(root.path).as_posix() for path in root.path.rglob("*"))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """Lets no file grow beyond so many bytes: the disk refuses in the middle of a write, as a full one does."""
    import resource  # Windows has none

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_new_record_is_stored_with_its_folders(root: Root) -> None:
    assert create(root, FILE, "kind: concern\n") == FILE

    assert DiskFiles(root.path).read(FILE) == b"kind: concern\n"
    assert everything(root) == ["mexico-2018", "mexico-2018/events", FILE, "parties"]
    assert (root.path / FILE).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("sort", ["file", "link", "dangling link", "folder", "pipe"])
def test_nothing_that_is_there_is_ever_overwritten(root: Root, sort: str) -> None:
    target = root.path / FILE
    target.parent.mkdir(parents=True)
    outside = root.path.parent / "outside"
    outside.write_text("outside\n")
    match sort:
        case "file":
            target.write_text("first\n")
        case "link":
            target.symlink_to(outside)
        case "dangling link":
            target.symlink_to(root.path.parent / "new")
        case "folder":
            target.mkdir()
        case _:
            os.mkfifo(target)
    before = everything(root), target.lstat()

    with pytest.raises(FileExistsError):
        create(root, FILE, "second\n")

    assert before == (everything(root), target.lstat())
    assert outside.read_text() == "outside\n"
    assert not (root.path.parent / "new").exists()


def test_a_taken_name_is_numbered_where_the_caller_offers_it(root: Root) -> None:
    def numbered(number: int) -> str:
        return FILE.replace(".yaml", f"-{number}.yaml")

    stored = [create(root, FILE, f"number: {number}\n", taken=numbered) for number in (1, 2, 3)]

    assert [FILE, numbered(2), numbered(3)] == stored
    assert DiskFiles(root.path).read(numbered(3)) == b"number: 3\n"


def test_a_record_is_never_written_through_a_linked_folder(root: Root, tmp_path: Path) -> None:
    (tmp_path / "outside" / "events").mkdir(parents=True)
    (root.path / "mexico-2018").symlink_to(tmp_path / "outside")

    with pytest.raises(CannotWrite, match="nothing was changed"):
        create(root, FILE, "kind: concern\n")

    assert list((tmp_path / "outside" / "events").iterdir()) == []


def test_a_file_in_the_place_of_a_folder_stops_the_write(root: Root) -> None:
    (root.path / "mexico-2018").write_text("")

    with pytest.raises(CannotWrite, match=r"cases/mexico-2018/events/.*nothing was changed"):
        create(root, FILE, "kind: concern\n")

    assert everything(root) == ["mexico-2018", "parties"]


def test_a_disk_that_refuses_midway_leaves_nothing(root: Root) -> None:
    with at_most(1000), pytest.raises(CannotWrite, match="nothing was changed"):
        create(root, FILE, "x" * 2000)

    assert everything(root) == ["parties"]


def test_what_could_not_be_read_again_is_not_written(root: Root) -> None:
    with pytest.raises(BadInput):
        create(root, FILE, "x" * (LARGEST + 1))
    assert everything(root) == ["parties"]

    create(root, FILE, "x" * LARGEST)
    assert LARGEST == (root.path / FILE).stat().st_size


def test_half_a_character_is_refused_before_anything_is_made(root: Root) -> None:
    with pytest.raises(BadInput):
        create(root, FILE, "title: \ud800\n")

    assert everything(root) == ["parties"]


@pytest.mark.posix
def test_a_record_is_replaced_as_a_whole_and_keeps_its_mode(root: Root) -> None:
    create(root, FILE, "first\n")
    (root.path / FILE).chmod(0o640)

    replace(root, FILE, "second\n", digest("first\n"))

    assert DiskFiles(root.path).read(FILE) == b"second\n"
    assert (root.path / FILE).stat().st_mode & 0o777 == 0o640
    assert everything(root) == ["mexico-2018", "mexico-2018/events", FILE, "parties"]


def test_a_record_that_changed_since_it_was_read_is_left_alone(root: Root) -> None:
    create(root, FILE, "first\n")
    (root.path / FILE).write_text("somebody else's\n")

    with pytest.raises(FileChanged, match=r"2018-07-16-concern\.yaml changed"):
        replace(root, FILE, "second\n", digest("first\n"))

    assert DiskFiles(root.path).read(FILE) == b"somebody else's\n"
    assert everything(root) == ["mexico-2018", "mexico-2018/events", FILE, "parties"]


@pytest.mark.parametrize("now", ["gone", "a link", "larger than a record"])
def test_a_record_that_is_no_longer_one_is_left_alone(root: Root, now: str) -> None:
    create(root, FILE, "first\n")
    (root.path / FILE).unlink()
    if now == "a link":
        (root.path.parent / "copy").write_text("first\n")
        (root.path / FILE).symlink_to(root.path.parent / "copy")
    elif now == "larger than a record":
        (root.path / FILE).write_text("first\n" + "x" * LARGEST)

    with pytest.raises(FileChanged):
        replace(root, FILE, "second\n", digest("first\n"))


def test_a_replacement_that_the_disk_refuses_leaves_the_first(root: Root) -> None:
    create(root, FILE, "first\n")

    with at_most(100), pytest.raises(CannotWrite, match="nothing was changed"):
        replace(root, FILE, "x" * 200, digest("first\n"))

    assert DiskFiles(root.path).read(FILE) == b"first\n"
    assert everything(root) == ["mexico-2018", "mexico-2018/events", FILE, "parties"]


def test_old_leftovers_go_with_the_next_write_and_young_ones_stay(root: Root) -> None:
    """A young work file may belong to a run that is still writing."""
    events = (root.path / FILE).parent
    events.mkdir(parents=True)
    (events / ".ogpcase-1-old").touch()
    (events / ".ogpcase-2-young").touch()
    (events / ".ogpcase-3-folder").mkdir()
    an_hour_ago = time.time() - 3700
    for name in (".ogpcase-1-old", ".ogpcase-3-folder"):
        os.utime(events / name, (an_hour_ago, an_hour_ago))

    create(root, FILE, "kind: concern\n")

    assert names_in(events) == [".ogpcase-2-young", ".ogpcase-3-folder", "2018-07-16-concern.yaml"]


HERE = "from tests.elsewhere import ELSEWHERE, move_there\nif ELSEWHERE: move_there()\n"
"""Lets a program of a test see the system that the tests see."""


def run(code: str, *args: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", HERE + dedent(code), *args]
    return subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_twenty_writers_of_one_name_lose_nothing(root: Root) -> None:
    """Each is told where its record is, and each record is there, whole."""
    code = """
        import sys
        from pathlib import Path
        from ogpcase.store.layout import root_at
        from ogpcase.store.save import create
        root = root_at(Path(sys.argv[1]), Path(sys.argv[1]))
        text = f"writer: {sys.argv[2]}\\n" * 2000
        print(create(root, "c-2018/events/a.yaml", text, taken=lambda number: f"c-2018/events/a-{number}.yaml"))
    """
    writers = [run(code, str(root.path), str(number)) for number in range(20)]
    stored = [writer.communicate(timeout=120)[0].strip() for writer in writers]

    assert [0] * 20 == [writer.returncode for writer in writers]
    assert len(set(stored)) == 20
    assert sorted(stored) == [name for name in everything(root) if name.endswith(".yaml")]
    files = DiskFiles(root.path)
    for number, name in enumerate(stored):
        assert f"writer: {number}\n".encode() * 2000 == files.read(name)
    assert names_in(root.path / "c-2018" / "events") == sorted(name.rpartition("/")[2] for name in stored)


def test_a_killed_writer_leaves_no_torn_record(root: Root) -> None:
    """Whenever it is killed: what is there is whole, and reading it is no problem."""
    code = """
        import sys
        from itertools import count
        from pathlib import Path
        from ogpcase.store.layout import root_at
        from ogpcase.store.save import create
        root = root_at(Path(sys.argv[1]), Path(sys.argv[1]))
        print("ready", flush=True)
        for number in count():
            create(root, f"c-2018/events/a-{number}.yaml", "x" * 50_000)
    """
    for delay in (0.0, 0.002, 0.005, 0.011, 0.03):
        writer = run(code, str(root.path / f"run-{delay}".replace(".", "-")))
        (root.path / f"run-{delay}".replace(".", "-")).mkdir()
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(delay)
        writer.kill()
        writer.communicate()

    files = DiskFiles(root.path)
    for name in everything(root):
        if name.endswith(".yaml"):
            assert files.read(name) == b"x" * 50_000


def test_only_one_run_holds_the_lock_and_the_other_says_that_it_waits(root: Root) -> None:
    code = """
        import sys
        from pathlib import Path
        from ogpcase.store.layout import root_at
        from ogpcase.store.lock import locked
        with locked(root_at(Path(sys.argv[1]), Path(sys.argv[1]))):
            print("held", flush=True)
            sys.stdin.read()
    """
    holder = run(code, str(root.path))
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    said: list[str] = []

    with pytest.raises(CannotWrite, match="nothing was changed"), locked(root, said.append, patience=0.3, silence=0.1):
        pytest.fail("two runs held the lock")
    assert said == ["waiting for another ogpcase that is writing in `cases`"]

    holder.kill()
    holder.communicate()
    with locked(root, said.append, patience=5):
        assert len(said) == 1


def test_a_missing_folder_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite), locked(root_at(tmp_path / "nowhere", tmp_path)):
        pytest.fail("there is nothing to lock")
