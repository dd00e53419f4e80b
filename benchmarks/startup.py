"""Start-up: what it takes to say one thing and end."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.counting import instructions
from benchmarks.ground import Ground
from benchmarks.rows import TIMES, Experiment, Measured, Row, by_cpu, figures
from benchmarks.running import CannotMeasure, Command

_TYPER = '`python -c "import typer"`'
_BOTH = '`python -c "import typer, pydantic"`'
_ROWS = (
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
        return {"completion": Measured.not_measured("this version completes no case ids")}
    runs = ground.measure({"completion": command})
    wall = [each.wall for each in runs["completion"]]
    return {"completion": Measured(median(wall) * 1000, len(wall), figures(runs, "completion"))}


def case_in(folder: Path) -> str:
    """Returns the id of the first case of a corpus."""
    return min(each.parent.name for each in folder.glob("cases/*/case.yaml"))


EXPERIMENTS = (
    Experiment("startup", _ROWS, _startup),
    Experiment("uncompiled", _UNCOMPILED, _uncompiled),
    Experiment("completion", _COMPLETION, _completion),
)
