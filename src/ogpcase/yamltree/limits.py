"""Limits of a record's file: its bytes, levels, nodes and characters."""

from __future__ import annotations

import re
from enum import Enum, auto
from functools import cache, lru_cache
from itertools import chain
from unicodedata import name

LARGEST = 256 * 1024
"""Bytes."""
DEEPEST = 16
"""Lists and mappings inside each other."""
MOST_NODES = 20_000
"""Keys, values, lists and mappings."""


class Unwanted(Enum):
    """The types of unwanted characters; each has its own check."""

    CONTROL = auto()
    SEPARATOR = auto()
    BIDIRECTIONAL = auto()
    DIRECTION_MARK = auto()
    INVISIBLE = auto()


_WRITTEN_RANGES = {
    # C0 without tab and line ends (other checks judge them), DEL, C1 but for NEL, lone surrogates, noncharacters
    Unwanted.CONTROL: "0-8 B-C E-1F 7F-84 86-9F D800-DFFF FDD0-FDEF "
    + " ".join(f"{plane:X}FFFE-{plane:X}FFFF" for plane in range(17)),
    Unwanted.SEPARATOR: "85 2028-2029",
    Unwanted.BIDIRECTIONAL: "202A-202E 2066-2069",
    Unwanted.DIRECTION_MARK: "61C 200E-200F",
    # not joiners (200C, 200D) and variation selectors, which Persian, Hindi and many emoji need;
    # soft hyphen, grapheme joiner, fillers, Mongolian and zero-width separators, invisible operators, annotations, tags
    Unwanted.INVISIBLE: "AD 34F 115F-1160 17B4-17B5 180E 200B 2060-2065 206A-206F 3164 FEFF FFA0 FFF0-FFFB E0000-E007F",
}
_RANGES = {
    kind: [
        (int(first, 16), int(last or first, 16)) for first, _, last in (part.partition("-") for part in ranges.split())
    ]
    for kind, ranges in _WRITTEN_RANGES.items()
}
_FIRST_PLANE_END = 0xFFFF
FAMILIAR = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180), *range(0x2010, 0x2028))))
"""The characters of most European texts; a text of these needs no search for unwanted ones."""


@cache
def unwanted_pattern() -> re.Pattern[str]:
    """Returns the pattern of an unwanted character, once or repeated; it is slow to compile."""
    sets = {True: "", False: ""}
    for first, last in chain.from_iterable(_RANGES.values()):
        sets[first <= _FIRST_PLANE_END] += f"\\U{first:08x}-\\U{last:08x}"
    return re.compile(f"([{sets[True]}]|[{sets[False]}])\\1*")  # two sets: Python is faster for the first plane


@lru_cache(maxsize=1024)  # a file may repeat one 250,000 times
def unwanted(character: str) -> Unwanted | None:
    """Returns the type of an unwanted character in a file; None for an allowed one."""
    code = ord(character)
    for kind, ranges in _RANGES.items():
        if any(first <= code <= last for first, last in ranges):
            return kind
    return None


def unwanted_in_value(character: str) -> Unwanted | None:
    """Returns the same for a value, in which a carriage return is a control character."""
    return Unwanted.CONTROL if character == "\r" else unwanted(character)


def described(character: str) -> str:
    """Returns a character's code point and name: `U+200B zero width space`."""
    return f"U+{ord(character):04X} {name(character, '').lower()}".rstrip()
