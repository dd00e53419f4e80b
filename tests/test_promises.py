"""What the files of this repository promise each other: codes and pages, verbs and files, cases and decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from inspect import cleandoc
from pathlib import Path

import pytest
from tests.check_pages import family_of
from typer.testing import CliRunner

from ogpcase import __version__
from ogpcase.cli.app import app, command_of
from ogpcase.cli.verbs import VERBS
from ogpcase.diagnostics import Check, Rule, Severity
from ogpcase.policy.procedures import every_procedure
from ogpcase.workspace.catalogue import HEADINGS, RULES, parts_of
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

ROOT = Path(__file__).parent.parent
EVERY_RULE = [pytest.param(check.rule, id=check.rule.code) for check in RULES]


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_a_check_has_a_code_of_a_known_family_and_a_whole_page(rule: Rule) -> None:
    """One sentence, then the four headings, each with something under it."""
    assert re.fullmatch(r"OC\d{3}", rule.code)
    assert family_of(rule.code)
    assert ("", *HEADINGS) == tuple(heading for heading, _ in parts_of(rule))
    assert all(text for _, text in parts_of(rule))
    assert parts_of(rule)[0][1].endswith((".", "?"))


def test_no_two_checks_share_a_code_or_a_name() -> None:
    assert len(RULES) == len({check.rule.code for check in RULES}) == len({check.rule.name for check in RULES})


@pytest.mark.parametrize("rule", EVERY_RULE)
def test_explain_prints_a_checks_page(rule: Rule) -> None:
    """By code and by name, all of it."""
    by_code = CliRunner().invoke(app, ["explain", rule.code])
    by_name = CliRunner().invoke(app, ["explain", rule.name])
    assert (0, by_code.stdout) == (by_name.exit_code, by_name.stdout)
    assert f"[{rule.code}] {rule.name}" in by_code.stdout
    assert [] == [line for line in cleandoc(rule.page).splitlines() if line.strip() not in by_code.stdout]


def every_check() -> Iterator[tuple[str, Check[...]]]:
    """Yields every check that any module of the program holds, with the module's name."""
    from importlib import import_module
    from pkgutil import walk_packages

    import ogpcase

    for found in walk_packages(ogpcase.__path__, "ogpcase."):
        if found.name != "ogpcase.__main__":
            for value in vars(import_module(found.name)).values():
                if isinstance(value, Check):
                    yield found.name, value


def test_every_check_is_in_the_catalogue() -> None:
    """A check that nobody lists is never explained; one that is listed can be found in its room."""
    assert {check.rule.code for check in RULES} == {check.rule.code for _, check in every_check()}


def test_a_verb_has_its_function_and_every_function_that_runs_is_a_verb() -> None:
    functions = {
        path.stem if name == "run" else name.removeprefix("run_")
        for path in (ROOT / "src/ogpcase/cli").glob("*.py")
        for name in re.findall(r"^def (run(?:_[a-z_]+)?)\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {verb.replace("-", "_") for verb in VERBS} == functions - {"app"}
    assert list(VERBS) == [command_of(verb).name for verb in VERBS]


def test_every_row_of_the_policy_says_how_well_it_is_known_and_where_from() -> None:
    rows = [(table.name, move) for table in every_procedure() for move in table.moves]
    assert [] == [(name, move.id) for name, move in rows if not move.source or move.evidence not in "PSOU"]


def test_the_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^## ([0-9][^\s]*)", text, re.MULTILINE)
    assert found is not None
    assert __version__ == found[1]


def test_every_dependency_has_a_reason_in_the_decisions() -> None:
    """A new one needs an entry: why, its licence, and what it costs."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[\[<>=!~ ]", each)[0] for each in wanted]
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    assert [] == [name for name in names if f"`{name}`" not in text]


def test_every_warning_on_our_own_cases_is_explained() -> None:
    """Our cases have no error; what is left is true, and the README of the case says why."""
    found = judge(Workspace.open(ROOT / "cases"), (), date(2026, 11, 22)).diagnostics
    text = (ROOT / "cases" / "mexico-2018" / "README.md").read_text(encoding="utf-8")
    assert [] == [each.message for each in found if each.severity is Severity.ERROR]
    assert [] == [each.code for each in found if f"· {each.code}:" not in text]
