"""`ogpcase add-source`: writes a new source of a case: one text that facts were read in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ogpcase.cli.add_event import DryRunOption, EditOption, FromOption
from ogpcase.cli.asking import is_draft
from ogpcase.cli.field_options import with_fields
from ogpcase.cli.options import OptionalCase, RootOption, root_words
from ogpcase.cli.whole_record import Source, refuse_id, to_ask, whole_record
from ogpcase.errors import BadInput, Misused
from ogpcase.model.questions import questions_of
from ogpcase.model.sources import SourceRecord

if TYPE_CHECKING:
    from ogpcase.cli.asking.question import Asker
    from ogpcase.editing.composing import Filled
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.checksums import Copy
    from ogpcase.workspace.opening import Workspace

_FIELDS = questions_of(SourceRecord)


@with_fields(_FIELDS)
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
    from ogpcase.cli.write_session import opened_to_write
    from ogpcase.editing.given_text import text_with
    from ogpcase.store.checksums import planned_copies
    from ogpcase.yamltree.emitting import emit

    workspace = opened_to_write(root)
    case, source = named_case(workspace, case, source, None)
    casefile = workspace.case(case).casefile
    copies = planned_copies(workspace.root, casefile, [source_file] if source_file else [])
    where = Source(SourceRecord, whole, given, edit)
    begun = to_ask(where, workspace)
    if begun is not None and (is_draft(whole) or not (begun.values or copies)):
        begun.values.update(_of_copies(copies))
        _ask(workspace, Told(case, source, whole, source_file, root), begun, copies, dry_run=dry_run)
        return
    beside = (*root_words(root), *(("--source-file", str(source_file)) if source_file else ()))
    again = ("ogpcase", "add-source", case, *((source,) if source else ()), *beside)
    with whole_record(where, workspace.registry(), casefile, again) as record:
        values = {**record.values, **_of_copies(copies)}
        text = (text_with(record.text, values) if record.text else None) or emit(values)
        _save(root, (case, source), (values, text), copies, dry_run=dry_run)


class Told(NamedTuple):
    """What the command line told of a source beside its fields: its case and id, and paths."""

    case: str
    source: str | None
    whole: str | None
    source_file: Path | None
    root: Path | None


def _of_copies(copies: tuple[Copy, ...]) -> dict[str, Any]:
    """Returns the fields that a kept copy gives."""
    return {
        name: value
        for copy in copies
        for name, value in (("file", copy.file.partition("/")[2]), ("sha256", copy.sha256))
    }


def _ask(workspace: Workspace, told: Told, begun: Filled, copies: tuple[Copy, ...], *, dry_run: bool) -> None:
    from ogpcase.cli.asking.draft import saved_or_discarded
    from ogpcase.cli.asking.record import Record, asked_record
    from ogpcase.model.bind import bind_source
    from ogpcase.model.casefile import file_of_source

    casefile = workspace.case(told.case).casefile

    def file(_: Asker, values: dict[str, Any]) -> str:
        return file_of_source(told.case, _id_for(casefile, told.source, values))

    paths = (("--source-file", told.source_file), ("--root", told.root))
    record = Record(
        workspace, "add-source", (told.case, *([told.source] if told.source else [])), SourceRecord,
        lambda values: bind_source(values, "new", "new").problems, dict, file, casefile,
        options=tuple((option, str(path)) for option, path in paths if path),
    )  # fmt: skip
    with saved_or_discarded(), asked_record(record, begun, told.whole, dry_run=dry_run) as answered:
        text = answered.texts[answered.file]
        _save(told.root, (told.case, told.source), (answered.values, text), copies, dry_run=dry_run)


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

    if typed is None:
        return id_for_source(case, values)
    refuse_id(typed, "a source's", "case-page")
    return typed
