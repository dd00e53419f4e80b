"""Which record of a case folder a person means, by what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ogpcase.diagnostics import FileId, nearest
from ogpcase.edits.changing import tree_in
from ogpcase.errors import BadInput, UnknownEvent
from ogpcase.model.casefile import CaseFile, file_of_event, file_of_header, file_of_party
from ogpcase.model.codelists import Kind
from ogpcase.model.events import KINDS
from ogpcase.model.header import CaseHeader
from ogpcase.model.ids import Reference
from ogpcase.model.parties import Party
from ogpcase.model.record import Frozen
from ogpcase.store.load import Texts
from ogpcase.values import frozen
from ogpcase.workspace import Workspace
from ogpcase.yamltree import YamlTree


@frozen
class Target:
    """A record to edit: its tree, the texts it was loaded with, its model, and its case; None for a party."""

    tree: YamlTree
    texts: Texts
    model: type[Frozen]
    case_id: str | None
    id: str


def target_of(workspace: Workspace, typed: str) -> Target:
    """Returns the record a person means: `CASE`, `CASE/EVENT`, an event's id that only one case has, or a party.

    Raises:
        UnknownEvent: nothing, or more than one thing, is called so.
        UnknownCase: the case named is not there.
        BadInput: its file cannot be read as a record.
    """
    if typed in workspace.case_ids():
        return _target(workspace, file_of_header(typed), CaseHeader, typed, typed)
    reference = Reference(typed) if Reference.fits(typed) and "#" not in typed else None
    if reference is not None and (case_id := _case_of(workspace, reference)):
        file = file_of_event(case_id, reference.event)
        shown = workspace.root.shown_path(file)
        tree = tree_in(workspace.case(case_id).texts, file, shown)
        kind = Kind.of(str(_values(tree).get("kind")))
        if kind is None:
            raise BadInput(f"`{reference.event}` has no kind that is known", f"mend it first: ogpcase validate {shown}")
        return _target(workspace, file, KINDS[kind], case_id, reference.event)
    return _party(workspace, typed)


def _case_of(workspace: Workspace, reference: Reference) -> str | None:
    """Returns the case of an event; None where no case has it and none was named. Raises UnknownEvent."""
    if reference.case is not None:
        case = workspace.case(reference.case).casefile
        if not _has(case, reference.event):
            near = nearest(reference.event, case.event_by_id)
            hints = [f"did you mean `{case.id}/{near}`?"] if near else []
            raise UnknownEvent(f"{case.id} has no event `{reference.event}`", *hints)
        return reference.case
    having = [each.casefile.id for each in workspace.all() if _has(each.casefile, reference.event)]
    if len(having) > 1:
        names = ", ".join(f"{case_id}/{reference}" for case_id in having)
        raise UnknownEvent(f"several cases have an event `{reference}`", f"write one of {names}")
    return having[0] if having else None


def _has(case: CaseFile, event_id: str) -> bool:
    return event_id in case.event_by_id or event_id in case.unreadable


def _party(workspace: Workspace, typed: str) -> Target:
    found = workspace.registry().named(typed) or ((typed,) if workspace.registry().knows(typed) else ())
    if len(found) != 1:
        what = "several parties are" if found else "no case, event or party is"
        raise UnknownEvent(f"{what} called `{typed}`", *([f"ids: {', '.join(found)}"] if found else []))
    return _target(workspace, file_of_party(found[0]), Party, None, found[0])


def _target(workspace: Workspace, file: FileId, model: type[Frozen], case_id: str | None, name: str) -> Target:
    texts = workspace.texts_of(file)
    tree = tree_in(texts, file, workspace.root.shown_path(file))
    return Target(tree, texts, model, case_id, name)


def _values(tree: YamlTree) -> Mapping[str, Any]:
    return tree.value if isinstance(tree.value, dict) else {}
