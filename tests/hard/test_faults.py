"""Whatever call the system refuses: exit 1 and a clear message, and nothing changed, or truly what the message says."""

from __future__ import annotations

import errno
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from tests.hard.commands import COMMANDS, NEXT_FILE, Known, errors_in, files_in, has_journal, some, strays_in
from tests.hard.layer import Done, Fail, Short, run

Place = Callable[[], Path]
FEW, MOST = 1, 110
"""Calls of each command that are refused: by default, and of those commands that do one thing over and over."""
RECORDS = [name for name in COMMANDS if name.partition(" ")[0] not in {"init", "schema"}]
REFUSALS = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EMFILE, errno.EINTR)
WAYS = [(code, False) for code in REFUSALS] + [(code, True) for code in (errno.ENOSPC, errno.EIO, errno.EROFS)]
"""What a call is refused with, and whether all changes after it are refused too."""
NOTHING = re.compile(r"nothing was (changed|written)")
HALF = re.compile(
    r"half way|is stored|files were written|all is stored|is there: see `git status`|folder was written: see"
)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_refused_change_changes_nothing_or_says_what_it_did(
    known: Callable[[str], Known], place: Place, figures: list[str], name: str, *, hard: bool
) -> None:
    """Every call that changes the disk, in turn, once and from then on, with every refusal that the system has."""
    seen = known(name)
    points = chosen(name, range(1, len(seen.calls) + 1), hard=hard)
    every = [(point, code, stays) for point in points for code, stays in WAYS]
    some = [(point, *Random(f"{name} {point}").choice(WAYS)) for point in points]
    outcomes: Counter[str] = Counter()
    for point, code, stays in every if hard else some:
        folder = place()
        seen.command.prepare(folder)
        done = run(seen.command.words, folder, Fail(point, code, ever_after=stays))
        moment = f"{name}: {errno.errorcode[code]} at {point} ({seen.calls[point - 1]}){' and after' if stays else ''}"
        outcomes[judged(seen, folder, done, moment)] += 1
    figures.append(f"{name}: {outcomes.total()} refused changes: {told(outcomes)}")


@pytest.mark.parametrize("name", some(COMMANDS, "add-event --source-file", "set", "rename case"))
def test_a_refused_question_changes_nothing_or_stops_nothing(
    known: Callable[[str], Known], place: Place, figures: list[str], name: str, *, hard: bool
) -> None:
    """Every call that only asks, in turn: to open, read, list or lock."""
    seen = known(name)
    asking = {"open", "read", "stat", "fstat", "scandir", "flock"}
    points = chosen(name, [n for n, call in enumerate(seen.all_calls, 1) if call in asking], hard=hard)
    outcomes: Counter[str] = Counter()
    for point, code in ((point, code) for point in points for code in (errno.EIO, errno.EACCES)[: 2 if hard else 1]):
        folder = place()
        seen.command.prepare(folder)
        done = run(seen.command.words, folder, Fail(point, code), reading=True)
        moment = f"{name}: {errno.errorcode[code]} at {point} ({seen.all_calls[point - 1]})"
        outcomes[judged(seen, folder, done, moment)] += 1
    figures.append(f"{name}: {outcomes.total()} refused questions: {told(outcomes)}")


@pytest.mark.parametrize("name", some(RECORDS, "add-event --source-file", "set", "rename party"))
def test_short_writes_are_gone_on_with(known: Callable[[str], Known], place: Place, name: str) -> None:
    """A byte at a time; what `init` and `schema` write is much, and written by the same function."""
    seen, folder = known(name), place()
    seen.command.prepare(folder)
    done = run(seen.command.words, folder, Short())
    assert (0, seen.whole, []) == (done.code, files_in(folder), strays_in(folder)), done


def chosen(name: str, points: Sequence[int], *, hard: bool) -> list[int]:
    return sorted(Random(name).sample(points, min(len(points), MOST if hard else FEW)))


def told(outcomes: Counter[str]) -> str:
    return ", ".join(f"{count} {what}" for what, count in sorted(outcomes.items()))


def judged(seen: Known, folder: Path, done: Done, moment: str) -> str:
    """Holds that the exit code, the words and the files say the same; then the next command leaves no rest."""
    left = files_in(folder)
    assert done.code in (0, 1), (moment, done)
    assert not re.search(r"Traceback|internal error", done.err), (moment, done)
    assert (done.code == 0) <= (left == seen.whole and not has_journal(folder)), (moment, done)
    if done.code == 1:
        judged_after = "error[OC223]" in done.out  # all was done, and then a record could not be read to judge it
        assert judged_after or re.search(r"^(error|refused): .", done.err, re.MULTILINE), (moment, done)
        unchanged = seen.whole if judged_after else seen.before
        assert bool(HALF.search(done.err)) or left == unchanged, (moment, done)
        assert not NOTHING.search(done.err) or left == unchanged, (moment, done)
    after = run(seen.command.following, folder)
    assert (0, []) == (after.code, strays_in(folder)), (moment, done, after)
    found = files_in(folder)
    next_one = found.pop(NEXT_FILE, None)
    assert found in ((seen.whole,) if next_one is None else (seen.before, seen.whole)), (moment, done, after)
    assert errors_in(folder) <= seen.errors, moment
    if done.code == 0:
        return "not needed"
    return "told what is stored" if HALF.search(done.err) else "nothing changed"
