"""A block that nobody interrupts: what comes meanwhile comes after it."""

from __future__ import annotations

import signal
from threading import Thread

import pytest

from ogpcase.store.system import ENDING, undisturbed


@pytest.mark.parametrize("number", ENDING)
def test_a_signal_waits_for_the_end_of_all_blocks(number: int) -> None:
    seen: list[str] = []
    before = signal.signal(number, lambda *_: seen.append("signal"))
    try:
        with undisturbed():
            with undisturbed():
                signal.raise_signal(number)
                signal.raise_signal(number)
                seen.append("inner")
            seen.append("outer")
        assert ["inner", "outer", "signal"] == seen
        signal.raise_signal(number)
        assert "signal" == seen[3]
    finally:
        signal.signal(number, before)


def test_an_exception_of_a_signal_comes_after_the_block() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), undisturbed():  # noqa: PT012 - that the block goes on is what is asked
        signal.raise_signal(signal.SIGINT)
        done.append("all")
    assert ["all"] == done


def test_an_ignored_signal_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with undisturbed():
            signal.raise_signal(signal.SIGTERM)
        assert signal.SIG_IGN == signal.getsignal(signal.SIGTERM)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_another_thread_needs_no_such_block() -> None:
    done = []

    def work() -> None:
        with undisturbed():
            done.append("all")

    thread = Thread(target=work)
    thread.start()
    thread.join()
    assert ["all"] == done
