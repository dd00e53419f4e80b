"""Action plans: the commitments that a case records of each, and the developments that name it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Commitment, Development, Event
from ogpcase.model.ids import slug_of
from ogpcase.model.parts import ActionPlan
from ogpcase.values import field, frozen
from ogpcase.views.commitment import ShownCommitment, commitment_of
from ogpcase.views.shown import Shown

PREFIX = "action-plan-"
"""What the reference of a plan begins with, after its case."""
PlanKey: TypeAlias = "int | str"
"""A plan's number, else a slug of its name, else of its period."""


@frozen
class PlanMention:
    """A development that names a plan."""

    reference: str
    dated: str
    title: str
    process: str | None
    certain: bool


@frozen
class PlanFile:
    """An action plan as the records of a case spell it: `names` and `periods` are all its spellings, `title` the first.

    `elsewhere` are the languages that texts are shown in since they are not recorded in `language`, the one asked for.
    """

    case: str
    reference: str
    title: str
    names: tuple[str, ...]
    number: int | None
    periods: tuple[str, ...]
    commitments: tuple[ShownCommitment, ...]
    developments: tuple[PlanMention, ...]
    language: str | None = None
    elsewhere: tuple[str, ...] = ()


@frozen(slots=False)
class Plans:
    """The plans of a case: each event that names one, by the plan's key, in the case's order."""

    shown: Shown
    events: dict[PlanKey, list[Event]] = field(default_factory=dict)

    @classmethod
    def of(cls, shown: Shown) -> Plans:
        """Gathers them: a plan is known by its number where one is given, else by its name."""
        naming = [(event, plan) for event in shown.case.events if (plan := _plan_in(shown, event))]
        keys = _keys_by_name(plan for _, plan in naming)
        found: dict[PlanKey, list[Event]] = {}
        for event, plan in naming:
            key = _key(shown.case, plan, keys)
            if key is not None:
                found.setdefault(key, []).append(event)
            if key is not None and plan.number is None:  # its spellings lead here from now on
                keys |= {slug: keys.get(slug, key) for slug in _slugs(plan)}
        return cls(shown, found)

    def reference_of(self, event: Event) -> str | None:
        """Returns the reference of the plan that an event names; None where it names none."""
        key = next((key for key, events in self.events.items() if event in events), None)
        return None if key is None else self.reference(key)

    def reference(self, key: PlanKey) -> str:
        """Returns a plan's reference."""
        return f"{self.shown.case.id}/{PREFIX}{key}"

    def named(self, reference: str) -> PlanKey | None:
        """Returns the key of the plan of this reference, `action-plan-4` or `mexico-2018/action-plan-4`."""
        wanted = reference if "/" in reference else f"{self.shown.case.id}/{reference}"
        return next((key for key in self.events if self.reference(key) == wanted), None)

    def references(self) -> tuple[str, ...]:
        """Returns the references of all plans, in the order they first appear."""
        return tuple(map(self.reference, self.events))


def plan_file(plans: Plans, key: PlanKey) -> PlanFile:
    """Returns an action plan whole: its commitments by number, and the developments that name it."""
    shown, events = plans.shown, plans.events[key]
    spelled = [plan for event in events if (plan := _plan_in(shown, event))]
    names = tuple(dict.fromkeys(shown.text(plan.name) for plan in spelled if plan.name))
    asks = asks_of(shown.case, shown.reader.moment)
    commitments = sorted(_commitments(shown, events, asks, plans.reference(key)), key=_by_number)
    return PlanFile(
        case=shown.case.id,
        reference=plans.reference(key),
        title=names[0] if names else f"Action plan {key}",
        names=names,
        number=next((plan.number for plan in spelled if plan.number is not None), None),
        periods=tuple(dict.fromkeys(plan.period for plan in spelled if plan.period)),
        commitments=tuple(commitments),
        developments=tuple(_mention(shown, event) for event in events if isinstance(event, Development)),
        language=shown.reader.language,
        elsewhere=shown.elsewhere(),
    )


def plans_in(shown: Shown) -> tuple[PlanFile, ...]:
    """Returns the action plans that a case's records name, in the order they first appear."""
    plans = Plans.of(shown)
    return tuple(plan_file(plans, key) for key in plans.events)


def _commitments(
    shown: Shown, events: Iterable[Event], asks: Sequence[Ask], reference: str
) -> Iterator[ShownCommitment]:
    for event in events:
        if isinstance(event, Commitment):
            yield commitment_of(shown, event, asks, reference)


def _by_number(each: ShownCommitment) -> tuple[bool, int]:
    return (each.number is None, each.number or 0)


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
