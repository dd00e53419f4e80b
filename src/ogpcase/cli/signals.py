"""Ends a run in order on Ctrl-C, `kill` or a closed terminal."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


REQUESTS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
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
    for number in REQUESTS:
        if signal.getsignal(number) in {signal.SIG_DFL, signal.default_int_handler}:
            signal.signal(number, _end)


def ignore_requests() -> None:
    """Lets requests change nothing any more: the run is ending already."""
    for number in REQUESTS:
        signal.signal(number, signal.SIG_IGN)


def _end(number: int, _: FrameType | None) -> None:
    ignore_requests()
    raise Ended(number)
