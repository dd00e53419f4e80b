"""What an event asked, told of and decided, in a phrase each: made from its declared fields, whatever the kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ogpcase.model.parties import UNKNOWN
from ogpcase.output.lines import counted, date_in_short
from ogpcase.reports.requests.rows import AskLine, RowAsk
from ogpcase.reports.timeline.rows import Row, RowAnswer


def phrases_of(row: Row, asks: Sequence[RowAsk], *, entered: bool = False) -> tuple[str, ...]:
    """Returns the phrases of an event: its moves, what it decided and answered, and what it asked in `asks`.

    With `entered`, a heading above the event already names the stage that it leads to.
    """
    answered = (f"{phrase}{_inferred(row, 'answers')}" for phrase in _answered(row.told))
    return tuple(filter(None, (*_moves(row, entered=entered), *decided(row), *answered, _asked(_own(asks)))))


def decided(row: Row) -> tuple[str, ...]:
    """Returns what the fields of the event say that it decided or found."""
    fields = ((name, getattr(row.event, name, None)) for name in _DECIDING)
    phrases = ((name, _DECIDING[name](value)) for name, value in fields if value)
    return tuple(dict.fromkeys(f"{phrase}{_inferred(row, name)}" for name, phrase in phrases if phrase))


def inferred_beside(row: Row) -> tuple[str, ...]:
    """Returns the inferred fields that no phrase marks."""
    said = (("moves_to", row.moves_to), ("answers", row.told), ("requests", row.asks), ("milestones", row.asks))
    marked = {name for name in _DECIDING if getattr(row.event, name, None)} | {name for name, value in said if value}
    return tuple(name for name in row.event.inferred if name.partition("#")[0] not in marked)


def _inferred(row: Row, name: str) -> str:
    return " (inferred)" if name in row.event.inferred else ""


def _moves(row: Row, *, entered: bool) -> Iterator[str]:
    if not row.moves_to:
        return
    last, inferred = row.moves_to[-1], _inferred(row, "moves_to")
    stages = ", ".join(stage.label for stage in row.moves_to)
    if entered and row.stays == len(row.moves_to):
        yield f"opens the case{inferred}"
    elif last.ends:
        yield (f"closes the case{inferred}" if entered else f"closes the case: {stages}{inferred}")
    elif not entered and row.certain and row.stage == last:
        yield f"keeps the case in {stages}{inferred}"
    elif not entered:
        yield f"moves the case to {stages}{inferred}"
    elif inferred:
        yield f"moves the case{inferred}"


def _votes(votes: Any) -> str:  # noqa: ANN401 - the value of a field of some kinds
    numbers = ((votes.for_, "for"), (votes.against, "against"), (votes.abstain, "abstaining"))
    return ", ".join([*(f"{word} {number}" for number, word in numbers if number is not None)]) or votes.method or ""


def _term(term: Any) -> str:  # noqa: ANN401 - as above
    months = f"for {counted(term.months, 'month')}" if term.months else ""
    return f"until {term.until.text}" if term.until else months


def _conclusion(code: str) -> str:
    """Returns a conclusion in words; to ask the code for its label would read the tables of all procedures."""
    return "conclusion not known" if code == UNKNOWN else f"concludes: {code.replace('_', ' ')}"


def _findings(findings: Sequence[Any]) -> str:
    return counted(len(findings), "finding")


def _replies(replies: Iterable[Any]) -> str:
    positions = Counter(reply.position.label.lower() for reply in replies)
    return ", ".join(f"{position} {counted(number, 'allegation')}" for position, number in positions.items())


_DECIDING: Mapping[str, Callable[[Any], str]] = {
    "basis": str,
    "adopts": lambda report: f"adopts {report}",
    "conclusion": _conclusion,
    "findings": _findings,
    "votes": _votes,
    "term": _term,
    "until": lambda day: f"until {day.text}",
    "process": lambda process: f"process {process.label.lower()}",
    "as_stated_status": lambda word: f"stated as “{word}”",
    "replies": _replies,
    "in_reply_to": lambda replied: f"in reply to {', '.join(map(str, replied))}",
}
"""The fields that say what an event decided, found or replied, in the order of the phrases, with their wording."""


def _answered(told: Sequence[RowAnswer]) -> Iterator[str]:
    """Yields what the event tells of requests of other events: answers, silences, new terms, and searches in vain."""
    words = Counter(answer.answer.replace("_", " ") for answer in told)
    silent, extended, sought = (words.pop(word, 0) for word in ("none", "extended", "unknown"))
    if words:
        kinds = ", ".join(words) if len(words) == 1 else ", ".join(f"{n} {word}" for word, n in words.items())
        yield f"answers {counted(sum(words.values()), 'ask')}: {kinds}"
    if silent:
        yield f"attests {counted(silent, 'silence')}"
    if extended:
        yield f"moves the term of {counted(extended, 'ask')}"
    if sought:
        yield f"answers to {counted(sought, 'ask')} looked for in vain"


def _own(asks: Iterable[RowAsk]) -> list[RowAsk]:
    return [ask for ask in asks if not ask.duty]


def _asked(asks: Sequence[RowAsk]) -> str:
    """Returns how many things are asked, and what came back in a few words."""
    if not asks:
        return ""
    states = Counter(map(_state, asks))
    doubt = " (inferred)" if any(ask.inferred or any(line.inferred for line in ask.lines) for ask in asks) else ""
    if len(states) == 1:
        return _of_all(next(iter(states)), asks) + doubt
    return f"asks {_things(len(asks))}: {', '.join(f'{number} {word}' for word, number in states.most_common())}{doubt}"


def _of_all(state: str, asks: Sequence[RowAsk]) -> str:
    number, told = len(asks), sorted({line.told_on for ask in asks for line in ask.lines if line.told_on})
    every = {1: "", 2: "both "}.get(number, "all ")
    if state == "silent":
        return f"{counted(number, 'ask')}, {every}silent: attested {', '.join(told)}"
    if state == _NO_ANSWER:
        none = {1: "not answered", 2: "neither answered"}.get(number, "none answered")
        return f"asks {_things(number)}; {none} on record"
    if state == _CALL:
        return f"asks {_things(number)} {_CALL}"
    days = f" {', '.join(map(date_in_short, told))}" if 0 < len(told) <= MOST_DAYS and state != _IN_PART else ""
    return f"asks {_things(number)}: {every}{state}{days}"


MOST_DAYS = 2
"""The most days that a phrase names."""
_NO_ANSWER, _CALL, _IN_PART = "not answered on record", "of nobody in particular", "answered in part"
_IN_WORDS: Mapping[str, str] = {"silent": "silent", "unanswered": _NO_ANSWER, "call": _CALL}
"""How a phrase says the outcomes that need no line of their own."""


def _state(ask: RowAsk) -> str:
    """Returns the outcome of a request in a word: that of all who were asked, or that it differs."""
    states = {_outcome(line) for line in ask.lines if line.asked}
    return states.pop() if len(states) == 1 else _IN_PART


def _outcome(line: AskLine) -> str:
    word = _IN_WORDS.get(line.outcome, line.outcome.replace("_", " "))
    if line.outcome == "unanswered" and line.parts:
        word = _IN_PART
    late = " late" if line.timing == "late" and line.outcome != "silent" else ""
    return f"{'' if line.certain else 'perhaps '}{word}{late}"


def _things(number: int) -> str:
    return counted(number, "thing")
