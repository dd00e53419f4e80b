"""The pages of the procedures, and of what the register's words mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ogpcase.output.messages import _
from ogpcase.policy.procedures import Evidence, every_procedure
from ogpcase.reports.doubts.text import MEANINGS as OF_DOUBTS
from ogpcase.reports.findings.text import MEANINGS as OF_FINDINGS
from ogpcase.reports.requests.text import MEANINGS as OF_REQUESTS
from ogpcase.reports.status.rows import MoveRow
from ogpcase.site.addresses import of_procedure
from ogpcase.site.drawing import diagram_of
from ogpcase.site.pages import Drawer


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
            diagram=diagram_of(table),
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
