"""`ogpcase remove`: a field, an item, or some items of a list go, unless other records refer to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
LETTER = "2023-02-01-letter-ask"
FILE = f"arcadia-2023/events/{LETTER}.yaml"
LISTED = "languages:\n  - en  # original\n  - es\nsignatory_count: 2\n"


def text_of(root: Path) -> str:
    return (root / FILE).read_text(encoding="utf-8")


def test_a_field_of_an_item_is_taken_out(arcadia: Path, ogpcase: Run) -> None:
    old = text_of(arcadia)
    assert 0 == ogpcase("remove", LETTER, "requests#publish-contracts.due").returncode
    assert old.replace("    due: 2023-03-01\n", "") == text_of(arcadia)
    again = ogpcase("remove", LETTER, "requests#1.due")
    assert (0, True) == (again.returncode, "nothing was written" in again.stdout)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ((LETTER, "languages"), "signatory_count: 2\n"),
        ((LETTER, "languages", "es"), "languages:\n  - en  # original\nsignatory_count: 2\n"),
        ((LETTER, "languages", "es", "en"), "signatory_count: 2\n"),
        ((LETTER, "languages#1"), "languages:\n  - es\nsignatory_count: 2\n"),
        ((LETTER, "signatory_count"), "languages:\n  - en  # original\n  - es\n"),
    ],
)
def test_a_list_or_a_part_of_it_is_taken_out(arcadia: Path, ogpcase: Run, words: tuple[str, ...], left: str) -> None:
    old = text_of(arcadia)
    (arcadia / FILE).write_text(old + LISTED, "utf-8")
    done = ogpcase("remove", *words)
    assert (0, "") == (done.returncode, done.stderr)
    assert old + left == text_of(arcadia)


@pytest.mark.parametrize(
    "words",
    [
        (f"arcadia-2023/{LETTER}#publish-contracts",),
        (LETTER, "requests#publish-contracts"),
        (LETTER, "requests", "publish-contracts"),
        (LETTER, "requests", "2023-03-01"),
        (LETTER, "requests"),
    ],
)
def test_an_item_is_taken_out_by_its_id_its_number_or_what_it_says(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...]
) -> None:
    done = ogpcase("remove", *words)
    assert (0, "") == (done.returncode, done.stderr)
    assert "publish-contracts" not in text_of(arcadia)
    assert "  -   - id: publish-contracts\n" in done.stdout
    assert 0 == ogpcase("validate").returncode


def test_a_party_of_a_list_is_named_by_any_name(arcadia: Path, ogpcase: Run) -> None:
    assert 0 == ogpcase("add", LETTER, "senders", "unknown").returncode
    assert 0 == ogpcase("remove", LETTER, "senders", "OPEN ARCADIA").returncode
    assert "senders:\n  - unknown\n" in text_of(arcadia)


@pytest.mark.parametrize("reference", ["2023-04-10-concern#sealed-contracts", "2023-04-10-concern allegations"])
def test_an_item_that_others_refer_to_stays_and_they_are_listed(arcadia: Path, ogpcase: Run, reference: str) -> None:
    before = (arcadia / "arcadia-2023/events/2023-04-10-concern.yaml").read_bytes()
    done = ogpcase("remove", *reference.split())
    assert 1 == done.returncode
    assert (
        "refused: other records name `arcadia-2023/2023-04-10-concern#sealed-contracts` in 1 place; "
        "nothing was written\n"
        "  cases/arcadia-2023/events/2024-01-15-report-review.yaml:9: findings#1.about\n"
        "  change each first, as with: ogpcase edit arcadia-2023/2024-01-15-report-review\n"
    ) == done.stderr
    assert before == (arcadia / "arcadia-2023/events/2023-04-10-concern.yaml").read_bytes()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((LETTER,), 2, "name what to take out"),
        ((LETTER, "title"), 1, "refused: this change would bring 1 error"),
        ((LETTER, "senders", "Government of Arcadia"), 1, "has no `Government of Arcadia`\n  it has: open-arcadia"),
        ((LETTER, "languages", "en"), 1, "`languages` has no `en`\n  it is empty"),
        ((LETTER, "titel"), 1, "did you mean `title`?"),
        ((f"{LETTER}#nothing",), 1, f"arcadia-2023/{LETTER} has no item `nothing`\n  its items are publish-contracts"),
    ],
)
def test_what_cannot_be_taken_out_is_said(
    arcadia: Path, ogpcase: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    before = text_of(arcadia)
    done = ogpcase("remove", *words)
    assert (code, before) == (done.returncode, text_of(arcadia))
    assert said in done.stderr


@pytest.mark.usefixtures("arcadia")
def test_a_word_that_several_items_have_is_asked_about(ogpcase: Run) -> None:
    assert 0 == ogpcase("add", LETTER, "requests", "{id: list, text: A list, due: 2023-03-01}").returncode
    done = ogpcase("remove", LETTER, "requests", "2023-03-01")
    assert (1, "  write which one: requests#1 or requests#2") == (done.returncode, done.stderr.splitlines()[1])


def test_the_last_item_takes_its_field_with_it(arcadia: Path, ogpcase: Run) -> None:
    letter = arcadia / "arcadia-2023/events/2023-02-01-letter-ask.yaml"
    for words in (("2023-02-01-letter-ask#publish-contracts",), ("2023-02-01-letter-ask", "sources#copy")):
        assert 0 == ogpcase("remove", *words).returncode
    assert not {"requests:", "sources:"} & set(letter.read_text("utf-8").split())
