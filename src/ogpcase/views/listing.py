"""All cases in short: where each stands, since when, and how many requests are open."""

from __future__ import annotations

from dataclasses import dataclass

from ogpcase.model.casefile import CaseFile
from ogpcase.policy.lifecycle import standing
from ogpcase.views.asks import visible_asks
from ogpcase.views.heading import Days, Heading, heading_of, spans_of
from ogpcase.views.shown import Reader, Shown


@dataclass(frozen=True, slots=True)
class ListedCase:
    """One case in a list: its heading, how long it has been in its stage, and counts of events and open requests.

    `elsewhere` are the languages its texts are shown in since they are not recorded in `language`, the one asked for.
    """

    heading: Heading
    in_stage: Days | None
    events: int
    open_asks: int
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


def listed_case(case: CaseFile, reader: Reader) -> ListedCase:
    """Returns the case as a line of a list, on the reader's day."""
    shown = Shown(case, reader)
    stood = standing(case, reader.on)
    spans = spans_of(shown, stood)
    there = [event for event in case.events if event.dated.possible_by(reader.on) and not shown.hides(event)]
    asks = [ask for ask in visible_asks(shown) if ask.open and not ask.duty]
    in_stage = spans[-1].days if spans else None
    heading = heading_of(shown, stood)
    return ListedCase(heading, in_stage, len(there), len(asks), reader.language, shown.elsewhere())
