"""The least, the middle and the most of several stretches of days, each no more exact than what it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isinf
from statistics import median

from ogpcase.model.days import Days
from ogpcase.values import frozen


@frozen
class Figure:
    """A number of days as far as it can be known; `most` is None where nothing bounds it, halves come of a median.

    `certain` is false where a date behind it is imprecise or qualified.
    """

    fewest: float
    most: float | None
    certain: bool


@frozen
class Spread:
    """Several stretches of days: how many are known, their figures, and how many are `unknown`, which count in none.

    The figures are None where no stretch is known.
    """

    count: int = 0
    minimum: Figure | None = None
    median: Figure | None = None
    maximum: Figure | None = None
    unknown: int = 0


def spread_of(stretches: Iterable[Days | None]) -> Spread:
    """Returns the figures of stretches of days; None stands for one that is not known.

    Where stretches are not known to the day, each figure lies between that of all the fewest and that of all the most:
    no choice of the days that they may have been gives another.
    """
    given = list(stretches)
    known = [days for days in given if days is not None]
    if not known:
        return Spread(unknown=len(given))
    fewest = [days.fewest or 0 for days in known]
    most = [inf if days.most is None else days.most for days in known]
    certain = all(days.certain for days in known)
    least, middle, longest = (
        _figure(low, high, certain=certain)
        for low, high in ((min(fewest), min(most)), (median(fewest), median(most)), (max(fewest), max(most)))
    )
    return Spread(len(known), least, middle, longest, len(given) - len(known))


def _figure(fewest: float, most: float, *, certain: bool) -> Figure:
    return Figure(_whole(fewest), None if isinf(most) else _whole(most), certain)


def _whole(number: float) -> float:
    return int(number) if number == int(number) else number
