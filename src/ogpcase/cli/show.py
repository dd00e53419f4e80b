"""`ogpcase show`: one record, item, action plan, case header or party whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ogpcase.cli.options import (
    AsOfOption,
    FormatOption,
    JsonOption,
    KnownByOption,
    LangOption,
    PublicOption,
    RootOption,
    TextOrJson,
    reader_of,
)
from ogpcase.errors import EXIT_DONE, Misused

if TYPE_CHECKING:
    from ogpcase.cli.shown_record import Thing
    from ogpcase.render.lines import Line
    from ogpcase.render.page import Page
    from ogpcase.views.shown import Reader


def run(
    reference: Annotated[
        str,
        typer.Argument(
            metavar="REF", help="CASE, CASE/EVENT, CASE/EVENT#ITEM, CASE/action-plan-4, or a party's id or name."
        ),
    ],
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    lang: LangOption = None,
    form: FormatOption = TextOrJson.TEXT,
    json: JsonOption = False,
    history: Annotated[bool, typer.Option("--history", help="What each commit changed in it.")] = False,
    public: PublicOption = False,
    root: RootOption = None,
) -> int:
    """An event or item with what came back on what it asks, a commitment with what became of it, an action plan with
    its commitments, or a case's header.

    A party: what it did, asked, was asked, answered and left open in all cases, itself and through its parts.
    """
    from ogpcase.cli.history import print_history
    from ogpcase.cli.reading import complaints, name_folder, opened
    from ogpcase.cli.shown_record import thing_for

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    as_json = json or form is TextOrJson.JSON
    if history and public:
        raise Misused("--history shows the commits of the working folder; leave out --public")
    if history:
        print_history(workspace, reference, reader, as_json=as_json)
        return EXIT_DONE
    thing, loaded = thing_for(workspace, reference, reader)
    name_folder(workspace, loaded, "json" if as_json else "text")
    _print(thing, reader, as_json=as_json)
    return complaints(workspace, loaded)


def _print(thing: Thing, reader: Reader, *, as_json: bool) -> None:
    from ogpcase.render.terminal import page_for, write, write_text

    if as_json:
        write_text(_json(thing, reader))
    else:
        write(_lines(thing, page_for()))


def _json(thing: Thing, reader: Reader) -> str:
    from ogpcase.export.party import party_json
    from ogpcase.export.plan import plan_json
    from ogpcase.export.record import case_json, record_json
    from ogpcase.views.case_record import CaseRecord
    from ogpcase.views.party import PartyFile
    from ogpcase.views.plan import PlanFile

    if isinstance(thing, PartyFile):
        return party_json(thing, reader)
    if isinstance(thing, PlanFile):
        return plan_json(thing, reader)
    if isinstance(thing, CaseRecord):
        return case_json(thing, reader)
    return record_json(thing, (), reader, thing.reference.partition("/")[0])


def _lines(thing: Thing, page: Page) -> list[Line]:
    from ogpcase.render.case_record import case_record_lines
    from ogpcase.render.party import party_lines
    from ogpcase.render.plan import plan_lines
    from ogpcase.render.show import record_lines
    from ogpcase.views.case_record import CaseRecord
    from ogpcase.views.party import PartyFile
    from ogpcase.views.plan import PlanFile

    if isinstance(thing, PartyFile):
        return party_lines(thing, page)
    if isinstance(thing, PlanFile):
        return plan_lines(thing, page)
    if isinstance(thing, CaseRecord):
        return case_record_lines(thing, page)
    return record_lines(thing, (), page)
