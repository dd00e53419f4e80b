"""`ogpcase open-case`: writes the header of a new case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ogpcase.cli.add_event import DryRunOption, EditOption, FromOption, NewPartyOption
from ogpcase.cli.field_options import with_fields
from ogpcase.cli.options import RootOption
from ogpcase.errors import BadInput, Misused
from ogpcase.model.casefile import CaseHeader, file_of_header
from ogpcase.model.ids import RESERVED_CASE_IDS, is_id
from ogpcase.model.questions import questions_of

_FIELDS = questions_of(CaseHeader)


@with_fields(_FIELDS)
def run(
    case: Annotated[str, typer.Argument(metavar="ID", help="Country or subject and year of filing, as mexico-2018.")],
    given: dict[str, Any],
    whole: FromOption = None,
    new_party: NewPartyOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """A header does not change while the case goes on: the stage is computed from the events."""
    from ogpcase.cli.options import today
    from ogpcase.cli.read_session import opened
    from ogpcase.cli.whole_record import Source, root_words, whole_record
    from ogpcase.editing.new_parties import new_parties, registry_with

    _refuse_id(case)
    workspace = opened(root)
    parties = new_parties(new_party or (), workspace.registry(), today())
    registry = registry_with(workspace.registry(), parties)
    new = tuple(word for mapping in new_party or () for word in ("--new-party", mapping))
    source = Source(CaseHeader, whole, given if whole else {**_usual(), **given}, edit)
    with whole_record(source, registry, None, ("ogpcase", "open-case", case, *root_words(root), *new)) as record:
        texts = {file: text for file, (text, _) in parties.items()}
        _save(root, {**texts, file_of_header(case): record.text}, case, dry_run=dry_run)


def _usual() -> dict[str, Any]:
    """Returns the values of a header that most often hold."""
    from ogpcase.policy.procedures import default_procedure

    return {"track": default_procedure().track, "language": "en"}


def _save(root: Path | None, texts: dict[str, str], case: str, *, dry_run: bool) -> None:
    from ogpcase.cli.write_session import finish, turn

    with turn(root, dry_run=dry_run) as workspace:
        if case in workspace.case_ids():
            raise BadInput(f"a case `{case}` already exists", f"a second case of that year is `{case}-2`")
        finish(workspace, texts, case, dry_run=dry_run)


def _refuse_id(case: str) -> None:
    if case in RESERVED_CASE_IDS:
        raise Misused(f"`{case}` cannot be a case's id: it is the folder of the parties")
    if not is_id(case):
        raise Misused(
            f"`{case}` cannot be a case's id", "write lowercase words and digits joined by hyphens: mexico-2018"
        )
