"""Asks at the terminal what an import cannot know: the field of a heading, a code, a name, the order of dates."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ogpcase.editing.importing.mapping import Given
    from ogpcase.editing.importing.rows import Rows
    from ogpcase.model.casefile import Registry

_NONE = "-"
"""What is typed to leave a column out, or to say that nothing fits."""


def answers(rows: Rows, given: Given, registry: Registry) -> Given | None:
    """Returns what is given with the answers to what is asked; None if there was nothing to ask.

    An answer that helps with nothing is remembered, so that nothing is asked twice. Raises KeyboardInterrupt if the
    input ends.
    """
    asked = _headings(rows, given) or _codes(rows, given) or _dates(rows, given) or _names(rows, given, registry)
    return asked or None


def _headings(rows: Rows, given: Given) -> Given | None:
    from ogpcase.editing.importing.headings import suggestion
    from ogpcase.model.field_paths import path_named
    from ogpcase.model.table_mapping import LEAVE_OUT

    columns = {}
    for heading in rows.found.unknown:
        near = suggestion(heading)
        question = f"which field is `{heading}`? (a name as `dated`, or {_NONE} to leave the column out)"
        name = _asked(question, near, lambda typed: typed == _NONE or path_named(typed) is not None)
        columns[heading] = (LEAVE_OUT if name == _NONE else name,)
    return given.with_mapping(columns={**given.mapping.columns, **columns}) if columns else None


def _codes(rows: Rows, given: Given) -> Given | None:
    values = {name: dict(words) for name, words in given.mapping.values.items()}
    new = False
    for (name, word), error in rows.unknown_codes.items():
        if (name, word) in given.refused:
            continue
        codes = error.field.codes
        question = f"which `{name}` is `{word}`? ({', '.join(codes)}, or {_NONE} for none)"
        code = _asked(question, None, {*codes, _NONE}.__contains__)
        new = True
        if code == _NONE:
            given = given.without(name, word)
        else:
            values.setdefault(name, {})[word] = code
    return given.with_mapping(values=values) if new else None


def _dates(rows: Rows, given: Given) -> Given | None:
    found = rows.ambiguous_date
    if found is None:
        return None
    row, fault = found
    _say(f"{rows.found.table.place(row.number)}, {fault.words}")
    orders = ("day-first", "month-first")
    question = f"how are dates written? ({' or '.join(orders)})"
    return given.with_mapping(dates=_asked(question, None, orders.__contains__))


def _names(rows: Rows, given: Given, registry: Registry) -> Given | None:
    names = {party: list(others) for party, others in given.names.items()}
    new = False
    for name, error in rows.unknown_names.items():
        if error.near is None or ("", name) in given.refused:
            continue
        party = registry.parties[error.near]
        called = next(iter(party.name.by_language.values()))
        yes = _asked(f"`{name}` is no party: is this {called} (`{party.id}`)? (y or n)", None, ("y", "n").__contains__)
        new = True
        if yes == "y":
            names.setdefault(party.id, []).append(name)
        else:
            given = given.without("", name)
    return given._replace(names=names) if new else None


def _asked(question: str, default: str | None, fits: Callable[[str], bool]) -> str:
    """Returns an answer that fits; an empty one is the default."""
    from ogpcase.diagnostics.visible_text import visible

    while True:
        try:
            typed = input(f"{visible(question)}{f' [{default}]' if default else ''}: ").strip() or (default or "")
        except EOFError:
            raise KeyboardInterrupt from None
        if typed and fits(typed):
            return typed
        _say("this is not one of the answers")


def _say(words: str) -> None:
    from ogpcase.diagnostics.visible_text import visible

    sys.stdout.write(f"  {visible(words)}\n")
