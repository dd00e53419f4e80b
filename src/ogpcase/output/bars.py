"""Bars on one scale, for pages over several cases."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ogpcase.output.lines import HUES, Line, Page, Piece, Style, cells, hanging, padded, width_of, wrap
from ogpcase.output.words import before
from ogpcase.policy.procedures import Stage

WIDEST = 72
"""The greatest width of a bar in columns."""


def room(page: Page) -> int:
    """Returns the width of the longest bar of a page, which is indented by two columns."""
    return min(WIDEST, (page.width or 80) - 4)


class BarColumns(NamedTuple):
    """The widths of a name and a bar beside it; without a width for names, a name stands above its bar."""

    name: int | None
    bar: int

    @classmethod
    def of(cls, names: Iterable[str], page: Page) -> "BarColumns":
        """Returns the widths for these names, so that a number has room after the bar."""
        longest = max(map(cells, names), default=0)
        if page.width is None:
            return cls(longest, _BAR)
        beside = page.width - _NUMBER - 2 * len(_GAP) - _INDENT
        bar = max(_LEAST_BAR, min(max(_BAR, page.width // 5), beside - longest))
        room = beside - bar
        return cls(min(longest, room), bar) if room >= _LEAST_NAME else cls(None, page.width // 3)

    def lines(self, name: str, bar: str, number: str, page: Page) -> list[Line]:
        """Returns the name, its bar and its number on one line; a name that is too wide begins on lines before it."""
        indent = " " * _INDENT
        if self.name is None:
            first = hanging([Piece(indent)], name, page.width)
            return [*first, *self._beside(f"{indent}  ", bar, number, page)]
        *above, last = wrap(name, self.name)
        return [
            *((Piece(f"{indent}{part}"),) for part in above),
            *self._beside(f"{indent}{padded(last, self.name)}{_GAP}", bar, number, page),
        ]

    def _beside(self, name: str, bar: str, number: str, page: Page) -> list[Line]:
        return hanging([Piece(name), Piece(f"{padded(bar, self.bar)}{_GAP}", "stage")], number, page.width)


_INDENT, _GAP = 2, "  "
_BAR, _LEAST_BAR, _NUMBER, _LEAST_NAME = 12, 8, 18, 20
"""The columns for a bar, the fewest that it has beside long names, and the fewest for a number and for a name."""


def scaled(number: float, most: float, width: int) -> int:
    """Returns the columns of a number where `most` has `width`: at least one, except for 0."""
    if number <= 0 or most <= 0:
        return 0
    return max(1, min(width, round(width * number / most)))


def shared(numbers: Sequence[float], width: int) -> list[int]:
    """Splits `width` in proportion; every number gets at least a column, the rest goes to the largest remainders."""
    width = max(width, len(numbers))
    total = sum(numbers) or 1
    spare = width - len(numbers)
    exact = [spare * number / total for number in numbers]
    columns = [1 + int(each) for each in exact]
    by_remainder = sorted(range(len(numbers)), key=lambda place: (int(exact[place]) - exact[place], place))
    for place in by_remainder[: width - sum(columns)]:
        columns[place] += 1
    return columns


def shade_of(stage: Stage, page: Page) -> str:
    """Returns the sign of a stage: a shade for each open stage of its procedure, a dot for an end."""
    shades = page.glyphs.shades
    return shades[(stage.place - 1) % len(shades)] if stage.open else page.glyphs.dot


def hue_of(stage: Stage) -> Style:
    """Returns the style of a stage: a hue for each open stage of its procedure, none for the begin and the ends."""
    return HUES[(stage.place - 1) % len(HUES)] if stage.open else "title"


def key_lines(signs: Iterable[tuple[Piece, str]], page: Page, name: str = "") -> list[Line]:
    """Returns the meaning of each sign of the bars after a name, with as many in a line as fit."""
    first, lines = [Piece(f"  {before(name)}" if name else "  ", "dim")], list[Line]()
    for sign, meaning in signs:
        mark = Piece(f"{sign.text} ", sign.style)
        beside = (Piece(_BETWEEN), mark, Piece(meaning, "dim"))
        if lines and (page.width is None or width_of((*lines[-1], *beside)) <= page.width):
            lines[-1] = (*lines[-1], *beside)
        else:
            lines += page.hanging([*first, mark], meaning, "dim")
            first = [Piece("  ")]
    return lines


_BETWEEN = "   "
