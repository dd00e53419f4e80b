"""`ogpcase open-case`: a header, and nothing over one that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
GIVEN = ("--title", "Closed archives", "--country", "XA", "--policy-version", "2017",
         "--subject", "Government of Arcadia")  # fmt: skip


def test_the_header_is_written_and_the_case_stands_before_filing(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("open-case", "arcadia-2025", *GIVEN)
    assert (0, "") == (done.returncode, done.stderr)
    assert (
        "wrote   cases/arcadia-2025/case.yaml\nstage   not_filed\n"
        "undo    rm cases/arcadia-2025/case.yaml\n" == done.stdout
    )
    assert (
        'title: Closed archives\ntrack: response_policy\npolicy_version: "2017"\nsubject: government-of-arcadia\n'
        "country: XA\nlanguage: en\n"
    ) == (arcadia / "arcadia-2025" / "case.yaml").read_text()
    assert 0 == ogpcase("timeline", "arcadia-2025").returncode


def test_a_title_has_several_languages_and_a_case_its_relations(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("open-case", "arcadia-2025", *GIVEN[2:], "--title", "{en: Archives, eo: Arkivoj}",
                   "--language", "eo", "--track", "rapid_response", "--policy-version", "2020",
                   "--related", "{case: arcadia-2023, relation: earlier_case}")  # fmt: skip
    assert 0 == done.returncode, done.stderr
    text = (arcadia / "arcadia-2025" / "case.yaml").read_text()
    assert text.startswith("title:\n  en: Archives\n  eo: Arkivoj\ntrack: rapid_response\n")
    assert text.endswith("language: eo\nrelated:\n  - case: arcadia-2023\n    relation: earlier_case\n")


def test_a_dry_run_prints_the_header_and_writes_nothing(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("open-case", "arcadia-2025", *GIVEN, "--dry-run")
    assert (0, True) == (done.returncode, done.stdout.startswith("title: Closed archives\n"))
    assert not (arcadia / "arcadia-2025").exists()


def test_its_subject_may_be_new(arcadia: Path, ogpcase: Run) -> None:
    party = "{name: Government of Utopia, classification: government, country: XU}"
    done = ogpcase("open-case", "utopia-2025", "--title", "T", "--country", "XU", "--policy-version", "2017",
                   "--subject", "government of utopia", "--new-party", party)  # fmt: skip
    assert 0 == done.returncode, done.stderr
    assert "subject: government-of-utopia\n" in (arcadia / "utopia-2025" / "case.yaml").read_text()
    assert (arcadia / "parties" / "government-of-utopia.yaml").is_file()


def test_a_country_that_looks_like_a_no_is_quoted(arcadia: Path, ogpcase: Run) -> None:
    options = ["NO" if each == "XA" else each for each in GIVEN]
    assert 0 == ogpcase("open-case", "norway-2025", *options).returncode
    assert 'country: "NO"\n' in (arcadia / "norway-2025" / "case.yaml").read_text()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("arcadia-2023", *GIVEN),
            1,
            "error: a case `arcadia-2023` already exists\n  a second case of that year is `arca",
        ),
        (("parties", *GIVEN), 2, "error: `parties` cannot be a case's id: it is the folder of the parties\n"),
        (("Arcadia 2025", *GIVEN), 2, "error: `Arcadia 2025` cannot be a case's id\n"),
        (("arcadia-2025", *GIVEN[:4]), 2, "error: missing: --subject\n"),
        (("arcadia-2025",), 2, "error: missing: --title, --subject, --country\n"),
        (("arcadia-2025", *GIVEN[:6], "--subject", "Arcady"), 1, "error: no party is called `Arcady`\n"),
        (("arcadia-2025", *GIVEN, "--track", "rapid"), 1, "error[OC203]: `rapid` is not one of the values of `track`"),
        (("arcadia-2025", *GIVEN, "--country", "Arcadia"), 1, "refused: the new record would bring 1 error"),
    ],
)
def test_what_does_not_fit_is_refused(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    header = (arcadia / "arcadia-2023" / "case.yaml").read_bytes()
    done = ogpcase("open-case", *words)
    assert (code, "") == (done.returncode, done.stdout)
    assert said in done.stderr
    assert ["arcadia-2023", "parties"] == sorted(path.name for path in arcadia.iterdir())
    assert header == (arcadia / "arcadia-2023" / "case.yaml").read_bytes()
