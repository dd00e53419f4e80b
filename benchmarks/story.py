"""The stories in `story/`: records with holes, in the order in which they happen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.wording import paragraphs, sentence

_STORY = Path(__file__).parent / "story"
_HEAD = re.compile(r"^--- # (\w+) ([\w.-]+) (\d+)( month)?\n", re.MULTILINE)
_HOLE = re.compile(r"(\$[A-Za-z]+[0-9]?(?:_[a-z0-9]+)?|@(?:[a-z-]+[a-z]|\.))")
_FIELD = re.compile(r"^(\w+):", re.MULTILINE)
_NOT_GIVEN = {"kind", "title", "summary"}


@dataclass(frozen=True, slots=True)
class Chapter:
    """A record with holes: `pieces` are texts and, at odd places, what goes between them."""

    kind: str
    slug: str
    days: int
    """Days after the record before it."""
    by_month: bool
    pieces: tuple[str, ...]
    gives: str

    @property
    def ending(self) -> str:
        """What the record's name ends in."""
        return self.kind if self.slug == "." else f"{self.kind}-{self.slug}"


@dataclass(frozen=True, slots=True)
class Texts:
    """What all cases of a corpus are written from."""

    seed: int
    stories: tuple[tuple[Chapter, ...], ...]
    drawn: dict[str, tuple[str, ...]]
    """What a hole may be filled with, one of many."""

    @classmethod
    def made(cls, seed: int) -> Texts:
        """Returns them; the same for the same seed."""
        random = Random(seed)  # noqa: S311 - no secrets are made here
        drawn = {
            "$paragraph": tuple(paragraphs(random, 2, 3, 400)),
            "$shallow": tuple(paragraphs(random, 2, 2, 100)),
            "$deep": tuple(paragraphs(random, 6, 1, 200)),
            "$sentence": tuple(sentence(random) for _ in range(800)),
        }
        return cls(seed, tuple(_story("opening", "review", ending) for ending in ("closed", "suspended")), drawn)


def _story(*names: str) -> tuple[Chapter, ...]:
    parts = [_HEAD.split((_STORY / f"{name}.yaml").read_text(encoding="utf-8"))[1:] for name in names]
    return tuple(_chapter(part[at : at + 5]) for part in parts for at in range(0, len(part), 5))


def _chapter(written: list[str]) -> Chapter:
    kind, slug, days, month, text = written
    given = ", ".join(name for name in _FIELD.findall(text) if name not in _NOT_GIVEN)
    return Chapter(kind, slug, int(days), bool(month), tuple(_HOLE.split(text)), given)
