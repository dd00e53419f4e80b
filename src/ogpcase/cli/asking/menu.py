"""After the questions: the texts in other languages, and the menu to save, add, change, edit, go back or discard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from ogpcase.cli.asking.draft import Discarded
from ogpcase.cli.asking.interview import Interview, has_details, in_turn, opener_of
from ogpcase.cli.asking.question import GoBack, Shown
from ogpcase.cli.asking.terminal import page
from ogpcase.diagnostics import Diagnostic, Route, Severity
from ogpcase.errors import OgpcaseError
from ogpcase.model.questions import Question, questions_of
from ogpcase.model.table_codes import Choice
from ogpcase.model.texts import LANGUAGE, first_text, language_known, same_language
from ogpcase.output.lines import Piece, line

_SAVE = Choice("save", "", "write it")
_MEND = Choice("mend", "", "answer the question of the first problem again")
_ADD = Choice("add", "", "another field, or another item of a list")
_CHANGE = Choice("change", "", "an answer, or an item of a list")
_EDIT = Choice("edit", "", "the whole record in your editor")
_BACK = Choice("back", "", "to the last answer")
_DISCARD = Choice("discard", "", "throw it away; nothing is written")


class Preview(NamedTuple):
    """A record as it would be written: its path, its text, the texts of other files, and the problems it brings."""

    path: str
    text: str
    beside: Mapping[str, str]
    problems: tuple[Diagnostic, ...]

    @property
    def fails(self) -> bool:
        """True if it would be refused."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)


class Form(NamedTuple):
    """What is asked of one record: its fields, those that options gave, its language, and how it is shown and edited.

    `previewed` composes and judges the record in memory. `edited` opens it in the editor, and changes the values.
    """

    fields: tuple[Question, ...]
    given: frozenset[str]
    language: str
    previewed: Callable[[], Preview]
    edited: Callable[[], None]


def fill_in(interview: Interview, form: Form) -> None:
    """Asks for the record and its other languages; returns when it is to be saved. Raises Discarded."""
    asked = [field for field in in_turn(form.fields) if field.name not in form.given]
    interview.walk(asked)
    _ask_languages(interview, form.fields, form.language)
    _Menu(interview, form, asked).until_saved()


class _Written(NamedTuple):
    """A text of the record: its question, its name for people, and where it is."""

    question: Question
    name: str
    inside: dict[str, Any]


def _ask_languages(interview: Interview, fields: Iterable[Question], own: str) -> None:
    """Asks for another language until there is none, and for each text in it. `own` is that of plain texts."""
    several = tuple(fields)
    with suppress(GoBack):
        while (texts := list(_texts(several, interview.values))) and (tag := _tag(interview, own)):
            for text in texts:
                _translate(interview, text, tag, own)


def _tag(interview: Interview, own: str) -> str:
    shown = Shown("another language", f"of the texts, beside `{own}`: a tag, as es or fr", "none")
    while tag := interview.asker.answer(shown):
        if LANGUAGE.fullmatch(tag) and language_known(tag) and not same_language(tag, own):
            return tag
        interview.asker.say(f"`{tag}` is not the tag of another language")
    return ""


def _texts(fields: Iterable[Question], values: dict[str, Any], trail: str = "") -> Iterator[_Written]:
    """Yields the texts of a record, and those of its items."""
    for field in fields:
        value = values.get(field.name)
        name = f"{trail}{field.words}"
        if field.shape == "text" and value is not None:
            yield _Written(field, name, values)
        elif field.shape == "mapping" and value is not None:
            for at, item in enumerate(value if isinstance(value, list) else [value], 1):
                if isinstance(item, dict):
                    yield from _texts(questions_of(field.holds), item, f"{name} {at}, ")


def _translate(interview: Interview, text: _Written, tag: str, own: str) -> None:
    value = text.inside[text.question.name]
    by_tag = value if isinstance(value, dict) else {own: value}
    if tag in by_tag:
        return
    original = " ".join(str(next(iter(by_tag.values()))).split())
    shown = Shown(f"{text.name} in {tag}", original, "skip", lines=not text.question.one_line)
    if typed := interview.asker.answer(shown):
        text.inside[text.question.name] = {**by_tag, tag: typed}
        interview.changed()


class _Menu:
    """The menu after the questions."""

    def __init__(self, interview: Interview, form: Form, asked: Sequence[Question]) -> None:
        self._interview = interview
        self._form = form
        self._asked = asked
        self._asker = interview.asker

    def until_saved(self) -> None:
        """Shows the record and does what is chosen, until that is `save`. Raises Discarded."""
        while True:
            try:
                preview = self._preview()
            except GoBack:  # from the question for its id
                self._interview.walk(self._asked, from_end=True)
                continue
            word = self._chosen(preview)
            if word == _SAVE.code:
                return
            if word == _MEND.code and (at := self._at(preview)) is not None:
                self._interview.ask(*at)
            elif word == _BACK.code:
                self._interview.walk(self._asked, from_end=True)
            else:
                self._do(word)

    def _do(self, word: str) -> None:
        here = self._interview.values
        if word == _EDIT.code:
            self._edit()
        elif word == _DISCARD.code:
            if self._asker.agreed(Shown("discard", "throws away everything that you typed")):
                raise Discarded
        else:
            adding = word == _ADD.code
            fields = [each for each in self._form.fields if each.asked != "never" and each.name != "kind"]
            fitting = [
                each for each in fields if (each.name not in here or each.repeats if adding else each.name in here)
            ]
            self._ask_one(fitting, adding=adding)

    def _preview(self) -> Preview:
        try:
            preview = self._form.previewed()
        except OgpcaseError as fault:  # it cannot even be composed
            self._asker.refuse(fault)
            return Preview("", "", {}, ())
        self._asker.print([line(), line(Piece(preview.path, "title"))])
        self._asker.print([line(f"  {each}") for each in preview.text.splitlines()])
        for path, text in preview.beside.items():
            self._asker.print([line(), line(Piece(path, "title"), "  (new)")])
            self._asker.print([line(f"  {each}") for each in text.splitlines()])
        for problem in preview.problems:
            first = [Piece(f"{problem.severity}[{problem.code}]: ", "error" if preview.fails else "warning")]
            self._asker.print([line(), *page().hanging(first, problem.message)])
            self._asker.say(*problem.helps)
        return preview

    def _chosen(self, preview: Preview) -> str:
        ready = bool(preview.text) and not preview.fails
        mending = [_MEND] if self._at(preview) else []
        choices = [*([_SAVE] if ready else mending), _ADD, _CHANGE, _EDIT, _BACK, _DISCARD]
        sentence = "save it?" if ready else "it cannot be saved yet"
        default = choices[0].code
        try:
            return self._asker.choose(Shown("what next", sentence, default), choices, default)
        except GoBack:
            return _BACK.code

    def _at(self, preview: Preview) -> tuple[Question, Route] | None:
        """Returns the field of the first error whose place is a field of this record, and the route there."""
        by_name = {field.name: field for field in self._form.fields}
        errors = (problem for problem in preview.problems if problem.severity is Severity.ERROR)
        for spot in (spot for problem in errors for spot in problem.spots):
            if spot.path == preview.path and spot.route and spot.route[0] in by_name:
                return by_name[str(spot.route[0])], spot.route
        return None

    def _edit(self) -> None:
        try:
            self._form.edited()
        except OgpcaseError as fault:
            self._asker.refuse(fault)

    def _ask_one(self, fields: Sequence[Question], *, adding: bool) -> None:
        try:
            shown = Shown("field", "which one?", "none")
            name = self._asker.choose(shown, [Choice(field.name, field.words, field.sentence) for field in fields])
            field = next((field for field in fields if field.name == name), None)
            if field is not None:
                self._interview.ask(field, () if adding else self._item(field))
        except GoBack:
            return

    def _item(self, field: Question) -> Route:
        """Returns the route of an item that is picked, if the field is a list of them."""
        items: Any = self._interview.values.get(field.name)
        if (field.shape != "mapping" and not has_details(field)) or not isinstance(items, list):
            return ()
        opener = opener_of(field.holds)
        name = opener.name if opener else ""
        words = (item.get(name) if isinstance(item, dict) else item for item in items)
        choices = [
            Choice(f"{field.words} {number}", "", " ".join(first_text(word).split()))
            for number, word in enumerate(words, 1)
        ]
        typed = self._asker.choose(Shown(field.words, "which one?", "the list"), choices)
        at = [choice.code for choice in choices]
        return (field.name, at.index(typed)) if typed in at else ()
