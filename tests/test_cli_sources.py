"""`ogpcase sources`: what facts were read in, with how much rests on each; and one source with all that rests on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
DAY = ("--as-of", "2026-11-22")


def rows(done: CompletedProcess[str]) -> dict[str, dict[str, Any]]:
    return {row["source"]: row for row in json.loads(done.stdout)["rows"]}


def put(arcadia: Path, name: str, text: str) -> None:
    file = arcadia / CASE / "sources" / f"{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


def name_in(arcadia: Path, event: str, entry: str) -> None:
    """Adds an entry to the sources of an event, which stand last in its file."""
    with (arcadia / CASE / "events" / f"{event}.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - {entry}\n")


@pytest.mark.usefixtures("mexico")
def test_every_source_has_a_line_and_those_that_carry_most_stand_first(ogpcase: Run) -> None:
    done = ogpcase("sources", "mexico-2018", *DAY)
    assert (0, "") == (done.returncode, done.stderr)
    _, head, summary, first, *_ = done.stdout.splitlines()
    assert "mexico-2018  Illegal surveillance of civil society in Mexico" == head
    assert "35 sources: 14 in files, 21 written out in a record" == summary
    assert first.strip() == "9  case-page               OGP's page on the Mexico case · Open Government Partnership"
    counts = [row["records"] for row in rows(ogpcase("sources", "mexico-2018", *DAY, "--json")).values()]
    assert (35, sorted(counts, reverse=True)) == (len(counts), counts)


@pytest.mark.usefixtures("arcadia")
def test_a_source_that_several_events_write_out_alike_is_one(ogpcase: Run) -> None:
    page = rows(ogpcase("sources", CASE, *DAY, "--json"))["case-page"]
    assert (4, 4, True, None) == (page["records"], len(page["written_in"]), page["recorded"], page["kept_copy"])
    text = ogpcase("show", f"{CASE}/sources/case-page", *DAY).stdout
    assert "  kept  in the records below, which write it out\n" in text
    assert "\n4 records rest on it\n" in text


def test_two_texts_under_one_id_are_kept_apart(arcadia: Path, ogpcase: Run) -> None:
    name_in(arcadia, "2023-05-22-letter-notice", "{id: copy, title: Something else}")
    written = [row for row in json.loads(ogpcase("sources", *DAY, "--json").stdout)["rows"] if row["source"] == "copy"]
    assert ["Copy of the letter", "Something else"] == sorted(row["title"] for row in written)
    done = ogpcase("show", f"{CASE}/sources/copy", *DAY)
    assert (1, "") == (done.returncode, done.stdout)
    assert (
        "error: several sources of arcadia-2023 are called `copy`\n  written out in arcadia-2023/2023-0" in done.stderr
    )


def test_a_file_on_which_nothing_rests_is_listed(arcadia: Path, ogpcase: Run) -> None:
    put(arcadia, "unused", "title: Nobody's\npublisher: A paper\npublished: 2023\nretrieved: 2024-01-02\n")
    done = ogpcase("sources", *DAY)
    assert "\n    0  unused     Nobody's · A paper · published 2023 · read 2024-01-02\n" in done.stdout
    assert "\nno record rests on it\n" in ogpcase("show", f"{CASE}/sources/unused", *DAY).stdout


def test_what_a_source_states_otherwise_stands_with_what_it_gives(arcadia: Path, ogpcase: Run) -> None:
    put(arcadia, "register", "title: The register\n")
    file = arcadia / CASE / "events" / "2023-05-22-letter-notice.yaml"
    name_in(arcadia, file.stem, "{id: register, gives: [addressees]}")
    file.write_text(
        file.read_text("utf-8")
        + "also_dated: [{value: 2023-05-23, source: register}]\n"
        + "also_stated: [{field: senders, value: open-arcadia, source: register}]\npaper: register\n",
        encoding="utf-8",
    )
    text = ogpcase("show", f"{CASE}/sources/register", *DAY).stdout
    assert (
        "              the paper itself; gives addressees\n"
        "              states date otherwise: 2023-05-23\n"
        "              states senders otherwise: Open Arcadia\n"
    ) in text


def test_the_list_is_that_of_the_day(arcadia: Path, ogpcase: Run) -> None:
    """A file that only later events name is left out with them; one that nothing names is not."""
    put(arcadia, "later", "title: Later\n")
    put(arcadia, "unused", "title: Unused\n")
    name_in(arcadia, "2024-06-03-resolution", "later")
    assert {"copy", "unused"} == set(rows(ogpcase("sources", "--as-of", "2023-03-01", "--json")))
    assert {"copy", "unused", "case-page", "later"} == set(rows(ogpcase("sources", *DAY, "--json")))
    done = ogpcase("show", f"{CASE}/sources/later", "--as-of", "2023-03-01")
    assert (1, "") == (done.returncode, done.stdout)
    assert "see it with a later `--as-of`" in done.stderr


def test_a_source_whose_file_is_missing_or_broken_is_said(arcadia: Path, ogpcase: Run) -> None:
    name_in(arcadia, "2023-05-22-letter-notice", "nowhere")
    assert "nowhere · its file is missing or cannot be read\n" in ogpcase("sources", *DAY).stdout
    put(arcadia, "nowhere", "title: [")
    done = ogpcase("sources", *DAY, "--json")
    assert (1, False) == (done.returncode, rows(done)["nowhere"]["recorded"])
    assert "sources/nowhere.yaml is left out" in done.stderr
    assert "cannot be read" in ogpcase("show", f"{CASE}/sources/nowhere").stderr


def test_without_a_source_the_way_to_one_is_said(arcadia: Path, ogpcase: Run) -> None:
    for file in (arcadia / CASE / "events").iterdir():
        file.unlink()
    assert ogpcase("sources", *DAY).stdout.endswith("no source is recorded\nadd one with `ogpcase add-source`\n")
