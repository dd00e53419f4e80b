"""`ogpcase requests` over real folders: who asked whom, in which order, chosen by what, in which format."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
TODAY = ("--as-of", "2026-11-22")


@pytest.fixture
def invented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copytree(INVENTED, tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


def rows(done: CompletedProcess[str]) -> list[dict[str, Any]]:
    assert 0 == done.returncode, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return found


def test_open_ones_come_first_and_the_longest_open_first_of_all(mexico: Path, ogpcase: Run) -> None:
    found = rows(ogpcase("requests", "mexico-2018", "--json", *TODAY))
    assert [row["open"] for row in found] == sorted((row["open"] for row in found), reverse=True)
    lengths = [row["days_open"]["fewest"] for row in found if row["open"]]
    assert sorted(lengths, reverse=True) == lengths
    assert mexico.is_dir()


def test_a_request_of_several_parties_has_a_line_for_each(mexico: Path, ogpcase: Run) -> None:
    found = rows(ogpcase("requests", "mexico-2018", "--json", *TODAY))
    asked = [row["of"] for row in found if row["request"] == "2019-12-12-resolution#support-efforts"]
    assert ["OGP Steering Committee", "OGP Support Unit"] == sorted(asked)
    assert mexico.is_dir()


def test_the_ask_of_february_2017_is_silent_and_its_days_end_with_the_case(mexico: Path, ogpcase: Run) -> None:
    found = rows(ogpcase("requests", "mexico-2018", "--outcome", "silent", "--json", *TODAY))
    assert {(1029, 1029)} == {(row["days_open"]["fewest"], row["days_open"]["most"]) for row in found}
    assert {True} == {row["open_at_end"] for row in found}
    assert {"no_limit"} == {row["timing"] for row in found}
    assert mexico.is_dir()


def test_a_call_is_shown_by_its_name_and_counts_against_nobody(arcadia: Path, ogpcase: Run) -> None:
    call = """kind: letter
title: The Support Unit asks for comments
dated: 2023-03-01
senders: [ogp-support-unit]
requests:
  - {id: comment, asked_of: [public], text: Comment on the draft., due: 2023-03-31}
  - {id: apply, asked_of: [{party: unknown, as_named: all members}], text: Apply for a seat.}
sources: [{id: copy, title: Copy of the letter}]
"""
    (arcadia / "arcadia-2023" / "events" / "2023-03-01-letter.yaml").write_text(call)
    assert 0 == ogpcase("validate").returncode
    found = rows(ogpcase("requests", "--of", "public", "--json", "--as-of", "2023-03-21"))
    assert [("the public", "call", False, "running", 10)] == [
        (row["of"], row["outcome"], row["open"], row["timing"], row["timing_days"]["fewest"]) for row in found
    ]
    short = ogpcase("requests", "--outcome", "call", "--as-of", "2023-05-01").stdout
    assert "\n2 calls, to which nobody owes an answer\n" in short
    assert "  2023-03-01  to the public, ended: Comment on the draft.\n" in short
    assert "  2023-03-01  to all members: Apply for a seat.\n" in short
    text = ogpcase("requests", "--full", "--outcome", "call", "--as-of", "2023-05-01").stdout
    assert "OGP Support Unit → the public" in text
    assert "→ call, ended 31 days ago" in text
    assert "OGP Support Unit → all members" in text
    assert "2023-03-31" in ogpcase("due", "--as-of", "2023-03-21").stdout
    assert "2023-03-31" not in ogpcase("due", "--as-of", "2023-04-01").stdout
    figures = json.loads(ogpcase("stats", "--json").stdout)["asks"]
    assert {"government-of-arcadia", "ogp-support-unit"} == {row["party"] for row in figures}
    assert "1 request open" in ogpcase("list", "--full", "--as-of", "2023-05-01").stdout
    assert "; 1 request open\n" in ogpcase("list", "--as-of", "2023-05-01").stdout


def test_all_cases_are_in_one_ledger(invented: Path, ogpcase: Run) -> None:
    found = rows(ogpcase("requests", "--json", *TODAY))
    folders = {each.name for each in invented.iterdir()} - {"parties"}
    assert folders >= {row["case"] for row in found}
    assert len({row["case"] for row in found}) > 4
    alone = rows(ogpcase("requests", "tesmark-2019", "--json", *TODAY))
    assert alone == [row for row in found if row["case"] == "tesmark-2019"]


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        (("--of", "government-of-lurenia"), lambda row: "Lurenia" in row["of"]),
        (("--by", "OGP Steering Committee"), lambda row: row["by"] == ["OGP Steering Committee"]),
        (("--outcome", "silent", "--outcome", "met"), lambda row: row["outcome"] in {"silent", "met"}),
        (("--outcome", "partly-met"), lambda row: row["outcome"] == "partly_met"),
        (("--timing", "late"), lambda row: row["timing"] == "late"),
        (("--kind", "duty"), lambda row: row["duty"]),
        (("--kind", "commitment"), lambda row: row["kind"] == "commitment" and not row["duty"]),
        (("--due-before", "2018-01-01"), lambda row: row["term"]["earliest"] < "2018-01-01"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_filter_chooses_all_that_it_says_and_nothing_else(
    invented: Path, ogpcase: Run, words: tuple[str, ...], holds: Callable[[dict[str, Any]], bool]
) -> None:
    chosen = rows(ogpcase("requests", *words, "--json", *TODAY))
    everything = rows(ogpcase("requests", "--json", *TODAY))
    assert chosen
    assert {True} == {bool(holds(row)) for row in chosen}
    if words[0] not in {"--of", "--due-before"}:  # a part belongs to its whole; a term may have no day
        assert chosen == [row for row in everything if holds(row)]
    assert invented.is_dir()


def test_what_is_left_out_by_a_filter_is_counted(mexico: Path, ogpcase: Run) -> None:
    done = ogpcase("requests", "mexico-2018", "--outcome", "met", "--duties", *TODAY)
    assert "1 duty of the policy; 36 others left out by the options given" == done.stdout.splitlines()[1]
    nothing = ogpcase("requests", "mexico-2018", "--outcome", "refused", *TODAY)
    assert "as of 2026-11-22\nno request is chosen; 37 others left out by the options given\n" == nothing.stdout
    assert mexico.is_dir()


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("--outcome", "silnt"), "--outcome does not know `silnt`", "did you mean `silent`?"),
        (("--timing", "soon"), "--timing does not know `soon`", "--timing takes one of on_time, late"),
        (("--kind", "duti"), "--kind does not know `duti`", "did you mean `duty`?"),
        (("--due-before", "soon"), "--due-before takes a day; this is not a date", "write it as 2018-07-16, "),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_the_nearest(
    mexico: Path, ogpcase: Run, words: tuple[str, ...], message: str, hint: str
) -> None:
    done = ogpcase("requests", *words)
    assert (2, "") == (done.returncode, done.stdout)
    assert message in done.stderr
    assert hint in done.stderr
    assert mexico.is_dir()


def test_csv_and_markdown_have_a_row_for_each_line(invented: Path, ogpcase: Run) -> None:
    whole = rows(ogpcase("requests", "lurenia-2015", "--json", *TODAY))
    table = list(csv.DictReader(io.StringIO(ogpcase("requests", "lurenia-2015", "--format", "csv", *TODAY).stdout)))
    assert [row["request"] for row in whole] == [row["request"] for row in table]
    assert [row["outcome"] for row in whole] == [row["outcome"] for row in table]
    page = ogpcase("requests", "lurenia-2015", "--format", "markdown", *TODAY).stdout.splitlines()
    assert ["As of 2026-11-22.", ""] == page[:2]
    assert len(whole) + 2 == len(page[2:-2])
    assert ["", "A request to several is listed once for each of them, and counted once."] == page[-2:]
    assert invented.is_dir()


def test_a_day_that_is_asked_for_hides_what_came_later(invented: Path, ogpcase: Run) -> None:
    """The extension of November 2018 is not there before, nor is what was asked after it."""
    before = rows(ogpcase("requests", "lurenia-2015", "--json", "--as-of", "2018-01-15"))
    assert {"2018-09-30"} == {
        row["term"]["last_day"] for row in before if row["request"].endswith(("#amend-law", "#public-register"))
    }
    assert [] == [row for row in before if row["dated"].strip("[") > "2018-01-15"]
    assert invented.is_dir()


def test_a_name_keeps_its_letters_at_the_head_of_its_requests(arcadia: Path, ogpcase: Run) -> None:
    party = arcadia / "parties" / "government-of-arcadia.yaml"
    party.write_text(party.read_text().replace("Government of Arcadia", "eGovernment Arcadia"))
    shown = ogpcase("requests", "arcadia-2023").stdout
    assert "eGovernment Arcadia: 1 " in shown
