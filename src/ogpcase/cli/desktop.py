"""Opens an address or a file in the program that the user's system has for it, without a shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys

from ogpcase.errors import CannotRead
from ogpcase.store.system import installed


def opened(target: str) -> bool:
    """Opens a target: an `http` or `https` address, or the absolute path of a file; false if there is no desktop here.

    An address goes to `BROWSER` if that is set.

    Raises:
        CannotRead: the program cannot be started, or fails.
    """
    if sys.platform == "win32":
        return _start_file(target)
    words = _words_for(target)
    if words is None:
        return False
    try:
        done = subprocess.run(words, check=False)  # noqa: S603 - no shell; the user's own program
    except OSError as error:
        raise CannotRead(f"`{words[0]}` cannot be started", f"open it yourself: {target}") from error
    if done.returncode != 0:
        raise CannotRead(f"`{words[0]}` exited with code {done.returncode}", f"open it yourself: {target}")
    return True


if sys.platform == "win32":

    def _start_file(target: str) -> bool:
        try:
            os.startfile(target)  # noqa: S606 - it runs no shell
        except OSError as error:
            raise CannotRead("no program here opens this", f"open it yourself: {target}") from error
        return True


def _words_for(target: str) -> list[str] | None:
    """Returns the program and its arguments; None without a desktop."""
    if "://" in target and (browser := _browser(target)):
        return browser
    if sys.platform == "darwin":
        return ["/usr/bin/open", target]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    program = installed("xdg-open")
    return [program, target] if program else None


def _browser(address: str) -> list[str] | None:
    """Returns the first command of `BROWSER` that is installed, with the address in the place of `%s` or at the end."""
    for command in os.environ.get("BROWSER", "").split(os.pathsep):
        try:
            words = shlex.split(command.replace("%s", "\0"))
        except ValueError:  # a quote is open
            continue
        if words and (program := _program(words[0])):
            rest = [word.replace("\0", address) for word in words[1:]]
            return [program, *rest, *([] if "\0" in "".join(words[1:]) else [address])]
    return None


def _program(name: str) -> str | None:
    """Returns the path of the program that the user named, by a path or by a name."""
    return installed(name) if os.path.dirname(name) == "" else shutil.which(os.path.abspath(name))  # noqa: PTH100, PTH120 - the user named a path
