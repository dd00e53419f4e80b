"""`ogpcase doubts`: what is uncertain, contradicted or unsourced, and what would settle it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.reports.doubts.tables import COLUMNS

Run = Callable[..., CompletedProcess[str]]


@pytest.mark.usefixtures("mexico")
def test_the_doubts_about_mexico_name_both_sources_and_what_would_settle_them(ogpcase: Run) -> None:
    done = ogpcase("doubts", "mexico-2018", "--full")
    assert (0, "") == (done.returncode, done.stderr)
    for words in (
        "Illegal surveillance of civil society in Mexico\n",
        "\nAbout its steps\n  Sources give different days (contradicted)\n    · 2018-07-16-concern\n",
        "        2018-07-16: OGP's page",
        "2018-07-15: Terms of reference for the consultant on the Mexico case\n",
        "      → a copy of the Letter of Concern, which bears its date\n",
        "2017-05-23-letter-core-group-exit, addressees\n",
        "2017-05-development-process-interrupted: 2017-05, known to the month; between 2017-05-23 and 2017-05-31: ",
        "2015-07-letter-south-african-organisations: 2015-07, known to the month\n",
        "2017-07-10-statement-international-organisations: 11 as stated, 4 named\n",
        "  contradicted: sources or records exclude each other; both are kept\n",
        "  → the record that would settle it\n",
    ):
        assert words in done.stdout
    assert "2019-05-24/" not in done.stdout  # a consultation of known days


@pytest.mark.usefixtures("mexico")
def test_at_a_glance_each_doubt_has_what_would_settle_it_and_a_pipe_leaves_none_out(
    ogpcase: Run, terminal: Callable[..., object]
) -> None:
    whole = ogpcase("doubts", "mexico-2018").stdout
    assert (
        "\nAbout its steps\n  Sources give different days → a copy of the Letter of Concern, which bears its date\n"
        "    2018-07-16-concern  2018-07-16 or 2018-07-15 or 2018-07\n"
    ) in whole
    assert "    2019-05-02-report-review (2)  conclusion; findings\n" in whole
    rows = json.loads(ogpcase("doubts", "mexico-2018", "--json").stdout)["rows"]
    assert [] == [row for row in rows if f"\n    {row['reference'].partition('#')[0]}" not in whole]
    assert "more doubt" not in whole
    seen = terminal("doubts", "mexico-2018").read().replace("\r", "")  # type: ignore[attr-defined]
    shown = sum(row["touches"] == "step" for row in rows)
    (left_out,) = map(int, re.findall(r"\nand (\d+) more doubts: \d+ about other events, \d+ about background\n", seen))
    assert shown < len(rows) - left_out < len(rows)


@pytest.mark.usefixtures("mexico")
def test_what_may_have_happened_is_in_doubt_from_the_first_day_of_the_case_on(ogpcase: Run) -> None:
    undatable = {"2017-06-19-development-criminal-complaint", "2017-07-21-development-investigation-opened"}
    for day, doubted in (("2014-01-01", set()), ("2015-08-01", undatable)):
        whole = json.loads(ogpcase("doubts", "mexico-2018", "--as-of", day, "--json").stdout)
        assert doubted == {row["reference"] for row in whole["rows"] if not row["certain"]}, day


@pytest.mark.usefixtures("mexico")
def test_what_an_outsider_could_not_know_is_perhaps(ogpcase: Run) -> None:
    done = ogpcase("doubts", "mexico-2018", "--known-by", "2019-01-01")
    assert "2018-08-24; whether it was known by 2019-01-01 is not recorded\n" in done.stdout
    assert "  perhaps: of an event that may not have happened, or been known, by the day\n" in done.stdout


@pytest.mark.usefixtures("mexico")
def test_json_is_the_envelope_with_counts(ogpcase: Run) -> None:
    whole = json.loads(ogpcase("doubts", "mexico-2018", "--as-of", "2026-11-22", "--json").stdout)
    head = {"format": 1, "kind": "doubts", "as_of": "2026-11-22", "known_by": None, "case": "mexico-2018"}
    assert head.items() <= whole.items()
    assert ["2017"] == whole["policy_versions"]
    assert sum(whole["counts"].values()) == len(whole["rows"])
    assert [[column.name for column in COLUMNS]] * len(whole["rows"]) == [list(row) for row in whole["rows"]]
    grave = [row["reference"] for row in whole["rows"] if row["what"] == "contradicted"]
    assert "2018-07-16-concern" == grave[0]
    assert "2016-04-26-statement-south-african-organisations" in grave


def test_without_a_case_all_cases_are_told_each_with_its_own(mexico: Path, ogpcase: Run) -> None:
    for other in ("mexico-2023", "turkey-2014"):
        shutil.rmtree(mexico / other)
    quiet = mexico / "nowhere-2020"
    (quiet / "events").mkdir(parents=True)
    (quiet / "case.yaml").write_text((mexico / "mexico-2018" / "case.yaml").read_text())
    done = ogpcase("doubts")
    assert 0 == done.returncode
    assert " in 2 cases: " in done.stdout.splitlines()[1]
    assert "\nmexico-2018  Illegal surveillance" in done.stdout
    assert "\nno doubts: nothing recorded" in done.stdout
    whole = json.loads(ogpcase("doubts", "--json").stdout)
    assert (None, {"mexico-2018"}) == (whole["case"], {row["case"] for row in whole["rows"]})


@pytest.mark.usefixtures("mexico")
def test_csv_has_the_columns_that_are_documented(ogpcase: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(ogpcase("doubts", "--format", "csv").stdout)))
    assert [column.name for column in COLUMNS] == list(rows[0])
    assert {"contradicted", "uncertain", "unsourced"} == {row["what"] for row in rows}
    assert any("2018-07-15 (Terms of reference" in row["values"] for row in rows)


def test_a_folder_without_cases_says_so(tmp_path: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("init", tmp_path).returncode
    done = ogpcase("doubts", "--root", tmp_path)
    assert (0, "no case to show; open one with `ogpcase open-case ID`\n") == (done.returncode, done.stdout)


def test_a_record_that_cannot_be_read_is_named_and_fails(mexico: Path, ogpcase: Run) -> None:
    (mexico / "mexico-2018" / "events" / "2018-07-16-concern.yaml").write_text("kind: [\n")
    done = ogpcase("doubts", "mexico-2018")
    assert 1 == done.returncode
    assert "2018-07-16-concern.yaml is left out" in done.stderr
    assert "\n  Sources give different days →" in done.stdout


@pytest.mark.usefixtures("mexico")
def test_an_unknown_case_is_refused(ogpcase: Run) -> None:
    done = ogpcase("doubts", "mexico-18")
    assert (1, "") == (done.returncode, done.stdout)
    assert "did you mean `mexico-2018`?" in done.stderr
