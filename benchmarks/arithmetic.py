"""The few sums that measurements need: medians, ratios round by round, and straight lines through points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import correlation, linear_regression, median
from typing import NamedTuple


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Returns the median of the ratios taken round by round, so that what slows a whole round down drops out.

    Raises:
        ValueError: there are not as many of one as of the other, or none.
    """
    if not ours:
        raise ValueError("no rounds were measured")
    return median(mine / other for mine, other in zip(ours, theirs, strict=True))


def rounds_for(longest: float, wanted: int) -> int:
    """Returns how often to measure where the longest command takes so many seconds: short ones more, long ones less."""
    if longest < _SHORT:
        return 2 * wanted
    if longest <= _LONG:
        return wanted
    return min(wanted, 3 if longest <= _VERY_LONG else 1)


_SHORT, _LONG, _VERY_LONG = 0.7, 10.0, 60.0


class Line(NamedTuple):
    """The straight line that lies nearest to some points, by least squares."""

    slope: float
    start: float
    fit: float
    """The share of the points' spread that the line explains: 1 where they lie on it."""

    def at(self, x: float) -> float:
        """Returns the line's height."""
        return self.start + self.slope * x


def line_through(xs: Sequence[float], ys: Sequence[float]) -> Line:
    """Returns the line nearest to the points. Raises ValueError for fewer than two different `xs`."""
    slope, start = linear_regression(xs, ys)
    return Line(slope, start, correlation(xs, ys) ** 2 if len(set(ys)) > 1 else 1.0)


def growth(xs: Sequence[float], ys: Sequence[float]) -> Line:
    """Returns the line through the logarithms: its slope is the power of `x` that `y` grows with."""
    return line_through([math.log(x) for x in xs], [math.log(y) for y in ys])
