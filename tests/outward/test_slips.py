"""A slip of the pen in a record stops no command, and a file that gives no record is named."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.outward.commands import LETTER, WHOLE, There, readings
from tests.outward.records import (
    END,
    GOVERNMENT,
    OPEN,
    PARTIES,
    STEPS,
    Folder,
    event_values,
    header_values,
    party_values,
    plain,
)
from tests.outward.running import inside, read_once, run
from tests.trials import HARD

from ogpcase.model.codelists import Kind
from ogpcase.yamltree.limits import LARGEST

MORE = "# more\n" * (LARGEST // 7 + 1)
CASE, SLIP, PARTY = "arcadia-2023", "2023-10-11-letter-slip", "slip"
LISTS = re.compile(r"^(requests|sources|links|other_names):\n(?:[ -].*\n)+", re.MULTILINE)
SLIPS: dict[str, Callable[[str], str | bytes]] = {
    "cut short": lambda text: (first := re.sub(r"(?s)(.*)(withhold:[^\n]*\n)", r"\2\1", text))[: len(first) * 2 // 3],
    "open bracket": lambda text: f"{text}more: [\n",
    "a tab": lambda text: text.replace("title:", "title:\t", 1),
    "twice": lambda text: f"{text}{text}",
    "a field twice": lambda text: f"{text}withhold: all\n",
    "an unknown field": lambda text: text.replace("summary:", "sumary:", 1).replace("name:", "nam:", 1),
    "an unknown field in an item": lambda text: text.replace("asked_of:", "askd_of:").replace("url:", "ulr:"),
    "text for a list": lambda text: LISTS.sub(r"\1: x\n", text),
    "indented": lambda text: text.replace("\n", "\n "),
    "an alias": lambda text: text.replace("withhold:", "withhold: &all", 1),
    "a tag": lambda text: text.replace("withhold:", "withhold: !!seq", 1),
    "a tag on the key": lambda text: text.replace("withhold:", "!!str withhold:", 1),
    "an escaped key": lambda text: text.replace("withhold:", r'"with\x68old":', 1) + "more: [\n",
    "misspelt": lambda text: text.replace("withhold:", "withold:"),
    "of nothing": lambda text: re.sub("^withhold:.*$", "withhold:", text, flags=re.MULTILINE),
    "of what there is not": lambda text: re.sub("^withhold:.*$", "withhold: [titel]", text, flags=re.MULTILINE),
    "a conflict": lambda text: f"<<<<<<< one\n{text}=======\n{text}>>>>>>> other\n",
    "a byte": lambda text: text.replace("withhold", "\x07withhold"),
    "a letter that is not seen": lambda text: text.replace("withhold", "with\u200bhold"),
    "a wrong date": lambda text: re.sub("^dated: ", "dated: on ", text, flags=re.MULTILINE),
    "a wrong kind": lambda text: text.replace("kind: ", "kind: no-", 1),
    "UTF-16": lambda text: text.encode("utf-16"),
    "UTF-16 without a mark": lambda text: text.encode("utf-16-be"),
    "UTF-32": lambda text: text.encode("utf-32"),
    "Latin-1": lambda text: text.replace("withhold:", "withhold: # \xe9\n ", 1).encode("latin-1"),
    "packed": lambda text: gzip.compress(text.encode(), mtime=0),
    "beyond what is read": lambda text: text.replace("withhold:", MORE + "withhold:", 1),
}
WIDE = {"UTF-16", "misspelt"}
"""Slips of which every verb is tried, where not all are."""
NARROW = ("timeline", "show", "parties")


def slipped(slip: str, root: Path) -> There:
    """Writes a case with a sound end, and a letter and a party with the slip."""
    values = {**event_values(Kind.LETTER, plain), "dated": "2023-10-11", "senders": [PARTY], "withhold": ["summary"]}
    party = {**party_values(plain), "withhold": "all"}
    folder = Folder(
        {**PARTIES, PARTY: party}, {CASE: header_values(plain, GOVERNMENT)}, {CASE: {**STEPS, SLIP: values}}
    )
    cases = folder.write(root)
    for path in (cases / "parties" / f"{PARTY}.yaml", cases / CASE / "events" / f"{SLIP}.yaml"):
        made = SLIPS[slip](path.read_text(encoding="utf-8"))
        path.write_bytes(made if isinstance(made, bytes) else made.encode())
    return There({CASE: sorted(folder.events[CASE]) if HARD else [SLIP]}, [PARTY, OPEN], plain=END)


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_the_pen_stops_no_command(slip: str, tmp_path: Path) -> None:
    there = slipped(slip, tmp_path)
    verbs = sorted(set(WHOLE) - {"diff", "validate"}) if HARD or slip in WIDE else NARROW
    with inside(tmp_path):
        with read_once():
            ran = [run(*words) for words in readings(there, verbs, in_one=True)]
            ran += [run(*words) for words in readings(there, ["validate"], in_one=not HARD)]
        ran += [run("add-event", CASE, *LETTER, "--dry-run")]
        ran += [run("set", f"{CASE}/{SLIP}", "title", "x", "--dry-run")]
        ran += [run("validate"), run("validate", "--fix")]
    failed = [each for each in ran if each.code not in {0, 1} and "cannot be printed" not in each.err]
    assert [] == [(each.words, each.err) for each in failed]


@pytest.mark.parametrize("slip", ["open bracket", "UTF-16", "UTF-32", "packed"])
def test_a_file_that_gives_no_record_is_named(slip: str, tmp_path: Path) -> None:
    slipped(slip, tmp_path)
    with inside(tmp_path):
        event, party = run("timeline", CASE), run("parties")
    for ran, path in ((event, f"cases/{CASE}/events/{SLIP}.yaml"), (party, f"cases/parties/{PARTY}.yaml")):
        assert 1 == ran.code
        assert f"unreadable: {path} is left out; `ogpcase validate` says what is wrong\n" in ran.err
