"""Doubts about facts and dates: stated otherwise by another source, not known, not sure, or given by no source."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date

from ogpcase.model.codelists import Addressed, CodeList, Completion, Credibility, Kind, Relevance
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Commitment, Concern, Development, Event, Letter, Report, Resolution, Statement
from ogpcase.model.ids import Reference
from ogpcase.model.items import AlsoStated
from ogpcase.model.parties import UNKNOWN, NamedParty, is_unknown
from ogpcase.model.publication import ABOUT_PUBLICATION
from ogpcase.model.questions import fields_of
from ogpcase.model.spans import bounds_in_words
from ogpcase.model.table_codes import TableCode
from ogpcase.output.messages import _, marked, ngettext
from ogpcase.output.words import all_of, any_of, apart, before
from ogpcase.policy.actors import acts_for
from ogpcase.policy.lifecycle import brings_report
from ogpcase.policy.procedures import SUBJECT, procedure_of
from ogpcase.reports.doubts.doubt import About, Doubt, DoubtedEvent, SaidBy
from ogpcase.reports.shown import Shown, contradicted, field_words, givers, recorded, source_named, stated

_WHO = {
    "filers": marked("who files it"),
    "senders": marked("who sends it"),
    "issued_by": marked("who issues it"),
    "authors": marked("who wrote it"),
    "adopted_by": marked("which body adopted it"),
    "by": marked("which body decides"),
    "lead": marked("who leads it"),
    "participants": marked("who took part"),
    "addressees": marked("to whom it is sent"),
    "copied": marked("who gets a copy"),
    "signatories": marked("who signed it"),
    "on_behalf_of": marked("for whom it acts"),
}


def fact_doubts(seen: DoubtedEvent) -> Iterator[Doubt]:
    """Yields the doubts about the facts in an event's record, and about facts that it lacks."""
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
        own = getattr(event, field)
        mine = own if isinstance(own, CodeList | TableCode) else recorded(shown, event, field)
        other = SaidBy(_otherwise(shown, event, each), (source_named(shown, event, each.source),))
        values = (SaidBy(mine, givers(shown, event, each.field, {each.source})), other)
        yield seen.doubt(About.FACT_DISAGREES, field, _by_source(values), seen.copy, item=item or None, values=values)


def _otherwise(shown: Shown, event: Event, other: AlsoStated) -> str:
    """Returns what another source states: a single code as it is, several in words."""
    field = other.field.partition("#")[0]
    words = [_code(event, field, word) or stated(shown, word) for word in other.value]
    return words[0] if len(words) == 1 else ", ".join(SaidBy(word, ()).in_words for word in words)


def _by_source(values: Iterable[SaidBy]) -> str:
    return apart(_("{value} in {sources}", value=one.in_words, sources=", ".join(one.sources)) for one in values)


def _code(event: Event, field: str, word: str) -> CodeList | TableCode | None:
    """Returns the code of a field that a source states; None where it is no code of this field."""
    holds = next((each.holds for each in fields_of(event.kind) if each.name == field), str)
    if issubclass(holds, TableCode):
        return holds(word) if word in holds.codes() else None
    return holds.of(word) if issubclass(holds, CodeList) else None


_COUNTS = {
    "filers": ("filer_count", About.FILERS_NOT_ALL_NAMED),
    "signatories": ("signatory_count", About.SIGNATORIES_NOT_ALL_NAMED),
}
"""Fields of parties whose number is stated when not all are named."""


def _counts(seen: DoubtedEvent) -> Iterator[Doubt]:
    for field, (count, about) in _COUNTS.items():
        number = getattr(seen.event, count, None)
        named = sum(not is_unknown(party) for party in getattr(seen.event, field, ()))
        if number is not None and number > named and seen.sound(field, count):
            copy = _("{paper} with all names", paper=seen.copy)
            names = _("the filers' names in the Letter of Concern") if field == "filers" else copy
            said = ngettext(
                "{number} as stated, {named} named", "{number} as stated, {named} named", number, named=named
            )
            yield seen.doubt(about, field, said, names)


def _nobody_named(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    acting = event.acting
    names_the_actor = next((name for name in acting if getattr(event, name)), None)
    for field in fields_of(event.kind):
        if field.shape != "party" or not seen.sound(field.name):
            continue
        parties = getattr(event, field.name)
        count = _COUNTS.get(field.name, ("", None))[0]
        if any(map(is_unknown, parties)) and getattr(event, count, None) is None:
            yield _unnamed(seen, field.name, acts=field.name == names_the_actor)
    if not isinstance(event, Development) and not event.actors and seen.sound(*acting):
        yield _unnamed(seen, acting[-1], acts=True)
    for name in ("requests", "milestones"):
        for request in getattr(event, name, ()):
            if any(is_unknown(party) and not party.called for party in request.asked_of) and seen.sound(name):
                settled = _("{paper}, which names who is asked", paper=seen.copy)
                yield seen.doubt(About.PARTY_UNKNOWN, name, _("who is asked is not named"), settled, item=request.id)


def _unnamed(seen: DoubtedEvent, field: str, *, acts: bool) -> Doubt:
    about = About.LEAD_UNKNOWN if field == "lead" else About.ACTOR_UNKNOWN if acts else About.PARTY_UNKNOWN
    who, parties = _(_WHO[field]), getattr(seen.event, field)
    missing = marked("{who} is not named") if parties else marked("{who} is not recorded")
    said = missing if all(map(is_unknown, parties)) else marked("not everybody is named: {who}")
    return seen.doubt(about, field, _(said, who=who), _("a source that says {who}", who=who))


def _concern(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    if not isinstance(event, Concern) or event.context or event.addendum_to is not None:
        return
    grounds = bool(event.grounds) or any(allegation.grounds for allegation in event.allegations)
    if not grounds and seen.sound("grounds", "allegations"):
        yield seen.doubt(About.GROUNDS_UNKNOWN, "grounds", _("no grounds are recorded"), seen.copy)
    if not event.allegations and seen.sound("allegations"):
        yield seen.doubt(About.ALLEGATIONS_UNKNOWN, "allegations", _("no allegation is recorded"), seen.copy)


def _position(seen: DoubtedEvent) -> Iterator[Doubt]:
    """True if the government replies to the Concern, but its words on the allegations are not recorded."""
    event = seen.event
    if not isinstance(event, Letter | Statement) or event.context or event.replies:
        return
    sender = event.acting[0]
    if not seen.sound("replies", "in_reply_to", sender) or acts_for(SUBJECT, event, seen.shown.case) is not True:
        return
    for concern in filter(None, (_concern_at(seen, each) for each in event.in_reply_to)):
        said = _("replies to {concern}; what it says of the allegations is not recorded", concern=concern.id)
        yield seen.doubt(About.POSITION_UNKNOWN, "replies", said, seen.copy)


def _concern_at(seen: DoubtedEvent, reference: Reference) -> Concern | None:
    shown = seen.shown
    found = shown.case.event_by_id.get(reference.event) if shown.case.owns(reference) else None
    return found if isinstance(found, Concern) and DoubtedEvent(shown, found).sound("allegations") else None


def _report(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    if not isinstance(event, Report):
        return
    case = seen.shown.case
    review = procedure_of(case).has_report_type(event.report_type) or brings_report(case, event)
    unsaid = event.conclusion == UNKNOWN or (event.conclusion is None and review and not event.context)
    if unsaid and seen.sound("conclusion", "report_type", "moves_to"):
        settled = _("a copy of the report, or a decision that says what it concludes")
        yield seen.doubt(About.CONCLUSION_UNKNOWN, "conclusion", _("what it concludes is not known"), settled)
    for finding in event.findings if seen.sound("findings") else ():
        unknown = [name for name, found in finding.grades.items() if found in _FOUND_UNKNOWN]
        if unknown:
            said = _("{fields} of {about}", fields=all_of(map(field_words, unknown)), about=finding.about)
            yield seen.doubt(About.FINDING_UNKNOWN, "findings", said, _("a copy of the report"))


_FOUND_UNKNOWN = (Relevance.UNKNOWN, Credibility.UNKNOWN, Addressed.UNKNOWN)


def _assessments(seen: DoubtedEvent) -> Iterator[Doubt]:
    event = seen.event
    for assessment in event.assessments if isinstance(event, Commitment) and seen.sound("assessments") else ():
        if assessment.completion is Completion.UNKNOWN and assessment.dated.possible_by(seen.shown.reader.on):
            by, dated = seen.shown.name(assessment.by), assessment.dated.text
            said = _("as assessed by {name}, {dated}", name=by, dated=dated)
            yield seen.doubt(About.COMPLETION_UNKNOWN, "assessments", said, _("a copy of the assessment"))


OUR_OWN = frozenset({
    "kind", "title", "summary", "text", "also_dated", "also_stated", "context", "policy_version", "departure",
    "sources", "paper", "told_by", "inferred", "aliases", *ABOUT_PUBLICATION,
})  # fmt: skip
"""Fields that need no source, since they are our own words or name their source themselves."""
_SETTLED = marked("the source it was read in, with the field under its `gives`")


def source_doubts(seen: DoubtedEvent) -> Iterator[Doubt]:
    """Yields a doubt for an event without a source, a departure without one, and each fact that no source gives.

    Facts are checked only where every source of the event says which fields it gives; a source that does not say may
    give them all.
    """
    event = seen.event
    if not seen.sound("sources"):
        return
    if not event.sources:
        yield seen.doubt(About.NO_SOURCE, "sources", _("no source is named"), _("any source that tells of it"))
    for field in event.inferred if seen.sound("inferred") else ():
        name, *item = field.split("#", 1)
        said = before(field_words(field)) + _("no source states it in words")
        yield seen.doubt(About.INFERRED, name, said, _("a source that states it"), item=item[0] if item else None)
    for departure in event.departure if seen.sound("departure") else ():
        if not departure.sources:
            settled = _("a source that shows that the step was taken so")
            yield seen.doubt(About.DEPARTURE_WITHOUT_SOURCE, "departure", seen.shown.text(departure.because), settled)
    if event.sources and all(source.gives for source in event.sources):
        given = {name for source in event.sources for name in source.gives}
        yield from _not_given(seen, given | set(event.inferred))


def _not_given(seen: DoubtedEvent, given: set[str]) -> Iterator[Doubt]:
    for field in fields_of(seen.event.kind):
        if field.name in given or not seen.sound(field.name) or not _is_fact(seen, field.name):
            continue
        word = field_words(field.name)
        items = [item for item, name, _ in seen.event.items() if name == field.name]
        if not any(f"{field.name}#{item}" in given for item in items):
            value = getattr(seen.event, field.name)
            several = value if isinstance(value, tuple) else (value,)
            labels = [_(each.label) for each in several if isinstance(each, CodeList | TableCode)]
            said = f"{word} ({', '.join(labels) or recorded(seen.shown, seen.event, field.name)})"
            yield seen.doubt(About.FACT_WITHOUT_SOURCE, field.name, said, _(_SETTLED))
            continue
        for item in items:
            if f"{field.name}#{item}" not in given:
                said = _("one of the {field}", field=word)
                yield seen.doubt(About.FACT_WITHOUT_SOURCE, field.name, said, _(_SETTLED), item=item)


def _is_fact(seen: DoubtedEvent, field: str) -> bool:
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
    """True if only `follows`, not a date, shows that the event comes after another."""
    others = (shown.case.event_by_id.get(each.event) for each in event.follows if shown.case.owns(each))
    return any(other is not None and not other.dated.certainly_before(event.dated) for other in others)


_THE_DAY = marked("a source that gives the day")
_SURE = marked("a source that is sure of the day")
_SAME = marked("may be the same day")


def date_doubts(seen: DoubtedEvent, *, moving: bool) -> Iterator[Doubt]:
    """Yields the doubts about an event's dates; leaves out its imprecise date if `moving` already reports it."""
    if seen.sound("dated"):
        told = moving and not seen.event.day.certain_by(seen.shown.reader.on)
        yield from _of_its_own(seen, told=told)
    for field in ("received", "published"):
        day: FuzzyDate | None = getattr(seen.event, field)
        if day is not None and seen.sound(field) and day.possible_by(seen.shown.reader.on):
            yield from _of_a_day(seen, field, day)
    for field, item, day in _set_days(seen.event):
        if day.qualified and seen.sound(field):
            yield seen.doubt(About.QUALIFIED_DATE, field, _in_words(day), _(_SURE), item=item)


def _set_days(event: Event) -> Iterator[tuple[str, str | None, FuzzyDate]]:
    """Yields the days that a paper sets. A qualified day is in doubt; an imprecise one is not."""
    if event.until is not None:
        yield "until", None, event.until
    if isinstance(event, Resolution) and event.term is not None and event.term.until is not None:
        yield "term", None, event.term.until
    for field in ("requests", "milestones"):
        for request in getattr(event, field, ()):
            if request.due is not None:
                yield field, request.id, request.due
    for answer in event.answers:
        if answer.new_due is not None:
            yield "answers", None, answer.new_due
    for assessment in event.assessments if isinstance(event, Commitment) else ():
        yield "assessments", None, assessment.dated


def _of_its_own(seen: DoubtedEvent, *, told: bool) -> Iterator[Doubt]:
    values = _values(seen)
    if len(values) == 1:
        yield from () if told else _of_its_day(seen)
        return
    said = _by_source(values)
    if any(contradicted(seen.event, also.value) for also in seen.event.also_dated):
        yield seen.doubt(About.DATES_DISAGREE, "dated", said, _settled(seen), values=values)
    elif seen.event.day.form == "unknown":
        yield seen.doubt(About.UNDATED, "dated", said, _settled(seen), values=values)
    else:
        settled = _("another source that gives the day")
        yield seen.doubt(About.DATES_MAY_BE_THE_SAME, "dated", said, settled, values=values)


def _of_its_day(seen: DoubtedEvent) -> Iterator[Doubt]:
    """The doubt about the only date given, unless what is known beside it leaves one day."""
    known, written = seen.event.known, seen.event.dated
    beside = bounds_in_words(known, _)
    if not (known.day.exact and written.form == "point"):
        undated = written.form == "unknown"
        of_date = _of_a_day(seen, "dated", known.day if undated else written)
        said = "" if undated and known.day.form != "unknown" else "{}; "
        yield from (doubt._replace(said=said.format(doubt.said) + beside) if beside else doubt for doubt in of_date)


def _values(seen: DoubtedEvent) -> tuple[SaidBy, ...]:
    """The dates that are given, the recorded one first, each with its sources."""
    own = seen.event.dated
    others = {also.source for also in seen.event.also_dated}
    by_value = {own.text: givers(seen.shown, seen.event, "dated", others)}
    notes: dict[str, str] = {}
    for also in seen.event.also_dated if seen.sound("also_dated") else ():
        source = source_named(seen.shown, seen.event, also.source)
        by_value[also.value.text] = tuple(dict.fromkeys((*by_value.get(also.value.text, ()), source)))
        if own.form != "unknown" and also.value != own and not contradicted(seen.event, also.value):
            notes[also.value.text] = _(_SAME)
    return tuple(SaidBy(value, sources, notes.get(value)) for value, sources in by_value.items())


def _settled(seen: DoubtedEvent) -> str:
    paper = seen.event.kind not in {Kind.DEVELOPMENT, Kind.COMMITMENT}
    settled = marked("{paper}, which bears its date") if paper else marked("{paper} that gives the day")
    return _(settled, paper=seen.copy)


def _of_a_day(seen: DoubtedEvent, field: str, day: FuzzyDate) -> Iterator[Doubt]:
    if day.form == "unknown":
        yield seen.doubt(About.UNDATED, field, _("no date is known"), _("a source that gives the day, or bounds it"))
    elif day.qualified:
        yield seen.doubt(About.QUALIFIED_DATE, field, _in_words(day), _(_SURE))
    elif day.form == "interval":
        if missing := _ENDS.get(tuple(_missing_ends(day))):
            said, settled = (_(words, dates=day.text) for words in missing)
            yield seen.doubt(About.IMPRECISE_DATE, field, said, settled)
    elif not day.exact:
        yield seen.doubt(About.IMPRECISE_DATE, field, _in_words(day), _(_THE_DAY))


_ENDS = {
    ("first",): (marked("{dates}, the first day is not known"), marked("a source that gives the first day")),
    ("last",): (marked("{dates}, the last day is not known"), marked("a source that gives the last day")),
    ("first", "last"): (
        marked("{dates}, the first and last day is not known"),
        marked("a source that gives the first and last day"),
    ),
}
"""What is said of the ends of an interval that are not known, and what would settle it."""


def _missing_ends(day: FuzzyDate) -> Iterator[str]:
    """Yields the ends of an interval that are not known to the day; an open end (`..`) is not missing."""
    if day.earliest is None or day.earliest != day.latest:
        yield "first"
    if day.end_earliest != day.end_latest or day.text.endswith("/"):
        yield "last"


def _in_words(day: FuzzyDate) -> str:
    """Returns a date and the part of it that is not known; sets in words, other dates as written."""
    unsure = all_of(
        _(word) for word, so in ((marked("uncertain"), day.uncertain), (marked("approximate"), day.approximate)) if so
    )
    known = "" if day.earliest == day.latest or day.form == "interval" else _known(day)
    written = "" if day.form == "set" else day.text
    return ", ".join(part for part in (written, known, unsure) if part)


def _known(day: FuzzyDate) -> str:
    first, last = day.earliest, day.latest
    if first is None or last is None:
        return _("some day up to {last}", last=last) if last else _("some day from {first} on", first=first)
    named = day.text.strip("[]").split(",")
    if day.form == "set" and len(named) > 1:
        return any_of([", ".join(named[:-1]), named[-1]])
    span = _calendar_span(first, last)
    return _(span) if span else _("some day from {first} to {last}", first=first, last=last)


_SPANS = {1: marked("known to the year"), 10: marked("known to the decade"), 100: marked("known to the century")}
"""How far dates of so many years are known."""


def _calendar_span(first: date, last: date) -> str | None:
    if first.day == 1 and last == first.replace(day=monthrange(first.year, first.month)[1]):
        return marked("known to the month")
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        for years, span in _SPANS.items():
            if last.year - first.year == years - 1 and first.year % years == 0:
                return span
    return None
