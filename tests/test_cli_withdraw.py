"""`ogpcase withdraw`: a record is taken back or deleted, unless others refer to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from ogpcase.cli.options import today

Run = Callable[..., CompletedProcess[str]]
END = "arcadia-2023/2024-06-03-resolution"
FILE = "arcadia-2023/events/2024-06-03-resolution.yaml"


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_a_withdrawn_event_stays_as_a_file_with_the_day_and_the_reason(arcadia: Path, ogpcase: Run) -> None:
    before = snapshot(arcadia)
    done = ogpcase("withdraw", END, "--because", "It was of another case")
    assert (0, "") == (done.returncode, done.stderr)
    new = f'withdrawn:\n  "on": {today()}\n  because: It was of another case\n'.encode()
    assert {**before, FILE: before[FILE] + new} == snapshot(arcadia)
    assert "stage   closed_addressed_domestically -> report_adopted\n" in done.stdout.replace("→", "->")
    assert "note    the reason is public: a public copy shows it\n" in done.stdout
    assert "withdrawn on" in ogpcase("show", END).stdout
    again = ogpcase("withdraw", END, "--because", "Once more")
    assert (1, f"error: `{END}` is withdrawn already") == (again.returncode, again.stderr.splitlines()[0])
    assert 0 == ogpcase("remove", END, "withdrawn").returncode
    assert before == snapshot(arcadia)


def test_a_reason_has_several_languages(arcadia: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("withdraw", END, "--because", "{en: A mistake}", "--dry-run").returncode
    done = ogpcase("withdraw", END, "--because", "{en: A mistake}")
    assert 0 == done.returncode, done.stderr
    assert "  because:\n    en: A mistake\n" in (arcadia / FILE).read_text("utf-8")


@pytest.mark.parametrize("how", [("--because", "Twice"), ("--delete",)])
def test_a_record_that_others_name_stays_and_they_are_listed(arcadia: Path, ogpcase: Run, how: tuple[str, ...]) -> None:
    before = snapshot(arcadia)
    done = ogpcase("withdraw", "arcadia-2023/2023-02-01-letter-ask", *how)
    assert (1, before) == (done.returncode, snapshot(arcadia))
    assert (
        "refused: other records name `arcadia-2023/2023-02-01-letter-ask` in 1 place; nothing was written\n"
        "  cases/arcadia-2023/events/2023-04-10-concern.yaml:13: prior_steps#1\n"
        "  change each first, as with: ogpcase edit arcadia-2023/2023-04-10-concern\n"
    ) == done.stderr


def test_another_case_that_names_it_counts_and_a_withdrawn_record_does_not(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "other-2024/events").mkdir(parents=True)
    header = (arcadia / "arcadia-2023/case.yaml").read_text("utf-8")
    (arcadia / "other-2024/case.yaml").write_text(header, "utf-8")
    letter = arcadia / "other-2024/events/2024-07-01-letter.yaml"
    text = "kind: letter\ntitle: T\ndated: 2024-07-01\nsenders: [open-arcadia]\nsources: [{id: a, title: A}]\n"
    letter.write_text(f"{text}cites: [{END}#a]\n", "utf-8")
    done = ogpcase("withdraw", END, "--delete")
    assert "  cases/other-2024/events/2024-07-01-letter.yaml:6: cites#1\n" in done.stderr
    letter.write_text(f"{text}cites: [{END}]\nwithdrawn: {{'on': 2024-07-02, because: Why}}\n", "utf-8")
    assert 0 == ogpcase("withdraw", END, "--delete").returncode


def test_a_deleted_event_is_gone_with_the_copy_that_only_it_names(arcadia: Path, ogpcase: Run) -> None:
    Path("a.txt").write_text("a\n", "utf-8")
    Path("b.txt").write_text("b\n", "utf-8")
    letter = "arcadia-2023/2024-07-01-letter"
    sound = ("--title", "T", "--dated", "2024-07-01", "--senders", "open-arcadia")
    assert 0 == ogpcase("add-event", "arcadia-2023", "letter", *sound, "--source-file", "a.txt").returncode
    before = snapshot(arcadia)
    assert 0 == ogpcase("add-source", "arcadia-2023", "b", "--source-file", "b.txt").returncode
    done = ogpcase("withdraw", "arcadia-2023/sources/b", "--delete")
    assert (0, "") == (done.returncode, done.stderr)
    assert "deleted cases/arcadia-2023/sources/b.yaml\n" in done.stdout
    assert "deleted cases/arcadia-2023/sources/b.txt\n" in done.stdout
    assert before == snapshot(arcadia)
    refused = ogpcase("withdraw", "arcadia-2023/sources/a", "--delete")
    assert "cases/arcadia-2023/events/2024-07-01-letter.yaml:5: sources#1\n" in refused.stderr
    done = ogpcase("withdraw", letter, "--delete")
    assert 0 == done.returncode
    assert "warning[OC513]" in done.stderr
    assert "next    " not in done.stdout


def test_the_whole_text_of_what_git_does_not_have_is_printed(arcadia: Path, ogpcase: Run) -> None:
    text = (arcadia / FILE).read_text("utf-8")
    done = ogpcase("withdraw", END, "--delete")
    assert [f"  - {line}" for line in text.splitlines()] == [
        line for line in done.stdout.splitlines() if line.startswith("  -")
    ]


def test_an_empty_case_and_an_unused_party_can_be_deleted(arcadia: Path, ogpcase: Run) -> None:
    before = snapshot(arcadia)
    given = ("--title", "T", "--subject", "government-of-arcadia", "--policy-version", "2017", "--country", "XA")
    assert 0 == ogpcase("open-case", "arcadia-2025", *given).returncode
    (arcadia / "arcadia-2025/events").mkdir()
    assert 0 == ogpcase("withdraw", "arcadia-2025", "--delete").returncode
    assert not (arcadia / "arcadia-2025").exists()
    assert 0 == ogpcase("add-party", "press", "--name", "Press", "--classification", "media").returncode
    assert 0 == ogpcase("withdraw", "parties/press", "--delete").returncode
    assert before == snapshot(arcadia)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((END,), 2, "give --because TEXT, or --delete"),
        ((END, "--because", "x", "--delete"), 2, "give --because TEXT, or --delete"),
        (("open-arcadia", "--delete"), 1, "other records name `parties/open-arcadia` in 2 places"),
        (("ogp-support-unit", "--because", "x"), 2, "is no event, and cannot stay as withdrawn"),
        (("arcadia-2023", "--delete"), 1, "`arcadia-2023` has events or sources, and only an empty case"),
        ((f"{END}#a", "--delete"), 1, f"{END} has no item `a`"),
        (("2023-02-01-letter-ask#publish-contracts", "--delete"), 2, "is an item of a record"),
        (("2024-06-04", "--delete"), 1, "no case, event or party is called"),
    ],
)
def test_what_cannot_be_taken_back_is_said(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    before = snapshot(arcadia)
    done = ogpcase("withdraw", *words)
    assert (code, before) == (done.returncode, snapshot(arcadia))
    assert said in done.stderr


def test_a_record_that_cannot_be_read_and_may_name_it_stands_in_the_way(arcadia: Path, ogpcase: Run) -> None:
    broken = arcadia / "arcadia-2023/events/2023-05-22-letter-notice.yaml"
    broken.write_text("cites: [2024-06-03-resolution\n", "utf-8")
    done = ogpcase("withdraw", END, "--delete")
    assert (1, True) == (done.returncode, (arcadia / FILE).exists())
    assert "may name it, but cannot be read" in done.stderr


def test_a_dry_run_deletes_nothing(arcadia: Path, ogpcase: Run) -> None:
    before = snapshot(arcadia)
    done = ogpcase("withdraw", END, "--delete", "--dry-run")
    assert f"delete cases/{FILE}\n" == done.stdout
    assert before == snapshot(arcadia)
