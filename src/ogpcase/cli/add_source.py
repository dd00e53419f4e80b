"""`ogpcase add-source`: writes a new source of a case: one text that facts were read in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.field_options import DryRunOption, EditOption, FromOption, with_fields
from ogpcase.cli.options import OptionalCase, RootOption
from ogpcase.errors import BadInput, Misused
from ogpcase.model.questions import questions_of
from ogpcase.model.sources import SourceRecord

if TYPE_CHECKING:
    from ogpcase.editing.composing import Composed, Values
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.checksums import Copy


@with_fields(questions_of(SourceRecord))
def run(
    given: dict[str, Any],
    case: OptionalCase = None,
    source: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="Lowercase words joined by hyphens; else made from the title or address."),
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
    from ogpcase.cli.asking.once import named_case
    from ogpcase.cli.whole_record import NewRecord, write_new
    from ogpcase.cli.write_session import finish, opened_to_write, turn
    from ogpcase.model.casefile import file_of_source
    from ogpcase.store.checksums import planned_copies

    workspace = opened_to_write(root)
    case, source = named_case(workspace, case, source, None)
    casefile = workspace.case(case).casefile
    copies = planned_copies(workspace.root, casefile, [source_file] if source_file else [])

    def save(new: Composed) -> None:
        with turn(root, case=case, dry_run=dry_run) as folder:
            now = folder.case(case).casefile
            _refuse_known(now, source, new.values, copies)
            text = {file_of_source(case, _id_for(now, source, new.values)): new.text}
            finish(folder, text, case, dry_run=dry_run, copies=copies)

    paths = (("--source-file", source_file), ("--root", root))
    write_new(
        NewRecord(
            workspace, "add-source", (case, *([source] if source else [])), SourceRecord, whole, given, (),
            lambda begun: bool(begun.values or copies),
            lambda values, _: file_of_source(case, _id_for(casefile, source, values)), save, edit, dry_run, casefile,
            tuple((option, str(path)) for option, path in paths if path), fixed=_of_copies(copies),
        )
    )  # fmt: skip


def _of_copies(copies: tuple[Copy, ...]) -> Values:
    return {
        name: value
        for copy in copies
        for name, value in (("file", copy.file.partition("/")[2]), ("sha256", copy.sha256))
    }


def _refuse_known(case: CaseFile, typed: str | None, values: Values, copies: tuple[Copy, ...]) -> None:
    """Raises BadInput if the case has the id or the kept copy, and Misused if nothing says what the text is."""
    if not values.keys() & {"title", "url", "file"}:
        raise Misused("a source needs a title, an address or a file", "give --title, --url or --source-file")
    if typed in case.sources or typed in case.sources_not_read:
        raise BadInput(f"a source `{typed}` already exists", f"look at it: ogpcase show {case.id}/sources/{typed}")
    digests = {copy.sha256 for copy in copies}
    same = next((name for name, known in case.sources.items() if known.sha256 in digests), None)
    if same is not None:
        raise BadInput(f"`{same}` has this very file", f"look at it: ogpcase show {case.id}/sources/{same}")


def _id_for(case: CaseFile, typed: str | None, values: Values) -> str:
    from ogpcase.cli.whole_record import refuse_id
    from ogpcase.editing.naming import id_for_source

    if typed is None:
        return id_for_source(case, values)
    refuse_id(typed, "a source's", "case-page")
    return typed
