"""The checks of a file's characters: each is a code, a sentence and a page.

Which characters these are stands in characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import name

from ogpcase.diagnostics import FileId, Place, Problem, Severity, Span, rule

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


RULES = (
    control_character,
    bidirectional_control,
    line_separator,
    invisible_character,
    direction_mark,
)
