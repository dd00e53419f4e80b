"""`changes/<day>.json` beside a copy: what each run changed, and that nothing withheld is told there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.test_publishing.folders import STORIES, Folder, bound, faults, other_world, read, withheld
from tests.test_publishing.secrets import Secret
from tests.test_publishing.test_canaries import Make, made, told
from tests.test_site.conftest import built
from tests.trials import examples

from ogpcase.cli import options
from ogpcase.model.as_of import Reader
from ogpcase.model.copy_changes import DayOfChanges
from ogpcase.reports.changes.versions import published_runs
from ogpcase.reports.shown import Shown
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.published import published_in
from ogpcase.workspace.publishing.changes import changes_between
from ogpcase.workspace.publishing.copying import public_copy
from ogpcase.workspace.publishing.records import Records

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
ASK, NOTICE = "2023-02-01-letter-ask", "2023-05-22-letter-notice"
FIRST, SECOND, THIRD = date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 5)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """Sets the day of the following runs."""
    return lambda day: monkeypatch.setattr(options, "today", lambda: day)


@pytest.fixture
def folder(arcadia: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The place of the copy of a small working folder, beside it."""
    subprocess.run(["git", "init", "--quiet"], cwd=arcadia.parent, check=True)
    (arcadia / "ogpcase.yaml").write_text("format: 2\n", encoding="utf-8")
    return tmp_path_factory.mktemp("public")


def changes_of(folder: Path, day: date) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((folder / "changes" / f"{day}.json").read_text(encoding="utf-8"))
    return values


def amend(arcadia: Path, name: str, old: str, new: str) -> None:
    path = next(arcadia.rglob(f"{name}.yaml"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_each_run_tells_what_it_changed(ogpcase: Run, folder: Path, arcadia: Path, on: Callable[[date], None]) -> None:
    on(FIRST)
    assert 0 == ogpcase("publish", folder, "--yes", "--note", "The first edition").returncode
    (run,) = changes_of(folder, FIRST)["runs"]
    assert ("The first edition", True) == (run["note"], run["first"])
    assert [{"case": CASE, "stage": "closed_addressed_domestically"}] == run["cases"]
    assert {"record": f"{CASE}/{ASK}", "what": "added"} in run["records"]
    assert {"record": CASE, "what": "added"} in run["records"]
    on(SECOND)
    amend(arcadia, "case", "Sealed", "Hidden")
    letter = next(arcadia.rglob(f"{NOTICE}.yaml"))
    letter.rename(letter.with_name(f"{NOTICE}-of-outcome.yaml"))
    amend(arcadia, f"{NOTICE}-of-outcome", "kind: letter", f"kind: letter\naliases: [{NOTICE}]")
    assert 0 == ogpcase("publish", folder).returncode
    (run,) = changes_of(folder, SECOND)["runs"]
    assert {
        "cases": [{"case": CASE, "stage": "closed_addressed_domestically"}],
        "records": [
            {"record": CASE, "what": "amended", "fields": ["title"]},
            {
                "record": f"{CASE}/{NOTICE}-of-outcome",
                "what": "renamed",
                "was": NOTICE,
                "fields": ["aliases"],
            },
        ],
    } == run


def test_a_second_run_of_a_day_stands_beside_the_first(
    ogpcase: Run, folder: Path, arcadia: Path, on: Callable[[date], None]
) -> None:
    on(FIRST)
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    amend(arcadia, "case", "Sealed", "Hidden")
    done = ogpcase("publish", folder, "--note", "The title was corrected")
    assert 0 == done.returncode
    assert f"wrote {folder}/changes/{FIRST}.json" in done.stdout.splitlines()
    first, second = changes_of(folder, FIRST)["runs"]
    assert first["first"]
    assert "The title was corrected" == second["note"]
    assert [{"record": CASE, "what": "amended", "fields": ["title"]}] == second["records"]


def test_what_leaves_the_copy_is_not_told(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    """Not even as a number: nobody can see whether it was deleted or is withheld."""
    other = next(arcadia.rglob(f"{NOTICE}.yaml")).with_name("2023-06-01-letter-other.yaml")
    other.write_text(
        "kind: letter\ntitle: Another\ndated: 2023-06-01\nsources: [{id: s, title: S}]\n", encoding="utf-8"
    )
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    other.unlink()
    assert 0 == ogpcase("publish", folder).returncode
    (changes,) = (folder / "changes").iterdir()
    assert {} == json.loads(changes.read_text(encoding="utf-8"))["runs"][1]


def test_the_same_records_on_the_same_days_give_the_same_bytes(
    ogpcase: Run, folder: Path, arcadia: Path, tmp_path_factory: pytest.TempPathFactory, on: Callable[[date], None]
) -> None:
    other = tmp_path_factory.mktemp("other")
    for day in (FIRST, SECOND):
        on(day)
        assert [0, 0] == [ogpcase("publish", each, "--yes").returncode for each in (folder, other)]
        amend(arcadia, "case", "ealed", "ealed again")
    mine, theirs = ({path.name: path.read_bytes() for path in (each / "changes").iterdir()} for each in (folder, other))
    assert [f"{FIRST}.json", f"{SECOND}.json"] == sorted(mine)
    assert mine == theirs


def test_a_look_writes_nothing_and_names_the_file(ogpcase: Run, folder: Path, on: Callable[[date], None]) -> None:
    on(FIRST)
    said = ogpcase("publish", folder, "--dry-run").stdout.splitlines()
    assert f"would write {folder}/changes/{FIRST}.json" == said[-1]
    assert 1 == ogpcase("publish", folder, "--check").returncode
    assert [] == list(folder.iterdir())
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    before = (folder / "changes" / f"{FIRST}.json").read_bytes()
    on(SECOND)
    assert 0 == ogpcase("publish", folder, "--check").returncode
    assert 0 == ogpcase("publish", folder).returncode
    assert [before] == [path.read_bytes() for path in (folder / "changes").iterdir()]


@pytest.mark.parametrize("word", ["--check", "--dry-run", "--yes"])
@pytest.mark.parametrize(
    "case",
    [
        (ASK, "withhold: [dated]\n", "the id of a withheld record"),
        ("records-office", "withhold: {pseudonym: party-a}\n", "a withheld name"),
    ],
)
def test_what_an_earlier_run_told_refuses_until_a_person_edits_it(
    ogpcase: Run, folder: Path, arcadia: Path, word: str, case: tuple[str, str, str]
) -> None:
    name, lines, told_as = case
    office = "name: Office of Old Papers\nclassification: government\n"
    (arcadia / "parties" / "records-office.yaml").write_text(office, encoding="utf-8")
    amend(arcadia, ASK, "senders:", "copied: [records-office]\nsenders:")
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    path = next(arcadia.rglob(f"{name}.yaml"))
    path.write_text(f"{path.read_text(encoding='utf-8')}{lines}", encoding="utf-8")
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    done = ogpcase("publish", folder, word)
    assert 1 == done.returncode
    assert f"{told_as} would be published here" in done.stderr
    (changes,) = (folder / "changes").iterdir()
    assert f"--> {changes}:" in done.stderr
    assert before == {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    values = json.loads(changes.read_text(encoding="utf-8"))
    run = values["runs"][0]
    run["records"] = [each for each in run["records"] if name not in each["record"]]
    changes.write_text(json.dumps(values), encoding="utf-8")
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    for file in folder.rglob("*.json"):
        assert name not in file.read_text(encoding="utf-8")


def test_a_note_may_not_tell_either(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    (arcadia / "never_publish.txt").write_text("Shelter Street\n", encoding="utf-8")
    done = ogpcase("publish", folder, "--yes", "--note", "They moved to shelter-street")
    assert 1 == done.returncode
    assert "a term of `never_publish.txt` would be published here" in done.stderr
    assert [] == list(folder.iterdir())
    assert 2 == ogpcase("publish", folder, "--yes", "--note", " ").returncode


def test_words_of_withheld_names_in_a_note_are_shown_to_look_over(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    party = "name: Alva Doe\nclassification: individual\nwithhold: {pseudonym: witness-a}\n"
    (arcadia / "parties/alva.yaml").write_text(party, encoding="utf-8")
    amend(arcadia, ASK, "senders:", "copied: [alva]\nsenders:")
    said = ogpcase("publish", folder, "--dry-run", "--note", "What Doe says is left out").stdout
    assert "look over the word `doe`, of a withheld name, in changes/" in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"{", "cannot be read: invalid json"),
        (b'{"format": 2, "day": "2026-12-01", "runs": []}', "cannot be read at format"),
        (b'{"format": 1, "day": "2026-12-01", "runs": [{"notes": ""}]}', "cannot be read at runs.0.notes"),
        (b'{"format": 1, "day": "2026-12-02", "runs": []}', "is of 2026-12-02, and its name says otherwise"),
        (b"\xff", "is not text, and cannot be searched"),
    ],
)
def test_a_file_that_cannot_be_read_stops_every_run(
    ogpcase: Run, folder: Path, on: Callable[[date], None], data: bytes, said: str
) -> None:
    on(SECOND)
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    (folder / "changes" / f"{FIRST}.json").write_bytes(data)
    for word in ("--check", "--dry-run", "--yes"):
        done = ogpcase("publish", folder, word)
        assert 1 == done.returncode
        assert said in done.stderr
        assert f"changes/{FIRST}.json" in done.stderr


def test_another_file_there_is_searched_too(ogpcase: Run, folder: Path, arcadia: Path) -> None:
    (arcadia / "never_publish.txt").write_text("Shelter Street\n", encoding="utf-8")
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    (folder / "changes" / "README.md").write_text("On Shelter Street\n", encoding="utf-8")
    done = ogpcase("publish", folder, "--check")
    assert 1 == done.returncode
    assert f"{folder}/changes/README.md:1:1" in done.stderr


def test_a_link_in_the_place_of_the_folder_is_refused(ogpcase: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "changes").symlink_to(tmp_path)
    done = ogpcase("publish", folder, "--yes")
    assert 1 == done.returncode
    assert "changes` is not a folder" in done.stderr
    assert {"changes"} == {path.name for path in folder.iterdir()}


def run_between(before: Records | None, after: Records) -> bytes:
    empty = Records(after.settings, {}, {}, {})
    return DayOfChanges(day=FIRST, runs=(changes_between(before or empty, after),)).written()


@made
def test_no_secret_is_in_the_changes_that_follow_the_first_copy(make: Make) -> None:
    """Neither those of a first copy nor those from a copy that told everything."""
    results = []
    for name in ("a", "b"):
        secret = Secret(name)
        after = public_copy(bound(make(secret))).records
        before = public_copy(bound(_openly(make(Secret(name))))).records
        written = {str(number): run_between(each, after) for number, each in enumerate((None, before))}
        assert [] == told(secret, written)
        results.append(written)
    assert results[0] == results[1]


def _openly(folder: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The folder as it was when nothing was withheld."""
    for values in folder.values():
        values.pop("withhold", None)
        for source in values.get("sources", ()):
            if isinstance(source, dict):
                source.pop("withhold", None)
    return folder


@cache
def whole() -> Folder:
    return read(STORIES)


@settings(max_examples=examples(6, 60), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.data())
def test_the_changes_say_the_same_whatever_is_withheld(data: st.DataObject) -> None:
    """The first ones, and those from a copy of the whole folder, which told other values in another world."""
    folder = data.draw(withheld(whole()).filter(lambda each: not faults(bound(each))))
    world = data.draw(other_world(folder))
    mine, theirs = (public_copy(bound(each)).records for each in (folder, world))
    assert run_between(None, mine) == run_between(None, theirs)
    before = public_copy(bound(whole())).records
    assert run_between(before, mine) == run_between(before, theirs)


def test_the_second_clock_says_what_was_known_on_each_day(
    ogpcase: Run, folder: Path, arcadia: Path, on: Callable[[date], None]
) -> None:
    """How the case stood, and how it was known to stand: the closing was recorded two days after the rest."""
    closing = next(arcadia.rglob("2024-06-03-resolution.yaml"))
    text = closing.read_text(encoding="utf-8")
    closing.unlink()
    on(FIRST)
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    on(SECOND)
    closing.write_text(text, encoding="utf-8")
    amend(arcadia, ASK, "title: ", "title: Again ")
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    copy = Workspace.open(folder / "cases")
    published, case = published_in(copy), copy.case(CASE).casefile
    ask, end = (case.event_by_id[name] for name in (ASK, "2024-06-03-resolution"))
    assert (FIRST, SECOND) == (published.since(CASE, ask), published.since(CASE, end))
    assert (SECOND, SECOND) == (published.changed(CASE, ask), published.changed(CASE, end))
    told_of = [(day.day, [(each.case, each.stage) for run in day.runs for each in run.cases]) for day in published.days]
    stages = ("report_adopted", "closed_addressed_domestically")
    assert [(FIRST, [(CASE, stages[0])]), (SECOND, [(CASE, stages[1])])] == told_of


def test_the_pages_of_a_copy_say_since_when_they_tell_of_an_event(
    ogpcase: Run, folder: Path, arcadia: Path, on: Callable[[date], None]
) -> None:
    closing = next(arcadia.rglob("2024-06-03-resolution.yaml"))
    text = closing.read_text(encoding="utf-8")
    closing.unlink()
    on(FIRST)
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    closing.write_text(text, encoding="utf-8")
    amend(arcadia, ASK, "title: ", "title: Again ")
    on(SECOND)
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    pages = built(folder / "cases")
    first, second = (f'<time datetime="{day}">{day.day} December 2026</time>' for day in (FIRST, SECOND))
    asked, ended, days = (pages[f"{CASE}/{name}/index.html"].decode() for name in (ASK, closing.stem, "days"))
    assert f'<li>{first}: new</li>\n<li>{second}: changed <span class="aside">title, sources</span></li>' in asked
    assert f"<li>{second}: new</li>" in ended
    assert 1 == days.count("in this register since")
    assert f"in this register since {second}" in days.partition(closing.stem)[2]


def test_the_runs_of_a_case_are_told_in_the_words_of_today(
    ogpcase: Run, folder: Path, arcadia: Path, on: Callable[[date], None]
) -> None:
    on(FIRST)
    assert 0 == ogpcase("publish", folder, "--yes", "--note", "The first edition").returncode
    on(SECOND)
    amend(arcadia, "case", "Sealed", "Hidden")
    letter = next(arcadia.rglob(f"{NOTICE}.yaml"))
    letter.rename(letter.with_name(f"{NOTICE}-of-outcome.yaml"))
    amend(arcadia, f"{NOTICE}-of-outcome", "kind: letter", f"kind: letter\naliases: [{NOTICE}]")
    assert 0 == ogpcase("publish", folder).returncode
    copy = Workspace.open(folder / "cases")
    shown = Shown(copy.case(CASE).casefile, Reader(SECOND))
    second, first = published_runs(shown, published_in(copy))
    assert (SECOND, None, False, "Closed, addressed domestically") == (
        second.day, second.note, second.first, second.stage and second.stage.label,
    )  # fmt: skip
    new = f"{CASE}/{NOTICE}-of-outcome"
    assert [
        ("amended", CASE, "Hidden contracts in Arcadia", ("title",)),
        ("renamed", new, "Notice of the outcome of the initial review", ("aliases",)),
    ] == [(each.what, each.reference, each.title, each.fields) for each in second.changes]
    assert (FIRST, "The first edition", True) == (first.day, first.note, first.first)
    assert ("added", new) in {(each.what, each.reference) for each in first.changes}


def test_a_copy_from_before_there_were_changes_tells_no_day(
    ogpcase: Run, folder: Path, arcadia: Path, on: Callable[[date], None]
) -> None:
    on(FIRST)
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    (folder / "changes" / f"{FIRST}.json").unlink()
    on(SECOND)
    amend(arcadia, ASK, "title: ", "title: Again ")
    assert 0 == ogpcase("publish", folder, "--yes").returncode
    copy = Workspace.open(folder / "cases")
    published, case = published_in(copy), copy.case(CASE).casefile
    assert (None, SECOND) == (
        published.since(CASE, case.event_by_id[ASK]),
        published.changed(CASE, case.event_by_id[ASK]),
    )


def test_only_a_copy_on_the_disk_has_the_second_clock(arcadia: Path) -> None:
    assert () == published_in(Workspace.open(arcadia)).days
