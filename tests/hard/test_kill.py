"""Whenever a writing command is killed: what is there is whole, and the next command finds and leaves no rest of it."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from tests.hard.commands import COMMANDS, NEXT_FILE, Known, errors_in, files_in, has_journal, some, strays_in
from tests.hard.layer import Kill, ended, run, start
from tests.hard.watch import Watch

from ogpcase.store.layout import root_at
from ogpcase.store.lock import locked
from ogpcase.store.save import swept
from ogpcase.store.transaction import finished

Place = Callable[[], Path]
ALL, MORE = 1000, 100
"""Kills of each command in all, and of those that go the same ways as another; by default just one or two."""
ALIKE = {"add-event --source-file", "open-case", "set dated", "rename event", "rename case", "init again", "schema"}
LONGEST_PAUSE = 0.0004
"""Seconds between a change on the disk and the kill: about what two calls take."""


@pytest.mark.parametrize("name", COMMANDS)
def test_killed_at_any_call_it_leaves_what_was_or_what_was_meant(
    known: Callable[[str], Known], place: Place, figures: list[str], name: str, *, hard: bool
) -> None:
    """Before each call that changes the disk, a write cut in its middle; a few of them by default."""
    seen = known(name)
    points = range(1, len(seen.calls) + 1)
    chosen = points if hard else [in_the_midst(seen) if seen.command.several else Random(name).choice(points)]
    outcomes: Counter[str] = Counter()
    for point in chosen:
        folder = place()
        seen.command.prepare(folder)
        done = run(seen.command.words, folder, Kill(point))
        assert -signal.SIGKILL == done.code, (point, done)
        outcomes[judged(seen, folder, f"{name}, killed before call {point}")] += 1
    figures.append(f"{name}: {len(chosen)} kills before the {len(points)} calls that change the disk: {told(outcomes)}")


@pytest.mark.parametrize("name", some(COMMANDS, "add-event", "open-case --new-party", "validate --fix"))
def test_killed_at_random_moments_it_leaves_what_was_or_what_was_meant(
    known: Callable[[str], Known], place: Place, figures: list[str], name: str, *, hard: bool
) -> None:
    """From outside, a moment after any change that the system reports: also between the calls."""
    seen = known(name)
    random = Random(f"{name} from outside")
    wanted = (MORE if name in ALIKE else max(0, ALL - len(seen.calls))) if hard else 1
    changes = changes_of(seen, place())
    outcomes: Counter[str] = Counter()
    while outcomes.total() < wanted:
        folder = place()
        prepared(seen, folder)
        if killed(seen, folder, random.randint(1, changes), random.uniform(0, LONGEST_PAUSE)):
            outcomes[judged(seen, folder, f"{name}, killed from outside", follow=turn_of)] += 1
    figures.append(f"{name}: {wanted} kills at random moments after changes on the disk: {told(outcomes)}")


def in_the_midst(seen: Known) -> int:
    """Returns the number of the last call that gives a file its name: some have theirs by then, and some have not."""
    return max(number for number, call in enumerate(seen.calls, 1) if call in {"link", "rename", "replace"})


def prepared(seen: Known, folder: Path) -> None:
    seen.command.prepare(folder)
    folder.mkdir(exist_ok=True)


def changes_of(seen: Known, folder: Path) -> int:
    """Returns how many changes the system reports of a run that nothing disturbs."""
    prepared(seen, folder)
    watch = Watch(folder)
    process = start(seen.command.words, folder)
    watch.wait(process)
    watch.close()
    assert 0 == ended(process, folder).code
    return watch.seen


def killed(seen: Known, folder: Path, changes: int, pause: float) -> bool:
    watch = Watch(folder)
    process = start(seen.command.words, folder)
    watch.kill_after(process, changes, pause)
    watch.close()
    return ended(process, folder).code == -signal.SIGKILL


def told(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))


def next_command(seen: Known, folder: Path) -> str:
    """Lets the next command run as anybody would type it; returns what it says on stderr."""
    done = run(seen.command.following, folder)
    assert 0 == done.code, done
    return done.err


def turn_of(seen: Known, folder: Path) -> str:
    """Does what every command does before it writes, in this process: several times as fast."""
    if seen.command.following[0] in {"init", "schema"}:
        return next_command(seen, folder)
    root = root_at(folder / "cases", folder)
    with locked(root):
        said = finished(root)
        swept(root)
    return said or ""


def judged(seen: Known, folder: Path, moment: str, follow: Callable[[Known, Path], str] = next_command) -> str:
    """Holds what must hold after a kill, lets the next command run, and says which way it went."""
    left, strays = files_in(folder), strays_in(folder)
    assert [] == list(torn(seen, left)), moment
    journal = has_journal(folder)
    if not journal:
        assert errors_in(folder) <= seen.errors, moment
        assert seen.command.several or left in (seen.before, seen.whole), moment
    said = follow(seen, folder)
    assert [] == strays_in(folder), (moment, said)
    assert journal == ("finished `" in said or "undid `" in said), (moment, said)
    found = files_in(folder)
    next_one = found.pop(NEXT_FILE, None)
    ways = (seen.whole,) if seen.command.following[0] in {"init", "schema"} else (seen.before, seen.whole)
    assert found in ways, moment
    assert next_one is None or follow is next_command
    assert errors_in(folder) <= seen.errors, moment
    if journal:
        return "in the midst and undone" if "undid `" in said else "in the midst and finished"
    way = "done" if left == seen.whole else "not begun" if left == seen.before else "in part"
    return f"{way} with work files" if strays else way


def torn(seen: Known, left: dict[str, bytes]) -> Iterator[str]:
    """Yields the files that are neither as they were nor as they were meant to be, whole or gone."""
    for file in seen.before.keys() | seen.whole.keys() | left.keys():
        if left.get(file) not in (seen.before.get(file), seen.whole.get(file)):
            yield file
