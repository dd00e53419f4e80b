"""A renaming is whole: what it changes, what stops it, and which name follows a date."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogpcase.editing.renaming import NewName, Plan, carried_out, name_after, planned
from ogpcase.errors import FileChanged
from ogpcase.workspace.opening import Workspace

NAMES = (
    NewName("event", "2023-02-01-letter-ask", "2023-02-01-letter-first", "arcadia-2023"),
    NewName("case", "arcadia-2023", "arcadia-2023-2"),
    NewName("party", "government-of-arcadia", "arcadia"),
)
CONCERN = "events/2023-04-10-concern.yaml"
LETTER = "events/2023-02-01-letter-ask.yaml"


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def plan_in(root: Path, name: NewName) -> tuple[Workspace, Plan]:
    workspace = Workspace.open(root)
    return workspace, planned(workspace, name)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.kind)
def test_all_its_files_change_and_no_other_and_nothing_else_is_left(arcadia: Path, name: NewName) -> None:
    before = snapshot(arcadia)
    workspace, plan = plan_in(arcadia, name)
    expected = {plan.move.after(file): data for file, data in before.items()}
    expected |= {change.file: change.new.encode() for change in plan.changes}
    carried_out(workspace, plan)
    assert expected == snapshot(arcadia)
    assert before != expected


def test_the_renamed_file_is_as_private_as_it_was(arcadia: Path) -> None:
    (arcadia / "arcadia-2023" / LETTER).chmod(0o600)
    carried_out(*plan_in(arcadia, NAMES[0]))
    assert 0o600 == (arcadia / "arcadia-2023/events/2023-02-01-letter-first.yaml").stat().st_mode & 0o777


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.kind)
@pytest.mark.parametrize("file", [CONCERN, LETTER])
def test_a_file_that_changed_before_it_began_stops_it_whole(arcadia: Path, name: NewName, file: str) -> None:
    workspace, plan = plan_in(arcadia, name)
    path = arcadia / "arcadia-2023" / file
    path.write_bytes(path.read_bytes() + b"# mine\n")
    before = snapshot(arcadia)
    if plan.move.after(f"arcadia-2023/{file}") not in [change.file for change in plan.changes]:
        carried_out(workspace, plan)
        return
    with pytest.raises(FileChanged):
        carried_out(workspace, plan)
    assert before == snapshot(arcadia)


def test_only_a_name_that_was_right_follows_its_date(arcadia: Path) -> None:
    workspace = Workspace.open(arcadia)
    event = "2023-02-01-letter-ask"
    tree = workspace.case("arcadia-2023").texts.trees[f"arcadia-2023/events/{event}.yaml"]
    _, plan = plan_in(arcadia, NAMES[0])
    change = next(iter(plan.changes))
    assert name_after(change, "2023-04-10-concern") is None

    def after(old: str, new: str, event_id: str) -> str | None:

        texts = [tree.text.replace("2023-02-01", each) for each in (old, new)]
        found = name_after(change._replace(file=tree.file, old=texts[0], new=texts[1]), event_id)
        return found.new if found else None

    assert "2023-02-letter-ask" == after("2023-02-01", "2023-02", event)
    assert "undated-letter-ask" == after("2023-02-01", "unknown", event)
    assert after("2023-02-01", "2023-02-01?", event) is None
    assert after("2023-03", "2023-04", event) is None
