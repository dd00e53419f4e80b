"""The house's shape, written out: where each comment goes, and what is refused."""

from __future__ import annotations

import pytest

from ogpcase.diagnostics import Route
from ogpcase.errors import BadInput
from ogpcase.yamltree import YamlTree, parse
from ogpcase.yamltree.layout import formatted


def tree_of(text: str) -> YamlTree:
    tree = parse(text.encode(), "x/events/a.yaml").tree
    assert tree is not None
    return tree


def order(route: Route) -> tuple[str, ...]:
    return ("kind", "title", "dated", "senders", "requests") if not route else ("id", "text")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("dated: 2017\nkind: letter\n", "kind: letter\ndated: 2017\n"),
        ("mine: 1\nkind: letter\nyours: 2\n", "kind: letter\nmine: 1\nyours: 2\n"),
        ("kind:   'letter'\n\n\ntitle:  \"A\"\n", "kind: letter\ntitle: A\n"),
        ("senders:\n- a\n- b\n", "senders: [a, b]\n"),
        ("# on dates\ndated: 2017 # sure\n# on kinds\nkind: letter\n",
         "# on kinds\nkind: letter\n# on dates\ndated: 2017  # sure\n"),
        ("# licence\n\n# on dates\ndated: 2017\nkind: letter\n",
         "# licence\n\nkind: letter\n# on dates\ndated: 2017\n"),
        ("---\n# on dates\ndated: 2017\n# end\n", "# on dates\ndated: 2017\n# end\n"),
        ("# licence\n---\ndated: 2017\n", "# licence\n\ndated: 2017\n"),
        ("senders: # all\n- a # one\n- b\n", "senders:  # all\n  - a  # one\n  - b\n"),
        ("senders: [ # all\n  a, # one\n  # two\n  b ] # done\n",
         "# done\nsenders:  # all\n  - a  # one\n  # two\n  - b\n"),
        ("senders:\n- a\n  # - b\nkind: letter\n", "kind: letter\nsenders:\n  - a\n    # - b\n"),
        ("senders:\n  - a\n  # - b\nkind: letter\n", "kind: letter\nsenders: [a]\n  # - b\n"),
        ("requests:\n- text: T # t\n  # the id\n  id: a\n", "requests:\n  # the id\n  - id: a\n    text: T  # t\n"),
        ("requests:\n- # first\n  text: T\n", "requests:\n  # first\n  - text: T\n"),
        ("title: | # as printed\n    a\n    b\n  # below\nkind: letter\n",
         "kind: letter\n# below\ntitle: |  # as printed\n  a\n  b\n"),
        ("title:\n  # why\n  A\n", "# why\ntitle: A\n"),
        ("title: 'A' #x\n", "#x\ntitle: A\n"),
        ("kind: letter\r\n# x\r\ntitle: A\r\n", "kind: letter\r\n# x\r\ntitle: A\r\n"),
        ("{kind: letter, senders: [a]}\n", "kind: letter\nsenders: [a]\n"),
        ("title: a#b\nurl: http://x/#y\nnote: '# no'\n", 'title: a#b\nurl: http://x/#y\nnote: "# no"\n'),
    ],
)  # fmt: skip
def test_the_house_s_shape(old: str, new: str) -> None:
    made = formatted(tree_of(old), order)
    assert new == made
    assert made == formatted(tree_of(made), order)


@pytest.mark.parametrize("text", ["title: no\n", "title: A\ntitle: B\n", "- a\n", "title:\tA\n"])
def test_what_has_errors_is_not_formatted(text: str) -> None:
    with pytest.raises(BadInput, match="a record with errors in its text is not formatted"):
        formatted(tree_of(text), order)


def test_a_comment_is_rather_kept_than_a_shape() -> None:
    """Several comments on one value all stay, above it where its line has no room."""
    old = "senders: # one\n  [a, # two\n   b # three\n  ] # four\n"
    made = formatted(tree_of(old), order)
    assert sorted(["# one", "# two", "# three", "# four"]) == sorted(
        "#" + part.rstrip() for line in made.splitlines() for part in line.split("#")[1:]
    )
