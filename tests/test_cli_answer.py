"""`ogpcase answer`: an answer joins the event that gives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
ASK = "2023-02-01-letter-ask#publish-contracts"
REPORT = "arcadia-2023/events/2024-01-15-report-review.yaml"


def test_the_answer_stands_at_its_place_in_the_event(arcadia: Path, ogpcase: Run) -> None:
    old = (arcadia / REPORT).read_text(encoding="utf-8")
    words = ("answer", ASK, "partly-met", "--in", "2024-01-15-report-review", "--of", "Government of Arcadia")
    done = ogpcase(*words)
    assert (0, "") == (done.returncode, done.stderr)
    answer = f"answers:\n  - request: {ASK}\n    answer: partly_met\n    of: [government-of-arcadia]\n"
    assert old.replace("sources:\n", answer + "sources:\n") == (arcadia / REPORT).read_text(encoding="utf-8")
    again = ogpcase(*words)
    assert (0, True) == (again.returncode, "nothing was written" in again.stdout)


def test_a_second_answer_stands_behind_the_first(arcadia: Path, ogpcase: Run) -> None:
    report = arcadia / REPORT
    first = f"answers: # of the ministry\n- {{request: {ASK}, answer: none, of: [government-of-arcadia]}} # told\n"
    report.write_text(report.read_text(encoding="utf-8") + first, encoding="utf-8")
    done = ogpcase(
        "answer", f"arcadia-2023/{ASK}", "extended", "--in", "2024-01-15-report-review", "--new-due", "marzo de 2024",
        "--of", "government-of-arcadia",
    )  # fmt: skip
    assert 0 == done.returncode, done.stderr
    second = f"- {{request: {ASK}, answer: extended, of: [government-of-arcadia], new_due: 2024-03}}\n"
    assert report.read_text(encoding="utf-8").endswith(first + second)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((ASK, "meet", "--in", "2024-01-15-report-review"), 2, "did you mean `met`?"),
        (("2023-02-01-letter-ask", "met", "--in", "2024-01-15-report-review"), 1, "names no request"),
        (("2023-02-01-letter-ask#x", "met", "--in", "2024-01-15-report-review"), 1, "error[OC313]"),
        ((ASK, "met", "--in", "arcadia-2023"), 2, "`arcadia-2023` is not an event"),
        ((ASK, "met", "--in", "open-arcadia"), 2, "`open-arcadia` is not an event"),
        ((f"nowhere-2020/{ASK}", "met", "--in", "arcadia-2023/2024-01-15-report-review"), 1, "no case is called"),
    ],
)
def test_what_cannot_be_done_is_said(arcadia: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str) -> None:
    old = (arcadia / REPORT).read_bytes()
    done = ogpcase("answer", *words)
    assert code == done.returncode
    assert said in done.stderr
    assert old == (arcadia / REPORT).read_bytes()


def test_a_dry_run_writes_nothing(arcadia: Path, ogpcase: Run) -> None:
    old = (arcadia / REPORT).read_bytes()
    done = ogpcase(
        "answer", ASK, "met", "--in", "2024-01-15-report-review", "--of", "government-of-arcadia", "--dry-run"
    )
    assert 0 == done.returncode
    assert f"+  - request: {ASK}" in done.stdout
    assert old == (arcadia / REPORT).read_bytes()
