"""`ogpcase add-source`: writes a new source of a case: one text that facts were read in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.add_event import DryRunOption
from ogpcase.cli.field_options import with_fields
from ogpcase.cli.options import OptionalCase, RootOption
from ogpcase.errors import BadInput, Misused
from ogpcase.model.questions import questions_of
from ogpcase.model.sources import SourceRecord

if TYPE_CHECKING:
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.checksums import Copy

_FIELDS = questions_of(SourceRecord)


@with_fields(_FIELDS)
def run(
    given: dict[str, Any],
    case: OptionalCase = None,
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="ID",
            help="Lowercase words joined by hyphens; if left out, made from the title or address.",
        ),
    ] = None,
    source_file: Annotated[
        Path | None,
        typer.Option("--source-file", metavar="PATH", help="The text as a file, to copy to sources/ with its digest."),
    ] = None,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """The events of the case name it by its id: --source ID. Without an ID, one is made of the title or the address."""
    from ogpcase.cli.options import today
    from ogpcase.cli.write_session import finish, turn
    from ogpcase.editing.naming import resolver_for
    from ogpcase.editing.typed_values import values_from
    from ogpcase.model.casefile import file_of_source
    from ogpcase.store.checksums import planned_copies
    from ogpcase.workspace.typed_ids import case_and_word
    from ogpcase.yamltree.emitting import emit

    with turn(root, case=case, dry_run=dry_run) as workspace:
        case, source = case_and_word(workspace, case, source, None)
        casefile = workspace.case(case).casefile
        values = values_from(given, _FIELDS, resolver_for(workspace.registry(), today()))
        copies = planned_copies(workspace.root, case, [source_file] if source_file else [])
        for copy in copies:
            values |= {"file": copy.file.partition("/")[2], "sha256": copy.sha256}
        _refuse_known(casefile, source, values, copies)
        name = _id_for(casefile, source, values)
        finish(workspace, {file_of_source(case, name): emit(values)}, case, dry_run=dry_run, copies=copies)


def _refuse_known(case: CaseFile, typed: str | None, values: dict[str, Any], copies: tuple[Copy, ...]) -> None:
    """Raises BadInput if the case has the id or the kept copy, and Misused if nothing says what the text is."""
    if not values.keys() & {"title", "url", "file"}:
        raise Misused("a source needs a title, an address or a file", "give --title, --url or --source-file")
    if typed in case.sources or typed in case.sources_not_read:
        raise BadInput(f"a source `{typed}` already exists", f"look at it: ogpcase show {case.id}/sources/{typed}")
    digests = {copy.sha256 for copy in copies}
    same = next((name for name, known in case.sources.items() if known.sha256 in digests), None)
    if same is not None:
        raise BadInput(f"`{same}` has this very file", f"look at it: ogpcase show {case.id}/sources/{same}")


def _id_for(case: CaseFile, typed: str | None, values: dict[str, Any]) -> str:
    from ogpcase.editing.source_naming import id_for_source
    from ogpcase.model.ids import is_id

    if typed is None:
        return id_for_source(case, values)
    if not is_id(typed):
        hint = "write lowercase words and digits joined by hyphens: case-page"
        raise Misused(f"`{typed}` cannot be a source's id", hint)
    return typed
