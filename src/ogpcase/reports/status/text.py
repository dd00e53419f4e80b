"""The status of a case, and the moves of the policy, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ogpcase.output.lines import GLUE, Line, Page, Piece, counted, days_in_words, either, glued, line
from ogpcase.policy.procedures import UNKNOWN, Procedure, Stage
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.requests.text import (
    due_words,
    folded_lines,
    legend_lines,
    missed_lines,
    outcome_lines,
    words_of_asks,
    words_of_days,
)
from ogpcase.reports.status.rows import MoveRow, OpenAsk, Status


def status_lines(status: Status, page: Page) -> list[Line]:
    """Returns the heading, the open requests, the next moves, and the number of departures."""
    lines = heading_lines(status.heading, page)
    if status.departures:
        steps = counted(status.departures, "step is", "steps are")
        lines += page.paragraph(f"{steps} recorded as outside the policy, or as not verified", "note")
    asked, owed = ([ask for ask in status.open_asks if ask.ask.duty is duty] for duty in (False, True))
    sections = {
        "Open": [ask for ask in asked if ask.ask.open and not ask.ask.at_end],
        "Open at its end": [ask for ask in asked if ask.ask.open and ask.ask.at_end],
        "Perhaps open": [ask for ask in asked if ask.ask.open is None],
        "Duties of the policy that no record answers": owed if status.duties else [],
    }
    ended = status.heading.stage.ends and status.heading.known
    for words, asks in sections.items():
        lines += page.section(words, _asks(asks, page))
    lines += folded_lines((ask.ask.open for ask in owed if not status.duties), page)
    lines += moves_lines(status.moves, page, ended=ended)
    lines += related_lines(status.heading, page)
    lines += language_lines(status.languages, page)
    return [*lines, *legend_lines(_words_used(status), page)]


def _words_used(status: Status) -> Iterator[str]:
    shown = [each for each in status.open_asks if status.duties or not each.ask.duty]
    yield from words_of_asks(one for each in shown for one in each.ask.lines)
    yield from words_of_days(*(ask.days for ask in shown))
    if status.heading.perhaps or not all(each.ask.certain for each in shown):
        yield "perhaps"


def _asks(asks: Iterable[OpenAsk], page: Page) -> Iterator[Line]:
    for each in asks:
        ask, length = each.ask, days_in_words(each.days)
        open_for = "(asked today)" if length == "0 days" else f"(open {length})" if length else ""
        perhaps = "" if ask.certain else "(perhaps asked)"
        words = " ".join(filter(None, [f"{ask.said}{due_words(ask.term)}", glued(open_for), perhaps]))
        yield from page.paragraph(words, indent=2)
        yield line("    ", Piece(each.reference, "dim"))
        for one in ask.lines:
            yield from outcome_lines(one, page, 4)
        yield from missed_lines(ask.on_missed, page, 4)


def moves_lines(rows: Sequence[MoveRow], page: Page, *, ended: bool) -> Iterator[Line]:
    """Yields the moves from the present stage, each with its decider, its kinds of paper and its clause."""
    yield line()
    if not rows:
        nothing = "The case has ended: the policy has no move from here" if ended else "No move is known"
        yield from page.paragraph(nothing, "title")
        return
    yield line(Piece("The policy's moves from here", "title"))
    for row in rows:
        to = [Piece(f"  {page.glyphs.arrow} "), Piece(f"{row.to.label} ", "stage")]
        yield from page.hanging(to, f"({row.to})", "dim")
        yield from page.paragraph(_decided(row), "dim", 6)
        yield from page.paragraph(_known(row), "dim", 6)
        yield from page.hanging([Piece("      requires: ", "dim")], row.move.requires.text, "dim")


def _decided(row: MoveRow) -> str:
    papers = either(row.move.carried_by) if row.move.carried_by else "a paper of a kind that is not known"
    return f"decided by {row.deciders}, carried by {papers}"


def _known(row: MoveRow) -> str:
    """Returns the clause, and how well the row is known."""
    return f"{row.move.clause or 'clause not known'}; {_evidence(row)}"


def _evidence(row: MoveRow) -> str:
    return f"{'' if row.move.verified else 'not verified: '}{row.move.evidence.words}"


def policy_lines(table: Procedure, page: Page) -> list[Line]:
    """Returns what is known of the procedure, its stages with their words, and its moves."""
    lines = page.paragraph(table.title, "title")
    lines += page.hanging([Piece("in force ", "dim")], f"{table.in_force.text}; {table.in_force_note}", "dim")
    lines += page.paragraph(table.note, "dim")
    whole = "" if table.complete else "; other moves may exist that nobody has seen"
    lines += page.paragraph(f"opens with {either(table.opening.kinds)}{whole}", "dim")
    lines += page.section("Stages", chain.from_iterable(_stage(stage, page) for stage in table.stages))
    lines += [line(), *page.paragraph("Moves", "title")]
    for number, move in enumerate(table.moves):
        lines += [*([line()] if number else []), *_move(MoveRow.of(move, table), table, page)]
    return lines


def _stage(stage: Stage, page: Page) -> Iterator[Line]:
    word = "" if stage.word in {UNKNOWN, stage.label.lower()} else f" OGP's word: {stage.word}."
    end = " (end)" if stage.ends else ""
    yield line("  ", Piece(f"{stage}{end}", "stage"))
    yield from page.paragraph(f"{stage.sentence}{word}", "dim", 6)


def _move(row: MoveRow, table: Procedure, page: Page) -> Iterator[Line]:
    move = row.move
    starts = ", ".join(table.stage(start).label for start in move.from_)
    yield from page.hanging([Piece("  ")], f"{move.title} ({move.id})", "title")
    yield from page.hanging([Piece("    ")], f"{starts} {page.glyphs.arrow}{GLUE}{row.to.label}", "stage")
    about = {
        "": _decided(row),
        "clause": move.clause or "not known",
        "known": _evidence(row),
        "requires": move.requires.text,
        "note": move.note,
    }
    several = [("then due", f"{duty.text} ({duty.id})") for duty in move.then_due]
    for name, words in (*about.items(), *several, *(("source", str(each)) for each in move.source)):
        if words:
            yield from page.hanging([Piece(f"    {name}: " if name else "    ", "dim")], words)
