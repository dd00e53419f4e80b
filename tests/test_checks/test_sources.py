"""Sources in files (OC510 to OC513), and what the other checks say of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ogpcase.diagnostics import Diagnostic
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

FOLDER = Path(__file__).parent.parent / "corpus" / "sound" / "arcadia-answered"
ASK = "2023-02-01-letter-ask"
Judged = Callable[..., list[str]]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Judged:
    """What is said of the sound folder after its files got other texts; None takes a file away."""
    shutil.copytree(FOLDER, tmp_path / "folder")
    monkeypatch.chdir(tmp_path / "folder")
    case = Path("cases/arcadia-2023")

    def found(**texts: str | None) -> list[str]:
        for name, text in texts.items():
            path = case / "sources" / f"{name.replace('_', '-')}.yaml"
            path.unlink() if text is None else path.write_text(text)
        return [line(each) for each in judge(Workspace.open(None), (), date(2026, 11, 22)).diagnostics]

    return found


def line(each: Diagnostic) -> str:
    return f"{each.code} {each.spots[0].path.removeprefix('cases/arcadia-2023/')}: {each.message}"


def listing(sources: str) -> None:
    path = Path(f"cases/arcadia-2023/events/{ASK}.yaml")
    start = path.read_text().partition("sources:")[0]
    path.write_text(f"{start}sources: {sources}\n")


def test_a_file_is_named_by_its_id_alone_or_with_what_it_gives(told: Judged) -> None:
    for sources in ("case-page", "[case-page]", "[{id: case-page, gives: [dated]}]"):
        listing(sources)
        assert [] == told()


def test_a_file_that_is_gone_is_missed_by_every_event_that_names_it(told: Judged) -> None:
    assert ["OC510"] * 5 == [each[:5] for each in told(case_page=None)]


def test_a_broken_file_is_told_once_and_missed_by_nobody(told: Judged) -> None:
    assert ["OC101 sources/case-page.yaml: a quoted text is never closed"] == told(case_page='title: "Page\n')


def test_a_file_is_a_record_as_others_are(told: Judged) -> None:
    assert [
        "OC211 sources/case-page.yaml: a source needs at least one of `title`, `url`, `file`",
    ] == told(case_page="publisher: OGP\n")
    assert ["OC202 sources/case-page.yaml: a source has no field `titel`"] == [
        each for each in told(case_page="titel: Page\nurl: https://example.org\n") if "OC202" in each
    ]
    assert ["OC215 sources/case-page.yaml: `xx` is not a language tag"] == told(case_page="title: P\nlanguage: xx\n")
    assert [
        "OC306 sources/case-page.yaml: `published` is in the future",
        "OC306 sources/case-page.yaml: `retrieved` is in the future",
    ] == told(case_page="title: P\npublished: 2031\nretrieved: 2032-01-01\n")


def test_a_kept_copy_is_judged_in_a_file_too(told: Judged) -> None:
    assert [
        "OC503 sources/case-page.yaml: the copy of this source has no `sha256`",
        "OC508 sources/case-page.yaml: the copy that this source names is missing",
    ] == sorted(told(case_page="file: sources/page.txt\n"))
    Path("cases/arcadia-2023/sources/page.txt").write_text("kept\n")
    assert ["OC509 sources/case-page.yaml: the copy does not have the SHA-256 that this source gives"] == told(
        case_page=f"file: sources/page.txt\nsha256: {'0' * 64}\n"
    )


@pytest.mark.parametrize("name", ["Case Page.yaml", "con.yaml"])
def test_a_file_with_a_wrong_name_is_told_and_not_passed_over(told: Judged, name: str) -> None:
    Path("cases/arcadia-2023/sources", name).write_text("title: P\n")
    assert [f"OC224 sources/{name}"] == [each.partition(":")[0] for each in told()]
    case = Workspace.open(None).case("arcadia-2023").casefile
    assert (f"arcadia-2023/sources/{name}",) == case.not_read


def test_other_files_in_the_folder_are_kept_copies(told: Judged) -> None:
    Path("cases/arcadia-2023/sources/papers").mkdir()
    Path("cases/arcadia-2023/sources/papers/table.yaml").write_text("kept: as it was\n")
    Path("cases/arcadia-2023/sources/Letter of May.pdf").write_bytes(b"kept")
    assert [] == told()


def test_one_text_under_one_id_in_two_events_is_no_fault(told: Judged) -> None:
    """As in folders of the first format; `--fix` moves it into a file."""
    page = "{id: minutes, title: Minutes}"
    listing(f"[{page}]")
    other = Path("cases/arcadia-2023/events/2024-06-03-resolution.yaml")
    other.write_text(other.read_text().replace("- case-page", f"- {page}"))
    assert [] == told()


def test_a_source_that_a_fact_names_is_to_be_listed_with_its_way_out(told: Judged) -> None:
    path = Path(f"cases/arcadia-2023/events/{ASK}.yaml")
    path.write_text(path.read_text() + "also_dated: [{value: 2023-02-02, source: case-page}]\n")
    told()
    (problem,) = judge(Workspace.open(None), (), date(2026, 11, 22)).diagnostics
    assert ("OC213", ("list it too: `sources: [copy, case-page]`",)) == (problem.code, problem.helps)


def test_an_id_means_one_text(told: Judged) -> None:
    """OC511 where a file has it, OC512 where another event writes out another text."""
    listing("[{id: case-page, title: Page}]")
    assert [f"OC511 events/{ASK}.yaml: the source `case-page` is written out although it has a file"] == told()
    listing("[{id: minutes, title: Minutes}]")
    other = Path("cases/arcadia-2023/events/2024-06-03-resolution.yaml")
    other.write_text(other.read_text().replace("- case-page", "- {id: minutes, title: Other minutes}"))
    assert ["OC512 events/2024-06-03-resolution.yaml: two texts have the id `minutes`"] == told()
