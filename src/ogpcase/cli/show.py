"""`ogpcase show`: one record, item, action plan, case or party whole; with `--history` as each commit changed it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from ogpcase.cli.naming import nearest_party
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
from ogpcase.diagnostics import nearest
from ogpcase.errors import EXIT_DONE, CannotRead, Misused, UnknownEvent
from ogpcase.ledger import asks_of
from ogpcase.model.as_of import Reader, became_known
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.reports.parties.rows import PartyFile, party_file
from ogpcase.reports.plan.rows import PREFIX, PlanFile, Plans, plan_file
from ogpcase.reports.record.rows import CaseRecord, Record, case_record, event_record, item_record
from ogpcase.reports.shown import Shown

if TYPE_CHECKING:
    from ogpcase.output.lines import Line, Page
    from ogpcase.output.terminal import Report
    from ogpcase.store.load import LoadedCase
    from ogpcase.workspace.opening import Workspace


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
    from ogpcase.cli.reading import answer, opened
    from ogpcase.output.terminal import Report, print_report

    reader = reader_of(as_of, lang, known_by=known_by)
    workspace = opened(root, public=public)
    form = TextOrJson.JSON if json else form
    if history and public:
        raise Misused("--history shows the commits of the working folder; leave out --public")
    if history:
        print_report(_history(workspace, reference, reader), form)
        return EXIT_DONE
    thing, loaded = thing_for(workspace, reference, reader)
    report = Report(partial(_lines, thing), {"json": lambda: _json(thing, reader)})
    return answer(workspace, loaded, report, form)


def _json(thing: Thing, reader: Reader) -> str:
    from ogpcase.reports.parties.tables import party_json
    from ogpcase.reports.plan.tables import plan_json
    from ogpcase.reports.record.tables import case_json, record_json

    if isinstance(thing, PartyFile):
        return party_json(thing, reader)
    if isinstance(thing, PlanFile):
        return plan_json(thing, reader)
    if isinstance(thing, CaseRecord):
        return case_json(thing, reader)
    return record_json(thing, (), reader, thing.reference.partition("/")[0])


def _lines(thing: Thing, page: Page) -> list[Line]:
    from ogpcase.reports.parties.text import party_lines
    from ogpcase.reports.plan.text import plan_lines
    from ogpcase.reports.record.text import case_record_lines, record_lines

    if isinstance(thing, PartyFile):
        return party_lines(thing, page)
    if isinstance(thing, PlanFile):
        return plan_lines(thing, page)
    if isinstance(thing, CaseRecord):
        return case_record_lines(thing, page)
    return record_lines(thing, page)


Thing: TypeAlias = Record | PlanFile | CaseRecord | PartyFile
Found = tuple[Thing, "Sequence[LoadedCase]"]


def thing_for(workspace: Workspace, text: str, reader: Reader) -> Found:
    """Returns what a reference names, and the cases that were read for it.

    A reference without a case is looked for in every case; a word that is no event's id, plan's or case's is a
    party's id or name.

    Raises:
        UnknownEvent: if nothing is called so, or it was not there on the reader's day.
    """
    reference = Reference(text) if Reference.fits(text) else None
    if reference is not None and reference.case:
        return _in_case(workspace.case(reference.case), reference, reader)
    if reference is not None and text in workspace.case_ids():
        loaded_case = workspace.case(text)
        return case_record(loaded_case.casefile, reader), [loaded_case]
    loaded = list(workspace.all())
    holding = [each for each in loaded if reference is not None and _holds(each.casefile, reference, reader)]
    if reference is not None and len(holding) == 1:
        return _in_case(holding[0], reference, reader)
    if holding:
        what = "action plan" if text.startswith(PREFIX) else "event"
        names = ", ".join(f"{each.casefile.id}/{text}" for each in holding)
        raise UnknownEvent(f"several cases have an {what} `{text}`", f"write one of {names}")
    if reference is not None:
        _refuse_unreadable(loaded, reference)
    return _party(workspace, loaded, text, reader)


def _holds(case: CaseFile, reference: Reference, reader: Reader) -> bool:
    """True when the case has an event or an action plan of this name."""
    if reference.event in case.event_by_id:
        return True
    return reference.event.startswith(PREFIX) and Plans.of(Shown(case, reader)).named(reference.event) is not None


def _refuse_unreadable(loaded: Sequence[LoadedCase], reference: Reference) -> None:
    """Raises CannotRead where an event has a file that gives no record."""
    for each in loaded:
        if reference.event in each.casefile.unreadable:
            raise CannotRead(f"`{reference.event}` cannot be read", "`ogpcase validate` says what is wrong with it")


def _in_case(loaded: LoadedCase, reference: Reference, reader: Reader) -> Found:
    case = loaded.casefile
    shown = Shown(case, reader)
    event = case.event_by_id.get(reference.event)
    if event is None:
        _refuse_unreadable([loaded], reference)
        return _plan(loaded, reference, shown), [loaded]
    _refuse_later(shown, event)
    if reference.item is None:
        return event_record(case, event, reader), [loaded]
    record = item_record(case, event, Reference(f"{case.id}/{reference.event}#{reference.item}"), reader)
    if record is None:
        items = [item for item, _, _ in event.items()]
        items += [ask.item for ask in asks_of(case, reader.moment) if ask.event is event and ask.duty]
        raise UnknownEvent(f"{event.id} has no item `{reference.item}`", f"items: {', '.join(items) or 'none'}")
    return record, [loaded]


def _plan(loaded: LoadedCase, reference: Reference, shown: Shown) -> PlanFile:
    """Returns the action plan of this name. Raises UnknownEvent, with the nearest name, where there is none."""
    case, plans = loaded.casefile, Plans.of(shown)
    named = plans.named(reference.event)
    if named is not None and reference.item is None:
        return plan_file(plans, named)
    if named is not None:
        raise UnknownEvent(f"`{reference.event}` is an action plan, and has no items", f"see `{named}`")
    there = [each.id for each in shown.events()]
    near = nearest(reference.event, [*there, *(each.partition("/")[2] for each in plans.events)])
    hints = [f"did you mean `{case.id}/{near}`?"] if near else []
    what = "action plan" if reference.event.startswith(PREFIX) else "event"
    raise UnknownEvent(f"{case.id} has no {what} `{reference.event}`", *hints)


def _refuse_later(shown: Shown, event: Event) -> None:
    """Raises UnknownEvent for an event that was not there, or could not be known, on the reader's day."""
    reader = shown.reader
    if reader.moment.possible(event):
        return
    if not event.dated.possible_by(reader.on):
        hint = f"it is dated {event.dated.text}: see it with a later `--as-of`"
        raise UnknownEvent(f"{shown.case.id} has no event `{event.id}` by {reader.on}", hint)
    known = became_known(event)
    hints = [f"it became known on {known.text}"] if known else []
    raise UnknownEvent(f"nobody outside can have known of `{event.id}` by {reader.known_by}", *hints)


def _party(workspace: Workspace, loaded: Sequence[LoadedCase], name: str, reader: Reader) -> Found:
    registry = workspace.registry()
    found = [registry.parties[each] for each in registry.named(name)]
    if len(found) > 1:
        raise UnknownEvent(f"several parties are called `{name}`", f"ids: {', '.join(each.id for each in found)}")
    if not found:
        if name in registry.unreadable:
            raise CannotRead(f"the file of `{name}` cannot be read", "`ogpcase validate` says what is wrong with it")
        near = _nearest_plan(loaded, name, reader) or nearest_party(registry, name)
        hints = [f"did you mean `{near}`?"] if near else []
        raise UnknownEvent(f"no event or party is called `{name}`", *hints)
    cases = [each.casefile for each in loaded]
    return party_file(registry, cases, found[0], reader), loaded


def _nearest_plan(loaded: Sequence[LoadedCase], name: str, reader: Reader) -> str | None:
    """Returns the reference of the action plan nearest to what was typed, where that is meant to be one."""
    if not name.startswith(PREFIX):
        return None
    plans = [each for one in loaded for each in Plans.of(Shown(one.casefile, reader)).events]
    near = nearest(name, [each.partition("/")[2] for each in plans])
    return next((each for each in plans if each.partition("/")[2] == near), None)


def _history(workspace: Workspace, text: str, reader: Reader) -> Report:
    """Returns what each commit changed in the event, or the item of one, that a reference names.

    Raises:
        UnknownEvent: nothing is called so, or what is called so is no event.
        CannotRead: the folder is in no repository, or nothing is committed there.
    """
    from ogpcase.output.terminal import Report
    from ogpcase.reports.changes.tables import history_json
    from ogpcase.reports.changes.text import history_lines
    from ogpcase.reports.changes.versions import history

    reference = _event_named(workspace, text, reader)
    rows = history(workspace, reference, reader)
    as_json = partial(history_json, reference.case or "", str(reference), rows, reader.on)
    return Report(partial(history_lines, str(reference), rows), {"json": as_json})


def _event_named(workspace: Workspace, text: str, reader: Reader) -> Reference:
    """Returns the reference with its case."""
    thing, loaded = thing_for(workspace, text, reader)
    reference = Reference(text) if Reference.fits(text) else None
    if reference is None or not isinstance(thing, Record):
        raise UnknownEvent(f"`{text}` is no event, and only events have a history here")
    item = f"#{reference.item}" if reference.item else ""
    return Reference(f"{loaded[0].casefile.id}/{reference.event}{item}")
