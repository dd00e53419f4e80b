"""Doubts about the case's course: steps that may not have been taken, in an open order, or by rules nobody verified."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ogpcase.model.codelists import OTHER_WORDS, Stage, Track
from ogpcase.model.events import Event
from ogpcase.model.parties import folded
from ogpcase.policy.lifecycle import Standing, Step, version_of
from ogpcase.reports.doubts.doubt import About, Doubt, DoubtedEvent, SaidBy
from ogpcase.reports.shown import Shown
from ogpcase.reports.sources.rows import givers


def header_doubts(shown: Shown) -> Iterator[Doubt]:
    """Yields a doubt where no version of the policy is named, though the case is under the Response Policy."""
    header = shown.case.header
    if header is not None and header.track is Track.RESPONSE_POLICY and header.policy_version is None:
        case = shown.case.id
        settled = "a source that names the version in force when the Concern was filed"
        said = "the version in force at filing is not recorded"
        yield Doubt(case, About.VERSION_UNKNOWN, "step", case, None, "policy_version", said, settled, certain=True)


def perhaps_moving(stood: Standing) -> dict[str, tuple[Step, ...]]:
    """Returns by event the merely possible steps that would change the stage; none where they would not."""
    last = max((place for place, step in enumerate(stood.steps) if step.certain), default=-1)
    possible = stood.steps[last + 1 :] if stood.perhaps is not None else ()
    return {step.event.id: tuple(each for each in possible if each.event is step.event) for step in possible}


def step_doubts(seen: DoubtedEvent, stood: Standing) -> Iterator[Doubt]:
    """Yields the doubts about the steps that an event makes."""
    if not seen.sound("moves_to"):
        return
    if taken := perhaps_moving(stood).get(seen.event.id):
        yield from _perhaps(seen, taken[-1])
    if seen.sound("departure"):
        yield from _departures(seen)
        yield from _not_verified(seen, stood)
    if seen.sound("dated"):
        yield from _order_open(seen, stood)
    if seen.event.as_stated_status and seen.sound("as_stated_status"):
        yield from _as_stated(seen, stood, seen.event.as_stated_status)


def _perhaps(seen: DoubtedEvent, step: Step) -> Iterator[Doubt]:
    event, reader = seen.event, seen.shown.reader
    if not seen.sound("dated"):
        return
    if event.dated.form == "unknown":
        said, settled = "undated", "a source that gives the day, or bounds it"
    elif not event.dated.certain_by(reader.on):
        said, settled = f"{event.dated.text}, which may be after {reader.on}", "a source that gives the day"
    else:
        said = f"{event.dated.text}; whether it was known by {reader.known_by} is not recorded"
        settled = "a source that says when it became known"
    yield seen.doubt(About.PERHAPS_MOVED, "moves_to", f"would move the case to `{step.end}`: {said}", settled)


def _departures(seen: DoubtedEvent) -> Iterator[Doubt]:
    settled = "the policy's own text on this step, or OGP's word on why it was taken"
    for each in seen.event.departure:
        yield seen.doubt(About.DEPARTURE, "departure", seen.shown.text(each.because), settled)


def _not_verified(seen: DoubtedEvent, stood: Standing) -> Iterator[Doubt]:
    version = version_of(seen.shown.case, seen.event)
    for step in stood.steps:
        if step.event is seen.event and step.move and not step.move.verified and not seen.event.departure and version:
            said = f"`{step.start}` to `{step.end}`: not verified in the {version.version} version (evidence U)"
            yield seen.doubt(About.RULE_NOT_VERIFIED, "moves_to", said, "the policy's own text on this move")


def _order_open(seen: DoubtedEvent, stood: Standing) -> Iterator[Doubt]:
    """The step before it, in the case's order, may have come after it."""
    moving = list({step.event.id: step.event for step in stood.steps}.values())
    for before, after in pairwise(moving):
        if after is not seen.event or not _is_open(before, after):
            continue
        other = DoubtedEvent(seen.shown, before)
        if not other.sound("dated", "moves_to"):
            continue
        said = f"{after.dated.text}; {before.id} is dated {before.dated.text}"
        settled = "a source that gives both days, or says which of the two follows the other"
        yield seen.doubt(About.ORDER_OPEN, "dated", said, settled)


def _is_open(one: Event, other: Event) -> bool:
    if "unknown" in (one.dated.form, other.dated.form) or not one.dated.may_overlap(other.dated):
        return False
    linked = {reference.event for event in (one, other) for _, reference in event.precursors()}
    return one.id not in linked and other.id not in linked


def _as_stated(seen: DoubtedEvent, stood: Standing, word: str) -> Iterator[Doubt]:
    """The source's word is that of other stages than the one that the records lead to by then."""
    shown, event = seen.shown, seen.event
    stage = _stage_after(shown, stood, event)
    meant = _meant(shown, event, word)
    judged = shown.reader.moment.certain(event) and version_of(shown.case, event) is not None
    if not judged or not meant or stage in meant:
        return
    values = (
        SaidBy(word, givers(shown, event, "as_stated_status")),
        SaidBy(str(stage), ("the recorded steps",)),
    )
    said = f"{values[0].value} in {', '.join(values[0].sources)}; the recorded steps lead to `{stage}`"
    settled = "the paper that took the step, or a later state of that source"
    yield seen.doubt(About.AS_STATED_DIFFERS, "as_stated_status", said, settled, values=values)


def _stage_after(shown: Shown, stood: Standing, event: Event) -> Stage:
    places = {each.id: place for place, each in enumerate(shown.case.events)}
    ends = [step.end for step in stood.steps if step.certain and places[step.event.id] <= places[event.id]]
    return ends[-1] if ends else Stage.NOT_FILED


def _meant(shown: Shown, event: Event, word: str) -> frozenset[Stage]:
    """Returns the stages that a source's own word may stand for; none where it is nobody's word for a stage."""
    said = folded(word).replace("_", " ")
    version = version_of(shown.case, event)
    if said == "closed":
        return frozenset(stage for stage in Stage if stage.ends)
    found = {stage for other, stage in OTHER_WORDS.items() if said == other.replace("_", " ")}
    for stage in Stage:
        words = {stage.replace("_", " "), folded(stage.label), folded(version.word_for(stage)) if version else ""}
        if said in words - {"unknown", ""}:
            found.add(stage)
    return frozenset(found)
