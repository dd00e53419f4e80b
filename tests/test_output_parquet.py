"""`ogpcase export parquet`: the columns of the other formats with types, in folders that engines know."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from shutil import copytree, rmtree
from subprocess import CompletedProcess
from typing import Any

import pytest
from pyarrow import parquet

from ogpcase import __version__
from ogpcase.output.frames import FORMAT, NOT_KNOWN, ROW, types_of
from ogpcase.reports.tables import EXPORTED, TableName
from ogpcase.reports.tables import PARTED as TABLES

Run = Callable[..., CompletedProcess[str]]
HERE = Path(__file__).parent
ROOT = HERE.parent
PAGE = (ROOT / "docs" / "parquet.md").read_text(encoding="utf-8")
LISTS = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
DAY = ("--as-of", "2026-11-22")


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our own case and the invented ones in one folder, worked in from its parent."""
    for cases in (ROOT / "cases", HERE / "corpus" / "sound" / "invented" / "cases"):
        copytree(cases, tmp_path / "cases", dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file, days as text of the calendar."""
    read: list[dict[str, Any]] = parquet.ParquetFile(path).read().to_pylist()
    return [{name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
            for row in read]  # fmt: skip


def part_of(cases: Path, case: str) -> str:
    """The folder that a case's header gives."""
    header = (cases / case / "case.yaml").read_text(encoding="utf-8")
    track, country = (re.search(rf'^{field}: "?(\w+)', header, re.MULTILINE) for field in ("track", "country"))
    assert track is not None
    assert country is not None
    return f"track={track[1]}/country={country[1]}"


def lists_of_types(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)[1:]
    for name, body in zip(parts[::2], parts[1::2], strict=True):
        yield name, dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", body, re.MULTILINE))


@pytest.mark.parametrize("table", TABLES)
def test_the_types_are_those_of_the_lists_and_of_the_files(ogpcase: Run, both: Path, table: TableName) -> None:
    """docs/tables.md gives each column's type, docs/parquet.md what that is in a file; every file keeps to both."""
    documented = dict(lists_of_types(LISTS))[table]
    assert {column: str(kind) for column, kind in types_of(EXPORTED[table].columns).items()} == {
        ROW: "number",
        **documented,
    }
    kinds = dict(re.findall(r"^\| (\w[\w ]+) \| (`\w+`, `\w+`(?: in a `List`)?) \|$", PAGE, re.MULTILINE))
    used = {
        str(kind) for columns in (table.columns for table in EXPORTED.values()) for kind in types_of(columns).values()
    }
    assert used == set(kinds)
    assert 0 == ogpcase("export", "parquet", "--to", "out", *DAY).returncode
    for path in (both.parent / "out" / table).rglob("*.parquet"):
        schema = parquet.ParquetFile(path).schema
        found = {}
        for column in (schema.column(number) for number in range(len(schema))):
            inside = " in a `List`" if "." in column.path else ""
            found[column.path.split(".")[0]] = f"`{column.physical_type}`, `{column.logical_type.type.title()}`{inside}"
        assert {column: kinds[kind] for column, kind in {ROW: "number", **documented}.items()} == found


def test_a_file_says_what_it_is(ogpcase: Run, mexico: Path) -> None:
    """Under the keys that docs/parquet.md lists, and no others; the version there is the one in the files."""
    ogpcase("export", "parquet", "--to", "one", *DAY)
    ogpcase("export", "parquet", "--to", "two", "--known-by", "2019-06-01")
    said: list[dict[bytes, bytes]] = [
        parquet.read_metadata(mexico.parent / folder / "moves/track=response_policy/country=MX/part-0.parquet").metadata
        for folder in ("one", "two")
    ]
    one, two = ({key.decode(): value.decode() for key, value in each.items()} for each in said)
    assert set(re.findall(r"^\| `([\w.:]+)` \|", PAGE, re.MULTILINE)) == set(two)
    assert {"ogpcase.known_by"} == set(two) - set(one)
    assert ["2019-06-01", "2019-06-01"] == [two["ogpcase.as_of"], two["ogpcase.known_by"]]
    assert [str(FORMAT), __version__, "moves", "2026-11-22"] == [
        one[f"ogpcase.{name}"] for name in ("format", "version", "table", "as_of")
    ]
    assert f"the version of the schema: {FORMAT} |" in PAGE


@pytest.mark.parametrize("lang", [(), ("--lang", "es")])
@pytest.mark.parametrize("day", [DAY, ("--as-of", "2019-06-01"), ("--known-by", "2020-01-01")])
def test_every_value_is_that_of_the_json(ogpcase: Run, both: Path, day: tuple[str, ...], lang: tuple[str, ...]) -> None:
    """No row, column or value is lost, and each row is in the folder of its case's track and country, in its order."""
    assert 0 == ogpcase("export", "parquet", "--to", "out", *day, *lang).returncode
    told = json.loads(ogpcase("export", "json", *day, *lang).stdout)["rows"]
    parts = {case.name: part_of(both, case.name) for case in both.iterdir() if (case / "case.yaml").exists()}
    assert set(files(both.parent / "out")) == {
        f"{table}/{part}/part-0.parquet" for table in TABLES for part in parts.values()
    }
    for table in (each for each in told if each["table"] in TABLES):
        for part in set(parts.values()):
            wanted = [row for row in table["rows"] if parts[row["case"]] == part]
            expected = [{ROW: number, **row} for number, row in enumerate(wanted, start=1)]
            assert expected == rows(both.parent / "out" / table["table"] / part / "part-0.parquet")


@pytest.mark.usefixtures("mexico")
def test_one_case_and_the_tables_chosen(ogpcase: Run, tmp_path: Path) -> None:
    chosen = ("--table", "moves", "--table", "events")
    done = ogpcase("export", "parquet", "mexico-2018", *chosen, "--to", tmp_path / "a" / "b")
    written = [
        tmp_path / "a" / "b" / table / "track=response_policy/country=MX/part-0.parquet"
        for table in ("events", "moves")
    ]
    assert (0, "") == (done.returncode, done.stderr)
    assert "".join(f"wrote   {path}\n" for path in written) == done.stdout
    assert {str(path.relative_to(tmp_path / "a" / "b")) for path in written} == set(files(tmp_path / "a" / "b"))


def test_without_a_case_there_are_tables_without_rows(ogpcase: Run, mexico: Path) -> None:
    for header in mexico.glob("*/case.yaml"):
        rmtree(header.parent)
    assert 0 == ogpcase("export", "parquet", "--to", "out").returncode
    nowhere = f"track={NOT_KNOWN}/country={NOT_KNOWN}/part-0.parquet"
    assert {f"{table}/{nowhere}" for table in TABLES} == set(files(mexico.parent / "out"))
    assert [[]] * len(TABLES) == [rows(mexico.parent / "out" / table / nowhere) for table in TABLES]


def test_a_case_without_a_header_is_in_the_part_of_the_unknown(ogpcase: Run, arcadia: Path) -> None:
    (arcadia / "arcadia-2023" / "case.yaml").write_text("title: [")
    done = ogpcase("export", "parquet", "--to", "out", *DAY)
    assert 1 == done.returncode
    assert "arcadia-2023/case.yaml is left out" in done.stderr
    nowhere = arcadia.parent / "out" / "events" / f"track={NOT_KNOWN}" / f"country={NOT_KNOWN}" / "part-0.parquet"
    assert {"arcadia-2023"} == {row["case"] for row in rows(nowhere)}


def test_record_text_comes_back_as_it_was_written(arcadia: Path, ogpcase: Run) -> None:
    """A formula, a quote and a sign that turns text around are no more than text here."""
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    title = next(line for line in letter.read_text().splitlines() if line.startswith("title:"))
    letter.write_text(letter.read_text().replace(title, r'title: "=HYPERLINK(1) \u202e \"q\"; 字"'))
    assert 0 == ogpcase("export", "parquet", "--to", "out", *DAY).returncode
    (path,) = (arcadia.parent / "out" / "events").rglob("*.parquet")
    assert ['=HYPERLINK(1) \u202e "q"; 字'] == [
        row["title"] for row in rows(path) if row["event"] == "2023-02-01-letter-ask"
    ]
