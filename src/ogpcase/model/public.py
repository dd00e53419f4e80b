"""The events of a case without what their records withhold.

What is left is the same whatever stands in the withheld places: no text, no number, no order and no day of it depends
on them. The one thing kept is the stage that a withheld step leads to, and after which other step it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import count

from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Development, Event
from ogpcase.model.moments import became_known
from ogpcase.model.order import in_order
from ogpcase.model.redacting import Redaction
from ogpcase.model.texts import Text
from ogpcase.model.withhold import NOTHING, WITHHELD, Withholding

FIRST_DAY = FuzzyDate.parse("0001-01-01")
"""The day from which on a withheld step counts that no other step comes before."""
UNDATED = FuzzyDate.parse("unknown")
_STEP = "withheld-step-"
"""What the ids of stand-ins begin with; no event's file may be called so, since an id begins with its date."""
_Kept = Mapping[str, Withholding]


def public_events(
    case_id: str, events: Sequence[Event], kept_back: Callable[[Event], Withholding], redaction: Redaction
) -> tuple[Event, ...]:
    """Returns the events in their order, as anybody may see them.

    - A field that is withheld is as if it had never been written, and so is an item, or what else is stated of it.
    - An event of withheld date has none, and stands after all that have one.
    - A step of withheld date, or of which it is withheld that it is one, counts from the step before it on: it stands
      after that one and bears its date, so that no day that is asked for can tell its own.
    - An event withheld whole is not there; where it is a step, a stand-in with nothing but the stage is.
    """
    kept = {event.id: kept_back(event) for event in events}
    if all(each == NOTHING for each in kept.values()) and not any(redaction.touches(event.id) for event in events):
        return tuple(events)
    after = _secret_steps(events, kept)
    own = {step.id for several in after.values() for step in several}
    there = [_without(event, kept[event.id]) for event in events if not kept[event.id].everything]
    there = [event for event in there if event.id not in own]

    def named(event: Event) -> str:
        return _as_read(event, redaction) if redaction.touches(event.id) else event.id

    dated = in_order(case_id, [event for event in there if not kept[event.id].covers_field("dated")], named)
    undated = [event for event in there if kept[event.id].covers_field("dated")]
    return (
        *after.get(None, ()),
        *(one for event in dated for one in (event, *after.get(event.id, ()))),
        *sorted(undated, key=lambda event: _as_read(event, redaction)),
    )


def _secret_steps(events: Iterable[Event], kept: _Kept) -> dict[str | None, list[Event]]:
    """Returns the steps of which nobody may know when they were, by the step before them that anybody may know."""
    numbers = count(1)
    found: dict[str | None, list[Event]] = {}
    before: Event | None = None
    for event in events:
        if not event.moves_to or event.context:
            continue
        secret = kept[event.id]
        if secret.covers_field("moves_to"):
            found.setdefault(before.id if before else None, []).append(_stand_in(next(numbers), event, before))
        elif secret.covers_field("dated"):
            moved = _without(event, secret, before.dated if before else FIRST_DAY)
            found.setdefault(before.id if before else None, []).append(moved)
        else:
            before = _without(event, secret)
    return found


def _stand_in(number: int, event: Event, before: Event | None) -> Event:
    """Returns a step that says nothing but where it leads, there whenever the step before it is."""
    return Development.model_construct(
        id=f"{_STEP}{number}",
        title=Text.of(WITHHELD),
        dated=before.dated if before else FIRST_DAY,
        published=became_known(before) if before else FIRST_DAY,
        moves_to=event.moves_to,
        withhold=("all",),
    )


def _without(event: Event, secret: Withholding, dated: FuzzyDate = UNDATED) -> Event:
    """Returns an event without the fields and items that are withheld; `withhold` goes on naming the fields alone.

    `dated` stands for its date where that is withheld.
    """
    if secret == NOTHING:
        return event
    known = type(event).model_fields
    emptied = {name: known[name].default for name in secret.fields if name in known}
    emptied |= dict(_fewer(event, secret))
    if "title" in emptied:
        emptied["title"] = Text.of(WITHHELD)
    if "dated" in emptied:
        emptied |= {"dated": dated, "also_dated": ()}
    if event.moves_to and "moves_to" not in secret.fields:
        emptied.pop("context", None)  # whether it is a step shows in the stage
    copied = event.model_copy(update={**emptied, "withhold": tuple(sorted(secret.fields & {*known, "kind"}))})
    for reckoned in copied.__dict__.keys() - known.keys():  # what was reckoned from the whole event and kept
        del copied.__dict__[reckoned]
    return copied


def _fewer(event: Event, secret: Withholding) -> Iterator[tuple[str, object]]:
    """Yields the lists of which only some items are withheld, and what else is stated of fields that are not."""
    for name in sorted({field for field, _ in secret.items} - secret.fields):
        yield name, tuple(each for each in getattr(event, name, ()) if (name, each.id) not in secret.items)
    if "also_stated" not in secret.fields:
        yield "also_stated", tuple(each for each in event.also_stated if not secret.covers_field(each.field))


def _as_read(event: Event, redaction: Redaction) -> str:
    """All that anybody may know of an event, to put several in an order by whose ids nobody may know."""
    told = {name: getattr(event, name) for name in type(event).model_fields if name not in {"id", "withhold"}}
    return redaction.without(f"{event.kind} {told!r}")
