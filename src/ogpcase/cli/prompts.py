"""Questions to an analyst at a terminal: for what is missing, with names completed and corrected."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from ogpcase.cli.naming import nearest_party
from ogpcase.model.casefile import Registry
from ogpcase.model.codelists import Kind
from ogpcase.model.dates import FuzzyDate, NotADate
from ogpcase.model.fields import ACTING, FEATURED, fields_of
from ogpcase.model.serialize import PlainText


def at_terminal() -> bool:
    """True when somebody is there to answer: both ends are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_for(kind: Kind, values: Mapping[str, Any], registry: Registry) -> dict[str, Any]:
    """Returns what was answered: the title, the date, who acts and is addressed, a summary, and a source.

    Only what is not given yet is asked; an empty answer leaves an optional field out.

    Raises:
        KeyboardInterrupt: if the input ends.
    """
    answers: dict[str, Any] = {}
    if "title" not in values:
        answers["title"] = _text("title", needed=True)
    if "dated" not in values:
        answers["dated"] = PlainText(_date())
    for name in _party_fields(kind):
        if name not in values and (found := _parties(name, registry)):
            answers[name] = found
    if "summary" not in values and (summary := _text("summary, in your own words")):
        answers["summary"] = summary
    if "sources" not in values and (url := _text("source (an address)")):
        answers["sources"] = [{"url": url}]
    return answers


def _party_fields(kind: Kind) -> list[str]:
    shapes = {field.name: field.shape for field in fields_of(kind)}
    wanted = dict.fromkeys((ACTING[kind][0], *FEATURED[kind]))
    return [name for name in wanted if shapes[name] == "parties"]


def _text(about: str, *, needed: bool = False) -> str:
    while True:
        answer = _read(f"{about}{'' if needed else ' (empty to skip)'}: ").strip()
        if answer or not needed:
            return answer
        _say("this is needed")


def _date() -> str:
    while True:
        answer = _text("dated, as exact as the source: 2018-07-16, 2018-07, unknown", needed=True)
        try:
            return FuzzyDate.parse(answer).text
        except NotADate as fault:
            _say(f"no date: {fault}")


def _parties(name: str, registry: Registry) -> list[str]:
    found: list[str] = []
    words = [word for party in registry.parties.values() for word in (party.id, *party.names())]
    while True:
        answer = _read(f"{name.replace('_', ' ')}, one at a time (empty to go on): ", words).strip()
        if not answer:
            return found
        ids = registry.named(answer)
        if len(ids) == 1:
            found.append(ids[0])
            _say(f"{ids[0]}")
        elif ids:
            _say(f"several are called so: {', '.join(ids)}")
        else:
            near = nearest_party(registry, answer)
            _say(f"no party is called so{f'; did you mean {near}?' if near else '; --new-party adds one'}")


def _say(words: str) -> None:
    from ogpcase.diagnostics.visible_text import visible

    sys.stdout.write(f"  {visible(words)}\n")


def _read(question: str, words: Iterable[str] = ()) -> str:
    """One line; TAB completes to one of the words."""
    _complete_from(sorted(set(words)))
    try:
        return input(question)
    except EOFError:
        raise KeyboardInterrupt from None


def _complete_from(words: list[str]) -> None:
    try:
        import readline
    except ImportError:  # a Python without readline asks all the same
        return

    def complete(typed: str, number: int) -> str | None:
        fitting = [word for word in words if word.casefold().startswith(typed.casefold())]
        return fitting[number] if number < len(fitting) else None

    readline.set_completer_delims("")
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
