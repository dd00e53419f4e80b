"""One wording for each code: a view prints the label that the code's list declares."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.model.codelists import CODELISTS, NOT_KNOWN, CodeList, Conclusion
from ogpcase.model.table_codes import ConclusionCode

Ogpcase = Callable[..., CompletedProcess[str]]

INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
VIEWS = (
    "timeline CASE", "timeline CASE --full", "timeline CASE --format markdown", "timeline CASE --format mermaid",
    "status CASE --all", "requests CASE --full", "requests CASE --format markdown", "findings CASE",
    "findings CASE --full", "findings CASE --format markdown", "doubts CASE --full", "sources CASE", "stats CASE",
    "list --full", "parties --full", "due",
)  # fmt: skip


def test_each_list_words_what_is_not_known_alike() -> None:
    lists: list[type[CodeList]] = [*CODELISTS, Conclusion]
    unknown = [codes.of("unknown") for codes in lists]
    assert {NOT_KNOWN} == {code.label for code in unknown if code}


def test_a_conclusion_is_worded_as_its_code() -> None:
    """A timeline relies on it: it says what a report concludes without reading the tables of other procedures."""
    said = {choice.code: choice.label for choice in ConclusionCode.choices() if choice.code != "unknown"}
    assert {code: code.replace("_", " ").capitalize() for code in said} == said


_WRITTEN = re.compile(r"(?<![\w`-])unknown(?![\w`-])|\[[\dX.-]+(?:\.\.|,)[^]]*]", re.IGNORECASE)


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_prints_what_only_records_write(view: str, ogpcase: Ogpcase, tmp_path: Path) -> None:
    """Some days, parties, findings and answers of the cases are `unknown`, some days a set; a title says no such."""
    shutil.copytree(INVENTED, tmp_path / "cases")
    found = {}
    for case in sorted(file.parent.name for file in INVENTED.glob("*/case.yaml")):
        words = [case if word == "CASE" else word for word in view.split()]
        done = ogpcase(*words, "--root", str(tmp_path))
        assert 0 == done.returncode, done.stderr
        found[case] = _WRITTEN.findall(done.stdout)
    assert {case: [] for case in found} == found
