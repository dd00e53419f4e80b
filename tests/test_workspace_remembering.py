"""A verdict from memory is the verdict: the same bytes cold, warm, and after whatever was done to the folder."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ogpcase.diagnostics import Verdict
from ogpcase.store.shelf import Shelf
from ogpcase.workspace import Workspace
from ogpcase.workspace.judging import Way, judge
from ogpcase.workspace.remembering import Memory
from ogpcase.yamltree import Parsed, parse

TODAY = date(2026, 11, 22)
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
HARD = bool(os.environ.get("OGPCASE_HARD"))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "kept" / "verdicts.sqlite")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Seven cases, of which some point to each other, and one withholds something."""
    made = tmp_path / "cases"
    shutil.copytree(INVENTED, made)
    event = sorted(made.glob("vestrel-*/events/*.yaml"))[1]
    event.write_text(event.read_text() + "withhold: [title]\n")
    return made


def cold(folder: Path, today: date = TODAY) -> Verdict:
    return judge(Workspace.open(folder), (), today)


def warm(folder: Path, shelf: Shelf, today: date = TODAY) -> Verdict:
    workspace = Workspace.open(folder)
    return judge(workspace, (), today, Way(memory=Memory(shelf, workspace)))


def test_what_is_remembered_is_the_verdict(folder: Path, shelf: Shelf) -> None:
    expected = cold(folder)
    assert expected == warm(folder, shelf)
    assert expected == warm(folder, shelf)
    assert 7 == expected.cases


def test_a_second_run_reads_no_record_by_its_words(folder: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else nothing is gained; the cases that withhold anything are read each time."""
    warm(folder, shelf)
    read: list[str] = []

    def noted(data: bytes, file: str) -> Parsed:
        read.append(file)
        return parse(data, file)

    monkeypatch.setattr("ogpcase.store.load.parse", noted)
    warm(folder, shelf)
    again = {file.partition("/")[0] for file in read} - {"parties"}
    assert {each.name for each in folder.iterdir() if _withholds(each)} == again


def _withholds(case: Path) -> bool:
    return any("withhold" in each.read_text() for each in case.glob("events/*.yaml"))


def test_a_case_is_judged_anew_where_one_that_it_points_to_changed(folder: Path, shelf: Shelf) -> None:
    headers = {path.parent.name: path.read_text() for path in folder.glob("*/case.yaml")}
    pointed = sorted(name for name in headers if any(f"case: {name}" in text for text in headers.values()))
    assert pointed
    for other in pointed:
        before = warm(folder, shelf)
        shutil.move(folder / other, folder.parent / "away")
        changed = warm(folder, shelf)
        assert cold(folder) == changed
        assert before != changed
        shutil.move(folder.parent / "away", folder / other)
        assert before == warm(folder, shelf)


def test_another_day_is_another_verdict(folder: Path, shelf: Shelf) -> None:
    for day in (date(2015, 1, 1), TODAY, date(2015, 1, 1)):
        assert cold(folder, day) == warm(folder, shelf, day)
    assert cold(folder, date(2015, 1, 1)) != cold(folder)


def test_nothing_of_a_record_is_kept_but_what_a_report_says(folder: Path, shelf: Shelf, tmp_path: Path) -> None:
    """No line of a record, and nothing at all of a case that withholds anything."""
    event = next(path for path in sorted(folder.glob("*/events/*.yaml")) if not _withholds(path.parent.parent))
    event.write_text(event.read_text() + "nonsense: Shelter Street 7\n")
    secretive = next(each for each in sorted(folder.iterdir()) if _withholds(each))
    broken = next(secretive.glob("events/*.yaml"))
    broken.write_text(broken.read_text() + "nonsense: 1\n")
    found = warm(folder, shelf)
    assert any("Shelter" in str(spot.excerpt) for each in found.diagnostics for spot in each.spots)
    kept = (tmp_path / "kept" / "verdicts.sqlite").read_bytes()
    assert b"nonsense" in kept
    assert b"Shelter" not in kept
    assert secretive.name.encode() not in kept
    assert found == warm(folder, shelf)


def change_text(pick: random.Random, folder: Path) -> None:
    path = pick.choice(sorted(folder.rglob("*.yaml")))
    text = path.read_text()
    wrong = ["\nnonsense: 1\n", "\nwithhold: all\n", "\n# a comment\n", "\ncites: [2001-01-01-letter-none]\n", "\n\t"]
    path.write_text(pick.choice([text + pick.choice(wrong), text.replace("20", "19", 1), text[: len(text) // 2], ""]))


def add(pick: random.Random, folder: Path) -> None:
    path = pick.choice(sorted(folder.glob("*/events/*.yaml")))
    there = pick.choice([path.parent, path.parent.parent, folder / "parties", folder, folder / "new-2020" / "events"])
    there.mkdir(parents=True, exist_ok=True)
    name = pick.choice([f"2019-01-0{pick.randint(1, 9)}-letter-new.yaml", "stray.txt", f"2{path.name}"])
    (there / name).write_bytes(path.read_bytes())


def remove(pick: random.Random, folder: Path) -> None:
    path = pick.choice(sorted(folder.rglob("*")))
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def rename(pick: random.Random, folder: Path) -> None:
    path = pick.choice(sorted(folder.rglob("*.yaml")))
    path.rename(path.with_name(f"{path.name[:10]}-letter-{pick.randint(0, 99)}.yaml"))


def put_back(_: random.Random, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(INVENTED, folder)


CHANGES: list[Callable[[random.Random, Path], None]] = [change_text, change_text, add, remove, rename, put_back]


@settings(max_examples=60 if HARD else 6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_after_any_changes_the_verdict_is_that_of_a_cold_run(seed: int, tmp_path: Path) -> None:
    pick, folder = random.Random(seed), tmp_path / f"folder-{seed}" / "cases"
    shelf = Shelf(tmp_path / f"kept-{seed}" / "verdicts.sqlite")
    shutil.rmtree(folder.parent, ignore_errors=True)
    shutil.copytree(INVENTED, folder)
    for _ in range(8):
        for _ in range(pick.randint(1, 3)):
            if len(list(folder.glob("*/events/*.yaml"))) < 3:
                put_back(pick, folder)
            pick.choice(CHANGES)(pick, folder)
        assert cold(folder) == warm(folder, shelf)
    assert cold(folder) == warm(folder, shelf)


@pytest.mark.parametrize("jobs", [2, 3])
def test_several_processes_give_the_same_verdict(folder: Path, jobs: int) -> None:
    event = sorted(folder.glob("*/events/*.yaml"))[3]
    event.write_text(event.read_text() + "nonsense: 1\n")
    expected = cold(folder)
    assert expected == judge(Workspace.open(folder), (), TODAY, Way(jobs=jobs))
    assert expected.failed


@pytest.mark.parametrize("value", ["[]", "null", '["a"]', "[[], [], 1, 2, 3]", "{", '[{}, "[[1], [], true, 1, 1]"]'])
def test_a_row_of_another_shape_is_as_if_it_were_not_there(
    folder: Path, shelf: Shelf, tmp_path: Path, value: str
) -> None:
    """Even where its checksum fits: what is kept is never trusted."""
    expected = warm(folder, shelf)
    with sqlite3.connect(tmp_path / "kept" / "verdicts.sqlite") as database:
        keys = [key for (key,) in database.execute("SELECT key FROM kept")]
    assert keys
    shelf.put(dict.fromkeys(keys, value))
    assert expected == warm(folder, shelf)


def judged_while(folder: Path, shelf: Shelf, gone: Callable[[], object], back: Callable[[], object]) -> None:
    """Judges a folder that is another one between the taking of its digests and the end of the run."""
    workspace = Workspace.open(folder)
    memory = Memory(shelf, workspace)
    assert memory.cases
    assert memory.parties.records
    gone()
    judge(workspace, (), TODAY, Way(memory=memory))
    back()


@pytest.mark.parametrize("which", ["event", "case", "party"])
def test_what_was_away_while_it_was_judged_is_not_remembered(
    folder: Path, shelf: Shelf, which: str, tmp_path: Path
) -> None:
    """As `git stash` and `git stash pop` do: the digests are those of the files, the verdict is not."""
    event = min(folder.glob("lurenia-2015/events/*.yaml"))
    event.write_text(event.read_text() + "nonsense: 1\n")
    party = folder / "parties" / "government-of-lurenia.yaml"
    away = {"event": event, "case": folder / "ossimar-2022", "party": party}[which]

    def gone() -> None:
        shutil.move(away, tmp_path / "away")

    def back() -> None:
        shutil.move(tmp_path / "away", away)

    judged_while(folder, shelf, gone, back)
    assert cold(folder) == warm(folder, shelf)


def test_a_party_that_withheld_nothing_for_a_moment_is_not_remembered_so(folder: Path, shelf: Shelf) -> None:
    party = folder / "parties" / "tesmark-budget-watch.yaml"
    plain = party.read_text()
    secret = f"{plain}withhold: all\n"
    party.write_text(secret)
    judged_while(folder, shelf, lambda: party.write_text(plain), lambda: party.write_text(secret))
    slip = min(folder.glob("lurenia-2015/events/*.yaml"))
    slip.write_text(slip.read_text() + "bogus: tesmark-budget-watch\n")
    assert cold(folder) == warm(folder, shelf)
    assert not any(
        "budget-watch" in str(spot.excerpt) for each in warm(folder, shelf).diagnostics for spot in each.spots
    )


def test_a_case_that_names_who_is_withheld_is_not_kept(folder: Path, shelf: Shelf, tmp_path: Path) -> None:
    party = folder / "parties" / "tesmark-budget-watch.yaml"
    party.write_text(f"{party.read_text()}withhold: all\n")
    assert cold(folder) == warm(folder, shelf)
    assert cold(folder) == warm(folder, shelf)
    assert b"tesmark-budget-watch" not in (tmp_path / "kept" / "verdicts.sqlite").read_bytes()


def test_a_quoted_line_is_the_same_behind_a_byte_order_mark(folder: Path, shelf: Shelf) -> None:
    event = min(folder.glob("lurenia-2015/events/*.yaml"))
    event.write_bytes(b"\xef\xbb\xbf" + event.read_bytes())
    assert cold(folder) == warm(folder, shelf) == warm(folder, shelf)


def test_a_case_that_goes_away_stops_nobody(folder: Path) -> None:
    workspace = Workspace.open(folder)
    assert "ossimar-2022" in workspace.case_ids()
    shutil.rmtree(folder / "ossimar-2022")
    assert 7 == judge(workspace, (), TODAY).cases


def test_where_no_process_can_be_had_the_folder_is_judged_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "resource temporarily unavailable")

    expected = cold(folder)
    monkeypatch.setattr("os.fork", refused)
    assert expected == judge(Workspace.open(folder), (), TODAY, Way(jobs=2))
