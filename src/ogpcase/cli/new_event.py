"""Writes a new event: from options, a file, an editor, or by asking."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ogpcase.cli.asking import at_terminal, is_draft
from ogpcase.cli.asking.once import named_case
from ogpcase.cli.boundary import tell
from ogpcase.cli.editor import edited, kept_text
from ogpcase.cli.field_options import CommandLine
from ogpcase.cli.options import today
from ogpcase.cli.whole_record import given_record, template_in, write_header
from ogpcase.cli.write_session import finish, opened_to_write, turn
from ogpcase.diagnostics.visible_text import quoted
from ogpcase.editing.changing import event_id_for, free_event_file
from ogpcase.editing.composing import Begun, Composed, Typed, begun, composed, event_template, record_in
from ogpcase.errors import BadInput, Misused
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.store.checksums import Copy, planned_copies
from ogpcase.store.lock import Stored


def write_event(case: str | None, typed: CommandLine) -> None:
    """Composes an event and writes it unless it brings a new error. Raises OgpcaseError if nothing was written."""
    workspace = opened_to_write(typed.root)
    if not workspace.case_ids() and at_terminal() and not typed.dry_run and typed.whole != "-":
        case, typed = _first_case(case, typed)
        if case is None:
            return
        workspace = opened_to_write(typed.root)
    kinds = [*map(str, Kind)]
    case, kind = named_case(workspace, case, typed.kind, kinds, f"kinds: {', '.join(kinds)}")
    typed, casefile = typed._replace(kind=kind), workspace.case(case).casefile
    if typed.edit:
        copies = planned_copies(workspace.root, casefile, typed.copies)
        parties = (("--new-party", party) for party in typed.parties)
        words = (word for option in (*parties, *_options(typed)) for word in option)
        again = quoted("ogpcase", "add-event", case, "--edit", *words)
        template = template_in(typed.whole) or event_template(_begun(typed, casefile), casefile, today())
        kept = kept_text(Path(typed.whole)) if typed.whole else None
        with edited(template, again, kept=kept) as text:
            whole = _edited_event(text, typed, casefile)
            _save(case, composed(whole, casefile, copies, as_it_is=True), typed, copies)
    elif _asks(typed, casefile):
        from ogpcase.cli.asking.draft import saved_or_discarded  # few runs ask
        from ogpcase.cli.asking.record import asked_event

        copies = planned_copies(workspace.root, casefile, typed.copies)
        options = _options(typed)
        with saved_or_discarded(), asked_event(workspace, casefile, typed, copies, options) as event:
            _tell_filled_in(event)
            _save(case, event, typed, copies)
    else:
        copies = planned_copies(workspace.root, casefile, typed.copies)
        event = composed(_begun(typed, casefile), casefile, copies)
        _tell_filled_in(event)
        _save(case, event, typed, copies)


def _first_case(case: str | None, typed: CommandLine) -> tuple[str | None, CommandLine]:
    """Opens a case at the terminal; returns its id, None if it was discarded, and the arguments with the kind."""
    if case is not None and typed.kind is None and case.replace("-", "_") in [*map(str, Kind)]:
        case, typed = None, typed._replace(kind=case)
    tell("there is no case here yet: open one first; then comes the event")
    case = write_header(case, CommandLine({}, None, (), edit=False, dry_run=False, root=typed.root))
    Stored.go_on()
    return case, typed


def _asks(typed: CommandLine, casefile: CaseFile) -> bool:
    """True if something is missing that somebody at a terminal can be asked for."""
    if not typed.can_ask:
        return False
    has_kind = typed.kind or (typed.whole and given_record(typed.whole).values.get("kind"))
    return not has_kind or is_draft(typed.whole) or bool(_begun(typed, casefile, partly=True).missing)


def _tell_filled_in(event: Composed) -> None:
    for name, value in event.filled_in.items():
        tell(f"filled in from the policy's table: {name}: {', '.join(value)}")


def _options(typed: CommandLine) -> list[tuple[str, str]]:
    """Returns the options, and their values, that stand beside a record that is written or typed whole."""
    slug = [("--slug", typed.slug)] if typed.slug else []
    return [
        *slug,
        *(("--source-file", str(path)) for path in typed.copies),
        *([("--root", str(typed.root))] if typed.root else []),
    ]


def _edited_event(text: str, typed: CommandLine, casefile: CaseFile) -> Begun:
    """Returns the event that was edited. Raises BadInput if it is no record, or a required field is empty."""
    given = record_in(text.encode("utf-8", "surrogateescape"), "the edited record")
    if "kind" not in given.values:
        raise BadInput("the edited record has no `kind`; nothing was written")
    event = begun(Typed(None, {}, typed.parties, given), casefile, today())
    if event.missing:
        raise BadInput(f"{' and '.join(f'`{name}`' for name in event.missing)} must be filled in; nothing was written")
    return event


def _begun(typed: CommandLine, casefile: CaseFile, *, partly: bool = False) -> Begun:
    """Returns the event; raises Misused if a required field is missing, unless it is edited or wanted `partly`."""
    given = given_record(typed.whole)
    event = begun(Typed(typed.kind, typed.given, typed.parties, given), casefile, today())
    if typed.edit or partly or not event.missing:
        return event
    hint = "write them into the record" if typed.whole else "or give a whole record with --from FILE"
    raise Misused(f"missing: {', '.join(f'--{name}' for name in event.missing)}", hint)


def _save(case: str, event: Composed, typed: CommandLine, copies: Sequence[Copy]) -> None:
    with turn(typed.root, case=case, dry_run=typed.dry_run) as workspace:
        file = free_event_file(workspace.case(case).casefile, event_id_for(event.values, typed.slug))
        beside = {file: text for file, text in event.beside.items() if workspace.files.read(file) != text.encode()}
        finish(workspace, {**beside, file: event.text}, case, dry_run=typed.dry_run, copies=copies)
