"""Where the case folder is found, and how its files are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogpcase.errors import NoCasesHere
from ogpcase.store.layout import find_root, root_at


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "cases" / "parties").mkdir(parents=True)
    events = tmp_path / "cases" / "mexico-2018" / "events"
    events.mkdir(parents=True)
    (events.parent / "case.yaml").write_text("title: A case\n")
    return tmp_path


@pytest.mark.parametrize("here", [".", "cases", "cases/parties", "cases/mexico-2018/events", "cases/mexico-2018"])
def test_the_nearest_case_folder_upwards_is_found(project: Path, here: str) -> None:
    assert project / "cases" == find_root(None, project / here).path


@pytest.mark.parametrize("given", ["cases", ".", "../{name}/cases", "cases/"])
def test_the_root_or_its_parent_may_be_given(project: Path, given: str) -> None:
    assert project / "cases" == find_root(Path(given.format(name=project.name)), project).path


def test_a_given_root_may_have_any_name(project: Path) -> None:
    (project / "cases").rename(project / "files")

    assert project / "files" == find_root(Path("files"), project).path
    with pytest.raises(NoCasesHere):
        find_root(None, project)


def test_a_case_with_a_header_is_enough(project: Path) -> None:
    (project / "cases" / "parties").rmdir()

    assert project / "cases" == find_root(None, project).path


@pytest.mark.parametrize("given", [None, Path("empty"), Path("not-there")])
def test_without_a_case_folder_the_run_stops_and_says_what_to_do(tmp_path: Path, given: Path | None) -> None:
    (tmp_path / "empty" / "cases" / "drafts").mkdir(parents=True)

    with pytest.raises(NoCasesHere) as stopped:
        find_root(given, tmp_path / "empty")

    assert any("ogpcase init" in hint for hint in stopped.value.hints)


def test_a_linked_case_folder_is_not_followed_unless_it_is_named(project: Path, tmp_path: Path) -> None:
    """A pull request cannot make `validate` read another folder by a link called `cases`."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "cases").symlink_to(project / "cases")

    assert project / "cases" == find_root(None, elsewhere).path
    assert elsewhere / "cases" == find_root(Path("cases"), elsewhere).path


@pytest.mark.parametrize(
    ("here", "file", "expected"),
    [
        (".", "mexico-2018/case.yaml", "cases/mexico-2018/case.yaml"),
        ("cases", "mexico-2018/case.yaml", "mexico-2018/case.yaml"),
        ("cases/mexico-2018", "mexico-2018/case.yaml", "case.yaml"),
        ("cases/mexico-2018", "parties/sfp.yaml", "{project}/cases/parties/sfp.yaml"),
        ("elsewhere", "parties/sfp.yaml", "{project}/cases/parties/sfp.yaml"),
        (".", "", "cases"),
    ],
)
def test_a_path_is_printed_as_seen_from_the_current_folder(project: Path, here: str, file: str, expected: str) -> None:
    """Relative to the current folder where below it, else absolute."""
    root = root_at(project / "cases", project / here)

    assert expected.format(project=project) == root.shown_path(file)


def test_a_name_that_is_no_text_is_printed_with_its_bytes(project: Path) -> None:
    root = root_at(project / "cases", project)

    assert "cases/caf\\xe9" == root.shown_path("caf\udce9")


def test_a_typed_path_becomes_a_file_of_the_root(project: Path) -> None:
    root = root_at(project / "cases", project)

    assert "mexico-2018/case.yaml" == root.file_of(Path("cases/mexico-2018/case.yaml"), project)
    assert "mexico-2018" == root.file_of(Path("../mexico-2018"), project / "cases" / "parties")
    assert root.file_of(Path(), project) == ""
    assert root.file_of(Path("/etc/passwd"), project) is None


def test_a_typed_link_names_itself_not_what_it_points_to(project: Path) -> None:
    (project / "cases" / "mexico-2018" / "link.yaml").symlink_to("/etc/passwd")
    root = root_at(project / "cases", project)

    assert "mexico-2018/link.yaml" == root.file_of(Path("cases/mexico-2018/link.yaml"), project)
