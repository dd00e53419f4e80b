"""What no source states in words is called inferred by each view that shows it, and a paper names whom it acts for."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
CASE = "arcadia-2023"
ASK, REPORT, END = "2023-02-01-letter-ask", "2024-01-15-report-review", "2024-06-03-resolution"


@pytest.fixture
def inferring(arcadia: Path) -> Path:
    """A case in which a request, a conclusion and the last step are inferred; two papers act for somebody else."""
    for event, lines in {
        ASK: "inferred: ['requests#publish-contracts']\non_behalf_of: [government-of-arcadia]\n",
        REPORT: "inferred: conclusion\n",
        END: "inferred: [moves_to, dated]\non_behalf_of: [open-arcadia]\n",
    }.items():
        file = arcadia / CASE / f"events/{event}.yaml"
        file.write_text(file.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return arcadia


@pytest.mark.usefixtures("inferring")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("timeline", CASE),
            (
                "concludes: addressed domestically (inferred)",
                "closes the case (inferred)",
                "inferred: date",
                "(inferred)",
            ),
        ),
        (
            ("timeline", CASE, "--full"),
            ("inferred: conclusion", "sealed in 2022. (inferred) (due", "inferred: step, date"),
        ),
        (("timeline", CASE, "--format", "markdown"), ("inferred: conclusion", "inferred: step, date")),
        (("timeline", CASE, "--format", "mermaid"), ("inferred conclusion",)),
        (("timeline", CASE, "--format", "csv"), ('"conclusion"', "moves_to; dated")),
        (("timeline", CASE, "--json"), ('"inferred": [\n        "conclusion"\n      ]',)),
        (("status", CASE), ("since 2024-06-03 (inferred: step, date)",)),
        (("status", CASE, "--json"), ('"inferred": true', '"inferred": [\n        "moves_to",')),
        (("list", "--full"), ("since 2024-06-03 (inferred: step, date)",)),
        (("findings", CASE), ("concludes: addressed domestically (inferred)",)),
        (("findings", CASE, "--full"), ("inferred: conclusion",)),
        (("findings", CASE, "--json"), ('"inferred": [',)),
        (("requests", CASE), ("sealed in 2022. (inferred)",)),
        (("requests", CASE, "--full"), ("inferred: requests#publish-contracts",)),
        (("requests", CASE, "--format", "markdown"), ("inferred: requests",)),
        (("requests", CASE, "--format", "csv"), ("requests#publish-contracts",)),
        (("due", "--as-of", "2023-02-10"), ("sealed in 2022. (inferred)",)),
        (("doubts", CASE), ("Facts that are inferred", "2024-01-15-report-review  conclusion")),
        (("doubts", CASE, "--full"), ("no source states it in words",)),
        (("show", f"{CASE}/{REPORT}"), ("conclusion (inferred)  ",)),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_each_view_says_what_is_inferred(ogpcase: Run, words: tuple[str, ...], said: tuple[str, ...]) -> None:
    done = ogpcase(*words)
    assert [] == [each for each in said if each not in done.stdout.replace("\n  │  ", " ")], done.stdout + done.stderr


@pytest.mark.usefixtures("inferring")
@pytest.mark.parametrize(
    "words",
    [
        ("timeline", CASE), ("requests", CASE, "--full"), ("requests", CASE, "--format", "markdown"),
        ("show", "government-of-arcadia"),
    ],
)  # fmt: skip
def test_a_view_says_for_whom_a_paper_acts(ogpcase: Run, words: tuple[str, ...]) -> None:
    assert "Open Arcadia for Government of Arcadia" in ogpcase(*words).stdout


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_difference_says_what_of_a_new_record_is_inferred(ogpcase: Run, inferring: Path, form: str) -> None:
    file = inferring / CASE / f"events/{REPORT}.yaml"
    new = file.read_text(encoding="utf-8")
    file.unlink()

    def git(*words: str) -> None:
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *identity, *words], cwd=inferring.parent, check=True, capture_output=True)

    git("init")
    git("add", "--all")
    git("commit", "-m", "x")
    file.write_text(new, encoding="utf-8")
    assert "inferred: " in ogpcase("diff", "--format", form).stdout
