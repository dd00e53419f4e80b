"""What is withheld in one place and stands plain in another: told at its place, and nothing of it printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ogpcase.diagnostics import Problem

Found = Callable[..., list[Problem]]
ASK, CONCERN, REPLY = "2023-02-01-letter-ask", "2023-04-10-concern", "2023-08-30-letter-reply"
WITNESS = {"a-witness": {"name": {"es": "Ana Belén Prueba"}, "other_names": ["A. B. P."],
                         "classification": "individual", "withhold": "all"}}  # fmt: skip
COPIED: dict[str, Any] = {REPLY: {"copied": ["a-witness"]}}


def told(problems: list[Problem]) -> list[tuple[str, str, tuple[str | int, ...]]]:
    return [(each.code, each.places[0].file.rpartition("/")[2], each.places[0].route) for each in problems]


def test_a_party_that_is_named_nowhere_may_be_referred_to(found: Found) -> None:
    """Its id and the name beside it are kept back by every view; its own file is where it is said."""
    named = {"party": "a-witness", "as_named": "Ana Belén Prueba", "office": "Aide of Ana Belén Prueba"}
    signed = [{"name": "Ana Belén Prueba", "for": "a-witness"}]
    assert [] == found({REPLY: {"copied": [named], "signed_by": signed}}, parties=WITNESS)


@pytest.mark.parametrize(
    ("event", "changes", "route"),
    [
        (ASK, {"summary": "It rests on what ANA BELEN  PRUEBA saw."}, ("summary",)),
        (ASK, {"title": {"en": "A letter", "es": "Carta de Ana Belén Prueba"}}, ("title", "es")),
        (ASK, {"signed_by": [{"name": "Ana Belén Prueba"}]}, ("signed_by", 0, "name")),
        (ASK, {"copied": [{"party": "records-office", "as_named": "Office of A. B. P."}]}, ("copied", 0, "as_named")),
        (ASK, {"sources": [{"id": "page", "url": "https://example.org/ana-belen-prueba/1"}]}, ("sources", 0, "url")),
        (ASK, {"sources": [{"id": "page", "url": "https://example.org/?q=Ana%20Belen_Prueba"}]}, ("sources", 0, "url")),
        (ASK, {"sources": [{"id": "a-witness", "title": "A page"}]}, ("sources", 0, "id")),
        (CONCERN, {"allegations": [{"id": "sealed", "text": "So says Ana Belén Prueba."}]}, ("allegations", 0, "text")),
    ],
)
def test_a_withheld_name_that_stands_plain(
    found: Found, event: str, changes: dict[str, Any], route: tuple[str | int, ...]
) -> None:
    """Whatever its case, its accents and what joins its words."""
    assert [("OC602", f"{event}.yaml", route)] == told(found({**COPIED, event: changes}, parties=WITNESS))


@pytest.mark.parametrize(
    ("changes", "withheld"),
    [
        ({"summary": "What Mariana Belén Pruebas saw."}, []),
        ({"summary": "What Ana Belén Prueba saw."}, ["summary"]),
        ({"summary": "What Ana Belén Prueba saw."}, ["all"]),
        ({"requests": [{"id": "publish", "text": "Tell Ana Belén Prueba.", "asked_of": ["records-office"]}]},
         ["requests#publish"]),
    ],
)  # fmt: skip
def test_part_of_a_word_or_what_is_withheld_too_is_no_leak(
    found: Found, changes: dict[str, Any], withheld: list[str]
) -> None:
    assert [] == found({**COPIED, ASK: {**changes, "withhold": withheld or None}}, parties=WITNESS)


def test_other_files_tell_as_well(found: Found) -> None:
    parties = {**WITNESS, "open-arcadia": {"other_names": ["Friends of Ana Belén Prueba"]}}
    problems = found(COPIED, parties=parties, header={"title": "The case of Ana Belén Prueba"})
    assert {("OC602", "case.yaml", ("title",)), ("OC602", "open-arcadia.yaml", ("other_names", 0))} == set(
        told(problems)
    )
    assert {"warning"} == {each.rule.severity for each in problems}


def test_a_file_name_that_tells(found: Found) -> None:
    """Of an event, of another party, and of a copy; never with the name in the message."""
    event: dict[str, Any] = {"kind": "letter", "dated": "2023-03-01", "senders": ["friends-of-a-witness"]}
    event["sources"] = [{"id": "copy", "file": "sources/ana_belen_prueba.pdf", "sha256": "0" * 64}]
    friends = {"friends-of-a-witness": {"name": "Friends", "classification": "civil_society"}}
    problems = found({**COPIED, "2023-03-01-letter-ana-belen-prueba": event}, parties={**WITNESS, **friends})
    assert {
        ("OC604", "2023-03-01-letter-ana-belen-prueba.yaml", ()),
        ("OC604", "2023-03-01-letter-ana-belen-prueba.yaml", ("sources", 0, "file")),
        ("OC604", "friends-of-a-witness.yaml", ()),
    } == set(told(problems))


def test_whom_an_event_withholds_its_own_words_may_not_name(found: Found) -> None:
    """Another event may: there the party is withheld by nobody."""
    withheld = {"filers": ["open-arcadia"], "withhold": ["filers"], "summary": "Arcadia Abierta files its concern."}
    problems = found({CONCERN: withheld, ASK: {"summary": "Open Arcadia asks."}})
    assert [("OC602", f"{CONCERN}.yaml", ("summary",))] == told(problems)


def test_an_event_called_by_whom_it_withholds_is_told_of_in_the_header(found: Found) -> None:
    """The path of the file itself, beside that message, would say who it is."""
    letter = {"kind": "letter", "dated": "2023-03-01", "senders": ["open-arcadia"], "withhold": ["senders"]}
    assert [("OC604", "case.yaml", ())] == told(found({"2023-03-01-letter-open-arcadia": letter}))


SECRET = "The archive is kept in the cellar."


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({ASK: {"summary": SECRET, "withhold": ["summary"]}}, {}),
        ({ASK: {"requests": [{"id": "publish", "text": SECRET, "asked_of": ["government-of-arcadia"]}],
                "withhold": ["requests#publish"]}}, {}),
        ({"2023-03-01-letter": {"kind": "letter", "dated": "2023-03-01", "summary": SECRET, "withhold": ["all"]}}, {}),
    ],
)  # fmt: skip
def test_a_withheld_text_that_stands_plain(found: Found, changes: dict[str, Any], where: dict[str, Any]) -> None:
    """Word for word, whatever its case and blanks, as part of another text or alone."""
    leak = {REPLY: {"title": "It says: the ARCHIVE is kept  in the cellar. So be it."}}
    assert [] == found(changes, **where)
    assert [("OC603", f"{REPLY}.yaml", ("title",))] == told(found({**changes, **leak}, **where))
    again = {REPLY: {**leak[REPLY], "withhold": ["title"]}}
    assert [] == found({**changes, **again})


@pytest.mark.parametrize("summary", ["In a cellar", "Unseen"])
def test_a_short_text_may_be_said_of_anything(found: Found, summary: str) -> None:
    assert [] == found({ASK: {"summary": summary, "withhold": ["summary"]}, REPLY: {"summary": summary}})


def test_the_sources_of_a_record_withheld_whole_may_serve_others(found: Found) -> None:
    """They stand under every record that was read in them."""
    page = [{"id": "page", "title": "OGP's page on the case"}]
    assert [] == found({ASK: {"withhold": ["all"], "sources": page}, REPLY: {"sources": page, "answers": None}})


def test_a_withholding_that_cannot_be_read_brings_no_reports_of_leaks(found: Found) -> None:
    """It keeps back everything; what was meant is not known."""
    assert [] == found({ASK: {"withhold": ["sumary"]}, REPLY: {"summary": "An event", "title": "A title of its own"}})


def test_a_text_of_another_case_is_compared_too(found: Found, bench: type[Any]) -> None:
    other = bench({ASK: {"summary": SECRET, "withhold": ["summary"]}}).case("arcadia-2021")
    problems = found({REPLY: {"summary": SECRET}}, others={"arcadia-2021": other})
    assert ("OC603", f"{REPLY}.yaml", ("summary",)) in told(problems)


FORMATS = ("text", "concise", "json", "github", "sarif", "junit")


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_prints_what_leaks(arcadia: Path, ogpcase: Callable[..., Any], form: str) -> None:
    """The place is shown, and neither the line there nor the name, the text or a path that holds one."""
    events = arcadia / "arcadia-2023" / "events"
    (arcadia / "parties" / "a-witness.yaml").write_text(
        "name: Ana Belén Prueba\nclassification: individual\nwithhold: all\n", encoding="utf-8"
    )
    ask = (events / f"{ASK}.yaml").read_text(encoding="utf-8")
    ask = ask.replace("dated:", f"summary: {SECRET}\ndated:").replace("sources:", "withhold: [summary]\nsources:")
    (events / f"{ASK}.yaml").write_text(ask, encoding="utf-8")
    concern = (events / f"{CONCERN}.yaml").read_text(encoding="utf-8")
    leak = f"summary: Ana Belen Prueba says. {SECRET}\ndated:"
    (events / f"{CONCERN}.yaml").write_text(concern.replace("dated:", leak), encoding="utf-8")
    letter = "kind: letter\ntitle: A letter\ndated: 2023-03-01\nsenders: [a-witness]\nsources: [{id: s, title: S}]\n"
    (events / "2023-03-01-letter-ana-belen-prueba.yaml").write_text(letter, encoding="utf-8")
    done = ogpcase("validate", "--format", form)
    if done.returncode == 2:
        pytest.fail(f"`validate` has no format `{form}`: {done.stderr}")
    printed = (done.stdout + done.stderr).casefold()
    assert [] == [word for word in ("prueba", "belén", "belen", "cellar") if word in printed]
    assert [] == [code for code in ("oc602", "oc603", "oc604") if code not in printed]
