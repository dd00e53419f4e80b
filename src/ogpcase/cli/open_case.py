"""`ogpcase open-case`: writes the header of a new case."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ogpcase.cli.add_event import DryRunOption, EditOption, FromOption, NewPartyOption
from ogpcase.cli.asking import is_draft
from ogpcase.cli.field_options import with_fields
from ogpcase.cli.options import RootOption, root_words
from ogpcase.cli.whole_record import Source, refuse_id, to_ask, whole_record
from ogpcase.errors import BadInput, Misused
from ogpcase.model.casefile import CaseHeader, file_of_header
from ogpcase.model.ids import RESERVED_CASE_IDS
from ogpcase.model.questions import questions_of

if TYPE_CHECKING:
    from ogpcase.cli.asking.question import Asker
    from ogpcase.editing.composing import Filled
    from ogpcase.workspace.opening import Workspace

_FIELDS = questions_of(CaseHeader)


@with_fields(_FIELDS)
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
    from ogpcase.cli.options import today
    from ogpcase.cli.write_session import opened_to_write
    from ogpcase.editing.composing import new_parties, registry_with

    if case is not None:
        _refuse_id(case)
    workspace = opened_to_write(root)
    source = Source(CaseHeader, whole, given if whole else {**_usual(), **given}, edit)
    begun = to_ask(source, workspace, new_party or ())
    if begun is not None and (case is None or begun.missing(CaseHeader) or is_draft(whole)):
        _ask(workspace, case, Asked(begun, source, given), root, dry_run=dry_run)
        return
    if case is None:
        raise Misused("missing: the id of the case", "write: ogpcase open-case ID …, as mexico-2018")
    parties = new_parties(new_party or (), workspace.registry(), today())
    registry = registry_with(workspace.registry(), parties)
    new = tuple(word for mapping in new_party or () for word in ("--new-party", mapping))
    with whole_record(source, registry, None, ("ogpcase", "open-case", case, *root_words(root), *new)) as record:
        texts = {file: text for file, (text, _) in parties.items()}
        _save(root, {**texts, file_of_header(case): record.text}, case, dry_run=dry_run)


class Asked(NamedTuple):
    """A header as far as it was given, where it comes from, and which fields were typed as options."""

    begun: Filled
    source: Source
    given: dict[str, Any]


def first_case(root: Path | None, workspace: Workspace, case: str | None) -> str | None:
    """Asks for the header of a folder's first case and writes it; returns its id, None if it was discarded.

    `case` is its id if it is known. Raises Misused for one that cannot be an id, and what writing raises.
    """
    from ogpcase.editing.composing import Filled

    if case is not None:
        _refuse_id(case)
    asked = Asked(Filled(_usual(), {}), Source(CaseHeader, None, {}, edit=False), {})
    return _ask(workspace, case, asked, root, dry_run=False)


def _ask(workspace: Workspace, case: str | None, asked: Asked, root: Path | None, *, dry_run: bool) -> str | None:
    """Asks for a header and writes it; returns the case's id, None if it was discarded."""
    from ogpcase.cli.asking.draft import saved_or_discarded
    from ogpcase.cli.asking.new_party import free_id
    from ogpcase.cli.asking.record import Record, asked_record
    from ogpcase.model.bind import bind_header

    named = [case] if case else []  # its id as soon as it is known; the command that goes on holds it too

    def file(asker: Asker, _: dict[str, Any]) -> str:
        if not named:
            sentence = "country or subject, and the year of filing, as mexico-2018"
            named.append(free_id(asker, "", sentence, workspace.has_case, RESERVED_CASE_IDS))
        return file_of_header(named[0])

    whole, values = asked.source.whole, asked.begun.values
    values.update({name: value for name, value in _usual().items() if name not in values})
    usual = _usual().keys() - asked.given.keys() if is_draft(whole) or not whole else ()
    record = Record(
        workspace, "open-case", named, CaseHeader, lambda values: bind_header(values, "new", "new").problems,
        dict, file, options=(("--root", str(root)),) if root else (), usual=tuple(usual),
    )  # fmt: skip
    written: list[str] = []
    with saved_or_discarded(), asked_record(record, asked.begun, whole, dry_run=dry_run) as answered:
        _save(root, answered.texts, named[0], dry_run=dry_run)
        written += named
    return next(iter(written), None)


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
    refuse_id(case, "a case's", "mexico-2018")
