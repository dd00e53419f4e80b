"""Questions of a terminal that is asked plainly, line by line: what is asked, how it is corrected, what is written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from ogpcase.model.codelists import Kind
from ogpcase.store.files import JOURNAL
from ogpcase.yamltree.parsing import parse

Run = Callable[..., CompletedProcess[str]]
LETTER = ("add-event", "arcadia-2023", "letter")
SAVE = ["", "save"]
"""No other language, and save."""


def event(folder: Path, name: str) -> str:
    return (folder / "arcadia-2023" / "events" / f"{name}.yaml").read_text()


def record(folder: Path, name: str) -> dict[str, Any]:
    tree = parse(event(folder, name).encode(), name).tree
    assert tree is not None
    assert isinstance(tree.value, dict)
    return tree.value


def events(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "arcadia-2023" / "events").iterdir())


def drafts(folder: Path) -> list[Path]:
    return sorted((folder.parent / "state" / "ogpcase" / "drafts").glob("*"))


def test_a_letter_with_a_request_an_answer_a_reply_and_two_languages(arcadia: Path, scripted: Run) -> None:
    done = scripted(
        "add-event",
        typed=[
            "2", "A plea", "2024-07-01",  # kind, title, dated
            "2099-01-01-letter", "4", "",  # in reply to
            "open arcadia", "", "-",  # senders, no addressees: not the filers
            "1", "disputes", "It was otherwise.", ".", "",  # a reply, by number and by word
            "What it says,", "in two lines.", ".",  # summary
            "Publish all the contracts of 2022", ".", "open-arcadia", "", "2024-09", "",  # a request
            "1", "1", "", "", "",  # an answer: request, outcome, of, new due
            "https://example.org/plea", "",  # source
            "es", "Un ruego", "", "", "", "",  # title in Spanish
            "save",
        ],
    )  # fmt: skip
    assert 0 == done.returncode, done.stdout
    assert done.stdout.startswith("\nkind: What sort of event this is")
    assert {
        "kind": "letter",
        "title": {"en": "A plea", "es": "Un ruego"},
        "summary": "What it says,\nin two lines.",
        "dated": "2024-07-01",
        "senders": ["open-arcadia"],
        "replies": [
            {"about": "2023-04-10-concern#sealed-contracts", "position": "disputes", "text": "It was otherwise."}
        ],
        "in_reply_to": ["2023-04-10-concern"],
        "requests": [
            {
                "id": "publish-all-the-contracts",
                "asked_of": ["open-arcadia"],
                "text": "Publish all the contracts of 2022",
                "due": "2024-09",
            }
        ],
        "answers": [{"request": "2023-02-01-letter-ask#publish-contracts", "answer": "met"}],
        "sources": ["plea"],
    } == record(arcadia, "2024-07-01-letter")
    assert "url: https://example.org/plea\n" == (arcadia / "arcadia-2023" / "sources" / "plea.yaml").read_text()
    assert "wrote   cases/arcadia-2023/events/2024-07-01-letter.yaml" in done.stdout
    assert [] == drafts(arcadia)


def test_what_is_given_is_not_asked_again(arcadia: Path, scripted: Run) -> None:
    given = ("--title", "T", "--senders", "open arcadia", "--source", "https://example.org/a")
    done = scripted(*LETTER, *given, typed=["2024-08", "", "", "", "", "", "", *SAVE])
    assert 0 == done.returncode, done.stdout
    assert not [name for name in ("title", "senders", "source") if f"\n{name}: " in done.stdout.partition("preview")[0]]
    assert "2024-08-letter" in events(arcadia)


def test_nothing_is_asked_if_nothing_is_missing(arcadia: Path, scripted: Run) -> None:
    done = scripted(*LETTER, "--title", "T", "--dated", "2024-08")
    assert (0, False) == (done.returncode, ">" in done.stdout.replace("-->", ""))
    assert "2024-08-letter" in events(arcadia)


@pytest.mark.parametrize("wrong", [
    ("2024-02-30", "cannot read the date `2024-02-30`: day 30 does not exist"),
    ("5/2/2024", "write 2024-02-05 or 2024-05-02"),
    ("", "this is needed"),
    ("\x1b[A", "there are characters in it that cannot be kept"),
])  # fmt: skip
def test_a_wrong_date_is_asked_again(arcadia: Path, scripted: Run, wrong: tuple[str, str]) -> None:
    done = scripted(*LETTER, "--title", "T", typed=[wrong[0], "2024-08", *[""] * 8, *SAVE])
    assert 0 == done.returncode, done.stdout
    assert wrong[1] in done.stdout
    assert "2024-08-letter" in events(arcadia)


def test_going_back_keeps_shows_and_removes_values(arcadia: Path, scripted: Run) -> None:
    typed = ["<", "First title", "<", "", "<", "Second title", "2024-08", "", "open-arcadia", "public", "<", "", "",
             "", "A summary", ".", "<", "-", "", "", "", *SAVE]  # fmt: skip
    done = scripted(*LETTER, typed=typed)
    assert 0 == done.returncode, done.stdout
    assert "this is the first question" in done.stdout
    assert "taken back: public" in done.stdout
    assert "now: A summary (Enter keeps it, - leaves it out)" in done.stdout
    assert "kind: letter\ntitle: Second title\ndated: 2024-08\nsenders: [open-arcadia]\n" == event(
        arcadia, "2024-08-letter"
    )


def test_going_back_into_an_item_asks_its_last_question(arcadia: Path, scripted: Run) -> None:
    typed = ["2024-08", "", "", "", "", "", "Publish it", ".", "", "2024-10", "<", "2024-11", "", "", "", *SAVE]
    done = scripted(*LETTER, "--title", "T", typed=typed)
    assert 0 == done.returncode, done.stdout
    assert [{"id": "publish-it", "text": "Publish it", "due": "2024-11"}] == record(arcadia, "2024-08-letter")[
        "requests"
    ]


def test_help_explains_and_lists_what_can_be_typed(arcadia: Path, scripted: Run) -> None:
    done = scripted(*LETTER, "--title", "T", "--dated", "2024-08", "--dry-run")
    assert 0 == done.returncode
    done = scripted(*LETTER, "--title", "T", typed=["?", "2024-08", "", "?", *[""] * 7, *SAVE])
    assert 0 == done.returncode, done.stdout
    assert "Ctrl-C stops, and keeps what you typed in a file" in " ".join(done.stdout.split())
    assert "government-of-arcadia  Government of Arcadia" in done.stdout
    assert "2024-08-letter" in events(arcadia)


def test_a_new_party_is_added_on_the_spot_together_with_the_event(arcadia: Path, scripted: Run) -> None:
    typed = ["2024-08", "", "Mnistry of Mines", "Ministry of Mines", "new", "oversight", "MoM", "", "AC",
             "government of arcadia", "", "", *[""] * 7, *SAVE]  # fmt: skip
    done = scripted(*LETTER, "--title", "T", typed=typed)
    assert 0 == done.returncode, done.stdout
    assert (
        "name: Ministry of Mines\nother_names: [MoM]\nclassification: oversight_body\ncountry: AC\n"
        "part_of: [government-of-arcadia]\n"
    ) == (arcadia / "parties" / "ministry-of-mines.yaml").read_text()
    assert "senders: [ministry-of-mines]" in event(arcadia, "2024-08-letter")


def test_a_new_party_that_is_taken_back_is_not_added(arcadia: Path, scripted: Run) -> None:
    done = scripted(
        *LETTER, "--title", "T", typed=["2024-08", "", "Gone", "new", "media", "", "", "", "<", "", *[""] * 7, *SAVE]
    )
    assert 0 == done.returncode, done.stdout
    assert not (arcadia / "parties" / "gone.yaml").exists()


def test_a_near_party_is_offered(arcadia: Path, scripted: Run) -> None:
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", "", "Opn Arcadia", "1", *[""] * 8, *SAVE])
    assert 0 == done.returncode, done.stdout
    assert "1 open-arcadia  Open Arcadia" in done.stdout
    assert re.search(r"\d new +add it as a new party: Opn Arcadia", done.stdout)
    assert "senders: [open-arcadia]" in event(arcadia, "2024-08-letter")


def test_of_several_parties_of_one_name_one_is_chosen_and_none_added(arcadia: Path, scripted: Run) -> None:
    (arcadia / "parties" / "other.yaml").write_text("name: Open Arcadia\nclassification: media\n")
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", "", "open arcadia", "2", *[""] * 8, *SAVE])
    assert 0 == done.returncode, done.stdout
    assert "several parties have this name" in done.stdout
    assert "add it as a new party" not in done.stdout
    assert "senders: [other]" in event(arcadia, "2024-08-letter")


def test_another_language_is_given_by_its_tag(arcadia: Path, scripted: Run) -> None:
    tags = ["spanish words", "en", "es", "Un ruego", "", "save"]
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", *[""] * 8, *tags])
    assert 0 == done.returncode, done.stdout
    for wrong in ("spanish words", "en"):
        assert f"`{wrong}` is not the tag of another language\n" in done.stdout
    assert {"en": "T", "es": "Un ruego"} == record(arcadia, "2024-08-letter")["title"]


def test_an_error_sends_back_to_its_question(arcadia: Path, scripted: Run) -> None:
    typed = ["2024-08", "", "", "", "", "", "Publish it", ".", "", "2020-10", "", "", "", "", "mend", "2024-12", "save"]
    done = scripted(*LETTER, "--title", "T", typed=typed)
    assert 0 == done.returncode, done.stdout
    assert "error[OC323]: this request is due before it is made" in done.stdout
    assert "request 1, due: The last day that is in time." in done.stdout.partition("OC323")[2]
    assert "due: 2024-12" in event(arcadia, "2024-08-letter")


def test_the_menu_adds_changes_and_discards(arcadia: Path, scripted: Run) -> None:
    asked = ["2024-08", "", "", "", "", "", "Publish it", ".", "", "", "", "", "", ""]
    menu = ["add", "received", "2024-09", "change", "requests", "1", "Publish them", ".", "", "", "", "",
            "change", "title", "U", "back", "", "", "", "save"]  # fmt: skip
    done = scripted(*LETTER, "--title", "T", typed=[*asked, *menu])
    assert 0 == done.returncode, done.stdout
    written = event(arcadia, "2024-08-letter")
    assert "title: U\n" in written
    assert "received: 2024-09\n" in written
    assert "text: Publish them\n" in written
    before = events(arcadia)
    gone = scripted(*LETTER, "--title", "T", typed=[*asked, "discard", "yes"])
    assert (0, before, []) == (gone.returncode, events(arcadia), drafts(arcadia))
    assert gone.stdout.endswith("discarded; nothing was written\n")


def test_the_editor_changes_the_whole_and_what_it_broke_is_said(
    arcadia: Path, scripted: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho '# seen' >> \"$1\"\nsed -i 's/^title: T/title: \\[/' \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    done = scripted(
        *LETTER, "--title", "T", typed=["2024-08", *[""] * 9, "edit", "change", "title", "V", "edit", "save"]
    )
    assert 0 == done.returncode, done.stdout
    assert "your text is kept" in done.stdout
    assert "kind: letter\ntitle: V\ndated: 2024-08\n# seen\n" == event(arcadia, "2024-08-letter")


def test_what_the_editor_takes_out_does_not_come_back(
    arcadia: Path, scripted: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i '/^received:/d' \"$1\"\n")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    menu = ["add", "received", "2024-09", "edit", "change", "title", "V", "save"]
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", *[""] * 9, *menu])
    assert 0 == done.returncode, done.stdout
    assert "kind: letter\ntitle: V\ndated: 2024-08\n" == event(arcadia, "2024-08-letter")


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_is_asked_to_the_end(scripted: Run, kind: Kind) -> None:
    done = scripted("add-event", "arcadia-2023", kind, typed=["A title", "2024-08", *[""] * 12, "save"])
    assert "wrote   cases/arcadia-2023/events/2024-08-" in done.stdout or "mend" in done.stdout
    assert "internal error" not in done.stdout


def test_votes_and_clauses_of_a_resolution(arcadia: Path, scripted: Run) -> None:
    typed = ["A decision", "2024-08", "ogp-support-unit", "", "", "Closes the case", ".", "resolves",
             "Thanks all", ".", "", "", "yes", "9", "x", "0", "1", "by hand", "", "", "", "", "", *SAVE]  # fmt: skip
    done = scripted("add-event", "arcadia-2023", "resolution", typed=typed)
    assert 0 == done.returncode, done.stdout
    written = record(arcadia, "2024-08-resolution")
    assert [
        {"id": "closes-the-case", "verb": "resolves", "text": "Closes the case"},
        {"id": "thanks-all", "text": "Thanks all"},
    ] == written["clauses"]
    assert {"for": 9, "against": 0, "abstain": 1, "method": "by hand"} == written["votes"]


def left(said: str) -> list[str]:
    """The words of the command that goes on, which is the last line."""
    return shlex.split(said.strip().splitlines()[-1])[1:]


def test_what_was_typed_is_kept_and_goes_on(arcadia: Path, scripted: Run) -> None:
    before = events(arcadia)
    start = [
        "A 'plea' $HOME",
        "2024-08",
        "",
        "Ministry of Mines",
        "new",
        "",
        "government",
        "",
        "",
        "",
        "",
        "",
        "Half a sum",
    ]
    done = scripted(*LETTER, "--slug", "mines", typed=start)
    assert (130, before) == (done.returncode, events(arcadia))
    (draft,) = drafts(arcadia)
    assert 0o600 == draft.stat().st_mode & 0o777
    assert "interrupted; nothing was written\n  what you typed is kept; go on with:\n" in done.stdout
    again = scripted(*left(done.stdout), typed=["", "", "", "Now whole", ".", "", "", "", *SAVE])
    assert 0 == again.returncode, again.stdout
    assert (
        "kind: letter\ntitle: A 'plea' $HOME\nsummary: Now whole\ndated: 2024-08\nsenders: [ministry-of-mines]\n"
    ) == event(arcadia, "2024-08-letter-mines")
    assert (arcadia / "parties" / "ministry-of-mines.yaml").exists()
    assert [] == drafts(arcadia)


def test_a_half_typed_request_is_kept(arcadia: Path, scripted: Run) -> None:
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", "", "", "", "", "", "Publish it", "."])
    assert 130 == done.returncode
    assert "requests:\n  - text: Publish it\n" in drafts(arcadia)[0].read_text()
    other = scripted(*LETTER, "--title", "Another", typed=["2024-09"])
    assert (
        "an earlier record was not finished; remove its file, or go on with:\n  "
        f"ogpcase {shlex.join(left(done.stdout))[:30]}" in other.stdout
    )


def test_a_draft_is_taken_without_a_terminal_too(arcadia: Path, scripted: Run, ogpcase: Run) -> None:
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", "", "open-arcadia"])
    assert 130 == done.returncode
    written = ogpcase(*left(done.stdout))
    assert 0 == written.returncode, written.stderr
    assert "kind: letter\ntitle: T\ndated: 2024-08\nsenders: [open-arcadia]\n" == event(arcadia, "2024-08-letter")


def test_a_dry_run_keeps_the_draft(arcadia: Path, scripted: Run) -> None:
    done = scripted(*LETTER, "--title", "T", "--dry-run", typed=["2024-08", *[""] * 8, *SAVE])
    assert (0, 1) == (done.returncode, len(drafts(arcadia)))
    assert "2024-08-letter" not in events(arcadia)
    assert ["add-event", "arcadia-2023", "--from"] == left(done.stdout)[:3]


def test_a_run_that_cannot_write_keeps_what_was_typed(arcadia: Path, scripted: Run) -> None:
    (arcadia / JOURNAL).write_text("{}")
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", *[""] * 8, *SAVE])
    assert (1, 1) == (done.returncode, len(drafts(arcadia)))
    assert "was not left here by an interrupted command" in done.stdout
    assert ["add-event", "arcadia-2023", "--from", str(drafts(arcadia)[0])] == left(done.stdout)


def test_a_case_is_opened_by_questions(arcadia: Path, scripted: Run) -> None:
    typed = ["A second case", "", "Government of Borduria", "new", "government", "", "", "", "BO", "es", "2017", "",
             "arcadia-2023", "Not An Id", "borduria-2024", "save"]  # fmt: skip
    done = scripted("open-case", typed=typed)
    assert 0 == done.returncode, done.stdout
    assert "`arcadia-2023` already exists" in done.stdout
    assert (
        'title: A second case\ntrack: response_policy\npolicy_version: "2017"\nsubject: government-of-borduria\n'
        "country: BO\nlanguage: es\n"
    ) == (arcadia / "borduria-2024" / "case.yaml").read_text()
    assert (arcadia / "parties" / "government-of-borduria.yaml").exists()


def test_nothing_is_kept_before_the_first_answer(arcadia: Path, scripted: Run) -> None:
    for words in (("open-case",), (*LETTER, "--title", "T"), ("add-source", "arcadia-2023")):
        done = scripted(*words, typed=["?", "<", ""])
        assert (130, "interrupted; nothing was written") == (done.returncode, done.stdout.splitlines()[-1].strip("> "))
        assert [] == drafts(arcadia)


def test_an_unfinished_case_goes_on(arcadia: Path, scripted: Run) -> None:
    done = scripted("open-case", typed=["A second case"])
    assert (130, "open-case") == (done.returncode, left(done.stdout)[0])
    again = scripted(*left(done.stdout), typed=["", "government of arcadia", "AC", "", "", "", "arcadia-2024", "save"])
    assert 0 == again.returncode, again.stdout
    assert "title: A second case\n" in (arcadia / "arcadia-2024" / "case.yaml").read_text()


def test_a_party_gets_its_id_from_its_name(arcadia: Path, scripted: Run) -> None:
    done = scripted("add-party", typed=["Fundación Ríos", "civil", "", "", "", *SAVE])
    assert 0 == done.returncode, done.stdout
    assert (
        "name: Fundación Ríos\nclassification: civil_society\n"
        == (arcadia / "parties" / "fundacion-rios.yaml").read_text()
    )
    taken = scripted("add-party", typed=["Fundacion  Rios", "media", "", "", "", "", "rios-tv", "save", "no"])
    assert 0 == taken.returncode, taken.stdout
    assert "`fundacion-rios` already exists" in taken.stdout
    assert (arcadia / "parties" / "rios-tv.yaml").exists()


def test_without_a_terminal_a_party_gets_its_id_from_its_name_too(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("add-party", "--name", "Fundación Ríos", "--classification", "civil_society")
    assert 0 == done.returncode, done.stderr
    assert (arcadia / "parties" / "fundacion-rios.yaml").exists()
    again = ogpcase("add-party", "--name", "Fundación Ríos", "--classification", "media")
    assert (1, "error: `fundacion-rios` has the name `Fundación Ríos` already; nothing was written\n") == (
        again.returncode,
        again.stderr.splitlines(keepends=True)[0],
    )
    nameless = ogpcase("add-party", "--name", "汉", "--classification", "media")
    assert (2, "error: no id can be made from this name\n  give one: ogpcase add-party ID …\n") == (
        nameless.returncode, nameless.stderr,
    )  # fmt: skip


def test_a_source_is_asked_for(arcadia: Path, scripted: Run) -> None:
    done = scripted(
        "add-source", typed=["The plea", "example", "https://example.org/x", "", "2024-08-01", "", "en", *SAVE]
    )
    assert 0 == done.returncode, done.stdout
    assert "should be an address" in done.stdout
    assert (
        "title: The plea\nurl: https://example.org/x\npublished: 2024-08-01\nlanguage: en\n"
        == (arcadia / "arcadia-2023" / "sources" / "the-plea.yaml").read_text()
    )


def test_an_answer_is_picked_from_what_is_open(arcadia: Path, scripted: Run) -> None:
    done = scripted("answer", typed=["", "1", "refused", "<", "met", "2023-05-22-letter-notice"])
    assert 0 == done.returncode, done.stdout
    answers = record(arcadia, "2023-05-22-letter-notice")["answers"]
    assert [{"request": "2023-02-01-letter-ask#publish-contracts", "answer": "met"}] == answers


@pytest.mark.usefixtures("arcadia")
def test_an_answer_that_is_broken_off_says_how_to_go_on(scripted: Run) -> None:
    done = scripted("answer", typed=["1", "not_met"])
    assert 130 == done.returncode
    assert "go on with: ogpcase answer '2023-02-01-letter-ask#publish-contracts' not_met\n" in done.stdout


def test_advance_lists_the_moves_and_asks_which(arcadia: Path, scripted: Run) -> None:
    for name in ("2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution"):
        (arcadia / "arcadia-2023" / "events" / f"{name}.yaml").unlink()
    assert 0 == scripted("advance", typed=[""]).returncode
    done = scripted("advance", typed=["under", "letter", "Notice", "2023-05-22", *[""] * 7, *SAVE])
    assert 0 == done.returncode, done.stdout
    assert "stage   initial_review → under_review" in done.stdout
    assert "2023-05-22-letter" in events(arcadia)


@pytest.mark.parametrize(
    ("words", "missing"),
    [
        (("add-event",), "kind"), (("add-event", "arcadia-2023"), "kind"), (("open-case",), "the id of the case"),
        (("add-party",), "--name, --classification"), (("add-source",), "a title, an address or a file"),
        (("answer",), "REF#ITEM, OUTCOME, --in"),
    ],
)  # fmt: skip
def test_without_a_terminal_nothing_is_asked(arcadia: Path, ogpcase: Run, words: tuple[str, ...], missing: str) -> None:
    done = ogpcase(*words, stdin="x\n")
    assert (2, True) == (done.returncode, missing in done.stderr), done.stderr
    assert ">" not in done.stdout
    assert arcadia.exists()


def test_a_plain_terminal_gets_no_colour_and_no_movement(arcadia: Path, scripted: Run) -> None:
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", *[""] * 8, *SAVE])
    assert (0, False) == (done.returncode, "\x1b" in done.stdout)
    assert "2024-08-letter" in events(arcadia)


def test_a_dumb_terminal_is_asked_plainly(arcadia: Path, scripted: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", *[""] * 8, *SAVE], accessible="")
    assert (0, False) == (done.returncode, "\x1b" in done.stdout)
    assert "2024-08-letter" in events(arcadia)


def test_hostile_names_cannot_act_on_the_terminal(arcadia: Path, scripted: Run) -> None:
    (arcadia / "parties" / "evil.yaml").write_text('name: "evil \\u202e name"\nclassification: media\n')
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", "", "evil na", "", *[""] * 8, *SAVE])
    assert "\u202e" not in done.stdout
    assert "evil \\u{202e} name" in done.stdout


def test_nothing_is_lost_if_the_drafts_cannot_be_kept(arcadia: Path, scripted: Run, tmp_path: Path) -> None:
    (tmp_path / "state").write_text("no folder")
    done = scripted(*LETTER, "--title", "T", typed=["2024-08", "", "open-arcadia"])
    assert 130 == done.returncode
    draft = Path(left(done.stdout)[-1])
    assert "senders: [open-arcadia]\n" in draft.read_text()
    assert 0o700 == draft.parent.stat().st_mode & 0o777
    draft.unlink()
    assert arcadia.exists()
