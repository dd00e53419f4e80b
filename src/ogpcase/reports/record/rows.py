"""One record with all its fields: an event or an item, a commitment and its action plan, or the header of a case."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CodeList, Kind
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Commitment, Development, Event
from ogpcase.model.ids import Reference, slug_of
from ogpcase.model.items import ActionPlan, Assessment
from ogpcase.model.parties import Membership, NamedParty, Party
from ogpcase.model.publication import Pseudonym
from ogpcase.model.questions import fields_of
from ogpcase.model.serialize import short_form
from ogpcase.model.sources import Source, SourceRecord
from ogpcase.model.spans import Known
from ogpcase.model.table_codes import TableCode
from ogpcase.model.texts import Text
from ogpcase.output.messages import _
from ogpcase.policy.lifecycle import standing
from ogpcase.reports.heading.rows import Heading, heading_of
from ogpcase.reports.record.beside import (
    AnswerGiven,
    RecordLink,
    SourceGiven,
    answers_given,
    item_links,
    record_links,
    request_text,
    sources_given,
)
from ogpcase.reports.requests.rows import AskLine, RowAsk, row_ask
from ogpcase.reports.shown import Languages, Shown, other_dates, other_facts, recorded, source_named


class SpokenTo(NamedTuple):
    """A request that a commitment answers or cites; `answer` is None if the commitment only cites it."""

    request: str
    text: str
    answer: str | None


class ShownAssessment(NamedTuple):
    """An assessment with its author, date, result and source.

    `certain` is false if it may be later than the reader's day.
    """

    assessment: Assessment
    by: str
    source_title: str | None
    certain: bool


def seen_assessments(shown: Shown, event: Event) -> tuple[Assessment, ...]:
    """Returns the assessments that may have been made by the reader's day."""
    days = [day for day in (shown.reader.on, shown.reader.known_by) if day is not None]
    assessments = event.assessments if isinstance(event, Commitment) else ()
    return tuple(assessment for assessment in assessments if all(map(assessment.dated.possible_by, days)))


def assessments_of(shown: Shown, event: Event) -> Iterator[ShownAssessment]:
    """Yields the assessments of a commitment by date, those without one last.

    An assessment records when it was made, not when it became known, so with `--known-by` it is never certain.
    """
    reader = shown.reader
    for each in sorted(seen_assessments(shown, event), key=lambda assessment: assessment.dated.sort_key):
        title = source_named(shown, event, each.source) if each.source else None
        certain = reader.known_by is None and each.dated.certain_by(reader.on)
        yield ShownAssessment(each, shown.name(each.by), title, certain)


class ShownCommitment(NamedTuple):
    """A commitment; `lead` are names as printed, the assessments are in order of date.

    `plan` is the reference of its action plan, None where it names none.
    """

    reference: str
    event: Commitment
    title: str
    plan: str | None
    certain: bool
    lead: tuple[str, ...]
    milestones: tuple[RowAsk, ...]
    assessments: tuple[ShownAssessment, ...]
    speaks_to: tuple[SpokenTo, ...]

    @property
    def met(self) -> int:
        """How many milestones are certainly recorded as met by everybody asked."""
        return sum(all(_met(line) and line.certain for line in milestone.lines) for milestone in self.milestones)

    @property
    def perhaps_met(self) -> int:
        """How many more would be met if all possible events had happened."""
        return sum(all(map(_met, milestone.lines)) for milestone in self.milestones) - self.met

    @property
    def latest(self) -> tuple[ShownAssessment, ...]:
        """The latest assessment by each assessor."""
        last = {assessment.by: assessment for assessment in self.assessments}
        return tuple(each for each in self.assessments if last[each.by] is each)


def commitment_of(shown: Shown, event: Commitment, asks: Sequence[Ask], plan: str | None) -> ShownCommitment:
    """Returns a commitment; `asks` are all requests of the case, `plan` its action plan's reference."""
    named = {milestone.id for milestone in event.milestones}
    mine = [ask for ask in asks if ask.event is event and ask.item in named and not ask.duty]
    return ShownCommitment(
        reference=f"{shown.case.id}/{event.id}",
        event=event,
        title=shown.text(event.title),
        plan=plan,
        certain=shown.reader.moment.certain(event),
        lead=tuple(map(shown.printed, event.lead)),
        milestones=tuple(row_ask(shown, ask) for ask in mine),
        assessments=tuple(assessments_of(shown, event)),
        speaks_to=tuple(_speaks_to(shown, event)),
    )


def _met(line: AskLine) -> bool:
    return line.outcome == "met"


def _speaks_to(shown: Shown, event: Event) -> Iterator[SpokenTo]:
    """The requests of others that it answers, then those it cites."""
    answers: dict[Reference, str | None] = {answer.request: str(answer.answer) for answer in event.answers}
    for reference in (*answers, *(cited for cited in event.cites if cited not in answers)):
        text = request_text(shown, reference)
        if text is not None:
            yield SpokenTo(shown.case.full(reference), text, answers.get(reference))


PREFIX = "action-plan-"
"""The beginning of a plan's reference, after the case."""
PlanKey: TypeAlias = int | str
"""A plan's number, otherwise a slug of its name or of its period."""


class PlanMention(NamedTuple):
    """A development that names a plan."""

    reference: str
    event: Development
    title: str
    certain: bool


class PlanFile(NamedTuple):
    """An action plan as a case's records spell it: `names` and `periods` are all its spellings, `title` the first."""

    case: str
    reference: str
    title: str
    names: tuple[str, ...]
    number: int | None
    periods: tuple[str, ...]
    commitments: tuple[ShownCommitment, ...]
    developments: tuple[PlanMention, ...]
    languages: Languages = Languages()


class Plans(NamedTuple):
    """The plans of a case: the events that name one, by its reference, in the case's order."""

    shown: Shown
    events: Mapping[str, Sequence[Event]]

    @classmethod
    def of(cls, shown: Shown) -> "Plans":
        """Gathers the plans by number, or by name where no number is given."""
        naming = [(event, plan) for event in shown.case.events if (plan := _plan_in(shown, event))]
        keys = _keys_by_name(plan for _, plan in naming)
        events: dict[str, list[Event]] = {}
        for event, plan in naming:
            key = _key(shown.case, plan, keys)
            if key is not None:
                events.setdefault(f"{shown.case.id}/{PREFIX}{key}", []).append(event)
            if key is not None and plan.number is None:  # its spellings lead here from now on
                keys |= {slug: keys.get(slug, key) for slug in _slugs(plan)}
        return cls(shown, events)

    def reference_of(self, event: Event) -> str | None:
        """Returns the reference of the plan that an event names; None where it names none."""
        return next((reference for reference, events in self.events.items() if event in events), None)

    def named(self, name: str) -> str | None:
        """Returns the reference of the plan called `action-plan-4` or `mexico-2018/action-plan-4`; None for none."""
        reference = name if "/" in name else f"{self.shown.case.id}/{name}"
        return reference if reference in self.events else None


def plan_file(plans: Plans, reference: str) -> PlanFile:
    """Returns an action plan with its commitments by number and the developments that name it."""
    shown, events = plans.shown, plans.events[reference]
    spelled = [plan for event in events if (plan := _plan_in(shown, event))]
    names = tuple(dict.fromkeys(shown.text(plan.name) for plan in spelled if plan.name))
    moment = shown.reader.moment
    asks = asks_of(shown.case, moment)
    commitments = [commitment_of(shown, event, asks, reference) for event in events if isinstance(event, Commitment)]
    return PlanFile(
        case=shown.case.id,
        reference=reference,
        title=names[0] if names else _("Action plan {name}", name=reference.removeprefix(f"{shown.case.id}/{PREFIX}")),
        names=names,
        number=next((plan.number for plan in spelled if plan.number is not None), None),
        periods=tuple(dict.fromkeys(plan.period for plan in spelled if plan.period)),
        commitments=tuple(sorted(commitments, key=lambda each: (each.event.number is None, each.event.number or 0))),
        developments=tuple(
            PlanMention(
                f"{shown.case.id}/{event.id}", event, shown.text(event.title), shown.reader.moment.certain(event)
            )
            for event in events
            if isinstance(event, Development)
        ),
        languages=shown.languages,
    )


def plans_in(shown: Shown) -> tuple[PlanFile, ...]:
    """Returns the action plans that a case's records name, in the order they first appear."""
    plans = Plans.of(shown)
    return tuple(plan_file(plans, reference) for reference in plans.events)


def _plan_in(shown: Shown, event: Event) -> ActionPlan | None:
    """Returns the plan an event names, where the event may have happened."""
    if not isinstance(event, Commitment | Development) or not shown.reader.moment.possible(event):
        return None
    return event.action_plan


def _keys_by_name(plans: Iterable[ActionPlan]) -> dict[str, PlanKey]:
    """Returns the number of each spelling of a name, where all records agree on it."""
    found: dict[str, set[int]] = {}
    for plan in plans:
        if plan.number is not None:
            for slug in _slugs(plan):
                found.setdefault(slug, set()).add(plan.number)
    return {slug: numbers.pop() for slug, numbers in found.items() if len(numbers) == 1}


def _key(case: CaseFile, plan: ActionPlan, keys: dict[str, PlanKey]) -> PlanKey | None:
    """Returns a plan's key; without a number it is the key of a plan with the same name."""
    if plan.number is not None:
        return plan.number
    slugs = _slugs(plan)
    same = next((keys[slug] for slug in slugs if slug in keys), None)
    if same is not None:
        return same
    own = slug_of(plan.name.chosen(case.language, None)[0]) if plan.name else ""
    return own or next(iter(slugs), "") or slug_of(plan.period or "") or None


def _slugs(plan: ActionPlan) -> tuple[str, ...]:
    """The spellings of a plan's name as ids, in the order of its languages."""
    texts = plan.name.by_language.values() if plan.name else ()
    return tuple(dict.fromkeys(slug for each in texts if (slug := slug_of(each))))


Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"


class Record(NamedTuple):
    """A record to show: its reference, its values by name, and the outcomes of its requests.

    `commitment` holds a commitment's milestones and assessments; it is None for all other records. `withdrawn` says
    when and why the record was taken back. `bounded` is what bounds its day, if more than its date does. Of an item the
    first of `links` is its event, and `by` are those who act there.
    """

    reference: str
    title: str
    values: dict[str, Value]
    asks: tuple[RowAsk, ...] = ()
    commitment: ShownCommitment | None = None
    languages: Languages = Languages()
    withdrawn: str | None = None
    bounded: Known | None = None
    words: Mapping[str, Value] = MappingProxyType({})
    answers: tuple[AnswerGiven, ...] = ()
    links: tuple[RecordLink, ...] = ()
    sources: tuple[SourceGiven, ...] = ()
    by: tuple[str, ...] = ()


class Appearance(NamedTuple):
    """A place that names a party: the event, and the field or item that names it."""

    reference: str
    dated: str
    role: str


def event_record(case: CaseFile, event: Event, reader: Reader, asks: Sequence[Ask] | None = None) -> Record:
    """Returns an event with all its fields and the outcomes of its requests.

    `asks` are all requests of the case on the reader's day; whoever shows many events reckons them once.
    """
    shown = Shown(case, reader)
    every = asks_of(case, reader.moment) if asks is None else asks
    values, commitment = dict(_fields(shown, event)), None
    if isinstance(event, Commitment):
        plan = Plans.of(shown).reference_of(event)
        commitment = commitment_of(shown, event, every, plan)
        if plan is not None and isinstance(named := values.get("action_plan"), dict):
            named["reference"] = plan
    mine = [ask for ask in every if ask.event is event]
    record = _record(shown, f"{case.id}/{event.id}", shown.text(event.title), values, mine)
    bounded = event.known if event.known.no_earlier or event.known.no_later else None
    return record._replace(
        commitment=commitment,
        withdrawn=_withdrawn(shown, event),
        bounded=bounded,
        words=dict(_fields(shown, event, code_in_words)),
        answers=tuple(answers_given(shown, event)),
        links=tuple(record_links(shown, event)),
        sources=tuple(sources_given(shown, event)),
        languages=shown.languages,
    )


def _withdrawn(shown: Shown, event: Event) -> str | None:
    if event.withdrawn is None:
        return None
    day, because = event.withdrawn.on.text, shown.text(event.withdrawn.because)
    return _("withdrawn on {day} because {reason}", day=day, reason=because)


def item_record(case: CaseFile, event: Event, reference: Reference, reader: Reader) -> Record | None:
    """Returns one item of an event; None if the event has no such item."""
    shown = Shown(case, reader)
    asks = [ask for ask in asks_of(case, reader.moment) if ask.event is event and ask.item == reference.item]
    items = ((name, getattr(event, name)[place]) for item, name, place in event.items() if item == reference.item)
    name, item = next(items, ("a duty of the policy", None))  # a duty is an item which stands in no file
    if item is None and not asks:
        return None
    plain = [plain_value(shown, item, code) for code in (str, code_in_words)]
    values, words = (value if isinstance(value, dict) else {} for value in plain)
    if item is None:
        values["text"] = shown.text(asks[0].text)
        words["text"] = _(shown.text(asks[0].text))
    head: dict[str, Value] = {"of": f"{case.id}/{event.id}", "field": name}
    record = _record(shown, str(reference), shown.text(event.title), {**head, **values}, asks)
    by = shown.names(event.actors) if item is not None else ()
    links = tuple(item_links(shown, event, str(reference.item)))
    return record._replace(words={**head, **words}, links=links, by=by)


def source_record(shown: Shown, source: SourceRecord, written_in: Collection[str] = ()) -> Record:
    """Returns a source, and the events that name it on the reader's day with what it gives them.

    `written_in` are the ids of the events that write it out; a source without them has a file.
    """
    case = shown.case
    names = [name for name in type(source).model_fields if name != "id"]
    values = {name: plain_value(shown, value) for name in names if _says_something(value := getattr(source, name))}
    named = [
        plain_value(shown, {"event": f"{case.id}/{event.id}", "gives": listed.gives})
        for event in shown.events()
        for listed in event.sources
        if listed.id == source.id and (event.id in written_in if listed.is_written_out else not written_in)
    ]
    title = shown.text(source.title) if source.title else source.url or source.file or source.id
    return _record(shown, f"{case.id}/sources/{source.id}", title, {**values, "named_by": named})


def party_record(shown: Shown, party: Party) -> Record:
    """Returns a party whole; the case shown is any that the party's registry belongs to."""
    said = {name: value for name in type(party).model_fields if name != "id" and (value := getattr(party, name))}
    values, words = (
        {name: plain_value(shown, value, code) for name, value in said.items()} for code in (str, code_in_words)
    )
    if party.part_of:
        words["part_of"] = [shown.belonging(whole, "{name} ({days})") for whole in party.part_of]
    return _record(shown, party.id, shown.text(party.name), values)._replace(words=words)


def _record(shown: Shown, reference: str, title: str, values: dict[str, Value], asks: Iterable[Ask] = ()) -> Record:
    return Record(reference, title, values, tuple(row_ask(shown, ask) for ask in asks), None, shown.languages)


def appearances(case: CaseFile, party_id: str, reader: Reader) -> Iterator[Appearance]:
    """Yields where the case names the party, in the case's order."""
    shown = Shown(case, reader)
    for event in shown.events():
        naming = {route[0] for party, route in case.names[event.id].parties if party == party_id} - {"signed_by"}
        for field in fields_of(event.kind):
            if field.name in naming:
                yield Appearance(f"{case.id}/{event.id}", event.dated.text, field.name.replace("_", " "))


def _fields(shown: Shown, event: Event, code: Callable[[object], str] = str) -> Iterator[tuple[str, Value]]:
    for field in fields_of(event.kind):
        value = getattr(event, field.name)
        if not _says_something(value):
            continue
        if field.name in SOURCED:
            entries = [plain_value(shown, each, code) for each in SOURCED[field.name](shown, event)]
            yield from [(field.name, entries)] if entries else []
        else:
            yield field.name, plain_value(shown, value, code)


Entry = dict[str, object]


def _also_dated(shown: Shown, event: Event) -> Iterator[Entry]:
    for other in other_dates(shown, event):
        source = {"source": other.source_id, "source_title": other.source}
        yield {"value": other.value, **source, "recorded": event.dated.text, "recorded_by": other.givers}


def _also_stated(shown: Shown, event: Event) -> Iterator[Entry]:
    for fact in other_facts(shown, event):
        entry: Entry = {"field": fact.field, "value": fact.values}
        entry |= {"source": fact.source_id, "source_title": fact.source}
        if hasattr(event, fact.field):
            entry |= {"recorded": recorded(shown, event, fact.field), "recorded_by": fact.givers}
        yield entry


def _sources(shown: Shown, event: Event) -> Iterator[Entry]:
    """Yields each source with what its file says."""
    for source in shown.case.sources_of(event):
        yield {name: getattr(source, name) for name in Source.model_fields}


def _assessments(shown: Shown, event: Event) -> Iterator[Entry]:
    for each in seen_assessments(shown, event):
        entry: Entry = {"by": shown.printed(each.by), "dated": each.dated.text, "completion": str(each.completion)}
        if each.source:
            entry |= {"source": each.source, "source_title": source_named(shown, event, each.source)}
        yield entry


SOURCED: Mapping[str, Callable[[Shown, Event], Iterator[Entry]]] = {
    "sources": _sources,
    "also_dated": _also_dated,
    "also_stated": _also_stated,
    "assessments": _assessments,
}
"""The fields whose entries name a source: each entry with the title of its source, or all that its file says.

What another source says stands with what the record says, and with the sources that give that.
"""


def plain_value(shown: Shown, value: object, code: Callable[[object], str] = str) -> Value:  # noqa: PLR0911 - one return for each sort of value
    """Returns a value of a record as plain text, lists and mappings; `code` says how a code is written."""
    if isinstance(value, Text):
        return shown.text(value)
    if isinstance(value, NamedParty):
        return shown.printed(value)
    if isinstance(value, FuzzyDate):
        return value.text
    if isinstance(value, tuple):
        return [plain_value(shown, each, code) for each in value]
    if isinstance(value, dict):
        return {str(name): plain_value(shown, each, code) for name, each in value.items() if _says_something(each)}
    if isinstance(value, Pseudonym | Membership) and (short := short_form(value)) is not None:
        return short
    if isinstance(value, Frozen):
        said = ((field.alias or name, getattr(value, name)) for name, field in type(value).model_fields.items())
        return {name: plain_value(shown, each, code) for name, each in said if _says_something(each)}
    return value if isinstance(value, bool | int) else code(value)


def code_in_words(value: object) -> str:
    """Returns the label of a code, and any other value as it is written."""
    return _(value.label) if isinstance(value, CodeList | TableCode) else str(value)


def _says_something(value: object) -> bool:
    return value is not None and value is not False and value != ()


class KindCount(NamedTuple):
    """How many events of a kind have certainly happened by the reader's day, and how many more perhaps."""

    kind: str
    times: int
    perhaps: int


class CaseRecord(NamedTuple):
    """A case's header; `earliest` and `latest` are the dates, as written, of its first and last event in order."""

    heading: Heading
    country: str | None
    language: str | None
    kinds: tuple[KindCount, ...]
    earliest: str | None
    latest: str | None
    plans: tuple[PlanFile, ...]
    languages: Languages = Languages()


def case_record(case: CaseFile, reader: Reader) -> CaseRecord:
    """Returns what a case's header says, and the counts of its records, on the reader's day."""
    shown = Shown(case, reader)
    there = shown.events()
    dates = [event.date_text for event in there if event.day.form != "unknown"]
    certain = [event.kind for event in there if reader.moment.certain(event)]
    counts = [(kind, certain.count(kind), sum(event.kind is kind for event in there)) for kind in Kind]
    return CaseRecord(
        heading=heading_of(shown, standing(shown.case, reader.moment)),
        country=case.header.country if case.header else None,
        language=case.language,
        kinds=tuple(KindCount(str(kind), times, every - times) for kind, times, every in counts if every),
        earliest=dates[0] if dates else None,
        latest=dates[-1] if dates else None,
        plans=plans_in(shown),
        languages=shown.languages,
    )
