"""What a benchmark promises and what it found: rows of the table, and the experiments that fill several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.arithmetic import ratio
from benchmarks.ground import Ground
from benchmarks.running import Runs

TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what is measured, against what, and what it must be at most."""

    name: str
    what: str
    against: str
    bar: float | None = None
    aim: float | None = None
    unit: str = f"{TIMES} CPU"
    report_only: bool = False
    """Read by people and no promise, as it hangs on what else the machine does."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a row came to; the figures behind it are lines of prose. `value` is None where it was not measured."""

    value: float | None
    rounds: int = 1
    figures: tuple[str, ...] = ()
    reason: str = ""

    @classmethod
    def not_measured(cls, reason: str) -> Measured:
        """Returns what stands in the place of a figure."""
        return cls(None, 0, (), reason)


@dataclass(frozen=True, slots=True)
class Experiment:
    """Commands that are measured together, and the rows that come of it."""

    name: str
    rows: tuple[Row, ...]
    measure: Callable[[Ground], Mapping[str, Measured]]
    size: int = 0
    """Run only where this size was asked for; 0 always."""


def reached(row: Row, measured: Measured) -> bool | None:
    """True where the bar was reached, None where there is none or nothing was measured."""
    if measured.value is None or row.bar is None:
        return None
    return measured.value <= row.bar


def by_cpu(runs: Runs, ours: str, theirs: str) -> Measured:
    """Returns the ratio of two commands' CPU time, with their figures."""
    value = ratio([each.cpu for each in runs[ours]], [each.cpu for each in runs[theirs]])
    return Measured(value, len(runs[ours]), (*figures(runs, ours, theirs), _wall_ratio(runs, ours, theirs)))


def by_wall(runs: Runs, ours: str, theirs: str) -> Measured:
    """Returns the ratio of two commands' wall time, with their figures."""
    value = ratio([each.wall for each in runs[ours]], [each.wall for each in runs[theirs]])
    return Measured(value, len(runs[ours]), figures(runs, ours, theirs))


def by_peak(runs: Runs, ours: str) -> Measured:
    """Returns the largest peak memory of a command in MiB."""
    return Measured(max(each.peak for each in runs[ours]), len(runs[ours]), figures(runs, ours))


def figures(runs: Runs, *names: str) -> tuple[str, ...]:
    """Returns a line for each command: medians of CPU and wall time, the spread of CPU time, and peak memory."""
    return tuple(_figure(name, runs) for name in names)


def _figure(name: str, runs: Runs) -> str:
    cpu = [each.cpu for each in runs[name]]
    wall = median(each.wall for each in runs[name])
    spread = f"{_seconds(min(cpu))} to {_seconds(max(cpu))}"
    peak = max(each.peak for each in runs[name])
    return f"{name}: CPU {_seconds(median(cpu))} ({spread}), wall {_seconds(wall)}, peak {peak:.0f} MiB"


def _wall_ratio(runs: Runs, ours: str, theirs: str) -> str:
    value = ratio([each.wall for each in runs[ours]], [each.wall for each in runs[theirs]])
    return f"by wall time: {value:.2f} {TIMES}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
