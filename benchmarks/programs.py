"""What other programs take: `python -m benchmarks.programs` prints the memory and the CPU of each table as Markdown.

Each table is iterated, and given to pyarrow, in a process of its own; the first row is one case alone. Then each format
of `export` is written.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from shutil import rmtree
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script, too

from benchmarks.ground import Ground, kept_in

TABLES = ("cases", "events", "requests", "findings", "moves", "sources", "durations")
WAYS = ("rows", "frame")
FORMATS = ("csv", "json", "markdown", "parquet", "sqlite", "timelinejs")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.programs", description=__doc__.partition("\n")[0])
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--work", type=Path, default=kept_in(), help="where corpora are kept")
    given = parser.parse_args()
    ground = Ground(given.work.resolve(), given.rounds)
    cases = str(ground.corpus(given.records) / "cases")
    _tables(ground, cases)
    _exports(ground, ground.corpus(given.records))


def _tables(ground: Ground, cases: str) -> None:
    sys.stdout.write("| table | iterated: peak memory | CPU | frame: peak memory | CPU |\n|---|---:|---:|---:|---:|\n")
    for table in ("case", *TABLES):
        runs = ground.measure({way: ground.loop("table", cases, table, way) for way in WAYS})
        cells = [
            f"{max(run.peak for run in runs[way]):.0f} MiB | {median(run.cpu for run in runs[way]):.1f} s"
            for way in WAYS
        ]
        sys.stdout.write(f"| {'one case' if table == 'case' else f'`{table}`'} | {' | '.join(cells)} |\n")
        sys.stdout.flush()


def _exports(ground: Ground, folder: Path) -> None:
    sys.stdout.write("\n| format | peak memory | CPU |\n|---|---:|---:|\n")
    to = ground.work / "exported"
    for form in FORMATS:
        written = ground.verb(folder, "export", form, "--to", str(to))
        (runs,) = ground.measure({form: replace(written, prepare=partial(rmtree, to, ignore_errors=True))}).values()
        peak, cpu = max(run.peak for run in runs), median(run.cpu for run in runs)
        sys.stdout.write(f"| `{form}` | {peak:.0f} MiB | {cpu:.1f} s |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
