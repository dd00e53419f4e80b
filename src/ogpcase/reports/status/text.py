"""The status of a case, and the moves of the policy, in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ogpcase.output.lines import GLUE, Line, Page, Piece, counted, days_in_words, either, glued, line
from ogpcase.policy.version import Evidence, Move, PolicyVersion
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.requests.text import (
    due_words,
    legend_lines,
    missed_lines,
    outcome_lines,
    words_of_asks,
    words_of_days,
)
from ogpcase.reports.status.rows import OpenAsk, Status, decider


def status_lines(status: Status, page: Page) -> list[Line]:
    """Returns the heading, the open requests, the next moves, and the number of departures."""
    lines = heading_lines(status.heading, page)
    if status.departures:
        steps = counted(status.departures, "step is", "steps are")
        lines += page.paragraph(f"{steps} recorded as outside the policy", "note")
    asked, owed = ([ask for ask in status.open_asks if ask.ask.duty is duty] for duty in (False, True))
    ended = status.heading.stage.ends and status.heading.known
    lines += page.section(
        "Open at its end" if ended else "Open" if status.answers_known else "Perhaps open", _asks(asked, page)
    )
    duties = "Duties of the policy that no record answers" if status.answers_known else "Duties, perhaps answered"
    lines += page.section(duties, _asks(owed, page))
    lines += moves_lines(status.moves, page, ended=ended)
    lines += related_lines(status.heading, page)
    lines += language_lines(status.languages, page)
    return [*lines, *legend_lines(_words_used(status), page)]


def _words_used(status: Status) -> Iterator[str]:
    yield from words_of_asks(one for each in status.open_asks for one in each.ask.lines)
    yield from words_of_days(*(ask.days for ask in status.open_asks))
    if status.heading.perhaps or not all(each.ask.certain for each in status.open_asks):
        yield "perhaps"


def _asks(asks: Iterable[OpenAsk], page: Page) -> Iterator[Line]:
    for each in asks:
        ask, length = each.ask, days_in_words(each.days)
        open_for = "(asked today)" if length == "0 days" else f"(open {length})" if length else ""
        perhaps = "" if ask.certain else "(perhaps asked)"
        words = " ".join(filter(None, [f"{ask.text}{due_words(ask.term)}", glued(open_for), perhaps]))
        yield from page.paragraph(words, indent=2)
        yield line("    ", Piece(each.reference, "dim"))
        for one in ask.lines:
            yield from outcome_lines(one, page, 4)
        yield from missed_lines(ask.on_missed, page, 4)


def moves_lines(moves: Sequence[Move], page: Page, *, ended: bool) -> Iterator[Line]:
    """Yields the moves from the present stage, each with its decider, its kinds of paper and its clause."""
    yield line()
    if not moves:
        nothing = "The case has ended: the policy has no move from here" if ended else "No move is known"
        yield from page.paragraph(nothing, "title")
        return
    yield line(Piece("The policy's moves from here", "title"))
    for move in moves:
        yield from page.hanging([Piece(f"  {page.glyphs.arrow} "), Piece(str(move.to), "stage")], "")
        doubt = "" if move.verified else ", not verified"
        decided = f"decided by {decider(move)}, carried by {either(move.carried_by)}"
        known = f"{move.clause or 'clause not known'}; evidence {move.evidence}{doubt}"
        yield from page.paragraph(f"{decided}; {known}", "dim", 6)
        yield from page.paragraph(move.requires.text, "dim", 6)


def policy_lines(version: PolicyVersion, page: Page) -> list[Line]:
    """Returns the version's moves, its words for stages, and what the evidence codes mean."""
    lines = page.paragraph(version.title, "title")
    lines += page.hanging([Piece("adopted ", "dim")], f"{version.adopted.text}; {version.adopted_note}", "dim")
    lines += page.paragraph(version.note, "dim")
    for move in version.moves:
        lines += [line(), *_move(move, page)]
    words = (page.hanging([Piece(f"  {each.stage}: ", "dim")], each.word) for each in version.words)
    codes = (page.hanging([Piece(f"  {code}  ", "code")], code.sentence) for code in Evidence)
    lines += page.section("Its words for stages", chain.from_iterable(words))
    return [*lines, *page.section("Evidence", chain.from_iterable(codes))]


def _move(move: Move, page: Page) -> Iterator[Line]:
    ends = f"{', '.join(move.from_)} {page.glyphs.arrow}{GLUE}{move.to}"
    yield from page.hanging([Piece(f"{move.id}  ", "code")], ends, "stage")
    doubt = "" if move.verified else " (not verified: informs, never fails a record)"
    about = {
        "decided by": f"{decider(move)}, carried by {either(move.carried_by)}",
        "clause": f"{move.clause or 'not known'}; evidence {move.evidence}{doubt}",
        "requires": move.requires.text,
        "note": move.note,
    }
    several = [("then due", f"{duty.text} ({duty.id})") for duty in move.then_due]
    for name, words in (*about.items(), *several, *(("source", each) for each in move.source)):
        if words:
            yield from page.hanging([Piece(f"    {name}: ", "dim")], words)
