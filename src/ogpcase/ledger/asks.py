"""One request at a moment: what is asked, by which event, by when, and a line for each party asked."""

from __future__ import annotations

from ogpcase.ledger.answers import AskedLine
from ogpcase.ledger.limits import Limit
from ogpcase.model.asks import OnMissed
from ogpcase.model.dates import FuzzyDate
from ogpcase.model.events import Event
from ogpcase.model.texts import Text
from ogpcase.values import frozen


@frozen
class Ask:
    """One request at a moment: what is asked, by which event, by when, and a line for each party asked.

    `duty` is true where the policy asks, and the event only carries the move that brings the duty. `limit` is None
    where no term is set; what moved it for one party alone shows in that party's line. `at_end` is true for what was
    asked before the case ended and was still open then. `extended_to` is the last day named by an answer that moved
    the term, for everybody or for somebody asked.
    """

    event: Event
    item: str
    text: Text
    limit: Limit | None
    lines: tuple[AskedLine, ...]
    certain: bool
    duty: bool = False
    on_missed: OnMissed | None = None
    at_end: bool = False
    extended_to: FuzzyDate | None = None

    @property
    def due(self) -> FuzzyDate | None:
        """The last day that is in time as the request itself names it."""
        request = next((each for each in self.event.asks if each.id == self.item), None)
        return request.due if request and not self.duty else None

    @property
    def open(self) -> bool:
        """True while somebody asked has not certainly answered."""
        return any(not line.answered for line in self.lines if line.asked)
