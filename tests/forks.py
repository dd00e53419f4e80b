"""The real program in a fork of this process, where everything is loaded: a tenth of the time that a start takes.

It has streams, a folder, an environment and signals of its own, as if a shell had started it.
What is promised of the start, of Python's settings and of memory is tried on `python -m ogpcase`.
"""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import NoReturn

_KEPT: list[object] = []
"""Streams of the tests, which a fork must not close."""
_PATIENCE = 60.0
"""Seconds that a run may take."""


@cache
def load_everything() -> None:
    """Imports every module of the program, and what they import at their first use: a fork has nothing left to load."""
    import ogpcase

    for found in walk_packages(ogpcase.__path__, "ogpcase."):
        import_module(found.name)
    import_module("ogpcase.yamltree.emitting").emit({"kind": "letter"})
    import_module("ogpcase.model.jsonschema").schema_files()
    _ = import_module("filelock").lock_descriptor  # asks the system what it is, once
    gc.collect()


def program(
    words: Sequence[object], env: Mapping[str, str], before: Callable[[], object] = lambda: None
) -> Callable[[], None]:
    """Returns what a new process does in the place of starting Python: a `preexec_fn`.

    `before` is called in that process, just before the program.
    """

    def be_the_program() -> None:
        before()
        run_main(words)

    return instead_of_python(be_the_program, env)


def instead_of_python(action: Callable[[], object], env: Mapping[str, str]) -> Callable[[], None]:
    """Returns what a new process does in the place of starting Python: an action, after which it ends."""
    load_everything()

    def act_and_end() -> None:
        gc.freeze()  # not before: Hypothesis asks the collector who holds an object
        code = 99
        try:
            _settle(dict(env))
            action()
            sys.stdout.flush()
            code = 0
        except BaseException:  # noqa: BLE001 - nothing may leave a fork of the tests
            os.write(2, traceback.format_exc().encode())
        os._exit(code)

    return act_and_end


def run(
    *words: object, env: Mapping[str, str] | None = None, cwd: Path | None = None, stdin: str | bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Runs the program, and returns its exit code and the bytes that it printed."""
    around = os.environ if env is None else env
    if sys.platform == "win32":  # which has no forks
        start: list[str] = [sys.executable, "-m", "ogpcase", *map(str, words)]
        instead = None
    else:
        start, instead = [sys.executable], program(words, around)
    return subprocess.run(
        start, preexec_fn=instead, cwd=cwd, timeout=_PATIENCE, env=dict(around),
        input=stdin.encode() if isinstance(stdin, str) else stdin, capture_output=True, check=False,
    )  # fmt: skip


def run_main(words: Sequence[object]) -> NoReturn:
    """Runs the program in this process with the streams that are there, and ends the process with its exit code."""
    from ogpcase.__main__ import main

    sys.argv = ["ogpcase", *map(str, words)]
    code: object = 0
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            code = code or 120  # as Python ends where nobody reads
    os._exit(code if isinstance(code, int) else int(code is not None))


def _settle(env: Mapping[str, str]) -> None:
    """Gives a fork what a start would: its environment, its streams, and signals as Python sets them."""
    _KEPT.extend((sys.stdin, sys.stdout, sys.stderr))
    gc.disable()
    os.closerange(3, 1024)  # a lock or a pipe of the tests must not be held on by their forks
    os.environ.clear()
    os.environ.update(env)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # ignored where the tests themselves run under `nohup`
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - open until the process ends
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the same
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
