"""Completion: what may stand at the cursor, from the table of words and the ids that anybody may see; and its costs."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.blessing import hold

from ogpcase.cli.app import VERBS, command_of
from ogpcase.cli.completing import candidates, packaged
from ogpcase.cli.completion import Shell, table

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
LETTER = "2023-02-01-letter-ask"
TABLE = Path(__file__).parent.parent / "src/ogpcase/cli/completions/words.txt"
UNWANTED = {
    "typer",
    "click",
    "pydantic",
    "pydantic_core",
    "yaml",
    "ruamel.yaml",
    "rich",
    "ogpcase.checks",
    "ogpcase.cli.app",
}


def asked(*words: str) -> CompletedProcess[str]:
    """Asks the real program as a shell does."""
    return subprocess.run(
        [sys.executable, "-m", "ogpcase", "__complete", "--", *words], capture_output=True, text=True, check=False
    )


def test_the_table_of_words_is_that_of_the_app() -> None:
    hold(TABLE, table())
    assert table() == packaged("words.txt")


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_every_verb_is_offered(verb: str) -> None:
    known = {name for each in command_of(verb).params for name in each.opts if name.startswith("--")}
    assert known | {"--help"} == set(candidates([verb, "--"]))


def test_verbs_and_options_are_offered_as_they_begin() -> None:
    assert list(VERBS) == candidates([""]) == candidates([])
    assert [each for each in VERBS if each.startswith("s")] == candidates(["s"])
    assert ["--version", "-V", "--help"] == candidates(["-"])
    assert ["--known-by"] == candidates(["timeline", "--k"])[-1:]
    assert [] == candidates(["no-such-verb", ""])


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("timeline", "--format", ""), ["text", "markdown", "csv", "json", "mermaid"]),
        (("timeline", "--format", "m"), ["markdown", "mermaid"]),
        (("timeline", "--format=m"), ["--format=markdown", "--format=mermaid"]),
        (("timeline", "--format", "=", "m"), ["markdown", "mermaid"]),
        (("timeline", "--format", "="), ["text", "markdown", "csv", "json", "mermaid"]),
        (("timeline", "--kind", "letter", "--kind", "con"), ["concern"]),
        (("timeline", "--kind", "letter", "--ki"), ["--kind"]),
        (("timeline", "--format", "text", "--form"), []),
        (("timeline", "--format=text", "--form"), []),
        (("timeline", "--as-of", ""), []),
        (("timeline", "--", "--"), []),
        (("add-event", "x", "le"), ["letter"]),
        (("add-event", "--title", "A", "x", "le"), ["letter"]),
        (("add-event", "--title=A", "x", "le"), ["letter"]),
        (("add-event", "--context", "x", "le"), ["letter"]),
        (("add-event", "x", "letter", "--report-type", "te"), ["technical"]),
        (("advance", "x", "suspended", ""), []),
        (("advance", "x", "rei"), ["reinstated"]),
        (("answer", "a#b", "me"), ["met"]),
        (("export", "csv", "--table", "f"), ["findings"]),
        (("explain", "OC30"), ["OC301", "OC302", "OC303"]),
        (("explain", "unknown-p"), ["unknown-party"]),
        (("policy", "response"), ["response_policy-2014", "response_policy-2017"]),
        (("set", "x", "sen"), ["senders"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("validate", ""), [":file"]),
        (("export", "csv", "--to", ""), [":folder"]),
        (("export", "csv", "--to="), []),
    ],
)
def test_an_option_and_an_argument_offer_what_they_take(words: tuple[str, ...], wanted: list[str]) -> None:
    assert wanted == candidates(words)[: len(wanted)]
    assert bool(wanted) == bool(candidates(words))


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("timeline", ""), [CASE]),
        (("timeline", "b"), []),
        (("parties", "--case", "a"), [CASE]),
        (("requests", "--of", "gov"), ["government-of-arcadia"]),
        (("show", "arc"), [CASE, f"{CASE}/"]),
        (("show", f"{CASE}/2023-02"), [f"{CASE}/{LETTER}"]),
        (("show", "open"), ["open-arcadia"]),
        (("show", f"{CASE}/{LETTER}#"), []),
        (("add-event", CASE, "letter", "--in-reply-to", "2023-02"), [LETTER]),
        (("add-event", CASE, "letter", "--in-reply-to", f"{CASE}/2023-02"), [f"{CASE}/{LETTER}"]),
        (("add-event", CASE, "letter", "--senders", "open"), ["open-arcadia"]),
        (("answer", ""), [f"{CASE}/"]),
        (("answer", f"{CASE}/{LETTER}#publish-contracts", "met", "--in", "2023-02"), [LETTER]),
        (("show", "'arc"), [CASE, f"{CASE}/"]),
        (("open-case", ""), []),
        (("rename", CASE, ""), []),
    ],
)
def test_ids_are_offered_where_they_are_asked_for(words: tuple[str, ...], wanted: list[str]) -> None:
    assert wanted == candidates(words)


def test_the_folder_is_that_of_root_however_it_is_quoted(arcadia: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = arcadia.parent / "else where"
    arcadia.rename(elsewhere)
    monkeypatch.chdir("/")
    for root in (f"'{elsewhere}'", f'"{elsewhere}"', str(elsewhere).replace(" ", "\\ "), str(elsewhere)):
        assert [CASE] == candidates(["timeline", "--root", root, ""])
        assert [CASE] == candidates(["timeline", f"--root={root}", ""])


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", ""),
        ("show", "x/"),
        ("requests", "--of", ""),
        ("no-such-verb", ""),
        (),
        ("timeline", "--root", "/no", ""),
    ],
)
def test_without_a_case_folder_it_is_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    done = asked(*words)
    assert (0, "") == (done.returncode, done.stderr)
    assert "" == done.stdout or not words


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    "word", ["\x1b[31m", "\udcff", "$(touch x)", "`touch x`", "a\nb", "'", '"', "\\", "~", "~nobody", "=", "a" * 9999]
)
def test_whatever_was_typed_it_is_quiet_and_repeats_nothing(word: str) -> None:
    for words in (
        (word,),
        ("timeline", word),
        ("show", f"{CASE}/{word}"),
        ("timeline", "--root", word, ""),
        ("show", "--", word),
    ):
        done = asked(*words)
        assert (0, "") == (done.returncode, done.stderr)
        assert re.fullmatch(r"(?:(?:[a-z0-9/-]+|:folder)\n)*", done.stdout)


def test_only_ids_are_printed_whatever_the_folder_holds(arcadia: Path) -> None:
    """Neither a title nor a name that somebody planted."""
    (arcadia / "x$(touch y)" / "events").mkdir(parents=True)
    (arcadia / "x$(touch y)" / "case.yaml").write_text("title: $(touch y)\n")
    events = arcadia / CASE / "events"
    (events / "2023-02-02-`touch y`.yaml").write_text("title: $(touch y)\n")
    for words in (("timeline", ""), ("show", ""), ("show", f"{CASE}/"), ("requests", "--of", "")):
        said = asked(*words).stdout
        assert re.fullmatch(r"(?:[a-z0-9-]+(?:/[a-z0-9-]*)?\n)+", said)


def modules(*words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ogpcase", "__complete", "--", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", [("t",), ("timeline", "--f"), ("timeline", "--format", "")])
def test_words_of_the_program_need_no_record(words: tuple[str, ...]) -> None:
    assert not modules(*words) & {*UNWANTED, "typing", "re", "dataclasses", "ogpcase.store", "ogpcase.model"} - modules(
        "-x"
    )


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", [("timeline", ""), ("show", f"{CASE}/"), ("requests", "--of", "")])
def test_ids_need_no_command_line_and_no_yaml(words: tuple[str, ...]) -> None:
    assert not modules(*words) & UNWANTED


@pytest.mark.parametrize("shell", Shell)
def test_the_script_of_each_shell_is_printed_and_evaluates_nothing(ogpcase: Run, shell: Shell) -> None:
    """What a shell is told is data to it: no second reading of it, by whatever name."""
    done = ogpcase("completion", shell)
    assert (0, "", packaged(f"ogpcase.{shell}")) == (done.returncode, done.stderr, done.stdout)
    code = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    assert [] == [
        line for line in code if re.search(r"\beval\b|\bcompgen\b|_call_program|_describe|_arguments|\$\{\(e", line)
    ]


def test_another_shell_is_a_misuse(ogpcase: Run) -> None:
    assert 2 == ogpcase("completion", "tcsh").returncode
