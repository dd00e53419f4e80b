"""`ogpcase add-party`: writes a new party: an organisation, a body, an office or a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.asking import at_terminal
from ogpcase.cli.field_options import DryRunOption, EditOption, FromOption, NewPartyOption, with_fields
from ogpcase.cli.options import RootOption
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, Misused
from ogpcase.model.casefile import file_of_party
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party
from ogpcase.model.questions import questions_of
from ogpcase.model.texts import first_text

if TYPE_CHECKING:
    from ogpcase.cli.asking.question import Asker
    from ogpcase.editing.composing import Composed, Values
    from ogpcase.workspace.opening import Workspace


@with_fields(questions_of(Party))
def run(
    given: dict[str, Any],
    party: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="Lowercase words joined by hyphens; if left out, made from the name."),
    ] = None,
    whole: FromOption = None,
    new_party: NewPartyOption = None,
    same_name: Annotated[
        bool, typer.Option("--same-name", help="Add it although another party has the same name.")
    ] = False,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """All cases share it. Give other spellings with --other-name, so that any of its names finds it."""
    from ogpcase.cli.whole_record import NewRecord, write_new
    from ogpcase.cli.write_session import opened_to_write

    if party is not None:
        _refuse_id(party)
    workspace = opened_to_write(root)
    ids: dict[str, str] = {}  # by name: of a party that is asked for, the name can change

    def file(values: Values, asker: Asker | None) -> str:
        name = first_text(values.get("name"))
        if party is None and name not in ids:
            ids[name] = _id_from(name) if asker is None else _asked_id(asker, workspace, name)
        return file_of_party(party or ids[name])

    def save(new: Composed) -> None:
        _save({**new.beside, file(new.values, None): new.text}, new.values, root, same_name=same_name, dry_run=dry_run)

    options = (*([("--same-name",)] if same_name else []), *([("--root", str(root))] if root else []))
    write_new(
        NewRecord(
            workspace, "add-party", [party] if party else [], Party, whole, given, new_party or (),
            lambda begun: not begun.missing(Party), file, save, edit, dry_run, options=options,
        )
    )  # fmt: skip


def _save(texts: dict[str, str], values: dict[str, Any], root: Path | None, *, same_name: bool, dry_run: bool) -> None:
    """Writes the last of the texts, that of a party with these values, and the others."""
    from ogpcase.cli.read_session import opened
    from ogpcase.cli.write_session import finish, turn

    if not same_name:
        _heed_taken_name(opened(root), values)
    *_, file = texts
    with turn(root, dry_run=dry_run) as workspace:
        party = Path(file).stem
        if workspace.registry().knows(party):
            raise BadInput(f"a party `{party}` already exists", f"look at it: ogpcase show {party}")
        finish(workspace, texts, None, dry_run=dry_run)


def _asked_id(asker: Asker, workspace: Workspace, name: str) -> str:
    from ogpcase.cli.asking.interview import id_for

    return id_for(asker, workspace.registry(), name)


def _id_from(name: object) -> str:
    """Returns the words of a name as an id. Raises Misused if there are none."""
    party = slug_of(first_text(name))
    if not party:
        raise Misused("no id can be made from this name", "give one: ogpcase add-party ID …")
    _refuse_id(party)
    return party


def _refuse_id(party: str) -> None:
    if party in RESERVED_PARTY_IDS:
        raise Misused(
            f"`{party}` cannot be a party's id", "records write it where a source names nobody, or asks the public"
        )
    if not is_id(party) and is_id(named := slug_of(party)):
        typed = command("ogpcase add-party", named, options=("--name", party))
        raise Misused(f"`{party}` cannot be a party's id", f"a name goes into an option: {typed}")
    from ogpcase.cli.whole_record import refuse_id

    refuse_id(party, "a party's", "article-19")


def _heed_taken_name(workspace: Workspace, values: dict[str, Any]) -> None:
    """Asks at a terminal if a party that has one of the names is the same; raises BadInput if it is, or elsewhere."""
    from ogpcase.editing.composing import taken_name

    taken = taken_name(workspace.registry(), values, workspace.parties.texts.broken)
    if taken is None:
        return
    if at_terminal():
        from ogpcase.cli.asking.once import agreed
        from ogpcase.cli.asking.question import Shown

        sentence = f"`{taken.party_id}` has the name `{taken.name}` already; is it the same?"
        if not agreed(Shown("same name", sentence), default=True):
            return
    raise taken.refusal("if it is another, add --same-name")
