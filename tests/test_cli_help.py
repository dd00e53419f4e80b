"""Help: every verb has it, it names every option, and what it promises about the whole is true."""

from __future__ import annotations

import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any

import pexpect
import pytest
from tests.outward.running import inside, run

from ogpcase import __version__
from ogpcase.cli.app import command_of
from ogpcase.cli.field_options import event_options
from ogpcase.cli.verbs import EXAMPLES, GROUPS, VERBS
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.codelists import Kind
from ogpcase.model.parties import Party
from ogpcase.model.questions import Question, fields_of, questions_of
from ogpcase.model.sources import SourceRecord

Run = Callable[..., CompletedProcess[str]]
READING = (
    "timeline",
    "status",
    "list",
    "show",
    "requests",
    "due",
    "findings",
    "doubts",
    "parties",
    "sources",
    "search",
    "stats",
)


def options_of(command: Any) -> set[str]:
    return {name for each in command.params for name in (*each.opts, *each.secondary_opts) if name.startswith("--")}


def test_the_top_names_every_verb_in_order(ogpcase: Run) -> None:
    done = ogpcase("--help")
    assert (0, "") == (done.returncode, done.stderr)
    assert list(VERBS) == re.findall(r"^  ([a-z][a-z-]*)  ", done.stdout, re.MULTILINE)[: len(VERBS)]
    assert "Exit codes: 0 done, 1 an error or a refusal, 2 misused options, 3 a bug, 130" in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_names_all_its_options_and_says_what_it_does(ogpcase: Run, verb: str) -> None:
    done = ogpcase(verb, "--help")
    assert (0, "") == (done.returncode, done.stderr)
    pages = [done.stdout, *(ogpcase(verb, kind, "--help").stdout for kind in Kind if verb in {"add-event", "advance"})]
    named = set(re.findall(r"--[a-z][a-z0-9-]*", " ".join(pages)))
    assert set() == options_of(command_of(verb)) - named
    assert VERBS[verb] in done.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_explained(verb: str) -> None:
    assert [] == [each.name for each in command_of(verb).params if not each.help]


@pytest.mark.parametrize("verb", READING)
def test_every_reading_verb_takes_the_options_of_reading(verb: str) -> None:
    assert {"--root", "--as-of", "--known-by", "--lang", "--format", "--json"} <= options_of(command_of(verb))


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("add-event", event_options()),
        ("open-case", questions_of(CaseHeader)),
        ("add-party", questions_of(Party)),
        ("add-source", questions_of(SourceRecord)),
    ],
)
def test_there_is_an_option_for_every_field_that_people_write(verb: str, fields: tuple[Question, ...]) -> None:
    named, fields = options_of(command_of(verb)), tuple(field for field in fields if not field.in_copies)
    assert set() == {f"--{field.name.replace('_', '-')}" for field in fields} - named
    assert set() == {f"--{field.option}" for field in fields} - named


def test_advance_takes_the_fields_that_the_move_does_not_decide() -> None:
    named = options_of(command_of("advance"))
    decided = {"moves_to", "policy_version", "departure"}
    wanted = {f"--{field.option}" for field in event_options() if field.name not in decided}
    assert wanted <= named
    assert not named & {"--moves-to", "--policy-version", "--departure"}


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_one_line(ogpcase: Run, option: str) -> None:
    assert f"ogpcase {__version__}\n" == ogpcase(option).stdout


def test_without_a_verb_there_is_help_and_a_wrong_one_is_named(ogpcase: Run) -> None:
    assert "Usage: ogpcase" in (nothing := ogpcase()).stdout + nothing.stderr
    assert 2 == nothing.returncode
    wrong = ogpcase("timelin")
    assert (2, "") == (wrong.returncode, wrong.stdout)
    assert "timelin" in wrong.stderr


@pytest.mark.parametrize("words", [("-h",), ("help",), ("help", "help"), ("help", "-h")])
def test_there_are_several_ways_to_the_list_of_commands(ogpcase: Run, words: tuple[str, ...]) -> None:
    assert (0, ogpcase("--help").stdout) == ((done := ogpcase(*words)).returncode, done.stdout)


@pytest.mark.parametrize("verb", ["timeline", "set"])
def test_there_are_several_ways_to_the_page_of_a_verb(ogpcase: Run, verb: str) -> None:
    assert 1 == len({ogpcase(*words).stdout for words in ((verb, "--help"), (verb, "-h"), ("help", verb))})


def test_the_list_has_groups_and_a_line_for_each_verb(ogpcase: Run) -> None:
    lines = ogpcase("--help").stdout.splitlines()
    at = [lines.index(f"{title}:") for title in GROUPS]
    assert at == sorted(at)
    columns = set()
    for start, group in zip(at, GROUPS.values(), strict=True):
        listed = lines[start + 1 : start + 1 + len(group)]
        assert [*group] == [line.split()[0] for line in listed]
        assert [*group.values()] == [line.strip().partition(" ")[2].strip() for line in listed]
        columns |= {line.index(f"  {sentence}") for line, sentence in zip(listed, group.values(), strict=True)}
    assert 1 == len(columns)


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_help_is_as_wide_as_the_terminal_and_no_wider_than_can_be_read(
    terminal: Callable[..., pexpect.spawn[str]], columns: int
) -> None:
    child = terminal("add-event", "--help", columns=columns)
    child.expect_exact("Examples:")
    widest = max(len(line) for line in (child.before or "").splitlines())
    assert min(columns, 100) - 6 <= widest <= min(columns, 100)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("timelin",), "no command is called `timelin`\n  did you mean `timeline`?\n  `ogpcase help` lists"),
        (("help", "timelin"), "did you mean `timeline`?"),
        (("zzz",), "no command is called `zzz`\n  `ogpcase help` lists the commands\n"),
        (("a\x1b[2Jb",), "no command is called `a\\u{001b}[2Jb`\n"),
        (("timeline", "--as-off", "x"), "no such option: --as-off\n  did you mean `--as-of`?\n  `ogpcase timeline"),
        (("--versio",), "no such option: --versio\n  did you mean `--version`?\n  `ogpcase --help` shows"),
        (("--root", "x", "list"), "no such option: --root\n  options of a command stand after its name"),
        (("set",), "missing argument `REF`\n  `ogpcase set --help` shows what it takes\n"),
        (("list", "--json=\x1b[2J"), "option `--json` does not take a value\n"),
    ],
)  # fmt: skip
def test_what_is_mistyped_is_told_with_the_nearest_word(ogpcase: Run, words: tuple[str, ...], said: str) -> None:
    done = ogpcase(*words)
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("error: ")
    assert said in done.stderr
    assert "\x1b" not in done.stderr


def fields_on(page: str) -> set[str]:
    """Returns the options that a page explains; those only named stand behind a kind."""
    return set(re.findall(r"^  (--[a-z-]+)", page, re.MULTILINE))


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("verb", ["add-event", "advance"])
def test_the_help_of_a_kind_explains_its_fields_and_no_others(ogpcase: Run, verb: str, kind: Kind) -> None:
    own = {f"--{field.option}" for field in fields_of(kind)}
    elsewhere = {f"--{field.option}" for field in event_options()} - own
    typed = kind if verb == "add-event" else f"--kind={kind}"
    for words in ((verb, kind, "--help"), ("help", verb, kind), (verb, "arcadia-2023", typed, "-h")):
        page = ogpcase(*words).stdout
        assert f"Fields of a {kind}:" in page
        assert set() == elsewhere & fields_on(page)
        assert own & options_of(command_of(verb)) <= fields_on(page)


@pytest.mark.parametrize("verb", ["add-event", "advance"])
def test_the_help_of_every_event_names_the_fields_of_each_kind_and_says_where_they_are_explained(
    ogpcase: Run, verb: str
) -> None:
    page = ogpcase(verb, "--help").stdout
    assert f"`ogpcase help {verb} letter` explains those of a letter." in page
    assert "--senders" not in fields_on(page)
    assert re.search(r"^  letter       --senders, --addressees, --copied,", page, re.MULTILINE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the examples: our cases committed to git, a filed case more, and two files."""
    top = tmp_path_factory.mktemp("examples")
    copytree(Path(__file__).parent.parent / "cases", top / "cases")
    concern = ("--dated", "2026-09-01", "--title", "Letter of Concern", "--filers", "article-19")
    with inside(top):
        assert 0 == run(*shlex.split(EXAMPLES["open-case"][0].replace("\\\n", " "))).code
        assert 0 == run("add-event", "mexico-2026", "concern", *concern).code
    (top / "letter.pdf").write_bytes(b"%PDF-1.4\n")
    (top / "letters.csv").write_text("kind,dated,title\nletter,2020-02-03,A letter\n")
    git = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org")
    upstream = ("update-ref", "refs/remotes/origin/main", "HEAD")
    for words in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "x"), upstream):
        subprocess.run([*git, *words], cwd=top, check=True)
    return top


@pytest.fixture
def work(made: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:  # noqa: ARG001 - unsets
    """That folder, worked in; what a verb wrote there is taken back."""
    monkeypatch.setenv("EDITOR", "true")
    monkeypatch.setenv("BROWSER", "true")
    monkeypatch.chdir(made)
    yield made
    for words in (("checkout", "-q", "."), ("clean", "-ffdqx")):
        subprocess.run(["git", *words], cwd=made, check=True)


@pytest.mark.parametrize("verb", VERBS)
def test_the_examples_of_a_verb_work_and_fit_a_page(work: Path, ogpcase: Run, verb: str) -> None:
    page = ogpcase(verb, "--help").stdout
    for example in EXAMPLES[verb]:
        assert all(len(line) <= 78 for line in f"  ogpcase {example}".splitlines())
        assert f"\n  ogpcase {example}\n" in page
        if example == EXAMPLES["open-case"][0]:  # done already
            continue
        words = shlex.split(example.partition(" > ")[0].replace("\\\n", " "))
        done = ogpcase(*words)
        assert 0 == done.returncode, (example, done.stderr)
        subprocess.run(["git", "checkout", "-q", "."], cwd=work, check=True)
