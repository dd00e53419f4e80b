"""Once more without a layer: a disk that is really full, a real read-only mount, and calls that the kernel refuses."""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.hard.commands import COMMANDS, NEXT_FILE, Known, errors_in, files_in, strays_in
from tests.hard.layer import run

Place = Callable[[], Path]
PROGRAM = f"{sys.executable} -m ogpcase"
INSIDE = ("unshare", "--mount", "--map-root-user", "bash", "-euc")
"""A shell that may mount, for itself alone."""
TRACED = tuple(name for name in COMMANDS if name not in {"init again", "schema"})
CALLS = ("fsync", "linkat", "renameat", "unlinkat", "mkdirat", "fchmod")


def can_mount() -> bool:
    done = subprocess.run([*INSIDE, "mount -t tmpfs none /mnt"], capture_output=True, check=False)
    return done.returncode == 0


def in_its_own_mounts(folder: Path, script: str) -> str:
    around = {**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([*INSIDE, script], cwd=folder.parent, capture_output=True, text=True, check=False, env=around)
    assert 0 == done.returncode, done
    return done.stdout + done.stderr


@pytest.mark.skipif(not can_mount(), reason="this system lets nobody mount")
def test_on_a_full_disk_nothing_changes_and_on_one_with_room_again_it_goes_on(
    known: Callable[[str], Known], place: Place, *, hard: bool
) -> None:
    """A file system of 256 KiB, filled to its last byte but for a page or two."""
    for name in ("add-event", "open-case --new-party", "rename party") if hard else ("rename party",):
        folder = place()
        known(name).command.prepare(folder)
        words = " ".join(f"'{word}'" for word in known(name).command.words)
        said = in_its_own_mounts(
            folder,
            f"""
            mount -t tmpfs -o size=256k none /mnt; cp -r {folder}/. /mnt; cd /mnt
            head -c 200 /dev/zero >spare; cat /dev/zero >filler 2>/dev/null || true
            before=$(find cases -type f -exec sha256sum {{}} + | sort)
            code=0; {PROGRAM} {words} || code=$?; echo "full: exit $code"
            test "$before" = "$(find cases -type f -exec sha256sum {{}} + | sort)" && echo "nothing changed"
            rm filler; {PROGRAM} {words} >/dev/null; echo "with room: exit $?"
            find . -name '.ogpcase-*'
            """,
        )
        assert "full: exit 1\nnothing changed\nwith room: exit 0\n" in said
        assert "no space left on device; nothing was changed\n" in said
        assert not re.search(r"Traceback|internal error|\.ogpcase-", said)


@pytest.mark.skipif(not can_mount(), reason="this system lets nobody mount")
def test_on_a_read_only_mount_nothing_is_written_and_reading_works(known: Callable[[str], Known], place: Place) -> None:
    folder = place()
    known("set").command.prepare(folder)
    said = in_its_own_mounts(
        folder,
        f"""
        mount --bind {folder} /mnt; mount -o remount,bind,ro /mnt; cd /mnt
        for words in "set 2023-02-01-letter-ask received 2023-02-03" "init" "rename open-arcadia open" "schema"; do
          code=0; {PROGRAM} $words || code=$?; echo "$words: exit $code"
        done
        {PROGRAM} validate >/dev/null && echo "validate: exit $?"
        """,
    )
    for words in ("set 2023-02-01-letter-ask received 2023-02-03", "init", "rename open-arcadia open", "schema"):
        assert f"{words}: exit 1\n" in said
    assert "validate: exit 0\n" in said
    assert 4 == len(re.findall(r"error: .*read-only file system; nothing was (?:changed|written)", said)), said
    assert not re.search(r"Traceback|internal error", said)


@pytest.mark.parametrize(
    "name", ["add-event", "add-event --source-file", "open-case --new-party", "rename party", "set"]
)
def test_a_limit_on_the_size_of_files_changes_nothing(known: Callable[[str], Known], place: Place, name: str) -> None:
    """The kernel cuts a write in its middle and refuses the next: what a quota does."""
    seen, folder = known(name), place()
    seen.command.prepare(folder)
    done = run(seen.command.words, folder, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40)))
    assert (1, seen.before, []) == (done.code, files_in(folder), strays_in(folder)), done


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_killed_or_refused_by_the_kernel_itself_it_is_the_same(
    known: Callable[[str], Known], place: Place, figures: list[str], *, hard: bool
) -> None:
    """The program as it is installed, nothing between it and the kernel; strace kills it or fails a call."""
    random, killed, trials = Random("strace"), 0, 150 if hard else 2
    for _ in range(trials):
        name, call, number = random.choice(TRACED), random.choice(CALLS), random.randint(1, 6)
        what = random.choice(("signal=KILL", "error=EIO", "error=ENOSPC"))
        seen, folder = known(name), place()
        seen.command.prepare(folder)
        folder.mkdir(exist_ok=True)
        around = {**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        traced = [
            "strace",
            "-o",
            "/dev/null",
            "-e",
            f"trace=?{call},?rename",
            "-e",
            f"inject=?{call}:{what}:when={number}",
        ]
        done = subprocess.run(
            [*traced, *PROGRAM.split(), *seen.command.words],
            cwd=folder, env=around, capture_output=True, text=True, check=False,
        )  # fmt: skip
        moment = f"{name}: {what} at {call} {number}"
        if "ptrace" in done.stderr:
            pytest.skip("this system lets nobody trace")
        killed += done.returncode == -signal.SIGKILL
        assert done.returncode in (0, 1, -signal.SIGKILL), (moment, done)
        assert not re.search(r"Traceback|internal error", done.stderr), (moment, done)
        assert done.returncode or files_in(folder) == seen.whole, (moment, done)
        after = run(seen.command.following, folder)
        assert (0, []) == (after.code, strays_in(folder)), (moment, done, after)
        found = files_in(folder)
        next_one = found.pop(NEXT_FILE, None)
        assert found in ((seen.whole,) if next_one is None else (seen.before, seen.whole)), (moment, done, after)
        assert errors_in(folder) <= seen.errors, moment
    figures.append(f"{trials} runs under strace: {killed} killed by the kernel at a call, the others refused one")
