"""`ogpcase show`: one record, item, action plan, case or party whole; with `--history` as each commit changed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from typer import Argument, Option

from ogpcase.cli.read_session import ReadSession, Report, reads
from ogpcase.diagnostics import did_you_mean, nearest, suggestion
from ogpcase.diagnostics.visible_text import command
from ogpcase.editing.naming import nearest_party, no_source, only_party
from ogpcase.errors import CannotRead, Misused, UnknownEvent
from ogpcase.ledger import asks_of
from ogpcase.model.as_of import Reader, became_known
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference, source_reference
from ogpcase.reports.parties.rows import PartyFile, party_file
from ogpcase.reports.record.rows import (
    PREFIX,
    CaseRecord,
    PlanFile,
    Plans,
    Record,
    case_record,
    event_record,
    item_record,
    plan_file,
)
from ogpcase.reports.shown import Shown
from ogpcase.reports.sources.rows import SourcePage, source_pages
from ogpcase.workspace.typed_ids import reference_meant

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace


@reads("json", translated=True)
def run(
    reference: Annotated[
        str,
        Argument(
            metavar="REF", help="CASE, CASE/EVENT, CASE/EVENT#ITEM, CASE/sources/ID, CASE/action-plan-4, or a party."
        ),
    ],
    *,
    session: ReadSession,
    history: Annotated[bool, Option("--history", help="What each commit changed in it.")] = False,
) -> Report:
    """An event or item with what came back on what it asks, a commitment with what became of it, an action plan with
    its commitments, or a case's header.

    A source: what rests on it. A party: what it did, asked, was asked, answered and left open in all cases, itself and
    through its parts.
    """
    reader, workspace = session.reader, session.workspace
    if history and session.public:
        raise Misused("--history shows the commits of the working folder; leave out --public")
    if history:
        return _history(workspace, reference, reader)
    return _report(*thing_for(workspace, reference, reader))


def _report(thing: Thing, casefiles: Sequence[CaseFile]) -> Report:
    from ogpcase.reports.parties.tables import PARTY
    from ogpcase.reports.parties.text import party_lines
    from ogpcase.reports.record.tables import CASE, PLAN, RECORD
    from ogpcase.reports.record.text import case_record_lines, plan_lines, record_lines
    from ogpcase.reports.sources.tables import SOURCE_PAGE
    from ogpcase.reports.sources.text import source_lines

    views: dict[type, tuple[Any, Any]] = {
        PartyFile: (party_lines, PARTY),
        PlanFile: (plan_lines, PLAN),
        SourcePage: (source_lines, SOURCE_PAGE),
        CaseRecord: (case_record_lines, CASE),
        Record: (record_lines, RECORD),
    }
    case = None if isinstance(thing, PartyFile) else casefiles[0].id
    return Report(thing, *views[type(thing)], case=case, cases=casefiles)


Thing: TypeAlias = Record | PlanFile | CaseRecord | PartyFile | SourcePage
Found = tuple[Thing, Sequence[CaseFile]]


def thing_for(workspace: Workspace, text: str, reader: Reader) -> Found:
    """Returns the object that a reference names, and the cases that were read for it.

    A reference without a case is looked for in every case. A word that is not the id of an event, plan or case is the
    id or name of a party. Raises UnknownEvent if nothing has this name, or it did not exist on the reader's day.
    """
    text = reference_meant(workspace, text)
    if (named := source_reference(text)) is not None:
        return _source(workspace, *named, reader)
    reference = Reference(text) if Reference.fits(text) else None
    if reference is not None and reference.case:
        return _in_case(workspace, workspace.case(reference.case).casefile, reference, reader)
    if reference is not None and text in (*workspace.case_ids(), *workspace.listing.not_read):
        case = workspace.case(text).casefile
        return case_record(case, reader), [case]
    cases = [loaded.casefile for loaded in workspace.all()]
    if reference is None:
        return _party(workspace, cases, text, reader)
    holding = [case for case in cases if _holds(case, reference, reader)]
    if len(holding) == 1:
        return _in_case(workspace, holding[0], reference, reader)
    if holding:
        names = ", ".join(f"{case.id}/{text}" for case in holding)
        raise UnknownEvent(f"several cases have an {_sort_of(reference)} `{text}`", f"write one of {names}")
    _refuse_unreadable(cases, reference)
    return _party(workspace, cases, text, reader)


def _source(workspace: Workspace, case_id: str, source_id: str, reader: Reader) -> Found:
    """Returns a source in a file, or one that an event writes out. Raises UnknownEvent, CannotRead."""
    case = workspace.case(case_id).casefile
    if source_id in case.sources_not_read:
        raise CannotRead(f"`{source_id}` cannot be read", "`ogpcase validate` says what is wrong with it")
    pages = [page for page in source_pages(case, source_id, reader) if page.row.recorded]
    if len(pages) == 1:
        return pages[0], [case]
    if pages:
        events = ", ".join(f"{case_id}/{event}" for page in pages for event in page.row.written_in)
        raise UnknownEvent(f"several sources of {case_id} are called `{source_id}`", f"written out in {events}")
    known = {*case.sources, *(source.id for event in case.events for source in event.sources)}
    if source_id in known:
        hint = f"records of a later day name `{source_id}`: see it with a later `--as-of`"
        raise UnknownEvent(f"no record of {case_id} names `{source_id}` by {reader.on}", hint)
    raise no_source(case_id, source_id, known)


def _sort_of(reference: Reference) -> str:
    return "action plan" if reference.event.startswith(PREFIX) else "event"


def _holds(case: CaseFile, reference: Reference, reader: Reader) -> bool:
    """True if the case has an event or action plan with this name."""
    if reference.event in case.record_by_id:
        return True
    return reference.event.startswith(PREFIX) and Plans.of(Shown(case, reader)).named(reference.event) is not None


def _refuse_unreadable(cases: Iterable[CaseFile], reference: Reference) -> None:
    """Raises CannotRead if an event has a file but no readable record."""
    if any(reference.event in case.unreadable for case in cases):
        raise CannotRead(f"`{reference.event}` cannot be read", "`ogpcase validate` says what is wrong with it")


def _in_case(workspace: Workspace, case: CaseFile, reference: Reference, reader: Reader) -> Found:
    shown = Shown(case, reader)
    event = case.record_by_id.get(reference.event)
    if event is None or reference.event in case.unreadable:
        _refuse_unreadable([case], reference)
        return _plan(workspace, reference, shown), [case]
    if event.withdrawn is None:
        _refuse_later(shown, event)
    if reference.item is None:
        return event_record(case, event, reader), [case]
    record = item_record(case, event, Reference(f"{case.id}/{event.id}#{reference.item}"), reader)
    if record is None:
        items = [item for item, _, _ in event.items()]
        items += [ask.item for ask in asks_of(case, reader.moment) if ask.event is event and ask.duty]
        raise UnknownEvent(f"{event.id} has no item `{reference.item}`", f"items: {', '.join(items) or 'none'}")
    return record, [case]


def _plan(workspace: Workspace, reference: Reference, shown: Shown) -> PlanFile:
    """Returns the action plan of this name. Raises UnknownEvent, with the nearest name, where there is none."""
    case, plans = shown.case, Plans.of(shown)
    named = plans.named(reference.event)
    if named is not None and reference.item is None:
        return plan_file(plans, named)
    if named is not None:
        raise UnknownEvent(f"`{reference.event}` is an action plan, and has no items", f"see `{named}`")
    known = [*(event.id for event in shown.events()), *(plan.partition("/")[2] for plan in plans.events)]
    hints = [*did_you_mean(reference.event, known, f"{case.id}/")]
    hints += [f"it may be in {workspace.root.shown_path(file)} that cannot be read" for file in case.not_read]
    raise UnknownEvent(f"{case.id} has no {_sort_of(reference)} `{reference.event}`", *hints)


def _refuse_later(shown: Shown, event: Event) -> None:
    """Raises UnknownEvent for an event that was not there, or could not be known, on the reader's day."""
    reader = shown.reader
    if reader.moment.possible(event):
        return
    if not event.known.possible_by(reader.on):
        hint = f"it is dated {event.dated.text}: see it with a later `--as-of`"
        raise UnknownEvent(f"{shown.case.id} has no event `{event.id}` by {reader.on}", hint)
    known = became_known(event)
    hints = [f"it became known on {known.text}"] if known else []
    raise UnknownEvent(f"nobody outside can have known of `{event.id}` by {reader.known_by}", *hints)


def _party(workspace: Workspace, cases: Sequence[CaseFile], name: str, reader: Reader) -> Found:
    registry = workspace.registry()
    if name in registry.unreadable:
        raise CannotRead(f"the file of `{name}` cannot be read", "`ogpcase validate` says what is wrong with it")
    ids = registry.named(name)
    if ids:
        return party_file(registry, cases, registry.parties[only_party(name, ids)], reader), cases
    near = _nearest_plan(cases, name, reader) or nearest_party(registry, name)
    hints = suggestion(near) or (f"look for it: {command('ogpcase search', name)}",)
    raise UnknownEvent(f"no event or party is called `{name}`", *hints)


def _nearest_plan(cases: Iterable[CaseFile], name: str, reader: Reader) -> str | None:
    """Returns the reference of the action plan whose name is most like the text that was typed."""
    if not name.startswith(PREFIX):
        return None
    known = [plan for case in cases for plan in Plans.of(Shown(case, reader)).events]
    plans = {plan.partition("/")[2]: plan for plan in reversed(known)}
    near = nearest(name, plans)
    return plans[near] if near else None


def _history(workspace: Workspace, text: str, reader: Reader) -> Report:
    """Returns what each commit changed in the event or item that a reference names.

    Raises:
        UnknownEvent: nothing has this name, or it is not an event.
        CannotRead: the folder is in no repository, or nothing is committed there.
    """
    from ogpcase.reports.changes.tables import HISTORY
    from ogpcase.reports.changes.text import history_lines
    from ogpcase.reports.changes.versions import history

    thing, _ = thing_for(workspace, text, reader)
    if not Reference.fits(text) or not isinstance(thing, Record):
        raise UnknownEvent(f"`{text}` is not an event, and only events have a history here")
    reference = Reference(thing.reference)
    return Report(history(workspace, reference, reader), history_lines, HISTORY, case=reference.case)
