"""Help: every verb has it, it names every option, and what it promises about the whole is true."""

from __future__ import annotations

import re
from collections.abc import Callable
from subprocess import CompletedProcess
from typing import Any

import pytest

from ogpcase import __version__
from ogpcase.cli.app import VERBS, command_of
from ogpcase.cli.field_options import event_options
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.parties import Party
from ogpcase.model.questions import Question, questions_of
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
    named = set(re.findall(r"--[a-z][a-z0-9-]*", done.stdout))
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
