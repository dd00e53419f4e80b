"""Action plans: the commitments that a case records of each, and the developments that name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import ActionPlan, Commitment, Development, Event
from ogpcase.model.ids import Reference, slug_of
from ogpcase.reports.asks.rows import AskLine, RowAsk, row_ask
from ogpcase.reports.shown import Languages, Shown
from ogpcase.reports.sources import ShownAssessment, assessments_of


class SpokenTo(NamedTuple):
    """A request that a commitment answers or cites: `answer` is what it says of it, None where it only cites it."""

    request: str
    text: str
    answer: str | None


class ShownCommitment(NamedTuple):
    """A commitment; `lead` are names as printed, the assessments are in order of date.

    `plan` is the reference of its action plan, None where it names none.
    """

    reference: str
    title: str
    number: int | None
    plan: str | None
    dated: str
    until: str | None
    certain: bool
    lead: tuple[str, ...]
    milestones: tuple[RowAsk, ...]
    assessments: tuple[ShownAssessment, ...]
    speaks_to: tuple[SpokenTo, ...]

    @property
    def met(self) -> int:
        """How many milestones are certainly recorded as met by everybody asked."""
        return sum(all(_met(line) and line.certain for line in each.lines) for each in self.milestones)

    @property
    def perhaps_met(self) -> int:
        """How many more would be, were everything so that has only possibly happened."""
        return sum(all(map(_met, each.lines)) for each in self.milestones) - self.met

    @property
    def latest(self) -> tuple[ShownAssessment, ...]:
        """The last assessment of each who assessed it."""
        last = {each.by: each for each in self.assessments}
        return tuple(each for each in self.assessments if last[each.by] is each)


def commitment_of(shown: Shown, event: Commitment, asks: Sequence[Ask], plan: str | None) -> ShownCommitment:
    """Returns a commitment; `asks` are all requests of the case, `plan` its action plan's reference."""
    named = {each.id for each in event.milestones}
    mine = [ask for ask in asks if ask.event is event and ask.item in named and not ask.duty]
    return ShownCommitment(
        reference=f"{shown.case.id}/{event.id}",
        title=shown.text(event.title),
        number=event.number,
        plan=plan,
        dated=event.dated.text,
        until=event.until.text if event.until else None,
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
        text = _text_of(shown, reference)
        if text is not None:
            yield SpokenTo(shown.case.full(reference), text, answers.get(reference))


def _text_of(shown: Shown, reference: Reference) -> str | None:
    """Returns what is asked; None where that is no request, or was not there on the day."""
    case = shown.case if shown.case.owns(reference) else shown.case.beside.get(reference.case or "")
    event = case.event_by_id.get(reference.event) if case else None
    if case is None or event is None or not shown.reader.moment.possible(event):
        return None
    there = shown if case is shown.case else Shown(case, shown.reader)
    return next((there.text(request.text) for request in event.asks if request.id == reference.item), None)


PREFIX = "action-plan-"
"""What the reference of a plan begins with, after its case."""
PlanKey: TypeAlias = "int | str"
"""A plan's number, else a slug of its name, else of its period."""


class PlanMention(NamedTuple):
    """A development that names a plan."""

    reference: str
    dated: str
    title: str
    process: str | None
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


@dataclass(frozen=True)
class Plans:
    """The plans of a case: the events that name one, by its reference, in the case's order."""

    shown: Shown
    events: dict[str, list[Event]] = field(default_factory=dict)

    @classmethod
    def of(cls, shown: Shown) -> Plans:
        """Gathers them: a plan is known by its number where one is given, else by its name."""
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
    """Returns an action plan whole: its commitments by number, and the developments that name it."""
    shown, events = plans.shown, plans.events[reference]
    spelled = [plan for event in events if (plan := _plan_in(shown, event))]
    names = tuple(dict.fromkeys(shown.text(plan.name) for plan in spelled if plan.name))
    asks = asks_of(shown.case, shown.reader.moment)
    commitments = [commitment_of(shown, event, asks, reference) for event in events if isinstance(event, Commitment)]
    return PlanFile(
        case=shown.case.id,
        reference=reference,
        title=names[0] if names else f"Action plan {reference.removeprefix(f'{shown.case.id}/{PREFIX}')}",
        names=names,
        number=next((plan.number for plan in spelled if plan.number is not None), None),
        periods=tuple(dict.fromkeys(plan.period for plan in spelled if plan.period)),
        commitments=tuple(sorted(commitments, key=lambda each: (each.number is None, each.number or 0))),
        developments=tuple(_mention(shown, event) for event in events if isinstance(event, Development)),
        languages=shown.languages,
    )


def plans_in(shown: Shown) -> tuple[PlanFile, ...]:
    """Returns the action plans that a case's records name, in the order they first appear."""
    plans = Plans.of(shown)
    return tuple(plan_file(plans, reference) for reference in plans.events)


def _mention(shown: Shown, event: Development) -> PlanMention:
    reference, process = f"{shown.case.id}/{event.id}", str(event.process) if event.process else None
    certain = shown.reader.moment.certain(event)
    return PlanMention(reference, event.dated.text, shown.text(event.title), process, certain)


def _plan_in(shown: Shown, event: Event) -> ActionPlan | None:
    """Returns the plan an event names, where the event may have happened."""
    if not isinstance(event, Commitment | Development) or not shown.reader.moment.possible(event):
        return None
    return event.action_plan


def _keys_by_name(plans: Iterable[ActionPlan]) -> dict[str, PlanKey]:
    """The number that goes with each spelling of a name, where all records that give one agree."""
    found: dict[str, set[int]] = {}
    for plan in plans:
        if plan.number is not None:
            for slug in _slugs(plan):
                found.setdefault(slug, set()).add(plan.number)
    return {slug: numbers.pop() for slug, numbers in found.items() if len(numbers) == 1}


def _key(case: CaseFile, plan: ActionPlan, keys: dict[str, PlanKey]) -> PlanKey | None:
    """A plan's key; one without a number has that of the plan it shares a spelling with."""
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
