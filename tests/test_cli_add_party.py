"""`ogpcase add-party`: a party, found by its names from then on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]
GIVEN = ("--name", "Open Gate, the Association", "--classification", "civil_society")


def test_a_party_is_written_and_found_by_any_name(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("add-party", "open-gate", *GIVEN, "--other-name", "Pordo Malfermita", "--other-name", "OG, Ltd",
                   "--country", "XA", "--part-of", "Open Arcadia", "--link", "{url: https://example.org/gate}",
                   "--identifier", "{scheme: register, identifier: R-12}")  # fmt: skip
    assert 0 == done.returncode, done.stderr
    file = "cases/parties/open-gate.yaml"
    assert f"wrote   {file}\nundo    rm {file}\n" == done.stdout
    assert (
        "name: Open Gate, the Association\nother_names:\n  - Pordo Malfermita\n  - OG, Ltd\n"
        "classification: civil_society\n"
        "country: XA\npart_of: [open-arcadia]\nidentifiers:\n  - scheme: register\n    identifier: R-12\n"
        "links:\n  - url: https://example.org/gate\n"
    ) == (arcadia / "parties" / "open-gate.yaml").read_text()
    shown = ogpcase("show", "og, ltd").stdout.splitlines()
    assert ["Open Gate, the Association", "open-gate · Civil society · XA"] == shown[1:3]


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
        (("Open Gate", *GIVEN), 2, "  a name goes into an option: ogpcase add-party --name 'Open Gate' open-gate\n"),
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


TAKEN = ("--name", "OPÉN  arcadia", "--classification", "media")


@pytest.mark.parametrize("more", [(), ("--dry-run",)], ids=["written", "dry"])
def test_a_taken_name_is_refused_with_the_party_that_has_it(arcadia: Path, ogpcase: Run, more: tuple[str, ...]) -> None:
    done = ogpcase("add-party", "open-media", *TAKEN, *more)
    assert (1, "") == (done.returncode, done.stdout)
    assert (
        "error: `open-arcadia` has the name `OPÉN  arcadia` already; nothing was written\n"
        "  if it is the same, use it: open-arcadia\n"
        "  if it is another, add --same-name\n"
    ) == done.stderr
    assert not (arcadia / "parties" / "open-media.yaml").exists()


def test_a_taken_other_name_and_a_taken_id_are_refused_too(arcadia: Path, ogpcase: Run) -> None:
    for name in ("Open Arcadia", "open-arcadia"):
        done = ogpcase("add-party", "open-gate", *GIVEN, "--other-name", "Gate", "--other-name", name)
        assert (1, True) == (done.returncode, f"`open-arcadia` has the name `{name}` already" in done.stderr)
    assert not (arcadia / "parties" / "open-gate.yaml").exists()


def test_another_party_of_the_same_name_can_be_added(arcadia: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("add-party", "open-media", *TAKEN, "--same-name").returncode
    assert 'name: "OPÉN  arcadia"\n' in (arcadia / "parties" / "open-media.yaml").read_text()


@pytest.mark.parametrize(("answer", "said"), [("no", "wrote "), ("yes", "use it: open-"), ("", "use it: open-")])
def test_a_taken_name_is_asked_about_at_a_terminal(
    arcadia: Path, terminal: Callable[..., pexpect.spawn[str]], answer: str, said: str
) -> None:
    child = terminal("add-party", "open-media", *TAKEN)
    child.expect_exact("same name: `open-arcadia` has the name `OPÉN arcadia` already")
    child.sendline(answer)
    child.expect_exact(said)
    child.expect(pexpect.EOF)
    assert (said == "wrote ") == (arcadia / "parties" / "open-media.yaml").exists()


def test_a_new_party_with_a_taken_name_is_refused(arcadia: Path, ogpcase: Run) -> None:
    letter = ("add-event", "letter", "--title", "T", "--dated", "2023-02-05", "--senders", "open-arcadia")
    done = ogpcase(*letter, "--new-party", "{id: open-media, name: Open Arcadia, classification: media}")
    assert (1, False) == (done.returncode, (arcadia / "parties" / "open-media.yaml").exists())
    assert "`open-arcadia` has the name `Open Arcadia` already" in done.stderr
    assert "  if it is another, add it first: ogpcase add-party open-media … --same-name\n" in done.stderr
    twice = "{name: Records, classification: government}", "{id: records-2, name: Records, classification: government}"
    done = ogpcase(*letter, "--new-party", twice[0], "--new-party", twice[1])
    assert (1, True) == (done.returncode, "`records` has the name `Records` already" in done.stderr)


def test_a_name_in_a_party_that_cannot_be_read_is_taken(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "parties/broken.yaml").write_text("name: Óffice of Records\nclassification: [\n", "utf-8")
    done = ogpcase("add-party", "records", "--name", "Office of records", "--classification", "government")
    assert (1, False) == (done.returncode, (arcadia / "parties/records.yaml").exists())
    assert "`broken` has the name `Office of records` already" in done.stderr


def test_a_name_that_windows_reserves_is_said_to_be_one(arcadia: Path, ogpcase: Run) -> None:
    before = {*arcadia.rglob("*")}
    for verb in ("add-party", "open-case"):
        done = ogpcase(verb, "aux")
        assert (2, before) == (done.returncode, {*arcadia.rglob("*")})
        assert "`aux` is a name that Windows reserves for a device" in done.stderr
