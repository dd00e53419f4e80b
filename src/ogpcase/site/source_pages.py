"""The pages of the sources of a case: what each is, and which records rest on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ogpcase.reports.sources.rows import SourceRow
from ogpcase.site import linked_data
from ogpcase.site.addresses import of_source
from ogpcase.site.pages import Drawer


def source_pages(drawer: Drawer, case: str, case_title: str, rows: Sequence[SourceRow]) -> Iterator[tuple[str, bytes]]:
    """Yields the page of each id; several events may each write out another source of the same id."""
    for source_id, several in groupby(sorted(rows, key=lambda row: row.id), key=lambda row: row.id):
        alike, address = list(several), of_source(case, source_id)
        yield drawer.draw(
            "source.html",
            address,
            case=case,
            case_title=case_title,
            rows=alike,
            linked=linked_data.source(alike[0], drawer.url(address)),
        )
