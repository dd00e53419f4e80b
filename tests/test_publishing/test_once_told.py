"""Ways by which a copy would tell what is withheld, or say what is not so, that reviews have found; each stays shut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.test_publishing.test_refusals import ASK, CASE, CONCERN, made, reasons

Add = Callable[[str, str], None]
NOTICE, REPORT = "2023-05-22-letter-notice", "2024-01-15-report-review"
REQUEST = "requests#publish-contracts"
ZOE = "name: Zoe Quintanar\nclassification: individual\nwithhold: {pseudonym: caller-a}\n"


def said() -> str:
    return "".join(f"{file}\n{data.decode()}" for file, data in made().files.items())


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    "summary",
    [
        '"Asked. \\nZoe Quintanar called."',
        '"Asked.\\tZoe Quintanar called."',
        "|-\n  Asked. \n  Zoe Quintanar called.",
        "Zoe &lt;b&gt;Quintanar called",
        "Zoe <b>Quintanar</b> called",
    ],
)
def test_no_escape_and_no_tag_hides_a_name(add: Add, summary: str) -> None:
    add("p-one", ZOE)
    add(ASK, f"copied: [p-one]\nsummary: {summary}\n")
    assert [("OC602", f"{ASK}.yaml")] == reasons()


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    "summary",
    ["Madame Tanar called.", "Zed Tanar called.", "The head printer of the Brill press.", "See 0000-0001-2345-6789."],
)
def test_what_a_paper_calls_a_party_under_a_pseudonym_is_searched_for(add: Add, summary: str) -> None:
    add("p-one", f"{ZOE}identifiers: [{{scheme: orcid, identifier: 0000-0001-2345-6789}}]\n")
    office = "head printer of the Brill press"
    add(ASK, f"copied: [{{party: p-one, as_named: Madame Tanar, office: {office}}}]\n")
    add(ASK, f"signed_by: [{{name: Zed Tanar, for: p-one, office: {office}}}]\nsummary: {summary}\n")
    assert {f"{ASK}.yaml"} == {file for _, file in reasons()}


def test_who_is_named_in_a_case_that_goes_is_searched_for(arcadia: Path, add: Add) -> None:
    other = arcadia / "brill-2024"
    (other / "events").mkdir(parents=True)
    header = (arcadia / CASE / "case.yaml").read_text(encoding="utf-8")
    (other / "case.yaml").write_text(f"{header}withhold: all\n", encoding="utf-8")
    letter = "kind: letter\ntitle: T\ndated: 2024-01-01\nsenders: [zoe]\naddressees: [ogp-support-unit]\n"
    (other / "events/2024-01-01-letter.yaml").write_text(letter, encoding="utf-8")
    add("zoe", "name: Zoe Quintanar\nclassification: individual\n")
    assert [] == reasons()
    add(ASK, "summary: Asked after Zoe Quintanar called.\n")
    assert [("OC602", f"{ASK}.yaml")] == reasons()


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("field", "withheld"),
    [
        (REQUEST, REQUEST),
        (f"{REQUEST}.due", REQUEST),
        ("requests", "requests"),
        (REQUEST, "requests"),
    ],
)
def test_what_another_source_states_of_it_goes_too(add: Add, field: str, withheld: str) -> None:
    add(ASK, f'also_stated: [{{field: "{field}", value: LEDGER, source: copy}}]\nwithhold: ["{withheld}"]\n')
    assert [] == reasons()
    assert "LEDGER" not in said()
    assert "publish-contracts" not in said()


def test_what_a_source_gives_of_it_goes_too(arcadia: Path, add: Add) -> None:
    path = next(arcadia.rglob(f"{ASK}.yaml"))
    text = path.read_text(encoding="utf-8") + '    gives: [dated, "requests#publish-contracts"]\n'
    path.write_text(text, encoding="utf-8")
    add(ASK, 'withhold: ["requests#publish-contracts"]\n')
    assert [] == reasons()
    assert "publish-contracts" not in said()
    assert "gives" in said()


def test_an_archives_address_holds_the_day_and_goes_with_it(arcadia: Path, add: Add) -> None:
    path = next(arcadia.rglob(f"{ASK}.yaml"))
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}    archived_url: https://web.archive.org/web/20230201101112/x\n", encoding="utf-8")
    add(ASK, "withhold: [{field: dated, instead: 2023-02}]\n")
    assert [] == reasons()
    assert "20230201" not in said()


@pytest.mark.usefixtures("arcadia")
def test_a_part_under_a_pseudonym_makes_no_silence(add: Add) -> None:
    """An answer of an office whose agency is under a pseudonym is one of the government's only in the folder."""
    add("agency", "name: Agency\nclassification: government\npart_of: [government-of-arcadia]\n")
    add("agency", "withhold: {pseudonym: body-a}\n")
    add("office-nine", "name: Office Nine\nclassification: government\npart_of: [agency]\n")
    letter = "kind: letter\ntitle: T\ndated: 2023-02-20\nsenders: [office-nine]\naddressees: [open-arcadia]\n"
    letter += f'answers: [{{request: "{ASK}#publish-contracts", answer: met}}]\nsources: [{{id: a, title: A}}]\n'
    add("2023-02-20-letter", "")
    path = Path("cases") / "parties" / "2023-02-20-letter.yaml"
    path.rename(Path("cases") / CASE / "events" / path.name)
    add("2023-02-20-letter", letter)
    assert ("OC621", f"{ASK}.yaml") in reasons()


@pytest.mark.usefixtures("arcadia")
def test_what_was_known_by_a_day_is_compared_too(add: Add) -> None:
    """Without the day it became public, a report would be known since it was received."""
    for event in (CONCERN, NOTICE):
        add(event, f"published: {event[:10]}\n")
    add(REPORT, "received: 2024-01-20\npublished: 2024-03-01\nwithhold: [published]\n")
    assert {("OC617", "case.yaml")} == set(reasons())


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("word", ["unknown", "public"])
def test_a_pseudonym_is_no_word_of_the_format(add: Add, word: str) -> None:
    add("p-one", f"name: Zoe Quintanar\nclassification: individual\nwithhold: {{pseudonym: {word}}}\n")
    assert ("OC612", "p-one.yaml") in reasons()


@pytest.mark.usefixtures("arcadia")
def test_what_stands_instead_withholds_nothing_itself(add: Add) -> None:
    add(ASK, "withhold: [{field: sources, instead: [{id: copy, title: Z, withhold: all}]}]\n")
    assert ("OC606", f"{ASK}.yaml") in reasons()


@pytest.mark.usefixtures("arcadia")
def test_a_party_under_a_pseudonym_may_stand_instead(add: Add) -> None:
    add("p-one", ZOE)
    add(CONCERN, "signatories: [open-arcadia, p-one]\nwithhold: [{field: signatories, instead: [p-one]}]\n")
    assert [] == reasons()
    assert "signatories: [caller-a]" in said()


def test_what_another_source_says_too_is_no_secret(arcadia: Path, add: Add) -> None:
    """The title, the publisher and the address of a withheld source may be those of one that is published."""
    for path in sorted(arcadia.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        whole = "    title: Page of the case\n    publisher: Open Government Partnership\n    url: https://example.org/case\n"
        path.write_text(text.replace("    title: Page of the case\n", whole), encoding="utf-8")
    add(NOTICE, 'withhold: ["sources#case-page"]\n')
    assert [] == reasons()
    add(CONCERN, "summary: Told on the page of the case.\n")
    assert [] == reasons()


@pytest.mark.usefixtures("arcadia")
def test_an_id_is_no_part_of_a_longer_one(add: Add) -> None:
    add(ASK, "withhold: [{field: dated, instead: 2023-02}]\n")
    path = Path("cases") / "parties" / f"{ASK}-annex.yaml"
    add(f"{ASK}-annex", "kind: letter\ntitle: T\ndated: 2023-02-01\nsenders: [open-arcadia]\n")
    path.rename(Path("cases") / CASE / "events" / path.name)
    add(f"{ASK}-annex", "addressees: [government-of-arcadia]\nsources: [{id: a, title: A}]\n")
    assert [] == reasons()
    add(CONCERN, f"summary: See {ASK}.\n")
    assert [("OC604", f"{CONCERN}.yaml")] == reasons()
