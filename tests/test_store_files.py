"""Reading: nothing but plain files of the root, never for ever, never too much."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from ogpcase.diagnostics import Problem
from ogpcase.errors import CannotRead
from ogpcase.store.files import DiskFiles, Entry, Sort
from ogpcase.yamltree.limits import LARGEST

NOBODY = 65534


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    (folder / "parties").mkdir(parents=True)
    (folder / "parties" / "sfp.yaml").write_bytes(b"name: SFP\n")
    (tmp_path / "secret.yaml").write_bytes(b"name: Outside\n")
    return folder


@pytest.fixture
def readable_by_all() -> Iterator[Path]:
    """A folder that a user without privileges can reach; pytest's own belong to one user."""
    folder = Path(mkdtemp())
    folder.chmod(0o755)
    yield folder
    rmtree(folder)


@contextmanager
def without_privileges() -> Iterator[None]:
    """Permissions do not bind a privileged user, so the test becomes another one for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def code_of(found: object) -> str:
    assert isinstance(found, Problem)
    return found.code


def test_a_plain_file_is_read_whole(root: Path) -> None:
    assert DiskFiles(root).read("parties/sfp.yaml") == b"name: SFP\n"


def test_what_is_not_there_is_not_a_problem(root: Path) -> None:
    files = DiskFiles(root)

    assert files.read("parties/nobody.yaml") is None
    assert files.read("nowhere/at/all.yaml") is None
    assert files.entries("nowhere") == ()


def test_entries_come_by_name_and_say_what_they_are(root: Path) -> None:
    (root / "parties" / "link.yaml").symlink_to("sfp.yaml")
    (root / "parties" / "folder").mkdir()
    os.mkfifo(root / "parties" / "pipe.yaml")

    expected = (
        Entry("folder", Sort.FOLDER),
        Entry("link.yaml", Sort.LINK),
        Entry("pipe.yaml", Sort.OTHER),
        Entry("sfp.yaml", Sort.FILE),
    )
    assert expected == DiskFiles(root).entries("parties")


@pytest.mark.parametrize("target", ["/etc/passwd", "../../secret.yaml", "sfp.yaml", "not-there", "/dev/zero"])
def test_a_link_is_never_followed(root: Path, target: str) -> None:
    (root / "parties" / "link.yaml").symlink_to(target)

    assert code_of(DiskFiles(root).read("parties/link.yaml")) == "OC222"


def test_a_linked_folder_is_never_entered(root: Path, tmp_path: Path) -> None:
    (root / "outside").symlink_to(tmp_path)
    files = DiskFiles(root)

    assert code_of(files.read("outside/secret.yaml")) == "OC222"
    assert code_of(files.entries("outside")) == "OC222"


@pytest.mark.parametrize("file", ["../secret.yaml", "parties/../../secret.yaml", "parties/..", "/etc/passwd"])
def test_no_path_leads_out_of_the_root(root: Path, file: str) -> None:
    assert code_of(DiskFiles(root).read(file)) == "OC223"


def test_a_pipe_does_not_make_the_reader_wait(root: Path) -> None:
    os.mkfifo(root / "parties" / "pipe.yaml")

    assert code_of(DiskFiles(root).read("parties/pipe.yaml")) == "OC222"


def test_a_socket_and_a_folder_are_no_files(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "parties")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("socket.yaml")
    (root / "parties" / "folder.yaml").mkdir()
    files = DiskFiles(root)

    assert code_of(files.read("parties/socket.yaml")) == "OC222"
    assert code_of(files.read("parties/folder.yaml")) == "OC222"


def test_a_file_with_a_second_name_elsewhere_is_refused(root: Path, tmp_path: Path) -> None:
    os.link(tmp_path / "secret.yaml", root / "parties" / "hard.yaml")

    assert code_of(DiskFiles(root).read("parties/hard.yaml")) == "OC222"


def test_a_second_name_that_a_killed_write_left_is_no_problem(root: Path) -> None:
    """A record is stored by giving a work file its name; a run killed just then leaves both."""
    os.link(root / "parties" / "sfp.yaml", root / "parties" / ".ogpcase-1-abc")

    assert DiskFiles(root).read("parties/sfp.yaml") == b"name: SFP\n"


@pytest.mark.parametrize(("size", "expected"), [(LARGEST, LARGEST), (LARGEST + 1, LARGEST + 1), (2**30, LARGEST + 1)])
def test_at_most_one_byte_more_than_a_record_may_have_is_read(root: Path, size: int, expected: int) -> None:
    with (root / "parties" / "large.yaml").open("wb") as file:
        file.truncate(size)

    found = DiskFiles(root).read("parties/large.yaml")

    assert isinstance(found, bytes)
    assert expected == len(found)


def test_what_may_not_be_read_is_a_problem(readable_by_all: Path) -> None:
    (readable_by_all / "parties").mkdir()
    (readable_by_all / "closed").mkdir(mode=0o700)
    (readable_by_all / "parties" / "closed.yaml").touch(mode=0o200)
    (readable_by_all / "parties" / "open.yaml").write_bytes(b"name: Open\n")
    for path in ("closed", "parties/closed.yaml"):
        (readable_by_all / path).chmod(0o000)

    with without_privileges():
        files = DiskFiles(readable_by_all)
        assert code_of(files.read("parties/closed.yaml")) == "OC223"
        assert code_of(files.entries("closed")) == "OC223"
        assert files.read("parties/open.yaml") == b"name: Open\n"


def test_a_root_that_cannot_be_opened_stops_the_run(root: Path) -> None:
    with pytest.raises(CannotRead):
        DiskFiles(root / "parties" / "sfp.yaml")


def test_the_digest_of_a_file_of_any_size(root: Path) -> None:
    content = b"x" * (3 * LARGEST)
    (root / "parties" / "copy.pdf").write_bytes(content)

    assert sha256(content).hexdigest() == DiskFiles(root).digest("parties/copy.pdf")
    assert DiskFiles(root).digest("parties/not-there.pdf") is None


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_no_descriptor_is_left_open(root: Path) -> None:
    for number in range(40):
        (root / f"case-{number}" / "events").mkdir(parents=True)
        (root / f"case-{number}" / "events" / "a.yaml").write_bytes(b"a: b\n")
    before = descriptors()
    files = DiskFiles(root)
    for number in range(40):
        files.read(f"case-{number}/events/a.yaml")
    during = descriptors()
    del files

    assert during - before <= 4
    assert before == descriptors()


def test_a_folder_that_was_stopped_before_it_was_opened_is_let_go_in_silence() -> None:
    """As by a signal; what Python cannot raise fails the test as a warning."""
    DiskFiles.__new__(DiskFiles)
