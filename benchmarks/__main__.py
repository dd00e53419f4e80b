"""`python -m benchmarks`: measures what was asked for and writes RESULTS.md."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import machine
from benchmarks.experiments import EXPERIMENTS
from benchmarks.ground import HERE, Ground, kept_in
from benchmarks.rows import Experiment, Found, Measured, line, page
from benchmarks.running import CannotMeasure


def main() -> int:
    """Runs the experiments that the command line picks. Returns 0; a missed bar is a result, not a failure."""
    given = _given()
    facts = tuple(machine.facts())
    ground = Ground(given.work.resolve(), given.rounds, tuple(given.sizes))
    results: Found = [each for experiment in EXPERIMENTS for each in _measured(experiment, ground, given.only)]
    text = page(results, facts, datetime.now(UTC).date().isoformat())
    if given.only:
        sys.stdout.write(text)
    else:
        given.output.write_text(text, encoding="utf-8")
        sys.stdout.write(f"wrote {given.output}\n")
    return 0


def _given() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [each.name for each in EXPERIMENTS]
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=names, default=[], help=f"{', '.join(names)}; prints"
    )
    parser.add_argument("--sizes", nargs="+", type=int, metavar="N", default=[], help="large sizes too: 100000")
    parser.add_argument("--rounds", type=int, default=7, help="of commands that take up to 10 s; longer ones get fewer")
    parser.add_argument("--work", type=Path, default=kept_in(), help="where corpora and peers are kept")
    parser.add_argument("--output", type=Path, default=HERE / "RESULTS.md", help="the page to write")
    return parser.parse_args()


def _measured(experiment: Experiment, ground: Ground, only: list[str]) -> Found:
    if only and experiment.name not in only:
        return ()
    found = _tried(experiment, ground, asked_for=bool(only))
    rows = [(row, found[row.name]) for row in experiment.rows]
    sys.stderr.write("".join(f"{line(*each)}\n" for each in rows))
    return rows


def _tried(experiment: Experiment, ground: Ground, *, asked_for: bool) -> Mapping[str, Measured]:
    if experiment.size and experiment.size not in ground.sizes and not asked_for:
        reason = f"it takes long: `make bench SIZES={experiment.size}`"
        return {row.name: Measured.not_measured(reason) for row in experiment.rows}
    try:
        return experiment.measure(ground)
    except CannotMeasure as error:
        reason = str(error)
    except subprocess.CalledProcessError as error:
        reason = f"`{Path(error.cmd[0]).name}` ended with {error.returncode}"
    return {row.name: Measured.not_measured(reason) for row in experiment.rows}


if __name__ == "__main__":
    sys.exit(main())
