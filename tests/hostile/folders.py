"""A folder of hostile records beside sound ones, judged once in each format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from tests.hostile.program import EVENTS, NEIGHBOUR, Done, keeps_its_word, run, with_neighbour

from ogpcase.cli.validate import FORMATS as VERDICT_FORMATS

FORMATS = ("text", *VERDICT_FORMATS)
"""All formats of a verdict; one without a reader in `_READERS` fails the tests."""
_LETTER = {
    "kind": "letter",
    "title": "A letter",
    "dated": "2023-02-02",
    "senders": "[open-arcadia]",
    "addressees": "[government-of-arcadia]",
}


class Row(NamedTuple):
    """A kind of bad input, one way to write it, and a code that it must get, with the line where it must stand."""

    row: str
    data: bytes
    code: str
    line: int


def letter(**fields: str) -> bytes:
    """Returns the bytes of a letter, with these fields in the place of its own or after them."""
    return "".join(f"{name}: {text}\n" for name, text in {**_LETTER, **fields}.items()).encode("utf-8", "surrogatepass")


def file_of(number: int) -> str:
    """Returns the path of the record of a row."""
    return f"{EVENTS}/2023-02-02-letter-row-{number}.yaml"


def folder_of(top: Path, rows: Iterable[Row]) -> Path:
    """Makes the folder; returns what holds it."""
    cases = with_neighbour(top)
    for number, row in enumerate(rows):
        (cases / file_of(number)).write_bytes(row.data)
    return top


def judged(top: Path, form: str) -> tuple[Done, dict[str, list[tuple[str, int]]]]:
    """Runs `validate` and returns the code and the line of every diagnostic, by file."""
    done = run(top, "validate", "--format", form)
    keeps_its_word(done, codes=(1,))
    found: dict[str, list[tuple[str, int]]] = {}
    for path, line, code in _READERS[form](done.out):
        found.setdefault(path.removeprefix("cases/"), []).append((code, int(line)))
    assert ("OC203", 2) in found[NEIGHBOUR]  # the other files are still judged
    return done, found


def _text(out: str) -> list[tuple[str, str, str]]:
    """One frame may stand for several like it, whose places it lists."""
    found: list[tuple[str, str, str]] = []
    for frame in re.split(r"^(?=(?:error|warning)\[)", out, flags=re.MULTILINE)[1:]:
        code = re.findall(r"OC\d+", frame)[0]
        more = re.findall(r"more like it: (.*)", frame)
        places = [*re.findall(r"--> (\S+?):(\d+):\d+", frame), *re.findall(r"(\S+?):(\d+):\d+", " ".join(more))]
        found += [(path, line, code) for path, line in places]
    return found


_PLAIN = re.compile(r"(\S+?):(\d+):\d+: (?:error|warning)\[(OC\d+)\]")
_ANNOTATION = re.compile(r"^::(?:error|warning) file=([^,]+),line=(\d+).*?,title=(OC\d+)::", re.MULTILINE)


def _concise(out: str) -> list[tuple[str, str, str]]:
    return _PLAIN.findall(out)


def _json(out: str) -> list[tuple[str, str, str]]:
    return [(row["places"][0]["path"], str(row["places"][0]["line"]), row["code"]) for row in json.loads(out)["rows"]]


def _github(out: str) -> list[tuple[str, str, str]]:
    return _PLAIN.findall(out) + _ANNOTATION.findall(out)


def _sarif(out: str) -> list[tuple[str, str, str]]:
    found = []
    for result in json.loads(out)["runs"][0]["results"]:
        where = result["locations"][0]["physicalLocation"]
        found.append((where["artifactLocation"]["uri"], str(where["region"]["startLine"]), result["ruleId"]))
    return found


def _gitlab(out: str) -> list[tuple[str, str, str]]:
    where = ((each["location"], each["check_name"]) for each in json.loads(out))
    return [(location["path"], str(location["lines"]["begin"]), code) for location, code in where]


def _junit(out: str) -> list[tuple[str, str, str]]:
    texts = [each.text or "" for tag in ("failure", "system-out") for each in ET.fromstring(out).iter(tag)]
    return _PLAIN.findall("\n".join(texts))


_READERS = {
    "text": _text,
    "concise": _concise,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "junit": _junit,
}
