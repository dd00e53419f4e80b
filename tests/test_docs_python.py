"""docs/python.md is run from top to bottom on this project's cases, and shows what is printed; see also the names."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.api_names import page_of_names, source_of_rows
from tests.blessing import hold

from ogpcase import api

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "python.md"
_EXAMPLE = re.compile(r"^```python\n(?P<code>.*?)^```\n\n```text\n(?P<shown>.*?)^```$", re.MULTILINE | re.DOTALL)
_QUESTION = re.compile(r"^### .*\?$", re.MULTILINE)


def test_the_examples_print_what_is_shown(mexico: Path) -> None:
    assert mexico.name == "cases"
    names: dict[str, object] = {}

    def with_output(found: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(found["code"], names)
        return f"```python\n{found['code']}```\n\n```text\n{printed.getvalue()}```"

    page = PAGE.read_text(encoding="utf-8")
    assert page.count("```python") == len(_EXAMPLE.findall(page))
    hold(PAGE, _EXAMPLE.sub(with_output, page))


def test_five_questions_are_answered() -> None:
    parts = _QUESTION.split(PAGE.read_text(encoding="utf-8"))[1:]
    assert 5 == len(parts)
    assert all(len(_EXAMPLE.findall(part)[0][1].splitlines()) > 1 for part in parts)


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("src/ogpcase/api/rows.pyi", source_of_rows),
        ("docs/python-names.md", page_of_names),
    ],
)
def test_what_is_made_of_the_columns_is_up_to_date(name: str, made: Callable[[], str]) -> None:
    hold(ROOT / name, made())


def test_every_name_is_there_once() -> None:
    assert sorted(set(api.__all__)) == api.__all__
    assert [] == [name for name in api.__all__ if not getattr(api, name).__doc__]
    page = page_of_names()
    headings = re.findall(r"^### `(\w+)`$", page, re.MULTILINE)
    listed = re.findall(r"^\| `(\w+)` \|", page.partition("## Exceptions")[2], re.MULTILINE)
    assert sorted(["open", *headings, *listed]) == sorted(api.__all__)


def test_the_changelog_tells_of_every_name() -> None:
    """Whoever adds a name, or takes one away, says so in a line that begins with one of these words."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    names: dict[str, set[str]] = {}
    for word in ("New", "Gone"):
        lines = re.findall(rf"^- {word} in `ogpcase\.api`: (.*)$", log, re.MULTILINE)
        names[word] = {name for line in lines for name in re.findall(r"`([\w.]+)`", line)}
    assert public_names() == names["New"] - names["Gone"]


def public_names() -> set[str]:
    """Every public name, and what can be asked of a folder, a case and a table."""
    members = {
        f"{each.__name__}.{name}" for each in (api.Folder, api.Case, api.Table) for name in dir(each) if name[0] != "_"
    }
    return {*api.__all__, *members}
