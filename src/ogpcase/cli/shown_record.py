"""Which record a reference means, over all cases of the folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ogpcase.cli.naming import nearest_party
from ogpcase.diagnostics import nearest
from ogpcase.errors import CannotRead, UnknownEvent
from ogpcase.model.ids import Reference
from ogpcase.views.asks import visible_asks
from ogpcase.views.show import Appearance, Record, appearances, event_record, item_record, party_record
from ogpcase.views.shown import Reader, Shown

if TYPE_CHECKING:
    from ogpcase.store.load import LoadedCase
    from ogpcase.workspace import Workspace

Found = tuple[Record, Sequence[Appearance], "Sequence[LoadedCase]"]


def record_for(workspace: Workspace, text: str, reader: Reader) -> Found:
    """Returns the record, what names it where it is a party, and the cases that were read for it.

    A reference without a case is looked for in every case; a word that is no event's id is a party's id or name.

    Raises:
        UnknownEvent: if nothing is called so, or what is called so is withheld.
    """
    reference = Reference(text) if Reference.fits(text) else None
    if reference is not None and reference.case:
        return _in_case(workspace.case(reference.case), reference, reader)
    loaded = [workspace.case(case_id) for case_id in workspace.case_ids()]
    holding = [each for each in loaded if reference and reference.event in each.casefile.event_by_id]
    if reference is not None and len(holding) == 1:
        return _in_case(holding[0], reference, reader)
    if holding:
        names = ", ".join(f"{each.casefile.id}/{text}" for each in holding)
        raise UnknownEvent(f"several cases have an event `{text}`", f"write one of {names}")
    if reference is not None:
        _refuse_unreadable(loaded, reference)
    return _party(workspace, loaded, text, reader)


def _refuse_unreadable(loaded: Sequence[LoadedCase], reference: Reference) -> None:
    """Raises CannotRead where an event has a file that gives no record."""
    for each in loaded:
        if reference.event in each.casefile.unreadable:
            raise CannotRead(f"`{reference.event}` cannot be read", "`ogpcase validate` says what is wrong with it")


def _in_case(loaded: LoadedCase, reference: Reference, reader: Reader) -> Found:
    case = loaded.casefile
    event = case.event_by_id.get(reference.event)
    shown = Shown(case, reader)
    if event is None:
        _refuse_unreadable([loaded], reference)
    if event is None or shown.hides(event):
        visible = [each.id for each in case.events if shown.id_of(each) == each.id]
        near = nearest(reference.event, visible)
        hints = [f"did you mean `{case.id}/{near}`?"] if near else []
        raise UnknownEvent(f"{case.id} has no event `{reference.event}`", *hints)
    if reference.item is None:
        return event_record(case, event, reader), (), [loaded]
    record = item_record(case, event, Reference(f"{case.id}/{reference.event}#{reference.item}"), reader)
    if record is None:
        named = [item for item, _, _ in event.items()]
        named += [ask.item for ask in visible_asks(shown) if ask.event is event and ask.duty]
        items = [item for item in named if shown.safe_id(f"{event.id}#{item}") == f"{event.id}#{item}"]
        raise UnknownEvent(f"{event.id} has no item `{reference.item}`", f"items: {', '.join(items) or 'none'}")
    return record, (), [loaded]


def _party(workspace: Workspace, loaded: Sequence[LoadedCase], name: str, reader: Reader) -> Found:
    registry = workspace.registry()
    found = [registry.parties[each] for each in registry.named(name) if each in registry.parties]
    visible = [party for party in found if reader.withheld or not party.withhold]
    if len(visible) > 1:
        raise UnknownEvent(f"several parties are called `{name}`", f"ids: {', '.join(each.id for each in visible)}")
    if not visible or not loaded:
        near = nearest_party(registry, name)
        hints = [f"did you mean `{near}`?"] if near else []
        if name in workspace.case_ids():
            hints = [f"it is a case: see `ogpcase status {name}` and `ogpcase timeline {name}`"]
        raise UnknownEvent(f"no event or party is called `{name}`", *hints)
    party = visible[0]
    named = [one for each in loaded for one in appearances(each.casefile, party.id, reader)]
    return party_record(loaded[0].casefile, party, reader), named, loaded
