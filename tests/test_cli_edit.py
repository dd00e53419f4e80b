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


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("dated: yesterday morning", "error: the edited record:3:8: cannot read the date `yesterday morning`"),
        ("sendrs: [open-arcadia]", "refused: this change would bring 2 errors; nothing was written\n"),
    ],
)
def test_a_refused_text_is_kept_and_the_command_printed_goes_on(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None], change: str, said: str
) -> None:
    before = text_of(arcadia)
    editor(f"sed -i 's/^dated: .*/{change}/; s/in 2022/in 2021/' \"$1\"")
    done = ogpcase("edit", LETTER)
    assert (1, before) == (done.returncode, text_of(arcadia))
    assert said in done.stderr
    found = re.search(r"your text is kept: go on with ogpcase (edit \S+ --from (\S+))\n", done.stderr)
    assert found is not None
    assert 0o700 == Path(found[2]).parent.stat().st_mode & 0o777
    editor("sed -i '3s/.*/dated: 2023-02-01/' \"$1\"")
    again = ogpcase(*shlex.split(found[1]))
    assert (0, "") == (again.returncode, again.stderr)
    assert before.replace(b"in 2022", b"in 2021") == text_of(arcadia)
    assert not Path(found[2]).parent.exists()


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
    found = re.search(r"your text is kept in (\S+): open the record again, .*: ogpcase edit (\S+)\n", done.stderr)
    assert found is not None
    assert LETTER == found[2]
    assert Path(found[1]).read_bytes() == before + b"# mine\n"
    editor("true")
    done = ogpcase("edit", LETTER, "--from", found[1])
    assert (1, before + b"# theirs\n") == (done.returncode, text_of(arcadia))
    assert (
        f"error: `cases/{FILE}` changed since this text was begun; nothing was written\n    + # theirs\n"
        f"  open the record again, and put your lines in: ogpcase edit {LETTER}\n"
        f"  your text stays in {found[1]}\n"
    ) == done.stderr
    assert Path(found[1]).exists()


def test_what_a_colleague_writes_between_a_refusal_and_going_on_stays(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None]
) -> None:
    before = text_of(arcadia)
    editor("sed -i 's/^kind: .*/kind: leter/' \"$1\"")
    found = re.search(r"--from (\S+)\n", ogpcase("edit", LETTER).stderr)
    assert found is not None
    (arcadia / FILE).write_bytes(before.replace(b"in 2022", b"in 2020"))
    editor("sed -i 's/^kind: .*/kind: letter/' \"$1\"")
    done = ogpcase("edit", LETTER, "--from", found[1])
    assert (1, before.replace(b"in 2022", b"in 2020")) == (done.returncode, text_of(arcadia))
    assert "  + " in done.stderr
    assert "sealed in 2020." in done.stderr


def test_an_editor_that_returns_at_once_keeps_its_file(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None]
) -> None:
    """A window of a graphical editor may still have it open."""
    editor("true")
    done = ogpcase("edit", LETTER)
    assert (0, f"cases/{FILE} already says so; nothing was written\n") == (done.returncode, done.stdout)
    assert "the editor returned at once, and nothing has changed\n" in done.stderr
    found = re.search(r"go on with ogpcase edit (\S+) --from (\S+)\n", done.stderr)
    assert found is not None
    assert (LETTER, text_of(arcadia)) == (found[1], Path(found[2]).read_bytes())
    Path(found[2]).write_bytes(text_of(arcadia) + b"# saved later\n")
    done = ogpcase("edit", LETTER, "--from", found[2])
    assert (0, True) == (done.returncode, text_of(arcadia).endswith(b"# saved later\n"))
    assert not Path(found[2]).exists()


def test_after_a_longer_look_nothing_is_kept(arcadia: Path, ogpcase: Run, editor: Callable[..., None]) -> None:
    editor('echo "$1" > seen', "sleep 1.1")
    done = ogpcase("edit", LETTER)
    said = f"cases/{FILE} already says so; nothing was written\n"
    assert (0, said, "") == (done.returncode, done.stdout, done.stderr)
    assert not Path((arcadia.parent / "seen").read_text().strip()).exists()


def test_dates_and_names_are_taken_as_people_type_them(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None]
) -> None:
    before = text_of(arcadia).replace(b"kind: letter", b"# note\nkind:  letter   # kept")
    (arcadia / FILE).write_bytes(before)
    typed = "s/^dated: .*/dated: 2 February 2023/; s/  - government-of-arcadia/  - Government of Arcadia/"
    editor(f"sed -i '{typed}' \"$1\"")
    done = ogpcase("edit", LETTER)
    assert (0, "") == (done.returncode, done.stderr)
    new = text_of(arcadia, FILE.replace("02-01", "02-02"))
    alias = b"aliases: [2023-02-01-letter-ask]\n"
    assert before.replace(b"dated: 2023-02-01", b"dated: 2023-02-02") == new.replace(alias, b"")


def test_a_word_that_means_nothing_and_was_there_before_is_left_alone(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None]
) -> None:
    old = text_of(arcadia).replace(b"  - government-of-arcadia\n", b"  - nobody-known\n")
    (arcadia / FILE).write_bytes(old)
    editor("echo '# a note' >> \"$1\"")
    assert 0 == ogpcase("edit", LETTER).returncode
    assert old + b"# a note\n" == text_of(arcadia)
    editor("sed -i 's/  - nobody-known/  - another-unknown/' \"$1\"")
    done = ogpcase("edit", LETTER)
    assert (1, True) == (done.returncode, "the edited record:7:5: no party is called `another-unknown`" in done.stderr)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_record_in_another_encoding_can_be_mended(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None], encoding: str
) -> None:
    mended = text_of(arcadia).replace(b"Open Arcadia asks", "Open Arcadia pidió".encode())
    (arcadia / FILE).write_bytes(mended.decode().encode(encoding))
    (arcadia.parent / "mended").write_bytes(mended)
    editor(f"cp '{arcadia.parent}/mended' \"$1\"")
    done = ogpcase("edit", LETTER)
    assert (0, mended) == (done.returncode, text_of(arcadia)), done.stderr


def test_a_public_copy_is_refused_before_the_editor_opens(
    arcadia: Path, ogpcase: Run, editor: Callable[..., None]
) -> None:
    (arcadia / "ogpcase.yaml").write_text("format: 2\npublic_copy: true\n", "utf-8")
    editor("touch opened")
    for words in (("edit", LETTER), ("add-event", "arcadia-2023", "letter", "--edit"), ("add-party", "x", "--edit"),
                  ("add-source", "arcadia-2023", "x", "--edit"), ("open-case", "x-2024", "--edit")):  # fmt: skip
        done = ogpcase(*words)
        assert (1, False) == (done.returncode, (arcadia.parent / "opened").exists())
        assert "is a public copy" in done.stderr


def test_a_dry_run_prints_the_change(arcadia: Path, ogpcase: Run, editor: Callable[..., None]) -> None:
    before = text_of(arcadia)
    editor("echo '# a note' >> \"$1\"")
    done = ogpcase("edit", LETTER, "--dry-run")
    assert (0, before) == (done.returncode, text_of(arcadia))
    assert "+# a note\n" in done.stdout
