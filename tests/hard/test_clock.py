"""The day comes once, from one place, and is the local one; nothing else asks the clock, and no write needs it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from tests.hard.commands import CASE, COMMANDS, Known, errors_in, files_in, some
from tests.hard.layer import run

from ogpcase.cli.verbs import VERBS

SOURCE = Path(__file__).parent.parent.parent / "src" / "ogpcase"
CLOCKS = {
    "today", "now", "utcnow", "time", "time_ns", "localtime", "gmtime", "ctime",
    "strftime", "clock_gettime",
}  # fmt: skip
ASKING = (
    ("timeline", CASE), ("status", CASE), ("list",), ("requests",), ("due",), ("due", "--format", "ics"),
    ("findings", CASE), ("doubts",), ("parties",), ("stats",), ("validate",), ("show", CASE),
)  # fmt: skip
DAYS = some(("0001-01-01", "1600-02-29", "2024-02-29", "9999-12-31"), "0001-01-01", "9999-12-31")


def clocks_in(path: Path) -> Iterator[str]:
    """Yields each call of a clock by name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            yield f"{path.relative_to(SOURCE)}: {ast.unparse(node.func)}"


def test_nobody_else_asks_the_clock() -> None:
    """But the command line and the face for Python programs, for today.

    How long a writer has waited is measured by a clock that nobody can set.
    """
    found = [each for path in sorted(SOURCE.rglob("*.py")) for each in clocks_in(path)]
    assert ["api/folder.py: datetime.now", "cli/options.py: datetime.now"] == found


@pytest.mark.parametrize(("zone", "hours"), [("Pacific/Kiritimati", 14), ("Etc/GMT+12", -12), ("nowhere", 0), ("", 0)])
def test_the_day_is_that_of_the_zone_of_the_machine(
    known: Callable[[str], Known], place: Callable[[], Path], zone: str, hours: int
) -> None:
    """At any moment, one of these zones has another day than UTC. A zone that is not known counts as UTC."""

    def here() -> date:
        return (datetime.now(UTC) + timedelta(hours=hours)).date()

    def there() -> None:
        import os
        import time

        os.environ["TZ"] = zone
        time.tzset()

    folder = place()
    known("set").command.prepare(folder)
    words = ("list", "--json")
    day = here()
    done = run(words, folder, before=there)
    assert f'"as_of": "{day}"' in done.out or day != here()


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("words", ASKING, ids=" ".join)
def test_any_day_of_the_calendar_can_be_asked_for(
    known: Callable[[str], Known], place: Callable[[], Path], words: tuple[str, ...], day: str
) -> None:
    if words[0] not in VERBS:
        pytest.fail(f"{words[0]} is no verb any more")
    folder = place()
    known("set").command.prepare(folder)
    done = run((*words, "--as-of", day), folder)
    assert done.code in (0, 1)
    assert "internal error" not in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1970, 1, 1), date(2024, 2, 29), date(9999, 12, 31)])
@pytest.mark.parametrize("name", some(COMMANDS, "add-event", "advance", "rename event"))
def test_a_clock_that_is_wrong_stops_no_write(
    known: Callable[[str], Known], place: Callable[[], Path], name: str, day: date
) -> None:
    """What is written does not depend on the day; with a day before all records some checks warn."""

    def clock() -> None:
        from ogpcase.cli import options

        options.today = lambda: day

    seen, folder = known(name), place()
    seen.command.prepare(folder)
    done = run(seen.command.words, folder, before=clock)
    assert "internal error" not in done.err
    assert files_in(folder) in (seen.before, seen.whole)
    assert (done.code == 0) == (files_in(folder) == seen.whole)
    assert errors_in(folder) <= seen.errors
    assert COMMANDS[name] is seen.command
