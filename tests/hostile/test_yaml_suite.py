"""The YAML test suite through `yamltree`: what is invalid is refused, what is accepted has the suite's value.

A valid document that is refused is a difference on purpose, listed here with its reason.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest
from tests.hostile.mutating import TOP

from ogpcase.diagnostics import Severity
from ogpcase.yamltree.parsing import parse

REASONS = {
    "OC101": "libyaml reads the syntax of YAML 1.1, see SYNTAX",
    "OC104": "a control character written as an escape",
    "OC108": "anchors are no part of our profile",
    "OC109": "aliases are no part of our profile",
    "OC110": "tags are no part of our profile",
    "OC112": "a file holds one record",
    "OC113": "a key is text",
    "OC118": "a plain scalar that readers of YAML 1.1 take for another type, or refuse",
    "OC119": "tabs are no part of our profile",
    "OC120": "directives are no part of our profile",
    "OC121": "keys with a question mark are no part of our profile",
    "OC123": "the last line must end: a file that was cut looks the same",
    "OC126": "a record is never empty",
}
"""Why a valid document is refused, by the code it gets."""

SYNTAX = {
    "an empty key before a colon": "2JQS CFD4 FRK4 M2N8-01 NHX8 NKF9 S3PD SM9W-02 UKK6-01 6M2F",
    "a colon glued to the value before or behind it, in brackets": "4ABK 58MP 5MUD 5T43 DBG4 HM87-01 K3WX",
    "a key in brackets that runs over two lines, or its colon on the next": "4MUZ-01 4MUZ-02 4MUZ-03 9SA2 NJ66 VJP3-02",
    "a name of an anchor with other than letters, digits, `-` and `_`": "2SXE 8XYN W5VH",
    "a block text on top that is not indented": "DK3J FP8R W4TN",
    "the end of a document that never began": "HWV9 QT73",
    "a percent sign at the start of a line": "UT92",
    "a blank line of a block text with a tab, where it is indented": "R4YG",
}
"""What of YAML 1.2 libyaml does not read, and the documents it does not read for that."""

DIFFERENCES = {
    "OC119": "3RLN-02 3RLN-03 3RLN-05 3RLN-06 4ZYM 5GBF 6BCT 6CA3 6HB6 7A4E 96NN-01 DC7X DE56-03 DE56-04 DE56-05"
    " DE56-06 DK95-01 DK95-03 DK95-04 DK95-05 DK95-06 DK95-09 HS5T J3BT K54U KH5V-02 KH5V-03 M9B4 MJS9 NB6Z"
    " NP9H PRH3 Q5MG Q8AD T5N4 TL85 UV7Q Y79Y-02 Y79Y-03 Y79Y-11",
    "OC101": "2JQS 4ABK 4MUZ-01 4MUZ-02 4MUZ-03 58MP 5MUD 5T43 8XYN 9SA2 CFD4 DBG4 DK3J FP8R HM87-01 HWV9 K3WX NHX8"
    " NJ66 QT73 S3PD UKK6-01 VJP3-02 W5VH",
    "OC110": "2AUY 33X3 52DL 565N 57H4 6JWB 735Y 74H7 7FWL 8MK2 EHF6 FH7J J7PZ M5C3 S4JQ WZ62 Z67P",
    "OC121": "5WE3 652Z 7W2P CT4Q GH63 HM87-02 JTV5 RR7F S9E8 X8DW",
    "OC112": "6ZKB 7Z25 9DXL JHB9 KSS4 L383 M7A3 PUW8 RZT7",
    "OC108": "3R3P 7BMT CN3R FTA2 SKE5 U3XV Y2GN ZH7C",
    "OC108 OC109": "26DV 3GZX 6KGN 7BUB E76Z JS2J V55R X38W",
    "OC113 OC121": "6PBE DFF7 KK5P M2N8-02 M5DY V9D5",
    "OC123": "2G84-03 2G84-04 4RWC JEF9-03 L24T-02 SM9W-01",
    "OC110 OC120": "6CK3 CC74 P76L U3C3 Z9M4",
    "OC113": "4FJ6 9MMW LX3P Q9WF SBG9",
    "OC120": "27NA 2LFX 6LVF BEC7 RTP8",
    "OC108 OC109 OC110": "CUP7 HMQ5 LE5A UGM3",
    "OC120 OC126": "MUS6-03 MUS6-05 MUS6-06 MUS6-07",
    "OC126": "8G76 98YD AVM7",
    "OC101 OC112": "NKF9 UT92",
    "OC101 OC121": "FRK4 M2N8-01",
    "OC108 OC110": "BU8L F2C7",
    "OC108 OC113 OC118 OC121": "RZP5 XW4D",
    "OC108 OC121": "PW8X ZWK4",
    "OC110 OC112": "6WLZ 9WXW",
    "OC110 OC121": "2XXW L94M",
    "OC119 OC120 OC126": "DK95-08 MUS6-04",
    "OC101 OC108": "2SXE",
    "OC101 OC108 OC109 OC121": "6M2F",
    "OC101 OC119": "R4YG",
    "OC101 OC120": "W4TN",
    "OC101 OC123": "SM9W-02",
    "OC104": "G4RS",
    "OC108 OC109 OC110 OC118 OC120": "C4HZ",
    "OC108 OC110 OC112": "9KAX",
    "OC108 OC113": "6BFJ",
    "OC110 OC112 OC120": "5TYM",
    "OC110 OC112 OC121": "35KP",
    "OC110 OC126": "UKK6-03",
    "OC112 OC118": "U9NS",
    "OC112 OC126": "6XDY",
    "OC119 OC121": "A2M4",
    "OC119 OC123": "96NN-02",
}
"""Every valid document that is refused, by the codes of its errors."""


class Case(NamedTuple):
    """A document of the suite; `value` is its JSON, parsed, where it has any."""

    id: str
    text: str
    invalid: bool
    has_value: bool
    value: Any


def _cases() -> tuple[Case, ...]:
    rows = json.loads((TOP / "tests" / "data" / "yaml-test-suite" / "cases.json").read_text())
    return tuple(_case(row) for row in rows)


def _case(row: dict[str, Any]) -> Case:
    try:
        value, has_value = json.loads(row["json"]), True
    except (KeyError, ValueError):  # none, or that of several documents
        value, has_value = None, False
    return Case(row["id"], row["yaml"], "fail" in row, has_value, value)


CASES = _cases()


def codes_of(case: Case) -> str:
    problems = parse(case.text.encode("utf-8", "surrogatepass"), "a.yaml").problems
    return " ".join(sorted({each.code for each in problems if each.rule.severity is Severity.ERROR}))


def test_the_suite_is_whole() -> None:
    assert (402, 94) == (len(CASES), sum(case.invalid for case in CASES))


@pytest.mark.parametrize("case", [case for case in CASES if case.invalid], ids=lambda case: case.id)
def test_what_is_invalid_is_refused(case: Case) -> None:
    assert "" != codes_of(case)


@pytest.mark.parametrize("case", [case for case in CASES if not case.invalid], ids=lambda case: case.id)
def test_what_is_valid_is_read_as_the_suite_says_or_refused_for_a_reason(case: Case) -> None:
    listed = next((codes for codes, ids in DIFFERENCES.items() if case.id in ids.split()), "")
    assert listed == codes_of(case)
    if not listed:
        tree = parse(case.text.encode("utf-8", "surrogatepass"), "a.yaml").tree
        assert tree is not None
        assert case.has_value
        assert normal(case.value) == normal(tree.value)


def normal(value: object) -> object:
    """Returns the value with whole floats as integers: JSON has one sort of number."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, dict):
        return {str(name): normal(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [normal(inner) for inner in value]
    if isinstance(value, int | float):
        return int(value) if value == int(value) else float(value)
    return str(value)


def test_every_difference_has_its_reason() -> None:
    listed = [name for ids in DIFFERENCES.values() for name in ids.split()]
    assert len(set(listed)) == len(listed)
    assert set(listed) <= {case.id for case in CASES if not case.invalid}
    assert {code for codes in DIFFERENCES for code in codes.split()} == set(REASONS)
    unread = {name for codes, ids in DIFFERENCES.items() if "OC101" in codes for name in ids.split()}
    assert unread == {name for ids in SYNTAX.values() for name in ids.split()}
