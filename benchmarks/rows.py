"""What a benchmark promises and what it found, and the page that says so: ratios first, then what they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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


Found = Sequence[tuple[Row, Measured]]


def page(found: Found, facts: Iterable[str], day: str) -> str:
    """Returns the page of a run: the table, what missed its bar, what was not measured, the machine, the figures."""
    blocks = [_opening(day), *_table(found), "", *_misses(found), *_left_out(found), "## Measured on", ""]
    blocks += [f"- {fact}" for fact in facts]
    return "\n".join([*blocks, "", "## Behind the ratios", "", *_details(found)]).rstrip() + "\n"


def line(row: Row, measured: Measured) -> str:
    """Returns a row as one line of text, for whoever waits."""
    if measured.value is None:
        return f"{row.name}: not measured: {measured.reason}"
    verdict = "" if row.bar is None else f", {_limit(row)}: {_verdict(row, measured)}"
    return f"{row.name}: {_value(row, measured.value)}{verdict}"


def _opening(day: str) -> str:
    return (
        f"# How fast it is\n\nMeasured on {day} by `make bench`; how to read it stands in [README.md](README.md).\n"
        "A ratio is the median of the ratios taken round by round, of CPU time unless said otherwise.\n"
    )


def _table(found: Found) -> Iterator[str]:
    yield "| what | against | measured | at most | aim | rounds | reached |"
    yield "|---|---|---:|---:|---:|---:|---|"
    for row, measured in found:
        value = "not measured" if measured.value is None else _value(row, measured.value)
        aim = "" if row.aim is None else f"{row.aim:g}"
        cells = (
            row.what,
            row.against,
            value,
            "" if row.bar is None else f"{row.bar:g}",
            aim,
            str(measured.rounds or ""),
        )
        yield f"| {' | '.join(cells)} | {_verdict(row, measured)} |"


def _misses(found: Found) -> Iterator[str]:
    missed = [(row, measured) for row, measured in found if not row.report_only and reached(row, measured) is False]
    yield "## Missed"
    yield ""
    yield from (f"- {row.what}: {_value(row, measured.value or 0)}, {_limit(row)}" for row, measured in missed)
    if not missed:
        yield "Nothing that was measured."
    yield ""


def _left_out(found: Found) -> Iterator[str]:
    lines = [
        f"- {row.what}, against {row.against or 'nothing'}: {each.reason}" for row, each in found if each.value is None
    ]
    if lines:
        yield from ("## Not measured", "", *lines, "")


def _details(found: Found) -> Iterator[str]:
    for row, measured in found:
        if measured.value is not None:
            yield f"**{row.name}**: {row.what}" + (f", against {row.against}" if row.against else "")
            yield ""
            yield from (f"- {each}" for each in measured.figures)
            yield ""


def _value(row: Row, value: float) -> str:
    digits = 0 if row.unit in {"MiB", "lines"} or value >= 100 else 3 if value < 0.1 else 2  # noqa: PLR2004 - what can be told apart
    return f"{value:.{digits}f} {row.unit}"


def _limit(row: Row) -> str:
    return "no bar" if row.bar is None else f"at most {row.bar:g}"


def _verdict(row: Row, measured: Measured) -> str:
    if measured.value is None:
        return "-"
    if row.aim is not None and measured.value <= row.aim:
        return "yes, and the aim"
    answer = {True: "yes", False: "**no**", None: "no bar"}[reached(row, measured)]
    return f"{answer} (report only)" if row.report_only and row.bar is not None else answer
