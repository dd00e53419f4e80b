"""Prints lines for people as their terminal takes them, with its colours, and text for other programs as UTF-8."""

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from enum import StrEnum
from io import TextIOWrapper
from time import monotonic
from typing import TextIO

from ogpcase.diagnostics.visible_text import harmless, log_line
from ogpcase.errors import is_closed_pipe
from ogpcase.output.lines import Line, Page, cells, glyphs_for, plain
from ogpcase.store.system import command_words

NARROWEST = 40
"""The fewest columns of a page; on a narrower terminal, the terminal itself wraps the lines."""
STYLES = {
    "title": "bold",
    "dim": "dim",
    "date": "cyan",
    "stage": "bold magenta",
    "ask": "italic",
    "good": "green",
    "bad": "red",
    "open": "dim italic",
    "note": "cyan",
    "error": "bold red",
    "warning": "bold yellow",
    "code": "bold",
    "hue1": "green",
    "hue2": "magenta",
    "hue3": "cyan",
    "hue4": "yellow",
    "hue5": "red",
}
"""Styles by name; none sets a background, and colour only repeats what the words say."""


class Colour(StrEnum):
    """When colours are printed; `auto` asks the environment and the terminal."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


_WANTED = ContextVar("colour", default=Colour.AUTO)


@contextmanager
def colouring(colour: Colour) -> Iterator[None]:
    """Decides inside the block when colours are printed."""
    before = _WANTED.set(colour)
    try:
        yield
    finally:
        _WANTED.reset(before)


def wants_colour(out: TextIO) -> bool:
    """Returns whether a stream gets colours: by --color, else NO_COLOR, else FORCE_COLOR, else what the stream is."""
    if (wanted := _WANTED.get()) is not Colour.AUTO:
        return wanted is Colour.ALWAYS
    if os.environ.get("NO_COLOR") or os.environ.get("OGPCASE_ACCESSIBLE"):
        return False
    if any(os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return out.isatty() and os.environ.get("TERM") != "dumb" and not _is_old_console(out)


def _is_old_console(out: TextIO) -> bool:
    """True for a console of Windows that would print the codes of colours as text."""
    if sys.platform == "win32":
        from rich.console import Console  # a pipe does without

        return Console(file=out).legacy_windows
    return False


def page_for(stream: TextIO | None = None) -> Page:
    """Returns the page of a stream: as wide as the terminal, or without line breaks if it is not a terminal."""
    out = stream or sys.stdout
    glyphs = glyphs_for(getattr(out, "encoding", None))
    if not out.isatty():
        return Page(None, glyphs)
    from rich.console import Console  # a pipe does without

    return Page(max(NARROWEST, Console(file=out).width), glyphs)


def write(lines: Iterable[Line], stream: TextIO | None = None) -> None:
    """Writes lines; record text can neither control the terminal nor be taken for markup or for a CI command."""
    out = stream or sys.stdout
    write_drawn(drawn(lines, out), out)


def drawn(lines: Iterable[Line], out: TextIO) -> str:
    """Returns the text of lines as a stream takes them: safe to print, and coloured if colours are wanted there."""
    safe = plain if out.isatty() else lambda each: log_line(plain(each))
    if not wants_colour(out):
        return "".join(f"{safe(each)}\n" for each in lines)
    styled = _styled()
    return "".join(f"{styled(each) if (text := safe(each)) == plain(each) else text}\n" for each in lines)


def write_text(text: str) -> None:
    """Writes text for other programs: in UTF-8, with its own line ends, whatever the locale and the settings say."""
    write_drawn(text, sys.stdout, encoding="utf-8", newline="\n")


def write_drawn(text: str, out: TextIO, **settings: str) -> None:
    """Writes text. A reader that has gone (`| head`) ends the writing, not the run: its exit code stays."""
    erase()
    try:
        if settings and isinstance(out, TextIOWrapper):
            out.reconfigure(**settings)  # type: ignore[arg-type]  # all are text
        out.write(text)
    except OSError as error:
        if not is_closed_pipe(error):
            raise
        silence(out)


def silence(stream: TextIO) -> None:
    """Sends the rest of a stream to /dev/null, so that a closed pipe causes no error at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _styled() -> Callable[[Line], str]:
    """Returns a function that writes a line with the colours that the terminal knows, at least the eight basic ones."""
    from rich.console import COLOR_SYSTEMS, Console  # what is not coloured does without
    from rich.style import Style  # the same

    known = COLOR_SYSTEMS[Console(force_terminal=True).color_system or "standard"]
    styles = {name: Style.parse(words) for name, words in STYLES.items()}
    nothing = Style.null()
    return lambda line: "".join(
        styles.get(piece.style, nothing).render(harmless(piece.text), color_system=known) for piece in line
    )


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


APPEARS_AFTER, CHANGES_EVERY = 1.0, 0.5
"""Seconds until the line appears, and between its changes."""
_ERASE = "\r\x1b[K"


class _Line:
    """Whether the line stands on the terminal."""

    drawn = False


@contextmanager
def progress(words: Callable[[], str]) -> Iterator[None]:
    """Shows what is being done and for how long, if the block takes more than a second, and erases it at its end.

    Nothing is shown while `words` returns nothing. A signal of the clock draws it, so that no thread is there when
    another process is started. Windows has no such signal, and no line.
    """
    plainly = os.environ.get("TERM", "dumb") == "dumb" or os.environ.get("OGPCASE_ACCESSIBLE")
    if sys.platform == "win32" or plainly or not sys.stderr.isatty():
        yield
        return
    started = monotonic()

    def draw(*_: object) -> None:
        if doing := words():
            _Line.drawn = True
            _write(f"{_ERASE}{doing}, {monotonic() - started:.0f} s\r")

    before = signal.signal(signal.SIGALRM, draw)
    signal.setitimer(signal.ITIMER_REAL, APPEARS_AFTER, CHANGES_EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        erase()


def erase() -> None:
    """Takes the line away, so that something else can be printed."""
    if _Line.drawn:
        _Line.drawn = False
        _write(_ERASE)


def _write(text: str) -> None:
    with suppress(OSError):  # the terminal was closed
        os.write(sys.stderr.fileno(), text.encode("ascii", "replace"))  # stderr itself may be in the middle of a line
