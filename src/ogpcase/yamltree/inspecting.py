"""The careful reading of a file that is not plain good: everything that is wrong with it, and its tree if there is one.

It costs several times as much as the quick one (see parsing), which sends only the odd file here.
"""

from __future__ import annotations

from ogpcase.diagnostics import FileId, Problem
from ogpcase.yamltree import raw
from ogpcase.yamltree.building import Fault, Wrong, build
from ogpcase.yamltree.characters import unwanted_in_value
from ogpcase.yamltree.crowding import few
from ogpcase.yamltree.faults import problem_of
from ogpcase.yamltree.libyaml import MarkedYAMLError, Node, ScalarNode, YAMLError, compose
from ogpcase.yamltree.lines import Lines
from ogpcase.yamltree.marks import Mark, Seen, marks_in
from ogpcase.yamltree.measuring import is_yaml, oversize
from ogpcase.yamltree.problems_characters import control_character
from ogpcase.yamltree.problems_file import byte_order_mark, empty_record
from ogpcase.yamltree.problems_syntax import (
    alias,
    anchor,
    comment_mark_glued,
    question_mark_key,
    several_documents,
    tag,
    text_cut_by_hash,
)
from ogpcase.yamltree.tree import Parsed, Value, YamlTree
from ogpcase.yamltree.wording import reworded

_CHECK_OF = {
    Seen.ANCHOR: anchor,
    Seen.ALIAS: alias,
    Seen.TAG: tag,
    Seen.QUESTION_MARK: question_mark_key,
    Seen.SECOND_DOCUMENT: several_documents,
    Seen.GLUED_COMMENT: comment_mark_glued,
    Seen.CUT_TEXT: text_cut_by_hash,
}
_PROPERTIES = (Seen.ANCHOR, Seen.TAG)
_ABOUT_TYPE = (Wrong.AMBIGUOUS, Wrong.KEY_NOT_TEXT)
_BAD_ESCAPE = "found invalid Unicode character escape code"
_LENGTH_OF_ESCAPE = {"x": 4, "u": 6, "U": 10}
_MOST_BAD_ESCAPES = 50


def inspect(text: str, file: FileId) -> Parsed:
    """Returns all that is wrong with a text, and its tree where one can be had."""
    return _Inspection(text, file).result()


class _Inspection:
    """One careful reading: the text as it is, and what of it libyaml is given, with the same offsets."""

    def __init__(self, text: str, file: FileId) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.text = text.removeprefix("\ufeff")
        self.lines = Lines(self.text)
        if text != self.text:
            self.problems.append(byte_order_mark.one(file, self.lines.span(0, 0)))
        self.readable = raw.readable(self.text)

    def result(self) -> Parsed:
        """Reads the text and returns what came of it."""
        self.problems += raw.problems_of(self.lines, self.file)
        if "\t" in self.readable and not is_yaml(self.readable):
            self.readable = self.readable.replace("\t", " ")
        marks = self._marks()
        for mark in marks:
            self._judge(mark)
        self._make_readable(marks)
        tree = self._tree(marks)
        return Parsed(tree, few(self.problems), self.text)

    def _marks(self) -> list[Mark]:
        """Returns what the tokens tell; escapes that no YAML reader takes are replaced on the way."""
        marks: list[Mark] = []
        for _ in range(_MOST_BAD_ESCAPES):
            marks.clear()
            try:
                for mark in marks_in(self.readable):
                    marks.append(mark)  # noqa: PERF402 - what was seen before an error counts
            except MarkedYAMLError as error:
                if error.problem == _BAD_ESCAPE and error.problem_mark:
                    self._replace_escape(error.problem_mark.index - 2)
                    continue
            except YAMLError:
                pass  # said when the text is composed
            break
        return marks

    def _replace_escape(self, start: int) -> None:
        """Reports an escape for half a character or none, and puts one for U+FFFD in its place."""
        length = _LENGTH_OF_ESCAPE[self.readable[start + 1]]
        code = int(self.readable[start + 2 : start + length], 16)
        character = chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last code point
        self.problems.append(control_character.one(self.file, self.lines.span(start, start + length), character))
        stand_in = r"\U0000FFFD" if length > len(r"\uFFFD") else r"\uFFFD"
        self._overwrite(start, start + length, stand_in)

    def _judge(self, mark: Mark) -> None:
        """Reports a mark; an escape only if nobody may write its character raw either."""
        span = self.lines.span(mark.start, mark.end)
        if mark.seen is not Seen.ESCAPE:
            self.problems.append(_CHECK_OF[mark.seen].one(self.file, span))
        elif kind := unwanted_in_value(mark.character):
            self.problems.append(raw.CHECK_OF[kind].one(self.file, span, mark.character))

    def _make_readable(self, marks: list[Mark]) -> None:
        """Puts something harmless in the place of anchors, tags and aliases, and leaves only the first document.

        A `!` alone says nothing about a node and keeps its column; of several properties in a row one stays.
        """
        end = 0
        for mark in marks:
            if mark.seen in _PROPERTIES:
                follows = end and not self.readable[end : mark.start].strip()
                self._overwrite(mark.start, mark.end, " " if follows else "!")
                end = mark.end
            elif mark.seen is Seen.ALIAS:
                self._overwrite(mark.start, mark.end, '""')
            elif mark.seen is Seen.SECOND_DOCUMENT:
                self.readable = self.readable[: mark.start]

    def _overwrite(self, start: int, end: int, stand_in: str) -> None:
        self.readable = self.readable[:start] + stand_in.ljust(end - start) + self.readable[end:]

    def _tree(self, marks: list[Mark]) -> YamlTree | None:
        """Returns the tree, unless the text is too large, too deep, no YAML, empty, or says things by alias."""
        if problem := oversize(self.readable, self.lines, self.file):
            self.problems.append(problem)
            return None
        try:
            root, _ = compose(self.readable.encode())
        except YAMLError as error:
            if not raw.has_conflict_marker(self.text):
                self.problems.append(reworded(error, self.lines, self.file))
            return None
        if root is None or (root.__class__ is ScalarNode and not root.style and not root.value):
            self.problems.append(empty_record.one(self.file, self.lines.span(0, 0)))
            return None
        value = self._value(root, marks)
        if any(mark.seen is Seen.ALIAS for mark in marks):
            return None
        return YamlTree(self.file, self.text, value, self.readable)

    def _value(self, root: Node, marks: list[Mark]) -> Value:
        """Builds the values and reports their faults; a tagged scalar's type is the tag's fault."""
        faults: list[Fault] = []
        value = build(root, faults)
        tagged = {mark.start for mark in marks if mark.seen in _PROPERTIES}
        for fault in faults:
            if fault.wrong not in _ABOUT_TYPE or fault.node.start_mark.index not in tagged:
                self.problems.append(problem_of(fault, self.lines, self.file))
        return value
