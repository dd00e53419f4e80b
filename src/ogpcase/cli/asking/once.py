"""Asks a few questions at the terminal that make no record, as which case is meant.

Each raises KeyboardInterrupt where the input ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from ogpcase.cli.asking import at_terminal
from ogpcase.cli.asking.question import REMOVE, Asker, GoBack, Shown
from ogpcase.cli.asking.terminal import terminal
from ogpcase.cli.boundary import Ended, add_hints
from ogpcase.cli.options import today
from ogpcase.diagnostics import did_you_mean
from ogpcase.diagnostics.visible_text import command
from ogpcase.editing.picks import Picks, Word
from ogpcase.errors import BadInput, Misused, UnknownCase
from ogpcase.model.items import Answer
from ogpcase.model.questions import Question, questions_of
from ogpcase.model.table_codes import Choice
from ogpcase.output.messages import _
from ogpcase.workspace.typed_ids import case_and_word, case_meant

if TYPE_CHECKING:
    from ogpcase.workspace.opening import Workspace


def picked(name: str, sentence: str, choices: Sequence[Choice]) -> str:
    """Returns the code of the choice that somebody makes."""
    return Asker(terminal()).first_choice(Shown(name, sentence), choices)


def picked_or_none(name: str, sentence: str, choices: Sequence[Choice]) -> str | None:
    """Returns the code of the choice that somebody makes; None for Enter, and to go back."""
    with suppress(GoBack):
        return Asker(terminal()).choose(Shown(name, sentence, "none"), choices) or None
    return None


def picked_or_left_out(name: str, sentence: str, choices: Sequence[Choice]) -> str | None:
    """Returns the code of the choice that somebody makes; None if it is left out with `-`."""
    code = _answered(lambda asker: asker.choose(Shown(name, sentence), choices))
    return None if code == REMOVE else code


def typed(name: str, sentence: str, words: Sequence[Word], fits: Callable[[str], bool], default: str) -> str:
    """Returns an answer that fits; `words` complete, and Enter gives the default."""
    shown = Shown(name, sentence, default)
    while not fits(answer := _answered(lambda asker: asker.answer(shown, words) or default)):
        Asker(terminal()).say("this is not one of the answers")
    return answer


def agreed(name: str, sentence: str, *, default: bool) -> bool:
    """Returns whether somebody answers yes; Enter gives the default."""
    asker = Asker(terminal())
    while True:
        with suppress(GoBack):
            return asker.agreed(Shown(name, sentence), default=default)
        asker.say(_("there is nothing to go back to"))


def _answered(question: Callable[[Asker], str]) -> str:
    """Returns the answer to a question before which there is none, and that needs one."""
    asker = Asker(terminal())
    while True:
        try:
            if answer := question(asker):
                return answer
            asker.say("this is needed")
        except GoBack:
            asker.say("there is nothing to go back to")


def named_case(
    workspace: Workspace, case: str | None, word: str | None, words: Collection[str] | None, instead: str = ""
) -> tuple[str, str | None]:
    """Returns what `case_and_word` returns; asks at a terminal for a case that is missing.

    Raises what it raises; where one word is no case, and like none, `instead` says what else may stand there.
    """
    try:
        return case_and_word(workspace, case, word, words)
    except UnknownCase as stopped:
        known = workspace.case_ids()
        if word is None and instead and known and not did_you_mean(case or "", known):
            add_hints(stopped, instead)
        raise
    except Misused:  # several cases, and none was named
        if not at_terminal():
            raise
    return asked_case(workspace), word or case


def asked_case(workspace: Workspace) -> str:
    """Returns the only case of the folder, or the one that is picked. Raises UnknownCase if there is none."""
    known = workspace.case_ids()
    if len(known) <= 1:
        return case_meant(workspace, None)
    picks = (Picks(workspace.case(each).casefile, workspace.registry(), today()) for each in known)
    titles = {pick.case.id: pick.text(pick.case.header.title) for pick in picks if pick.case and pick.case.header}
    return picked("case", "which one?", [Choice(each, "", titles.get(each, "")) for each in known])


_MOST_LISTED = 20


def asked_answer(
    workspace: Workspace, request: str | None, outcome: str | None, event: str | None
) -> tuple[str, str, str]:
    """Returns a request, what came back, and the event that says so; picked where missing, the request from the open.

    Raises BadInput if nothing is, and KeyboardInterrupt where the input ends.
    """
    named = next((each.partition("/")[0] for each in (request, event) if each and "/" in each), None)
    case_id = named or asked_case(workspace)
    picks = Picks(workspace.case(case_id).casefile, workspace.registry(), today())
    requests, events = picks.references("request"), picks.references("event")
    if request is None and not requests:
        raise BadInput(f"no request of {case_id} is open", f"see them all: ogpcase requests {case_id}")
    by_name = {field.name: field for field in questions_of(Answer)}
    ask: dict[str, Callable[[Asker], str]] = {
        "request": lambda asker: _pick(asker, by_name["request"], requests),
        "outcome": lambda asker: asker.choose(_shown(by_name["answer"]), by_name["answer"].choices),
        "event": lambda asker: _pick(asker, _IN, events),
    }
    known = {"request": request, "outcome": outcome, "event": event}
    said = {name: value for name, value in known.items() if value is not None}
    try:
        _each(Asker(terminal()), {name: ask[name] for name in ask if name not in said}, said)
    except (KeyboardInterrupt, Ended) as left:
        if "request" in said:
            words = [said["request"], *([said["outcome"]] if "outcome" in said else [])]
            giving = f" {command('--in', said['event'])}" if "event" in said else ""
            left.add_note(f"go on with: {command('ogpcase answer', *words)}{giving}")
        raise
    request, event = (name if "/" in name else f"{case_id}/{name}" for name in (said["request"], said["event"]))
    return request, said["outcome"], event


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
