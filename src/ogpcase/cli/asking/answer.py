"""Asks which request is answered, how, and in which event."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ogpcase.cli.asking.once import asked_case
from ogpcase.cli.asking.picks import Picks
from ogpcase.cli.asking.question import Asker, GoBack, Shown
from ogpcase.cli.asking.terminal import Word, terminal
from ogpcase.cli.boundary import Ended
from ogpcase.cli.options import today
from ogpcase.diagnostics.visible_text import command
from ogpcase.errors import BadInput
from ogpcase.model.items import Answer
from ogpcase.model.questions import Question, questions_of

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace

_MOST_LISTED = 20


class Answering(NamedTuple):
    """A request, what came back, and the event that says so; None for what is not known yet."""

    request: str | None
    outcome: str | None
    event: str | None


def asked_answer(workspace: Workspace, given: Answering) -> tuple[str, str, str]:
    """Returns the three with what was missing, which is picked: the request from what is open.

    Raises BadInput if nothing is, and KeyboardInterrupt where the input ends.
    """
    named = next((each.partition("/")[0] for each in (given.request, given.event) if each and "/" in each), None)
    case_id = named or asked_case(workspace)
    picks = Picks(workspace.case(case_id).casefile, workspace.registry(), today())
    requests, events = picks.references("request"), picks.references("event")
    if given.request is None and not requests:
        raise BadInput(f"no request of {case_id} is open", f"see them all: ogpcase requests {case_id}")
    by_name = {field.name: field for field in questions_of(Answer)}
    outcome = by_name["answer"]
    ask: dict[str, Callable[[Asker], str]] = {
        "request": lambda asker: _pick(asker, by_name["request"], requests),
        "outcome": lambda asker: asker.choose(_shown(outcome), outcome.choices),
        "event": lambda asker: _pick(asker, _IN, events),
    }
    said = {name: value for name, value in given._asdict().items() if value is not None}
    try:
        _each(Asker(terminal()), {name: ask[name] for name in ask if name not in said}, said)
    except (KeyboardInterrupt, Ended) as left:
        if "request" in said:
            left.add_note(f"go on with: {_command(said)}")
        raise
    request, event = (name if "/" in name else f"{case_id}/{name}" for name in (said["request"], said["event"]))
    return request, said["outcome"], event


def _command(said: Mapping[str, str]) -> str:
    """Returns the command that asks for the rest."""
    outcome = [said["outcome"]] if "outcome" in said else []
    event = f" {command('--in', said['event'])}" if "event" in said else ""
    return command("ogpcase answer", said["request"], *outcome) + event


def _each(asker: Asker, questions: Mapping[str, Callable[[Asker], str]], said: dict[str, str]) -> None:
    """Puts the answer to each question into `said`; Enter is none, and `<` goes back to the one before."""
    names, at = list(questions), 0
    while at < len(names):
        with suppress(GoBack):
            if answer := questions[names[at]](asker):
                said[names[at]] = answer
                at += 1
            continue
        at = max(0, at - 1)


_IN = Question("event", "reference", str, "The event that gives or reports the answer; add-event writes a new one.")


def _pick(asker: Asker, field: Question, words: list[Word]) -> str:
    return asker.choose_or_type(_shown(field), words[:_MOST_LISTED], words)


def _shown(field: Question) -> Shown:
    return Shown(field.words, field.sentence)
