"""`ogpcase parties` and `ogpcase show` of parties and plans: the words and the formats."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.mark.usefixtures("mexico")
def test_the_parties_of_mexico_are_listed_by_the_records_that_name_them(ogpcase: Run) -> None:
    done, full = (ogpcase("parties", "--as-of", "2026-11-22", *more) for more in ((), ("--full",)))
    assert (0, "") == (done.returncode, done.stderr)
    head = (
        "as of 2026-11-22\n56 parties in 3 cases, by the number of records that name them\n\n  10  Government of Turkey"
    )
    for each in (done, full):
        assert each.stdout.startswith(head)
        assert "\nIn no record of 3 cases\n  OGP Independent Reporting Mechanism (ogp-irm)\n" in each.stdout
    assert re.search(r"\n   4  Artículo 19 +Civil society +filer, author 2, signatory\n", done.stdout)
    names = "\n      as “Article 19”, as “Article19”\n"
    assert f"\n      Civil society · filer 1 · author 2 · signatory 1{names}" in full.stdout


@pytest.mark.usefixtures("mexico")
def test_a_terminal_counts_the_rest_of_a_long_list_and_a_pipe_names_it(
    ogpcase: Run, terminal: Callable[..., object]
) -> None:
    seen = terminal("parties", "mexico-2018").read()  # type: ignore[attr-defined]
    whole = ogpcase("parties", "mexico-2018").stdout
    assert "  and 17 more, each in 1 record at most" in seen
    assert "In no record of this case: 10 parties" in seen
    assert "Sustainable Livelihoods Foundation" not in seen
    assert "\n  1  Sustainable Livelihoods Foundation " in whole
    assert 47 == sum(bool(re.match(r"  \d  ", each)) for each in whole.splitlines())


@pytest.mark.usefixtures("arcadia")
def test_the_list_as_json_is_the_envelope_and_the_case_may_be_chosen(ogpcase: Run) -> None:
    whole = json.loads(ogpcase("parties", "arcadia-2023", "--as-of", "2023-03-01", "--json").stdout)
    assert {"kind": "parties", "case": "arcadia-2023", "as_of": "2023-03-01"}.items() <= whole.items()
    assert {"government-of-arcadia": 2, "open-arcadia": 1, "ogp-criteria-and-standards": 0, "ogp-support-unit": 0} == {
        each["party"]: each["records"] for each in whole["rows"]
    }
    assert None is json.loads(ogpcase("parties", "--json").stdout)["case"]
    unknown = ogpcase("parties", "arcadia-23")
    assert (1, "") == (unknown.returncode, unknown.stdout)
    assert "did you mean `arcadia-2023`?" in unknown.stderr


@pytest.mark.usefixtures("arcadia")
def test_the_list_as_csv_is_a_table(ogpcase: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(ogpcase("parties", "--format", "csv").stdout, newline="")))
    mine = next(each for each in rows if each["party"] == "open-arcadia")
    assert ("2", "1", "1", "0") == (mine["records"], mine["sender"], mine["filer"], mine["lead"])


def test_a_party_file_that_cannot_be_read_is_named_and_left_out(arcadia: Path, ogpcase: Run) -> None:
    file = arcadia / "parties" / "open-arcadia.yaml"
    file.write_text("name: Open Arcadia\nname: twice\n")
    done = ogpcase("parties", "--full")
    assert 1 == done.returncode
    assert "unreadable: cases/parties/open-arcadia.yaml is left out" in done.stderr
    assert " open-arcadia · open-arcadia\n" in done.stdout
    assert "its file cannot be read · filer 1 · sender 1\n" in done.stdout
    assert "the file of `open-arcadia` cannot be read" in ogpcase("show", "open-arcadia").stderr
    file.write_text("name: Open Arcadia\nwithhold: [all\n")
    assert "unreadable: cases/parties/open-arcadia.yaml is left out" in ogpcase("parties").stderr


def test_a_part_stands_under_its_whole_with_who_signed(mexico: Path, ogpcase: Run) -> None:
    response = mexico / "mexico-2018" / "events" / "2018-11-30-letter-government-response.yaml"
    signed_by = "signed_by:\n  - {name: J. Roe, for: mexico-previous-administration}\n"
    response.write_text(response.read_text().replace("about:\n", f"{signed_by}about:\n", 1))
    done = ogpcase("show", "government-of-mexico")
    assert (0, "") == (done.returncode, done.stderr)
    for words in (
        "\nSubject of\n  mexico-2018  Illegal surveillance of civil society in Mexico\n  mexico-2023  Digital",
        "\nAsked of it and open, the longest first\n  2023-01        Respond formally, if it so chooses",
        "\n  2017-06-14     Go over what they promised",
        "\nThrough its parts\n  Eber Omar Betanzos Torres\n  eber-omar-betanzos-torres\n",
        "                     acted for\n                     signed by J. Roe\n",
        "    Who signed for it\n      2018-11-30     J. Roe\n",
    ):
        assert words in done.stdout
    (row,) = json.loads(ogpcase("show", "government-of-mexico", "--json").stdout)["rows"]
    signed = [one for part in row["through_parts"] for one in part["signed_by"]]
    assert [("J. Roe", None, "2018-11-30")] == [(one["name"], one["office"], one["dated"]) for one in signed]


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("reference", ["mexico-2018/action-plan-4", "action-plan-4"])
def test_a_plan_is_shown_by_its_reference_with_or_without_its_case(ogpcase: Run, reference: str) -> None:
    done = ogpcase("show", reference, "--as-of", "2026-11-22")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(
        "as of 2026-11-22\nFourth National Action Plan\nmexico-2018/action-plan-4 · period 2019-2021\n"
    )
    assert "     from 2019 until 2021 · led by nobody named\n" in done.stdout
    assert "milestones" not in done.stdout
    whole = json.loads(ogpcase("show", reference, "--lang", "es", "--json").stdout)
    assert ("plan", "mexico-2018", "Cuarto Plan de Acción Nacional") == (
        whole["kind"],
        whole["case"],
        whole["rows"][0]["title"],
    )


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (
            "mexico-2018/action-plan-3",
            "error: mexico-2018 has no action plan `action-plan-3`\n  did you mean `mexico-2018/",
        ),
        ("action-plan-3", "no event or party is called `action-plan-3`\n  did you mean `mexico-2018/action-plan-4`?\n"),
        (
            "mexico-2018/action-plan-4#expert-group",
            "`action-plan-4` is an action plan, and has no items\n  see `mexico-2018/action-plan-4`\n",
        ),
    ],
)
def test_a_plan_that_is_not_there_is_answered_with_the_nearest(ogpcase: Run, reference: str, said: str) -> None:
    done = ogpcase("show", reference)
    assert (1, "") == (done.returncode, done.stdout)
    assert said in done.stderr


@pytest.mark.usefixtures("mexico")
@pytest.mark.parametrize("reference", ["mexico-2018", "mexico-2018/action-plan-4", "article-19"])
def test_only_events_have_a_history(ogpcase: Run, reference: str) -> None:
    done = ogpcase("show", reference, "--history")
    assert (1, "") == (done.returncode, done.stdout)
    assert f"error: `{reference}` is not an event, and only events have a history here\n" in done.stderr
