"""Requests that were made or taken back, and what came back on those there are, from one version to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ogpcase.ledger import Ask, asks_of
from ogpcase.model.parties import UNKNOWN
from ogpcase.values import frozen
from ogpcase.views.asks import AskLine, ask_lines_of
from ogpcase.views.diff_fields import Sides
from ogpcase.views.shown import Shown

AskWord = Literal["made", "withdrawn", "answered", "unanswered", "withheld"]
"""What became of an ask; `unanswered` when answers to it are gone, `withheld` when public copies leave them out now."""
NOTHING_CAME = "unanswered"


@frozen
class OutcomeChange:
    """What came back from one party, in both versions; None where it was not asked. `told_by` is the later's event."""

    party: str
    before: str | None
    after: str | None
    told_by: str | None = None


@frozen
class AskChange:
    """A request or duty that is new, gone, or has another outcome; the outcomes are those that changed, or are new."""

    what: AskWord
    request: str
    text: str
    due: str | None
    duty: bool
    outcomes: tuple[OutcomeChange, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """Who is newly asked and has not answered, where somebody is named."""
        asked = (each for each in self.outcomes if each.before is None and each.after == NOTHING_CAME)
        return tuple(each.party for each in asked if each.party != UNKNOWN)

    @property
    def came(self) -> tuple[OutcomeChange, ...]:
        """The outcomes that say more than that somebody is asked."""
        return tuple(each for each in self.outcomes if each.before is not None or each.after != NOTHING_CAME)


def ask_changes(sides: Sides) -> tuple[AskChange, ...]:
    """Returns what changed in the requests of a case, in the case's order; those that are gone come last.

    What a record asks that only one version can read is neither made nor taken back.
    """
    before, after = sides.before, sides.after
    lost = before.case.unreadable | after.case.unreadable
    old, new = (dict(_by_name(sides, shown, lost)) for shown in (before, after))
    there = (_change(before, after, old.get(name), ask) for name, ask in new.items())
    gone = (_of(before, "withdrawn", ask, ()) for name, ask in old.items() if name not in new)
    return tuple(each for each in (*there, *gone) if each is not None)


def _by_name(sides: Sides, shown: Shown, lost: frozenset[str]) -> Iterator[tuple[str, Ask]]:
    for ask in asks_of(shown.case, shown.reader.moment):
        if ask.event.id not in lost:
            yield sides.last_name(f"{shown.case.id}/{ask.event.id}#{ask.item}"), ask


def _change(before: Shown, after: Shown, old: Ask | None, new: Ask) -> AskChange | None:
    came = dict(_outcomes(after, new))
    if old is None:
        made = tuple(OutcomeChange(line.party, None, line.outcome, line.told_by) for line in came.values())
        return _of(after, "made", new, made)
    had = {key: line.outcome for key, line in _outcomes(before, old)}
    changed = [
        OutcomeChange(line.party, had.get(key), line.outcome, line.told_by)
        for key, line in came.items()
        if line.outcome != had.get(key, NOTHING_CAME)
    ]
    changed += [
        OutcomeChange(line.party, line.outcome, None)
        for key, line in _outcomes(before, old)
        if key not in came and line.outcome != NOTHING_CAME
    ]
    lost = all(each.after in {None, NOTHING_CAME} for each in changed)
    hidden = any(each.after == "withheld" for each in changed)
    word: AskWord = "withheld" if hidden else "unanswered" if lost else "answered"
    return _of(after, word, new, tuple(changed)) if changed else None


def _outcomes(shown: Shown, ask: Ask) -> Iterator[tuple[tuple[str | None, ...], AskLine]]:
    """Yields the lines of a request and of its parts, each by the parties it is of."""
    for asked, line in zip(ask.lines, ask_lines_of(shown, ask), strict=True):
        yield (asked.party,), line
        for inner, part in zip(asked.parts, line.parts, strict=True):
            yield (asked.party, inner.party), part


def _of(shown: Shown, what: AskWord, ask: Ask, outcomes: tuple[OutcomeChange, ...]) -> AskChange:
    return AskChange(
        what=what,
        request=f"{ask.event.id}#{ask.item}",
        text=shown.text(ask.text),
        due=ask.due.text if ask.due else None,
        duty=ask.duty,
        outcomes=outcomes,
    )
