"""What an event asked, told of and decided, in a phrase each: made from its declared fields, whatever the kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ogpcase.model.parties import UNKNOWN
from ogpcase.output.messages import _, marked, ngettext, with_days
from ogpcase.output.words import before, date_in_short, lowered, perhaps
from ogpcase.reports.requests.rows import RowAsk, outcome_words
from ogpcase.reports.timeline.rows import Row, RowAnswer


def phrases_of(row: Row, asks: Sequence[RowAsk], *, entered: bool = False) -> tuple[str, ...]:
    """Returns the phrases of an event: its moves, what it decided and answered, and what it asked in `asks`.

    With `entered`, a heading above the event already names the stage that it leads to.
    """
    answered = (f"{phrase}{_inferred(row, 'answers')}" for phrase in _answered(row.told))
    asked = _asked([ask for ask in asks if not ask.duty])
    return tuple(filter(None, (*_moves(row, entered=entered), *decided(row), *answered, asked)))


def decided(row: Row) -> tuple[str, ...]:
    """Returns what the fields of the event say that it decided or found."""
    fields = ((name, row.event.get(name)) for name in _DECIDING)
    phrases = ((name, _DECIDING[name](value)) for name, value in fields if value)
    return tuple(dict.fromkeys(f"{phrase}{_inferred(row, name)}" for name, phrase in phrases if phrase))


def inferred_beside(row: Row) -> tuple[str, ...]:
    """Returns the inferred fields that no phrase marks."""
    said = (("moves_to", row.moves_to), ("answers", row.told), ("requests", row.asks), ("milestones", row.asks))
    marked = {name for name in _DECIDING if row.event.get(name)} | {name for name, value in said if value}
    return tuple(name for name in row.event.inferred if name.partition("#")[0] not in marked)


def _inferred(row: Row, name: str) -> str:
    return f" {_('(inferred)')}" if name in row.event.inferred else ""


def _moves(row: Row, *, entered: bool) -> Iterator[str]:
    if not row.moves_to:
        return
    last, inferred = row.moves_to[-1], _inferred(row, "moves_to")
    stages = ", ".join(_(stage.label) for stage in row.moves_to)
    if entered and row.stays == len(row.moves_to):
        yield f"{_('opens the case')}{inferred}"
    elif last.ends:
        closes = _("closes the case")
        yield f"{closes if entered else before(closes) + stages}{inferred}"
    elif not entered and row.certain and row.stage == last:
        yield f"{_('keeps the case in {stages}', stages=stages)}{inferred}"
    elif not entered:
        yield f"{_('moves the case to {stages}', stages=stages)}{inferred}"
    elif inferred:
        yield f"{_('moves the case')}{inferred}"


def _votes(votes: Any) -> str:  # noqa: ANN401 - the value of a field of some kinds
    numbers = (
        (votes.for_, marked("for {number}")),
        (votes.against, marked("against {number}")),
        (votes.abstain, marked("abstaining {number}")),
    )
    said = ", ".join(_(words, number=number) for number, words in numbers if number is not None)
    return said or votes.method or ""


def _term(term: Any) -> str:  # noqa: ANN401 - as above
    if term.until:
        return with_days("until {day}", day=term.until.text)
    return ngettext("for {number} month", "for {number} months", term.months) if term.months else ""


def _conclusion(code: str) -> str:
    """Returns a conclusion in words; to ask the code for its label would read the tables of all procedures."""
    if code == UNKNOWN:
        return _("conclusion not known")
    label = _(code.replace("_", " ").capitalize())
    return _("concludes: {conclusion}", conclusion=lowered(label))


def _replies(replies: Iterable[Any]) -> str:
    positions = Counter(reply.position for reply in replies)
    return ", ".join(
        ngettext(
            "{position} {number} allegation",
            "{position} {number} allegations",
            number,
            position=lowered(_(position.label)),
        )
        for position, number in positions.items()
    )


_DECIDING: Mapping[str, Callable[[Any], str]] = {
    "basis": str,
    "adopts": lambda report: _("adopts {report}", report=report),
    "conclusion": _conclusion,
    "findings": lambda findings: ngettext("{number} finding", "{number} findings", len(findings)),
    "votes": _votes,
    "term": _term,
    "until": lambda day: with_days("until {day}", day=day.text),
    "process": lambda process: _("process {state}", state=lowered(_(process.label))),
    "as_stated_status": lambda word: _("stated as “{word}”", word=word),
    "replies": _replies,
    "in_reply_to": lambda replied: _("in reply to {papers}", papers=", ".join(map(str, replied))),
}
"""The fields that say what an event decided, found or replied, in the order of the phrases, with their wording."""


def _answered(told: Sequence[RowAnswer]) -> Iterator[str]:
    """Yields what the event tells of requests of other events: answers, silences, new terms, and searches in vain."""
    answers = Counter(answer.answer for answer in told)
    silent, extended, sought = (answers.pop(answer, 0) for answer in ("none", "extended", "unknown"))
    if answers:
        number = sum(answers.values())
        each = ", ".join(f"{few} {outcome_words(answer, few)}" for answer, few in answers.items())
        outcomes = outcome_words(next(iter(answers)), number) if len(answers) == 1 else each
        yield ngettext(
            "answers {number} ask: {outcomes}", "answers {number} asks: {outcomes}", number, outcomes=outcomes
        )
    if silent:
        yield ngettext("attests {number} silence", "attests {number} silences", silent)
    if extended:
        yield ngettext("moves the term of {number} ask", "moves the term of {number} asks", extended)
    if sought:
        yield ngettext(
            "answers to {number} ask looked for in vain", "answers to {number} asks looked for in vain", sought
        )


class _State(NamedTuple):
    """What became of a request: the outcome of all who were asked, or `parts_differ` where theirs differ."""

    outcome: str
    certain: bool = True
    late: bool = False

    def said(self, number: int) -> str:
        """Returns the state in words, of so many requests that have it."""
        words = _(_IN_WORDS[self.outcome]) if self.outcome in _IN_WORDS else outcome_words(self.outcome, number)
        return perhaps(_("{outcome} late", outcome=words) if self.late else words, certain=self.certain)


_IN_WORDS: Mapping[str, str] = {
    "unanswered": marked("not answered on record"),
    "call": marked("of nobody in particular"),
    "parts_differ": marked("answered in part"),
}
"""How a phrase says the outcomes that it does not say as other views do."""


def _asked(asks: Sequence[RowAsk]) -> str:
    """Returns how many things are asked, and what came back in a few words."""
    if not asks:
        return ""
    states = Counter(map(_state, asks))
    inferred = any(ask.inferred or any(line.inferred for line in ask.lines) for ask in asks)
    doubt = f" {_('(inferred)')}" if inferred else ""
    if len(states) == 1:
        return _of_all(next(iter(states)), asks) + doubt
    each = ", ".join(f"{few} {state.said(few)}" for state, few in states.most_common())
    return ngettext("asks {number} thing: {states}", "asks {number} things: {states}", len(asks), states=each) + doubt


def _of_all(state: _State, asks: Sequence[RowAsk]) -> str:
    """Returns what became of requests that all have one state."""
    number, told = len(asks), sorted({line.told_on for ask in asks for line in ask.lines if line.told_on})
    if state == _State("silent"):
        return _silent(number, ", ".join(told))
    if state == _State("unanswered"):
        return _without_answer(number)
    if state == _State("call"):
        return ngettext(
            "asks {number} thing of nobody in particular", "asks {number} things of nobody in particular", number
        )
    named = 0 < len(told) <= MOST_DAYS and state.outcome != "parts_differ"
    outcome = state.said(number)
    if named:
        outcome = _("{outcome} {days}", outcome=outcome, days=", ".join(map(date_in_short, told)))
    if number == _PAIR:
        return _("asks 2 things: both {outcome}", outcome=outcome)
    return ngettext("asks {number} thing: {outcome}", "asks {number} things: all {outcome}", number, outcome=outcome)


def _silent(number: int, days: str) -> str:
    if number == _PAIR:
        return _("2 asks, both silent: attested {days}", days=days)
    return ngettext(
        "{number} ask, silent: attested {days}", "{number} asks, all silent: attested {days}", number, days=days
    )


def _without_answer(number: int) -> str:
    if number == _PAIR:
        return _("asks 2 things; neither answered on record")
    return ngettext(
        "asks {number} thing; not answered on record", "asks {number} things; none answered on record", number
    )


_PAIR = 2
MOST_DAYS = 2
"""The most days that a phrase names."""


def _state(ask: RowAsk) -> _State:
    """Returns the state of a request: that of all who were asked, or that theirs differ."""
    states = {
        _State(line.told_outcome, line.certain, late=line.timing == "late" and line.outcome != "silent")
        for line in ask.lines
        if line.asked
    }
    return states.pop() if len(states) == 1 else _State("parts_differ")
