"""Days that other records bound, as `ogpcase` tells of them over real folders, also as outsiders knew them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
INVENTED = Path(__file__).parent / "corpus" / "sound" / "invented" / "cases"
CASE = "dornmark-2021"
REPLY = f"{CASE}/undated-letter-reply-of-the-archive"


@pytest.fixture
def cases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the invented cases; `dornmark-2021` has four dates that bound each other, and a cycle."""
    copytree(INVENTED, tmp_path / "cases")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


def row(done: CompletedProcess[str]) -> dict[str, Any]:
    assert 0 == done.returncode, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["rows"][0]
    return found


def change(cases: Path, event: str, before: str, after: str) -> None:
    file = cases / CASE / "events" / f"{event}.yaml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.usefixtures("cases")
def test_show_says_what_bounds_a_day(ogpcase: Run) -> None:
    text = " ".join(ogpcase("show", f"{CASE}/2021-report-review").stdout.split())
    assert (
        "dated 2021 between 2021-02-01 and 2021-09-30: it follows undated-letter-reply-of-the-archive; "
        "its source `report` was read on 2021-09-30 What it says"
    ) in text
    assert {
        "earliest": "2021-02-01",
        "latest": "2021-09-30",
        "no_earlier": {
            "day": "2021-02-01", "by": "in_reply_to", "of": "2021-02-01-letter-notice",
            "dated": "[2021-02-01..2021-12-31]",
        },
        "no_later": {"day": "2021-09-30", "by": "follows", "of": "2021-report-review", "dated": "2021"},
        "says": "between 2021-02-01 and 2021-09-30: it replies to 2021-02-01-letter-notice; "
        "2021-report-review follows it",
    } == row(ogpcase("show", REPLY, "--json"))["bounded"]  # fmt: skip


@pytest.mark.usefixtures("cases")
def test_show_says_nothing_where_the_date_says_it_all(ogpcase: Run) -> None:
    """A cycle bounds nothing."""
    assert row(ogpcase("show", f"{CASE}/2021-development-opening", "--json"))["bounded"] is None
    assert "between" not in ogpcase("show", f"{CASE}/2021-development-opening").stdout


@pytest.mark.usefixtures("cases")
def test_a_chain_orders_and_times_the_case(ogpcase: Run) -> None:
    """The undated reply counts as dated: it stands in its place, and has certainly come by the report's last day."""
    rows = json.loads(ogpcase("timeline", CASE, "--json", "--as-of", "2021-09-30").stdout)["rows"]
    steps = [(each["event"], each["earliest"], each["latest"], each["certain"]) for each in rows if not each["context"]]
    assert [
        ("2021-concern", "2021-01-01", "2021-04-12", True),
        ("2021-02-01-letter-notice", "2021-02-01", "2021-09-30", True),
        ("undated-letter-reply-of-the-archive", "2021-02-01", "2021-09-30", True),
        ("2021-report-review", "2021-02-01", "2021-09-30", True),
    ] == steps
    assert "report_adopted" == row(ogpcase("status", CASE, "--json", "--as-of", "2021-09-30"))["stage"]


@pytest.mark.usefixtures("cases")
def test_nothing_is_perhaps_before_the_first_day_of_the_case(ogpcase: Run, cases: Path) -> None:
    change(cases, "2021-concern", "dated: 2021\n", "dated: unknown\n")
    (cases / CASE / "events" / "2021-concern.yaml").rename(cases / CASE / "events" / "undated-concern-archive.yaml")
    for name in ("2021-02-01-letter-notice", "2021-development-visit"):
        change(cases, name, "2021-concern", "undated-concern-archive")
    assert row(ogpcase("status", CASE, "--json", "--as-of", "2020-12-31"))["perhaps"] is None
    assert "initial_review" == row(ogpcase("status", CASE, "--json", "--as-of", "2021-01-01"))["perhaps"]


@pytest.mark.usefixtures("cases")
def test_what_nobody_could_know_is_not_called_the_begin_of_a_case(ogpcase: Run) -> None:
    for verb in (["status", CASE], ["list"], ["timeline", CASE], ["timeline", CASE, "--format", "markdown"]):
        text = ogpcase(*verb, "--known-by", "2020-01-01").stdout
        assert "No step known by 2020-01-01" in text, verb
        assert "Not filed" not in text, verb
    found = row(ogpcase("status", CASE, "--json", "--known-by", "2020-01-01"))
    assert (None, None, None) == (found["stage"], found["ended"], found["since"])


@pytest.mark.usefixtures("cases")
def test_only_links_of_records_known_by_the_day_bound_days(ogpcase: Run, cases: Path) -> None:
    """The notice is published in June; the report, public on its day, bounds it from October on."""
    change(cases, "2021-02-01-letter-notice", "dated: ", "published: 2021-12\ndated: ")
    span = row(ogpcase("show", f"{CASE}/2021-02-01-letter-notice", "--json", "--known-by", "2021-12-31"))["bounded"]
    assert ("2021-02-01", "2021-12-31") == (
        (span["earliest"], span["latest"]) if span else ("2021-02-01", "2021-12-31")
    ), "nobody outside knew of the reply, which the report follows"
    change(cases, "undated-letter-reply-of-the-archive", "dated: unknown", "dated: unknown\npublished: 2021-12-30")
    span = row(ogpcase("show", f"{CASE}/2021-02-01-letter-notice", "--json", "--known-by", "2021-12-31"))["bounded"]
    assert "2021-09-30" == span["latest"]


@pytest.mark.usefixtures("cases")
def test_there_is_no_length_without_a_certain_filing(ogpcase: Run, cases: Path) -> None:
    """Fault 18: nobody outside knew of the Concern; the report is public by its kind."""
    change(cases, "2021-concern", "received: 2021-04-12\n", "")
    found = row(ogpcase("status", CASE, "--json", "--known-by", "2022-01-01"))
    assert (None, None) == (found["filed"], found["days_from_filing"])
    assert "report_adopted" == found["stage"]
    stats = json.loads(ogpcase("stats", CASE, "--json", "--known-by", "2022-01-01").stdout)
    assert stats


@pytest.mark.usefixtures("cases")
def test_what_a_published_source_tells_of_was_known_by_then(ogpcase: Run, cases: Path) -> None:
    change(cases, "2021-concern", "received: 2021-04-12\n", "told_by: copy\n")
    change(cases, "2021-concern", "    title: A copy", "    published: 2021-05-01\n    title: A copy")
    assert "2021-05-01" == row(ogpcase("show", f"{CASE}/2021-concern", "--json"))["bounded"]["latest"]
    for day, stage in (("2021-04-30", None), ("2021-05-01", "initial_review")):
        found = row(ogpcase("status", CASE, "--json", "--known-by", day))
        assert stage == found["stage"], day
