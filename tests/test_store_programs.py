"""Programs are found on PATH, never in the current folder; a setting such as EDITOR is split as the system does it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogpcase.store import system
from ogpcase.store.system import command_words, installed


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The names of Windows on the paths of this system; the current folder is on PATH, as Windows always has it."""
    monkeypatch.setattr(system, "WINDOWS", True)
    monkeypatch.setenv("PATHEXT", ".EXE:.CMD")
    monkeypatch.setenv("PATH", f".:{tmp_path / 'bin'}")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "bin"


def test_no_program_of_the_current_folder_is_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "git")
    monkeypatch.chdir(tmp_path)
    for path in (".", "", f".:{tmp_path.name}"):
        monkeypatch.setenv("PATH", path)
        assert installed("git") is None
    monkeypatch.setenv("PATH", f".:{tmp_path}")
    assert str(tmp_path / "git") == installed("git")


def test_a_program_of_windows_is_found_by_its_endings(windows: Path, tmp_path: Path) -> None:
    """VS Code's folder has `code`, which is no program there, beside `code.CMD`."""
    program(tmp_path / "here" / "code.EXE")
    program(windows / "code")
    expected = program(windows / "code.CMD")
    assert [expected, expected] == [installed("code"), installed("code.CMD")]
    assert installed("vi") is None


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("code --wait", "{bin}/code.CMD --wait t.yaml"),
        ("code", "{bin}/code.CMD t.yaml"),
        ('"{bin}/Notepad++/np.EXE" -multiInst "a b"', '"{bin}/Notepad++/np.EXE" -multiInst "a b" t.yaml'),
        ("{bin}/My Editor/ed.EXE", '"{bin}/My Editor/ed.EXE" t.yaml'),
        ("C:\\x\\ed.exe -n", None),
        ('"unclosed', None),
        ("", None),
    ],
)
def test_each_program_of_windows_splits_its_own_line(windows: Path, command: str, expected: str | None) -> None:
    for name in ("code.CMD", "Notepad++/np.EXE", "My Editor/ed.EXE"):
        program(windows / name)
    if expected is None:
        with pytest.raises(FileNotFoundError):
            command_words(command, "t.yaml")
        return
    line = expected.format(bin=windows).replace(f'"{windows}/Notepad++/np.EXE"', f"{windows}/Notepad++/np.EXE")
    assert line == command_words(command.format(bin=windows), "t.yaml")


def test_a_file_with_a_blank_is_one_word(windows: Path) -> None:
    expected = program(windows / "ed.EXE")
    assert f'{expected} "a b.yaml"' == command_words("ed", "a b.yaml")


@pytest.mark.posix
def test_elsewhere_words_are_those_of_a_shell() -> None:
    assert ["vim", "-c", "set tw=80", "t.yaml"] == command_words("vim -c 'set tw=80'", "t.yaml")
    with pytest.raises(ValueError, match="quot"):
        command_words("vim 'x", "t.yaml")
