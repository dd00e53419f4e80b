"""The values of a file are those of the YAML 1.2 core schema, as ruamel.yaml's safe loader sees them too."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import random
import textwrap
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.values import Value, WrittenDate, WrittenFloat, WrittenInteger


def read(text: str) -> Value:
    tree = parse(text.encode(), "a.yaml").tree
    assert tree is not None, text
    return tree.value


def reference(text: str) -> object:
    """What ruamel.yaml's pure YAML 1.2 loader sees; its dates back to the text they were written as."""
    return with_dates_as_text(YAML(typ="safe", pure=True).load(text))


def with_dates_as_text(value: object) -> object:
    if isinstance(value, dict):
        return {key: with_dates_as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [with_dates_as_text(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def typed(value: object) -> object:
    """Replaces scalars by their type and value, so that 1, 1.0 and True differ."""
    if isinstance(value, dict):
        return {key: typed(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [typed(inner) for inner in value]
    kind = next(kind for kind in (bool, int, float, str, type(None)) if isinstance(value, kind))
    return (kind, repr(value) if kind is float else value)


DIFFERENCES = {
    "a date is text": ("2018-07-16", "2018-07-16", dt.date(2018, 7, 16)),
    "a timestamp is text": ("2018-07-16T10:00:00", "2018-07-16T10:00:00", dt.datetime(2018, 7, 16, 10)),  # noqa: DTZ001 - as the reference has it
    "a binary number is text": ("0b11", "0b11", 3),
    "underscores make text": ("1_000", "1_000", 1000),
    "a fraction with underscores is text": ("1_0.5", "1_0.5", 10.5),
}
"""Where we differ from the reference on purpose: it takes more than the core schema does."""


@pytest.mark.parametrize(("text", "ours", "theirs"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_intended_differences_from_the_reference(text: str, ours: object, theirs: object) -> None:
    assert {"a": ours} == read(f"a: {text}\n")
    assert {"a": theirs} == YAML(typ="safe", pure=True).load(f"a: {text}\n")


PLAIN = (
    *(
        "text",
        "two words",
        "naïve café",
        "日本語",
        "😀",
        "a:b",
        "a#b",
        "http://x.org/y?z=1#w",
        "it's",
        'say "x"',
        "a, b",
    ),
    *("-x", "null", "Null", "NULL", "~", "", "nULL", "true", "True", "TRUE", "false", "tRUE", "no", "on", "yes", "NO"),
    *("y", "off", "0", "7", "-12", "+5", "012", "007", "0o17", "0x1F", "1.10", "-0.5", ".5", "5.", "1e3", "1.5e-3"),
    *("-1E+2", ".inf", "-.INF", ".nan", "2011", "2018-07", "2018-07-16", "2018-07-XX", "201X", "12:30", "1.2.3", "0x"),
    *("0o8", "+", ".", "e3"),
)
QUOTED = ("", "no", "it's", 'say "x"', "a: b", " # c", "tab\tand\nline", "\\", "é😀", "012", "- a", "{", "x\n\n y ")


def scalar(dice: random.Random, depth: int) -> str:
    style = dice.randrange(6)
    if style < 3:
        return dice.choice(PLAIN)
    text = dice.choice(QUOTED)
    if style == 3:
        return "'" + text.replace("\n", " ").replace("\t", " ").replace("'", "''") + "'"
    if style == 4:
        return '"' + text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n").replace("\t", r"\t") + '"'
    lines = "\n".join(
        dice.choice(("one", "two words", "", "  deeper", "# no comment")) for _ in range(dice.randint(1, 4))
    )
    mark = dice.choice("|>") + dice.choice(("", "-", "+"))
    return f"{mark}\n" + textwrap.indent(f"first\n{lines}", "  " * (depth + 1))


def flow(dice: random.Random, depth: int) -> str:
    items = [
        dice.choice(("a", "b c", "'x, y'", "1", "null", '"k"', "a-b", "1.5", "2018-01-01"))
        for _ in range(dice.randint(0, 3))
    ]
    if depth < 5 and dice.random() < 0.3:
        items.append(flow(dice, depth + 1))
    if dice.random() < 0.5:
        return "[" + ", ".join(items) + "]"
    return "{" + ", ".join(f"k{number}: {item}" for number, item in enumerate(items)) + "}"


def block(dice: random.Random, depth: int) -> str:
    """A mapping or list in block style, its lines indented for `depth`."""
    margin, lines, listed = "  " * depth, [], dice.random() < 0.4
    for number in range(dice.randint(1, 4)):
        head = "-" if listed else dice.choice((f"key{number}", f'"quoted {number}"', f"clé-{number}")) + ":"
        if dice.random() < 0.2:
            lines.append(f"{margin}# a comment")
        if depth < 4 and dice.random() < 0.3:
            lines.append(f"{margin}{head}\n{block(dice, depth + 1)}")
        else:
            value = flow(dice, 0) if dice.random() < 0.2 else scalar(dice, depth)
            lines.append(f"{margin}{head} {value}".rstrip(" "))
    return "\n".join(lines)


@pytest.mark.parametrize("seeds", [range(start, start + 50) for start in range(0, 600, 50)], ids=str)
def test_generated_documents_read_as_the_reference_reads_them(seeds: range) -> None:
    texts = {seed: block(random.Random(seed), 0) + "\n" for seed in seeds}
    assert {} == {seed: text for seed, text in texts.items() if typed(reference(text)) != typed(read(text))}


plain_text = st.text(st.characters(categories=("L", "N", "P", "S", "Zs"), exclude_characters="\u200b\xad"), max_size=30)
any_scalar = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | plain_text
nested = st.recursive(
    any_scalar,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_text, inner, max_size=4),
    max_leaves=15,
)


@settings(deadline=None)
@given(nested, st.sampled_from((True, False, None)), st.integers(20, 200))
def test_what_the_reference_dumps_reads_back(value: object, flow_style: bool | None, width: int) -> None:  # noqa: FBT001 - drawn
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width = flow_style, width
    stream = StringIO()
    yaml.dump({"a": value}, stream)
    parsed = parse(stream.getvalue().encode(), "a.yaml")
    if parsed.tree is None:  # the dumper's own means, which we refuse: tags, `?` keys
        assert parsed.problems
    elif not {"OC110", "OC121"} & {problem.code for problem in parsed.problems}:
        assert typed(reference(stream.getvalue())) == typed(parsed.tree.value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("2017", 2017), ("0x1F", 31), ("+5", 5), ("-0", 0), ("1.10", 1.1), ("-2.0e+3", -2000.0), (".inf", float("inf"))],
)
def test_numbers_remember_how_they_were_written(written: str, value: float) -> None:
    got = read(f"a: {written}\n")
    assert isinstance(got, dict)
    number = got["a"]
    assert isinstance(number, WrittenInteger | WrittenFloat)
    assert (value, written) == (number, number.written)
    assert type(value) in type(number).__mro__
    assert [written] * 2 == [copy.deepcopy(number).written, pickle.loads(pickle.dumps(number)).written]


@pytest.mark.parametrize("written", ["2017-02-16", "2017-2-1 10:00:00", "2017-02-16T10:00:00Z", "2018-13-45"])
def test_what_yaml_1_1_takes_for_a_date_is_marked_text(written: str) -> None:
    got = read(f"- {written}\n")
    assert [written] == got
    assert isinstance(got, list)
    assert isinstance(got[0], WrittenDate)


@pytest.mark.parametrize("written", ["2018-07", "201X", "2018-07-16?", '"2018-07-16"', "2018-07-XX", "2018-7-16"])
def test_other_dates_are_simple_text(written: str) -> None:
    got = read(f"- {written}\n")
    assert isinstance(got, list)
    assert str is type(got[0])


def test_an_integer_too_long_for_python_stays_text() -> None:
    assert ["9" * 5000] == read(f"- {'9' * 5000}\n")


def test_crlf_reads_as_lf() -> None:
    assert {"a": "x\ny\n", "b": 1} == read("a: |\r\n  x\r\n  y\r\nb: 1\r\n")
