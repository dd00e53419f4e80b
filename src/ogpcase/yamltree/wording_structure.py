"""Words for what libyaml reports about the structure of a file: keys, lists, indentation, quotes and brackets."""

from __future__ import annotations

import re

from ogpcase.yamltree.mistakes import Mistake, Said, here, line_at, quoted

_LONGEST_KEY = 1024
_NO_SPACE = re.compile(r"[^\s:\"']+:[^\s:/]").match
_SPACE_NEEDED = "put a space after the `:`"


def open_quote(mistake: Mistake) -> Said:
    """A quote that nothing closes: shown where it opens, since libyaml only notices at the end of the file."""
    quote = mistake.text[mistake.began]
    inside = "an apostrophe inside single quotes is written twice: `''`"
    if quote == '"':
        inside = r"a quotation mark inside double quotes is written `\"`"
    return Said(
        "a quoted text is never closed",
        ((mistake.began, mistake.began + 1, "opened here"),),
        (f"close it with `{quote}`", inside),
    )


def document_in_quotes(mistake: Mistake) -> Said:
    """A document mark inside quotes."""
    return Said(
        "a line of `---` or `...` stands inside a quoted text",
        (here(mistake, "ends the document"), (mistake.began, mistake.began + 1, "the text was opened here")),
        ("close the quotes before this line, or indent it",),
    )


def open_bracket(mistake: Mistake) -> Said:
    """A list or mapping in brackets that is not closed, or lacks a comma."""
    opening = mistake.text[mistake.began]
    closing, what = ("]", "list") if opening == "[" else ("}", "mapping")
    opened = (mistake.began, mistake.began + 1, "opened here")
    if not mistake.text[mistake.at :].strip():
        return Said(f"a {what} in brackets is never closed", (opened,), (f"close it with `{closing}`",))
    return Said(
        f"a {what} in brackets is not closed, or a comma is missing",
        (opened, here(mistake, f"a `,` or `{closing}` was expected before this")),
        (f"close it with `{closing}`, or put a comma between its entries",),
    )


def no_colon(mistake: Mistake) -> Said:
    """A line that should be a key with its value."""
    start, end, _ = line_at(mistake.text, mistake.began, "")
    line = mistake.text[start:end]
    helps = ["write `key: value`; to go on with the text above, indent this line deeper than its key"]
    if _NO_SPACE(line):
        helps = [_SPACE_NEEDED]
    elif re.match(r"-[^\s-]", line):
        helps = ["put a space after the `-`"]
    return Said("this line has no `: ` after its key", ((start, end, "a key and a value were expected"),), tuple(helps))


def value_not_expected(mistake: Mistake) -> Said:
    """A `: ` where no value can start: a second one in its line, or a key below something that takes none."""
    if re.search(r":\s", mistake.before) or re.search(r"[\"'\]}]\s*$", mistake.before.partition(": ")[2]):
        return Said(
            "a second `: ` in one line",
            ((mistake.at, mistake.at + 1, "this colon would start another value"),),
            ("if it is meant as text, put the whole value in quotes",),
        )
    if len(mistake.before) > _LONGEST_KEY:
        start = mistake.line_start
        return Said("a key is longer than 1,024 characters", ((start, start + 1, "it starts here"),))
    return _key_not_expected(mistake)


def _key_not_expected(mistake: Mistake) -> Said:
    this = line_at(mistake.text, mistake.line_start, "this key does not fit here")
    above = mistake.text[: mistake.line_start].rstrip()
    if not above:
        return Said("a key is not expected here", (this,))
    start, end, _ = line_at(mistake.text, len(above) - 1, "")
    if _NO_SPACE(mistake.text[start:end]):
        return Said("this line has no `: ` after its key", ((start, end, "no space"),), (_SPACE_NEEDED,))
    helps = ("indent this key as the one it belongs beside", "if the line above is a key, put `: ` after it")
    return Said("a key does not fit below the line above it", (this, (start, end, "the line above")), helps)


def item_not_expected(mistake: Mistake) -> Said:
    """A `- ` where no list can start."""
    if mistake.before.strip():
        return Said(
            "a list item cannot stand in the line of its key",
            ((mistake.at, mistake.at + 1, "a list would start here"),),
            ("start the list on the next line, or write it in brackets: `[a, b]`", "if it is text, put it in quotes"),
        )
    return Said("a list item is not expected here", (here(mistake, "does not fit here"),))


def bad_first_character(mistake: Mistake) -> Said:
    """A value that starts with a character YAML keeps for itself."""
    first = mistake.text[mistake.at : mistake.at + 1]
    shown = f"`{first}`" if first.isprintable() and first not in ("`", "") else "this character"
    if first == "`":
        shown = "a backquote"
    return Said(
        f"a value cannot start with {shown}",
        ((mistake.at, mistake.at + 1, "the first character"),),
        ("put the whole value in quotes",),
    )


def no_key(mistake: Mistake) -> Said:
    """Something in a mapping that is no key: what follows a value, an item, or a line indented differently."""
    before = mistake.before.rstrip()
    if before.endswith(('"', "'")):
        return _after_quote(mistake, mistake.line_start + len(before))
    if before.endswith(("]", "}")):
        this = here(mistake, "this does not belong to the value")
        return Said("text follows the closing bracket", (this,), ("put a comment after ` # `, or quote the value",))
    if mistake.rest.startswith(":") and not before:
        return Said("a key is missing before this colon", ((mistake.at, mistake.at + 1, "here"),))
    began = (mistake.began, mistake.began + 1, "the mapping starts here")
    if mistake.rest.startswith("- "):
        helps = ("a list stands below a key of its own: `key:`, then the items",)
        return Said("a list item stands where a key is expected", (here(mistake, "this item"), began), helps)
    return Said(
        "a line is not indented like the keys of its mapping",
        (line_at(mistake.text, mistake.at, "this line"), began),
        ("indent keys of one mapping alike",),
    )


def _after_quote(mistake: Mistake, end: int) -> Said:
    """Text behind a closing quote; where that closes a text of several lines, a quote is missing further up."""
    this = here(mistake, "this does not belong to the value")
    opened = next((start for start, stop in quoted(mistake.text, end) if stop == end), end)
    if "\n" in mistake.text[opened:end]:
        return Said(
            "a quoted text runs over several lines and ends in the middle of one",
            ((opened, opened + 1, "opened here"), (end - 1, end, "closed here")),
            ("look for a missing quote in the line where it opens",),
        )
    helps = (r"put the whole value in quotes; inside, write `\"` in double or `''` in single quotes",)
    return Said("text follows the closing quote", (this,), helps)


def no_item(mistake: Mistake) -> Said:
    """A line in a list that is no item."""
    return Said(
        "a line does not belong to the list above it",
        (line_at(mistake.text, mistake.at, "this line"), (mistake.began, mistake.began + 1, "the list starts here")),
        ("start it with `- `, or indent it as the item it belongs to",),
    )
