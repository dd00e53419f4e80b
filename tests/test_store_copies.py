"""Copies of sources: kept under the case, pinned, never over another."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from ogpcase.errors import BadInput, CannotRead, CannotWrite
from ogpcase.store.copies import add_source
from ogpcase.store.layout import Root, root_at


@pytest.fixture
def root(tmp_path: Path) -> Root:
    (tmp_path / "cases" / "mexico-2018").mkdir(parents=True)
    return root_at(tmp_path / "cases", tmp_path)


def kept(root: Root) -> list[str]:
    return sorted(path.name for path in (root.path / "mexico-2018" / "sources").iterdir())


def test_a_copy_is_kept_under_a_plain_name_and_pinned(root: Root, tmp_path: Path) -> None:
    paper = tmp_path / "Carta del Núcleo (2017).PDF"
    paper.write_bytes(b"%PDF" * 500_000)

    found = add_source(root, "mexico-2018", paper)

    assert ("sources/carta-del-nucleo-2017.pdf", sha256(paper.read_bytes()).hexdigest()) == found
    assert paper.read_bytes() == (root.path / "mexico-2018" / found[0]).read_bytes()
    assert kept(root) == ["carta-del-nucleo-2017.pdf"]


def test_the_same_copy_is_kept_once(root: Root, tmp_path: Path) -> None:
    (tmp_path / "letter.pdf").write_bytes(b"words")

    assert add_source(root, "mexico-2018", tmp_path / "letter.pdf") == add_source(
        root, "mexico-2018", tmp_path / "letter.pdf"
    )
    assert kept(root) == ["letter.pdf"]


def test_other_content_of_one_name_is_numbered(root: Root, tmp_path: Path) -> None:
    names = []
    for content in (b"first", b"second", b"third", b"second"):
        (tmp_path / "letter.pdf").write_bytes(content)
        names.append(add_source(root, "mexico-2018", tmp_path / "letter.pdf")[0])

    assert ["sources/letter.pdf", "sources/letter-2.pdf", "sources/letter-3.pdf", "sources/letter-2.pdf"] == names
    assert (root.path / "mexico-2018" / "sources" / "letter.pdf").read_bytes() == b"first"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("LETTER", "letter"), ("…", "copy"), ("archive.tar.gz", "archive-tar.gz"), (".pdf", "pdf"), ("a.b c", "a-b-c")],
)
def test_any_name_gives_one_that_every_system_can_keep(root: Root, tmp_path: Path, name: str, expected: str) -> None:
    (tmp_path / name).write_bytes(b"words")

    assert f"sources/{expected}" == add_source(root, "mexico-2018", tmp_path / name)[0]


def test_only_a_plain_file_is_copied(root: Root, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(BadInput):
        add_source(root, "mexico-2018", tmp_path / "pipe")
    with pytest.raises(BadInput):
        add_source(root, "mexico-2018", tmp_path)
    with pytest.raises(CannotRead):
        add_source(root, "mexico-2018", tmp_path / "not-there.pdf")
    assert not (root.path / "mexico-2018" / "sources").exists()


def test_nothing_is_copied_through_a_link(root: Root, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "letter.pdf").write_bytes(b"words")
    (root.path / "mexico-2018" / "sources").symlink_to(tmp_path / "outside")

    with pytest.raises(CannotWrite):
        add_source(root, "mexico-2018", tmp_path / "letter.pdf")
    assert list((tmp_path / "outside").iterdir()) == []
