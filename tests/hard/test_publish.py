"""Whatever stops `publish`: the copy that is there is the one of before or the new one, whole, and so it is after."""

from __future__ import annotations

import errno
import json
import signal
from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import copytree
from typing import NamedTuple

import pytest
from tests.forks import load_everything
from tests.hard.commands import HERE, everything_in, strays_in
from tests.hard.layer import Fail, Kill, Meddling, Short, run

Place = Callable[[], Path]
WORDS = ("publish", "public", "--yes", "--root", "working")
REFUSALS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES)
FEW = 6
"""Calls that are meddled with by default."""


def prepared(folder: Path) -> Path:
    (folder / "working" / ".git").mkdir(parents=True)
    copytree(HERE.parent / "folders" / "arcadia" / "cases", folder / "working" / "cases")
    return folder


def with_an_older_copy(folder: Path) -> Path:
    """A folder whose copy is of a time when the case had another title, and one letter more."""
    prepared(folder)
    cases = folder / "working/cases/arcadia-2023"
    title, letter = cases / "case.yaml", cases / "events/2023-06-01-letter-more.yaml"
    now = title.read_text()
    title.write_text(now.replace("Sealed", "Closed"))
    letter.write_text(
        "kind: letter\ntitle: More\ndated: 2023-06-01\nsenders: [open-arcadia]\nsources: [{id: s, title: S}]\n"
    )
    assert 0 == run(WORDS, folder).code
    title.write_text(now)
    letter.unlink()
    return folder


STARTS = {"the first copy": prepared, "a further copy": with_an_older_copy}


def told_in(folder: Path) -> list[int]:
    """How many records each run of this day tells of."""
    (changes,) = (folder / "public" / "changes").iterdir()
    return [len(run.get("records", ())) for run in json.loads(changes.read_text())["runs"]]


def copy_in(folder: Path) -> dict[str, bytes]:
    """The copy as a reader finds it; none where it is not there."""
    return everything_in(folder / "public" / "cases")


@pytest.fixture(scope="module", params=STARTS)
def start(request: pytest.FixtureRequest) -> Callable[[Path], Path]:
    load_everything()
    return STARTS[request.param]


class Copies(NamedTuple):
    """The copy of before, the new one, what its changes tell, and the calls that change the disk."""

    before: dict[str, bytes]
    new: dict[str, bytes]
    told: list[int]
    calls: list[str]


def undisturbed(start: Callable[[Path], Path], folder: Path) -> Copies:
    start(folder)
    before = copy_in(folder)
    done = run(WORDS, folder, Meddling())
    assert 0 == done.code, done
    assert [] == strays_in(folder)
    return Copies(before, copy_in(folder), told_in(folder), done.calls)


def points_of(calls: list[str], *, hard: bool) -> list[int]:
    """All calls; or some, and those around the moment in which the copies change places."""
    every = range(1, len(calls) + 1)
    if hard:
        return list(every)
    moves = [number for number in every if calls[number - 1] == "rename"]
    around = {number + by for number in moves for by in (0, 1) if number + by <= len(calls)}
    return sorted(around | set(Random(len(calls)).sample(list(every), FEW)))


def holds(folder: Path, copies: Copies, moment: str) -> None:
    """A reader finds the one copy or the other, or in one moment none; the next run leaves the new one alone.

    What the run changed is told once.
    """
    before, new, told = copies.before, copies.new, copies.told
    assert copy_in(folder) in (before, new, {}), moment
    done = run(WORDS, folder)
    assert 0 == done.code, (moment, done)
    assert new == copy_in(folder), moment
    assert [] == strays_in(folder / "public"), moment
    assert [] == strays_in(folder / "working"), moment
    assert told_in(folder) == told, moment


def test_killed_at_any_call(start: Callable[[Path], Path], place: Place, *, hard: bool) -> None:
    copies = undisturbed(start, place())
    for point in points_of(copies.calls, hard=hard):
        folder = start(place())
        assert -signal.SIGKILL == run(WORDS, folder, Kill(point)).code
        holds(folder, copies, f"killed before call {point} ({copies.calls[point - 1]})")


def test_refused_at_any_call(start: Callable[[Path], Path], place: Place, *, hard: bool) -> None:
    """Exit 1 and the copy of before; or the new copy, where nothing but the sweeping was refused."""
    copies = undisturbed(start, place())
    before, new, calls = copies.before, copies.new, copies.calls
    for point in points_of(calls, hard=hard):
        for code in REFUSALS if hard else REFUSALS[point % len(REFUSALS) :][:1]:
            folder = start(place())
            done = run(WORDS, folder, Fail(point, code))
            moment = f"{errno.errorcode[code]} at {point} ({calls[point - 1]})"
            assert done.code in {0, 1}, (moment, done)
            assert "Traceback" not in done.err, (moment, done)
            assert "internal error" not in done.err, (moment, done)
            assert copy_in(folder) in ((new,) if done.code == 0 else (before, new)), (moment, done)
            holds(folder, copies, moment)


def test_short_writes_are_gone_on_with(start: Callable[[Path], Path], place: Place) -> None:
    before, new, *_ = undisturbed(start, place())
    folder = start(place())
    assert 0 == run(WORDS, folder, Short()).code
    assert new == copy_in(folder)
    assert before != new
