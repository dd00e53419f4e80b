"""`ogpcase edit`: a record in the user's editor; what is refused is kept, and can be gone on with."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
LETTER = "arcadia-2023/2023-02-01-letter-ask"
FILE = "arcadia-2023/events/2023-02-01-letter-ask.yaml"


@pytest.fixture
def editor(arcadia: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets the commands that the editor runs on its file `$1`."""

    def use(*commands: str) -> None:
        script = arcadia.parent / "editor.sh"
        script.write_text("\n".join(["#!/bin/sh", *commands, ""]), "utf-8")
        script.chmod(0o755)
        monkeypatch.setenv("EDITOR", str(script))

    return use


def text_of(root: Path, file: str = FILE) -> bytes:
    return (root / file).read_bytes()


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_what_is_edited_is_written_and_all_else_stays(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None], newline: bytes
) -> None:
    old = text_of(arcadia).replace(b"kind: letter", b"# note\nkind:  letter   # kept").replace(b"\n", newline)
    (arcadia / FILE).write_bytes(old)
    editor("sed -i 's/sealed in 2022/sealed in 2021/' \"$1\"")
    done = ogpcase("edit", LETTER)
    assert (0, "") == (done.returncode, done.stderr)
    assert old.replace(b"in 2022", b"in 2021") == text_of(arcadia)
    assert (
        "  -     text: Publish the contracts that were sealed in 2022.\n"
        "  +     text: Publish the contracts that were sealed in 2021.\n"
    ) in done.stdout


def test_another_date_renames_the_event(arcadia: Path, ogpcase: Run, editor: Callable[..., None]) -> None:
    editor("sed -i 's/^dated: .*/dated: 2023-02-02/' \"$1\"")
    done = ogpcase("edit", "2023-02-01-letter-ask")
    assert (0, "") == (done.returncode, done.stderr)
    assert b"aliases: [2023-02-01-letter-ask]\n" in text_of(arcadia, FILE.replace("02-01", "02-02"))
    assert 0 == ogpcase("validate").returncode


@pytest.mark.parametrize(
    ("reference", "file"),
    [
        ("arcadia-2023", "arcadia-2023/case.yaml"),
        ("parties/open-arcadia", "parties/open-arcadia.yaml"),
        ("Open Arcadia", "parties/open-arcadia.yaml"),
        (f"{LETTER}#publish-contracts", FILE),
    ],
)
def test_every_record_can_be_edited(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None], reference: str, file: str
) -> None:
    editor("echo '# a note' >> \"$1\"")
    before = text_of(arcadia, file)
    assert 0 == ogpcase("edit", reference).returncode
    assert before + b"# a note\n" == text_of(arcadia, file)


def test_a_refused_text_is_kept_and_the_command_printed_goes_on(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None]
) -> None:
    before = text_of(arcadia)
    editor("sed -i 's/^dated: .*/dated: yesterday morning/; s/in 2022/in 2021/' \"$1\"")
    done = ogpcase("edit", LETTER)
    assert (1, before) == (done.returncode, text_of(arcadia))
    assert "error[OC205]" in done.stderr
    assert "refused: this change would bring 1 error; nothing was written\n" in done.stderr
    found = re.search(r"your text is kept: go on with ogpcase (edit \S+ --from (\S+))\n", done.stderr)
    assert found is not None
    assert 0o700 == Path(found[2]).parent.stat().st_mode & 0o777
    editor("sed -i 's/^dated: .*/dated: 2023-02-01/' \"$1\"")
    again = ogpcase(*shlex.split(found[1]))
    assert (0, "") == (again.returncode, again.stderr)
    assert before.replace(b"in 2022", b"in 2021") == text_of(arcadia)


def test_a_record_that_cannot_be_read_can_be_mended(arcadia: Path, ogpcase: Run, editor: Callable[..., None]) -> None:
    before = text_of(arcadia)
    (arcadia / FILE).write_bytes(before.replace(b"kind: letter", b"kind: [letter"))
    editor("sed -i 's/kind: .letter/kind: letter/' \"$1\"")
    done = ogpcase("edit", LETTER)
    assert (0, "") == (done.returncode, done.stderr)
    assert before == text_of(arcadia)


@pytest.mark.parametrize(
    ("commands", "said"),
    [
        (["printf 'kind: [' > \"$1\""], "error[OC"),
        (["printf '\\377' > \"$1\""], "holds half a character"),
        (['rm "$1"'], "the editor left no file"),
        (["exit 3"], "the editor exited with code 3"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_and_the_record_stays(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None], commands: list[str], said: str
) -> None:
    editor(*commands)
    before = text_of(arcadia)
    done = ogpcase("edit", LETTER)
    assert (1, before) == (done.returncode, text_of(arcadia))
    assert said in done.stderr


def test_a_record_that_changes_meanwhile_is_left_as_it_is_then(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None]
) -> None:
    before = text_of(arcadia)
    editor(f"echo '# theirs' >> cases/{FILE}", "echo '# mine' >> \"$1\"")
    done = ogpcase("edit", LETTER)
    assert (1, before + b"# theirs\n") == (done.returncode, text_of(arcadia))
    assert f"`cases/{FILE}` changed while you edited it; nothing was written" in done.stderr
    assert "your text is kept" in done.stderr


def test_without_a_change_nothing_is_written(arcadia: Path, ogpcase: Run, editor: Callable[..., None]) -> None:
    editor("true")
    done = ogpcase("edit", LETTER)
    assert (0, f"cases/{FILE} already says so; nothing was written\n") == (done.returncode, done.stdout)
    assert arcadia.is_dir()


def test_a_dry_run_prints_the_change(arcadia: Path, ogpcase: Run, editor: Callable[..., None]) -> None:
    before = text_of(arcadia)
    editor("echo '# a note' >> \"$1\"")
    done = ogpcase("edit", LETTER, "--dry-run")
    assert (0, before) == (done.returncode, text_of(arcadia))
    assert "+# a note\n" in done.stdout
