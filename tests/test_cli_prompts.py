"""Questions at a real terminal: wrong answers are corrected on the spot, and leaving early writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pexpect
import pytest

Terminal = Callable[..., "pexpect.spawn[str]"]
ASK = ("add-event", "arcadia-2023", "letter")


def events(folder: Path) -> list[str]:
    return sorted(path.stem for path in (folder / "arcadia-2023" / "events").iterdir())


def answer(child: pexpect.spawn[str], *pairs: tuple[str, str]) -> None:
    for question, reply in pairs:
        child.expect_exact(question)
        child.sendline(reply)


def finished(child: pexpect.spawn[str]) -> tuple[int | None, str]:
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, str(child.before)


def test_a_letter_is_asked_for_field_by_field_and_corrected(arcadia: Path, terminal: Terminal) -> None:
    child = terminal(*ASK)
    answer(
        child,
        ("title: ", ""),
        ("this is needed", ""),
        ("title: ", "A plea"),
        ("dated", "30 February 2023"),
        ("not a date: day 30 does not exist", "5/2/2023"),
        ("; write 2023-02-05 or 2023-05-02", "5 de febrero de 2023"),
        ("senders", "Open Arcadie"),
        ("did you mean open-arcadia?", "open arcadia"),
        ("senders", ""),
        ("addressees", "zzzzzz"),
        ("no party has this name; --new-party adds one", "government of arcadia"),
        ("addressees", ""),
        ("summary", "What it says"),
        ("source", "https://example.org/plea"),
    )
    code, said = finished(child)
    assert 0 == code, said
    assert "wrote   cases/arcadia-2023/events/2023-02-05-letter.yaml" in said
    assert (
        "kind: letter\ntitle: A plea\nsummary: What it says\ndated: 2023-02-05\nsenders: [open-arcadia]\n"
        "addressees: [government-of-arcadia]\nsources: [plea]\n"
    ) == (arcadia / "arcadia-2023" / "events" / "2023-02-05-letter.yaml").read_text()


def test_only_what_is_missing_is_asked(arcadia: Path, terminal: Terminal) -> None:
    child = terminal(*ASK, "--title", "T", "--senders", "open-arcadia", "--source", "https://example.org")
    child.expect_exact("dated")
    assert "title" not in str(child.before)
    child.sendline("2023-03")
    answer(child, ("addressees", ""), ("summary", ""))
    code, said = finished(child)
    assert (0, False) == (code, "senders" in said)
    assert "2023-03-letter" in events(arcadia)


def test_names_complete_with_tab(arcadia: Path, terminal: Terminal) -> None:
    child = terminal(*ASK, "--title", "T", "--dated", "2023-03", "--source", "https://example.org", "--dry-run")
    assert "2023-03-letter" not in events(arcadia)
    code, said = finished(child)
    assert (0, True) == (code, "title: T" in said)
    asked = terminal(*ASK, "--title", "T", "--source", "https://example.org", "--dry-run")
    answer(asked, ("dated", "2023-03"))
    asked.expect_exact("senders")
    asked.send("Government of A\t\n")
    answer(asked, ("government-of-arcadia", ""), ("addressees", ""), ("summary", ""))
    code, said = finished(asked)
    assert (0, True) == (code, "senders: [government-of-arcadia]" in said)


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["ctrl-c", "ctrl-d"])
def test_leaving_early_writes_nothing(arcadia: Path, terminal: Terminal, key: str) -> None:
    before = events(arcadia)
    paper = arcadia.parent / "paper.txt"
    paper.write_text("a paper")
    child = terminal(*ASK, "--source-file", paper)
    answer(child, ("title: ", "A plea"))
    child.expect_exact("dated")
    child.send(key)
    code, said = finished(child)
    assert (130, before) == (code, events(arcadia))
    assert "interrupted; nothing was written" in said
    assert "Traceback" not in said
    assert not (arcadia / "arcadia-2023" / "sources").exists()


def test_advance_asks_for_the_date_and_title_it_will_not_guess(arcadia: Path, terminal: Terminal) -> None:
    for name in ("2023-05-22-letter-notice", "2024-01-15-report-review", "2024-06-03-resolution"):
        (arcadia / "arcadia-2023" / "events" / f"{name}.yaml").unlink()
    child = terminal("advance", "arcadia-2023", "under_review", "--source", "https://example.org")
    answer(child, ("kind of paper (letter, statement): ", "lettre"), ("not one of letter, statement", "letter"),
           ("title: ", "Notice"), ("dated", "2023-05-22"), ("addressees", "government-of-arcadia"),
           ("addressees", ""), ("summary", ""))  # fmt: skip
    code, said = finished(child)
    assert 0 == code, said
    assert "stage   initial_review → under_review" in said
