"""Requests, their terms and their outcomes for all views, and the ledger of all requests.

The ledger has a line for each party asked; open requests come first, the longest open at the top. A request is open
until it has certainly been answered; no line accuses anybody.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ogpcase.ledger import Ask, AskedLine, Counted, Limit, Moved, asks_of
from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.model.codelists import Outcome
from ogpcase.model.dates import Days
from ogpcase.model.events import Event
from ogpcase.output.messages import _, ngettext, pgettext
from ogpcase.output.words import days_in_words, perhaps
from ogpcase.policy.procedures import Stage, procedure_of
from ogpcase.reports.shown import Languages, Shown


class ShownTerm(NamedTuple):
    """The term for an answer. `set_to` is the day before it was ever moved, `last_day` the one in effect.

    `last_day` is None where it is not known; `not_known` then says why: `start`, or `day`. `certain` is true if the
    last day is exact.
    """

    set_to: str | None
    last_day: str | None
    earliest: date | None
    latest: date | None
    certain: bool
    counted: Counted | None
    moves: tuple[Moved, ...]
    not_known: str | None


class Missed(NamedTuple):
    """What the paper says will follow when the term is missed; it is never applied by itself."""

    text: str
    stage: Stage | None


def term_of(ask: Ask, limit: Limit | None) -> ShownTerm | None:
    """Returns a request's term, or that of one party asked; None where none is set."""
    if limit is None:
        return None
    day = limit.day
    written = limit.written.text if limit.written and day and day.firm and not day.exact else None
    return ShownTerm(
        set_to=ask.due.text if ask.due else limit.first.text if limit.first else None,
        last_day=(written or day.text) if day else None,
        earliest=day.earliest if day else None,
        latest=day.latest if day else None,
        certain=bool(day and day.exact),
        counted=limit.counted,
        moves=limit.moves,
        not_known=limit.not_known,
    )


class AskLine(NamedTuple):
    """The outcome for one party: its name and id, the outcome, and the event that reports it with its date.

    `timing` says whether the answer was in time, with the days late, passed or left if they are known.
    `after` is the time from the request to the answer, `open_for` the time it has been open.
    `at_end` is true if both are counted to the end of the case. `silent_for` is the time from the request to the last
    paper that attests silence. `own` is false if only parts of the party answered, or nobody did. `inferred` is true if
    no source states in words that this is the answer.
    """

    party: str
    outcome: str
    told_by: str | None
    told_on: str | None
    certain: bool
    parts: tuple["AskLine", ...] = ()
    timing: str = "no_limit"
    timing_days: Days | None = None
    after: Days | None = None
    open_for: Days | None = None
    term: ShownTerm | None = None
    at_end: bool = False
    party_id: str | None = None
    silent_for: Days | None = None
    own: bool = False
    inferred: bool = False
    asked: bool = True

    @property
    def told_outcome(self) -> str:
        """The outcome as views tell it: `parts_differ` where only parts of the party answered, each otherwise."""
        return "parts_differ" if self.outcome == "unanswered" and self.parts else self.outcome


class RowAsk(NamedTuple):
    """A request the event makes, or a duty of the policy it brings; `item` is its id within the event.

    `open` is None where an answer may have come, or the request may not have been made. `inferred` is true where no
    source states it in words.
    """

    item: str
    text: str
    due: str | None
    lines: tuple[AskLine, ...]
    duty: bool
    extended_to: str | None = None
    term: ShownTerm | None = None
    on_missed: Missed | None = None
    at_end: bool = False
    certain: bool = True
    open: bool | None = True
    inferred: bool = False

    @property
    def said(self) -> str:
        """What is asked for, as a view prints it."""
        return f"{self.text} {_('(inferred)')}" if self.inferred else self.text


def row_ask(shown: Shown, ask: Ask) -> RowAsk:
    """Returns a request as a part of its event's row."""
    missed = ask.on_missed
    follows = procedure_of(shown.case).stage(missed.stage) if missed and missed.stage else None
    inferred = {f"{field}{item}" for field in ("requests", "milestones") for item in ("", f"#{ask.item}")}
    return RowAsk(
        item=ask.item,
        text=_(shown.text(ask.text)) if ask.duty else shown.text(ask.text),
        due=ask.due.text if ask.due else None,
        lines=ask_lines_of(shown, ask),
        duty=ask.duty,
        extended_to=ask.extended_to.text if ask.extended_to else None,
        term=term_of(ask, ask.limit),
        on_missed=Missed(shown.text(missed.text), follows) if missed else None,
        at_end=ask.at_end,
        certain=ask.certain,
        open=ask.open,
        inferred=not ask.duty and not inferred.isdisjoint(ask.event.inferred),
    )


def ask_lines_of(shown: Shown, ask: Ask) -> tuple[AskLine, ...]:
    """Returns the outcomes of a request, a line for each party asked."""
    return tuple(_ask_line(shown, ask, line) for line in ask.lines)


def _ask_line(shown: Shown, ask: Ask, line: AskedLine) -> AskLine:
    told = line.told
    return AskLine(
        party=line.as_named or shown.name(line.party),
        outcome=line.outcome,
        told_by=told.event.id if told else None,
        told_on=told.event.dated.text if told else None,
        certain=line.certain,
        parts=tuple(_ask_line(shown, ask, part) for part in line.parts),
        timing=line.timing.word,
        timing_days=line.timing.days,
        after=line.after,
        open_for=line.open_for,
        term=term_of(ask, line.limit),
        at_end=ask.at_end and not line.answered,
        party_id=line.party,
        silent_for=line.silent_for,
        own=bool(line.streak),
        inferred=bool(told and "answers" in told.event.inferred),
        asked=line.asked,
    )


def longest_first(days: Days | None) -> tuple[bool, int]:
    """Sorts open requests: the longest open first, unknown lengths last."""
    length = None if days is None else days.fewest if days.fewest is not None else days.most
    return (length is None, -(length or 0))


def folded_words(duties: Iterable[bool | None]) -> str:
    """Returns how many duties a view leaves out, given which of them are open; nothing where there is none."""
    states = list(duties)
    no_answer = sum(state is not False for state in states)
    number = len(states)
    if not states:
        return ""
    if no_answer == number:
        return ngettext(
            "{number} duty of the policy without an answer is left out; --duties shows it",
            "{number} duties of the policy without an answer are left out; --duties shows them",
            number,
        )
    if not no_answer:
        return ngettext(
            "{number} duty of the policy, answered, is left out; --duties shows it",
            "{number} duties of the policy, answered, are left out; --duties shows them",
            number,
        )
    return _(
        "{number} duties of the policy are left out, {few} without an answer; --duties shows them",
        number=number,
        few=no_answer,
    )


def repeated_words(requests: Iterable[tuple[str, str]]) -> str:
    """Returns a sentence on requests of which a list has one for each who was asked; nothing where it has no such.

    `requests` are the cases and references of what is listed.
    """
    listed = list(requests)
    several = len(set(listed)) < len(listed)
    return _("A request to several is listed once for each of them, and counted once.") if several else ""


DUTY = "duty"
"""The word for a duty of the policy where requests are chosen by kind."""


class Asked(NamedTuple):
    """A request to one party: the whole request, who asks, and the line of this party.

    `by` is empty where the policy asks, or the paper names nobody. `open` is false once it has certainly been answered,
    and None where that, or the request itself, only may be.
    `others` are the parties that answered without being asked.
    """

    case: str
    reference: str
    event: Event
    title: str
    by: tuple[str, ...]
    on_behalf_of: tuple[str, ...]
    ask: RowAsk
    line: AskLine
    open: bool | None
    others: tuple[AskLine, ...]


class AskFilter(NamedTuple):
    """A filter of lines; a party's id also selects its parts."""

    of: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    timings: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    due_before: date | None = None


class Requests(NamedTuple):
    """The lines of the ledger, and the number of lines that the filter left out.

    `duties` is true where views show the duties of the policy one by one, and `full` where they show whole texts.
    """

    rows: tuple[Asked, ...]
    left_out: int
    languages: Languages
    duties: bool = False
    full: bool = False


def requests_of(cases: Iterable[CaseFile], reader: Reader, wanted: AskFilter | None = None) -> Requests:
    """Returns what was asked in these cases, on the reader's day."""
    chosen = wanted or AskFilter()
    several = [Shown(case, reader) for case in cases]
    rows: list[Asked] = []
    left_out = 0
    for shown in several:
        for ask in asks_of(shown.case, reader.moment):
            for line, row in _rows(shown, ask):
                if _wanted(shown, ask, line, chosen):
                    rows.append(row)
                else:
                    left_out += 1
    duties = DUTY in chosen.kinds
    return Requests(tuple(sorted(rows, key=open_first)), left_out, Languages.of(reader, several), duties)


def _rows(shown: Shown, ask: Ask) -> Iterator[tuple[AskedLine, Asked]]:
    event, row = ask.event, row_ask(shown, ask)
    reference, title = f"{event.id}#{ask.item}", shown.text(event.title)
    by = () if ask.duty else shown.names(event.actors)
    acted_for = () if ask.duty else shown.acted_for(event)
    pairs = list(zip(ask.lines, row.lines, strict=True))
    others = tuple(said for line, said in pairs if not line.asked)
    for line, said in pairs:
        if line.asked:
            yield (
                line,
                Asked(shown.case.id, reference, event, title, by, acted_for, row, said, ask.open_of(line), others),
            )


def _wanted(shown: Shown, ask: Ask, line: AskedLine, wanted: AskFilter) -> bool:
    belongs, day = shown.case.registry.may_belong, ask.event.day
    asked = [each.party for each in (line, *line.parts) if each.party is not None]
    asking = [] if ask.duty else [actor.party for actor in (*ask.event.actors, *ask.event.on_behalf_of)]
    kind = DUTY if ask.duty else str(ask.event.kind)
    due = line.limit.day if line.limit else None
    return (
        (not wanted.of or any(belongs(party, whole, day) for party in asked for whole in wanted.of))
        and (not wanted.by or any(belongs(party, whole, day) for party in asking for whole in wanted.by))
        and (not wanted.outcomes or line.outcome in wanted.outcomes)
        and (not wanted.timings or line.timing.word in wanted.timings)
        and (not wanted.kinds or kind in wanted.kinds)
        and (
            wanted.due_before is None  # a term whose day is not known may not be before any day
            or (due is not None and (due.earliest is None or due.earliest < wanted.due_before))
        )
    )


def open_first(row: Asked) -> tuple[object, ...]:
    """Sorts open requests first, the longest open first and unknown lengths last; the settled ones come last."""
    return (
        row.open is not True,
        row.open is False,
        *longest_first(row.line.open_for),
        row.case,
        row.event.dated.text,
        row.reference,
    )


OUTCOMES_EXPLAINED: Mapping[str, str] = {
    "silent": "silent",
    "unanswered": "unanswered",
    "unknown": Outcome.UNKNOWN.label.lower(),
    "not_read": "not read",
    "call": "call",
}
"""The outcomes that a legend explains, each with its words in English."""


def english_words(outcome: str) -> str:
    """Returns an outcome in English words: `partly met`."""
    return OUTCOMES_EXPLAINED.get(outcome, outcome.replace("_", " "))


def outcome_words(outcome: str, number: int = 1) -> str:
    """Returns an outcome in words, as many times as it came: `partly met`."""
    word = english_words(outcome)
    return _(word) if number == 1 else pgettext("several", word)


def timing_words(answer: AskLine) -> str:
    """Returns whether the answer was in time; nothing if there is no term."""
    days = days_in_words(answer.timing_days)
    if (answer.outcome == "unanswered" and answer.parts) or answer.outcome == "not_read":
        return ""
    if answer.timing in {"running", "due_passed"} and (answer.outcome in {"overtaken", "not_met"} or answer.at_end):
        return _timing_at_end(answer, days)
    words: dict[str, Callable[[], str]] = {
        "on_time": lambda: perhaps(_("in time"), certain=answer.certain),
        "late": lambda: perhaps(_late(answer, days), certain=answer.certain),
        "possibly_late": lambda: _("possibly late"),
        "running": lambda: _runs(answer, days),
        "due_passed": lambda: _("term passed {days} ago", days=days),
        "ended": lambda: _("ended {days} ago", days=days),
        "unknown": lambda: _("timing not known"),
    }
    return words[answer.timing]() if answer.timing in words else ""


def _late(answer: AskLine, days: str) -> str:
    if answer.outcome == "silent":
        return _("{days} past the last day", days=days) if days else _("past the last day")
    return _("{days} late", days=days) if days else _("late")


def _runs(answer: AskLine, days: str) -> str:
    if answer.timing_days == Days(0, 0):
        return _("today is its last day")
    return _("{days} left", days=days) if days else _("its term runs")


def _timing_at_end(answer: AskLine, days: str) -> str:
    """Returns how the term of a request stood that ended or was said not to be done, or that a case left open."""
    if answer.timing == "running":
        where = _not_passed(answer)
        return _("{term} when the case ended", term=where) if answer.at_end else where
    if answer.at_end:
        return _("term passed {days} before the case ended", days=days)
    return _("term passed {days} before", days=days)


def _not_passed(answer: AskLine) -> str:
    """Returns where in its term a request was that ended or was said not to be done; its last day is within it."""
    days = answer.timing_days
    if days is None or days.fewest != 0:
        return _("not yet due")
    return _("on its last day") if days.most == 0 else _("not past its last day")
