"""`ogpcase withdraw`: a record is taken back or deleted, unless others refer to it."""

from __future__ import annotations

import os
import subprocess
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


def git(folder: Path, *words: str) -> None:
    identity = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {"PATH": os.environ["PATH"], "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull, **identity}
    subprocess.run(["git", *words], cwd=folder, env=env, check=True, capture_output=True)


SOURCE = "arcadia-2023/sources/scan"
COPY = "arcadia-2023/sources/paper.txt"


@pytest.fixture
def copied(arcadia: Path, ogpcase: Run) -> Path:
    """The small case with a source that has a kept copy, which no event names."""
    Path("paper.txt").write_text("words\n", "utf-8")
    assert 0 == ogpcase("add-source", "arcadia-2023", "scan", "--source-file", "paper.txt").returncode
    return arcadia


def test_a_copy_that_git_brings_back_goes_with_its_only_source(copied: Path, ogpcase: Run) -> None:
    git(copied.parent, "init", "-q")
    git(copied.parent, "add", "-A")
    done = ogpcase("withdraw", SOURCE, "--delete")
    assert (0, "") == (done.returncode, done.stderr)
    assert f"deleted cases/{SOURCE}.yaml\n" in done.stdout
    assert f"deleted cases/{COPY}\n" in done.stdout
    assert [] == [*(copied / "arcadia-2023/sources").glob("*")]
    git(copied.parent, "restore", f"cases/{COPY}")
    assert "words\n" == (copied / COPY).read_text("utf-8")


@pytest.mark.parametrize("changed", [False, True], ids=["never in git", "changed since"])
def test_a_copy_that_git_cannot_bring_back_stays(copied: Path, ogpcase: Run, *, changed: bool) -> None:
    if changed:
        git(copied.parent, "init", "-q")
        git(copied.parent, "add", "-A")
        (copied / COPY).write_text("other words\n", "utf-8")
    done = ogpcase("withdraw", SOURCE, "--delete")
    assert 0 == done.returncode
    assert f"kept    cases/{COPY} (git could not bring it back)\n" in done.stdout
    assert (False, True) == ((copied / f"{SOURCE}.yaml").exists(), (copied / COPY).exists())


@pytest.mark.parametrize(
    "text",
    [
        (
            "kind: letter\ntitle: T\ndated: 2024-07-01\nsenders: [open-arcadia]\n"
            "sources: [{id: s1, file: sources/paper.txt}]\nwithdrawn: {'on': 2024-07-02, because: A mistake}\n"
        ),
        "kind: letter\nsources: [{id: s1, file: sources/paper.txt}\n",
    ],
    ids=["withdrawn", "not readable"],
)
def test_a_copy_that_any_text_of_the_case_names_stays(copied: Path, ogpcase: Run, text: str) -> None:
    event = copied / "arcadia-2023/events/2024-07-01-letter.yaml"
    event.write_text(text, "utf-8")
    git(copied.parent, "init", "-q")
    git(copied.parent, "add", "-A")
    done = ogpcase("withdraw", SOURCE, "--delete")
    assert 0 == done.returncode, done.stderr
    assert f"kept    cases/{COPY} (`cases/arcadia-2023/events/{event.name}` may name it)\n" in done.stdout
    assert (copied / COPY).exists()


@pytest.mark.usefixtures("arcadia")
def test_a_source_that_an_event_names_is_not_deleted(ogpcase: Run) -> None:
    Path("a.txt").write_text("a\n", "utf-8")
    sound = ("--title", "T", "--dated", "2024-07-01", "--senders", "open-arcadia")
    assert 0 == ogpcase("add-event", "arcadia-2023", "letter", *sound, "--source-file", "a.txt").returncode
    refused = ogpcase("withdraw", "arcadia-2023/sources/a", "--delete")
    assert "cases/arcadia-2023/events/2024-07-01-letter.yaml:5: sources#1\n" in refused.stderr
    done = ogpcase("withdraw", "arcadia-2023/2024-07-01-letter", "--delete")
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


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (("withdraw", "arcadia-2023/2024-07-01-letter", "--delete"), None, "2024-07-01-letter-2"),
        (("withdraw", "2024-07-01-letter", "--delete"), None, "arcadia-2023/2024-07-01-letter-2"),
        (("withdraw", "sources/pa", "--delete"), None, "arcadia-2023/sources/pa-2"),
        (("withdraw", "parties/pa", "--delete"), None, "parties/pa-2"),
        (("withdraw", "pa", "--delete"), None, "pa-2"),
        (("withdraw", "parties/r3d", "--delete"), None, "parties/zzz"),
        (("withdraw", "r3d", "--delete"), None, "parties/zzz"),
        (("merge-parties", "pa", "open-arcadia"), None, "pa-2"),
        (("remove", "2024-07-01-letter#tell"), None, "tell-more"),
        (("rename", "parties/pa", "press"), ("rename", "parties/pa", "presse"), "pa-2"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_what_takes_away_takes_nothing_else_when_it_is_run_again(
    arcadia: Path, ogpcase: Run, first: tuple[str, ...], second: tuple[str, ...] | None, said: str
) -> None:
    for name in ("pa", "pa-2"):
        text = f"name: The {name}\nclassification: civil_society\n"
        (arcadia / f"parties/{name}.yaml").write_text(text, "utf-8")
        source = arcadia / f"arcadia-2023/sources/{name}.yaml"
        source.parent.mkdir(exist_ok=True)
        source.write_text("title: A page\n", "utf-8")
    for name, other in (("r3d", "R3D office"), ("zzz", "r3d")):
        text = f"name: The {name}\nother_names: [{other}]\nclassification: media\n"
        (arcadia / f"parties/{name}.yaml").write_text(text, "utf-8")
    asks = "requests: [{id: tell, asked_of: [public], text: A}, {id: tell-more, asked_of: [public], text: B}]\n"
    for name in ("", "-2"):
        event = arcadia / f"arcadia-2023/events/2024-07-01-letter{name}.yaml"
        letter = f"kind: letter\ntitle: T{name}\ndated: 2024-07-01\nsenders: [open-arcadia]\n{asks}"
        event.write_text(f"{letter}sources: [{{id: a, title: A}}]\n", "utf-8")
    assert 0 == ogpcase(*first).returncode
    before = snapshot(arcadia)
    done = ogpcase(*(second or first))
    assert (1, before) == (done.returncode, snapshot(arcadia))
    assert said in done.stderr


def test_an_unreadable_party_is_the_one_with_its_id(arcadia: Path, ogpcase: Run) -> None:
    """Another party that has the id among its names is neither changed nor named in its place."""
    for name, text in (("r3d", "name: [\n"), ("zzz", "name: Z\nother_names: [r3d]\nclassification: media\n")):
        (arcadia / f"parties/{name}.yaml").write_text(text, "utf-8")
    before = snapshot(arcadia)
    for reference in ("parties/r3d", "r3d"):
        for words in (("set", reference, "country", "XA"), ("withdraw", reference, "--delete")):
            done = ogpcase(*words)
            assert (1, before) == (done.returncode, snapshot(arcadia))
            assert "`cases/parties/r3d.yaml` cannot be read as a record" in done.stderr
    ogpcase("add-event", "arcadia-2023", "letter", "--title", "T", "--dated", "2024-07-01", "--senders", "r3d")
    assert b"senders: [r3d]" in snapshot(arcadia)["arcadia-2023/events/2024-07-01-letter.yaml"]
