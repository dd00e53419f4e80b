"""`ogpcase attach`: a copy is kept, and a source with its digest is named, or nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.store.folders import Folder

Run = Callable[..., CompletedProcess[str]]
LETTER = "arcadia-2023/2023-02-01-letter-ask"
PDF = b"%PDF-1.7\n\xff the letter\n"


@pytest.fixture
def letter(arcadia: Path) -> Path:
    """A paper beside the case folder."""
    (arcadia.parent / "The Letter.PDF").write_bytes(PDF)
    return arcadia


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_an_event_names_a_new_source_with_the_copy(letter: Path, ogpcase: Run) -> None:
    before = snapshot(letter)
    done = ogpcase("attach", LETTER, "The Letter.PDF", "--paper")
    assert (0, "") == (done.returncode, done.stderr)
    event = "arcadia-2023/events/2023-02-01-letter-ask.yaml"
    sources = "arcadia-2023/sources"
    wanted = {
        **before,
        event: before[event] + b"  - the-letter\npaper: the-letter\n",
        f"{sources}/the-letter.pdf": PDF,
        f"{sources}/the-letter.yaml": f"file: sources/the-letter.pdf\nsha256: {sha256(PDF).hexdigest()}\n".encode(),
    }
    assert wanted == snapshot(letter)
    assert f"undo    rm cases/{sources}/the-letter.pdf cases/{sources}/the-letter.yaml\n" in done.stdout
    assert 0 == ogpcase("validate").returncode


def test_the_same_file_twice_changes_nothing(letter: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("attach", LETTER, "The Letter.PDF").returncode
    before = snapshot(letter)
    done = ogpcase("attach", LETTER, "The Letter.PDF")
    assert (0, True) == (done.returncode, "already says so; nothing was written" in done.stdout)
    assert before == snapshot(letter)
    assert 0 == ogpcase("attach", LETTER, "The Letter.PDF", "--paper").returncode
    assert 0 == ogpcase("attach", "2023-04-10-concern", "The Letter.PDF").returncode
    assert ["the-letter.pdf", "the-letter.yaml"] == sorted(
        path.name for path in (letter / "arcadia-2023/sources").iterdir()
    )


def test_a_source_gets_its_copy(letter: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("add-source", "arcadia-2023", "the-letter", "--title", "The letter").returncode
    done = ogpcase("attach", "arcadia-2023/sources/the-letter", "The Letter.PDF")
    assert (0, "") == (done.returncode, done.stderr)
    text = (letter / "arcadia-2023/sources/the-letter.yaml").read_text("utf-8")
    digest = sha256(PDF).hexdigest()
    assert f"title: The letter\nfile: sources/the-letter.pdf\nsha256: {digest}\n" == text
    again = ogpcase("attach", "arcadia-2023/sources/the-letter", "The Letter.PDF")
    assert "already says so" in again.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((LETTER, "nowhere.pdf"), 1, "`nowhere.pdf` cannot be read: no such file or directory"),
        ((LETTER, "cases"), 1, "`cases` is not a plain file"),
        (("open-arcadia", "The Letter.PDF"), 2, "`open-arcadia` is no event and no source"),
        (("arcadia-2023", "The Letter.PDF"), 2, "`arcadia-2023` is no event and no source"),
        ((f"{LETTER}#publish-contracts", "The Letter.PDF"), 2, "is an item of a record"),
        (("arcadia-2023/sources/other", "The Letter.PDF", "--paper"), 2, "--paper says what a source is for an event"),
        (("arcadia-2023/sources/other", "The Letter.PDF"), 1, "its copy is `sources/other.txt` already"),
        (("2023-04-10-concern", "The Letter.PDF", "--paper"), 1, "its paper is `page` already"),
    ],
)
def test_what_cannot_be_attached_is_said_and_nothing_is_written(
    letter: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    Path("other.txt").write_text("other\n", "utf-8")
    assert 0 == ogpcase("add-source", "arcadia-2023", "other", "--source-file", "other.txt").returncode
    assert 0 == ogpcase("add", "2023-04-10-concern", "sources", "{id: page, title: A page}").returncode
    assert 0 == ogpcase("set", "2023-04-10-concern", "paper", "page").returncode
    before = snapshot(letter)
    done = ogpcase("attach", *words)
    assert (code, before) == (done.returncode, snapshot(letter)), done.stderr
    assert said in done.stderr


def test_all_is_written_or_nothing(letter: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(letter)

    usual = Folder.place

    def refused(folder: Folder, work: str, name: str) -> bool:
        if name == "the-letter.yaml":
            raise OSError(28, "No space left on device")
        return usual(folder, work, name)

    monkeypatch.setattr(Folder, "place", refused)
    done = ogpcase("attach", LETTER, "The Letter.PDF")
    assert (1, before) == (done.returncode, snapshot(letter))
    assert "nothing was changed" in done.stderr


def test_a_dry_run_names_the_copy(letter: Path, ogpcase: Run) -> None:
    before = snapshot(letter)
    done = ogpcase("attach", LETTER, "The Letter.PDF", "--dry-run")
    assert "copy The Letter.PDF to cases/arcadia-2023/sources/the-letter.pdf" == done.stdout.splitlines()[0]
    assert before == snapshot(letter)


def test_the_same_bytes_under_another_name_are_kept_once(arcadia: Path, ogpcase: Run) -> None:
    for name in ("a.txt", "b.txt"):
        Path(name).write_text("the same\n", "utf-8")
    assert 0 == ogpcase("attach", "arcadia-2023/2023-02-01-letter-ask", "a.txt").returncode
    sources = arcadia / "arcadia-2023/sources"
    assert ["a.txt", "a.yaml"] == sorted(path.name for path in sources.iterdir())
    assert 0 == ogpcase("attach", "arcadia-2023/2023-04-10-concern", "b.txt").returncode
    given = ("--title", "T", "--dated", "2023-02-03", "--senders", "open-arcadia", "--source-file", "b.txt")
    assert 0 == ogpcase("add-event", "arcadia-2023", "letter", *given).returncode
    assert ["a.txt", "a.yaml"] == sorted(path.name for path in sources.iterdir())
    assert 0 == ogpcase("add-source", "arcadia-2023", "page", "--title", "A page").returncode
    done = ogpcase("attach", "arcadia-2023/sources/page", "a.txt")
    assert ("error: `a` has this very file\n  look at it: ogpcase show arcadia-2023/sources/a\n") == done.stderr
    assert (1, True) == (done.returncode, "file:" not in (sources / "page.yaml").read_text("utf-8"))


def test_a_record_with_a_byte_order_mark_gets_a_paper(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / "arcadia-2023/events/2023-02-01-letter-ask.yaml"
    letter.write_bytes(b"\xef\xbb\xbf" + letter.read_bytes())
    Path("a.txt").write_text("a\n", "utf-8")
    done = ogpcase("attach", "arcadia-2023/2023-02-01-letter-ask", "a.txt", "--paper")
    assert 0 == done.returncode, done.stderr
    assert b"\npaper: a\n" in letter.read_bytes()
