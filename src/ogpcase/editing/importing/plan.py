"""Plans an import: the new events and sources, the names that parties gain, and the mapping that is given and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, count
from types import MappingProxyType
from typing import Any, NamedTuple

from ogpcase.diagnostics import Diagnostic, FileId, Severity
from ogpcase.editing.changing import Change, Draft, Together, event_id_for, fix_first
from ogpcase.editing.composing import NOTHING, Begun, composed, values_in
from ogpcase.editing.importing.rows import Row, RowFault, Rows
from ogpcase.editing.naming import SourceFinder
from ogpcase.editing.setting import change_to, items_at, spot_in, target_of
from ogpcase.editing.typed_values import with_item_ids
from ogpcase.errors import BadInput, OgpcaseError
from ogpcase.model.bind import bind_mapping
from ogpcase.model.casefile import CaseFile, Registry, file_of_event, file_of_mapping
from ogpcase.model.codelists import Kind
from ogpcase.model.questions import fields_of
from ogpcase.model.table_mapping import TableMapping
from ogpcase.store.save import stored_form
from ogpcase.store.transaction import Step, store_all
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import Field, inserted, replaced
from ogpcase.yamltree.tree import YamlTree


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
    changes = []
    for party_id, new in given.names.items():
        target = target_of(workspace, party_id)
        spot = spot_in(target, "other_names")
        changes.append(change_to(target, spot, [*items_at(target, spot), *new]))
    if composing.ids or changes:
        changes.append(change_of_mapping(workspace, case_id, given, imported))
    return Plan(composing.texts, tuple(changes), composing.rows, earlier, tuple(composing.faults))


class _Composing:
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
            hint = "a row that is no event can be deleted from the table"
            raise BadInput(f"it has no {' and no '.join(missing)}", hint)
        kind = Kind(row.values["kind"])
        begun = Begun(kind, with_item_ids(row.values, fields_of(kind)), {}, self._case.registry, NOTHING)
        event = composed(begun, self._case, finder=self._finder)
        wanted = event_id_for(event.values, None)
        numbers = (f"{wanted}-{number}" for number in self._numbers.setdefault(wanted, count(2)))
        event_id = next(name for name in chain([wanted], numbers) if name not in self._taken)
        self._taken.add(event_id)
        file = file_of_event(self._case.id, event_id)
        self.texts[file] = event.text
        self.rows[file] = row
        self.ids[row.key] = event_id


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
    for change in filter(lambda change: change.changes, plan.changes):
        together.change(change)
    new = [Step(file, None, stored_form(text)) for file, text in plan.texts.items()]
    if steps := [*new, *together.steps()]:
        store_all(workspace.root, "import", steps)


OtherNames = Mapping[str, Sequence[str]]
"""The names that were matched with a party, by its id."""


class Given(NamedTuple):
    """What an import was given: the mapping, the text of `--map`, the names that were matched with parties.

    `refused` are the words that somebody said mean nothing known, each with its field; a name has none.
    """

    mapping: TableMapping
    text: str = ""
    names: OtherNames = MappingProxyType({})
    refused: frozenset[tuple[str, str]] = frozenset()

    def with_mapping(self, **fields: Any) -> Given:  # noqa: ANN401 - the value of any field of a mapping
        """Returns the same with other fields of the mapping."""
        return self._replace(mapping=self.mapping.model_copy(update=fields))

    def without(self, field: str, word: str) -> Given:
        """Returns the same with a word that means nothing known."""
        return self._replace(refused=self.refused | {(field, word)})


def given_in(data: bytes, name: str) -> Given:
    """Returns the mapping in a file's bytes. Raises BadInput with the first problem and its place."""
    text = data.decode("utf-8", "surrogateescape")
    values = values_in(text, name) if text.strip() else {}
    bound = bind_mapping(values, "", name)
    if bound.problems or bound.record is None:
        first = bound.problems[0]
        tree = parse(data, name).tree
        span = tree.span_for(first.places[0]) if tree else None
        at = f"{name}:{span.line}:{span.column}" if span else name
        raise BadInput(f"{at}: {first.message}; nothing was written", *first.helps)
    return Given(bound.record, text)


def kept_mapping(workspace: Workspace, case_id: str) -> Given:
    """Returns the mapping that a case keeps, an empty one if it has none. Raises BadInput if it has a problem."""
    loaded = workspace.case(case_id)
    file = file_of_mapping(case_id)
    wrong = [problem for problem in loaded.problems if problem.places[0].file == file]
    if any(problem.rule.severity is Severity.ERROR for problem in wrong):
        shown = workspace.root.shown_path(file)
        raise BadInput(f"`{shown}` has a problem: {wrong[0].message}; nothing was written", fix_first(shown))
    return Given(loaded.mapping or TableMapping())


def change_of_mapping(workspace: Workspace, case_id: str, given: Given, imported: Mapping[str, str]) -> Change:
    """Returns the change of the mapping that is kept; what a person wrote there stays as it is."""
    file = file_of_mapping(case_id)
    loaded = workspace.case(case_id)
    tree = loaded.texts.trees.get(file)
    kept_mapping(workspace, case_id)  # it may have changed while somebody answered
    old = tree.text if tree is not None else ""
    start = tree or (_tree(given.text, file) if given.text else None)
    wanted = _plain(given.mapping) if tree is None or not given.text else {}
    text = _with_fields(start, {**wanted, "imported": dict(imported)}, file)
    return Change(file, old, text, loaded.texts.digest(file) if tree is not None else None)


def text_of(given: Given) -> str:
    """Returns the text of a mapping that says what was given and answered, without the rows that were imported."""
    start = _tree(given.text, "the mapping") if given.text else None
    return _with_fields(start, _plain(given.mapping), "the mapping")


def _plain(mapping: TableMapping) -> dict[str, Any]:
    """Returns the fields of a mapping as a file has them: of a list of one, the one."""
    return {
        name: _short(value)
        for name, field in TableMapping.model_fields.items()
        if name != "imported" and (value := getattr(mapping, name)) != field.default
    }


def _short(value: Any) -> Any:  # noqa: ANN401 - the value of any field of a mapping
    if isinstance(value, Mapping):
        return {name: _short(inner) for name, inner in value.items()}
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else [*value]
    return value


def _tree(text: str, file: FileId) -> YamlTree:
    tree = parse(text.encode(), file).tree
    assert tree is not None  # it was bound
    return tree


def _with_fields(tree: YamlTree | None, values: Mapping[str, Any], file: FileId) -> str:
    """Returns the text of a mapping with these fields; the rest of a text that is there stays."""
    if tree is None:
        return emit(values)
    names = [*TableMapping.model_fields]
    for name, value in values.items():
        if name not in tree.fields:
            tree = _tree(inserted(tree, (), Field.among(name, value, names)), file)
        elif tree.fields[name] not in (value, [value]):
            tree = _tree(replaced(tree, (name,), value), file)
    return tree.text
