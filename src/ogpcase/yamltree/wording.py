"""What libyaml reports, in words of the house, at the place where a person would look for the mistake."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ogpcase.diagnostics import FileId, Place, Problem
from ogpcase.yamltree.libyaml import MarkedYAMLError, YAMLError, tokens
from ogpcase.yamltree.problems_of_yaml import syntax_error
from ogpcase.yamltree.tree import Lines

Stretch = tuple[int, int, str]
"""From offset, to offset, label."""


class Mistake(NamedTuple):
    """What libyaml reports: its words, the offset where it gave up, the one where what it was reading began."""

    text: str
    what: str
    at: int
    began: int

    @property
    def line_start(self) -> int:
        """The offset of the first character of the line where libyaml gave up."""
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """What stands before in that line."""
        return self.text[self.line_start : self.at]

    @property
    def rest(self) -> str:
        """What stands from there on in that line."""
        return self.text[self.at :].partition("\n")[0].rstrip("\r")


class Reworded(NamedTuple):
    """A mistake in our words, with the stretches to show; the first is the primary one."""

    message: str
    shown: tuple[Stretch, ...]
    helps: tuple[str, ...] = ()


def here(mistake: Mistake, label: str) -> Stretch:
    """Returns the word at which libyaml gave up."""
    word = re.compile(r"\S*").match(mistake.text, mistake.at)
    return (mistake.at, word.end() if word else mistake.at, label)


def line_at(text: str, offset: int, label: str) -> Stretch:
    """Returns the line around an offset without its margins."""
    start = text.rfind("\n", 0, offset) + 1
    line = text[start:].partition("\n")[0]
    return (start + len(line) - len(line.lstrip()), start + len(line.rstrip()), label)


def quoted(text: str, until: int) -> Iterator[tuple[int, int]]:
    """Yields where each quoted text before an offset starts and ends, as far as the text can be read."""
    try:
        for _, start, end, style in tokens(text.encode()):
            if start >= until:
                return
            if style and style in "\"'":
                yield start, end
    except YAMLError:
        return


def innermost_open(text: str) -> int | None:
    """Returns the offset of the last bracket that nothing closes, as far as the text can be read."""
    opened: list[int] = []
    try:
        for kind, start, _, _ in tokens(text.encode()):
            if kind in ("[", "{"):
                opened.append(start)
            elif kind in ("]", "}") and opened:
                opened.pop()
    except YAMLError:
        pass
    return opened[-1] if opened else None


_LONGEST_KEY = 1024
_NO_SPACE = re.compile(r"[^\s:\"']+:[^\s:/]").match
_SPACE_NEEDED = "put a space after the `:`"


def open_quote(mistake: Mistake) -> Reworded:
    """A quote that nothing closes: shown where it opens, since libyaml only notices at the end of the file."""
    quote = mistake.text[mistake.began]
    inside = "an apostrophe inside single quotes is written twice: `''`"
    if quote == '"':
        inside = r"a quotation mark inside double quotes is written `\"`"
    return Reworded(
        "a quoted text is never closed",
        ((mistake.began, mistake.began + 1, "opened here"),),
        (f"close it with `{quote}`", inside),
    )


def document_in_quotes(mistake: Mistake) -> Reworded:
    """A document mark inside quotes."""
    return Reworded(
        "a line of `---` or `...` stands inside a quoted text",
        (here(mistake, "ends the document"), (mistake.began, mistake.began + 1, "the text was opened here")),
        ("close the quotes before this line, or indent it",),
    )


def open_bracket(mistake: Mistake) -> Reworded:
    """A list or mapping in brackets that is not closed, or lacks a comma."""
    opening = mistake.text[mistake.began]
    closing, what = ("]", "list") if opening == "[" else ("}", "mapping")
    opened = (mistake.began, mistake.began + 1, "opened here")
    if not mistake.text[mistake.at :].strip():
        return Reworded(f"a {what} in brackets is never closed", (opened,), (f"close it with `{closing}`",))
    return Reworded(
        f"a {what} in brackets is not closed, or a comma is missing",
        (opened, here(mistake, f"a `,` or `{closing}` was expected before this")),
        (f"close it with `{closing}`, or put a comma between its entries",),
    )


def no_colon(mistake: Mistake) -> Reworded:
    """A line that should be a key with its value."""
    start, end, _ = line_at(mistake.text, mistake.began, "")
    line = mistake.text[start:end]
    helps = ["write `key: value`; to go on with the text above, indent this line deeper than its key"]
    if _NO_SPACE(line):
        helps = [_SPACE_NEEDED]
    elif re.match(r"-[^\s-]", line):
        helps = ["put a space after the `-`"]
    return Reworded(
        "this line has no `: ` after its key", ((start, end, "a key and a value were expected"),), tuple(helps)
    )


def value_not_expected(mistake: Mistake) -> Reworded:
    """A `: ` where no value can start: a second one in its line, or a key below something that takes none."""
    if re.search(r":\s", mistake.before) or re.search(r"[\"'\]}]\s*$", mistake.before.partition(": ")[2]):
        return Reworded(
            "a second `: ` in one line",
            ((mistake.at, mistake.at + 1, "this colon would start another value"),),
            ("if it is meant as text, put the whole value in quotes",),
        )
    if len(mistake.before) > _LONGEST_KEY:
        start = mistake.line_start
        return Reworded("a key is longer than 1,024 characters", ((start, start + 1, "it starts here"),))
    return _key_not_expected(mistake)


def _key_not_expected(mistake: Mistake) -> Reworded:
    this = line_at(mistake.text, mistake.line_start, "this key does not fit here")
    above = mistake.text[: mistake.line_start].rstrip()
    if not above:
        return Reworded("a key is not expected here", (this,))
    start, end, _ = line_at(mistake.text, len(above) - 1, "")
    if _NO_SPACE(mistake.text[start:end]):
        return Reworded("this line has no `: ` after its key", ((start, end, "no space"),), (_SPACE_NEEDED,))
    helps = ("indent this key as the one it belongs beside", "if the line above is a key, put `: ` after it")
    return Reworded("a key does not fit below the line above it", (this, (start, end, "the line above")), helps)


def item_not_expected(mistake: Mistake) -> Reworded:
    """A `- ` where no list can start."""
    if mistake.before.strip():
        return Reworded(
            "a list item cannot stand in the line of its key",
            ((mistake.at, mistake.at + 1, "a list would start here"),),
            ("start the list on the next line, or write it in brackets: `[a, b]`", "if it is text, put it in quotes"),
        )
    return Reworded("a list item is not expected here", (here(mistake, "does not fit here"),))


def bad_first_character(mistake: Mistake) -> Reworded:
    """A value that starts with a character YAML keeps for itself."""
    first = mistake.text[mistake.at : mistake.at + 1]
    shown = f"`{first}`" if first.isprintable() and first not in ("`", "") else "this character"
    if first == "`":
        shown = "a backquote"
    return Reworded(
        f"a value cannot start with {shown}",
        ((mistake.at, mistake.at + 1, "the first character"),),
        ("put the whole value in quotes",),
    )


def no_key(mistake: Mistake) -> Reworded:
    """Something in a mapping that is no key: what follows a value, an item, or a line indented differently."""
    before = mistake.before.rstrip()
    if before.endswith(('"', "'")):
        return _after_quote(mistake, mistake.line_start + len(before))
    if before.endswith(("]", "}")):
        this = here(mistake, "this does not belong to the value")
        return Reworded("text follows the closing bracket", (this,), ("put a comment after ` # `, or quote the value",))
    if mistake.rest.startswith(":") and not before:
        return Reworded("a key is missing before this colon", ((mistake.at, mistake.at + 1, "here"),))
    began = (mistake.began, mistake.began + 1, "the mapping starts here")
    if mistake.rest.startswith("- "):
        helps = ("a list stands below a key of its own: `key:`, then the items",)
        return Reworded("a list item stands where a key is expected", (here(mistake, "this item"), began), helps)
    return Reworded(
        "a line is not indented like the keys of its mapping",
        (line_at(mistake.text, mistake.at, "this line"), began),
        ("indent keys of one mapping alike",),
    )


def _after_quote(mistake: Mistake, end: int) -> Reworded:
    """Text behind a closing quote; where that closes a text of several lines, a quote is missing further up."""
    this = here(mistake, "this does not belong to the value")
    opened = next((start for start, stop in quoted(mistake.text, end) if stop == end), end)
    if "\n" in mistake.text[opened:end]:
        return Reworded(
            "a quoted text runs over several lines and ends in the middle of one",
            ((opened, opened + 1, "opened here"), (end - 1, end, "closed here")),
            ("look for a missing quote in the line where it opens",),
        )
    helps = (r"put the whole value in quotes; inside, write `\"` in double or `''` in single quotes",)
    return Reworded("text follows the closing quote", (this,), helps)


def no_item(mistake: Mistake) -> Reworded:
    """A line in a list that is no item."""
    return Reworded(
        "a line does not belong to the list above it",
        (line_at(mistake.text, mistake.at, "this line"), (mistake.began, mistake.began + 1, "the list starts here")),
        ("start it with `- `, or indent it as the item it belongs to",),
    )


_QUOTE_ALL = "if it is meant as text, put the whole value in quotes"


def reworded(error: YAMLError, lines: Lines, file: FileId) -> Problem:
    """Returns libyaml's error as a problem; words it does not know become a plain "cannot be read"."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return unreadable(lines, file)
    at = min(error.problem_mark.index, len(lines.text))
    began = min(error.context_mark.index, at) if error.context_mark else at
    said = _say(Mistake(lines.text, f"{error.context or ''}: {error.problem or ''}", at, began))
    places = tuple(Place(file, span=lines.span(start, end), label=label) for start, end, label in said.shown)
    return syntax_error.one(places, said.message, said.helps)


def unreadable(lines: Lines, file: FileId) -> Problem:
    """Returns the problem of a file that cannot be read, for a reason that has no words."""
    return syntax_error.one((Place(file, span=lines.span(0, 0)),), "this file cannot be read as YAML")


def _say(mistake: Mistake) -> Reworded:
    """Finds the words for a mistake by a part of libyaml's."""
    for part, say in _WORDS:
        if part in mistake.what:
            return say(mistake)
    return Reworded("this cannot be read as YAML", (here(mistake, "here"),))


def _no_content(mistake: Mistake) -> Reworded:
    if not mistake.text[mistake.at :].strip() and (opened := innermost_open(mistake.text)) is not None:
        return open_bracket(Mistake(mistake.text, mistake.what, mistake.at, opened))
    first = mistake.text[mistake.at : mistake.at + 1]
    one = (mistake.at, mistake.at + 1, "here")
    if first in ("]", "}"):
        return Reworded("a bracket is closed that was never opened", (one,), (_QUOTE_ALL,))
    if first == ",":
        return Reworded("a comma has nothing before it", (one,), ("remove it, or write what is missing",))
    return Reworded("a value is missing here", (here(mistake, "a value was expected before this"),))


def _after_block_mark(mistake: Mistake) -> Reworded:
    return Reworded(
        "text stands beside a `|` or `>`",
        (here(mistake, "belongs on a line of its own"),),
        ("start the text on the next line, indented; " + _QUOTE_ALL,),
    )


def _zero_indent(mistake: Mistake) -> Reworded:
    zero = (mistake.at, mistake.at + 1, "here")
    return Reworded("a block text cannot be indented by 0", (zero,), ("leave the digit out",))


def _unknown_escape(mistake: Mistake) -> Reworded:
    return Reworded(
        "a backslash in double quotes starts an escape that YAML does not know",
        ((mistake.at, mistake.at + 2, "no such escape"),),
        (r"write `\\` for a backslash, or use single quotes",),
    )


def _digits_missing(mistake: Mistake) -> Reworded:
    begin = mistake.text.rfind("\\", mistake.began, mistake.at + 1)
    end = mistake.at + len(re.match(r"[0-9a-fA-F]*", mistake.text[mistake.at :])[0])  # type: ignore[index]
    return Reworded(
        "an escape in double quotes lacks digits",
        ((begin, end, "cut short"),),
        (r"an escape has two digits after `\x`, four after `\u`, eight after `\U`",),
    )


def _no_name(mistake: Mistake) -> Reworded:
    mark = mistake.text[mistake.began]
    return Reworded(f"a value cannot start with `{mark}`", ((mistake.began, mistake.began + 1, "here"),), (_QUOTE_ALL,))


def _bad_tag(mistake: Mistake) -> Reworded:
    began = Mistake(mistake.text, mistake.what, mistake.began, mistake.began)
    return Reworded("a value that starts with `!` is read as a tag", (here(began, "no known tag"),), (_QUOTE_ALL,))


def _question_not_expected(mistake: Mistake) -> Reworded:
    one = (mistake.at, mistake.at + 1, "here")
    return Reworded("a value cannot start with `? `", (one,), (_QUOTE_ALL,))


def _after_the_end(mistake: Mistake) -> Reworded:
    return Reworded("text follows the end of the record", (here(mistake, "does not belong to it"),), (_QUOTE_ALL,))


def _colon_in_brackets(mistake: Mistake) -> Reworded:
    at = mistake.text.find(":", mistake.began, mistake.at + 1)
    at = mistake.at if at < 0 else at
    return Reworded("a colon inside brackets needs a space after it", ((at, at + 1, "this colon"),), (_QUOTE_ALL,))


def _percent(mistake: Mistake) -> Reworded:
    one = (mistake.began, mistake.began + 1, "the first character")
    return Reworded("a line cannot start with `%`", (one,), (_QUOTE_ALL,))


_WORDS: tuple[tuple[str, Callable[[Mistake], Reworded]], ...] = (
    ("scanning a directive", _percent),
    ("found unexpected ':'", _colon_in_brackets),
    ("found unexpected end of stream", open_quote),
    ("found unexpected document indicator", document_in_quotes),
    ("did not find expected ',' or", open_bracket),
    ("could not find expected ':'", no_colon),
    ("mapping values are not allowed", value_not_expected),
    ("mapping keys are not allowed", _question_not_expected),
    ("block sequence entries are not allowed", item_not_expected),
    ("found character that cannot start any token", bad_first_character),
    ("did not find expected key", no_key),
    ("did not find expected '-' indicator", no_item),
    ("did not find expected node content", _no_content),
    ("did not find expected comment or line break", _after_block_mark),
    ("indentation indicator equal to 0", _zero_indent),
    ("found unknown escape character", _unknown_escape),
    ("did not find expected hexdecimal number", _digits_missing),
    ("did not find expected alphabetic or numeric", _no_name),
    ("tag", _bad_tag),
    ("did not find expected <document start>", _after_the_end),
)
"""Parts of libyaml's messages (scanner.c, parser.c of version 0.2.5), each with its words."""
