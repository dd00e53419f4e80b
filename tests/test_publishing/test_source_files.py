"""What becomes of a case's source files in the public copy."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from ogpcase.errors import NotPublished
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing.changes import Copies, Told, change_of, told_of
from ogpcase.workspace.publishing.making import make_copy

FOLDER = Path(__file__).parent.parent / "corpus" / "sound" / "arcadia-answered" / "cases"
CASE = "arcadia-2023"
ASK = f"{CASE}/events/2023-02-01-letter-ask.yaml"
TODAY = date(2026, 11, 22)


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(FOLDER, tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


def files() -> dict[str, str]:
    return {file: data.decode() for file, data in make_copy(Workspace.open(None), TODAY).files.items()}


def refused() -> list[str]:
    with pytest.raises(NotPublished) as found:
        files()
    return [f"{each.code} {each.spots[0].path.removeprefix(f'cases/{CASE}/')}" for each in found.value.reasons]


def add(cases: Path, file: str, text: str) -> None:
    path = cases / file
    path.write_text((path.read_text() if path.exists() else "") + text)


def test_a_file_that_published_records_name_is_copied_and_no_other(cases: Path) -> None:
    add(cases, f"{CASE}/sources/minutes.yaml", "title: Minutes that nobody names\n")
    copied = files()
    assert "title: Page of the case\n" == copied[f"{CASE}/sources/case-page.yaml"]
    assert f"{CASE}/sources/minutes.yaml" not in copied


def test_a_withheld_file_goes_with_its_mention_and_the_copy_says_that_sources_are_withheld(cases: Path) -> None:
    add(cases, f"{CASE}/sources/leaked-memo.yaml", "title: What somebody took from a drawer\nwithhold: all\n")
    add(cases, ASK, "  - id: leaked-memo\n    gives: [dated]\n")
    copied = files()
    assert f"{CASE}/sources/leaked-memo.yaml" not in copied
    assert "leaked" not in copied[ASK]
    assert "withheld:\n  - field: sources\n" in copied[ASK]


@pytest.mark.parametrize(
    "fact",
    [
        "told_by: leaked-memo\n",
        "also_dated: [{value: 2023-02-02, source: leaked-memo}]\n",
        "departure: [{because: So, sources: [copy, leaked-memo]}]\n",
    ],
)
def test_any_other_published_mention_of_a_withheld_file_refuses(cases: Path, fact: str) -> None:
    add(cases, f"{CASE}/sources/leaked-memo.yaml", "title: What somebody took from a drawer\nwithhold: all\n")
    add(cases, ASK, f"  - leaked-memo\n{fact}")
    assert ["OC611 events/2023-02-01-letter-ask.yaml"] == refused()


@pytest.mark.parametrize("words", ["See leaked memo.", "It was what somebody took from a drawer."])
def test_words_of_a_withheld_file_are_searched_for(cases: Path, words: str) -> None:
    add(cases, f"{CASE}/sources/leaked-memo.yaml", "title: What somebody took from a drawer\nwithhold: all\n")
    add(cases, ASK, f"  - leaked-memo\nsummary: {words}\n")
    assert ["events/2023-02-01-letter-ask.yaml"] == [each.partition(" ")[2] for each in refused()]


def test_the_words_of_a_file_that_only_a_withheld_event_names_are_searched_for(cases: Path) -> None:
    add(cases, f"{CASE}/sources/memo.yaml", "title: What somebody took from a drawer\n")
    letter = "kind: letter\ntitle: B\ndated: 2023-03-01\nsenders: [open-arcadia]\nsources: [memo]\nwithhold: all\n"
    add(cases, f"{CASE}/events/2023-03-01-letter.yaml", letter)
    assert f"{CASE}/sources/memo.yaml" not in files()
    add(cases, ASK, "summary: It was what somebody took from a drawer.\n")
    assert ["OC603 events/2023-02-01-letter-ask.yaml"] == refused()


def test_the_days_of_a_file_go_where_the_day_of_an_event_is_withheld(cases: Path) -> None:
    page = f"{CASE}/sources/case-page.yaml"
    add(cases, page, "published: 2023-02-01\nretrieved: 2023-02-02\narchived_url: https://example.org/20230201\n")
    add(cases, ASK, "  - case-page\nwithhold: [{field: dated, instead: 2023}]\n")
    assert "title: Page of the case\n" == files()[page]


def test_a_kept_copy_goes_only_where_its_file_says_so(cases: Path) -> None:
    page = f"{CASE}/sources/case-page.yaml"
    add(cases, f"{CASE}/sources/page.txt", "As it was\n")
    add(cases, page, "file: sources/page.txt\n")
    assert (f"{CASE}/sources/page.txt" in files(), "file:" in files()[page]) == (False, False)
    publication = make_copy(Workspace.open(None), TODAY)
    copies = Copies.of(Workspace.open(None), {}, publication)
    told = [*told_of(publication, change_of(copies, {}, ()))]
    assert Told("not published", f"{CASE}/sources/page.txt") in told
    add(cases, page, "publish_copy: true\n")
    assert ("As it was\n", True) == (files()[f"{CASE}/sources/page.txt"], "publish_copy" not in files()[page])


def test_a_file_that_withholds_is_a_private_record_in_a_copy(cases: Path) -> None:
    (cases / "ogpcase.yaml").write_text("format: 2\npublic_copy: true\n")
    add(cases, f"{CASE}/sources/case-page.yaml", "withhold: all\n")
    found = [each for each in judge(Workspace.open(None), (), TODAY).diagnostics if each.code == "OC609"]
    assert [f"cases/{CASE}/sources/case-page.yaml"] == [each.spots[0].path for each in found]
