"""Colour repeats what words say, and can be read on a dark and on a light ground; without a terminal there is none."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import get_args

import pexpect
import pytest

from ogpcase.output.lines import ASCII, UNICODE, Page, Piece, Style, cells, line
from ogpcase.output.terminal import MOST_COLOURED, STYLES, page_for, write, write_text

Terminal = Callable[..., "pexpect.spawn[str]"]
SET = re.compile(r"\x1b\[([0-9;]*)m")
READABLE = {"bold", "dim", "italic", "cyan", "magenta", "green", "red", "yellow"}
"""Attributes and foregrounds that stand out from black and from white; `white`, `black` and grounds do not."""


def test_every_style_has_only_what_is_readable_on_any_ground() -> None:
    assert set(get_args(Style)) - {""} == STYLES.keys()
    assert set() == {word for style in STYLES.values() for word in style.split()} - READABLE


def printed(child: pexpect.spawn[str]) -> str:
    child.expect(pexpect.EOF)
    child.close()
    assert 0 == child.exitstatus
    assert child.before is not None
    return child.before.replace("\r\n", "\n")


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("theme", ["0;15", "15;0"])
@pytest.mark.parametrize("verb", [["timeline", "mexico-2018"], ["status", "mexico-2018"], ["list"], ["policy"]])
def test_on_a_terminal_only_foregrounds_are_set(terminal: Terminal, verb: list[str], theme: str) -> None:
    """The same on dark and light grounds: nothing asks which it is."""
    said = printed(terminal(*verb, env={"NO_COLOR": "", "COLORFGBG": theme, "TERM": "xterm-256color"}))
    codes = {int(code or 0) for each in SET.findall(said) for code in each.split(";")}
    assert codes
    assert codes <= {0, 1, 2, 3, 31, 32, 33, 35, 36}
    assert "\x1b" not in SET.sub("", said)


@pytest.mark.usefixtures("mexico")
def test_colour_changes_no_word_and_no_place(terminal: Terminal) -> None:
    colourful = printed(terminal("timeline", "mexico-2018", env={"NO_COLOR": ""}))
    for env in ({"NO_COLOR": "1"}, {"NO_COLOR": "", "TERM": "dumb"}):
        sober = printed(terminal("timeline", "mexico-2018", env=env))
        assert "\x1b" not in sober
        assert [each.rstrip() for each in SET.sub("", colourful).splitlines()] == sober.splitlines()


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("columns", [80, 120])
def test_a_page_is_as_wide_as_its_terminal(terminal: Terminal, columns: int) -> None:
    lines = printed(terminal("timeline", "mexico-2018", columns=columns)).splitlines()
    wide = [cells(each) for each in lines if "://" not in each]
    assert columns - 2 <= max(wide) <= columns


def test_without_a_terminal_lines_are_unbroken_and_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert Page(None, UNICODE) == page_for(stream)
    assert Page(None, ASCII) == page_for(io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    out = io.StringIO()
    write([line("a ", Piece("b" * 200, "title"), "  "), line(Piece("[bold]\x1b[31m", "bad"))], out)
    write_text("as it is\r\n", out)
    assert f"a {'b' * 200}\n[bold]\\u{{001b}}[31m\nas it is\r\n" == out.getvalue()


def test_what_is_very_long_is_written_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """To colour a line takes longer than to read the record that it tells of."""

    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for many, coloured in ((MOST_COLOURED, True), (MOST_COLOURED + 1, False)):
        screen = Screen()
        write([line(Piece("a", "good"))] * many, screen)
        assert coloured == ("\x1b[" in screen.getvalue())
        assert many == screen.getvalue().count("\n")
