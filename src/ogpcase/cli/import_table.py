"""Imports a table: its rows are read, asked about, tried together, and written as events, all or none."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn

from ogpcase.cli.asking import at_terminal
from ogpcase.cli.asking.once import agreed, picked, picked_or_left_out, typed
from ogpcase.cli.asking.question import REMOVE
from ogpcase.cli.boundary import add_hints, tell
from ogpcase.cli.options import today
from ogpcase.cli.read_session import opened, refuse_errors
from ogpcase.cli.whole_record import bytes_in
from ogpcase.cli.write_session import Touched, git_command, heed_not_read, makes_step, refused_if_there, turn
from ogpcase.diagnostics.visible_text import command, visible
from ogpcase.editing.changing import Draft, drafted
from ogpcase.editing.composing import LARGEST_INPUT
from ogpcase.editing.importing.cells import Reader
from ogpcase.editing.importing.headings import headed, refuse_unknown, suggestion
from ogpcase.editing.importing.plan import (
    Given,
    Plan,
    brought_by,
    given_in,
    kept_mapping,
    planned,
    registry_knowing,
    write,
)
from ogpcase.editing.importing.rows import Row, RowFault, Rows, party_lines, rows_of
from ogpcase.editing.importing.tables import LARGEST_TABLE, Table, problems_csv, tables_in
from ogpcase.editing.picks import Word
from ogpcase.errors import EXIT_DONE, CannotWrite, Misused, Refused
from ogpcase.model.casefile import Registry
from ogpcase.model.table_codes import Choice
from ogpcase.model.table_mapping import LEAVE_OUT, path_named, paths_by_name
from ogpcase.output.lines import Line, Piece, line
from ogpcase.output.terminal import page_for
from ogpcase.output.terminal import write as show
from ogpcase.store.git import addable, in_git
from ogpcase.store.layout import PARTIES
from ogpcase.workspace.opening import Workspace
from ogpcase.workspace.typed_ids import case_meant

_MOST_SHOWN = 20
"""The most problems, files and rows that are printed one by one."""


def import_table(
    table: Path, case: str | None, mapping: Path | None, problems: Path | None, *, dry_run: bool, root: Path | None
) -> int:
    """Writes an event for each row of a table. Raises OgpcaseError if nothing was written."""
    if problems is not None and problems.exists():
        raise Misused(f"{problems} exists already", "name a new file for the rows with problems")
    tables = tables_in(bytes_in(table, LARGEST_TABLE), str(table))
    workspace = opened(root)
    case_id = case_meant(workspace, case)
    given = given_in(bytes_in(mapping, LARGEST_INPUT), str(mapping)) if mapping else kept_mapping(workspace, case_id)
    with answers_kept(table, given, case_id) as answers:
        rows = _answered(tables, answers, workspace, case_id)
        _write(root, case_id, rows, answers.given, _Where(table, problems, dry_run))
        answers.kept = not dry_run
    return EXIT_DONE


def _answered(tables: Sequence[Table], answers: Answers, workspace: Workspace, case_id: str) -> Rows:
    """Returns the rows, after asking on a terminal what is not known. Raises BadInput for unknown headings."""
    registry = workspace.case(case_id).casefile.registry
    while True:
        given = answers.given
        found = headed(tables, given.mapping)
        rows = rows_of(found, Reader(registry_knowing(registry, given.names), given.mapping, today()))
        more = asked_for(rows, given, registry) if at_terminal() else None
        if more is None:
            refuse_unknown(rows.found)
            return rows
        answers.given = more


class _Where(NamedTuple):
    """Where the table came from, where rows with problems go if that was said, and whether anything is written."""

    table: Path
    named: Path | None
    dry_run: bool


def _write(root: Path | None, case_id: str, rows: Rows, given: Given, where: _Where) -> None:
    with turn(root, case=case_id, dry_run=where.dry_run) as workspace:
        plan = planned(workspace, case_id, rows, given)
        if plan.faults:
            _refuse_faults(rows, plan, plan.faults, where)
        changed = {change.file: change.new for change in plan.changes if change.changes}
        draft = drafted(workspace, {**plan.texts, **changed}, case_id, today())
        brought = brought_by(workspace, plan, draft)
        if brought.faults:
            _refuse_faults(rows, plan, brought.faults, where)
        _tell_what_was_read(rows, plan)
        refuse_errors(brought.others, "the new records")
        for words, numbers in brought.warnings.items():
            at = [str(number) for number in sorted(numbers)]
            tell(f"warning: {words}: {'row' if len(at) == 1 else 'rows'} {_some(at)}")
        heed_not_read(workspace, workspace.case(case_id).casefile, moves=makes_step(draft))
        if where.dry_run:
            texts = [*plan.texts.items(), *((change.file, change.new) for change in plan.changes)]
            shown = workspace.root.shown_path
            show(line(each) for file, text in texts for each in (f"# {shown(file)}", *text.splitlines(), ""))
            return
        changes = [change for change in plan.changes if change.changes]
        old = tuple(change for change in changes if change.sha256 is not None)
        new = (*plan.texts, *(change.file for change in changes if change.sha256 is None))
        touched = Touched(workspace.root, in_git(workspace.root, [change.file for change in old]), old, new=new)
        with refused_if_there(workspace):
            write(workspace, plan)
        show(_report(draft, touched))


def _tell_what_was_read(rows: Rows, plan: Plan) -> None:
    """Says on stderr which row holds the headings, and which rows and columns count for nothing."""
    found = rows.found
    tell(f"headings: {found.table.place(found.row)}; {len(rows.rows)} rows with events below it")
    if found.hidden:
        tell(f"hidden sheets, which are not read: {_some([f'`{sheet}`' for sheet in found.hidden])}")
    if found.table.faults:
        tell(f"cells in which a formula failed count as empty: {_some(found.table.faults)}")
    if rows.notes:
        first, last = rows.notes[0], rows.notes[-1]
        tell(f"left out: notes below the table, {f'row {first}' if first == last else f'rows {first} to {last}'}")
    for number, first in [*rows.doubles.items()][:_MOST_SHOWN]:
        tell(f"left out: row {number} is the same as row {first}")
    if plan.earlier:
        named = [f"row {row.number} is `{event}`" for row, event in plan.earlier]
        tell(f"imported before, left out: {_some(named)}")


def _some(words: Sequence[str]) -> str:
    more = f" and {len(words) - _MOST_SHOWN} more" if len(words) > _MOST_SHOWN else ""
    return f"{', '.join(words[:_MOST_SHOWN])}{more}"


def _refuse_faults(rows: Rows, plan: Plan, faults: Sequence[tuple[Row, RowFault]], where: _Where) -> NoReturn:
    """Shows every problem, writes the rows that have one into a CSV file, and refuses. Raises Refused, CannotWrite."""
    _tell_what_was_read(rows, plan)
    for row, fault in faults[:_MOST_SHOWN]:
        tell(f"{rows.found.table.place(row.number)}, {fault.words}")
    if len(faults) > _MOST_SHOWN:
        tell(f"and {len(faults) - _MOST_SHOWN} more problems")
    for words in party_lines(rows):
        tell(words)
    failing = len({row.number for row, _ in faults})
    summary = f"{failing} of {len(rows.rows)} rows {'has' if failing == 1 else 'have'} a problem; nothing was written"
    if where.dry_run:
        raise Refused(summary)
    by_row: dict[int, list[str]] = {}
    for row, fault in faults:
        by_row.setdefault(row.number, []).append(f"{rows.found.table.place(row.number)}, {fault.words}")
    cells = {row.number: row.cells for row, _ in faults}
    text = problems_csv(rows.found.headings, [(cells[at], "\n".join(words)) for at, words in by_row.items()])
    path = where.named or free_beside(where.table, ".problems", ".csv")
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}; nothing was imported"
        raise CannotWrite(message, "name another file: --problems FILE") from error
    raise Refused(summary, f"the rows with their problems: {path}", "correct the table, then import it again")


def _report(draft: Draft, touched: Touched) -> list[Line]:
    written = [*touched.new, *(change.file for change in touched.changed)]
    if not written:
        return [line("every row was imported before; nothing was written")]
    shown = touched.root.shown_path
    lines = [line(Piece("wrote   ", "good"), shown(file)) for file in written[:_MOST_SHOWN]]
    if len(written) > _MOST_SHOWN:
        lines.append(line(Piece("wrote   ", "good"), f"and {len(written) - _MOST_SHOWN} more"))
    if draft.before and draft.after:
        old, new = str(draft.before.stage), str(draft.after.stage)
        words = f"{old} {page_for().glyphs.arrow} {new}" if old != new else f"{new}, unchanged"
        lines.append(line(Piece("stage   ", "stage"), words))
    if len(written) <= _MOST_SHOWN:
        return [*lines, *touched.last_lines()]
    tops = dict.fromkeys(file if file.startswith(f"{PARTIES}/") else file.partition("/")[0] for file in written)
    names = addable(touched.root, tops)
    return [*lines, *([line(Piece("next    ", "dim"), git_command(touched.root, "add", names))] if names else [])]


class Answers:
    """What an import is given, with what was asked and answered so far; `kept` once it is stored with the case."""

    def __init__(self, given: Given, case_id: str) -> None:
        self.given = given
        self._case_id = case_id
        self.kept = False
        self._first = given

    def left_beside(self, table: Path) -> list[str]:
        """Writes the answers into a mapping beside the table, if there are any, and returns how to go on with it."""
        from ogpcase.editing.importing.plan import text_of

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
    except BaseException as stopped:
        add_hints(stopped, *answers.left_beside(table))
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
    if not rows.found.unknown:
        return None
    heading = rows.found.unknown[0]
    near = suggestion(heading) or ""
    sentence = f"which field does this column hold? A name, as `dated`, or {REMOVE} to leave the column out."
    words = [Word(name, path.last.about) for name, path in paths_by_name().items()]

    def fits(answer: str) -> bool:
        return answer == REMOVE or path_named(answer) is not None

    name = typed(f"heading `{heading}`", sentence, words, fits, near)
    field = LEAVE_OUT if name == REMOVE else name
    return given.with_mapping(columns={**given.mapping.columns, heading: (field,)})


def _code(rows: Rows, given: Given) -> Given | None:
    asked = ((at, error) for at, error in rows.unknown_codes.items() if at not in given.refused)
    (name, word), error = next(asked, (("", ""), None))
    if error is None:
        return None
    sentence = f"which `{name}` is it? {REMOVE} for none of them."
    code = picked_or_left_out(f"`{word}`", sentence, error.field.choices)
    if code is None:
        return given.without(name, word)
    said = given.mapping.values
    return given.with_mapping(values={**said, name: {**said.get(name, {}), word: code}})


def _order(rows: Rows, given: Given) -> Given | None:
    found = rows.ambiguous_date
    if found is None:
        return None
    row, fault = found
    orders = (Choice("day-first", "", "3/2 is 3 February"), Choice("month-first", "", "3/2 is 2 March"))
    sentence = f"how are they written? {rows.found.table.place(row.number)}, {fault.words}"
    return given.with_mapping(dates=picked("dates", sentence, orders))


def _name(rows: Rows, given: Given, registry: Registry) -> Given | None:
    names = rows.unknown_names.items()
    asked = ((name, error.near) for name, error in names if error.near and ("", name) not in given.refused)
    name, near = next(asked, ("", None))
    if near is None:
        return None
    party = registry.parties[near]
    called = next(iter(party.name.by_language.values()))
    if not agreed(f"`{name}`", f"no party has this name; is it {called} (`{near}`)?", default=True):
        return given.without("", name)
    return given._replace(names={**given.names, near: [*given.names.get(near, ()), name]})
