"""Writes a new header, party or source: from a file, from options, from a template in an editor, or by asking."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ogpcase.cli.asking import at_terminal, is_draft
from ogpcase.cli.options import today
from ogpcase.diagnostics import FileId
from ogpcase.diagnostics.visible_text import quoted
from ogpcase.editing.composing import (
    LARGEST_INPUT,
    NOTHING,
    Composed,
    Filled,
    Given,
    Typed,
    Values,
    filled,
    new_parties,
    problems_of_new,
    record_in,
    record_of,
    registry_with,
    text_of_record,
)
from ogpcase.editing.given_text import is_template, template_text
from ogpcase.editing.naming import Resolver, resolver_for
from ogpcase.editing.picks import Picks
from ogpcase.editing.typed_values import refuse_missing
from ogpcase.errors import CannotRead, Misused
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile, Registry
from ogpcase.model.ids import is_id
from ogpcase.model.questions import questions_of
from ogpcase.store.files import name_problem
from ogpcase.workspace.opening import Workspace

if TYPE_CHECKING:
    from ogpcase.cli.asking.question import Asker


class NewRecord(NamedTuple):
    """A header, party or source to write, as far as the command line tells.

    `whole` is the file of a whole record, `given` the fields, `parties` mappings of new parties, and with `edit` the
    user's editor takes the rest. `words` and `options` are those of the command that goes on with it. `is_enough` is
    false if a person can be asked for more. `file` names the file; with somebody to ask, it may ask for an id.

    `usual` are values that most often hold and are asked for nevertheless, `fixed` those that nothing else can give.
    """

    workspace: Workspace
    verb: str
    words: Sequence[str]
    model: type[Frozen]
    whole: str | None
    given: Values
    parties: Sequence[str]
    is_enough: Callable[[Filled], bool]
    file: Callable[[Values, Asker | None], FileId]
    save: Callable[[Composed], None]
    edit: bool
    dry_run: bool
    case: CaseFile | None = None
    options: tuple[tuple[str, ...], ...] = ()
    usual: Values = MappingProxyType({})
    fixed: Values = MappingProxyType({})

    @property
    def fields_given(self) -> Values:
        """The fields that were typed, and unless there is a whole record those that most often hold."""
        return self.given if self.whole else {**self.usual, **self.given}


def write_new(new: NewRecord) -> None:
    """Takes a record whole, or asks somebody at a terminal for what is missing, and saves it.

    Raises:
        Misused: a required field is not given, or an option has the wrong form.
        BadInput: the file or the edited text is no record, or a name means nothing.
        CannotRead: the file cannot be read, or the editor does not work.
    """
    registry = new.workspace.registry()
    if not new.edit and new.whole != "-" and at_terminal():
        typed = Typed(None, new.fields_given, new.parties, given_record(new.whole))
        begun = filled(new.model, typed, registry, today())
        if is_draft(new.whole) or not new.is_enough(begun):
            _ask(new, begun)
            return
    parties = new_parties(new.parties, registry, today())
    beside = {file: text for file, (text, _) in parties.items()}
    with _whole(new, registry_with(registry, parties)) as (values, text):
        new.save(Composed(values, text, beside))


def _ask(new: NewRecord, begun: Filled) -> None:
    from ogpcase.cli.asking.draft import saved_or_discarded
    from ogpcase.cli.asking.question import Asker
    from ogpcase.cli.asking.record import Record, asked_record
    from ogpcase.cli.asking.terminal import terminal

    begun.values.update({name: value for name, value in new.usual.items() if name not in begun.values})
    begun.values.update(new.fixed)
    usual = new.usual.keys() - new.given.keys() if is_draft(new.whole) or not new.whole else ()

    def composed(answers: Filled, edited: Given) -> Composed:
        beside = {file: text for file, (text, _) in answers.parties.items()}
        return Composed(*text_of_record(new.model, answers.values, edited.text), beside)

    def read(given: Given, resolver: Resolver) -> dict[str, object]:
        return record_of(new.model, {}, given, resolver)[0]

    record = Record(
        new.workspace, new.verb, new.words, questions_of(new.model), begun, partial(problems_of_new, new.model),
        composed, read, new.file, new.case, NOTHING, new.options, frozenset(usual), new.whole, new.dry_run,
    )  # fmt: skip
    with saved_or_discarded(), asked_record(record, Asker(terminal())) as answered:
        new.save(answered)


@contextmanager
def _whole(new: NewRecord, registry: Registry) -> Iterator[tuple[dict[str, object], str]]:
    """Gives the values and the text of a record; what was typed in the editor is kept if the block fails."""
    from ogpcase.cli.editor import edited, kept_text

    resolver = resolver_for(registry, today())

    def finished(values: Values, text: str) -> tuple[dict[str, object], str]:
        refuse_missing(values, questions_of(new.model))
        return text_of_record(new.model, {**values, **new.fixed}, text) if new.fixed else (dict(values), text)

    begun = template_in(new.whole) if new.edit else None
    if begun is None:
        given = given_record(new.whole)
        values, text = record_of(new.model, new.fields_given, given, resolver)
        if not new.edit:
            yield finished(values, text)
            return
        begun = template_text(new.model, values, Picks(new.case, registry, today()), given.text and text)
    parties = (word for mapping in new.parties for word in ("--new-party", mapping))
    options = (word for option in new.options for word in option)
    again = quoted("ogpcase", new.verb, *new.words, *parties, *options, "--edit")
    with edited(begun, again, kept=kept_text(Path(new.whole)) if new.whole else None) as text:
        typed = record_in(text.encode("utf-8", "surrogateescape"), "the edited record")
        yield finished(*record_of(new.model, {}, typed, resolver))


def refuse_id(word: str, whose: str, example: str) -> None:
    """Raises Misused if a word cannot be an id of a file; `whose` is as `a case's`."""
    refused = f"`{word}` cannot be {whose} id"
    if not is_id(word):
        raise Misused(refused, f"write lowercase words and digits joined by hyphens: {example}")
    if (problem := name_problem(word, word)) is not None:
        raise Misused(f"{refused}: {problem.message}", "add a word to it")


def given_record(source: str | None) -> Given:
    """Returns the record in a file, or on stdin for `-`; nothing without a source.

    Raises CannotRead if it cannot be read, and BadInput if it is not a record.
    """
    if source is None:
        return NOTHING
    given = record_in(_read(source), "standard input" if source == "-" else source)
    return given._replace(text="") if is_draft(source) else given


def template_in(source: str | None) -> str | None:
    """Returns the text of a file that is a template somebody began to fill in, a record or not; None for others.

    Raises CannotRead.
    """
    if source is None or source == "-":
        return None
    text = _read(source).decode("utf-8", "surrogateescape")
    return text if is_template(text) else None


def _read(source: str) -> bytes:
    """Returns the bytes of a file or of stdin, at most one more than a record may have."""
    try:
        if source == "-":
            return sys.stdin.buffer.read(LARGEST_INPUT + 1)
        if not Path(source).is_file():
            raise CannotRead(f"{source} is not a file", "give a file, or - for standard input")
        with Path(source).open("rb") as file:
            return file.read(LARGEST_INPUT + 1)
    except OSError as error:
        raise CannotRead(f"{source} cannot be read: {error.strerror}") from error
