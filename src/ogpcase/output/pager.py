"""Shows what is longer than the screen in the user's pager."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Mapping
from typing import TextIO

from ogpcase.output.lines import Line, cells, plain
from ogpcase.output.terminal import drawn, write_drawn
from ogpcase.store.programs import command_words

USUAL = "less -FRX"
"""The pager if neither OGPCASE_PAGER nor PAGER is set: colours, and no pause for what fits the screen."""
_SETTINGS = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8"}
"""What a pager is told unless the user's environment says otherwise."""
_CARE = {"LESSSECURE": "1", "LESSHISTFILE": "-"}
"""What less is always told: to start no program, and to keep no file of what was looked for, which may be names."""


def show(lines: Iterable[Line], *, paged: bool = True) -> None:
    """Writes lines to stdout; through the pager if they are longer than the screen of a terminal and `paged` is true.

    Without a pager that can be started, or if it fails, all lines are printed. A Ctrl-C is the pager's.
    """
    every, out = tuple(lines), sys.stdout
    text = drawn(every, out)
    command = _command() if paged and _longer(every, out) else ""
    if not (command and _paged(text, command, out)):
        write_drawn(text, out)


def _command() -> str:
    """Returns the pager's command; empty for an empty setting, and for a terminal that cannot move its cursor."""
    if os.environ.get("TERM") == "dumb":
        return ""
    return os.environ.get("OGPCASE_PAGER", os.environ.get("PAGER", USUAL)).strip()


def _longer(lines: Iterable[Line], out: TextIO) -> bool:
    """True if the lines do not fit the screen with the shell's next prompt; False without a terminal."""
    if not out.isatty():
        return False
    from rich.console import Console  # a pipe does without

    width, height = Console(file=out).size
    return sum(max(1, -(-cells(plain(each)) // width)) for each in lines) >= height


def _paged(text: str, command: str, out: TextIO) -> bool:
    """Shows text in a pager and waits for its end; returns False if it failed, so that the text was not seen."""
    import subprocess  # few runs need it

    interrupted = False

    def note(*_: object) -> None:
        nonlocal interrupted
        interrupted = True

    out.flush()
    before = signal.signal(signal.SIGINT, note)
    try:
        with subprocess.Popen(command_words(command), stdin=subprocess.PIPE, env=_environment(out)) as pager:  # noqa: S603 - the user's own
            try:
                pager.communicate(text.encode(out.encoding, "backslashreplace"))
            except BaseException:  # the run was asked to end
                pager.terminate()
                raise
    except (OSError, ValueError):  # no such program, or a quote that is never closed
        return False
    finally:
        signal.signal(signal.SIGINT, before)
    return interrupted or pager.returncode == 0


def _environment(out: TextIO) -> Mapping[str, str]:
    """Returns the environment of a pager; the character set is told only where it is ours."""
    ours = out.encoding.lower().replace("-", "") == "utf8"
    told = {name: value for name, value in _SETTINGS.items() if ours or name != "LESSCHARSET"}
    return {**told, **os.environ, **_CARE}
