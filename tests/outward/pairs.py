"""What all reading commands say of two folders that differ in nothing but what they withhold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.outward.commands import WHOLE, Words, readings
from tests.outward.listening import Ear
from tests.outward.records import Folder
from tests.outward.running import Ran, committed, inside, read_once, run
from tests.outward.tokens import END, Secret
from tests.outward.withheld import HARD, folder_of, there_in

JUDGES = {"validate", "diff"}
"""The verbs that judge what is really there: which rules are broken, and how often, is told of withheld places too."""
COMMIT = re.compile(r"\b[0-9a-f]{40}\b|\b[0-9a-f]{7,12}\b")
SMALLEST = "party"
TELLING = ("timeline", "requests", "findings", "doubts", "export")
"""The verbs that tell most of what fields say."""


@dataclass(frozen=True)
class Pair:
    """What commands said of two folders that differ in nothing but secrets, and an ear for all secrets.

    What the one was asked in formats that the other was not is in the first alone.
    """

    one: tuple[Ran, ...]
    other: tuple[Ran, ...]
    ear: Ear

    def both(self) -> Iterator[tuple[Ran, Ran]]:
        """Yields what the same command said of the one and of the other."""
        others = {ran.words: ran for ran in self.other}
        yield from ((ran, others[ran.words]) for ran in self.one if ran.words in others)

    def different(self) -> list[tuple[Ran, Ran]]:
        """Returns what the two tell apart, of verbs that do not judge."""
        return [(one, other) for one, other in self.both() if one.words[0] not in JUDGES and one != other]


def said_of(folder: Folder, before: Folder, words: Iterable[Words]) -> tuple[Ran, ...]:
    """Runs reading commands on a folder, whose version before is committed too."""
    with TemporaryDirectory() as place:
        top = Path(place) / "there"
        committed(top, [before, folder])
        with inside(top), read_once():
            return tuple(_of_anywhere(run(*each), top) for each in words)


def _of_anywhere(ran: Ran, top: Path) -> Ran:
    out, err = (COMMIT.sub("COMMIT", text.replace(str(top), "TOP")) for text in (ran.out, ran.err))
    return Ran(ran.words, ran.code, out, err)


def before_of(part: str, secret: Secret) -> Folder:
    """Returns a version before, in which other things were withheld, and which lacks an event."""
    folder = folder_of(part, secret if part == "party" else Secret("before"))
    del folder.events[next(iter(folder.events))][END]
    return folder


@lru_cache(maxsize=16)
def pair(part: str) -> Pair:
    """Two folders: in the other one there are other secrets, and more of them.

    Where not all is tried, every format is of the smallest part, and of the others the one that tells most.
    """
    secret, other = Secret("a"), Secret("b")
    one, two = folder_of(part, secret), folder_of(part, other, more=True)
    there = there_in(one, two)
    if not HARD and part != SMALLEST:
        there = replace(there, days=(), dated=there.dated[:2], items=there.items[:4])
    asked = list(readings(there, in_one=not HARD))
    if not HARD and part != SMALLEST:
        asked = [words for words in asked if words[0] != "diff" or "HEAD~1" in words]
    return Pair(
        said_of(one, before_of(part, secret), readings(there) if part == SMALLEST else asked),
        said_of(two, before_of(part, other), asked),
        Ear({*secret.tokens, *other.tokens, *Secret("before").tokens}),
    )


def emptied(part: str) -> Pair:
    """Two folders: in the other one there is nothing in a withheld field, where that may be so."""
    secret = Secret("a")
    one, two = folder_of(part, secret), folder_of(part, secret, empty=True)
    there, before = there_in(one, two), before_of(part, secret)
    verbs = sorted(set(WHOLE) - JUDGES) if HARD else TELLING
    said = [said_of(each, before, readings(there, verbs, in_one=True)) for each in (one, two)]
    return Pair(said[0], said[1], Ear(secret.tokens))


def on_days(part: str, days: Iterable[str], verbs: Iterable[str]) -> Pair:
    """Two folders with other secrets, asked what stood on each of some days and what was known by then."""
    secret, other = Secret("a"), Secret("b")
    there = replace(there_in(folder_of(part, secret), folder_of(part, other)), days=tuple(days))
    words = [each for each in readings(there, verbs, in_one=True) if {"--as-of", "--known-by"} & set(each)]
    said = [said_of(folder_of(part, each), before_of(part, each), words) for each in (secret, other)]
    return Pair(said[0], said[1], Ear({*secret.tokens, *other.tokens}))


def told_of_records(ran: Ran) -> object:
    """What a difference says of the records, and a verdict of their number; not which problems there are."""
    if ran.words[0] not in JUDGES or ran.form != "json":
        return None
    whole = json.loads(ran.out)
    if ran.words[0] == "validate":
        return whole["judged"]
    return {name: value for name, value in whole.items() if name not in {"problems", "failed", "headline"}}
