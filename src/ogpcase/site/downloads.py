"""What readers take away: feeds, calendars and timelines, and tables, which are written case by case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Any, Self, TypeAlias

from ogpcase.model.as_of import Reader
from ogpcase.model.casefile import CaseFile
from ogpcase.output.atom import Entry, atom
from ogpcase.output.columns import csv_lines_of, flat, table_csv
from ogpcase.output.datasets import DATAPACKAGE, datapackage
from ogpcase.output.messages import _
from ogpcase.reports.due.rows import due_of
from ogpcase.reports.due.tables import due_ics
from ogpcase.reports.feed import entries_of, feed_of, feed_of_cases, latest_first
from ogpcase.reports.tables import EXPORTED, TABLES, TableName, linked_tables, title_of, without_rows
from ogpcase.reports.timeline.paragraphs import paragraphs_by_event, timelinejs
from ogpcase.site.case_pages import CaseViews
from ogpcase.site.pages import Drawer, of_case
from ogpcase.workspace.published import Published

_MOST = 200
"""The most entries of the feed of all cases; the feed of a case has all of its own."""


class Feeds:
    """The feeds of one language; each case is given to `of_case` once."""

    def __init__(self, drawer: Drawer, published: Published) -> None:
        self._drawer = drawer
        self._published = published
        self._entries: tuple[Entry, ...] = ()
        self._left_out = False

    def of_case(self, case: CaseFile, reader: Reader, views: CaseViews) -> Iterator[tuple[str, bytes]]:
        """Yields the feed of a case, its terms as a calendar, and its timeline for TimelineJS."""
        address, tree, url = of_case(case.id), self._drawer.tree, self._drawer.url
        told = feed_of(case, reader, views.timeline, views.requests)
        due = due_of([case], reader, requests=views.requests)
        paragraphs = paragraphs_by_event(told.timeline)
        entries = entries_of(told, self._published, self._address, paragraphs)
        several = latest_first([*self._entries, *entries])
        self._entries, self._left_out = several[:_MOST], self._left_out or len(several) > _MOST
        feed = feed_of_cases(entries, told.timeline.heading.title, url(f"{address}feed.xml"), url(address), case.id)
        yield f"{tree}{address}feed.xml", atom(feed)
        yield f"{tree}{address}calendar.ics", due_ics(due, reader).encode()
        yield f"{tree}{address}timeline.json", timelinejs(told.timeline, reader.on, paragraphs).encode()

    def of_all(self) -> tuple[str, bytes]:
        """Returns the feed of all cases, without what was told long before the rest."""
        url = self._drawer.url
        feed = feed_of_cases(self._entries, self._drawer.site.title, url("feed.xml"), url(""))
        said = _("The latest {number} entries of all cases; the feed of each case has all of its own.", number=_MOST)
        return f"{self._drawer.tree}feed.xml", atom(feed._replace(subtitle=said) if self._left_out else feed)

    def _address(self, reference: str) -> str:
        """Returns the address of what a reference names: CASE/EVENT, or an item of it."""
        name, _, item = reference.partition("#")
        return self._drawer.url(f"{name}/{f'#{item}' if item else ''}")


FOLDER = "downloads/"
_IN_MEMORY = 1 << 20
"""Bytes of a table that are held in memory; more goes to a file without a name."""


Tables: TypeAlias = Mapping[TableName, Iterable[Any]]
"""The rows of a case, by their tables."""


class Downloads:
    """The tables of all cases, whose files are closed at the end of a block; each case is given to `read` once."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._files: dict[str, SpooledTemporaryFile[bytes]] = {
            name: self._open.enter_context(SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the stack closes them
            for name in TABLES
        }
        self._lines = {name: csv_lines_of(EXPORTED[name].columns) for name in TABLES}
        for table in without_rows():
            self._files[table.name].write(table_csv(table).encode())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def read(self, tables: Tables) -> None:
        """Writes the rows of a case, by their tables."""
        for name, rows in tables.items():
            self._files[name].writelines(line.encode() for line in map(self._lines[name], rows))

    def files(self, reader: Reader) -> Iterator[tuple[str, bytes]]:
        """Yields each table, and the Data Package that describes them."""
        tables = linked_tables(without_rows())
        yield f"{FOLDER}{DATAPACKAGE}", datapackage(tables, self._written, title_of(reader)).encode()
        yield from ((f"{FOLDER}{name}.csv", self._written(name)) for name in self._files)

    def _written(self, name: str) -> bytes:
        """Returns a whole table; all of a large register at once would be much."""
        file = self._files[name]
        file.seek(0)
        return file.read()


def downloads_page(drawer: Drawer) -> tuple[str, bytes]:
    """Draws the page that leads to the tables."""
    tables = [
        {"name": name, "sentence": each.sentence, "files": [(f"{name}.csv", "CSV")], "columns": flat(each.columns)}
        for name, each in EXPORTED.items()
    ]
    return drawer.draw("downloads.html", FOLDER, tables=tables, package=DATAPACKAGE)
