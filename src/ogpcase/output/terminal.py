"""Prints lines for people as their terminal takes them, and text for other programs always as UTF-8."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from ogpcase.diagnostics.visible_text import harmless, log_line
from ogpcase.output.lines import Line, Page, glyphs_for, plain

if TYPE_CHECKING:
    from rich.console import Console


NARROWEST = 40
"""The fewest columns of a page; on a narrower terminal, the terminal itself wraps the lines."""
MOST_COLOURED = 2_000
"""The most lines that are coloured; colouring more would take longer than reading and checking the records."""
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


def page_for(stream: TextIO | None = None) -> Page:
    """Returns the page of a stream: as wide as the terminal, or without line breaks if it is not a terminal."""
    out = stream or sys.stdout
    glyphs = glyphs_for(getattr(out, "encoding", None))
    return Page(max(NARROWEST, _console(out).width), glyphs) if out.isatty() else Page(None, glyphs)


def write(lines: Iterable[Line], stream: TextIO | None = None) -> None:
    """Writes lines; record text can neither control the terminal nor be taken for markup or for a CI command."""
    out = stream or sys.stdout
    if not out.isatty():
        _write("".join(log_line(plain(line)) + "\n" for line in lines), out)
        return
    every = tuple(lines)
    if len(every) > MOST_COLOURED or not _wants_colour():
        _write("".join(plain(line) + "\n" for line in every), out)
        return
    from rich.text import Text  # a pipe does without

    console = _console(out)
    for line in every:
        pieces = [(harmless(piece.text), STYLES.get(piece.style, "")) for piece in line]
        console.print(Text.assemble(*pieces), soft_wrap=True, highlight=False, markup=False, emoji=False)


def write_text(text: str, stream: TextIO | None = None) -> None:
    """Writes text for other programs: in UTF-8, with its own line ends, whatever the locale and the settings say."""
    out = stream or sys.stdout
    _write(text, out, encoding="utf-8", newline="\n")


def _write(text: str, out: TextIO, **settings: str) -> None:
    """Writes text. A reader that has gone (`| head`) ends the writing, not the run: its exit code stays."""
    try:
        if settings and isinstance(out, TextIOWrapper):
            out.reconfigure(**settings)  # type: ignore[arg-type]  # all are text
        out.write(text)
    except BrokenPipeError:
        silence(out)


def silence(stream: TextIO) -> None:
    """Sends the rest of a stream to /dev/null, so that a closed pipe causes no error at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _wants_colour() -> bool:
    plain_wanted = os.environ.get("NO_COLOR") or os.environ.get("OGPCASE_ACCESSIBLE")
    return not plain_wanted and os.environ.get("TERM") != "dumb"


def _console(stream: TextIO) -> Console:
    from rich.console import Console  # a pipe does without

    return Console(file=stream, highlight=False, emoji=False, markup=False, soft_wrap=True)
