"""`ogpcase add-source`: writes a new source of a case: one text that facts were read in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.add_event import DryRunOption, EditOption, FromOption
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
    whole: FromOption = None,
    source_file: Annotated[
        Path | None,
        typer.Option("--source-file", metavar="PATH", help="The text as a file, to copy to sources/ with its digest."),
    ] = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """The events of the case name it by its id: --source ID. Without an ID, one is made of the title or the address."""
    from ogpcase.cli.read_session import opened
    from ogpcase.cli.whole_record import Source, root_words, whole_record
    from ogpcase.editing.given_text import text_with
    from ogpcase.store.checksums import planned_copies
    from ogpcase.workspace.typed_ids import case_and_word
    from ogpcase.yamltree.emitting import emit

    workspace = opened(root)
    case, source = case_and_word(workspace, case, source, None)
    casefile = workspace.case(case).casefile
    copies = planned_copies(workspace.root, case, [source_file] if source_file else [])
    beside = (*root_words(root), *(("--source-file", str(source_file)) if source_file else ()))
    again = ("ogpcase", "add-source", case, *((source,) if source else ()), *beside)
    with whole_record(Source(SourceRecord, whole, given, edit), workspace.registry(), casefile, again) as record:
        values = record.values
        for copy in copies:
            values |= {"file": copy.file.partition("/")[2], "sha256": copy.sha256}
        text = (text_with(record.text, values) if record.text else None) or emit(values)
        _save(root, (case, source), (values, text), copies, dry_run=dry_run)


def _save(
    root: Path | None,
    named: tuple[str, str | None],
    record: tuple[dict[str, Any], str],
    copies: tuple[Copy, ...],
    *,
    dry_run: bool,
) -> None:
    from ogpcase.cli.write_session import finish, turn
    from ogpcase.model.casefile import file_of_source

    (case, source), (values, text) = named, record
    with turn(root, case=case, dry_run=dry_run) as workspace:
        casefile = workspace.case(case).casefile
        _refuse_known(casefile, source, values, copies)
        name = _id_for(casefile, source, values)
        finish(workspace, {file_of_source(case, name): text}, case, dry_run=dry_run, copies=copies)


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
