"""A procedure that nobody has: a table is all that it takes for every verb, check and list to know it.

It has other stages and bodies, two kinds of record that open a case, no versions, and it is not complete.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from subprocess import CompletedProcess

import pytest
from tests.outward.running import inside, run

from ogpcase.model import table_codes
from ogpcase.policy import procedures

Run = Callable[..., CompletedProcess[str]]

TABLE = """\
track: river_council
track_label: River Council
track_sentence: Somebody says that a river is not looked after.
complete: false
title: Rules of the River Council
in_force: 2001
in_force_note: The year is given by the council.
sources: [https://example.org/rules]
note: Only a part was read.
stages:
  - {code: quiet, label: Quiet, sentence: Nothing was said., is: begin, word: unknown}
  - {code: heard, label: Heard, sentence: The council was told., is: open, word: heard, word_source: "https://e.org"}
  - {code: weighed, label: Weighed, sentence: The council weighs it., is: open, report_judged: true, word: unknown}
  - {code: settled, label: Settled, sentence: The council has decided., is: end, word: unknown}
words:
  - {word: told, means: heard, say: the council says heard}
phrases: [river rules]
phrases_say: [the River Council has rules of its own]
opening:
  kinds: [letter, statement]
  called: told
  name: telling
  filers:
    field: senders
    refused: [media]
    classes:
      - {code: neighbour, label: Neighbour, sentence: Somebody who lives by the river., excludes: [government]}
    evidence: P
    source: [https://example.org/rules]
    note: Seen in the rules.
bodies:
  - {code: council, label: Council, sentence: Decides., stands_for_all: true}
  - {code: clerk, label: Clerk, sentence: Writes everything down.}
roles: {subject: the owner of the river, filer: those who told}
report_types:
  - {code: survey, label: Survey, sentence: A report on the state of a river.}
conclusions:
  - {code: clean, label: Clean, sentence: The river is clean.}
  - {code: muddy, label: Muddy, sentence: The river is not clean.}
moves:
  - id: R1
    from: [quiet]
    to: heard
    title: Somebody tells the council
    decided_by: [filer]
    carried_by: [letter, statement]
    clause: unknown
    requires: {text: Somebody lives by the river.}
    then_due:
      - {id: thank, by: clerk, tell: filer, text: Thank those who told.}
    evidence: P
    source: [https://example.org/rules]
    note: Seen in the rules.
  - id: R2
    from: [heard]
    to: weighed
    title: The clerk brings a survey
    decided_by: [clerk]
    carried_by: [report]
    clause: "4"
    requires: {text: The survey was made.}
    evidence: P
    source: [https://example.org/rules]
    note: Seen in the rules.
  - id: R3
    from: [weighed]
    to: settled
    title: The council settles it
    decided_by: [council, clerk]
    carried_by: [resolution]
    clause: "5"
    requires: {text: The river is clean., report_concludes: clean}
    evidence: P
    source: [https://example.org/rules]
    note: Seen in the rules.
  - id: R4
    from: [heard]
    to: settled
    title: It ends without a survey
    decided_by: [unknown]
    carried_by: unknown
    clause: unknown
    requires: {text: Not seen.}
    evidence: U
    source: [{title: "none found", url: none}]
    note: Perhaps.
"""


def forget() -> None:
    for module in (table_codes, procedures):
        for cached in vars(module).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()


@contextmanager
def beside_the_others(table: Path) -> Iterator[None]:
    """The table lies beside the packaged ones, until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        beside = {**table_codes.table_files(), "river_council": table}
        patch.setattr(table_codes, "table_files", lambda: beside)
        forget()
        yield
    forget()


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("table") / "river_council.yaml"
    path.write_text(TABLE)
    return path


@pytest.fixture
def river(table: Path) -> Iterator[None]:
    with beside_the_others(table):
        yield


COMMANDS = (
    "init .",
    "add-party river-clerk --name 'River Clerk' --classification ogp_body --body clerk",
    "add-party owner --name Owner --classification government",
    "add-party ann --name Ann --classification individual",
    "open-case arcadia-2024 --track river_council --title 'A muddy river' --subject owner --country XA --language en",
    "add-event arcadia-2024 letter --title 'Ann tells' --dated 2024-01-01 --senders ann --source https://example.org/a",
    "advance arcadia-2024 weighed --title A --dated 2024-02-01 --report-type survey --conclusion clean --source https://e.org",
    "advance arcadia-2024 settled --title B --dated 2024-03-01 --by river-clerk --adopts 2024-02-01-report --source https://e.org",
)


@pytest.fixture(scope="module")
def made(table: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that was told, surveyed and settled."""
    top = tmp_path_factory.mktemp("river")
    with beside_the_others(table), inside(top):
        for command in COMMANDS:
            done = run(*shlex.split(command))
            assert 0 == done.code, done.err
    return top


@pytest.fixture
def folder(made: Path, river: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: ARG001 - brings the table
    """That case, worked in from its parent."""
    copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path / "cases"


def event(folder: Path, name: str) -> Path:
    return folder / "arcadia-2024" / "events" / f"{name}.yaml"


@pytest.mark.usefixtures("folder")
def test_the_opening_moves_the_case_and_the_table_fills_in_what_it_says(folder: Path) -> None:
    assert "moves_to: [heard]\n" in event(folder, "2024-01-01-letter").read_text()
    survey = event(folder, "2024-02-01-report").read_text()
    assert "adopted_by: [river-clerk]\n" in survey
    assert 'basis: "4"\n' in survey


@pytest.mark.usefixtures("folder")
def test_every_view_has_the_words_of_the_table(ogpcase: Run) -> None:
    timeline = ogpcase("timeline", "arcadia-2024", "--as-of", "2024-04-01").stdout
    assert "River Council" in timeline
    assert "Settled since 2024-03-01 · 60 days from telling to end" in timeline
    assert "Heard 31 d" in timeline
    assert "Weighed 29 d" in timeline
    status = ogpcase("status", "arcadia-2024", "--as-of", "2024-01-15").stdout
    assert "→ Weighed  by the Clerk\n" in status
    assert "by a body that is not known" in status
    whole = ogpcase("status", "arcadia-2024", "--as-of", "2024-01-15", "--all").stdout
    assert "→ Weighed\n      decided by the Clerk, carried by a report\n" in whole
    assert "Settled  2024-03-01" in ogpcase("list").stdout
    assert "survey" in ogpcase("findings", "arcadia-2024", "--full").stdout
    assert '"stage": "settled"' in ogpcase("list", "--json").stdout
    assert "From telling to the end" in ogpcase("stats").stdout
    assert (
        "Before the telling" in ogpcase("timeline", "arcadia-2024", "--format", "mermaid").stdout or "Heard" in timeline
    )
    duties = ogpcase("requests", "arcadia-2024", "--kind", "duty", "--json").stdout
    assert "2024-01-01-letter#thank" in duties


READING = (
    "list", "timeline arcadia-2024", "status arcadia-2024", "show arcadia-2024",
    "show arcadia-2024/2024-03-01-resolution", "requests", "due", "findings arcadia-2024", "doubts", "parties", "stats",
    "export json", "export markdown", "policy river_council", "policy river_council --format markdown",
    "policy river_council --format mermaid", "policy river_council --json", "advance arcadia-2024",
)  # fmt: skip


@pytest.mark.usefixtures("folder")
def test_every_reading_verb_answers() -> None:
    done = [run(*command.split()) for command in READING]
    assert [] == [each for each in done if (each.code, each.err) != (0, "") or not each.out.strip()]


def codes(done: CompletedProcess[str]) -> list[str]:
    return [row["code"] for row in json.loads(done.stdout)["rows"] if row["code"] not in {"OC407", "OC313", "OC509"}]


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("2024-03-01-resolution", "by: [river-clerk]", "by: [ann]", ["OC402"]),
        ("2024-03-01-resolution", 'basis: "5"', 'basis: "4"', ["OC403"]),
        ("2024-02-01-report", "conclusion: clean", "conclusion: muddy", ["OC403"]),
        ("2024-02-01-report", "[weighed]", "[heard]", []),  # other moves may exist
        ("2024-02-01-report", "[weighed]", "[settled]", ["OC405"]),
        ("2024-01-01-letter", "[heard]", "[told]", ["OC421"]),
        ("2024-01-01-letter", "[heard]", "[suspended]", ["OC421"]),
        ("2024-01-01-letter", "senders: [ann]", "senders: [ann]\nas_stated_status: procedural review", ["OC423"]),
    ],
)
def test_every_check_asks_the_table(  # noqa: PLR0913, PLR0917 - the parts of one example
    folder: Path, ogpcase: Run, name: str, old: str, new: str, expected: list[str]
) -> None:
    path = event(folder, name)
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    assert expected == codes(ogpcase("validate", "--json"))


def test_a_newspaper_may_not_tell(folder: Path, ogpcase: Run) -> None:
    path = folder / "parties" / "ann.yaml"
    path.write_text(path.read_text().replace("individual", "media"))
    assert ["OC411"] == codes(ogpcase("validate", "--json"))


@pytest.mark.usefixtures("river")
def test_its_codes_are_in_the_schemas_and_lists() -> None:
    from ogpcase.model.jsonschema import schema_files

    files = schema_files()
    for name, code in (("stage", "weighed"), ("track", "river_council"), ("body", "clerk"), ("conclusion", "muddy")):
        assert f'"{code}",' in files[f"codelists/{name}.csv"]
    assert '"weighed"' in files["resolution.schema.json"]


def test_nothing_of_it_stays_behind() -> None:
    assert "river_council" not in {table.track for table in table_codes.table_names()}
