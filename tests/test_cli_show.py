"""`ogpcase show`: one record, party or item whole, by any way to name it."""

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
@pytest.mark.parametrize("reference", ["arcadia-2023/2023-02-01-letter-ask", "2023-02-01-letter-ask"])
def test_an_event_is_shown_whole_with_what_came_back(ogpcase: Run, reference: str) -> None:
    done = ogpcase("show", reference, "--as-of", "2026-11-22")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(
        "as of 2026-11-22\nOpen Arcadia asks for the sealed contracts\n"
        "arcadia-2023/2023-02-01-letter-ask · Letter\n\nWho\n"
    )
    for words in (
        "\n  senders     Open Arcadia\n",
        (
            "\nWhat it asks\n  · Publish the contracts that were sealed in 2022. (due 2023-03-01)\n"
            "    arcadia-2023/2023-02-01-letter-ask#publish-contracts\n"
            "    → Government of Arcadia: unanswered, term passed 460 days before"
        ),
    ):
        assert words in done.stdout


def test_a_field_that_is_inferred_says_so(ogpcase: Run, arcadia: Path) -> None:
    file = arcadia / "arcadia-2023/events/2023-02-01-letter-ask.yaml"
    inferred = "inferred: [senders, 'requests#publish-contracts']\n"
    file.write_text(file.read_text(encoding="utf-8") + inferred, encoding="utf-8")
    shown = ogpcase("show", "arcadia-2023/2023-02-01-letter-ask").stdout
    assert "\n  senders (inferred)  Open Arcadia\n" in shown
    assert "  · Publish the contracts that were sealed in 2022. (inferred) (due 2023-03-01)\n" in shown
    assert "\nSources\n  no source states in words: senders, requests#publish-contracts\n" in shown


@pytest.mark.usefixtures("arcadia")
def test_an_item_is_shown_alone(ogpcase: Run) -> None:
    done = ogpcase("show", "arcadia-2023/2023-02-01-letter-ask#publish-contracts", "--json")
    found = row(done)
    assert "arcadia-2023/2023-02-01-letter-ask#publish-contracts" == found["reference"]
    assert {"of": "arcadia-2023/2023-02-01-letter-ask", "field": "requests", "id": "publish-contracts",
            "due": "2023-03-01"}.items() <= found["values"].items()  # fmt: skip
    assert ["unanswered"] == [each["outcome"] for each in found["outcomes"]["publish-contracts"]]
    assert ogpcase("show", "2023-02-01-letter-ask#publish-contracts", "--as-of", "2026-11-22").stdout.startswith(
        "as of 2026-11-22\nPublish the contracts that were sealed in 2022.\n"
        "arcadia-2023/2023-02-01-letter-ask#publish-contracts · Request\n\n"
        "In\n  2023-02-01  Open Arcadia asks for the sealed contracts\n"
        "              arcadia-2023/2023-02-01-letter-ask\n\n"
        "Who\n  by        Open Arcadia\n  asked of  Government of Arcadia\n\n"
        "What came back\n  due 2023-03-01\n  → Government of Arcadia: unanswered, term passed 460 days before"
    )


@pytest.mark.usefixtures("mexico")
def test_an_item_says_what_replies_findings_and_answers_say_of_it(ogpcase: Run) -> None:
    allegation = ogpcase("show", "mexico-2018/2018-07-16-concern#illegal-surveillance").stdout
    assert "\nRecords that name it\n  2018-11-30  The government responds to the Concern (replies)\n" in allegation
    assert "              explains. Citizen Lab's reports" in allegation
    assert (
        "              relevance: not known, credibility: not known, addressed domestically: addressed." in allegation
    )
    asked = ogpcase("show", "mexico-2018/2017-02-16-letter-core-group#investigation").stdout
    assert "  2017-05-23  The core group leaves the Third Action Plan (answers)\n              no answer\n" in asked


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("name", ["open-arcadia", "Open Arcadia", "OPEN ARCADIA"])
def test_a_party_is_shown_with_every_place_that_names_it(ogpcase: Run, name: str) -> None:
    found = row(ogpcase("show", name, "--json"))
    assert ("open-arcadia", "Open Arcadia") == (found["reference"], found["title"])
    assert [
        ("arcadia-2023/2023-02-01-letter-ask", "senders"),
        ("arcadia-2023/2023-04-10-concern", "filers"),
    ] == [(each["event"], each["role"]) for each in found["appears_in"]]
    assert "\nWhat it did\n  2023-02-01     Open Arcadia asks" in ogpcase("show", name).stdout


@pytest.mark.usefixtures("arcadia")
def test_json_is_the_envelope(ogpcase: Run) -> None:
    whole = json.loads(ogpcase("show", "2023-04-10-concern", "--json", "--as-of", "2023-06-01").stdout)
    assert (1, "2023-06-01", "arcadia-2023", 1) == (
        whole["format"],
        whole["as_of"],
        whole["case"],
        len(whole["rows"]),
    )
    assert {"reference", "title", "values", "outcomes", "commitment", "bounded"} == set(whole["rows"][0])


@pytest.mark.usefixtures("mexico")
def test_texts_are_in_the_readers_language_and_names_as_printed(ogpcase: Run) -> None:
    done = ogpcase("show", "2018-07-16-concern")
    assert "Artículo 19 (as “Article19”)\n" in done.stdout
    assert "Fundar, Centro de Análisis e Investigación\n" in done.stdout
    commitment = ogpcase("show", "2019-commitment-state-surveillance", "--lang", "es").stdout
    assert commitment != ogpcase("show", "2019-commitment-state-surveillance").stdout


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("reference", "said"),
    [
        (
            "nothing-at-all",
            "error: no event or party is called `nothing-at-all`\n  look for it: ogpcase search nothing-at-all\n",
        ),
        ("open-arcadie", "error: no event or party is called `open-arcadie`\n  did you mean `open-arcadia`?\n"),
        ("arcadia-23/2023-04-10-concern", "error: no case is called `arcadia-23`\n  did you mean `arcadia-2023`?\n"),
        (
            "arcadia-2023/2023-04-10-concerm",
            "has no event `2023-04-10-concerm`\n  did you mean `arcadia-2023/2023-04-10-concern`?\n",
        ),
        (
            "2023-04-10-concern#seals",
            "error: 2023-04-10-concern has no item `seals`\n  items: sealed-contracts, acknowledge-filers, ",
        ),
    ],
)
def test_what_is_not_there_is_named_with_the_nearest(ogpcase: Run, reference: str, said: str) -> None:
    done = ogpcase("show", reference)
    assert (1, "") == (done.returncode, done.stdout)
    assert said in done.stderr


def test_an_event_of_several_cases_asks_for_the_case(arcadia: Path, ogpcase: Run) -> None:
    ogpcase("open-case", "arcadia-2025", "--title", "T", "--country", "XA", "--policy-version", "2017",
            "--subject", "government-of-arcadia")  # fmt: skip
    (arcadia / "arcadia-2025" / "events").mkdir()
    name = "2023-02-01-letter-ask.yaml"
    text = (arcadia / "arcadia-2023" / "events" / name).read_text()
    (arcadia / "arcadia-2025" / "events" / name).write_text(text)
    done = ogpcase("show", "2023-02-01-letter-ask")
    assert 1 == done.returncode
    assert "write one of arcadia-2023/2023-02-01-letter-ask, arcadia-2025/2023-02-01-letter-ask\n" in done.stderr
    assert 0 == ogpcase("show", "arcadia-2025/2023-02-01-letter-ask").returncode


@pytest.mark.usefixtures("arcadia")
def test_a_duty_of_the_policy_is_an_item_like_any_other(ogpcase: Run) -> None:
    """Every reference that `status` prints can be shown."""
    done = ogpcase("show", "arcadia-2023/2023-04-10-concern#acknowledge-filers")
    assert 0 == done.returncode, done.stderr
    assert "#acknowledge-filers · Duty of the policy\n\nIn\n  2023-04-10  " in done.stdout
    assert "\nWhat came back\n  → " in done.stdout


@pytest.mark.usefixtures("mexico")
def test_a_case_is_shown_with_its_header_its_events_by_kind_and_its_plans(ogpcase: Run) -> None:
    done = ogpcase("show", "mexico-2018")
    assert (0, "") == (done.returncode, done.stderr)
    for words in (
        "Illegal surveillance of civil society in Mexico\nmexico-2018 · Government of Mexico · Response Policy, 2017",
        "\nClosed, addressed domestically since 2019-12-12",
        "\ncountry MX · language English\n",
        "1 concern · 8 letters · 7 statements · 5 reports · 1 resolution · 1 commitment · 8 developments\n",
        "\nAction plans\n  Fourth National Action Plan, 2019-2021: 1 commitment\n    mexico-2018/action-plan-4\n",
        "\nRelated cases\n",
    ):
        assert words in done.stdout
    whole = json.loads(ogpcase("show", "mexico-2018", "--json", "--as-of", "2018-08-01").stdout)
    (found,) = whole["rows"]
    assert ("case", "mexico-2018", ["2017"]) == (whole["kind"], whole["case"], whole["policy_versions"])
    assert ("initial_review", "MX", "en", []) == (
        found["stage"], found["country"], found["language"], found["action_plans"]
    )  # fmt: skip
    assert 1 == found["events"]["concern"]
    assert "resolution" not in found["events"]


@pytest.mark.usefixtures("mexico")
def test_another_source_stands_beside_what_the_record_says_by_their_titles(ogpcase: Run) -> None:
    done = ogpcase("show", "2018-11-30-letter-government-response")
    assert (
        "  also dated\n    · 2018-11-20\n"
        "      source: Report of Criteria and Standards on the Mexico Concern, 2 May 2019 (review-report)\n"
        "      recorded: 2018-11-30, by OGP's page on the Mexico case\n"
    ) in done.stdout
    found = row(ogpcase("show", "2017-05-23-letter-core-group-exit", "--json"))
    (stated,) = found["values"]["also_stated"]
    assert ("addressees", ["OGP Steering Committee"], "solidarity-letter") == (
        stated["field"], stated["value"], stated["source"]
    )  # fmt: skip
    assert "South African organisations' letter of solidarity, 14 June 2017" == stated["source_title"]
    assert "Tripartite Technical Secretariat of Mexico" == stated["recorded"]


@pytest.mark.usefixtures("arcadia")
def test_an_event_of_a_later_day_is_not_there_yet(ogpcase: Run) -> None:
    done = ogpcase("show", "2023-04-10-concern", "--as-of", "2023-02-02")
    assert (1, "") == (done.returncode, done.stdout)
    assert (
        "error: arcadia-2023 has no event `2023-04-10-concern` by 2023-02-02\n"
        "  it is dated 2023-04-10: see it with a later `--as-of`\n"
    ) == done.stderr
    assert 0 == ogpcase("show", "2023-04-10-concern", "--as-of", "2023-04-10").returncode


@pytest.mark.usefixtures("arcadia")
def test_what_nobody_outside_can_have_known_is_not_shown(ogpcase: Run) -> None:
    done = ogpcase("show", "2023-04-10-concern", "--known-by", "2023-02-02")
    assert (1, "") == (done.returncode, done.stdout)
    known = ogpcase("show", "open-arcadia", "--known-by", "2023-05-01", "--json")
    assert "2023-05-01" == json.loads(known.stdout)["known_by"]
    assert [False, False] == [each["certain"] for each in row(known)["did"]]


@pytest.mark.usefixtures("arcadia")
def test_a_party_is_shown_by_its_path_too(ogpcase: Run) -> None:
    assert ogpcase("show", "open-arcadia").stdout == ogpcase("show", "parties/open-arcadia").stdout != ""
