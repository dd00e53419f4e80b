"""What a reader of a case cannot rely on: what is contradicted, uncertain or unsourced, and what would settle it.

What is not there yet on the reader's day leaves no doubt behind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.policy.lifecycle import Standing, standing
from ogpcase.reports.doubts.course import answer_doubts, header_doubts, perhaps_moving, step_doubts, term_doubts
from ogpcase.reports.doubts.dates import date_doubts
from ogpcase.reports.doubts.doubt import TOUCHES, WHATS, About, Doubt, DoubtedEvent, SaidBy, Touches, What
from ogpcase.reports.doubts.facts import fact_doubts, source_doubts
from ogpcase.reports.heading.rows import Heading, heading_of
from ogpcase.reports.shown import Shown

__all__ = ["TOUCHES", "WHATS", "About", "Doubt", "Doubts", "SaidBy", "Touches", "What", "counts_of", "doubts_of"]


class Doubts(NamedTuple):
    """A case's doubts, the gravest first: contradicted, uncertain, unsourced, and in each the steps before the rest.

    `elsewhere` are the languages that texts are shown in since they are not recorded in `language`, the one asked for.
    """

    heading: Heading
    doubts: tuple[Doubt, ...]
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


def doubts_of(case: CaseFile, reader: Reader) -> Doubts:
    """Returns what the reader of a case has reason to doubt on the reader's day."""
    shown = Shown(case, reader)
    stood = standing(shown.case, reader.moment)
    places = {event.id: place for place, event in enumerate(shown.case.events)}

    def weight(doubt: Doubt) -> tuple[int, int, int, int]:
        place = places.get(doubt.reference.partition("#")[0], len(places))
        return (
            WHATS.index(doubt.what), TOUCHES.index(doubt.touches), list(About).index(doubt.about), place
        )  # fmt: skip

    found = tuple(sorted(_doubts(shown, stood), key=weight))
    return Doubts(heading_of(shown, stood), found, reader.language, shown.elsewhere())


def counts_of(doubts: tuple[Doubt, ...]) -> dict[What, int]:
    """Returns how many doubts of each sort there are, those of which there are none included."""
    counted = Counter(doubt.what for doubt in doubts)
    return {what: counted[what] for what in WHATS}


def _doubts(shown: Shown, stood: Standing) -> Iterator[Doubt]:
    yield from header_doubts(shown)
    moving = perhaps_moving(stood)
    for event in shown.events():
        seen = DoubtedEvent(shown, event)
        yield from step_doubts(seen, stood)
        yield from date_doubts(seen, moving=event.id in moving and seen.sound("moves_to"))
        yield from fact_doubts(seen)
        yield from term_doubts(seen)
        yield from source_doubts(seen)
    yield from answer_doubts(shown)
