"""Prints lines for people as their terminal takes them, with its colours, and text for other programs as UTF-8."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from io import TextIOWrapper
from typing import TextIO

from ogpcase.diagnostics.visible_text import harmless, log_line
from ogpcase.errors import is_closed_pipe
from ogpcase.output.lines import Line, Page, glyphs_for, plain
from ogpcase.output.progress import erase

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
    return Page(max(NARROWEST, _width(out)), glyphs) if out.isatty() else Page(None, glyphs)


def write(lines: Iterable[Line], stream: TextIO | None = None) -> None:
    """Writes lines; record text can neither control the terminal nor be taken for markup or for a CI command."""
    out = stream or sys.stdout
    write_drawn(drawn(lines, out), out)


def drawn(lines: Iterable[Line], out: TextIO) -> str:
    """Returns the text of lines as a stream takes them: safe to print, and coloured if colours are wanted there."""
    safe = plain if out.isatty() else _log_line
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


def _log_line(line: Line) -> str:
    return log_line(plain(line))


def _styled() -> Callable[[Line], str]:
    """Returns a function that writes a line with the colours that the terminal knows, at least the eight basic ones."""
    from rich.console import COLOR_SYSTEMS, Console  # what is not coloured does without
    from rich.style import Style

    known = COLOR_SYSTEMS[Console(force_terminal=True).color_system or "standard"]
    styles = {name: Style.parse(words) for name, words in STYLES.items()}
    nothing = Style.null()
    return lambda line: "".join(
        styles.get(piece.style, nothing).render(harmless(piece.text), color_system=known) for piece in line
    )


def _width(stream: TextIO) -> int:
    from rich.console import Console  # a pipe does without

    return Console(file=stream).width
