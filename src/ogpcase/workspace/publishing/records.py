"""All records of a folder as values, and the files that a public copy holds of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ogpcase.diagnostics import FileId
from ogpcase.model.base import Frozen
from ogpcase.model.casefile import CaseHeader, FolderSettings, file_of_event, file_of_header, file_of_party
from ogpcase.model.events import Event
from ogpcase.model.ids import SETTINGS_NAME
from ogpcase.model.parties import Party
from ogpcase.model.serialize import values_of
from ogpcase.store.layout import PARTIES
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.emitting import emit


class Records(NamedTuple):
    """The records of a folder: parties by id, headers by case, events by case and id."""

    settings: FolderSettings
    parties: Mapping[str, Party]
    headers: Mapping[str, CaseHeader]
    events: Mapping[str, Mapping[str, Event]]

    def at(self, file: FileId) -> Frozen | None:
        """Returns the record of a file; None where there is none."""
        if file == SETTINGS_NAME:
            return self.settings
        top, _, name = file.removesuffix(".yaml").partition("/")
        if top == PARTIES:
            return self.parties.get(name)
        event = self.events.get(top, {}).get(name.rpartition("/")[2])
        return self.headers.get(top) if name == "case" else event

    @property
    def leaves_out(self) -> bool:
        """True where the public copy leaves out anything at all."""
        if any(party.left_out for party in self.parties.values()) or any(
            case.left_out for case in self.headers.values()
        ):
            return True
        return any(event.left_out.said for several in self.events.values() for event in several.values())

    def each(self) -> Iterator[tuple[FileId, Frozen]]:
        """Yields every record with its file: settings, parties, then case by case."""
        yield SETTINGS_NAME, self.settings
        yield from ((file_of_party(party_id), party) for party_id, party in self.parties.items())
        for case_id, header in self.headers.items():
            yield file_of_header(case_id), header
            yield from ((file_of_event(case_id, event_id), event) for event_id, event in self.events[case_id].items())


def records_of(workspace: Workspace) -> Records:
    """Reads all records of a folder. What cannot be read is not among them: judge the folder first."""
    headers: dict[str, CaseHeader] = {}
    events: dict[str, Mapping[str, Event]] = {}
    for case_id in workspace.case_ids():
        case = workspace.case(case_id).casefile
        if case.header is not None:
            headers[case_id] = case.header
            events[case_id] = {event.id: event for event in case.events}
    return Records(workspace.settings, dict(workspace.parties.registry.parties), headers, events)


def said_by(records: Records) -> dict[FileId, str]:
    """Returns what every record says, as one line each: two that are equal have the same bytes, and this is quick."""
    return {file: json.dumps(values_of(record)) for file, record in records.each()}


def texts_of(records: Records) -> dict[FileId, bytes]:
    """Returns the bytes of every record, as `publish` writes them: the same for the same records."""
    return {file: emit(values_of(record)).encode() for file, record in sorted(records.each(), key=lambda each: each[0])}
