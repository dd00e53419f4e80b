"""Completion: what may stand at the cursor, from the table of words and the ids that anybody may see; and its costs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import get_args

import pytest
from tests import forks
from tests.blessing import hold

from ogpcase.cli.app import command_of
from ogpcase.cli.completing import candidates, offers, packaged
from ogpcase.cli.completion import Shell, table
from ogpcase.cli.verbs import VERBS

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
LETTER = "2023-02-01-letter-ask"
ASK = f"{LETTER}#publish-contracts"
CONCERN = "2023-04-10-concern"
ALLEGATION = f"{CONCERN}#sealed-contracts"
DUTIES = [f"{CONCERN}#{duty}" for duty in ("acknowledge-filers", "notify-criteria-and-standards", "notify-subject")]
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


def asked(*words: str, how: tuple[str, ...] = ()) -> CompletedProcess[str]:
    """Asks the real program as a shell does."""
    done = forks.run("__complete", *how, "--", *words)
    return CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


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
        (("timeline", "--format", ""), ["text", "markdown", "csv", "csv-excel", "json", "mermaid"]),
        (("timeline", "--format", "m"), ["markdown", "mermaid"]),
        (("timeline", "--format=m"), ["--format=markdown", "--format=mermaid"]),
        (("timeline", "--format", "=", "m"), ["markdown", "mermaid"]),
        (("timeline", "--format", "="), ["text", "markdown", "csv", "csv-excel", "json", "mermaid"]),
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
        (("answer", "a#b", "me"), ["met"]),
        (("export", "csv", "--table", "f"), ["findings"]),
        (("explain", "OC30"), ["OC301", "OC302", "OC303"]),
        (("explain", "unknown-p"), ["unknown-party"]),
        (("policy", "response"), ["response_policy-2014", "response_policy-2017"]),
        (("completion", ""), ["bash", "zsh", "fish", "powershell"]),
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
        (("parties", "a"), [CASE]),
        (("requests", "--of", "gov"), ["government-of-arcadia"]),
        (("show", "arc"), [CASE, f"{CASE}/"]),
        (("show", "open"), ["open-arcadia"]),
        (("show", "par"), ["parties/"]),
        (("show", "parties/open"), ["parties/open-arcadia"]),
        (("add-event", CASE, "letter", "--in-reply-to", "2023-02"), [LETTER]),
        (("add-event", CASE, "letter", "--in-reply-to", f"{CASE}/2023-02"), [f"{CASE}/{LETTER}"]),
        (("add-event", CASE, "letter", "--senders", "open"), ["open-arcadia"]),
        (("answer", ""), [f"{CASE}/"]),
        (("answer", f"{CASE}/{ASK}", "met", "--in", "2023-02"), [LETTER]),
        (("rename", "2023-02"), [LETTER]),
        (("rename", f"{CASE}/2023-02"), [f"{CASE}/{LETTER}"]),
        (("add-event", "arc", "letter", "--in-reply-to", "2023-02"), [LETTER]),
        (("show", "'arc"), [CASE, f"{CASE}/"]),
        (("open-case", ""), []),
        (("rename", CASE, ""), []),
    ],
)
def test_ids_are_offered_where_they_are_asked_for(words: tuple[str, ...], wanted: list[str]) -> None:
    assert wanted == candidates(words)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (("show", f"{CASE}/2023-02"), [f"{CASE}/{LETTER}", f"{CASE}/{ASK}"]),
        (("show", "2023-02"), [LETTER, ASK]),
        (("show", f"{LETTER}#"), [ASK]),
        (("show", f"{LETTER}\\#"), [ASK]),
        (("show", f"{LETTER}#no"), []),
        (("show", "2023-04"), [CONCERN, ALLEGATION]),
        (("show", f"{CONCERN}#"), [*DUTIES, ALLEGATION]),
        (("show", "2023-05"), ["2023-05-22-letter-notice", "2023-05-22-letter-notice#"]),
        (("answer", f"{CASE}/2023-02"), [f"{CASE}/{ASK}"]),
        (("answer", f"{CONCERN}#"), DUTIES),
        (("answer", "2023-0"), [LETTER, CONCERN, "2023-05-22-letter-notice"]),
        (("add-event", CASE, "letter", "--about", CONCERN), [CONCERN, ALLEGATION]),
        (("add-event", CASE, "letter", "--in-reply-to", LETTER), [LETTER]),
    ],
)
def test_items_are_offered_once_only_one_event_fits(words: tuple[str, ...], wanted: list[str]) -> None:
    """Those of its own file; the duties that it brings where they are needed or asked for with `#`."""
    assert wanted == candidates(words)


def test_an_id_of_several_cases_is_offered_with_its_case_alone(arcadia: Path) -> None:
    copytree(arcadia / CASE, arcadia / "arcadia-2024")
    (arcadia / "arcadia-2024/events/2023-04-10-concern.yaml").rename(
        arcadia / "arcadia-2024/events/2023-04-11-concern.yaml"
    )
    assert [CONCERN, "2023-04-11-concern"] == candidates(["rename", "2023-0"])


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("reference", "has", "lacks"),
    [
        (f"{CASE}/{LETTER}", "senders", "filers"),
        (LETTER, "senders", "filers"),
        (f"{CASE}/{CONCERN}", "filers", "senders"),
        (CASE, "related", "dated"),
        ("open-arcadia", "other_names", "dated"),
        ("parties/open-arcadia", "other_names", "dated"),
        (f"{CASE}/sources/x", "archived_url", "dated"),
    ],
)
def test_the_fields_are_those_of_the_record(reference: str, has: str, lacks: str) -> None:
    fields = candidates(["set", reference, ""])
    assert (True, False) == (has in fields, lacks in fields)
    assert [has] == [field for field in candidates(["set", reference, has]) if field == has]


@pytest.mark.usefixtures("arcadia")
def test_all_fields_of_events_are_offered_where_the_record_is_not_known() -> None:
    fields = candidates(["set", "x", ""])
    assert {"filers", "senders", "votes", "title"} <= {*fields}
    assert not {"withheld", "other_names"} & {*fields}


def test_the_stages_are_those_that_the_case_can_reach(ogpcase: Run, arcadia: Path) -> None:
    """Those that `advance` lists, also by the beginning of the case's id; none after the end."""
    assert [] == candidates(["advance", CASE, ""])
    (arcadia / CASE / "events/2024-06-03-resolution.yaml").unlink()
    stages = candidates(["advance", CASE, ""])
    assert stages == candidates(["advance", "arc", ""]) != []
    listed = ogpcase("advance", CASE).stdout
    assert [] == [stage for stage in stages if stage not in listed]
    assert stages == sorted(stages)
    assert [stages[0]] == candidates(["advance", CASE, stages[0]])


def test_all_stages_are_offered_where_the_case_cannot_be_read(arcadia: Path) -> None:
    everywhere = candidates(["add-event", CASE, "letter", "--moves-to", ""])
    assert everywhere == candidates(["advance", "no-such-case", ""])
    (arcadia / CASE / "events/2024-06-03-resolution.yaml").write_text("moves_to: [", encoding="utf-8")
    assert everywhere == candidates(["advance", CASE, ""])


@pytest.mark.parametrize("text", ["", "a: [", "- 1\n", "requests: 1\nkind: 1\n", "requests: [{id: [a]}, 1]\n", "\0"])
def test_a_record_that_cannot_be_read_offers_no_item_and_says_nothing(arcadia: Path, text: str) -> None:
    (arcadia / CASE / "events" / f"{LETTER}.yaml").write_text(text, encoding="utf-8")
    for words, wanted in ((("show", f"{LETTER}#"), ""), (("show", LETTER), f"{LETTER}\n")):
        done = asked(*words)
        assert (0, "", wanted) == (done.returncode, done.stderr, done.stdout)
    assert "senders" in asked("set", LETTER, "").stdout.splitlines()


def told(*words: str) -> list[str]:
    """Asks the real program as zsh and fish do, and returns the lines."""
    done = asked(*words, how=("described",))
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout.splitlines()


@pytest.mark.usefixtures("arcadia")
def test_what_is_offered_is_described_for_the_shells_that_show_it() -> None:
    """Verbs and options by their help, records by their title or name, items and duties by their text."""
    assert ["status\tShow the stage of a case, what is open, and possible moves"] == told("statu")
    assert ["--as-of\tAs the records would have shown it that day"] == told("timeline", "--as")
    assert ["filer_class\tTo which class of filers they belong"] == told("set", CONCERN, "filer_cl")
    assert [
        f"{LETTER}\tOpen Arcadia asks for the sealed contracts",
        f"{ASK}\tPublish the contracts that were sealed in 2022.",
    ] == told("show", "2023-02")
    assert ["open-arcadia\tOpen Arcadia"] == told("requests", "--of", "open")
    assert [":file"] == told("validate", "")
    assert all("\t" in line for line in told(""))
    assert all("\t" in line for verb in VERBS for line in told(verb, "--"))


def test_only_with_descriptions_is_a_record_read_for_its_title(arcadia: Path) -> None:
    (arcadia / CASE / "case.yaml").write_text("title: Said\n", encoding="utf-8")
    assert ({CASE: ""}, {CASE: "Said"}) == (offers(["timeline", ""]), offers(["timeline", ""], described=True))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("'$(touch y) `touch y`'", "$(touch y) `touch y`"),
        ('"\\e[31mred\\a"', "\\u{001b}[31mred\\u{0007}"),
        ('"one\\ntwo\\tthree"', "one two three"),
        ("{es: Uno, en: One}", "Uno"),
        ("x" * 200, "x" * 71 + "…"),
        ("[a]", "['a']"),
    ],
)
def test_a_title_is_one_line_that_acts_on_no_terminal(arcadia: Path, title: str, shown: str) -> None:
    (arcadia / CASE / "case.yaml").write_text(f"title: {title}\n", encoding="utf-8")
    assert [f"{CASE}\t{shown}"] == told("timeline", "")


def test_a_title_that_the_locale_cannot_print_still_completes(arcadia: Path) -> None:
    (arcadia / CASE / "case.yaml").write_text("title: Żądło\n", encoding="utf-8")
    command = [sys.executable, "-m", "ogpcase", "__complete", "described", "--", "timeline", ""]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (b"arcadia-2023\t??d?o\n", b"") == (done.stdout, done.stderr)


def test_of_many_records_no_title_is_read(arcadia: Path) -> None:
    for number in range(61):
        (arcadia / "parties" / f"party-{number}.yaml").write_text("name: Somebody\n", encoding="utf-8")
    assert {""} == {*offers(["requests", "--of", "party-"], described=True).values()}
    assert {"Somebody"} == {*offers(["requests", "--of", "party-1"], described=True).values()}


@pytest.mark.usefixtures("arcadia")
def test_an_empty_last_word_may_be_left_out() -> None:
    """PowerShell hands over no empty argument."""
    assert f"{CASE}\n" == asked("timeline", how=("next",)).stdout


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
        assert re.fullmatch(r"(?:(?:[a-z0-9/#-]+|:folder)\n)*", done.stdout)


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
@pytest.mark.parametrize("words", [("timeline", ""), ("show", f"{CASE}/"), ("show", "2023"), ("requests", "--of", "")])
def test_ids_need_no_command_line_and_no_yaml(words: tuple[str, ...]) -> None:
    assert not modules(*words) & UNWANTED


@pytest.mark.parametrize("shell", get_args(Shell))
def test_the_script_of_each_shell_is_printed_and_evaluates_nothing(ogpcase: Run, shell: str) -> None:
    """What a shell is told is data to it: no second reading of it, by whatever name."""
    done = ogpcase("completion", shell)
    assert (0, "", packaged(f"ogpcase.{shell}")) == (done.returncode, done.stderr, done.stdout)
    code = [line for line in done.stdout.splitlines() if not line.startswith("#")]
    assert [] == [
        line
        for line in code
        if re.search(r"\beval\b|\bcompgen\b|_call_program|_describe|_arguments|\$\{\(e|Invoke-Exp|\biex\b", line)
    ]


def test_the_script_for_powershell_quotes_what_it_hands_over() -> None:
    """As far as that can be seen without PowerShell: whole blocks, plain strings, and words that stay words."""
    code = re.sub(r"#.*", "", packaged("ogpcase.powershell"))
    assert [0, 0, 0] == [code.count(opening) - code.count(closing) for opening, closing in ("{}", "()", "[]")]
    assert ['"`t"'] == re.findall(r'"[^"]*"', code)
    assert ["& $program '__complete' @how '--' @typed 2>$null | ForEach-Object {"] == re.findall(r"& .*", code)
    assert "Register-ArgumentCompleter -Native -CommandName 'ogpcase' -ScriptBlock {" in code


def test_another_shell_is_a_misuse(ogpcase: Run) -> None:
    assert 2 == ogpcase("completion", "tcsh").returncode
