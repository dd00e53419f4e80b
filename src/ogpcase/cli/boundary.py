"""Turns exceptions and signals (Ctrl-C, `kill`) into a message and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from ogpcase.errors import EXIT_BUG, EXIT_DONE, EXIT_FAILED, EXIT_INTERRUPTED, OgpcaseError, is_closed_pipe
from ogpcase.store.system import ENDING

_SIGNALLED = 128
"""A shell's exit code for a program that a signal ended is this plus the signal's number."""


class Ended(BaseException):
    """A signal asked the run to end. It is not a KeyboardInterrupt, which Typer would handle itself."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = _SIGNALLED + number


def answer_requests(lost: Callable[[Ended], None]) -> None:
    """Makes signals raise Ended, except those that were ignored from the start, as under `nohup`.

    `lost` must end the run at once: it is called where Python cannot raise the exception.
    """
    usual = sys.unraisablehook

    def unraisable(what: sys.UnraisableHookArgs) -> None:
        try:
            if isinstance(what.exc_value, Ended):
                lost(what.exc_value)
            usual(what)
        except Ended as request:
            lost(request)

    sys.unraisablehook = unraisable
    for number in ENDING:
        if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, _end)


def ignore_requests() -> None:
    """Ignores further signals, since the run is already ending."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


def _end(number: int, _: FrameType | None) -> None:
    ignore_requests()
    raise Ended(number)


def guarded(action: Callable[[], int | None]) -> int:
    """Runs an action and returns its exit code, whatever it raises except SystemExit."""
    _ready_streams()
    if lock := sys.modules.get("ogpcase.store.lock"):  # an earlier run in the same process
        lock.Stored.done = lock.Stored.before = False
    try:
        return _flushed(action() or 0)
    except OgpcaseError as stopped:
        _say(f"{stopped.word}: {stopped.message}", *stopped.hints)
        return stopped.exit_code
    except (KeyboardInterrupt, Ended) as request:
        return ended(request)
    except OSError as lost:
        return _cannot_print(lost) if lost.filename is None else _apologise(lost)
    except Exception as bug:  # noqa: BLE001 - a traceback could show record text
        return _apologise(bug)


def ended(request: BaseException) -> int:
    """Says that the run was asked to end, and what it has written; returns the exit code."""
    stored = "interrupted after everything was written: see `git status`"
    _say(stored if _is_stored() else f"interrupted; {_nothing()} was written", *getattr(request, "__notes__", ()))
    try:
        sys.stdout.flush()
    except OSError:  # the terminal was closed
        _stop_writing()
    return getattr(request, "exit_code", EXIT_INTERRUPTED)


def _is_stored(*, before: bool = False) -> bool:
    """True if this run has stored something, or had `before`; `store.lock` is loaded only by runs that write."""
    lock = sys.modules.get("ogpcase.store.lock")
    return lock is not None and (lock.Stored.before if before else lock.Stored.done)


def _nothing() -> str:
    return "nothing more" if _is_stored(before=True) else "nothing"


def _flushed(code: int) -> int:
    """Flushes stdout and returns the code, even if the reader of a pipe has gone."""
    try:
        sys.stdout.flush()
    except OSError as error:
        if not is_closed_pipe(error):
            raise
        _stop_writing()
    return code


def _ready_streams() -> None:
    """Escapes characters that the terminal cannot print, and replaces a closed stream by /dev/null."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _cannot_print(error: OSError) -> int:
    """Reports that stdout cannot be written, as with a full disk behind a redirection; not that its reader has gone."""
    _stop_writing()
    if is_closed_pipe(error):
        return EXIT_DONE
    stored = ["the case folder was written: see `git status`"] if _is_stored() else []
    _say(f"error: the output cannot be written: {(error.strerror or 'unknown reason').lower()}", *stored)
    return EXIT_FAILED


def add_hints(stopped: BaseException, *hints: str) -> None:
    """Adds what else is to be said when a run stops."""
    if isinstance(stopped, OgpcaseError):
        stopped.hints = (*stopped.hints, *hints)
        return
    for hint in hints:
        stopped.add_note(hint)


def tell(words: str) -> None:
    """Prints a line to stderr while the command goes on."""
    from ogpcase.diagnostics.visible_text import log_line

    sys.stderr.write(f"{log_line(words)}\n")


def _say(first: str, *rest: str) -> None:
    from ogpcase.diagnostics.visible_text import log_line

    try:
        sys.stderr.write("".join(f"{log_line(text)}\n" for text in (first, *(f"  {hint}" for hint in rest))))
    except OSError:
        _stop_writing()
        _stop_writing("stderr")


def _stop_writing(name: str = "stdout") -> None:
    """Sends the rest of a stream to /dev/null, so that a closed pipe causes no error at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, getattr(sys, name).fileno())
    os.close(nowhere)


def _apologise(bug: Exception) -> int:
    """Reports a bug with its place in the code, but never with values, which may be names."""
    import traceback

    *_, (frame, number) = traceback.walk_tb(bug.__traceback__)
    _say(
        f"internal error: {type(bug).__name__} at {frame.f_code.co_filename}:{number}",
        f"this is a bug in ogpcase; {'everything' if _is_stored() else _nothing()} was written",
        "report it with the command you ran; OGPCASE_TRACEBACK=1 shows the traceback, which may hold record text",
        *getattr(bug, "__notes__", ()),
    )
    if os.environ.get("OGPCASE_TRACEBACK"):
        traceback.print_exception(bug)
    return EXIT_BUG
