"""Where a case stands, and the moves of the policy, as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogpcase.output.lines import GLUE, Line, Page, Piece, days_in_words, either, glued, hanging, line, wrap
from ogpcase.policy.version import Evidence, Move, PolicyVersion
from ogpcase.reports.asks.text import due_words, legend_lines, missed_words, outcome_lines, words_of_asks, words_of_days
from ogpcase.reports.heading.text import heading_lines, language_lines, related_lines
from ogpcase.reports.status.rows import OpenAsk, PossibleMove, Status, possible_move


def status_lines(status: Status, page: Page) -> list[Line]:
    """Returns the head, what is open, the moves from here, and how many departures there are."""
    lines = [*heading_lines(status.heading, page)]
    if status.departures:
        steps = "1 step is" if status.departures == 1 else f"{status.departures} steps are"
        said = f"{steps} recorded as outside the policy"
        lines += [line(Piece(part, "note")) for part in wrap(said, page.width)]
    asked = [each for each in status.open_asks if not each.ask.duty]
    owed = [each for each in status.open_asks if each.ask.duty]
    lines += _section("Open at its end" if status.heading.stage.ends else "Open", asked, page)
    lines += _section("Duties of the policy that no record answers", owed, page)
    lines += moves_lines(status.moves, page, ended=status.heading.stage.ends)
    lines += related_lines(status.heading, page)
    lines += language_lines(status.languages, page)
    return [*lines, *legend_lines(_words_used(status), page)]


def _words_used(status: Status) -> Iterator[str]:
    yield from words_of_asks(one for each in status.open_asks for one in each.ask.lines)
    yield from words_of_days(*(each.days for each in status.open_asks))
    if status.heading.perhaps or not all(each.ask.certain for each in status.open_asks):
        yield "perhaps"


def _section(words: str, asks: Sequence[OpenAsk], page: Page) -> Iterator[Line]:
    if asks:
        yield line()
        yield from hanging([], words, page.width, "title")
    for each in asks:
        ask = each.ask
        perhaps = "" if ask.certain else " (perhaps asked)"
        said = f"{ask.text}{due_words(ask.term)}{_open_for(days_in_words(each.days))}{perhaps}"
        yield from hanging([Piece("  ")], said, page.width)
        yield line("    ", Piece(each.reference, "dim"))
        for one in ask.lines:
            yield from outcome_lines(one, page.width, page, 4)
        if ask.on_missed:
            yield from hanging([Piece("    ")], missed_words(ask.on_missed), page.width, "note")


def _open_for(length: str) -> str:
    if not length:
        return ""
    return " " + glued("(asked today)" if length == "0 days" else f"(open {length})")


def moves_lines(moves: Sequence[PossibleMove], page: Page, *, ended: bool) -> Iterator[Line]:
    """Yields the moves that the policy has from here, each with who decides, on what paper, by which clause."""
    yield line()
    if not moves:
        nothing = "The case has ended: the policy has no move from here" if ended else "No move is known"
        yield from hanging([], nothing, page.width, "title")
        return
    yield line(Piece("The policy's moves from here", "title"))
    for move in moves:
        clause = move.clause or "clause not known"
        yield from hanging([Piece(f"  {page.glyphs.arrow} "), Piece(str(move.to), "stage")], "", page.width)
        doubt = "" if move.verified else ", not verified"
        decided = f"decided by {move.decided_by}, carried by {either(move.carried_by)}"
        said = f"{decided}; {clause}; evidence {move.evidence}{doubt}"
        yield from hanging([Piece("      ")], said, page.width, "dim")
        yield from hanging([Piece("      ")], move.requires, page.width, "dim")


def policy_lines(version: PolicyVersion, page: Page) -> list[Line]:
    """Returns the version's moves, its words for stages, and what the evidence codes mean."""
    lines = [line(Piece(part, "title")) for part in wrap(version.title, page.width)]
    lines += hanging([Piece("adopted ", "dim")], f"{version.adopted.text}; {version.adopted_note}", page.width, "dim")
    lines += [line(Piece(part, "dim")) for part in wrap(version.note, page.width)]
    for move in version.moves:
        lines += [line(), *_move(move, page)]
    lines += [line(), line(Piece("Its words for stages", "title"))]
    for each in version.words:
        lines += hanging([Piece(f"  {each.stage}: ", "dim")], each.word, page.width)
    lines += [line(), line(Piece("Evidence", "title"))]
    for code in Evidence:
        lines += hanging([Piece(f"  {code}  ", "code")], code.sentence, page.width)
    return lines


def _move(move: Move, page: Page) -> Iterator[Line]:
    seen = possible_move(move)
    starts = ", ".join(move.from_)
    first = [Piece(f"{move.id}  ", "code")]
    yield from hanging(first, f"{starts} {page.glyphs.arrow}{GLUE}{move.to}", page.width, "stage")
    doubt = "" if move.verified else " (not verified: informs, never fails a record)"
    about = {
        "decided by": f"{seen.decided_by}, carried by {either(seen.carried_by)}",
        "clause": f"{seen.clause or 'not known'}; evidence {seen.evidence}{doubt}",
        "requires": seen.requires,
        "note": move.note,
    }
    several = [("then due", f"{duty.text} ({duty.id})") for duty in move.then_due]
    for name, words in (*about.items(), *several, *(("source", each) for each in move.source)):
        if words:
            yield from hanging([Piece(f"    {name}: ", "dim")], words, page.width)
