"""The checks of what a file says as YAML: syntax, the means of YAML that no record may use, keys and scalars."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import FileId, Place, Problem, Severity, Span, rule
from ogpcase.yamltree.limits import DEEPEST, MOST_NODES

_QUOTE_IT = "if it is meant as text, put the text in quotes"


@rule("OC101", "syntax-error")
def syntax_error(places: tuple[Place, ...], message: str, helps: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The file cannot be read as YAML.

    Why it matters
        Nothing in the file can be judged before it can be read; the other files are still checked.
    Wrong
        title: Letter: the second one
    Right
        title: "Letter: the second one"
    Not reported when
        The file can be read; other checks then judge what it says.
    """
    yield Problem(message, places, helps=helps)


@rule("OC108", "anchor")
def anchor(file: FileId, span: Span) -> Iterator[Problem]:
    """A value carries an anchor, a name by which it could be used again.

    Why it matters
        Anchors serve aliases (OC109), which no record may use.
    Wrong
        senders: &group [fundar, article-19]
    Right
        senders: [fundar, article-19]
    Not reported when
        The `&` stands inside text, or in quotes.
    """
    yield Problem(
        "a record may not use anchors (`&`)",
        (Place(file, span=span, label="an anchor"),),
        helps=("remove the anchor", _QUOTE_IT),
    )


@rule("OC109", "alias")
def alias(file: FileId, span: Span) -> Iterator[Problem]:
    """A value is an alias, which stands for a value elsewhere in the file.

    Why it matters
        A few lines of aliases can stand for gigabytes, and a reader of the file has to look elsewhere.
    Wrong
        addressees: *group
    Right
        addressees: [fundar, article-19]
    Not reported when
        The `*` stands inside text, or in quotes.
    """
    yield Problem(
        "a record may not use aliases (`*`)",
        (Place(file, span=span, label="an alias"),),
        helps=("write the value out", _QUOTE_IT),
    )


@rule("OC110", "tag")
def tag(file: FileId, span: Span) -> Iterator[Problem]:
    """A value carries a tag, which tells YAML readers its type.

    Why it matters
        Readers differ on tags, and some let a tag run code. The type of each field is known without.
    Wrong
        number: !!str 7
    Right
        number: "7"
    Not reported when
        The `!` stands inside text, or in quotes.
    """
    yield Problem(
        "a record may not use tags (`!`)",
        (Place(file, span=span, label="a tag"),),
        helps=("remove the tag", _QUOTE_IT),
    )


@rule("OC112", "several-documents")
def several_documents(file: FileId, span: Span) -> Iterator[Problem]:
    """The file holds more than one YAML document.

    Why it matters
        Many readers see only the first, so the rest would be in the file and in no view of it.
    Wrong
        Two records in one file, with a line of `---` between them.
    Right
        One file for each record.
    Not reported when
        A single `---` stands above the record.
    """
    yield Problem(
        "the file holds more than one YAML document",
        (Place(file, span=span, label="a second one starts here"),),
        helps=("give each record a file of its own",),
    )


@rule("OC120", "directive")
def directive(file: FileId, span: Span) -> Iterator[Problem]:
    """The file starts with a YAML directive.

    Why it matters
        A directive can make a reader take the file, or all files after it, for another version of YAML.
    Wrong
        %YAML 1.1
    Right
        No such line: records need none.
    Not reported when
        The `%` stands inside text.
    """
    yield Problem(
        "a record may not use directives (`%`)",
        (Place(file, span=span, label="a directive"),),
        helps=("remove the line",),
    )


@rule("OC121", "question-mark-key")
def question_mark_key(file: FileId, span: Span) -> Iterator[Problem]:
    """A key is written with `?`, YAML's form for keys that are not plain words.

    Why it matters
        Inside braces some readers take the `?` for a part of the key, others do not; no field needs this form.
    Wrong
        {?title: Letter}
    Right
        {title: Letter}
    Not reported when
        The `?` stands inside text, or in quotes.
    """
    yield Problem(
        "a record may not use `?` keys",
        (Place(file, span=span, label="this makes the next value a key"),),
        helps=("write `key: value`", _QUOTE_IT),
    )


@rule("OC122", "comment-mark-glued")
def comment_mark_glued(file: FileId, span: Span) -> Iterator[Problem]:
    """A `#` follows a quote, a bracket, a comma or a block mark without a space between.

    Why it matters
        Some readers take it for the start of a comment, others for text or a mistake.
    Wrong
        senders: [fundar]# as printed
    Right
        senders: [fundar]  # as printed
    Not reported when
        The `#` stands inside a word or a web address, where all readers take it for text.
    """
    yield Problem(
        "a comment follows without a space before its `#`",
        (Place(file, span=span, label="no space before this"),),
        helps=("put a space before the `#`", _QUOTE_IT),
    )


@rule("OC128", "text-cut-by-hash", Severity.WARNING)
def text_cut_by_hash(file: FileId, span: Span) -> Iterator[Problem]:
    """A ` #` in a value without quotes starts a comment, and this one reads as if it were meant as text.

    Why it matters
        `Report on case #4` would silently be stored as `Report on case`.
    Wrong
        title: Report on case #4
    Right
        title: "Report on case #4"
    Not reported when
        A space follows the `#`, as in a comment, or the comment has a line of its own.
    """
    yield Problem(
        "the text ends before ` #`; what follows is read as a comment",
        (Place(file, span=span, label="not a part of the value"),),
        helps=("if it is text, put the whole value in quotes; if it is a comment, put a space after the `#`",),
    )


RULES = (
    syntax_error,
    anchor,
    alias,
    tag,
    several_documents,
    directive,
    question_mark_key,
    comment_mark_glued,
    text_cut_by_hash,
)


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


VALUE_RULES = (
    duplicate_key,
    merge_key,
    key_not_text,
    nested_too_deeply,
    too_many_nodes,
    ambiguous_scalar,
)
