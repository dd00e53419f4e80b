"""`ogpcase add-event`: one new event, one new file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ogpcase.cli.field_options import event_options, with_fields
from ogpcase.cli.options import RootOption

if TYPE_CHECKING:
    from ogpcase.cli.composing import Composed, Given
    from ogpcase.store.checksums import Copy

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="FILE", help="A whole record, YAML or JSON; - is stdin.")
]
EditOption = Annotated[bool, typer.Option("--edit", help="Look over the record in $EDITOR before it is written.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Print the file; write nothing.")]
SlugOption = Annotated[str | None, typer.Option("--slug", metavar="WORDS", help="Words for the end of the event's id.")]
NewPartyOption = Annotated[
    list[str] | None,
    typer.Option("--new-party", metavar="{…}", help="A party to add with it: {name: …, classification: …}."),
]
SourceFileOption = Annotated[
    list[Path] | None,
    typer.Option("--source-file", metavar="PATH", help="A copy to keep under sources/, pinned. Repeats."),
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
    """Every field is an option. Parties are found by any of their names. A nested item is a YAML mapping:
    --request '{id: a, asked_of: [stt-mexico], text: …}'. Without a terminal nothing is asked.
    """
    from ogpcase.cli.composing import Given

    what = Given(kind, given, tuple(new_party or ()), whole)
    write_event(root, case, what, Ways(slug, tuple(source_file or ()), edit=edit, dry_run=dry_run))


class Ways:
    """How a new event is written: the words of its id, copies to keep, and whether to edit or only to print it."""

    def __init__(self, slug: str | None, copies: tuple[Path, ...], *, edit: bool, dry_run: bool) -> None:
        self.slug = slug
        self.copies = copies
        self.edit = edit
        self.dry_run = dry_run


def write_event(root: Path | None, case: str, given: Given, ways: Ways) -> None:
    """Composes the event, tries it, and writes it unless it brings a new error.

    Raises:
        OgpcaseError: nothing was written, and why.
    """
    from ogpcase.cli.composing import composed
    from ogpcase.cli.reading import opened
    from ogpcase.store.checksums import planned_copies

    workspace = opened(root)
    casefile = workspace.case(case).casefile
    copies = planned_copies(workspace.root, case, ways.copies)
    event = composed(given, casefile, [_source(each) for each in copies], to_edit=ways.edit)
    if not ways.edit:
        _save(root, case, event, ways, copies)
        return
    from ogpcase.cli.composing import edited, read_back

    with edited(event.text) as text:
        _save(root, case, read_back(text, event), ways, copies)


def _source(copy: Copy) -> dict[str, str]:
    return {"file": copy.file.partition("/")[2], "sha256": copy.sha256}


def _save(root: Path | None, case: str, event: Composed, ways: Ways, copies: Sequence[Copy]) -> None:
    from ogpcase.cli.write_session import finish, turn
    from ogpcase.editing.adding import event_id_for, free_event_file

    with turn(root, case=case, dry_run=ways.dry_run) as workspace:
        file = free_event_file(workspace.case(case).casefile, event_id_for(event.values, ways.slug))
        texts = {**event.parties, file: event.text}
        finish(workspace, texts, case, dry_run=ways.dry_run, copies=copies)
