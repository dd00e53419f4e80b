"""The experiments, each with its rows and bars: start-up, reading and editing, `validate`, and one case among many."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.arithmetic import ratio
from benchmarks.ground import Ground
from benchmarks.rows import TIMES, Experiment, Measured, Row, by_cpu, by_peak, by_wall, figures
from benchmarks.running import CannotMeasure, Command, instructions

_TYPER = '`python -c "import typer"`'
_BOTH = '`python -c "import typer, pydantic"`'
_STARTUP = (
    Row("version", "`ogpcase --version`", _TYPER, 1.3),
    Row("version-bare", "`ogpcase --version`", "`python -c pass`", aim=2.0, report_only=True),
    Row("help", "`ogpcase --help`, piped", _TYPER, 1.3),
    Row("timeline", "`ogpcase timeline` of a case of 30, piped", _BOTH, 3.6),
    Row("timeline-terminal", "the same on a terminal", _BOTH, 4.2),
    Row("list", "`ogpcase list`, 20 cases, 600 records", _BOTH, 5.2),
)
_UNCOMPILED = (
    Row("version-uncompiled", "`ogpcase --version` without byte code", f"{_TYPER}, without", report_only=True),
    Row("timeline-uncompiled", "`ogpcase timeline`, piped, without byte code", f"{_BOTH}, without", report_only=True),
)
_COMPLETION = (Row("completion", "completion of a case's id, of 20", "the clock", 150, unit="ms of wall time"),)


def _startup(ground: Ground) -> Mapping[str, Measured]:
    commands = _commands(ground)
    runs = ground.measure(commands)
    found = {
        "version": by_cpu(runs, "version", "typer"),
        "version-bare": by_cpu(runs, "version", "pass"),
        "help": by_cpu(runs, "help", "typer"),
        "timeline": by_cpu(runs, "timeline", "typer, pydantic"),
        "timeline-terminal": by_cpu(runs, "timeline, terminal", "typer, pydantic"),
        "list": by_cpu(runs, "list", "typer, pydantic"),
    }
    pairs = {"version": ("version", "typer"), "timeline": ("timeline", "typer, pydantic")}
    for row, (ours, theirs) in pairs.items():
        note = _by_instructions(ground, commands[ours], commands[theirs])
        found[row] = replace(found[row], figures=(*found[row].figures, note))
    return found


def _commands(ground: Ground) -> dict[str, Command]:
    one, many = ground.corpus(30), ground.corpus(600)
    timeline = ground.verb(one, "timeline", case_in(one))
    return {
        "pass": ground.importing(),
        "typer": ground.importing("typer"),
        "typer, pydantic": ground.importing("typer", "pydantic"),
        "version": ground.verb(one, "--version"),
        "help": ground.verb(one, "--help"),
        "timeline": timeline,
        "timeline, terminal": replace(timeline, terminal=True),
        "list": ground.verb(many, "list"),
    }


def _by_instructions(ground: Ground, ours: Command, theirs: Command) -> str:
    try:
        counts = [instructions(each, ground.environment()) for each in (ours, theirs)]
    except CannotMeasure as reason:
        return f"by instructions: not counted: {reason}"
    return (
        f"by instructions: {counts[0] / counts[1]:.2f} {TIMES} ({counts[0] / 1e6:.0f} to {counts[1] / 1e6:.0f} million)"
    )


def _uncompiled(ground: Ground) -> Mapping[str, Measured]:
    nowhere = ground.work / "no-byte-code"
    shutil.rmtree(nowhere, ignore_errors=True)
    bare = {"PYTHONPYCACHEPREFIX": str(nowhere), "PYTHONDONTWRITEBYTECODE": "1"}
    wanted = ("typer", "typer, pydantic", "version", "timeline")
    commands = {name: replace(each, more=bare) for name, each in _commands(ground).items() if name in wanted}
    runs = ground.measure(commands)
    return {
        "version-uncompiled": by_cpu(runs, "version", "typer"),
        "timeline-uncompiled": by_cpu(runs, "timeline", "typer, pydantic"),
    }


def _completion(ground: Ground) -> Mapping[str, Measured]:
    folder = ground.corpus(600)
    case = case_in(folder)
    command = ground.verb(folder, "__complete", "--", "timeline", case[:4])
    printed = subprocess.run(  # noqa: S603 - our own
        command.words, cwd=folder, env=ground.environment(), capture_output=True, check=False, text=True
    )
    if case not in printed.stdout:
        raise CannotMeasure(f"`{case[:4]}` is not completed to `{case}`")
    runs = ground.measure({"completion": command})
    wall = [each.wall for each in runs["completion"]]
    return {"completion": Measured(median(wall) * 1000, len(wall), figures(runs, "completion"))}


def case_in(folder: Path) -> str:
    """Returns the id of the first case of a corpus."""
    return min(each.parent.name for each in folder.glob("cases/*/case.yaml"))


_LOADER = (
    Row(
        "loader",
        "our loader: values, places, profile",
        "PyYAML's node-graph loop, same bytes",
        1.35,
        unit=f"{TIMES} instructions",
    ),
)
_EDIT = (
    Row("edit", "an edit of one field, in 200 files", "ruamel.yaml load and dump", 0.1),
    Row("edit-other-lines", "other lines that such an edit changes, in 200 files", "none", 0, unit="lines"),
)
_FEW, _MANY = 100, 400
_EDITED = 200


def _loader(ground: Ground) -> Mapping[str, Measured]:
    folder = str(ground.corpus(600) / "cases")
    try:
        ours, theirs = (_for_each_file(ground, loop, folder) for loop in ("load", "node_graph"))
    except CannotMeasure as reason:
        return {"loader": Measured.not_measured(str(reason))}
    per_file = f"{ours / 1000:.0f} to {theirs / 1000:.0f} thousand instructions a file, start-up taken off"
    return {"loader": Measured(ours / theirs, 1, (per_file, "counted once by valgrind: the same each time"))}


def _for_each_file(ground: Ground, loop: str, folder: str) -> float:
    """Returns how many instructions each file more costs, so that what is done once drops out."""
    few, many = (instructions(ground.loop(loop, folder, str(count)), ground.environment()) for count in (_FEW, _MANY))
    return (many - few) / (_MANY - _FEW)


def _edit(ground: Ground) -> Mapping[str, Measured]:
    folder = ground.work / "edited"
    _gather(ground.corpus(600), folder)
    turns = [{how: _looped(ground, folder, how) for how in ("ours", "ruamel")} for _ in range(ground.rounds)]
    ours, theirs = ([turn[how]["cpu"] for turn in turns] for how in ("ours", "ruamel"))
    each = [
        f"{how}: {min(turn[how]['cpu'] for turn in turns) / _EDITED * 1e6:.0f} µs a file at best" for how in turns[0]
    ]
    lines = turns[0]["ours"]["other_lines"]
    theirs_too = f"ruamel.yaml, with indentation, width and quotes set to ours: {turns[0]['ruamel']['other_lines']:.0f}"
    return {
        "edit": Measured(ratio(ours, theirs), len(turns), tuple(each)),
        "edit-other-lines": Measured(lines, len(turns), (theirs_too,)),
    }


def _gather(corpus: Path, folder: Path) -> None:
    """Puts so many events of a corpus into one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, file in enumerate(sorted(corpus.glob("cases/*/events/*.yaml"))[:_EDITED]):
        (folder / f"{number:04d}.yaml").write_bytes(file.read_bytes())


def _looped(ground: Ground, folder: Path, how: str) -> dict[str, float]:
    command = ground.loop("edit", str(folder), str(_EDITED), how)
    variables = {**ground.environment(), **command.more}
    done = subprocess.run(command.words, env=variables, capture_output=True, check=True)  # noqa: S603 - our own
    found: dict[str, float] = json.loads(done.stdout)
    return found


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
    node_graph = ground.loop("node_graph", str(folder / "cases"))
    runs = ground.measure(
        {"node graph": node_graph, "cold": ground.cold(folder), "two processes": ground.cold(folder, jobs=2)}
    )
    load = f"the machine has {os.cpu_count()} cores, and its load was {os.getloadavg()[0]:.1f} afterwards"
    jobs = by_wall(runs, "two processes", "cold")
    jobs = replace(jobs, figures=(*jobs.figures, load))
    return {"cold": by_cpu(runs, "cold", "node graph"), "peak": by_peak(runs, "cold"), "jobs": jobs}


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


_ONE_CASE = (
    Row("timeline-among", "`timeline` of one case among 100,000 records", "the same case alone", 1.3),
    Row("add-event-among", "`add-event` in a case of 30 among 100,000 records", "that case alone", 1.5),
)
_DAY = "2025-06-03"


def _one_case(ground: Ground) -> Mapping[str, Measured]:
    alone, among = ground.corpus(30, name="-alone"), ground.corpus(100_000, name="-among")
    case = case_in(alone)
    places = {"alone": alone, "among": among}
    timelines = {name: ground.verb(folder, "timeline", case) for name, folder in places.items()}
    additions = {name: _add_event(ground, folder, case) for name, folder in places.items()}
    both = (("timeline-among", ground.measure(timelines)), ("add-event-among", ground.measure(additions)))
    for folder in places.values():
        _take_back(folder, case)
    return {row: by_cpu(runs, "among", "alone") for row, runs in both}


def _add_event(ground: Ground, folder: Path, case: str) -> Command:
    words = ["add-event", case, "letter", "--title", "A further letter", "--dated", _DAY]
    words += ["--senders", "ogp-support-unit", "--addressees", "ogp", "--source", "https://example.org/letter"]
    return replace(ground.verb(folder, *words), prepare=lambda: _take_back(folder, case))


def _take_back(folder: Path, case: str) -> None:
    for file in (folder / "cases" / case / "events").glob(f"{_DAY}*"):
        file.unlink()


EXPERIMENTS = (
    Experiment("startup", _STARTUP, _startup),
    Experiment("uncompiled", _UNCOMPILED, _uncompiled),
    Experiment("completion", _COMPLETION, _completion),
    Experiment("loader", _LOADER, _loader),
    Experiment("edit", _EDIT, _edit),
    Experiment("cold", _COLD, _cold),
    Experiment("naive", _NAIVE, _naive),
    Experiment("peers", _PEERS, _peers),
    Experiment("bad", _BAD, _bad),
    Experiment("large", _LARGE, _large, size=100_000),
    Experiment("one-case", _ONE_CASE, _one_case),
)
