"""Where words were found, for other programs: a row for each field."""

from typing import NamedTuple

from ogpcase.output.columns import Answer, Column, Columns, Type, maybe
from ogpcase.reports.search.rows import Hit, HitRecord, Search, context_of, spans_of


class _Row(NamedTuple):
    record: HitRecord
    hit: Hit
    words: tuple[str, ...]

    @property
    def found(self) -> list[str]:
        """The words as the text has them."""
        return [self.hit.text[span.start : span.end] for span in spans_of(self.hit.text, self.words)]


COLUMNS: Columns[_Row] = (
    Column("case", "the case's id; null for a party", maybe(Type.TEXT), "record.case"),
    Column("record", "the sort of record: `case`, `event`, `source` or `party`", Type.TEXT, "record.sort"),
    Column("reference", "the record's reference, as `ogpcase show` takes it", Type.TEXT, "record.reference"),
    Column("title", "the record's title, or the party's name", Type.TEXT, "record.title"),
    Column("dated", "the date of an event", maybe(Type.DATE), "record.dated"),
    Column("field", "the path of the field, such as `requests#work-plan.text`", Type.TEXT, "hit.field"),
    Column("language", "the language of the text; null where it does not name one", maybe(Type.TEXT), "hit.language"),
    Column("found", "the words as the text has them, in order", Type.TEXTS),
    Column(
        "context",
        "the text around the first place of each word; `…` stands where the text goes on",
        Type.TEXT,
        lambda row: context_of(row.hit.text, row.words),
    ),
    Column("text", "the whole text of the field", Type.TEXT, "hit.text"),
)


SEARCH: Answer[Search, _Row] = Answer(
    "search",
    COLUMNS,
    lambda found: (_Row(record, hit, found.words) for record in found.records for hit in record.hits),
    beside=(Column("words", "the words that were looked for, as they are compared", Type.TEXTS),),
)
