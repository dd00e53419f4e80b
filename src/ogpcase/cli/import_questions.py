"""Asks at the terminal what an import cannot know: the field of a heading, a code, a name, the order of dates."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ogpcase.diagnostics.visible_text import command, visible
from ogpcase.errors import OgpcaseError

if TYPE_CHECKING:
    from ogpcase.editing.importing.mapping import Given
    from ogpcase.editing.importing.rows import Rows
    from ogpcase.model.casefile import Registry


class Answers:
    """What an import is given, with what was asked and answered so far; `kept` once it is stored with the case."""

    def __init__(self, given: Given, case_id: str) -> None:
        self.given = given
        self._case_id = case_id
        self.kept = False
        self._first = given

    def left_beside(self, table: Path) -> list[str]:
        """Writes the answers into a mapping beside the table, if there are any, and returns how to go on with it."""
        from ogpcase.editing.importing.mapping import text_of

        if self.kept or self.given.mapping == self._first.mapping:
            return []
        path = free_beside(table, ".map", ".yaml")
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(text_of(self.given))
        except OSError as error:
            return [f"the answers cannot be written into {path}: {error.strerror}"]
        again = (
            f"{command('ogpcase import', str(table))} --case {self._case_id} {command('--map', options=[str(path)])}"
        )
        return [f"your answers are kept; go on with `{again}`"]


@contextmanager
def answers_kept(table: Path, given: Given, case_id: str) -> Iterator[Answers]:
    """Gives the answers of a run, and leaves them in a file if the run does not store them, however it ends."""
    answers = Answers(given, case_id)
    try:
        yield answers
    except OgpcaseError as stopped:
        stopped.hints = (*stopped.hints, *answers.left_beside(table))
        raise
    except BaseException as stopped:
        for words in answers.left_beside(table):
            stopped.add_note(words)
        raise
    for words in answers.left_beside(table):
        sys.stderr.write(f"{visible(words)}\n")


def free_beside(table: Path, addition: str, ending: str) -> Path:
    """Returns a name beside the table that is not taken: its own with an addition, and a number if needed."""
    stem = f"{table.with_suffix('').name}{addition}"
    names = (table.with_name(f"{stem}{number}{ending}") for number in ("", *(f"-{at}" for at in range(2, 1000))))
    return next(path for path in names if not path.exists())


def asked_for(rows: Rows, given: Given, registry: Registry) -> Given | None:
    """Asks one question, and returns what is given with the answer; None if there was nothing to ask.

    An answer that helps with nothing is remembered too, so that nothing is asked twice. Raises KeyboardInterrupt if the
    input ends.
    """
    return _heading(rows, given) or _code(rows, given) or _order(rows, given) or _name(rows, given, registry)


def _heading(rows: Rows, given: Given) -> Given | None:
    from ogpcase.cli.asking.once import typed
    from ogpcase.cli.asking.question import REMOVE, Shown
    from ogpcase.cli.asking.terminal import Word
    from ogpcase.editing.importing.headings import suggestion
    from ogpcase.model.table_mapping import LEAVE_OUT, path_named, paths_by_name

    if not rows.found.unknown:
        return None
    heading = rows.found.unknown[0]
    near = suggestion(heading) or ""
    sentence = f"which field does this column hold? A name, as `dated`, or {REMOVE} to leave the column out."
    words = [Word(name, path.last.about) for name, path in paths_by_name().items()]
    shown = Shown(f"heading `{heading}`", sentence, near)
    name = typed(shown, words, lambda answer: answer == REMOVE or path_named(answer) is not None, near)
    field = LEAVE_OUT if name == REMOVE else name
    return given.with_mapping(columns={**given.mapping.columns, heading: (field,)})


def _code(rows: Rows, given: Given) -> Given | None:
    from ogpcase.cli.asking.once import picked_or_left_out
    from ogpcase.cli.asking.question import REMOVE, Shown

    asked = ((at, error) for at, error in rows.unknown_codes.items() if at not in given.refused)
    (name, word), error = next(asked, (("", ""), None))
    if error is None:
        return None
    shown = Shown(f"`{word}`", f"which `{name}` is it? {REMOVE} for none of them.")
    code = picked_or_left_out(shown, error.field.choices)
    if code is None:
        return given.without(name, word)
    said = given.mapping.values
    return given.with_mapping(values={**said, name: {**said.get(name, {}), word: code}})


def _order(rows: Rows, given: Given) -> Given | None:
    from ogpcase.cli.asking.once import picked
    from ogpcase.cli.asking.question import Shown
    from ogpcase.model.table_codes import Choice

    found = rows.ambiguous_date
    if found is None:
        return None
    row, fault = found
    orders = (Choice("day-first", "", "3/2 is 3 February"), Choice("month-first", "", "3/2 is 2 March"))
    shown = Shown("dates", f"how are they written? {rows.found.table.place(row.number)}, {fault.words}")
    return given.with_mapping(dates=picked(shown, orders))


def _name(rows: Rows, given: Given, registry: Registry) -> Given | None:
    from ogpcase.cli.asking.once import agreed
    from ogpcase.cli.asking.question import Shown

    names = rows.unknown_names.items()
    asked = ((name, error.near) for name, error in names if error.near and ("", name) not in given.refused)
    name, near = next(asked, ("", None))
    if near is None:
        return None
    party = registry.parties[near]
    called = next(iter(party.name.by_language.values()))
    if not agreed(Shown(f"`{name}`", f"no party has this name; is it {called} (`{near}`)?"), default=True):
        return given.without("", name)
    return given._replace(names={**given.names, near: [*given.names.get(near, ()), name]})
