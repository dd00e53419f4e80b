"""Writes a new event: from options, a file, an editor or by asking; and the one that carries a move of the policy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ogpcase.cli.asking import at_terminal, is_draft
from ogpcase.cli.asking.once import named_case, picked, picked_or_none
from ogpcase.cli.boundary import tell
from ogpcase.cli.editor import edited, kept_text
from ogpcase.cli.options import reader_of, today
from ogpcase.cli.read_session import name_not_read, opened
from ogpcase.cli.whole_record import CommandLine, given_record, template_in, write_header
from ogpcase.cli.write_session import finish, heed_not_read, opened_to_write, turn
from ogpcase.diagnostics.visible_text import quoted
from ogpcase.editing.changing import event_id_for, free_event_file
from ogpcase.editing.composing import Begun, Composed, Typed, Values, begun, composed, event_template, record_in
from ogpcase.editing.typed_values import code_named, kind_named
from ogpcase.errors import EXIT_DONE, BadInput, Misused, Refused
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.questions import KIND
from ogpcase.model.table_codes import Choice, StageCode
from ogpcase.output.terminal import page_for, write
from ogpcase.policy.actors import parties_of
from ogpcase.policy.lifecycle import standing
from ogpcase.policy.procedures import Move, Stage, judged_by, procedure_of
from ogpcase.reports.heading.text import heading_lines
from ogpcase.reports.status.rows import status_of
from ogpcase.reports.status.text import moves_lines
from ogpcase.store.checksums import Copy, planned_copies
from ogpcase.store.lock import Stored
from ogpcase.workspace.opening import Workspace, files_not_read


def write_event(case: str | None, typed: CommandLine) -> None:
    """Composes an event and writes it unless it brings a new error. Raises OgpcaseError if nothing was written."""
    workspace = opened_to_write(typed.root)
    if not workspace.case_ids() and at_terminal() and not typed.dry_run and typed.whole != "-":
        case, typed = _first_case(case, typed)
        if case is None:
            return
        workspace = opened_to_write(typed.root)
    case, kind = named_case(workspace, case, typed.kind, [*map(str, Kind)])
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


def advance(case: str | None, stage: str | None, typed: CommandLine) -> int:
    """Writes the event that moves a case to a stage; without a stage, lists the moves, or asks which one it made."""
    workspace = opened(typed.root)
    case, stage = named_case(workspace, case, stage, StageCode.codes())
    if stage is None:
        if typed.given and not at_terminal():
            raise Misused("fields were given without a stage", "write: ogpcase advance CASE STAGE …")
        code = _list_moves(workspace, case)
        if code or not at_terminal() or not (stage := _asked_stage(workspace.case(case).casefile)):
            return code
    casefile = workspace.case(case).casefile
    if not casefile.stage_is_known:
        heed_not_read(workspace, casefile, moves=True)
    procedure = procedure_of(casefile)
    reached = [each for each in procedure.stages if not each.begins]
    others = {each.word: each.means for each in procedure.words}
    named = code_named(reached, stage, f"a stage of {procedure.track_label}", "stages", others)
    move = _move_to(casefile, named)
    paper = _paper(casefile, move, typed.kind)
    filled_in = _from_row(casefile, move, paper, typed.given)
    write_event(case, typed._replace(kind=paper, given={**filled_in, **typed.given, "moves_to": [str(move.to)]}))
    _say_filled_in(move, filled_in)
    return EXIT_DONE


def _asked_stage(case: CaseFile) -> str | None:
    """Returns the stage that somebody picks from the permitted ones; None if there is none, or for Enter."""
    table = judged_by(case)
    if table is None:
        return None
    reached = dict.fromkeys(move.to for move in table.moves_from(standing(case, None).stage))
    choices = [Choice(str(stage), stage.label, stage.sentence) for stage in map(table.stage, reached)]
    return picked_or_none("stage", "which move did it make?", choices) if choices else None


def _list_moves(workspace: Workspace, case: str) -> int:
    loaded = workspace.case(case)
    status = status_of(loaded.casefile, reader_of(None, None))
    page = page_for()
    ended = status.heading.stage.ends and status.heading.known
    write([*heading_lines(status.heading, page), *moves_lines(status.moves, page, ended=ended)])
    return name_not_read(workspace, files_not_read(loaded.casefile))


def _move_to(case: CaseFile, stage: Stage) -> Move:
    """Returns the table's row for this move, a verified one if there are several; raises Refused if there is none."""
    table = judged_by(case)
    if table is None:
        no_version = f"{case.id} names no version of its procedure, so its moves are not known"
        raise Refused(no_version, _record_it(case, stage))
    here = standing(case, None).stage
    rows = sorted(table.rows(here, stage), key=lambda move: not move.verified)
    if rows:
        return rows[0]
    if here == stage:
        raise Refused(f"{case.id} is already in `{here}`", f"see its status: ogpcase status {case.id}")
    permitted = ", ".join(dict.fromkeys(f"`{move.to}`" for move in table.moves_from(here)))
    papers = (str(move.carried_by[0]) for move in table.moves if move.to == stage and move.carried_by)
    usual = next(papers, "resolution")  # of a move to the stage from anywhere
    nothing = "the case has ended: nothing is permitted from here" if here.ends else "no move from here is known"
    raise Refused(
        f"{case.id} is in `{here}`; {table.version_label} has no move from there to `{stage}`",
        f"permitted from here: {permitted}" if permitted else nothing,
        _record_it(case, stage, usual),
    )


def _record_it(case: CaseFile, stage: str, kind: str = "resolution") -> str:
    moved = f"{case.id} {kind} --moves-to {stage}"
    return f'if it did happen, record it: ogpcase add-event {moved} --departure "…" --source …'


def _paper(case: CaseFile, move: Move, kind: str | None) -> str:
    """Returns the kind of the event: the one given if the row has it, or the row's only one.

    Asks at a terminal if none is given and the row has several, or none; elsewhere raises Misused.
    """
    papers = list(map(str, move.carried_by or Kind))
    if kind is None and len(papers) > 1 and at_terminal():
        choices = [choice for choice in KIND.choices if choice.code in papers]
        kind = picked("kind of paper", "several kinds can make this move", choices)
    if kind is None and len(papers) > 1:
        known = " or ".join(papers) if move.carried_by else "which kind of paper makes it was not seen"
        raise Misused(f"several kinds of paper can move a case to `{move.to}`", f"give --kind: {known}")
    if kind is not None and kind_named(kind) not in papers:
        message = f"in the policy, a {' or '.join(papers)} makes the move to `{move.to}`, not a {kind}"
        raise Refused(message, "give another --kind", _record_it(case, move.to, kind))
    return kind or papers[0]


def _from_row(case: CaseFile, move: Move, kind: str, given: Values) -> dict[str, Any]:
    """Returns the fields that the row decides and nobody gave: the clause, and who acts if only one party can."""
    fields: dict[str, Any] = {"basis": move.clause} if move.clause else {}
    parties = dict.fromkeys(party for role in move.decided_by for party in parties_of(role, case))
    acting = KINDS[Kind(kind)].acting
    if len(parties) == 1 and not any(name in given for name in acting):
        fields[acting[0]] = list(parties)
    return {name: value for name, value in fields.items() if name not in given}


def _say_filled_in(move: Move, filled_in: dict[str, Any]) -> None:
    """Tells on stderr what came from the table, and how well the table's row is known."""
    known = "" if move.verified else f"; this move is not verified: {move.evidence.words}"
    words = {name: value if isinstance(value, str) else ", ".join(value) for name, value in filled_in.items()}
    fields = ", ".join(f"{name}: {value}" for name, value in words.items())
    if fields or known:
        tell(f"filled in from the policy's table: {fields or 'nothing'}{known}")
