"""Asks for a record: an event, a header, a party or a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ogpcase.cli.asking.draft import Draft, left_behind
from ogpcase.cli.asking.interview import Interview, Values, options_of
from ogpcase.cli.asking.menu import Form, Preview, fill_in
from ogpcase.cli.asking.picks import Picks
from ogpcase.cli.asking.question import Asker, Shown
from ogpcase.cli.asking.terminal import terminal
from ogpcase.cli.editor import edited
from ogpcase.cli.options import today
from ogpcase.cli.whole_record import given_record
from ogpcase.diagnostics import FileId, Problem
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
from ogpcase.editing.naming import Resolver, resolver_for
from ogpcase.editing.source_naming import with_sources
from ogpcase.errors import BadInput
from ogpcase.model.bind import bind_event
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import KINDS
from ogpcase.model.ids import RESERVED_CASE_IDS
from ogpcase.model.questions import KIND, Question, fields_of
from ogpcase.store.checksums import Copy
from ogpcase.workspace.opening import Workspace

if TYPE_CHECKING:
    from ogpcase.cli.add_event import Arguments


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

    Raises:
        Discarded: somebody threw it away.
        KeyboardInterrupt: somebody left.
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
    writing = _Writing(record, interview)
    given = frozenset(record.filled.values) - record.usual
    language = (record.case.language if record.case else None) or "en"
    with draft.kept(dry_run=record.dry_run):
        fill_in(interview, Form(record.fields, given, language, writing.preview, writing.edit))
        yield writing.composed()


class _Writing:
    """Composes the record that is being typed, and judges it in memory."""

    def __init__(self, record: Record, interview: Interview) -> None:
        self._record = record
        self._interview = interview
        self._edited = record.given

    def composed(self) -> Composed:
        """Returns the texts as they would be written. Raises BadInput if they cannot be."""
        filled = Filled(self._interview.values, self._interview.named_parties())
        return self._record.composed(filled, self._edited)

    def file(self) -> FileId:
        """Returns the file of the record."""
        return self._record.file(self._interview.values, self._interview.asker)

    def preview(self) -> Preview:
        """Returns the record as it would be written, with the problems that it would bring."""
        new, file = self.composed(), self.file()
        folder = file.partition("/")[0]
        case_id = None if folder in RESERVED_CASE_IDS else folder
        draft = drafted(self._record.workspace, {**new.beside, file: new.text}, case_id, today())
        shown = self._record.workspace.root.shown_path
        return Preview(shown(file), new.text, {shown(each): text for each, text in new.beside.items()}, draft.brings)

    def edit(self) -> None:
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
    workspace: Workspace, case: CaseFile, typed: Arguments, copies: tuple[Copy, ...], options: Iterable[tuple[str, str]]
) -> Iterator[Composed]:
    """Asks for what is missing of an event, as `asked_record` does, and first for its kind.

    Raises what `asked_record` raises, and OgpcaseError if what was given cannot be used.
    """
    given, asker = given_record(typed.whole), Asker(terminal())
    kind = typed.kind or str(given.values.get("kind") or asker.first_choice(Shown("kind", KIND.about), KIND.choices))
    event = begun(Typed(kind, typed.options, typed.new_parties, given), case, today())

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
