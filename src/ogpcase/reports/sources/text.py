"""The sources of cases in the terminal, a line each, and one source with all that rests on it."""

from collections.abc import Iterator, Sequence

from ogpcase.output.lines import Line, Page, Piece, cells, line, padded
from ogpcase.output.messages import _, marked, ngettext, with_days
from ogpcase.output.words import apart, before, date_in_short, perhaps_titled
from ogpcase.reports.heading.text import joined, language_lines, language_words
from ogpcase.reports.shown import fact_words
from ogpcase.reports.sources.rows import CaseSources, Resting, SourcePage, SourceRow

_WIDEST_ID = 24
"""Columns of the ids; a longer id moves its own title to the right."""


def sources_lines(cases: Sequence[CaseSources], page: Page) -> list[Line]:
    """Returns the sources of each case, a line each, with how many records rest on it; on a terminal cut to the line.

    In full a source has as many lines as it needs.
    """
    lines: list[Line] = []
    for case in cases:
        lines += [line()] if lines else []
        lines += [*page.hanging([Piece(f"{case.case}  ", "title")], case.title), *_case_lines(case, page)]
    if not any(case.rows for case in cases):
        return [*lines, *page.paragraph(_("add one with `ogpcase add-source`"), "dim")]
    hint = [_("the number says how many records rest on it; `ogpcase show CASE/sources/ID` lists them")]
    hint += [] if cases[0].full else [_("--full shows each line whole")]
    languages = language_lines(joined(case.languages for case in cases), page)
    return [*lines, *languages, line(), *page.paragraph(apart(hint), "dim")]


def _case_lines(case: CaseSources, page: Page) -> Iterator[Line]:
    yield from page.paragraph(_summary(case.rows), "dim")
    column = max((cells(row.id) for row in case.rows if cells(row.id) <= _WIDEST_ID), default=0)
    for row in case.rows:
        first = [
            Piece(f"  {len(row.records):>3}  ", "" if row.records else "note"),
            Piece(padded(row.id, column), "date"),
        ]
        words = page.separated([row.called, *about_words(row)])
        used = sum(cells(piece.text) for piece in first) + 2
        yield from page.hanging([*first, Piece("  ")], words if case.full else page.cut(words, page.room(used)))


def _summary(rows: Sequence[SourceRow]) -> str:
    """Returns `24 sources: 14 in files, 10 written out in a record, 2 with a kept copy`."""
    if not rows:
        return _("no source is recorded")
    counts = (
        (sum(not row.written_in and row.recorded for row in rows), marked("{number} in files")),
        (sum(bool(row.written_in) for row in rows), marked("{number} written out in a record")),
        (sum(not row.recorded for row in rows), marked("{number} without a readable file")),
        (sum(row.text.file is not None for row in rows), marked("{number} with a kept copy")),
    )
    said = ", ".join(_(words, number=number) for number, words in counts if number)
    return before(ngettext("{number} source", "{number} sources", len(rows))) + said


def about_words(row: SourceRow) -> Iterator[str]:
    """Yields who published it, when it was published and read, and the kept copy."""
    if not row.recorded:
        yield _("its file is missing or cannot be read")
    if row.text.publisher:
        yield row.text.publisher
    if row.text.published:
        yield with_days("published {day}", day=row.text.published.text)
    if row.text.retrieved:
        yield with_days("read {day}", day=row.text.retrieved.text)
    if row.text.file:
        yield _("kept as {file}", file=row.text.file)


def source_lines(whole: SourcePage, page: Page) -> list[Line]:
    """Returns what a source is, and each record that rests on it with what the source gives."""
    row = whole.row
    lines = [*page.paragraph(row.called, "title"), line(Piece(row.reference, "dim")), line()]
    facts = list(_facts(row))
    column = max((cells(name) for name, _ in facts), default=0)
    for name, value in facts:
        lines += page.hanging([Piece(f"  {padded(name, column)}  ", "dim")], value)
    if not row.records:
        return [
            *lines,
            line(),
            *page.paragraph(_("no record rests on it"), "title"),
            *language_lines(whole.languages, page),
        ]
    dates = max(cells(date_in_short(each.event.date_text)) for each in row.records)
    resting = (each for record in row.records for each in _resting_lines(row, record, dates, page))
    words = ngettext("{number} record rests on it", "{number} records rest on it", len(row.records))
    lines += page.section(words, resting)
    return [*lines, *language_lines(whole.languages, page)]


def _facts(row: SourceRow) -> Iterator[tuple[str, str]]:
    text = row.text
    said = {
        "": None if row.recorded else _("its file is missing or cannot be read"),
        _("publisher"): text.publisher,
        _("published"): text.published and text.published.text,
        _("read"): text.retrieved and text.retrieved.text,
        _("address"): text.url if text.url != row.called else None,
        _("archived"): text.archived_url,
        _("language"): text.language and language_words(text.language),
        _("kept copy"): text.file,
        "SHA-256": text.sha256,
        _("kept"): _kept_in(row),
        _("publishing"): _("the public copy may hold the kept copy") if text.publish_copy else None,
        _("withheld"): _("the public copy leaves this source out") if text.left_out else None,
    }
    yield from ((name, value) for name, value in said.items() if value)


def _resting_lines(row: SourceRow, record: Resting, dates: int, page: Page) -> Iterator[Line]:
    margin = dates + 4
    title = perhaps_titled(record.title, certain=record.certain)
    yield from page.dated(record.event.date_text, title, column=dates)
    for words in given_words(record):
        yield from page.paragraph(words, indent=margin)
    yield line(" " * margin, Piece(f"{row.case}/{record.event.id}", "dim"))


def given_words(record: Resting) -> Iterator[str]:
    """Yields what the source is to a record, the fields that it gives, and what it states otherwise."""
    parts = [_("the paper itself")] if record.paper else []
    parts += [_("tells of it as past")] if record.tells else []
    gives = ", ".join(map(fact_words, record.gives))
    parts += [_("gives {fields}", fields=gives) if gives else _("the record does not say which facts it gives")]
    yield apart(parts)
    for field, value in record.otherwise:
        yield before(_("states {field} otherwise", field=fact_words(field))) + value


def _kept_in(row: SourceRow) -> str | None:
    """Returns where the text of a source stands that no file has."""
    if not row.written_in:
        return None
    below = _("in the record below, which writes it out")
    return _("in the records below, which write it out") if len(row.written_in) > 1 else below
