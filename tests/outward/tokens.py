"""Secret words, days and numbers that stand in no text but a secret one; and the plain values of all other places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from typing import Any

ASK, CONCERN, NOTICE, REPORT, END = (
    "2023-02-01-letter-ask",
    "2023-04-10-concern",
    "2023-05-22-letter-notice",
    "2024-01-15-report-review",
    "2024-06-03-resolution",
)
GOVERNMENT, OFFICE, OPEN, UNIT = "government-of-arcadia", "records-office", "open-arcadia", "ogp-support-unit"
LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass
class Secret:
    """One of several sets of secrets: each has its own words, ids, days, numbers, codes and references.

    `tokens` are the words that may nowhere be seen, with what they are of; a number or a day among them, too.
    """

    name: str
    tokens: dict[str, str] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def odd(self) -> bool:
        """Every other set has other lengths, other codes, and refers to other records."""
        return self.name != "a"

    def word(self, of: str) -> str:
        """Returns a word that is in no text but a secret one; its first letter sorts elsewhere in the other set."""
        digest = sha256(f"{self.name} {of}".encode()).digest()
        letters = "".join(LETTERS[each % len(LETTERS)] for each in digest)
        found = letters[:19] if self.odd else letters[:11]
        self.tokens[found] = of
        return found

    def day(self, of: str) -> str:
        """Returns a day of long ago: a year for each place."""
        year = 1100 + next(self._numbers) % 400 + (450 if self.odd else 0)
        found = f"{year}-09-21" if self.odd else f"{year}-04-13"
        self.tokens[found] = of
        return found

    def number(self, of: str) -> int:
        found = (8_340_007 if self.odd else 71_003) + next(self._numbers) * 10
        self.tokens[str(found)] = of
        return found

    def say(self, sort: str, way: str) -> Any:  # noqa: ANN401, PLR0911 - a value for each sort
        """Gives the value of a secret place."""
        if sort in {"text", "line"}:
            return f"{self.word(way).capitalize()} and {self.word(way + ' again')}"
        if sort == "url":
            return f"https://{self.word(way)}.example.org/{self.word(way + ' page')}"
        if sort == "file":
            return f"sources/{self.word(way)}.pdf"
        if sort == "id":
            return self.word(way) if not way.endswith("for") else (OFFICE if self.odd else OPEN)
        if sort == "date":
            return self.day(way)
        if sort == "number":
            return self.number(way)
        return _plain_value(sort, odd=self.odd)


def _plain_value(sort: str, *, odd: bool) -> Any:  # noqa: ANN401 - as the sort is
    return {
        "party": OFFICE if odd else OPEN,
        "reference": CONCERN if odd else ASK,
        "item": f"{CONCERN}#acknowledge-filers" if odd else f"{ASK}#publish",
        "case": "arcadia-2010" if odd else "arcadia-2011",
        "code": 0 if odd else -1,
        "flag": not odd,
    }[sort]


def plain(sort: str, way: str) -> Any:  # noqa: ANN401 - as the sort is
    """Gives the value of a place that anybody may see."""
    slug = "-".join(each for each in way.replace("_", "-").split(".") if each)
    said = {"text": f"Words on {slug}", "line": f"Name on {slug}", "url": f"https://example.org/{slug}",
            "file": f"sources/{slug}.pdf", "id": slug, "date": "2023-03-03", "number": 3, "flag": False}  # fmt: skip
    if sort == "id" and way.endswith("for"):
        return OPEN
    if sort in said:
        return said[sort]
    if sort == "code":
        return 0
    return _plain_value(sort, odd=False)
