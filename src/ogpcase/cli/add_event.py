"""`ogpcase add-event`: writes one new event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ogpcase.cli.asking import at_terminal, is_draft
from ogpcase.cli.boundary import tell
from ogpcase.cli.field_options import (
    DryRunOption,
    EditOption,
    FromOption,
    NewPartyOption,
    SlugOption,
    SourceFileOption,
    event_options,
    with_fields,
)
from ogpcase.cli.options import OptionalCase, RootOption, today
from ogpcase.diagnostics.visible_text import quoted
from ogpcase.errors import BadInput, Misused

if TYPE_CHECKING:
    from ogpcase.editing.composing import Begun, Composed
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.checksums import Copy


@with_fields(event_options())
def run(
    given: dict[str, Any],
    case: OptionalCase = None,
    kind: Annotated[str | None, typer.Argument(help="concern, letter, statement, report, resolution …")] = None,
    whole: FromOption = None,
    slug: SlugOption = None,
    new_party: NewPartyOption = None,
    source_file: SourceFileOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """Every field is an option. A party may be given by any of its names, also in a whole record. A nested item is its
    text, or a YAML mapping: --request '{id: a, asked_of: [stt-mexico], text: …}'. A terminal asks for what is missing.
    """
    sources = tuple(source_file or ())
    what = Arguments(kind, given, tuple(new_party or ()), whole, slug, sources, edit=edit, dry_run=dry_run)
    write_event(root, case, what)


class Arguments(NamedTuple):
    """What the command line gave: the event's kind, its fields, new parties, and the file of a whole record (`whole`).

    `slug` ends the event's id, and `copies` are files to keep. `edit` opens an editor; `dry_run` only prints the event.
    """

    kind: str | None
    options: Mapping[str, Any]
    new_parties: tuple[str, ...]
    whole: str | None
    slug: str | None
    copies: tuple[Path, ...]
    edit: bool
    dry_run: bool


def write_event(root: Path | None, case: str | None, typed: Arguments) -> None:
    """Composes an event and writes it unless it brings a new error. Raises OgpcaseError if nothing was written."""
    from ogpcase.cli.asking.once import named_case
    from ogpcase.cli.editor import edited, kept_text
    from ogpcase.cli.whole_record import template_in
    from ogpcase.cli.write_session import opened_to_write
    from ogpcase.editing.composing import composed, event_template
    from ogpcase.model.codelists import Kind
    from ogpcase.store.checksums import planned_copies

    workspace = opened_to_write(root)
    if not workspace.case_ids() and at_terminal() and not typed.dry_run and typed.whole != "-":
        case, typed = _first_case(root, case, typed)
        if case is None:
            return
        workspace = opened_to_write(root)
    case, kind = named_case(workspace, case, typed.kind, [*map(str, Kind)])
    typed, casefile = typed._replace(kind=kind), workspace.case(case).casefile
    if typed.edit:
        copies = planned_copies(workspace.root, casefile, typed.copies)
        parties = (("--new-party", party) for party in typed.new_parties)
        words = (word for option in (*parties, *_options(root, typed)) for word in option)
        again = quoted("ogpcase", "add-event", case, "--edit", *words)
        template = template_in(typed.whole) or event_template(_begun(typed, casefile), casefile, today())
        kept = kept_text(Path(typed.whole)) if typed.whole else None
        with edited(template, again, kept=kept) as text:
            whole = _edited_event(text, typed, casefile)
            _save(root, case, composed(whole, casefile, copies, as_it_is=True), typed, copies)
    elif _asks(typed, casefile):
        from ogpcase.cli.asking.draft import saved_or_discarded
        from ogpcase.cli.asking.record import asked_event

        copies = planned_copies(workspace.root, casefile, typed.copies)
        options = _options(root, typed)
        with saved_or_discarded(), asked_event(workspace, casefile, typed, copies, options) as event:
            _tell_filled_in(event)
            _save(root, case, event, typed, copies)
    else:
        copies = planned_copies(workspace.root, casefile, typed.copies)
        event = composed(_begun(typed, casefile), casefile, copies)
        _tell_filled_in(event)
        _save(root, case, event, typed, copies)


def _first_case(root: Path | None, case: str | None, typed: Arguments) -> tuple[str | None, Arguments]:
    """Opens a case at the terminal; returns its id, None if it was discarded, and the arguments with the kind."""
    from ogpcase.cli.open_case import open_case
    from ogpcase.model.codelists import Kind
    from ogpcase.store.lock import Stored

    if case is not None and typed.kind is None and case.replace("-", "_") in [*map(str, Kind)]:
        case, typed = None, typed._replace(kind=case)
    tell("there is no case here yet: open one first; then comes the event")
    case = open_case({}, case, root=root)
    Stored.go_on()
    return case, typed


def _asks(typed: Arguments, casefile: CaseFile) -> bool:
    """True if something is missing that somebody at a terminal can be asked for."""
    from ogpcase.cli.whole_record import given_record

    if not at_terminal() or typed.whole == "-":
        return False
    has_kind = typed.kind or (typed.whole and given_record(typed.whole).values.get("kind"))
    return not has_kind or is_draft(typed.whole) or bool(_begun(typed, casefile, partly=True).missing)


def _tell_filled_in(event: Composed) -> None:
    for name, value in event.filled_in.items():
        tell(f"filled in from the policy's table: {name}: {', '.join(value)}")


def _options(root: Path | None, typed: Arguments) -> list[tuple[str, str]]:
    """Returns the options, and their values, that stand beside a record that is written or typed whole."""
    slug = [("--slug", typed.slug)] if typed.slug else []
    return [*slug, *(("--source-file", str(path)) for path in typed.copies), *([("--root", str(root))] if root else [])]


def _edited_event(text: str, typed: Arguments, casefile: CaseFile) -> Begun:
    """Returns the event that was edited. Raises BadInput if it is no record, or a required field is empty."""
    from ogpcase.editing.composing import Typed, begun, record_in

    given = record_in(text.encode("utf-8", "surrogateescape"), "the edited record")
    if "kind" not in given.values:
        raise BadInput("the edited record has no `kind`; nothing was written")
    event = begun(Typed(None, {}, typed.new_parties, given), casefile, today())
    if event.missing:
        raise BadInput(f"{' and '.join(f'`{name}`' for name in event.missing)} must be filled in; nothing was written")
    return event


def _begun(typed: Arguments, casefile: CaseFile, *, partly: bool = False) -> Begun:
    """Returns the event; raises Misused if a required field is missing, unless it is edited or wanted `partly`."""
    from ogpcase.cli.whole_record import given_record
    from ogpcase.editing.composing import Typed, begun

    given = given_record(typed.whole)
    event = begun(Typed(typed.kind, typed.options, typed.new_parties, given), casefile, today())
    if typed.edit or partly or not event.missing:
        return event
    hint = "write them into the record" if typed.whole else "or give a whole record with --from FILE"
    raise Misused(f"missing: {', '.join(f'--{name}' for name in event.missing)}", hint)


def _save(root: Path | None, case: str, event: Composed, typed: Arguments, copies: Sequence[Copy]) -> None:
    from ogpcase.cli.write_session import finish, turn
    from ogpcase.editing.changing import event_id_for, free_event_file

    with turn(root, case=case, dry_run=typed.dry_run) as workspace:
        file = free_event_file(workspace.case(case).casefile, event_id_for(event.values, typed.slug))
        beside = {file: text for file, text in event.beside.items() if workspace.files.read(file) != text.encode()}
        finish(workspace, {**beside, file: event.text}, case, dry_run=typed.dry_run, copies=copies)
