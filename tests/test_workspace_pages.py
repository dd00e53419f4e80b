"""The pages of the checks: each check has one, made of its docstring, and `docs/checks/` holds just these."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.blessing import BLESS, HINT
from tests.check_pages import family_of, pages

from ogpcase.diagnostics import Rule
from ogpcase.workspace.catalogue import HEADINGS, RULES, page_of, parts_of

PAGES = Path(__file__).parent.parent / "docs" / "checks"


def test_the_folder_holds_the_pages_and_nothing_else() -> None:
    """`make bless` writes missing and changed pages, and removes pages without a check."""
    if BLESS:
        PAGES.mkdir(parents=True, exist_ok=True)
        for left_over in {path.name for path in PAGES.iterdir()} - pages().keys():
            (PAGES / left_over).unlink()
        for name, text in pages().items():
            (PAGES / name).write_text(text, encoding="utf-8")
    assert pages() == {path.name: path.read_text(encoding="utf-8") for path in PAGES.iterdir()}, HINT


@pytest.mark.parametrize("rule", [pytest.param(check.rule, id=check.rule.code) for check in RULES])
def test_a_page_says_it_all(rule: Rule) -> None:
    """The fault in one sentence, then four headings with something under each; and the index leads to it."""
    page = page_of(rule)
    assert page.startswith(f"# {rule.code}: {rule.name}\n")
    assert ["", *HEADINGS] == [heading for heading, text in parts_of(rule) if text]
    assert f"({rule.code}.md)" in pages()["README.md"]
    assert family_of(rule.code) in pages()["README.md"]
