"""What a reference means, over all cases of the folder: an event, an item, an action plan, a case, or a party."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from ogpcase.cli.naming import nearest_party
from ogpcase.diagnostics import nearest
from ogpcase.errors import CannotRead, UnknownEvent
from ogpcase.ledger import asks_of
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.model.ids import Reference
from ogpcase.model.moments import became_known
from ogpcase.views.case_record import CaseRecord, case_record
from ogpcase.views.party import PartyFile, party_file
from ogpcase.views.plan import PREFIX, PlanFile, Plans, plan_file
from ogpcase.views.show import Record, event_record, item_record
from ogpcase.views.shown import Reader, Shown

if TYPE_CHECKING:
    from ogpcase.store.load import LoadedCase
    from ogpcase.workspace import Workspace

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
    key = plans.named(reference.event)
    if key is not None and reference.item is None:
        return plan_file(plans, key)
    if key is not None:
        raise UnknownEvent(f"`{reference.event}` is an action plan, and has no items", f"see `{plans.reference(key)}`")
    there = [each.id for each in shown.events()]
    near = nearest(reference.event, [*there, *(each.partition("/")[2] for each in plans.references())])
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
    plans = [each for one in loaded for each in Plans.of(Shown(one.casefile, reader)).references()]
    near = nearest(name, [each.partition("/")[2] for each in plans])
    return next((each for each in plans if each.partition("/")[2] == near), None)
