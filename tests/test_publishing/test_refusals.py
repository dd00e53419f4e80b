"""Why a copy is not made, with the place in the working folder; and what only looks like a reason.

The corpus has a folder for each code; here are the borders of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ogpcase.diagnostics import Diagnostic
from ogpcase.errors import CannotRead, NotPublished
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.publishing import copying
from ogpcase.workspace.publishing.making import Publication, make_copy
from ogpcase.workspace.publishing.refusals import false_claims

TODAY = date(2026, 11, 22)
CASE = "arcadia-2023"
ASK, CONCERN, NOTICE = "2023-02-01-letter-ask", "2023-04-10-concern", "2023-05-22-letter-notice"
REPORT, RESOLUTION = "2024-01-15-report-review", "2024-06-03-resolution"
Add = Callable[[str, str], None]


def made() -> Publication:
    return make_copy(Workspace.open(None), TODAY)


def reasons() -> list[tuple[str, str]]:
    """The codes of all reasons and warnings, each with the file that it points at."""
    try:
        found = made().warnings
    except NotPublished as refused:
        found = refused.reasons
    return [(each.code, each.spots[0].path.rpartition("/")[2]) for each in found]


def spots_of(reason: Diagnostic) -> list[tuple[str, object]]:
    """The record and the field of each place."""
    return [(Path(spot.path).stem, spot.route[0]) for spot in reason.spots]


PSEUDONYM = "withhold: {pseudonym: filer-a}\n"
CLEAN = "title: A letter\nwithhold: [title]\n"


def without_the_name(arcadia: Path, add: Add) -> None:
    """Puts the filer under a pseudonym, and takes its name out of every text."""
    for path in arcadia.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "events":
            path.write_text(text.replace("Open Arcadia", "Somebody"), encoding="utf-8")
    add("open-arcadia", PSEUDONYM)


@pytest.mark.parametrize(
    ("event", "lines", "expected"),
    [
        (CONCERN, "summary: It is by OPEN-ARCADIA.\n", [("OC602", f"{CONCERN}.yaml")]),
        (CONCERN, "summary: See https://example.org/open_arcadia/x\n", [("OC602", f"{CONCERN}.yaml")]),
        (CONCERN, "summary: It is by Open Arcadia.\nwithhold: [summary]\n", []),
        (CONCERN, "summary: Arcadia is open.\n", []),
        (CONCERN, "signatories: [{party: open-arcadia, as_named: Open Arcadia, office: Chair of Open Arcadia}]\n", []),
        (ASK, "signed_by: [{name: Alva Doe, for: open-arcadia}]\n", []),
        (CONCERN, "also_stated: [{field: filers, value: [Open Arcadia], source: case-page}]\n", []),
    ],
)
def test_a_name_that_is_withheld(
    arcadia: Path, add: Add, event: str, lines: str, expected: list[tuple[str, str]]
) -> None:
    """What the record says of the party itself goes with its name; what somebody wrote of it elsewhere refuses."""
    without_the_name(arcadia, add)
    add(event, lines)
    assert expected == reasons()


@pytest.mark.parametrize(
    ("summary", "code"),
    [
        ("Juana Quispe was not there", "OC602"),
        ("Juana Mamani was not there", "OC602"),
        ("write to juanaquispe@mail.example", "OC602"),
        ("write to quispe.mamani@mail.example", ""),
        ("Mrs Quispe was not there", ""),
        ("de la Juana", ""),
    ],
)
def test_a_part_of_a_persons_name(arcadia: Path, add: Add, summary: str, code: str) -> None:
    """The first name with another word of it refuses; one word alone is shown for somebody to look over."""
    add("a-witness", "name: Juana Quispe de Mamani\nclassification: individual\nwithhold: {pseudonym: person-a}\n")
    add(ASK, f"copied: [a-witness]\nsummary: {summary}\n")
    assert ([(code, f"{ASK}.yaml")] if code else []) == reasons()
    if not code:
        wanted = {"quispe", "mamani", "juana"} & set(summary.casefold().replace("@", " ").replace(".", " ").split())
        assert wanted == {word for word, _ in made().surnames}
    assert arcadia.is_dir()


def test_a_comment_is_not_copied_and_refuses_nothing(arcadia: Path, add: Add) -> None:
    without_the_name(arcadia, add)
    add(CONCERN, "# Open Arcadia wrote this\n")
    assert [] == reasons()
    assert not any(b" # " in data or b"Open Arcadia" in data for data in made().files.values())


SECRET = "summary: A guard of the archive told them where the papers are.\nwithhold: [summary]\n"


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("The archive told them where it was.", [("OC603", f"{CONCERN}.yaml")]),
        ("A guard told them of the papers.", []),
        ("[The, archive]", []),
    ],
)
@pytest.mark.usefixtures("arcadia")
def test_words_that_are_withheld(add: Add, summary: str, expected: list[tuple[str, str]]) -> None:
    add(ASK, SECRET)
    add(CONCERN, f'summary: "{summary}"\n')
    assert expected == reasons()


@pytest.mark.usefixtures("arcadia")
def test_words_that_the_same_record_says_elsewhere(add: Add) -> None:
    add(ASK, f"{SECRET}as_stated_status: told them where the papers are\n")
    assert [("OC603", f"{ASK}.yaml")] == reasons()


def test_the_id_of_what_is_withheld(arcadia: Path, add: Add) -> None:
    """A reference follows the record; a text that names it does not."""
    add(ASK, "withhold: [{field: dated, instead: 2023}]\n")
    assert [] == reasons()
    files = made().files
    assert b"prior_steps: [2023-letter-withheld]\n" in files[f"{CASE}/events/{CONCERN}.yaml"]
    add(CONCERN, f"summary: As {ASK} says.\n")
    assert [("OC604", f"{CONCERN}.yaml")] == reasons()
    assert arcadia.is_dir()


@pytest.mark.parametrize(
    ("terms", "summary", "expected"),
    [
        ("Shelter Street\n", "They met in Shelter-Street.", [("OC614", f"{ASK}.yaml")]),
        ("# Shelter Street\n\n", "They met in Shelter Street.", []),
        ("shelter\n", "They met in Shelters.", []),
        ("  witness@example.org  \n", "Write to witness@example.org", [("OC614", f"{ASK}.yaml")]),
        ("Arcadia\n", "Nothing.", [("OC614", "case.yaml"), ("OC614", f"{ASK}.yaml"), ("OC614", f"{CONCERN}.yaml")]),
    ],
)
def test_a_term_that_is_never_published(
    arcadia: Path, add: Add, terms: str, summary: str, expected: list[tuple[str, str]]
) -> None:
    add(ASK, f"summary: {summary}\n")
    (arcadia / "never_publish.txt").write_text(terms, encoding="utf-8")
    found = reasons()
    assert expected == [each for each in found if each in expected]
    assert bool(expected) == bool(found)


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("lines", "refused"),
    [
        ("", True),
        ("publish: {because: office}\n", False),
        ("publish: {because: consent}\n", False),
        ("withhold: {pseudonym: witness-a}\n", False),
    ],
)
def test_a_person_is_named_by_decision_alone(add: Add, lines: str, *, refused: bool) -> None:
    add("alva-doe", f"name: Alva Doe\nclassification: individual\n{lines}")
    assert [] == [each for each in reasons() if each[0] == "OC615"]  # nobody names them yet
    add(ASK, "copied: [alva-doe]\n")
    assert ([("OC615", "alva-doe.yaml")] if refused else []) == reasons()


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("address", "refused"),
    [
        ("https://example.org/a?token=1234", True),
        ("https://example.org/a?X-Amz-Signature=1234", True),
        ("https://example.org/a#access_token=1234", True),
        ("https://jane:word@example.org/a", True),
        ("https://example.org/a?page=3&lang=es", False),
        ("https://example.org/token/keys", False),
    ],
)
def test_an_address_that_lets_somebody_in(add: Add, address: str, *, refused: bool) -> None:
    add(ASK, f"    url: {address}\n")
    assert ([("OC616", f"{ASK}.yaml")] if refused else []) == reasons()


@pytest.mark.usefixtures("arcadia")
def test_an_end_without_its_day_lets_no_term_pass(add: Add) -> None:
    """The letter's term had years to run when the case ended; judged on any later day, it would seem to have passed."""
    add(
        NOTICE,
        "requests: [{id: report, text: Report, asked_of: [records-office], due: 2025-01-01}]\n",
    )
    add("records-office", "name: Records Office\nclassification: government\n")
    assert [] == reasons()
    add(RESOLUTION, "withhold: [dated]\n")
    assert [("OC621", f"{NOTICE}.yaml")] == reasons()


def test_a_stage_that_the_folder_does_not_have(arcadia: Path, add: Add) -> None:
    """No withholding is known that brings OC617: here the case is beside one that ended half a year earlier."""
    add(ASK, "summary: S\nwithhold: [summary]\n")
    publication, whole = made(), Workspace.open(None).case(CASE).casefile
    for name in (RESOLUTION, REPORT):
        path = arcadia / CASE / "events" / f"{name}.yaml"
        path.write_text(re.sub("dated: .*", "dated: 2023-12-03", path.read_text(encoding="utf-8")), encoding="utf-8")
    earlier = Workspace.open(None).case(CASE).casefile
    told = list(false_claims(publication.folder, publication.copy, [(whole, earlier)], TODAY))
    assert ["OC617", "OC617"] == [each.code for each in told if each.code != "OC621"], "had happened, and was known"
    assert (
        "on 2023-12-03 the copy would say `closed_addressed_domestically`, but the folder says `under_review`"
        == (told[0].notes[0])
    )
    assert [] == [*false_claims(publication.folder, publication.copy, [(whole, whole)], TODAY)]


@pytest.mark.usefixtures("arcadia")
def test_a_copy_that_depends_on_what_is_withheld(add: Add, monkeypatch: pytest.MonkeyPatch) -> None:
    """OC618 would be a fault of the program: here it keeps the ids of events whose day is withheld."""
    add(ASK, "withhold: [{field: dated, instead: 2023}]\n")
    monkeypatch.setattr(copying, "new_names", lambda *_: {})
    assert ("OC618", f"{ASK}.yaml") in reasons()


def test_a_class_and_a_country_that_fit_few(arcadia: Path, add: Add) -> None:
    without_the_name(arcadia, add)
    party = arcadia / "parties/open-arcadia.yaml"
    text = party.read_text(encoding="utf-8").replace(
        "{pseudonym: filer-a}", "{pseudonym: filer-a, keep: [classification, country]}"
    )
    party.write_text(text, encoding="utf-8")
    assert [("OC619", "open-arcadia.yaml")] == reasons()
    for name in ("one", "two"):
        add(name, "name: A name\nclassification: civil_society\ncountry: XA\n")
    assert [] == reasons()


def test_a_count_beside_filers(arcadia: Path, add: Add) -> None:
    without_the_name(arcadia, add)
    add(CONCERN, "filer_count: 3\n")
    assert [("OC620", f"{CONCERN}.yaml")] == reasons()
    add(CONCERN, "withhold: [filer_count]\n")
    assert [] == reasons()


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("name", "lines", "code"),
    [
        (ASK, "withhold: [sumary]\n", "OC601"),
        (ASK, "witthold: [summary]\n", "OC202"),
        (ASK, "withhold: [\n", "OC101"),
        ("case", "withhold: [title]\n", "OC203"),
        ("open-arcadia", "withhold: all\n", "OC608"),
        ("2024-06-03-resolution", "withhold: all\n", "OC610"),
        (ASK, "withhold: all\n", "OC611"),
        (ASK, "summary: \n", "OC206"),
        ("a-party", "nmae: X\n", "OC201"),
        ("open-arcadia", "withhold: {pseudonym: government-of-arcadia}\n", "OC612"),
        ("open-arcadia", "withhold: {pseudonym: open-filer}\n", "OC622"),
    ],
)
def test_a_folder_that_is_not_sound_is_not_published(add: Add, name: str, lines: str, code: str) -> None:
    add(name, lines)
    assert code in {each for each, _ in reasons()}


def test_the_first_formats_all_is_refused_though_it_is_a_warning(arcadia: Path) -> None:
    party = arcadia / "parties/open-arcadia.yaml"
    party.write_text(f"{party.read_text(encoding='utf-8')}withhold: all\n", encoding="utf-8")
    assert [("OC607", "open-arcadia.yaml")] == reasons()


@pytest.mark.parametrize("data", [b"\xff\xfe", None])
def test_a_list_that_cannot_be_read_stops_everything(arcadia: Path, add: Add, data: bytes | None) -> None:
    add(ASK, "summary: S\n")
    never = arcadia / "never_publish.txt"
    never.mkdir() if data is None else never.write_bytes(data)
    with pytest.raises((CannotRead, NotPublished)):
        made()


def test_an_error_of_the_copy_alone_is_told_in_the_working_folder(arcadia: Path, add: Add) -> None:
    """OC624: without the day of the report, nobody can say that the resolution after it closes the case rightly.

    The places and the way out are those of the folder, where the same records have no error.
    """
    without_the_name(arcadia, add)
    add(REPORT, "withhold: [dated]\n")
    sources = arcadia / CASE / "sources"
    sources.mkdir()
    (sources / "diary.yaml").write_text("title: Diary\nwithhold: all\n", encoding="utf-8")
    with pytest.raises(NotPublished) as refused:
        made()
    (reason,) = refused.value.reasons
    assert ("OC624", [(RESOLUTION, "moves_to"), (NOTICE, "moves_to")]) == (reason.code, spots_of(reason))
    assert all((arcadia.parent / spot.path).is_file() for spot in reason.spots)
    first, *others = reason.notes
    assert "OC401" in first
    assert [
        f"`{REPORT}` withholds `dated`", "the source `diary` is withheld", "the party `open-arcadia` has a pseudonym"
    ] == others  # fmt: skip
    assert not [each for each in reason.helps if "departure" in each]


def test_an_error_of_the_copy_points_at_what_changes_the_field(add: Add) -> None:
    """The folder's own value of that field is right."""
    add(REPORT, "withhold: [{field: adopted_by, instead: [government-of-arcadia]}]\n")
    with pytest.raises(NotPublished) as refused:
        made()
    (reason,) = refused.value.reasons
    assert [(REPORT, "withhold"), (REPORT, "moves_to")] == spots_of(reason)
    assert "OC402" in reason.notes[0]


def test_a_day_that_the_rest_of_the_copy_tells(arcadia: Path, add: Add) -> None:
    """OC623: the notice may be of any day in May, but a published reply to it is of the 25th."""
    add(NOTICE, "withhold: [{field: dated, instead: 2023-05}]\n")
    assert [] == reasons()
    reply = "kind: letter\ntitle: Thanks\ndated: 2023-05-25\nin_reply_to: 2023-05-22-letter-notice\n"
    (arcadia / CASE / "events" / "2023-05-25-letter-thanks.yaml").write_text(reply, encoding="utf-8")
    assert [("OC623", f"{NOTICE}.yaml")] == reasons()
    add("2023-05-25-letter-thanks", "withhold: [in_reply_to]\n")
    assert [] == reasons()
