"""Files to records: a broken file costs its own checks, not its neighbours'."""

from __future__ import annotations

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ogpcase.diagnostics import FileId, Problem
from ogpcase.model.casefile import FIRST_FORMAT
from ogpcase.store.checksums import judge_copies
from ogpcase.store.files import DiskFiles, Files, MemoryFiles
from ogpcase.store.load import LazyParties, LoadedCase, load_case, load_parties, load_registry

HEADER = """\
title: A case
track: response_policy
policy_version: "2017"
subject: government-of-mexico
country: MX
language: en
"""
LETTER = """\
kind: letter
title: A letter
dated: 2017-05-23
senders:
  - article-19
"""
PARTY = """\
name: Article 19
classification: civil_society
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "parties/article-19.yaml", PARTY)
    write(tmp_path, "mexico-2018/case.yaml", HEADER)
    write(tmp_path, "mexico-2018/events/2017-05-23-letter.yaml", LETTER)
    return tmp_path


def write(root: Path, file: FileId, text: str | bytes) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def load(root: Path) -> LoadedCase:
    files = DiskFiles(root)
    return load_case(files, "mexico-2018", load_registry(files).registry)


def codes(problems: tuple[Problem, ...]) -> list[tuple[str, FileId]]:
    return [(each.code, each.places[0].file) for each in problems]


def test_a_sound_case_is_loaded_whole(root: Path) -> None:
    loaded = load(root)

    assert loaded.problems == ()
    assert loaded.casefile.header is not None
    assert [event.id for event in loaded.casefile.events] == ["2017-05-23-letter"]
    assert set(loaded.texts.trees) == {"mexico-2018/case.yaml", "mexico-2018/events/2017-05-23-letter.yaml"}
    assert sha256(HEADER.encode()).hexdigest() == loaded.texts.digest("mexico-2018/case.yaml")
    assert set(loaded.casefile.registry.parties) == {"article-19"}


@pytest.mark.parametrize(
    "broken",
    [b"kind: [", b"", b"\xff\xfe", b"- a\n- list\n", b"kind: leter\ntitle: x\n", b"[" * 5_000, b"x" * 300_000],
    ids=["syntax", "empty", "bytes", "list", "kind", "deep", "large"],
)
def test_one_broken_event_does_not_hide_the_others(root: Path, broken: bytes) -> None:
    write(root, "mexico-2018/events/2018-01-01-letter.yaml", broken)

    loaded = load(root)

    assert {file for _, file in codes(loaded.problems)} == {"mexico-2018/events/2018-01-01-letter.yaml"}
    assert loaded.casefile.unreadable == frozenset({"2018-01-01-letter"})
    assert [event.id for event in loaded.casefile.events] == ["2017-05-23-letter"]
    assert loaded.casefile.header is not None


def test_a_broken_header_leaves_the_events(root: Path) -> None:
    write(root, "mexico-2018/case.yaml", "title: [")

    loaded = load(root)

    assert loaded.casefile.header is None
    assert len(loaded.casefile.events) == 1
    assert {file for _, file in codes(loaded.problems)} == {"mexico-2018/case.yaml"}


def test_a_wrong_field_is_named_as_flawed(root: Path) -> None:
    write(root, "mexico-2018/events/2017-05-23-letter.yaml", LETTER + "received: 2017-99-99\n")
    write(root, "mexico-2018/case.yaml", HEADER + "related: 7\n")

    loaded = load(root)

    assert {"2017-05-23-letter": frozenset({"received"}), "case.yaml": frozenset({"related"})} == dict(
        loaded.casefile.flawed
    )


@pytest.mark.parametrize("sort", ["link", "pipe"])
def test_what_is_no_plain_file_is_reported_once_and_unread(root: Path, sort: str) -> None:
    file = "mexico-2018/events/2018-01-01-letter.yaml"
    if sort == "link":
        (root / file).symlink_to("2017-05-23-letter.yaml")
    else:
        os.mkfifo(root / file)

    loaded = load(root)

    assert codes(loaded.problems) == [("OC222", file)]
    assert len(loaded.casefile.events) == 1


def test_a_hard_link_is_found_when_it_is_opened(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.yaml"
    outside.write_text(LETTER)
    os.link(outside, root / "mexico-2018" / "events" / "2018-01-01-letter.yaml")

    loaded = load(root)

    assert codes(loaded.problems) == [("OC222", "mexico-2018/events/2018-01-01-letter.yaml")]
    assert loaded.casefile.unreadable == frozenset({"2018-01-01-letter"})


def test_a_case_without_a_header_still_has_its_events(root: Path) -> None:
    (root / "mexico-2018" / "case.yaml").unlink()

    loaded = load(root)

    assert codes(loaded.problems) == [("OC226", "mexico-2018/case.yaml")]
    assert loaded.casefile.header is None
    assert len(loaded.casefile.events) == 1


def test_a_broken_party_is_known_and_unreadable(root: Path) -> None:
    write(root, "parties/broken.yaml", "name: [")

    loaded = load_registry(DiskFiles(root))

    assert {file for _, file in codes(loaded.problems)} == {"parties/broken.yaml"}
    assert loaded.registry.unreadable == frozenset({"broken"})
    assert loaded.registry.knows("broken")


def test_only_the_parties_asked_for_are_read(root: Path) -> None:
    write(root, "parties/broken.yaml", "name: [")

    loaded = load_parties(DiskFiles(root), ["article-19", "nobody", "../mexico-2018/case", "unknown"])

    assert loaded.problems == ()
    assert set(loaded.registry.parties) == {"article-19"}
    assert loaded.registry.unreadable == frozenset()


def test_few_parties_are_kept_and_what_cannot_be_read_is_remembered(root: Path) -> None:
    write(root, "parties/broken.yaml", "name: [\n")
    write(root, "parties/flawed.yaml", "name: Flawed\nclassification: civil_society\npart_off: x\n")
    parties = LazyParties(DiskFiles(root), most=1)
    registry = parties.registry(FIRST_FORMAT)
    kept = registry.parties["flawed"]
    assert kept is registry.parties["flawed"]
    assert "broken" in registry.unreadable
    assert kept is not registry.parties["flawed"] == kept
    assert {"parties/broken.yaml": True, "parties/flawed.yaml": False} == parties.not_read()
    assert ["parties/broken.yaml", "parties/flawed.yaml"] == list(parties.not_read())


def test_a_party_with_a_wrong_field_is_named_as_flawed(root: Path) -> None:
    write(root, "parties/article-19.yaml", PARTY + "part_of: [Not An Id]\n")

    registry = load_registry(DiskFiles(root)).registry

    assert set(registry.parties) == {"article-19"}
    assert registry.flawed == frozenset({"article-19"})


def test_a_revision_needs_no_disk(root: Path) -> None:
    """Loading the same bytes from elsewhere gives the same case."""
    paths = [path for path in root.rglob("*.yaml") if path.is_file()]
    revision: Files = MemoryFiles({path.relative_to(root).as_posix(): path.read_bytes() for path in paths})

    loaded, ours = load_case(revision, "mexico-2018", load_registry(revision).registry), load(root)

    assert vars(ours.casefile.registry) == vars(loaded.casefile.registry)
    assert vars(replace(ours.casefile, registry=loaded.casefile.registry)) == vars(loaded.casefile)
    assert ours.texts.data == loaded.texts.data


@pytest.mark.parametrize(
    ("copy", "pinned", "expected"),
    [
        (b"words", sha256(b"words").hexdigest(), []),
        (b"words", None, []),
        (b"other words", sha256(b"words").hexdigest(), ["OC509"]),
        (None, None, ["OC508"]),
    ],
)
def test_copies_are_held_against_their_pins(
    root: Path, copy: bytes | None, pinned: str | None, expected: list[str]
) -> None:
    source = "sources:\n  - id: copy\n    file: sources/letter.pdf\n" + (f"    sha256: {pinned}\n" if pinned else "")
    write(root, "mexico-2018/events/2017-05-23-letter.yaml", LETTER + source)
    if copy is not None:
        write(root, "mexico-2018/sources/letter.pdf", copy)

    problems = tuple(judge_copies(DiskFiles(root), load(root).casefile))

    assert expected == [code for code, _ in codes(problems)]


@pytest.mark.parametrize("file", ["sources/../case.yaml", "sources/link.pdf", "sources/.."])
def test_a_copy_outside_the_sources_is_no_copy(root: Path, file: str) -> None:
    write(root, "mexico-2018/events/2017-05-23-letter.yaml", f"{LETTER}sources:\n  - id: copy\n    file: {file}\n")
    (root / "mexico-2018" / "sources").mkdir()
    (root / "mexico-2018" / "sources" / "link.pdf").symlink_to("/etc/passwd")

    problems = tuple(judge_copies(DiskFiles(root), load(root).casefile))

    assert [code for code, _ in codes(problems)] == ["OC508"]
