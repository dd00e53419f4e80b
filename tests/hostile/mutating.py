"""Sound records made unsound: by bytes, by YAML's own marks, by lines, by values, and by joining two of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

TOP = Path(__file__).parent.parent.parent
MARKS = (
    ": ", ":", "\n", "  ", " ", "#", " #x", " # x", "- ", "-", "[", "]", "{", "}", ",", ", ", "'", '"', "''", '\\"',
    "|", "|-", ">", ">+", "|2", "? ", "%", "@", "`", "&a ", "*a", "!t ", "!!str ", "<<: ", "\t", "\r", "\r\n", "---\n",
    "...\n", "\\x1b", "\\ud800", "\\U00110000", "\\q", "\x00", "\x1b", "\x85", "\u2028", "\u202e", "\ufeff", "\u200b",
    "\xa0", "é", "e\u0301", "😀", "\n\n", "\n \n", "=", "<<<<<<< HEAD\n", "%YAML 1.1\n", "# c\n",
)  # fmt: skip
VALUES = (
    "no", "On", "y", "~", "null", "true", "012", "0o14", "0x1F", "0b1", "1_000", "1e3", "1.5e400", "-.inf", ".nan",
    "12:30", "1:2.5", "=", "<<", "9" * 5000, "1.10", "2018-02-30", "2018-13-01", "0000-00-00", "9999-12-31",
    "2018-01-01T25:61:61Z", "2018-1-1", "unknown", "[]", "{}", "''", '""', "[[[[]]]]", "{a: {b: {c: d}}}", "[a, [b]]",
    "{a: 1, a: 2}", "[a: b]", "[-]", "-", "- a", "!x y", "&a b", "*a", "|", ">-", '"\\x00"', '"\\ud800"', '"\\u202e"',
    "'a\n b'", '"a\nb"', "a: b", "a #b", "a\n  b", "../../etc/passwd", "/etc/passwd", "all", "arcadia-2023", "x" * 300,
    "http://[::1", "javascript:alert(1)", "2023-04-10-concern#a", "ogp-support-unit", "🏳️‍🌈", "مرحبا", "\u200d",
)  # fmt: skip
_VALUE = re.compile(r"(?<=: )[^\n]+|(?<=- )[^\n]+")
_MANY = 40


class Record(NamedTuple):
    """A record of the sound corpus: its path below a case folder, and its bytes."""

    file: str
    data: bytes


def corpus() -> tuple[Record, ...]:
    """Returns the sound records of this project, those of the project's own cases among them."""
    tops = (TOP / "cases", *sorted((TOP / "tests" / "corpus" / "sound").glob("*/cases")))
    return tuple(
        Record(path.relative_to(top).as_posix(), path.read_bytes())
        for top in tops
        for path in sorted(top.rglob("*/*.yaml"))
    )


def mutants(seed: int, count: int) -> list[tuple[str, Record]]:
    """Returns so many mutants with how each was made; the same seed gives the same ones."""
    dice, records, made = Random(seed), corpus(), []
    ways = tuple(WAYS.items())
    for number in range(count):
        name, way = ways[number % len(ways)]
        record = dice.choice(records)
        data = record.data
        for _ in range(dice.choice((1, 1, 1, 2, 4))):
            data = way(dice, data, records)
        made.append((name, Record(record.file, data)))
    return made


def _by_bytes(dice: Random, data: bytes, _records: Sequence[Record]) -> bytes:
    at = dice.randrange(len(data) + 1)
    match dice.randrange(5):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
        case 2:
            return data[:at] + dice.randbytes(dice.randrange(1, 5)) + data[at:]
        case 3:
            return data[:at] + data[at + dice.randrange(1, _MANY) :]
        case _:
            return data[:at] + data[max(0, at - dice.randrange(1, _MANY)) :]


def _by_marks(dice: Random, data: bytes, _records: Sequence[Record]) -> bytes:
    at = dice.randrange(len(data) + 1)
    mark = dice.choice(MARKS).encode("utf-8", "surrogatepass")
    return data[:at] + mark + data[at + dice.choice((0, 0, 1, 3)) :]


def _by_lines(dice: Random, data: bytes, _records: Sequence[Record]) -> bytes:
    lines = data.split(b"\n")
    at, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(6):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, lines[at])
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at] = b" " * dice.randrange(1, 5) + lines[at]
        case 4:
            lines[at] = lines[at][dice.randrange(1, 5) :]
        case _:
            lines[at : at + 2] = [b" ".join(lines[at : at + 2])]
    return b"\n".join(lines)


def _by_values(dice: Random, data: bytes, _records: Sequence[Record]) -> bytes:
    text = data.decode("utf-8", "replace")
    places = [found.span() for found in _VALUE.finditer(text)]
    if not places:
        return data
    start, end = dice.choice(places)
    value = dice.choice(VALUES)
    if dice.randrange(4) == 0:
        value = text[slice(*dice.choice(places))]
    return (text[:start] + value + text[end:]).encode("utf-8", "replace")


def _by_joining(dice: Random, data: bytes, records: Sequence[Record]) -> bytes:
    one, other = data.split(b"\n"), dice.choice(records).data.split(b"\n")
    start, end = dice.randrange(len(one) + 1), dice.randrange(len(other) + 1)
    if dice.randrange(2):
        return b"\n".join((*one[:start], *other[end:]))
    return b"\n".join((*one[:start], *other[end : end + dice.randrange(1, 9)], *one[start:]))


WAYS: dict[str, Callable[[Random, bytes, Sequence[Record]], bytes]] = {
    "bytes": _by_bytes,
    "marks": _by_marks,
    "lines": _by_lines,
    "values": _by_values,
    "joined": _by_joining,
}
