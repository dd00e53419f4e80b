"""The policy table in the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ogpcase.policy.version import Evidence, Move, PolicyVersion
from ogpcase.render.lines import GLUE, Line, Piece, hanging, line, wrap
from ogpcase.render.page import Page, either
from ogpcase.views.status import possible_move


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
