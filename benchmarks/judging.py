"""`validate` cold and warm, against what reads the same files, and how it grows."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from benchmarks.arithmetic import ratio
from benchmarks.ground import Ground
from benchmarks.rows import TIMES, Experiment, Measured, Row, by_cpu, by_peak, by_wall, figures
from benchmarks.running import Command, Runs, run

_GRAPH = "PyYAML's node-graph loop in a process"
_COLD = (
    Row("cold", "cold `validate`, 10,000 records, one process", _GRAPH, 3.0, aim=2.3),
    Row("peak", "peak memory, cold, 10,000 records", "", 100, aim=60, unit="MiB"),
    Row(
        "jobs",
        "`validate` of 10,000 records with 2 processes",
        "itself with one",
        0.75,
        unit=f"{TIMES} wall",
        report_only=True,
    ),
    Row("warm", "warm `validate`, nothing changed, 10,000 records", "cold", 0.20),
    Row("warm-ten", "warm `validate`, 10 files changed of 10,000", "cold", 0.25),
)
_NAIVE = (
    Row("cold-naive", "cold `validate`, 10,000 records, one process", "ruamel.yaml round trip and pydantic", 0.05),
)
_PEERS = (
    Row(
        "check-jsonschema", "cold `validate`, 600 records, one process", "check-jsonschema, on the records alone", 0.10
    ),
    Row("yamllint", "cold `validate`, 600 records, one process", "yamllint, on the same files", 0.10),
)
_BAD = (
    Row("one-bad", "`validate`, 1 bad file in 10,000", "none bad", 1.05),
    Row("all-bad", "`validate`, 10,000 bad files", "none bad", 3.0),
)
_LARGE = (
    Row("large", "cold `validate`, 100,000 records, one process", "10,000 records", 11.0),
    Row("large-peak", "peak memory, cold, 100,000 records", "", 250, aim=130, unit="MiB"),
    Row("large-warm", "warm `validate`, nothing changed, 100,000 records", "cold", 0.15),
)
_NO_LINT = "{extends: default, rules: {line-length: disable, document-start: disable}}"
"""Two rules of yamllint that no record of ours keeps; all others run."""


def _cold(ground: Ground) -> Mapping[str, Measured]:
    folder = ground.corpus(10_000)
    commands = {"node graph": ground.loop("node_graph", str(folder / "cases")), "cold": ground.cold(folder)}
    if ground.has("validate", "--jobs"):
        commands["two processes"] = ground.cold(folder, jobs=2)
    if ground.has("validate", "--no-cache"):
        commands |= {"warm": _warm(ground, folder, "warm"), "warm, ten changed": _ten_changed(ground)}
    runs = ground.measure(commands)
    found = {"cold": by_cpu(runs, "cold", "node graph"), "peak": by_peak(runs, "cold")}
    found["jobs"] = _pair(runs, "two processes", "cold", by_wall, "`validate` has no `--jobs`")
    load = f"the machine has {os.cpu_count()} cores, and its load was {os.getloadavg()[0]:.1f} afterwards"
    found["jobs"] = replace(found["jobs"], figures=(*found["jobs"].figures, load))
    for row, ours in (("warm", "warm"), ("warm-ten", "warm, ten changed")):
        found[row] = _pair(runs, ours, "cold", by_cpu, "`validate` has no cache to be warm from")
    return found


def _pair(runs: Runs, ours: str, theirs: str, compare: Callable[[Runs, str, str], Measured], reason: str) -> Measured:
    return compare(runs, ours, theirs) if ours in runs else Measured.not_measured(reason)


def _warm(ground: Ground, folder: Path, name: str) -> Command:
    """Returns a validation in one process that finds its cache filled by an earlier one."""
    command = replace(ground.cold(folder), more={"XDG_CACHE_HOME": str(ground.emptied_cache(name))})
    words = tuple(word for word in command.words if word != "--no-cache")
    command = replace(command, words=words)
    run(command, ground.environment())
    return command


def _ten_changed(ground: Ground) -> Command:
    """Returns a warm validation before each run of which ten files spread over the corpus change."""
    folder = ground.corpus(10_000, name="-edited")
    events = sorted(folder.glob("cases/*/events/*.yaml"))
    ten = events[:: len(events) // 10][:10]
    days = count()
    _edit(ten, next(days))
    return replace(_warm(ground, folder, "warm-ten"), prepare=lambda: _edit(ten, next(days)))


_READ = re.compile(rb"retrieved: [0-9-]+")


def _edit(files: list[Path], number: int) -> None:
    day = f"retrieved: {date(2020, 1, 1) + timedelta(days=number)}".encode()
    for file in files:
        file.write_bytes(_READ.sub(day, file.read_bytes(), count=1))


def _naive(ground: Ground) -> Mapping[str, Measured]:
    folder = ground.corpus(10_000)
    naive = ground.loop("naive", str(folder / "cases"))
    return {"cold-naive": by_cpu(ground.measure({"cold": ground.cold(folder), "naive": naive}), "cold", "naive")}


def _peers(ground: Ground) -> Mapping[str, Measured]:
    folder = ground.corpus(600)
    schema = ground.schemas() / "event.schema.json"
    events = [str(each.relative_to(folder)) for each in sorted(folder.glob("cases/*/events/*.yaml"))]
    runs = ground.measure(
        {
            "cold": ground.cold(folder),
            "check-jsonschema": Command(
                (ground.peer("check-jsonschema"), "--schemafile", str(schema), *events), folder
            ),
            "yamllint": Command((ground.peer("yamllint"), "-d", _NO_LINT, "cases"), folder),
        }
    )
    return {peer: by_cpu(runs, "cold", peer) for peer in ("check-jsonschema", "yamllint")}


def _bad(ground: Ground) -> Mapping[str, Measured]:
    bad = {"none bad": 0, "one bad": 1, "all bad": 10_000}
    commands = {
        name: ground.cold(ground.corpus(10_000, bad=many), expected=int(many > 0)) for name, many in bad.items()
    }
    runs = ground.measure(commands)
    return {"one-bad": by_cpu(runs, "one bad", "none bad"), "all-bad": by_cpu(runs, "all bad", "none bad")}


def _large(ground: Ground) -> Mapping[str, Measured]:
    small, large = ground.corpus(10_000), ground.corpus(100_000)
    commands = {"10,000": ground.cold(small), "100,000": ground.cold(large)}
    cached = ground.has("validate", "--no-cache")
    if cached:
        commands["warm"] = _warm(ground, large, "large")
    runs = ground.measure(commands)
    value = ratio([each.cpu for each in runs["100,000"]], [each.cpu for each in runs["10,000"]])
    return {
        "large": Measured(value, len(runs["10,000"]), figures(runs, "10,000", "100,000")),
        "large-peak": by_peak(runs, "100,000"),
        "large-warm": _pair(runs, "warm", "100,000", by_cpu, "`validate` has no cache to be warm from"),
    }


EXPERIMENTS = (
    Experiment("cold", _COLD, _cold),
    Experiment("naive", _NAIVE, _naive),
    Experiment("peers", _PEERS, _peers),
    Experiment("bad", _BAD, _bad),
    Experiment("large", _LARGE, _large, size=100_000),
)
