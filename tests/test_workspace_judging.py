"""The verdict: everything that is wrong, at its place, in order."""

from __future__ import annotations

from datetime import date
from multiprocessing import get_start_method
from pathlib import Path

import pytest

from ogpcase.diagnostics import Diagnostic, FileId, Problem, Severity, Verdict
from ogpcase.errors import CannotRead
from ogpcase.store.files import DiskFiles
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

TODAY = date(2026, 11, 22)
HEADER = """\
title: A case
track: response_policy
policy_version: "2017"
subject: government-of-mexico
country: MX
language: en
"""
EVENT = """\
kind: development
title: It happened
dated: 2018-01-01
context: true
participants:
  - government-of-mexico
sources:
  - id: page
    url: https://example.org/page
"""
SUBJECT = "name: Government of Mexico\nclassification: government\ncountry: MX\n"
NAME = "2018-01-01-development"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, "parties/government-of-mexico.yaml", SUBJECT)
    for case_id in ("chile-2019", "mexico-2018"):
        write(tmp_path, f"{case_id}/case.yaml", HEADER)
        write(tmp_path, f"{case_id}/events/{NAME}.yaml", EVENT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(project: Path, file: str, text: str) -> None:
    path = project / "cases" / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def verdict(*paths: str) -> Verdict:
    return judge(Workspace.open(), tuple(map(Path, paths)), TODAY)


def found(*paths: str) -> list[tuple[str, str]]:
    return [(each.spots[0].path, each.code) for each in verdict(*paths).diagnostics]


def printed(diagnostics: tuple[Diagnostic, ...]) -> str:
    """Everything of these diagnostics that any format could print."""
    return "\n".join(
        str((each.message, each.notes, each.helps, [(spot.path, spot.label, spot.excerpt) for spot in each.spots]))
        for each in diagnostics
    )


def test_a_sound_folder_has_an_empty_verdict() -> None:
    expected = Verdict((), files=5, cases=2, departures=0)

    assert expected == verdict()


def test_problems_of_every_step_are_in_one_list_in_order(project: Path) -> None:
    write(project, "zz.txt", "")
    write(project, "mexico-2018/case.yml", "")
    write(
        project, f"mexico-2018/events/{NAME}.yaml", EVENT.replace("title: It", "titel: It").replace("page\n", "pa ge\n")
    )
    write(project, "mexico-2018/events/2018-02-02-development.yaml", "kind: [")
    write(project, "chile-2019/events/2018-02-02-development.yaml", EVENT)
    write(project, f"chile-2019/events/{NAME}.yaml", EVENT + "cites: [2018-02-02-development, nowhere]\n")

    diagnostics = verdict().diagnostics

    assert [each.order for each in diagnostics] == sorted(each.order for each in diagnostics)
    assert {"OC221", "OC202", "OC208", "OC312", "OC212"} <= {each.code for each in diagnostics}
    assert {
        "cases/zz.txt",
        "cases/mexico-2018/case.yml",
        f"cases/mexico-2018/events/{NAME}.yaml",
        "cases/mexico-2018/events/2018-02-02-development.yaml",
        f"cases/chile-2019/events/{NAME}.yaml",
        "cases/chile-2019/events/2018-02-02-development.yaml",
    } == {each.spots[0].path for each in diagnostics}


def test_a_diagnostic_points_at_the_text(project: Path) -> None:
    write(project, f"mexico-2018/events/{NAME}.yaml", EVENT.replace("2018-01-01", "2018-13-01"))

    [bad_date] = [each for each in verdict().diagnostics if each.code == "OC205"]
    spot = bad_date.spots[0]

    assert f"cases/mexico-2018/events/{NAME}.yaml" == spot.path
    assert (spot.span.line, spot.span.column, spot.span.end_column) == (3, 8, 18)
    assert spot.excerpt == "dated: 2018-13-01"
    assert spot.route == ("dated",)


def test_a_folder_problem_points_at_the_top_and_quotes_nothing(project: Path) -> None:
    write(project, "mexico-2018/notes.txt", "words")

    [stray] = verdict().diagnostics
    spot = stray.spots[0]

    assert (spot.path, spot.span.line, spot.span.column, spot.excerpt) == ("cases/mexico-2018/notes.txt", 1, 1, None)


def test_a_broken_file_is_quoted_where_it_breaks(project: Path) -> None:
    write(project, "mexico-2018/events/2018-02-02-development.yaml", "kind: development\ntitle: a: b\n")

    diagnostics = verdict().diagnostics

    assert "title: a: b" in [each.spots[0].excerpt for each in diagnostics]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ((), {"mexico-2018", "chile-2019", "parties"}),
        (("cases",), {"mexico-2018", "chile-2019", "parties"}),
        ((".",), {"mexico-2018", "chile-2019", "parties"}),
        (("cases/mexico-2018",), {"mexico-2018"}),
        (("cases/mexico-2018", "cases/parties"), {"mexico-2018", "parties"}),
        ((f"cases/chile-2019/events/{NAME}.yaml",), {"chile-2019"}),
        (("cases/chile-2019/case.yaml",), set()),
    ],
)
def test_paths_limit_what_is_reported(project: Path, paths: tuple[str, ...], expected: set[str]) -> None:
    for folder in ("mexico-2018", "chile-2019"):
        write(project, f"{folder}/events/{NAME}.yaml", EVENT + "nonsense: true\n")
    write(project, "parties/government-of-mexico.yaml", SUBJECT + "nonsense: true\n")

    assert expected == {path.split("/")[1] for path, _ in found(*paths)}


def test_counts_are_of_what_is_reported(project: Path) -> None:
    departure = "departure:\n  - because: It was so\n    sources: [page]\nmoves_to: [initial_review]\n"
    step = EVENT.replace("context: true\n", "") + departure
    write(project, f"mexico-2018/events/{NAME}.yaml", step)

    assert (5, 2, 1) == (verdict().files, verdict().cases, verdict().departures)
    limited = verdict("cases/chile-2019")
    assert (2, 1, 0) == (limited.files, limited.cases, limited.departures)
    one_file = verdict(f"cases/mexico-2018/events/{NAME}.yaml")
    assert (1, 1, 1) == (one_file.files, one_file.cases, one_file.departures)


def test_a_path_to_nothing_stops_the_run() -> None:
    with pytest.raises(CannotRead):
        verdict("cases/mexico-2019")


def test_of_one_file_at_most_fifty_are_reported_and_the_rest_counted(project: Path) -> None:
    """Errors come before warnings, so that no error is dropped for a warning."""
    write(project, f"mexico-2018/events/{NAME}.yaml", EVENT + "".join(f"nonsense-{each}: 1\n" for each in range(70)))
    write(project, f"chile-2019/events/{NAME}.yaml", EVENT + "nonsense: 1\n")

    judged = verdict()
    of_file = [each for each in judged.diagnostics if "mexico-2018" in each.spots[0].path]

    assert len(of_file) == 51
    assert of_file[-1].message == "20 more problems in this file are not shown"
    assert of_file[-1].severity is Severity.WARNING
    assert judged.number_of(Severity.ERROR) == 51


def test_the_order_of_loading_does_not_matter(project: Path) -> None:
    write(project, f"mexico-2018/events/{NAME}.yaml", EVENT + "nonsense: 1\n")
    workspace = Workspace.open()
    workspace.case("mexico-2018")

    assert verdict() == judge(workspace, (), TODAY)


def test_several_processes_say_how_many_cases_are_done() -> None:
    heard: list[str] = []
    judge(Workspace.open(), (), TODAY, 2, heard.append)
    assert ["checked 1 of 2 cases", "checked 2 of 2 cases"] == heard


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_record_is_read_once(project: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """All cases name the same party; processes that the system copies inherit it."""
    if jobs > 1 and get_start_method() != "fork":
        pytest.skip("processes inherit nothing here")
    log, read = project / "read.txt", DiskFiles.read

    def logged(files: DiskFiles, file: FileId) -> bytes | Problem | None:
        with log.open("a") as lines:
            lines.write(f"{file}\n")
        return read(files, file)

    monkeypatch.setattr(DiskFiles, "read", logged)
    assert judge(Workspace.open(), (), TODAY, jobs).files == 5
    files = [file for file in log.read_text().split() if file.endswith(".yaml")]
    assert sorted(files) == sorted(set(files))
    assert "parties/government-of-mexico.yaml" in files
