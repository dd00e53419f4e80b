"""`ogpcase add-event`: writes one new event."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.composing import edited, read_back
from ogpcase.cli.field_options import event_options, with_fields
from ogpcase.cli.options import RootOption

if TYPE_CHECKING:
    from ogpcase.cli.composing import Composed, Given
    from ogpcase.store.checksums import Copy

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="FILE", help="A whole record, YAML or JSON; - is stdin.")
]
EditOption = Annotated[bool, typer.Option("--edit", help="Edit the record in $EDITOR before it is written.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Print the file; write nothing.")]
SlugOption = Annotated[str | None, typer.Option("--slug", metavar="WORDS", help="Words for the end of the event's id.")]
NewPartyOption = Annotated[
    list[str] | None,
    typer.Option("--new-party", metavar="{…}", help="A new party to add too: {name: …, classification: …}."),
]
SourceFileOption = Annotated[
    list[Path] | None,
    typer.Option("--source-file", metavar="PATH", help="A file to copy to sources/, with its digest. Repeats."),
]


@with_fields(event_options())
def run(
    case: Annotated[str, typer.Argument(help="The case's id, as mexico-2018.")],
    given: dict[str, Any],
    kind: Annotated[str | None, typer.Argument(help="concern, letter, statement, report, resolution …")] = None,
    whole: FromOption = None,
    slug: SlugOption = None,
    new_party: NewPartyOption = None,
    source_file: SourceFileOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """Every field is an option. A party may be given by any of its names. A nested item is a YAML mapping:
    --request '{id: a, asked_of: [stt-mexico], text: …}'. Prompts appear only on a terminal.
    """
    from ogpcase.cli.composing import Given

    sources = tuple(source_file or ())
    what = Given(kind, given, tuple(new_party or ()), whole, slug, sources, edit=edit, dry_run=dry_run)
    write_event(root, case, what)


def write_event(root: Path | None, case: str, given: Given) -> None:
    """Composes an event and writes it unless it brings a new error. Raises OgpcaseError if nothing was written."""
    from ogpcase.cli.composing import composed
    from ogpcase.cli.read_session import opened
    from ogpcase.store.checksums import planned_copies

    workspace = opened(root)
    casefile = workspace.case(case).casefile
    copies = planned_copies(workspace.root, case, given.copies)
    event = composed(given, casefile, copies)
    if not given.edit:
        _save(root, case, event, given, copies)
        return
    with edited(event.text) as text:
        _save(root, case, read_back(text, event), given, copies)


def _save(root: Path | None, case: str, event: Composed, given: Given, copies: Sequence[Copy]) -> None:
    from ogpcase.cli.write_session import finish, turn
    from ogpcase.editing.changing import event_id_for, free_event_file

    with turn(root, case=case, dry_run=given.dry_run) as workspace:
        file = free_event_file(workspace.case(case).casefile, event_id_for(event.values, given.slug))
        beside = {file: text for file, text in event.beside.items() if workspace.files.read(file) != text.encode()}
        finish(workspace, {**beside, file: event.text}, case, dry_run=given.dry_run, copies=copies)
