"""The problems of one file as they are found, and which of them are told when there are too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ogpcase.diagnostics import Check, FileId, Problem
from ogpcase.values import replace
from ogpcase.yamltree.lines import Lines

MOST_PROBLEMS = 50
"""Problems told of one file; a hostile or broken one must not drown the others."""


class Gathering:
    """What is wrong with one file; beyond 50 of a kind the rest are only counted, since they would not be told."""

    def __init__(self, lines: Lines, file: FileId) -> None:
        self.lines = lines
        self.file = file
        self._problems: list[Problem] = []
        self._counts: Counter[str] = Counter()

    def report(self, check: Check[...], start: int, end: int, *details: object) -> None:
        """Words what is wrong between two offsets, by the check whose first arguments are file and span."""
        if self.wants(check):
            self._problems.append(check.one(self.file, self.lines.span(start, end), *details))

    def wants(self, check: Check[...]) -> bool:
        """Counts a problem of this check, and says whether to word it too."""
        self._counts[check.rule.code] += 1
        return self._counts[check.rule.code] <= MOST_PROBLEMS

    def has(self, check: Check[...]) -> bool:
        """True when a problem of this check was found."""
        return self._counts[check.rule.code] > 0

    def add(self, problem: Problem) -> None:
        """Takes a problem that was counted and worded."""
        self._problems.append(problem)

    def told(self) -> tuple[Problem, ...]:
        """Returns the problems in the order of their places, at most 50 of them.

        Where there are more, each code gets a fair share, and its last problem says how many more there are.
        """
        share = max(share for share in range(1, MOST_PROBLEMS + 1) if self._kept(share) <= MOST_PROBLEMS)
        return tuple(self._cut(share))

    def _kept(self, share: int) -> int:
        """Returns how many problems stay when each code has at most `share`; a share of 1 is never too much."""
        return sum(min(count, share) for count in self._counts.values()) if share > 1 else 0

    def _cut(self, share: int) -> Iterator[Problem]:
        """Yields the first `share` problems of each code."""
        told: Counter[str] = Counter()
        for problem in sorted(self._problems, key=_place):
            told[problem.code] += 1
            more = self._counts[problem.code] - share
            if told[problem.code] == share and more > 0:
                yield replace(problem, notes=(*problem.notes, f"{more} more like this in the file"))
            elif told[problem.code] <= share:
                yield problem


def _place(problem: Problem) -> tuple[int, str]:
    span = problem.places[0].span
    return (span.start if span else 0, problem.code)
