"""`ogpcase add-event --source-file`: copies of papers, pinned, and gone again when the record is refused."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess

Run = Callable[..., CompletedProcess[str]]
LETTER = ("add-event", "arcadia-2023", "letter")
SOUND = ("--title", "A letter", "--dated", "2023-02-05", "--senders", "open-arcadia", "--source", "https://example.org")


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_source_file_is_copied_pinned_and_taken_away_again_when_refused(arcadia: Path, ogpcase: Run) -> None:
    paper = arcadia.parent / "The Letter.PDF"
    paper.write_bytes(b"a letter")
    refused = ogpcase(*LETTER, *SOUND, "--cites", "nothing", "--source-file", paper)
    assert 1 == refused.returncode
    assert 0 == ogpcase(*LETTER, *SOUND, "--source-file", paper, "--dry-run").returncode
    assert not (arcadia / "arcadia-2023" / "sources").exists()
    done = ogpcase(*LETTER, *SOUND, "--source-file", paper, "--departure", "Because")
    assert 0 == done.returncode, done.stderr
    assert b"a letter" == (arcadia / "arcadia-2023" / "sources" / "the-letter.pdf").read_bytes()
    text = (arcadia / "arcadia-2023" / "events" / "2023-02-05-letter.yaml").read_text()
    source = (arcadia / "arcadia-2023" / "sources" / "the-letter.yaml").read_text()
    assert f"file: sources/the-letter.pdf\nsha256: {sha256(b'a letter').hexdigest()}\n" == source
    assert "sources: [example-org, the-letter]\n" in text
    assert "    sources: [example-org, the-letter]\n" in text
    assert "OC5" not in ogpcase("validate").stdout


def test_a_source_file_that_is_not_there_is_named(arcadia: Path, ogpcase: Run) -> None:
    before = files(arcadia)
    done = ogpcase(*LETTER, *SOUND, "--source-file", "nothing.pdf")
    assert (1, before) == (done.returncode, files(arcadia))
    assert "error: `nothing.pdf` cannot be read: no such file or directory\n" == done.stderr


def test_a_copy_of_another_paper_never_takes_the_name_of_the_first(arcadia: Path, ogpcase: Run, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "letter.pdf").write_text(f"letter {number}")
        ogpcase(*LETTER, *SOUND, "--source-file", tmp_path / str(number) / "letter.pdf")
    ogpcase(*LETTER, *SOUND, "--source-file", tmp_path / "1" / "letter.pdf")
    kept = files(arcadia / "arcadia-2023" / "sources")
    copies = {name: data for name, data in kept.items() if name.endswith(".pdf")}
    assert {"letter.pdf": b"letter 1", "letter-2.pdf": b"letter 2"} == copies
    assert {"example-org.yaml", "letter.yaml", "letter-2.yaml"} == kept.keys() - copies.keys()


def test_a_refusal_takes_away_only_what_it_brought(arcadia: Path, ogpcase: Run) -> None:
    Path("kept.txt").write_text("kept")
    Path("new.txt").write_text("new")
    ogpcase(*LETTER, *SOUND, "--source-file", "kept.txt")
    before = files(arcadia)
    done = ogpcase(*LETTER, *SOUND, "--cites", "nothing", "--source-file", "kept.txt", "--source-file", "new.txt")
    assert (1, before) == (done.returncode, files(arcadia))


def test_a_name_that_not_every_system_allows_is_changed(arcadia: Path, ogpcase: Run) -> None:
    for name in ("CON.pdf", "aux.2020.PDF", "nul"):
        Path(name).write_text(name)
        assert 0 == ogpcase(*LETTER, *SOUND, "--source-file", name).returncode
    assert 0 == ogpcase(*LETTER, *SOUND, "--source", "https://example.org/con").returncode
    kept = {name for name in files(arcadia / "arcadia-2023" / "sources") if "example" not in name}
    assert {"con-2.pdf", "con-2.yaml", "aux-2020.pdf", "aux-2020.yaml", "nul-2", "nul-2.yaml", "con-3.yaml"} == kept
    assert "OC22" not in ogpcase("validate").stdout


def test_a_name_that_differs_from_another_only_by_case_is_changed(arcadia: Path, ogpcase: Run) -> None:
    sources = arcadia / "arcadia-2023" / "sources"
    sources.mkdir()
    (sources / "Letter.PDF").write_text("another")
    Path("letter.pdf").write_text("this one")
    assert 0 == ogpcase("add-source", "arcadia-2023", "--source-file", "letter.pdf").returncode
    assert {"Letter.PDF", "letter-2.pdf", "letter-2.yaml"} == files(sources).keys()
    assert "OC22" not in ogpcase("validate").stdout
