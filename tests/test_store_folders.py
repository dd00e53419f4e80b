"""A folder in use, by its descriptor and by its path: what each refuses, and names that no system can hold."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from ogpcase.store.folders import HAS_DESCRIPTORS, Folder, NamedFolder, extended, is_link

WAYS = [
    pytest.param(Folder.at, marks=pytest.mark.skipif(not HAS_DESCRIPTORS, reason="folders cannot be opened here")),
    NamedFolder,
]
Way = Callable[[Path], Folder]


@pytest.fixture(params=WAYS, ids=["open", "by path"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Folder]:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one").write_text("1", "utf-8")
    opened: Folder = request.param(tmp_path / "in")
    yield opened
    opened.close()


@pytest.mark.parametrize("name", ["", ".", "..", "../one", "a/b"])
def test_a_name_is_one_step(folder: Folder, name: str) -> None:
    for act in (folder.open, folder.folder):
        with pytest.raises(OSError, match="not the name of a file"):
            act(name)


@pytest.mark.parametrize(
    "name", ["..\\x", "C:", "x:stream", "con", "nul.yaml", "COM1.txt", "lpt².txt", "x.", "x ", "x\n"]
)
def test_a_path_never_leads_to_a_device_or_elsewhere(tmp_path: Path, name: str) -> None:
    """Windows would read `C:` as a drive, `x:y` as a stream of `x`, `con` as the console, and `x.` as `x`."""
    folder = NamedFolder(tmp_path)
    for act in (folder.open, folder.folder, folder.unlink, lambda name: folder.create(name, 0o600)):
        with pytest.raises(OSError, match="not every system") as refused:
            act(name)
        assert errno.EINVAL == refused.value.errno
    assert [] == list(tmp_path.iterdir())


@pytest.mark.posix
def test_no_link_is_followed(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "in" / "link").symlink_to(tmp_path / "in" / "one")
    (tmp_path / "in" / "folder").symlink_to(tmp_path)
    with pytest.raises(OSError, match="symbolic links") as refused:
        folder.open("link")
    assert errno.ELOOP == refused.value.errno
    with pytest.raises(NotADirectoryError):
        folder.folder("folder")


def test_no_name_is_taken_twice(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "in" / "new").write_text("new", "utf-8")
    assert not folder.place("new", "one")
    assert folder.place("new", "two")
    assert ("1", "new") == ((tmp_path / "in" / "one").read_text(), (tmp_path / "in" / "two").read_text())


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP, errno.EINVAL])
def test_a_file_gets_its_name_without_hard_links_too(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def link(*_: object, **__: object) -> None:
        raise OSError(code, "no hard links here")

    monkeypatch.setattr(os, "link", link)
    (tmp_path / "in" / "new").write_text("new", "utf-8")
    assert not folder.place("new", "one")
    assert folder.place("new", "two")
    assert ["one", "two"] == sorted(path.name for path in (tmp_path / "in").iterdir())


def test_a_file_that_another_program_has_open_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A virus scanner looks at what was just written."""
    refusals = [PermissionError(errno.EACCES, "in use")] * 2
    usual = os.replace

    def replace(old: str, new: str, **_: object) -> None:
        if refusals:
            raise refusals.pop()
        usual(old, new)

    monkeypatch.setattr("ogpcase.store.folders.WINDOWS", True)
    monkeypatch.setattr(os, "replace", replace)
    for name in ("old", "new"):
        (tmp_path / name).write_text(name, "utf-8")
    NamedFolder(tmp_path).replace("new", "old")
    assert [] == refusals
    assert "new" == (tmp_path / "old").read_text()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("C:\\cases\\a", "\\\\?\\C:\\cases\\a"),
        ("C:/cases/./a/../b", "\\\\?\\C:\\cases\\b"),
        ("\\\\server\\share\\cases", "\\\\?\\UNC\\server\\share\\cases"),
        ("\\\\?\\C:\\cases", "\\\\?\\C:\\cases"),
    ],
)
def test_a_path_of_windows_may_have_any_length(path: str, expected: str) -> None:
    assert expected == extended(path)


@pytest.mark.parametrize(
    ("tag", "expected"), [(0, False), (0xA000000C, True), (0xA0000003, True), (0x9000001A, False), (0xA000001D, True)]
)
def test_a_junction_is_a_link_and_a_file_in_the_cloud_is_none(tag: int, *, expected: bool) -> None:
    """The tags of a link, a junction, a file that OneDrive fetches, and a link of the Linux in Windows."""
    facts = SimpleNamespace(st_mode=0o100644, st_reparse_tag=tag)
    assert expected is is_link(facts)  # type: ignore[arg-type]  # what Windows says
