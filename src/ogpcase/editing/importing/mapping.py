"""What an import is given beside the table, and the mapping that it keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from ogpcase.diagnostics import FileId, Severity
from ogpcase.editing.changing import Change, fix_first
from ogpcase.editing.composing import values_in
from ogpcase.errors import BadInput
from ogpcase.model.bind import bind_mapping
from ogpcase.model.casefile import file_of_mapping
from ogpcase.model.table_mapping import TableMapping
from ogpcase.workspace.opening import Workspace
from ogpcase.yamltree.emitting import emit
from ogpcase.yamltree.parsing import parse
from ogpcase.yamltree.splice import Field, inserted, replaced
from ogpcase.yamltree.tree import YamlTree

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
