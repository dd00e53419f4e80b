"""`ogpcase list` and `ogpcase stats` on the command line: every format, and the day asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]
Terminal = Callable[..., "pexpect.spawn[str]"]
HERE = Path(__file__).parent
DAY = ("--as-of", "2026-11-22")


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder of invented cases, worked in from its parent."""
    copytree(HERE / "corpus" / "sound" / "invented" / "cases", tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


def table(done: CompletedProcess[str]) -> list[dict[str, str]]:
    assert (0, "") == (done.returncode, done.stderr)
    return list(csv.DictReader(io.StringIO(done.stdout, newline=""), strict=True))


@pytest.mark.usefixtures("invented")
def test_the_figures_are_those_of_the_cases(ogpcase: Run) -> None:
    rows = table(ogpcase("stats", "--format", "csv", *DAY))
    whole = [row for row in rows if row["measure"] == "filing_to_end"]
    assert [
        "", "dornmark-2021", "harrowmere-2021", "kestria-2022", "lurenia-2015", "ossimar-2022", "pelmora-2020",
        "tesmark-2019", "vestrel-2024",
    ] == [row["case"] for row in whole]  # fmt: skip
    over = whole[0]
    ended = sorted(int(row["most_median_days"]) for row in whole[1:] if row["count"] == "1")
    assert ("4", "53", "518.5", "2228", "0") == (
        over["count"], over["fewest_minimum_days"], over["most_median_days"], over["most_maximum_days"],
        over["unknown"],
    )  # fmt: skip
    assert [53, 371, 666, 2228] == ended
    assert ("3", "642", "1") == (over["so_far_count"], over["so_far_fewest_median_days"], over["so_far_unknown"])


@pytest.mark.usefixtures("invented")
def test_a_case_whose_outcome_nobody_knows_is_in_no_figure(ogpcase: Run) -> None:
    rows = json.loads(ogpcase("stats", "vestrel-2024", "--json", *DAY).stdout)["rows"]
    assert {"vestrel-2024"} == {row["case"] for row in rows}
    assert {0} == {row["count"] for row in rows} | {row["so_far"]["count"] for row in rows}


@pytest.mark.usefixtures("invented")
def test_the_figures_are_those_of_the_day(ogpcase: Run) -> None:
    """What came later is not there, and the case that was open then is so far."""
    whole = json.loads(ogpcase("stats", "lurenia-2015", "--json", "--as-of", "2017-01-01").stdout)
    (row,) = [row for row in whole["rows"] if row["measure"] == "filing_to_end"]
    assert (0, {"fewest": 691, "most": 691, "certain": True}) == (row["count"], row["so_far"]["median_days"])
    assert ["2016-09-20-resolution-recommendation", "2016-11-16-resolution-inactive"] == [
        each["event"] for each in whole["votes"]
    ]


@pytest.mark.usefixtures("invented")
def test_what_an_outsider_could_know_is_less(ogpcase: Run) -> None:
    known, all_there_is = (
        json.loads(ogpcase("stats", "--json", *options).stdout) for options in (("--known-by", "2026-11-22"), DAY)
    )
    assert "2026-11-22" == known["known_by"]
    assert sum(row["count"] for row in known["rows"]) < sum(row["count"] for row in all_there_is["rows"])
    assert "going by what an outsider could know on 2026-11-22" in ogpcase("list", "--known-by", "2026-11-22").stdout


@pytest.mark.usefixtures("invented")
def test_votes_and_asks_are_tables_of_their_own(ogpcase: Run) -> None:
    votes = {row["event"]: row for row in table(ogpcase("stats", "--format", "csv", "--table", "votes", *DAY))}
    assert ("15", "2", "4", "anonymous paper ballot") == tuple(
        votes["2016-11-16-resolution-inactive"][name] for name in ("for", "against", "abstain", "method")
    )
    assert ("17", "3", "") == tuple(
        votes["2023-10-16-resolution-suspended"][name] for name in ("for", "against", "abstain")
    )
    asks = table(ogpcase("stats", "--format", "csv", "--table", "asks", *DAY))
    outcomes = (
        "met",
        "partly_met",
        "not_met",
        "refused",
        "acknowledged",
        "overtaken",
        "silent",
        "unanswered",
        "unknown",
        "perhaps",
    )
    assert [row["asked"] for row in asks] == [str(sum(int(row[name]) for name in outcomes)) for row in asks]


@pytest.mark.usefixtures("invented")
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_table_is_chosen_for_csv_alone(ogpcase: Run, options: tuple[str, ...]) -> None:
    done = ogpcase("stats", "--table", "votes", *options)
    assert (2, "") == (done.returncode, done.stdout)
    assert "add --format csv" in done.stderr


@pytest.mark.usefixtures("invented")
def test_the_list_has_every_case_and_what_is_due_in_it(ogpcase: Run) -> None:
    rows = {row["case"]: row for row in table(ogpcase("list", "--format", "csv", *DAY))}
    assert 9 == len(rows)
    ossimar = rows["ossimar-2022"]
    assert ("suspended", "364", "2027-02-28", "true", "2024-10-14-resolution-extended#yearly-report") == (
        ossimar["stage"], ossimar["most_days_in_stage"], ossimar["next_due_last_day"], ossimar["next_due_certain"],
        ossimar["next_due_request"],
    )  # fmt: skip
    assert "Parallel track: ossimar-2023" == ossimar["related"]
    assert {"", "true", "false"} == {row["longest_silence_at_end"] for row in rows.values()}


@pytest.mark.usefixtures("invented")
@pytest.mark.parametrize("words", [("list", "--full"), ("stats",), ("stats", "ossimar-2022")])
@pytest.mark.parametrize("columns", [80, 120])
def test_the_page_fits_the_terminal(terminal: Terminal, words: tuple[str, ...], columns: int) -> None:
    child = terminal(*words, *DAY, columns=columns)
    child.expect(pexpect.EOF)
    child.close()
    lines = (child.before or "").splitlines()
    assert 0 == child.exitstatus
    assert any("█" in line for line in lines)
    assert [] == [line for line in lines if len(line) > columns]


def test_a_case_without_any_event_and_a_folder_without_cases_have_figures_too(arcadia: Path, ogpcase: Run) -> None:
    for file in (arcadia / "arcadia-2023" / "events").iterdir():
        file.unlink()
    assert ogpcase("stats", "arcadia-2023", *DAY).stdout.startswith(
        "as of 2026-11-22\n1 case, 1 without a recorded step\n"
    )
    (arcadia / "arcadia-2023" / "case.yaml").unlink()
    (arcadia / "arcadia-2023" / "events").rmdir()
    (arcadia / "arcadia-2023").rmdir()
    assert "0 cases\n" == ogpcase("stats", *DAY).stdout
    assert ogpcase("list", *DAY).stdout.startswith("no case to show;")


def test_an_unreadable_record_is_named_and_the_rest_is_counted(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "arcadia-2023" / "events" / "2024-06-03-resolution.yaml").write_text("kind: [")
    done = ogpcase("stats", *DAY)
    assert 1 == done.returncode
    assert "2024-06-03-resolution.yaml is left out" in done.stderr
    assert "1 case, 1 whose stage is not known, since a record cannot be read" in done.stdout.splitlines()
