"""Ways to end a run: each with its exit code, without a traceback, and truthful about what is stored."""

from __future__ import annotations

import os
import pty
import select
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from tests.hard.commands import COMMANDS, NEXT_FILE, Known, errors_in, files_in, has_journal, strays_in
from tests.hard.layer import Signal, ended, patience, run, said, start

from ogpcase.store.layout import root_at
from ogpcase.store.lock import locked

Place = Callable[[], Path]
PROGRAM = (sys.executable, "-m", "ogpcase")
REQUESTS = ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129))
ADD = COMMANDS["add-event"].words
soon_says_that_it_waits = patience(silence=0.05)


@pytest.fixture
def arcadia_here(known: Callable[[str], Known], place: Place) -> Path:
    folder = place()
    known("add-event").command.prepare(folder)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_asked_to_end_at_any_call_it_says_truly_what_is_stored(
    known: Callable[[str], Known], place: Place, figures: list[str], name: str, *, hard: bool
) -> None:
    """Once and twice, by each signal, before any call: what was not begun is not done, what was begun is finished."""
    seen, random = known(name), Random(name)
    outcomes: Counter[str] = Counter()
    for point in sorted(random.sample(range(1, len(seen.all_calls) + 1), min(len(seen.all_calls), 60 if hard else 1))):
        for number, code in REQUESTS if hard else [random.choice(REQUESTS)]:
            folder = place()
            seen.command.prepare(folder)
            done = run(seen.command.words, folder, Signal(point, number, times=random.randint(1, 2)), reading=True)
            moment = f"{name}: {number.name} at {point} ({seen.all_calls[point - 1]})"
            left = files_in(folder)
            assert not has_journal(folder), (moment, done)
            assert done.code in (0, code), (moment, done)
            assert "Traceback" not in done.err, (moment, done)
            if done.code == 0:
                assert left == seen.whole, (moment, done)
            elif "nothing was written" in done.err:
                assert left == seen.before, (moment, done)
            else:
                assert "after everything was written" in done.err, (moment, done)
                assert left == seen.whole or seen.command.words[0] in {"init", "schema"}, (moment, done)
            after = run(seen.command.following, folder)
            assert (0, []) == (after.code, strays_in(folder)), (moment, after)
            found = files_in(folder)
            assert NEXT_FILE not in found or errors_in(folder) <= seen.errors, moment
            outcomes[
                "too late" if done.code == 0 else "nothing written" if left == seen.before else "written before"
            ] += 1
    figures.append(f"{name}: {outcomes.total()} requests to end: {dict(sorted(outcomes.items()))}")


@pytest.mark.parametrize(("number", "code"), REQUESTS)
@pytest.mark.parametrize("times", [1, 2])
def test_who_waits_for_another_run_can_be_ended(arcadia_here: Path, number: int, code: int, times: int) -> None:
    before = files_in(arcadia_here)
    with locked(root_at(arcadia_here / "cases", arcadia_here)):
        waiting = start(ADD, arcadia_here, before=soon_says_that_it_waits)
        assert said(arcadia_here, "waiting for another ogpcase that is writing in `cases`\n")
        for _ in range(times):
            os.kill(waiting, number)
        done = ended(waiting, arcadia_here)
    assert (code, "") == (done.code, done.out)
    assert done.err.endswith("\ninterrupted; nothing was written\n")
    assert (before, []) == (files_in(arcadia_here), strays_in(arcadia_here))


def test_a_shell_sees_the_code_of_the_signal(arcadia_here: Path) -> None:
    """The program in a process of its own, as a shell sees it end."""
    with locked(root_at(arcadia_here / "cases", arcadia_here)):
        script = f"{' '.join(PROGRAM)} set 2023-02-01-letter-ask received 2023-02-03; echo $?"
        shell = subprocess.Popen(
            ["bash", "-c", script], cwd=arcadia_here, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert shell.stderr is not None
        assert shell.stderr.readline().startswith("waiting for another ogpcase")
        child = Path(f"/proc/{shell.pid}/task/{shell.pid}/children").read_text().split()[0]
        os.kill(int(child), signal.SIGTERM)
        out, err = shell.communicate(timeout=60)
    assert ("143\n", "interrupted; nothing was written\n") == (out, err)


def test_a_request_ignored_by_the_caller_stays_ignored(arcadia_here: Path) -> None:
    """Under `nohup` a closed terminal ends nothing."""

    def under_nohup() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        soon_says_that_it_waits()

    with locked(root_at(arcadia_here / "cases", arcadia_here)):
        waiting = start(ADD, arcadia_here, before=under_nohup)
        assert said(arcadia_here, "waiting")
        os.kill(waiting, signal.SIGHUP)
        time.sleep(0.1)
    done = ended(waiting, arcadia_here)
    assert (0, True) == (done.code, "wrote " in done.out)


def test_a_terminal_that_closes_ends_the_run(arcadia_here: Path) -> None:
    """Its process gets SIGHUP, what it still says goes nowhere, and nothing is half done."""
    before = files_in(arcadia_here)
    with locked(root_at(arcadia_here / "cases", arcadia_here)):
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(arcadia_here)
            os.execv(sys.executable, [*PROGRAM, *ADD])
        select.select([terminal], [], [], 60)
        assert os.read(terminal, 1000).startswith(b"waiting for another ogpcase")
        os.close(terminal)
        _, status = os.waitpid(process, 0)
    assert 129 == os.waitstatus_to_exitcode(status)
    assert (before, []) == (files_in(arcadia_here), strays_in(arcadia_here))


@pytest.mark.parametrize("name", ["add-event", "set", "rename party", "init", "validate --fix"])
def test_a_report_that_cannot_be_printed_is_no_write_that_failed(
    known: Callable[[str], Known], place: Place, name: str
) -> None:
    """A disk that is full behind a redirection: exit 1, and it says that the record is there."""
    seen, folder = known(name), place()
    seen.command.prepare(folder)
    folder.mkdir(exist_ok=True)
    done = run(seen.command.words, folder, before=lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), 1))
    assert (1, seen.whole) == (done.code, files_in(folder)), done
    assert "error: the output cannot be written: no space left on device\n" in done.err
    assert "the case folder was written: see `git status`\n" in done.err


@pytest.mark.parametrize("name", ["add-event", "set", "rename party", "init"])
def test_a_reader_that_has_gone_changes_nothing(known: Callable[[str], Known], place: Place, name: str) -> None:
    """Behind `| true` the write is whole and the exit code is the run's own."""

    def into_a_closed_pipe() -> None:
        reading, writing = os.pipe()
        os.close(reading)
        os.dup2(writing, 1)

    seen, folder = known(name), place()
    seen.command.prepare(folder)
    folder.mkdir(exist_ok=True)
    done = run(seen.command.words, folder, before=into_a_closed_pipe)
    assert (0, "", seen.whole) == (done.code, done.err, files_in(folder))


@pytest.mark.parametrize("words", [("timeline", "arcadia-2023"), ("validate",), ("list", "--json"), ("policy",)])
@pytest.mark.parametrize("stream", [1, 2])
def test_reading_into_a_full_disk_fails_with_words_where_they_can_be_read(
    arcadia_here: Path, words: tuple[str, ...], stream: int
) -> None:
    done = run(words, arcadia_here, before=lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), stream))
    assert (1 if stream == 1 else 0) == done.code
    assert (["error: the output cannot be written: no space left on device"] if stream == 1 else []) == (
        [line for line in done.err.splitlines() if line.startswith("error")]
    )


def test_what_was_typed_in_an_editor_is_kept_when_the_run_is_ended(arcadia_here: Path, tmp_path: Path) -> None:
    """While it waits for another run, and while the editor is still open."""
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i \'s/A plea/What took long to type/\' "$1"\nsleep "$TIME_IN_EDITOR"\n')
    editor.chmod(0o755)
    for seconds in ("0", "30"):

        def with_editor(seconds: str = seconds) -> None:
            os.environ |= {"EDITOR": str(editor), "TIME_IN_EDITOR": seconds}
            tempfile.tempdir = str(tmp_path)
            soon_says_that_it_waits()

        with locked(root_at(arcadia_here / "cases", arcadia_here)):
            waiting = start((*ADD, "--edit"), arcadia_here, before=with_editor)
            if seconds == "0":
                assert said(arcadia_here, "waiting")
            else:
                until_typed(tmp_path)
            os.kill(waiting, signal.SIGTERM)
            done = ended(waiting, arcadia_here)
        assert 143 == done.code
        *_, stopped, where = done.err.splitlines()
        assert "interrupted; nothing was written" == stopped
        said_first, _, again = where.partition("go on with ")
        assert "  your text is kept: " == said_first
        kept = Path(again.rpartition(" ")[2])
        assert "What took long to type" in kept.read_text()
        assert 0o700 == kept.parent.stat().st_mode & 0o777
        words = (*shlex.split(again)[1:], "--dry-run")
        done = run(words, arcadia_here, before=lambda: os.environ.update(EDITOR="true"))
        assert (0, True) == (done.code, "title: What took long to type\n" in done.out), done
        kept.unlink()


def until_typed(folder: Path) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if any("What took" in path.read_text() for path in folder.glob("ogpcase-*/event.yaml")):
            return
        time.sleep(0.01)
    pytest.fail("the editor did not come up")
