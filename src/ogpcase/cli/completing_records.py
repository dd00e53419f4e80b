"""Reads for a TAB what only a record tells: its title, kind and items; and of a whole case its stages and duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ogpcase.errors import OgpcaseError
from ogpcase.yamltree.parsing import parse

if TYPE_CHECKING:
    from ogpcase.diagnostics import FileId
    from ogpcase.model.casefile import CaseFile
    from ogpcase.store.files import Files
    from ogpcase.store.layout import Root

_LONGEST = 72
"""Characters of a title or text beside its id, at most."""


def record_in(files: Files, file: FileId) -> dict[str, Any]:
    """Returns the plain values of a record by field; empty if the file cannot be read."""
    data = files.read(file)
    parsed = parse(data, file) if isinstance(data, bytes) else None
    value = parsed.tree.value if parsed and parsed.tree else None
    return value if isinstance(value, dict) else {}


def title_in(files: Files, file: FileId) -> str:
    """Returns a record's title, or a party's name, on one line and without what could act on a terminal."""
    record = record_in(files, file)
    return _line(record.get("title") or record.get("name"))


def items_in(record: Mapping[str, Any], fields: Iterable[str]) -> dict[str, str]:
    """Returns the ids of a record's items in these fields, each with its text."""
    listed = (record.get(field) for field in fields)
    items = (item for each in listed if isinstance(each, list) for item in each if isinstance(item, dict))
    return {str(item["id"]): _line(item.get("text")) for item in items if "id" in item}


def stages_after(root: Root, case_id: str) -> dict[str, str] | None:
    """Returns the stages that the policy lets the case move to, with their labels; None if its stage is not known."""
    from ogpcase.policy.lifecycle import standing
    from ogpcase.policy.procedures import judged_by

    case = _case(root, case_id)
    table = judged_by(case) if case is not None and case.stage_is_known else None
    if case is None or table is None:
        return None
    here = standing(case, None).stage
    return {move.to: table.stage(move.to).label for move in table.moves_from(here)}


def duties_of(root: Root, file: FileId) -> dict[str, str]:
    """Returns the ids of the duties that an event brings, each with its text; none if the case cannot be read."""
    from ogpcase.policy.lifecycle import duties

    case_id, _, name = file.partition("/")
    event_id = name.rpartition("/")[2].removesuffix(".yaml")
    case = _case(root, case_id)
    owed = duties(case) if case is not None else ()
    return {each.duty.id: _line(each.duty.text) for each in owed if each.event.id == event_id}


def _case(root: Root, case_id: str) -> CaseFile | None:
    from ogpcase.workspace.opening import Workspace

    try:
        return Workspace.open(root.path).case(case_id).casefile
    except OgpcaseError:
        return None


def _line(text: object) -> str:
    """Returns a text, or its first language, on one line, cut, with each invisible character written out."""
    from ogpcase.diagnostics.visible_text import visible

    if isinstance(text, dict):
        text = next(iter(text.values()), "")
    words = visible(" ".join(str(text or "").split()))
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
