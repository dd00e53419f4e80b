"""Each check of the room is reported at its exact span, with its page, and not for what is near but good."""

from __future__ import annotations

import re
from inspect import cleandoc
from typing import Any

import pytest

from ogpcase.diagnostics import Check, Severity
from ogpcase.yamltree import problems
from ogpcase.yamltree.limits import FAMILIAR, unwanted
from ogpcase.yamltree.parsing import calls_for_a_closer_look, parse

NEL, LINE_SEPARATOR, OVERRIDE, ZERO_WIDTH, MARK = "\x85", "\u2028", "\u202e", "\u200b", "\u200e"

PLANTED = [
    # code, the text, with the reported span between « and »
    ("OC101", 'title: «"»never closed\n'),
    ("OC104", "a: x«\x1b»[2J\n"),
    ("OC104", "a: «\x00\x00»\n"),
    ("OC104", "a: x«\x7f»\n"),
    ("OC104", "a: x«\x9b»\n"),
    ("OC104", "a: x«\ufdd0»\n"),
    ("OC104", "a: x«\ufffe»\n"),
    ("OC104", "a: x«\U0001ffff»\n"),
    ("OC104", 'a: "x«\\x1b»"\n'),
    ("OC104", 'a: "x«\\0»"\n'),
    ("OC104", 'a: "x«\\e»"\n'),
    ("OC104", 'a: "x«\\r»"\n'),
    ("OC104", 'a: "x«\\ud800»"\n'),
    ("OC104", 'a: "x«\\U00110000»"\n'),
    ("OC104", 'a: "x«\\uFFFF»"\n'),
    ("OC105", "a: 1\nb: 2«»\r\nc: 3\n"),
    ("OC105", "a: 1«»\rb: 2\n"),
    ("OC106", f"a: x«{OVERRIDE}»y\n"),
    ("OC106", 'a: "x«\\u2066»y"\n'),
    ("OC107", "a: 1\nb: 2\n«a»: 3\n"),
    ("OC107", 'a: {b: 1, «"\\x62"»: 2}\n'),
    ("OC107", "\u00e9: 1\n«e\u0301»: 2\n"),
    ("OC108", "a: «&x» 1\n"),
    ("OC109", "a: «*x»\n"),
    ("OC110", "a: «!!str» 1\n"),
    ("OC110", "a: [«!x!y» b]\n"),
    ("OC110", "«!»\na: b\n"),
    ("OC111", "«<<»: {a: 1}\n"),
    ("OC112", "a: 1\n«---»\nb: 2\n"),
    ("OC112", "---\na: 1\n...\n«b»: 2\n"),
    ("OC113", "«1»: x\n"),
    ("OC113", "«true»: x\n"),
    ("OC113", "«2018-01-01»: x\n"),
    ("OC113", "«[a]»: x\n"),
    ("OC113", "a: {«{b: c}»: x}\n"),
    ("OC113", "a: {«~»: x}\n"),
    ("OC117", "a: |\n  x\n  «<<<<<<<» HEAD\n"),
    ("OC117", "a: |\n  x\n  «=======»\n"),
    ("OC117", "a: 1\n«>>>>>>>» branch\n"),
    ("OC117", "a: 1\n«|||||||» base\n"),
    ("OC118", "a: «no»\n"),
    ("OC118", "a: [x, «012»]\n"),
    ("OC118", "«on»: x\n"),
    ("OC118", "- «1_000»\n"),
    ("OC118", "- «12:30»\n"),
    ("OC118", "- «1e3»\n"),
    ("OC118", "- «<<»\n"),
    ("OC118", "- «=»\n"),
    ("OC119", "a:«\t»b\n"),
    ("OC119", "a:\n«\t»b: 1\n"),
    ("OC119", "a: b # x«\t\t»y\n"),
    ("OC120", "«%YAML 1.1»\n---\na: 1\n"),
    ("OC120", "# c\n«%FOO»\n---\na: 1\n"),
    ("OC121", "«?» a\n: b\n"),
    ("OC121", "a: {«?»b: c}\n"),
    ("OC122", 'a: "b"«#»c\n'),
    ("OC122", "a: [b,«#» c\n  d]\n"),
    ("OC122", "a: [b]«#» c\n"),
    ("OC122", "a: |«#»c\n  x\n"),
    ("OC122", "a: >-«#»c\n  x\n"),
    ("OC123", "a: 1«»"),
    ("OC124", f"a: x«{LINE_SEPARATOR}»y\n"),
    ("OC124", f"a: x«{NEL}»y\n"),
    ("OC124", 'a: "x«\\N»y"\n'),
    ("OC125", f"a: x«{ZERO_WIDTH}»y\n"),
    ("OC125", "a: x«\u00ad»y\n"),
    ("OC125", "a: x«\ufeff»y\n"),
    ("OC125", "a: x«\U000e0041»y\n"),
    ("OC125", 'a: "x«\\u200b»y"\n'),
    ("OC126", "«»"),
    ("OC126", "«»# nothing\n\n"),
    ("OC126", "«»---\n"),
    ("OC127", f"a: x«{MARK}»y\n"),
    ("OC128", "a: case «#4»\n"),
    ("OC128", "a: «#4»\nb: 1\n"),
]

RULES: tuple[Check[Any], ...] = problems.RULES


@pytest.mark.parametrize(("code", "marked"), PLANTED)
def test_a_planted_fault_is_reported_at_its_span(code: str, marked: str) -> None:
    before, rest = marked.split("«", 1)
    inside, after = rest.split("»", 1)
    text = before + inside + after
    problems = parse(text.encode(), "case/case.yaml").problems
    assert [code] == [problem.code for problem in problems]
    place = problems[0].places[0]
    assert "case/case.yaml" == place.file
    assert place.span is not None
    assert (len(before), len(before + inside)) == (place.span.start, place.span.end)


BYTES = [
    ("OC102", b"a: x\nb: \xff\n", (2, 4)),
    ("OC102", "é: x".encode("latin-1"), (1, 1)),
    ("OC102", "a: x\n".encode("utf-16"), (1, 1)),
    ("OC102", "a: x\n".encode("utf-16-le"), (1, 2)),
    ("OC102", b"a: \xed\xa0\x80\n", (1, 4)),
    ("OC103", b"\xef\xbb\xbfa: 1\n", (1, 1)),
    ("OC114", b"a" * (256 * 1024 + 1), (1, 1)),
    ("OC115", b"[" * 17 + b"]" * 17 + b"\n", (1, 17)),
    ("OC115", b"- " * 17 + b"a\n", (1, 33)),
    ("OC115", b"a:\n  " + b"[" * 100_000 + b"\n", (2, 18)),
    ("OC115", b"a: [" + b"{b: " * 2_000 + b"\n", (1, 61)),
    ("OC115", b"a: " + b"[\n" * 2_000, (16, 1)),
    ("OC115", b"".join(b" " * depth + b"-\n" for depth in range(600)), (17, 17)),
    ("OC116", b"[" + b"a," * 20_000 + b"]\n", (1, 40_000)),
]


@pytest.mark.parametrize(("code", "data", "position"), BYTES)
def test_a_fault_of_the_bytes_is_reported_at_its_place(code: str, data: bytes, position: tuple[int, int]) -> None:
    problems = parse(data, "a.yaml").problems
    assert [code] == [problem.code for problem in problems]
    span = problems[0].places[0].span
    assert span is not None
    assert position == (span.line, span.column)


def test_every_code_is_planted_and_planned() -> None:
    codes = [check.rule.code for check in RULES]
    assert [f"OC{number}" for number in range(101, 129)] == codes
    assert set(codes) == {code for code, _ in PLANTED} | {code for code, _, _ in BYTES}
    assert ["OC127", "OC128"] == [check.rule.code for check in RULES if check.rule.severity is Severity.WARNING]


@pytest.mark.parametrize("page", [check.rule.page for check in RULES], ids=[check.rule.code for check in RULES])
def test_every_check_has_a_page_with_its_headings(page: str) -> None:
    headings = [line for line in cleandoc(page).splitlines()[1:] if re.fullmatch(r"\S.*", line)]
    assert ["Why it matters", "Wrong", "Right", "Not reported when"] == headings


GOOD = [
    "a: text\n",
    "---\na: 1\n",
    "a: 1\n...\n",
    "a: 1 # comment\n# another\nb: 2#3\n",
    "a: event#item\nb: http://x.org/#top\nc: [case/event#item, x]\n",
    "a: \"x # y\"\nb: '#z'\nc: |  # comment\n  # text\n  a #b\n",
    "a: R&D and Q&A!\nb: 5 * 3 = 15\nc: what? ha\nd: 100%\ne: so & so\nf: a ? b\n",
    "a: |\n  * item\n  & more\n  ! yes\n  %x\n  ? why\n  a: b: c\n",
    'a: "\\t\\n\\"\\\\\\u00e9\\_\\/"\n',
    "a: |\n  ======\n  ========\n  ==== ===\n  a =======\n",
    "a: \u0646\u0627\u0645\u0647\u200c\u0647\u0627\nb: 👨\u200d👩\u200d👧 ❤\ufe0f\nc: 10\u00a0000\n",
    "a: 2018-07-16\nb: 2018-07\nc: 2011\nd: 1.10\ne: true\nf: null\ng:\nh: 0x1F\ni: 007\n",
    '"no": "no"\n"1": "012"\n"<<": 1\n"=": 1\n',
    "a: {b: [c, {d: e}], f: 'g'}\n",
    "a:\r\n  - b\r\n",
    "a: 'multi\n  line'\nb: plain\n  lines\n",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_near_a_fault_but_good_is_not_reported(text: str) -> None:
    parsed = parse(text.encode(), "a.yaml")
    assert () == parsed.problems
    assert parsed.tree is not None


LIMITS = [
    b"a: " + b"x" * (256 * 1024 - 4) + b"\n",
    b"[" * 16 + b"]" * 16 + b"\n",
    b"- " * 16 + b"a\n",
    b"[" + b"a," * 19_999 + b"]\n",
]


@pytest.mark.parametrize("data", LIMITS, ids=["size", "flow depth", "block depth", "nodes"])
def test_exactly_at_a_limit_all_is_well(data: bytes) -> None:
    assert () == parse(data, "a.yaml").problems


def test_a_mapping_s_keys_and_values_count_as_nodes() -> None:
    good = "".join(f"k{number}: 1\n" for number in range(9_999))
    assert () == parse(good.encode(), "a.yaml").problems
    assert ["OC116"] == [problem.code for problem in parse((good + "a: 1\n").encode(), "a.yaml").problems]


def test_no_familiar_character_is_unwanted() -> None:
    """A text of familiar characters is not searched."""
    assert set() == {character for character in FAMILIAR if unwanted(character)}


def test_seven_folded_texts_are_no_marker_of_a_merge_conflict() -> None:
    data = "".join(f"text{number}: >-\n  folded\n" for number in range(7)).encode()
    assert not calls_for_a_closer_look(data, data.decode())
    assert calls_for_a_closer_look(data + b">>>>>>> theirs\n", data.decode())
