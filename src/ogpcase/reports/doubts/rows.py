"""The doubts of a case: facts that are contradicted, uncertain or without a source, and what would settle them.

Events after the reader's day raise no doubt.
This module has the doubts about steps, requests, terms and answers; `facts` has those about single facts and dates.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from ogpcase.ledger import EXCLUDING, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import CountedFrom, Outcome
from ogpcase.model.events import Event
from ogpcase.model.items import Request
from ogpcase.model.parties import UNKNOWN, folded
from ogpcase.output.messages import _, marked
from ogpcase.output.words import all_of, before, date_in_short
from ogpcase.policy.lifecycle import Standing, Step, standing
from ogpcase.policy.procedures import Stage, judged_by, procedure_of, versions_of
from ogpcase.reports.doubts.doubt import BEARS, WHATS, About, Doubt, DoubtedEvent, SaidBy, What
from ogpcase.reports.doubts.facts import date_doubts, fact_doubts, source_doubts
from ogpcase.reports.heading.rows import Heading, heading_of
from ogpcase.reports.requests.rows import ask_lines_of, row_ask
from ogpcase.reports.shown import Languages, Shown, givers


class Doubts(NamedTuple):
    """A case's doubts, the most important first: about its stage, its steps, other events, and then background.

    In each of these, contradictions come before what is uncertain, and that before what has no source. `full` is true
    where views show what each source says.
    """

    heading: Heading
    doubts: tuple[Doubt, ...]
    languages: Languages
    full: bool = False


def doubts_of(case: CaseFile, reader: Reader) -> Doubts:
    """Returns the doubts of a case on the reader's day."""
    shown = Shown(case, reader)
    stood = standing(case, reader.moment)
    places = {event.id: place for place, event in enumerate(case.events)}
    sorts = list(About)

    def weight(doubt: Doubt) -> tuple[int, int, int, int]:
        place = places.get(doubt.reference.partition("#")[0], len(places))
        return (BEARS.index(doubt.bears_on), WHATS.index(doubt.what), sorts.index(doubt.about), place)

    doubts = tuple(sorted(_doubts(shown, stood), key=weight))
    return Doubts(heading_of(shown, stood), doubts, shown.languages)


def counts_of(doubts: Iterable[Doubt]) -> dict[What, int]:
    """Returns the number of doubts of each kind, zero included."""
    counted = Counter(doubt.what for doubt in doubts)
    return {what: counted[what] for what in WHATS}


def _doubts(shown: Shown, stood: Standing) -> Iterator[Doubt]:
    yield from _of_header(shown)
    passed, last = _passed(shown, stood), max((at for at, step in enumerate(stood.steps) if step.certain), default=-1)
    perhaps = stood.steps[last + 1 :] if stood.perhaps is not None else ()
    moving = {step.event.id: step for step in perhaps}  # of an event the last step that would change the stage
    for event in shown.events():
        seen = DoubtedEvent(shown, event)
        moves = moving.get(event.id) if seen.sound("moves_to") else None
        yield from _of_steps(seen, passed[event.id], moves)
        yield from date_doubts(seen, moving=moves is not None)
        yield from fact_doubts(seen)
        yield from _of_terms(seen)
        yield from source_doubts(seen)
    yield from _of_answers(shown)


def _of_header(shown: Shown) -> Iterator[Doubt]:
    """A doubt where no version is named, though the case's procedure has versions."""
    header = shown.case.header
    if header is not None and header.policy_version is None and versions_of(header.track):
        case = shown.case.id
        settled = _("a source that names the version in force when the case was opened")
        said = _("the version in force at filing is not recorded")
        yield Doubt(case, About.VERSION_UNKNOWN, "step", case, None, "policy_version", said, settled, certain=True)


class _Passed(NamedTuple):
    """How the case passes an event: its own steps, the event of the step before it, and the certain stage after it."""

    steps: tuple[Step, ...]
    before: Event | None
    stage: Stage


def _passed(shown: Shown, stood: Standing) -> dict[str, _Passed]:
    own: dict[str, list[Step]] = {}
    for step in stood.steps:
        own.setdefault(step.event.id, []).append(step)
    passed: dict[str, _Passed] = {}
    stage, before = procedure_of(shown.case).begin, None
    for event in shown.case.events:
        mine = own.get(event.id, [])
        stage = next((step.end for step in reversed(mine) if step.certain), stage)
        passed[event.id] = _Passed(tuple(mine), before, stage)
        before = event if mine else before
    return passed


def _of_steps(seen: DoubtedEvent, passed: _Passed, moving: Step | None) -> Iterator[Doubt]:
    """The doubts about the steps that an event makes; `moving` is the last that would change the stage."""
    if not seen.sound("moves_to"):
        return
    if moving is not None and seen.sound("dated"):
        yield _perhaps(seen, moving)
    if seen.sound("departure"):
        settled = _("the policy's own text on this step, or OGP's word on why it was taken")
        for departure in seen.event.departure if seen.event.departs else ():
            yield seen.doubt(About.DEPARTURE, "departure", seen.shown.text(departure.because), settled)
        yield from _not_verified(seen, passed)
    if seen.sound("dated"):
        yield from _order_open(seen, passed)
    if seen.event.as_stated_status and seen.sound("as_stated_status"):
        yield from _as_stated(seen, passed.stage, seen.event.as_stated_status)


def _perhaps(seen: DoubtedEvent, step: Step) -> Doubt:
    event, reader = seen.event, seen.shown.reader
    if event.day.form == "unknown":
        said, settled = _("undated"), _("a source that gives the day, or bounds it")
    elif not event.day.certain_by(reader.on):
        said = _("{day}, which may be after {other}", day=date_in_short(event.day.text), other=reader.on)
        settled = _("a source that gives the day")
    else:
        day, other = date_in_short(event.day.text), reader.known_by
        said = _("{day}; whether it was known by {other} is not recorded", day=day, other=other)
        settled = _("a source that says when it became known")
    moves = _("would move the case to {stage}", stage=_(step.end.label))
    return seen.doubt(About.PERHAPS_MOVED, "moves_to", before(moves) + said, settled)


def _not_verified(seen: DoubtedEvent, passed: _Passed) -> Iterator[Doubt]:
    table = judged_by(seen.shown.case, seen.event)
    for step in passed.steps:
        if step.move and not step.move.verified and not seen.event.departure and table:
            said = _(
                "{start} to {end}: the rule is not verified in {version} ({known})",
                start=_(step.start.label),
                end=_(step.end.label),
                version=_("the {version} version", version=table.version) if table.version else _(table.track_label),
                known=_(step.move.evidence.words),
            )
            yield seen.doubt(About.RULE_NOT_VERIFIED, "moves_to", said, _("the policy's own text on this move"))


def _order_open(seen: DoubtedEvent, passed: _Passed) -> Iterator[Doubt]:
    """The step before it, in the case's order, may have come after it."""
    earlier, after = passed.before, seen.event
    if earlier is None or not passed.steps or not seen.shown.case.order_is_open(earlier, after):
        return
    if DoubtedEvent(seen.shown, earlier).sound("dated", "moves_to"):
        said = _(
            "{day}; {event} is dated {other}",
            day=date_in_short(after.day.text),
            event=earlier.id,
            other=date_in_short(earlier.day.text),
        )
        settled = _("a source that gives both days, or says which of the two follows the other")
        yield seen.doubt(About.ORDER_OPEN, "dated", said, settled)


def _as_stated(seen: DoubtedEvent, stage: Stage, word: str) -> Iterator[Doubt]:
    """Yields a doubt where the source's word for the stage differs from the stage that the records lead to."""
    shown, event = seen.shown, seen.event
    meant = _meant(shown, event, word)
    judged = shown.reader.moment.certain(event) and judged_by(shown.case, event) is not None
    if not judged or not meant or stage in meant:
        return
    values = (SaidBy(word, givers(shown, event, "as_stated_status")), SaidBy(stage, (_("the recorded steps"),)))
    said = _(
        "{value} in {sources}; the recorded steps lead to {stage}",
        value=values[0].value,
        sources=", ".join(values[0].sources),
        stage=_(stage.label),
    )
    settled = _("the paper that took the step, or a later state of that source")
    yield seen.doubt(About.AS_STATED_DIFFERS, "as_stated_status", said, settled, values=values)


def _meant(shown: Shown, event: Event, word: str) -> frozenset[Stage]:
    """Returns the stages that a source's own word may stand for; none where the word names no stage."""
    said = folded(word).replace("_", " ")
    table = judged_by(shown.case, event) or procedure_of(shown.case)
    if said == "closed":
        return frozenset(stage for stage in table.stages if stage.ends)
    found = {table.stage(each.means) for each in table.words if said == each.word.replace("_", " ")}
    for stage in table.stages:
        if said in {stage.replace("_", " "), folded(stage.label), folded(stage.word)} - {UNKNOWN}:
            found.add(stage)
    return frozenset(found)


def _of_terms(seen: DoubtedEvent) -> Iterator[Doubt]:
    """Yields doubts about the terms that an event sets or moves, without terms that wait for another request."""
    for field in ("requests", "milestones"):
        for request in getattr(seen.event, field, ()):
            if seen.sound(field):
                yield from _no_start(seen, field, request)
    for answer in seen.event.answers if seen.sound("answers") else ():
        if answer.answer is Outcome.EXTENDED and answer.new_due is None:
            said = _("the term of {request} was extended, to which day is not recorded", request=answer.request)
            yield seen.doubt(About.NEW_TERM_UNKNOWN, "answers", said, _("a source that gives the new last day"))


def _no_start(seen: DoubtedEvent, field: str, request: Request) -> Iterator[Doubt]:
    within, shown = request.within, seen.shown
    if within is None or (within.after is not None and (within.after.item or not shown.case.owns(within.after))):
        return
    counted = within.from_ or CountedFrom.DATED
    base = shown.case.event_by_id.get(within.after.event) if within.after else seen.event
    if base is None:
        if within.after and within.after.event not in shown.case.unreadable:
            said = _("counts from {event}, which is not recorded", event=within.after)
            settled = _("a record of that event")
            yield seen.doubt(About.NO_START, field, said, settled, item=request.id)
        return
    day = base.day if counted is CountedFrom.DATED else getattr(base, counted)
    known = day is not None and day.form != "unknown"
    if known or not DoubtedEvent(shown, base).sound(counted) or not shown.reader.moment.possible(base):
        return
    said, settled = _STARTS[counted]
    paper = _("the paper") if base is seen.event else base.id
    said, settled = _(said, paper=paper), _(settled)
    yield seen.doubt(About.NO_START, field, said, settled, item=request.id)


_STARTS = {
    CountedFrom.DATED: (
        marked("counts from the day that {paper} was made, which is not recorded"),
        marked("a source that says when it was made"),
    ),
    CountedFrom.RECEIVED: (
        marked("counts from the day that {paper} was received, which is not recorded"),
        marked("a source that says when it was received"),
    ),
    CountedFrom.PUBLISHED: (
        marked("counts from the day that {paper} was made public, which is not recorded"),
        marked("a source that says when it was made public"),
    ),
}
"""What is said of a term whose first day is not known, and what would settle it."""


def _of_answers(shown: Shown) -> Iterator[Doubt]:
    """Yields doubts about answers: two sides say different things, or nobody could find the answer."""
    yield from _told_differently(shown)
    for ask in asks_of(shown.case, shown.reader.moment):
        seen = DoubtedEvent(shown, ask.event)
        lines = [each for line in ask_lines_of(shown, ask) for each in (line, *line.parts) if each.outcome == "unknown"]
        if lines:
            names = ", ".join(dict.fromkeys(each.party for each in lines if each.party != UNKNOWN))
            asked = row_ask(shown, ask).text.rstrip(".")
            said = _("{what} (of {names})", what=asked, names=names) if names else asked
            settled = _("a paper that answers, or a source that attests that no answer came")
            yield seen.doubt(About.ANSWER_UNKNOWN, "requests", said, settled, item=ask.item)


class _Told(NamedTuple):
    """An answer of one party, and who reports it."""

    event: Event
    outcome: Outcome
    tellers: frozenset[str]

    @property
    def said_by(self) -> SaidBy:
        return SaidBy(_(self.outcome.label).lower(), (self.event.id,))

    def contradicts(self, later: "_Told") -> bool:
        """True if a later answer, reported by somebody else, contradicts this one instead of continuing it."""
        if frozenset({self.outcome, later.outcome}) not in EXCLUDING or self.tellers == later.tellers:
            return False
        undone = self.outcome in {Outcome.NONE, Outcome.NOT_MET}
        grew = undone or (self.outcome, later.outcome) == (Outcome.REFUSED, Outcome.MET)
        return not (grew and self.event.day.certainly_before(later.event.day))


def _told_differently(shown: Shown) -> Iterator[Doubt]:
    for (request, party), several in _all_told(shown).items():
        for one, other in combinations(several, 2):
            if one.contradicts(other):
                values = (one.said_by, other.said_by)
                told = all_of(_("{answer} by {event}", answer=each.value, event=each.sources[0]) for each in values)
                said = before(_("{request}, of {name}", request=request, name=shown.name(party))) + told
                settled = _("the answer itself, or a third source on what came back")
                yield DoubtedEvent(shown, other.event).doubt(
                    About.ANSWERS_DISAGREE, "answers", said, settled, values=values
                )


def _all_told(shown: Shown) -> dict[tuple[str, str], list[_Told]]:
    found: dict[tuple[str, str], list[_Told]] = {}
    for event in shown.events():
        tellers = frozenset(actor.party for actor in event.principals)
        for answer in event.answers:
            for party in answer.of or event.principals:
                if party.party != UNKNOWN:
                    told = _Told(event, answer.answer, tellers)
                    found.setdefault((str(answer.request), party.party), []).append(told)
    return found
