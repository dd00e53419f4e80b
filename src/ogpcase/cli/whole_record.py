"""Takes a header, party or source whole: from a file, from options, and from a template in the user's editor."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ogpcase.cli.asking import at_terminal, is_draft
from ogpcase.diagnostics.visible_text import quoted
from ogpcase.errors import CannotRead, Misused

if TYPE_CHECKING:
    from ogpcase.editing.composing import Filled, Given
    from ogpcase.model.base import Frozen
    from ogpcase.model.casefile import CaseFile, Registry
    from ogpcase.workspace.opening import Workspace


class Record(NamedTuple):
    """The values of a record and its text, in which the user's comments stay."""

    values: dict[str, Any]
    text: str


class Source(NamedTuple):
    """Where a record comes from: the file of a whole one (`whole`), options, and with `edit` the user's editor."""

    model: type[Frozen]
    whole: str | None
    options: Mapping[str, Any]
    edit: bool


@contextmanager
def whole_record(source: Source, registry: Registry, case: CaseFile | None, again: tuple[str, ...]) -> Iterator[Record]:
    """Gives a record; what was typed in the editor is kept if the block fails, with `again` as the command to go on.

    Raises:
        Misused: a required field is not given, or an option has the wrong form.
        BadInput: the file or the edited text is no record, or a name means nothing.
        CannotRead: the file cannot be read, or the editor does not work.
    """
    from ogpcase.cli.editor import edited, kept_text
    from ogpcase.cli.options import today
    from ogpcase.editing.composing import record_in, record_of
    from ogpcase.editing.naming import resolver_for
    from ogpcase.editing.template import Offered, template_text
    from ogpcase.editing.typed_values import refuse_missing
    from ogpcase.model.questions import questions_of

    resolver, fields = resolver_for(registry, today()), questions_of(source.model)
    begun = template_in(source.whole) if source.edit else None
    if begun is None:
        given = given_record(source.whole)
        record = Record(*record_of(source.model, source.options, given, resolver))
        if not source.edit:
            refuse_missing(record.values, fields)
            yield record
            return
        offered = Offered(registry, case, today())
        begun = template_text(source.model, record.values, offered, given.text and record.text)
    kept = kept_text(Path(source.whole)) if source.whole else None
    with edited(begun, quoted(*again, "--edit"), kept=kept) as text:
        typed = record_in(text.encode("utf-8", "surrogateescape"), "the edited record")
        record = Record(*record_of(source.model, {}, typed, resolver))
        refuse_missing(record.values, fields)
        yield record


def to_ask(source: Source, workspace: Workspace, parties: Sequence[str] = ()) -> Filled | None:
    """Returns the record as far as it was given, if somebody at a terminal can be asked for the rest; else None.

    Raises what `whole_record` raises for what was given.
    """
    from ogpcase.cli.options import today
    from ogpcase.editing.composing import Typed, filled

    if source.edit or source.whole == "-" or not at_terminal():
        return None
    given = given_record(source.whole)
    return filled(source.model, Typed(None, source.options, parties, given), workspace.registry(), today())


def refuse_id(word: str, whose: str, example: str) -> None:
    """Raises Misused if a word cannot be an id of a file; `whose` is as `a case's`."""
    from ogpcase.model.ids import is_id
    from ogpcase.store.files import name_problem

    refused = f"`{word}` cannot be {whose} id"
    if not is_id(word):
        raise Misused(refused, f"write lowercase words and digits joined by hyphens: {example}")
    if (problem := name_problem(word, word)) is not None:
        raise Misused(f"{refused}: {problem.message}", "add a word to it")


def given_record(source: str | None) -> Given:
    """Returns the record in a file, or on stdin for `-`; nothing without a source.

    Raises CannotRead if it cannot be read, and BadInput if it is not a record.
    """
    from ogpcase.editing.composing import NOTHING, record_in

    if source is None:
        return NOTHING
    given = record_in(_read(source), "standard input" if source == "-" else source)
    return given._replace(text="") if is_draft(source) else given


def template_in(source: str | None) -> str | None:
    """Returns the text of a file that is a template somebody began to fill in, a record or not; None for others.

    Raises CannotRead.
    """
    from ogpcase.editing.template import is_template

    if source is None or source == "-":
        return None
    text = _read(source).decode("utf-8", "surrogateescape")
    return text if is_template(text) else None


def _read(source: str) -> bytes:
    """Returns the bytes of a file or of stdin, at most one more than a record may have."""
    from ogpcase.editing.composing import LARGEST_INPUT

    try:
        if source == "-":
            return sys.stdin.buffer.read(LARGEST_INPUT + 1)
        if not Path(source).is_file():
            raise CannotRead(f"{source} is not a file", "give a file, or - for standard input")
        with Path(source).open("rb") as file:
            return file.read(LARGEST_INPUT + 1)
    except OSError as error:
        raise CannotRead(f"{source} cannot be read: {error.strerror}") from error
