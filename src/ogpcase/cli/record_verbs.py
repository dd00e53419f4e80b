"""The verbs that write a new record: each says what it takes; `whole_record` and `new_event` do the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Option

from ogpcase.cli.field_options import (
    CommandLine,
    DryRunOption,
    EditOption,
    FromOption,
    NewPartyOption,
    SlugOption,
    SourceFileOption,
    event_options,
    with_fields,
)
from ogpcase.cli.options import OptionalCase, RootOption
from ogpcase.model.casefile import CaseHeader
from ogpcase.model.parties import Party
from ogpcase.model.questions import questions_of
from ogpcase.model.sources import SourceRecord


@with_fields(questions_of(CaseHeader))
def run_open_case(
    given: dict[str, Any],
    case: Annotated[
        str | None, Argument(metavar="ID", help="Country or subject and year of filing, as mexico-2018.")
    ] = None,
    whole: FromOption = None,
    new_party: NewPartyOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """A header does not change while the case goes on: the stage is computed from the events."""
    from ogpcase.cli.whole_record import write_header

    write_header(case, CommandLine(given, whole, new_party or (), edit, dry_run, root))


@with_fields(questions_of(Party))
def run_add_party(
    given: dict[str, Any],
    party: Annotated[
        str | None, Argument(metavar="ID", help="Lowercase words joined by hyphens; if left out, made from the name.")
    ] = None,
    whole: FromOption = None,
    new_party: NewPartyOption = None,
    same_name: Annotated[bool, Option("--same-name", help="Add it although another party has the same name.")] = False,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """All cases share it. Give other spellings with --other-name, so that any of its names finds it."""
    from ogpcase.cli.whole_record import write_party

    write_party(party, CommandLine(given, whole, new_party or (), edit, dry_run, root), same_name=same_name)


@with_fields(questions_of(SourceRecord))
def run_add_source(
    given: dict[str, Any],
    case: OptionalCase = None,
    source: Annotated[
        str | None,
        Argument(metavar="ID", help="Lowercase words joined by hyphens; else made from the title or address."),
    ] = None,
    whole: FromOption = None,
    source_file: Annotated[
        Path | None, Option(metavar="PATH", help="The text as a file, to copy to sources/ with its digest.")
    ] = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """The events of the case name it by its id: --source ID. Without an ID, one is made of the title or the address."""
    from ogpcase.cli.whole_record import write_source

    write_source(case, source, source_file, CommandLine(given, whole, (), edit, dry_run, root))


@with_fields(event_options())
def run_add_event(
    given: dict[str, Any],
    case: OptionalCase = None,
    kind: Annotated[str | None, Argument(help="concern, letter, statement, report, resolution …")] = None,
    whole: FromOption = None,
    slug: SlugOption = None,
    new_party: NewPartyOption = None,
    source_file: SourceFileOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> None:
    """Every field is an option. A party may be given by any of its names, also in a whole record. A nested item is its
    text, or a YAML mapping: --request '{id: a, asked_of: [stt-mexico], text: …}'. A terminal asks for what is missing.
    """
    from ogpcase.cli.new_event import write_event

    copies = tuple(source_file or ())
    write_event(case, CommandLine(given, whole, new_party or (), edit, dry_run, root, kind, slug, copies))


_GIVEN = ("moves_to", "policy_version", "departure")
"""Fields that follow from the move, or that only `add-event` may set."""


@with_fields(tuple(field for field in event_options() if field.name not in _GIVEN))
def run_advance(
    given: dict[str, Any],
    case: OptionalCase = None,
    stage: Annotated[str | None, Argument(help="The stage to move to; if left out, lists the moves.")] = None,
    kind: Annotated[str | None, Option(help="The event's kind, if the policy permits several.")] = None,
    slug: SlugOption = None,
    new_party: NewPartyOption = None,
    source_file: SourceFileOption = None,
    edit: EditOption = False,
    dry_run: DryRunOption = False,
    root: RootOption = None,
) -> int:
    """Writes the event that carries the move. Its kind, its clause and the body that decides come from the policy.
    You give the date and the title.
    """
    from ogpcase.cli.moves import advance

    copies = tuple(source_file or ())
    return advance(case, stage, CommandLine(given, None, new_party or (), edit, dry_run, root, kind, slug, copies))


def run_import(
    table: Annotated[Path, Argument(metavar="FILE", help="The table: CSV, or an XLSX workbook.")],
    case: Annotated[
        str | None, Option(metavar="CASE", help="The case's id; may be left out if there is one case.")
    ] = None,
    mapping: Annotated[
        Path | None, Option("--map", metavar="FILE", help="How the columns are read; default: the case's import.yaml.")
    ] = None,
    problems: Annotated[
        Path | None, Option(metavar="FILE", help="Where rows with problems go; default: beside the table.")
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help="Print the records; write nothing.")] = False,
    root: RootOption = None,
) -> int:
    """Each row becomes an event; all rows or none are written. Headings are field names or titles, in English, Spanish
    or French; what else there is to say of the columns stands in a mapping, which is kept as the case's import.yaml.
    Rows that were imported before add nothing. See docs/importing.md.
    """
    from ogpcase.cli.import_table import import_table

    return import_table(table, case, mapping, problems, dry_run=dry_run, root=root)
