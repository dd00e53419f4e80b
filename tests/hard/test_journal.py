"""What an interrupted command left is finished or undone, and never by order of a file that came from elsewhere."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from tests.hard.commands import CASE, EVENTS, NEXT, NEXT_FILE, Known, files_in, has_journal, strays_in
from tests.hard.layer import Kill, run

from ogpcase.store.files import JOURNAL

Place = Callable[[], Path]
LETTER = f"{CASE}/events/2023-02-01-letter-ask.yaml"
WORK = ".ogpcase-1-abc"
AFTER = b"title: taken over\n"


@pytest.fixture
def arcadia_here(known: Callable[[str], Known], place: Place) -> Path:
    folder = place()
    known("add-event").command.prepare(folder)
    return folder


def begun(seen: Known, folder: Path, last: str) -> None:
    """Kills a command before the last call of a name, with its journal there."""
    points = [number for number, call in enumerate(seen.calls, 1) if call == last]
    seen.command.prepare(folder)
    run(seen.command.words, folder, Kill(points[-1]))
    assert has_journal(folder)


def test_the_next_command_says_what_it_finished(known: Callable[[str], Known], place: Place) -> None:
    seen, folder = known("rename party"), place()
    begun(seen, folder, "replace")
    after = run(NEXT, folder)
    assert "finished `rename`, which was interrupted: 5 files, see `git status`\n" == after.err
    assert seen.whole == {name: data for name, data in files_in(folder).items() if name != NEXT_FILE}


def test_the_next_command_undoes_what_cannot_be_finished(known: Callable[[str], Known], place: Place) -> None:
    """Somebody has taken the work files away, and not a file had changed yet."""
    seen, folder = known("open-case --new-party"), place()
    begun(seen, folder, "link")
    for stray in strays_in(folder):
        if not stray.endswith(JOURNAL):
            (folder / stray).unlink()
    for name in seen.whole.keys() - seen.before.keys():
        (folder / name).unlink(missing_ok=True)
    after = run(NEXT, folder)
    assert "undid `open-case`, which was interrupted: none of 3 files was changed\n" == after.err
    assert seen.before == {name: data for name, data in files_in(folder).items() if name != NEXT_FILE}


def test_what_somebody_changed_meanwhile_is_not_written_over(known: Callable[[str], Known], place: Place) -> None:
    seen, folder = known("rename party"), place()
    begun(seen, folder, "replace")
    concern = folder / EVENTS / "2023-04-10-concern.yaml"
    case = folder / "cases" / CASE / "case.yaml"
    for path in (concern, case, folder / "cases" / LETTER):
        path.write_bytes(path.read_bytes() + b"# mine\n")
    before = files_in(folder)
    for _ in range(2):
        after = run(NEXT, folder)
        assert (1, before) == (after.code, files_in(folder))
        assert "error: `rename` was interrupted and cannot be finished: " in after.err
        assert "of its files ha" in after.err
        assert f"`cases/{JOURNAL}` lists them: restore the old files, or finish by hand and delete it" in after.err
    (folder / "cases" / JOURNAL).unlink()
    assert 0 == run(NEXT, folder).code


def test_readers_pass_over_what_was_left(known: Callable[[str], Known], place: Place) -> None:
    seen, folder = known("open-case --new-party"), place()
    begun(seen, folder, "unlink")
    done = run(("validate", "--json"), folder)
    assert 0 == done.code
    assert ".ogpcase-" not in done.out + done.err


def test_finishing_needs_no_clock_and_no_process_that_lives(known: Callable[[str], Known], place: Place) -> None:
    """Work files from before the clock was set back are swept like any other."""
    seen, folder = known("rename event"), place()
    begun(seen, folder, "unlink")
    for stray in strays_in(folder):
        os.utime(folder / stray, (4e9, 4e9))
    (folder / EVENTS / f".ogpcase-{os.getpid()}-0123456789ab").write_text("of a process that lives")
    assert (0, []) == (run(NEXT, folder).code, strays_in(folder))


def planted(folder: Path) -> dict[str, Any]:
    """Returns a journal as sound as a stranger can write one who knows all files here."""
    there = (folder / "cases" / LETTER).read_bytes()
    (folder / EVENTS / WORK).write_bytes(AFTER)
    entry = {"file": LETTER, "before": sha256(there).hexdigest(), "after": sha256(AFTER).hexdigest(), "work": WORK}
    number = (folder / "cases").stat().st_ino
    return {"format": 1, "folder": number, "what": "rename", "move": None, "files": [entry]}


def test_a_sound_journal_is_followed(arcadia_here: Path) -> None:
    """So that the ones below are refused for what is wrong with them, and for nothing else."""
    (arcadia_here / "cases" / JOURNAL).write_text(json.dumps(planted(arcadia_here)))
    assert 0 == run(("add-party", "x", "--name", "X", "--classification", "media"), arcadia_here).code
    assert AFTER == (arcadia_here / "cases" / LETTER).read_bytes()


def with_entry(**other: str | None) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda journal: journal | {"files": [journal["files"][0] | other]}


HOSTILE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "of another folder": lambda journal: journal | {"folder": journal["folder"] + 1},
    "of no folder": lambda journal: {key: value for key, value in journal.items() if key != "folder"},
    "out of the root": with_entry(file="../secret.yaml"),
    "out of the root by an event": with_entry(file=f"{CASE}/events/../../../x.yaml"),
    "absolute": with_entry(file="/etc/passwd"),
    "git's hooks": with_entry(file=".git/hooks/pre-commit"),
    "git's settings": with_entry(file=".git/config"),
    "a hidden file": with_entry(file=f"{CASE}/sources/.gitattributes"),
    "a workflow": with_entry(file=".github/workflows/x.yaml"),
    "no record": with_entry(file="README.md"),
    "a work file elsewhere": with_entry(work="../.ogpcase-1"),
    "a work file of another name": with_entry(work="2023-04-10-concern.yaml"),
    "the journal itself as a work file": with_entry(work=JOURNAL),
    "no work file": with_entry(work=None),
    "no digest": with_entry(before=None, after=None, work=None),
    "half a digest": with_entry(before="abc"),
    "moves git's folder": lambda journal: journal | {"move": [".git", "git"]},
    "moves to git's folder": lambda journal: journal | {"move": [CASE, ".git"]},
    "moves the parties": lambda journal: journal | {"move": ["parties", "x"]},
    "moves out": lambda journal: journal | {"move": [CASE, "../x"]},
    "speaks to the terminal": lambda journal: journal | {"what": "\x1b]0;x\x07"},
    "a number": lambda _: 5,
    "a list": lambda journal: [journal],
    "nothing": lambda _: None,
    "of another format": lambda journal: journal | {"format": 2},
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_journal_that_this_program_did_not_write_here_is_not_followed(arcadia_here: Path, what: str) -> None:
    journal = HOSTILE[what](planted(arcadia_here))
    (arcadia_here / "cases" / JOURNAL).write_text(json.dumps(journal))
    before = files_in(arcadia_here)
    done = run(NEXT, arcadia_here)
    assert (1, before) == (done.code, files_in(arcadia_here)), done
    assert (
        f"error: `cases/{JOURNAL}` was not left here by an interrupted command; nothing was changed\n"
        "  find out where it comes from, then delete it\n"
    ) == done.err


@pytest.mark.parametrize("sort", ["pipe", "link", "link to nothing", "folder", "broken", "deep", "not UTF-8"])
def test_what_is_no_journal_at_all_neither_hangs_nor_is_followed(arcadia_here: Path, sort: str) -> None:
    path = arcadia_here / "cases" / JOURNAL
    outside = arcadia_here / "outside.json"
    outside.write_text(json.dumps(planted(arcadia_here)))
    plant: dict[str, Callable[[], object]] = {
        "pipe": lambda: os.mkfifo(path),
        "link": lambda: path.symlink_to(outside),
        "link to nothing": lambda: path.symlink_to("nowhere"),
        "folder": path.mkdir,
        "broken": lambda: path.write_text("{"),
        "deep": lambda: path.write_text("[" * 100_000),
        "not UTF-8": lambda: path.write_bytes(b"\xff\xfe"),
    }
    plant[sort]()
    before = files_in(arcadia_here)
    done = run(NEXT, arcadia_here)
    assert (1, before) == (done.code, files_in(arcadia_here)), done
    assert done.err.startswith(f"error: `cases/{JOURNAL}` ")
    assert "nothing was changed" in done.err
