"""`ogpcase status` and `ogpcase list`: where cases stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]


def row(done: CompletedProcess[str]) -> dict[str, Any]:
    (found,) = json.loads(done.stdout)["rows"]
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("arcadia")
def test_status_tells_the_stage_what_is_open_and_what_may_come(ogpcase: Run) -> None:
    done = ogpcase("status", "arcadia-2023", "--as-of", "2023-06-01")
    assert (0, "") == (done.returncode, done.stderr)
    for words in (
        "\nmay follow   → Report adopted  by the Criteria and Standards Subcommittee\n",
        "\nopen         1 unanswered, 1 term passed, 120 d  Government of Arcadia\n",
        "\nduties       7 of the policy without an answer; --duties shows them\n",
        "\ncame last    2023-05-22  ",
    ):
        assert words in done.stdout
    done = ogpcase("status", "arcadia-2023", "--all", "--as-of", "2023-06-01")
    for words in (
        "Sealed contracts in Arcadia\narcadia-2023 · Government of Arcadia · Response Policy, 2017 version\n",
        "Under review since 2023-05-22 · 52 days since filing\n",
        "\nOpen\n  Publish the contracts that were sealed in 2022. (due 2023-03-01",
        "2023-02-01-letter-ask#publish-contracts",
        "\n7 duties of the policy without an answer are left out; --duties shows them\n",
        "The policy's moves from here\n  → Report adopted\n",
        "      decided by the Criteria and Standards Subcommittee, ",
        "unanswered: nothing is recorded, which does not mean that nothing was done\n",
    ):
        assert words in done.stdout
    whole = ogpcase("status", "arcadia-2023", "--as-of", "2023-06-01", "--duties").stdout
    assert "\nDuties of the policy that no record answers\n" in whole
    assert "left out" not in whole


@pytest.mark.usefixtures("arcadia")
def test_what_was_asked_since_the_end_of_a_case_was_not_open_at_it(arcadia: Path, ogpcase: Run) -> None:
    later = "kind: letter\ntitle: Once more\ndated: 2024-09-01\nsenders: [open-arcadia]\nrequests:\n"
    later += "  - {id: again, asked_of: [government-of-arcadia], text: Publish them all.}\n"
    (arcadia / "arcadia-2023" / "events" / "2024-09-01-letter.yaml").write_text(later)
    done = ogpcase("status", "arcadia-2023", "--all").stdout
    since = done.index("\nOpen\n  Publish them all.")
    at_end = done.index("\nLeft open when the case ended\n  Publish the contracts")
    assert since < at_end


@pytest.mark.usefixtures("arcadia")
def test_what_is_open_when_a_case_ends_is_open_at_its_end(ogpcase: Run) -> None:
    done = ogpcase("status", "arcadia-2023")
    assert "\nopen at end  1 unanswered, 1 term passed, " in done.stdout
    assert "The case has ended: the policy has no move from here\n" in done.stdout


@pytest.mark.usefixtures("arcadia")
def test_status_as_json_is_one_row(ogpcase: Run) -> None:
    done = ogpcase("status", "arcadia-2023", "--as-of", "2023-06-01", "--json")
    whole = json.loads(done.stdout)
    assert {"format": 1, "kind": "status", "as_of": "2023-06-01", "policy_versions": ["2017"],
            "case": "arcadia-2023"}.items() <= whole.items()  # fmt: skip
    found = row(done)
    assert ("under_review", None, "2023-05-22") == (found["stage"], found["perhaps"], found["since"])
    assert ["report_adopted", "withdrawn_by_country", "withdrawn_by_filer"] == [each["to"] for each in found["moves"]]
    fields = {"row", "to", "title", "decided_by", "carried_by", "clause", "requires", "evidence", "known"}
    assert fields == set(found["moves"][0])
    assert done.stdout == ogpcase("status", "arcadia-2023", "--as-of", "2023-06-01", "--format", "json").stdout


def test_a_move_that_may_have_happened_is_perhaps(arcadia: Path, ogpcase: Run) -> None:
    notice = arcadia / "arcadia-2023" / "events" / "2023-05-22-letter-notice.yaml"
    notice.write_text(notice.read_text().replace("2023-05-22", '"[2023-05-01..2023-05-31]"'))
    found = row(ogpcase("status", "arcadia-2023", "--as-of", "2023-05-15", "--json"))
    assert ("initial_review", "under_review") == (found["stage"], found["perhaps"])
    assert "perhaps Under review" in ogpcase("status", "arcadia-2023", "--as-of", "2023-05-15").stdout


def test_departures_are_counted(arcadia: Path, ogpcase: Run) -> None:
    resolution = arcadia / "arcadia-2023" / "events" / "2024-06-03-resolution.yaml"
    resolution.write_text(resolution.read_text() + "departure:\n  - because: It was so\n    sources: [case-page]\n")
    assert 1 == row(ogpcase("status", "arcadia-2023", "--json"))["departures"]
    assert 0 == row(ogpcase("status", "arcadia-2023", "--as-of", "2024-01-01", "--json"))["departures"]
    assert "1 step is recorded as outside the policy, or as not verified\n" in ogpcase("status", "arcadia-2023").stdout


@pytest.mark.usefixtures("mexico")
def test_the_language_is_the_readers(ogpcase: Run) -> None:
    assert (
        ogpcase("status", "mexico-2018", "--lang", "fr")
        .stdout.partition("\n")[2]
        .startswith("Surveillance illégale de la société")
    )
    assert "  Surveillance illégale de la société" in ogpcase("list", "--lang", "fr").stdout


def test_list_tells_each_case_in_short(mexico: Path, ogpcase: Run) -> None:
    done = ogpcase("list", "--full", "--as-of", "2020-01-01")
    assert (0, "") == (done.returncode, done.stderr)
    count = len(list((mexico / "mexico-2018" / "events").iterdir()))
    assert done.stdout.startswith("as of 2020-01-01\nmexico-2018  Illegal surveillance of civil society in Mexico\n")
    assert "  Closed, addressed domestically since 2019-12-12\n" in done.stdout
    assert f"{count} events" in done.stdout


def test_list_as_json_has_a_row_for_each_case(arcadia: Path, ogpcase: Run) -> None:
    ogpcase("open-case", "arcadia-2025", "--title", "T", "--country", "XA", "--policy-version", "2014",
            "--subject", "government-of-arcadia")  # fmt: skip
    whole = json.loads(ogpcase("list", "--json", "--as-of", "2023-06-01").stdout)
    assert ("list", None, ["2014", "2017"]) == (whole["kind"], whole["case"], whole["policy_versions"])
    rows = whole["rows"]
    assert [("arcadia-2023", "under_review", 3), ("arcadia-2025", "not_filed", 0)] == [
        (each["case"], each["stage"], each["events"]) for each in rows
    ]
    assert {"fewest": 10, "most": 10, "certain": True} == rows[0]["days_in_stage"]
    assert arcadia.is_dir()


def test_an_extended_term_shows_both_days(arcadia: Path, ogpcase: Run) -> None:
    """The ask is still open, its own day stands, and the day it was moved to stands beside it."""
    asked = (arcadia / "arcadia-2023" / "events" / "2023-02-01-letter-ask.yaml").read_text()
    item = asked[asked.index("- id: ") + 6 :].splitlines()[0].strip()
    extend = f"{{request: 2023-02-01-letter-ask#{item}, answer: extended, new_due: 2023-06-01}}"
    words = ("--title", "More time", "--dated", "2023-02-20", "--source", "https://example.org/t", "--answer", extend)
    done = ogpcase("add-event", "arcadia-2023", "letter", *words, "--senders", "government-of-arcadia")
    assert 0 == done.returncode, done.stderr
    status = ogpcase("status", "arcadia-2023", "--all", "--as-of", "2023-03-10")
    assert "(due 2023-03-01, extended to 2023-06-01)" in status.stdout.replace("\u00a0", " ")
    told = row(ogpcase("status", "arcadia-2023", "--as-of", "2023-03-10", "--json"))
    found = next(each for each in told["open"] if each["request"].endswith(f"#{item}"))
    assert ("2023-03-01", "2023-06-01") == (found["due"], found["extended_to"])
