"""Plans an import: the new events and sources, the names that parties gain, and the mapping that is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, count
from typing import NamedTuple

from ogpcase.diagnostics import Diagnostic, FileId, Severity
from ogpcase.editing.changing import Change, Draft, Together, drafted, event_id_for
from ogpcase.editing.composing import NOTHING, Begun, composed
from ogpcase.editing.importing.mapping import Given, OtherNames, change_of_mapping
from ogpcase.editing.importing.rows import Row, RowFault, Rows
from ogpcase.editing.setting import change_to, items_at, spot_in, target_of
from ogpcase.editing.source_naming import SourceFinder
from ogpcase.editing.typed_values import with_item_ids
from ogpcase.errors import BadInput, OgpcaseError
from ogpcase.model.casefile import CaseFile, Registry, file_of_event
from ogpcase.model.codelists import Kind
from ogpcase.model.questions import fields_of
from ogpcase.store.save import stored_form
from ogpcase.store.transaction import Step, store_all
from ogpcase.workspace.opening import Workspace


class Plan(NamedTuple):
    """What an import will write.

    `rows` are those of each new event's file; `earlier` are the rows that were imported before, with their events.
    """

    texts: Mapping[FileId, str]
    changes: tuple[Change, ...]
    rows: Mapping[FileId, Row]
    earlier: tuple[tuple[Row, str], ...]
    faults: tuple[tuple[Row, RowFault], ...]


def registry_knowing(registry: Registry, names: OtherNames) -> Registry:
    """Returns the parties with the names that were matched with them."""
    if not names:
        return registry
    parties = dict(registry.parties)
    for party_id, new in names.items():
        party = parties[party_id]
        parties[party_id] = party.model_copy(update={"other_names": (*party.other_names, *new)})
    return replace(registry, parties=parties)


def planned(workspace: Workspace, case_id: str, rows: Rows, given: Given) -> Plan:
    """Returns what an import will write; rows that were imported before give nothing.

    Raises BadInput if the mapping that is there cannot be read.
    """
    case = workspace.case(case_id).casefile
    case = replace(case, registry=registry_knowing(case.registry, given.names))
    mapping = workspace.case(case_id).mapping
    done = mapping.imported if mapping else {}
    there = case.record_by_id.keys() | case.unreadable
    earlier = tuple((row, done[row.key]) for row in rows.rows if done.get(row.key) in there)
    gone = {row.number for row, _ in earlier}
    composing = _Composing(case, [row for row in rows.rows if row.number not in gone])
    imported = {**done, **composing.ids}
    changes = [_named_too(workspace, party_id, new) for party_id, new in given.names.items()]
    if composing.ids or changes:
        changes.append(change_of_mapping(workspace, case_id, given, imported))
    return Plan(composing.texts, tuple(changes), composing.rows, earlier, tuple(composing.faults))


class _Composing:
    """Composes the events of rows, with the sources that they share."""

    def __init__(self, case: CaseFile, rows: Sequence[Row]) -> None:
        self.texts: dict[FileId, str] = {}
        self.rows: dict[FileId, Row] = {}
        self.ids: dict[str, str] = {}
        self.faults: list[tuple[Row, RowFault]] = []
        self._case = case
        self._finder = SourceFinder(case)
        self._taken = {*case.record_by_id, *case.unreadable}
        self._numbers: dict[str, Iterator[int]] = {}
        for row in rows:
            if row.faults:
                self.faults += [(row, fault) for fault in row.faults]
                continue
            try:
                self._add(row)
            except OgpcaseError as fault:
                self.faults.append((row, RowFault("", fault)))
        self.texts |= self._finder.texts

    def _add(self, row: Row) -> None:
        missing = [name for name in ("title", "dated") if name not in row.values]
        if missing:
            raise BadInput(
                f"it has no {' and no '.join(missing)}", "a row that is no event can be deleted from the table"
            )
        kind = Kind(row.values["kind"])
        event = composed(
            Begun(kind, with_item_ids(row.values, fields_of(kind)), {}, self._case.registry, NOTHING),
            self._case,
            finder=self._finder,
        )
        event_id = self._free(event_id_for(event.values, None))
        file = file_of_event(self._case.id, event_id)
        self.texts[file] = event.text
        self.rows[file] = row
        self.ids[row.key] = event_id

    def _free(self, event_id: str) -> str:
        """Returns the id, or if it is taken, the first free one with a number."""
        numbers = self._numbers.setdefault(event_id, count(2))
        free = next(
            name
            for name in chain([event_id], (f"{event_id}-{number}" for number in numbers))
            if name not in self._taken
        )
        self._taken.add(free)
        return free


def _named_too(workspace: Workspace, party_id: str, names: Sequence[str]) -> Change:
    """Returns the change that gives a party other names."""
    target = target_of(workspace, party_id)
    spot = spot_in(target, "other_names")
    return change_to(workspace, target, spot, [*items_at(target, spot), *names])


def draft_of(workspace: Workspace, plan: Plan, case_id: str, today: date) -> Draft:
    """Returns the draft of everything that the plan writes, with the problems that it would bring."""
    texts = {**plan.texts, **{change.file: change.new for change in plan.changes if change.changes}}
    return drafted(workspace, texts, case_id, today)


class Brought(NamedTuple):
    """The problems that a draft would bring: errors by row, the rows of each warning, and those that are of no row."""

    faults: tuple[tuple[Row, RowFault], ...]
    warnings: Mapping[str, Sequence[int]]
    others: tuple[Diagnostic, ...]


def brought_by(workspace: Workspace, plan: Plan, draft: Draft) -> Brought:
    """Returns the problems that a draft would bring, by the rows of the table."""
    rows = {workspace.root.shown_path(file): row for file, row in plan.rows.items()}
    faults: list[tuple[Row, RowFault]] = []
    warnings: dict[str, list[int]] = {}
    others: list[Diagnostic] = []
    for problem in draft.brings:
        row = rows.get(problem.spots[0].path)
        words = f"{problem.message} [{problem.code}]"
        if row is None:
            others.append(problem)
        elif problem.severity is Severity.ERROR:
            route = problem.spots[0].route
            heading = row.headings.get(str(route[0]), "") if route else ""
            faults.append((row, RowFault(heading, BadInput(words, *problem.helps))))
        else:
            warnings.setdefault(words, []).append(row.number)
    return Brought(tuple(faults), warnings, tuple(others))


def write(workspace: Workspace, plan: Plan) -> None:
    """Writes everything together or nothing; call it inside `store.lock.locked`.

    Raises what `store.transaction.store_all` raises.
    """
    together = Together()
    for change in plan.changes:
        if change.changes:
            together.change(change)
    new = [Step(file, None, stored_form(text)) for file, text in plan.texts.items()]
    steps = [*new, *together.steps()]
    if steps:
        store_all(workspace.root, "import", steps)
