"""Edits of hand-formatted records: whatever the indentation, quotes, comments and line ends, one node changes.

The records of the sound corpus and of this project's own case are written anew in many hands, and edited.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import takewhile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.diagnostics import Route
from ogpcase.editing.fixing import mended
from ogpcase.errors import BadInput
from ogpcase.yamltree.emitting import in_flow, key_text, quoted, styled
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import Field, inserted, removed, replaced, value_at
from ogpcase.yamltree.tree import YamlTree
from ogpcase.yamltree.values import Value

HERE = Path(__file__).parent
SOUND = HERE / "corpus" / "sound"
FILES = sorted([*SOUND.glob("**/*.yaml"), *(HERE.parent / "cases" / "mexico-2018").glob("**/*.yaml")])
TEXTS = ("plain", "two words", "a: b # c", "no", "", "line\nline two\n", "x" * 40 + " " + "y" * 70, "'", "ü")
NEW_VALUES: tuple[Any, ...] = (
    *TEXTS, 7, True, ["a", "b"], ["one thing, and: more"], {"en": "A"}, [{"id": "a", "text": "T"}], [], {},
)  # fmt: skip


class Hand:
    """A person's way of writing YAML: chosen anew at every node."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.step = rng.choice((2, 2, 4, 3))
        self.dash = rng.choice((0, 2, self.step))
        self.gap = rng.choice((2, 2, 4))
        self.comments = rng.choice((0.0, 0.15, 0.5))
        self.flow = rng.choice((0.0, 0.2, 0.6))
        self.count = 0

    def file(self, values: dict[str, Value]) -> str:
        head = self.rng.choice(("", "---\n", "# yaml-language-server: $schema=x\n", "# licence\n\n"))
        text = head + "".join(f"{line}\n" for line in self.fields(values, 0)) + self.rng.choice(("", "# the end\n"))
        return text.replace("\n", self.rng.choice(("\n", "\r\n")))

    def comment(self) -> str:
        self.count += 1
        return f"# remark {self.count}: ü - 'x' \"y\" [z"

    def above(self, column: int) -> list[str]:
        lines = [" " * column + self.comment()] if self.rng.random() < self.comments / 2 else []
        return ["", *lines] if self.rng.random() < self.comments / 3 else lines

    def beside(self) -> str:
        return self.rng.choice((" ", "   ")) + self.comment() if self.rng.random() < self.comments else ""

    def fields(self, values: dict[str, Value], column: int) -> list[str]:
        lines: list[str] = []
        for name, value in values.items():
            lines += self.above(column)
            key = self.rng.choice((key_text(name), key_text(name), quoted(name)))
            lines += self.behind(" " * column + key + ":", value, column)
        return lines

    def behind(self, start: str, value: Value, column: int) -> list[str]:
        """The lines of a value behind its colon."""
        if isinstance(value, dict | list) and value and self.rng.random() >= self.flow:
            lines = [start + self.beside()]
            if isinstance(value, dict):
                return [*lines, *self.fields(value, column + self.step)]
            return [*lines, *(line for item in value for line in self.item(item, column + self.dash))]
        return self.scalar(start, value, column + self.step)

    def item(self, value: Value, column: int) -> list[str]:
        start = " " * column + "-" + " " * (self.gap - 1)
        above = self.above(column)
        if isinstance(value, dict) and value and self.rng.random() >= self.flow:
            lines = self.fields(value, column + self.gap)
            while not lines[0].strip() or lines[0].lstrip().startswith("#"):
                lines.pop(0)
            return [*above, start + lines[0].lstrip(), *lines[1:]]
        return [*above, *self.scalar(start.rstrip(), value, column + self.gap)]

    def scalar(self, start: str, value: Value, column: int) -> list[str]:
        gap = self.rng.choice((" ", " ", "  "))
        if isinstance(value, dict | list):
            return [start + gap + in_flow(value) + self.beside()]
        if type(value) is not str:
            return [start + gap + (str(getattr(value, "written", "")) or styled(value, 0).text) + self.beside()]
        words = value.split(" ")
        if len(words) > 4 and "\n" not in value and all(words) and self.rng.random() < 0.4:
            half = len(words) // 2
            header = start + gap + self.rng.choice((">-", ">-" + self.beside()))
            return [header, " " * column + " ".join(words[:half]), " " * column + " ".join(words[half:])]
        if "\n" not in value and self.rng.random() < 0.3:
            return [start + gap + "'" + value.replace("'", "''") + "'" + self.beside()]
        plain = styled(value, 0)
        text = plain.text if plain.style is None and self.rng.random() < 0.7 else quoted(value)
        return [start + gap + text + self.beside()]


def tree_of(text: str) -> YamlTree:
    parsed = parse(text.encode(), "x/events/a.yaml")
    assert parsed.tree is not None, parsed.problems
    return parsed.tree


def written_by_hand(path: Path, rng: Random) -> YamlTree:
    values = tree_of(path.read_text(encoding="utf-8")).value
    assert isinstance(values, dict)
    text = Hand(rng).file(values)
    parsed = parse(text.encode(), "x/events/a.yaml")
    assume(parsed.tree is not None and not parsed.problems)
    assert parsed.tree is not None
    assert values == parsed.tree.value
    return parsed.tree


def appended(tree: YamlTree, route: Route, value: object) -> str:
    items = value_at(tree.value, route)
    assert isinstance(items, list)
    return replaced(tree, route, [*items, value])


def comments(text: str) -> list[str]:
    return re.findall(r"# remark [0-9]+", text)


def outside(tree: YamlTree, route: Route) -> list[str]:
    """The comments that stand neither inside a node nor in its last line."""
    span, key = tree.span_of(route), tree.span_of(route, "key")
    line_end = tree.text.find("\n", span.end)
    return [*comments(tree.text[: key.start]), *comments(tree.text[line_end:])]


def above(tree: YamlTree, route: Route) -> list[str]:
    """The comments directly above a block list's item, which are the item's."""
    before = tree.text[: tree.span_of(route).start].splitlines(keepends=True) or [""]
    if not isinstance(route[-1], int) or not re.fullmatch(" *- *", before.pop()):
        return []
    lines = list(takewhile(lambda line: line.lstrip().startswith("#"), reversed(before)))
    return comments("".join(lines))


def added_lines(old: str, new: str) -> tuple[str, str]:
    """What was taken out and what was put in, if one stretch of whole lines was exchanged."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    changed = [each for each in found if each[0] != "equal"]
    first, last = changed[0], changed[-1]
    return "".join(before[first[1] : last[2]]), "".join(after[first[3] : last[4]])


def routes(tree: YamlTree) -> list[Route]:
    return [route for route in tree.routes() if route]


EXAMPLES = settings(max_examples=examples(40, 150), deadline=None)
PATHS = st.sampled_from(FILES)
RANDOM = st.integers(0, 2**32).map(Random)


@EXAMPLES
@given(PATHS, RANDOM)
def test_another_value_changes_its_own_node_and_nothing_else(path: Path, rng: Random) -> None:
    tree = written_by_hand(path, rng)
    route = rng.choice(routes(tree))
    value = rng.choice(NEW_VALUES)
    new = replaced(tree, route, value)
    span, key = tree.span_of(route), tree.span_of(route, "key")
    line_end = tree.text.find("\n", span.end)
    assert new.startswith(tree.text[: key.start])
    assert new.endswith(tree.text[line_end:].lstrip("\r"))
    assert value == value_at(tree_of(new).value, route)
    assert set(outside(tree, route)) <= set(comments(new))
    assert replaced(tree_of(new), route, value) == new
    assert ("\r\n" in tree.text) == ("\r\n" in new)
    assert "\r\n" not in tree.text or new.count("\n") == new.count("\r\n")


@EXAMPLES
@given(PATHS, RANDOM)
def test_a_scalar_for_a_scalar_changes_only_the_scalars_own_characters(path: Path, rng: Random) -> None:
    tree = written_by_hand(path, rng)
    route = rng.choice([each for each in routes(tree) if not isinstance(value_at(tree.value, each), dict | list)])
    new = replaced(tree, route, "word")
    span = tree.span_of(route)
    assert new.startswith(tree.text[: span.start])
    assert new.endswith(tree.text[span.end :])


@EXAMPLES
@given(PATHS, RANDOM)
def test_a_new_field_is_lines_put_in_or_text_in_brackets(path: Path, rng: Random) -> None:
    tree = written_by_hand(path, rng)
    route = rng.choice([each for each in tree.routes() if isinstance(value_at(tree.value, each), dict)])
    fields = value_at(tree.value, route)
    assert isinstance(fields, dict)
    before = list(fields)[: rng.randrange(len(fields) + 1)]
    value = rng.choice(NEW_VALUES)
    new = inserted(tree, route, Field("brand_new", value, before))
    assert comments(tree.text) == comments(new)
    after = value_at(tree_of(new).value, route)
    assert isinstance(after, dict)
    assert [*before, "brand_new", *(name for name in fields if name not in before)] == list(after)
    assert tree.text == removed(tree_of(new), (*route, "brand_new"))


@EXAMPLES
@given(PATHS, RANDOM)
def test_a_new_item_stands_behind_the_others(path: Path, rng: Random) -> None:
    tree = written_by_hand(path, rng)
    lists = [each for each in tree.routes() if isinstance(value_at(tree.value, each), list)]
    assume(lists)
    route = rng.choice(lists)
    items = value_at(tree.value, route)
    assert isinstance(items, list)
    value = rng.choice(NEW_VALUES)
    new = appended(tree, route, value)
    assert comments(tree.text) == comments(new)
    assert [*items, value] == value_at(tree_of(new).value, route)
    assert tree.text == removed(tree_of(new), (*route, len(items)))


@EXAMPLES
@given(PATHS, RANDOM)
def test_a_list_at_any_depth_keeps_the_comments_of_what_stays_in_the_new_order(path: Path, rng: Random) -> None:
    tree = written_by_hand(path, rng)
    lists = [each for each in routes(tree) if tree.text[tree.span_of(each).start] in "[-"]
    lists = [each for each in lists if isinstance(value_at(tree.value, each), list) and value_at(tree.value, each)]
    assume(lists)
    route = rng.choice(lists)
    items = value_at(tree.value, route)
    assert isinstance(items, list)
    assume(all(items.count(item) == 1 for item in items))
    left = rng.sample(range(len(items)), rng.randint(1, len(items)))
    new = replaced(tree, route, [items[place] for place in left])
    assert [items[place] for place in left] == value_at(tree_of(new).value, route)
    span = tree.span_of(route)
    if tree.text[span.start] == "[":
        assert new.startswith(tree.text[: span.start])
        assert new.endswith(tree.text[span.end :])
        return
    at, own = span.start, []
    for place in range(len(items)):
        end = tree.text.find("\n", tree.span_of((*route, place)).end)
        own.append([*(above(tree, (*route, place)) if not place else ()), *comments(tree.text[at:end])])
        at = end
    before = comments(tree.text[: span.start])
    before = before[: len(before) - len(above(tree, (*route, 0)))]
    assert [*before, *(each for place in left for each in own[place]), *comments(tree.text[at:])] == comments(new)


@EXAMPLES
@given(PATHS, RANDOM)
def test_what_is_taken_out_takes_only_the_comments_that_are_its_own(path: Path, rng: Random) -> None:
    tree = written_by_hand(path, rng)
    route = rng.choice(routes(tree))
    assume(len(routes(tree)) > 1)
    new = removed(tree, route)
    gone, put_in = added_lines(tree.text, new)
    assert len(put_in) <= len(gone)
    assert set(outside(tree, route)) - set(above(tree, route)) <= set(comments(new))
    assert not set(above(tree, route)) & set(comments(new))


@EXAMPLES
@given(PATHS, RANDOM, st.sampled_from(("no", "on", "012", "1_000", "12:30", "true", "~y")))
def test_mending_a_plain_word_puts_quotes_round_it_and_nothing_else(path: Path, rng: Random, word: str) -> None:
    """Whatever the hand: the only bytes that change are the word's, and a second time none do."""
    tree = written_by_hand(path, rng)
    texts = [each for each in routes(tree) if each[0] in ("title", "summary", "name") or each[-1] == "text"]
    route = rng.choice([each for each in texts if isinstance(value_at(tree.value, each), str)] or [()])
    assume(route)
    start, end = tree.span_of(route).start, tree.span_of(route).end
    planted = tree.text[:start] + word + tree.text[end:]
    right = tree.text[:start] + (f'"{word}"' if word != "~y" else word) + tree.text[end:]
    file = path.relative_to(path.parents[2 if path.parent.name in ("events", "sources") else 1]).as_posix()
    assume(planted.endswith("\n"))
    assert right == mended(planted, file)
    assert right == mended(right, file)


def test_the_records_are_there() -> None:
    assert len(FILES) > 30


def test_what_cannot_be_written_is_refused_before_anything_else() -> None:
    tree = tree_of("title: a\n")
    with pytest.raises(BadInput, match="a character that no record may hold"):
        replaced(tree, ("title",), "a\x00b")
