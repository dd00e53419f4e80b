"""Copies of sources: kept under the case, pinned, never over another."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from ogpcase.errors import BadInput, CannotRead, CannotWrite, FileChanged
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.store.checksums import Copy, planned_copies
from ogpcase.store.layout import Root, root_at
from ogpcase.store.transaction import Step, store_all

CASE = "mexico-2018"
EMPTY = CaseFile(CASE, None, (), Registry())


@pytest.fixture
def root(tmp_path: Path) -> Root:
    (tmp_path / "cases" / CASE).mkdir(parents=True)
    return root_at(tmp_path / "cases", tmp_path)


def add_source(root: Root, path: Path) -> Copy:
    """Keeps a copy as `add-event` does."""
    copy = planned_copies(root, EMPTY, [path])[0]
    store_all(root, "add-event", [Step(copy.file, None, copy)] if not copy.is_kept else [])
    return copy


def kept(root: Root) -> list[str]:
    return sorted(path.name for path in (root.path / CASE / "sources").iterdir())


def test_a_copy_is_kept_under_a_plain_name_and_pinned(root: Root, tmp_path: Path) -> None:
    paper = tmp_path / "Carta del Núcleo (2017).PDF"
    paper.write_bytes(b"%PDF" * 500_000)

    found = add_source(root, paper)

    assert f"{CASE}/sources/carta-del-nucleo-2017.pdf" == found.file
    assert sha256(paper.read_bytes()).hexdigest() == found.sha256
    assert paper.read_bytes() == (root.path / found.file).read_bytes()
    assert kept(root) == ["carta-del-nucleo-2017.pdf"]


def test_a_plan_writes_nothing(root: Root, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"words")

    assert f"{CASE}/sources/letter.pdf" == planned_copies(root, EMPTY, [tmp_path / "letter.pdf"])[0].file
    assert [] == list((root.path / CASE).iterdir())


def test_the_same_copy_is_kept_once(root: Root, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"words")

    first, second = add_source(root, tmp_path / "letter.pdf"), add_source(root, tmp_path / "letter.pdf")

    assert (False, True, first.file) == (first.is_kept, second.is_kept, second.file)
    assert kept(root) == ["letter.pdf"]


def test_other_content_of_one_name_is_numbered(root: Root, tmp_path: Path) -> None:
    names = []
    for content in (b"first", b"second", b"third", b"second"):
        (tmp_path / "letter.pdf").write_bytes(content)
        names.append(add_source(root, tmp_path / "letter.pdf").file.rpartition("/")[2])

    assert ["letter.pdf", "letter-2.pdf", "letter-3.pdf", "letter-2.pdf"] == names
    assert (root.path / CASE / "sources" / "letter.pdf").read_bytes() == b"first"


def test_copies_of_one_command_know_of_each_other(root: Root, tmp_path: Path) -> None:
    paths = [tmp_path / folder / "letter.pdf" for folder in ("a", "b", "c")]
    for path, content in zip(paths, (b"first", b"second", b"first"), strict=True):
        path.parent.mkdir()
        path.write_bytes(content)

    copies = planned_copies(root, EMPTY, paths)

    assert ["letter.pdf", "letter-2.pdf", "letter.pdf"] == [each.file.rpartition("/")[2] for each in copies]
    assert [False, False, True] == [each.is_kept for each in copies]


def test_a_paper_that_changed_since_it_was_pinned_is_not_kept(root: Root, tmp_path: Path) -> None:
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(b"words")
    copy = planned_copies(root, EMPTY, [paper])[0]
    paper.write_bytes(b"other words")

    with pytest.raises(FileChanged, match="changed while this command was running; nothing was written"):
        store_all(root, "add-event", [Step(copy.file, None, copy)])
    assert [] == list((root.path / CASE).iterdir())


@pytest.mark.parametrize(
    ("name", "expected"),
    [("LETTER", "letter"), ("…", "copy"), ("archive.tar.gz", "archive-tar.gz"), (".pdf", "pdf"), ("a.b c", "a-b-c")],
)
def test_any_name_gives_one_that_every_system_can_keep(root: Root, tmp_path: Path, name: str, expected: str) -> None:
    (tmp_path / name).write_bytes(b"words")

    assert f"{CASE}/sources/{expected}" == add_source(root, tmp_path / name).file


def test_only_a_plain_file_is_copied(root: Root, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(BadInput):
        add_source(root, tmp_path / "pipe")
    with pytest.raises(BadInput):
        add_source(root, tmp_path)
    with pytest.raises(CannotRead):
        add_source(root, tmp_path / "not-there.pdf")
    assert not (root.path / CASE / "sources").exists()


def test_nothing_is_copied_through_a_link(root: Root, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "letter.pdf").write_bytes(b"words")
    (root.path / CASE / "sources").symlink_to(tmp_path / "outside")

    with pytest.raises(CannotWrite):
        add_source(root, tmp_path / "letter.pdf")
    assert list((tmp_path / "outside").iterdir()) == []
