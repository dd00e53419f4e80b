"""How cost grows: `python -m benchmarks.scale` prints Markdown for docs/scale.md.

Cold `validate` in one process as records, parties and problems grow, and git's own cost of the same folders; lines are
fitted to what was measured and drawn on to ten million records.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, rmtree
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script, too

from benchmarks import machine
from benchmarks.arithmetic import Line, growth, line_through
from benchmarks.ground import Ground, kept_in
from benchmarks.running import Command, Run

_ALONE = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_AUTHOR_NAME": "A Benchmark",
    "GIT_AUTHOR_EMAIL": "benchmark@example.org",
    "GIT_COMMITTER_NAME": "A Benchmark",
    "GIT_COMMITTER_EMAIL": "benchmark@example.org",
}
"""So that nobody's own settings are measured."""


def repository(ground: Ground, records: int) -> Path:
    """Returns a repository that holds a corpus in one commit, ten of its files changed since; made once."""
    folder = ground.corpus(records).with_name(f"{records}-git")
    if not (folder / ".git" / "made").exists():
        rmtree(folder, ignore_errors=True)
        copytree(ground.corpus(records) / "cases", folder / "cases")
        for words in (
            ("init", "--quiet"),
            ("add", "--all"),
            ("commit", "--quiet", "--message", "All"),
            ("gc", "--quiet"),
        ):
            variables = {**ground.environment(), **_ALONE}
            quiet = ("-c", "gc.auto=0", "-c", "maintenance.auto=false", *words)  # nothing goes on behind our back
            subprocess.run(["git", *quiet], cwd=folder, env=variables, check=True)  # noqa: S603, S607 - git, of the machine
        _change_ten(folder)
        (folder / ".git" / "made").touch()
    return folder


def _change_ten(folder: Path) -> None:
    events = sorted(folder.glob("cases/*/events/*.yaml"))
    for file in events[:: max(1, len(events) // 10)][:10]:
        file.write_bytes(file.read_bytes() + b"# looked at again\n")


def _status(_: Ground, folder: Path) -> Command:
    return Command(("git", "status", "--porcelain"), folder, _ALONE)


def _diff(_: Ground, folder: Path) -> Command:
    return Command(("git", "diff", "HEAD"), folder, _ALONE)


def _clone(ground: Ground, folder: Path) -> Command:
    target = ground.work / "clone"
    words = ("git", "clone", "--quiet", "--no-local", str(folder), str(target))
    return Command(words, ground.work, _ALONE, prepare=lambda: rmtree(target, ignore_errors=True))


COMMANDS: Mapping[str, Callable[[Ground, Path], Command]] = {
    "git status": _status,
    "git diff": _diff,
    "git clone": _clone,
}


def megabytes(folder: Path) -> float:
    """Returns the size of a folder's files in MiB."""
    sizes = (os.path.getsize(f"{where}/{name}") for where, _, names in os.walk(folder) for name in names)  # noqa: PTH202 - many
    return sum(sizes) / 2**20


FAR = 10_000_000
_LARGER = 1_000
_PARTIES = (3, 30, 100)
_SHARES = (0, 1, 10, 100)


@dataclass(frozen=True, slots=True)
class Series:
    """One cost at several sizes: `costs[i]` is that of `sizes[i]`."""

    title: str
    sizes: tuple[int, ...]
    costs: tuple[float, ...]
    shown: Callable[[float], str]

    def row(self) -> str:
        """Returns the row of the table: every cost, the power it grows with, what one more costs, the far figure."""
        cells = [self.title, *map(self.shown, self.costs)]
        if len(self.sizes) > 1:
            line, power = line_through(self.sizes, self.costs), self._power()
            cells += [_each(line.slope, self.shown), f"{line.fit:.3f}", self.shown(line.at(FAR))]
            cells += [f"{power.slope:.2f}", self.shown(math.exp(power.at(math.log(FAR))))] if power else ["", ""]
        return f"| {' | '.join(cells)} |"

    def _power(self) -> Line | None:
        """Returns the line through the logarithms of the larger sizes: small ones mostly cost what starting costs."""
        pairs = [(size, cost) for size, cost in zip(self.sizes, self.costs, strict=True) if size >= _LARGER]
        return growth([size for size, _ in pairs], [cost for _, cost in pairs]) if len(pairs) > 1 else None


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=[30, 1_000, 10_000], help="in records; 100000 takes long"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=Path, default=kept_in(), help="where corpora are kept")
    given = parser.parse_args()
    ground = Ground(given.work.resolve(), given.rounds)
    sys.stdout.write("".join(f"- {fact}\n" for fact in machine.facts()))
    for part in (_by_records(ground, given.sizes), _by_parties(ground), _by_problems(ground)):
        sys.stdout.write("\n" + "\n".join(part) + "\n")
        sys.stdout.flush()


def _by_records(ground: Ground, sizes: Sequence[int]) -> Iterator[str]:
    yield from _heading("What `ogpcase` and git take", [f"{size:,}" for size in sizes], fitted=len(sizes) > 1)
    runs = {size: _validated(ground, ground.corpus(size)) for size in sizes}
    places = tuple(sizes)
    yield Series("`validate`, cold: CPU", places, _cpu(runs), seconds).row()
    yield Series("`validate`, cold: peak memory", places, _peak(runs), mebibytes).row()
    for name, command in COMMANDS.items():
        found = {size: _git(ground, size, command) for size in sizes}
        yield Series(f"`{name}`: CPU", places, _cpu(found), seconds).row()
    stored = tuple(megabytes(repository(ground, size) / ".git") for size in sizes)
    yield Series("git's objects, one commit", places, stored, mebibytes).row()
    files = tuple(float(_files(ground.corpus(size) / "cases")) for size in sizes)
    yield Series("files in the folder", places, files, lambda count: f"{count:,.0f}").row()


def _by_parties(ground: Ground) -> Iterator[str]:
    folders = [ground.corpus(1_000, parties=each) for each in _PARTIES]
    counts = [_files(folder / "cases" / "parties") for folder in folders]
    yield from _heading("1,000 records, as parties grow", [f"{count:,} parties" for count in counts])
    yield from _costs(counts, [_validated(ground, folder) for folder in folders])


def _by_problems(ground: Ground) -> Iterator[str]:
    yield from _heading("1,000 records, as bad files grow", [f"{10 * share:,} bad" for share in _SHARES])
    folders = [ground.corpus(1_000, bad=10 * share) for share in _SHARES]
    yield from _costs(
        [], [_validated(ground, folder, bad=share > 0) for folder, share in zip(folders, _SHARES, strict=True)]
    )


def _costs(counts: Sequence[int], runs: Sequence[tuple[Run, ...]]) -> Iterator[str]:
    cpu, peak = _cpu(dict(enumerate(runs))), _peak(dict(enumerate(runs)))
    yield f"| `validate`, cold: CPU | {' | '.join(map(seconds, cpu))} |"
    yield f"| `validate`, cold: peak memory | {' | '.join(map(mebibytes, peak))} |"
    if counts:
        yield f"\nA party more costs {_each(line_through(counts, cpu).slope, seconds)} of CPU time."


def _validated(ground: Ground, folder: Path, *, bad: bool = False) -> tuple[Run, ...]:
    return ground.measure({"validate": ground.cold(folder, expected=int(bad))})["validate"]


def _git(ground: Ground, size: int, command: Callable[[Ground, Path], Command]) -> tuple[Run, ...]:
    return ground.measure({"git": command(ground, repository(ground, size))})["git"]


def _cpu(runs: Mapping[int, Sequence[Run]]) -> tuple[float, ...]:
    return tuple(median(run.cpu for run in each) for each in runs.values())


def _peak(runs: Mapping[int, Sequence[Run]]) -> tuple[float, ...]:
    return tuple(max(run.peak for run in each) for each in runs.values())


def _heading(title: str, columns: Sequence[str], *, fitted: bool = False) -> Iterator[str]:
    cells = [
        title,
        *columns,
        *(["one more", "fit", f"{FAR:,} by that line", "power", f"{FAR:,} by that power"] if fitted else []),
    ]
    yield f"| {' | '.join(cells)} |"
    yield f"|---|{'---:|' * (len(cells) - 1)}"


def _files(folder: Path) -> int:
    return sum(len(names) for _, _, names in os.walk(folder))


def _each(cost: float, shown: Callable[[float], str]) -> str:
    """Returns a small cost in the unit that suits it."""
    if shown is seconds:
        return f"{cost * 1e6:,.0f} µs"
    return f"{cost * 1024:,.1f} KiB" if shown is mebibytes else f"{cost:,.2f}"


def seconds(value: float) -> str:
    """Returns seconds as people read them."""
    if value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:,.1f} s" if value < 600 else f"{value / 60:,.0f} min"  # noqa: PLR2004 - ten minutes


def mebibytes(value: float) -> str:
    """Returns MiB as people read them."""
    return f"{value:,.0f} MiB" if value < 10_240 else f"{value / 1024:,.0f} GiB"  # noqa: PLR2004 - ten GiB


if __name__ == "__main__":
    main()
