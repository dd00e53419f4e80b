"""What a terminal offers for Enter, the codes it offers, a first case on the way, details of a party, and a crash."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from ogpcase.cli.asking.record import Record
from ogpcase.errors import EXIT_BUG
from ogpcase.yamltree.parsing import parse

Run = Callable[..., CompletedProcess[str]]
LETTER = ("add-event", "arcadia-2023", "letter", "--source", "https://example.org/a")
SAVE = ["", "save"]
"""No other language, and save."""


def record(folder: Path, name: str, kind: str = "events") -> dict[str, Any]:
    text = (folder / "arcadia-2023" / kind / f"{name}.yaml").read_bytes()
    tree = parse(text, name).tree
    assert tree is not None
    assert isinstance(tree.value, dict)
    return tree.value


def drafts(folder: Path) -> list[Path]:
    return sorted((folder.parent / "state" / "ogpcase" / "drafts").glob("*"))


def last_command(said: str) -> list[str]:
    return shlex.split(said.strip().splitlines()[-1])[1:]


def test_a_reply_goes_to_who_wrote_and_comes_from_who_was_addressed(arcadia: Path, scripted: Run) -> None:
    """Enter takes both, and a request is made of the addressees."""
    typed = ["The government answers", "2023-02-20", "2023-02-01-letter-ask", "", "", "", "", "",
             "Wait a month", ".", "", "", "", "", *SAVE]  # fmt: skip
    done = scripted(*LETTER, typed=typed)
    assert 0 == done.returncode, done.stdout
    said = " ".join(done.stdout.split())
    assert "Enter: government-of-arcadia (the addressee of 2023-02-01-letter-ask); - for none" in said
    assert "Enter: open-arcadia (who acts in 2023-02-01-letter-ask); - for none" in said
    assert "Enter: open-arcadia (the addressees); - for none" in said
    written = record(arcadia, "2023-02-20-letter")
    assert ["government-of-arcadia"] == written["senders"]
    assert ["open-arcadia"] == written["addressees"]
    assert ["open-arcadia"] == written["requests"][0]["asked_of"]


def test_the_most_similar_record_of_the_kind_gives_its_parties(arcadia: Path, scripted: Run) -> None:
    asked = "Open Arcadia asks for the open contracts"
    done = scripted(*LETTER, typed=[asked, "2023-03", "", "", "-", "", "", "", "", *SAVE])
    assert 0 == done.returncode, done.stdout
    assert "Enter: open-arcadia (as in 2023-02-01-letter-ask); - for none" in done.stdout
    assert "Enter: government-of-arcadia (as in 2023-02-01-letter-ask); - for none" in done.stdout
    written = record(arcadia, "2023-03-letter")
    assert (["open-arcadia"], None) == (written["senders"], written.get("addressees"))


def test_a_title_like_no_other_offers_nothing(arcadia: Path, scripted: Run) -> None:
    done = scripted(*LETTER, "--title", "Xyz", typed=["2023-03", *[""] * 7, *SAVE])
    assert 0 == done.returncode, done.stdout
    assert "(as in" not in done.stdout
    assert {"kind", "title", "dated", "sources"} == record(arcadia, "2023-03-letter").keys()


def test_a_source_of_a_known_website_has_its_publisher(arcadia: Path, scripted: Run) -> None:
    known = ("--url", "https://example.org/1", "--publisher", "The Arcadian", "--title", "One")
    assert 0 == scripted("add-source", "arcadia-2023", "one", *known).returncode
    done = scripted("add-source", typed=["Two", "https://example.org/2", "", "", "", "", *SAVE])
    assert 0 == done.returncode, done.stdout
    assert "Enter: The Arcadian (as of one); - for none" in done.stdout
    assert "The Arcadian" == record(arcadia, "two", "sources")["publisher"]


@pytest.mark.parametrize(
    ("track", "versions"), [("response", ["2014", "2017"]), ("rapid", ["2018", "2020"]), ("procedural", [])]
)
def test_a_header_is_offered_the_versions_of_its_track(
    arcadia: Path, scripted: Run, track: str, versions: list[str]
) -> None:
    """The newest is offered for Enter; where the track has none, there is no question."""
    asked = ["A case", track, "government-of-arcadia", "", "", *([""] if versions else []), *SAVE[:1], "arcadia-2024"]
    done = scripted("open-case", typed=[*asked, "save"])
    assert 0 == done.returncode, done.stdout
    assert "Enter: XA (the country of the subject)\n" in done.stdout
    listed = done.stdout.partition("policy version: ")[2].partition("\n>")[0]
    assert versions == [line.split()[1] for line in listed.splitlines() if line[:4].strip().isdigit()]
    assert ([f'policy_version: "{versions[-1]}"'] if versions else []) == [
        line for line in (arcadia / "arcadia-2024" / "case.yaml").read_text().splitlines() if "policy_version" in line
    ]


def test_a_report_is_offered_the_types_and_conclusions_of_its_procedure(arcadia: Path, scripted: Run) -> None:
    header = arcadia / "arcadia-2023" / "case.yaml"
    before = scripted("add-event", "arcadia-2023", "report", typed=["T", "2024-08", "", ""]).stdout
    header.write_text(
        header.read_text().replace("track: response_policy", "track: rapid_response").replace("2017", "2018")
    )
    after = scripted("add-event", "arcadia-2023", "report", typed=["T", "2024-08", "", ""]).stdout
    offered = "review_report  A report on "
    assert (True, False) == (offered in before, offered in after)
    assert "irm  " in after


def test_what_cannot_be_saved_is_not_offered_to_be_saved(arcadia: Path, scripted: Run) -> None:
    """A header without its version is an error of the case, which the menu sees before it is written."""
    typed = [
        "A case",
        "",
        "government-of-arcadia",
        "",
        "",
        "-",
        "",
        "arcadia-2024",
        "add",
        "policy_version",
        "2017",
        "save",
    ]
    done = scripted("open-case", typed=typed)
    assert 0 == done.returncode, done.stdout
    assert "what next: it cannot be saved yet" in done.stdout
    assert 'policy_version: "2017"' in (arcadia / "arcadia-2024" / "case.yaml").read_text()


@pytest.fixture
def empty(tmp_path: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new case folder, worked in from its parent."""
    monkeypatch.chdir(tmp_path)
    assert 0 == ogpcase("init").returncode
    return tmp_path / "cases"


HEADER = [
    "Sealed files",
    "",
    "Government of Borduria",
    "new",
    "government",
    "",
    "XB",
    "",
    "",
    "",
    "",
    "",
    "borduria-2024",
]


def test_the_first_event_of_a_folder_opens_its_case_first(empty: Path, scripted: Run) -> None:
    typed = [*HEADER, "save", "letter", "A plea", "2024-08", *[""] * 8, *SAVE]
    done = scripted("add-event", typed=typed)
    assert 0 == done.returncode, done.stdout
    assert "there is no case here yet: open one first; then comes the event" in done.stdout
    assert "title: Sealed files\n" in (empty / "borduria-2024" / "case.yaml").read_text()
    assert "title: A plea\n" in (empty / "borduria-2024" / "events" / "2024-08-letter.yaml").read_text()
    assert [] == drafts(empty)


def test_a_first_event_that_is_broken_off_is_kept_beside_its_new_case(empty: Path, scripted: Run) -> None:
    done = scripted("add-event", "letter", typed=[*HEADER, "save", "A plea"])
    assert 130 == done.returncode
    assert "interrupted; nothing more was written" in done.stdout
    assert (empty / "borduria-2024" / "case.yaml").exists()
    assert ["add-event", "borduria-2024", "--from"] == last_command(done.stdout)[:3]
    again = scripted(*last_command(done.stdout), typed=["2024-08", *[""] * 8, *SAVE])
    assert 0 == again.returncode, again.stdout
    assert (empty / "borduria-2024" / "events" / "2024-08-letter.yaml").exists()


def test_a_first_case_that_is_broken_off_goes_on_with_its_id(empty: Path, scripted: Run) -> None:
    done = scripted("add-event", typed=HEADER)
    assert (130, False) == (done.returncode, (empty / "borduria-2024").exists())
    assert ["open-case", "borduria-2024", "--from"] == last_command(done.stdout)[:3]
    discarded = scripted("add-event", typed=[*HEADER, "discard", "yes"])
    assert (0, "discarded; nothing was written") == (
        discarded.returncode,
        discarded.stdout.splitlines()[-1].strip("> "),
    )


def test_without_a_terminal_a_first_event_opens_no_case(empty: Path, ogpcase: Run) -> None:
    done = ogpcase("add-event", "letter", "--title", "T", "--dated", "2024")
    assert (1, "error: there are no cases here yet\n  start one with `ogpcase open-case`\n") == (
        done.returncode, done.stderr,
    )  # fmt: skip
    assert empty.exists()


def test_outside_a_case_folder_init_is_named(tmp_path: Path, scripted: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = scripted("add-event")
    assert 1 == done.returncode
    assert "start one with `ogpcase init`" in done.stdout


def test_the_name_as_printed_and_the_office_of_a_party_are_added_by_the_menu(arcadia: Path, scripted: Run) -> None:
    asked = ["2023-03", "", "open-arcadia", "?", "", "", "", "", "", "", *SAVE[:1]]
    menu = ["change", "senders", "1", "", "Arcadia, the Open", "Director", "save"]
    done = scripted(*LETTER, "--title", "Xyz", typed=[*asked, *menu])
    assert 0 == done.returncode, done.stdout
    assert "To add `as named` and `office` to a party: choose `change` in the menu" in " ".join(done.stdout.split())
    party = {"party": "open-arcadia", "as_named": "Arcadia, the Open", "office": "Director"}
    assert [party] == record(arcadia, "2023-03-letter")["senders"]


def test_a_party_without_details_stays_a_word(arcadia: Path, scripted: Run) -> None:
    asked = ["2023-03", "", "open-arcadia", *[""] * 6, *SAVE[:1]]
    done = scripted(*LETTER, "--title", "Xyz", typed=[*asked, "change", "senders", "1", "", "", "", "save"])
    assert 0 == done.returncode, done.stdout
    assert ["open-arcadia"] == record(arcadia, "2023-03-letter")["senders"]


def test_a_reference_to_nothing_is_refused_at_once(arcadia: Path, scripted: Run) -> None:
    done = scripted(*LETTER, "--title", "Xyz", typed=["2023-03", "2023-02-01-leter-ask", "5", *[""] * 7, *SAVE])
    assert 0 == done.returncode, done.stdout
    assert "the case has no record `2023-02-01-leter-ask`\n  did you mean `2023-02-01-letter-ask`?" in done.stdout
    assert ["2023-02-01-letter-ask"] == record(arcadia, "2023-03-letter")["in_reply_to"]


def test_a_crash_keeps_what_was_typed_and_says_how_to_go_on(
    arcadia: Path, scripted: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(_: Record) -> None:
        raise RuntimeError("a secret name")

    with monkeypatch.context() as broken:
        broken.setattr(Record, "composed", property(crash))
        done = scripted(*LETTER, typed=["A plea", "2023-03", "", "open-arcadia", *[""] * 7])
    assert EXIT_BUG == done.returncode
    assert "internal error: RuntimeError at " in done.stdout
    assert "a secret name" not in done.stdout
    (draft,) = drafts(arcadia)
    assert ["add-event", "arcadia-2023", "--from", str(draft)] == last_command(done.stdout)
    again = scripted(*last_command(done.stdout), typed=[*[""] * 7, *SAVE])
    assert 0 == again.returncode, again.stdout
    assert ["open-arcadia"] == record(arcadia, "2023-03-letter")["senders"]


@pytest.mark.usefixtures("arcadia")
def test_what_a_list_has_already_is_not_listed_again(scripted: Run) -> None:
    """Neither a request that this record answered, nor an event that it replies to; codes are listed once."""
    answer = scripted(*LETTER, "--title", "Xyz", typed=["2023-03", "5", "", *[""] * 5, "1", "met", "", "", ""]).stdout
    asks, ask = "1 2023-02-01-letter-ask#publish-contracts", "5 2023-02-01-letter-ask  Open"
    assert (1, 1) == (answer.count(asks), answer.count(ask))
    concern = scripted(
        "add-event", "arcadia-2023", "concern", typed=["T", "2023", *[""] * 4, "media", "civic", ""]
    ).stdout
    assert ("media_freedom, civic_space" in concern, 1) == (True, concern.count("1 access_to_information"))


def test_a_wrong_number_is_refused_by_the_name_of_its_field(arcadia: Path, scripted: Run) -> None:
    typed = ["2024-08", *[""] * 3, "yes", "x", "9"]
    done = scripted("add-event", "arcadia-2023", "resolution", "--title", "T", typed=typed)
    assert "  for takes a whole number, 0 or more\n" in done.stdout
    assert "votes:\n  for: 9\n" in drafts(arcadia)[0].read_text()
