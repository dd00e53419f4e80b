"""The checks of a file as text: its bytes, its lines, its size, its characters."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import name

from ogpcase.diagnostics import FileId, Place, Problem, Severity, Span, rule
from ogpcase.yamltree.limits import LARGEST

LONE = "a line ends in a lone carriage return (CR)"
MIXED = "some lines end in CRLF and others in LF"


@rule("OC102", "not-utf-8")
def not_utf_8(file: FileId, span: Span, encoding: str = "") -> Iterator[Problem]:
    """The file is not text in UTF-8.

    Why it matters
        Names with accents would be read differently on each machine, or not at all.
    Wrong
        A file saved as Windows-1252, Latin-1 or UTF-16, or not a text file at all.
    Right
        The same file saved as UTF-8; every editor can do so.
    Not reported when
        The file is plain ASCII, which is UTF-8 too.
    """
    known = f"the file is {encoding}, not UTF-8" if encoding else "the file is not UTF-8 text"
    yield Problem(
        known,
        (Place(file, span=span, label="the first byte that is not"),),
        helps=("save the file as UTF-8 in your editor",),
    )


@rule("OC103", "byte-order-mark")
def byte_order_mark(file: FileId, span: Span) -> Iterator[Problem]:
    """The file starts with a byte-order mark.

    Why it matters
        Some readers take the invisible mark for a part of the first field's name, and then miss that field.
    Wrong
        A file saved as "UTF-8 with BOM".
    Right
        The same file saved as "UTF-8".
    Not reported when
        The same character stands further inside the file: that is an invisible character (OC125).
    """
    yield Problem(
        "the file starts with a byte-order mark",
        (Place(file, span=span, label="an invisible U+FEFF stands before this"),),
        helps=("save the file as UTF-8 without byte-order mark (BOM)",),
    )


@rule("OC105", "mixed-line-ends")
def mixed_line_ends(file: FileId, span: Span, message: str) -> Iterator[Problem]:
    """The lines of the file do not all end alike, or one ends in a lone carriage return.

    Why it matters
        Line numbers differ from editor to editor, and each save may touch every line.
    Wrong
        Some lines end in CRLF (Windows) and others in LF (everywhere else).
    Right
        All lines end in LF, or all in CRLF.
    Not reported when
        The whole file uses CRLF.
    """
    label = "this line" if message == LONE else "the first that differs from most"
    helps = ("let your editor convert the file's line ends to LF",)
    yield Problem(message, (Place(file, span=span, label=label),), helps=helps)


@rule("OC114", "file-too-large")
def file_too_large(file: FileId, span: Span) -> Iterator[Problem]:
    """The file is larger than 256 KiB, and was not read.

    Why it matters
        A record is one paper in its readers' words. A larger file is a mistake, or meant to make reading costly.
    Wrong
        A record that carries the whole text of a report, or an attachment encoded as text.
    Right
        A record with a summary, and the report under `sources/`.
    Not reported when
        The file is exactly 262,144 bytes or smaller.
    """
    yield Problem(
        f"the file is larger than {LARGEST // 1024} KiB",
        (Place(file, span=span),),
        notes=(f"at most {LARGEST:,} bytes of a record are read",),
        helps=("keep papers under `sources/`, and the record short",),
    )


@rule("OC117", "merge-conflict-marker")
def merge_conflict_marker(file: FileId, span: Span) -> Iterator[Problem]:
    """A line is a marker that git leaves where it could not merge two versions.

    Why it matters
        The record holds two versions of the same facts, and nobody has said which is true.
    Wrong
        <<<<<<< HEAD
    Right
        One of the two versions, without the lines of seven `<`, `=`, `>` or bars.
    Not reported when
        The line has more or fewer than seven of these characters.
    """
    yield Problem(
        "a marker of an unfinished merge was left in the file",
        (Place(file, span=span, label="left by git"),),
        helps=("keep the version that is true and remove the marker lines",),
    )


@rule("OC119", "tab")
def tab(file: FileId, span: Span) -> Iterator[Problem]:
    r"""The file holds a tab character.

    Why it matters
        YAML forbids tabs in indentation, and readers differ on them elsewhere; they also look like spaces.
    Wrong
        A list item indented with a tab.
    Right
        The same item indented with two spaces.
    Not reported when
        The tab is written as `\t` inside double quotes.
    """
    yield Problem(
        "the file holds a tab",
        (Place(file, span=span, label="a tab"),),
        helps=(r"write spaces; inside double quotes a tab can be written `\t`",),
    )


@rule("OC123", "no-final-newline")
def no_final_newline(file: FileId, span: Span) -> Iterator[Problem]:
    """The last line of the file does not end.

    Why it matters
        A file that was cut short looks the same, YAML readers differ on the end of block text, and git marks the line.
    Wrong
        The file's last byte is a letter.
    Right
        The file's last byte is a line end.
    Not reported when
        The file is empty (OC126).
    """
    yield Problem(
        "the file does not end in a line end",
        (Place(file, span=span, label="the file ends here"),),
        helps=("end the last line; check that nothing is missing after it",),
    )


@rule("OC126", "empty-record")
def empty_record(file: FileId, span: Span) -> Iterator[Problem]:
    """The file holds no record: nothing but blank lines and comments.

    Why it matters
        An empty file is most often one whose writing was interrupted.
    Wrong
        A file of no bytes, or a template whose every line is commented out.
    Right
        A record, or no file.
    Not reported when
        The file holds a record that lacks fields; the missing fields are named then.
    """
    yield Problem(
        "the file holds no record",
        (Place(file, span=span),),
        helps=("fill it in or delete it; `git log` tells whether it once held more",),
    )


RULES = (
    not_utf_8,
    byte_order_mark,
    mixed_line_ends,
    file_too_large,
    merge_conflict_marker,
    tab,
    no_final_newline,
    empty_record,
)


_LAST_CONTROL = 0x9F
"""The last of C1; beyond it only noncharacters are refused as controls."""


def described(character: str) -> str:
    """Returns a character's code point and name, for characters that cannot be shown: `U+200B zero width space`."""
    code = f"U+{ord(character):04X}"
    return f"{code} {name(character, '').lower()}".rstrip()


@rule("OC104", "control-character")
def control_character(file: FileId, span: Span, character: str) -> Iterator[Problem]:
    r"""The text holds a control character, raw or as an escape, or a code that is no character.

    Why it matters
        A control character can move the cursor, hide text or run commands in the terminal of who reads the record.
    Wrong
        title: "Letter\x1b[2J"
    Right
        title: "Letter"
    Not reported when
        It is a line end, or a tab written as `\t` inside double quotes.
    """
    if "\ud800" <= character <= "\udfff":
        what, help_ = "half of a character", "write the character itself"
    elif not character:
        what, help_ = "a code that is no character", "write the character itself"
    else:
        what, help_ = f"a control character ({described(character)})", "remove it"
        if ord(character) > _LAST_CONTROL:
            what = f"a code that is no character ({described(character)})"
    yield Problem(f"the text holds {what}", (Place(file, span=span, label="here"),), helps=(help_,))


@rule("OC106", "bidirectional-control")
def bidirectional_control(file: FileId, span: Span, character: str) -> Iterator[Problem]:
    """The text holds a control that reorders what stands around it on the screen, raw or as an escape.

    Why it matters
        What a reviewer sees would not be what the file says: a name or a verb could be made to read backwards.
    Wrong
        A right-to-left override (U+202E) in a title.
    Right
        The same title without it; Arabic and Hebrew text needs no such control.
    Not reported when
        The text is plain right-to-left text, or holds a direction mark (that is a warning, OC127).
    """
    yield Problem(
        f"the text holds a bidirectional control ({described(character)})",
        (Place(file, span=span, label="here"),),
        helps=("remove it; right-to-left text needs none",),
    )


@rule("OC124", "line-separator")
def line_separator(file: FileId, span: Span, character: str) -> Iterator[Problem]:
    """The text holds a line or paragraph separator other than a line end, raw or as an escape.

    Why it matters
        These are line ends to some YAML readers and text to others, so the same file says two things.
    Wrong
        U+2028, U+2029 or U+0085 in a summary, often pasted from a web page.
    Right
        A plain line end, or a space.
    Not reported when
        The line ends in LF or CRLF.
    """
    yield Problem(
        f"the text holds a line separator ({described(character)})",
        (Place(file, span=span, label="here"),),
        helps=("write a plain line end or a space",),
    )


@rule("OC125", "invisible-character")
def invisible_character(file: FileId, span: Span, character: str) -> Iterator[Problem]:
    """The text holds a character that nobody can see, raw or as an escape.

    Why it matters
        Two names that look alike would not be the same name, and a search would not find them.
    Wrong
        A zero width space (U+200B) or a soft hyphen (U+00AD) inside a name.
    Right
        The same name without it.
    Not reported when
        It is a joiner (U+200C, U+200D), which several scripts and emoji need, or a no-break space.
    """
    yield Problem(
        f"the text holds an invisible character ({described(character)})",
        (Place(file, span=span, label="here"),),
        helps=("remove it",),
    )


@rule("OC127", "direction-mark", Severity.WARNING)
def direction_mark(file: FileId, span: Span, character: str) -> Iterator[Problem]:
    """The text holds an invisible mark that sets the direction of writing, raw or as an escape.

    Why it matters
        Such a mark can be needed between Latin and Arabic or Hebrew text, but it also makes equal names differ.
    Wrong
        A left-to-right mark (U+200E) pasted with a name from a web page.
    Right
        The name without it, unless the text shows wrongly then.
    Not reported when
        The text has no such mark. It is only ever a warning.
    """
    yield Problem(
        f"the text holds a direction mark ({described(character)})",
        (Place(file, span=span, label="here"),),
        helps=("remove it unless the text shows wrongly without it",),
    )


CHARACTER_RULES = (
    control_character,
    bidirectional_control,
    line_separator,
    invisible_character,
    direction_mark,
)
