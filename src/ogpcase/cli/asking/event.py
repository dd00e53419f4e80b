"""Asks for an event: its case, its kind, and what is missing of its fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ogpcase.cli.asking.interview import Interview, Values
from ogpcase.cli.asking.menu import Form, Preview, fill_in
from ogpcase.cli.asking.new_party import options_of
from ogpcase.cli.asking.picks import Picks
from ogpcase.cli.asking.question import Asker, Shown
from ogpcase.cli.asking.record import begun_draft
from ogpcase.cli.asking.terminal import terminal
from ogpcase.cli.editor import edited
from ogpcase.cli.options import today
from ogpcase.cli.whole_record import given_record
from ogpcase.diagnostics import Problem
from ogpcase.editing.changing import drafted, event_id_for, free_event_file
from ogpcase.editing.composing import Begun, Composed, Typed, begun, composed, record_in, stored_record
from ogpcase.editing.naming import resolver_for
from ogpcase.editing.source_naming import with_sources
from ogpcase.errors import BadInput
from ogpcase.model.bind import bind_event
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import KINDS
from ogpcase.model.questions import KIND, fields_of
from ogpcase.store.checksums import Copy, planned_copies

if TYPE_CHECKING:
    from ogpcase.cli.add_event import Arguments
    from ogpcase.workspace.opening import Workspace


class Ready(NamedTuple):
    """An event to write, its case, and the files to keep beside it."""

    case: str
    event: Composed
    copies: tuple[Copy, ...]


@contextmanager
def asked_event(root: Path | None, workspace: Workspace, case_id: str, typed: Arguments) -> Iterator[Ready]:
    """Asks for what is missing, and gives the event; what was typed is kept unless the block writes it.

    Raises:
        Discarded: somebody threw it away.
        KeyboardInterrupt: somebody left.
        OgpcaseError: what was given cannot be used.
    """
    given = given_record(typed.whole)
    asker = Asker(terminal())
    casefile = workspace.case(case_id).casefile
    copies = planned_copies(workspace.root, workspace.case(case_id).casefile, typed.copies)
    kind = typed.kind or str(given.values.get("kind") or asker.first_choice(_KIND, KIND.choices))
    event = begun(Typed(kind, typed.options, typed.new_parties, given), casefile, today())
    writing = _Writing(workspace, casefile, typed.slug, copies, event)
    draft = begun_draft(asker, "add-event", (case_id,), typed.whole)
    interview = Interview(asker, Picks(casefile, event.registry, today()), event.values, writing.problems)
    interview.add_parties(event.parties)
    draft.more = lambda: [*options_of(interview.named_parties()), *_options(root, typed)]
    draft.given = deepcopy(interview.values)
    interview.changed = lambda: draft.write(interview.values)
    writing.interview = interview
    with draft.kept(dry_run=typed.dry_run):
        language = casefile.header.language if casefile.header else "en"
        fields = fields_of(event.kind)
        fill_in(interview, Form(fields, frozenset(event.values), language, writing.preview, writing.edit))
        yield Ready(case_id, writing.composed(), copies)


_KIND = Shown("kind", KIND.about)


def _options(root: Path | None, typed: Arguments) -> Iterable[tuple[str, str]]:
    """Yields the options, and their values, of what the file of a draft cannot hold."""
    if typed.slug:
        yield "--slug", typed.slug
    for path in typed.copies:
        yield "--source-file", str(path)
    if root is not None:
        yield "--root", str(root)


class _Writing:
    """Composes the event that is being typed, and judges it in memory."""

    interview: Interview

    def __init__(
        self, workspace: Workspace, case: CaseFile, slug: str | None, copies: tuple[Copy, ...], event: Begun
    ) -> None:
        self._workspace = workspace
        self._case = case
        self._slug = slug
        self._copies = copies
        self._event = event

    def problems(self, values: Values) -> Iterable[Problem]:
        """Returns the problems of the values alone."""
        return bind_event(with_sources(values, self._case, self._copies).values, "new", "new").problems

    def composed(self) -> Composed:
        """Returns the event as it would be written. Raises BadInput if it cannot be."""
        event = self._event._replace(values=self.interview.values, parties=self.interview.named_parties())
        return composed(event, self._case, self._copies)

    def preview(self) -> Preview:
        """Returns the event as it would be written, with the problems that it would bring."""
        event = self.composed()
        file = free_event_file(self._case, event_id_for(event.values, self._slug))
        draft = drafted(self._workspace, {**event.beside, file: event.text}, self._case.id, today())
        shown = self._workspace.root.shown_path
        beside = {shown(each): text for each, text in event.beside.items()}
        return Preview(shown(file), event.text, beside, draft.brings)

    def edit(self) -> None:
        """Lets somebody change the whole text. Raises OgpcaseError if it is not a record any more."""
        event = self.composed()
        with edited(event.text) as text:
            given = record_in(text.encode("utf-8", "surrogateescape"), "the edited record")
            if given.values.get("kind") != event.kind:
                raise BadInput("the kind of a record that is asked for stays", "discard it, and begin again")
            registry = self.interview.picks.registry
            values = stored_record(KINDS[event.kind], given, resolver_for(registry, today()))
        self._event = self._event._replace(given=given)
        self.interview.values.clear()
        self.interview.values.update(values)
        self.interview.changed()
