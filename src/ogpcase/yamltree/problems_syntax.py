"""The checks of YAML's own means: what cannot be read as YAML, and the means of YAML that no record may use.

Each means is well-formed YAML, but readers of different versions see different data, or a small file becomes huge.
"""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import FileId, Place, Problem, Severity, Span, rule

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
