"""`ogpcase add-party`: writes a new party: an organisation, a body, an office or a person."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ogpcase.cli.add_event import DryRunOption, EditOption, FromOption, NewPartyOption
from ogpcase.cli.asking import at_terminal, is_draft
from ogpcase.cli.field_options import with_fields
from ogpcase.cli.options import RootOption, root_words
from ogpcase.cli.whole_record import Source, refuse_id, to_ask, whole_record
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput, Misused
from ogpcase.model.casefile import file_of_party
from ogpcase.model.ids import RESERVED_PARTY_IDS, is_id, slug_of
from ogpcase.model.parties import Party
from ogpcase.model.questions import questions_of
from ogpcase.model.texts import first_text

if TYPE_CHECKING:
    from ogpcase.cli.asking.question import Asker
    from ogpcase.editing.composing import Filled
    from ogpcase.workspace.opening import Workspace

_FIELDS = questions_of(Party)


@with_fields(_FIELDS)
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
    from ogpcase.cli.options import today
    from ogpcase.cli.write_session import opened_to_write
    from ogpcase.editing.composing import new_parties, registry_with

    if party is not None:
        _refuse_id(party)
    workspace, how = opened_to_write(root), How(root, same_name, dry_run)
    source = Source(Party, whole, given, edit)
    begun = to_ask(source, workspace, new_party or ())
    if begun is not None and (begun.missing(Party) or is_draft(whole)):
        _ask(workspace, party, begun, whole, how)
        return
    flags = ("--same-name",) if same_name else ()
    again = ("ogpcase", "add-party", *([party] if party else []), *root_words(root), *flags)
    parties = new_parties(new_party or (), workspace.registry(), today())
    with whole_record(source, registry_with(workspace.registry(), parties), None, again) as record:
        texts = {file: text for file, (text, _) in parties.items()}
        named = party or _id_from(record.values["name"])
        _save({**texts, file_of_party(named): record.text}, record.values, how)


class How(NamedTuple):
    """Where and how a party is written."""

    root: Path | None
    same_name: bool
    dry_run: bool


def _ask(workspace: Workspace, party: str | None, begun: Filled, whole: str | None, how: How) -> None:
    from ogpcase.cli.asking.draft import saved_or_discarded
    from ogpcase.cli.asking.new_party import id_for, problems_of_party, whole_party
    from ogpcase.cli.asking.record import Record, asked_record

    ids = {"": party or ""}

    def file(asker: Asker, values: dict[str, Any]) -> str:
        name = "" if party else first_text(values.get("name"))
        if name not in ids:
            ids[name] = id_for(asker, workspace.registry(), name)
        return file_of_party(ids[name])

    words = (party,) if party else ()
    options = (("--root", str(how.root)),) if how.root else ()
    record = Record(workspace, "add-party", words, Party, problems_of_party, whole_party, file, options=options)
    with saved_or_discarded(), asked_record(record, begun, whole, dry_run=how.dry_run) as answered:
        _save(answered.texts, answered.values, how)


def _save(texts: dict[str, str], values: dict[str, Any], how: How) -> None:
    """Writes the last of the texts, that of a party with these values, and the others."""
    from ogpcase.cli.read_session import opened
    from ogpcase.cli.write_session import finish, turn

    if not how.same_name:
        _heed_taken_name(opened(how.root), values)
    *_, file = texts
    party = PurePosixPath(file).stem
    with turn(how.root, dry_run=how.dry_run) as workspace:
        if workspace.registry().knows(party):
            raise BadInput(f"a party `{party}` already exists", f"look at it: ogpcase show {party}")
        finish(workspace, texts, None, dry_run=how.dry_run)


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
