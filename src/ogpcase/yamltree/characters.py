"""Which characters no record may hold, raw or escaped, and which of them is what.

Written as ranges of code points, since most of these cannot be seen. Joiners (U+200C, U+200D) stay allowed:
Persian, Hindi and many emoji need them; so do variation selectors.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache, lru_cache


class Unwanted(Enum):
    """What an unwanted character is; each is a check of its own."""

    CONTROL = auto()
    SEPARATOR = auto()
    BIDIRECTIONAL = auto()
    DIRECTION_MARK = auto()
    INVISIBLE = auto()


_RANGES: dict[Unwanted, tuple[tuple[int, int], ...]] = {
    # C0 but for tab and line ends (judged apart), DEL, C1 but for NEL, lone surrogates, noncharacters
    Unwanted.CONTROL: (
        (0x00, 0x08),
        (0x0B, 0x0C),
        (0x0E, 0x1F),
        (0x7F, 0x84),
        (0x86, 0x9F),
        (0xD800, 0xDFFF),
        (0xFDD0, 0xFDEF),
        *((plane * 0x10000 + 0xFFFE, plane * 0x10000 + 0xFFFF) for plane in range(17)),
    ),
    Unwanted.SEPARATOR: ((0x85, 0x85), (0x2028, 0x2029)),
    Unwanted.BIDIRECTIONAL: ((0x202A, 0x202E), (0x2066, 0x2069)),
    Unwanted.DIRECTION_MARK: ((0x061C, 0x061C), (0x200E, 0x200F)),
    # soft hyphen, grapheme joiner, fillers, Mongolian and zero-width separators, invisible operators, annotations, tags
    Unwanted.INVISIBLE: (
        (0xAD, 0xAD),
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180E, 0x180E),
        (0x200B, 0x200B),
        (0x2060, 0x2065),
        (0x206A, 0x206F),
        (0x3164, 0x3164),
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0),
        (0xFFF0, 0xFFFB),
        (0xE0000, 0xE007F),
    ),
}


_PLANE_END = 0xFFFF


def _set(*, beyond_first_plane: bool) -> str:
    """Returns the character set of all unwanted characters in, or beyond, the first 65,536 code points."""
    every = [each for ranges in _RANGES.values() for each in ranges if (each[0] > _PLANE_END) is beyond_first_plane]
    return "[" + "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in every) + "]"


# Apart, since Python looks up a set of the first plane in a table but tries ranges beyond it one by one.
_COMMON = _set(beyond_first_plane=False)
_ASTRAL = _set(beyond_first_plane=True)

FAMILIAR = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180), *range(0x2010, 0x2028))))
"""Characters that most European texts are made of, none of them unwanted: a text of these needs no search."""


@cache
def unwanted_pattern() -> re.Pattern[str]:
    """Returns what matches one unwanted character; it takes a while to compile."""
    return re.compile(f"{_COMMON}|{_ASTRAL}")


@lru_cache(maxsize=1024)  # a file may hold 250,000 of one of them
def unwanted(character: str) -> Unwanted | None:
    """Returns what kind of unwanted character this is in a file, or None for one that is welcome."""
    code = ord(character)
    for kind, ranges in _RANGES.items():
        if any(first <= code <= last for first, last in ranges):
            return kind
    return None


def unwanted_in_value(character: str) -> Unwanted | None:
    """Returns the same for a value: there a carriage return, in a file the half of a line end, is a control."""
    return Unwanted.CONTROL if character == "\r" else unwanted(character)
