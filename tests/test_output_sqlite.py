"""`ogpcase export sqlite`: a database that SQLite finds sound, whose rows are those of the CSV."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest

from ogpcase.output.columns import Column, Table, Type, flat
from ogpcase.output.datasets import database, linked, metadata
from ogpcase.reports.tables import EXPORTED, TABLES

Run = Callable[..., CompletedProcess[str]]
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
DAY = ("--as-of", "2026-11-22")
HOSTILE = '\'); DROP TABLE events; -- \x07\u202e ##[group] "quoted" =1+1\nline two'


@pytest.fixture
def exported(mexico: Path, tmp_path: Path, ogpcase: Run) -> Path:
    copytree(INVENTED, mexico, dirs_exist_ok=True)
    done = ogpcase("export", "sqlite", "--to", tmp_path / "out", *DAY)
    assert (0, "") == (done.returncode, done.stderr)
    assert ["metadata.json", "ogpcase.db"] == sorted(path.name for path in (tmp_path / "out").iterdir())
    return tmp_path / "out"


@pytest.fixture
def connection(exported: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{exported}/ogpcase.db?mode=ro", uri=True)) as opened:
        yield opened


def test_it_is_a_sound_database_whose_references_lead_somewhere(connection: sqlite3.Connection) -> None:
    assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
    assert [] == connection.execute("PRAGMA foreign_key_check").fetchall()
    keys = {
        name: [(row[2], row[3]) for row in connection.execute(f"PRAGMA foreign_key_list({name})")] for name in TABLES
    }
    assert [] == keys["cases"]
    assert [("cases", "case")] == keys["events"]
    for name in ("requests", "moves"):
        assert {("cases", "case"), ("events", "case"), ("events", "event")} == set(keys[name]), name


def test_its_rows_are_those_of_the_csv(connection: sqlite3.Connection, ogpcase: Run) -> None:
    for name in TABLES:
        printed = ogpcase("export", "csv", "--table", name, *DAY).stdout
        header, *rows = list(csv.reader(io.StringIO(printed, newline=""), strict=True))
        found = connection.execute(f"SELECT * FROM {name} ORDER BY rowid")
        assert header == [each[0] for each in found.description]
        types = [column.type for column in flat(EXPORTED[name].columns)]
        assert rows == [[_as_csv(value, of) for value, of in zip(row, types, strict=True)] for row in found]


def _as_csv(value: object, of: object) -> str:
    if value is None:
        return ""
    if of is Type.FLAG:
        return "true" if value else "false"
    text = "; ".join(json.loads(str(value))) if of is Type.TEXTS else str(value)
    return f"'{text}" if text.lstrip().startswith(("=", "+", "-", "@")) else text


def test_a_search_finds_words_without_their_accents(connection: sqlite3.Connection) -> None:
    found = connection.execute(
        "SELECT url FROM sources WHERE rowid IN (SELECT rowid FROM sources_fts WHERE sources_fts MATCH 'articulo')"
    ).fetchall()
    assert found
    whole = connection.execute("SELECT count(*) FROM sources WHERE title || publisher LIKE '%Artículo%'").fetchone()
    assert whole[0] <= len(found)


def test_a_reader_of_the_case_finds_who_never_answered(connection: sqlite3.Connection) -> None:
    """A question over two tables."""
    rows = connection.execute(
        'SELECT cases.title, count(*) FROM requests JOIN cases USING ("case") '
        "WHERE requests.outcome = 'unanswered' AND NOT duty GROUP BY cases.title"
    ).fetchall()
    assert rows
    assert all(count > 0 for _, count in rows)


@pytest.mark.usefixtures("mexico")
def test_the_same_rows_give_the_same_bytes(ogpcase: Run, tmp_path: Path) -> None:
    for name in ("one", "other"):
        assert 0 == ogpcase("export", "sqlite", "--to", tmp_path / name, *DAY).returncode
    for file in ("ogpcase.db", "metadata.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "other" / file).read_bytes()


def test_datasette_is_told_a_sentence_for_each_table_and_column(exported: Path) -> None:
    told = json.loads((exported / "metadata.json").read_text(encoding="utf-8"))["databases"]["ogpcase"]["tables"]
    assert list(TABLES) == list(told)
    for name in TABLES:
        assert EXPORTED[name].sentence == told[name]["description"]
        assert {column.name: column.sentence for column in flat(EXPORTED[name].columns)} == told[name]["columns"]


@pytest.mark.usefixtures("mexico")
def test_a_database_is_not_printed_and_chosen_tables_refer_to_chosen_ones_alone(ogpcase: Run, tmp_path: Path) -> None:
    done = ogpcase("export", "sqlite")
    assert (2, "") == (done.returncode, done.stdout)
    assert "name a folder for what is written: --to DIR" in done.stderr
    assert 0 == ogpcase("export", "sqlite", "--table", "requests", "--to", tmp_path / "out", *DAY).returncode
    with closing(sqlite3.connect(tmp_path / "out" / "ogpcase.db")) as opened:
        assert [] == opened.execute("PRAGMA foreign_key_list(requests)").fetchall()


def test_hostile_text_is_a_value() -> None:
    columns: tuple[Column[dict[str, object]], ...] = (
        Column("event", "an id", Type.TEXT, lambda row: row["event"]),
        Column("titles", "several", Type.TEXTS, lambda row: [row["event"], '"]']),
    )
    tables = linked([(Table("events", columns, [{"event": HOSTILE}]), "Rows.", ("event",))])
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(database(tables))
        ((event, titles),) = opened.execute("SELECT * FROM events").fetchall()
    assert '\'); DROP TABLE events; -- \\u{0007}\\u{202e} ##\\u{005b}group] "quoted" =1+1\\u{000a}line two' == event
    assert [event, '"]'] == json.loads(titles)
    assert HOSTILE not in metadata(tables, HOSTILE)
