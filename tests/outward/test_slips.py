"""A slip of the pen prints no secret: a record that cannot be read may withhold all that it says, its name among it."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.outward.commands import LETTER, WHOLE, There, readings
from tests.outward.listening import Ear, without_typed
from tests.outward.records import Folder
from tests.outward.running import Ran, inside, read_once, run
from tests.outward.tokens import END, OPEN, Secret
from tests.outward.withheld import HARD, folder_of

from ogpcase.yamltree.limits import LARGEST

MORE = "# more\n" * (LARGEST // 7 + 1)
SLIP = "2023-10-11-letter-slip"
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


def slipped(slip: str, secret: Secret, root: Path) -> There:
    """Writes a case with a sound end, a letter that withholds all and a party that does, both with the slip."""
    party, values = next(each for each in folder_of("party", secret).parties.items() if "withhold" in each[1])
    plain = folder_of("steps", Secret("plain"))
    case = next(iter(plain.events))
    folder = Folder({**plain.parties, party: values}, {case: plain.headers[case]}, {case: dict(plain.events[case])})
    letters = folder_of("letter", secret).events["letter-2023"].values()
    folder.events[case][SLIP] = {**next(each for each in letters if each.get("withhold") == "all"), "senders": [party]}
    cases = folder.write(root)
    for path in (cases / "parties" / f"{party}.yaml", cases / case / "events" / f"{SLIP}.yaml"):
        made = SLIPS[slip](path.read_text(encoding="utf-8"))
        path.write_bytes(made if isinstance(made, bytes) else made.encode())
    events = {name: sorted(each) for name, each in folder.events.items()}
    return There(events, [party, OPEN], plain=END, request=f"{case}/{END}#x")


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_of_the_pen_prints_no_secret(slip: str, tmp_path: Path) -> None:
    """Neither what the record says, nor the names, nor the id of the party."""
    secret = Secret("a")
    there = slipped(slip, secret, tmp_path)
    if not HARD:
        there = replace(there, cases={there.case: [SLIP]})
    verbs = sorted(set(WHOLE) - {"diff", "validate"}) if HARD or slip in WIDE else NARROW
    with inside(tmp_path):
        with read_once():
            ran = [run(*words) for words in readings(there, verbs, in_one=True)]
            ran += [run(*words) for words in readings(there, ["validate"], in_one=not HARD)]
        ran += [run("add-event", there.case, *LETTER, "--dry-run")]
        ran += [run("set", f"{there.case}/{SLIP}", "title", "x", "--dry-run")]
        ran += [run("validate"), run("validate", "--fix"), run("format")]
    failed = [each for each in ran if each.code not in {0, 1} and "cannot be printed" not in each.err]
    assert [] == [(each.words, each.err) for each in failed]
    ear = Ear(token for token in secret.tokens if not token[0].isdigit())
    assert {} == {each.words: heard for each in ran if (heard := _heard(ear, each))}


def _heard(ear: Ear, ran: Ran) -> list[str]:
    return ear.hears(without_typed(ran.out + ran.err, ran.words))


@pytest.mark.parametrize("slip", ["a tab", "UTF-16", "UTF-32"])
def test_an_event_that_still_says_that_all_is_withheld_is_not_named_by_its_file(slip: str, tmp_path: Path) -> None:
    there = slipped(slip, Secret("a"), tmp_path)
    with inside(tmp_path):
        said = run("validate", "--format", "concise").out
    assert SLIP not in said
    assert f"cases/{there.case}/[withheld]:" in said


@pytest.mark.parametrize("slip", ["misspelt", "packed"])
def test_an_event_that_may_withhold_something_is_named_for_who_has_to_mend_it(slip: str, tmp_path: Path) -> None:
    slipped(slip, Secret("a"), tmp_path)
    with inside(tmp_path):
        assert SLIP in run("validate", "--format", "concise").out
