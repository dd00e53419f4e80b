"""One case's commands, alone in a folder and among many cases: they should not notice the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from benchmarks.ground import Ground
from benchmarks.rows import Experiment, Measured, Row, by_cpu
from benchmarks.running import Command
from benchmarks.startup import case_in

_ROWS = (
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


EXPERIMENTS = (Experiment("one-case", _ROWS, _one_case),)
