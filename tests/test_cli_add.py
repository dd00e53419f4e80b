"""`ogpcase add`: a list gets more items, and keeps those it has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
LETTER = "arcadia-2023/2023-02-01-letter-ask"
FILE = "arcadia-2023/events/2023-02-01-letter-ask.yaml"
ASK = "2023-02-01-letter-ask#publish-contracts"


def text_of(root: Path, file: str = FILE) -> str:
    return (root / file).read_text(encoding="utf-8")


def test_a_second_request_stands_beside_the_first(arcadia: Path, ogpcase: Run) -> None:
    old = text_of(arcadia)
    done = ogpcase("add", LETTER, "requests", "Publish the list of contracts")
    assert (0, "") == (done.returncode, done.stderr)
    new = "  - id: publish-the-list-of\n    text: Publish the list of contracts\n"
    assert old.replace("sources:\n", f"{new}sources:\n") == text_of(arcadia)
    assert (
        f"wrote   cases/{FILE}\n  +   - id: publish-the-list-of\n  +     text: Publish the list of contracts\n"
        in done.stdout
    )
    assert 0 == ogpcase("validate").returncode


@pytest.mark.parametrize(
    ("field", "values", "written"),
    [
        ("senders", ["Government of Arcadia"], "senders:\n  - open-arcadia\n  - government-of-arcadia\n"),
        ("languages", ["en", "es"], "languages: [en, es]\n"),
        ("requests#publish-contracts.asked_of", ["OPEN ARCADIA"], "asked_of: [government-of-arcadia, open-arcadia]"),
        ("sources", ["{id: press, title: The press}"], "  - id: copy\n    title: Copy of the letter\n  - id: press\n"),
        ("copied", ["ogp-support-unit"], "copied: [ogp-support-unit]\n"),
    ],
)
def test_items_are_taken_as_the_option_of_add_event_takes_them(
    arcadia: Path, ogpcase: Run, field: str, values: list[str], written: str
) -> None:
    done = ogpcase("add", LETTER, field, *values)
    assert written in text_of(arcadia), done.stderr
    before = text_of(arcadia)
    again = ogpcase("add", LETTER, field, *values)
    assert (0, f"cases/{FILE} already says so; nothing was written\n") == (again.returncode, again.stdout)
    assert before == text_of(arcadia)


def test_a_new_address_becomes_a_source_in_a_file_and_a_known_one_is_found(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("add", LETTER, "sources", "https://example.org/page")
    assert (0, "") == (done.returncode, done.stderr)
    assert "url: https://example.org/page\n" == text_of(arcadia, "arcadia-2023/sources/page.yaml")
    assert text_of(arcadia).endswith("    title: Copy of the letter\n  - page\n")
    assert "undo    rm cases/arcadia-2023/sources/page.yaml\n" in done.stdout
    assert 0 == ogpcase("add", "2023-04-10-concern", "sources", "https://example.org/page").returncode
    assert ["page.yaml"] == [path.name for path in (arcadia / "arcadia-2023/sources").iterdir()]


def test_a_made_id_that_is_taken_gets_a_number(arcadia: Path, ogpcase: Run) -> None:
    for ask in ("Publish the list of contracts", "Publish the list of firms"):
        assert 0 == ogpcase("add", LETTER, "requests", ask).returncode
    assert "  - id: publish-the-list-of-2\n    text: Publish the list of firms\n" in text_of(arcadia)


def test_the_comments_of_a_list_stay(arcadia: Path, ogpcase: Run) -> None:
    file = arcadia / FILE
    file.write_text(text_of(arcadia).replace("  - open-arcadia\n", "  - open-arcadia  # as printed\n"), "utf-8")
    assert 0 == ogpcase("add", LETTER, "senders", "unknown").returncode
    assert "  - open-arcadia  # as printed\n  - unknown\n" in text_of(arcadia)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((LETTER, "dated", "2023"), 2, f"`dated` is not a list\n  give it a value: ogpcase set {LETTER} dated 2023"),
        ((LETTER, "requests", "{id: publish-contracts, text: x}"), 1,
         f"already, and it says something else\n  change it: ogpcase set {LETTER} 'requests#publish-contracts.FIELD'"),
        ((LETTER, "senders", "{party: open-arcadia, as_named: OA}"), 1, "`senders` has `open-arcadia` already"),
        ((LETTER, "senders", "nobody at all"), 1, "no party is called `nobody at all`"),
        ((LETTER, "cites", "2023-02-01-letter-asc"), 1, "did you mean `2023-02-01-letter-ask`?"),
        ((f"{LETTER}#nothing", "asked_of", "open-arcadia"), 1, "its items are publish-contracts"),
        (("parties/nobody", "other_names", "x"), 1, "no case, event or party is called `nobody`"),
    ],
)  # fmt: skip
def test_what_cannot_be_added_is_said_and_nothing_is_written(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    before = text_of(arcadia)
    done = ogpcase("add", *words)
    assert (code, before) == (done.returncode, text_of(arcadia))
    assert said in done.stderr


def test_a_dry_run_is_a_diff_of_all_files(arcadia: Path, ogpcase: Run) -> None:
    before = text_of(arcadia)
    done = ogpcase("add", LETTER, "sources", "https://example.org/page", "--dry-run")
    assert ["+  - page", "+url: https://example.org/page"] == [
        line for line in done.stdout.splitlines() if line.startswith("+") and "+++" not in line
    ]
    assert (before, False) == (text_of(arcadia), (arcadia / "arcadia-2023/sources").exists())
