"""`ogpcase export`: tables that other tools read, files that overwrite nothing, record text that commands nobody."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest
from tests.living import Living

from ogpcase.cli import export
from ogpcase.output.columns import flat
from ogpcase.reports.tables import EXPORTED

Run = Callable[..., CompletedProcess[str]]
DAY = ("--as-of", "2026-11-22")
TABLES = ("cases", "events", "requests", "findings", "moves", "sources")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.usefixtures("arcadia")
def test_a_csv_is_one_table(ogpcase: Run) -> None:
    for words in ((), ("--table", "events", "--table", "moves")):
        done = ogpcase("export", "csv", *words)
        assert (2, "") == (done.returncode, done.stdout)
        assert "choose one: --table " in done.stderr
        assert "--to DIR" in done.stderr
    rows = table(ogpcase("export", "csv", "--table", "moves", *DAY).stdout)
    assert [("not_filed", ""), ("initial_review", "42"), ("under_review", "238"), ("report_adopted", "140")] == [
        (row["from"], row["most_days_in_from_stage"]) for row in rows
    ]


@pytest.mark.usefixtures("arcadia")
def test_a_case_or_all(ogpcase: Run) -> None:
    ogpcase("open-case", "arcadia-2025", "--title", "T", "--country", "XA", "--policy-version", "2017",
            "--subject", "government-of-arcadia")  # fmt: skip
    written = ("--title", "Later", "--dated", "2025-02-01", "--senders", "open-arcadia", "--source", "https://e.org/x")
    ogpcase("add-event", "arcadia-2025", "letter", *written)
    one, every = (
        table(ogpcase("export", "csv", *case, "--table", "events", *DAY).stdout) for case in (("arcadia-2025",), ())
    )
    assert [("arcadia-2025", "2025-02-01")] == [(row["case"], row["dated"]) for row in one]
    assert {"arcadia-2023", "arcadia-2025"} == {row["case"] for row in every}
    assert 1 == ogpcase("export", "csv", "nowhere", "--table", "events").returncode


@pytest.mark.usefixtures("arcadia")
def test_json_has_a_row_for_each_table(ogpcase: Run) -> None:
    whole = json.loads(ogpcase("export", "json", "arcadia-2023", *DAY).stdout)
    assert ("export", "arcadia-2023", ["2017"]) == (whole["kind"], whole["case"], whole["policy_versions"])
    assert list(TABLES) == [each["table"] for each in whole["rows"]]
    for each in whole["rows"]:
        assert each["rows"]
        assert [each["columns"]] * len(each["rows"]) == [list(row) for row in each["rows"]]
    chosen = json.loads(ogpcase("export", "json", "--table", "moves", *DAY).stdout)["rows"]
    assert (["moves"], 42, True) == (
        [each["table"] for each in chosen], chosen[0]["rows"][1]["most_days_in_from_stage"],
        chosen[0]["rows"][0]["certain"],
    )  # fmt: skip


@pytest.mark.usefixtures("arcadia")
def test_markdown_has_the_tables_under_their_names(ogpcase: Run) -> None:
    done = ogpcase("export", "markdown", *DAY)
    assert done.stdout.startswith("As of 2026-11-22.\n\n## Cases\n\n| case | title | subject | ")
    assert ["Cases", "Events", "Requests", "Findings", "Moves", "Sources"] == [
        line[3:] for line in done.stdout.splitlines() if line.startswith("## ")
    ]
    lines = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert {len(flat(columns)) for columns in (table.columns for table in EXPORTED.values())} == {
        line.count(" | ") + 1 for line in lines if "---" in line
    }


@pytest.mark.usefixtures("arcadia")
def test_the_tables_are_those_of_the_day(ogpcase: Run) -> None:
    rows = table(ogpcase("export", "csv", "--table", "events", "--as-of", "2023-05-01").stdout)
    assert ["2023-02-01-letter-ask", "2023-04-10-concern"] == [row["event"] for row in rows]


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize(("form", "ending"), [("csv", "csv"), ("json", "json"), ("markdown", "md")])
def test_a_folder_gets_a_file_for_each_table(ogpcase: Run, tmp_path: Path, form: str, ending: str) -> None:
    done = ogpcase("export", form, "--to", tmp_path / "out" / "here", *DAY)
    assert (0, "") == (done.returncode, done.stderr)
    files = {f"{name}.{ending}" for name in TABLES} | ({"datapackage.json"} if form == "csv" else set())
    assert files == {path.name for path in (tmp_path / "out" / "here").iterdir()}
    for name in TABLES:
        printed = ogpcase("export", form, "--table", name, *DAY).stdout
        stored = (tmp_path / "out" / "here" / f"{name}.{ending}").read_bytes()
        assert printed.encode() == stored.replace(b"\r\n", b"\n")  # the runner of the tests reads CR LF as LF
        assert (form == "csv") == (b"\r\n" in stored)
        assert f"wrote   {tmp_path / 'out' / 'here' / name}.{ending}\n" in done.stdout
    assert ["here"] == [path.name for path in (tmp_path / "out").iterdir()]


@pytest.mark.usefixtures("arcadia")
def test_no_file_is_overwritten_and_then_none_is_written(ogpcase: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "findings.csv").write_text("mine")
    done = ogpcase("export", "csv", "--to", tmp_path / "out")
    assert (1, "") == (done.returncode, done.stdout)
    assert "findings.csv` already exists; nothing was written\n" in done.stderr
    assert [("findings.csv", "mine")] == [(path.name, path.read_text()) for path in (tmp_path / "out").iterdir()]


@pytest.mark.parametrize("folder", [".", "arcadia-2023/sources/out"])
def test_nothing_is_written_among_the_records(arcadia: Path, ogpcase: Run, folder: str) -> None:
    before = sorted(arcadia.rglob("*"))
    done = ogpcase("export", "csv", "--to", arcadia / folder)
    assert (2, "") == (done.returncode, done.stdout)
    assert "is in the case folder, where only records are" in done.stderr
    assert before == sorted(arcadia.rglob("*"))


@pytest.mark.usefixtures("arcadia")
def test_a_file_in_the_place_of_the_folder_is_told(ogpcase: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    done = ogpcase("export", "csv", "--to", tmp_path / "out")
    assert (1, "mine") == (done.returncode, (tmp_path / "out").read_text())
    assert "out` cannot be filled: not a directory; nothing was written\n" in done.stderr


HOSTILE = "=HYPERLINK(1) | <b>@all</b> \u202e [x](http://e.org)"


def test_record_text_commands_nobody(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml"
    title = next(line for line in letter.read_text().splitlines() if line.startswith("title:"))
    letter.write_text(letter.read_text().replace(title, f'title: "{HOSTILE}"'))
    (row,) = [
        each for each in table(ogpcase("export", "csv", "--table", "events", *DAY).stdout) if "HYPER" in each["title"]
    ]
    assert row["title"].startswith("'=HYPERLINK(1)")
    said = ogpcase("export", "markdown", "--table", "events", *DAY).stdout
    (line,) = [each for each in said.splitlines() if "HYPER" in each]
    assert len(flat(EXPORTED["events"].columns)) == line.count(" | ") + 1
    assert [] == [each for each in ("<b>", "@all", "\u202e", "](", "http://") if each in line]
    assert HOSTILE in [row["title"] for row in json.loads(
        ogpcase("export", "json", "--table", "events", *DAY).stdout)["rows"][0]["rows"]]  # fmt: skip


def test_an_unreadable_record_is_named_and_the_rest_is_exported(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "arcadia-2023" / "events" / "2024-06-03-resolution.yaml").write_text("kind: [")
    done = ogpcase("export", "csv", "--table", "moves", *DAY)
    assert (1, 3) == (done.returncode, len(table(done.stdout)))
    assert "2024-06-03-resolution.yaml is left out" in done.stderr


BYTE_ORDER_MARK = "\ufeff"


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("words", [("list",), ("timeline", "mexico-2018"), ("findings", "mexico-2018"), ("stats",)])
def test_a_csv_for_spreadsheets_is_the_same_with_a_mark(ogpcase: Run, words: tuple[str, ...]) -> None:
    plain, marked = (ogpcase(*words, "--format", form, *DAY) for form in ("csv", "csv-excel"))
    assert (0, BYTE_ORDER_MARK + plain.stdout) == (marked.returncode, marked.stdout)


@pytest.mark.usefixtures("mexico")
def test_a_table_of_figures_can_be_chosen_for_spreadsheets_too(ogpcase: Run) -> None:
    done = ogpcase("stats", "--format", "csv-excel", "--table", "votes", *DAY)
    assert BYTE_ORDER_MARK + ogpcase("stats", "--format", "csv", "--table", "votes", *DAY).stdout == done.stdout


@pytest.mark.usefixtures("mexico")
def test_parquet_has_no_table_of_cases(ogpcase: Run, tmp_path: Path) -> None:
    done = ogpcase("export", "parquet", "--table", "cases", "--to", tmp_path / "out")
    assert (2, "") == (done.returncode, done.stdout)
    assert "Parquet has no table `cases`" in done.stderr


@pytest.mark.parametrize("form", ["csv", "json", "markdown", "parquet", "sqlite", "timelinejs"])
def test_few_cases_are_in_memory_at_once(
    arcadia: Path, ogpcase: Run, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """Counted whenever a case is read, also while it is found out whether something is withheld."""
    monkeypatch.setattr(export, "_FEW_CASES", 2)
    for number in range(12):
        copytree(arcadia / "arcadia-2023", arcadia / f"arcadia-{number}")
    living = Living(monkeypatch)
    done = ogpcase("export", form, "--to", arcadia.parent / "out", *DAY)
    assert (0, "") == (done.returncode, done.stderr)
    of_one = len(list((arcadia / "arcadia-2023" / "events").iterdir()))
    assert 2 * 13 * of_one == living.read
    assert of_one <= living.most <= 3 * of_one


def test_what_is_withheld_refuses_before_a_table_is_made(arcadia: Path, ogpcase: Run) -> None:
    for number in range(3):
        copytree(arcadia / "arcadia-2023", arcadia / f"arcadia-{number}")
    last = next((arcadia / "arcadia-2023" / "events").glob("*-letter-*.yaml"))
    last.write_text(f"{last.read_text(encoding='utf-8')}summary: Hidden\nwithhold: [summary]\n", encoding="utf-8")
    done = ogpcase("export", "csv", "--to", arcadia.parent / "out", *DAY)
    assert (2, "") == (done.returncode, done.stdout)
    assert "give --public for what others may see, or --working for everything" in done.stderr
    assert not (arcadia.parent / "out").exists()
