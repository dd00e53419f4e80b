"""A commitment: who leads it, its milestones with what came back, its assessments, and the requests it speaks to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.ledger import Ask
from ogpcase.model.events import Commitment, Event
from ogpcase.model.ids import Reference
from ogpcase.values import frozen
from ogpcase.views.asks import AskLine, RowAsk, row_ask
from ogpcase.views.assessed import ShownAssessment, assessments_of
from ogpcase.views.shown import Shown


@frozen
class SpokenTo:
    """A request that a commitment answers or cites: `answer` is what it says of it, None where it only cites it."""

    request: str
    text: str
    answer: str | None


@frozen
class ShownCommitment:
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
    said: dict[Reference, str | None] = {each.request: str(each.answer) for each in event.answers}
    for each in event.cites:
        said.setdefault(each, None)
    for reference, answer in said.items():
        text = _text_of(shown, reference)
        if text is not None:
            yield SpokenTo(shown.case.full(reference), text, answer)


def _text_of(shown: Shown, reference: Reference) -> str | None:
    """Returns what is asked; None where that is no request, or was not there on the day."""
    there = _case_of(shown, reference)
    event = there.case.event_by_id.get(reference.event) if there else None
    if there is None or event is None or not there.reader.moment.possible(event):
        return None
    request = next((each for each in event.asks if each.id == reference.item), None)
    return there.text(request.text) if request else None


def _case_of(shown: Shown, reference: Reference) -> Shown | None:
    if shown.case.owns(reference):
        return shown
    other = shown.case.beside.get(reference.case or "")
    return Shown(other, shown.reader) if other else None
