"""Doubts about facts: stated otherwise by another source, not known, or given by no source."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.codelists import Addressed, Completion, Conclusion, Credibility, Relevance, ReportType, Stage
from ogpcase.model.events import Commitment, Concern, Development, Event, Letter, Report, Statement
from ogpcase.model.ids import Reference
from ogpcase.model.parties import UNKNOWN, NamedParty, is_unknown
from ogpcase.model.publication import ABOUT_PUBLICATION
from ogpcase.model.questions import fields_of
from ogpcase.policy.actors import acts_for
from ogpcase.reports.doubts.doubt import About, Doubt, DoubtedEvent, SaidBy, copy_of
from ogpcase.reports.shown import Shown
from ogpcase.reports.sources.rows import givers, recorded, source_named, stated

_WHO = {
    "filers": "who files it",
    "senders": "who sends it",
    "issued_by": "who issues it",
    "authors": "who wrote it",
    "adopted_by": "which body adopted it",
    "by": "which body decides",
    "lead": "who leads it",
    "participants": "who took part",
    "addressees": "to whom it is sent",
    "copied": "who gets a copy",
    "signatories": "who signed it",
}


def fact_doubts(seen: DoubtedEvent) -> Iterator[Doubt]:
    """Yields the doubts about what an event's record says, or leaves open."""
    yield from _stated_otherwise(seen)
    yield from _counts(seen)
    yield from _nobody_named(seen)
    yield from _concern(seen)
    yield from _position(seen)
    yield from _report(seen)
    yield from _assessments(seen)


def _stated_otherwise(seen: DoubtedEvent) -> Iterator[Doubt]:
    shown, event = seen.shown, seen.event
    for each in event.also_stated if seen.sound("also_stated") else ():
        field, _, item = each.field.partition("#")
        if field not in {known.name for known in fields_of(event.kind)} or not seen.sound(field):
            continue
        other = stated(shown, each.value)
        values = (
            SaidBy(recorded(shown, event, field), givers(shown, event, each.field, {each.source})),
            SaidBy(other, (source_named(shown, event, each.source),)),
        )
        said = "; ".join(f"{one.value} in {', '.join(one.sources)}" for one in values)
        yield seen.doubt(About.FACT_DISAGREES, field, said, copy_of(event), item=item or None, values=values)


def _counts(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    for field, count, about in (
        ("filers", "filer_count", About.FILERS_NOT_ALL_NAMED),
        ("signatories", "signatory_count", About.SIGNATORIES_NOT_ALL_NAMED),
    ):
        number = getattr(event, count, None)
        named = sum(not is_unknown(each) for each in getattr(event, field, ()))
        if number is not None and number > named and seen.sound(field, count):
            names = (
                "the filers' names in the Letter of Concern"
                if field == "filers"
                else f"{copy_of(event)} with all names"
            )
            yield seen.doubt(about, field, f"{number} as stated, {named} named", names)


def _nobody_named(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    acting = event.acting
    for field in fields_of(event.kind):
        if field.shape != "party" or not seen.sound(field.name):
            continue
        parties = getattr(event, field.name)
        if any(map(is_unknown, parties)) and not _counted(event, field.name):
            yield _unnamed(seen, field.name, acts=field.name in acting and _is_acting(event, field.name))
    if not isinstance(event, Development) and not event.actors and seen.sound(*acting):
        yield _unnamed(seen, acting[-1], acts=True)
    for name in ("requests", "milestones"):
        for request in getattr(event, name, ()):
            if any(map(is_unknown, request.asked_of)) and seen.sound(name):
                settled = f"{copy_of(event)}, which names who is asked"
                yield seen.doubt(About.PARTY_UNKNOWN, name, "who is asked is not named", settled, item=request.id)


def _counted(event: Event, field: str) -> bool:
    """True where the number as stated says already that not all are named."""
    count = {"filers": "filer_count", "signatories": "signatory_count"}.get(field)
    return count is not None and getattr(event, count, None) is not None


def _is_acting(event: Event, field: str) -> bool:
    return next((name for name in event.acting if getattr(event, name)), None) == field


def _unnamed(seen: DoubtedEvent, field: str, *, acts: bool) -> Doubt:
    about = About.LEAD_UNKNOWN if field == "lead" else About.ACTOR_UNKNOWN if acts else About.PARTY_UNKNOWN
    named = "named" if getattr(seen.event, field) else "recorded"
    return seen.doubt(about, field, f"{_WHO[field]} is not {named}", f"a source that says {_WHO[field]}")


def _concern(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    if not isinstance(event, Concern) or event.context or event.addendum_to is not None:
        return
    grounds = bool(event.grounds) or any(each.grounds for each in event.allegations)
    if not grounds and seen.sound("grounds", "allegations"):
        yield seen.doubt(About.GROUNDS_UNKNOWN, "grounds", "no grounds are recorded", copy_of(event))
    if not event.allegations and seen.sound("allegations"):
        yield seen.doubt(About.ALLEGATIONS_UNKNOWN, "allegations", "no allegation is recorded", copy_of(event))


def _position(seen: DoubtedEvent) -> Iterator[Doubt]:
    """The government replies to the Concern, and what it says of the allegations is not recorded."""
    event = seen.event
    if not isinstance(event, Letter | Statement) or event.context or event.replies:
        return
    sender = event.acting[0]
    if not seen.sound("replies", "in_reply_to", sender) or acts_for("subject", event, seen.shown.case) is not True:
        return
    for concern in filter(None, (_concern_at(seen, each) for each in event.in_reply_to)):
        said = f"replies to {concern.id}; what it says of the allegations is not recorded"
        yield seen.doubt(About.POSITION_UNKNOWN, "replies", said, copy_of(event))


def _concern_at(seen: DoubtedEvent, reference: Reference) -> Concern | None:
    """Returns the Concern that a reference points to."""
    shown = seen.shown
    found = shown.case.event_by_id.get(reference.event) if shown.case.owns(reference) else None
    return found if isinstance(found, Concern) and DoubtedEvent(shown, found).sound("allegations") else None


def _report(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    if not isinstance(event, Report):
        return
    review = event.report_type is ReportType.REVIEW_REPORT or Stage.REPORT_ADOPTED in event.moves_to
    unsaid = event.conclusion is Conclusion.UNKNOWN or (event.conclusion is None and review and not event.context)
    if unsaid and seen.sound("conclusion", "report_type", "moves_to"):
        settled = "a copy of the report, or a decision that says what it concludes"
        yield seen.doubt(About.CONCLUSION_UNKNOWN, "conclusion", "what it concludes is not known", settled)
    for finding in event.findings if seen.sound("findings") else ():
        unknown = [name for name in _FOUND if getattr(finding, name) in _FOUND_UNKNOWN]
        if unknown:
            said = f"{' and '.join(unknown)} of {finding.about}"
            yield seen.doubt(About.FINDING_UNKNOWN, "findings", said, "a copy of the report")


_FOUND = ("relevance", "credibility", "addressed")
_FOUND_UNKNOWN = (Relevance.UNKNOWN, Credibility.UNKNOWN, Addressed.UNKNOWN)


def _assessments(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    for each in event.assessments if isinstance(event, Commitment) and seen.sound("assessments") else ():
        if each.completion is Completion.UNKNOWN and each.dated.possible_by(seen.shown.reader.on):
            said = f"as assessed by {seen.shown.name(each.by)}, {each.dated.text}"
            yield seen.doubt(About.COMPLETION_UNKNOWN, "assessments", said, "a copy of the assessment")


OUR_OWN = frozenset({
    "kind", "title", "summary", "text", "also_dated", "also_stated", "context", "policy_version", "departure",
    "sources", *ABOUT_PUBLICATION,
})  # fmt: skip
"""Fields that are our own words, or that name their source themselves: no source gives them."""
_SETTLED = "the source it was read in, with the field under its `gives`"


def source_doubts(seen: DoubtedEvent) -> Iterator[Doubt]:
    """Yields a doubt for an event without a source, a departure without one, and each fact that no source gives.

    Facts are only asked for where every source of the event says what it gives: any other may give them all.
    """
    event = seen.event
    if not seen.sound("sources"):
        return
    if not event.sources:
        yield seen.doubt(About.NO_SOURCE, "sources", "no source is named", "any source that tells of it")
    for each in event.departure if seen.sound("departure") else ():
        if not each.sources:
            settled = "a source that shows that the step was taken so"
            yield seen.doubt(About.DEPARTURE_WITHOUT_SOURCE, "departure", seen.shown.text(each.because), settled)
    if event.sources and all(source.gives for source in event.sources):
        yield from _not_given(seen, {name for source in event.sources for name in source.gives})


def _not_given(seen: DoubtedEvent, given: set[str]) -> Iterator[Doubt]:
    for field in fields_of(seen.event.kind):
        if field.name in given or not seen.sound(field.name) or not _is_fact(seen, field.name):
            continue
        word = field.name.replace("_", " ")
        items = [item for item, name, _ in seen.event.items() if name == field.name]
        if not any(f"{field.name}#{item}" in given for item in items):
            said = f"{word} ({recorded(seen.shown, seen.event, field.name)})"
            yield seen.doubt(About.FACT_WITHOUT_SOURCE, field.name, said, _SETTLED)
            continue
        for item in items:
            if f"{field.name}#{item}" not in given:
                yield seen.doubt(About.FACT_WITHOUT_SOURCE, field.name, f"one of the {word}", _SETTLED, item=item)


def _is_fact(seen: DoubtedEvent, field: str) -> bool:
    """True for a field that says something which only a source can know."""
    event = seen.event
    value = getattr(event, field)
    if field in OUR_OWN or value in (None, (), False) or _says_unknown(value):
        return False
    if field == "moves_to":  # that a Concern opens the case needs no source of its own
        return not isinstance(event, Concern)
    return field != "follows" or _decides_order(seen.shown, event)


def _says_unknown(value: object) -> bool:
    several = value if isinstance(value, tuple) else (value,)
    return all((each.party if isinstance(each, NamedParty) else str(each)) == UNKNOWN for each in several)


def _decides_order(shown: Shown, event: Event) -> bool:
    """True where the dates alone would leave open what the record says: that it comes after another."""
    others = (shown.case.event_by_id.get(each.event) for each in event.follows if shown.case.owns(each))
    return any(other is not None and not other.dated.certainly_before(event.dated) for other in others)
