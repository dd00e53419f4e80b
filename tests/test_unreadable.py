"""What cannot be read is named by every command that rests on it, and no view claims what it could change."""

from __future__ import annotations

import errno
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, rmtree
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
DAY = ("--as-of", "2025-01-15")
CASE = "arcadia-2023"
RESOLUTION = "2024-06-03-resolution"


def a_link(path: Path) -> Path:
    """Puts a link to the same content in the place of a file or folder; works beside the case folder."""
    elsewhere = Path.cwd() / f"elsewhere-{path.name}"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    return path


def a_folder(path: Path) -> Path:
    path.unlink()
    path.mkdir()
    return path


def a_pipe(path: Path) -> Path:
    path.unlink()
    os.mkfifo(path)
    return path


def another_name(name: str) -> Callable[[Path], Path]:
    return lambda path: path.rename(path.with_name(name))


def other_bytes(data: bytes) -> Callable[[Path], Path]:
    def change(path: Path) -> Path:
        path.write_bytes(data + path.read_bytes())
        return path

    return change


def misspelt(path: Path) -> Path:
    path.write_text(path.read_text("utf-8").replace("moves_to:", "moves_too:", 1), "utf-8")
    return path


def without_rights(path: Path) -> Path:
    """Nothing is changed: `spoiled` lets the system refuse to open the path, as it would anybody but the superuser."""
    return path


EVENT, EVENTS = Path(CASE, "events", f"{RESOLUTION}.yaml"), Path(CASE, "events")
WAYS: dict[str, tuple[Path, Callable[[Path], Path]]] = {
    "the folder of events is a link": (EVENTS, a_link),
    "nobody may read the folder of events": (EVENTS, without_rights),
    "a record is a link": (EVENT, a_link),
    "a record is a folder": (EVENT, a_folder),
    "a record is a pipe": (EVENT, a_pipe),
    "nobody may read a record": (EVENT, without_rights),
    "a record has the wrong ending": (EVENT, another_name(f"{RESOLUTION}.yml")),
    "the name of a record is not an id": (EVENT, another_name("2024-06-03 Resolution.yaml")),
    "broken YAML": (EVENT, other_bytes(b"kind: [\n")),
    "a conflict marker": (EVENT, other_bytes(b"<<<<<<< HEAD\n")),
    "not UTF-8": (EVENT, other_bytes(b"# \xff\n")),
    "too large": (EVENT, other_bytes(b"# " + b"x" * 300_000 + b"\n")),
    "a field of a record has a wrong name": (EVENT, misspelt),
}
READERS: dict[str, tuple[str, ...]] = {
    "timeline": ("timeline", CASE, *DAY),
    "timeline as Markdown": ("timeline", CASE, "--format", "markdown", *DAY),
    "status": ("status", CASE, *DAY),
    "list": ("list", *DAY),
    "show": ("show", CASE, *DAY),
    "show of an event": ("show", f"{CASE}/2023-04-10-concern", *DAY),
    "show of a party": ("show", "open-arcadia", *DAY),
    "requests": ("requests", *DAY),
    "due": ("due", *DAY),
    "findings": ("findings", CASE, *DAY),
    "doubts": ("doubts", *DAY),
    "parties": ("parties", *DAY),
    "sources": ("sources", *DAY),
    "search": ("search", "a", *DAY),
    "stats": ("stats", *DAY),
    "export": ("export", "json", *DAY),
}


def spoiled(arcadia: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Makes the last step of the case unreadable in one way; returns the path as it is printed."""
    path, change = WAYS[way]
    if change is without_rights:
        really = os.open

        def refuses(name: Any, *rest: Any, **more: Any) -> int:
            if Path(os.fsdecode(name)).name == path.name:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(name))
            return really(name, *rest, **more)

        monkeypatch.setattr("ogpcase.store.files.os.open", refuses)
    return f"cases/{change(arcadia / path).relative_to(arcadia).as_posix()}"


@pytest.fixture(params=WAYS)
def unreadable(request: pytest.FixtureRequest, arcadia: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return spoiled(arcadia, request.param, monkeypatch)


@pytest.mark.parametrize("words", READERS.values(), ids=READERS)
def test_every_reading_command_names_it_and_fails(ogpcase: Run, unreadable: str, words: tuple[str, ...]) -> None:
    done = ogpcase(*words)
    assert (1, True) == (done.returncode, f"{unreadable} " in done.stderr), done.stderr
    assert done.stdout or words[1] == f"{CASE}/2023-04-10-concern"  # where no event can be read there is none to show
    assert "internal error" not in done.stderr


@pytest.mark.parametrize("words", [("validate",), ("publish", "elsewhere", "--yes"), ("timeline", CASE, "--public")])
def test_what_rests_on_the_whole_folder_is_refused(ogpcase: Run, unreadable: str, words: tuple[str, ...]) -> None:
    done = ogpcase(*words)
    assert (1, True) == (done.returncode, unreadable in done.stdout + done.stderr), done.stderr
    assert not Path("elsewhere", "cases").exists()


@pytest.mark.usefixtures("unreadable")
@pytest.mark.parametrize("name", ["timeline", "status", "list", "show"])
def test_no_view_states_a_stage_that_it_could_change(ogpcase: Run, name: str) -> None:
    text, as_json = ogpcase(*READERS[name]).stdout, json.loads(ogpcase(*READERS[name], "--json").stdout)
    said = (
        "not known: a record cannot be read"
        if name == "list"
        else "Stage not known: a record of this case cannot be read"
    )
    assert said in text
    heading = as_json.get("heading") or as_json["rows"][0].get("heading") or as_json["rows"][0]
    assert (None, None, None, None) == tuple(
        heading[field] for field in ("stage", "since", "ended", "days_from_filing")
    )


@pytest.mark.usefixtures("unreadable")
def test_no_view_states_a_count_that_it_could_change(ogpcase: Run) -> None:
    (row,) = json.loads(ogpcase("list", "--json", *DAY).stdout)["rows"]
    counts = json.loads(ogpcase("stats", "--json", *DAY).stdout)["counts"]
    assert (0, 0, 1) == (counts["ended"], counts["open"], counts["not_read"])
    assert row["longest_silence"] is None or row["open_requests"] is not None


@pytest.mark.parametrize("way", [way for way in WAYS if not way.startswith("a field")])
def test_no_view_takes_what_is_not_read_for_silence(
    ogpcase: Run, arcadia: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiled(arcadia, way, monkeypatch)
    rows = json.loads(ogpcase("requests", "--json", *DAY).stdout)["rows"]
    assert {"not_read"} >= {row["outcome"] for row in rows if row["open"] is not False}
    (row,) = json.loads(ogpcase("list", "--json", *DAY).stdout)["rows"]
    assert (None, None, None) == (row["open_requests"], row["longest_silence"], row["next_due"])
    for name in ("requests", "status", "due", "timeline"):
        assert "unanswered" not in ogpcase(*READERS[name]).stdout.replace("unanswered:", "")


BY_KIND = {
    "concern": "filers", "letter": "senders", "statement": "issued_by", "report": "authors", "resolution": "by",
    "commitment": "lead", "development": "participants",
}  # fmt: skip


@pytest.mark.parametrize(("kind", "acting"), [*BY_KIND.items(), ("report", "adopted_by"), ("letter", "on_behalf_of")])
def test_an_answer_of_somebody_who_cannot_be_read_is_no_silence(
    ogpcase: Run, arcadia: Path, kind: str, acting: str
) -> None:
    file = arcadia / CASE / "events" / f"2023-03-01-{kind}.yaml"
    answers = "answers: [{request: 2023-02-01-letter-ask#publish-contracts, answer: met}]"
    file.write_text(
        f"kind: {kind}\ntitle: T\ndated: 2023-03-01\n{acting}: [[government-of-arcadia]]\n{answers}\n", "utf-8"
    )
    (row,) = (row for row in json.loads(ogpcase("requests", "--json", *DAY).stdout)["rows"] if not row["duty"])
    assert "not_read" == row["outcome"]


@pytest.mark.parametrize("acting", ["senders", "on_behalf_of"])
def test_a_reply_of_somebody_who_cannot_be_read_is_no_silence(ogpcase: Run, arcadia: Path, acting: str) -> None:
    file = arcadia / CASE / "events" / "2023-05-01-letter.yaml"
    replies = "replies: [{about: 2023-04-10-concern#sealed-contracts, position: denies}]"
    file.write_text(
        f"kind: letter\ntitle: T\ndated: 2023-05-01\n{acting}: [[government-of-arcadia]]\n{replies}\n", "utf-8"
    )
    (row,) = json.loads(ogpcase("findings", CASE, "--json", *DAY).stdout)["rows"]
    assert "not_read" == row["reply_state"]


WRITERS: dict[str, tuple[str, ...]] = {
    "advance": ("advance", CASE, "stage_one", "--kind", "letter", "--dated", "2024-07-01", "--title", "T", "--source", "https://e.org/a"),
    "add-event": ("add-event", CASE, "resolution", "--dated", "2024-07-01", "--title", "T", "--moves-to", "stage_one",
                  "--source", "https://e.org/a"),
    "set": ("set", f"{CASE}/2024-01-15-report-review", "moves_to", "stage_one"),
}  # fmt: skip


def files_in(folder: Path) -> dict[str, bytes]:
    plain = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in plain}


@pytest.mark.parametrize("words", WRITERS.values(), ids=WRITERS)
def test_no_command_moves_a_case_that_is_known_in_part(
    arcadia: Path, ogpcase: Run, unreadable: str, words: tuple[str, ...]
) -> None:
    before = files_in(arcadia)
    done = ogpcase(*words)
    assert 1 == done.returncode, done.stdout
    assert unreadable in done.stderr or words[1].rpartition("/")[0] == CASE
    assert before == files_in(arcadia)


OTHERS: dict[str, tuple[str, ...]] = {
    "add-event": ("add-event", CASE, "letter", "--dated", "2024-07-01", "--title", "T", "--senders", "open-arcadia",
                  "--source", "https://e.org/a", "--dry-run"),
    "set": ("set", CASE, "title", "Another title", "--dry-run"),
    "advance without a stage": ("advance", CASE),
}  # fmt: skip


@pytest.mark.parametrize("words", OTHERS.values(), ids=OTHERS)
def test_other_writing_names_it_and_goes_on(ogpcase: Run, unreadable: str, words: tuple[str, ...]) -> None:
    done = ogpcase(*words)
    assert (1 if words == ("advance", CASE) else 0, True) == (done.returncode, f"{unreadable} " in done.stderr)


SEARCHED = {"broken YAML", "a conflict marker", "not UTF-8"}
"""The ways that leave the text of a record there, which is searched."""


@pytest.mark.parametrize("way", [way for way in WAYS if way not in SEARCHED and not way.startswith("a field")])
def test_a_renaming_is_refused_where_a_record_may_name_it(
    ogpcase: Run, arcadia: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoiled(arcadia, way, monkeypatch)
    before = files_in(arcadia)
    done = ogpcase("rename", "open-arcadia", "open-arcadia-2")
    assert (1, True) == (done.returncode, "may name it, but cannot be read" in done.stderr), done.stderr
    assert before == files_in(arcadia)


def test_a_case_that_is_a_link_is_not_said_to_be_missing(ogpcase: Run, arcadia: Path) -> None:
    a_case = arcadia.parent / "elsewhere"
    (arcadia / CASE).rename(a_case)
    (arcadia / CASE).symlink_to(a_case)
    for words in (("status", CASE), ("advance", CASE), ("show", CASE)):
        assert "error: `cases/arcadia-2023` cannot be read" in ogpcase(*words).stderr
    done = ogpcase("list")
    assert (1, "unreadable: cases/arcadia-2023 is left out") == (done.returncode, done.stderr.partition(";")[0])


def test_a_party_that_cannot_be_read_is_named_and_not_added_twice(ogpcase: Run, arcadia: Path) -> None:
    (arcadia / "parties" / "open-arcadia.yaml").write_text("name: [\n", "utf-8")
    for words in (("timeline", CASE), ("status", CASE), ("parties",)):
        done = ogpcase(*words)
        assert (1, True) == (done.returncode, "cases/parties/open-arcadia.yaml is left out" in done.stderr)
    done = ogpcase("add-event", CASE, "letter", "--dated", "2024-07-01", "--title", "T", "--senders", "Open Arcadia",
                   "--source", "https://e.org/a")  # fmt: skip
    assert "it may be one that cannot be read: parties/open-arcadia.yaml" in done.stderr


def commit(folder: Path, message: str) -> None:
    author = ("-c", "user.name=A Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgsign=false")
    for words in (("add", "-A"), (*author, "commit", "-q", "-m", message)):
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def test_a_problem_that_cannot_be_judged_any_more_is_not_mended(ogpcase: Run, arcadia: Path) -> None:
    subprocess.run(["git", "-C", str(arcadia.parent), "init", "-q", "-b", "main"], check=True)
    commit(arcadia.parent, "Before")
    path = arcadia / EVENT
    path.write_text(f"<<<<<<< HEAD\n{path.read_text('utf-8')}", "utf-8")
    done = ogpcase("diff")
    assert "stage not known in one of the two versions" in done.stdout
    assert "not judged" in done.stdout
    assert "asks" not in done.stdout.partition("\n")[0]


def test_a_clone_that_lacks_contents_says_so(arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    top = arcadia.parent
    subprocess.run(["git", "-C", str(top), "init", "-q", "-b", "main"], check=True)
    commit(top, "Before")
    (arcadia / EVENT).write_text((arcadia / EVENT).read_text("utf-8").replace("title: ", "title: Another "), "utf-8")
    commit(top, "After")
    subprocess.run(["git", "-C", str(top), "config", "uploadpack.allowFilter", "true"], check=True)
    partial = top / "partial"
    clone = ("git", "clone", "-q", "--filter=blob:none", f"file://{top}", str(partial))
    subprocess.run(clone, check=True, capture_output=True)
    monkeypatch.chdir(partial)
    for words in (("diff", "HEAD~1"), ("validate", "--new-only", "--base", "HEAD~1")):
        done = ogpcase(*words)
        assert (1, "error: this repository lacks a part of the commit") == (
            done.returncode, done.stderr.splitlines()[0],
        )  # fmt: skip
    rmtree(partial)


def test_a_sound_folder_says_nothing(ogpcase: Run, arcadia: Path) -> None:
    copytree(arcadia, arcadia.parent / "again" / "cases")
    for words in READERS.values():
        done = ogpcase(*words)
        assert (0, "") == (done.returncode, done.stderr)
        assert "cannot be read" not in done.stdout
