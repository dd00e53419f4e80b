"""Asks for a record, an event, a header, a party or a source: its fields, its other languages, and then by a menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from ogpcase.cli.asking.draft import Discarded, Draft, left_behind
from ogpcase.cli.asking.interview import Interview, Values, has_details, in_turn, opener_of, options_of
from ogpcase.cli.asking.question import Asker, GoBack, Shown
from ogpcase.cli.asking.terminal import terminal
from ogpcase.cli.editor import edited
from ogpcase.cli.field_options import CommandLine
from ogpcase.cli.options import today
from ogpcase.cli.whole_record import given_record
from ogpcase.diagnostics import Diagnostic, FileId, Problem, Route, Severity
from ogpcase.diagnostics.visible_text import command
from ogpcase.editing.changing import drafted, event_id_for, free_event_file
from ogpcase.editing.composing import (
    NOTHING,
    Composed,
    Filled,
    Given,
    Typed,
    begun,
    composed,
    record_in,
    stored_record,
)
from ogpcase.editing.naming import Resolver, resolver_for, with_sources
from ogpcase.editing.picks import Picks
from ogpcase.errors import BadInput, OgpcaseError
from ogpcase.model.bind import bind_event
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import KINDS
from ogpcase.model.ids import RESERVED_CASE_IDS
from ogpcase.model.questions import KIND, Question, fields_of, questions_of
from ogpcase.model.table_codes import Choice
from ogpcase.model.texts import LANGUAGE, first_text, language_known, same_language
from ogpcase.output.lines import Piece, line
from ogpcase.output.terminal import page_for
from ogpcase.store.checksums import Copy
from ogpcase.workspace.opening import Workspace

_SAVE = Choice("save", "", "write it")
_MEND = Choice("mend", "", "answer the question of the first problem again")
_ADD = Choice("add", "", "another field, or another item of a list")
_CHANGE = Choice("change", "", "an answer, or an item of a list")
_EDIT = Choice("edit", "", "the whole record in your editor")
_BACK = Choice("back", "", "to the last answer")
_DISCARD = Choice("discard", "", "throw it away; nothing is written")


class Record(NamedTuple):
    """A record to ask for, with what was given of it.

    `verb` and `words` begin the command that writes it, and `options` are those of that command beside the file of what
    was typed, which is `resumed` if an earlier run left it. `composed` makes texts of the answers, and of a record that
    was edited whole, which `read` turns into answers. `file` names the file; it may ask for an id.
    """

    workspace: Workspace
    verb: str
    words: Sequence[str]
    fields: tuple[Question, ...]
    filled: Filled
    problems: Callable[[Values], Iterable[Problem]]
    composed: Callable[[Filled, Given], Composed]
    read: Callable[[Given, Resolver], Values]
    file: Callable[[Values, Asker], FileId]
    case: CaseFile | None = None
    given: Given = NOTHING
    options: tuple[tuple[str, ...], ...] = ()
    usual: frozenset[str] = frozenset()
    """Fields with a usual value, which are asked for nevertheless."""
    resumed: str | None = None
    dry_run: bool = False


@contextmanager
def asked_record(record: Record, asker: Asker) -> Iterator[Composed]:
    """Asks for what is missing, and gives the record; what was typed is kept unless the block writes it.

    Raises Discarded if somebody threw it away, and KeyboardInterrupt if somebody left.
    """
    name = "-".join((record.verb, *record.words))
    for unfinished in [] if record.resumed else left_behind(name):
        asker.say_command("an earlier record was not finished; remove its file, or go on with:", unfinished)
    asker.say("? explains, < goes back, Enter skips, Ctrl-C leaves and keeps what you typed")
    picks = Picks(record.case, record.workspace.registry(), today())
    interview = Interview(asker, picks, record.filled.values, record.problems)
    interview.add_parties(record.filled.parties)

    def goes_on(path: Path) -> str:
        """Returns the command that takes what was typed; a word may have been added to `words` meanwhile."""
        options = [("--from", str(path)), *options_of(interview.named_parties()), *record.options]
        given = (command(option, options=value) for option, *value in options)
        return " ".join((command(f"ogpcase {record.verb}", *record.words), *given))

    draft = Draft(asker, name, goes_on, interview.values, record.resumed)
    interview.changed = lambda: draft.write(interview.values)
    given = record.filled.values.keys() - record.usual
    asked = [field for field in in_turn(record.fields) if field.name not in given]
    with draft.kept(dry_run=record.dry_run):
        interview.walk(asked)
        _ask_languages(interview, record.fields, (record.case.language if record.case else None) or "en")
        menu = _Menu(record, interview, asked)
        menu.until_saved()
        yield menu.composed()


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


class _Written(NamedTuple):
    """A text of the record: its question, its name for people, and where it is."""

    question: Question
    name: str
    inside: dict[str, Any]


def _ask_languages(interview: Interview, fields: Sequence[Question], own: str) -> None:
    """Asks for another language until there is none, and for each text in it. `own` is that of plain texts."""
    with suppress(GoBack):
        while (texts := list(_texts(fields, interview.values))) and (tag := _tag(interview, own)):
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
    """The menu after the questions: it shows the record as it would be written, and does what is chosen."""

    def __init__(self, record: Record, interview: Interview, asked: Sequence[Question]) -> None:
        self._record = record
        self._interview = interview
        self._asked = asked
        self._asker = interview.asker
        self._edited = record.given

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
            try:
                self._edit()
            except OgpcaseError as fault:
                self._asker.refuse(fault)
        elif word == _DISCARD.code:
            if self._asker.agreed(Shown("discard", "throws away everything that you typed")):
                raise Discarded
        else:
            adding = word == _ADD.code
            fields = [each for each in self._record.fields if each.asked != "never" and each.name != "kind"]
            fitting = [
                each for each in fields if (each.name not in here or each.repeats if adding else each.name in here)
            ]
            self._ask_one(fitting, adding=adding)

    def _preview(self) -> Preview:
        try:
            preview = self._previewed()
        except OgpcaseError as fault:  # it cannot even be composed
            self._asker.refuse(fault)
            return Preview("", "", {}, ())
        beside = [(path, "  (new)", text) for path, text in preview.beside.items()]
        for path, note, text in [(preview.path, "", preview.text), *beside]:
            lines = [line(f"  {each}") for each in text.splitlines()]
            self._asker.print([line(), line(Piece(path, "title"), note), *lines])
        for problem in preview.problems:
            first = [Piece(f"{problem.severity}[{problem.code}]: ", "error" if preview.fails else "warning")]
            self._asker.print([line(), *page_for().hanging(first, problem.message)])
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
        by_name = {field.name: field for field in self._record.fields}
        errors = (problem for problem in preview.problems if problem.severity is Severity.ERROR)
        for spot in (spot for problem in errors for spot in problem.spots):
            if spot.path == preview.path and spot.route and spot.route[0] in by_name:
                return by_name[str(spot.route[0])], spot.route
        return None

    def _ask_one(self, fields: Sequence[Question], *, adding: bool) -> None:
        with suppress(GoBack):
            shown = Shown("field", "which one?", "none")
            name = self._asker.choose(shown, [Choice(field.name, field.words, field.sentence) for field in fields])
            field = next((field for field in fields if field.name == name), None)
            if field is not None:
                self._interview.ask(field, () if adding else self._item(field))

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

    def composed(self) -> Composed:
        """Returns the texts as they would be written. Raises BadInput if they cannot be."""
        filled = Filled(self._interview.values, self._interview.named_parties())
        return self._record.composed(filled, self._edited)

    def _previewed(self) -> Preview:
        """Returns the record as it would be written, with the problems that it would bring."""
        new, file = self.composed(), self._record.file(self._interview.values, self._asker)
        folder = file.partition("/")[0]
        case_id = None if folder in RESERVED_CASE_IDS else folder
        draft = drafted(self._record.workspace, {**new.beside, file: new.text}, case_id, today())
        shown = self._record.workspace.root.shown_path
        return Preview(shown(file), new.text, {shown(each): text for each, text in new.beside.items()}, draft.brings)

    def _edit(self) -> None:
        """Lets somebody change the whole text. Raises OgpcaseError if it is not a record any more."""
        with edited(self.composed().text) as text:
            given = record_in(text.encode("utf-8", "surrogateescape"), "the edited record")
            values = self._record.read(given, resolver_for(self._interview.picks.registry, today()))
        self._edited = given
        self._interview.values.clear()
        self._interview.values.update(values)
        self._interview.changed()


@contextmanager
def asked_event(
    workspace: Workspace,
    case: CaseFile,
    typed: CommandLine,
    copies: tuple[Copy, ...],
    options: Iterable[tuple[str, str]],
) -> Iterator[Composed]:
    """Asks for what is missing of an event, as `asked_record` does, and first for its kind.

    Raises what `asked_record` raises, and OgpcaseError if what was given cannot be used.
    """
    given, asker = given_record(typed.whole), Asker(terminal())
    kind = typed.kind or str(given.values.get("kind") or asker.first_choice(Shown("kind", KIND.about), KIND.choices))
    event = begun(Typed(kind, typed.given, typed.parties, given), case, today())

    def file(values: Values, _: Asker) -> FileId:
        return free_event_file(case, event_id_for(values, typed.slug))

    def composed_event(filled: Filled, given: Given) -> Composed:
        return composed(event._replace(values=filled.values, parties=filled.parties, given=given), case, copies)

    def read(given: Given, resolver: Resolver) -> Values:
        if given.values.get("kind") != event.kind:
            raise BadInput("the kind of a record that is asked for stays", "discard it, and begin again")
        return stored_record(KINDS[event.kind], given, resolver)

    def problems(values: Values) -> Iterable[Problem]:
        return bind_event(with_sources(values, case, copies).values, "new", "new").problems

    record = Record(
        workspace, "add-event", (case.id,), fields_of(event.kind), Filled(event.values, event.parties), problems,
        composed_event, read, file, case, given, tuple(options), resumed=typed.whole, dry_run=typed.dry_run,
    )  # fmt: skip
    with asked_record(record, asker) as new:
        yield new
