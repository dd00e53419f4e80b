"""The sources of cases for other programs."""

from collections.abc import Iterable

from ogpcase.output.columns import Answer, Column, Columns, Type, maybe
from ogpcase.reports.record.rows import Record
from ogpcase.reports.record.tables import COLUMNS as RECORD
from ogpcase.reports.sources.rows import CaseSources, SourcePage, SourceRow

COLUMNS: Columns[SourceRow] = (
    Column("case", "the case's id"),
    Column("source", "the source's id", Type.TEXT, "id"),
    Column("title", "the source's title", maybe(Type.TEXT)),
    Column("publisher", "who published it", maybe(Type.TEXT), "text.publisher"),
    Column("url", "the address where it was read", maybe(Type.TEXT), "text.url"),
    Column("archived_url", "the address of an archived copy of that page", maybe(Type.TEXT), "text.archived_url"),
    Column("language", "the language in which it was read", maybe(Type.TEXT), "text.language"),
    Column("published", "the day it was published, as written", maybe(Type.DATE), "text.published"),
    Column("retrieved", "the day it was read, as written", maybe(Type.DATE), "text.retrieved"),
    Column("kept_copy", "the path of the kept copy below the case's folder", maybe(Type.TEXT), "text.file"),
    Column("written_in", "the events that write the source out; none where a file has it", Type.TEXTS),
    Column("recorded", "false where the source's file is missing or cannot be read", Type.FLAG),
    Column("records", "how many events rest on it", Type.NUMBER, lambda row: len(row.records)),
    Column("events", "the events that rest on it", Type.TEXTS, lambda row: [each.event.id for each in row.records]),
    Column("paper_of", "the events whose paper it is", Type.TEXTS),
)


SOURCES: Answer[Iterable[CaseSources], SourceRow] = Answer(
    "sources", COLUMNS, lambda cases: (row for case in cases for row in case.rows)
)
SOURCE_PAGE: Answer[SourcePage, Record] = Answer("record", RECORD, lambda page: [page.record])
