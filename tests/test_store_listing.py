"""Every file under the root is a record, one of the other things a case folder may hold, or a problem."""

from __future__ import annotations

import os
from inspect import cleandoc
from pathlib import Path

import pytest

from ogpcase.diagnostics import Problem
from ogpcase.store.files import DiskFiles
from ogpcase.store.listing import case_ids, list_case, list_parties, list_root
from ogpcase.store.problems import RULES

CONCERN = "2018-07-16-concern.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "cases"
    (folder / "parties").mkdir(parents=True)
    (folder / "parties" / "sfp.yaml").touch()
    (folder / "mexico-2018" / "events").mkdir(parents=True)
    (folder / "mexico-2018" / "case.yaml").touch()
    (folder / "mexico-2018" / "events" / CONCERN).touch()
    return folder


def problems(root: Path) -> tuple[Problem, ...]:
    files = DiskFiles(root)
    listing = list_root(files)
    cases = [problem for case_id in listing.names for problem in list_case(files, case_id).problems]
    return (*listing.problems, *list_parties(files).problems, *cases)


def found(root: Path) -> list[tuple[str, str]]:
    return sorted((each.code, each.places[0].file) for each in problems(root))


def place(root: Path, file: str) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir() if file.endswith("/") else path.touch()


def test_a_sound_folder_has_no_problem(root: Path) -> None:
    for file in (
        "README.md",
        "parties/README",
        "parties/.gitkeep",
        "mexico-2018/README.es.md",
        "mexico-2018/events/.gitkeep",
        "mexico-2018/sources/Carta del núcleo (2017).PDF",
        "mexico-2018/sources/annexes/letter.yml",
        "mexico-2018/events/.ogpcase-12-abc",
        ".ogpcase-lock",
        "empty-2020/README.md",
    ):
        place(root, file)

    assert found(root) == []
    assert case_ids(DiskFiles(root)) == ("mexico-2018",)
    assert list_case(DiskFiles(root), "mexico-2018").events == ("2018-07-16-concern",)
    assert list_parties(DiskFiles(root)).names == ("sfp",)


def test_the_case_folder_may_be_the_top_of_a_repository(root: Path) -> None:
    place(root, ".git/HEAD")

    assert found(root) == []


@pytest.mark.parametrize(
    "file",
    [
        "stray.yaml",
        "notes.txt",
        ".DS_Store",
        "parties/sfp.yml",
        "parties/SFP.YAML",
        "parties/folder/",
        "mexico-2018/2018-07-16-concern.yaml",
        "mexico-2018/notes.md",
        "mexico-2018/event/",
        "mexico-2018/events/2018-07-16-concern.yaml~",
        "mexico-2018/events/.2018-07-16-concern.yaml.swp",
        "mexico-2018/events/2018-07-16-concern (conflicted copy).yml",
        "mexico-2018/events/deeper/2018-07-16-concern.yaml",
        "drafts/letter.yaml",
    ],
)
def test_what_is_not_read_is_reported(root: Path, file: str) -> None:
    place(root, file)
    if file == "parties/SFP.YAML":
        (root / "parties" / "sfp.yaml").unlink()

    reported = file.rstrip("/") if "deeper" not in file else "mexico-2018/events/deeper"
    assert found(root) == [("OC221", reported)]


@pytest.mark.parametrize("file", ["parties/x.yaml", "mexico-2018/case.yaml", "mexico-2018/sources/x.pdf", "chile-2020"])
@pytest.mark.parametrize("sort", ["link", "pipe"])
def test_what_is_no_plain_file_is_reported(root: Path, file: str, sort: str) -> None:
    (root / file).unlink(missing_ok=True)
    (root / file).parent.mkdir(exist_ok=True)
    if sort == "link":
        (root / file).symlink_to("/etc")
    else:
        os.mkfifo(root / file)

    assert ("OC222", file) in found(root)


@pytest.mark.parametrize("folder", ["parties/x.yaml/", "mexico-2018/case.yaml/", "mexico-2018/events/x.yaml/"])
def test_a_folder_in_a_records_place_is_reported(root: Path, folder: str) -> None:
    (root / folder).parent.joinpath("case.yaml").unlink(missing_ok=True)
    place(root, folder)

    assert ("OC222", folder.rstrip("/")) in found(root)


@pytest.mark.parametrize(
    "name",
    [
        "Sfp",
        "s_f_p",
        "sfp-",
        "-sfp",
        "s--fp",
        "sfp.v2",
        "función",
        "s fp",
        "con",
        "lpt1",
        "a" * 101,
        "",
        "a\nb",
        "a\x1b",
    ],
)
def test_a_name_that_is_no_id_is_reported(root: Path, name: str) -> None:
    (root / "parties" / "sfp.yaml").unlink()
    place(root, f"parties/{name}.yaml")

    assert found(root) == [("OC224", f"parties/{name}.yaml")]


def test_a_name_that_is_no_text_is_reported(root: Path) -> None:
    (root / "parties" / os.fsdecode(b"caf\xe9.yaml")).touch()

    assert found(root) == [("OC224", "parties/caf\udce9.yaml")]
    assert all(each.message.isprintable() for each in problems(root))


def test_a_name_as_long_as_an_id_may_be_is_none(root: Path) -> None:
    place(root, f"parties/{'a' * 100}.yaml")

    assert found(root) == []


def test_a_case_of_a_bad_name_is_reported_and_not_read(root: Path) -> None:
    place(root, "Mexico 2023/case.yaml")

    assert found(root) == [("OC224", "Mexico 2023")]
    assert case_ids(DiskFiles(root)) == ("mexico-2018",)


def test_a_bad_name_is_told_a_good_one(root: Path) -> None:
    place(root, "parties/Función Pública.yaml")

    assert problems(root)[0].helps == ("rename it to `funcion-publica.yaml`",)


@pytest.mark.parametrize("name", ["a:b.pdf", "nul.pdf", "blank .pdf ", "line\nbreak.pdf", "dot."])
def test_a_copy_is_of_a_name_that_every_system_can_keep(root: Path, name: str) -> None:
    place(root, f"mexico-2018/sources/{name}")

    assert found(root) == [("OC224", f"mexico-2018/sources/{name}")]


@pytest.mark.parametrize(("one", "other"), [("sfp", "SFP"), ("cafe\u0301", "caf\u00e9")])
def test_two_names_that_some_systems_take_for_one_are_reported(root: Path, one: str, other: str) -> None:
    place(root, f"parties/{one}.yaml")
    place(root, f"parties/{other}.yaml")

    [twins] = [each for each in problems(root) if each.code == "OC225"]

    assert {f"parties/{one}.yaml", f"parties/{other}.yaml"} == {each.file for each in twins.places}
    assert ("rename one",) == twins.helps


def test_events_without_a_header_are_reported(root: Path) -> None:
    (root / "mexico-2018" / "case.yaml").unlink()

    assert found(root) == [("OC226", "mexico-2018/case.yaml")]
    assert case_ids(DiskFiles(root)) == ("mexico-2018",)


def test_a_header_that_ends_in_yml_is_reported_once(root: Path) -> None:
    (root / "mexico-2018" / "case.yaml").rename(root / "mexico-2018" / "case.yml")

    assert found(root) == [("OC221", "mexico-2018/case.yml")]


@pytest.mark.parametrize(
    "folder", ["mexico-2018", "mexico-2018/sources/bundle", "parties", "mexico-2018/events", "new"]
)
@pytest.mark.parametrize("sort", ["bare", "with a work tree", "submodule"])
def test_a_repository_inside_is_reported_and_not_read(root: Path, folder: str, sort: str) -> None:
    names = {
        "bare": ("HEAD", "config", "objects/", "refs/"),
        "with a work tree": (".git/HEAD", "x.txt"),
        "submodule": (".git", "x.txt"),
    }
    for name in names[sort]:
        place(root, f"{folder}/{name}")

    assert ("OC227", folder) in found(root)


def test_a_bare_repository_as_the_root_itself_is_reported(root: Path) -> None:
    for name in ("HEAD", "config", "objects/", "refs/"):
        place(root, name)

    assert ("OC227", "") in found(root)


def test_copies_nested_without_end_are_reported_and_not_followed(root: Path) -> None:
    place(root, "mexico-2018/sources/" + "a/" * 300)

    [(code, file)] = found(root)

    assert code == "OC221"
    assert file.count("/") < 20


def test_every_rule_has_a_page_with_its_headings() -> None:
    for check in RULES:
        for heading in ("Why it matters", "Wrong", "Right", "Not reported when"):
            assert heading in cleandoc(check.rule.page).splitlines(), check.rule.code
