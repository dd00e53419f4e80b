"""Words syntax errors in plain English: those of libyaml, and lines with too little indentation, which it accepts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

from ogpcase.diagnostics import FileId, Place, Problem
from ogpcase.yamltree.libyaml import CollectionNode, MappingNode, MarkedYAMLError, Node, ScalarNode, YAMLError, tokens
from ogpcase.yamltree.problems import syntax_error
from ogpcase.yamltree.tree import Lines

Stretch = tuple[int, int, str]
"""The first offset, the last offset, and a label."""


class SyntaxMistake(NamedTuple):
    """The message of a mistake, the stretches to show, the primary one first, and the helps."""

    message: str
    shown: tuple[Stretch, ...]
    helps: tuple[str, ...] = ()

    def problem(self, lines: Lines, file: FileId) -> Problem:
        """Returns the mistake as a problem of the file with these lines."""
        places = tuple(Place(file, span=lines.span(start, end), label=label) for start, end, label in self.shown)
        return syntax_error.one(places, self.message, self.helps)


def reworded(error: YAMLError, lines: Lines, file: FileId) -> Problem:
    """Returns libyaml's error as a problem; an unknown error becomes "cannot be read"."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return syntax_error.one((Place(file, span=lines.span(0, 0)),))
    at = min(error.problem_mark.index, len(lines.text))
    began = min(error.context_mark.index, at) if error.context_mark else at
    stop = Stop(lines.text, at, began)
    words = f"{error.context or ''}: {error.problem or ''}"
    word = next((word for part, word in _WORDS if part in words), _in_general)
    return word(stop).problem(lines, file)


class Stop(NamedTuple):
    """The offset where libyaml stopped reading, and the offset where the node that it was reading began."""

    text: str
    at: int
    began: int

    @property
    def line_start(self) -> int:
        """The offset of the line's first character."""
        return self.text.rfind("\n", 0, self.at) + 1

    @property
    def before(self) -> str:
        """The text before the offset in its line."""
        return self.text[self.line_start : self.at]

    @property
    def is_at_end(self) -> bool:
        """True if only blanks follow."""
        return not self.text[self.at :].strip()

    def character(self, label: str) -> Stretch:
        """Returns the character at the offset."""
        return (self.at, self.at + 1, label)

    def word(self, label: str) -> Stretch:
        """Returns the word at the offset."""
        word = re.compile(r"\S*").match(self.text, self.at)
        return (self.at, word.end() if word else self.at, label)

    def beginning(self, label: str) -> Stretch:
        """Returns the first character of the node."""
        return (self.began, self.began + 1, label)

    def line(self, label: str) -> Stretch:
        """Returns the line without blanks around it."""
        return _line_at(self.text, self.at, label)


def _line_at(text: str, offset: int, label: str) -> Stretch:
    start = text.rfind("\n", 0, offset) + 1
    line = text[start:].partition("\n")[0]
    return (start + len(line) - len(line.lstrip()), start + len(line.rstrip()), label)


def _tokens(text: str) -> Iterator[tuple[str, int, int, str | None]]:
    with suppress(YAMLError):
        yield from tokens(text.encode())


_LONGEST_KEY = 1024
_NO_SPACE = re.compile(r"[^\s:\"']+:[^\s:/]").match
_SPACE_NEEDED = "put a space after the `:`"
_QUOTE_ALL = "if it is meant as text, put the whole value in quotes"


def _in_general(stop: Stop) -> SyntaxMistake:
    return SyntaxMistake("this cannot be read as YAML", (stop.word("here"),))


def _open_quote(stop: Stop) -> SyntaxMistake:
    """A quote without its closing quote, shown where it opens: libyaml reports the end of the file."""
    quote = stop.text[stop.began]
    inside = "an apostrophe inside single quotes is written twice: `''`"
    if quote == '"':
        inside = r"a quotation mark inside double quotes is written `\"`"
    helps = (f"close it with `{quote}`", inside)
    return SyntaxMistake("a quoted text is never closed", (stop.beginning("opened here"),), helps)


def _document_in_quotes(stop: Stop) -> SyntaxMistake:
    shown = (stop.word("ends the document"), stop.beginning("the text was opened here"))
    helps = ("close the quotes before this line, or indent it",)
    return SyntaxMistake("a line of `---` or `...` is inside a quoted text", shown, helps)


def _open_bracket(stop: Stop) -> SyntaxMistake:
    closing, what = ("]", "list") if stop.text[stop.began] == "[" else ("}", "mapping")
    opened, close = stop.beginning("opened here"), f"close it with `{closing}`"
    if stop.is_at_end:
        return SyntaxMistake(f"a {what} in brackets is never closed", (opened,), (close,))
    shown = (opened, stop.word(f"a `,` or `{closing}` was expected before this"))
    helps = (f"{close}, or put a comma between its entries",)
    return SyntaxMistake(f"a {what} in brackets is not closed, or a comma is missing", shown, helps)


def _no_colon(stop: Stop) -> SyntaxMistake:
    start, end, _ = this = _line_at(stop.text, stop.began, "a key and a value were expected")
    line = stop.text[start:end]
    help_ = "write `key: value`; to continue the text above, indent this line deeper than its key"
    if _NO_SPACE(line):
        help_ = _SPACE_NEEDED
    elif re.match(r"-[^\s-]", line):
        help_ = "put a space after the `-`"
    return SyntaxMistake("this line has no `: ` after its key", (this,), (help_,))


def _value_not_expected(stop: Stop) -> SyntaxMistake:
    """A `: ` where no value can start: a second one in its line, or a key in a wrong place."""
    if re.search(r":\s", stop.before) or re.search(r"[\"'\]}]\s*$", stop.before.partition(": ")[2]):
        colon = stop.character("this colon would start another value")
        return SyntaxMistake("a second `: ` in one line", (colon,), (_QUOTE_ALL,))
    start = stop.line_start
    if len(stop.before) > _LONGEST_KEY:
        return SyntaxMistake("a key is longer than 1,024 characters", ((start, start + 1, "it starts here"),))
    this = stop.line("this key does not fit here")
    above = stop.text[:start].rstrip()
    if not above:
        return SyntaxMistake("a key is not expected here", (this,))
    start, end, _ = _line_at(stop.text, len(above) - 1, "")
    if _NO_SPACE(stop.text[start:end]):
        return SyntaxMistake("this line has no `: ` after its key", ((start, end, "no space"),), (_SPACE_NEEDED,))
    helps = ("indent this key like the keys of its mapping", "if the line above is a key, put `: ` after it")
    return SyntaxMistake("a key does not fit below the line above it", (this, (start, end, "the line above")), helps)


def _item_not_expected(stop: Stop) -> SyntaxMistake:
    """A `- ` where no list can start."""
    if not stop.before.strip():
        return SyntaxMistake("a list item is not expected here", (stop.word("does not fit here"),))
    helps = ("start the list on the next line, or write it in brackets: `[a, b]`", "if it is text, put it in quotes")
    shown = (stop.character("a list would start here"),)
    return SyntaxMistake("a list item cannot be in the line of its key", shown, helps)


def _bad_first_character(stop: Stop) -> SyntaxMistake:
    first = stop.text[stop.at : stop.at + 1]
    shown = f"`{first}`" if first and first.isprintable() else "this character"
    if first == "`":
        shown = "a backquote"
    helps = ("put the whole value in quotes",)
    return SyntaxMistake(f"a value cannot start with {shown}", (stop.character("the first character"),), helps)


def _no_key(stop: Stop) -> SyntaxMistake:
    """Something in a mapping that is not a key: text after a value, an item, or a line with another indent."""
    before = stop.before.rstrip()
    if before.endswith(('"', "'")):
        return _after_quote(stop, stop.line_start + len(before))
    if before.endswith(("]", "}")):
        this = stop.word("this does not belong to the value")
        helps = ("put a comment after ` # `, or quote the value",)
        return SyntaxMistake("text follows the closing bracket", (this,), helps)
    if stop.text.startswith(":", stop.at) and not before:
        return SyntaxMistake("a key is missing before this colon", (stop.character("here"),))
    began = stop.beginning("the mapping starts here")
    if stop.text.startswith("- ", stop.at):
        helps = ("a list needs its own key: `key:`, then the items",)
        return SyntaxMistake("a list item is where a key is expected", (stop.word("this item"), began), helps)
    shown, helps = (stop.line("this line"), began), ("indent keys of one mapping alike",)
    return SyntaxMistake("a line is not indented like the keys of its mapping", shown, helps)


def _after_quote(stop: Stop, end: int) -> SyntaxMistake:
    """Text after a closing quote; if the quoted text has several lines, a quote is missing above."""
    quoted = (start for _, start, close, style in _tokens(stop.text) if close == end and style in ("'", '"'))
    opened = next(quoted, end)
    if "\n" in stop.text[opened:end]:
        shown = ((opened, opened + 1, "opened here"), (end - 1, end, "closed here"))
        helps = ("look for a missing quote in the line where it opens",)
        return SyntaxMistake("a quoted text has several lines and ends in the middle of one", shown, helps)
    helps = (r"put the whole value in quotes; inside, write `\"` in double or `''` in single quotes",)
    return SyntaxMistake("text follows the closing quote", (stop.word("this does not belong to the value"),), helps)


def _no_item(stop: Stop) -> SyntaxMistake:
    shown = (stop.line("this line"), stop.beginning("the list starts here"))
    helps = ("start it with `- `, or indent it like the item it belongs to",)
    return SyntaxMistake("a line does not belong to the list above it", shown, helps)


def _no_content(stop: Stop) -> SyntaxMistake:
    if stop.is_at_end and (opened := _innermost_open(stop.text)) is not None:
        return _open_bracket(stop._replace(began=opened))
    first, here = stop.text[stop.at : stop.at + 1], stop.character("here")
    if first in ("]", "}"):
        return SyntaxMistake("a closing bracket has no opening bracket", (here,), (_QUOTE_ALL,))
    if first == ",":
        return SyntaxMistake("a comma has nothing before it", (here,), ("remove it, or write what is missing",))
    return SyntaxMistake("a value is missing here", (stop.word("a value was expected before this"),))


def _innermost_open(text: str) -> int | None:
    opened: list[int] = []
    for kind, start, _, _ in _tokens(text):
        if kind in ("[", "{"):
            opened.append(start)
        elif kind in ("]", "}") and opened:
            opened.pop()
    return opened[-1] if opened else None


def _digits_missing(stop: Stop) -> SyntaxMistake:
    begin = stop.text.rfind("\\", stop.began, stop.at + 1)
    end = stop.at + len(re.match(r"[0-9a-fA-F]*", stop.text[stop.at :])[0])  # type: ignore[index]
    helps = (r"an escape has two digits after `\x`, four after `\u`, eight after `\U`",)
    return SyntaxMistake("an escape in double quotes lacks digits", ((begin, end, "cut short"),), helps)


def _beside_block_mark(stop: Stop) -> SyntaxMistake:
    helps = ("start the text on the next line, indented; " + _QUOTE_ALL,)
    return SyntaxMistake("text follows a `|` or `>` in the same line", (stop.word("belongs on the next line"),), helps)


def _unknown_escape(stop: Stop) -> SyntaxMistake:
    message = "a backslash in double quotes starts an escape that YAML does not know"
    helps = (r"write `\\` for a backslash, or use single quotes",)
    return SyntaxMistake(message, ((stop.at, stop.at + 2, "no such escape"),), helps)


def _no_name(stop: Stop) -> SyntaxMistake:
    message = f"a value cannot start with `{stop.text[stop.began]}`"
    return SyntaxMistake(message, (stop.beginning("here"),), (_QUOTE_ALL,))


def _bad_tag(stop: Stop) -> SyntaxMistake:
    tag = stop._replace(at=stop.began).word("no known tag")
    return SyntaxMistake("a value that starts with `!` is read as a tag", (tag,), (_QUOTE_ALL,))


def _colon_in_brackets(stop: Stop) -> SyntaxMistake:
    at = stop.text.find(":", stop.began, stop.at + 1)
    colon = (stop if at < 0 else stop._replace(at=at)).character("this colon")
    return SyntaxMistake("a colon inside brackets needs a space after it", (colon,), (_QUOTE_ALL,))


def _fixed(
    message: str, shown: Callable[[Stop, str], Stretch], label: str, help_: str = _QUOTE_ALL
) -> Callable[[Stop], SyntaxMistake]:
    return lambda stop: SyntaxMistake(message, (shown(stop, label),), (help_,))


_WORDS: tuple[tuple[str, Callable[[Stop], SyntaxMistake]], ...] = (
    ("scanning a directive", _fixed("a line cannot start with `%`", Stop.beginning, "the first character")),
    ("found unexpected ':'", _colon_in_brackets),
    ("found unexpected end of stream", _open_quote),
    ("found unexpected document indicator", _document_in_quotes),
    ("did not find expected ',' or", _open_bracket),
    ("could not find expected ':'", _no_colon),
    ("mapping values are not allowed", _value_not_expected),
    ("mapping keys are not allowed", _fixed("a value cannot start with `? `", Stop.character, "here")),
    ("block sequence entries are not allowed", _item_not_expected),
    ("found character that cannot start any token", _bad_first_character),
    ("did not find expected key", _no_key),
    ("did not find expected '-' indicator", _no_item),
    ("did not find expected node content", _no_content),
    ("did not find expected comment or line break", _beside_block_mark),
    ("indicator equal to 0", _fixed("a block text cannot be indented by 0", Stop.character, "here", "omit the digit")),
    ("found unknown escape character", _unknown_escape),
    ("did not find expected hexdecimal number", _digits_missing),
    ("did not find expected alphabetic or numeric", _no_name),
    ("tag", _bad_tag),
    ("expected <document start>", _fixed("text follows the end of the record", Stop.word, "does not belong to it")),
)
"""Parts of libyaml's messages (scanner.c, parser.c of version 0.2.5), each with the function that words it."""


_TOP = -1
"""The column of the top node: its lines may begin anywhere."""


def lines_too_far_left(root: Node, lines: Lines) -> Iterator[SyntaxMistake]:
    """Yields the first line with too little indentation of each node in quotes or brackets, or of blank lines."""
    todo = [(root, _TOP)]
    while todo:
        node, column = todo.pop()
        if isinstance(node, CollectionNode) and not node.flow_style:
            inner = [value for _, value in node.value] if isinstance(node, MappingNode) else node.value
            todo += [(value, node.start_mark.column) for value in inner]
        elif not isinstance(node, ScalarNode) or node.style in ("'", '"'):
            yield from _running_on(node, column, lines)
        elif node.style and not node.value.strip():
            yield from _behind_blank_lines(node, column, lines)


def _running_on(node: Node, column: int, lines: Lines) -> Iterator[SyntaxMistake]:
    """Yields the first line that is not deeper than the node's parent; a closing bracket need not be deeper."""
    in_brackets = not isinstance(node, ScalarNode)
    last = node.end_mark.line + 1
    for number in range(node.start_mark.line + 2, last + 1):
        begin = lines.line(number).lstrip(" \t")
        depth = len(lines.line(number)) - len(begin)
        if not begin or depth > column or (in_brackets and begin.startswith("#")):
            continue
        if in_brackets and number == last and begin[0] in "]}" and depth == column:
            continue
        what, close = ("brackets", "bracket") if in_brackets else ("quotes", "quote")
        message = f"a text in {what} continues in a line that is not indented"
        yield _too_far_left(lines, number, message, f"close the {close} above, or indent this line deeper")
        return


def _behind_blank_lines(node: Node, column: int, lines: Lines) -> Iterator[SyntaxMistake]:
    """Yields a comment after deeper blank lines of a block: readers may take it for the block's text."""
    number, deepest = node.start_mark.line + 2, 0
    while number <= node.end_mark.line + 1 and not lines.line(number).strip(" "):
        deepest = max(deepest, len(lines.line(number)))
        number += 1
    begin = lines.line(number).lstrip(" \t")
    if begin.startswith("#") and column < len(lines.line(number)) - len(begin) < deepest:
        message = "a comment follows blank lines that are indented deeper than it"
        yield _too_far_left(lines, number, message, "remove the spaces in those lines, or write the text")


def _too_far_left(lines: Lines, number: int, message: str, help_: str) -> SyntaxMistake:
    line = lines.line(number)
    end = lines.start(number) + len(line)
    return SyntaxMistake(message, ((end - len(line.lstrip(" \t")), end, "this line"),), (help_,))
