"""Texts that would act somewhere, and folders that hold them in every field of every record that can hold text.

What no file may hold gets into the records below the loader: a word stands for it in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any
from zlib import crc32

import pytest
from tests.outward.records import (
    ASK,
    CONCERN,
    GOVERNMENT,
    PARTIES,
    STEPS,
    Folder,
    event_values,
    header_values,
    party_values,
    plain,
)
from tests.trials import HARD

from ogpcase.model.codelists import Kind
from ogpcase.model.questions import fields_of
from ogpcase.store import load
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.tree import Parsed

STARTS = (
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "'=1",
    "::error::x", " ::stop-commands::x", "##[error]x", "# h", "> q", "1. x", "- x", "* x", "+ x", "```", "~~~",
    "    code", "---", "|a|b|", "%%{init: {}}%%", "javascript:alert(1)", "data:text/html,x", "BEGIN:VALARM",
    "[a]: https://example.org",
)  # fmt: skip
"""What acts at the beginning of a text, of a cell or of a line."""
ANYWHERE = (
    "[/]", "[red]x[/red]", "[link=https://example.org]x[/link]", "[redacted]", ":smile:", "**b** _i_ ~~s~~ `c`",
    "[x](https://example.org)", "![x](https://example.org/i.png)", "<https://example.org>", "<b>x</b>",
    "<script>alert(1)</script>", "<!--", "]]>", "&lt;&#60;", "@octocat", "#12", "www.example.org",
    "https://example.org", "a@b.org", "$x$", "\\", "--> end", ":::x", "{0}", '"', ";,", "%0A::error::x", "||",
    "a" * 300, "字" * 120, "\x1b[2J", "\x1b]8;;https://example.org\x1b\\x\x1b]8;;\x1b\\", "\x1b]52;c;eA==\x07",
    "\x9b31m", "\x9d8;;x\x9c", "\x00", "\x07", "\x08", "\x0b", "\x0c", "\x0e", "\x1f", "\x7f", "\x80", "\x85",
    "\u2028", "\u2029", "\n::error::x", "\r::error::x", "\r\nATTACH:https://example.org", "\nEND:VEVENT", "\n# h",
    "\n\n<b>x</b>", "\n| x |", "\t", "\u202ax\u202bx\u202d", "\u202egnp", "\u2066x\u2067x\u2068",
    "\u200e\u200f\u061c", "\u200b\u2060\ufeff", "\u00ad\u034f\u180e", "\u115f\u1160\u3164\uffa0",
    "\u17b4\u17b5\u2800", "\U000e0041\U000e007f", "\ufff9x\ufffb", "\ue000", "\ud800", "x\udfff", "\ufffe",
    "\u0301" * 30, "\u200d\u200c",
)  # fmt: skip
"""What acts wherever it stands."""
LONGEST_KEY = 300
BEFORE = {each: STEPS[each] for each in (ASK, CONCERN)}
"""What the others refer to; the case is open."""
MARK = re.compile(r"zq\d\dzq")
"""Stands in every hostile text, so that it is found wherever it went; and in a file for one that no file may hold."""


@cache
def _fits(text: str) -> bool:
    """True when a record's file can hold the text."""
    try:
        read = parse(emit({"title": f"x{text}x"}).encode(), "x.yaml")
    except Exception:  # noqa: BLE001 - whatever the reason, it cannot be written
        return False
    return read.tree is not None and not read.problems


def _dealt() -> Iterator[str]:
    """Each of STARTS once, with its share of what acts anywhere before and after the mark."""
    half = len(STARTS) // 2
    for number, start in enumerate(STARTS):  # every other text can stand in a file, unless its beginning cannot
        some = [each for each in ANYWHERE if _fits(each) == (number % 2 == 0)]
        share = some[number // 2 :: half]
        yield f"{start} zq{number:02}zq {' '.join(share)} {start}"


TEXTS = tuple(_dealt())
"""Together they hold everything above, each beginning with something else."""


def marked(text: str) -> Iterator[str]:
    """Yields the hostile texts of which some part stands in a text."""
    yield from (TEXTS[int(mark[2:4])] for mark in dict.fromkeys(MARK.findall(text)))


def _written(text: str) -> str:
    """Returns the text, or the mark that stands for it where no file may hold it."""
    return text if _fits(text) else _mark(text)


def _mark(text: str) -> str:
    return str(MARK.findall(text)[0])


WRITTEN = tuple(map(_written, TEXTS))


def _nested(value: Any) -> Any:
    """Returns plain values with the hostile text in the place of each word that stands for one, in keys too."""
    if isinstance(value, dict):
        return {_nested(key): _nested(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_nested(inner) for inner in value]
    if type(value) is not str or not MARK.search(value):
        return value
    (text,) = marked(value)
    if text in WRITTEN:
        return value
    return text if value == _mark(text) else value.replace(_mark(text), "".join(text.replace("/", "").split()))


@contextmanager
def below_the_loader() -> Iterator[None]:
    """Puts into the records what no file may hold, once their files are read."""
    read = load.parse  # type: ignore[attr-defined]  # where it is called

    def parsed(data: bytes, file: str) -> Parsed:
        found = read(data, file)
        if found.tree is not None:
            found.tree.value = _nested(found.tree.value)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load, "parse", parsed)
        yield


SHARING = 1 if HARD else 2
"""How many texts share a case."""


class _Saying:
    """Gives hostile values for what can hold text, and sound ones for the rest."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __call__(self, sort: str, way: str) -> Any:
        text = self.text_at(way)
        if sort in {"text", "line"}:
            return text
        if sort == "url":
            return f"https://example.org/{''.join(text.split())}"
        if sort == "file":
            return f"sources/{text.replace('/', '')}"
        return "2024-05-05" if way.endswith("due") else plain(sort, way)

    def text_at(self, way: str) -> str:
        """Returns the case's text; of several that share a case, one by the place."""
        return WRITTEN[SHARING * self._number + crc32(f"{way} {self._number}".encode()) % SHARING]


def sound() -> Folder:
    """A case for each hostile text, which stands in all that can hold text: header, events of all kinds, and a party.

    Unless this is a hard run, several texts share a case, and each place has one of them.
    """
    folder = Folder(parties=dict(PARTIES))
    for number in range(len(TEXTS) // SHARING):
        say, case = _Saying(number), f"hostile-{2000 + number}"
        party = f"party-{number:02}"
        folder.parties[party] = party_values(say)
        folder.headers[case] = header_values(say, GOVERNMENT)
        folder.events[case] = {**BEFORE, **_events(number, say, party)}
    return folder


def _events(number: int, say: _Saying, party: str) -> dict[str, dict[str, Any]]:
    events: dict[str, dict[str, Any]] = {}
    for kind in Kind:
        values = event_values(kind, lambda sort, way: party if sort == "party" else say(sort, way))
        own = {field.name for field in fields_of(kind) if field not in fields_of()}
        if kind is not Kind.LETTER:  # what every kind has is tried with one
            kept = own | {"kind", "title", "dated", "sources"}
            values = {name: value for name, value in values.items() if name in kept}
        dated = f"2023-0{7 + number % 2}-1{number % 10}"
        events[f"{dated}-{kind}-all"] = {**values, "dated": dated}
    return events


def wrong() -> Folder:
    """The same records with the hostile text as the value of every field, as an unknown field, and as an item."""
    folder = Folder(parties=dict(PARTIES))
    for number, text in enumerate(WRITTEN):
        case = f"hostile-{2000 + number}"
        key = _mark(text) if "\n" in text or len(text) > LONGEST_KEY else text
        folder.parties[f"party-{number:02}"] = {**_all(party_values(plain), text), key: text}
        folder.headers[case] = {**_all(header_values(plain, GOVERNMENT), text), key: text}
        kind = list(Kind)[number % len(Kind)]
        values = {**_all(event_values(kind, plain), text), "kind": str(kind), key: {key: [text]}}
        folder.events[case] = {f"2023-07-01-{kind}-all": values}
        folder.events[case]["2023-07-02-letter-kind"] = {"kind": text, "title": text, "dated": "2023-07-02"}
    return folder


def _all(value: Any, text: str) -> Any:
    if isinstance(value, Mapping):
        return {key: _all(inner, text) for key, inner in value.items()}
    return [_all(inner, text) for inner in value] if isinstance(value, list) else text
