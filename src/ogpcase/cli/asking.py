"""Asks for missing values at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

from ogpcase.cli.options import today
from ogpcase.editing.composing import Values
from ogpcase.editing.naming import nearest_party
from ogpcase.editing.typed_dates import written_date
from ogpcase.model.casefile import Registry
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import NotADate
from ogpcase.model.events import KINDS
from ogpcase.model.questions import fields_of
from ogpcase.model.serialize import PlainText


def at_terminal() -> bool:
    """True if stdin and stdout are a terminal, so that somebody can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_for(kind: Kind, values: Values, registry: Registry) -> dict[str, Any]:
    """Asks for the title, the date, the parties, a summary and a source, as far as they are missing.

    An empty answer leaves out an optional field. Raises KeyboardInterrupt if the input ends.
    """
    answers: dict[str, Any] = {}
    if "title" not in values:
        answers["title"] = _answer("title", needed=True)
    if "dated" not in values:
        answers["dated"] = PlainText(_date())
    naming = [field.name for field in fields_of(kind) if field.shape == "party"]
    for name in dict.fromkeys((KINDS[kind].acting[0], *KINDS[kind].featured)):
        if name in naming and name not in values and (parties := _parties(name, registry)):
            answers[name] = parties
    if "summary" not in values and (summary := _answer("summary, in your own words")):
        answers["summary"] = summary
    if "sources" not in values and (url := _answer("source (an address)")):
        answers["sources"] = [url]
    return answers


def _answer(about: str, *, needed: bool = False) -> str:
    while True:
        answer = _line_typed(f"{about}{'' if needed else ' (empty to skip)'}: ").strip()
        if answer or not needed:
            return answer
        _tell("this is needed")


def chosen(about: str, words: Sequence[str]) -> str:
    """Asks at the terminal for one of several words, until one of them is typed."""
    while True:
        answer = _answer(f"{about} ({', '.join(words)})", needed=True)
        if answer in words:
            return answer
        _tell(f"not one of {', '.join(words)}")


def _date() -> str:
    while True:
        answer = _answer("dated, as exact as the source: 16 July 2018, 2018-07, unknown", needed=True)
        try:
            return written_date(answer, today())
        except NotADate as fault:
            _tell(f"not a date: {fault}{f'; {fault.help}' if fault.help else ''}")


def _parties(name: str, registry: Registry) -> list[str]:
    parties: list[str] = []
    words = [word for party in registry.parties.values() for word in (party.id, *party.names())]
    while True:
        answer = _line_typed(f"{name.replace('_', ' ')}, one at a time (empty to go on): ", words).strip()
        if not answer:
            return parties
        ids = registry.named(answer)
        if len(ids) == 1:
            parties.append(ids[0])
            _tell(f"{ids[0]}")
        elif ids:
            _tell(f"several parties have this name: {', '.join(ids)}")
        else:
            near = nearest_party(registry, answer)
            _tell(f"no party has this name{f'; did you mean {near}?' if near else '; --new-party adds one'}")


def _tell(words: str) -> None:
    from ogpcase.diagnostics.visible_text import visible

    sys.stdout.write(f"  {visible(words)}\n")


def _line_typed(question: str, words: Iterable[str] = ()) -> str:
    """Returns one typed line; a TAB completes to one of the words."""
    _complete_from(sorted(set(words)))
    try:
        return input(question)
    except EOFError:
        raise KeyboardInterrupt from None


def _complete_from(words: list[str]) -> None:
    try:
        import readline
    except ImportError:  # without readline there is only no completion
        return

    def complete(typed: str, number: int) -> str | None:
        fitting = [word for word in words if word.casefold().startswith(typed.casefold())]
        return fitting[number] if number < len(fitting) else None

    readline.set_completer_delims("")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
