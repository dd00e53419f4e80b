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
    done = ogpcase("show", reference)
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith(
        "Open Arcadia asks for the sealed contracts\narcadia-2023/2023-02-01-letter-ask\n\nkind: letter\n"
    )
    for words in (
        "senders: Open Arcadia\n",
        "  · id: publish-contracts\n    asked of: Government of Arcadia\n",
        "What came back\n  publish-contracts\n    → Government of Arcadia: unanswered\n",
    ):
        assert words in done.stdout


@pytest.mark.usefixtures("arcadia")
def test_an_item_is_shown_alone(ogpcase: Run) -> None:
    done = ogpcase("show", "arcadia-2023/2023-02-01-letter-ask#publish-contracts", "--json")
    found = row(done)
    assert "arcadia-2023/2023-02-01-letter-ask#publish-contracts" == found["reference"]
    assert {"of": "arcadia-2023/2023-02-01-letter-ask", "field": "requests", "id": "publish-contracts",
            "due": "2023-03-01"}.items() <= found["values"].items()  # fmt: skip
    assert ["unanswered"] == [each["outcome"] for each in found["outcomes"]["publish-contracts"]]


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("name", ["open-arcadia", "Open Arcadia", "OPEN ARCADIA"])
def test_a_party_is_shown_with_every_place_that_names_it(ogpcase: Run, name: str) -> None:
    found = row(ogpcase("show", name, "--json"))
    assert ("open-arcadia", "Open Arcadia") == (found["reference"], found["title"])
    assert [
        ("arcadia-2023/2023-02-01-letter-ask", "senders"),
        ("arcadia-2023/2023-04-10-concern", "filers"),
    ] == [(each["event"], each["role"]) for each in found["appears_in"]]
    assert "Named in\n  2023-02-01  Open Arcadia asks" in ogpcase("show", name).stdout


@pytest.mark.usefixtures("arcadia")
def test_json_is_the_envelope(ogpcase: Run) -> None:
    whole = json.loads(ogpcase("show", "2023-04-10-concern", "--json", "--as-of", "2023-06-01").stdout)
    assert (1, "2023-06-01", "arcadia-2023", 1) == (
        whole["format"],
        whole["as_of"],
        whole["case"],
        len(whole["rows"]),
    )
    assert {"reference", "title", "values", "outcomes", "appears_in"} == set(whole["rows"][0])


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
        ("nothing-at-all", "error: no event or party is called `nothing-at-all`\n"),
        ("open-arcadie", "error: no event or party is called `open-arcadie`\n  did you mean `open-arcadia`?\n"),
        ("arcadia-23/2023-04-10-concern", "error: no case is called `arcadia-23`\n  did you mean `arcadia-2023`?\n"),
        (
            "arcadia-2023/2023-04-10-concerm",
            "has no event `2023-04-10-concerm`\n  did you mean `arcadia-2023/2023-04-10-concern`?\n",
        ),
        (
            "2023-04-10-concern#sealed",
            "error: 2023-04-10-concern has no item `sealed`\n  items: sealed-contracts, acknowledge-filers, ",
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
    assert "field: a duty of the policy\n" in done.stdout
    assert "What came back" in done.stdout


@pytest.mark.usefixtures("arcadia")
def test_a_case_is_pointed_to_its_views(ogpcase: Run) -> None:
    done = ogpcase("show", "arcadia-2023")
    assert 1 == done.returncode
    assert "it is a case: see `ogpcase status arcadia-2023`" in done.stderr
