"""`ogpcase rename`: a record and every reference to it, in all files or in none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def with_name(files: dict[str, bytes], old: str, new: str) -> dict[str, bytes]:
    """The files as they are with one word for another, in names and texts; the word is nowhere meant otherwise."""
    return {
        name.replace(old, new): text.replace(old.encode(), new.encode())
        if name.endswith(".yaml")
        else text
        for name, text in files.items()
    }  # fmt: skip


def with_alias(files: dict[str, bytes], event: str, alias: str) -> dict[str, bytes]:
    """The files with an old id in an event's, if that is one."""
    return {
        name: text + f"aliases: [{alias}]\n".encode() if name.endswith(f"/events/{event}.yaml") else text
        for name, text in files.items()
    }


@pytest.mark.parametrize(
    ("reference", "old", "new"),
    [
        ("2018-07-16-concern", "2018-07-16-concern", "2018-07-16-concern-of-ten"),
        ("mexico-2018/2017-02-16-letter-core-group", "2017-02-16-letter-core-group", "2017-02-16-letter-first"),
        ("mexico-2018", "mexico-2018", "mexico-2018-2"),
        ("SocialTIC", "social-tic", "socialtic"),
        ("government-of-mexico", "government-of-mexico", "mexico"),
        ("stt-mexico", "stt-mexico", "secretariado-tecnico"),
    ],
)
def test_a_record_and_all_references_change_and_nothing_else(
    mexico: Path, ogpcase: Run, reference: str, old: str, new: str
) -> None:
    """There and back again gives the very same bytes; but an event keeps the ids that it had."""
    before = snapshot(mexico)
    verdict = ogpcase("validate").returncode
    done = ogpcase("rename", reference, new)
    assert (0, "") == (done.returncode, done.stderr)
    if old.startswith(("20", "mexico-2018")):  # a party's id may stand in words that only look like it
        assert with_alias(with_name(before, old, new), new, old) == snapshot(mexico)
    assert verdict == ogpcase("validate").returncode
    assert 0 == ogpcase("rename", new, old).returncode
    assert with_alias(before, old, new) == snapshot(mexico)


def test_references_from_another_case_and_to_items_change_too(arcadia: Path, ogpcase: Run) -> None:
    other = arcadia / "borduria-2024"
    (other / "events").mkdir(parents=True)
    header = (arcadia / "arcadia-2023/case.yaml").read_text(encoding="utf-8")
    related = "related: # both\n- {case: arcadia-2023, relation: precedent}\n"
    (other / "case.yaml").write_text(header + related, encoding="utf-8")
    letter = (
        "kind: letter\ntitle: T\ndated: 2024-02\nsenders: [{party: 'open-arcadia', as_named: OA}]  # the same\n"
        "signed_by:\n- {name: A, for: open-arcadia}\n"
        "also_stated:\n- {field: addressees, value: [open-arcadia, unknown], source: s1}\n"
        "requests:\n- id: a\n  text: open-arcadia\n"
        "  within: {days: 3, after: arcadia-2023/2023-02-01-letter-ask#publish-contracts}\n"
        "sources: [{id: s1, title: arcadia-2023}]\n"
    )
    file = other / "events/2024-02-letter.yaml"
    file.write_text(letter, encoding="utf-8")
    assert 0 == ogpcase("rename", "arcadia-2023/2023-02-01-letter-ask", "2023-02-01-letter-x").returncode
    letter = letter.replace("letter-ask#", "letter-x#")
    assert letter == file.read_text(encoding="utf-8")
    assert 0 == ogpcase("rename", "arcadia-2023", "arcadia-2023-2").returncode
    letter = letter.replace("after: arcadia-2023/", "after: arcadia-2023-2/")
    assert letter == file.read_text(encoding="utf-8")
    assert header + related.replace("2023", "2023-2") == (other / "case.yaml").read_text(encoding="utf-8")
    assert 0 == ogpcase("rename", "open-arcadia", "oa").returncode
    letter = letter.replace("'open-arcadia'", "'oa'").replace("for: open-arcadia", "for: oa")
    letter = letter.replace("value: [open-arcadia", "value: [oa")
    assert letter == file.read_text(encoding="utf-8")


def test_a_dry_run_shows_the_move_and_the_changes(arcadia: Path, ogpcase: Run) -> None:
    before = snapshot(arcadia)
    done = ogpcase("rename", "2023-02-01-letter-ask", "2023-02-01-letter-first", "--dry-run")
    assert (0, "") == (done.returncode, done.stderr)
    first = done.stdout.splitlines()[0]
    folder = "cases/arcadia-2023/events"
    assert f"rename {folder}/2023-02-01-letter-ask.yaml to {folder}/2023-02-01-letter-first.yaml" == first
    assert "+  - 2023-02-01-letter-first" in done.stdout
    assert before == snapshot(arcadia)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2023-02-01-letter-ask", "2023-02-02-letter-ask"), "error[OC212]"),
        (("2023-02-01-letter-ask", "2023-04-10-concern"), "`2023-04-10-concern` is taken"),
        (("2023-02-01-letter-ask", "2023-02-01-letter-ask"), "its id is already `2023-02-01-letter-ask`"),
        (("open-arcadia", "Open Arcadia"), "cannot be an id"),
        (("open-arcadia", "../x"), "cannot be an id"),
        (("arcadia-2023", "parties"), "cannot be a case's id"),
        (("nobody", "somebody"), "no case, event or party is called `nobody`"),
    ],
)
def test_what_cannot_be_done_is_said(arcadia: Path, ogpcase: Run, words: tuple[str, ...], said: str) -> None:
    before = snapshot(arcadia)
    done = ogpcase("rename", *words)
    assert 1 == done.returncode
    assert said in done.stderr
    assert before == snapshot(arcadia)


def test_a_file_that_may_name_it_and_cannot_be_read_stands_in_the_way(arcadia: Path, ogpcase: Run) -> None:
    broken = arcadia / "arcadia-2023/events/2023-05-22-letter-notice.yaml"
    broken.write_text("cites: [2023-02-01-letter-ask\n", encoding="utf-8")
    done = ogpcase("rename", "arcadia-2023/2023-02-01-letter-ask", "2023-02-01-letter-first")
    assert 1 == done.returncode
    assert "may name it, but cannot be read" in done.stderr


def test_a_name_that_stands_for_a_list_of_one_is_renamed_too(ogpcase: Run, arcadia: Path) -> None:
    letter = arcadia / "arcadia-2023/events/2023-02-01-letter-ask.yaml"
    text = letter.read_text(encoding="utf-8")
    letter.write_text(text.replace("senders:\n  - open-arcadia\n", "senders: open-arcadia\n"), encoding="utf-8")
    assert "senders: open-arcadia\n" in letter.read_text(encoding="utf-8")
    assert 0 == ogpcase("validate").returncode
    assert 0 == ogpcase("rename", "open-arcadia", "arcadia-open").returncode
    assert "senders: arcadia-open\n" in letter.read_text(encoding="utf-8")
    assert 0 == ogpcase("validate").returncode
