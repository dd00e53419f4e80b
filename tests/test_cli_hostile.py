"""Record text is only ever text: it moves no cursor, sets no colour, turns no line round and is no markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]
Terminal = Callable[..., "pexpect.spawn[str]"]
LETTER = Path("arcadia-2023", "events", "2023-02-01-letter-ask.yaml")
ESCAPE = "\x1b[2J\x1b]0;owned\x07"
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
VERBS = (
    ("timeline", "arcadia-2023"),
    ("timeline", "arcadia-2023", "--format", "csv"),
    ("timeline", "arcadia-2023", "--format", "json"),
    ("timeline", "arcadia-2023", "--format", "markdown"),
    ("timeline", "arcadia-2023", "--format", "mermaid"),
    ("status", "arcadia-2023"),
    ("show", "2023-02-01-letter-ask"),
    ("show", "government-of-arcadia"),
    ("list",),
    ("validate",),
)


def retitle(folder: Path, text: str) -> None:
    """Puts a text, as YAML's double quotes say it, in the place of titles, texts and names."""
    for path, name in (
        (folder / LETTER, "title"),
        (folder / "arcadia-2023" / "case.yaml", "title"),
        (folder / "parties" / "government-of-arcadia.yaml", "name"),
    ):
        lines = path.read_text().splitlines()
        named = [f'{name}: "{text}"' if each.startswith(f"{name}:") else each for each in lines]
        path.write_text("\n".join([*named, ""]))
    letter = folder / LETTER
    letter.write_text(
        letter.read_text().replace("text: Publish the contracts that were sealed in 2022.", f'text: "{text}"')
    )


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
@pytest.mark.parametrize("text", [r"\e[2J\e]0;owned\a", r"\u202egnp.exe", r"a\u2028b\u0085c\u0000d", r"\x9b31m"])
def test_what_acts_on_a_terminal_never_reaches_it(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...], text: str
) -> None:
    retitle(arcadia, text)
    done = ogpcase(*words)
    assert 3 != done.returncode
    assert None is ACTING.search((done.stdout + done.stderr).replace("\r\n", "\n"))


@pytest.mark.parametrize("words", VERBS, ids=" ".join)
def test_markup_is_text(arcadia: Path, ogpcase: Run, words: tuple[str, ...]) -> None:
    retitle(arcadia, "[red]In a [letter](#) [/] :smile: {x}")
    done = ogpcase(*words)
    assert (0, "") == (done.returncode, done.stderr)
    if words[0] != "validate" and not {"markdown", "mermaid", "csv"} & {*words}:
        assert "[red]In a [letter](#) [/] :smile: {x}" in done.stdout


def test_markup_is_text_on_a_terminal_too(arcadia: Path, terminal: Terminal) -> None:
    retitle(arcadia, r"[red]In a [letter](#) [/] :smile: \e[2J")
    for around in ({"NO_COLOR": ""}, {"NO_COLOR": "1"}, {"NO_COLOR": "", "TERM": "dumb"}):
        child = terminal("show", "2023-02-01-letter-ask", env=around, columns=120)
        child.expect(pexpect.EOF)
        text = COLOUR.sub("", str(child.before))
        assert r"[red]In a [letter](#) [/] :smile: \u{001b}[2J" in text
        assert "\x1b" not in text


def test_json_keeps_the_text_as_it_is(arcadia: Path, ogpcase: Run) -> None:
    retitle(arcadia, r"[red]\u202e")
    whole = json.loads(ogpcase("timeline", "arcadia-2023", "--json").stdout)
    assert ("[red]\u202e", "[red]\u202e") == (whole["heading"]["title"], whole["rows"][0]["title"])


def test_what_was_typed_is_made_harmless_in_messages(arcadia: Path, ogpcase: Run) -> None:
    assert arcadia.is_dir()
    for words in (
        ("show", ESCAPE),
        ("timeline", ESCAPE),
        ("explain", ESCAPE),
        ("timeline", "arcadia-2023", "--party", ESCAPE),
    ):
        done = ogpcase(*words)
        assert (1, None) == (done.returncode, ACTING.search(done.stderr.replace("\n", "")))


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("around", "coloured"),
    [({"NO_COLOR": ""}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": "", "TERM": "dumb"}, False)],
)
@pytest.mark.parametrize("words", [("timeline", "arcadia-2023"), ("validate",)])
def test_colour_obeys_the_terminal(
    terminal: Terminal, words: tuple[str, ...], around: dict[str, str], *, coloured: bool
) -> None:
    child = terminal(*words, env={"OGPCASE_ACCESSIBLE": "", **around})
    child.expect(pexpect.EOF)
    assert coloured == bool(COLOUR.search(str(child.before)))
    assert "\x1b" not in COLOUR.sub("", str(child.before))


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("words", [("timeline", "mexico-2018"), ("status", "mexico-2018"), ("list",), ("policy",)])
def test_no_line_is_wider_than_the_terminal(terminal: Terminal, words: tuple[str, ...], columns: int) -> None:
    child = terminal(*words, columns=columns)
    child.expect(pexpect.EOF)
    lines = [each for each in str(child.before).split("\r\n") if "://" not in each]
    assert columns >= max(map(len, lines))
    assert 10 < len(lines) or words == ("list",)
