"""When too much is wrong with one file: which problems are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from ogpcase.diagnostics import Problem

MOST_PROBLEMS = 50
"""Problems told of one file; a hostile or broken one must not drown the others."""


def few(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Returns the problems in the order of their places, at most 50 of them.

    Where there are more, each code gets a fair share, and its last problem says how many more there are.
    """
    ordered = sorted(problems, key=_place)
    counts = Counter(problem.code for problem in ordered)
    if len(ordered) <= MOST_PROBLEMS:
        return tuple(ordered)
    share = max(share for share in range(1, MOST_PROBLEMS + 1) if _kept(counts, share) <= MOST_PROBLEMS)
    return tuple(_cut(ordered, counts, share))


def _place(problem: Problem) -> tuple[int, str]:
    span = problem.places[0].span
    return (span.start if span else 0, problem.code)


def _kept(counts: Counter[str], share: int) -> int:
    """Returns how many problems stay when each code has at most `share`."""
    return sum(min(count, share) for count in counts.values())


def _cut(ordered: list[Problem], counts: Counter[str], share: int) -> Iterable[Problem]:
    """Yields the first `share` problems of each code."""
    told: Counter[str] = Counter()
    for problem in ordered:
        told[problem.code] += 1
        more = counts[problem.code] - share
        if told[problem.code] == share and more:
            yield replace(problem, notes=(*problem.notes, f"{more} more like this in the file"))
        elif told[problem.code] <= share:
            yield problem
