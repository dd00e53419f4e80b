"""The pages of the procedures, each with a diagram of its moves, and of what the register's words mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogpcase.output.messages import _
from ogpcase.output.words import apart
from ogpcase.policy.procedures import Evidence, Procedure, every_procedure
from ogpcase.reports.doubts.text import MEANINGS as OF_DOUBTS
from ogpcase.reports.findings.text import MEANINGS as OF_FINDINGS
from ogpcase.reports.requests.text import MEANINGS as OF_REQUESTS
from ogpcase.reports.status.rows import MoveRow
from ogpcase.site.pages import Drawer, Parts, of_procedure


def procedure_pages(drawer: Drawer) -> Iterator[tuple[str, bytes]]:
    """Yields the page of each procedure, and the list of all."""
    tables = list(every_procedure())
    for table in tables:
        moves = [MoveRow.of(move, table) for move in table.moves]
        yield drawer.draw(
            "procedure.html",
            of_procedure(table.name),
            table=table,
            moves=moves,
            deciders=_by_decider(moves),
            diagram=_diagram(table),
        )
    yield drawer.draw("procedures.html", "procedures/", tables=tables)


def _by_decider(moves: Sequence[MoveRow]) -> Mapping[str, list[MoveRow]]:
    """Returns the moves by who decides them; those of one title, which begin in different stages, once."""
    by_decider: dict[str, dict[str, MoveRow]] = {}
    for row in moves:
        by_decider.setdefault(row.deciders, {}).setdefault(row.move.title, row)
    return {decider: list(rows.values()) for decider, rows in by_decider.items()}


def about_page(drawer: Drawer) -> tuple[str, bytes]:
    """Draws what the register is, and what its words mean."""
    words = [
        (
            _("How well a rule is known"),
            _("Each move of a procedure says how well it is known."),
            [(_(evidence.label), _(evidence.sentence)) for evidence in Evidence],
            "rules",
        ),
        (_("Words for what came back"), "", _said(OF_REQUESTS), "requests"),
        (_("Words for allegations and findings"), "", _said(OF_FINDINGS), "findings"),
        (_("Words for doubts"), "", _said(OF_DOUBTS), "doubts"),
    ]
    return drawer.draw("about.html", "about/", words=words)


def _said(meanings: Mapping[str, str]) -> list[tuple[str, str]]:
    """Returns words with their meanings."""
    return [(_(word), _(meaning)) for word, meaning in meanings.items()]


_ROW, _LEFT, _NEAR, _STEP, _FAR = 40, 112, 16, 11, 100
"""Of a diagram, in pixels: the height of a stage, where stages stand, and how far arcs reach from them."""


def _diagram(table: Procedure) -> Parts:
    """Returns the stages of a procedure from top to bottom, each with its height, and its moves as arcs on the left."""
    heights = {str(stage): _ROW * place + _ROW // 2 for place, stage in enumerate(table.stages)}
    arcs = []
    for (start, end), moves in table.moves_by_ends.items():
        titles = apart(dict.fromkeys(_(move.title) for move in moves))
        arcs.append(_arc(heights[start], heights[end], titles, sure=any(move.judges for move in moves)))
    stages = [(stage, heights[str(stage)]) for stage in table.stages]
    return {"stages": stages, "arcs": arcs, "left": _LEFT, "height": _ROW * len(stages)}


def _arc(start: int, end: int, title: str, *, sure: bool) -> Parts:
    """Returns a move: its path, its arrow, what it is, and whether its rule was read at the source."""
    edge, first, last = _LEFT - 9, start + (4 if end >= start else -4), end + (4 if end < start else -4)
    far = edge - min(_FAR, _NEAR + _STEP * abs(end - start) // _ROW)
    if start == end:
        far, first, last = edge - 2 * _NEAR, start - 7, start + 7
    path = f"M{edge} {first}C{far} {first} {far} {last} {edge - 6} {last}"
    return {"path": path, "head": f"M{edge} {last}l-7 -4v8z", "title": title, "sure": sure}
