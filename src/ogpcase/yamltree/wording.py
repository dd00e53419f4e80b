"""libyaml's syntax messages in words of the house, at the place where a person would look for the mistake."""

from __future__ import annotations

import re
from collections.abc import Callable

from ogpcase.diagnostics import FileId, Place, Problem
from ogpcase.yamltree import wording_structure as structure
from ogpcase.yamltree.libyaml import MarkedYAMLError, YAMLError
from ogpcase.yamltree.lines import Lines
from ogpcase.yamltree.mistakes import Mistake, Said, here, innermost_open
from ogpcase.yamltree.problems_syntax import syntax_error

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


def _say(mistake: Mistake) -> Said:
    """Finds the words for a mistake by a part of libyaml's."""
    for part, say in _WORDS:
        if part in mistake.what:
            return say(mistake)
    return Said("this cannot be read as YAML", (here(mistake, "here"),))


def _no_content(mistake: Mistake) -> Said:
    if not mistake.text[mistake.at :].strip() and (opened := innermost_open(mistake.text)) is not None:
        return structure.open_bracket(Mistake(mistake.text, mistake.what, mistake.at, opened))
    first = mistake.text[mistake.at : mistake.at + 1]
    one = (mistake.at, mistake.at + 1, "here")
    if first in ("]", "}"):
        return Said("a bracket is closed that was never opened", (one,), (_QUOTE_ALL,))
    if first == ",":
        return Said("a comma has nothing before it", (one,), ("remove it, or write what is missing",))
    return Said("a value is missing here", (here(mistake, "a value was expected before this"),))


def _after_block_mark(mistake: Mistake) -> Said:
    return Said(
        "text stands beside a `|` or `>`",
        (here(mistake, "belongs on a line of its own"),),
        ("start the text on the next line, indented; " + _QUOTE_ALL,),
    )


def _zero_indent(mistake: Mistake) -> Said:
    zero = (mistake.at, mistake.at + 1, "here")
    return Said("a block text cannot be indented by 0", (zero,), ("leave the digit out",))


def _unknown_escape(mistake: Mistake) -> Said:
    return Said(
        "a backslash in double quotes starts an escape that YAML does not know",
        ((mistake.at, mistake.at + 2, "no such escape"),),
        (r"write `\\` for a backslash, or use single quotes",),
    )


def _digits_missing(mistake: Mistake) -> Said:
    begin = mistake.text.rfind("\\", mistake.began, mistake.at + 1)
    end = mistake.at + len(re.match(r"[0-9a-fA-F]*", mistake.text[mistake.at :])[0])  # type: ignore[index]
    return Said(
        "an escape in double quotes lacks digits",
        ((begin, end, "cut short"),),
        (r"an escape has two digits after `\x`, four after `\u`, eight after `\U`",),
    )


def _no_name(mistake: Mistake) -> Said:
    mark = mistake.text[mistake.began]
    return Said(f"a value cannot start with `{mark}`", ((mistake.began, mistake.began + 1, "here"),), (_QUOTE_ALL,))


def _bad_tag(mistake: Mistake) -> Said:
    began = Mistake(mistake.text, mistake.what, mistake.began, mistake.began)
    return Said("a value that starts with `!` is read as a tag", (here(began, "no known tag"),), (_QUOTE_ALL,))


def _question_not_expected(mistake: Mistake) -> Said:
    one = (mistake.at, mistake.at + 1, "here")
    return Said("a value cannot start with `? `", (one,), (_QUOTE_ALL,))


def _after_the_end(mistake: Mistake) -> Said:
    return Said("text follows the end of the record", (here(mistake, "does not belong to it"),), (_QUOTE_ALL,))


def _colon_in_brackets(mistake: Mistake) -> Said:
    at = mistake.text.find(":", mistake.began, mistake.at + 1)
    at = mistake.at if at < 0 else at
    return Said("a colon inside brackets needs a space after it", ((at, at + 1, "this colon"),), (_QUOTE_ALL,))


def _percent(mistake: Mistake) -> Said:
    one = (mistake.began, mistake.began + 1, "the first character")
    return Said("a line cannot start with `%`", (one,), (_QUOTE_ALL,))


_WORDS: tuple[tuple[str, Callable[[Mistake], Said]], ...] = (
    ("scanning a directive", _percent),
    ("found unexpected ':'", _colon_in_brackets),
    ("found unexpected end of stream", structure.open_quote),
    ("found unexpected document indicator", structure.document_in_quotes),
    ("did not find expected ',' or", structure.open_bracket),
    ("could not find expected ':'", structure.no_colon),
    ("mapping values are not allowed", structure.value_not_expected),
    ("mapping keys are not allowed", _question_not_expected),
    ("block sequence entries are not allowed", structure.item_not_expected),
    ("found character that cannot start any token", structure.bad_first_character),
    ("did not find expected key", structure.no_key),
    ("did not find expected '-' indicator", structure.no_item),
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
