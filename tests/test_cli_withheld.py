"""What is withheld is printed by no command, in no format, in no message; on a terminal `--withheld` shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

Run = Callable[..., CompletedProcess[str]]
Terminal = Callable[..., "pexpect.spawn[str]"]
EVENTS = Path("arcadia-2023", "events")
LETTER = EVENTS / "2023-02-01-letter-ask.yaml"
CONCERN = EVENTS / "2023-04-10-concern.yaml"
REPORT = EVENTS / "2024-01-15-report-review.yaml"
RESOLUTION = EVENTS / "2024-06-03-resolution.yaml"
EVERYTHING = (
    ("timeline", "arcadia-2023"),
    ("timeline", "arcadia-2023", "--json"),
    ("timeline", "arcadia-2023", "--format", "csv"),
    ("timeline", "arcadia-2023", "--format", "markdown"),
    ("timeline", "arcadia-2023", "--format", "mermaid"),
    ("timeline", "arcadia-2023", "--as-of", "2024-02-01"),
    ("status", "arcadia-2023"),
    ("status", "arcadia-2023", "--json"),
    ("status", "arcadia-2023", "--as-of", "2024-02-01", "--json"),
    ("list",),
    ("list", "--json"),
    ("advance", "arcadia-2023"),
    ("validate",),
    ("validate", "--json"),
    ("show", "2023-02-01-letter-ask"),
    ("show", "2023-02-01-letter-ask", "--json"),
    ("show", "2023-04-10-concern", "--json"),
    ("show", "2024-01-15-report-review"),
    ("show", "2024-06-03-resolution", "--json"),
    ("show", "2023-02-01-letter-ask#publish-contracts", "--json"),
    ("show", "open-arcadia"),
    ("show", "Open Arcadie"),
    ("show", "government-of-arcadia", "--json"),
    ("add-event", "arcadia-2023", "letter", "--title", "T", "--dated", "2023", "--senders", "open arcadi"),
    ("timeline", "arcadia-2023", "--party", "open-arcadi"),
)


def withhold(path: Path, entries: str) -> None:
    path.write_text(path.read_text() + f"withhold: {entries}\n")


def printed(ogpcase: Run) -> str:
    """Returns all that every command says, without the words that were typed to it."""
    said = []
    for words in EVERYTHING:
        done = ogpcase(*words)
        assert 3 != done.returncode, done.stderr
        text = done.stdout + done.stderr
        for typed in {part for word in words for part in (word, *word.split("#"))}:
            text = text.replace(f"`{typed}`", "(typed)")
        said.append(text)
    return "\n".join(said)


def test_everything_is_printed_where_nothing_is_withheld(arcadia: Path, ogpcase: Run) -> None:
    assert arcadia.is_dir()
    said = printed(ogpcase)
    for words in ("asks for the sealed contracts", "Open Arcadia", "Review report on the Concern", "2024-01-15"):
        assert words in said


@pytest.mark.parametrize(
    ("path", "entries", "secrets"),
    [
        (LETTER, "[title]", ["asks for the sealed contracts"]),
        (LETTER, "[requests]", ["Publish the contracts", "publish-contracts"]),
        (LETTER, '["requests#publish-contracts"]', ["Publish the contracts", "publish-contracts"]),
        (LETTER, "all", ["asks for the sealed contracts", "2023-02-01", "letter-ask", "Publish the contracts"]),
        (LETTER, "[sources]", ["Copy of the letter"]),
        (CONCERN, "[allegations, title]", ["Public contracts are kept under seal", "Letter of Concern of Open"]),
        (CONCERN, '["allegations#sealed-contracts"]', ["Public contracts are kept under seal", "#sealed-contracts"]),
        (REPORT, "all", ["Review report on the Concern", "2024-01-15", "report-review"]),
        (RESOLUTION, "all", ["Resolution on the case", "2024-06-03", "2024-06-03-resolution"]),
        (RESOLUTION, "[nonsense]", ["Resolution on the case", "since 2024-06-03", '"2024-06-03"']),
    ],
)
def test_what_an_event_withholds_is_printed_nowhere(
    arcadia: Path, ogpcase: Run, path: Path, entries: str, secrets: list[str]
) -> None:
    withhold(arcadia / path, entries)
    said = printed(ogpcase)
    assert [] == [secret for secret in secrets if secret in said]


def test_a_withheld_party_is_named_nowhere(arcadia: Path, ogpcase: Run) -> None:
    withhold(arcadia / "parties" / "open-arcadia.yaml", "all")
    said = printed(ogpcase).casefold()
    assert "open arcadia" not in said
    assert "open-arcadia" not in said
    assert "[withheld]" in said


def test_a_party_whose_file_cannot_be_read_may_be_withheld_and_is_not_named(arcadia: Path, ogpcase: Run) -> None:
    (arcadia / "parties" / "open-arcadia.yaml").write_text("name: Open Arcadia\nwithhold: [all\n")
    rows = json.loads(ogpcase("timeline", "arcadia-2023", "--json").stdout)["rows"]
    assert [["[withheld]"], ["[withheld]"]] == [each["actors"] for each in rows[:2]]
    assert "name: Open Arcadia" not in (judged := ogpcase("validate")).stdout + judged.stderr


def test_an_event_named_after_a_withheld_party_hides_its_id(arcadia: Path, ogpcase: Run) -> None:
    withhold(arcadia / "parties" / "open-arcadia.yaml", "all")
    (arcadia / LETTER).rename(arcadia / EVENTS / "2023-02-01-letter-open-arcadia.yaml")
    said = printed(ogpcase)
    assert "letter-open-arcadia" not in said


def test_a_withheld_move_gives_the_stage_alone(arcadia: Path, ogpcase: Run) -> None:
    withhold(arcadia / REPORT, "all")
    whole = json.loads(ogpcase("timeline", "arcadia-2023", "--as-of", "2024-02-01", "--json").stdout)
    assert ("report_adopted", "[withheld]") == (whole["heading"]["stage"], whole["heading"]["since"])
    assert 3 == len(whole["rows"])
    assert "Report adopted since [withheld]" in ogpcase("status", "arcadia-2023", "--as-of", "2024-02-01").stdout


@pytest.mark.usefixtures("arcadia")
@pytest.mark.parametrize("words", [("timeline", "arcadia-2023"), ("show", "2023-04-10-concern")])
def test_withheld_is_refused_off_a_terminal(ogpcase: Run, words: tuple[str, ...]) -> None:
    done = ogpcase(*words, "--withheld")
    assert (2, "") == (done.returncode, done.stdout)
    assert "error: --withheld shows what is withheld on a terminal only\n" == done.stderr


def test_withheld_shows_it_on_a_terminal(arcadia: Path, terminal: Terminal) -> None:
    withhold(arcadia / LETTER, "all")
    withhold(arcadia / "parties" / "open-arcadia.yaml", "all")
    for words in (("timeline", "arcadia-2023"), ("show", "2023-02-01-letter-ask")):
        child = terminal(*words, "--withheld")
        child.expect_exact("Open Arcadia asks for the sealed contracts")
        child.expect(pexpect.EOF)
        hidden = terminal(*words)
        hidden.expect(pexpect.EOF)
        assert "sealed contracts\r" not in str(hidden.before)
        assert "Open Arcadia" not in str(hidden.before)
