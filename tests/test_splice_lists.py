"""Lists of hand-shaped records, changed: what stays keeps its lines and comments, what goes takes its comments along.

Each item of these lists has a word of its own, and each comment the word of the item that it belongs to.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.trials import examples

from ogpcase.diagnostics import Route
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import removed, replaced, value_at
from ogpcase.yamltree.tree import YamlTree

WORDS = ("ash", "birch", "cedar", "elm", "fir", "holly", "larch")
BLOCK_HEAD = "kind: letter  # a letter\nplace:\n"
TAIL = "# of what follows\nafter: [x]   # stays\n"


def tree_of(text: str) -> YamlTree:
    parsed = parse(text.encode(), "x/events/a.yaml")
    assert parsed.tree is not None, parsed.problems
    assert not parsed.problems, (parsed.problems, text)
    return parsed.tree


def appended(tree: YamlTree, route: Route, value: object) -> str:
    items = value_at(tree.value, route)
    assert isinstance(items, list)
    return replaced(tree, route, [*items, value])


class Shaped:
    """A list as a person may write it: the lines between its head and its end, by item."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.newline = rng.choice(("\n", "\r\n"))
        self.step = rng.choice((2, 3, 4))
        self.dash = self.step + rng.choice((0, 1, 2, 4))
        self.gap = rng.choice((2, 3, 4))
        self.blank = rng.choice(("", "", self.newline))
        self.sort = rng.choice(("word", "fields", "list", "brackets"))
        self.words = rng.sample(WORDS, rng.randint(1, 5))
        self.values = {word: self._value(word) for word in WORDS}
        self.own = {word: self._lines(word) for word in self.words}

    def _value(self, word: str) -> object:
        if self.sort == "fields":
            return {"id": word, "text": f"of {word}", "parties": [f"{word}-a", f"{word}-b"]}
        return [f"{word}-a", f"{word}-b"] if self.sort in ("list", "brackets") else word

    def _comment(self, word: str, column: int, chance: float = 0.4) -> list[str]:
        return [" " * column + f"# {word}: 'x' - [z"] if self.rng.random() < chance else []

    def _beside(self, word: str) -> str:
        return self.rng.choice((" ", "   ")) + f"# {word} beside" if self.rng.random() < 0.5 else ""

    def _lines(self, word: str) -> list[str]:
        """The lines of an item: its comments above, what it says, and deeper comments below."""
        inner = self.dash + self.gap
        above = self._comment(word, self.rng.choice((0, self.step, self.dash)))
        start = " " * self.dash + "-" + " " * (self.gap - 1)
        quoted = self.rng.choice((f"{word}", f"'{word}'", f'"{word}"'))
        if self.sort == "fields":
            own = [
                start + f"id: {quoted}" + self._beside(word),
                *self._comment(word, inner),
                " " * inner + f"text:  'of {word}'" + self._beside(word),
                " " * inner + f"parties: [{word}-a,  '{word}-b']" + self._beside(word),
            ]
        elif self.sort == "list":
            own = [f"{start}- {word}-a" + self._beside(word), " " * inner + f"- '{word}-b'" + self._beside(word)]
        else:
            own = [start + (f"[ {word}-a,  {word}-b ]" if self.sort == "brackets" else quoted) + self._beside(word)]
        return [*above, *own, *self._comment(word, inner + self.rng.choice((0, 1)), 0.2)]

    def body(self, words: list[str]) -> str:
        """The lines of these items, the old ones as they were written."""
        return self.blank.join("".join(line + self.newline for line in self.own[word]) for word in words)

    def around(self, route: str) -> tuple[str, str]:
        """What stands before and behind the list."""
        indent = " " * self.step
        head = BLOCK_HEAD + f"{indent}{route}:" + self.rng.choice(("", "  # of the key")) + "\n"
        head += self.rng.choice(("", f"{indent}  # of the list\n\n", "\n"))
        end = self.rng.choice(("", "\n", f"{indent}# of next\n{indent}next: 1\n")) + TAIL
        return head.replace("\n", self.newline), end.replace("\n", self.newline)


SHAPED = st.integers(0, 2**32).map(Random).map(Shaped)
EXAMPLES = settings(max_examples=examples(50, 200), deadline=None)
ROUTE: Route = ("place", "listed")


@EXAMPLES
@given(SHAPED, st.data())
def test_what_stays_keeps_its_lines_in_the_new_order(shaped: Shaped, data: st.DataObject) -> None:
    """Shortened, reordered or both: the new text is the old lines of what stays, and all round it is as it was."""
    head, end = shaped.around("listed")
    tree = tree_of(head + shaped.body(shaped.words) + end)
    left = data.draw(st.permutations(shaped.words))[: data.draw(st.integers(1, len(shaped.words)))]
    assert head + shaped.body(left) + end == replaced(tree, ROUTE, [shaped.values[word] for word in left])


@EXAMPLES
@given(SHAPED, st.data())
def test_new_items_stand_between_those_that_stay(shaped: Shaped, data: st.DataObject) -> None:
    head, end = shaped.around("listed")
    tree = tree_of(head + shaped.body(shaped.words) + end)
    wanted = data.draw(st.permutations(WORDS))[: data.draw(st.integers(1, len(WORDS)))]
    new = replaced(tree, ROUTE, [shaped.values[word] for word in wanted])
    kept = [word for word in wanted if word in shaped.words]
    assert new.startswith(head)
    assert new.endswith(end)
    assert [shaped.values[word] for word in wanted] == value_at(tree_of(new).value, ROUTE)
    rest = new[len(head) : len(new) - len(end)]
    for word in kept:
        place = rest.index(shaped.body([word]))
        assert "#" not in rest[:place], rest
        rest = rest[place + len(shaped.body([word])) :]
    assert "#" not in rest
    if kept:
        assert head + shaped.body(kept) + end == replaced(tree_of(new), ROUTE, [shaped.values[word] for word in kept])


@EXAMPLES
@given(SHAPED, st.data())
def test_one_item_goes_and_one_comes(shaped: Shaped, data: st.DataObject) -> None:
    head, end = shaped.around("listed")
    text = head + shaped.body(shaped.words) + end
    longer = appended(tree_of(text), ROUTE, value := shaped.values[WORDS[0]])
    assert value == value_at(tree_of(longer).value, (*ROUTE, len(shaped.words)))
    assert text == removed(tree_of(longer), (*ROUTE, len(shaped.words)))
    gone = data.draw(st.sampled_from(range(len(shaped.words))))
    left = [word for place, word in enumerate(shaped.words) if place != gone]
    if left:
        assert head + shaped.body(left) + end == removed(tree_of(text), (*ROUTE, gone))


@EXAMPLES
@given(SHAPED.filter(lambda shaped: shaped.sort == "fields"), st.data())
def test_one_field_of_one_item_changes_its_own_characters(shaped: Shaped, data: st.DataObject) -> None:
    head, end = shaped.around("listed")
    text = head + shaped.body(shaped.words) + end
    word = data.draw(st.sampled_from(shaped.words))
    field, old, new = data.draw(
        st.sampled_from((("text", f"'of {word}'", "'anew'"), ("parties", f"[{word}-a,  '{word}-b']", f"['{word}-b']")))
    )
    values = {"text": "anew", "parties": [f"{word}-b"]}
    order = data.draw(st.permutations(shaped.words))
    items = [shaped.values[name] for name in order]
    items[order.index(word)] = {**shaped.values[word], field: values[field]}  # type: ignore[dict-item]  # a mapping
    made = replaced(tree_of(text), ROUTE, items)
    assert (head + shaped.body(order) + end).replace(old, new) == made


@EXAMPLES
@given(st.integers(0, 2**32).map(Random), st.data())
def test_brackets_in_several_lines_keep_the_comments_of_what_stays(rng: Random, data: st.DataObject) -> None:
    words = rng.sample(WORDS, rng.randint(1, 5))
    above = {word: f"    # {word} above\n" if rng.random() < 0.3 else "" for word in words}
    beside = {word: rng.choice(("", f"  # {word} beside")) for word in words}
    quoted = {word: rng.choice((word, f"'{word}'", f'"{word}"')) for word in words}

    def text_of(some: list[str]) -> str:
        items = [f"{above[word]}    {quoted[word]}{',' * (word != some[-1])}{beside[word]}\n" for word in some]
        return f"a: [  # of the key\n{''.join(items)}  ]  # end\nb: 1\n"

    left = data.draw(st.permutations(words))[: data.draw(st.integers(1, len(words)))]
    assert text_of(left) == replaced(tree_of(text_of(words)), ("a",), left)
    assert text_of(words) == removed(tree_of(appended(tree_of(text_of(words)), ("a",), "oak")), ("a", len(words)))


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("- en  # original\n- es  # translation\n", ["en"], "- en  # original\n"),
        ("- en  # original\n- es  # translation\n", ["fr", "es"], "- fr\n- es  # translation\n"),
        ("# head\n\n# of en\n- en\n\n# of es\n- es # es\n", ["es", "en"],
         "# head\n\n# of es\n- es # es\n\n# of en\n- en\n"),
        ("# head\n\n# of en\n- en\n\n# of es\n- es # es\n", ["es"], "# head\n\n# of es\n- es # es\n"),
        ("- en  # original\n\n- es\n\n- fr\n", ["es", "fr"], "- es\n\n- fr\n"),
        ("- en\n\n- es\n", ["en", "es", "fr"], "- en\n\n- es\n\n- fr\n"),
        ("- en\n\n- es\n", ["fr", "en"], "- fr\n\n- en\n"),
        ("    # of en\n  - en\n  - es\n", ["es", "en"], "  - es\n  # of en\n  - en\n"),
        ("- a  # 1\n- a  # 2\n- b\n", ["a", "b"], "- a  # 1\n- b\n"),
        ("- - x # x\n  # of k\n  - k # k\n- - z\n", [["k", "x"], ["z"]], "-\n  # of k\n  - k # k\n  - x # x\n- - z\n"),
        ("- - x # x\n  - k # k\n- - z # z\n", [["z"], ["k"]], "- - z # z\n- - k # k\n"),
        ("- open # since\n- b\n", [{"party": "open", "as_named": "O"}, "b"],
         "- party: open # since\n  as_named: O\n- b\n"),
        ("- {party: open, as_named: O} # since\n- b\n", ["open", "b"], "- open # since\n- b\n"),
        ("- as_named: O # as on page 2\n  party: open # since\n", [{"party": "open", "as_named": "Op"}],
         "- as_named: Op # as on page 2\n  party: open # since\n"),
        ("- name: A # first\n  for: x\n- name: B # second\n  for: x\n", [{"name": "B", "for": "x"}],
         "- name: B # second\n  for: x\n"),
        ("- id: a # first\n  text: T\n", [{"id": "b", "text": "U"}], "- id: b\n  text: U\n"),
        ("- name: A # first\n  office: O # of\n  for: x\n", [{"name": "B", "office": "O", "for": "x"}],
         "- name: B\n  office: O\n  for: x\n"),
        ("- id: a # first\n  text:   T\n", [{"id": "b", "text": "T"}], "- id: b # first\n  text:   T\n"),
        ("- field: f # 1\n  value: v\n- field: f # 2\n  value: w\n  by: B\n", [{"field": "f", "value": "w", "by": "C"}],
         "- field: f # 2\n  value: w\n  by: C\n"),
    ],
)  # fmt: skip
def test_a_list_changed(old: str, value: object, new: str) -> None:
    made = replaced(tree_of(f"a: # key\n{old}b: 1\n"), ("a",), value)
    assert f"a: # key\n{new}b: 1\n" == made
    assert made == replaced(tree_of(made), ("a",), value)


@pytest.mark.parametrize(
    ("old", "value", "new"),
    [
        ("a:\n  - en  # original\n  - es  # no\nb: 1\n", "en", "a: en  # original\nb: 1\n"),
        ("a: # key\n  # head\n\n  # of en\n  - en # original\nb: 1\n", "en",
         "a: en # key # original\n  # head\n  # of en\nb: 1\n"),
        ("a: [\n  en,  # original\n  es  # no\n  ] # end\n", "en", "a: en  # original # end\n"),
        ("a: [  # head\n  # of en\n  en,  # original\n  es  # no\n  ]\n", "en",
         "a: en  # head  # original\n  # of en\n"),
        ("a: [  # head\n  es  # no\n  ]\n", [], "a: []  # head\n"),
        ("a: en  # why\nb: 1\n", ["en", "es"], "a: [en, es]  # why\nb: 1\n"),
        ("a: [en, 'es', \"fr\"] # c\n", ["fr", "es"], "a: [\"fr\", 'es'] # c\n"),
        ("a: [x, {b: 'c', d: e}]\n", [{"b": "c", "d": "f"}, "k"], "a: [{b: 'c', d: f}, k]\n"),
        ("a:\n  - x # no\nb: 1\n", [], "a: []\nb: 1\n"),
        ("a:\n  - x # no\n  # of a\nb: 1\n", [], "a: []\n  # of a\nb: 1\n"),
    ],
)  # fmt: skip
def test_a_list_becomes_a_value_and_a_value_a_list(old: str, value: object, new: str) -> None:
    assert new == replaced(tree_of(old), ("a",), value)
