"""What a reader may know of events when terms and answers are reckoned: a withheld date gives no day away."""

from __future__ import annotations

from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event
from ogpcase.values import frozen
from ogpcase.views.shown import Shown


@frozen
class ReaderSight:
    """The ledger's sight of one reader, in this case and in those that its terms run from."""

    shown: Shown

    def tells(self, case: CaseFile, event: Event) -> bool:
        """True when the reader may know what the event answers, and by whom."""
        return self._in(case).tells(event)

    def sees(self, case: CaseFile, event: Event, field: str) -> bool:
        """True when the reader may know a field of the event, and that it is this event that moved the case."""
        return not self._in(case).withholding(event).covers_field(field)

    def sees_item(self, case: CaseFile, event: Event, item: str) -> bool:
        """True when the reader may know an item of the event."""
        return not self._in(case).hides_item(event, item)

    def _in(self, case: CaseFile) -> Shown:
        return self.shown if case is self.shown.case else Shown(case, self.shown.reader)
