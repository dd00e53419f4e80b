"""Completion in real shells, on a terminal, with TAB: it completes, and nothing that somebody planted is run by it."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from ogpcase.cli.completing import packaged

CASE = "arcadia-2023"
LETTER = "2023-02-01-letter-ask"
NOTICE = "2023-05-22-letter-notice"
READY = "READY>"
CLEAR = "\x15"
"""Ctrl-U takes the line away once what was typed before is answered; Ctrl-C would be quicker than the TABs."""
TOUCH = "touch $TRAP"
PLANTED = (
    f"$({TOUCH})", f"`{TOUCH}`", f"\\$({TOUCH})", f"\\`{TOUCH}\\`", f"a$({TOUCH})", f"{CASE};{TOUCH}",
    f"arc\n{TOUCH}\n", f"'$({TOUCH})'", f'"$({TOUCH})"', f"({TOUCH})", f"${{(e):-$({TOUCH})}}", f"-a ({TOUCH})",
    f"a\t$({TOUCH})", f"a|{TOUCH}", f"=({TOUCH})", f"<({TOUCH})", f"*(e:{TOUCH}:)", f"a[$({TOUCH})]",
)  # fmt: skip
"""What some reading of a word by some shell would run; without a `/`, so that a file can be called so."""
LINES = (
    "timeline ",
    "timeline a",
    "timeline $",
    "timeline \\",
    f"show {CASE}/",
    "show ",
    "requests --of ",
    "requests --of=",
)
Open = Callable[[str, str], "pexpect.spawn[str]"]

each_shell = pytest.mark.parametrize(
    "name",
    [
        pytest.param(each, marks=pytest.mark.skipif(shutil.which(each) is None, reason=f"{each} is not installed"))
        for each in ("bash", "zsh", "fish")
    ],
)


def started(name: str, script: Path) -> tuple[list[str], str]:
    """Returns how a shell is started without anybody's settings, and the line that loads a script into it."""
    source = f"source {shlex.quote(str(script))}"
    if name == "bash":
        return ["bash", "--norc", "--noprofile", "-i"], f"PS1='{READY}'; {source}"
    if name == "zsh":
        return ["zsh", "-f", "-i"], f"PS1='{READY}'; autoload -Uz compinit; compinit -u -D; {source}"
    return ["fish", "--no-config", "-i"], f"function fish_prompt; echo -n '{READY}'; end; {source}"


@pytest.fixture
def open_shell(arcadia: Path, tmp_path: Path) -> Iterator[Open]:
    """Opens a shell above the case folder, with a completion script loaded and a program `ogpcase`, also `python3`.

    What `$TRAP` names is made by whatever runs what was planted.
    """
    assert arcadia.is_dir()
    children: list[pexpect.spawn[str]] = []

    def opened(name: str, program: str) -> pexpect.spawn[str]:
        (tmp_path / "programs").mkdir()
        path = tmp_path / "programs" / "ogpcase"
        path.write_text(f'#!/bin/sh\necho asked >> "$ASKED"\n{program}\n')
        path.chmod(0o755)
        path.with_name("python3").symlink_to(path.name)
        script = tmp_path / "script"
        if not script.exists():
            script.write_text(packaged(f"ogpcase.{name}"))
        words, load = started(name, script)
        env = {
            "PATH": f"{path.parent}:{os.environ['PATH']}",
            "HOME": str(tmp_path),
            "TERM": "xterm",
            "LC_ALL": "C.UTF-8",
            "TRAP": str(tmp_path / "trapped"),
            "TOLD": str(tmp_path / "told"),
            "ASKED": str(tmp_path / "asked"),
        }
        child = pexpect.spawn(
            words[0], words[1:], env=env, cwd=tmp_path, encoding="utf-8", timeout=30, dimensions=(60, 160)
        )
        children.append(child)
        settled(child, load)
        return child

    yield opened
    for child in children:
        child.close(force=True)


def settled(shell: pexpect.spawn[str], line: str = "") -> None:
    """Has the shell run a line to its end, and everything typed before it."""
    shell.send(f"{line}; echo all''done\r" if line else "echo all''done\r")
    shell.expect_exact("alldone")
    shell.expect_exact(READY)


REAL = f"""case "$*" in *__complete*) ;; *) printf "%s\\n" "$@" > "$TOLD"; exit ;; esac
case $1 in -*) ;; *) set -- -m ogpcase "$@" ;; esac
exec {shlex.quote(sys.executable)} "$@"
"""
"""Completes as the program itself, also if it is called as `python3`; any other words are written down."""


@each_shell
def test_a_tab_completes_verbs_options_values_and_ids(open_shell: Open, tmp_path: Path, name: str) -> None:
    shell = open_shell(name, REAL)
    for typed, words in (
        ("timel\tarc\t--form\tmer\t", ["timeline", CASE, "--format", "mermaid"]),
        (f"show {CASE}/2023-02\t --json", ["show", f"{CASE}/{LETTER}", "--json"]),
        ("requests --of gov\t", ["requests", "--of", "government-of-arcadia"]),
        ("show arc\t/2023-02\t", ["show", f"{CASE}/{LETTER}"]),
        ("show 2023-02\t#\t", ["show", f"{LETTER}#publish-contracts"]),
        ("answer 2023-02\t me\t --in 2023-05\t", ["answer", f"{LETTER}#publish-contracts", "met", "--in", NOTICE]),
        ("set 2023-02\t addr\t x", ["set", LETTER, "addressees", "x"]),
    ):
        shell.send(f"ogpcase {typed}\r")
        settled(shell)
        assert words == (tmp_path / "told").read_text().splitlines()


@each_shell
def test_a_tab_completes_a_value_behind_its_option(open_shell: Open, tmp_path: Path, name: str) -> None:
    shell = open_shell(name, REAL)
    shell.send(f"ogpcase timeline {CASE} --format=mer\t\r")
    settled(shell)
    assert ["timeline", CASE, "--format=mermaid"] == (tmp_path / "told").read_text().splitlines()


@each_shell
@pytest.mark.parametrize("path", ["~/programs/ogpcase", "./programs/ogpcase", "programs/../programs/ogpcase"])
def test_a_tab_completes_after_any_path_to_the_program(open_shell: Open, tmp_path: Path, name: str, path: str) -> None:
    shell = open_shell(name, REAL)
    shell.send(f"{path} timel\tarc\t\r")
    settled(shell)
    assert ["timeline", CASE] == (tmp_path / "told").read_text().splitlines()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(each, marks=pytest.mark.skipif(shutil.which(each) is None, reason=f"{each} is not installed"))
        for each in ("zsh", "fish")
    ],
)
def test_a_tab_completes_after_python_m(open_shell: Open, tmp_path: Path, name: str) -> None:
    """And runs no `ogpcase.py` that somebody put into the current folder."""
    (tmp_path / "ogpcase.py").write_text("import os\nopen(os.environ['TRAP'], 'w')\n")
    shell = open_shell(name, REAL)
    shell.send("python3 -m ogpcase timel\tarc\t\r")
    settled(shell)
    assert ["-m", "ogpcase", "timeline", CASE] == (tmp_path / "told").read_text().splitlines()
    assert not (tmp_path / "trapped").exists()


@each_shell
def test_files_are_left_to_the_shell(open_shell: Open, tmp_path: Path, name: str) -> None:
    shell = open_shell(name, REAL)
    shell.send(f"ogpcase validate cases/{CASE}/ev\t\r")
    settled(shell)
    verb, path = (tmp_path / "told").read_text().splitlines()
    assert ("validate", f"cases/{CASE}/events") == (verb, path.removesuffix("/"))  # zsh takes the last one away again


@each_shell
def test_a_tab_runs_nothing_that_is_planted_in_the_folder(
    open_shell: Open, arcadia: Path, tmp_path: Path, name: str
) -> None:
    """As the name of a case, of an event and of a party, and in every text of a record."""
    letter = (arcadia / CASE / "events" / f"{LETTER}.yaml").read_text()
    for planted in PLANTED:
        (arcadia / planted / "events").mkdir(parents=True)
        (arcadia / planted / "case.yaml").write_text(f"title: {planted!r}\n")
        (arcadia / CASE / "events" / f"{planted}.yaml").write_text(letter)
        (arcadia / "parties" / f"{planted}.yaml").write_text(f"name: {planted!r}\n")
    shell = open_shell(name, REAL)
    for line in LINES:
        shell.send(f"ogpcase {line}\t\t\t{CLEAR}")
        settled(shell)
        assert not (tmp_path / "trapped").exists(), line
    assert len(LINES) <= len((tmp_path / "asked").read_text().splitlines())


@each_shell
def test_a_tab_runs_nothing_even_if_the_program_offered_it(open_shell: Open, tmp_path: Path, name: str) -> None:
    """The scripts do not rest on the program: what it prints is data to them."""
    (tmp_path / "offered").write_text("".join(f"{each}\n" for each in PLANTED))
    shell = open_shell(name, f"cat {shlex.quote(str(tmp_path / 'offered'))}")
    for line in LINES:
        shell.send(f"ogpcase {line}\t\t\t{CLEAR}")
        settled(shell)
        assert not (tmp_path / "trapped").exists(), line
    assert len(LINES) <= len((tmp_path / "asked").read_text().splitlines())


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_the_trap_would_have_told(open_shell: Open, tmp_path: Path) -> None:
    """A script that reads what it is offered a second time, as bash's own `compgen -W` does, runs it."""
    (tmp_path / "script").write_text(
        '_naive() { COMPREPLY=($(compgen -W "$(ogpcase)" -- "$2")); }; complete -F _naive ogpcase\n'
    )
    (tmp_path / "offered").write_text(f"$({TOUCH})\n")
    shell = open_shell("bash", f"cat {shlex.quote(str(tmp_path / 'offered'))}")
    shell.send(f"ogpcase timeline \t{CLEAR}")
    settled(shell)
    assert (tmp_path / "trapped").exists()
