"""`ogpcase add-party`: writes a new party: an organisation, a body, an office or a person."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.add_event import DryRunOption, EditOption, FromOption
from ogpcase.cli.field_options import with_fields
from ogpcase.cli.options import RootOption
from ogpcase.errors import BadInput, Misused
from ogpcase.model.casefile import file_of_party
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id
from ogpcase.model.parties import Party
from ogpcase.model.questions import questions_of

if TYPE_CHECKING:
    from ogpcase.model.casefile import Registry

_FIELDS = questions_of(Party)


@with_fields(_FIELDS)
def run(
    party: Annotated[str, typer.Argument(metavar="ID", help="Lowercase words joined by hyphens, as article-19.")],
    given: dict[str, Any],
    whole: FromOption = None,
    same_name: Annotated[
        bool, typer.Option("--same-name", help="Add it although another party has the same name.")
    ] = False,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """All cases share it. Give other spellings with --other-name, so that any of its names finds it."""
    from ogpcase.cli.read_session import opened
    from ogpcase.cli.whole_record import Source, root_words, whole_record
    from ogpcase.cli.write_session import finish, turn

    _refuse_id(party)
    again = ("ogpcase", "add-party", party, *root_words(root), *(("--same-name",) if same_name else ()))
    registry = opened(root).registry()
    with whole_record(Source(Party, whole, given, edit), registry, None, again) as record:
        if not same_name:
            _heed_taken_name(registry, record.values)
        with turn(root, dry_run=dry_run) as workspace:
            if workspace.registry().knows(party):
                raise BadInput(f"a party `{party}` already exists", f"look at it: ogpcase show {party}")
            finish(workspace, {file_of_party(party): record.text}, None, dry_run=dry_run)


def _refuse_id(party: str) -> None:
    if party in RESERVED_PARTY_IDS:
        raise Misused(
            f"`{party}` cannot be a party's id", "records write it where a source names nobody, or asks the public"
        )
    if not is_id(party):
        raise Misused(
            f"`{party}` cannot be a party's id", "write lowercase words and digits joined by hyphens: article-19"
        )


def _heed_taken_name(registry: Registry, values: dict[str, Any]) -> None:
    """Asks at a terminal if a party that has one of the names is the same; raises BadInput if it is, or elsewhere."""
    from ogpcase.cli.asking import at_terminal
    from ogpcase.diagnostics.visible_text import visible
    from ogpcase.editing.new_parties import taken_name

    taken = taken_name(registry, values)
    if taken is None:
        return
    if at_terminal():
        sys.stdout.write(f"{taken.party_id} has the name {visible(taken.name)}: is it the same? (yes/no) ")
        sys.stdout.flush()
        if sys.stdin.readline().strip().casefold() in {"n", "no"}:
            return
    raise taken.refusal("if it is another, add --same-name")
