"""The checks of what the values of a file are: keys, scalars that readers disagree on, depth and number."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import FileId, Place, Problem, Span, rule
from ogpcase.yamltree.limits import DEEPEST, MOST_NODES


@rule("OC107", "duplicate-key")
def duplicate_key(file: FileId, span: Span, first: Span, key: str = "", *, alike: bool = False) -> Iterator[Problem]:
    """A mapping has the same key twice.

    Why it matters
        Readers keep the first, keep the last, or stop: one of the two values would be lost without a word.
    Wrong
        title: Letter
        title: Letter of Concern
    Right
        title: Letter of Concern
    Not reported when
        The two keys stand in different mappings. Keys that differ only in how accents are composed count as the same.
    """
    places = (
        Place(file, span=span, label="again here"),
        Place(file, span=first, label="first here"),
    )
    named = f"the key `{key}`" if key else "a key"
    notes = ("the two look alike and differ only in how their accents are composed",) if alike else ()
    yield Problem(f"{named} stands twice in one mapping", places, notes, helps=("keep one of the two",))


@rule("OC111", "merge-key")
def merge_key(file: FileId, span: Span) -> Iterator[Problem]:
    """A mapping uses the merge key `<<`.

    Why it matters
        Old readers fill in fields from elsewhere, new ones see a field named `<<`.
    Wrong
        <<: *defaults
    Right
        The fields, written out.
    Not reported when
        The key is quoted: then it is a field name, and judged as one.
    """
    yield Problem(
        "a record may not use the merge key `<<`",
        (Place(file, span=span, label="a merge key"),),
        helps=("write the fields out",),
    )


@rule("OC113", "key-not-text")
def key_not_text(file: FileId, span: Span, kind: str) -> Iterator[Problem]:
    """A key is not text: it is a number, a date, true, false or null, a list or a mapping.

    Why it matters
        JSON and the field names of a record know only text as keys, and readers differ on how to make it so.
    Wrong
        2018: Letter
    Right
        "2018": Letter
    Not reported when
        The key is quoted.
    """
    in_quotes = "write the key as one line of text" if kind in ("a list", "a mapping") else "put the key in quotes"
    yield Problem(
        f"a key must be text, and this one is {kind}",
        (Place(file, span=span, label=f"readers take this for {kind}"),),
        helps=(in_quotes,),
    )


@rule("OC115", "nested-too-deeply")
def nested_too_deeply(file: FileId, span: Span) -> Iterator[Problem]:
    """Lists and mappings stand more than 16 levels inside each other.

    Why it matters
        No field of a record needs half of that; text nested thousands of levels deep crashes YAML readers.
    Wrong
        [[[[[[[[[[[[[[[[[too deep]]]]]]]]]]]]]]]]]
    Right
        [as flat as the field asks for]
    Not reported when
        There are exactly 16 levels.
    """
    yield Problem(
        f"lists and mappings stand more than {DEEPEST} levels inside each other",
        (Place(file, span=span, label=f"level {DEEPEST + 1}"),),
        helps=("look for brackets or indentation that were repeated by mistake",),
    )


@rule("OC116", "too-many-nodes")
def too_many_nodes(file: FileId, span: Span) -> Iterator[Problem]:
    """The file holds more than 20,000 keys, values, lists and mappings.

    Why it matters
        A record is one paper. So many values are a table, or meant to make reading costly.
    Wrong
        A data set pasted into a record.
    Right
        A summary in the record, and the data set under `sources/`.
    Not reported when
        There are exactly 20,000, each key and each value counted as one.
    """
    yield Problem(
        f"the file holds more than {MOST_NODES:,} keys and values",
        (Place(file, span=span, label=f"number {MOST_NODES + 1:,}"),),
        helps=("keep tables under `sources/`, and the record short",),
    )


@rule("OC118", "ambiguous-scalar")
def ambiguous_scalar(file: FileId, span: Span, thing: str, help_: str) -> Iterator[Problem]:
    """A value or key without quotes is one thing to YAML 1.2 readers and another to YAML 1.1 readers.

    Why it matters
        `country: NO` is Norway to one reader and `false` to the next; `012` is twelve, ten or text.
    Wrong
        country: NO
    Right
        country: "NO"
    Not reported when
        All readers agree (`2011`, `1.10`, `true`), or the value is a date: dates need no quotes.
    """
    yield Problem(
        f"YAML readers disagree about {thing}",
        (Place(file, span=span, label="without quotes"),),
        helps=(help_,),
    )


RULES = (
    duplicate_key,
    merge_key,
    key_not_text,
    nested_too_deeply,
    too_many_nodes,
    ambiguous_scalar,
)
