"""Every view says once for which day it holds, in text and in Markdown, as its JSON does."""

from __future__ import annotations

import re
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
VIEWS = (
    ("list",), ("status", "arcadia-2023"), ("timeline", "arcadia-2023"), ("requests",), ("due",), ("doubts",),
    ("findings", "arcadia-2023"), ("parties",), ("stats",), ("show", "arcadia-2023"), ("show", "open-arcadia"),
    ("show", "arcadia-2023/2023-02-01-letter-ask"),
)  # fmt: skip


def days_said(text: str) -> list[str]:
    return re.findall(r"(?im)^as of .*", text)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", VIEWS, ids=" ".join)
def test_a_view_says_its_day_in_its_first_line(ogpcase: Run, words: tuple[str, ...]) -> None:
    """A day may be typed as people type it."""
    done = ogpcase(*words, "--as-of", "1 de enero de 2024")
    assert (0, "") == (done.returncode, done.stderr)
    assert ["as of 2024-01-01"] == days_said(done.stdout) == [done.stdout.splitlines()[0]]


@pytest.mark.usefixtures("arcadia")
def test_a_view_says_by_which_day_things_had_to_be_known(ogpcase: Run) -> None:
    done = ogpcase("status", "arcadia-2023", "--known-by", "2024-01-01")
    assert ["as of 2024-01-01, going by what an outsider could know on 2024-01-01"] == days_said(done.stdout)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("verb", ["timeline", "findings", "requests"])
def test_a_page_in_markdown_says_its_day(ogpcase: Run, verb: str) -> None:
    done = ogpcase(verb, "arcadia-2023", "--as-of", "2024-01-01", "--format", "markdown")
    assert ["As of 2024-01-01."] == days_said(done.stdout)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", [("policy",), ("explain", "OC301"), ("list", "--format", "csv")], ids=" ".join)
def test_what_holds_on_any_day_and_tables_for_programs_say_none(ogpcase: Run, words: tuple[str, ...]) -> None:
    assert [] == days_said(ogpcase(*words).stdout)
