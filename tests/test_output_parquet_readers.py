"""Parquet read by others: DuckDB, and Spark where it is, give the answers of `ogpcase stats` to docs/parquet.md's SQL.

Spark runs in a process of its own, on one processor; it is not among the packages that the tests bring along.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any

import duckdb
import pytest

from ogpcase.model.table_codes import TrackCode
from ogpcase.policy.procedures import every_procedure
from ogpcase.reports.stats.rows import OUTCOMES
from ogpcase.reports.tables import PARTED as TABLES

Run = Callable[..., CompletedProcess[str]]
Answer = list[tuple[Any, ...]]
HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = (ROOT / "docs" / "parquet.md").read_text(encoding="utf-8")
STAGES, DAYS, ASKED = re.findall(r"^```sql\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
DAY = ("--as-of", "2026-11-22")
ENDS = {str(stage) for table in every_procedure() for stage in table.stages if stage.ends}
BEGINS = {str(stage) for table in every_procedure() for stage in table.stages if stage.begins}
SPARK = """
import json, sys
from pyspark.sql import SparkSession

folder, tables, questions = json.load(sys.stdin)
spark = (
    SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    .config("spark.sql.shuffle.partitions", "1").config("spark.sql.warehouse.dir", folder + "/warehouse").getOrCreate()
)
for table in tables:
    spark.read.parquet(f"{folder}/{table}").createOrReplaceTempView(table)
answers = [[list(row) for row in spark.sql(each.replace('"', "`")).collect()] for each in questions]
print(json.dumps(answers))
"""


@pytest.fixture
def exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ogpcase: Run) -> Path:
    """Our own cases and the invented ones, exported: three tracks, eight countries; two stages began on no one day."""
    for cases in (ROOT / "cases", HERE / "corpus" / "sound" / "invented" / "cases"):
        copytree(cases, tmp_path / "cases", dirs_exist_ok=True)
    for event, day, less in (
        ("tesmark-2019/events/2019-10-31-letter-recommendations.yaml", "2019-10-31", '"[..2019-10-31]"'),
        ("lurenia-2015/events/2015-06-03-statement-stage-one.yaml", "2015-06-03", "2015-06"),
    ):
        path = tmp_path / "cases" / event
        path.write_text(path.read_text(encoding="utf-8").replace(f"dated: {day}", f"dated: {less}"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert 0 == ogpcase("export", "parquet", "--to", "tables", *DAY).returncode
    return tmp_path / "tables"


def by_duckdb(folder: Path) -> list[Answer]:
    with duckdb.connect() as connection:
        for table in TABLES:
            files = f"read_parquet('{folder}/{table}/**/*.parquet', hive_partitioning = true)"
            connection.sql(f"create view {table} as from {files}")
        return [connection.sql(question).fetchall() for question in (STAGES, DAYS, ASKED)]


def by_spark(folder: Path) -> list[Answer]:
    if find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine")
    done = subprocess.run(
        [sys.executable, "-c", SPARK], input=json.dumps([str(folder), TABLES, [STAGES, DAYS, ASKED]]),
        capture_output=True, text=True, check=False, cwd=folder,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable},
    )  # fmt: skip
    assert 0 == done.returncode, done.stderr
    return [[tuple(row) for row in answer] for answer in json.loads(done.stdout.splitlines()[-1])]


@pytest.mark.parametrize("read", [by_duckdb, by_spark])
def test_others_find_the_same_answers(exported: Path, ogpcase: Run, read: Callable[[Path], list[Answer]]) -> None:
    """Cases by stage, days between stages, and what came back from whom."""
    stages, days, asked = read(exported)
    stats = json.loads(ogpcase("stats", "--json", *DAY).stdout)
    in_stages: dict[str, int] = dict(stages)
    assert stats["counts"]["ended"] == sum(count for stage, count in in_stages.items() if stage in ENDS)
    assert stats["counts"]["open"] == sum(count for stage, count in in_stages.items() if stage not in ENDS)
    listed = [row for row in json.loads(ogpcase("list", "--json", *DAY).stdout)["rows"] if row["stage"] not in BEGINS]
    assert Counter(row["stage"] for row in listed) == in_stages
    assert sorted(between_stages(stats)) == sorted((row[:3], *row[3:]) for row in days)
    assert [True] * 2 == [any(row[4] < row[5] for row in days), any(row[6] for row in days)]
    assert came_back(stats) == {row[:3]: row[3] for row in asked}
    assert {row[2] for row in asked} > {"met", "silent", "unanswered"}


def between_stages(stats: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The rows of `stats` over cases; those that nobody knows the days of have none."""
    tracks = {track.label: track.code for track in TrackCode.choices()}
    for row in stats["rows"]:
        if row["measure"] == "between_stages" and row["case"] is None:
            middle = row["median_days"]
            most = math.inf if middle and middle["most"] is None else middle and middle["most"]
            yield (
                (tracks[row["track"]], row["from"], row["to"]),
                row["count"], middle and middle["fewest"], most, row["unknown"],
            )  # fmt: skip


def came_back(stats: dict[str, Any]) -> dict[tuple[str, str, str], int]:
    return {
        (row["name"], row["sort"], outcome): row[outcome]
        for row in stats["asks"]
        for outcome in OUTCOMES
        if row[outcome]
    }


def test_track_and_country_are_columns(exported: Path) -> None:
    files = f"read_parquet('{exported}/events/**/*.parquet', hive_partitioning = true)"
    with duckdb.connect() as connection:
        found = connection.sql(f"select distinct track, country from {files}").fetchall()
    parts = [re.findall(r"=(\w+)", str(path.relative_to(exported))) for path in exported.glob("events/*/*")]
    assert sorted(map(tuple, parts)) == sorted(found)
    assert {"response_policy", "rapid_response", "procedural_review"} == {track for track, _ in found}


def test_what_is_not_known_of_a_case_is_null(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "arcadia-2023" / "case.yaml").write_text("title: [")
    ogpcase("export", "parquet", "--to", "out", *DAY)
    files = f"read_parquet('{arcadia.parent}/out/events/**/*.parquet', hive_partitioning = true)"
    with duckdb.connect() as connection:
        assert [(None, None)] == connection.sql(f"select distinct track, country from {files}").fetchall()


def test_registries_are_read_as_one_and_told_apart(exported: Path, ogpcase: Run) -> None:
    """As docs/parquet.md has it: each has its own folder."""
    ogpcase("export", "parquet", "mexico-2018", "--to", "south", *DAY)
    shown = re.search(r"`(read_parquet\('\*/moves[^`]+)`", PAGE)
    assert shown is not None
    files = shown[1].replace("'*/", f"'{exported.parent}/*/")
    with duckdb.connect() as connection:
        found = connection.sql(
            f"""select split_part(filename, '/', -5), count(*) from {files} where "case" = 'mexico-2018' group by 1"""
        ).fetchall()
    moves = len(
        json.loads(ogpcase("export", "json", "mexico-2018", "--table", "moves", *DAY).stdout)["rows"][0]["rows"]
    )
    assert [("south", moves), ("tables", moves)] == sorted(found)
