"""The JSON reports of shards made one: the bytes that one run over the whole folder gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ogpcase import __version__
from ogpcase.diagnostics import Severity, Verdict
from ogpcase.diagnostics.envelope import FORMAT, envelope
from ogpcase.export.json import dumps
from ogpcase.export.plain import diagnostic_row
from ogpcase.values import frozen


class NotMerged(Exception):
    """Why reports cannot be merged, in words for people that hold nothing of the reports."""


_LAST = "OC228"
"""That there are more problems in a file comes after them."""
_COUNTS = ("files", "cases", "departures")


@frozen
class Report:
    """The report of one shard: of which, what it found, and what it tells of its cases."""

    index: int
    of: int
    folder: str
    as_of: date
    used: tuple[str, ...]
    whole: bool
    unforeseen: int
    rows: tuple[dict[str, Any], ...]
    judged: dict[str, int]


def report_in(text: str) -> Report:
    """Reads what `validate --shard` printed as JSON. Raises NotMerged for anything else."""
    try:
        whole = json.loads(text)
        json.dumps(whole, allow_nan=False)
        kind, made, form = whole["kind"], whole["ogpcase"], whole["format"]
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise NotMerged("it is not a report of `validate --shard`") from fault
    if (kind, made, form) != ("validate", __version__, FORMAT):
        raise NotMerged("it was made by another command, or another release of ogpcase")
    if "shard" not in whole:
        raise NotMerged("it is the report of a whole run; nothing is left to merge")
    try:
        return _read(whole)
    except (TypeError, LookupError, ValueError, AttributeError, ArithmeticError) as fault:
        raise NotMerged("it is damaged") from fault


def _read(whole: dict[str, Any]) -> Report:
    shard = whole["shard"]
    rows = tuple(whole["rows"])
    for row in rows:
        _place_of(row)
        Severity(row["severity"])
    return Report(
        index=int(shard["index"]),
        of=int(shard["of"]),
        folder=str(shard["folder"]),
        as_of=date.fromisoformat(whole["as_of"]),
        used=tuple(map(str, shard["used"])),
        whole=shard["whole"] is True,
        unforeseen=int(shard["unforeseen"]),
        rows=rows,
        judged={name: int(whole["judged"][name]) for name in _COUNTS},
    )


def agreed(reports: Sequence[Report]) -> Report:
    """Returns one of the reports, when they are all the shards of one folder on one day. Raises NotMerged."""
    first = reports[0]
    if any((each.of, each.folder, each.as_of) != (first.of, first.folder, first.as_of) for each in reports):
        raise NotMerged("these are not shards of one folder, judged on one day")
    missing = sorted(set(range(1, first.of + 1)) - {each.index for each in reports})
    if missing:
        raise NotMerged(f"shard {missing[0]}/{first.of} is missing")
    if len(reports) != first.of:
        raise NotMerged("a shard is given twice")
    if any(each.unforeseen for each in reports):
        raise NotMerged("a record withholds something in a way that only a run over the whole folder sees")
    return first


def merged_json(reports: Iterable[Report], rest: Verdict) -> str:
    """Returns the report of a whole run, of those of all its shards and of what was judged beside the cases."""
    several = sorted(reports, key=lambda each: each.index)
    rows = [*map(diagnostic_row, rest.diagnostics), *(row for each in several for row in each.rows)]
    rows.sort(key=_place_of)
    beside = {"files": rest.files, "cases": rest.cases, "departures": rest.departures}
    counts = {name: beside[name] + sum(each.judged[name] for each in several) for name in _COUNTS}
    failed = any(row["severity"] == Severity.ERROR for row in rows)
    whole = envelope("validate", rows, as_of=several[0].as_of.isoformat())
    return dumps({**whole, "failed": failed, "judged": counts})


def _place_of(row: Any) -> tuple[str, bool, int, int, str, str]:  # noqa: ANN401 - as it was parsed
    """Where a row stands among others, as diagnostics do."""
    first = row["places"][0]
    told = (str(first["path"]), row["code"] == _LAST, int(first["line"]), int(first["column"]))
    return (*told, str(row["code"]), str(row["message"]))
