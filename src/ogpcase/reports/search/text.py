"""Where words were found, in the terminal: each record, and a line of context for each of its fields."""

from collections.abc import Iterator, Sequence

from ogpcase.output.lines import UNICODE, Line, Page, Piece, Style, line
from ogpcase.output.messages import _, ngettext
from ogpcase.output.words import before, date_in_short
from ogpcase.reports.heading.text import language_lines
from ogpcase.reports.search.rows import MORE, Hit, HitRecord, Search, context_of, spans_of
from ogpcase.reports.shown import path_words

_FOUND: Style = "warning"
"""The style of a word that was found."""


def search_lines(found: Search, page: Page) -> list[Line]:
    """Returns the records that have all the words; if there are none, says so."""
    where = ngettext("{number} case and its parties", "{number} cases and their parties", found.cases)
    words = " ".join(f"`{word}`" for word in found.words)
    if not found.records:
        return page.paragraph(_("no record of {where} has {words}", where=where, words=words))
    said = ngettext(
        "{number} record of {where} has {words}",
        "{number} records of {where} have {words}",
        len(found.records),
        where=where,
        words=words,
    )
    lines = page.paragraph(said, "title")
    for record in found.records:
        lines += [line(), *_record_lines(record, found.words, page)]
    return [*lines, *language_lines(found.languages, page)]


def _record_lines(record: HitRecord, words: Sequence[str], page: Page) -> Iterator[Line]:
    sort = date_in_short(record.dated) if record.dated else _(record.sort)
    for each in page.hanging([Piece(f"{sort}  ", "date")], record.title):
        yield from _marked([each], words)
    yield from _marked(page.hanging([Piece("  ")], record.reference, "dim"), words)
    for hit in record.hits:
        if hit.field not in {"id", "title", "name"} or hit.text not in {record.title, record.reference}:
            yield from _hit_lines(hit, record, words, page)


def _hit_lines(hit: Hit, record: HitRecord, words: Sequence[str], page: Page) -> Iterator[Line]:
    """Yields a field with its context; an id that the reference shows is not said again."""
    if hit.field == "id":
        return
    tag = f" ({hit.language})" if hit.language and record.sort != "party" else ""
    label = f"    {before(f'{path_words(hit.field)}{tag}')}"
    context = context_of(hit.text, words)
    if page.glyphs != UNICODE:
        context = context.replace(MORE, "...")
    yield from _marked(page.hanging([Piece(label, "dim")], context), words)


def _marked(lines: Sequence[Line], words: Sequence[str]) -> Iterator[Line]:
    """Yields lines with the words marked in the last piece of each, which has the text."""
    for each in lines:
        *first, last = each
        yield (*first, *_pieces(last, words))


def _pieces(piece: Piece, words: Sequence[str]) -> Iterator[Piece]:
    done = 0
    for span in spans_of(piece.text, words):
        if span.start > done:
            yield piece._replace(text=piece.text[done : span.start])
        yield Piece(piece.text[span.start : span.end], _FOUND)
        done = span.end
    if done < len(piece.text) or not done:
        yield piece._replace(text=piece.text[done:])
