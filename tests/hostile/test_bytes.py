"""Hostile files, by their bytes: each is named with its line and its code in every format, and the rest is judged.

The rows are those of the threat list, in our words; what else holds them is in README.md here.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.hostile.folders import FORMATS, Row, file_of, folder_of, judged, letter
from tests.hostile.mutating import Record, corpus
from tests.hostile.oracles import hold
from tests.hostile.program import EVENTS, keeps_its_word, run, with_neighbour

from ogpcase.yamltree.limits import LARGEST

PLAIN = letter()
TEXT = PLAIN.decode()
ROWS = (
    # row, bytes, code, line
    Row("no bytes", b"", "OC126", 1),
    Row("only comments", b"# a\n# b\n", "OC126", 1),
    Row("only blank lines", b"\n \n\n", "OC126", 1),
    Row("only a document mark", b"---\n", "OC126", 1),
    Row("null alone", b"null\n", "OC209", 1),
    Row("a number alone", b"7\n", "OC209", 1),
    Row("a list on top", b"- kind: letter\n", "OC209", 1),
    Row("NUL", PLAIN.replace(b"A letter", b"A\0letter"), "OC104", 2),
    Row("NUL alone", b"\0" * 4096, "OC104", 1),
    Row("ESC", PLAIN.replace(b"A letter", b"A \x1b[2J"), "OC104", 2),
    Row("DEL", PLAIN.replace(b"A letter", b"A \x7f"), "OC104", 2),
    Row("C1", TEXT.replace("A letter", "A \x9b31m").encode(), "OC104", 2),
    Row("VT and FF", PLAIN.replace(b"A letter", b"A \x0b\x0c"), "OC104", 2),
    Row("a noncharacter", TEXT.replace("A letter", "A \ufffe").encode(), "OC104", 2),
    Row("BOM of UTF-8", b"\xef\xbb\xbf" + PLAIN, "OC103", 1),
    Row("BOM inside", TEXT.replace("A letter", "A\ufeffletter").encode(), "OC125", 2),
    Row("UTF-16 with BOM, little", b"\xff\xfe" + TEXT.encode("utf-16-le"), "OC102", 1),
    Row("UTF-16 with BOM, big", b"\xfe\xff" + TEXT.encode("utf-16-be"), "OC102", 1),
    Row("UTF-16 without BOM", TEXT.encode("utf-16-le"), "OC102", 1),
    Row("UTF-32 with BOM", TEXT.encode("utf-32"), "OC102", 1),
    Row("UTF-32 without BOM", TEXT.encode("utf-32-be"), "OC104", 1),
    Row("Latin-1", TEXT.replace("A letter", "Á letter").encode("latin-1"), "OC102", 2),
    Row("a lone continuation byte", PLAIN.replace(b"A letter", b"A \x80"), "OC102", 2),
    Row("an overlong form", PLAIN.replace(b"A letter", b"A \xc0\xaf"), "OC102", 2),
    Row("half of a pair as UTF-8", PLAIN.replace(b"A letter", b"A \xed\xa0\x80"), "OC102", 2),
    Row("beyond the last character", PLAIN.replace(b"A letter", b"A \xf4\x90\x80\x80"), "OC102", 2),
    Row("a character cut at the end", PLAIN[:-1] + b"\xc3", "OC102", 5),
    Row("gzip", gzip.compress(PLAIN, mtime=0), "OC102", 1),
    Row("a lone CR", PLAIN.replace(b"\n", b"\r", 1), "OC105", 1),
    Row("CR alone", PLAIN.replace(b"\n", b"\r"), "OC105", 1),
    Row("CRLF and LF", PLAIN.replace(b"\n", b"\r\n", 2), "OC105", 1),
    Row("NEL", TEXT.replace("A letter", "A\x85letter").encode(), "OC124", 2),
    Row("LS", TEXT.replace("A letter", "A\u2028letter").encode(), "OC124", 2),
    Row("PS", TEXT.replace("A letter", "A\u2029letter").encode(), "OC124", 2),
    Row("an override", TEXT.replace("A letter", "A \u202eletter").encode(), "OC106", 2),
    Row("an isolate left open", TEXT.replace("A letter", "A \u2067letter").encode(), "OC106", 2),
    Row("a direction mark", TEXT.replace("A letter", "A \u200fletter").encode(), "OC127", 2),
    Row("zero width", TEXT.replace("A letter", "A\u200bletter").encode(), "OC125", 2),
    Row("a tag character", TEXT.replace("A letter", "A \U000e0041").encode(), "OC125", 2),
    Row("a soft hyphen", TEXT.replace("A letter", "A let\xadter").encode(), "OC125", 2),
    Row("a tab", PLAIN.replace(b"title: A", b"title:\tA"), "OC119", 2),
    Row("no line end at the end", PLAIN[:-1], "OC123", 5),
    Row("conflict markers", PLAIN + b"<<<<<<< HEAD\nbasis: a\n=======\nbasis: b\n>>>>>>> x\n", "OC117", 6),
    Row("conflict markers inside a block", letter(summary="|\n  a\n  <<<<<<< HEAD\n  b"), "OC117", 8),
    Row("a line of 250,000 characters", letter(notafield="x" * 250_000), "OC202", 6),
    Row("a key of 2,000 characters", letter(**{"k" * 2000: "x"}), "OC101", 6),
    Row("a byte more than is read", PLAIN + b"#" * (LARGEST - len(PLAIN)) + b"\n", "OC114", 1),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("bytes"), ROWS)


@pytest.mark.parametrize("form", FORMATS)
def test_each_is_named_with_its_line_in_every_format(folder: Path, form: str) -> None:
    _, found = judged(folder, form)
    missed = [
        (row.row, row.code, row.line, found.get(file_of(number)))
        for number, row in enumerate(ROWS)
        if (row.code, row.line) not in found.get(file_of(number), ())
    ]
    assert [] == missed


@pytest.mark.parametrize("words", [("timeline", "arcadia-2023"), ("show", "2023-02-02-letter-row-1"), ("list",)])
def test_reading_commands_name_what_they_could_not_read(folder: Path, words: tuple[str, ...]) -> None:
    done = run(folder, *words)
    keeps_its_word(done, codes=(1,))
    assert "letter-row-0" in done.err or "letter-row-1" in done.err or words == ("list",)


def test_a_record_of_exactly_the_largest_size_is_judged_and_one_byte_more_is_not(tmp_path: Path) -> None:
    """On both sides of the limit; beyond it nothing else is said of the file, for nothing of it was parsed."""
    cases = with_neighbour(tmp_path)
    start = letter(notafield="x")
    for name, size in (("full", LARGEST), ("over", LARGEST + 1), ("huge", 1 << 30)):
        with (cases / EVENTS / f"2023-02-02-letter-{name}.yaml").open("wb") as file:
            file.write(start)
            file.write(b"#" * (min(size, LARGEST + 1) - len(start) - 1) + b"\n")
            file.truncate(size)
    _, found = judged(tmp_path, "concise")
    codes = {name: sorted(code for code, _ in found[f"{EVENTS}/2023-02-02-letter-{name}.yaml"])
             for name in ("full", "over", "huge")}  # fmt: skip
    assert {"full": ["OC202", "OC501"], "over": ["OC114"], "huge": ["OC114"]} == codes


def test_a_record_may_be_cut_anywhere() -> None:
    """Each beginning of a record is refused, flawed or a record; none stops the run.

    What ends with a line end may be sound: only a comparison with git can tell that more was there.
    """
    whole = max((each for each in corpus() if "arcadia" in each.file), key=lambda each: len(each.data))
    for end in range(len(whole.data)):
        told = hold(Record(whole.file, whole.data[:end]), judging=end % 50 == 0)
        if not whole.data[:end].endswith(b"\n"):
            assert "refused" == told, end
