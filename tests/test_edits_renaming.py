"""A renaming that is cut off after any of its steps is finished by the next command that writes, or refused whole."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest

from ogpcase.edits import renaming_journal
from ogpcase.edits.renaming import Plan, name_after, planned
from ogpcase.edits.renaming_journal import JOURNAL, carried_out, finished
from ogpcase.edits.renaming_uses import NewName
from ogpcase.errors import CannotWrite, FileChanged
from ogpcase.store.names import OURS
from ogpcase.workspace import Workspace

Run = Callable[..., CompletedProcess[str]]
NAMES = (
    NewName("event", "2023-02-01-letter-ask", "2023-02-01-letter-first", "arcadia-2023"),
    NewName("case", "arcadia-2023", "arcadia-2023-2"),
    NewName("party", "government-of-arcadia", "arcadia"),
)


class PowerCut(Exception):
    """The machine stops."""


def snapshot(root: Path) -> dict[str, bytes]:
    """All files but the work files that a killed run leaves, which a later write clears away."""
    files = {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
    return {name: data for name, data in files.items() if JOURNAL in name or OURS not in name}


def plan_in(root: Path, name: NewName) -> tuple[Workspace, Plan]:
    workspace = Workspace.open(root)
    return workspace, planned(workspace, name)


def renamed(root: Path, name: NewName) -> dict[str, bytes]:
    """What a whole renaming gives, in a copy of the folder."""
    copy = root.parent / "whole" / "cases"
    copytree(root, copy)
    workspace, plan = plan_in(copy, name)
    carried_out(workspace.root, plan)
    return snapshot(copy)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.kind)
def test_cut_off_anywhere_it_is_finished_later(arcadia: Path, monkeypatch: pytest.MonkeyPatch, name: NewName) -> None:
    """After each renaming and deletion of a file on the disk, one after the other, the machine stops."""
    before, whole = snapshot(arcadia), renamed(arcadia, name)
    step, cut_off = 0, True
    while cut_off:
        workspace, plan = plan_in(arcadia, name)
        step, cut_off = step + 1, cut(workspace, plan, step, monkeypatch)
        found = snapshot(arcadia)
        if cut_off and JOURNAL in found:
            said = finished(workspace.root)
            assert said is not None
            assert said.startswith("finished a renaming that was interrupted: ")
            assert finished(workspace.root) is None
            found = snapshot(arcadia)
        assert found in (before, whole)
        assert whole == found or cut_off
        put_back(arcadia, before)
    assert step > len(plan.changes) + 2


def cut(workspace: Workspace, plan: Plan, steps: int, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Renames until so many steps are taken on the disk; true when it was cut off."""
    taken = 0

    def counted(real: Callable[..., None]) -> Callable[..., None]:
        def step(*args: object, **kwargs: object) -> None:
            nonlocal taken
            taken += 1
            if taken > steps:
                raise PowerCut
            real(*args, **kwargs)

        return step

    with monkeypatch.context() as patched:
        for call in ("rename", "unlink", "link"):
            patched.setattr(os, call, counted(getattr(os, call)))
        try:
            carried_out(workspace.root, plan)
        except PowerCut:
            return True
    return False


def put_back(root: Path, files: dict[str, bytes]) -> None:
    for path in sorted(root.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def cut_after_move(root: Path, name: NewName, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    def stop(*_: object) -> None:
        raise PowerCut

    workspace, plan = plan_in(root, name)
    with monkeypatch.context() as patched:
        patched.setattr(renaming_journal, "replace", stop)
        with pytest.raises(PowerCut):
            carried_out(workspace.root, plan)
    return workspace


def test_the_next_writing_command_finishes_it_and_says_so(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = renamed(arcadia, NAMES[0])
    cut_after_move(arcadia, NAMES[0], monkeypatch)
    done = ogpcase("set", "2023-02-01-letter-first", "received", "2023-02-03")
    assert 0 == done.returncode
    assert (
        "finished a renaming that was interrupted: cases/arcadia-2023/events/2023-02-01-letter-ask.yaml is"
        in done.stderr
    )
    assert whole.keys() == snapshot(arcadia).keys()


def test_readers_pass_over_the_journal(arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    cut_after_move(arcadia, NAMES[0], monkeypatch)
    assert (arcadia / JOURNAL).exists()
    assert JOURNAL not in ogpcase("validate").stdout


def test_what_changed_meanwhile_is_not_written_over(arcadia: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = cut_after_move(arcadia, NAMES[0], monkeypatch)
    concern = arcadia / "arcadia-2023/events/2023-04-10-concern.yaml"
    concern.write_bytes(concern.read_bytes() + b"# mine\n")
    before = snapshot(arcadia)
    with pytest.raises(CannotWrite, match=r"cannot be finished: .*2023-04-10-concern.yaml has changed since"):
        finished(workspace.root)
    assert before == snapshot(arcadia)


def test_a_file_that_changed_before_it_began_stops_it_whole(arcadia: Path) -> None:
    workspace, plan = plan_in(arcadia, NAMES[2])
    concern = arcadia / "arcadia-2023/events/2023-02-01-letter-ask.yaml"
    concern.write_bytes(concern.read_bytes() + b"# mine\n")
    before = snapshot(arcadia)
    with pytest.raises(FileChanged):
        carried_out(workspace.root, plan)
    assert before == snapshot(arcadia)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", '{"old": "../a", "new": "b", "writes": []}', '{"old": "a", "new": "/b", "writes": []}',
     '{"old": "a", "new": "b", "writes": [{"file": "../c", "text": "", "before": ""}]}'],
)  # fmt: skip
def test_a_journal_that_is_none_is_not_followed(arcadia: Path, text: str) -> None:
    (arcadia / JOURNAL).write_text(text, encoding="utf-8")
    with pytest.raises(CannotWrite, match="is no journal of a renaming"):
        finished(Workspace.open(arcadia).root)


def test_only_a_name_that_was_right_follows_its_date(arcadia: Path) -> None:
    workspace = Workspace.open(arcadia)
    event = "2023-02-01-letter-ask"
    tree = workspace.case("arcadia-2023").trees[f"arcadia-2023/events/{event}.yaml"]
    _, plan = plan_in(arcadia, NAMES[0])
    change = next(iter(plan.changes))
    assert name_after(change, "2023-04-10-concern") is None

    def after(old: str, new: str, event_id: str) -> str | None:
        from dataclasses import replace

        texts = [tree.text.replace("2023-02-01", each) for each in (old, new)]
        found = name_after(replace(change, file=tree.file, old=texts[0], new=texts[1]), event_id)
        return found.new if found else None

    assert "2023-02-letter-ask" == after("2023-02-01", "2023-02", event)
    assert "undated-letter-ask" == after("2023-02-01", "unknown", event)
    assert after("2023-02-01", "2023-02-01?", event) is None
    assert after("2023-03", "2023-04", event) is None
