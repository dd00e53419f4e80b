"""Asks for a record that is no event: a header, a party or a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from typing import NamedTuple

from ogpcase.cli.asking.draft import Draft, left_behind
from ogpcase.cli.asking.interview import Interview, Values
from ogpcase.cli.asking.menu import Form, Preview, fill_in
from ogpcase.cli.asking.new_party import options_of
from ogpcase.cli.asking.picks import Picks
from ogpcase.cli.asking.question import Asker
from ogpcase.cli.asking.terminal import terminal
from ogpcase.cli.editor import edited
from ogpcase.cli.options import today
from ogpcase.diagnostics import FileId, Problem
from ogpcase.diagnostics.visible_text import command
from ogpcase.editing.changing import drafted
from ogpcase.editing.composing import NOTHING, Filled, record_in, record_of
from ogpcase.editing.given_text import text_with
from ogpcase.editing.naming import resolver_for
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.ids import RESERVED_CASE_IDS
from ogpcase.model.questions import questions_of
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.emitting import emit


class Record(NamedTuple):
    """A record to ask for.

    `verb` and `words` begin the command that writes it, and `options` are the options of that command beside the file.
    `problems` judges values alone, `stored` returns them as they are written, and `file` names the file for them, where
    it may ask for an id. `language` is that of its plain texts.
    """

    workspace: Workspace
    verb: str
    words: Sequence[str]
    model: type[Frozen]
    problems: Callable[[Values], Iterable[Problem]]
    stored: Callable[[Values], Values]
    file: Callable[[Asker, Values], FileId]
    case: CaseFile | None = None
    language: str = "en"
    options: tuple[tuple[str, str], ...] = ()
    usual: tuple[str, ...] = ()
    """Fields with a usual value, which are asked for nevertheless."""


class Answered(NamedTuple):
    """The file of a record that was asked for, its values, and the texts of all files to write, that one last."""

    file: FileId
    values: Values
    texts: dict[FileId, str]


@contextmanager
def asked_record(record: Record, begun: Filled, resumed: str | None, *, dry_run: bool) -> Iterator[Answered]:
    """Asks for what is missing, and gives the files to write; what was typed is kept unless the block writes it.

    Raises:
        Discarded: somebody threw it away.
        KeyboardInterrupt: somebody left.
    """
    asker = Asker(terminal())
    draft = begun_draft(asker, record.verb, record.words, resumed)
    picks = Picks(record.case, record.workspace.registry(), today())
    interview = Interview(asker, picks, begun.values, record.problems)
    interview.add_parties(begun.parties)
    draft.more = lambda: [*options_of(interview.named_parties()), *record.options]
    draft.given = deepcopy(interview.values)
    interview.changed = lambda: draft.write(interview.values)
    writing = _Writing(record, interview)
    given = frozenset(begun.values) - {*record.usual}
    with draft.kept(dry_run=dry_run):
        fields = questions_of(record.model)
        fill_in(interview, Form(fields, given, record.language, writing.preview, writing.edit))
        yield writing.answered()


def begun_draft(asker: Asker, verb: str, words: Sequence[str], resumed: str | None) -> Draft:
    """Returns the draft of a record, after naming those that earlier runs left, and the keys that always work.

    `words` follow the verb in the command that goes on; a word may be added to them later.
    """
    name = "-".join((verb, *words))
    for unfinished in [] if resumed else left_behind(name):
        asker.say_command("an earlier record was not finished; remove its file, or go on with:", unfinished)
    asker.say("? explains, < goes back, Enter skips, Ctrl-C leaves and keeps what you typed")
    return Draft(asker, lambda: command(f"ogpcase {verb}", *words), name, resumed)


class _Writing:
    """Composes the record that is being typed, and judges it in memory."""

    def __init__(self, record: Record, interview: Interview) -> None:
        self._record = record
        self._interview = interview
        self._edited = NOTHING

    def answered(self) -> Answered:
        """Returns the files as they would be written."""
        file = self._record.file(self._interview.asker, self._interview.values)
        stored = self._record.stored(self._interview.values)
        names = dict.fromkeys((*(field.name for field in questions_of(self._record.model)), *stored))
        values = {name: stored[name] for name in names if name in stored}
        kept = text_with(self._edited.text, values) if self._edited.text else None
        beside = {each: party for each, (party, _) in self._interview.named_parties().items()}
        return Answered(file, values, {**beside, file: kept or emit(values)})

    def preview(self) -> Preview:
        """Returns the record as it would be written, with the problems that it would bring."""
        file, _, texts = self.answered()
        draft = drafted(self._record.workspace, texts, _case_of(file), today())
        shown = self._record.workspace.root.shown_path
        *others, (_, text) = texts.items()
        return Preview(shown(file), text, {shown(each): other for each, other in others}, draft.brings)

    def edit(self) -> None:
        """Lets somebody change the whole text. Raises OgpcaseError if it is not a record any more."""
        file, _, texts = self.answered()
        with edited(texts[file]) as text:
            self._edited = record_in(text.encode("utf-8", "surrogateescape"), "the edited record")
            resolver = resolver_for(self._interview.picks.registry, today())
            values, _ = record_of(self._record.model, {}, self._edited, resolver)
        self._interview.values.clear()
        self._interview.values.update(values)
        self._interview.changed()


def _case_of(file: FileId) -> str | None:
    """Returns the id of the case that a file belongs to; None for the file of a party."""
    folder = file.partition("/")[0]
    return None if folder in RESERVED_CASE_IDS else folder
