"""`ogpcase merge-parties`: one party of two, in all records, and no fact of either is lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
LETTER = "arcadia-2023/events/2023-02-01-letter-ask.yaml"
TWIN = """\
name: {en: Arcadia Abierta, es: OPEN ARCADIA}
other_names: [AA]
classification: civil_society
part_of: [government-of-arcadia, open-arcadia]
identifiers:
  - scheme: wikidata
    identifier: Q1
links:
  - url: https://example.org/aa
sources:
  - id: page
    title: A page
"""


@pytest.fixture
def twins(arcadia: Path) -> Path:
    """The small case with a second party for the same organisation, which a letter and a party name."""
    (arcadia / "parties/arcadia-abierta.yaml").write_text(TWIN, "utf-8")
    letter = arcadia / LETTER
    text = letter.read_text("utf-8").replace(
        "  - open-arcadia\n", "  - open-arcadia  # as printed\n  - arcadia-abierta\n"
    )
    letter.write_text(text.replace("asked_of: [government-of-arcadia]", "asked_of: [arcadia-abierta]"), "utf-8")
    member = "name: A member\nclassification: other\npart_of: [{party: arcadia-abierta, until: 2020}]\n"
    (arcadia / "parties/member.yaml").write_text(member, "utf-8")
    return arcadia


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_every_reference_names_the_party_that_stays(twins: Path, ogpcase: Run) -> None:
    before = snapshot(twins)
    done = ogpcase("merge-parties", "Arcadia Abierta", "open-arcadia", "--yes")
    assert 0 == done.returncode, done.stderr
    after = snapshot(twins)
    assert not any(b"arcadia-abierta" in text for text in after.values())
    assert before.keys() - after.keys() == {"parties/arcadia-abierta.yaml"}
    letter = after[LETTER].decode()
    assert "senders:\n  - open-arcadia  # as printed\naddressees:" in letter
    assert "asked_of: [open-arcadia]" in letter
    assert b"part_of: [{party: open-arcadia, until: 2020}]" in after["parties/member.yaml"]
    assert 0 == ogpcase("validate").returncode


def test_the_party_that_stays_gets_the_facts_of_the_other(twins: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("merge-parties", "parties/arcadia-abierta", "parties/open-arcadia", "--yes").returncode
    assert (
        "name: Open Arcadia\nother_names: [Arcadia Abierta, AA]\nclassification: civil_society\ncountry: XA\n"
        "part_of: [government-of-arcadia]\n"
        "identifiers:\n  - scheme: wikidata\n    identifier: Q1\nlinks:\n  - url: https://example.org/aa\n"
        "sources:\n  - id: page\n    title: A page\n"
    ) == (twins / "parties/open-arcadia.yaml").read_text("utf-8")
    assert ogpcase("show", "Arcadia Abierta").stdout == ogpcase("show", "open-arcadia").stdout


def test_a_name_as_printed_stays_and_the_same_party_is_listed_once(twins: Path, ogpcase: Run) -> None:
    letter = twins / LETTER
    printed = "  - {party: arcadia-abierta, as_named: The AA}\n"
    letter.write_text(letter.read_text("utf-8").replace("  - arcadia-abierta\n", printed), "utf-8")
    assert 0 == ogpcase("merge-parties", "arcadia-abierta", "open-arcadia", "--yes").returncode
    assert "senders:\n  - {party: open-arcadia, as_named: The AA}\naddressees:" in letter.read_text("utf-8")


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ("classification: media", "classification: civil_society",
         "`classification` (`media` and `civil_society`)"),
        ("classification: civil_society\ncountry: XB", "country: XA", "`country` (`XB` and `XA`)"),
        ("classification: civil_society\nwithhold: {pseudonym: filer-a}", "country: XA",
         "`withhold` (`{pseudonym: filer-a}` and nothing)"),
        ("classification: civil_society\npublish: {because: office}", "country: XA",
         "`publish` (`{because: office}` and nothing)"),
    ],
)  # fmt: skip
def test_parties_that_differ_are_not_merged(twins: Path, ogpcase: Run, mine: str, theirs: str, said: str) -> None:
    file = twins / "parties/arcadia-abierta.yaml"
    file.write_text(TWIN.replace("classification: civil_society", mine), "utf-8")
    assert theirs in (twins / "parties/open-arcadia.yaml").read_text("utf-8")
    before = snapshot(twins)
    done = ogpcase("merge-parties", "arcadia-abierta", "open-arcadia")
    assert (
        f"error: the two differ in {said}; nothing was written\n"
        "  make them say the same first: ogpcase edit parties/arcadia-abierta\n"
    ) == done.stderr
    assert (1, before) == (done.returncode, snapshot(twins))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("arcadia-abierta", "ARCADIA ABIERTA"), 1, "`arcadia-abierta` is one party"),
        (("nobody", "open-arcadia"), 1, "no case, event or party is called `nobody`"),
        (("arcadia-2023", "open-arcadia"), 2, "`arcadia-2023` is not a party"),
        (("arcadia-abierta",), 2, "missing argument `B`"),
    ],
)
def test_what_cannot_be_merged_is_said(twins: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str) -> None:
    before = snapshot(twins)
    done = ogpcase("merge-parties", *words)
    assert (code, before) == (done.returncode, snapshot(twins))
    assert said in done.stderr


def test_a_merging_that_brings_an_error_is_refused(twins: Path, ogpcase: Run) -> None:
    """A government that takes part as the filer of a concern about it contradicts its class."""
    (twins / "parties/arcadia-abierta.yaml").write_text("name: X\nclassification: civil_society\n", "utf-8")
    member = twins / "parties/member.yaml"
    member.write_text("name: M\nclassification: other\npart_of: [open-arcadia]\n", "utf-8")
    whole = twins / "parties/open-arcadia.yaml"
    whole.write_text(whole.read_text("utf-8") + "part_of: [arcadia-abierta]\n", "utf-8")
    before = snapshot(twins)
    done = ogpcase("merge-parties", "arcadia-abierta", "member")
    assert (1, before) == (done.returncode, snapshot(twins))
    assert "nothing was written" in done.stderr


def test_a_file_that_may_name_it_and_cannot_be_read_stands_in_the_way(twins: Path, ogpcase: Run) -> None:
    (twins / "arcadia-2023/events/2023-05-22-letter-notice.yaml").write_text("senders: [arcadia-abierta\n", "utf-8")
    before = snapshot(twins)
    done = ogpcase("merge-parties", "arcadia-abierta", "open-arcadia")
    assert (1, before) == (done.returncode, snapshot(twins))
    assert "may name it, but cannot be read" in done.stderr


def test_a_dry_run_writes_nothing(twins: Path, ogpcase: Run) -> None:
    before = snapshot(twins)
    done = ogpcase("merge-parties", "arcadia-abierta", "open-arcadia", "--dry-run")
    assert (0, before) == (done.returncode, snapshot(twins))
    assert "delete cases/parties/arcadia-abierta.yaml\n" in done.stdout
    assert "+other_names: [Arcadia Abierta, AA]\n" in done.stdout


@pytest.mark.parametrize(
    ("file", "line", "said"),
    [
        ("arcadia-abierta", "withold: {pseudonym: filer-a}", "a party has no field `withold`"),
        ("arcadia-abierta", "withhold:", "`withhold` has no value"),
        ("open-arcadia", "withold: {pseudonym: filer-a}", "a party has no field `withold`"),
        ("arcadia-abierta", "country: arcadia", "`country`"),
    ],
)
def test_a_fault_in_one_of_the_two_stands_in_the_way(
    twins: Path, ogpcase: Run, file: str, line: str, said: str
) -> None:
    """A misspelt `withhold` would be lost with its file, and the name would become public."""
    path = twins / f"parties/{file}.yaml"
    path.write_text(f"{path.read_text('utf-8')}{line}\n".replace("country: XA\ncountry", "country"), "utf-8")
    before = snapshot(twins)
    done = ogpcase("merge-parties", "arcadia-abierta", "open-arcadia", "--yes")
    assert (1, before) == (done.returncode, snapshot(twins))
    assert done.stderr.startswith(f"error: `cases/parties/{file}.yaml` has an error: ")
    assert said in done.stderr.splitlines()[0]
    assert done.stderr.endswith(f"nothing was written\n  fix it first: ogpcase validate cases/parties/{file}.yaml\n")


@pytest.mark.parametrize(
    ("mine", "theirs", "said"),
    [
        ("identifiers: [{scheme: wikidata, identifier: Q1}]", "identifiers: [{scheme: wikidata, identifier: Q2}]",
         "`identifiers` (`{scheme: wikidata, identifier: Q1}` and `{scheme: wikidata, identifier: Q2}`)"),
        ("part_of: [government-of-arcadia]", "part_of: [{party: government-of-arcadia, until: 2017}]",
         "`part_of` (`{party: government-of-arcadia}` and `{party: government-of-arcadia, until: 2017}`)"),
        ("links: [{url: https://a.example, title: A}]", "links: [{url: https://a.example, title: B}]",
         '`links` (`{url: "https://a.example", title: A}` and `{url: "https://a.example", title: B}`)'),
        ("identifiers: [{scheme: wikidata, identifier: Q1}]",
         "identifiers: [{scheme: wikidata, identifier: Q1}, {scheme: wikidata, identifier: Q2}]", ""),
        ("part_of: [government-of-arcadia]", "part_of: government-of-arcadia", ""),
    ],
)  # fmt: skip
def test_items_of_lists_that_contradict_each_other_are_named(
    arcadia: Path, ogpcase: Run, mine: str, theirs: str, said: str
) -> None:
    for name, line in (("one", mine), ("other", theirs)):
        (arcadia / f"parties/{name}.yaml").write_text(f"name: {name}\nclassification: media\n{line}\n", "utf-8")
    before = snapshot(arcadia)
    done = ogpcase("merge-parties", "parties/one", "parties/other")
    assert (bool(said), bool(said)) == (done.returncode == 1, before == snapshot(arcadia))
    assert said in done.stderr


def test_a_record_that_names_both_is_heeded_first(twins: Path, ogpcase: Run, scripted: Run) -> None:
    before = snapshot(twins)
    done = ogpcase("merge-parties", "arcadia-abierta", "open-arcadia")
    assert (
        f"warning: cases/{LETTER} names both parties\n"
        "refused: records name both parties; nothing was written\n"
        "  if the two are one there too, give --yes\n"
    ) == done.stderr
    assert (1, before) == (done.returncode, snapshot(twins))
    done = scripted("merge-parties", "arcadia-abierta", "open-arcadia", typed=["no"])
    assert (1, before) == (done.returncode, snapshot(twins))
    done = scripted("merge-parties", "arcadia-abierta", "open-arcadia", typed=["yes"])
    assert (0, False) == (done.returncode, "parties/arcadia-abierta.yaml" in snapshot(twins))
