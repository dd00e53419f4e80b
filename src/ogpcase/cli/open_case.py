"""`ogpcase open-case`: writes the header of a new case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.asking import at_terminal
from ogpcase.cli.field_options import DryRunOption, EditOption, FromOption, NewPartyOption, with_fields
from ogpcase.cli.options import RootOption
from ogpcase.errors import BadInput, Misused
from ogpcase.model.casefile import CaseHeader, file_of_header
from ogpcase.model.ids import RESERVED_CASE_IDS
from ogpcase.model.questions import questions_of

if TYPE_CHECKING:
    from ogpcase.cli.asking.question import Asker
    from ogpcase.editing.composing import Composed, Values


@with_fields(questions_of(CaseHeader))
def run(
    given: dict[str, Any],
    case: Annotated[
        str | None, typer.Argument(metavar="ID", help="Country or subject and year of filing, as mexico-2018.")
    ] = None,
    whole: FromOption = None,
    new_party: NewPartyOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """A header does not change while the case goes on: the stage is computed from the events."""
    open_case(given, case, whole, new_party, edit, dry_run, root)


def open_case(
    given: dict[str, Any],
    case: str | None = None,
    whole: FromOption = None,
    new_party: NewPartyOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> str | None:
    """Writes a header, and returns the id of its case; None if somebody who was asked for it discarded it."""
    from ogpcase.cli.whole_record import NewRecord, write_new
    from ogpcase.cli.write_session import finish, opened_to_write, turn
    from ogpcase.policy.procedures import default_procedure

    if case is not None:
        _refuse_id(case)
    workspace = opened_to_write(root)
    if case is None and (edit or whole == "-" or not at_terminal()):
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
        with turn(root, dry_run=dry_run) as folder:
            if named[0] in folder.case_ids():
                raise BadInput(f"a case `{named[0]}` already exists", f"a second case of that year is `{named[0]}-2`")
            finish(folder, {**new.beside, file_of_header(named[0]): new.text}, named[0], dry_run=dry_run)
        written.append(named[0])

    write_new(
        NewRecord(
            workspace, "open-case", named, CaseHeader, whole, given, new_party or (),
            lambda begun: case is not None and not begun.missing(CaseHeader), file, save, edit, dry_run,
            options=(("--root", str(root)),) if root else (),
            usual={"track": default_procedure().track, "language": "en"},
        )
    )  # fmt: skip
    return next(iter(written), None)


def _refuse_id(case: str) -> None:
    from ogpcase.cli.whole_record import refuse_id

    if case in RESERVED_CASE_IDS:
        raise Misused(f"`{case}` cannot be a case's id: it is the folder of the parties")
    refuse_id(case, "a case's", "mexico-2018")
