"""How far commitments were found to be completed, and by which source: what there was of it on the reader's day."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.events import Commitment, Event
from ogpcase.model.parts import Assessment
from ogpcase.values import frozen
from ogpcase.views.shown import Shown
from ogpcase.views.sources_named import source_named


@frozen
class ShownAssessment:
    """An assessment: by whom, of which date, what it found, and where it was read.

    `certain` is false where its date leaves open whether it was there on the reader's day.
    """

    by: str
    office: str | None
    dated: str
    completion: str
    source: str | None
    source_title: str | None
    certain: bool


def seen_assessments(shown: Shown, event: Event) -> tuple[Assessment, ...]:
    """Returns the assessments of a commitment that there may have been on the reader's day."""
    assessments = event.assessments if isinstance(event, Commitment) else ()
    return tuple(each for each in assessments if _possible(shown, each))


def assessments_of(shown: Shown, event: Event) -> Iterator[ShownAssessment]:
    """Yields the assessments of a commitment by date, those without one last."""
    for each in sorted(seen_assessments(shown, event), key=lambda one: one.dated.sort_key):
        title = source_named(shown, event, each.source) if each.source else None
        yield ShownAssessment(
            shown.name(each.by), each.by.office, each.dated.text, str(each.completion), each.source, title,
            _certain(shown, each),
        )  # fmt: skip


def _possible(shown: Shown, each: Assessment) -> bool:
    known_by = shown.reader.known_by
    return each.dated.possible_by(shown.reader.on) and (known_by is None or each.dated.possible_by(known_by))


def _certain(shown: Shown, each: Assessment) -> bool:
    """An assessment says when it was made, not when it became known: by a day of knowing it is never certain."""
    return shown.reader.known_by is None and each.dated.certain_by(shown.reader.on)
