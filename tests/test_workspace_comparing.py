"""Problems of two versions of a folder: which the later one brings, which it mends, which were there before."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from ogpcase.diagnostics import Diagnostic
from ogpcase.store.git import Revisions
from ogpcase.store.load import LoadedCase
from ogpcase.workspace.comparing import Problems, compared, problems_compared
from ogpcase.workspace.judge_folder import judge
from ogpcase.workspace.opening import Workspace

TODAY = date(2025, 1, 1)
ALONE = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, env=ALONE, capture_output=True, check=True)


@pytest.fixture
def events(arcadia: Path) -> Path:
    """The events of a folder whose present state is committed by `kept`."""
    git(arcadia.parent, "init", "-q")
    return arcadia / "arcadia-2023" / "events"


def kept(events: Path) -> None:
    top = events.parent.parent.parent
    git(top, "add", "-A", ".")
    git(top, "commit", "-q", "-m", "a change")


def found() -> Problems:
    return problems_compared(compared(Workspace.open(), Revisions()), TODAY)


def codes(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [each.code for each in diagnostics]


def swap(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_folder_that_did_not_change_brings_nothing(events: Path) -> None:
    kept(events)
    there = found()
    assert ((), {}, len(judge(Workspace.open(), (), TODAY).diagnostics)) == (
        there.new.diagnostics,
        there.mended,
        there.remaining,
    )
    assert (9 + 1, 1) == (there.new.files, there.new.cases)


def test_an_item_before_it_makes_no_problem_new(events: Path) -> None:
    """Its line and its position moved; it is still the same problem."""
    letter = events / "2023-02-01-letter-ask.yaml"
    swap(letter, "  - government-of-arcadia\n", "  - nobody-known\n")
    kept(events)
    swap(letter, "  - nobody-known\n", "  - government-of-arcadia\n  - nobody-known\n")
    assert ((), {}) == (found().new.diagnostics, found().mended)


def test_a_second_of_the_same_kind_is_new(events: Path) -> None:
    letter = events / "2023-02-01-letter-ask.yaml"
    swap(letter, "  - government-of-arcadia\n", "  - nobody-known\n")
    kept(events)
    swap(letter, "  - nobody-known\n", "  - nobody-known\n  - nobody-at-all\n")
    there = found()
    assert (["OC311"], {}, 5) == (
        codes(there.new.diagnostics),
        there.mended,
        there.new.diagnostics[0].spots[0].span.column,
    )


def test_a_value_that_is_wrong_in_another_way_is_new_and_the_old_one_mended(events: Path) -> None:
    letter = events / "2023-02-01-letter-ask.yaml"
    swap(letter, "dated: 2023-02-01", "dated: 2023-02-31")
    kept(events)
    swap(letter, "dated: 2023-02-31", "dated: 2023-13-01")
    there = found()
    assert there.new.failed
    assert 1 == len(there.new.diagnostics) == sum(there.mended.values())


def test_a_rename_takes_its_problems_along(events: Path) -> None:
    swap(events / "2023-02-01-letter-ask.yaml", "  - government-of-arcadia\n", "  - nobody-known\n")
    kept(events)
    (events / "2023-02-01-letter-ask.yaml").rename(events / "2023-02-01-letter-asks.yaml")
    swap(events / "2023-04-10-concern.yaml", "2023-02-01-letter-ask\n", "2023-02-01-letter-asks\n")
    assert ((), {}) == (found().new.diagnostics, found().mended)


def test_more_than_fifty_before_hide_no_new_one(events: Path) -> None:
    """Though of so many in one file not all are ever shown."""
    letter = events / "2023-02-01-letter-ask.yaml"
    many = "".join(f"  - nobody-{number}\n" for number in range(80))
    swap(letter, "  - government-of-arcadia\n", many)
    kept(events)
    swap(letter, "  - nobody-0\n", "  - nobody-new\n")
    there = found()
    assert (["OC311"], {"OC311": 1}) == (codes(there.new.diagnostics), there.mended)


def test_the_verdict_fails_only_for_new_errors(events: Path) -> None:
    letter = events / "2023-02-01-letter-ask.yaml"
    swap(letter, "  - government-of-arcadia\n", "  - nobody-known\n")
    kept(events)
    assert judge(Workspace.open(), (), TODAY).failed
    verdict = found().new
    assert (False, (), 10, 1) == (verdict.failed, verdict.diagnostics, verdict.files, verdict.cases)
    assert len(judge(Workspace.open(), (), TODAY).diagnostics) == verdict.there_before
    swap(events / "2023-04-10-concern.yaml", "filers:\n  - open-arcadia", "filers:\n  - open-arcadja")
    assert found().new.failed


def test_only_cases_that_differ_are_read_to_find_what_was_renamed(
    events: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a large folder is never held in memory as a whole."""
    shutil.copytree(events.parent, events.parent.with_name("arcadia-2024"))
    kept(events)
    letter = events / "2023-02-01-letter-ask.yaml"
    letter.rename(letter.with_stem("2023-02-01-letter-asked"))
    both = compared(Workspace.open(), Revisions())
    read: list[str] = []
    load = Workspace.case

    def noted(workspace: Workspace, case_id: str) -> LoadedCase:
        read.append(case_id)
        return load(workspace, case_id)

    monkeypatch.setattr(Workspace, "case", noted)
    renamed = {f"arcadia-2023/{letter.stem}": "arcadia-2023/2023-02-01-letter-asked"}
    assert (renamed, {"arcadia-2023"}) == (both.renamings.events, set(read))


def test_changed_files_are_known_with_the_comparison(events: Path) -> None:
    kept(events)
    swap(events / "2023-02-01-letter-ask.yaml", "title: Open", "title: Not Open")
    both = compared(Workspace.open(), Revisions())
    assert (frozenset({"arcadia-2023/events/2023-02-01-letter-ask.yaml"}), None, ()) == (
        both.changed,
        both.head,
        both.both_added,
    )
