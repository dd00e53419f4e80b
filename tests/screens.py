"""Terminals for tests: one in this process whose input is typed beforehand, and one that is emulated."""

from __future__ import annotations

import os
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Thread
from typing import Any
from unittest import mock

import pexpect
import pyte

PATIENCE = 30.0
"""Seconds to wait for what should be seen."""
END_OF_INPUT = "\x04"
ROWS = 200


def on_a_terminal(action: Callable[[], Any], typed: str) -> tuple[int, str]:
    """Runs an action on a terminal where text is typed, then Ctrl-D; returns its exit code and what was printed."""
    ours, theirs = os.openpty()
    without_echo(theirs)
    said: list[bytes] = []
    reader = Thread(target=_read_all, args=(ours, said), daemon=True)
    writer = Thread(target=_write_all, args=(ours, (typed + END_OF_INPUT * 2).encode()), daemon=True)
    with (
        open(theirs, encoding="utf-8", closefd=False) as stdin,
        open(theirs, "w", encoding="utf-8", closefd=False, buffering=1) as stdout,
        mock.patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stdout),
    ):
        reader.start()
        writer.start()
        try:
            action()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            os.close(theirs)
    writer.join()
    reader.join()
    os.close(ours)
    return code, b"".join(said).decode().replace("\r\n", "\n")


def without_echo(terminal: int) -> None:
    settings = termios.tcgetattr(terminal)
    settings[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSANOW, settings)


def _read_all(terminal: int, said: list[bytes]) -> None:
    while True:
        try:
            part = os.read(terminal, 65_536)
        except OSError:  # nobody has the other end any more
            return
        if not part:
            return
        said.append(part)


def _write_all(terminal: int, typed: bytes) -> None:
    try:
        while typed:
            typed = typed[os.write(terminal, typed[:512]) :]
    except OSError:  # the program has ended
        return


class _Answering(pyte.Screen):
    """A screen that answers the program, as where the cursor is."""

    child: pexpect.spawn[str]

    def write_process_input(self, data: str) -> None:
        self.child.send(data)


class Screen:
    """A program on an emulated terminal, as a person sees it."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        columns: int,
        instead: Callable[[], None] | None = None,
    ) -> None:
        """Starts a command, or what a new process does `instead`."""
        self.child: pexpect.spawn[str] = pexpect.spawn(
            command[0], list(command[1:]), env=dict(env), dimensions=(ROWS, columns), encoding="utf-8", echo=False,
            preexec_fn=instead,
        )  # fmt: skip
        self._screen = _Answering(columns, ROWS)
        self._screen.child = self.child
        self._stream = pyte.Stream(self._screen)
        self._shown: str | None = None

    @property
    def shown(self) -> str:
        """What is on the screen, without blanks at the ends of lines."""
        if self._shown is None:
            self._shown = "\n".join(row.rstrip() for row in self._screen.display).rstrip()
        return self._shown

    @property
    def words(self) -> str:
        """What is on the screen as one line, however wide the screen is."""
        return " ".join(self.shown.split())

    def _look(self) -> bool:
        """Takes what the program prints; false once it has ended."""
        try:
            self._stream.feed(self.child.read_nonblocking(65_536, timeout=0.05))
            self._shown = None
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True

    def see(self, words: str) -> None:
        """Waits until words stand before the prompt on which the cursor is; fails if that takes too long."""
        self._wait(lambda: words in self.words.rpartition(">")[0][-600:] and self.shown.endswith(">"), words)

    def _wait(self, is_there: Callable[[], bool], words: str) -> None:
        until = time.monotonic() + PATIENCE
        while not is_there():
            assert self._look(), f"ended without {words!r}:\n{self.shown}"
            assert time.monotonic() < until, f"not seen: {words!r} in\n{self.shown}"

    def answer(self, *pairs: tuple[str, str]) -> None:
        """Waits for each question, and types its answer and Enter."""
        for question, reply in pairs:
            self.see(question)
            self.child.send(reply + "\r")
            self._until_it_moves()

    def paste(self, text: str) -> None:
        """Pastes text as a terminal does that marks where a paste begins and ends."""
        self.child.send(f"\x1b[200~{text}\x1b[201~")

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def _until_it_moves(self) -> None:
        before = self.shown
        until = time.monotonic() + PATIENCE
        while self.shown == before and time.monotonic() < until and self._look():
            pass

    def ended(self) -> tuple[int | None, str]:
        """Waits for the end, and returns the exit code and what is on the screen; fails if that takes too long."""
        until = time.monotonic() + PATIENCE
        while self._look():
            assert time.monotonic() < until, f"it goes on:\n{self.shown}"
        self.child.close()
        return self.child.exitstatus, self.shown

    def close(self) -> None:
        self.child.close(force=True)
