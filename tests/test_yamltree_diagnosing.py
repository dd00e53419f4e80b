"""One run reports everything it can see, keeps the tree where it can, and words it for people."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.blessing import hold

from ogpcase.yamltree.parsing import parse

GOLDEN = Path(__file__).parent / "data" / "syntax-mistakes.txt"


def codes(text: str) -> list[str]:
    return [problem.code for problem in parse(text.encode(), "a.yaml").problems]


def test_many_faults_are_reported_in_one_run_in_the_order_of_their_places() -> None:
    text = '%YAML 1.1\n---\na: no\na: 1\nb: &x [1]#c\nc: "\\e"\nd: \u200b\n<<: {e: 1}\n1: !t x\nf:\tz'
    expected = [
        "OC120",
        "OC118",
        "OC107",
        "OC108",
        "OC122",
        "OC104",
        "OC125",
        "OC111",
        "OC113",
        "OC110",
        "OC119",
        "OC123",
    ]
    assert expected == codes(text)


def test_a_tree_is_there_despite_faults_and_keeps_the_first_of_equal_keys() -> None:
    tree = parse(b"\xef\xbb\xbfa: no\na: 2\nb: &x [!t 1]\n1: z\nc:\n\td: 3", "a.yaml").tree
    assert tree is not None
    assert {"a": "no", "b": [1], "1": "z", "c": {"d": 3}} == tree.value


@pytest.mark.parametrize("text", ["a: *b\n", "a: [\n", "", "[" * 17 + "]" * 17 + "\n", "a: 1\n<<<<<<< HEAD\n"])
def test_nothing_sound_no_tree(text: str) -> None:
    parsed = parse(text.encode(), "a.yaml")
    assert parsed.tree is None
    assert text == parsed.text


def test_the_first_of_several_documents_is_the_tree() -> None:
    parsed = parse(b"a: 1\n---\n[broken\n", "a.yaml")
    assert ["OC112"] == [problem.code for problem in parsed.problems]
    assert parsed.tree is not None
    assert {"a": 1} == parsed.tree.value


def test_a_second_place_shows_the_first_of_equal_keys() -> None:
    (problem,) = parse(b"title: a\nx: 1\ntitle: b\n", "a.yaml").problems
    assert "the key `title` is twice in one mapping" == problem.message
    assert [3, 1] == [place.span.line for place in problem.places if place.span]


def test_at_most_fifty_problems_and_the_last_says_how_many_more() -> None:
    problems = parse(("- no\n" * 100).encode(), "a.yaml").problems
    assert 50 == len(problems)
    assert ("50 more like this in the file",) == problems[-1].notes


def test_a_rare_fault_is_not_crowded_out() -> None:
    problems = parse(("- no\n" * 100 + "- &x 1").encode(), "a.yaml").problems
    assert 50 == len(problems)
    assert {"OC118", "OC108", "OC123"} == {problem.code for problem in problems}


@pytest.mark.parametrize("value", ["0049301234567", "1_234_567", "12:30:45"])
def test_no_message_repeats_a_number(value: str) -> None:
    (problem,) = parse(f"a: {value}\n".encode(), "a.yaml").problems
    assert value not in str((problem.message, problem.notes, problem.helps))


@pytest.mark.parametrize("key", ["Jane Doe", "jane@example.org", "x" * 60])
def test_a_key_that_is_no_field_name_is_not_repeated(key: str) -> None:
    (problem,) = parse(f"{key}: 1\n{key}: 2\n".encode(), "a.yaml").problems
    assert "a key is twice in one mapping" == problem.message


SYNTAX = [
    # the message, and the text with its primary span between « and »
    ("a quoted text is never closed", "a: «'»b\nc: d\n"),
    ("a quoted text has several lines and ends in the middle of one", 'a: «"»x\nb: "y"\n'),
    ("a list in brackets is never closed", "a: «[»b, c\n"),
    ("a list in brackets is never closed", "a: {b: «[»\n"),
    ("a mapping in brackets is not closed, or a comma is missing", "a: «{»b: 1\nc: 2\n"),
    ("this line has no `: ` after its key", "a: 1\n«b:2»\nc: 3\n"),
    ("this line has no `: ` after its key", "«a:1»\nb: 2\n"),
    ("this line has no `: ` after its key", "- a\n«-b»\n"),
    ("this line has no `: ` after its key", "a: 1\n«some text»\n"),
    ("a second `: ` in one line", "title: Letter«:» the second\n"),
    ("a key does not fit below the line above it", "a: 1\n  «b: 2»\n"),
    ("a line is not indented like the keys of its mapping", "a:\n  b: 1\n «c: 2»\n"),
    ("a line does not belong to the list above it", "- a\n«b: 1»\n"),
    ("a list item is where a key is expected", "a: 1\n«-» b\n"),
    ("a list item cannot be in the line of its key", "a: «-» b\n"),
    ("text follows the closing quote", "a: 'it'«s»\n"),
    ("text follows the closing bracket", "a: [b]«]»\n"),
    ("text follows the end of the record", "[a]«]»\n"),
    ("a closing bracket has no opening bracket", "a: «]»\n"),
    ("a comma has nothing before it", "a: [b,«,» c]\n"),
    ("a value cannot start with `@`", "a: «@»b\n"),
    ("a value cannot start with a backquote", "a: «`»b`\n"),
    ("a value cannot start with `%`", "a: «%»b\n"),
    ("a value cannot start with `*`", "a: «*» b\n"),
    ("a value cannot start with `&`", "a: «&» b\n"),
    ("a value cannot start with `? `", "a: «?» b\n"),
    ("a line cannot start with `%`", "a: 1\n«%»b: 2\n"),
    ("a value that starts with `!` is read as a tag", "a: «!<b»\n"),
    ("text follows a `|` or `>` in the same line", "a: |«b»\n  c\n"),
    ("a block text cannot be indented by 0", "a: |«0»\n  c\n"),
    ("a backslash in double quotes starts an escape that YAML does not know", 'a: "C:«\\U»sers"\n'.replace("U", "q")),
    ("an escape in double quotes lacks digits", 'a: "«\\x4»"\n'),
    ("a line of `---` or `...` is inside a quoted text", 'a: "b\n«---»\n"\n'),
    ("a colon inside brackets needs a space after it", "a: {b«:», c: 1}\n"),
    ("a key is longer than 1,024 characters", f"«x»{'x' * 1024}: 1\n"),
    ("a key is missing before this colon", "a: 1\n«:» b\n"),
]


@pytest.mark.parametrize(("message", "marked"), SYNTAX)
def test_syntax_errors_are_worded_for_people_and_point_at_the_mistake(message: str, marked: str) -> None:
    before, rest = marked.split("«", 1)
    inside, after = rest.split("»", 1)
    (problem,) = parse((before + inside + after).encode(), "a.yaml").problems
    assert ("OC101", message) == (problem.code, problem.message)
    span = problem.places[0].span
    assert span is not None
    assert (len(before), len(before + inside)) == (span.start, span.end)


def test_what_stands_beside_a_syntax_error_was_found_good() -> None:
    """The words at each place, and the way out, of every mistake in the list above."""
    told = []
    for _, marked in SYNTAX:
        text = marked.replace("«", "").replace("»", "")
        (problem,) = parse(text.encode(), "a.yaml").problems
        spans = [(place.span.start, place.span.end, place.label) for place in problem.places if place.span]
        beside = [f"  {text[start:end].strip()[:40]!r}: {label}" for start, end, label in spans]
        told += [problem.message, *beside, *(f"  help: {each}" for each in problem.helps), ""]
    hold(GOLDEN, "\n".join(told))
