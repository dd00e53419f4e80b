"""Where a run is asked to end, by Ctrl-C or `kill`, and where what stopped it becomes words and an exit code."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from ogpcase.errors import EXIT_BUG, EXIT_FAILED, EXIT_INTERRUPTED, OgpcaseError

_REQUESTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SIGNALLED = 128
"""Added by every shell to the number of the signal that ended a program."""


class Ended(BaseException):
    """Somebody asked the run to end. Not a KeyboardInterrupt, which Typer would answer in its own way."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = _SIGNALLED + number


def answer_requests(lost: Callable[[Ended], None]) -> None:
    """Lets requests raise Ended. One that was ignored when the run began stays so, as under `nohup`.

    `lost` must end the run at once: it is called where Python would drop the exception with a complaint.
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
    for number in _REQUESTS:
        if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, _end)


def ignore_requests() -> None:
    """Lets requests change nothing any more: the run is ending already."""
    for number in _REQUESTS:
        signal.signal(number, signal.SIG_IGN)


def _end(number: int, _: FrameType | None) -> None:
    ignore_requests()
    raise Ended(number)


def guarded(action: Callable[[], int | None]) -> int:
    """Runs an action and returns its exit code, whatever happens; only a wish to exit passes through."""
    _ready_streams()
    if _is_stored():  # by a run before this one in the same process
        sys.modules["ogpcase.store.lock"].Stored.done = False
    try:
        return _flushed(action() or 0)
    except OgpcaseError as stopped:
        _say(f"{stopped.word}: {stopped.message}", *stopped.hints)
        return stopped.exit_code
    except (KeyboardInterrupt, Ended) as request:
        return ended(request)
    except BrokenPipeError:
        _stop_writing()
        return 0
    except OSError as lost:
        return _cannot_print(lost) if lost.filename is None else _apologise(lost)
    except Exception as bug:  # noqa: BLE001 - the last stop before a traceback with record text in it
        return _apologise(bug)


def ended(request: BaseException) -> int:
    """Says that the run was asked to end, and what it had written by then; returns the exit code."""
    said = "interrupted, but what was to be written was written before: see `git status`"
    _say(said if _is_stored() else "interrupted; nothing was written", *getattr(request, "__notes__", ()))
    try:
        sys.stdout.flush()
    except OSError:  # the terminal has gone
        _stop_writing()
    return getattr(request, "exit_code", EXIT_INTERRUPTED)


def _is_stored() -> bool:
    """True when this run has stored something; one that never came to write has not even loaded the room."""
    lock = sys.modules.get("ogpcase.store.lock")
    return lock is not None and lock.Stored.done


def _flushed(code: int) -> int:
    """Writes out what is left, and returns the code: a reader that has gone does not change it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _stop_writing()
    return code


def _ready_streams() -> None:
    """A character the terminal cannot write stands as an escape, and a closed stream is like none at all."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 - open until the end
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _cannot_print(error: OSError) -> int:
    """An error without a file's name is one of a stream: a full disk behind a redirection."""
    _stop_writing()
    stored = ["what was to be written in the case folder is there: see `git status`"] if _is_stored() else []
    _say(f"error: what was to be printed cannot be written: {(error.strerror or 'unknown reason').lower()}", *stored)
    return EXIT_FAILED


def _say(first: str, *rest: str) -> None:
    from ogpcase.diagnostics.visible_text import log_line

    try:
        sys.stderr.write("".join(f"{log_line(each)}\n" for each in (first, *(f"  {one}" for one in rest))))
    except OSError:
        _stop_writing()
        _stop_writing("stderr")


def _stop_writing(name: str = "stdout") -> None:
    """The reader of a pipe has gone: what is still to be written goes nowhere, without a complaint at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, getattr(sys, name).fileno())
    os.close(nowhere)


def _apologise(bug: Exception) -> int:
    """Says that this is a bug and where; never the values it stumbled over, which may be names."""
    import traceback

    *_, (frame, number) = traceback.walk_tb(bug.__traceback__)
    _say(
        f"internal error: {type(bug).__name__} at {frame.f_code.co_filename}:{number}",
        f"this is a bug in ogpcase; {'what was to be written is stored' if _is_stored() else 'nothing was written'}",
        "report it with the command you ran; OGPCASE_TRACEBACK=1 shows the whole trace, which may hold record text",
    )
    if os.environ.get("OGPCASE_TRACEBACK"):
        traceback.print_exception(bug)
    return EXIT_BUG
