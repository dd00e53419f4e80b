"""`ogpcase add-event` from a whole record, through an editor, and into a folder that changes or refuses."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from textwrap import dedent

import pytest

Run = Callable[..., CompletedProcess[str]]
CASE = ("add-event", "arcadia-2023")
LETTER = (*CASE, "letter", "--title", "A letter", "--dated", "2023-02-05", "--senders", "open-arcadia",
          "--source", "https://example.org")  # fmt: skip
WHOLE = dedent("""\
    # why this letter matters
    kind: letter
    title: A letter   # as printed
    dated: 2023-02-05
    senders:
    - open-arcadia
    sources:
    - {id: page, title: A page}
""")
VALUES = {
    "kind": "letter",
    "title": "A letter",
    "dated": "2023-02-05",
    "senders": ["open-arcadia"],
    "sources": [{"id": "page", "title": "A page"}],
}


def events(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "arcadia-2023" / "events").iterdir())


def record(folder: Path, event: str = "2023-02-05-letter") -> str:
    return (folder / "arcadia-2023" / "events" / f"{event}.yaml").read_text()


def editor(folder: Path, *commands: str) -> str:
    script = folder / "editor.sh"
    script.write_text("\n".join(["#!/bin/sh", *commands]) + "\n")
    script.chmod(0o755)
    return str(script)


def test_a_whole_record_is_kept_as_it_was_typed(arcadia: Path, ogpcase: Run) -> None:
    Path("new.yaml").write_text(WHOLE)
    done = ogpcase(*CASE, "--from", "new.yaml")
    assert (0, "") == (done.returncode, done.stderr)
    assert WHOLE == record(arcadia)
    again = ogpcase(*CASE, "letter", "--from", "-", stdin=WHOLE)
    assert "warning[OC230]: this record looks like `2023-02-05-letter`, so it may be there twice\n" in again.stderr
    assert (0, WHOLE) == (again.returncode, record(arcadia, "2023-02-05-letter-2"))


def test_options_fill_in_what_a_whole_record_lacks(arcadia: Path, ogpcase: Run) -> None:
    lacking = WHOLE.replace("title: A letter   # as printed\n", "")
    done = ogpcase(*CASE, "--from", "-", stdin=lacking)
    assert (2, "error: missing: --title\n  write them into the record\n") == (done.returncode, done.stderr)
    assert 0 == ogpcase(*CASE, "--from", "-", "--title", "A letter", stdin=lacking).returncode
    assert lacking + "title: A letter\n" == record(arcadia)


def test_options_win_over_a_whole_record(arcadia: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase(*CASE, "--from", "-", "--title", "Another", stdin=WHOLE).returncode
    assert WHOLE.replace("title: A letter", "title: Another") == record(arcadia)


NAMED = dedent("""\
    kind: letter
    title: A letter
    dated: "2023-02-05"   # stamped
    senders:
      # the board signed too
      - OPEN ARCADIA
    on_behalf_of: Open Arcadia
    addressees: [{party: Government of Arcadia, as_named: The Government}, unknown]
    requests:
      - id: publish   # the first
        asked_of: [Government of Arcadia]
        text: Publish it.
    answers:
      - {request: 2023-02-01-letter-ask#publish-contracts, answer: none, of: government of arcadia}
    also_stated:
      - {field: addressees, value: [Open Arcadia], source: page}
    sources:
    - {id: page, title: A page}
""")
IDS = {
    "OPEN ARCADIA": "open-arcadia",
    "Open Arcadia": "open-arcadia",
    "Government of Arcadia": "government-of-arcadia",
    "government of arcadia": "government-of-arcadia",
}


def test_a_whole_record_may_name_parties_by_any_name_and_keeps_its_comments(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*CASE, "--from", "-", "--new-party", "{name: Records, classification: government}", stdin=NAMED)
    assert (0, "") == (done.returncode, done.stderr)
    expected = NAMED
    for name, party in IDS.items():
        expected = expected.replace(name, party)
    assert expected == record(arcadia)


def test_json_may_name_parties_by_any_name(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*CASE, "--from", "-", stdin=json.dumps({**VALUES, "senders": [{"party": "Open Arcadia"}]}))
    assert (0, "") == (done.returncode, done.stderr)
    assert "senders: [open-arcadia]\n" in record(arcadia)


def test_an_unknown_name_in_a_whole_record_is_named_with_its_place(arcadia: Path, ogpcase: Run) -> None:
    Path("new.yaml").write_text(NAMED.replace("[Government of Arcadia]", "[Goverment of Arcadia]"))
    done = ogpcase(*CASE, "--from", "new.yaml")
    assert (1, 5) == (done.returncode, len(events(arcadia)))
    said = "error: new.yaml:11:16: no party is called `Goverment of Arcadia`; nothing was written\n"
    assert said + "  did you mean `government-of-arcadia`?\n" in done.stderr
    done = ogpcase(*CASE, "--from", "-", stdin=json.dumps({**VALUES, "senders": ["Nobody"]}))
    assert "error: standard input: `senders.0`: no party is called `Nobody`; nothing was written\n" in done.stderr


def test_json_is_taken_too(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase(*CASE, "--from", "-", stdin=json.dumps(VALUES))
    assert (0, "") == (done.returncode, done.stderr)
    assert (
        "kind: letter\ntitle: A letter\ndated: 2023-02-05\nsenders: [open-arcadia]\n"
        "sources:\n  - id: page\n    title: A page\n"
    ) == record(arcadia)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("", 1, "error: standard input is empty"),
        ("title: A letter\n", 2, "error: the event's kind is missing"),
        ("- a\n- b\n", 1, "error: standard input does not hold a record"),
        ("kind: letter\ntitle: [\n", 1, "error: standard input:"),
        ('{"kind": "letter", "title":', 1, "error: standard input:"),
        (WHOLE.replace("letter\n", "leter\n", 1), 2, "did you mean `letter`?"),
        (
            WHOLE.replace("2023-02-05", "2023-02-30"),
            1,
            "error: standard input:4:8: cannot read the date `2023-02-30`: day 30 does not exist",
        ),
        (WHOLE + "nonsense: 1\n", 1, "error[OC202]: `letter` has no field `nonsense`"),
        (WHOLE + "title: twice\n", 1, "error: standard input:9:1: "),
        (WHOLE.replace("dated: 2023-02-05", "dated:"), 1, "error: `dated` has no value"),
        ("x" * 262_145, 1, "is larger than a record may be: 256 KiB"),
    ],
)
def test_a_whole_record_that_is_none_is_refused(arcadia: Path, ogpcase: Run, words: str, code: int, said: str) -> None:
    before = events(arcadia)
    done = ogpcase(*CASE, "--from", "-", stdin=words)
    assert (code, "", before) == (done.returncode, done.stdout, events(arcadia))
    assert said in done.stderr


def test_a_file_that_is_not_there_or_of_another_kind_is_named(arcadia: Path, ogpcase: Run) -> None:
    assert "error: nothing.yaml is not a file\n" in ogpcase(*CASE, "--from", "nothing.yaml").stderr
    other = ogpcase(*CASE, "report", "--from", "-", stdin=WHOLE)
    assert (2, "error: the record given is a `letter`, not a `report`") == (
        other.returncode,
        other.stderr.splitlines()[0],
    )
    assert 5 == len(events(arcadia))


def test_the_editor_has_the_last_word(arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    change = editor(arcadia.parent, "sed -i 's/^title: .*/title: Edited  # by hand/' \"$1\"")
    monkeypatch.setenv("EDITOR", change)
    done = ogpcase(*LETTER, "--edit")
    assert (0, "") == (done.returncode, done.stderr)
    assert "title: Edited  # by hand\n" in record(arcadia)


def test_the_editor_starts_from_what_is_needed(arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = editor(arcadia.parent, 'cp "$1" seen', "sed -i 's/^title:$/title: T/; s/^dated:$/dated: 2023-03/' \"$1\"")
    monkeypatch.setenv("VISUAL", fill)
    assert 0 == ogpcase(*CASE, "letter", "--senders", "open-arcadia", "--edit").returncode
    lines = [line for line in Path("seen").read_text().splitlines() if not line.startswith("#|")]
    assert ["kind: letter", "title:", "summary:", "dated:"] == lines[:4]
    assert "kind: letter\ntitle: T\ndated: 2023-03\nsenders: [open-arcadia]\n" == record(arcadia, "2023-03-letter")


def test_what_was_typed_in_the_editor_is_not_lost_when_it_is_refused(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    monkeypatch.setenv("EDITOR", editor(arcadia.parent, "echo 'nonsense: 1' >> \"$1\""))
    done = ogpcase(*LETTER, "--edit")
    assert (1, 5) == (done.returncode, len(events(arcadia)))
    (kept,) = scratch.rglob("event.yaml")
    assert f"your text is kept: go on with ogpcase add-event arcadia-2023 --edit --from {kept}\n" in done.stderr
    assert "nonsense: 1\n" in kept.read_text()
    assert 0 == kept.parent.stat().st_mode & 0o077
    kept.unlink()
    kept.parent.rmdir()
    monkeypatch.setenv("EDITOR", "true")
    assert 0 == ogpcase(*LETTER, "--edit").returncode
    assert [] == list(scratch.iterdir())


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("", "no editor is set"),
        ("false", "the editor exited with code 1; nothing was written"),
        ("/no/such/editor", "the editor `/no/such/editor` cannot be started; nothing was written"),
        ("'unfinished", "the editor `'unfinished` cannot be started; nothing was written"),
    ],
)
def test_an_editor_that_does_not_work_is_named(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, program: str, words: str
) -> None:
    monkeypatch.setenv("EDITOR", program)
    done = ogpcase(*LETTER, "--edit")
    assert (1, 5) == (done.returncode, len(events(arcadia)))
    assert f"error: {words}\n" in done.stderr


def test_a_target_that_cannot_be_written_is_named(arcadia: Path, ogpcase: Run) -> None:
    case = arcadia / "other-2024"
    case.mkdir()
    (case / "case.yaml").write_text((arcadia / "arcadia-2023" / "case.yaml").read_text())
    (case / "events").write_text("a file where a folder should be\n")
    done = ogpcase("add-event", "other-2024", *LETTER[2:])
    assert (1, "") == (done.returncode, done.stdout)
    assert "error: `cases/other-2024/events/2023-02-05-letter.yaml` cannot be written: " in done.stderr
    assert "nothing was changed\n" in done.stderr
    assert "a file where a folder should be\n" == (case / "events").read_text()


def test_a_name_taken_meanwhile_is_never_written_over(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    events_folder, parties = arcadia / "arcadia-2023" / "events", arcadia / "parties"
    other = f"sed 's/A letter/Another/' \"$1\" > {events_folder}/2023-02-05-letter.yaml"
    monkeypatch.setenv("EDITOR", editor(arcadia.parent, other))
    assert "2023-02-05-letter-2.yaml" in ogpcase(*LETTER, "--edit").stdout
    assert "title: Another\n" in record(arcadia)
    theirs = "name: Theirs\nclassification: media\n"
    monkeypatch.setenv("EDITOR", editor(arcadia.parent, f"printf '{theirs}' > {parties}/records.yaml"))
    done = ogpcase(*LETTER, "--edit", "--new-party", "{name: Records, classification: government}")
    assert (1, theirs, 7) == (done.returncode, (parties / "records.yaml").read_text(), len(events(arcadia)))
    assert "error: cases/parties/records.yaml already exists; nothing was written\n" in done.stderr


def test_several_writers_at_once_lose_nothing(arcadia: Path) -> None:
    command = [sys.executable, "-m", "ogpcase", *LETTER, "--root", str(arcadia)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
    written = {each.communicate()[0].split()[1] for each in running}
    assert {0} == {each.returncode for each in running}
    assert (6, 6 + 5) == (len(written), len(events(arcadia)))
