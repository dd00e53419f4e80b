"""The checks of a file's bytes, characters and YAML, by code."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.diagnostics import Check, Place, Problem, Severity, Span, rule
from ogpcase.yamltree.limits import DEEPEST, LARGEST, MOST_NODES, described

_LAST_CONTROL = 0x9F
"""The last control character of C1; later ones are noncharacters."""
_QUOTE_IT = "if it is meant as text, put the text in quotes"


def _problem(place: Place, label: str, message: str, *helps: str) -> Problem:
    return Problem(message, (place._replace(label=label),), helps=helps)


@rule("OC101", "syntax-error")
def syntax_error(
    places: tuple[Place, ...], message: str = "this file cannot be read as YAML", helps: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """The file cannot be read as YAML.

    Why it matters
        No other check can judge the file. The other files are still checked.
    Wrong
        title: Letter: the second one
    Right
        title: "Letter: the second one"
    Not reported when
        The file can be read. Other checks then judge its values.
    """
    yield Problem(message, places, helps=helps)


@rule("OC102", "not-utf-8")
def not_utf_8(place: Place, encoding: str = "") -> Iterator[Problem]:
    """The file is not text in UTF-8.

    Why it matters
        Names with accents would look different on each machine, or be unreadable.
    Wrong
        A file saved as Windows-1252, Latin-1 or UTF-16, or not a text file at all.
    Right
        The same file saved as UTF-8.
    Not reported when
        The file is ASCII, which is also UTF-8.
    """
    known = f"the file is {encoding}, not UTF-8" if encoding else "the file is not UTF-8 text"
    yield _problem(place, "the first byte that is not UTF-8", known, "save the file as UTF-8 in your editor")


@rule("OC103", "byte-order-mark")
def byte_order_mark(place: Place) -> Iterator[Problem]:
    """The file starts with a byte-order mark.

    Why it matters
        Some readers take the invisible mark for part of the first field's name, and do not find that field.
    Wrong
        A file saved as "UTF-8 with BOM".
    Right
        The same file saved as "UTF-8".
    Not reported when
        The same character is elsewhere in the file: OC125 reports it as an invisible character.
    """
    message = "the file starts with a byte-order mark"
    help_ = "save the file as UTF-8 without byte-order mark (BOM)"
    yield _problem(place, "an invisible U+FEFF is before this", message, help_)


@rule("OC104", "control-character")
def control_character(place: Place, character: str) -> Iterator[Problem]:
    r"""The text contains a control character, raw or as an escape, or a code that is not a character.

    Why it matters
        A control character can move the cursor, hide text or run commands in a reader's terminal.
    Wrong
        title: "Letter\x1b[2J"
    Right
        title: "Letter"
    Not reported when
        It is a line end, or a tab written as `\t` inside double quotes.
    """
    if not character or "\ud800" <= character <= "\udfff":
        what = "half of a character" if character else "a code that is not a character"
        help_ = "write the character itself"
    else:
        what, help_ = f"a control character ({described(character)})", "remove it"
        if ord(character) > _LAST_CONTROL:
            what = f"a code that is not a character ({described(character)})"
    yield _problem(place, "here", f"the text contains {what}", help_)


@rule("OC105", "mixed-line-ends")
def mixed_line_ends(place: Place, message: str, label: str) -> Iterator[Problem]:
    """The file mixes two kinds of line ends, or a line ends in a lone carriage return.

    Why it matters
        Editors disagree on line numbers, and each save may change every line.
    Wrong
        Some lines end in CRLF (Windows) and others in LF (everywhere else).
    Right
        All lines end in LF, or all in CRLF.
    Not reported when
        The whole file uses CRLF.
    """
    yield _problem(place, label, message, "let your editor convert the file's line ends to LF")


@rule("OC106", "bidirectional-control")
def bidirectional_control(place: Place, character: str) -> Iterator[Problem]:
    """The text contains a bidirectional control, raw or as an escape, which reorders text on the screen.

    Why it matters
        A reviewer would see another text than the file contains: a name or a verb could be reversed.
    Wrong
        A right-to-left override (U+202E) in a title.
    Right
        The same title without it; Arabic and Hebrew text needs no such control.
    Not reported when
        The text is plain right-to-left text, or contains a direction mark (OC127, a warning).
    """
    message = f"the text contains a bidirectional control ({described(character)})"
    yield _problem(place, "here", message, "remove it; right-to-left text needs none")


@rule("OC107", "duplicate-key")
def duplicate_key(place: Place, first: Span, key: str = "", *, alike: bool = False) -> Iterator[Problem]:
    """A mapping has the same key twice.

    Why it matters
        Readers keep the first, keep the last, or stop: one of the two values would be lost silently.
    Wrong
        title: Letter
        title: Letter of Concern
    Right
        title: Letter of Concern
    Not reported when
        The two keys are in different mappings. Keys that differ only in how accents are composed count as the same.
    """
    places = (place._replace(label="again here"), place._replace(span=first, label="first here"))
    named = f"the key `{key}`" if key else "a key"
    notes = ("the two look alike and differ only in how their accents are composed",) if alike else ()
    yield Problem(f"{named} is twice in one mapping", places, notes, helps=("keep one of the two",))


@rule("OC108", "anchor")
def anchor(place: Place) -> Iterator[Problem]:
    """A value has an anchor, a name for reusing it.

    Why it matters
        Anchors are for aliases (OC109), which no record may use.
    Wrong
        senders: &group [fundar, article-19]
    Right
        senders: [fundar, article-19]
    Not reported when
        The `&` is inside text, or in quotes.
    """
    yield _problem(place, "an anchor", "a record may not use anchors (`&`)", "remove the anchor", _QUOTE_IT)


@rule("OC109", "alias")
def alias(place: Place) -> Iterator[Problem]:
    """A value is an alias, which repeats a value from elsewhere in the file.

    Why it matters
        A few lines of aliases can expand to gigabytes, and people must look elsewhere for the value.
    Wrong
        addressees: *group
    Right
        addressees: [fundar, article-19]
    Not reported when
        The `*` is inside text, or in quotes.
    """
    yield _problem(place, "an alias", "a record may not use aliases (`*`)", "write the value out", _QUOTE_IT)


@rule("OC110", "tag")
def tag(place: Place) -> Iterator[Problem]:
    """A value has a tag, which tells YAML readers its type.

    Why it matters
        Readers differ on tags, and some let a tag run code. Each field's type is known without a tag.
    Wrong
        number: !!str 7
    Right
        number: "7"
    Not reported when
        The `!` is inside text, or in quotes.
    """
    yield _problem(place, "a tag", "a record may not use tags (`!`)", "remove the tag", _QUOTE_IT)


@rule("OC111", "merge-key")
def merge_key(place: Place) -> Iterator[Problem]:
    """A mapping uses the merge key `<<`.

    Why it matters
        Old readers add fields from elsewhere; new readers see a field named `<<`.
    Wrong
        <<: *defaults
    Right
        The fields, written out.
    Not reported when
        The key is quoted: then it is a field name.
    """
    yield _problem(place, "a merge key", "a record may not use the merge key `<<`", "write the fields out")


@rule("OC112", "several-documents")
def several_documents(place: Place) -> Iterator[Problem]:
    """The file contains more than one YAML document.

    Why it matters
        Many readers see only the first, so no view would show the others.
    Wrong
        Two records in one file, with a line of `---` between them.
    Right
        One file for each record.
    Not reported when
        A single `---` is above the record.
    """
    message = "the file contains more than one YAML document"
    yield _problem(place, "a second one starts here", message, "give each record a file of its own")


@rule("OC113", "key-not-text")
def key_not_text(place: Place, kind: str) -> Iterator[Problem]:
    """A key is not text: it is a number, a date, true, false or null, a list or a mapping.

    Why it matters
        JSON and records have only text as keys, and readers convert other keys differently.
    Wrong
        2018: Letter
    Right
        "2018": Letter
    Not reported when
        The key is quoted.
    """
    in_quotes = "write the key as one line of text" if kind in ("a list", "a mapping") else "put the key in quotes"
    yield _problem(place, f"readers take this for {kind}", f"a key must be text, and this one is {kind}", in_quotes)


@rule("OC114", "file-too-large")
def file_too_large(place: Place) -> Iterator[Problem]:
    """The file is larger than 256 KiB, and was not read.

    Why it matters
        A record describes one paper. A larger file is a mistake, or an attack that makes reading slow.
    Wrong
        A record with the whole text of a report, or with an attachment encoded as text.
    Right
        A record with a summary, and the report under `sources/`.
    Not reported when
        The file is exactly 262,144 bytes or smaller.
    """
    notes = (f"at most {LARGEST:,} bytes of a record are read",)
    helps = ("keep papers under `sources/`, and the record short",)
    yield Problem(f"the file is larger than {LARGEST // 1024} KiB", (place,), notes, helps)


@rule("OC115", "nested-too-deeply")
def nested_too_deeply(place: Place) -> Iterator[Problem]:
    """Lists and mappings are nested more than 16 levels deep.

    Why it matters
        No field needs half of that, and a text with thousands of levels crashes YAML readers.
    Wrong
        [[[[[[[[[[[[[[[[[too deep]]]]]]]]]]]]]]]]]
    Right
        [as flat as the field asks for]
    Not reported when
        There are exactly 16 levels.
    """
    message = f"lists and mappings are nested more than {DEEPEST} levels deep"
    help_ = "look for brackets or indentation that were repeated by mistake"
    yield _problem(place, f"level {DEEPEST + 1}", message, help_)


@rule("OC116", "too-many-nodes")
def too_many_nodes(place: Place) -> Iterator[Problem]:
    """The file contains more than 20,000 keys, values, lists and mappings.

    Why it matters
        A record describes one paper. So many values are a table, or an attack that makes reading slow.
    Wrong
        A data set pasted into a record.
    Right
        A summary in the record, and the data set under `sources/`.
    Not reported when
        There are exactly 20,000; each key and each value counts as one.
    """
    message = f"the file contains more than {MOST_NODES:,} keys and values"
    yield _problem(place, f"number {MOST_NODES + 1:,}", message, "keep tables under `sources/`, and the record short")


@rule("OC117", "merge-conflict-marker")
def merge_conflict_marker(place: Place) -> Iterator[Problem]:
    """A line is a marker that git leaves where it could not merge two versions.

    Why it matters
        The record contains two versions of the same facts, and nobody has chosen the true one.
    Wrong
        <<<<<<< HEAD
    Right
        One of the two versions, without the lines of seven `<`, `=`, `>` or bars.
    Not reported when
        The line has more or fewer than seven of these characters.
    """
    message = "a marker of an unfinished merge was left in the file"
    yield _problem(place, "left by git", message, "keep the version that is true and remove the marker lines")


@rule("OC118", "ambiguous-scalar")
def ambiguous_scalar(place: Place, thing: str, help_: str) -> Iterator[Problem]:
    """YAML 1.2 and YAML 1.1 readers understand a value or key without quotes differently.

    Why it matters
        `country: NO` is Norway to one reader and `false` to the next; `012` is twelve, ten or text.
    Wrong
        country: NO
    Right
        country: "NO"
    Not reported when
        All readers agree (`2011`, `1.10`, `true`), or the value is a date: dates need no quotes.
    """
    yield _problem(place, "without quotes", f"YAML readers disagree about {thing}", help_)


@rule("OC119", "tab")
def tab(place: Place) -> Iterator[Problem]:
    r"""The file contains a tab character.

    Why it matters
        YAML forbids tabs in indentation, and readers differ on other tabs. Tabs look like spaces.
    Wrong
        A list item indented with a tab.
    Right
        The same item indented with two spaces.
    Not reported when
        The tab is written as `\t` inside double quotes.
    """
    message = "the file contains a tab"
    yield _problem(place, "a tab", message, r"write spaces; inside double quotes a tab can be written `\t`")


@rule("OC120", "directive")
def directive(place: Place) -> Iterator[Problem]:
    """The file starts with a YAML directive.

    Why it matters
        A directive can make a reader use another version of YAML for the file, or for all later files.
    Wrong
        %YAML 1.1
    Right
        No such line: records need none.
    Not reported when
        The `%` is inside text.
    """
    yield _problem(place, "a directive", "a record may not use directives (`%`)", "remove the line")


@rule("OC121", "question-mark-key")
def question_mark_key(place: Place) -> Iterator[Problem]:
    """A key is written with `?`, YAML's form for keys that are not plain words.

    Why it matters
        Inside braces some readers take the `?` for part of the key. No field needs this form.
    Wrong
        {?title: Letter}
    Right
        {title: Letter}
    Not reported when
        The `?` is inside text, or in quotes.
    """
    message = "a record may not use `?` keys"
    yield _problem(place, "this makes the next value a key", message, "write `key: value`", _QUOTE_IT)


@rule("OC122", "comment-mark-glued")
def comment_mark_glued(place: Place) -> Iterator[Problem]:
    """A `#` follows a quote, a bracket, a comma or a block mark without a space.

    Why it matters
        Some readers take it for a comment, others for text or a mistake.
    Wrong
        senders: [fundar]# as printed
    Right
        senders: [fundar]  # as printed
    Not reported when
        The `#` is inside a word or a web address, where all readers take it for text.
    """
    message = "a comment follows without a space before its `#`"
    yield _problem(place, "no space before this", message, "put a space before the `#`", _QUOTE_IT)


@rule("OC123", "no-final-newline")
def no_final_newline(place: Place) -> Iterator[Problem]:
    """The last line of the file has no line end.

    Why it matters
        A file that was cut short looks the same, and YAML readers differ on the end of block text.
    Wrong
        The file's last byte is a letter.
    Right
        The file's last byte is a line end.
    Not reported when
        The file is empty (OC126).
    """
    message = "the file does not end in a line end"
    yield _problem(place, "the file ends here", message, "end the last line; check that nothing is missing after it")


@rule("OC124", "line-separator")
def line_separator(place: Place, character: str) -> Iterator[Problem]:
    """The text contains a line or paragraph separator other than a line end, raw or as an escape.

    Why it matters
        Some YAML readers take these for line ends, others for text.
    Wrong
        U+2028, U+2029 or U+0085 in a summary, often pasted from a web page.
    Right
        A plain line end, or a space.
    Not reported when
        The line ends in LF or CRLF.
    """
    message = f"the text contains a line separator ({described(character)})"
    yield _problem(place, "here", message, "write a plain line end or a space")


@rule("OC125", "invisible-character")
def invisible_character(place: Place, character: str) -> Iterator[Problem]:
    """The text contains an invisible character, raw or as an escape.

    Why it matters
        Two names could look alike and be different, and a search would not find them.
    Wrong
        A zero width space (U+200B) or a soft hyphen (U+00AD) inside a name.
    Right
        The same name without it.
    Not reported when
        It is a joiner (U+200C, U+200D), which several scripts and emoji need, or a no-break space.
    """
    yield _problem(place, "here", f"the text contains an invisible character ({described(character)})", "remove it")


@rule("OC126", "empty-record")
def empty_record(place: Place) -> Iterator[Problem]:
    """The file contains no record, only blank lines and comments.

    Why it matters
        Often the writing of such a file was interrupted.
    Wrong
        A file of no bytes, or a template whose every line is commented out.
    Right
        A record, or no file.
    Not reported when
        The file contains a record without some fields: other checks report them.
    """
    message = "the file contains no record"
    yield _problem(place, "", message, "fill it in or delete it; `git log` shows whether it had content before")


@rule("OC127", "direction-mark", Severity.WARNING)
def direction_mark(place: Place, character: str) -> Iterator[Problem]:
    """The text contains an invisible mark of the writing direction, raw or as an escape.

    Why it matters
        Such a mark may be needed between Latin and Arabic or Hebrew text, but it makes equal names differ.
    Wrong
        A left-to-right mark (U+200E) pasted with a name from a web page.
    Right
        The name without it, unless the text then looks wrong.
    Not reported when
        The text has no such mark.
    """
    message = f"the text contains a direction mark ({described(character)})"
    yield _problem(place, "here", message, "remove it unless the text looks wrong without it")


@rule("OC128", "text-cut-by-hash", Severity.WARNING)
def text_cut_by_hash(place: Place) -> Iterator[Problem]:
    """A ` #` in a value without quotes starts a comment, but looks like part of the text.

    Why it matters
        `Report on case #4` would silently be stored as `Report on case`.
    Wrong
        title: Report on case #4
    Right
        title: "Report on case #4"
    Not reported when
        A space follows the `#`, or the comment has its own line.
    """
    message = "the text ends before ` #`; what follows is read as a comment"
    help_ = "if it is text, put the whole value in quotes; if it is a comment, put a space after the `#`"
    yield _problem(place, "not part of the value", message, help_)


RULES = tuple(check for check in list(globals().values()) if isinstance(check, Check))
"""Every check of this file."""
