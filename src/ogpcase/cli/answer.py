"""`ogpcase answer`: adds an answer to a request to the event that gives it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from ogpcase.cli.amending import Edit, amend
from ogpcase.cli.asking import at_terminal
from ogpcase.cli.options import DryChangeOption, RootOption, today
from ogpcase.errors import Misused

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace


def run(
    request: Annotated[
        str | None, typer.Argument(metavar="REF#ITEM", help="The request: EVENT#ITEM or CASE/EVENT#ITEM.")
    ] = None,
    outcome: Annotated[
        str | None, typer.Argument(help="met, partly_met, not_met, refused, acknowledged, extended, none …")
    ] = None,
    event: Annotated[
        str | None, typer.Option("--in", metavar="EVENT", help="The event that gives or reports the answer.")
    ] = None,
    of: Annotated[
        list[str] | None,
        typer.Option("--of", metavar="PARTY", help="Whose answer it is, if not the event's actor. Repeats."),
    ] = None,
    new_due: Annotated[str | None, typer.Option("--new-due", metavar="DATE", help="The new last day.")] = None,
    dry_run: DryChangeOption = False,
    root: RootOption = None,
) -> int:
    """The event must already exist: add-event writes a new one."""
    if request is None or outcome is None or event is None:
        request, outcome, event = _asked(root, request, outcome, event)
    return _write(request, outcome, event, Details(of or [], new_due, root, dry_run=dry_run))


class Details(NamedTuple):
    """Whose answer it is, its new last day, and how it is written."""

    of: list[str]
    new_due: str | None
    root: Path | None
    dry_run: bool


def _asked(root: Path | None, request: str | None, outcome: str | None, event: str | None) -> tuple[str, str, str]:
    """Returns the arguments with those that somebody gave at the terminal. Raises Misused if nobody can be asked."""
    names = {"REF#ITEM": request, "OUTCOME": outcome, "--in": event}
    if not at_terminal():
        missing = ", ".join(name for name, value in names.items() if value is None)
        raise Misused(f"missing: {missing}", "write: ogpcase answer REF#ITEM OUTCOME --in EVENT")
    from ogpcase.cli.asking.answer import Answering, asked_answer
    from ogpcase.cli.read_session import opened

    return asked_answer(opened(root), Answering(request, outcome, event))


def _write(request: str, outcome: str, event: str, details: Details) -> int:
    """Adds the answer to the event."""

    def changed(workspace: Workspace) -> Edit:
        from ogpcase.editing.list_items import Item, change_with_items
        from ogpcase.editing.naming import resolver_for
        from ogpcase.editing.setting import request_named, spot_in, whole_target_of
        from ogpcase.editing.typed_values import code_named
        from ogpcase.model.codelists import Outcome
        from ogpcase.model.serialize import PlainText

        target = whole_target_of(workspace, _with_case_of(request, event))
        if target.case_id is None or target.id == target.case_id:
            raise Misused(f"`{event}` is not an event", "name the event that answers: --in EVENT")
        resolver = resolver_for(workspace.registry(), today())
        parties = [resolver.party(name) for name in details.of]
        answer: dict[str, object] = {"request": request_named(workspace, request, target)}
        answer["answer"] = str(code_named(Outcome, outcome, "an answer", "answers"))
        answer |= {"of": parties} if parties else {}
        answer |= {"new_due": PlainText(resolver.date(details.new_due))} if details.new_due else {}
        change = change_with_items(workspace, target, spot_in(target, "answers"), [Item(answer)])
        return Edit((change,), target.case_id)

    return amend(details.root, "answer", _with_case_of(request, event), changed, dry_run=details.dry_run)


def _with_case_of(request: str, event: str) -> str:
    """Returns the event's reference with the request's case, if the event is given without one."""
    return f"{request.partition('/')[0]}/{event}" if "/" in request and "/" not in event else event
