"""New files: canonical, inside the profile, and read back as exactly what was meant."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.values import Value, WrittenDate, WrittenFloat, WrittenInteger

LONG = (
    "The letter asks for an independent investigation with experts from abroad: none was appointed # so far, "
    "and nobody in the government has said why."
)


def read(text: str) -> dict[str, Value]:
    parsed = parse(text.encode(), "a.yaml")
    assert () == parsed.problems
    assert parsed.tree is not None
    assert isinstance(parsed.tree.value, dict)
    return parsed.tree.value


def test_the_shape_of_a_whole_record() -> None:
    values = {
        "kind": "letter",
        "title": {"en": "Exit: the second", "es": "Salida"},
        "dated": WrittenDate("2017-05-23"),
        "summary": LONG,
        "senders": ["fundar", "article-19"],
        "languages": [],
        "requests": [
            {"id": "a", "text": {"en": "One line\nand another\n"}, "within": {"days": 30}},
            {"id": "b", "asked_of": ["Secretaría, de la Función Pública"]},
        ],
        "context": True,
        "withhold": None,
        "links": {},
    }
    expected = """\
kind: letter
title:
  en: "Exit: the second"
  es: Salida
dated: 2017-05-23
summary: >-
  The letter asks for an independent investigation with experts from abroad: none was appointed #
  so far, and nobody in the government has said why.
senders: [fundar, article-19]
languages: []
requests:
  - id: a
    text:
      en: |
        One line
        and another
    within:
      days: 30
  - id: b
    asked_of:
      - Secretaría, de la Función Pública
context: true
withhold: null
links: {}
"""
    assert expected == emit(values)


PLAIN = (
    *("text", "two words", "it's", "a:b", "http://x.org/#top", "event#item", "Ñandú", "日本語", "x" * 200),
    *("2018-07", "201X", "2018-07-16?"),
)
QUOTED = (
    *("", " x", "x ", "no", "NO", "on", "y", "null", "~", "true", "2018", "1.10", "012", "1e3", "12:30", "2018-07-16"),
    *("2018-07-16 10:00:00", "- x", "a: b", "x:", "a #b", "#a", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a"),
    *("'a'", '"a"', "=", "<<", "?", "...", "---", "-", "😀", "10\u00a0000", "a\tb", "a\\b #", "[..2017-07-21]", ".5"),
    *("0b1", "=======", "one \ntwo", "\n", "\na", "a\n\n", " a\nb", "a\n=======\nb", "double  spaces " * 10),
)


@pytest.mark.parametrize("text", PLAIN)
def test_text_that_all_readers_take_for_text_stands_plain(text: str) -> None:
    assert f"a: {text}\n" == emit({"a": text})


@pytest.mark.parametrize("text", QUOTED)
def test_other_text_stands_in_double_quotes(text: str) -> None:
    emitted = emit({"a": text})
    assert emitted.startswith('a: "')
    assert 1 == emitted.count("\n")
    assert {"a": text} == read(emitted)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", "a: |-\n  one\n  two\n"),
        ("one\n\n  two\n", "a: |\n  one\n\n    two\n"),
        ("# no comment\n- no item", "a: |-\n  # no comment\n  - no item\n"),
        (("word " * 20).strip(), "a: >-\n  " + "word " * 18 + "word\n  word\n"),
    ],
)
def test_text_of_several_lines_and_long_text(text: str, expected: str) -> None:
    assert expected == emit({"a": text})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (WrittenDate("2018"), "2018"),
        (WrittenDate("2018-07"), "2018-07"),
        (WrittenDate("2018-07-16"), "2018-07-16"),
        (WrittenDate("[..2018]"), '"[..2018]"'),
        (WrittenDate("012"), '"012"'),
        (WrittenInteger(31, "0x1F"), "0x1F"),
        (WrittenInteger(12, "012"), "12"),
        (WrittenFloat(1.1, "1.10"), "1.10"),
        (7, "7"),
        (-1.5, "-1.5"),
        (1e30, "1.0e+30"),
        (float("inf"), ".inf"),
        (False, "false"),
        (None, "null"),
    ],
)
def test_dates_numbers_and_words(value: object, written: str) -> None:
    assert f"a: {written}\n" == emit({"a": value})


@pytest.mark.parametrize(
    ("items", "in_brackets"),
    [
        (["a", "b c"], True),
        ([1, 2], True),
        ([WrittenDate("2018-01-01"), "case/event#item"], True),
        (["a", "no"], False),
        (["a", None], False),
        (["a, b"], False),
        (["http://x.org/"], False),
        (["x" * 41], False),
        (["twenty-characters-xx"] * 5, False),
        ([["a"], []], False),
    ],
)
def test_short_plain_lists_stand_in_brackets(items: list[object], in_brackets: bool) -> None:  # noqa: FBT001 - a table's column
    emitted = emit({"key": items})
    assert in_brackets is emitted.startswith("key: [")
    assert read(emitted)


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("id", "id"),
        ("no", '"no"'),
        ("2018", '"2018"'),
        ("a b", "a b"),
        ("a:b", '"a:b"'),
        ("", '""'),
        ("été", "été"),
        ("<<", '"<<"'),
    ],
)
def test_keys(key: str, written: str) -> None:
    assert f"{written}: x\n" == emit({key: "x"})


BAD: list[tuple[str, Mapping[str, object]]] = [
    ("`a` holds a character that no record may hold: U+001B", {"a": "x\x1b[2J"}),
    ("`a` holds a character that no record may hold: U+000D", {"a": "x\r\ny"}),
    ("`a.0.b` holds a character that no record may hold: U+2028 line separator", {"a": [{"b": "\u2028"}]}),
    ("`a` holds a character that no record may hold: U+0085", {"a": "\x85"}),
    ("`a` holds a character that no record may hold: U+D800", {"a": "\ud800"}),
    ("`a` holds a character that no record may hold: U+202E right-to-left override", {"a": "\u202e"}),
    ("`a` holds a character that no record may hold: U+FEFF zero width no-break space", {"a": "\ufeff"}),
    ("the record holds a character that no record may hold: U+0000", {"\0": "a"}),
    ("`a` has a key that is not text", {"a": {1: "x"}}),
    ("the record has a key that is not one line of at most 500 characters", {"a\nb": 1}),
    ("`a` is neither text, number, true, false, null, list nor mapping", {"a": {1, 2}}),
    ("`a` is a number of too many digits", {"a": 10**5000}),
    ("this cannot be recorded: a key is twice in one mapping", {"\u00e9": 1, "e\u0301": 2}),
    ("this cannot be recorded: the file is larger than 256 KiB", {"a": "x" * 300_000}),
    ("this cannot be recorded: the file contains more than 20,000 keys and values", {"a": [1] * 20_000}),
]


@pytest.mark.parametrize(("message", "values"), BAD)
def test_what_no_record_may_hold_is_refused(message: str, values: Mapping[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        emit(values)
    assert message == refused.value.message


def test_nesting_is_limited() -> None:
    deep: object = "x"
    for _ in range(15):
        deep = [deep]
    assert {"a": deep} == read(emit({"a": deep}))
    with pytest.raises(BadInput, match="nested more than 16 levels"):
        emit({"a": [deep]})


def test_a_direction_mark_is_only_a_warning_and_may_be_written() -> None:
    assert "a: \u200eאב\n".replace("\u200eאב", '"\u200eאב"') == emit({"a": "\u200eאב"})
