"""What a reference with `#item` can point to: the items of a record, and the duties that come with its move."""

from __future__ import annotations

from ogpcase.diagnostics import Route
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Track
from ogpcase.model.events import Event
from ogpcase.policy.lifecycle import version_of
from ogpcase.policy.version import VERSIONS, PolicyVersion, load_version

ITEM_FIELDS = ("requests", "allegations", "clauses", "milestones")
"""The fields whose items a reference can point to."""


def route_of_item(event: Event, item: str | None) -> Route | None:
    """Returns the route of the id of an item in its event; None where the event has no such item."""
    return next(((field, position, "id") for name, field, position in event.items() if name == item), None)


def duty_ids(case: CaseFile, event: Event) -> tuple[str, ...]:
    """Returns the ids of the duties that the table ties to the stages an event moves the case to.

    From wherever the case came, and of every version where the case names none: a reference to a duty is not wrong
    because something else is.
    """
    if event.context or not event.moves_to:
        return ()
    rows = (move for version in _versions(case, event) for move in version.moves if move.to in event.moves_to)
    return tuple(dict.fromkeys(duty.id for move in rows for duty in move.then_due))


def _versions(case: CaseFile, event: Event) -> tuple[PolicyVersion, ...]:
    version = version_of(case, event)
    if version is not None:
        return (version,)
    tabled = case.header is None or case.header.track is Track.RESPONSE_POLICY
    return tuple(map(load_version, VERSIONS)) if tabled else ()
