"""The reader and the splice, each as a loop over many files in one process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from benchmarks.arithmetic import ratio
from benchmarks.counting import instructions
from benchmarks.ground import Ground
from benchmarks.rows import TIMES, Experiment, Measured, Row
from benchmarks.running import CannotMeasure

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


EXPERIMENTS = (Experiment("loader", _LOADER, _loader), Experiment("edit", _EDIT, _edit))
