"""What the ledger may look at: everything, unless a reader may not see some of it."""

from __future__ import annotations

from typing import Protocol

from ogpcase.model.casefile import CaseFile
from ogpcase.model.events import Event


class Sight(Protocol):
    """What may be known of events; what may not counts as not recorded."""

    def tells(self, case: CaseFile, event: Event) -> bool:
        """True when it may be known what the event answers, and by whom."""

    def sees(self, case: CaseFile, event: Event, field: str) -> bool:
        """True when a field of the event may be known."""

    def sees_item(self, case: CaseFile, event: Event, item: str) -> bool:
        """True when an item of the event may be known."""


class Everything:
    """Sees all there is."""

    def tells(self, case: CaseFile, event: Event) -> bool:  # noqa: ARG002 - a Sight's signature
        """True of every event."""
        return True

    def sees(self, case: CaseFile, event: Event, field: str) -> bool:  # noqa: ARG002 - a Sight's signature
        """True of every field."""
        return True

    def sees_item(self, case: CaseFile, event: Event, item: str) -> bool:  # noqa: ARG002 - a Sight's signature
        """True of every item."""
        return True
