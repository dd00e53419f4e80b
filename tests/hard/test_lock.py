"""One writer at a time: a frozen one is waited for, never broken in on, and a dead one holds nobody up."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.hard.commands import COMMANDS, Known, files_in, strays_in
from tests.hard.layer import ended, patience, run, said, start

from ogpcase.errors import CannotWrite
from ogpcase.store.layout import root_at
from ogpcase.store.lock import PATIENCE, SILENCE, locked

ADD = COMMANDS["add-event"].words
impatient = patience(silence=0.1, seconds=0.4)
HOLDER = """
import sys
from pathlib import Path
from ogpcase.store.layout import root_at
from ogpcase.store.lock import locked
with locked(root_at(Path("cases"), Path.cwd())):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def arcadia_here(known: Callable[[str], Known], place: Callable[[], Path]) -> Path:
    folder = place()
    known("add-event").command.prepare(folder)
    return folder


@contextmanager
def holder_in(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock; it is killed at the end, even if it is frozen."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER], cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        try:
            assert holder.stdout is not None
            assert "held\n" == holder.stdout.readline()
            yield holder
        finally:
            holder.kill()


def test_a_frozen_holder_is_waited_for_and_then_nothing_is_changed(arcadia_here: Path) -> None:
    before = files_in(arcadia_here)
    with holder_in(arcadia_here) as holder:
        holder.send_signal(signal.SIGSTOP)
        done = run(ADD, arcadia_here, before=impatient)
        assert (1, "") == (done.code, done.out)
        assert (
            "waiting for another ogpcase that is writing in `cases`\n"
            "error: another ogpcase is still writing in `cases` after 0 s; nothing was changed\n"
            "  look for a command that has not ended, then run this one again\n"
            "  if none runs, and the folder is on a network, its server may refuse locks: "
            "work on a clone of the repository on a disk of this machine\n"
        ) == done.err
        assert (before, []) == (files_in(arcadia_here), strays_in(arcadia_here))
        holder.send_signal(signal.SIGCONT)
        holder.kill()
    assert 0 == run(ADD, arcadia_here, before=impatient).code


def test_people_wait_long_enough_for_a_hundred_others_and_soon_know_why() -> None:
    assert (60, 2) == (PATIENCE, SILENCE)


@pytest.mark.parametrize("frozen", [False, True])
def test_a_dead_holder_holds_nobody_up(arcadia_here: Path, *, frozen: bool) -> None:
    """Killed, even while frozen: the kernel lets its lock go, and the waiting run goes on by itself."""
    with holder_in(arcadia_here) as holder:
        if frozen:
            holder.send_signal(signal.SIGSTOP)
        waiting = start(ADD, arcadia_here, before=patience(silence=0.05))
        assert said(arcadia_here, "waiting")
        holder.kill()
        done = ended(waiting, arcadia_here)
    assert (0, []) == (done.code, strays_in(arcadia_here))


@pytest.mark.posix
@pytest.mark.parametrize("refused", [True, False], ids=["refused", "busy"])
def test_a_system_that_refuses_locks_is_told_of_at_once(
    arcadia_here: Path, monkeypatch: pytest.MonkeyPatch, *, refused: bool
) -> None:
    """A system says EACCES for both; one that refuses refuses whatever is asked of the lock, as Linux' modules do."""
    import fcntl

    def flock(_: int, operation: int) -> None:
        if refused or operation != fcntl.LOCK_UN:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(fcntl, "flock", flock)
    told = "cannot be locked: .*ermission" if refused else "another ogpcase is still writing"
    with pytest.raises(CannotWrite, match=told), locked(root_at(arcadia_here / "cases", arcadia_here), patience=0.2):
        pytest.fail("nobody has the lock")


@pytest.mark.posix
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP], ids=errno.errorcode.get)
def test_a_server_without_locks_is_told_of_at_once_with_a_way_out(
    arcadia_here: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    import fcntl

    def flock(_: int, __: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(CannotWrite) as raised, locked(root_at(arcadia_here / "cases", arcadia_here), patience=0):
        pytest.fail("nobody has the lock")
    words = os.strerror(number)
    assert f"`cases` cannot be locked: {words[:1].lower()}{words[1:]}; nothing was changed" == raised.value.message
    assert (
        "where the folder is, files cannot be locked: work on a clone of the repository on a disk of this machine",
    ) == raised.value.hints


@pytest.mark.posix
def test_who_waited_in_vain_is_told_that_a_server_may_refuse_locks(arcadia_here: Path) -> None:
    root = root_at(arcadia_here / "cases", arcadia_here)
    with locked(root), pytest.raises(CannotWrite) as raised, locked(root, patience=0.1):
        pytest.fail("two runs have the lock")
    refused = "if none runs, and the folder is on a network, its server may refuse locks"
    assert (
        "look for a command that has not ended, then run this one again",
        f"{refused}: work on a clone of the repository on a disk of this machine",
    ) == raised.value.hints


def test_the_lock_leaves_no_file(arcadia_here: Path) -> None:
    """Nothing to commit by mistake, to clear away or to be out of date."""
    before = sorted(arcadia_here.rglob("*"))
    with locked(root_at(arcadia_here / "cases", arcadia_here)):
        assert before == sorted(arcadia_here.rglob("*"))


def test_what_the_lock_is_on_is_the_folder_that_is_there_by_now(arcadia_here: Path) -> None:
    """A checkout may put another folder in the place of the one that somebody waits for."""
    root = root_at(arcadia_here / "cases", arcadia_here)
    with locked(root):
        waiting = start(ADD, arcadia_here, before=patience(silence=0.05))
        assert said(arcadia_here, "waiting")
        (arcadia_here / "cases").rename(arcadia_here / "away")
        COMMANDS["add-event"].prepare(arcadia_here)
        with locked(root, patience=5):
            time.sleep(0.2)
            (arcadia_here / "away").rename(arcadia_here / "away-still")
        assert 0 == ended(waiting, arcadia_here).code
    assert (arcadia_here / "cases/arcadia-2023/events/2024-07-01-letter.yaml").exists()
    assert not (arcadia_here / "away-still/arcadia-2023/events/2024-07-01-letter.yaml").exists()


def test_readers_never_wait(arcadia_here: Path) -> None:
    with locked(root_at(arcadia_here / "cases", arcadia_here)):
        for words in (
            ("validate",),
            ("timeline", "arcadia-2023"),
            ("list",),
            (*ADD, "--dry-run"),
        ):
            assert "waiting" not in run(words, arcadia_here, before=impatient).err
