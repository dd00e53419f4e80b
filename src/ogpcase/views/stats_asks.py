"""How often each party was asked for something, what came back, and in what time; nobody is accused of anything.

What an agency said for itself counts as asked of it too,
beside the body that it is part of, so that rows do not add up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias, get_args

from ogpcase.ledger import Ask, AskedLine, AskOutcome, asks_of
from ogpcase.values import frozen
from ogpcase.views.shown import Shown

Sort: TypeAlias = Literal["request", "duty", "context"]
SORTS: tuple[Sort, ...] = get_args(Sort)
"""What is counted apart: requests of the case's papers, duties of the policy, requests of background papers."""
OUTCOMES: tuple[AskOutcome, ...] = get_args(AskOutcome)
TIMINGS = ("on_time", "late", "possibly_late", "due_passed")
"""The timings that are counted; of what has no term, or one that still runs, there is nothing to count."""


@frozen
class AskedParty:
    """What one party was asked and what came back. `party` is None for what was asked of nobody by name.

    `outcomes` and `timings` count what is certain; `perhaps` are those of which the request, or what came back, has
    only possibly happened: `asked` is all of them together.
    """

    party: str | None
    name: str
    sort: Sort
    asked: int
    outcomes: Mapping[str, int]
    timings: Mapping[str, int]
    perhaps: int


@frozen
class AskedOnce:
    """One thing asked of one party: the party's id and name, and what came back."""

    party: str | None
    name: str
    sort: Sort
    outcome: str
    timing: str
    certain: bool


def asked_in(shown: Shown) -> Iterator[AskedOnce]:
    """Yields everything that was asked of anyone in a case."""
    for ask in asks_of(shown.case, shown.reader.moment):
        for line in ask.lines:
            if line.asked:
                yield from _asked(shown, ask, line)


def _asked(shown: Shown, ask: Ask, line: AskedLine) -> Iterator[AskedOnce]:
    certain = ask.certain and line.certain
    yield AskedOnce(line.party, shown.name(line.party), _sort(ask), line.outcome, line.timing.word, certain)
    for part in line.parts:
        yield from _asked(shown, ask, part)


def _sort(ask: Ask) -> Sort:
    if ask.duty:
        return "duty"
    return "context" if ask.event.context else "request"


def asked_parties(asked: Iterable[AskedOnce]) -> tuple[AskedParty, ...]:
    """Returns a row for each party and sort of request, those asked most often first."""
    by_party: dict[tuple[str | None, Sort], list[AskedOnce]] = {}
    for each in asked:
        by_party.setdefault((each.party, each.sort), []).append(each)
    rows = [_counted(several) for several in by_party.values()]
    return tuple(sorted(rows, key=lambda row: (SORTS.index(row.sort), -row.asked, row.name, row.party or "")))


def _counted(several: list[AskedOnce]) -> AskedParty:
    first = several[0]
    certain = [each for each in several if each.certain]
    outcomes, timings = Counter(each.outcome for each in certain), Counter(each.timing for each in certain)
    return AskedParty(
        party=first.party,
        name=first.name,
        sort=first.sort,
        asked=len(several),
        outcomes={outcome: outcomes[outcome] for outcome in OUTCOMES},
        timings={timing: timings[timing] for timing in TIMINGS},
        perhaps=len(several) - len(certain),
    )
