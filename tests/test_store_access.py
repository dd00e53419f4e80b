"""Who may use a written file: a new one as the mask and the folder's group say, a replaced one as before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import mkdtemp

import pytest

from ogpcase.store.layout import Root, root_at
from ogpcase.store.save import create, replace

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
LETTER = f"{CASE}/events/2023-02-01-letter-ask.yaml"
NEW = f"{CASE}/events/2023-05-02-statement.yaml"
GROUP, NOBODY = 54321, 65534
"""A group that no process is in, and a user with no rights."""

pytestmark = pytest.mark.posix
as_root = pytest.mark.skipif(
    getattr(os, "geteuid", int)() != 0, reason="only root may give a file to any group, or become another user"
)


@contextmanager
def masked(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o7777


def add_statement(ogpcase: Run) -> CompletedProcess[str]:
    return ogpcase(
        "add-event", CASE, "statement", "--dated", "2023-05-02", "--title", "Said", "--issued-by", "open-arcadia",
        "--new-party", "{name: Press of Arcadia, classification: media}", "--source", "https://example.org/said",
    )  # fmt: skip


def open_next(ogpcase: Run) -> CompletedProcess[str]:
    return ogpcase(
        "open-case", "arcadia-2026", "--title", "Next", "--subject", "government-of-arcadia", "--country", "BO",
        "--policy-version", "2017",
    )  # fmt: skip


@pytest.mark.parametrize(("mask", "modes"), [(0o002, (0o664, 0o775)), (0o022, (0o644, 0o755)), (0o077, (0o600, 0o700))])
def test_new_files_and_folders_have_what_the_mask_leaves(
    ogpcase: Run, arcadia: Path, tmp_path: Path, mask: int, modes: tuple[int, int]
) -> None:
    """One alone, several together, and those of `init` and of a public copy."""
    with masked(mask):
        for done in (
            ogpcase("publish", str(tmp_path / "copy"), "--yes"),
            add_statement(ogpcase),
            open_next(ogpcase),
            ogpcase("init", str(tmp_path / "fresh")),
        ):
            assert 0 == done.returncode, done.stderr

    fresh, copy = tmp_path / "fresh" / "cases", tmp_path / "copy" / "cases"
    files = (arcadia / NEW, arcadia / "parties/press-of-arcadia.yaml", arcadia / "arcadia-2026/case.yaml",
             fresh / "README.md", fresh / "parties/ogp.yaml", copy / LETTER)  # fmt: skip
    folders = (arcadia / "arcadia-2026", fresh, fresh / "parties", copy, copy / CASE)
    assert [modes[0]] * len(files) + [modes[1]] * len(folders) == [mode(path) for path in (*files, *folders)]


@as_root
def test_a_new_file_has_the_group_of_a_folder_that_hands_it_on(ogpcase: Run, arcadia: Path) -> None:
    for folder in (arcadia, *(path for path in arcadia.rglob("*") if path.is_dir())):
        os.chown(folder, -1, GROUP)
        folder.chmod(0o2775)

    with masked(0o002):
        assert 0 == add_statement(ogpcase).returncode
        assert 0 == open_next(ogpcase).returncode

    made = [arcadia / NEW, arcadia / "parties/press-of-arcadia.yaml", arcadia / "arcadia-2026/case.yaml"]
    assert [(0o664, GROUP)] * 3 == [(mode(path), path.stat().st_gid) for path in made]
    assert (0o2775, GROUP) == (mode(arcadia / "arcadia-2026"), (arcadia / "arcadia-2026").stat().st_gid)


@pytest.mark.parametrize("kept", [0o600, 0o640, 0o664])
@pytest.mark.parametrize(
    ("words", "now"),
    [
        (("set", f"{CASE}/2023-02-01-letter-ask", "summary", "In short."), LETTER),
        (("rename", f"{CASE}/2023-02-01-letter-ask", "2023-02-01-letter-first"), LETTER.replace("ask", "first")),
        (("rename", CASE, "arcadia-2022"), LETTER.replace(CASE, "arcadia-2022")),
    ],
)
def test_a_changed_file_keeps_its_permissions_whatever_the_mask(
    ogpcase: Run, arcadia: Path, words: tuple[str, ...], now: str, kept: int
) -> None:
    (arcadia / LETTER).chmod(kept)
    if os.geteuid() == 0:
        os.chown(arcadia / LETTER, -1, GROUP)
    group = (arcadia / LETTER).stat().st_gid

    with masked(0o027):
        done = ogpcase(*words)

    assert (0, "") == (done.returncode, done.stderr)
    assert (kept, group) == (mode(arcadia / now), (arcadia / now).stat().st_gid)


@pytest.fixture
def shared() -> Iterator[Root]:
    """A case folder that everybody may write in, also a user with no rights."""
    top = Path(mkdtemp())
    for folder in (top, top / "cases", top / "cases" / CASE, top / "cases" / CASE / "events"):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777)
    yield root_at(top / "cases", top)
    shutil.rmtree(top)


def as_nobody(action: Callable[[], object]) -> int:
    """Runs an action in a process of a user with no rights, and returns its exit code."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        action()
        code = 0
    finally:
        os._exit(code)


@as_root
@pytest.mark.parametrize(
    ("before", "after"),
    [(0o664, 0o644), (0o640, 0o600), (0o666, 0o666), (0o604, 0o600), (0o646, 0o644)],
)
def test_who_cannot_keep_the_group_gives_nobody_more_than_before(shared: Root, before: int, after: int) -> None:
    """Neither the members of the new group, nor those of the old one, who are now among all others."""
    file = create(shared, LETTER, "kind: letter\n")
    path = shared.path / file
    os.chown(path, NOBODY, GROUP)
    path.chmod(before)

    digest = sha256(b"kind: letter\n").hexdigest()
    assert 0 == as_nobody(lambda: replace(shared, file, "kind: statement\n", digest))

    assert "kind: statement\n" == path.read_text()
    assert (after, NOBODY) == (mode(path), path.stat().st_gid)
