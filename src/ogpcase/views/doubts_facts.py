"""Doubts about facts: stated otherwise by another source, or not known: who acted, what was found, on what grounds."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.model.codelists import Addressed, Completion, Conclusion, Credibility, Relevance, ReportType, Stage
from ogpcase.model.events import Commitment, Concern, Development, Event, Letter, Report, Statement
from ogpcase.model.fields import ACTING, fields_of
from ogpcase.model.ids import Reference
from ogpcase.model.parties import is_unknown
from ogpcase.policy.actors import acts_for
from ogpcase.views.doubts_values import About, Doubt, SaidBy, Seen, copy_of
from ogpcase.views.sources_named import givers, recorded, source_named, stated

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


def fact_doubts(seen: Seen) -> Iterator[Doubt]:
    """Yields the doubts about what an event's record says, or leaves open."""
    yield from _stated_otherwise(seen)
    yield from _counts(seen)
    yield from _nobody_named(seen)
    yield from _concern(seen)
    yield from _position(seen)
    yield from _report(seen)
    yield from _assessments(seen)


def _stated_otherwise(seen: Seen) -> Iterator[Doubt]:
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


def _counts(seen: Seen) -> Iterator[Doubt]:
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


def _nobody_named(seen: Seen) -> Iterator[Doubt]:
    event = seen.event
    acting = ACTING[event.kind]
    for field in fields_of(event.kind):
        if field.shape != "parties" or not seen.sound(field.name):
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
    return next((name for name in ACTING[event.kind] if getattr(event, name)), None) == field


def _unnamed(seen: Seen, field: str, *, acts: bool) -> Doubt:
    about = About.LEAD_UNKNOWN if field == "lead" else About.ACTOR_UNKNOWN if acts else About.PARTY_UNKNOWN
    named = "named" if getattr(seen.event, field) else "recorded"
    return seen.doubt(about, field, f"{_WHO[field]} is not {named}", f"a source that says {_WHO[field]}")


def _concern(seen: Seen) -> Iterator[Doubt]:
    event = seen.event
    if not isinstance(event, Concern) or event.context or event.addendum_to is not None:
        return
    grounds = bool(event.grounds) or any(each.grounds for each in event.allegations)
    if not grounds and seen.sound("grounds", "allegations"):
        yield seen.doubt(About.GROUNDS_UNKNOWN, "grounds", "no grounds are recorded", copy_of(event))
    if not event.allegations and seen.sound("allegations"):
        yield seen.doubt(About.ALLEGATIONS_UNKNOWN, "allegations", "no allegation is recorded", copy_of(event))


def _position(seen: Seen) -> Iterator[Doubt]:
    """The government replies to the Concern, and what it says of the allegations is not recorded."""
    event = seen.event
    if not isinstance(event, Letter | Statement) or event.context or event.replies:
        return
    sender = ACTING[event.kind][0]
    if not seen.sound("replies", "in_reply_to", sender) or acts_for("subject", event, seen.shown.case) is not True:
        return
    for concern in filter(None, (_concern_at(seen, each) for each in event.in_reply_to)):
        said = f"replies to {concern.id}; what it says of the allegations is not recorded"
        yield seen.doubt(About.POSITION_UNKNOWN, "replies", said, copy_of(event))


def _concern_at(seen: Seen, reference: Reference) -> Concern | None:
    """Returns the Concern that a reference points to."""
    shown = seen.shown
    found = shown.case.event_by_id.get(reference.event) if shown.case.owns(reference) else None
    return found if isinstance(found, Concern) and Seen(shown, found).sound("allegations") else None


def _report(seen: Seen) -> Iterator[Doubt]:
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


def _assessments(seen: Seen) -> Iterator[Doubt]:
    event = seen.event
    for each in event.assessments if isinstance(event, Commitment) and seen.sound("assessments") else ():
        if each.completion is Completion.UNKNOWN and each.dated.possible_by(seen.shown.reader.on):
            said = f"as assessed by {seen.shown.name(each.by)}, {each.dated.text}"
            yield seen.doubt(About.COMPLETION_UNKNOWN, "assessments", said, "a copy of the assessment")
