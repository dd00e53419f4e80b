"""Makes a folder of cases that look like real ones: `python benchmarks/corpus.py FOLDER --records N`.

A record is an event's file; headers and parties come on top. Thirty records make a case: an opening and a review that
all share, and one of two endings. The last case may be cut short; what stands in it is still sound, as every record
points backward only. The same numbers give the same bytes, and a larger corpus begins as the smaller one does.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs as a script, too

from benchmarks.casework import CASE_SIZE, case, shared_parties
from benchmarks.story import Texts

_DATED = re.compile(r"^dated: .*$", re.MULTILINE)
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^summary:", re.MULTILINE), "sumary:"),
    (_DATED, "dated: 2021-13-40"),
    (re.compile(r"^kind: ", re.MULTILINE), "kind: re"),
    (re.compile(r"^sources:$", re.MULTILINE), "follows:\n  - no-such-event\nsources:\n"),
    (_DATED, "dated: 3 May 2021"),
    (re.compile(r"^title:", re.MULTILINE), "title: Twice\ntitle:"),
    (re.compile(r"^    title: ", re.MULTILINE), "    titel: "),
)


def spoilt(text: str, which: int) -> str:
    """Returns the text of a record with one thing wrong in it; `which` counts through the slips."""
    pattern, slip = _SLIPS[which % len(_SLIPS)]
    return pattern.sub(slip, text, count=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How large a corpus is, and how many of its records are bad; `parties` of a case's own sign letters, 3 or more."""

    records: int
    seed: int = 1
    bad: int = 0
    parties: int = 3


def corpus(wanted: Wanted) -> Iterator[tuple[str, str]]:
    """Yields (path below the folder, text) of every file."""
    texts = Texts.made(wanted.seed)
    waiting = dict(shared_parties())
    for number in range(-(-wanted.records // CASE_SIZE)):
        made = case(texts, number, wanted.parties)
        first = number * CASE_SIZE
        records = tuple(islice(made.records(texts), wanted.records - first))
        header = made.header()
        yield f"{made.id}/case.yaml", header
        for place, (name, text) in enumerate(records, first):
            yield f"{made.id}/events/{name}.yaml", spoilt(text, place) if _is_bad(place, wanted) else text
        waiting |= made.cast.own
        told = "".join((header, *(text for _, text in records)))
        for party in [each for each in waiting if each in told]:
            yield f"parties/{party}.yaml", waiting.pop(party)


def write(folder: Path, wanted: Wanted) -> tuple[int, int]:
    """Writes a corpus into a new folder. Returns the numbers of its files and of its bytes."""
    made: set[str] = set()
    files = size = 0
    for path, text in corpus(wanted):
        parent = path.rpartition("/")[0]
        if parent not in made:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        data = text.encode()
        with open(f"{folder}/{path}", "wb") as file:  # noqa: PTH123 - a Path a file would double the time
            file.write(data)
        files, size = files + 1, size + len(data)
    return files, size


def _is_bad(place: int, wanted: Wanted) -> bool:
    """True for `bad` of the records, spread evenly."""
    return (place + 1) * wanted.bad // wanted.records != place * wanted.bad // wanted.records


def main() -> None:
    """Writes the corpus that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="new folder; the cases come right below it")
    parser.add_argument("--records", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bad", type=int, default=0, help="how many of the records are wrong in some way")
    parser.add_argument("--parties", type=int, default=3, help="organisations of a case's own, 3 or more")
    given = parser.parse_args()
    if given.folder.exists() and any(given.folder.iterdir()):
        parser.error(f"`{given.folder}` is not empty")
    files, size = write(given.folder, Wanted(given.records, given.seed, given.bad, given.parties))
    sys.stdout.write(f"{given.records} records in {files} files, {size} bytes\n")


if __name__ == "__main__":
    main()
