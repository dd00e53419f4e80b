"""Counts the events of cases that are in memory, each time that a case is read."""

from __future__ import annotations

import weakref
from typing import Any

import pytest

from ogpcase.workspace.opening import Workspace


class Living:
    """The events read since it began: how many there are, how many live, and the most that lived as one was read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._events: list[weakref.ref[Any]] = []
        self.most = 0
        read = Workspace.case

        def counted(workspace: Workspace, case_id: str) -> Any:
            self.most = max(self.most, self.now)
            loaded = read(workspace, case_id)
            self._events.extend(map(weakref.ref, loaded.casefile.events))
            return loaded

        monkeypatch.setattr(Workspace, "case", counted)

    @property
    def read(self) -> int:
        """How many events were read."""
        return len(self._events)

    @property
    def now(self) -> int:
        """How many of them are in memory."""
        return sum(event() is not None for event in self._events)
