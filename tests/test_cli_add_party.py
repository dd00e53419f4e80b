"""`ogpcase add-party`: a party, found by its names from then on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
GIVEN = ("--name", "Open Gate, the Association", "--classification", "civil_society")


def test_a_party_is_written_and_found_by_any_name(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("add-party", "open-gate", *GIVEN, "--other-name", "Pordo Malfermita", "--other-name", "OG, Ltd",
                   "--country", "XA", "--part-of", "Open Arcadia", "--link", "{url: https://example.org/gate}",
                   "--identifier", "{scheme: register, identifier: R-12}")  # fmt: skip
    assert 0 == done.returncode, done.stderr
    assert "wrote   cases/parties/open-gate.yaml\nnext    git add cases/parties/open-gate.yaml\n" == done.stdout
    assert (
        "name: Open Gate, the Association\nother_names:\n  - Pordo Malfermita\n  - OG, Ltd\n"
        "classification: civil_society\n"
        "country: XA\npart_of: [open-arcadia]\nidentifiers:\n  - scheme: register\n    identifier: R-12\n"
        "links:\n  - url: https://example.org/gate\n"
    ) == (arcadia / "parties" / "open-gate.yaml").read_text()
    assert ogpcase("show", "og, ltd").stdout.startswith("Open Gate, the Association\nopen-gate\n")


def test_a_dry_run_writes_nothing(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("add-party", "open-gate", *GIVEN, "--dry-run")
    assert (0, True) == (done.returncode, done.stdout.startswith("name: Open Gate, the Association\n"))
    assert not (arcadia / "parties" / "open-gate.yaml").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("open-arcadia", *GIVEN),
            1,
            "error: a party `open-arcadia` already exists\n  look at it: ogpcase show open-ar",
        ),
        (("Open Gate", *GIVEN), 2, "error: `Open Gate` cannot be a party's id\n"),
        (("open-gate",), 2, "error: missing: --name, --classification\n"),
        (("open-gate", *GIVEN[:2], "--classification", "ngo"), 1, "`ngo` is not one of the values of `classification`"),
        (
            ("open-gate", *GIVEN, "--country", "Arcadia"),
            1,
            "refused: the new record would bring 1 error; nothing was written",
        ),
        (("open-gate", *GIVEN, "--part-of", "nobody"), 1, "error: no party is called `nobody`\n"),
        (("open-gate", *GIVEN, "--identifier", "Q42"), 2, "error: --identifier takes a YAML mapping: "),
    ],
)
def test_what_does_not_fit_is_refused(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    before = {path.name: path.read_bytes() for path in (arcadia / "parties").iterdir()}
    done = ogpcase("add-party", *words)
    assert (code, "") == (done.returncode, done.stdout)
    assert said in done.stderr
    assert before == {path.name: path.read_bytes() for path in (arcadia / "parties").iterdir()}


@pytest.mark.parametrize(
    ("word", "means"), [("unknown", "that a source names nobody"), ("public", "whoever reads a call")]
)
def test_the_words_for_nobody_and_for_everybody_are_no_parties(
    arcadia: Path, ogpcase: Run, word: str, means: str
) -> None:
    """A party of that id would take their references over."""
    done = ogpcase("add-party", word, "--name", "U", "--classification", "other")
    assert (2, True) == (done.returncode, "where a source names nobody, or asks the public" in done.stderr)
    (arcadia / "parties" / f"{word}.yaml").write_text("name: U\nclassification: other\n")
    judged = ogpcase("validate", "--format", "concise")
    assert 1 == judged.returncode
    assert f"error[OC224] `{word}` means in records {means}" in judged.stdout.replace(":", "")
