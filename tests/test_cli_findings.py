"""`ogpcase findings`: allegations beside what was said to them and what was found of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


@pytest.mark.usefixtures("mexico")
def test_the_two_responses_on_mexico_answer_the_concern_as_a_whole(ogpcase: Run) -> None:
    """Nobody has seen what they say of most allegations; neither is it said that nobody answered."""
    done = ogpcase("findings", "mexico-2018", "--full")
    assert (0, "") == (done.returncode, done.stderr)
    for words in (
        "3 allegations: 1 answered, 2 answered as a whole; findings on 3\n",
        "for Government of Mexico, previous administration: explains\n",
        "2019-01-31  Government of Mexico, new administration: ",
        "answers the Concern; what it says of each allegation is not recorded\n",
        "  reply: answered as a whole · finding: recorded\n  2018-07-16-concern#partners-targeted\n",
        "2019-12-12  Closed, addressed domestically · on the basis of III.B.9\n",
        "answered as a whole: the government answered the Concern; ",
    ):
        assert words in done.stdout.replace("\u00a0", " ")
    assert "nothing recorded" not in done.stdout


@pytest.mark.usefixtures("mexico")
def test_at_a_glance_an_allegation_its_replies_and_its_findings_are_one_block(ogpcase: Run) -> None:
    done = ogpcase("findings", "mexico-2018")
    assert (
        "\n\n● The Government of Mexico carried out digital surveillance, and did so unlawfully\n"
        "  reply: answered · finding: recorded · #illegal-surveillance\n"
        "  2018-11-30  explains (Eber Omar Betanzos Torres for Government of Mexico, previous administration): Citizen"
    ) in done.stdout
    assert (
        "\n  reply: answered as a whole · finding: recorded · #others-targeted\n"
        "  2019-05-02  addressed domestically: addressed · relevance, credibility: not known (inferred)\n\nWhat the"
    ) in done.stdout


@pytest.mark.usefixtures("mexico")
def test_the_case_is_told_as_it_stood(ogpcase: Run) -> None:
    """Before the responses nothing is recorded, and the legend says what that means."""
    done = ogpcase("findings", "mexico-2018", "--as-of", "2018-10-01")
    assert "3 allegations: 3 with nothing recorded; findings on none\n" in done.stdout
    assert "  nothing recorded: no reply of the government is recorded, which does not" in done.stdout
    assert "2019" not in done.stdout


@pytest.mark.usefixtures("mexico")
def test_every_format_is_printed(ogpcase: Run) -> None:
    whole = json.loads(ogpcase("findings", "mexico-2018", "--json", "--as-of", "2020-01-01").stdout)
    assert ("findings", "mexico-2018", ["2017"], "2020-01-01", None) == tuple(
        whole[name] for name in ("kind", "case", "policy_versions", "as_of", "known_by")
    )
    row = whole["rows"][1]
    assert ("2018-07-16-concern#partners-targeted", "answered_as_a_whole", "found") == (
        row["reference"], row["reply_state"], row["finding_state"]
    )  # fmt: skip
    line, *_ = csv.DictReader(io.StringIO(ogpcase("findings", "mexico-2018", "--format", "csv").stdout, newline=""))
    assert ("mexico-2018", "2019-05-02-report-review", "unknown") == (
        line["case"], line["finding_event"], line["finding_relevance"]
    )  # fmt: skip
    assert "| Allegation | Evidence | Replies | Findings |\n" in ogpcase(
        "findings", "mexico-2018", "--format", "markdown"
    ).stdout  # fmt: skip


@pytest.mark.usefixtures("mexico")
def test_the_second_clock_hides_what_nobody_outside_could_know(ogpcase: Run) -> None:
    """No record says when the responses became public, so they are only perhaps there."""
    whole = json.loads(ogpcase("findings", "mexico-2018", "--known-by", "2019-04-01", "--json").stdout)
    row = whole["rows"][1]
    assert ("unanswered", "answered_as_a_whole", True) == (
        row["reply_state"], row["perhaps_reply_state"], row["certain"]
    )  # fmt: skip


@pytest.mark.usefixtures("mexico")
def test_the_language_is_the_readers_and_the_rest_is_owned_up_to(ogpcase: Run) -> None:
    done = ogpcase("findings", "mexico-2018", "--lang", "fr", "--as-of", "2026-11-22")
    assert done.stdout.startswith("au 2026-11-22\nSurveillance illégale de la société")
    assert "ce qui n'est pas enregistré en français est montré en anglais" in done.stdout


def test_an_unreadable_record_is_named_and_an_unknown_case_refused(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "arcadia-2023" / "events" / "2023-08-30-letter-broken.yaml").write_text("kind: [\n")
    done = ogpcase("findings", "arcadia-2023")
    assert (1, True) == (done.returncode, "2023-08-30-letter-broken.yaml" in done.stderr)
    assert "1 allegation: 1 reply not known; findings on 1\n" in done.stdout
    assert 1 == ogpcase("findings", "arcadia-2032").returncode
