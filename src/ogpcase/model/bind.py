"""Plain values to a typed record, or problems in the words of the house; nobody above sees a pydantic error.

A record with a wrong field still takes part in what can be known of it: the field is left out, and named in `flawed`.
What is said of a wrong one is in `refused`, which a good one never loads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ogpcase.diagnostics import FileId, FirstSlips
from ogpcase.model.bound import Bound, R, Task, beside, has_nulls, validated
from ogpcase.model.casefile import CaseHeader, FolderSettings
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS, Event
from ogpcase.model.fields import HEADER, PARTY, names_of
from ogpcase.model.parties import Party


def bind_event(values: object, event_id: str, file: FileId) -> Bound[Event]:
    """Binds an event; its class is picked by `kind`. A title or date that cannot be read is stood in for."""
    word = values.get("kind") if isinstance(values, Mapping) else None
    kind = _KIND_OF.get(word) if isinstance(word, str) else None
    if kind is None or not isinstance(values, Mapping):
        from ogpcase.model.partial_binding import without_kind  # a sound record does without

        return Bound(None, (without_kind(values, file),))
    rest = dict(values)
    del rest["kind"]
    stand_ins = {"title": "(untitled)", "dated": "unknown"}
    return _bind(KINDS[kind], rest, Task(event_id, file, f"`{kind}`", names_of(kind), stand_ins, FirstSlips()))


def bind_header(values: object, case_id: str, file: FileId) -> Bound[CaseHeader]:
    """Binds a case's header; None when anything it needs cannot be read."""
    names = tuple(field.name for field in HEADER)
    return _bind_mapping(CaseHeader, values, Task(case_id, file, "a case header", names, {}, FirstSlips()))


def bind_party(values: object, party_id: str, file: FileId) -> Bound[Party]:
    """Binds a party; None when its name or classification cannot be read."""
    return _bind_mapping(Party, values, Task(party_id, file, "a party", _PARTY, {}, FirstSlips()))


def bind_settings(values: object, _id: str, file: FileId) -> Bound[FolderSettings]:
    """Binds what a folder says of itself; None when its format cannot be read."""
    names = tuple(FolderSettings.model_fields)
    return _bind_mapping(FolderSettings, values, Task("", file, "a folder's settings", names, {}, FirstSlips()))


_PARTY = tuple(field.name for field in PARTY)


_KIND_OF = {str(kind): kind for kind in Kind}


def _bind_mapping(cls: type[R], values: object, task: Task) -> Bound[R]:
    if isinstance(values, Mapping):
        return _bind(cls, values, task)
    from ogpcase.model.partial_binding import without_fields  # a sound record does without

    return Bound(None, (without_fields(task.file),))


def _bind(cls: type[R], values: Mapping[str, Any], task: Task) -> Bound[R]:
    """Validates, and takes what is refused to where it is worded; a good record never comes there."""
    record = validated(cls, values, task)
    if isinstance(record, cls) and not has_nulls(values):
        return Bound(record, tuple(beside(values, task)))
    from ogpcase.model.partial_binding import bind_what_remains  # a sound record does without

    return bind_what_remains(cls, values, task, record)
