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
from ogpcase.cli.field_options import CommandLine
from ogpcase.cli.options import today
from ogpcase.cli.read_session import opened
from ogpcase.cli.write_session import finish, opened_to_write, turn
from ogpcase.diagnostics import FileId
from ogpcase.diagnostics.visible_text import command, quoted
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
    taken_name,
    text_of_record,
)
from ogpcase.editing.given_text import is_template, template_text
from ogpcase.editing.naming import Resolver, id_for_source, resolver_for
from ogpcase.editing.picks import Picks
from ogpcase.editing.typed_values import refuse_missing
from ogpcase.errors import BadInput, CannotRead, Misused
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile, CaseHeader, Registry, file_of_header, file_of_party, file_of_source
from ogpcase.model.ids import RESERVED_CASE_IDS, RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party
from ogpcase.model.questions import questions_of
from ogpcase.model.sources import SourceRecord
from ogpcase.model.texts import first_text
from ogpcase.policy.procedures import default_procedure
from ogpcase.store.checksums import Copy, planned_copies
from ogpcase.store.files import name_problem
from ogpcase.workspace.opening import Workspace

if TYPE_CHECKING:
    from ogpcase.cli.asking.question import Asker


class NewRecord(NamedTuple):
    """A header, party or source to write, as far as the command line tells.

    `words` and `options` are those of the command that goes on with it. `is_enough` is false if a person can be asked
    for more. `file` names the file; with somebody to ask, it may ask for an id.

    `usual` are values that most often hold and are asked for nevertheless, `fixed` those that nothing else can give.
    """

    typed: CommandLine
    workspace: Workspace
    verb: str
    words: Sequence[str]
    model: type[Frozen]
    is_enough: Callable[[Filled], bool]
    file: Callable[[Values, Asker | None], FileId]
    save: Callable[[Composed], None]
    case: CaseFile | None = None
    beside: tuple[tuple[str, ...], ...] = ()
    usual: Values = MappingProxyType({})
    fixed: Values = MappingProxyType({})

    @property
    def options(self) -> tuple[tuple[str, ...], ...]:
        """The options of the command that goes on, beside the file and new parties."""
        return (*self.beside, *([("--root", str(self.typed.root))] if self.typed.root else []))

    @property
    def fields_given(self) -> Values:
        """The fields that were typed, and unless there is a whole record those that most often hold."""
        return self.typed.given if self.typed.whole else {**self.usual, **self.typed.given}


def _write(new: NewRecord) -> None:
    """Takes a record whole, or asks somebody at a terminal for what is missing, and saves it.

    Raises:
        Misused: a required field is not given, or an option has the wrong form.
        BadInput: the file or the edited text is no record, or a name means nothing.
        CannotRead: the file cannot be read, or the editor does not work.
    """
    registry = new.workspace.registry()
    if new.typed.can_ask:
        typed = Typed(None, new.fields_given, new.typed.parties, given_record(new.typed.whole))
        begun = filled(new.model, typed, registry, today())
        if is_draft(new.typed.whole) or not new.is_enough(begun):
            _ask(new, begun)
            return
    parties = new_parties(new.typed.parties, registry, today())
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
    usual = new.usual.keys() - new.typed.given.keys() if is_draft(new.typed.whole) or not new.typed.whole else ()

    def composed(answers: Filled, edited: Given) -> Composed:
        beside = {file: text for file, (text, _) in answers.parties.items()}
        return Composed(*text_of_record(new.model, answers.values, edited.text), beside)

    def read(given: Given, resolver: Resolver) -> dict[str, object]:
        return record_of(new.model, {}, given, resolver)[0]

    record = Record(
        new.workspace, new.verb, new.words, questions_of(new.model), begun, partial(problems_of_new, new.model),
        composed, read, new.file, new.case, NOTHING, new.options, frozenset(usual), new.typed.whole, new.typed.dry_run,
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

    begun = template_in(new.typed.whole) if new.typed.edit else None
    if begun is None:
        given = given_record(new.typed.whole)
        values, text = record_of(new.model, new.fields_given, given, resolver)
        if not new.typed.edit:
            yield finished(values, text)
            return
        begun = template_text(new.model, values, Picks(new.case, registry, today()), given.text and text)
    parties = (word for mapping in new.typed.parties for word in ("--new-party", mapping))
    options = (word for option in new.options for word in option)
    again = quoted("ogpcase", new.verb, *new.words, *parties, *options, "--edit")
    with edited(begun, again, kept=kept_text(Path(new.typed.whole)) if new.typed.whole else None) as text:
        typed = record_in(text.encode("utf-8", "surrogateescape"), "the edited record")
        yield finished(*record_of(new.model, {}, typed, resolver))


def write_header(case: str | None, typed: CommandLine) -> str | None:
    """Writes the header of a new case, and returns its id; None if somebody who was asked for it discarded it."""
    if case is not None:
        _refuse_case_id(case)
    workspace = opened_to_write(typed.root)
    if case is None and not typed.can_ask:
        raise Misused("missing: the id of the case", "write: ogpcase open-case ID …, as mexico-2018")
    named = [case] if case else []  # its id as soon as it is known; the command that goes on holds it too
    written: list[str] = []

    def file(_: Values, asker: Asker | None) -> str:
        if not named and asker is not None:
            from ogpcase.cli.asking.interview import free_id

            sentence = "country or subject, and the year of filing, as mexico-2018"
            named.append(free_id(asker, "", sentence, workspace.has_case, RESERVED_CASE_IDS))
        return file_of_header(named[0])

    def save(new: Composed) -> None:
        (case_id,) = named
        with turn(typed.root, dry_run=typed.dry_run) as folder:
            if case_id in folder.case_ids():
                raise BadInput(f"a case `{case_id}` already exists", f"a second case of that year is `{case_id}-2`")
            finish(folder, {**new.beside, file_of_header(case_id): new.text}, case_id, dry_run=typed.dry_run)
        written.append(case_id)

    usual = {"track": default_procedure().track, "language": "en"}
    _write(
        NewRecord(
            typed, workspace, "open-case", named, CaseHeader,
            lambda begun: case is not None and not begun.missing(CaseHeader), file, save, usual=usual,
        )
    )  # fmt: skip
    return next(iter(written), None)


def _refuse_case_id(case: str) -> None:
    if case in RESERVED_CASE_IDS:
        raise Misused(f"`{case}` cannot be a case's id: it is the folder of the parties")
    _refuse_id(case, "a case's", "mexico-2018")


def write_party(party: str | None, typed: CommandLine, *, same_name: bool) -> None:
    """Writes a new party; one whose name another party has only with `same_name`, or if somebody says that it may."""
    if party is not None:
        _refuse_party_id(party)
    workspace = opened_to_write(typed.root)
    ids: dict[str, str] = {}  # by name: of a party that is asked for, the name can change

    def file(values: Values, asker: Asker | None) -> str:
        name = first_text(values.get("name"))
        if party is None and name not in ids and asker is not None:
            from ogpcase.cli.asking.interview import id_for

            ids[name] = id_for(asker, workspace.registry(), name)
        elif party is None and name not in ids:
            ids[name] = _id_from(name)
        return file_of_party(party or ids[name])

    def save(new: Composed) -> None:
        if not same_name:
            _heed_taken_name(opened(typed.root), new.values)
        named = file(new.values, None)
        party_id = Path(named).stem
        with turn(typed.root, dry_run=typed.dry_run) as folder:
            if folder.registry().knows(party_id):
                raise BadInput(f"a party `{party_id}` already exists", f"look at it: ogpcase show {party_id}")
            finish(folder, {**new.beside, named: new.text}, None, dry_run=typed.dry_run)

    words, flags = [party] if party else [], (("--same-name",),) if same_name else ()
    _write(
        NewRecord(
            typed, workspace, "add-party", words, Party, lambda begun: not begun.missing(Party), file, save,
            beside=flags,
        )
    )  # fmt: skip


def _id_from(name: object) -> str:
    """Returns the words of a name as an id. Raises Misused if there are none."""
    party = slug_of(first_text(name))
    if not party:
        raise Misused("no id can be made from this name", "give one: ogpcase add-party ID …")
    _refuse_party_id(party)
    return party


def _refuse_party_id(party: str) -> None:
    if party in RESERVED_PARTY_IDS:
        raise Misused(
            f"`{party}` cannot be a party's id", "records write it where a source names nobody, or asks the public"
        )
    if not is_id(party) and is_id(named := slug_of(party)):
        typed = command("ogpcase add-party", named, options=("--name", party))
        raise Misused(f"`{party}` cannot be a party's id", f"a name goes into an option: {typed}")
    _refuse_id(party, "a party's", "article-19")


def _heed_taken_name(workspace: Workspace, values: Values) -> None:
    """Asks at a terminal if a party that has one of the names is the same; raises BadInput if it is, or elsewhere."""
    taken = taken_name(workspace.registry(), values, workspace.parties.texts.broken)
    if taken is None:
        return
    if at_terminal():
        from ogpcase.cli.asking.once import agreed

        sentence = f"`{taken.party_id}` has the name `{taken.name}` already; is it the same?"
        if not agreed("same name", sentence, default=True):
            return
    raise taken.refusal("if it is another, add --same-name")


def write_source(case: str | None, source: str | None, source_file: Path | None, typed: CommandLine) -> None:
    """Writes a new source of a case, with a copy of a file if one is named."""
    from ogpcase.cli.asking.once import named_case

    workspace = opened_to_write(typed.root)
    case, source = named_case(workspace, case, source, None)
    casefile = workspace.case(case).casefile
    copies = planned_copies(workspace.root, casefile, [source_file] if source_file else [])
    fixed = {"file": copies[0].file.partition("/")[2], "sha256": copies[0].sha256} if copies else {}

    def file(values: Values, now: CaseFile = casefile) -> str:
        if source is None:
            return file_of_source(case, id_for_source(now, values))
        _refuse_id(source, "a source's", "case-page")
        return file_of_source(case, source)

    def save(new: Composed) -> None:
        with turn(typed.root, case=case, dry_run=typed.dry_run) as folder:
            now = folder.case(case).casefile
            _refuse_known(now, source, new.values, copies)
            finish(folder, {file(new.values, now): new.text}, case, dry_run=typed.dry_run, copies=copies)

    beside = (("--source-file", str(source_file)),) if source_file else ()
    _write(
        NewRecord(
            typed, workspace, "add-source", (case, *([source] if source else [])), SourceRecord,
            lambda begun: bool(begun.values or copies), lambda values, _: file(values), save, casefile, beside,
            fixed=fixed,
        )
    )  # fmt: skip


def _refuse_known(case: CaseFile, typed: str | None, values: Values, copies: tuple[Copy, ...]) -> None:
    """Raises BadInput if the case has the id or the kept copy, and Misused if nothing says what the text is."""
    if not values.keys() & {"title", "url", "file"}:
        raise Misused("a source needs a title, an address or a file", "give --title, --url or --source-file")
    if typed in case.sources or typed in case.sources_not_read:
        raise BadInput(f"a source `{typed}` already exists", f"look at it: ogpcase show {case.id}/sources/{typed}")
    digests = {copy.sha256 for copy in copies}
    same = next((name for name, known in case.sources.items() if known.sha256 in digests), None)
    if same is not None:
        raise BadInput(f"`{same}` has this very file", f"look at it: ogpcase show {case.id}/sources/{same}")


def _refuse_id(word: str, whose: str, example: str) -> None:
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
    if source != "-":
        return bytes_in(Path(source), LARGEST_INPUT, "give a file, or - for standard input")
    try:
        return sys.stdin.buffer.read(LARGEST_INPUT + 1)
    except OSError as error:  # it can be a folder
        raise CannotRead(f"standard input cannot be read: {error.strerror}") from error


def bytes_in(path: Path, most: int, *hints: str) -> bytes:
    """Returns the bytes of a file, at most one more than it may have. Raises CannotRead."""
    try:
        if not path.is_file():
            raise CannotRead(f"{path} is not a file", *hints)
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise CannotRead(f"{path} cannot be read: {error.strerror}") from error
