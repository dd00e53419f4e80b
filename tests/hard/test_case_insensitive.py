"""An NTFS volume that takes `A` for `a` and refuses what Windows refuses: the same files, or a clear message."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import mkdtemp

import pytest
from tests.hard.commands import COMMANDS, EDITOR, files_in

DRIVER = shutil.which("lowntfs-3g")
Run = Callable[..., CompletedProcess[str]]
pytestmark = [
    pytest.mark.posix,
    pytest.mark.skipif(DRIVER is None, reason="`lowntfs-3g` mounts such a volume, and is not here"),
]


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A new volume, mounted; skipped where mounting is not allowed."""
    image, at = tmp_path_factory.mktemp("image") / "image", tmp_path_factory.mktemp("volume")
    image.write_bytes(b"")
    os.truncate(image, 32 * 1024 * 1024)
    subprocess.run(["mkntfs", "--force", "--fast", "--quiet", image], check=True, capture_output=True)
    assert DRIVER is not None
    mount = [DRIVER, str(image), str(at), "-o", "ignore_case,windows_names,permissions"]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    yield at
    subprocess.run(["umount", "--lazy", str(at)], check=True)


@pytest.fixture
def here(volume: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that was never there before: the driver does not find again what was removed and made anew."""
    folder = Path(mkdtemp(dir=volume, prefix="a"))
    before = Path.cwd()
    monkeypatch.chdir(folder)
    yield folder
    monkeypatch.chdir(before)  # a folder in use cannot be unmounted


def test_the_volume_is_what_it_should_be(here: Path) -> None:
    (here / "a").touch()
    assert (here / "A").exists()
    for name in ("con", "x.", "a:b"):
        with pytest.raises(OSError, match="Invalid argument"):
            (here / name).touch()


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_writes_the_same_files_as_elsewhere(
    name: str, here: Path, tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", EDITOR)
    command = COMMANDS[name]
    written = []
    for folder in (here / "trial", tmp_path / "trial"):
        command.prepare(folder)
        monkeypatch.chdir(folder)
        done = ogpcase(*command.words)
        assert 0 == done.returncode, done.stderr
        written.append({path.lower(): data for path, data in files_in(folder).items()})  # so the driver lists them
    assert written[0] == written[1]


def test_names_that_differ_only_in_case_are_one_name(here: Path, ogpcase: Run) -> None:
    """What has the name already, in letters of whatever case, is not written over."""
    COMMANDS["add-party"].prepare(here)
    parties, kept = here / "cases/parties", here / "cases/arcadia-2023/sources"
    kept.mkdir(exist_ok=True)
    (parties / "SFP.yaml").write_text("name: First\nclassification: other\n", "utf-8")
    (kept / "LETTER.txt").write_text("other words", "utf-8")
    (here / "Letter.TXT").write_text("words", "utf-8")
    done = ogpcase("add-party", "sfp", "--name", "Second", "--classification", "other")
    assert (1, True) == (done.returncode, "a party `sfp` already exists" in done.stderr)
    done = ogpcase("rename", "open-arcadia", "sfp")
    assert (1, True) == (done.returncode, "`sfp` is taken" in done.stderr)
    assert "name: First" in (parties / "sfp.yaml").read_text("utf-8")
    assert (
        0 == ogpcase("add-source", "arcadia-2023", "letter", "--title", "T", "--source-file", "Letter.TXT").returncode
    )
    assert ("other words", "words") == ((kept / "letter.txt").read_text(), (kept / "letter-2.txt").read_text())


def test_what_windows_refuses_is_refused_before_it_is_written(here: Path, ogpcase: Run) -> None:
    COMMANDS["add-party"].prepare(here)
    before = files_in(here)
    for words in (
        ("add-party", "con", "--name", "Con", "--classification", "other"),
        ("rename", "open-arcadia", "nul"),
        ("rename", "arcadia-2023", "com1"),
        ("add-source", "arcadia-2023", "aux", "--title", "T", "--url", "https://example.org/aux"),
    ):
        done = ogpcase(*words)
        assert 0 != done.returncode
        assert "is a name that Windows reserves for a device" in done.stderr + done.stdout
    assert before == files_in(here)
