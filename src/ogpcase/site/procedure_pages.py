"""The pages of the procedures, and of what the register's words mean."""

from __future__ import annotations

from collections.abc import Iterator

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
            "procedure.html", of_procedure(table.name), table=table, moves=moves, diagram=diagram_of(table)
        )
    yield drawer.draw("procedures.html", "procedures/", tables=tables)


def about_page(drawer: Drawer) -> tuple[str, bytes]:
    """Draws what the register is, and what its words mean."""
    words = [
        (
            "How well a rule is known",
            "Each move of a procedure says how well it is known.",
            [(evidence.label, evidence.sentence) for evidence in Evidence],
        ),
        ("Words for what came back", "", list(OF_REQUESTS.items())),
        ("Words for allegations and findings", "", list(OF_FINDINGS.items())),
        ("Words for doubts", "", list(OF_DOUBTS.items())),
    ]
    return drawer.draw("about.html", "about/", words=words)
