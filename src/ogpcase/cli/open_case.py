"""`ogpcase open-case`: writes the header of a new case."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ogpcase.cli.add_event import DryRunOption, NewPartyOption
from ogpcase.cli.field_options import with_fields
from ogpcase.cli.options import RootOption
from ogpcase.errors import BadInput, Misused
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.questions import questions_of

_FIELDS = questions_of(CaseHeader)


@with_fields(_FIELDS)
def run(
    case: Annotated[str, typer.Argument(metavar="ID", help="Country or subject and year of filing, as mexico-2018.")],
    given: dict[str, Any],
    new_party: NewPartyOption = None,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """A header does not change while the case goes on: the stage is computed from the events."""
    from ogpcase.cli.options import today
    from ogpcase.cli.write_session import finish, turn
    from ogpcase.editing.naming import resolver_for
    from ogpcase.editing.new_parties import new_parties, registry_with
    from ogpcase.editing.typed_values import refuse_missing, values_from
    from ogpcase.model.casefile import file_of_header
    from ogpcase.model.ids import RESERVED_CASE_IDS, is_id
    from ogpcase.policy.procedures import default_procedure
    from ogpcase.yamltree.emitting import emit

    if case in RESERVED_CASE_IDS:
        raise Misused(f"`{case}` cannot be a case's id: it is the folder of the parties")
    if not is_id(case):
        raise Misused(
            f"`{case}` cannot be a case's id", "write lowercase words and digits joined by hyphens: mexico-2018"
        )
    with turn(root, dry_run=dry_run) as workspace:
        if case in workspace.case_ids():
            raise BadInput(f"a case `{case}` already exists", f"a second case of that year is `{case}-2`")
        parties = new_parties(tuple(new_party or ()), workspace.registry(), today())
        registry = registry_with(workspace.registry(), parties)
        given = {"track": default_procedure().track, "language": "en", **given}
        refuse_missing(given, _FIELDS)
        values = values_from(given, _FIELDS, resolver_for(registry, today()))
        texts = {file: text for file, (text, _) in parties.items()}
        finish(workspace, {**texts, file_of_header(case): emit(values)}, case, dry_run=dry_run)
