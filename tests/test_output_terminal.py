"""Colour repeats what words say, and can be read on a dark and on a light ground; without a terminal there is none."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import get_args

import pexpect
import pytest

from ogpcase.output.lines import ASCII, UNICODE, Page, Piece, Style, cells, line
from ogpcase.output.terminal import STYLES, Colour, colouring, page_for, write

Run = Callable[..., "CompletedProcess[str]"]
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
    said = printed(
        terminal(*verb, env={"NO_COLOR": "", "OGPCASE_ACCESSIBLE": "", "COLORFGBG": theme, "TERM": "xterm-256color"})
    )
    codes = {int(code or 0) for each in SET.findall(said) for code in each.split(";")}
    assert codes
    assert codes <= {0, 1, 2, 3, 31, 32, 33, 35, 36}
    assert "\x1b" not in SET.sub("", said)


@pytest.mark.usefixtures("mexico")
def test_colour_changes_no_word_and_no_place(terminal: Terminal) -> None:
    colourful = printed(terminal("timeline", "mexico-2018", env={"NO_COLOR": "", "OGPCASE_ACCESSIBLE": ""}))
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


def test_without_a_terminal_lines_are_unbroken_and_plain() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    assert Page(None, UNICODE) == page_for(stream)
    assert Page(None, ASCII) == page_for(io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    out = io.StringIO()
    write([line("a ", Piece("b" * 200, "title"), "  "), line(Piece("[bold]\x1b[31m", "bad"))], out)
    assert f"a {'b' * 200}\n[bold]\\u{{001b}}[31m\n" == out.getvalue()


class Screen(io.StringIO):
    """A terminal of any size."""

    def isatty(self) -> bool:
        return True


VARIABLES = ("NO_COLOR", "OGPCASE_ACCESSIBLE", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM")


@pytest.mark.parametrize(
    ("settings", "on_a_screen", "in_a_pipe"),
    [
        ({}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"OGPCASE_ACCESSIBLE": "1"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
    ],
)
def test_the_environment_says_when_there_are_colours(
    settings: dict[str, str], *, on_a_screen: bool, in_a_pipe: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name, value in {"TERM": "xterm", **settings}.items():
        monkeypatch.setenv(name, value)
    for out, wanted in ((Screen(), on_a_screen), (io.StringIO(), in_a_pipe)):
        for colour, printed in ((Colour.AUTO, wanted), (Colour.ALWAYS, True), (Colour.NEVER, False)):
            out.truncate(0)
            with colouring(colour):
                write([line(Piece("good", "good"))], out)
            assert printed == ("\x1b[32mgood" in out.getvalue())


def test_colour_in_a_pipe_changes_no_word_and_lets_no_command_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = io.StringIO()
    lines = [line(Piece("::error::", "bad"), " a"), line(Piece("##[group]", "dim")), line(Piece("\x1b[2J", "good"))]
    with colouring(Colour.ALWAYS):
        write(lines, out)
    assert "\\u{003a}:error:: a\n##\\u{005b}group]\n\\u{001b}[2J\n" == SET.sub("", out.getvalue())


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("verb", [("list",), ("timeline", "mexico-2018"), ("policy",), ("explain", "OC301")])
def test_color_is_an_option_of_what_is_read(ogpcase: Run, verb: tuple[str, ...]) -> None:
    sober, coloured = ogpcase(*verb, "--color", "never").stdout, ogpcase(*verb, "--color", "always").stdout
    assert "\x1b" not in sober
    assert "\x1b[" in coloured
    assert sober.splitlines() == [each.rstrip() for each in SET.sub("", coloured).splitlines()]
    assert 2 == ogpcase(*verb, "--color", "pink").returncode


@pytest.mark.usefixtures("mexico")
def test_other_formats_have_no_colours(ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    for form in ("json", "csv", "markdown"):
        assert "\x1b" not in ogpcase("timeline", "mexico-2018", "--format", form, "--color", "always").stdout
