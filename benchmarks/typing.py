"""What a keystroke costs: `python -m benchmarks.typing` prints the CPU time until the marks are known again.

A comment is typed in one record of a case, and the language server judges first that case, then the whole folder. The
case of 300 records is one case of the corpus ten times over, each time two centuries later: records that follow their
own kind, without moves, since a case moves once.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script, too

from benchmarks.corpus import Wanted, write
from ogpcase.language_server.folder import EditedFolder
from ogpcase.language_server.server import marks_of
from ogpcase.store.layout import root_at

BARS = {30: 0.15, 300: 0.5}
"""Seconds of CPU for a case of so many records."""
ROUNDS = 9
_ONE_CASE = 30
_YEAR = re.compile(r"\b(20)(?=[0-9]{2}-)")
_MOVES = re.compile(r"^moves_to:\n(?:  .*\n|- .*\n)+", re.MULTILINE)


def folder_with(folder: Path, records: int) -> EditedFolder:
    """Returns a folder with one case of so many records, a multiple of those of a case of the corpus."""
    top = folder / "cases"
    write(top, Wanted(_ONE_CASE))
    events = next(top.glob("*/events"))
    for path in sorted(events.iterdir()):
        text = path.read_text(encoding="utf-8")
        for later in range(1, records // _ONE_CASE):
            century = str(20 + 2 * later)
            new = _YEAR.sub(century, _MOVES.sub("", text))
            (events / _YEAR.sub(century, path.name)).write_text(new, encoding="utf-8")
    return EditedFolder(root_at(top, folder), folder)


def seconds_of(folder: EditedFolder, case: str | None) -> float:
    """Returns the CPU time after a keystroke in the middle of a case, the median of several."""
    events = sorted(folder.root.path.glob("*/events/*.yaml"))
    file = events[len(events) // 2].relative_to(folder.root.path).as_posix()
    text = folder.text_of(file)
    numbers = count()

    def keystroke() -> float:
        typed = folder.with_text(file, f"{text}# {next(numbers)}\n")
        start = process_time()
        marks_of(typed, typed.judged(case, date(2026, 11, 30)), "utf-16", str)
        return process_time() - start

    keystroke()
    return median(keystroke() for _ in range(ROUNDS))


def main() -> None:
    """Prints a line of a table for each size."""
    sys.stdout.write(
        "| records of the case | problems | its marks | those of the folder | wanted |\n|---|---|---|---|---|\n"
    )
    for records, bar in BARS.items():
        with TemporaryDirectory(prefix="ogpcase-typing-") as made:
            folder = folder_with(Path(made), records)
            case = folder.workspace.case_ids()[0]
            problems = sum(map(len, folder.judged(None, date(2026, 11, 30)).values()))
            own, whole = (seconds_of(folder, scope) for scope in (case, None))
            cells = (records, problems, *(f"{1000 * each:.0f} ms" for each in (own, whole, bar)))
            sys.stdout.write(f"| {' | '.join(map(str, cells))} |\n")


if __name__ == "__main__":
    main()
