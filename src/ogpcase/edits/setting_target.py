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
    """A record to edit: its tree, the texts it was loaded with, its model, and its case; None for a party.

    `withheld` are ids of parties that no message may name.
    """

    tree: YamlTree
    texts: Texts
    model: type[Frozen]
    case_id: str | None
    id: str
    withheld: frozenset[str] = frozenset()


def target_of(workspace: Workspace, typed: str, *, seen: bool = False) -> Target:
    """Returns the record a person means: `CASE`, `CASE/EVENT`, an event's id that only one case has, or a party.

    With `seen`, what is withheld is looked for as if it were not there.

    Raises:
        UnknownEvent: nothing, or more than one thing, is called so.
        UnknownCase: the case named is not there.
        BadInput: its file cannot be read as a record.
    """
    if typed in workspace.case_ids():
        return _target(workspace, file_of_header(typed), CaseHeader, typed, typed)
    reference = Reference(typed) if Reference.fits(typed) and "#" not in typed else None
    if reference is not None and (case_id := _case_of(workspace, reference, seen=seen)):
        file = file_of_event(case_id, reference.event)
        shown = workspace.hidden().path(workspace.root, file)
        tree = tree_in(workspace.case(case_id).texts, file, shown)
        kind = Kind.of(str(_values(tree).get("kind")))
        if kind is None:
            raise BadInput(f"`{reference.event}` has no kind that is known", f"mend it first: ogpcase validate {shown}")
        return _target(workspace, file, KINDS[kind], case_id, reference.event)
    return _party(workspace, typed, seen=seen)


def _case_of(workspace: Workspace, reference: Reference, *, seen: bool) -> str | None:
    """Returns the case of an event; None where no case has it and none was named. Raises UnknownEvent."""
    if reference.case is not None:
        case = workspace.case(reference.case).casefile
        if not _has(workspace, case, reference.event, seen=seen):
            hidden = workspace.hidden()
            near = nearest(reference.event, [each for each in case.event_by_id if not hidden.names_somebody(each)])
            hints = [f"did you mean `{case.id}/{near}`?"] if near else []
            raise UnknownEvent(f"{case.id} has no event `{reference.event}`", *hints)
        return reference.case
    having = [
        each.casefile.id for each in workspace.all() if _has(workspace, each.casefile, reference.event, seen=seen)
    ]
    if len(having) > 1:
        names = ", ".join(f"{case_id}/{reference}" for case_id in having)
        raise UnknownEvent(f"several cases have an event `{reference}`", f"write one of {names}")
    return having[0] if having else None


def _has(workspace: Workspace, case: CaseFile, event_id: str, *, seen: bool) -> bool:
    if event_id not in case.event_by_id and event_id not in case.unreadable:
        return False
    hidden = workspace.hidden()
    return not seen or (file_of_event(case.id, event_id) not in hidden.files and not hidden.names_somebody(event_id))


def _party(workspace: Workspace, typed: str, *, seen: bool) -> Target:
    found = workspace.registry().named(typed) or ((typed,) if workspace.registry().knows(typed) else ())
    if seen:
        found = tuple(each for each in found if each not in workspace.hidden().parties)
    if len(found) != 1:
        what = "several parties are" if found else "no case, event or party is"
        open_ids = [each for each in found if each not in workspace.hidden().parties]
        raise UnknownEvent(f"{what} called `{typed}`", *([f"ids: {', '.join(open_ids)}"] if open_ids else []))
    return _target(workspace, file_of_party(found[0]), Party, None, found[0])


def _target(workspace: Workspace, file: FileId, model: type[Frozen], case_id: str | None, name: str) -> Target:
    texts = workspace.case(case_id).texts if case_id is not None else workspace.parties.texts
    tree = tree_in(texts, file, workspace.hidden().path(workspace.root, file))
    return Target(tree, texts, model, case_id, name, workspace.hidden().parties)


def _values(tree: YamlTree) -> Mapping[str, Any]:
    return tree.value if isinstance(tree.value, dict) else {}
