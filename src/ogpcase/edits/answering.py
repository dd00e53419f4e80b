"""An answer to a request, added to the event that gives it or tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ogpcase.diagnostics import nearest
from ogpcase.edits.changing import Change
from ogpcase.edits.setting import change_to, spot_in
from ogpcase.edits.setting_target import Target
from ogpcase.errors import BadInput, Misused
from ogpcase.model.codelists import Outcome
from ogpcase.model.ids import Reference
from ogpcase.model.written import PlainText
from ogpcase.workspace import Workspace


def answer_values(request: str, outcome: str, of: Sequence[str] = (), new_due: str | None = None) -> dict[str, Any]:
    """Returns an answer as its file holds it; `of` are parties' ids.

    Raises:
        Misused: the outcome is none.
    """
    code = Outcome.of(outcome.replace("-", "_"))
    if code is None:
        near = nearest(outcome, list(Outcome))
        hints = [f"did you mean `{near}`?"] if near else []
        raise Misused(f"`{outcome}` is not an answer", *hints, f"answers: {', '.join(Outcome)}")
    answer: dict[str, Any] = {"request": request, "answer": str(code)}
    answer |= {"of": list(of)} if of else {}
    return answer | ({"new_due": PlainText(new_due)} if new_due else {})


def request_named(workspace: Workspace, typed: str, target: Target) -> str:
    """Returns the reference to a request as it is written in an event: without the case where it is the same.

    Raises:
        BadInput: it names no item.
        UnknownCase: the case it names is not there.
    """
    if not Reference.fits(typed) or "#" not in typed:
        raise BadInput(f"`{typed}` names no request", "write EVENT#ITEM or CASE/EVENT#ITEM")
    reference = Reference(typed)
    if reference.case is None:
        return typed
    workspace.case(reference.case)
    return typed.partition("/")[2] if reference.case == target.case_id else typed


def change_with_answer(workspace: Workspace, target: Target, answer: dict[str, Any]) -> Change:
    """Returns the change that adds the answer to an event; none where the event holds the very same one."""
    held = target.tree.value.get("answers") if isinstance(target.tree.value, dict) else None
    listed = list(held) if isinstance(held, list) else []
    spot = spot_in(target, "answers")
    if answer in listed:
        return change_to(workspace, target, spot, listed)
    return change_to(workspace, target, spot, [*listed, answer])
