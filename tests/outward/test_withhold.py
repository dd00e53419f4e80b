"""`withhold` is a field like any other: reading commands show the working folder as it is, and say that it is one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from tests.outward.commands import WHOLE, There, readings
from tests.outward.records import (
    ASK,
    CONCERN,
    GOVERNMENT,
    OFFICE,
    OPEN,
    PARTIES,
    STEPS,
    Folder,
    event_values,
    header_values,
    plain,
)
from tests.outward.running import Ran, inside, read_once, run

from ogpcase.model.codelists import Kind

CASE = "arcadia-2023"
COUNTED = re.compile(r"working folder, withholds \d+ things\n\n?")
NO_VIEW = {"advance", "open"}
"""The verbs that print moves, or a path alone for another program: no header stands above these."""
READING = sorted(set(WHOLE) - {"show", "diff", "validate", "completion", "explain", "policy"})


def written(root: Path, **more: Any) -> There:
    """Writes a case with an event of each kind, all its events and parties with these fields too."""
    events = STEPS | {f"2023-07-0{at}-{kind}-full": {**event_values(kind, plain), "dated": f"2023-07-0{at}"}
                      for at, kind in enumerate(Kind, 1)}  # fmt: skip
    folder = Folder(
        {party: {**values, **more} for party, values in PARTIES.items()},
        {CASE: header_values(plain, GOVERNMENT)},
        {CASE: {event: {**values, **more} for event, values in events.items()}},
    )
    folder.write(root)
    return There(
        {CASE: [ASK, CONCERN]}, [OPEN, OFFICE], [f"{CASE}/{ASK}#publish"], ["2023-08-20"], [f"{CASE}/{CONCERN}"]
    )


@lru_cache(maxsize=2)
def said(verb: str, withhold: str) -> tuple[Ran, ...]:
    """Returns what a verb says of a folder in every format, on every day, by every filter."""
    with TemporaryDirectory() as top:
        there = written(Path(top), **({"withhold": withhold} if withhold else {}))
        with inside(Path(top)), read_once():
            return tuple(run(*words) for words in readings(there, [verb]))


@pytest.mark.parametrize("verb", READING)
def test_what_the_public_copy_leaves_out_is_shown_and_counted(verb: str) -> None:
    shown = [replace(each, out=COUNTED.sub("", each.out)) for each in said(verb, "all")]
    assert [*said(verb, "")] == shown
    for each in said(verb, "all"):
        assert (each.form == "text" and verb not in NO_VIEW) == bool(COUNTED.match(each.out)), each.words


def test_show_prints_all_fields_and_this_one(tmp_path: Path) -> None:
    records: list[dict[str, Any]] = []
    for name, more in (("without", {}), ("with", {"withhold": "all"})):
        there = written(tmp_path / name, **more)
        with inside(tmp_path / name):
            shown = [run("show", each, "--json") for each in (*there.events, *there.items, *there.parties)]
        records.append({each.words[1]: json.loads(each.out)["rows"][0] for each in shown})
    withheld = {name: record["values"].pop("withhold", None) for name, record in records[1].items()}
    assert records[0] == records[1]
    assert [[{"field": "all"}], [{"field": "all"}], None, "all", "all"] == list(withheld.values())
