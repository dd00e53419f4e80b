"""Opening a case folder: what is read, when, and what is said of a case that is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogpcase.errors import CannotRead, NoCasesHere, UnknownCase
from ogpcase.workspace.opening import Workspace

HEADER = """\
title: A case
track: response_policy
policy_version: "2017"
subject: government-of-mexico
country: MX
language: en
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "cases" / "parties").mkdir(parents=True)
    for case_id in ("azerbaijan-2015", "mexico-2018"):
        events = tmp_path / "cases" / case_id / "events"
        events.mkdir(parents=True)
        (events.parent / "case.yaml").write_text(HEADER)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def event(project: Path, case_id: str, name: str, more: str = "") -> None:
    text = f"kind: development\ntitle: It happened\ndated: 2018-01-01\n{more}"
    (project / "cases" / case_id / "events" / f"{name}.yaml").write_text(text)


def test_the_nearest_folder_is_opened(project: Path) -> None:
    assert Workspace.open().case_ids() == ("azerbaijan-2015", "mexico-2018")
    assert project / "cases" == Workspace.open(Path("cases")).root.path


def test_without_a_folder_the_run_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(NoCasesHere):
        Workspace.open()


def test_an_unknown_case_is_told_the_nearest_and_all_there_are(project: Path) -> None:
    with pytest.raises(UnknownCase) as stopped:
        Workspace.open(project).case("mexico-18")

    assert stopped.value.message == "no case is called `mexico-18`"
    assert stopped.value.hints == ("did you mean `mexico-2018`?", "cases here: azerbaijan-2015, mexico-2018")


@pytest.mark.parametrize("case_id", ["../../etc", "parties", "", ".", "mexico-2018/events"])
def test_what_is_no_case_is_unknown(project: Path, case_id: str) -> None:
    with pytest.raises(UnknownCase):
        Workspace.open(project).case(case_id)


def test_only_the_case_asked_for_is_read(project: Path) -> None:
    (project / "cases" / "azerbaijan-2015" / "case.yaml").unlink()
    event(project, "azerbaijan-2015", "2018-01-01-development", "broken: [")
    workspace = Workspace.open()

    assert workspace.case("mexico-2018").problems == ()
    assert workspace.case("mexico-2018") is workspace.case("mexico-2018")
    assert len(workspace.all()) == 2


def test_references_bring_the_cases_they_lead_to(project: Path) -> None:
    (project / "cases" / "chile-2019" / "events").mkdir(parents=True)
    (project / "cases" / "chile-2019" / "case.yaml").write_text(HEADER)
    event(project, "mexico-2018", "2018-01-01-development", "cites: [azerbaijan-2015/2018-01-01-development]\n")
    event(project, "azerbaijan-2015", "2018-01-01-development", "cites: [mexico-2018/2018-01-01-development]\n")
    workspace = Workspace.open()

    found = workspace.neighbours(workspace.case("mexico-2018").casefile)

    assert set(found) == {"azerbaijan-2015"}
    assert found["azerbaijan-2015"].events[0].id == "2018-01-01-development"


def test_a_reference_to_no_case_can_be_told_the_nearest(project: Path) -> None:
    event(project, "mexico-2018", "2018-01-01-development", "cites: [azerbaijan-2016/2018-01-01-development]\n")
    workspace = Workspace.open()

    found = workspace.neighbours(workspace.case("mexico-2018").casefile)

    assert "azerbaijan-2016" not in found
    assert list(found) == ["azerbaijan-2015", "mexico-2018"]
    with pytest.raises(KeyError):
        found["azerbaijan-2016"]


def test_a_path_outside_the_folder_or_to_nothing_is_refused(project: Path) -> None:
    workspace = Workspace.open()

    with pytest.raises(CannotRead, match="does not exist"):
        workspace.file_of(Path("cases/nowhere"))
    with pytest.raises(CannotRead, match="not in the case folder"):
        workspace.file_of(Path("/etc/passwd"))
    assert workspace.file_of(project) == ""
    assert workspace.file_of(Path("cases/mexico-2018")) == "mexico-2018"
