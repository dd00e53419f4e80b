"""A beginning of an id will do, and the only case may be left out, in every command that takes a case or a record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest

Run = Callable[..., CompletedProcess[str]]
ASK = "arcadia-2023/2023-02-01-letter-ask"
LETTER = (
    "--title",
    "A letter",
    "--dated",
    "2023-02-05",
    "--senders",
    "open-arcadia",
    "--source",
    "https://example.org",
)
ONE_CASE = (("timeline",), ("status",), ("findings",))
READING = (*ONE_CASE, ("requests",), ("due",), ("doubts",), ("stats",), ("export", "json"), ("parties",))


@pytest.fixture
def second(arcadia: Path) -> Path:
    """The folder with a second case of the same year and a case of another country."""
    for name in ("arcadia-2023-2", "brockia-2023"):
        copytree(arcadia / "arcadia-2023", arcadia / name)
    return arcadia


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", ONE_CASE, ids=" ".join)
def test_the_only_case_may_be_left_out(ogpcase: Run, words: tuple[str, ...]) -> None:
    done, named = ogpcase(*words), ogpcase(*words, "arcadia-2023")
    assert (named.returncode, named.stdout) == (done.returncode, done.stdout)


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize("words", ONE_CASE, ids=" ".join)
def test_a_case_is_needed_where_there_are_several(ogpcase: Run, words: tuple[str, ...]) -> None:
    done = ogpcase(*words)
    said = (
        "error: the case is missing: there are several here\n  cases here: arcadia-2023, arcadia-2023-2, brockia-2023\n"
    )
    assert (2, said) == (done.returncode, done.stderr)


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize("words", READING, ids=" ".join)
def test_a_beginning_of_a_case_will_do_if_only_one_begins_so(ogpcase: Run, words: tuple[str, ...]) -> None:
    done, named = ogpcase(*words, "bro"), ogpcase(*words, "brockia-2023")
    assert (0, named.stdout) == (done.returncode, done.stdout)
    done = ogpcase(*words, "arc")
    said = "error: several cases begin with `arc`\n  write one of arcadia-2023, arcadia-2023-2\n"
    assert (1, said) == (done.returncode, done.stderr)
    whole = ogpcase(*words, "arcadia-2023")
    assert (0, "arcadia-2023-2" in named.stdout) == (whole.returncode, "arcadia-2023-2" in whole.stdout)
    assert "error: no case is called `ar-2023`\n" in ogpcase(*words, "ar-2023").stderr


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("arc", "arcadia-2023"),
        ("arcadia-2023/2023-02", ASK),
        ("arc/2023-02", ASK),
        ("2023-02", ASK),
        ("2023-02#pub", f"{ASK}#publish-contracts"),
        ("2023-02-01-letter-ask#pub", f"{ASK}#publish-contracts"),
        ("arc/2023-02#publish-contracts", f"{ASK}#publish-contracts"),
        ("government", "government-of-arcadia"),
        ("parties/open-arcadia", "open-arcadia"),
        ("parties/open", "open-arcadia"),
    ],
)
def test_a_beginning_of_a_reference_will_do(ogpcase: Run, typed: str, whole: str) -> None:
    done, named = ogpcase("show", typed), ogpcase("show", whole)
    assert (0, named.stdout) == (done.returncode, done.stdout)


def test_a_beginning_of_a_source_will_do(arcadia: Path, ogpcase: Run) -> None:
    ogpcase("add-source", "arcadia-2023", "minutes", "--title", "Minutes")
    whole = ogpcase("show", "arcadia-2023/sources/minutes").stdout
    assert [whole, whole] == [ogpcase("show", each).stdout for each in ("arc/sources/min", "sources/min")]
    assert 0 == ogpcase("set", "sources/min", "title", "Protocol").returncode
    assert "title: Protocol\n" == (arcadia / "arcadia-2023" / "sources" / "minutes.yaml").read_text()


@pytest.mark.usefixtures("second")
def test_a_word_that_begins_several_ids_lists_them(ogpcase: Run) -> None:
    done = ogpcase("show", "arcadia-2023/2023")
    assert (1, "") == (done.returncode, done.stdout)
    assert (
        "error: several ids begin with `2023`\n  write one of 2023-02-01-letter-ask, 2023-04-10-concern, "
        "2023-05-22-letter-notice\n" == done.stderr
    )
    several = ogpcase("show", "2024-06").stderr
    assert "error: several ids begin with `2024-06`\n  write one of arcadia-2023-2/2024-06-03-resolution, " in several
    assert "error: several ids begin with `o`\n  write one of parties/ogp-criteria" in ogpcase("show", "o").stderr


def test_an_id_that_others_begin_with_is_itself(arcadia: Path, ogpcase: Run) -> None:
    ogpcase("add-event", "letter", *LETTER, "--dated", "2023-02-05")
    ogpcase("add-event", "letter", *LETTER, "--dated", "2023-02-05", "--title", "Another", "--slug", "more")
    assert "A letter\n" == ogpcase("show", "2023-02-05-letter").stdout.splitlines(keepends=True)[1]
    assert 0 == ogpcase("set", "2023-02-05-letter", "summary", "Short").returncode
    events = arcadia / "arcadia-2023" / "events"
    assert ["2023-02-05-letter.yaml"] == [path.name for path in events.iterdir() if "summary" in path.read_text()]


def test_a_beginning_of_an_earlier_id_means_its_record(ogpcase: Run, arcadia: Path) -> None:
    ogpcase("rename", "2023-05-22-letter-notice", "2023-05-22-letter-of-notice")
    whole = ogpcase("show", "arcadia-2023/2023-05-22-letter-of-notice").stdout
    assert [whole] * 2 == [ogpcase("show", word).stdout for word in ("arc/2023-05", "arc/2023-05-22-letter-notice")]
    assert (arcadia / "arcadia-2023" / "events" / "2023-05-22-letter-of-notice.yaml").exists()


def test_the_only_case_may_be_left_out_of_what_is_written(arcadia: Path, ogpcase: Run) -> None:
    done = ogpcase("add-event", "letter", *LETTER)
    assert (0, "") == (done.returncode, done.stderr)
    assert (arcadia / "arcadia-2023" / "events" / "2023-02-05-letter.yaml").exists()
    assert 0 == ogpcase("add-event", "--from", "-", stdin="kind: letter\n" + LETTER_TEXT).returncode
    assert (arcadia / "arcadia-2023" / "events" / "2023-03-letter.yaml").exists()
    assert 0 == ogpcase("add-source", "minutes", "--title", "Minutes").returncode
    assert 0 == ogpcase("add-source", "arc", "--title", "Protocol").returncode
    assert ["example-org", "minutes", "protocol"] == sorted(
        path.stem for path in (arcadia / "arcadia-2023" / "sources").iterdir()
    )
    moves = ogpcase("advance")
    assert (0, ogpcase("advance", "arcadia-2023").stdout) == (moves.returncode, moves.stdout)
    assert "refused: arcadia-2023 is in `closed_" in ogpcase("advance", "under-review", "--dated", "2024").stderr


LETTER_TEXT = "title: A letter\ndated: 2023-03\nsenders: [open-arcadia]\nsources: [{id: s1, title: A page}]\n"


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add-event", "letter", *LETTER), 2, "error: the case is missing: there are several here\n"),
        (("add-event", "bro", "letter", *LETTER), 0, ""),
        (
            ("add-event", "nothing", *LETTER),
            1,
            "error: no case is called `nothing`\n  cases here: arcadia-2023, arcadia-2023-2, brockia-2023\n  kinds: ",
        ),
        (
            ("advance", "nothing"),
            1,
            "error: no case is called `nothing`\n  cases here: arcadia-2023, arcadia-2023-2, brockia-2023\n  stages: `",
        ),
        (("add-event", "arcadi-2023", *LETTER), 1, "error: no case is called `arcadi-2023`\n  did you mean"),
        (("advance", "suspended"), 2, "error: the case is missing: there are several here\n"),
        (("add-source", "minutes", "--title", "Minutes"), 2, "error: the case is missing: there are several here\n"),
        (("add-source", "brokia-2023", "--title", "Minutes"), 1, "error: no case is called `brokia-2023`\n"),
        (("set", "bro/2023-02", "summary", "Short"), 0, ""),
        (
            ("rename", "bro/2023-02", "2023-02-01-letter"),
            1,
            "error: `bro/2023-02` is only the beginning of an id, and a",
        ),
        (("set", "2023-02", "summary", "Short"), 1, "error: several ids begin with `2023-02`\n"),
        (("answer", "bro/2023-02#pub", "met", "--of", "government-of-arcadia", "--in", "2024-06"), 0, ""),
    ],
)
def test_what_is_written_takes_beginnings_too(ogpcase: Run, words: tuple[str, ...], code: int, said: str) -> None:
    done = ogpcase(*words)
    assert (code, done.stderr[: len(said)]) == (done.returncode, said), done.stderr


@pytest.mark.usefixtures("arcadia")
def test_a_word_near_a_kind_or_a_stage_is_taken_for_one(ogpcase: Run) -> None:
    assert "did you mean `letter`?" in ogpcase("add-event", "leter", *LETTER).stderr
    assert "did you mean `under_review`?" in ogpcase("advance", "undr_review").stderr


@pytest.mark.usefixtures("arcadia")
def test_new_ids_are_never_completed(ogpcase: Run) -> None:
    given = ("--title", "T", "--country", "XA", "--subject", "government-of-arcadia",
             "--policy-version", "2017")  # fmt: skip
    assert "cases/arc/case.yaml" in ogpcase("open-case", "arc", *given).stdout
    assert "cases/parties/open.yaml" in ogpcase("add-party", "open", "--name", "O", "--classification", "media").stdout
    assert "cases/parties/open-a.yaml" in ogpcase("rename", "open", "open-a").stdout
