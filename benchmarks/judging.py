"""`validate` against what reads the same files, and how it grows."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace

from benchmarks.arithmetic import ratio
from benchmarks.ground import Ground
from benchmarks.rows import TIMES, Experiment, Measured, Row, by_cpu, by_peak, by_wall, figures
from benchmarks.running import Command, Runs

_GRAPH = "PyYAML's node-graph loop in a process"
_COLD = (
    Row("cold", "`validate`, 10,000 records, one process", _GRAPH, 4.5),
    Row("peak", "peak memory, 10,000 records", "", 120, unit="MiB"),
    Row(
        "jobs",
        "`validate` of 10,000 records with 2 processes",
        "itself with one",
        0.75,
        unit=f"{TIMES} wall",
        report_only=True,
    ),
)
_NAIVE = (Row("cold-naive", "`validate`, 10,000 records, one process", "ruamel.yaml round trip and pydantic", 0.05),)
_PEERS = (
    Row("check-jsonschema", "`validate`, 600 records, one process", "check-jsonschema, on the records alone", 0.15),
    Row("yamllint", "`validate`, 600 records, one process", "yamllint, on the same files", 0.15),
)
_BAD = (
    Row("one-bad", "`validate`, 1 bad file in 10,000", "none bad", 1.05),
    Row("all-bad", "`validate`, 10,000 bad files", "none bad", 4.0),
)
_LARGE = (
    Row("large", "`validate`, 100,000 records, one process", "10,000 records", 11.5),
    Row("large-peak", "peak memory, 100,000 records", "", 300, unit="MiB"),
)
_NO_LINT = "{extends: default, rules: {line-length: disable, document-start: disable}}"
"""Two rules of yamllint that no record of ours keeps; all others run."""


def _cold(ground: Ground) -> Mapping[str, Measured]:
    folder = ground.corpus(10_000)
    commands = {"node graph": ground.loop("node_graph", str(folder / "cases")), "cold": ground.cold(folder)}
    if ground.has("validate", "--jobs"):
        commands["two processes"] = ground.cold(folder, jobs=2)
    runs = ground.measure(commands)
    found = {"cold": by_cpu(runs, "cold", "node graph"), "peak": by_peak(runs, "cold")}
    found["jobs"] = _pair(runs, "two processes", "cold", by_wall, "`validate` has no `--jobs`")
    load = f"the machine has {os.cpu_count()} cores, and its load was {os.getloadavg()[0]:.1f} afterwards"
    found["jobs"] = replace(found["jobs"], figures=(*found["jobs"].figures, load))
    return found


def _pair(runs: Runs, ours: str, theirs: str, compare: Callable[[Runs, str, str], Measured], reason: str) -> Measured:
    return compare(runs, ours, theirs) if ours in runs else Measured.not_measured(reason)


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
    runs = ground.measure(commands)
    value = ratio([each.cpu for each in runs["100,000"]], [each.cpu for each in runs["10,000"]])
    return {
        "large": Measured(value, len(runs["10,000"]), figures(runs, "10,000", "100,000")),
        "large-peak": by_peak(runs, "100,000"),
    }


EXPERIMENTS = (
    Experiment("cold", _COLD, _cold),
    Experiment("naive", _NAIVE, _naive),
    Experiment("peers", _PEERS, _peers),
    Experiment("bad", _BAD, _bad),
    Experiment("large", _LARGE, _large, size=100_000),
)
