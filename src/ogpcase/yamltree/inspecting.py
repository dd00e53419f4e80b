"""The careful reading of a file that is not plain good: everything that is wrong with it, and its tree if there is one.

It costs several times as much as the quick one (see parsing), which sends only the odd file here.
"""

from __future__ import annotations

from ogpcase.diagnostics import Check, FileId, Place, Span
from ogpcase.yamltree import raw
from ogpcase.yamltree.building import Fault, Wrong, build
from ogpcase.yamltree.characters import unwanted_in_value
from ogpcase.yamltree.faults import CHECK_OF, problem_of
from ogpcase.yamltree.gathering import Gathering
from ogpcase.yamltree.indentation import strays
from ogpcase.yamltree.libyaml import MarkedYAMLError, Node, ScalarNode, YAMLError, compose
from ogpcase.yamltree.lines import Lines
from ogpcase.yamltree.marks import Mark, Seen, marks_in
from ogpcase.yamltree.measuring import measure
from ogpcase.yamltree.problems_characters import control_character
from ogpcase.yamltree.problems_file import byte_order_mark, empty_record
from ogpcase.yamltree.problems_syntax import (
    alias,
    anchor,
    comment_mark_glued,
    question_mark_key,
    several_documents,
    syntax_error,
    tag,
    text_cut_by_hash,
)
from ogpcase.yamltree.tree import Parsed, Value, YamlTree
from ogpcase.yamltree.wording import reworded

_CHECK_OF: dict[Seen, Check[FileId, Span]] = {
    Seen.ANCHOR: anchor,
    Seen.ALIAS: alias,
    Seen.TAG: tag,
    Seen.QUESTION_MARK: question_mark_key,
    Seen.SECOND_DOCUMENT: several_documents,
    Seen.GLUED_COMMENT: comment_mark_glued,
    Seen.CUT_TEXT: text_cut_by_hash,
}
_STAND_IN = {Seen.ANCHOR: "!", Seen.TAG: "!", Seen.ALIAS: '""'}
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
        self.text = text.removeprefix("\ufeff")
        self.found = Gathering(Lines(self.text), file)
        if text != self.text:
            self.found.report(byte_order_mark, 0, 0)
        self.readable = raw.readable(self.text)

    def result(self) -> Parsed:
        """Reads the text and returns what came of it."""
        raw.judge(self.text, self.found)
        tree = self._tree() if self._is_of_fair_size() else None
        return Parsed(tree, self.found.told(), self.text)

    def _is_of_fair_size(self) -> bool:
        """Judges size and depth; where a tab stops libyaml, behind it too."""
        fair, whole = measure(self.readable, self.found)
        if fair and not whole and "\t" in self.readable:
            self.readable = self.readable.replace("\t", " ")
            fair, _ = measure(self.readable, self.found)
        return fair

    def _tree(self) -> YamlTree | None:
        """Returns the tree, unless the text is no YAML, is empty, or says things by alias."""
        marks = self._marks()
        for mark in marks:
            self._judge(mark)
        self._make_readable(marks)
        try:
            root, _ = compose(self.readable.encode())
        except YAMLError as error:
            if not raw.has_conflict_marker(self.text) and self.found.wants(syntax_error):
                self.found.add(reworded(error, self.found.lines, self.file))
            return None
        if root is None or (root.__class__ is ScalarNode and not root.style and not root.value):
            self.found.report(empty_record, 0, 0)
            return None
        value = self._value(root, marks)
        if any(mark.seen is Seen.ALIAS for mark in marks):
            return None
        return YamlTree(self.file, self.text, value, self.readable)

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
        end = start + _LENGTH_OF_ESCAPE[self.readable[start + 1]]
        code = int(self.readable[start + 2 : end], 16)
        character = chr(code) if code <= 0x10FFFF else ""  # noqa: PLR2004 - the last code point
        self.found.report(control_character, start, end, character)
        stand_in = r"\uFFFD" if end - start == len(r"\uFFFD") else r"\U0000FFFD"
        self.readable = self.readable[:start] + stand_in + self.readable[end:]

    def _judge(self, mark: Mark) -> None:
        """Reports a mark; an escape only if nobody may write its character raw either."""
        if mark.seen is not Seen.ESCAPE:
            self.found.report(_CHECK_OF[mark.seen], mark.start, mark.end)
        elif kind := unwanted_in_value(mark.character):
            self.found.report(raw.CHECK_OF[kind], mark.start, mark.end, mark.character)

    def _make_readable(self, marks: list[Mark]) -> None:
        """Puts something harmless in the place of anchors, tags and aliases, and leaves only the first document.

        A `!` alone says nothing about a node and keeps its column; of several properties in a row one stays.
        """
        pieces, end, property_end = [], 0, -1
        for mark in marks:
            stand_in = _STAND_IN.get(mark.seen)
            if mark.seen is Seen.SECOND_DOCUMENT:
                self.readable = self.readable[: mark.start]
            elif stand_in:
                between = self.readable[end : mark.start]
                if mark.seen in _PROPERTIES:
                    stand_in = " " if property_end == end and not between.strip() else stand_in
                    property_end = mark.end
                pieces += [between, stand_in.ljust(mark.end - mark.start)]
                end = mark.end
        self.readable = "".join((*pieces, self.readable[end:]))

    def _value(self, root: Node, marks: list[Mark]) -> Value:
        """Builds the values and reports their faults; a tagged scalar's type is the tag's fault."""
        faults: list[Fault] = []
        value = build(root, faults)
        if any(fault.wrong is Wrong.RUNS_ON for fault in faults):
            self._judge_indentation(root)
        tagged = {mark.start for mark in marks if mark.seen in _PROPERTIES}
        for fault in faults:
            if fault.wrong is Wrong.RUNS_ON or (fault.wrong in _ABOUT_TYPE and fault.node.start_mark.index in tagged):
                continue
            if self.found.wants(CHECK_OF[fault.wrong]):
                self.found.add(problem_of(fault, self.found.lines, self.file))
        return value

    def _judge_indentation(self, root: Node) -> None:
        """Reports lines that stand too far left; the text is the one that libyaml was given."""
        for stray in strays(root, Lines(self.readable)):
            if self.found.wants(syntax_error):
                place = Place(self.file, span=self.found.lines.span(stray.start, stray.end), label="this line")
                self.found.add(syntax_error.one((place,), stray.message, (stray.help,)))
