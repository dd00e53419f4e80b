"""The signals that end a run, as far as the system has them, and a block that they cannot interrupt."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
"""Ctrl-C, `kill`, a closed terminal, and the Ctrl-Break of Windows."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Delays the signals that end a run until the block is done; in other threads than the first there are none."""
    from threading import current_thread, main_thread  # loaded only by what writes

    if current_thread() is not main_thread():
        yield
        return
    came: dict[int, None] = {}
    before = {number: signal.signal(number, lambda number, _: came.setdefault(number)) for number in ENDING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for number in came:
            signal.raise_signal(number)
