"""A withdrawn record is a file and no part of the case; a record is found by the ids that it had."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.yamltree.parsing import parse

Run = Callable[..., CompletedProcess[str]]
REPORT = "2024-01-15-report-review"
SLIP = """\
kind: resolution
title: The end that never came
dated: 2023-06-01
by: [open-arcadia]
moves_to: [ineligible]
requests: [{id: reopen, text: Open it again, asked_of: [government-of-arcadia], due: 2023-07-01}]
answers: [{request: 2023-02-01-letter-ask#publish-contracts, answer: refused, of: [government-of-arcadia]}]
clauses: [{id: a, text: It ends}]
sources: [{id: page, title: A page}]
withdrawn: {"on": 2024-07-01, because: The page was of another case}
"""


@pytest.fixture
def slip(arcadia: Path) -> Path:
    file = arcadia / "arcadia-2023/events/2023-06-01-resolution.yaml"
    file.write_text(SLIP, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", "arcadia-2023"), ("timeline", "arcadia-2023", "--format", "csv"), ("status", "arcadia-2023"),
        ("list",), ("requests", "--json"), ("due",), ("findings", "--json"), ("doubts", "--json"),
        ("parties", "--json"),
        ("stats", "--json"), ("show", "arcadia-2023"), ("show", "government-of-arcadia"), ("validate", "--json"),
        ("timeline", "arcadia-2023", "--as-of", "2023-06-15", "--known-by", "2023-06-20"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_view_and_no_check_knows_a_withdrawn_record(ogpcase: Run, slip: Path, words: tuple[str, ...]) -> None:
    there = ogpcase(*words)
    slip.unlink()
    without = ogpcase(*words)
    said, wanted = ((done.stdout, done.stderr) for done in (there, without))
    if words[0] == "validate":  # it counts the files that it reads
        assert json.loads(wanted[0])["rows"] == json.loads(said[0])["rows"]
        return
    assert wanted == said


def test_a_withdrawn_record_counts_for_nothing_until_it_is_restored(ogpcase: Run, slip: Path) -> None:
    assert "Ineligible" not in ogpcase("list").stdout
    done = ogpcase("remove", "2023-06-01-resolution", "withdrawn", "--dry-run")
    assert "error[OC" in done.stderr
    slip.write_text(SLIP.replace("withdrawn", "# was withdrawn"), encoding="utf-8")
    assert "neligible" in ogpcase("timeline", "arcadia-2023").stdout


@pytest.mark.usefixtures("slip")
def test_show_says_when_and_why_a_record_was_withdrawn(ogpcase: Run) -> None:
    done = ogpcase("show", "arcadia-2023/2023-06-01-resolution", "--as-of", "2026-11-22")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(
        "as of 2026-11-22\nThe end that never came\narcadia-2023/2023-06-01-resolution · Resolution\n"
        "withdrawn on 2024-07-01 because The page was of another case\nit is no part of the case\n"
    )
    assert "    · It ends\n      a\n" in done.stdout


@pytest.mark.usefixtures("slip")
def test_a_copy_holds_that_a_record_was_withdrawn_and_no_more(ogpcase: Run, tmp_path: Path) -> None:
    done = ogpcase("publish", tmp_path / "public", "--yes")
    assert 0 == done.returncode, done.stderr
    text = (tmp_path / "public/cases/arcadia-2023/events/2023-06-01-resolution.yaml").read_text(encoding="utf-8")
    assert 'kind: resolution\nwithdrawn:\n  "on": 2024-07-01\n  because: The page was of another case\n' == text
    assert 0 == ogpcase("publish", tmp_path / "public", "--check").returncode


@pytest.mark.usefixtures("arcadia")
def test_a_renamed_record_is_found_by_the_ids_that_it_had(ogpcase: Run, arcadia: Path) -> None:
    for new in ("2024-01-15-report-second", "2024-01-15-report-third"):
        assert 0 == ogpcase("rename", ogpcase_id(arcadia), new).returncode
    shown = ogpcase("show", REPORT, "--json")
    assert "arcadia-2023/2024-01-15-report-third" == json.loads(shown.stdout)["rows"][0]["reference"]
    assert 0 == ogpcase("set", "arcadia-2023/2024-01-15-report-second", "summary", "In short").returncode
    file = arcadia / "arcadia-2023/events/2024-01-15-report-third.yaml"
    tree = parse(file.read_bytes(), "f").tree
    assert tree is not None
    assert isinstance(tree.value, dict)
    assert ("In short", [REPORT, "2024-01-15-report-second"]) == (tree.value["summary"], tree.value["aliases"])


def ogpcase_id(arcadia: Path) -> str:
    """The id of the only report."""
    (file,) = (arcadia / "arcadia-2023/events").glob("*report*")
    return file.stem


@pytest.mark.usefixtures("slip")
@pytest.mark.parametrize(
    ("cited", "message", "help_"),
    [
        ("2023-06-01-resolution", "`2023-06-01-resolution` was withdrawn on 2024-07-01", "remove the reference, or"),
        ("2024-old#a", "the record `2024-old` has a new id", f"write `{REPORT}#a`"),
        ("arcadia-2023/2024-old", "the record `2024-old` has a new id", f"write `arcadia-2023/{REPORT}`"),
    ],
)
def test_a_record_refers_to_records_by_the_id_that_they_have(
    ogpcase: Run, arcadia: Path, cited: str, message: str, help_: str
) -> None:
    report = arcadia / f"arcadia-2023/events/{REPORT}.yaml"
    report.write_text(report.read_text(encoding="utf-8") + "aliases: [2024-old]\n", encoding="utf-8")
    notice = arcadia / "arcadia-2023/events/2023-05-22-letter-notice.yaml"
    notice.write_text(notice.read_text(encoding="utf-8") + f"cites: ['{cited}']\n", encoding="utf-8")
    found = [each for each in json.loads(ogpcase("validate", "--json").stdout)["rows"] if each["code"] == "OC312"]
    assert [(message, True)] == [(each["message"], each["helps"][0].startswith(help_)) for each in found]
